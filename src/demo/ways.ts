// The faster ways of projects whose cases are otherwise told by cases.ts: guidance, tolerance, promise, simulation; documents that end soon; a
// joint acceptance in hand; a contractor's schedule. The deeds stand in data/ways.json; the ordinary commands decide whether they may be done.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import book from './data/ways.json';
import { idFrom } from '../kernel/ids.ts';
import { sql } from '../platform/db.ts';
import { root } from '../platform/root.ts';
import { moment, type Acting } from './acting.ts';
import { scenesIn, type Line } from './permit.ts';
import type { Story } from './story.ts';
import type { Cast, Scene } from './timeline.ts';

interface Way {
  readonly deeds: readonly Line[];
  readonly premises?: { readonly applicant: string; readonly areaSquareMetres: number; readonly planning: string; readonly scale: string };
}

const WAYS: ReadonlyMap<string, Way> = new Map(book.ways.map((one) => [one.project, one]));
const SCHEDULE = 'schedule-plant.xml';
/** After all that happens to a project's cases on the same day. */
const RANK = 120;

export function wayScenes(story: Story, cast: Cast): readonly Scene[] {
  const way = WAYS.get(story.project.key);
  if (way === undefined) return [];
  const ofSchedule = (line: Line): boolean => line.do === 'import_schedule';
  return [
    ...scenesIn(story, cast, { deeds: way.deeds.filter((line) => !ofSchedule(line) && line.ref !== COMPLETION), premises: way.premises, rank: RANK }),
    ...way.deeds.filter((line) => !ofSchedule(line) && line.ref === COMPLETION).map((line): Scene => ({ day: line.day, rank: RANK, play: (acting) => completion(acting, story, cast, line) })),
    ...way.deeds.filter(ofSchedule).map((line): Scene => ({ day: line.day, rank: RANK, play: (acting) => schedule(acting, story, cast, line) })),
  ];
}

const COMPLETION = 'Y04';

/** The case of a joint acceptance is made by the command itself, so that opinions find it by its item. */
async function completion(acting: Acting, story: Story, cast: Cast, line: Line): Promise<void> {
  const who = cast.called(`${line.who}经办`);
  const at = moment(line.day, 20_000 + story.project.serial);
  if (line.do === 'accept_completion') {
    await acting.act({ who, at, name: 'approvals.accept_completion', input: { projectId: cast.id, ...line.with } });
    return;
  }
  const found = await acting.app.database.row<{ id: string }>(sql`select id from approvals_cases where project_id = ${cast.id} and item = ${COMPLETION}`);
  await acting.act({ who, at, name: `approvals.${line.do}`, input: { id: found?.id, ...line.with } });
}

async function schedule(acting: Acting, story: Story, cast: Cast, { day }: Line): Promise<void> {
  const who = cast.reporter(day);
  const at = moment(day, 21_000 + story.project.serial);
  const sha256 = await acting.upload(who, at, SCHEDULE, await readFile(path.join(root, 'examples', SCHEDULE)));
  await acting.act({ who, at, name: 'approvals.import_schedule', input: { id: cast.id, scheduleId: idFrom('demo', 'schedule', story.project.key), sha256, fileName: SCHEDULE } });
}
