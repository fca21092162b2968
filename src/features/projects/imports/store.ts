// SQL of the imports: the record of an import, its staged rows, and what a row is compared with. Staging is bookkeeping of a job and
// written directly; the register itself is only written by apply.ts inside a command.
import { columns } from '../../../platform/columns.ts';
import { json, sql, type Db, type Sql } from '../../../platform/db.ts';
import { columnOf, FIELD_NAMES } from '../register/fields.ts';
import type { Candidate, Change, Stored } from './fate.ts';
import type { StagedProblem, StagedRow } from './row.ts';

export interface ImportRow {
  readonly id: string; readonly user_id: string; readonly file_name: string; readonly sha256: string | null; readonly source: 'xlsx' | 'csv' | 'paste'; readonly state: string; readonly version: number;
  readonly done_rows: number; readonly all_rows: number; readonly tables: unknown; readonly mapping: unknown; readonly profile_id: string | null; readonly counts: Record<string, number> | null;
  readonly error: { code: string; title: string; details: Record<string, unknown> } | null; readonly created_at: string; readonly updated_at: string; readonly user_name: string | null;
}

const COLUMNS = sql`i.id, i.user_id, i.file_name, i.sha256, i.source, i.state, i.version, i.done_rows, i.all_rows, i.profile_id, i.counts, i.error, i.created_at, i.updated_at, (select name from people_users where id = i.user_id) as user_name`;

/** An import belongs to who started it; the system and who sees the whole register's history may read others'. */
export async function readImport(db: Db, id: string, userId: string | undefined): Promise<ImportRow | undefined> {
  return db.row<ImportRow>(sql`select ${COLUMNS}, i.tables, i.mapping from projects_imports i where i.id = ${id} and ${userId === undefined ? sql`true` : sql`i.user_id = ${userId}`}`);
}

export async function lockImport(tx: Db, id: string, userId: string | undefined): Promise<ImportRow | undefined> {
  return tx.row<ImportRow>(sql`select ${COLUMNS}, i.tables, i.mapping from projects_imports i where i.id = ${id} and ${userId === undefined ? sql`true` : sql`i.user_id = ${userId}`} for update`);
}

export function listImports(db: Db, userId: string | undefined, after: string | undefined, limit: number): Promise<ImportRow[]> {
  const [at, id] = after?.split('~') ?? [];
  return db.rows<ImportRow>(sql`
    select ${COLUMNS}, null as tables, null as mapping from projects_imports i
    where ${userId === undefined ? sql`true` : sql`i.user_id = ${userId}`} and ${at === undefined || id === undefined ? sql`true` : sql`(i.created_at, i.id) < (${at}::timestamptz, ${id}::uuid)`}
    order by i.created_at desc, i.id desc limit ${limit}`);
}

export async function insertImport(tx: Db, one: { id: string; userId: string; fileName: string; sha256: string; source: string; at: Date }): Promise<void> {
  await tx.run(sql`insert into projects_imports (id, user_id, file_name, sha256, source, state, created_at, updated_at)
    values (${one.id}, ${one.userId}, ${one.fileName}, ${one.sha256}, ${one.source}, 'reading', ${one.at}, ${one.at})`);
}

/** Sets the state and whatever comes with it. */
export async function setImport(tx: Db, id: string, at: Date, set: { state?: string; tables?: unknown; mapping?: unknown; counts?: unknown; error?: unknown; doneRows?: number; allRows?: number }): Promise<void> {
  const parts: Sql[] = [sql`updated_at = ${at}`, sql`version = version + 1`];
  if (set.state !== undefined) parts.push(sql`state = ${set.state}`);
  if (set.tables !== undefined) parts.push(sql`tables = ${json(set.tables)}::jsonb`);
  if (set.mapping !== undefined) parts.push(sql`mapping = ${json(set.mapping)}::jsonb`);
  if (set.counts !== undefined) parts.push(sql`counts = ${json(set.counts)}::jsonb`);
  if (set.error !== undefined) parts.push(sql`error = ${json(set.error)}::jsonb`);
  if (set.doneRows !== undefined) parts.push(sql`done_rows = ${set.doneRows}`);
  if (set.allRows !== undefined) parts.push(sql`all_rows = ${set.allRows}`);
  await tx.run(sql`update projects_imports set ${sql.join(parts)} where id = ${id}`);
}

/** The statement that counts rows as done. */
export function progressOf(id: string, rows: number): Sql {
  return sql`update projects_imports set done_rows = done_rows + ${rows}, version = version + 1 where id = ${id}`;
}

export async function clearRows(tx: Db, id: string): Promise<void> {
  await tx.run(sql`delete from projects_import_rows where import_id = ${id}`);
}

