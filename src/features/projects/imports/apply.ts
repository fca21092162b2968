// Writing a batch of rows to the register: set-based statements inside one command, an event for each project. Compares once more
// with what is stored now: what has meanwhile become true is not written again.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { EventRecord } from '../../../platform/feature.ts';
import type { Actor } from '../../../platform/actor.ts';
import { columns } from '../../../platform/columns.ts';
import { json, jsonRows, settled, sql, type Db, type Sql, type Transaction } from '../../../platform/db.ts';
import type { Ground } from '../data.ts';
import { keep } from '../keep.ts';
import { columnOf, isField } from '../register/fields.ts';
import { gramsOf } from '../../../kernel/grams.ts';
import { packageIds } from '../register/store.ts';
import { takeSeq } from '../seq.ts';
import { changesOf, want, type Change, type Lookups, type Wanted } from './fate.ts';
import { freshOf, made, type Fresh, type Made } from './fresh.ts';
import type { StagedProblem, StagedRow } from './row.ts';
import { markRows, readStored, waitingRows, type WaitingRow } from './store.ts';

export interface Applied {
  readonly created: number;
  readonly changed: number;
  readonly refused: number;
  readonly events: readonly EventRecord[];
}

interface Known { readonly id: string; readonly n: number; readonly row: StagedRow; readonly wanted: Wanted }
interface Changed extends Known { readonly changes: readonly Change[]; readonly code: string | null }

interface Numbered extends Fresh { readonly seq: number }

/** A batch as it was read before the transaction: what its rows want, looked up, and its new projects worked out. */
export interface Batch { readonly rows: readonly WaitingRow[]; readonly fresh: readonly Fresh[]; readonly made: Made | undefined; readonly existing: readonly Known[] }

export interface Context { readonly lookups: Lookups; readonly ground: Ground; readonly month: string | null; readonly actor: Actor; readonly now: Now; readonly fileName: string }

/** The rows n = from … to that wait to be written. Needs no lock: the commit of the batch before may still be under way. */
export async function readBatch(db: Db, importId: string, from: number, to: number, context: Pick<Context, 'lookups' | 'ground' | 'month' | 'now'>): Promise<Batch> {
  const rows = await waitingRows(db, importId, from, to);
  const fresh: Fresh[] = [];
  const existing: Known[] = [];
  for (const row of rows) {
    const { wanted } = want(row.values, context.lookups, context.ground.year, context.month);
    if (row.project_id === null) fresh.push(freshOf(row.n, row.values, wanted, context.now));
    else existing.push({ id: row.project_id, n: row.n, row: row.values, wanted });
  }
  return { rows, fresh, made: made(fresh, context.lookups, context.ground, context.now), existing };
}

/** Writes a batch under the lock of its import; most of it leaves with the commit. */
export async function applyBatch(tx: Transaction, importId: string, batch: Batch, context: Context): Promise<Applied> {
  const [stored, taken, first] = await settled([readStored(tx, batch.existing.map((one) => one.id), context.month, true), takenCodes(tx, batch.fresh), batch.fresh.length === 0 ? 0 : takeSeq(tx, batch.fresh.length)]);
  const changed: Changed[] = [];
  const unchanged: Known[] = [];
  for (const one of batch.existing) {
    const before = stored.get(one.id);
    const changes = before === undefined ? [] : changesOf(one.wanted, before).changes;
    if (changes.length > 0) changed.push({ ...one, changes, code: before?.code ?? null });
    else unchanged.push(one);
  }
  const free = batch.fresh.filter((one) => !taken.has(String(one.fields['code'] ?? '')));
  const numbered = free.map((one, i): Numbered => ({ ...one, seq: first + i }));
  const later: Pick<Transaction, 'run'> = { run: async (statement) => (tx.last(statement), 0) };
  // Their own rows first, then what is kept of them: the rows of the lists are copied from theirs.
  const news = free.length === batch.fresh.length ? batch.made : made(free, context.lookups, context.ground, context.now);
  if (news !== undefined) for (const statement of [news.insert(first), ...news.rest]) tx.last(statement);
  if (changed.length > 0) await changeProjects(tx, changed, context);
  writeYears(later, numbered);
  writeCodes(later, numbered);
  writeOpenings(later, numbered, context);
  assign(later, numbered, [], context);
  markRows(later, importId, [
    ...numbered.map((one) => ({ n: one.n, fate: 'committed', projectId: one.id })), ...changed.map((one) => ({ n: one.n, fate: 'committed', projectId: one.id })),
    ...unchanged.map((one) => ({ n: one.n, fate: 'unchanged', projectId: one.id })),
    ...batch.fresh.filter((one) => !free.includes(one)).map((one) => ({ n: one.n, fate: 'refused', projectId: null, problems: [codeTaken(one)] })),
  ]);
  return { created: numbered.length, changed: changed.length, refused: batch.fresh.length - free.length, events: eventsOf(numbered, changed, context.fileName) };
}

