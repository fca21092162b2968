// SQL of the milestones. Every read is within the reader's scope or under a project that was locked within it.
import type { Actor } from '../../../platform/actor.ts';
import { json, sql, type Db, type Sql } from '../../../platform/db.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { InputOf } from '../../../kernel/contract.ts';
import { conditions } from '../register/list.ts';
import { lockProject, reachable, type LockedProject } from '../scope.ts';
import type { dueMilestones, ganttProjects } from './contract.ts';
import type { PlannedDays, Stored, Values } from './rules.ts';

export interface BaselineRow {
  readonly id: string; readonly number: number; readonly name: string; readonly reason: string; readonly day: string; readonly frozenBy: string; readonly frozenAt: string;
  readonly days: { milestoneId: string; name: string; plannedFrom: string | null; plannedDay: string }[];
}

export interface Plan extends LockedProject {
  readonly milestones: readonly Stored[];
  readonly baselines: number;
}

const NEWEST = sql`(select b.id from projects_baselines b where b.project_id = m.project_id order by b.number desc limit 1)`;

/** The project, locked, with its living milestones and how many baselines there are. */
export async function lockPlan(tx: Db, actor: Actor, id: string): Promise<Plan | undefined> {
  const project = await lockProject(tx, actor, id);
  if (project === undefined) return undefined;
  const milestones = await tx.rows<Stored>(sql`
    select m.id, m.name, m.kind, m.sort, m.planned_from as "plannedFrom", m.planned_day as "plannedDay", m.forecast_day as "forecastDay", m.actual_day as "actualDay", m.weight, m.note,
           d.planned_from as "baselineFrom", d.planned_day as "baselineDay"
    from projects_milestones m left join projects_baseline_days d on d.milestone_id = m.id and d.baseline_id = ${NEWEST}
    where m.project_id = ${id} and m.removed_at is null order by m.sort, m.planned_day, m.id`);
  const row = await tx.row<{ count: number }>(sql`select count(*)::int as count from projects_baselines where project_id = ${id}`);
  return { ...project, milestones, baselines: row?.count ?? 0 };
}

export interface ReadMilestone extends Stored {
  readonly firstDay: string | null;
  readonly light: number;
  readonly evidence: number;
}

export interface ReadPlan {
  readonly version: number;
  readonly kind: 'enterprise' | 'government' | 'purchase';
  readonly days: PlannedDays;
  readonly milestones: readonly ReadMilestone[];
  readonly baselines: readonly BaselineRow[];
}

export async function readPlan(db: Db, actor: Actor, id: string): Promise<ReadPlan | undefined> {
  const project = await db.row<{ version: number; kind: ReadPlan['kind']; start: string | null; completion: string | null; production: string | null; effect: string | null }>(sql`
    select p.version, p.kind, p.planned_start as start, p.planned_completion as completion, p.planned_production as production, p.planned_effect as effect
    from projects_projects p where p.id = ${id} and ${reachable(actor, sql`p.id`)}`);
  if (project === undefined) return undefined;
  const { version, kind, ...days } = project;
  const [milestones, baselines] = await Promise.all([
    db.rows<ReadMilestone>(sql`
      select m.id, m.name, m.kind, m.sort, m.planned_from as "plannedFrom", m.planned_day as "plannedDay", m.forecast_day as "forecastDay", m.actual_day as "actualDay", m.weight, m.note,
             d.planned_from as "baselineFrom", d.planned_day as "baselineDay",
             (select o.planned_day from projects_baselines b join projects_baseline_days o on o.baseline_id = b.id where o.milestone_id = m.id order by b.number limit 1) as "firstDay",
             coalesce((select max(l.level) from projects_lights l where l.project_id = m.project_id and l.cleared is null and l.object = 'milestone' and l.subject = m.id::text), 0)::int as light,
             (select count(*) from projects_evidence e where e.project_id = m.project_id and e.milestone_id = m.id and e.removed_at is null)::int as evidence
      from projects_milestones m left join projects_baseline_days d on d.milestone_id = m.id and d.baseline_id = ${NEWEST}
      where m.project_id = ${id} and m.removed_at is null order by m.sort, m.planned_day, m.id`),
    db.rows<BaselineRow>(sql`
      select b.id, b.number, b.name, b.reason, b.day, coalesce((select name from people_users where id = b.frozen_by), '') as "frozenBy", b.frozen_at as "frozenAt",
             coalesce((select jsonb_agg(jsonb_build_object('milestoneId', d.milestone_id, 'name', d.name, 'plannedFrom', d.planned_from, 'plannedDay', d.planned_day) order by d.planned_day, d.milestone_id)
                       from projects_baseline_days d where d.baseline_id = b.id), '[]'::jsonb) as days
      from projects_baselines b where b.project_id = ${id} order by b.number desc`),
  ]);
  return { version, kind, days, milestones, baselines };
}

