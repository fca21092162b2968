// SQL of what the week shows: one's own projects with what is owed, visits, the diary. Always within what the reader may know; pages by key.
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { reachable } from '../../projects/scope.ts';
import { isKey } from '../duty.ts';
import type { WeekRules } from './contract.ts';

export interface OwnRow {
  readonly id: string; readonly seq: number; readonly name: string; readonly town_name: string | null; readonly stage: 'planned' | 'reserved' | 'signed' | 'performed' | 'preliminary' | 'started' | 'building' | 'completed' | 'producing' | 'effective';
  readonly light: number; readonly key: boolean; readonly since: string | null; readonly last_visit: string | null; readonly reported: boolean; readonly node_name: string | null; readonly node_day: string | null;
}

/** The last day on which somebody visited the project `id`. */
export const lastVisit = (id: Sql): Sql => sql`(select v.day from dispatch_visits v where v.project_id = ${id} and v.state = 'done' order by v.day desc, v.id desc limit 1)`;

/** The projects that this person looks after, in the order of the list. Cursor: the place in it. */
export function ownProjects(db: Db, actor: Actor, rules: WeekRules, week: string, after: number, limit: number): Promise<OwnRow[]> {
  return db.rows<OwnRow>(sql`
    select p.id, p.seq, p.name, t.name as town_name, p.stage, p.light, ${isKey(rules)} as key, s.from_day as since, ${lastVisit(sql`p.id`)} as last_visit,
      exists (select 1 from dispatch_lines l where l.project_id = p.id and l.user_id = ${actor.userId} and l.week = ${week}) as reported, m.name as node_name, m.planned_day as node_day
    from projects_projects p left join people_organisations t on t.id = p.town_id
    left join projects_assignments s on s.project_id = p.id and s.duty = 'commissioner' and s.to_day is null
    left join lateral (select m.name, m.planned_day from projects_milestones m where m.project_id = p.id and m.removed_at is null and m.actual_day is null order by m.planned_day, m.sort limit 1) m on true
    where p.commissioner_id = ${actor.userId} and p.side_state is null and p.parent_id is null and p.seq > ${after} order by p.seq limit ${limit}`);
}

export interface VisitRow {
  readonly id: string; readonly version: number; readonly kind: 'check_in' | 'visit' | 'research' | 'roundtable'; readonly state: 'planned' | 'done' | 'cancelled';
  readonly project_id: string | null; readonly project_name: string | null; readonly org_id: string | null; readonly org_name: string | null; readonly user_id: string; readonly user_name: string; readonly day: string; readonly place: string | null;
  readonly photos: number; readonly problems: number;
}

export interface VisitFilter {
  readonly projectId?: string | undefined; readonly orgId?: string | undefined; readonly userId?: string | undefined; readonly kind?: readonly string[] | undefined; readonly state?: string | undefined;
  readonly from?: string | undefined; readonly to?: string | undefined; readonly mine?: boolean | undefined; readonly after?: string | undefined;
}

const VISIT = sql`v.id, v.version, v.kind, v.state, v.project_id, p.name as project_name, v.org_id, o.name as org_name, v.user_id, u.name as user_name, v.day, v.place,
  (select count(*)::int from dispatch_photos f where f.visit_id = v.id) as photos, (select count(*)::int from dispatch_raised r where r.visit_id = v.id) as problems`;
const VISIT_FROM = sql`dispatch_visits v left join projects_projects p on p.id = v.project_id left join people_organisations o on o.id = v.org_id join people_users u on u.id = v.user_id`;

/** One's own, those of one's projects; who may not read the week (an enterprise) those to itself alone. */
export function seen(actor: Actor): Sql {
  if (!may(actor, 'dispatch.read')) return sql`v.org_id = any(${[...actor.scope.keys]}::uuid[])`;
  if (actor.isSystem || actor.scope.all) return sql`true`;
  return sql`(v.user_id = ${actor.userId} or ${reachable(actor, sql`v.project_id`)})`;
}

