// The statements of the register: a record with all that belongs to it, and the rows that its commands write. Every read of a
// record is limited to what the actor may reach; nothing here decides.
import type { Actor } from '../../../platform/actor.ts';
import { json, Sql, sql, type Db } from '../../../platform/db.ts';
import { initials } from '../../../platform/pinyin.ts';
import { reachable } from '../scope.ts';
import { FOCUS_YEAR } from '../data.ts';
import { columnOf, FIELD_NAMES, isField, type FieldName } from './fields.ts';
import { gramsOf } from '../../../kernel/grams.ts';
import type { Assigned, Fields } from './rules.ts';

/** `p.planned_start as "plannedStart"` for every field of the register. */
function fieldColumns(names: readonly FieldName[]): Sql {
  return sql.join(names.map((name) => {
    const column = sql`p.${sql.id(columnOf(name))}${name === 'landMu' ? sql`::float8` : sql.empty}`;
    return sql`${column} as ${new Sql([`"${name}"`], [])}`;
  }));
}

const FIELD_COLUMNS = fieldColumns(FIELD_NAMES);

export interface Base {
  readonly id: string;
  readonly version: number;
  readonly seq: number;
  readonly stage: string;
  readonly stageDay: string | null;
  readonly sideState: string | null;
  readonly sideReason: string | null;
  readonly parentId: string | null;
  readonly commissionerId: string | null;
}

export type StoredFields = Readonly<Record<FieldName, unknown>> & { readonly name: string; readonly code: string | null };
export type Locked = Base & StoredFields & { readonly packages: number };

const BASE_COLUMNS = sql`p.id, p.version, p.seq, p.stage, p.stage_day as "stageDay", p.side_state as "sideState", p.side_reason as "sideReason", p.parent_id as "parentId", p.commissioner_id as "commissionerId"`;

/** The record for a change, locked, within the actor's scope. */
export async function lockRecord(tx: Db, actor: Actor, id: string): Promise<Locked | undefined> {
  return tx.row<Locked>(sql`
    select ${BASE_COLUMNS}, ${FIELD_COLUMNS}, (select count(*)::int from projects_projects c where c.parent_id = p.id) as packages
    from projects_projects p where p.id = ${id} and ${reachable(actor, sql`p.id`)} for update of p`);
}

/** The fields that an edit names, with what it is compared by: locked, within the actor's scope. */
export async function lockFields(tx: Db, actor: Actor, id: string, names: readonly FieldName[]): Promise<(Fields & { readonly id: string; readonly version: number; readonly name: string; readonly code: string | null }) | undefined> {
  return tx.row(sql`
    select p.id, p.version, ${fieldColumns([...new Set<FieldName>(['name', 'code', ...names])])} from projects_projects p where p.id = ${id} and ${reachable(actor, sql`p.id`)} for update of p`);
}

export interface Full extends Base {
  readonly light: number;
  readonly plan: number;
  readonly done: number;
  readonly stat: number;
  readonly lastReportMonth: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly focus: unknown;
  readonly commissionerName: string | null;
  readonly commissionerActive: boolean | null;
  readonly townName: string | null;
  readonly parkName: string | null;
  readonly responsibleOrgName: string | null;
  readonly builderOrgName: string | null;
  readonly parent: { id: string; name: string } | null;
  readonly years: { year: number; planFen: number | null; target: string | null; doneFen: number | null; statFen: number | null }[] | null;
  readonly externalCodes: { system: string; code: string }[] | null;
  readonly assignments: { id: string; userId: string; userName: string; orgName: string | null; duty: string; fromDay: string; toDay: string | null; note: string | null }[] | null;
  readonly lights: { rule: string; subject: string; object: string; level: number; since: string; numbers: Record<string, unknown> }[] | null;
  readonly packages: { id: string; seq: number; name: string; stage: string; sideState: string | null; light: number; version: number; totalFen: number | null; planFen: number; doneFen: number; statFen: number }[] | null;
  readonly milestone: { id: string; name: string; day: string } | null;
  readonly followed: boolean;
}