export async function writeMilestones(tx: Db, projectId: string, rows: readonly Values[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into projects_milestones (id, project_id, name, kind, sort, planned_from, planned_day, forecast_day, actual_day, weight, note)
    select v.id, ${projectId}::uuid, v.name, v.kind, v.sort, v."plannedFrom", v."plannedDay", v."forecastDay", v."actualDay", v.weight, v.note
    from jsonb_to_recordset(${json(rows)}::jsonb) as v (id uuid, name text, kind text, sort int, "plannedFrom" date, "plannedDay" date, "forecastDay" date, "actualDay" date, weight int, note text)`);
}

export async function updateMilestones(tx: Db, projectId: string, rows: readonly Values[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    update projects_milestones m set name = v.name, kind = v.kind, sort = v.sort, planned_from = v."plannedFrom", planned_day = v."plannedDay", forecast_day = v."forecastDay",
      actual_day = v."actualDay", weight = v.weight, note = v.note
    from jsonb_to_recordset(${json(rows)}::jsonb) as v (id uuid, name text, kind text, sort int, "plannedFrom" date, "plannedDay" date, "forecastDay" date, "actualDay" date, weight int, note text)
    where m.id = v.id and m.project_id = ${projectId}`);
}

export async function removeMilestone(tx: Db, id: string, at: Date): Promise<void> {
  await tx.run(sql`update projects_milestones set removed_at = ${at} where id = ${id}`);
}

/** Says that papers of the project prove a milestone. Gives how many of them there were. */
export function proveMilestone(tx: Db, projectId: string, milestoneId: string, evidenceIds: readonly string[]): Promise<number> {
  return tx.run(sql`update projects_evidence set milestone_id = ${milestoneId} where project_id = ${projectId} and removed_at is null and id = any(${[...evidenceIds]}::uuid[])`);
}

/** Freezes the living milestones as they are under the next number. */
export async function freeze(tx: Db, one: { id: string; projectId: string; number: number; name: string; reason: string; by: string; at: Date; day: string }): Promise<void> {
  await tx.run(sql`
    insert into projects_baselines (id, project_id, number, name, reason, frozen_by, frozen_at, day)
    values (${one.id}, ${one.projectId}, ${one.number}, ${one.name}, ${one.reason}, ${one.by}, ${one.at}, ${one.day})`);
  await tx.run(sql`
    insert into projects_baseline_days (baseline_id, milestone_id, name, planned_from, planned_day)
    select ${one.id}::uuid, id, name, planned_from, planned_day from projects_milestones where project_id = ${one.projectId} and removed_at is null`);
}

export interface GanttRow {
  readonly id: string; readonly seq: number; readonly name: string; readonly townName: string | null; readonly stage: string; readonly light: number;
  readonly bars: [string, string, string, string | null, string, string | null, string | null, string | null, number][];
}