export function visits(db: Db, actor: Actor, filter: VisitFilter, limit: number): Promise<VisitRow[]> {
  const [day, id] = filter.after?.split('~') ?? [];
  return db.rows<VisitRow>(sql`
    select ${VISIT} from ${VISIT_FROM} where ${sql.all([
      seen(actor),
      ...(filter.projectId === undefined ? [] : [sql`v.project_id = ${filter.projectId}`]), ...(filter.orgId === undefined ? [] : [sql`v.org_id = ${filter.orgId}`]),
      ...(filter.userId === undefined ? [] : [sql`v.user_id = ${filter.userId}`]), ...(filter.mine === true ? [sql`v.user_id = ${actor.userId}`] : []),
      ...(filter.kind === undefined || filter.kind.length === 0 ? [] : [sql`v.kind = any(${[...filter.kind]}::text[])`]), ...(filter.state === undefined ? [] : [sql`v.state = ${filter.state}`]),
      ...(filter.from === undefined ? [] : [sql`v.day >= ${filter.from}`]), ...(filter.to === undefined ? [] : [sql`v.day <= ${filter.to}`]),
      ...(id === undefined ? [] : [sql`(v.day, v.id) < (${day ?? ''}::date, ${id}::uuid)`]),
    ])} order by v.day desc, v.id desc limit ${limit}`);
}

export interface OneVisit extends VisitRow {
  readonly done_at: string | null; readonly happened_at: string | null; readonly recorded_at: string; readonly lon: number | null; readonly lat: number | null; readonly accuracy_m: number | null;
  readonly participants: string | null; readonly policies: string | null; readonly said: string | null; readonly reason: string | null; readonly project_lon: number | null; readonly project_lat: number | null;
}

export function oneVisit(db: Db, actor: Actor, id: string): Promise<OneVisit | undefined> {
  return db.row<OneVisit>(sql`
    select ${VISIT}, v.done_at, v.happened_at, v.recorded_at, v.lon, v.lat, v.accuracy_m, v.participants, v.policies, v.said, v.reason, p.lon as project_lon, p.lat as project_lat
    from ${VISIT_FROM} where v.id = ${id} and ${seen(actor)}`);
}

export function pictures(db: Db, visitId: string): Promise<{ sha: string; name: string; takenAt: string | null; lon: number | null; lat: number | null }[]> {
  return db.rows(sql`select f.sha256 as sha, x.file_name as name, f.taken_at as "takenAt", f.lon, f.lat from dispatch_photos x join platform_files f on f.sha256 = x.sha256 where x.visit_id = ${visitId} order by x.seq`);
}

export function raisedOn(db: Db, visitId: string): Promise<{ text: string; problemId: string | null }[]> {
  return db.rows(sql`select text, problem_id as "problemId" from dispatch_raised where visit_id = ${visitId} order by id`);
}

export function earlierOf(db: Db, subjectId: string): Promise<{ at: string; by: string; reason: string | null; words: Record<string, string | null> }[]> {
  return db.rows(sql`select at, by_name as by, reason, earlier as words from dispatch_corrections where subject_id = ${subjectId} order by id desc limit 100`);
}

/** Who may open a photo: whoever may know its visit. */
export async function mayReadPhoto(db: Db, actor: Actor, sha: string): Promise<{ name: string; mediaType: string } | undefined> {
  return db.row<{ name: string; mediaType: string }>(sql`
    select x.file_name as name, f.media_type as "mediaType" from dispatch_photos x join platform_files f on f.sha256 = x.sha256 join dispatch_visits v on v.id = x.visit_id where x.sha256 = ${sha} and ${seen(actor)} limit 1`);
}

/** A line or note within the reader's reach. */
export async function entryWithin(db: Db, actor: Actor, id: string): Promise<{ id: string } | undefined> {
  const near = (own: Sql, project: Sql): Sql => (actor.isSystem || actor.scope.all ? sql`true` : sql`(${own} = ${actor.userId} or ${reachable(actor, project)})`);
  return db.row<{ id: string }>(sql`
    select l.id from dispatch_lines l where l.id = ${id} and ${near(sql`l.user_id`, sql`l.project_id`)}
    union all select n.id from dispatch_notes n where n.id = ${id} and ${near(sql`n.user_id`, sql`n.project_id`)}
    union all select v.id from dispatch_visits v where v.id = ${id} and ${seen(actor)} limit 1`);
}