export interface Staged {
  readonly n: number;
  readonly fate: string;
  readonly projectId: string | null;
  readonly candidates: readonly { id: string; why: string }[];
  readonly row: StagedRow;
  readonly changes: readonly Change[];
  readonly problems: readonly StagedProblem[];
}

export async function insertRows(tx: Pick<Db, 'run'>, id: string, rows: readonly Staged[]): Promise<void> {
  if (rows.length === 0) return;
  const body = rows.map((one) => ({
    n: one.n, sheet: one.row.sheet, row: one.row.row, fate: one.fate, project_id: one.projectId, candidates: one.candidates.length === 0 ? null : one.candidates, values: { ...one.row, problems: undefined },
    changes: one.changes.length === 0 ? null : one.changes, problems: one.problems.length === 0 ? null : one.problems,
  }));
  await tx.run(sql`
    insert into projects_import_rows (import_id, n, sheet, row, fate, project_id, candidates, values, changes, problems)
    select ${id}, n, sheet, row, fate, project_id, candidates, values, changes, problems
    from ${columns({ n: 'int', sheet: 'text', row: 'int', fate: 'text', project_id: 'uuid', candidates: 'jsonb', values: 'jsonb', changes: 'jsonb', problems: 'jsonb' }, body)} as v`);
}

export async function countFates(db: Db, id: string): Promise<Record<string, number>> {
  const rows = await db.rows<{ fate: string; count: number; warned: number }>(sql`
    select fate, count(*)::int as count, count(problems)::int as warned from projects_import_rows where import_id = ${id} group by 1`);
  const counts: Record<string, number> = { rows: 0, warned: 0 };
  for (const row of rows) {
    counts[row.fate] = row.count;
    counts['rows'] = (counts['rows'] ?? 0) + row.count;
    counts['warned'] = (counts['warned'] ?? 0) + row.warned;
  }
  return counts;
}

export interface StoredRow {
  readonly n: number; readonly sheet: string; readonly row: number; readonly fate: string; readonly project_id: string | null;
  readonly candidates: { id: string; why: string }[] | null; readonly values: StagedRow; readonly changes: Change[] | null; readonly problems: StagedProblem[] | null;
}

export function readRows(db: Db, id: string, options: { fates?: readonly string[] | undefined; warned?: boolean | undefined; problem?: string | undefined; after?: number | undefined; limit: number }): Promise<StoredRow[]> {
  const where = [
    sql`import_id = ${id}`,
    ...(options.fates === undefined ? [] : [sql`fate = any(${[...options.fates]})`]),
    ...(options.warned === true ? [sql`problems is not null`] : []),
    ...(options.problem === undefined ? [] : [sql`exists (select 1 from jsonb_array_elements(problems) as e (p) where ${PROBLEM_KEY} = ${options.problem})`]),
    ...(options.after === undefined ? [] : [sql`n > ${options.after}`]),
  ];
  return db.rows<StoredRow>(sql`select n, sheet, row, fate, project_id, candidates, values, changes, problems from projects_import_rows where ${sql.all(where)} order by n limit ${options.limit}`);
}

export type WaitingRow = Pick<StoredRow, 'n' | 'project_id' | 'values'>;

/** The rows of a batch that may still be written. Who writes them holds the lock of the import. */
export function waitingRows(db: Db, id: string, from: number, to: number): Promise<WaitingRow[]> {
  return db.rows<WaitingRow>(sql`
    select n, project_id, values from projects_import_rows where import_id = ${id} and n between ${from} and ${to} and fate in ('new', 'changed') order by n`);
}

/** How many of them there are. */
export async function countWaiting(db: Db, id: string, from: number, to: number): Promise<number> {
  const row = await db.row<{ count: number }>(sql`select count(*)::int as count from projects_import_rows where import_id = ${id} and n between ${from} and ${to} and fate in ('new', 'changed')`);
  return row?.count ?? 0;
}

export interface Clash { readonly name: string; readonly rows: { sheet: string; row: number }[] }

/** The first project that two rows would write to after these choices: a row says what is true of it, two could say two things. */
export async function clashOf(tx: Db, id: string, only: readonly number[] | undefined, choices: readonly { n: number; projectId: string | null }[]): Promise<Clash | undefined> {
  if (!choices.some((one) => one.projectId !== null)) return undefined;
  return tx.row<Clash>(sql`
    select p.name, jsonb_agg(jsonb_build_object('sheet', r.sheet, 'row', r.row) order by r.n) as rows
    from (select r.n, r.sheet, r.row, coalesce(c.project_id, r.project_id) as project_id
          from projects_import_rows r left join ${columns({ n: 'int', project_id: 'uuid' }, choices.map((one) => ({ n: one.n, project_id: one.projectId })))} as c on c.n = r.n and r.fate = 'doubtful'
          where r.import_id = ${id} and r.fate in ('doubtful', 'changed', 'unchanged') ${only === undefined ? sql.empty : sql`and (r.n = any(${[...only]}::int[]) or r.fate = 'unchanged')`}) r
    join projects_projects p on p.id = r.project_id group by p.id having count(distinct r.n) > 1 order by min(r.n) limit 1`);
}