export async function gantt(db: Db, actor: Actor, input: InputOf<typeof ganttProjects>, limit: number, now: Now): Promise<GanttRow[]> {
  const { access, project } = await conditions(db, actor, input, now);
  const after = input.after === undefined ? sql.empty : sql` and a.seq > ${Number(input.after)}`;
  const page = await db.rows<Omit<GanttRow, 'bars'>>(sql`
    select distinct on (a.seq) p.id, a.seq, p.name, (select name from people_organisations where id = p.town_id) as "townName", p.stage, p.light
    from projects_access a join projects_projects p on p.id = a.project_id
    where a.key = any(${keysOf(actor)}) and ${sql.all([...access, ...project])}${after} order by a.seq limit ${limit}`);
  // Bars travel as arrays: a page of 500 projects holds some 5,000 of them.
  const bars = await db.rows<{ project_id: string; bars: GanttRow['bars'] }>(sql`
    select m.project_id, jsonb_agg(jsonb_build_array(m.id, m.name, m.kind, m.planned_from, m.planned_day, m.forecast_day, m.actual_day, d.planned_day, coalesce(l.level, 0)) order by m.sort, m.planned_day, m.id) as bars
    from projects_milestones m
    left join lateral (select b.id from projects_baselines b where b.project_id = m.project_id order by b.number desc limit 1) newest on true
    left join projects_baseline_days d on d.baseline_id = newest.id and d.milestone_id = m.id
    left join lateral (select max(level) as level from projects_lights l where l.project_id = m.project_id and l.cleared is null and l.object = 'milestone' and l.subject = m.id::text) l on true
    where m.project_id = any(${page.map((row) => row.id)}::uuid[]) and m.removed_at is null group by 1`);
  const byProject = new Map(bars.map((row) => [row.project_id, row.bars]));
  return page.map((row) => ({ ...row, bars: byProject.get(row.id) ?? [] }));
}

function keysOf(actor: Actor): Sql {
  if (actor.isSystem || actor.scope.all) return sql`array(select id from people_organisations where parent_id is null)`;
  return sql`${[...actor.scope.keys]}::uuid[]`;
}

export interface DueRow {
  readonly id: string; readonly name: string; readonly kind: string; readonly plannedDay: string; readonly forecastDay: string | null; readonly baselineDay: string | null;
  readonly projectId: string; readonly projectName: string; readonly projectVersion: number; readonly townName: string | null; readonly commissionerName: string | null; readonly stage: string; readonly light: number;
}

/** Milestones that are not done, of projects that run, by planned day. The cursor is `day~id` of the last one. */
export function due(db: Db, actor: Actor, input: InputOf<typeof dueMilestones>, limit: number): Promise<DueRow[]> {
  const after = input.after?.split('~');
  const rest = after === undefined ? sql.empty : sql` and (m.planned_day, m.id) > (${after[0] ?? ''}::date, ${after[1] ?? ''}::uuid)`;
  return db.rows<DueRow>(sql`
    select m.id, m.name, m.kind, m.planned_day as "plannedDay", m.forecast_day as "forecastDay",
           (select d.planned_day from projects_baseline_days d where d.milestone_id = m.id and d.baseline_id = ${NEWEST}) as "baselineDay",
           p.id as "projectId", p.name as "projectName", p.version as "projectVersion", t.name as "townName", u.name as "commissionerName", p.stage, p.light
    from projects_milestones m join projects_projects p on p.id = m.project_id
    left join people_organisations t on t.id = p.town_id left join people_users u on u.id = p.commissioner_id
    where ${dueWhere(actor, input)}${rest} order by m.planned_day, m.id limit ${limit}`);
}

export async function dueCounts(db: Db, actor: Actor, input: InputOf<typeof dueMilestones>, today: string): Promise<{ total: number; overdue: number }> {
  const row = await db.row<{ total: number; overdue: number }>(sql`
    select count(*)::int as total, (count(*) filter (where m.planned_day < ${today}::date))::int as overdue
    from projects_milestones m join projects_projects p on p.id = m.project_id where ${dueWhere(actor, input)}`);
  return row ?? { total: 0, overdue: 0 };
}

function dueWhere(actor: Actor, input: InputOf<typeof dueMilestones>): Sql {
  return sql.all([
    sql`m.removed_at is null and m.actual_day is null and p.side_state is null`,
    reachable(actor, sql`p.id`),
    ...(input.from === undefined ? [] : [sql`m.planned_day >= ${input.from}::date`]),
    ...(input.to === undefined ? [] : [sql`m.planned_day <= ${input.to}::date`]),
    ...(input.kind === undefined || input.kind.length === 0 ? [] : [sql`m.kind = any(${[...input.kind]}::text[])`]),
    ...(input.townId === undefined || input.townId.length === 0 ? [] : [sql`p.town_id = any(${[...input.townId]}::uuid[])`]),
    ...(input.mine === true ? [sql`p.commissioner_id = ${actor.userId}`] : []),
  ]);
}
