// SQL of what duties show: task forces, hand-overs, coverage, the ledger of assignments and what lies on whom. Within what the reader may know.
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { reachable } from '../../projects/scope.ts';
import { hasTeam, isKey, isKeyAccess } from '../duty.ts';
import type { WeekRules } from '../week/contract.ts';
import { lastVisit } from '../week/reads.ts';
import type { HANDOVER_STATES, LACKS, Open } from './contract.ts';

const LEADER = sql`coalesce(u.name, k.leader_name) as "leaderName", coalesce(o.short_name, o.name) as "leadOrgName", k.head_name as "headName"`;
const standing = (day: string): Sql => sql`f.from_day <= ${day}::date and (f.to_day is null or f.to_day > ${day}::date)`;

export interface ForceRow { readonly id: string; readonly name: string; readonly leaderName: string | null; readonly leadOrgName: string | null; readonly headName: string | null; readonly fromDay: string; readonly toDay: string | null; readonly projects: number; readonly members: number }

const FORCE = sql`k.id, k.name, ${LEADER}, k.from_day as "fromDay", k.to_day as "toDay",
  (select count(*)::int from dispatch_taskforce_projects f where f.taskforce_id = k.id and (f.to_day is null or f.to_day = k.to_day)) as projects,
  (select count(*)::int from dispatch_taskforce_members m where m.taskforce_id = k.id and (m.to_day is null or m.to_day = k.to_day)) as members`;
const FORCE_FROM = sql`dispatch_taskforces k left join people_users u on u.id = k.leader_id left join people_organisations o on o.id = k.lead_org_id`;

/** A force is known to who may know one of its projects, and to its members. */
function knownForce(actor: Actor): Sql {
  if (actor.isSystem || actor.scope.all) return sql`true`;
  return sql`(exists (select 1 from dispatch_taskforce_projects f where f.taskforce_id = k.id and ${reachable(actor, sql`f.project_id`)}) or exists (select 1 from dispatch_taskforce_members m where m.taskforce_id = k.id and m.user_id = ${actor.userId}))`;
}

export function forces(db: Db, actor: Actor, filter: { readonly state?: 'standing' | 'ended' | 'all' | undefined; readonly q?: string | undefined; readonly after?: string | undefined }, day: string, limit: number): Promise<ForceRow[]> {
  const [from, id] = filter.after?.split('~') ?? [];
  const q = filter.q?.trim() ?? '';
  const state = filter.state ?? 'standing';
  return db.rows<ForceRow>(sql`
    select ${FORCE} from ${FORCE_FROM} where ${sql.all([
      knownForce(actor), ...(state === 'standing' ? [sql`(k.to_day is null or k.to_day > ${day}::date)`] : state === 'ended' ? [sql`k.to_day <= ${day}::date`] : []),
      ...(q === '' ? [] : [sql`(k.name ilike ${like(q)} or k.leader_name ilike ${like(q)})`]), ...(id === undefined ? [] : [sql`(k.from_day, k.id) < (${from ?? ''}::date, ${id}::uuid)`]),
    ])} order by k.from_day desc, k.id desc limit ${limit}`);
}

export function oneForce(db: Db, actor: Actor, id: string): Promise<(ForceRow & { version: number; leaderId: string | null; leadOrgId: string | null; note: string | null }) | undefined> {
  return db.row(sql`select ${FORCE}, k.version, k.leader_id as "leaderId", k.lead_org_id as "leadOrgId", k.note from ${FORCE_FROM} where k.id = ${id} and ${knownForce(actor)}`);
}

export function forceProjects(db: Db, actor: Actor, id: string): Promise<{ id: string; name: string; commissionerName: string | null; light: number; fromDay: string; toDay: string | null }[]> {
  return db.rows(sql`
    select p.id, p.name, c.name as "commissionerName", p.light, f.from_day as "fromDay", f.to_day as "toDay" from dispatch_taskforce_projects f join projects_projects p on p.id = f.project_id left join people_users c on c.id = p.commissioner_id
    where f.taskforce_id = ${id} and ${reachable(actor, sql`p.id`)} order by f.to_day is not null, p.seq, f.from_day limit 200`);
}

export function forceMembers(db: Db, id: string): Promise<{ id: string; userId: string | null; name: string; orgName: string | null; duty: string; fromDay: string; toDay: string | null }[]> {
  return db.rows(sql`
    select m.id, m.user_id as "userId", m.name, coalesce(o.short_name, o.name) as "orgName", m.duty, m.from_day as "fromDay", m.to_day as "toDay"
    from dispatch_taskforce_members m left join people_organisations o on o.id = m.org_id where m.taskforce_id = ${id} order by m.to_day is not null, m.from_day, m.id limit 200`);
}

