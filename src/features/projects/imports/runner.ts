// Carries imports from state to state: read, preview, commit. Runs in the server beside the requests, one at a time, and takes up what
// a killed process left: staging starts again, a commit goes on with the batches that are not yet written.
import { Refusal } from '../../../kernel/refuse.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Reply } from '../../../platform/command.ts';
import type { Config } from '../../../platform/config.ts';
import { sql, type Database } from '../../../platform/db.ts';
import type { Files } from '../../../platform/files.ts';
import type { Log } from '../../../platform/log.ts';
import type { Texts } from '../../../platform/texts.ts';
import { LIMITS, type SheetLimits } from '../../../platform/sheets/read.ts';
import { makeMissing } from './missing.ts';
import { proposed, withProfile, type FoundTable, type ImportMapping, type SavedMapping } from './mapping.ts';
import { Preview } from './preview.ts';
import { closeReader, keepReader, keptReader, openReader } from './readers.ts';
import { type Bounds, type ReadingTask } from './reading.ts';
import * as store from './store.ts';

/** What the runner needs of the application. */
export interface Host {
  readonly config: Config;
  readonly database: Database;
  readonly files: Files;
  readonly log: Log;
  readonly texts: Texts;
  readonly system: Actor;
  now(): Now;
  run(actor: Actor, name: string, input: unknown, options?: { key?: string }): Promise<Reply>;
  actorOf(userId: string): Promise<Actor | undefined>;
}

const POLL_MS = 300;
const CLAIM_SECONDS = 60;
const BATCH = 500;

/** Starts looking for work; the returned function stops and waits for the import that is in hand to be let go. */
export function startImports(host: Host): () => Promise<void> {
  const stop = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const worked = await workOnce(host, stop.signal).catch((error: unknown) => {
        if (!stop.signal.aborted) host.log.warn('imports: no work possible', { error });
        return false;
      });
      if (!worked) await pause(POLL_MS, stop.signal);
    }
  };
  const running = loop();
  return async () => {
    stop.abort();
    await running;
    closeReader();
  };
}

/** Takes one waiting import a state further. False: nothing waits. */
export async function workOnce(host: Host, stop: AbortSignal, only?: string): Promise<boolean> {
  const claimed = await host.database.row<{ id: string; state: string }>(sql`
    update projects_imports set claimed_until = now() + make_interval(secs => ${CLAIM_SECONDS})
    where id = (select id from projects_imports where state in ('reading', 'previewing', 'committing') and (claimed_until is null or claimed_until < now())
                and ${only === undefined ? sql`true` : sql`id = ${only}`} order by created_at limit 1 for update skip locked)
    returning id, state`);
  if (claimed === undefined) return false;
  const cancel = new AbortController();
  const watch = setInterval(() => void guard(host, claimed.id, claimed.state, cancel), 1000);
  const signal = AbortSignal.any([stop, cancel.signal]);
  try {
    await step(host, claimed.id, claimed.state, signal);
  } catch (error) {
    closeReader();
    if (!stop.aborted) await fail(host, claimed.id, error);
  } finally {
    clearInterval(watch);
    closeReader(claimed.id);
    await host.database.run(sql`update projects_imports set claimed_until = null where id = ${claimed.id}`);
  }
  return true;
}

// Holds the claim while there is one (a late call must not take up again what was let go), and notices when the person has cancelled.
async function guard(host: Host, id: string, state: string, cancel: AbortController): Promise<void> {
  const row = await host.database.row<{ state: string }>(sql`
    update projects_imports set claimed_until = now() + make_interval(secs => ${CLAIM_SECONDS}) where id = ${id} and claimed_until is not null returning state`).catch(() => undefined);
  if (row !== undefined && row.state !== state) cancel.abort();
}

async function step(host: Host, id: string, state: string, signal: AbortSignal): Promise<void> {
  const one = await store.readImport(host.database, id, undefined);
  if (one === undefined) return;
  if (state === 'reading') return look(host, one, signal);
  if (state === 'previewing') return preview(host, one, signal);
  return commit(host, one, signal);
}

async function look(host: Host, one: store.ImportRow, signal: AbortSignal): Promise<void> {
  const { database } = host;
  const now = host.now();
  const reader = openReader(one.id, taskOf(host, one), host.config.limits.importHeapMb);
  const { tables, rows } = await reader.describe(bounds(host, signal));
  const found = foundTables(tables);
  const profiles = await store.listProfiles(database);
  const signature = signatureOf(found);
  const profile = profiles.find((each) => each.signature === signature && signature !== '');
  const mapping = profile === undefined ? proposed(found, now.day) : withProfile(savedMapping(profile.mapping), found, now.day);
  await toState(host, one.id, 'reading', { state: 'mapping', tables, mapping, allRows: rows, doneRows: rows });
  keepReader(one.id, rows);
}

