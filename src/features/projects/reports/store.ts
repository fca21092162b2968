// SQL of one project's monthly reports: loading and locking for a change, writing, reading a year. Always under a project that was
// found within the reader's scope.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { lockProject, reachable, type LockedProject } from '../scope.ts';
import type { Report } from './contract.ts';
import type { Filed, ReportingProject, Values } from './rules.ts';

export interface ReportSubject {
  readonly project: LockedProject;
  readonly facts: ReportingProject;
  /** Reports of the year, openings included. */
  readonly filed: readonly Filed[];
}

interface FactRow {
  readonly stage: string; readonly sideState: string | null; readonly since: string | null; readonly parentId: string | null; readonly inStatistics: boolean;
  readonly totalFen: number | null; readonly accumulatedFen: number | null; readonly planFen: number | null;
}

/** The project, locked, with what a report of one of its years depends on. */
export async function lockYear(tx: Db, actor: Actor, projectId: string, year: number): Promise<ReportSubject | undefined> {
  const project = await lockProject(tx, actor, projectId);
  if (project === undefined) return undefined;
  const [facts, filed] = await Promise.all([factsOf(tx, projectId, year), filedIn(tx, projectId, year)]);
  return facts === undefined ? undefined : { project, facts, filed };
}

export async function factsOf(db: Db, projectId: string, year: number): Promise<FactRow | undefined> {
  return db.row<FactRow>(sql`
    select p.stage, p.side_state as "sideState", coalesce(p.actual_start, p.stage_day) as since, p.parent_id as "parentId", p.in_statistics as "inStatistics",
           p.total_fen as "totalFen", p.accumulated_fen as "accumulatedFen", y.plan_fen as "planFen"
    from projects_projects p left join projects_years y on y.project_id = p.id and y.year = ${year} where p.id = ${projectId}`);
}

async function filedIn(tx: Db, projectId: string, year: number): Promise<Filed[]> {
  return tx.rows<Filed>(sql`
    select id, kind, to_char(month, 'YYYY-MM') as month, dispatch_fen as "dispatchFen", stat_fen as "statFen"
    from projects_reports where project_id = ${projectId} and month between make_date(${year}, 1, 1) and make_date(${year}, 12, 1) order by month`);
}

export interface LockedReport extends ReportSubject {
  readonly id: string;
  readonly version: number;
  readonly revision: number;
  readonly kind: 'monthly' | 'opening';
  readonly month: string;
  readonly late: boolean;
  readonly values: Values;
}

/** A report with its project, the project locked first: everyone takes the two locks in this order. */
export async function lockReport(tx: Db, actor: Actor, id: string): Promise<LockedReport | undefined> {
  const place = await tx.row<{ project_id: string; month: string }>(sql`select project_id, month from projects_reports where id = ${id}`);
  const year = place === undefined ? undefined : await lockYear(tx, actor, place.project_id, Number(place.month.slice(0, 4)));
  if (year === undefined) return undefined;
  const row = await tx.row<{ version: number; revision: number; kind: 'monthly' | 'opening'; month: string; late: boolean } & Values>(sql`
    select version, revision, kind, to_char(month, 'YYYY-MM') as month, late, dispatch_fen as "dispatchFen", stat_fen as "statFen", progress, problems, next_steps as "nextSteps"
    from projects_reports where id = ${id} for update`);
  if (row === undefined) return undefined;
  const { version, revision, kind, month, late, ...values } = row;
  return { ...year, id, version, revision, kind, month, late, values };
}

export async function insertReport(tx: Db, one: { id: string; projectId: string; month: string; kind: 'monthly' | 'opening'; values: Values; late: boolean; by: string; at: Date; day: string }): Promise<void> {
  const { values } = one;
  await tx.run(sql`
    insert into projects_reports (id, project_id, month, kind, dispatch_fen, stat_fen, progress, problems, next_steps, late, submitted_by, submitted_at, submitted_day)
    values (${one.id}, ${one.projectId}, ${`${one.month}-01`}, ${one.kind}, ${values.dispatchFen}, ${values.statFen}, ${values.progress}, ${values.problems}, ${values.nextSteps}, ${one.late}, ${one.by}, ${one.at}, ${one.day})`);
}

/** Writes the corrected values; the earlier ones stand in the event. Gives version and revision. */
export async function updateReport(tx: Db, id: string, month: string, values: Values, reason: string): Promise<{ version: number; revision: number }> {
  const row = await tx.row<{ version: number; revision: number }>(sql`
    update projects_reports set month = ${`${month}-01`}, dispatch_fen = ${values.dispatchFen}, stat_fen = ${values.statFen}, progress = ${values.progress}, problems = ${values.problems},
      next_steps = ${values.nextSteps}, corrected_reason = ${reason}, version = version + 1, revision = revision + 1 where id = ${id} returning version, revision`);
  return row ?? { version: 1, revision: 1 };
}