/** The task forces that stand for a project on a day. */
export function forcesOf(db: Db, projectId: string, day: string): Promise<{ id: string; name: string; leaderName: string | null; leadOrgName: string | null; headName: string | null; members: number }[]> {
  return db.rows(sql`
    select k.id, k.name, ${LEADER}, (select count(*)::int from dispatch_taskforce_members m where m.taskforce_id = k.id and m.to_day is null) as members
    from dispatch_taskforce_projects f join dispatch_taskforces k on k.id = f.taskforce_id left join people_users u on u.id = k.leader_id left join people_organisations o on o.id = k.lead_org_id
    where f.project_id = ${projectId} and ${standing(day)} and (k.to_day is null or k.to_day > ${day}::date) order by k.from_day, k.id limit 10`);
}

// --- hand-overs ---

export interface HandoverRow {
  readonly id: string; readonly projectId: string; readonly projectName: string; readonly fromId: string | null; readonly fromName: string | null; readonly toId: string; readonly toName: string; readonly day: string; readonly state: (typeof HANDOVER_STATES)[number];
  readonly open: number; readonly handed: boolean; readonly accepted: boolean; readonly proposedDay: string; readonly proposedName: string; readonly doneDay: string | null; readonly reason: string | null; readonly decidedName: string | null;
}

const HANDOVER = sql`h.id, h.project_id as "projectId", p.name as "projectName", h.from_id as "fromId", f.name as "fromName", h.to_id as "toId", t.name as "toName", h.day, h.state, jsonb_array_length(h.open) as open,
  h.handed_at is not null as handed, h.accepted_at is not null as accepted, h.proposed_day as "proposedDay", h.proposed_name as "proposedName", h.done_day as "doneDay", h.reason, h.decided_name as "decidedName"`;
const HANDOVER_FROM = sql`dispatch_handovers h join projects_projects p on p.id = h.project_id left join people_users f on f.id = h.from_id join people_users t on t.id = h.to_id`;

function knownHandover(actor: Actor): Sql {
  if (actor.isSystem || actor.scope.all) return sql`true`;
  return sql`(h.from_id = ${actor.userId} or h.to_id = ${actor.userId} or ${reachable(actor, sql`h.project_id`)})`;
}

export function handovers(db: Db, actor: Actor, filter: { readonly state?: string | undefined; readonly open?: boolean | undefined; readonly projectId?: string | undefined; readonly after?: string | undefined }, limit: number): Promise<HandoverRow[]> {
  return db.rows<HandoverRow>(sql`
    select ${HANDOVER} from ${HANDOVER_FROM} where ${sql.all([
      knownHandover(actor), ...(filter.state === undefined ? [] : [sql`h.state = ${filter.state}`]), ...(filter.open === true ? [sql`h.state in ('proposed', 'agreed')`] : []),
      ...(filter.projectId === undefined ? [] : [sql`h.project_id = ${filter.projectId}`]), ...(filter.after === undefined ? [] : [sql`h.id < ${filter.after}::uuid`]),
    ])} order by h.id desc limit ${limit}`);
}

export function oneHandover(db: Db, actor: Actor, id: string): Promise<(HandoverRow & { list: Open[]; remarks: string | null }) | undefined> {
  return db.row(sql`select ${HANDOVER}, h.open as list, h.remarks from ${HANDOVER_FROM} where h.id = ${id} and ${knownHandover(actor)}`);
}

export function openHandover(db: Db, projectId: string): Promise<{ id: string; fromName: string | null; toName: string; day: string; state: string } | undefined> {
  return db.row(sql`select h.id, f.name as "fromName", t.name as "toName", h.day, h.state from ${HANDOVER_FROM} where h.project_id = ${projectId} and h.state in ('proposed', 'agreed')`);
}

export function headOf(db: Db, projectId: string): Promise<{ name: string; commissioner: string | null } | undefined> {
  return db.row(sql`select p.name, c.name as commissioner from projects_projects p left join people_users c on c.id = p.commissioner_id where p.id = ${projectId}`);
}

// --- coverage ---

export interface Duty { readonly key: boolean; readonly since: string | null; readonly last_visit: string | null; readonly lines: number }

export function projectDuty(db: Db, id: string, rules: WeekRules): Promise<Duty | undefined> {
  return db.row<Duty>(sql`
    select ${isKey(rules)} as key, (select s.from_day from projects_assignments s where s.project_id = p.id and s.duty = 'commissioner' and s.to_day is null) as since, ${lastVisit(sql`p.id`)} as last_visit,
      (select count(*)::int from dispatch_lines l where l.project_id = p.id) as lines from projects_projects p where p.id = ${id}`);
}

const active = sql`exists (select 1 from people_users c where c.id = p.commissioner_id and c.active)`;