async function preview(host: Host, one: store.ImportRow, signal: AbortSignal): Promise<void> {
  const mapping = mappingOf(one);
  const { database } = host;
  const now = host.now();
  await database.transaction(async (tx) => {
    await store.clearRows(tx, one.id);
    await store.setImport(tx, one.id, now.instant, { doneRows: 0 });
  });
  const staging = await Preview.open(database, one.id, mapping, now);
  const reader = keptReader(one.id) ?? openReader(one.id, taskOf(host, one), host.config.limits.importHeapMb);
  await reader.rows(mapping.tables.filter((table) => table.use), bounds(host, signal), async (rows) => {
    signal.throwIfAborted();
    await staging.take(rows);
  });
  const counts = await store.countFates(database, one.id);
  await toState(host, one.id, 'previewing', { state: 'preview', counts, doneRows: counts['rows'] ?? 0, allRows: counts['rows'] ?? 0 });
}

async function commit(host: Host, one: store.ImportRow, signal: AbortSignal): Promise<void> {
  const { database } = host;
  const actor = one.user_id === host.system.userId ? host.system : await host.actorOf(one.user_id);
  if (actor === undefined) throw new Refusal('platform.not_allowed', {});
  const mapping = mappingOf(one);
  if (mapping.createMissing) await makeMissing(host, actor, one.id);
  const parts = await store.batches(database, one.id, BATCH);
  await database.transaction((tx) => store.setImport(tx, one.id, host.now().instant, { doneRows: 0 }));
  // While one batch is being written the next is read and worked out; it then waits for the lock of the import.
  let writing: Promise<unknown> = Promise.resolve();
  for (const part of parts) {
    if (signal.aborted) break;
    const next = host.run(actor, 'projects.apply_import_rows', { importId: one.id, from: part.from, to: part.to }, { key: `import:${one.id}:${one.version}:${part.from}-${part.to}` });
    next.catch(() => undefined); // looked at below, when its turn comes
    await writing;
    writing = next;
  }
  await writing;
  if (signal.aborted) return;
  closeReader();
  const counts = await store.countFates(database, one.id);
  await toState(host, one.id, 'committing', { state: 'done', counts: { ...counts, ...written(one, counts) }, doneRows: counts['rows'] ?? 0 });
}

// What the preview promised as new or changed stands beside what was written.
function written(one: store.ImportRow, counts: Record<string, number>): Record<string, number> {
  return { previewNew: one.counts?.['new'] ?? 0, previewChanged: one.counts?.['changed'] ?? 0, written: counts['committed'] ?? 0 };
}

// Moves on only when nobody has moved it meanwhile: a cancelled import stays cancelled.
async function toState(host: Host, id: string, from: string, set: Parameters<typeof store.setImport>[3]): Promise<void> {
  await host.database.transaction(async (tx) => {
    const current = await store.lockImport(tx, id, undefined);
    if (current?.state === from) await store.setImport(tx, id, host.now().instant, set);
  });
}

async function fail(host: Host, id: string, error: unknown): Promise<void> {
  const refusal = error instanceof Refusal ? error : undefined;
  const faultId = newId();
  if (refusal === undefined) host.log.error('import failed', { id, faultId, error });
  if (refusal?.code === 'ledger.cancelled') return;
  const code = refusal?.code ?? 'platform.fault';
  const [area = '', reason = ''] = code.split('.');
  const details = refusal?.details ?? { id: faultId };
  const title = host.texts.say('zh-CN', `${area}:refusal.${reason}`, details);
  await host.database.transaction((tx) => store.setImport(tx, id, host.now().instant, { state: 'failed', error: { code, title, details } }));
}

export function taskOf(host: Pick<Host, 'files' | 'config' | 'now'>, one: Pick<store.ImportRow, 'sha256' | 'file_name' | 'source'>): ReadingTask {
  return { path: host.files.pathOf(one.sha256 ?? ''), fileName: one.file_name, source: one.source, today: host.now().day, limits: sheetLimits(host.config) };
}

export function sheetLimits(config: Config): SheetLimits {
  const { limits } = config;
  return {
    ...LIMITS, maxBytes: limits.uploadBytes, maxEntries: limits.archiveEntries, maxTotalBytes: limits.inflatedBytes, maxRatio: limits.inflationRatio, maxSheets: limits.importSheets,
    maxRows: limits.importRows + 1000, maxColumns: limits.importColumns, maxMerges: limits.importMergedCells, maxMilliseconds: limits.importSeconds * 1000,
  };
}

function bounds(host: Host, signal: AbortSignal): Bounds {
  return { seconds: host.config.limits.importSeconds, heapMb: host.config.limits.importHeapMb, signal };
}

/** What the reader found; our own worker wrote it, so its shape is known. */
export function foundTables(tables: unknown): readonly FoundTable[] {
  return Array.isArray(tables) ? (tables as FoundTable[]) : [];
}

export function mappingOf(one: Pick<store.ImportRow, 'mapping'>): ImportMapping {
  return one.mapping as ImportMapping;
}

export function savedMapping(value: unknown): SavedMapping {
  return value as SavedMapping;
}

/** Tables with the same headings are the same kind of ledger. */
export function signatureOf(tables: readonly FoundTable[]): string {
  return tables.map((table) => table.columns.map((column) => column.heading).join('|')).filter((text) => text !== '').join('||').slice(0, 4000);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