export async function deleteReport(tx: Db, id: string): Promise<void> {
  await tx.run(sql`update projects_evidence set report_id = null where report_id = ${id}`);
  await tx.run(sql`delete from projects_reports where id = ${id}`);
}

/** The photos of a report are exactly these. Gives how many belong to the project. */
export async function setPhotos(tx: Db, projectId: string, reportId: string, photos: readonly string[]): Promise<number> {
  await tx.run(sql`update projects_evidence set report_id = null where report_id = ${reportId} and not (id = any(${[...photos]}::uuid[]))`);
  if (photos.length === 0) return 0;
  return tx.run(sql`update projects_evidence set report_id = ${reportId} where project_id = ${projectId} and removed_at is null and id = any(${[...photos]}::uuid[])`);
}

/** Image progress and problems of the latest report stand on the project's record, so that list and record tell the newest. */
export async function keepLatestWords(tx: Db, projectId: string): Promise<void> {
  await tx.run(sql`
    update projects_projects p set progress = coalesce(r.progress, p.progress), problems = case when r.kind = 'monthly' then r.problems else coalesce(r.problems, p.problems) end
    from (select kind, progress, problems from projects_reports where project_id = ${projectId} order by month desc limit 1) r where p.id = ${projectId}`);
}

export async function enterStatistics(tx: Db, projectId: string, entered: boolean, day: string): Promise<void> {
  await tx.run(sql`
    update projects_projects set in_statistics = ${entered}, statistics_day = case when ${entered} then coalesce(statistics_day, ${day}::date) end where id = ${projectId}`);
}

export interface YearRow extends FactRow {
  readonly id: string; readonly name: string; readonly version: number; readonly target: string | null; readonly years: number[] | null;
}

export async function readProject(db: Db, actor: Actor, id: string, year: number): Promise<YearRow | undefined> {
  return db.row<YearRow>(sql`
    select p.id, p.name, p.version, p.stage, p.side_state as "sideState", coalesce(p.actual_start, p.stage_day) as since, p.parent_id as "parentId", p.in_statistics as "inStatistics",
           p.total_fen as "totalFen", p.accumulated_fen as "accumulatedFen", y.plan_fen as "planFen", y.target,
           (select array_agg(distinct found.year order by found.year) from (
              select year from projects_years where project_id = p.id union select extract(year from month)::int from projects_reports where project_id = p.id) as found (year)) as years
    from projects_projects p left join projects_years y on y.project_id = p.id and y.year = ${year}
    where p.id = ${id} and ${reachable(actor, sql`p.id`)}`);
}

export function readYear(db: Db, projectId: string, year: number): Promise<Report[]> {
  return db.rows<Report>(sql`
    select r.id, r.kind, to_char(r.month, 'YYYY-MM') as month, r.version, r.dispatch_fen as "dispatchFen", r.stat_fen as "statFen", r.progress, r.problems, r.next_steps as "nextSteps",
           r.late, r.revision, r.corrected_reason as "correctedReason", coalesce((select name from people_users where id = r.submitted_by), '') as "submittedBy", r.submitted_day as "submittedDay", r.submitted_at as "submittedAt",
           coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'sha', e.sha256, 'name', e.file_name, 'mediaType', e.media_type, 'takenAt', e.taken_at) order by e.added_at, e.id)
                     from projects_evidence e where e.project_id = r.project_id and e.report_id = r.id and e.removed_at is null), '[]'::jsonb) as photos
    from projects_reports r where r.project_id = ${projectId} and r.month between make_date(${year}, 1, 1) and make_date(${year}, 12, 1) order by r.month`);
}

export interface TrailRow {
  readonly at: string; readonly day: string; readonly actorName: string; readonly kind: string; readonly reason: string | null;
  readonly before: Record<string, unknown> | null; readonly after: Record<string, unknown> | null;
}

/** What happened to the report of a month, withdrawn ones included, oldest first. */
export function trail(db: Db, projectId: string, month: string): Promise<TrailRow[]> {
  return db.rows<TrailRow>(sql`
    select at, day, actor_name as "actorName", kind, reason, before, after from platform_events
    where project_id = ${projectId} and subject_type = 'report' and (after ->> 'month' = ${month} or before ->> 'month' = ${month}) order by seq limit 200`);
}