/** The first row for which a project was chosen that is none of its candidates. */
export async function strangeChoice(tx: Db, id: string, choices: readonly { n: number; projectId: string | null }[]): Promise<{ sheet: string; row: number } | undefined> {
  const chosen = choices.flatMap((one) => (one.projectId === null ? [] : [{ n: one.n, project_id: one.projectId }]));
  if (chosen.length === 0) return undefined;
  return tx.row(sql`
    select r.sheet, r.row from projects_import_rows r join ${columns({ n: 'int', project_id: 'uuid' }, chosen)} as c on c.n = r.n
    where r.import_id = ${id} and r.fate = 'doubtful' and not coalesce(r.candidates, '[]') @> jsonb_build_array(jsonb_build_object('id', c.project_id)) order by r.n limit 1`);
}

/** One kind of note: its code, its column, and the two times that contradict each other. */
const PROBLEM_KEY = sql`concat_ws('|', p->>'code', p->>'letter', p->'details'->>'first', p->'details'->>'second')`;
const PROBLEM_KINDS = 100; // a file with more kinds of notes was mapped wrongly, and the first hundred show it

export interface ProblemKind { readonly key: string; readonly rows: number; readonly sample: StagedProblem; readonly refuses: boolean }

export function readProblemKinds(db: Db, id: string): Promise<ProblemKind[]> {
  return db.rows<ProblemKind>(sql`
    select ${PROBLEM_KEY} as key, count(distinct n)::int as rows, (array_agg(p order by n))[1] as sample, bool_or((p->>'refuses')::boolean) as refuses
    from projects_import_rows cross join lateral jsonb_array_elements(problems) as e (p)
    where import_id = ${id} and problems is not null group by 1 order by 4 desc, 2, 1 limit ${PROBLEM_KINDS}`);
}

/** Takes out of a commit what the person did not choose, and applies the choices for doubtful rows. */
export async function choose(tx: Db, id: string, only: readonly number[] | undefined, choices: readonly { n: number; projectId: string | null }[]): Promise<void> {
  if (choices.length > 0) await tx.run(sql`
    update projects_import_rows r set fate = case when c.project_id is null then 'new' else 'changed' end, project_id = c.project_id
    from jsonb_to_recordset(${json(choices.map((one) => ({ n: one.n, project_id: one.projectId })))}::jsonb) as c (n int, project_id uuid)
    where r.import_id = ${id} and r.n = c.n and r.fate = 'doubtful'`);
  if (only !== undefined) await tx.run(sql`update projects_import_rows set fate = 'skipped' where import_id = ${id} and fate in ('new', 'changed') and not (n = any(${[...only]}::int[]))`);
}

export async function markRows(tx: Pick<Db, 'run'>, id: string, rows: readonly { n: number; fate: string; projectId: string | null; problems?: readonly StagedProblem[] }[]): Promise<void> {
  if (rows.length === 0) return;
  const marks = rows.map((one) => ({ n: one.n, fate: one.fate, project_id: one.projectId, problems: one.problems }));
  await tx.run(sql`
    update projects_import_rows r set fate = v.fate, project_id = v.project_id, problems = coalesce(v.problems, r.problems)
    from ${columns({ n: 'int', fate: 'text', project_id: 'uuid', problems: 'jsonb' }, marks)} as v where r.import_id = ${id} and r.n = v.n`);
}

/** First number of each batch of rows that wait to be written. */
export async function batches(db: Db, id: string, size: number): Promise<{ from: number; to: number }[]> {
  return db.rows<{ from: number; to: number }>(sql`
    select min(n)::int as "from", max(n)::int as "to" from (select n, (row_number() over (order by n) - 1) / ${size} as part from projects_import_rows where import_id = ${id} and fate in ('new', 'changed')) as parts
    group by part order by part`);
}

// ---- what a row is compared with

const CANDIDATE = sql`p.id, p.code, p.name, p.town_id as "townId", p.builder_name as "builderName", p.responsible_org_id as "responsibleOrgId"`;

/** Projects that bear one of these codes or names: an import sees the whole register, or it would make doubles. */
export function findCandidates(db: Db, codes: readonly string[], names: readonly string[]): Promise<Candidate[]> {
  return db.rows<Candidate>(sql`select ${CANDIDATE} from projects_projects p where p.code = any(${[...codes]}) or p.name = any(${[...names]})`);
}