/** A condition that holds where the key project lacks something. `dueBefore`: a last visit before it is too long ago. */
function lacks(lack: (typeof LACKS)[number], day: string, week: string, dueBefore: string): Sql {
  switch (lack) {
    case 'commissioner': return sql`not ${active}`;
    case 'team': return sql`not ${hasTeam(sql`p.id`, day)}`;
    case 'visit': return sql`not exists (select 1 from dispatch_visits v where v.project_id = p.id and v.state = 'done' and v.day > ${dueBefore}::date)`;
    case 'line': return sql`not exists (select 1 from dispatch_lines l where l.project_id = p.id and l.week = ${week})`;
    default: return never(lack);
  }
}

function never(value: never): never {
  throw new Error(`unknown: ${String(value)}`);
}

/** Under which key the reader's projects are walked; several keys would show a project twice. */
function under(actor: Actor, rootId: string): Sql {
  if (actor.isSystem || actor.scope.all) return sql`a.key = ${rootId}::uuid`;
  const [key, another] = actor.scope.keys;
  if (key !== undefined && another === undefined) return sql`a.key = ${key}::uuid`;
  return sql`a.key = any(${[...actor.scope.keys]}::uuid[]) and a.key = (select min(x.key::text)::uuid from projects_access x where x.project_id = a.project_id and x.key = any(${[...actor.scope.keys]}::uuid[]))`;
}

export interface Coverage { readonly all: number; readonly commissioner: number; readonly team: number; readonly both: number; readonly visited: number; readonly lines: number }

export interface Ground { readonly rules: WeekRules; readonly rootId: string; readonly day: string; readonly week: string; readonly dueBefore: string }

/** One range of the index of key levels. */
export async function coverage(db: Db, actor: Actor, { rules, rootId, day, week, dueBefore }: Ground): Promise<Coverage> {
  return (await db.row<Coverage>(sql`
    select count(*)::int as all, (count(*) filter (where x.person))::int as commissioner, (count(*) filter (where x.team))::int as team, (count(*) filter (where x.person and x.team))::int as both,
      (count(*) filter (where x.visited))::int as visited, (count(*) filter (where x.line))::int as lines
    from (select not (${lacks('commissioner', day, week, dueBefore)}) as person, not (${lacks('team', day, week, dueBefore)}) as team, not (${lacks('visit', day, week, dueBefore)}) as visited, not (${lacks('line', day, week, dueBefore)}) as line
      from projects_access a join projects_projects p on p.id = a.project_id where ${under(actor, rootId)} and ${isKeyAccess(rules)}) x`)) ?? { all: 0, commissioner: 0, team: 0, both: 0, visited: 0, lines: 0 };
}

/** How many key projects lack a team, up to `most`: for the first page and the number beside it. */
export async function countLacking(db: Db, actor: Actor, lack: (typeof LACKS)[number], ground: Ground, most: number): Promise<number> {
  return (await db.row<{ count: number }>(sql`
    select count(*)::int as count from (select 1 from projects_access a join projects_projects p on p.id = a.project_id
      where ${under(actor, ground.rootId)} and ${isKeyAccess(ground.rules)} and ${lacks(lack, ground.day, ground.week, ground.dueBefore)} limit ${most}) as found`))?.count ?? 0;
}

export interface AssignmentRow {
  readonly id: string; readonly seq: number; readonly name: string; readonly level: 'provincial' | 'municipal' | 'county' | 'zone' | null; readonly stage: string; readonly light: number; readonly townName: string | null; readonly totalFen: number | null;
  readonly commissionerId: string | null; readonly commissionerName: string | null; readonly commissionerActive: boolean; readonly sinceDay: string | null; readonly leaderName: string | null; readonly leadOrgName: string | null; readonly headName: string | null;
  readonly forceId: string | null; readonly forceName: string | null; readonly team: number; readonly lastVisitDay: string | null; readonly lastLineWeek: string | null;
}

export interface AssignmentFilter { readonly lack?: (typeof LACKS)[number] | undefined; readonly level?: readonly string[] | undefined; readonly userId?: string | undefined; readonly q?: string | undefined; readonly after?: string | undefined }

