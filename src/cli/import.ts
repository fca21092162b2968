// `import FILE`: the same import as in the browser, from the command line: reads, maps by a profile or by the proposals, previews, and
// commits unless --dry-run. Works beside a running server. Rows that are doubtful are never guessed: they are reported.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openApp } from '../house.ts';
import { importHost } from '../jobs.ts';
import type { App } from '../app.ts';
import { mappingOf, foundTables, savedMapping, workOnce } from '../features/projects/imports/runner.ts';
import { rowOut } from '../features/projects/imports/say.ts';
import { listProfiles, readImport, readRows, type ImportRow } from '../features/projects/imports/store.ts';
import { withProfile } from '../features/projects/imports/mapping.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refuse.ts';
import type { Actor } from '../platform/actor.ts';
import type { Config } from '../platform/config.ts';
import { sql } from '../platform/db.ts';
import { makeLog } from '../platform/log.ts';
import { migrationsDir } from '../platform/root.ts';
import { inBoth } from '../platform/spoken.ts';
import { migrateStorage, openStorage } from '../platform/storage.ts';
import { uploadFile } from '../platform/upload.ts';
import { actorById } from '../features/people/session.ts';
import { ensureZone } from '../features/people/zone.ts';

const HELP = `npm run -s yugong -- import FILE [--profile NAME] [--month YYYY-MM] [--create-missing] [--dry-run] [--as LOGIN] [--lang en] [--json]

  --profile NAME    a mapping that was saved in the browser; without one the proposals are taken
  --month YYYY-MM   the month that amounts since January stand for
  --create-missing  make towns, departments and commissioners that the zone does not know
  --dry-run         show every row's fate and write nothing
  --json            one JSON object on standard output
`;

const ROWS_SHOWN = 200;

export async function run(args: readonly string[], config: Config): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args], allowPositionals: true,
    options: { profile: { type: 'string' }, month: { type: 'string' }, 'create-missing': { type: 'boolean' }, 'dry-run': { type: 'boolean' }, as: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' }, help: { type: 'boolean' } },
  });
  const file = positionals[0];
  if (values.help === true || file === undefined) {
    process.stdout.write(HELP);
    return values.help === true ? 0 : 2;
  }
  const storage = await openStorage(config, makeLog('error'), { share: true });
  try {
    if (!storage.shared) await migrateStorage(storage, config, migrationsDir);
    const app = await openApp({ config, connection: storage.connection, log: makeLog('error') });
    try {
      if (!storage.shared) await ensureZone(app, { demo: false });
      return await importFile(app, path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file), values);
    } finally {
      await app.close();
    }
  } finally {
    await storage.close();
  }
}

interface Options {
  readonly profile?: string | undefined;
  readonly month?: string | undefined;
  readonly 'create-missing'?: boolean | undefined;
  readonly 'dry-run'?: boolean | undefined;
  readonly as?: string | undefined;
  readonly json?: boolean | undefined;
  readonly lang?: string | undefined;
}

async function importFile(app: App, file: string, options: Options): Promise<number> {
  const actor = await actorNamed(app, options.as);
  const locale = options.lang === 'en' ? 'en' : 'zh-CN';
  try {
    const id = await start(app, actor, file);
    const read = await until(app, id, ['mapping']);
    await app.run(actor, 'projects.preview_import', { id, mapping: await mappingFor(app, read, options) });
    const preview = await until(app, id, ['preview']);
    const dry = options['dry-run'] === true;
    if (!dry) await app.run(actor, 'projects.commit_import', { id });
    const done = dry ? preview : await until(app, id, ['done']);
    await tell(app, done, preview, dry, options.json === true, locale);
    if (dry) await app.run(actor, 'projects.cancel_import', { id });
    return (preview.counts?.['refused'] ?? 0) + (preview.counts?.['doubtful'] ?? 0) > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [area = '', reason = ''] = error.code.split('.');
    const title = app.texts.say(locale, `${area}:refusal.${reason}`, error.details);
    if (options.json === true) process.stdout.write(`${JSON.stringify({ file: path.basename(file), refused: { code: error.code, title, details: error.details } })}\n`);
    else process.stderr.write(`${title}\n`);
    return 1;
  }
}