function codeTaken(one: Fresh): StagedProblem {
  return { code: 'ledger.code_taken', refuses: true, column: null, letter: null, heading: null, text: String(one.fields['code'] ?? ''), details: {} };
}

async function takenCodes(tx: Db, fresh: readonly Fresh[]): Promise<ReadonlySet<string>> {
  const codes = fresh.map((one) => one.fields['code']).filter((code) => typeof code === 'string');
  if (codes.length === 0) return new Set();
  return new Set((await tx.rows<{ code: string }>(sql`select code from projects_projects where code = any(${codes})`)).map((row) => row.code));
}

async function changeProjects(tx: Transaction, changed: readonly Changed[], context: Context): Promise<void> {
  await updateProjects(tx, changed, context.now);
  await settled([writeYears(tx, changed), writeCodes(tx, changed), writeOpenings(tx, changed, context), assign(tx, [], changed, context)]);
  // Who works on the whole finds its parts too.
  const parts = await packageIds(tx, changed.filter(handedOver).map((one) => one.id));
  await keep(tx, [...changed.map((one) => one.id), ...parts], context.now, context.ground);
}

// Rows that change the same columns go in one statement: a ledger that is imported every month changes few columns in many rows.
async function updateProjects(tx: Db, changed: readonly Changed[], now: Now): Promise<void> {
  const groups = new Map<string, { names: string[]; rows: Record<string, unknown>[] }>();
  for (const one of changed) {
    const fields = one.changes.filter((change) => isField(change.field));
    const renamed = fields.some((change) => change.field === 'name' || change.field === 'code');
    const names = [...fields.map((change) => columnOf(change.field)), ...(renamed ? ['pinyin', 'grams'] : [])].sort();
    const key = names.join();
    const group = groups.get(key) ?? { names, rows: [] };
    group.rows.push({ id: one.id, ...Object.fromEntries(fields.map((change) => [columnOf(change.field), change.after])), ...(renamed ? searched(one) : {}) });
    groups.set(key, group);
  }
  for (const { names, rows } of groups.values()) {
    const set = names.map((name) => sql`${sql.id(name)} = v.${sql.id(name)}`);
    await tx.run(sql`
      with recent as (update projects_recent set at = ${now.instant} where project_id = any(${rows.map((row) => String(row['id']))}::uuid[]))
      update projects_projects p set ${sql.join([sql`version = p.version + 1`, sql`updated_at = ${now.instant}`, ...set])}
      from jsonb_populate_recordset(null::projects_projects, ${jsonRows(rows)}::jsonb) as v where p.id = v.id`);
  }
}

// A code that the row does not say stays, and is found by together with the new name.
function searched(one: Changed): { pinyin: string; grams: number[] } {
  const { name, code } = one.wanted.fields;
  return { pinyin: one.row.pinyin, grams: gramsOf(typeof name === 'string' ? name : '', one.row.pinyin, typeof code === 'string' ? code : one.code) };
}

