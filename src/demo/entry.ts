// Enters the example ledger through the import, twice: in January as the list of the year, without what had not happened yet; at
// the end of June whole. Between them completes what a ledger does not say: the kind of project, its point, what was promised.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { App } from '../app.ts';
import { importHost } from '../jobs.ts';
import { idFrom } from '../kernel/ids.ts';
import { plainName } from '../features/projects/imports/fate.ts';
import { mappingOf, workOnce, type Host } from '../features/projects/imports/runner.ts';
import { readImport, readRows } from '../features/projects/imports/store.ts';
import type { ImportMapping } from '../features/projects/imports/mapping.ts';
import type { Actor } from '../platform/actor.ts';
import { sql } from '../platform/db.ts';
import { root } from '../platform/root.ts';
import { inLanes, moment, type Acting } from './acting.ts';
import { TODAY, OPENED } from './calendar.ts';
import { CHAINS } from './cast.ts';
import type { Actors } from './load.ts';
import type { Story } from './story.ts';

const LANES = 5;
/** A claim that a killed process left holds for a minute: so long is waited. */
const TURNS = 300;
const WAIT_MS = 300;
const LEDGER = 'ledger-jiyuan-2023h1.xlsx';

/**
 * What nobody could know in January. Of projects that were long under construction the ledger also brings the start and with it the
 * stage; the others begin before their gates, and pass them.
 */
const NOT_IN_JANUARY: ReadonlySet<string> = new Set([
  'monthFen', 'yearDoneFen', 'statYearFen', 'inStatistics', 'progress', 'problems', 'remarks', 'light', 'custom', 'actualCompletion', 'actualProduction', 'actualEffect',
]);

function without(mapping: ImportMapping, fields: ReadonlySet<string>): ImportMapping {
  return { ...mapping, month: null, tables: mapping.tables.map((table) => ({ ...table, columns: table.columns.map((column) => (fields.has(column.field) ? { ...column, field: 'skip' as const } : column)) })) };
}

export interface Entered {
  readonly idOf: (story: Story) => string;
}

export async function enterLedger(acting: Acting, stories: readonly Story[], actors: Actors): Promise<Entered> {
  const office = actors.called('项目办01');
  const underway = new Set(stories.filter((story) => story.underway).map((story) => plainName(story.project.name)));
  await importLedger(acting, { who: office, day: OPENED.ledger, word: 'underway', adjust: (mapping) => without(mapping, NOT_IN_JANUARY), only: underway });
  await importLedger(acting, { who: office, day: OPENED.ledger, word: 'new', adjust: (mapping) => without(mapping, new Set([...NOT_IN_JANUARY, 'nature', 'actualStart'])) });
  const rows = await acting.app.database.rows<{ id: string; name: string }>(sql`select id, name from projects_projects`);
  const ids = new Map(rows.map((row) => [plainName(row.name), row.id]));
  const entered: Entered = {
    idOf: (story) => {
      const id = ids.get(plainName(story.project.name));
      if (id === undefined) throw new Error(`${story.project.name} is not in the register`);
      return id;
    },
  };
  await inLanes(stories, LANES, (story) => complete(acting, story, entered.idOf(story), actors));
  return entered;
}

/** The ledger of the half year as it stands at the end of June: days, problems and remarks that no report brings. */
export async function enterHalfYear(acting: Acting, actors: Actors): Promise<void> {
  await importLedger(acting, { who: actors.called('项目办01'), day: TODAY, word: 'whole', adjust: (mapping) => mapping });
}

interface Importing {
  readonly who: Actor;
  readonly day: string;
  readonly word: string;
  readonly adjust: (mapping: ImportMapping) => ImportMapping;
  /** Plain names of the projects to be written; all if left out. */
  readonly only?: ReadonlySet<string>;
}

async function importLedger(acting: Acting, { who, day, word, adjust, only }: Importing): Promise<void> {
  const { app } = acting;
  const at = moment(day, 30);
  const sha256 = await acting.upload(who, at, LEDGER, await readFile(path.join(root, 'examples', LEDGER)));
  const id = idFrom('demo', 'import', day, word);
  await acting.act({ who, at, name: 'projects.start_import', input: { id, sha256, fileName: LEDGER } });
  const host: Host = {
    ...importHost(app), now: () => at,
    run: async (actor, name, input, options) => ({ output: await acting.act({ who: actor, at, name, input: Object.fromEntries(Object.entries(Object(input))), ...(options?.key === undefined ? {} : { key: options.key }) }), version: null, repeated: false }),
  };
  const never = new AbortController().signal;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const one = await readImport(app.database, id, undefined);
    switch (one?.state) {
      case 'mapping':
        await acting.act({ who, at: moment(day, 60), name: 'projects.preview_import', input: { id, mapping: adjust(mappingOf(one)) } });
        break;
      case 'preview':
        await acting.act({ who, at: moment(day, 90), name: 'projects.commit_import', input: { id, ...(only === undefined ? {} : { rows: await rowsOf(app, id, only) }) } });
        break;
      case 'done':
        return;
      case 'reading':
      case 'previewing':
      case 'committing':
        if (!(await workOnce(host, never, id))) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
        break;
      default:
        throw new Error(`the example ledger was not imported: ${JSON.stringify(one?.error ?? one?.state)}`);
    }
  }
  throw new Error('the import of the example ledger does not come to an end');
}

async function rowsOf(app: App, id: string, only: ReadonlySet<string>): Promise<number[]> {
  const rows = await readRows(app.database, id, { limit: 1000 });
  return rows.flatMap((row) => (only.has(plainName(String(row.values.fields['name'] ?? ''))) ? [row.n] : []));
}

async function complete(acting: Acting, story: Story, id: string, actors: Actors): Promise<void> {
  const { project, promised, handover } = story;
  const office = actors.called(`项目办0${(project.serial % 3) + 1}`);
  await acting.act({
    who: office, at: moment(OPENED.fields, project.serial * 20), name: 'projects.edit', versionOf: id,
    input: {
      id, kind: story.kind, lon: story.lon, lat: story.lat, tags: project.published ? ['公开报道'] : ['演示'], reason: '补充台账未列信息',
      ...(CHAINS.includes(project.chain) ? { chain: project.chain } : {}),
      ...(promised === undefined ? {} : { promisedOutputFen: promised.outputFen, promisedRevenueFen: promised.revenueFen, promisedTaxFen: promised.taxFen, promisedJobs: promised.jobs }),
    },
  });
  if (handover === undefined) return;
  await acting.act({
    who: office, at: moment(OPENED.fields, project.serial * 20 + 10), name: 'projects.assign_commissioner', versionOf: id,
    input: { id, assignmentId: idFrom('demo', 'deputy', project.key), userId: actors.called(handover.before).userId, note: '原专员借调，期间代管' },
  });
}