/** 分包台账, in the order of the zone's list. */
export function assignments(db: Db, actor: Actor, filter: AssignmentFilter, ground: Ground, limit: number): Promise<AssignmentRow[]> {
  const q = filter.q?.trim() ?? '';
  const { rules, day, week, dueBefore, rootId } = ground;
  return db.rows<AssignmentRow>(sql`
    select p.id, p.seq, p.name, p.level, p.stage, p.light, t.name as "townName", p.total_fen as "totalFen", p.commissioner_id as "commissionerId", c.name as "commissionerName", coalesce(c.active, false) as "commissionerActive",
      s.from_day as "sinceDay", coalesce(g."leaderName", p.leader) as "leaderName", coalesce(g."leadOrgName", r.name) as "leadOrgName", coalesce(g."headName", p.responsible_person) as "headName", g.id as "forceId", g.name as "forceName",
      (select count(*)::int from projects_assignments n where n.project_id = p.id and n.duty <> 'commissioner' and n.to_day is null)
        + coalesce((select count(*)::int from dispatch_taskforce_members m where m.taskforce_id = g.id and m.to_day is null), 0) as team,
      ${lastVisit(sql`p.id`)} as "lastVisitDay", (select l.week from dispatch_lines l where l.project_id = p.id order by l.week desc limit 1) as "lastLineWeek"
    from projects_access a join projects_projects p on p.id = a.project_id
    left join people_organisations t on t.id = p.town_id left join people_organisations r on r.id = p.responsible_org_id left join people_users c on c.id = p.commissioner_id
    left join projects_assignments s on s.project_id = p.id and s.duty = 'commissioner' and s.to_day is null
    left join lateral (select k.id, k.name, ${LEADER} from dispatch_taskforce_projects f join dispatch_taskforces k on k.id = f.taskforce_id left join people_users u on u.id = k.leader_id left join people_organisations o on o.id = k.lead_org_id
      where f.project_id = p.id and ${standing(day)} and (k.to_day is null or k.to_day > ${day}::date) order by k.from_day, k.id limit 1) g on true
    where ${sql.all([
      under(actor, rootId), isKeyAccess(rules), ...(filter.lack === undefined ? [] : [lacks(filter.lack, day, week, dueBefore)]), ...(filter.level === undefined || filter.level.length === 0 ? [] : [sql`a.level = any(${[...filter.level]}::text[])`]),
      ...(filter.userId === undefined ? [] : [sql`p.commissioner_id = ${filter.userId}`]), ...(q === '' ? [] : [sql`(p.name ilike ${like(q)} or p.pinyin like ${like(q.toLowerCase())} or c.name ilike ${like(q)})`]),
      ...(filter.after === undefined ? [] : [sql`a.seq > ${filter.after}::int`]),
    ])} order by a.seq limit ${limit}`);
}

export interface LoadRow { readonly userId: string; readonly name: string; readonly orgName: string | null; readonly active: boolean; readonly projects: number; readonly totalFen: number; readonly nodesDue: number; readonly nodesOver: number; readonly visitsDue: number; readonly linesOwed: number; readonly red: number }

/** What lies on each commissioner, by person: who has many comes first within a page of people. Cursor: the id of the last person. */
export function workload(db: Db, actor: Actor, ground: Ground, soon: string, after: string | undefined, limit: number): Promise<LoadRow[]> {
  const { rules, day, week, dueBefore } = ground;
  const reach = may(actor, 'dispatch.read') && (actor.isSystem || actor.scope.all) ? sql`true` : reachable(actor, sql`p.id`);
  return db.rows<LoadRow>(sql`
    with person as (select distinct p.commissioner_id as id from projects_projects p where p.commissioner_id is not null and p.commissioner_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid and p.side_state is null and p.parent_id is null and ${reach}
      order by 1 limit ${limit})
    select u.id as "userId", u.name, coalesce(o.short_name, o.name) as "orgName", u.active, x.projects, x."totalFen", x."nodesDue", x."nodesOver", x."visitsDue", x."linesOwed", x.red
    from person join people_users u on u.id = person.id left join people_organisations o on o.id = u.org_id
    cross join lateral (
      select count(*)::int as projects, coalesce(sum(p.total_fen), 0)::bigint as "totalFen", (count(*) filter (where p.light = 3))::int as red,
        coalesce(sum((select count(*) from projects_milestones m where m.project_id = p.id and m.removed_at is null and m.actual_day is null and m.planned_day between ${day}::date and ${soon}::date)), 0)::int as "nodesDue",
        coalesce(sum((select count(*) from projects_milestones m where m.project_id = p.id and m.removed_at is null and m.actual_day is null and m.planned_day < ${day}::date)), 0)::int as "nodesOver",
        (count(*) filter (where ${isKey(rules)} and ${lacks('visit', day, week, dueBefore)}))::int as "visitsDue", (count(*) filter (where ${isKey(rules)} and ${lacks('line', day, week, dueBefore)}))::int as "linesOwed"
      from projects_projects p where p.commissioner_id = u.id and p.side_state is null and p.parent_id is null and ${reach}) x
    order by u.id`);
}

export async function countOpenHandovers(db: Db, actor: Actor, most: number): Promise<number> {
  return (await db.row<{ count: number }>(sql`select count(*)::int as count from (select 1 from dispatch_handovers h where h.state in ('proposed', 'agreed') and ${knownHandover(actor)} limit ${most}) as found`))?.count ?? 0;
}

const like = (q: string): string => `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
