// SQL of the portfolio: totals by reader key, the slow recount that proves them, and what the first page is made of.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { reachable } from '../scope.ts';

export interface Total {
  readonly dimension: string; readonly value: string; readonly projects: number;
  readonly total_fen: number; readonly plan_fen: number; readonly done_fen: number; readonly stat_fen: number;
}

/** Totals of one organisation: what was folded plus what has changed since. */
export function totalsOf(db: Db, key: string): Promise<Total[]> {
  return db.rows<Total>(sql`
    select dimension, value, sum(projects)::int as projects, sum(total_fen)::bigint as total_fen, sum(plan_fen)::bigint as plan_fen, sum(done_fen)::bigint as done_fen, sum(stat_fen)::bigint as stat_fen
    from projects_cells where key = ${key} group by dimension, value`);
}

// The dimensions of a row of projects_access, spelt as kept.ts spells them.
const BY_DIMENSION = sql`
  cross join lateral (values ('all', ''), ('stage', a.stage), ('town', coalesce(a.town_id::text, '')), ('park', coalesce(a.park_id::text, '')), ('category', coalesce(a.category, '')),
    ('level', coalesce(a.level, '')), ('nature', coalesce(a.nature, '')), ('light', a.light::text), ('year', coalesce(a.list_year::text, '')),
    ('statistics', case when a.in_statistics then 'yes' else 'no' end), ('side', coalesce(a.side_state, 'active'))) as d (dimension, value)`;
const COUNTED = sql`not a.package and (d.dimension = 'side' or a.side_state is null or a.side_state not in ('removed', 'terminated'))`;
const SUMS = sql`count(*)::int as projects, sum(a.total_fen)::bigint as total_fen, sum(a.plan_fen)::bigint as plan_fen, sum(a.done_fen)::bigint as done_fen, sum(a.stat_fen)::bigint as stat_fen`;

/** The same for a reader without kept totals (his own projects, a chain, an enterprise): added up now. */
export function totalsFor(db: Db, actor: Actor): Promise<Total[]> {
  const keys = [...actor.scope.keys];
  return db.rows<Total>(sql`
    with own as (select distinct on (project_id) * from projects_access where key = any(${keys}::uuid[]) order by project_id)
    select d.dimension, d.value, ${SUMS} from own a ${BY_DIMENSION} where ${COUNTED} group by 1, 2
    union all
    select 'month', m.month, count(*)::int, 0, 0, sum((m.amounts->>0)::bigint)::bigint, sum((m.amounts->>1)::bigint)::bigint
    from own a join projects_projects p on p.id = a.project_id cross join lateral jsonb_each(p.kept_months) as m (month, amounts)
    where not a.package and (a.side_state is null or a.side_state not in ('removed', 'terminated')) group by 2`);
}