/** Everything about one project in one statement. */
export async function readRecord(db: Db, actor: Actor, id: string): Promise<(Full & StoredFields) | undefined> {
  return db.row<Full & StoredFields>(sql`
    select ${BASE_COLUMNS}, ${FIELD_COLUMNS}, p.light, p.plan_fen as plan, p.done_fen as done, p.stat_fen as stat, p.last_report_month as "lastReportMonth",
      p.created_at as "createdAt", p.updated_at as "updatedAt", (select value from platform_settings where name = ${FOCUS_YEAR}) as focus,
      (select name from people_users where id = p.commissioner_id) as "commissionerName", (select active from people_users where id = p.commissioner_id) as "commissionerActive",
      (select name from people_organisations where id = p.town_id) as "townName", (select name from people_organisations where id = p.park_id) as "parkName", (select name from people_organisations where id = p.responsible_org_id) as "responsibleOrgName",
      (select name from people_organisations where id = p.builder_id) as "builderOrgName",
      (select jsonb_build_object('id', b.id, 'name', b.name) from projects_projects b where b.id = p.parent_id) as parent,
      (select jsonb_agg(jsonb_build_object('year', coalesce(y.year, r.year), 'planFen', y.plan_fen, 'target', y.target, 'doneFen', r.done, 'statFen', r.stat) order by coalesce(y.year, r.year))
        from (select year, plan_fen, target from projects_years where project_id = p.id) y
        full join (select extract(year from month)::int as year, sum(dispatch_fen)::bigint as done, sum(stat_fen)::bigint as stat from projects_reports where project_id = p.id group by 1) r on r.year = y.year) as years,
      (select jsonb_agg(jsonb_build_object('system', c.system, 'code', c.code) order by c.system, c.code) from projects_codes c where c.project_id = p.id) as "externalCodes",
      (select jsonb_agg(jsonb_build_object('id', s.id, 'userId', s.user_id, 'userName', u.name, 'orgName', o.name, 'duty', s.duty, 'fromDay', s.from_day, 'toDay', s.to_day, 'note', s.note)
          order by s.to_day is not null, s.duty, s.from_day desc, s.id)
        from projects_assignments s join people_users u on u.id = s.user_id left join people_organisations o on o.id = u.org_id where s.project_id = p.id) as assignments,
      (select jsonb_agg(jsonb_build_object('rule', l.rule, 'subject', l.subject, 'object', l.object, 'level', l.level, 'since', l.since, 'numbers', l.numbers) order by l.level desc, l.since)
        from projects_lights l where l.project_id = p.id and l.cleared is null) as lights,
      (select jsonb_agg(jsonb_build_object('id', c.id, 'seq', c.seq, 'name', c.name, 'stage', c.stage, 'sideState', c.side_state, 'light', c.light, 'version', c.version,
          'totalFen', c.total_fen, 'planFen', c.plan_fen, 'doneFen', c.done_fen, 'statFen', c.stat_fen) order by c.seq)
        from projects_projects c where c.parent_id = p.id) as packages,
      (select jsonb_build_object('id', m.id, 'name', m.name, 'day', m.planned_day) from projects_milestones m
        where m.project_id = p.id and m.removed_at is null and m.actual_day is null order by m.planned_day, m.sort limit 1) as milestone,
      exists (select 1 from projects_follows f where f.user_id = ${actor.userId} and f.project_id = p.id) as followed
    from projects_projects p where p.id = ${id} and ${reachable(actor, sql`p.id`)}`);
}

/** True when another project bears the code. */
export async function codeTaken(tx: Db, code: string, exceptId: string): Promise<boolean> {
  return (await tx.row(sql`select 1 as one from projects_projects where code = ${code} and id <> ${exceptId}`)) !== undefined;
}

/** The kind of each organisation that the fields name, by its id. */
export async function organisationKinds(tx: Db, fields: Fields): Promise<ReadonlyMap<string, string>> {
  const ids = [fields.townId, fields.parkId, fields.builderId, fields.responsibleOrgId].filter((id) => typeof id === 'string');
  if (ids.length === 0) return new Map();
  const rows = await tx.rows<{ id: string; kind: string }>(sql`select id, kind from people_organisations where id = any(${ids}::uuid[]) and active`);
  return new Map(rows.map((row) => [row.id, row.kind]));
}

