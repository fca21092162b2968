// SQL of the lists of cases: queues, counts, pace, the public lines. Always within what the reader may know.
import { may, type Actor } from '../../../platform/actor.ts';
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
  /** Secondary materials that it was accepted without and that have not come: how many, and the day of the first. */
  readonly owed_materials: number; readonly material_due: string | null;
}

// Asked of the rows of a page only: what is counted over all cases must not join it.
const MISSING = sql`approvals_tolerances t join approvals_tolerance_materials m on m.tolerance_id = t.id where t.case_id = c.id and t.returned_day is null and m.supplied_day is null`;
const LINE = sql`c.id, c.version, c.project_id, p.name as project_name, c.item, c.round, c.org_id, coalesce(o.short_name, o.name) as org_name, c.joint_id, c.lead_org_id, coalesce(l.short_name, l.name) as lead_name,
  c.status, c.outcome, c.document, c.source, c.system, c.verified_day, c.received_day, c.accepted_day, c.deemed, c.decided_day, c.delivered_day, c.closed_day, c.side, c.side_day, c.unit, c.used,
  c.statutory_limit, c.statutory_left, c.statutory_over, c.statutory_due, c.promised_limit, c.promised_left, c.promised_over, c.promised_due, c.provisional, c.level, c.owes, c.owed_day, c.days_left, c.closed_day is null and c.item = any(coalesce(pl.critical, '{}')) as critical, pl.slip_days, (select count(*)::int from ${MISSING}) as owed_materials, (select min(m.due) from ${MISSING}) as material_due`;
const FROM = sql`approvals_cases c join projects_projects p on p.id = c.project_id join people_organisations o on o.id = c.org_id left join people_organisations l on l.id = c.lead_org_id left join approvals_plans pl on pl.project_id = c.project_id`;

export async function casesOfProject(db: Db, projectId: string): Promise<CaseRow[]> {
  return db.rows<CaseRow>(sql`select ${LINE} from ${FROM} where c.project_id = ${projectId} order by c.item, c.round`);
}

export interface OneRow extends CaseRow {
  readonly via: 'self' | 'agent' | 'window' | 'outside'; readonly agent_name: string | null; readonly attorney_sha: string | null; readonly note: string | null; readonly limits: unknown; readonly calendar: number;
  readonly part_of: string | null; readonly part_item: string | null; readonly withheld: 'state_secret' | 'business_secret' | 'personal' | null; readonly withheld_basis: string | null;
}

export async function oneCase(db: Db, actor: Actor, desk: Desk, id: string): Promise<OneRow | undefined> {
  return db.row<OneRow>(sql`
    select ${LINE}, c.via, u.name as agent_name, c.attorney_sha, c.note, c.limits, c.calendar, c.part_of, h.item as part_item, c.withheld, c.withheld_basis
    from ${FROM} left join people_users u on u.id = c.agent_id left join approvals_cases h on h.id = c.part_of where c.id = ${id} and ${known(actor, desk)}`);
}

/** The parts of a joint acceptance, in the order of their items. */
export async function partsOfCase(db: Db, id: string): Promise<CaseRow[]> {
  return db.rows<CaseRow>(sql`select ${LINE} from ${FROM} where c.part_of = ${id} order by c.item`);
}

export interface Filter {
  readonly projectId?: string | undefined; readonly orgId?: readonly string[] | undefined; readonly item?: readonly string[] | undefined; readonly reviews?: boolean | undefined; readonly status?: readonly string[] | undefined; readonly level?: readonly string[] | undefined;
  readonly side?: readonly string[] | undefined; readonly state?: 'open' | 'decided' | 'all' | undefined; readonly decidedFrom?: string | undefined; readonly decidedTo?: string | undefined; readonly owing?: boolean | undefined; readonly q?: string | undefined;
}

