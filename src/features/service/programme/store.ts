// SQL of the programme: locking, writing, lists by measure, and the counts of an action from its records.
import { columns } from '../../../platform/columns.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Now } from '../../../kernel/clock.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { reachable } from '../../projects/scope.ts';
import { anyOf, counted, placeOf } from '../reading.ts';
import type { Report } from './rules.ts';

export interface ProgrammeRow { readonly id: string; readonly version: number; readonly year: number; readonly name_zh: string; readonly name_en: string; readonly due_days: number }
export interface ActionRow { readonly code: string; readonly name_zh: string; readonly name_en: string }
const PROGRAMME = sql`id, version, year, name_zh, name_en, due_days from service_programmes`;

export async function years(db: Db): Promise<number[]> {
  return (await db.rows<{ year: number }>(sql`select year from service_programmes order by year desc`)).map((row) => row.year);
}

/** The programme of a year; left out, the newest that has begun. */
export async function programmeOf(db: Db, year: number | undefined, thisYear: number): Promise<ProgrammeRow | undefined> {
  return db.row<ProgrammeRow>(year === undefined ? sql`select ${PROGRAMME} order by year <= ${thisYear} desc, abs(year - ${thisYear}) limit 1` : sql`select ${PROGRAMME} where year = ${year}`);
}

/** The programmes of which a quarter may be owed: of this year, and of the last, whose fourth quarter is reported in this. */
export async function programmesDue(db: Db, thisYear: number): Promise<ProgrammeRow[]> {
  return db.rows<ProgrammeRow>(sql`select ${PROGRAMME} where year between ${thisYear - 1} and ${thisYear} order by year`);
}

export async function lockProgramme(tx: Db, id: string): Promise<ProgrammeRow | undefined> {
  return tx.row<ProgrammeRow>(sql`select ${PROGRAMME} where id = ${id} for update`);
}

export async function yearTaken(tx: Db, year: number): Promise<boolean> {
  return (await tx.row(sql`select 1 as one from service_programmes where year = ${year}`)) !== undefined;
}

export async function actionsOf(db: Db, programmeId: string): Promise<ActionRow[]> {
  return db.rows<ActionRow>(sql`select code, name_zh, name_en from service_actions where programme_id = ${programmeId} order by seq`);
}

export async function usedActions(db: Db, programmeId: string): Promise<string[]> {
  return (await db.rows<{ code: string }>(sql`select distinct action_code as code from service_measures where programme_id = ${programmeId}`)).map((row) => row.code);
}

interface Named { readonly nameZh: string; readonly nameEn: string; readonly dueDays: number; readonly actions: readonly { readonly code: string; readonly zh: string; readonly en: string }[] }

export async function insertProgramme(tx: Db, id: string, year: number, one: Named, at: Date): Promise<void> {
  await tx.run(sql`insert into service_programmes (id, year, name_zh, name_en, due_days, created_at) values (${id}, ${year}, ${one.nameZh}, ${one.nameEn}, ${one.dueDays}, ${at})`);
  await writeActions(tx, id, one.actions);
}

export async function updateProgramme(tx: Db, id: string, one: Named): Promise<number> {
  await tx.run(sql`delete from service_actions where programme_id = ${id} and code <> all(${one.actions.map((action) => action.code)}::text[])`);
  await writeActions(tx, id, one.actions);
  return (await tx.row<{ version: number }>(sql`update service_programmes set version = version + 1, name_zh = ${one.nameZh}, name_en = ${one.nameEn}, due_days = ${one.dueDays} where id = ${id} returning version`))?.version ?? 1;
}

async function writeActions(tx: Db, id: string, actions: Named['actions']): Promise<void> {
  await tx.run(sql`
    insert into service_actions (programme_id, code, seq, name_zh, name_en) select ${id}, code, nth, zh, en from ${columns({ code: 'text', zh: 'text', en: 'text' }, actions)} as v
    on conflict (programme_id, code) do update set seq = excluded.seq, name_zh = excluded.name_zh, name_en = excluded.name_en`);
}