/** The day of its stage stays open: when a project was thought of is not known, and a start of long ago may still be entered. */
export async function insertProject(tx: Db, project: { id: string; seq: number; fields: Fields; parentId: string | null; at: Date }): Promise<void> {
  const set = assignments(project.fields, { name: String(project.fields.name ?? ''), code: typeof project.fields.code === 'string' ? project.fields.code : null });
  await tx.run(sql`
    with recent as (insert into projects_recent (project_id, at, seq) values (${project.id}, ${project.at}, ${project.seq}))
    insert into projects_projects (id, seq, parent_id, created_at, updated_at, ${sql.join(set.map((one) => one.column))})
    values (${project.id}, ${project.seq}, ${project.parentId}, ${project.at}, ${project.at}, ${sql.join(set.map((one) => one.value))})`);
}

/** The statement that writes changed fields of a locked project and raises its version. */
export function updateOf(id: string, after: Fields, current: { name: string; code: string | null }, at: Date): Sql {
  const set = assignments(after, current);
  return sql`with recent as (update projects_recent set at = ${at} where project_id = ${id})
    update projects_projects set version = version + 1, updated_at = ${at}, ${sql.join(set.map((one) => sql`${one.column} = ${one.value}`))} where id = ${id}`;
}

// What a search looks for is kept with the name and the code that it is made from.
function assignments(fields: Fields, current: { name: string; code: string | null }): { column: Sql; value: Sql }[] {
  const set = Object.entries(fields).filter(([name, value]) => isField(name) && value !== undefined).map(([name, value]) => ({ column: sql.id(columnOf(name)), value: valueOf(name, value) }));
  if (fields.name === undefined && fields.code === undefined) return set;
  const name = typeof fields.name === 'string' ? fields.name : current.name;
  const code = fields.code === undefined ? current.code : typeof fields.code === 'string' ? fields.code : null;
  const letters = initials(name);
  return [...set, { column: sql`pinyin`, value: sql`${letters}` }, { column: sql`grams`, value: sql`${gramsOf(name, letters, code)}::bigint[]` }];
}

function valueOf(name: string, value: unknown): Sql {
  if (name === 'custom') return sql`${json(value)}::jsonb`;
  if (Array.isArray(value)) return sql`${value.map(String)}::text[]`;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? sql`${value}` : sql`null`;
}

export interface StoredYear {
  readonly planFen: number | null;
  readonly target: string | null;
}

export async function readYear(tx: Db, id: string, year: number): Promise<StoredYear | undefined> {
  return tx.row<StoredYear>(sql`select plan_fen as "planFen", target from projects_years where project_id = ${id} and year = ${year}`);
}

export async function writeYear(tx: Db, id: string, year: number, value: StoredYear): Promise<void> {
  await tx.run(sql`
    insert into projects_years (project_id, year, plan_fen, target) values (${id}, ${year}, ${value.planFen}, ${value.target})
    on conflict (project_id, year) do update set plan_fen = excluded.plan_fen, target = excluded.target`);
}

export async function readCodes(tx: Db, id: string): Promise<{ system: string; code: string }[]> {
  return tx.rows(sql`select system, code from projects_codes where project_id = ${id} order by system, code`);
}

export async function writeCodes(tx: Db, id: string, codes: readonly { system: string; code: string }[]): Promise<void> {
  await tx.run(sql`delete from projects_codes where project_id = ${id}`);
  await tx.run(sql`insert into projects_codes (project_id, system, code)
    select ${id}, system, code from jsonb_to_recordset(${json(codes)}::jsonb) as c (system text, code text) on conflict do nothing`);
}

export async function activeCommissioner(tx: Db, id: string): Promise<(Assigned & { name: string }) | undefined> {
  return tx.row(sql`select s.id, s.user_id, s.duty, s.from_day, u.name from projects_assignments s join people_users u on u.id = s.user_id
    where s.project_id = ${id} and s.duty = 'commissioner' and s.to_day is null`);
}

export async function activeUser(tx: Db, id: string): Promise<{ id: string; name: string } | undefined> {
  return tx.row(sql`select id, name from people_users where id = ${id} and active`);
}