async function writeYears(tx: Pick<Db, 'run'>, all: readonly Known[]): Promise<void> {
  const rows = all.flatMap((one) => {
    const years = new Set([...Object.keys(one.wanted.plans), ...(one.wanted.target === null ? [] : [String(one.wanted.target.year)])]);
    return [...years].map((year) => ({ project_id: one.id, year: Number(year), plan_fen: one.wanted.plans[year] ?? null, target: one.wanted.target?.year === Number(year) ? one.wanted.target.text : null }));
  });
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into projects_years (project_id, year, plan_fen, target)
    select project_id, year, plan_fen, target from ${columns({ project_id: 'uuid', year: 'int', plan_fen: 'bigint', target: 'text' }, rows)} as v
    on conflict (project_id, year) do update set plan_fen = coalesce(excluded.plan_fen, projects_years.plan_fen), target = coalesce(excluded.target, projects_years.target)`);
}

async function writeCodes(tx: Pick<Db, 'run'>, all: readonly Known[]): Promise<void> {
  const rows = all.flatMap((one) => one.wanted.externalCodes.map((code) => ({ project_id: one.id, code: code.slice(0, 120) })));
  if (rows.length === 0) return;
  await tx.run(sql`insert into projects_codes (project_id, system, code) select project_id, 'ledger', code from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as v (project_id uuid, code text) on conflict do nothing`);
}

async function writeOpenings(tx: Pick<Db, 'run'>, all: readonly (Known | Changed)[], context: { actor: Actor; now: Now }): Promise<void> {
  const rows = all.flatMap((one) => {
    const { opening } = one.wanted;
    const wanted = 'changes' in one ? one.changes.some((change) => change.field === 'opening') : opening !== null;
    return opening === null || !wanted ? [] : [{ id: newId(context.now.instant.getTime()), project_id: one.id, month: `${opening.month}-01`, dispatch_fen: opening.dispatchFen, stat_fen: opening.statFen }];
  });
  if (rows.length === 0) return;
  // An earlier opening of the same year gives way: the new amount stands for its months too. A project that is new has none.
  const known = new Set(all.filter((one) => 'changes' in one).map((one) => one.id));
  const again = rows.filter((row) => known.has(row.project_id));
  if (again.length > 0) await tx.run(sql`
    delete from projects_reports r using jsonb_to_recordset(${json(again.map(({ project_id, month }) => ({ project_id, month })))}::jsonb) as v (project_id uuid, month date)
    where r.project_id = any(${again.map((row) => row.project_id)}::uuid[]) and r.project_id = v.project_id and r.kind = 'opening' and r.month < v.month and extract(year from r.month) = extract(year from v.month)`);
  await tx.run(sql`
    insert into projects_reports (id, project_id, month, kind, dispatch_fen, stat_fen, submitted_by, submitted_at, submitted_day)
    select id, project_id, month, 'opening', dispatch_fen, stat_fen, ${context.actor.userId}, ${context.now.instant}, ${context.now.day}
    from ${columns({ id: 'uuid', project_id: 'uuid', month: 'date', dispatch_fen: 'bigint', stat_fen: 'bigint' }, rows)} as v
    on conflict (project_id, month) do update set dispatch_fen = excluded.dispatch_fen, stat_fen = coalesce(excluded.stat_fen, projects_reports.stat_fen),
      revision = projects_reports.revision + 1, version = projects_reports.version + 1, submitted_by = excluded.submitted_by, submitted_at = excluded.submitted_at, submitted_day = excluded.submitted_day
    where projects_reports.kind = 'opening'`);
}

function handedOver(one: Changed): boolean {
  return one.changes.some((change) => change.field === 'commissionerId');
}

async function assign(tx: Pick<Db, 'run'>, fresh: readonly Numbered[], changed: readonly Changed[], context: { now: Now }): Promise<void> {
  const handed = changed.filter(handedOver);
  const rows = [...fresh, ...handed].filter((one) => one.wanted.commissionerId !== null)
    .map((one) => ({ id: newId(context.now.instant.getTime()), project_id: one.id, user_id: one.wanted.commissionerId, from_day: context.now.day }));
  if (rows.length === 0) return;
  const shape = sql`(id uuid, project_id uuid, user_id uuid, from_day date)`;
  const source: Sql = sql`jsonb_to_recordset(${jsonRows(rows)}::jsonb) as v ${shape}`;
  if (handed.length > 0) await tx.run(sql`update projects_assignments s set to_day = v.from_day from ${source} where s.project_id = v.project_id and s.duty = 'commissioner' and s.to_day is null`);
  await tx.run(sql`insert into projects_assignments (id, project_id, user_id, duty, from_day) select id, project_id, user_id, 'commissioner', from_day from ${source}`);
  if (handed.length > 0) await tx.run(sql`update projects_projects p set commissioner_id = v.user_id from ${source} where p.id = v.project_id`);
}

function eventsOf(fresh: readonly Numbered[], changed: readonly Changed[], fileName: string): EventRecord[] {
  // The page that shows it makes the words.
  const from = (one: Known | Numbered) => ({ file: fileName, sheet: one.row.sheet, row: one.row.row });
  const made = fresh.map((one): EventRecord => ({
    kind: 'projects.created', subjectType: 'project', subjectId: one.id, projectId: one.id,
    after: { seq: one.seq, importedFrom: from(one), ...one.wanted.fields, ...(Object.keys(one.wanted.plans).length === 0 ? {} : { plans: one.wanted.plans }), ...(one.wanted.target === null ? {} : { target: one.wanted.target.text }), ...(one.wanted.opening === null ? {} : { opening: one.wanted.opening }), ...(one.wanted.commissionerId === null ? {} : { commissionerId: one.wanted.commissionerId }) },
  }));
  const edited = changed.map((one): EventRecord => ({
    kind: 'projects.edited', subjectType: 'project', subjectId: one.id, projectId: one.id,
    before: Object.fromEntries(one.changes.map((change) => [change.field, change.before])), after: { ...Object.fromEntries(one.changes.map((change) => [change.field, change.after])), importedFrom: from(one) },
  }));
  return [...made, ...edited];
}