export interface MeasureRow {
  readonly id: string; readonly version: number; readonly programme_id: string; readonly year: number; readonly due_days: number; readonly action_code: string; readonly action_zh: string; readonly action_en: string; readonly text: string; readonly org_id: string; readonly org_name: string;
  readonly due_day: string; readonly indicator: string; readonly unit: string; readonly target: number; readonly withdrawn_day: string | null; readonly created_day: string;
  readonly reports: readonly Report[];
}

const REPORTS = sql`(select coalesce(jsonb_agg(jsonb_build_object('quarter', r.quarter, 'state', r.state, 'value', r.value, 'first_day', r.first_day, 'due_day', r.due_day) order by r.quarter), '[]') from service_measure_reports r where r.measure_id = m.id) as reports`;
const MEASURE = sql`m.id, m.version, m.programme_id, p.year, p.due_days, m.action_code, a.name_zh as action_zh, a.name_en as action_en, m.text, m.org_id, coalesce(o.short_name, o.name) as org_name, m.due_day, m.indicator, m.unit, m.target::float8 as target, m.withdrawn_day, m.created_day, ${REPORTS}
  from service_measures m join service_programmes p on p.id = m.programme_id join service_actions a on a.programme_id = m.programme_id and a.code = m.action_code join people_organisations o on o.id = m.org_id`;

export async function lockMeasure(tx: Db, id: string): Promise<MeasureRow | undefined> {
  return tx.row<MeasureRow>(sql`select ${MEASURE} where m.id = ${id} for update of m`);
}

export async function measure(db: Db, id: string): Promise<MeasureRow | undefined> {
  return db.row<MeasureRow>(sql`select ${MEASURE} where m.id = ${id}`);
}

interface NewMeasure { readonly text: string; readonly orgId: string; readonly dueDay: string; readonly indicator: string; readonly unit: string; readonly target: number }

export async function insertMeasure(tx: Db, one: NewMeasure & { readonly id: string; readonly programmeId: string; readonly action: string }, day: string): Promise<void> {
  await tx.run(sql`
    insert into service_measures (id, programme_id, action_code, text, org_id, due_day, indicator, unit, target, created_day)
    values (${one.id}, ${one.programmeId}, ${one.action}, ${one.text}, ${one.orgId}, ${one.dueDay}, ${one.indicator}, ${one.unit}, ${one.target}, ${day})`);
}

