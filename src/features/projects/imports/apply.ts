// Writing a batch of rows to the register: set-based statements inside one command, an event for each project. Compares once more
// with what is stored now: what has meanwhile become true is not written again.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { EventRecord } from '../../../platform/feature.ts';
import type { Actor } from '../../../platform/actor.ts';
import { json, jsonRows, sql, type Db, type Sql } from '../../../platform/db.ts';
import { keep } from '../keep.ts';
import { columnOf, isField } from '../register/fields.ts';
import { takeSeq } from '../seq.ts';
import { changesOf, want, type Change, type Lookups, type Wanted } from './fate.ts';
import type { StagedRow } from './row.ts';
import { lockRows, markRows, readStored, type StoredRow } from './store.ts';

export interface Applied {
  readonly created: number;
  readonly changed: number;
  readonly refused: number;
  readonly events: readonly EventRecord[];
}

interface Fresh { readonly id: string; readonly n: number; readonly seq: number; readonly row: StagedRow; readonly wanted: Wanted }
interface Changed { readonly id: string; readonly n: number; readonly row: StagedRow; readonly changes: readonly Change[]; readonly wanted: Wanted }

/** Writes the rows n = from … to of an import that are still to be written. */
export async function applyBatch(tx: Db, importId: string, from: number, to: number, context: { lookups: Lookups; year: number; month: string | null; actor: Actor; now: Now; fileName: string }): Promise<Applied> {
  const rows = await lockRows(tx, importId, from, to);
  const { fresh, existing } = split(rows, context);
  const stored = await readStored(tx, existing.map((one) => one.id), context.month, true);
  const changed: Changed[] = [];
  const unchanged: StoredRow[] = [];
  for (const one of existing) {
    const before = stored.get(one.id);
    const changes = before === undefined ? [] : changesOf(one.wanted, before).changes;
    if (changes.length > 0) changed.push({ ...one, changes });
    else unchanged.push(one.stored);
  }
  const taken = await takenCodes(tx, fresh);
  const writable = fresh.filter((one) => !taken.has(String(one.wanted.fields['code'] ?? '')));
  const numbered = await insertProjects(tx, writable, context.now);
  await updateProjects(tx, changed, context.now);
  await Promise.all([writeYears(tx, [...numbered, ...changed]), writeCodes(tx, [...numbered, ...changed]), writeOpenings(tx, [...numbered, ...changed], context), assign(tx, numbered, changed, context)]);
  await keep(tx, [...numbered, ...changed].map((one) => one.id), context.now);
  await markRows(tx, importId, [
    ...numbered.map((one) => ({ n: one.n, fate: 'committed', projectId: one.id })), ...changed.map((one) => ({ n: one.n, fate: 'committed', projectId: one.id })),
    ...unchanged.map((one) => ({ n: one.n, fate: 'unchanged', projectId: one.project_id })),
    ...fresh.filter((one) => !writable.includes(one)).map((one) => ({ n: one.n, fate: 'refused', projectId: null, problems: [{ code: 'ledger.code_taken', refuses: true, column: null, letter: null, heading: null, text: String(one.wanted.fields['code'] ?? ''), details: {} }] })),
  ]);
  return { created: numbered.length, changed: changed.length, refused: fresh.length - writable.length, events: eventsOf(numbered, changed, context.fileName) };
}

function split(rows: readonly StoredRow[], context: { lookups: Lookups; year: number; month: string | null; now: Now }): { fresh: Omit<Fresh, 'seq'>[]; existing: { id: string; n: number; row: StagedRow; wanted: Wanted; stored: StoredRow }[] } {
  const fresh: Omit<Fresh, 'seq'>[] = [];
  const existing: { id: string; n: number; row: StagedRow; wanted: Wanted; stored: StoredRow }[] = [];
  for (const row of rows) {
    const { wanted } = want(row.values, context.lookups, context.year, context.month);
    if (row.project_id === null) fresh.push({ id: newId(context.now.instant.getTime()), n: row.n, row: row.values, wanted });
    else existing.push({ id: row.project_id, n: row.n, row: row.values, wanted, stored: row });
  }
  return { fresh, existing };
}

async function takenCodes(tx: Db, fresh: readonly Omit<Fresh, 'seq'>[]): Promise<ReadonlySet<string>> {
  const codes = fresh.map((one) => one.wanted.fields['code']).filter((code) => typeof code === 'string');
  if (codes.length === 0) return new Set();
  return new Set((await tx.rows<{ code: string }>(sql`select code from projects_projects where code = any(${codes})`)).map((row) => row.code));
}

async function insertProjects(tx: Db, fresh: readonly Omit<Fresh, 'seq'>[], now: Now): Promise<Fresh[]> {
  if (fresh.length === 0) return [];
  const first = await takeSeq(tx, fresh.length);
  const numbered = fresh.map((one, i) => ({ ...one, seq: first + i }));
  const rows = numbered.map((one) => ({
    ...columns(one.wanted.fields), id: one.id, seq: one.seq, pinyin: one.row.pinyin, grams: one.row.grams, kind: one.wanted.fields['kind'] ?? 'enterprise', ...stageOf(one.wanted.fields),
    in_statistics: one.wanted.fields['inStatistics'] ?? false, tags: [], custom: one.wanted.fields['custom'] ?? {}, commissioner_id: one.wanted.commissionerId,
    version: 1, plan_fen: 0, done_fen: 0, stat_fen: 0, light: 0, kept_months: {}, created_at: now.instant, updated_at: now.instant,
  }));
  await tx.run(sql`
    with made as (insert into projects_projects select * from jsonb_populate_recordset(null::projects_projects, ${jsonRows(rows)}::jsonb) returning id, updated_at, seq)
    insert into projects_recent (project_id, at, seq) select id, updated_at, seq from made`);
  return numbered;
}