export async function readAssignment(tx: Db, projectId: string, id: string): Promise<(Assigned & { to_day: string | null; name: string }) | undefined> {
  return tx.row(sql`select s.id, s.user_id, s.duty, s.from_day, s.to_day, u.name from projects_assignments s join people_users u on u.id = s.user_id
    where s.id = ${id} and s.project_id = ${projectId} for update of s`);
}

export async function isAssigned(tx: Db, projectId: string, userId: string, duty: string): Promise<boolean> {
  return (await tx.row(sql`select 1 as one from projects_assignments where project_id = ${projectId} and user_id = ${userId} and duty = ${duty} and to_day is null`)) !== undefined;
}

export async function insertAssignment(tx: Db, one: { id: string; projectId: string; userId: string; duty: string; fromDay: string; note: string | null }): Promise<void> {
  await tx.run(sql`insert into projects_assignments (id, project_id, user_id, duty, from_day, note)
    values (${one.id}, ${one.projectId}, ${one.userId}, ${one.duty}, ${one.fromDay}, ${one.note})`);
}

export async function closeAssignment(tx: Db, id: string, toDay: string, note: string | null): Promise<void> {
  await tx.run(sql`update projects_assignments set to_day = ${toDay}, note = coalesce(${note}::text, note) where id = ${id}`);
}

export async function setCommissioner(tx: Db, projectId: string, userId: string | null): Promise<void> {
  await tx.run(sql`update projects_projects set commissioner_id = ${userId} where id = ${projectId}`);
}

/** The parent and the parts are kept together: their readers change with it. */
export async function setParentOf(tx: Db, id: string, parentId: string | null): Promise<void> {
  await tx.run(sql`update projects_projects set parent_id = ${parentId} where id = ${id}`);
}

/** Parts are found by whoever works on the whole: their derived values follow. Locked, for what is kept is compared with what was kept. */
export async function packageIds(tx: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  return (await tx.rows<{ id: string }>(sql`select id from projects_projects where parent_id = any(${[...ids]}::uuid[]) order by id for update`)).map((row) => row.id);
}

export async function follow(tx: Db, userId: string, projectId: string, followed: boolean): Promise<void> {
  await tx.run(followed
    ? sql`insert into projects_follows (user_id, project_id) values (${userId}, ${projectId}) on conflict do nothing`
    : sql`delete from projects_follows where user_id = ${userId} and project_id = ${projectId}`);
}

export interface StoredView {
  readonly id: string;
  readonly user_id: string;
  readonly page: string;
  readonly name: string;
  readonly query: string;
  readonly shared: boolean;
}

export async function readViews(db: Db, userId: string, page: string): Promise<StoredView[]> {
  return db.rows(sql`select id, user_id, page, name, query, shared from projects_views where page = ${page} and (user_id = ${userId} or shared) order by user_id <> ${userId}, sort, name limit 100`);
}

export async function readView(tx: Db, id: string): Promise<StoredView | undefined> {
  return tx.row(sql`select id, user_id, page, name, query, shared from projects_views where id = ${id} for update`);
}

export async function countViews(tx: Db, userId: string, page: string): Promise<number> {
  return (await tx.row<{ count: number }>(sql`select count(*)::int as count from projects_views where user_id = ${userId} and page = ${page}`))?.count ?? 0;
}

export async function writeView(tx: Db, view: StoredView): Promise<void> {
  await tx.run(sql`
    insert into projects_views (id, user_id, page, name, query, shared) values (${view.id}, ${view.user_id}, ${view.page}, ${view.name}, ${view.query}, ${view.shared})
    on conflict (id) do update set name = excluded.name, query = excluded.query, shared = excluded.shared, version = projects_views.version + 1`);
}

export async function removeView(tx: Db, id: string): Promise<void> {
  await tx.run(sql`delete from projects_views where id = ${id}`);
}

export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly detail: string | null;
}

const CHOICE_LIMIT = 2000;

