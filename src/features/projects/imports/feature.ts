// Imports on the server: a person starts one, maps its columns, looks at every row's fate, and commits all or a part. The work between
// is done by the runner; the commands only say what is wanted and check that it may be.
import { PassThrough, Readable } from 'node:stream';
import { refuse } from '../../../kernel/refuse.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { settled, sql, type Db } from '../../../platform/db.ts';
import { downloadHandler, feature, handler, readHandler } from '../../../platform/feature.ts';
import { writeMarkedCopy } from '../../../platform/sheets/marked.ts';
import { readWorkbook } from '../../../platform/sheets/read.ts';
import { readGround, type Ground } from '../data.ts';
import { applyBatch, readBatch, type Applied, type Batch, type Context } from './apply.ts';
import * as contract from './contract.ts';
import { lookupsOf } from './lookups.ts';
import { mappingFaults, toProfile, type ImportMapping } from './mapping.ts';
import { MAKES_MISSING } from './missing.ts';
import { foundTables, mappingOf, signatureOf } from './runner.ts';
import * as store from './store.ts';
import { problemOut, rowOut, say, stateOut } from './say.ts';

const PASTE_LIMIT = 4_000_000;
const OPEN_IMPORTS = 20; // of one person at a time: nobody maps more ledgers at once
const MARKED_ROWS = 100_000;

const about = (id: string, kind: string, rest: { before?: unknown; after?: unknown } = {}) => ({ kind, subjectType: 'import', subjectId: id, ...rest });

/** Whose imports the actor may see: his own; the system all. */
const owner = (actor: Actor): string | undefined => (actor.isSystem ? undefined : actor.userId);

// An import writes to the whole register: whoever sees only a part of it could make doubles of what he cannot see.
const wholeZone = (actor: Actor): boolean => actor.isSystem || actor.scope.all;