export async function updateMeasure(tx: Db, id: string, one: NewMeasure): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    update service_measures set version = version + 1, text = ${one.text}, org_id = ${one.orgId}, due_day = ${one.dueDay}, indicator = ${one.indicator}, unit = ${one.unit}, target = ${one.target} where id = ${id} returning version`);
  return row?.version ?? 1;
}

export async function withdrawMeasure(tx: Db, id: string, day: string): Promise<number> {
  return (await tx.row<{ version: number }>(sql`update service_measures set version = version + 1, withdrawn_day = ${day} where id = ${id} returning version`))?.version ?? 1;
}

export interface Filter { readonly q?: string | undefined; readonly programmeId: string; readonly action?: readonly string[] | undefined; readonly orgId?: readonly string[] | undefined; readonly orgs?: readonly string[] | undefined }

/** All measures of a programme under the filters that SQL knows: some hundred in the largest zone, and their states are worked out by the rules. */
export async function measures(db: Db, filter: Filter, after: string | undefined, limit: number): Promise<MeasureRow[]> {
  const place = placeOf(after);
  return db.rows<MeasureRow>(sql`
    select ${MEASURE} where ${sql.all([...conditionsOf(filter), ...(place === undefined ? [] : [sql`(m.due_day, m.id) > (${place.at}::date, ${place.id}::uuid)`])])} order by m.due_day, m.id limit ${limit}`);
}

function conditionsOf({ q, programmeId, action, orgId, orgs }: Filter): Sql[] {
  const word = (q ?? '').trim().replaceAll(/[\\%_]/g, '\\$&');
  return [
    sql`m.programme_id = ${programmeId} and m.withdrawn_day is null`, ...anyOf(sql`m.action_code`, action), ...anyOf(sql`m.org_id`, orgId, 'uuid'), ...(orgs === undefined ? [] : [sql`m.org_id = any(${[...orgs]}::uuid[])`]),
    ...(word === '' ? [] : [sql`(m.text like ${`%${word}%`} or m.indicator like ${`%${word}%`})`]),
  ];
}

export interface ReportRow extends Report {
  readonly id: string; readonly version: number; readonly measure_id: string; readonly text: string; readonly day: string; readonly by: string; readonly by_id: string; readonly decided_day: string | null; readonly decided_by: string | null; readonly reason: string | null;
}
const REPORT = sql`r.id, r.version, r.measure_id, r.quarter, r.value::float8 as value, r.text, r.due_day, r.first_day, r.day, r.by_name as by, r.by_id, r.state, r.decided_day, r.decided_name as decided_by, r.reason from service_measure_reports r`;

export async function reportsOf(db: Db, measureId: string): Promise<ReportRow[]> {
  return db.rows<ReportRow>(sql`select ${REPORT} where r.measure_id = ${measureId} order by r.quarter desc`);
}

export async function lockReport(tx: Db, id: string): Promise<ReportRow | undefined> {
  return tx.row<ReportRow>(sql`select ${REPORT} where r.id = ${id} for update`);
}

/** The first submission of a quarter tells whether it was late; what comes again keeps its day. */
export async function writeReport(tx: Db, one: { readonly id: string; readonly measureId: string; readonly quarter: number; readonly value: number; readonly text: string; readonly due: string }, by: Actor, { day }: Now): Promise<void> {
  await tx.run(sql`
    insert into service_measure_reports (id, measure_id, quarter, value, text, due_day, first_day, day, by_id, by_name, state) values (${one.id}, ${one.measureId}, ${one.quarter}, ${one.value}, ${one.text}, ${one.due}, ${day}, ${day}, ${by.userId}, ${by.name}, 'submitted')
    on conflict (measure_id, quarter) do update set version = service_measure_reports.version + 1, value = excluded.value, text = excluded.text, day = excluded.day, by_id = excluded.by_id, by_name = excluded.by_name, state = 'submitted', decided_day = null, decided_name = null, reason = null`);
}

export async function decide(tx: Db, id: string, approve: boolean, reason: string | null, by: Actor, day: string): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    update service_measure_reports set version = version + 1, state = ${approve ? 'approved' : 'returned'}, decided_day = ${day}, decided_name = ${by.name}, reason = ${reason} where id = ${id} returning version`);
  return row?.version ?? 1;
}

export async function tags(db: Db, projectId: string): Promise<string[]> {
  return (await db.rows<{ code: string }>(sql`select action_code as code from service_project_actions where project_id = ${projectId} order by action_code`)).map((row) => row.code);
}

export async function tag(tx: Db, projectId: string, codes: readonly string[], by: Actor, day: string): Promise<void> {
  await tx.run(sql`delete from service_project_actions where project_id = ${projectId} and action_code <> all(${[...codes]}::text[])`);
  await tx.run(sql`insert into service_project_actions (project_id, action_code, day, by_name) select ${projectId}, code, ${day}, ${by.name} from unnest(${[...codes]}::text[]) as code on conflict do nothing`);
}

/** How many projects that the reader may know serve each action. */
export async function projectCounts(db: Db, actor: Actor): Promise<ReadonlyMap<string, number>> {
  const rows = await db.rows<{ code: string; count: number }>(sql`select t.action_code as code, count(*)::int as count from service_project_actions t where ${reachable(actor, sql`t.project_id`)} group by 1`);
  return new Map(rows.map((row) => [row.code, row.count]));
}

export async function taggedProjects(db: Db, actor: Actor, action: string | undefined, after: string | undefined, limit: number): Promise<{ rows: { id: string; name: string; action: string; day: string; by: string }[]; total: number }> {
  const place = placeOf(after);
  const conditions = [reachable(actor, sql`t.project_id`), ...(action === undefined ? [] : [sql`t.action_code = ${action}`])];
  const rows = await db.rows<{ id: string; name: string; action: string; day: string; by: string }>(sql`
    select t.project_id as id, p.name, t.action_code as action, t.day, t.by_name as by from service_project_actions t join projects_projects p on p.id = t.project_id
    where ${sql.all([...conditions, ...(place === undefined ? [] : [sql`(t.action_code, t.project_id) > (${place.at}, ${place.id}::uuid)`])])} order by t.action_code, t.project_id limit ${limit}`);
  return { rows, total: await counted(db, sql`from service_project_actions t where ${sql.all(conditions)}`) };
}

