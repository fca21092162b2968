// SQL of the lists of cases: queues, counts, pace, the public lines. Always within what the reader may know.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import type { Outcome } from '../clocks/events.ts';
import type { Side } from '../clocks/state.ts';
import type { CaseLevel, Owes } from './kept.ts';
import type { STATUSES } from './contract.ts';
import { known, mine, type Desk } from './scope.ts';

type CaseStatus = (typeof STATUSES)[number];

export interface CaseRow {
  readonly id: string; readonly version: number; readonly project_id: string; readonly project_name: string; readonly item: string; readonly round: number; readonly org_id: string; readonly org_name: string;
  readonly joint_id: string | null; readonly lead_org_id: string | null; readonly lead_name: string | null; readonly status: CaseStatus; readonly outcome: Outcome | null; readonly document: string | null;
  readonly source: 'own' | 'import' | 'api'; readonly system: string | null; readonly verified_day: string | null;
  readonly received_day: string | null; readonly accepted_day: string | null; readonly deemed: boolean; readonly decided_day: string | null; readonly delivered_day: string | null; readonly closed_day: string | null;
  readonly side: Side | null; readonly side_day: string | null; readonly unit: 'working' | 'calendar' | null; readonly used: number | null;
  readonly statutory_limit: number | null; readonly statutory_left: number | null; readonly statutory_over: number | null; readonly statutory_due: string | null;
  readonly promised_limit: number | null; readonly promised_left: number | null; readonly promised_over: number | null; readonly promised_due: string | null;
  readonly provisional: boolean; readonly level: CaseLevel; readonly owes: Owes | null; readonly owed_day: string | null; readonly days_left: number | null;
  /** It lies on the critical path of its project's plan, which slips by so many working days against the agreed one. */
  readonly critical: boolean; readonly slip_days: number | null;
}

const LINE = sql`c.id, c.version, c.project_id, p.name as project_name, c.item, c.round, c.org_id, coalesce(o.short_name, o.name) as org_name, c.joint_id, c.lead_org_id, coalesce(l.short_name, l.name) as lead_name,
  c.status, c.outcome, c.document, c.source, c.system, c.verified_day, c.received_day, c.accepted_day, c.deemed, c.decided_day, c.delivered_day, c.closed_day, c.side, c.side_day, c.unit, c.used,
  c.statutory_limit, c.statutory_left, c.statutory_over, c.statutory_due, c.promised_limit, c.promised_left, c.promised_over, c.promised_due, c.provisional, c.level, c.owes, c.owed_day, c.days_left, c.closed_day is null and c.item = any(coalesce(pl.critical, '{}')) as critical, pl.slip_days`;
const FROM = sql`approvals_cases c join projects_projects p on p.id = c.project_id join people_organisations o on o.id = c.org_id left join people_organisations l on l.id = c.lead_org_id left join approvals_plans pl on pl.project_id = c.project_id`;

export async function casesOfProject(db: Db, projectId: string): Promise<CaseRow[]> {
  return db.rows<CaseRow>(sql`select ${LINE} from ${FROM} where c.project_id = ${projectId} order by c.item, c.round`);
}

export interface OneRow extends CaseRow {
  readonly via: 'self' | 'agent' | 'window' | 'outside'; readonly agent_name: string | null; readonly attorney_sha: string | null; readonly note: string | null; readonly limits: unknown; readonly calendar: number;
}

export async function oneCase(db: Db, actor: Actor, desk: Desk, id: string): Promise<OneRow | undefined> {
  return db.row<OneRow>(sql`
    select ${LINE}, c.via, u.name as agent_name, c.attorney_sha, c.note, c.limits, c.calendar from ${FROM} left join people_users u on u.id = c.agent_id where c.id = ${id} and ${known(actor, desk)}`);
}

export interface Filter {
  readonly projectId?: string | undefined; readonly orgId?: string | undefined; readonly item?: string | undefined; readonly status?: readonly string[] | undefined; readonly level?: readonly string[] | undefined;
  readonly side?: readonly string[] | undefined; readonly state?: 'open' | 'decided' | 'all' | undefined; readonly decidedFrom?: string | undefined; readonly decidedTo?: string | undefined; readonly q?: string | undefined;
}