function conditions(actor: Actor, desk: Desk, filter: Filter): Sql[] {
  const q = filter.q?.trim() ?? '';
  const state = filter.state ?? 'open';
  return [
    // A project of a filter is asked about as a whole: what may be known of it, not what lies on one's own desk.
    filter.reviews === true ? asked(actor, desk) : filter.projectId === undefined && filter.orgId === undefined ? mine(actor, desk) : known(actor, desk),
    ...(state === 'open' ? [sql`c.closed_day is null`] : state === 'decided' ? [sql`c.decided_day is not null`] : []),
    ...(filter.projectId === undefined ? [] : [sql`c.project_id = ${filter.projectId}`]),
    ...(filter.orgId === undefined || filter.orgId.length === 0 ? [] : [sql`c.org_id = any(${[...filter.orgId]}::uuid[])`]),
    ...(filter.item === undefined || filter.item.length === 0 ? [] : [sql`c.item = any(${[...filter.item]}::text[])`]),
    ...(filter.status === undefined || filter.status.length === 0 ? [] : [sql`c.status = any(${[...filter.status]}::text[])`]),
    ...(filter.level === undefined || filter.level.length === 0 ? [] : [sql`c.level = any(${[...filter.level]}::text[])`]),
    ...(filter.side === undefined || filter.side.length === 0 ? [] : [sql`c.side = any(${[...filter.side]}::text[])`]),
    ...(filter.decidedFrom === undefined ? [] : [sql`c.decided_day >= ${filter.decidedFrom}`]),
    ...(filter.decidedTo === undefined ? [] : [sql`c.decided_day <= ${filter.decidedTo}`]),
    ...(filter.owing === true ? [sql`exists (select 1 from ${MISSING})`] : []),
    ...(q === '' ? [] : [sql`(p.name ilike ${`%${q.replaceAll(/[\\%_]/g, '\\$&')}%`} or p.pinyin like ${`${q.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`} or c.item = ${q.toUpperCase()} or c.document = ${q})`]),
  ];
}

/** Whose opinion is owed: seen by whoever owes it, which are those who handle cases. */
function asked(actor: Actor, desk: Desk): Sql {
  if (!desk.all && !may(actor, 'approvals.handle')) return sql`false`;
  return sql`(c.decided_day is null and exists (select 1 from approvals_case_reviews v where v.case_id = c.id and v.view is null${desk.all ? sql.empty : sql` and v.org_id = any(${[...desk.orgs]}::uuid[])`}))`;
}

export interface FacetRow { readonly org: string; readonly item: string; readonly level: string; readonly side: string | null; readonly status: string; readonly count: number }

/** Cases by all that a queue is filtered by, before these filters: some hundred rows even of very many cases. */
export async function facetRows(db: Db, actor: Actor, desk: Desk, filter: Filter): Promise<FacetRow[]> {
  const { item: _item, level: _level, side: _side, status: _status, ...rest } = filter;
  return db.rows<FacetRow>(sql`
    select c.org_id as org, c.item, c.level, c.side, c.status, count(*)::int as count from approvals_cases c ${(filter.q?.trim() ?? '') === '' ? sql.empty : sql`join projects_projects p on p.id = c.project_id`} where ${sql.all(conditions(actor, desk, { ...rest, ...(filter.orgId === undefined ? {} : { orgId: [] }) }))} group by 1, 2, 3, 4, 5`);
}

/** What owes nothing comes after all that does. */
const LAST_PLACE = '9999-12-31';
// Written out, so that it is the index's own expression.
const OWED = sql`coalesce(c.owed_day, date '9999-12-31')`;
/** What its project's start waits for. */
const CRITICAL = sql`c.closed_day is null and c.item = any(coalesce(pl.critical, '{}'))`;

/** By the day by which something is owed. Cursor: the places of the last row, `first~day~id`. */
export async function queue(db: Db, actor: Actor, desk: Desk, filter: Filter & { readonly sort?: 'left' | 'path' | undefined; readonly after?: string | undefined }, limit: number): Promise<{ rows: CaseRow[]; cursorOf: (row: CaseRow) => string }> {
  const byPath = filter.sort === 'path';
  const [first, day, id] = filter.after?.split('~') ?? [];
  const after = id === undefined ? [] : [sql`(${OWED}, c.id) > (${day ?? ''}::date, ${id}::uuid)`];
  const page = (more: readonly Sql[]): Sql => sql`
    select ${LINE} from ${FROM} where ${sql.all([...conditions(actor, desk, filter), ...more])} order by ${OWED}, c.id limit ${limit}`;
  // What comes first is a walk along the same index until the page is full; only if it is not, the rest is walked too.
  const rest = page([sql`not (${CRITICAL})`, ...(first === '1' ? after : [])]);
  const rows = await db.rows<CaseRow>(!byPath ? page(after) : first === '1' ? rest : sql`(${page([CRITICAL, ...after])}) union all (${rest}) limit ${limit}`);
  return { rows, cursorOf: (row) => `${byPath && !row.critical ? 1 : 0}~${row.owed_day ?? LAST_PLACE}~${row.id}` };
}

export interface Counts {
  readonly all: number; readonly over: number; readonly promiseOver: number; readonly urgent: number; readonly department: number; readonly applicant: number; readonly special: number; readonly suspension: number;
}

export async function counts(db: Db, actor: Actor, desk: Desk, filter: Filter): Promise<Counts> {
  const row = await db.row<Counts>(sql`
    select count(*)::int as all, (count(*) filter (where c.level = 'over'))::int as over, (count(*) filter (where c.level = 'promise_over'))::int as "promiseOver", (count(*) filter (where c.level = 'urgent'))::int as urgent,
      (count(*) filter (where c.side = 'department'))::int as department, (count(*) filter (where c.side = 'applicant'))::int as applicant, (count(*) filter (where c.side = 'special'))::int as special,
      (count(*) filter (where c.side = 'suspension'))::int as suspension
    from ${countedFrom(filter)} where ${sql.all(conditions(actor, desk, filter))}`);
  return row ?? { all: 0, over: 0, promiseOver: 0, urgent: 0, department: 0, applicant: 0, special: 0, suspension: 0 };
}

/** Without a search for words cases alone are counted, mostly from one index. */
function countedFrom({ q }: Filter): Sql {
  return (q?.trim() ?? '') === '' ? sql`approvals_cases c` : FROM;
}

/** Reviews that the reader's bodies still owe. */
export async function owedReviews(db: Db, actor: Actor, desk: Desk): Promise<number> {
  if (desk.all || !may(actor, 'approvals.handle')) return 0;
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
  const whose = sql`${known(actor, desk)} ${orgId === undefined ? sql.empty : sql`and c.org_id = ${orgId}`}`;
  // Counted by the days that cases took first, from an index alone: places are then looked for among some counts instead of all cases.
  return db.rows<PaceRow>(sql`
    with counts as materialized (
      select c.org_id, c.item, c.took, c.promised_limit, c.statutory_limit, max(c.unit) as unit, count(*)::int as n, (count(*) filter (where not c.broke_promise))::int as kept, (count(*) filter (where c.broke_law))::int as late
      from approvals_cases c where c.decided_day between ${from} and ${to} and c.took is not null and ${whose} group by 1, 2, 3, 4, 5
    ), placed as (
      select *, sum(n) over (pair order by took) as upto, sum(n) over pair as whole, sum(n) over (pair order by statutory_limit) as statutory_upto,
        sum(n) over (pair order by promised_limit) as promised_upto, sum(n) filter (where promised_limit is not null) over pair as promises
      from counts window pair as (partition by org_id, item)
    ), decided as (
      select org_id, item, max(unit) as unit, sum(n)::int as decided, sum(kept)::int as kept, sum(late)::int as late,
        min(took) filter (where upto >= 0.5 * whole) as p50, min(took) filter (where upto >= 0.9 * whole) as p90,
        min(promised_limit) filter (where promised_upto >= 0.5 * promises) as promised, min(statutory_limit) filter (where statutory_upto >= 0.5 * whole) as statutory
      from placed group by org_id, item
    ), open as (
      select c.org_id, c.item, max(c.unit) as unit, count(*)::int as open, (count(*) filter (where c.level in ('over', 'promise_over')))::int as over
      from approvals_cases c where c.closed_day is null and c.decided_day is null and c.source = 'own' and ${whose} group by c.org_id, c.item
    )
    select o.id as "orgId", coalesce(o.short_name, o.name) as "orgName", item, coalesce(greatest(d.unit, w.unit), 'working') as unit, coalesce(d.decided, 0) as decided, d.p50, d.p90, d.promised, d.statutory,
      coalesce(d.kept, 0) as kept, coalesce(d.late, 0) as late, coalesce(w.open, 0) as open, coalesce(w.over, 0) as "openOver"
    from decided d full join open w using (org_id, item) join people_organisations o on o.id = org_id order by o.sort, o.name, item limit 2000`);
}

export interface PublicRow {
  readonly item: string; readonly round: number; readonly orgName: string; readonly status: CaseStatus; readonly outcome: Outcome | null; readonly appliedDay: string | null; readonly acceptedDay: string | null;
  readonly promisedDay: string | null; readonly decidedDay: string | null; readonly verifiedDay: string | null;
}

/** Of projects that the zone shows, without the lines that were withheld. */
export async function publicRows(db: Db, projectId: string): Promise<PublicRow[]> {
  return db.rows<PublicRow>(sql`
    select c.item, c.round, o.name as "orgName", c.status, c.outcome, c.received_day as "appliedDay", c.accepted_day as "acceptedDay", c.promised_due as "promisedDay", c.decided_day as "decidedDay", c.verified_day as "verifiedDay"
    from approvals_cases c join people_organisations o on o.id = c.org_id join approvals_public_projects s on s.project_id = c.project_id
    where c.project_id = ${projectId} and c.public order by c.item, c.round limit 1000`);
}