/** What the forms offer: the bodies and people of the whole zone, whoever asks; feature.ts gives them to those who fill in forms. */
export async function readChoices(db: Db): Promise<{ organisations: Choice[]; people: (Choice & { commissioner: boolean })[]; words: { field: string; word: string }[] }> {
  const [organisations, people, words] = await Promise.all([
    db.rows<Choice>(sql`select id, name, kind, short_name as detail from people_organisations where active order by kind, sort, name limit ${CHOICE_LIMIT}`),
    db.rows<Choice & { commissioner: boolean }>(sql`
      select u.id, u.name, 'person' as kind, o.name as detail,
        exists (select 1 from people_user_roles ur join people_roles r on r.id = ur.role_id where ur.user_id = u.id and r.code = 'commissioner') as commissioner
      from people_users u join people_organisations o on o.id = u.org_id where u.active order by u.name, u.id limit ${CHOICE_LIMIT}`),
    db.rows<{ field: string; word: string }>(sql`
      (select distinct 'category' as field, category as word from projects_projects where category is not null limit 200)
      union all (select distinct 'chain', chain from projects_projects where chain is not null limit 200)
      union all (select distinct 'batch', batch from projects_projects where batch is not null limit 200) order by 1, 2`),
  ]);
  return { organisations, people, words };
}

/** Names of organisations, people and projects by id, for reading a history. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const rows = await db.rows<{ id: string; name: string }>(sql`
    select id, name from people_organisations where id = any(${[...ids]}::uuid[]) union all select id, name from people_users where id = any(${[...ids]}::uuid[])`);
  return Object.fromEntries(rows.map((row) => [row.id, row.name]));
}

/** What a row of the exported file is made from. */
export interface ExportRow {
  readonly seq: number; readonly name: string; readonly code: string | null; readonly level: string | null; readonly listYear: number | null; readonly batch: string | null;
  readonly category: string | null; readonly nature: string | null; readonly industryCode: string | null; readonly chain: string | null; readonly chainLink: string | null;
  readonly builderName: string | null; readonly townName: string | null; readonly parkName: string | null; readonly place: string | null; readonly content: string | null; readonly landMu: number | null;
  readonly totalFen: number | null; readonly accumulatedFen: number | null; readonly yearPlan: number | null; readonly planFen: number; readonly doneFen: number; readonly statFen: number; readonly hasStat: boolean;
  readonly inStatistics: boolean; readonly target: string | null; readonly progress: string | null;
  readonly plannedStart: string | null; readonly plannedStartGrain: string | null; readonly actualStart: string | null; readonly actualStartGrain: string | null;
  readonly plannedCompletion: string | null; readonly plannedCompletionGrain: string | null; readonly actualCompletion: string | null; readonly actualCompletionGrain: string | null;
  readonly plannedProduction: string | null; readonly plannedProductionGrain: string | null; readonly actualProduction: string | null; readonly actualProductionGrain: string | null;
  readonly plannedEffect: string | null; readonly plannedEffectGrain: string | null; readonly actualEffect: string | null; readonly actualEffectGrain: string | null;
  readonly leader: string | null; readonly responsibleOrgName: string | null; readonly responsiblePerson: string | null; readonly commissionerName: string | null; readonly phone: string | null;
  readonly factorNeeds: string | null; readonly problems: string | null; readonly remarks: string | null;
  readonly stage: string; readonly sideState: string | null; readonly light: number; readonly lastReportMonth: string | null;
}

/** Columns of the file over `p`; plan and target are those of one year. */
export function exportColumns(year: number): Sql {
  return sql`${FIELD_COLUMNS}, p.stage, p.side_state as "sideState", p.light, p.plan_fen as "planFen", p.done_fen as "doneFen", p.stat_fen as "statFen", p.last_report_month as "lastReportMonth",
    (select plan_fen from projects_years where project_id = p.id and year = ${year}) as "yearPlan", (select target from projects_years where project_id = p.id and year = coalesce(p.list_year, ${year})) as target,
    exists (select 1 from projects_reports where project_id = p.id and stat_fen is not null and extract(year from month) = ${year}) as "hasStat",
    (select name from people_organisations where id = p.town_id) as "townName", (select name from people_organisations where id = p.park_id) as "parkName",
    (select name from people_organisations where id = p.responsible_org_id) as "responsibleOrgName", (select name from people_users where id = p.commissioner_id) as "commissionerName"`;
}