/** True when totals are kept under this key. */
export async function isTotalled(db: Db, key: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from people_organisations where id = ${key} and kind in ('zone', 'department', 'town', 'park')`)) !== undefined;
}

export function organisationNames(db: Db, ids: readonly string[]): Promise<{ id: string; name: string; name_en: string | null; kind: string; sort: number }[]> {
  return db.rows(sql`select id, name, name_en, kind, sort from people_organisations where id = any(${[...ids]}::uuid[])`);
}

/**
 * Counts everything again from the records themselves (projects, years, reports, organisations), not from what is kept, and gives
 * the cells that differ from the kept totals. Slow on purpose: it shares no code with keep.ts.
 */
export function recount(db: Db, year: number, rootId: string): Promise<{ key: string; dimension: string; value: string; kept: number[]; counted: number[] }[]> {
  return db.rows(sql`
    with own as (
      select p.id, p.stage, p.side_state, p.category, p.level, p.nature, p.list_year, p.town_id, p.park_id, p.light, p.in_statistics, coalesce(p.total_fen, 0) as total_fen,
             coalesce((select plan_fen from projects_years y where y.project_id = p.id and y.year = ${year}), 0) as plan_fen,
             coalesce((select sum(dispatch_fen) from projects_reports r where r.project_id = p.id and extract(year from r.month) = ${year}), 0)::bigint as done_fen,
             coalesce((select sum(stat_fen) from projects_reports r where r.project_id = p.id and extract(year from r.month) = ${year}), 0)::bigint as stat_fen, false as package
      from projects_projects p where p.parent_id is null),
    reach as (
      select distinct x.key, x.project_id from (
        select ${rootId}::uuid as key, p.id as project_id from projects_projects p
        union all select unnest(o.path), p.id from projects_projects p join people_organisations o on o.id in (p.town_id, p.park_id, p.responsible_org_id, p.builder_id)) x
      join people_organisations k on k.id = x.key and k.kind in ('zone', 'department', 'town', 'park')),
    counted as (
      select r.key, d.dimension, d.value, ${SUMS} from own a join reach r on r.project_id = a.id ${BY_DIMENSION} where ${COUNTED} group by 1, 2, 3
      union all
      select r.key, 'month', to_char(m.month, 'YYYY-MM'), count(*)::int, 0, 0, sum(m.dispatch_fen)::bigint, sum(coalesce(m.stat_fen, 0))::bigint
      from own a join reach r on r.project_id = a.id join projects_reports m on m.project_id = a.id and extract(year from m.month) = ${year}
      where a.side_state is null or a.side_state not in ('removed', 'terminated') group by 1, 3),
    kept as (
      select key, dimension, value, sum(projects)::int as projects, sum(total_fen)::bigint as total_fen, sum(plan_fen)::bigint as plan_fen, sum(done_fen)::bigint as done_fen, sum(stat_fen)::bigint as stat_fen
      from projects_cells group by 1, 2, 3)
    -- A cell that stands on one side only is nothing on the other.
    select * from (
      select key, dimension, value, array[${cellOf(sql`k`)}]::bigint[] as kept, array[${cellOf(sql`c`)}]::bigint[] as counted from kept k full join counted c using (key, dimension, value)) as sides
    where kept <> counted order by key, dimension, value limit 100`);
}

function cellOf(side: Sql): Sql {
  return sql.join(['projects', 'total_fen', 'plan_fen', 'done_fen', 'stat_fen'].map((name) => sql`coalesce(${side}.${sql.id(name)}, 0)`));
}

/** Folds the differences into the totals. Safe at any moment and by several processes: each difference is taken once. */
export async function foldTotals(tx: Db): Promise<number> {
  const row = await tx.row<{ folded: number }>(sql`
    with taken as (
      delete from projects_total_changes where seq in (select seq from projects_total_changes order by seq limit 200000 for update skip locked)
      returning key, dimensions, cell_values, projects, total_fen, plan_fen, done_fen, stat_fen),
    sums as (
      select key, dimension, value, sum(projects)::int as projects, sum(total_fen)::bigint as total_fen, sum(plan_fen)::bigint as plan_fen, sum(done_fen)::bigint as done_fen, sum(stat_fen)::bigint as stat_fen
      from taken cross join lateral unnest(dimensions, cell_values) as cell (dimension, value) group by 1, 2, 3 order by 1, 2, 3),
    written as (
      insert into projects_totals (key, dimension, value, projects, total_fen, plan_fen, done_fen, stat_fen) select * from sums
      on conflict (key, dimension, value) do update set projects = projects_totals.projects + excluded.projects, total_fen = projects_totals.total_fen + excluded.total_fen,
        plan_fen = projects_totals.plan_fen + excluded.plan_fen, done_fen = projects_totals.done_fen + excluded.done_fen, stat_fen = projects_totals.stat_fen + excluded.stat_fen)
    select count(*)::int as folded from taken`);
  return row?.folded ?? 0;
}

export interface TodayRow {
  readonly id: string; readonly kind: string; readonly level: number; readonly project_id: string | null; readonly project_name: string | null;
  readonly town_name: string | null; readonly commissioner_name: string | null; readonly due_day: string | null; readonly values: Record<string, string | number>;
}

const PROJECT = sql`p.id as project_id, p.name as project_name, t.name as town_name, u.name as commissioner_name`;
const JOINS = sql`left join people_organisations t on t.id = p.town_id left join people_users u on u.id = p.commissioner_id`;
const ACTIVE = sql`(p.side_state is null) and p.parent_id is null`;

/** The worst light of each project in reach. */
export function litProjects(db: Db, actor: Actor, least: number, limit: number): Promise<TodayRow[]> {
  return db.rows<TodayRow>(sql`
    select l.id::text, 'light' as kind, l.level, ${PROJECT}, null as due_day,
           l.numbers || jsonb_build_object('rule', l.rule, 'object', l.object, 'subject', l.subject, 'since', l.since, 'stage', p.stage) as values
    from projects_lights l join projects_projects p on p.id = l.project_id ${JOINS}
    where l.cleared is null and l.level >= ${least} and l.object not in ('report', 'milestone') and ${ACTIVE} and ${reachable(actor, sql`p.id`)}
    order by l.level desc, l.since, l.id limit ${limit}`);
}

/** Milestones overdue, or due within some days. */
export function dueMilestones(db: Db, actor: Actor, day: string, until: string, limit: number): Promise<TodayRow[]> {
  return db.rows<TodayRow>(sql`
    select m.id::text, 'milestone' as kind, case when m.planned_day < ${day}::date then 2 else 1 end as level, ${PROJECT}, m.planned_day as due_day,
           jsonb_build_object('milestone', m.name, 'plannedDay', m.planned_day, 'forecastDay', m.forecast_day, 'lateDays', ${day}::date - m.planned_day) as values
    from projects_milestones m join projects_projects p on p.id = m.project_id ${JOINS}
    where m.removed_at is null and m.actual_day is null and m.planned_day <= ${until}::date and ${ACTIVE} and ${reachable(actor, sql`p.id`)}
    order by m.planned_day, m.id limit ${limit}`);
}

export function missingReportLights(db: Db, actor: Actor, limit: number): Promise<TodayRow[]> {
  return db.rows<TodayRow>(sql`
    select l.id::text, 'report' as kind, l.level, ${PROJECT}, (l.numbers->>'dueDay')::date as due_day, l.numbers as values
    from projects_lights l join projects_projects p on p.id = l.project_id ${JOINS}
    where l.cleared is null and l.object = 'report' and ${ACTIVE} and ${reachable(actor, sql`p.id`)} order by l.level desc, l.since, l.id limit ${limit}`);
}

/** Key projects on the list that nobody looks after: none was named, or the one who was cannot sign in any more. */
export function withoutCommissioner(db: Db, actor: Actor, limit: number): Promise<TodayRow[]> {
  return db.rows<TodayRow>(sql`
    select p.id::text, 'commissioner' as kind, 2 as level, ${PROJECT}, null as due_day, jsonb_build_object('stage', p.stage) as values
    from projects_projects p ${JOINS} where u.active is not true and p.level in ('provincial', 'municipal') and ${ACTIVE} and ${reachable(actor, sql`p.id`)} order by p.seq limit ${limit}`);
}

/** Papers that wait for somebody to verify them. */
export function unverifiedEvidence(db: Db, actor: Actor, limit: number): Promise<TodayRow[]> {
  return db.rows<TodayRow>(sql`
    select p.id::text, 'evidence' as kind, 1 as level, ${PROJECT}, null as due_day, jsonb_build_object('count', count(*), 'stage', p.stage, 'since', min(e.added_at)::date) as values
    from projects_evidence e join projects_projects p on p.id = e.project_id ${JOINS}
    where e.removed_at is null and e.verified_at is null and ${ACTIVE} and ${reachable(actor, sql`p.id`)}
    group by p.id, t.name, u.name order by min(e.added_at), p.id limit ${limit}`);
}

/** In production, past the day agreed for full effect, and nobody has decided. */
export function effectDue(db: Db, actor: Actor, day: string, limit: number): Promise<TodayRow[]> {
  return db.rows<TodayRow>(sql`
    select p.id::text, 'effect' as kind, 2 as level, ${PROJECT}, p.planned_effect as due_day, jsonb_build_object('plannedDay', p.planned_effect) as values
    from projects_projects p ${JOINS} where p.stage = 'producing' and p.planned_effect < ${day}::date and ${ACTIVE} and ${reachable(actor, sql`p.id`)} order by p.planned_effect, p.id limit ${limit}`);
}

/** Imports of this person that wait for a mapping or a decision. */
export function openImports(db: Db, actor: Actor, limit: number): Promise<TodayRow[]> {
  return db.rows<TodayRow>(sql`
    select id::text, 'import' as kind, 1 as level, null as project_id, null as project_name, null as town_name, null as commissioner_name, null as due_day, jsonb_build_object('file', file_name, 'state', state) as values
    from projects_imports where user_id = ${actor.userId} and state in ('mapping', 'preview') order by created_at desc limit ${limit}`);
}

/** Corrected reports and waived gate conditions of the last days: what an auditor looks at first. */
export function exceptions(db: Db, actor: Actor, fromDay: string, limit: number): Promise<TodayRow[]> {
  return db.rows<TodayRow>(sql`
    (select r.id::text, 'correction' as kind, 1 as level, ${PROJECT}, null as due_day, jsonb_build_object('month', to_char(r.month, 'YYYY-MM'), 'reason', coalesce(r.corrected_reason, ''), 'revision', r.revision) as values
     from projects_reports r join projects_projects p on p.id = r.project_id ${JOINS}
     where r.revision > 1 and r.submitted_day >= ${fromDay}::date and ${reachable(actor, sql`p.id`)} order by r.submitted_day desc, r.id limit ${limit})
    union all
    (select m.id::text, 'waiver', 2, ${PROJECT}, null, jsonb_build_object('stage', m.to_stage, 'count', cardinality(m.waived), 'day', m.day)
     from projects_moves m join projects_projects p on p.id = m.project_id ${JOINS}
     where cardinality(m.waived) > 0 and m.moved_at >= ${fromDay}::date and ${reachable(actor, sql`p.id`)} order by m.moved_at desc, m.id limit ${limit})`);
}

// A reminder stands until the month is in: by its own report, or by what a ledger brought for the year up to a later month.
const OPEN = sql`not exists (
  select 1 from projects_reports r where r.project_id = m.project_id and (r.month = m.month or (r.kind = 'opening' and r.month >= m.month and extract(year from r.month) = extract(year from m.month))))`;
const sentTo = (actor: Actor): Sql => sql`(m.to_user_id = ${actor.userId} or m.to_org_id = ${actor.orgId})`;

/** Reminders to this person or to the body that he works for, whose report is still missing. */
export function reminders(db: Db, actor: Actor, limit: number): Promise<TodayRow[]> {
  return db.rows<TodayRow>(sql`
    select max(m.id::text) as id, 'reminder' as kind, 2 as level, ${PROJECT}, null as due_day,
           jsonb_build_object('month', to_char(m.month, 'YYYY-MM'), 'sentDay', max(m.sent_day), 'count', count(*), 'by', coalesce((array_agg(s.name order by m.sent_at desc))[1], '')) as values
    from projects_reminders m join projects_projects p on p.id = m.project_id ${JOINS} left join people_users s on s.id = m.sent_by
    where ${sentTo(actor)} and ${ACTIVE} and ${OPEN} and ${reachable(actor, sql`p.id`)}
    group by p.id, t.name, u.name, m.month order by m.month, p.id limit ${limit}`);
}

/** Red projects under the reader's keys: one range of the index that the list sorts by. */
export function countRed(db: Db, actor: Actor, most: number): Promise<number> {
  const keys = [...actor.scope.keys];
  return counted(db, actor.isSystem
    ? sql`select id from projects_projects where light = 3 and parent_id is null limit ${most}`
    : keys.length === 1
      ? sql`select 1 from projects_access where key = ${keys[0]}::uuid and -light <= -3 and not package limit ${most}`
      : sql`select distinct project_id from projects_access where key = any(${keys}::uuid[]) and -light <= -3 and not package limit ${most}`);
}

/** Projects of a reader with a part of the zone whose report is missing: among those that are lit at all, and those reminded of. */
export function countOwed(db: Db, actor: Actor, most: number): Promise<number> {
  const keys = [...actor.scope.keys];
  return counted(db, sql`
    (select distinct a.project_id from projects_access a join projects_lights l on l.project_id = a.project_id
     where a.key = any(${keys}::uuid[]) and -a.light <= -1 and not a.package and a.side_state is null and l.cleared is null and l.object = 'report' limit ${most})
    union
    (select m.project_id from projects_reminders m join projects_projects p on p.id = m.project_id where ${sentTo(actor)} and ${ACTIVE} and ${OPEN} and ${reachable(actor, sql`p.id`)} limit ${most})`).then((count) => Math.min(most, count));
}

export function countImports(db: Db, actor: Actor, most: number): Promise<number> {
  return counted(db, sql`select 1 from projects_imports where user_id = ${actor.userId} and state in ('mapping', 'preview') limit ${most}`);
}

async function counted(db: Db, found: Sql): Promise<number> {
  return (await db.row<{ count: number }>(sql`select count(*)::int as count from (${found}) as found`))?.count ?? 0;
}