export const imports = feature('projects.imports', {
  permissions: ['projects.import', MAKES_MISSING],
  queries: [
    readHandler(contract.listImports, {
      permission: 'projects.import',
      read: async ({ db, actor, input }) => {
        const limit = input.limit ?? 20;
        const rows = await store.listImports(db, owner(actor), input.after, limit + 1);
        const last = rows[limit - 1];
        return { items: rows.slice(0, limit).map((row) => stateOut(row, actor.locale)), next: rows.length > limit && last !== undefined ? `${last.created_at}~${last.id}` : null };
      },
    }),
    readHandler(contract.getImport, {
      permission: 'projects.import',
      read: async ({ db, actor, input }) => {
        const one = (await store.readImport(db, input.id, owner(actor))) ?? refuse('platform.not_found', {});
        return { item: stateOut(one, actor.locale), tables: one.tables, mapping: one.mapping === null ? null : mutable(mappingOf(one)), profileId: one.profile_id };
      },
    }),
    readHandler(contract.listImportRows, {
      permission: 'projects.import',
      read: async ({ db, actor, input, env: _env }) => {
        if ((await store.readImport(db, input.id, owner(actor))) === undefined) refuse('platform.not_found', {});
        const limit = input.limit ?? 100;
        const rows = await store.readRows(db, input.id, { fates: input.fate, warned: input.warned, problem: input.problem, after: input.after === undefined ? undefined : Number(input.after), limit: limit + 1 });
        const shown = rows.slice(0, limit);
        const known = await candidatesOf(db, shown.flatMap((row) => (row.candidates ?? []).map((one) => one.id)));
        const last = shown.at(-1);
        return { items: shown.map((row) => rowOut(row, known, actor.locale)), next: rows.length > limit && last !== undefined ? String(last.n) : null };
      },
    }),
    readHandler(contract.listImportProblems, {
      permission: 'projects.import',
      read: async ({ db, actor, input }) => {
        if ((await store.readImport(db, input.id, owner(actor))) === undefined) refuse('platform.not_found', {});
        return { items: (await store.readProblemKinds(db, input.id)).map((kind) => problemOut(kind, actor.locale)) };
      },
    }),
    readHandler(contract.listProfiles, {
      permission: 'projects.import',
      read: async ({ db }) => ({ items: await store.listProfiles(db) }),
    }),
  ],
  commands: [
    handler(contract.startImport, {
      permission: 'projects.import',
      prepare: async ({ input, env }) => {
        if ((input.sha256 === undefined) === (input.text === undefined)) refuse('platform.invalid', { errors: [{ path: 'sha256', rule: 'required', params: {} }] });
        return input.text === undefined ? input.sha256 : (await env.files.put(Readable.from(Buffer.from(input.text, 'utf8')), PASTE_LIMIT)).sha256;
      },
      load: async ({ tx, actor, input, prepared, now }) => {
        if (prepared === undefined) return undefined;
        if (input.text !== undefined) await recordPasted(tx, prepared, Buffer.byteLength(input.text), actor, now);
        const mine = await tx.row(sql`select 1 as one from platform_uploads where sha256 = ${prepared} and ${actor.isSystem ? sql`true` : sql`user_id = ${actor.userId}`}`);
        if (mine === undefined) return undefined;
        const open = await tx.row<{ count: number }>(sql`select count(*)::int as count from projects_imports where user_id = ${actor.userId} and state in ('reading', 'previewing', 'committing')`);
        return { sha256: prepared, open: open?.count ?? 0 };
      },
      allow: wholeZone,
      decide: ({ subject, input }) => {
        if (subject.open >= OPEN_IMPORTS) refuse('ledger.too_many_imports', { limit: OPEN_IMPORTS });
        return { sha256: subject.sha256, source: input.text !== undefined ? 'paste' : /\.(csv|tsv|txt)$/i.test(input.fileName) ? 'csv' : 'xlsx' };
      },
      save: async ({ tx, changes, input, actor, now }) => {
        await store.insertImport(tx, { id: input.id, userId: actor.userId, fileName: input.fileName, sha256: changes.sha256, source: changes.source, at: now.instant });
        return { id: input.id, state: 'reading' };
      },
      event: ({ input, changes }) => about(input.id, 'projects.import_started', { after: { fileName: input.fileName, sha256: changes.sha256 } }),
    }),
    handler(contract.previewImport, {
      permission: 'projects.import',
      load: ({ tx, actor, input }) => store.lockImport(tx, input.id, owner(actor)),
      allow: wholeZone,
      decide: ({ subject, input, actor }) => {
        if (input.mapping.createMissing && !may(actor, MAKES_MISSING)) refuse('ledger.may_not_create', {});
        if (!['mapping', 'preview', 'cancelled', 'failed'].includes(subject.state) || subject.tables === null) refuse('ledger.not_now', { state: subject.state });
        const faults = mappingFaults(input.mapping, foundTables(subject.tables));
        if (faults.length > 0) refuse('ledger.mapping_faulty', { errors: faults.map((one) => ({ path: one.table, rule: 'mapping', code: one.code, params: one.details })) });
        return { mapping: input.mapping };
      },
      save: async ({ tx, changes, input, now }) => {
        await store.setImport(tx, input.id, now.instant, { state: 'previewing', mapping: changes.mapping, counts: null, error: null, doneRows: 0 });
        return { id: input.id, state: 'previewing' };
      },
      event: ({ input }) => about(input.id, 'projects.import_mapped'),
    }),
    handler(contract.commitImport, {
      permission: 'projects.import',
      load: async ({ tx, actor, input }) => {
        const one = await store.lockImport(tx, input.id, owner(actor));
        if (one === undefined) return undefined;
        const choices = input.choices ?? [];
        return { ...one, strange: await store.strangeChoice(tx, input.id, choices), clash: await store.clashOf(tx, input.id, input.rows, choices) };
      },
      allow: wholeZone,
      decide: ({ subject }) => {
        if (subject.state !== 'preview') refuse('ledger.not_now', { state: subject.state });
        if (subject.strange !== undefined) refuse('ledger.no_candidate', subject.strange);
        if (subject.clash !== undefined) chosenTwice(subject.clash);
        return {};
      },
      save: async ({ tx, input, now }) => {
        await store.choose(tx, input.id, input.rows, input.choices ?? []);
        await store.setImport(tx, input.id, now.instant, { state: 'committing', doneRows: 0 });
        return { id: input.id, state: 'committing' };
      },
      event: ({ input, subject }) => about(input.id, 'projects.import_committed', { after: { counts: subject.counts, rows: input.rows?.length ?? null, choices: input.choices?.length ?? 0 } }),
    }),
    handler(contract.cancelImport, {
      permission: 'projects.import',
      load: ({ tx, actor, input }) => store.lockImport(tx, input.id, owner(actor)),
      decide: ({ subject }) => {
        if (subject.state === 'done' || subject.state === 'cancelled') refuse('ledger.not_now', { state: subject.state });
        return {};
      },
      save: async ({ tx, input, now }) => {
        await store.setImport(tx, input.id, now.instant, { state: 'cancelled' });
        return { id: input.id, state: 'cancelled' };
      },
      event: ({ input, subject }) => about(input.id, 'projects.import_cancelled', { before: { state: subject.state } }),
    }),
    handler(contract.applyRows, {
      permission: 'projects.import',
      // Read while the batch before is still being written; under the lock it is read again if it is not what it was.
      prepare: async ({ db, actor, input, now }) => {
        const one = await store.readImport(db, input.importId, owner(actor));
        return one?.state === 'committing' ? readWaiting(db, one, input, now) : undefined;
      },
      load: async ({ tx, actor, input, now, prepared }) => {
        const [one, ground, waiting] = await settled([store.lockImport(tx, input.importId, owner(actor)), readGround(tx, now), store.countWaiting(tx, input.importId, input.from, input.to)]);
        if (one === undefined || one.state !== 'committing') return undefined;
        const holds = prepared !== undefined && prepared.batch.rows.length === waiting && sameGround(prepared.context.ground, ground);
        return { one, ...(holds ? prepared : await readWaiting(tx, one, input, now)) };
      },
      allow: wholeZone,
      decide: () => ({ applied: new Map<string, Applied>() }),
      save: async ({ tx, subject, changes, input, actor, now }) => {
        const { one, batch, context } = subject;
        const applied = await applyBatch(tx, input.importId, batch, { ...context, actor, now, fileName: one.file_name });
        tx.last(store.progressOf(input.importId, batch.rows.length));
        changes.applied.set('', applied);
        return { created: applied.created, changed: applied.changed, refused: applied.refused };
      },
      event: ({ changes, input }) => {
        const events = changes.applied.get('')?.events ?? [];
        return events.length > 0 ? events : [about(input.importId, 'projects.import_nothing_written')];
      },
    }),
    handler(contract.saveProfile, {
      permission: 'projects.import',
      load: ({ tx, actor, input }) => store.lockImport(tx, input.importId, owner(actor)),
      decide: ({ subject, input }) => {
        const tables = foundTables(subject.tables);
        return { signature: signatureOf(tables), mapping: toProfile(input.mapping, tables) };
      },
      save: async ({ tx, changes, input, actor, now }) => {
        await store.writeProfile(tx, { id: input.id, name: input.name, signature: changes.signature, mapping: changes.mapping, by: actor.userId, at: now.instant });
        return { id: input.id, name: input.name };
      },
      event: ({ input }) => ({ kind: 'projects.import_profile_saved', subjectType: 'profile', subjectId: input.id, after: { name: input.name } }),
    }),
    handler(contract.deleteProfile, {
      permission: 'projects.import',
      load: async ({ tx, input }) => tx.row<{ id: string; name: string }>(sql`select id, name from projects_import_profiles where id = ${input.id} for update`),
      decide: () => ({}),
      save: async ({ tx, input }) => {
        await store.deleteProfile(tx, input.id);
        return { id: input.id };
      },
      event: ({ input, subject }) => ({ kind: 'projects.import_profile_deleted', subjectType: 'profile', subjectId: input.id, before: { name: subject.name } }),
    }),
  ],
  downloads: [
    downloadHandler(contract.importReport, {
      permission: 'projects.import',
      make: async ({ db, actor, input, env }) => {
        const one = (await store.readImport(db, input.id, owner(actor))) ?? refuse('platform.not_found', {});
        const rows = await store.readRows(db, input.id, { warned: true, limit: MARKED_ROWS });
        const path = env.files.pathOf(one.sha256 ?? '');
        const workbook = await readWorkbook(one.source === 'paste' ? { name: one.file_name, text: await pasted(env.files.read(one.sha256 ?? '')) } : { name: one.file_name, path });
        const marks = rows.flatMap((row) => rowOut(row, new Map(), actor.locale).problems.map((problem) => ({
          sheet: row.sheet, row: row.row, column: (row.problems ?? []).find((each) => each.letter === problem.letter && each.code === problem.code)?.column ?? null,
          tone: problem.refuses || problem.code.startsWith('ledger.refused') || row.fate === 'refused' ? ('refused' as const) : ('warned' as const), text: problem.message,
        })));
        const content = new PassThrough();
        void writeMarkedCopy(content, workbook, marks, say('imports:marked.heading', actor.locale))
          .then(() => content.end(), (error: unknown) => content.destroy(error instanceof Error ? error : new Error(String(error))));
        return { fileName: `${one.file_name.replace(/\.\w+$/, '')}-${say('imports:marked.file', actor.locale)}.xlsx`, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content };
      },
    }),
  ],
});