/**
 * Where a project stands by what the ledger says of it: the actual days, else the nature. Evidence is asked for at the next gate. A
 * day that the ledger does not give stays open: true days of long ago may still be entered.
 */
export function stageOf(fields: Readonly<Record<string, unknown>>): { stage: string; stage_day: string | null } {
  const when = (name: string): string | undefined => (typeof fields[name] === 'string' ? fields[name] : undefined);
  const reached = ([['actualEffect', 'effective'], ['actualProduction', 'producing'], ['actualCompletion', 'completed'], ['actualStart', 'building']] as const).find(([name]) => when(name) !== undefined);
  if (reached !== undefined) return { stage: reached[1], stage_day: when(reached[0]) ?? null };
  return { stage: fields['nature'] === 'continuing' || fields['nature'] === 'completing' ? 'building' : fields['nature'] === 'new' || fields['nature'] === 'preliminary' ? 'preliminary' : 'planned', stage_day: null };
}

function columns(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isField(name)).map(([name, value]) => [columnOf(name), value]));
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
    group.rows.push({ id: one.id, ...Object.fromEntries(fields.map((change) => [columnOf(change.field), change.after])), ...(renamed ? { pinyin: one.row.pinyin, grams: one.row.grams } : {}) });
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

async function writeYears(tx: Db, all: readonly (Fresh | Changed)[]): Promise<void> {
  const rows = all.flatMap((one) => {
    const years = new Set([...Object.keys(one.wanted.plans), ...(one.wanted.target === null ? [] : [String(one.wanted.target.year)])]);
    return [...years].map((year) => ({ project_id: one.id, year: Number(year), plan_fen: one.wanted.plans[year] ?? null, target: one.wanted.target?.year === Number(year) ? one.wanted.target.text : null }));
  });
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into projects_years (project_id, year, plan_fen, target)
    select project_id, year, plan_fen, target from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as v (project_id uuid, year int, plan_fen bigint, target text)
    on conflict (project_id, year) do update set plan_fen = coalesce(excluded.plan_fen, projects_years.plan_fen), target = coalesce(excluded.target, projects_years.target)`);
}

async function writeCodes(tx: Db, all: readonly (Fresh | Changed)[]): Promise<void> {
  const rows = all.flatMap((one) => one.wanted.externalCodes.map((code) => ({ project_id: one.id, code: code.slice(0, 120) })));
  if (rows.length === 0) return;
  await tx.run(sql`insert into projects_codes (project_id, system, code) select project_id, 'ledger', code from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as v (project_id uuid, code text) on conflict do nothing`);
}

async function writeOpenings(tx: Db, all: readonly (Fresh | Changed)[], context: { actor: Actor; now: Now }): Promise<void> {
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
    from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as v (id uuid, project_id uuid, month date, dispatch_fen bigint, stat_fen bigint)
    on conflict (project_id, month) do update set dispatch_fen = excluded.dispatch_fen, stat_fen = coalesce(excluded.stat_fen, projects_reports.stat_fen),
      revision = projects_reports.revision + 1, version = projects_reports.version + 1, submitted_by = excluded.submitted_by, submitted_at = excluded.submitted_at, submitted_day = excluded.submitted_day
    where projects_reports.kind = 'opening'`);
}

async function assign(tx: Db, fresh: readonly Fresh[], changed: readonly Changed[], context: { now: Now }): Promise<void> {
  const handed = changed.filter((one) => one.changes.some((change) => change.field === 'commissionerId'));
  const rows = [...fresh, ...handed].filter((one) => one.wanted.commissionerId !== null)
    .map((one) => ({ id: newId(context.now.instant.getTime()), project_id: one.id, user_id: one.wanted.commissionerId, from_day: context.now.day }));
  if (rows.length === 0) return;
  const shape = sql`(id uuid, project_id uuid, user_id uuid, from_day date)`;
  const source: Sql = sql`jsonb_to_recordset(${jsonRows(rows)}::jsonb) as v ${shape}`;
  if (handed.length > 0) await tx.run(sql`update projects_assignments s set to_day = v.from_day from ${source} where s.project_id = v.project_id and s.duty = 'commissioner' and s.to_day is null`);
  await tx.run(sql`insert into projects_assignments (id, project_id, user_id, duty, from_day) select id, project_id, user_id, 'commissioner', from_day from ${source}`);
  if (handed.length > 0) await tx.run(sql`update projects_projects p set commissioner_id = v.user_id from ${source} where p.id = v.project_id`);
}

function eventsOf(fresh: readonly Fresh[], changed: readonly Changed[], fileName: string): EventRecord[] {
  const made = fresh.map((one): EventRecord => ({
    kind: 'projects.created', subjectType: 'project', subjectId: one.id, projectId: one.id, reason: `导入 ${fileName}：${one.row.sheet} 第 ${one.row.row} 行`,
    after: { seq: one.seq, ...one.wanted.fields, ...(Object.keys(one.wanted.plans).length === 0 ? {} : { plans: one.wanted.plans }), ...(one.wanted.target === null ? {} : { target: one.wanted.target.text }), ...(one.wanted.opening === null ? {} : { opening: one.wanted.opening }), ...(one.wanted.commissionerId === null ? {} : { commissionerId: one.wanted.commissionerId }) },
  }));
  const edited = changed.map((one): EventRecord => ({
    kind: 'projects.edited', subjectType: 'project', subjectId: one.id, projectId: one.id, reason: `导入 ${fileName}：${one.row.sheet} 第 ${one.row.row} 行`,
    before: Object.fromEntries(one.changes.map((change) => [change.field, change.before])), after: Object.fromEntries(one.changes.map((change) => [change.field, change.after])),
  }));
  return [...made, ...edited];
}