/** Projects whose names share most pairs of characters with some names that were not found; the pure rules decide. */
export function findSimilar(db: Db, names: readonly { n: number; grams: readonly number[] }[]): Promise<(Candidate & { n: number })[]> {
  return db.rows<Candidate & { n: number }>(sql`
    select s.n, near.* from ${columns({ n: 'int', grams: 'bigint[]' }, names)} as s
    cross join lateral (
      select ${CANDIDATE} from projects_projects p
      where p.grams @> s.grams
      limit 20) as near`);
}


/** The register's side of the comparison for some projects; locked when they are about to be written. */
export async function readStored(db: Db, ids: readonly string[], month: string | null, lock: boolean): Promise<Map<string, Stored>> {
  if (ids.length === 0) return new Map();
  const first = month === null ? null : `${month.slice(0, 4)}-01-01`;
  const last = month === null ? null : `${month}-01`;
  const rows = await db.rows<Stored & { plans: Record<string, number | null> | null; targets: Record<string, string | null> | null; externalCodes: string[] | null }>(sql`
    select ${CANDIDATE}, p.version, t.name as "townName", p.commissioner_id as "commissionerId",
      jsonb_build_object(${jsonPairs(0)}) || jsonb_build_object(${jsonPairs(1)}) as fields,
      (select jsonb_object_agg(year, plan_fen) from projects_years y where y.project_id = p.id) as plans,
      (select jsonb_object_agg(year, target) from projects_years y where y.project_id = p.id) as targets,
      (select array_agg(code) from projects_codes c where c.project_id = p.id) as "externalCodes",
      (select sum(dispatch_fen)::bigint from projects_reports r where r.project_id = p.id and r.month between ${first}::date and ${last}::date) as "dispatchFen",
      (select sum(stat_fen)::bigint from projects_reports r where r.project_id = p.id and r.month between ${first}::date and ${last}::date) as "statFen",
      (select dispatch_fen from projects_reports r where r.project_id = p.id and r.month = ${last}::date) as "monthFen",
      exists (select 1 from projects_reports r where r.project_id = p.id and r.kind = 'monthly' and r.month between ${first}::date and ${last}::date) as monthly
    from projects_projects p left join people_organisations t on t.id = p.town_id
    where p.id = any(${[...ids]}::uuid[]) order by p.id ${lock ? sql`for update of p` : sql.empty}`);
  return new Map(rows.map((row) => [row.id, { ...row, plans: row.plans ?? {}, targets: row.targets ?? {}, externalCodes: row.externalCodes ?? [] }]));
}

// jsonb_build_object takes at most 100 arguments: the fields go in two halves.
function jsonPairs(half: 0 | 1): Sql {
  const middle = Math.ceil(FIELD_NAMES.length / 2);
  const names = half === 0 ? FIELD_NAMES.slice(0, middle) : FIELD_NAMES.slice(middle);
  return sql.join(names.map((name) => sql`${name}::text, p.${sql.id(columnOf(name))}${name === 'landMu' ? sql`::float8` : sql.empty}`));
}

export interface Names {
  readonly organisations: { id: string; name: string; short_name: string | null; kind: string; path: string[] }[];
  readonly users: { id: string; name: string }[];
}

export async function readNames(db: Db): Promise<Names> {
  const [organisations, users] = await Promise.all([
    db.rows<Names['organisations'][number]>(sql`select id, name, short_name, kind, path from people_organisations where active`),
    db.rows<Names['users'][number]>(sql`
      select distinct on (u.name) u.id, u.name from people_users u join people_user_roles ur on ur.user_id = u.id join people_roles r on r.id = ur.role_id
      where u.active and r.code = 'commissioner' order by u.name, u.id`),
  ]);
  return { organisations, users };
}

export interface ProfileRow { readonly id: string; readonly name: string; readonly mapping: unknown; readonly signature: string; readonly updatedAt: string }

export function listProfiles(db: Db): Promise<ProfileRow[]> {
  return db.rows<ProfileRow>(sql`select id, name, mapping, signature, updated_at as "updatedAt" from projects_import_profiles order by name limit 200`);
}

export async function writeProfile(tx: Db, one: { id: string; name: string; signature: string; mapping: unknown; by: string; at: Date }): Promise<void> {
  await tx.run(sql`
    insert into projects_import_profiles (id, name, signature, mapping, made_by, updated_at) values (${one.id}, ${one.name}, ${one.signature}, ${json(one.mapping)}::jsonb, ${one.by}, ${one.at})
    on conflict (name) do update set signature = excluded.signature, mapping = excluded.mapping, version = projects_import_profiles.version + 1, updated_at = excluded.updated_at`);
}

export async function deleteProfile(tx: Db, id: string): Promise<number> {
  return tx.run(sql`delete from projects_import_profiles where id = ${id}`);
}