function conditions(actor: Actor, desk: Desk, filter: Filter): Sql[] {
  const q = filter.q?.trim() ?? '';
  const state = filter.state ?? 'open';
  return [
    // A project of a filter is asked about as a whole: what may be known of it, not what lies on one's own desk.
    filter.projectId === undefined && filter.orgId === undefined ? mine(actor, desk) : known(actor, desk),
    ...(state === 'open' ? [sql`c.closed_day is null`] : state === 'decided' ? [sql`c.decided_day is not null`] : []),
    ...(filter.projectId === undefined ? [] : [sql`c.project_id = ${filter.projectId}`]),
    ...(filter.orgId === undefined ? [] : [sql`c.org_id = ${filter.orgId}`]),
    ...(filter.item === undefined ? [] : [sql`c.item = ${filter.item}`]),
    ...(filter.status === undefined || filter.status.length === 0 ? [] : [sql`c.status = any(${[...filter.status]}::text[])`]),
    ...(filter.level === undefined || filter.level.length === 0 ? [] : [sql`c.level = any(${[...filter.level]}::text[])`]),
    ...(filter.side === undefined || filter.side.length === 0 ? [] : [sql`c.side = any(${[...filter.side]}::text[])`]),
    ...(filter.decidedFrom === undefined ? [] : [sql`c.decided_day >= ${filter.decidedFrom}`]),
    ...(filter.decidedTo === undefined ? [] : [sql`c.decided_day <= ${filter.decidedTo}`]),
    ...(q === '' ? [] : [sql`(p.name ilike ${`%${q.replaceAll(/[\\%_]/g, '\\$&')}%`} or p.pinyin like ${`${q.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`} or c.item = ${q.toUpperCase()} or c.document = ${q})`]),
  ];
}

/** What owes nothing comes after all that does. */
const LAST_PLACE = 1_000_000;
// Written out, so that it is the index's own expression.
const LEFT = sql`coalesce(c.days_left, 1000000)`;
/** What its project's start waits for comes first. */
const FIRST = sql`(case when c.closed_day is null and c.item = any(coalesce(pl.critical, '{}')) then 0 else 1 end)`;

/** Cursor: the places of the last row, `first~left~id`. */
export async function queue(db: Db, actor: Actor, desk: Desk, filter: Filter & { readonly sort?: 'left' | 'path' | undefined; readonly after?: string | undefined }, limit: number): Promise<{ rows: CaseRow[]; cursorOf: (row: CaseRow) => string }> {
  const byPath = filter.sort === 'path';
  const places = byPath ? sql`${FIRST}, ${LEFT}, c.id` : sql`${LEFT}, c.id`;
  const [first, left, id] = filter.after?.split('~') ?? [];
  const after = id === undefined ? [] : [byPath ? sql`(${places}) > (${first ?? ''}::int, ${left ?? ''}::int, ${id}::uuid)` : sql`(${places}) > (${left ?? ''}::int, ${id}::uuid)`];
  const rows = await db.rows<CaseRow>(sql`
    select ${LINE} from ${FROM} where ${sql.all([...conditions(actor, desk, filter), ...after])} order by ${places} limit ${limit}`);
  return { rows, cursorOf: (row) => `${byPath ? (row.critical ? 0 : 1) : 0}~${row.days_left ?? LAST_PLACE}~${row.id}` };
}

export interface Counts {
  readonly all: number; readonly over: number; readonly promiseOver: number; readonly urgent: number; readonly department: number; readonly applicant: number; readonly special: number; readonly suspension: number;
}

export async function counts(db: Db, actor: Actor, desk: Desk, filter: Filter): Promise<Counts> {
  const row = await db.row<Counts>(sql`
    select count(*)::int as all, (count(*) filter (where c.level = 'over'))::int as over, (count(*) filter (where c.level = 'promise_over'))::int as "promiseOver", (count(*) filter (where c.level = 'urgent'))::int as urgent,
      (count(*) filter (where c.side = 'department'))::int as department, (count(*) filter (where c.side = 'applicant'))::int as applicant, (count(*) filter (where c.side = 'special'))::int as special,
      (count(*) filter (where c.side = 'suspension'))::int as suspension
    from ${FROM} where ${sql.all(conditions(actor, desk, filter))}`);
  return row ?? { all: 0, over: 0, promiseOver: 0, urgent: 0, department: 0, applicant: 0, special: 0, suspension: 0 };
}

/** Reviews that the reader's bodies still owe. */
export async function owedReviews(db: Db, desk: Desk): Promise<number> {
  if (desk.all) return 0;
  const row = await db.row<{ n: number }>(sql`
    select count(*)::int as n from approvals_case_reviews v join approvals_cases c on c.id = v.case_id and c.closed_day is null and c.decided_day is null
    where v.view is null and v.org_id = any(${[...desk.orgs]}::uuid[])`);
  return row?.n ?? 0;
}

export interface PaceRow {
  readonly orgId: string; readonly orgName: string; readonly item: string; readonly unit: 'working' | 'calendar'; readonly decided: number; readonly p50: number | null; readonly p90: number | null;
  readonly promised: number | null; readonly statutory: number | null; readonly kept: number; readonly late: number; readonly open: number; readonly openOver: number;
}

/** Decided in [from, to], by body and item; and what is open of them now. Only what is counted here: of other systems the stops are not known. */
export async function pace(db: Db, actor: Actor, desk: Desk, { from, to, orgId }: { readonly from: string; readonly to: string; readonly orgId?: string | undefined }): Promise<PaceRow[]> {
  const decided = sql`c.decided_day between ${from} and ${to} and c.used is not null`;
  const open = sql`c.closed_day is null and c.decided_day is null`;
  return db.rows<PaceRow>(sql`
    select c.org_id as "orgId", coalesce(o.short_name, o.name) as "orgName", c.item, coalesce(max(c.unit), 'working') as unit, (count(*) filter (where ${decided}))::int as decided,
      percentile_disc(0.5) within group (order by c.used + c.statutory_over) filter (where ${decided}) as p50, percentile_disc(0.9) within group (order by c.used + c.statutory_over) filter (where ${decided}) as p90,
      percentile_disc(0.5) within group (order by c.promised_limit) filter (where ${decided}) as promised, percentile_disc(0.5) within group (order by c.statutory_limit) filter (where ${decided}) as statutory,
      (count(*) filter (where ${decided} and c.promised_over = 0))::int as kept, (count(*) filter (where ${decided} and c.statutory_over > 0))::int as late,
      (count(*) filter (where ${open}))::int as open, (count(*) filter (where ${open} and c.level in ('over', 'promise_over')))::int as "openOver"
    from approvals_cases c join people_organisations o on o.id = c.org_id
    where c.source = 'own' and (${decided} or ${open}) and ${known(actor, desk)} ${orgId === undefined ? sql.empty : sql`and c.org_id = ${orgId}`}
    group by c.org_id, o.short_name, o.name, o.sort, c.item order by o.sort, o.name, c.item limit 2000`);
}

export interface PublicRow {
  readonly item: string; readonly round: number; readonly orgName: string; readonly status: CaseStatus; readonly outcome: Outcome | null; readonly appliedDay: string | null; readonly acceptedDay: string | null;
  readonly promisedDay: string | null; readonly decidedDay: string | null; readonly verifiedDay: string | null;
}

export async function publicRows(db: Db, projectId: string): Promise<PublicRow[]> {
  return db.rows<PublicRow>(sql`
    select c.item, c.round, o.name as "orgName", c.status, c.outcome, c.received_day as "appliedDay", c.accepted_day as "acceptedDay", c.promised_due as "promisedDay", c.decided_day as "decidedDay", c.verified_day as "verifiedDay"
    from approvals_cases c join people_organisations o on o.id = c.org_id where c.project_id = ${projectId} and c.public order by c.item, c.round limit 1000`);
}