function chosenTwice({ name, rows: [first, second] }: store.Clash): never {
  return refuse('ledger.chosen_twice', { name, firstSheet: first?.sheet, firstRow: first?.row, secondSheet: second?.sheet, secondRow: second?.row });
}

async function readWaiting(db: Db, one: store.ImportRow, input: { readonly from: number; readonly to: number }, now: Now): Promise<{ batch: Batch; context: Pick<Context, 'lookups' | 'ground' | 'month' | 'now'> }> {
  const [ground, names] = await settled([readGround(db, now), store.readNames(db)]);
  const context = { lookups: lookupsOf(names), ground, month: mappingOf(one).month, now };
  return { batch: await readBatch(db, one.id, input.from, input.to, context), context };
}

// Rules and calendar are the same objects while their texts are the same.
function sameGround(a: Ground, b: Ground): boolean {
  return a.rules === b.rules && a.calendar === b.calendar && a.year === b.year && a.rootId === b.rootId && a.totalled === b.totalled;
}

async function recordPasted(tx: Db, sha256: string, bytes: number, actor: Actor, now: Now): Promise<void> {
  await tx.run(sql`insert into platform_files (sha256, bytes, media_type, stored_at, stored_by) values (${sha256}, ${bytes}, 'text/plain', ${now.instant}, ${actor.userId}) on conflict do nothing`);
  await tx.run(sql`insert into platform_uploads (sha256, user_id, name, at) values (${sha256}, ${actor.userId}, 'paste.txt', ${now.instant}) on conflict do nothing`);
}

async function candidatesOf(db: Db, ids: readonly string[]): Promise<Map<string, { name: string; code: string | null; builderName: string | null; townName: string | null }>> {
  if (ids.length === 0) return new Map();
  const rows = await db.rows<{ id: string; name: string; code: string | null; builderName: string | null; townName: string | null }>(sql`
    select p.id, p.name, p.code, p.builder_name as "builderName", t.name as "townName" from projects_projects p left join people_organisations t on t.id = p.town_id where p.id = any(${[...new Set(ids)]}::uuid[])`);
  return new Map(rows.map(({ id, ...rest }) => [id, rest]));
}

async function pasted(stream: AsyncIterable<unknown>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.isBuffer(part) ? part : Buffer.from(String(part)));
  return Buffer.concat(parts).toString('utf8');
}

function mutable(mapping: ImportMapping): NonNullable<OutputOf<typeof contract.getImport>['mapping']> {
  return { ...mapping, tables: mapping.tables.map((table) => ({ ...table, columns: table.columns.map((column) => ({ ...column })) })) };
}