async function actorNamed(app: App, login: string | undefined): Promise<Actor> {
  if (login === undefined) return app.system;
  const row = await app.database.row<{ id: string }>(sql`select id from people_users where lower(login) = lower(${login}) and active`);
  const actor = row === undefined ? undefined : await actorById(app.database, row.id);
  if (actor === undefined) throw new Error(inBoth('cli:nobody', { login }));
  return actor;
}

async function start(app: App, actor: Actor, file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) throw new Error(inBoth('cli:no_file', { file }));
  const stored = await uploadFile(app, actor, { name: path.basename(file), content: createReadStream(file) });
  const id = newId();
  await app.run(actor, 'projects.start_import', { id, sha256: textIn(stored, 'id'), fileName: textIn(stored, 'name') });
  return id;
}

function textIn(output: unknown, name: string): string {
  const value: unknown = typeof output === 'object' && output !== null ? Object.entries(output).find(([key]) => key === name)?.[1] : undefined;
  if (typeof value !== 'string') throw new Error(`the upload told no ${name}`);
  return value;
}

// A server that runs beside us may take the work; whoever does it, it ends in one of these states.
async function until(app: App, id: string, states: readonly string[]): Promise<ImportRow> {
  const stop = new AbortController();
  for (;;) {
    await workOnce(importHost(app), stop.signal, id);
    const one = await readImport(app.database, id, undefined);
    if (one === undefined) throw new Error('the import vanished');
    if (states.includes(one.state)) return one;
    if (one.state === 'failed') throw new Refusal(one.error?.code ?? 'platform.fault', one.error?.details);
    if (one.state === 'cancelled') throw new Refusal('ledger.cancelled');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function mappingFor(app: App, read: ImportRow, options: Options): Promise<unknown> {
  const base = mappingOf(read);
  const month = options.month ?? base.month;
  const createMissing = options['create-missing'] === true || base.createMissing;
  if (options.profile === undefined) return { ...base, month, createMissing };
  const profile = (await listProfiles(app.database)).find((one) => one.name === options.profile);
  if (profile === undefined) throw new Error(inBoth('cli:no_profile', { profile: options.profile }));
  const laid = withProfile(savedMapping(profile.mapping), foundTables(read.tables), app.now().day);
  return { ...laid, month: options.month ?? laid.month, createMissing: options['create-missing'] === true || laid.createMissing };
}

async function tell(app: App, done: ImportRow, preview: ImportRow, dry: boolean, asJson: boolean, locale: 'zh-CN' | 'en'): Promise<void> {
  const counts = preview.counts ?? {};
  const rows = (await readRows(app.database, done.id, { warned: true, limit: ROWS_SHOWN })).map((row) => rowOut(row, new Map(), locale));
  const summary = {
    file: done.file_name, dryRun: dry, rows: counts['rows'] ?? 0, new: counts['new'] ?? 0, changed: counts['changed'] ?? 0, unchanged: counts['unchanged'] ?? 0,
    refused: counts['refused'] ?? 0, doubtful: counts['doubtful'] ?? 0, written: dry ? 0 : (done.counts?.['committed'] ?? 0),
  };
  if (asJson) {
    const problems = rows.flatMap((row) => row.problems.map((one) => ({ sheet: row.sheet, row: row.row, column: one.letter, heading: one.heading, fate: row.fate, code: one.code, message: one.message, text: one.text })));
    process.stdout.write(`${JSON.stringify({ ...summary, problems })}\n`);
    return;
  }
  const words = `${app.texts.say(locale, 'cli:counts', summary)}${app.texts.say(locale, dry ? 'cli:dry' : 'cli:written', summary)}`;
  process.stdout.write(`${words}\n`);
  for (const row of rows) for (const one of row.problems) process.stdout.write(`  ${row.sheet} ${one.letter ?? ''}${row.row} ${one.message}\n`);
}
