// SQL of answers, chosen ways, agreed plans and forecasts. Every read is within the reader's scope or under a project that was locked within
// it; the catalogue and the calendar of a day come from here too.
import type { Now } from '../../../kernel/clock.ts';
import type { InputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { columns } from '../../../platform/columns.ts';
import { json, settled, sql, type Db, type Sql } from '../../../platform/db.ts';
import { lockProject, reachable } from '../../projects/scope.ts';
import { readCalendar } from '../calendar/store.ts';
import { readCatalogue } from '../catalogue/store.ts';
import type { Facts } from '../catalogue/shape.ts';
import type { Measure } from './graph.ts';
import type { listForecasts } from './contract.ts';
import { progressOf } from './progress.ts';
import { NO_ANSWERS, type Agreed, type Answers, type Choice, type Ground, type Kept, type Subject } from './rules.ts';

/** The catalogue as it holds on a day, with the zone's calendar. */
export async function groundOn(db: Db, day: string): Promise<Ground> {
  const [{ catalogue, label }, { plans, edition }] = await Promise.all([readCatalogue(db, day), readCalendar(db)]);
  return { catalogue, label, calendar: plans, edition, day };
}

/** Before its start: neither a day nor a stage says that works have begun. */
const NOT_BEGUN = sql`p.actual_start is null and p.stage in ('planned', 'reserved', 'signed', 'performed', 'preliminary')`;

export interface Stored extends Subject {
  readonly id: string;
  readonly name: string;
  /** 0: nothing was answered or chosen yet. */
  readonly version: number;
  readonly answeredAt: string | null;
  readonly answeredBy: string | null;
}

interface Row {
  readonly id: string; readonly name: string; readonly kind: string; readonly land_mu: number | null; readonly total_fen: number | null; readonly park_id: string | null;
  readonly planned_start: string | null; readonly planned_completion: string | null; readonly actual_start: string | null;
  readonly version: number | null; readonly start_day: string; readonly ordering: Choice['order']; readonly measures: Measure[]; readonly limits: Choice['limits']; readonly combined: string[];
  readonly stops: Record<string, number>;
  readonly answers_version: number | null; readonly facts: Facts; readonly unsure: string[]; readonly answered_at: string; readonly answered_by: string | null;
  readonly number: number | null; readonly permit_day: string | null; readonly begin_day: string | null; readonly days: Record<string, string> | null;
}

// The statement for the whole zone reads hundreds at once; that for one project is the same with one id.
const OF_PROJECTS = sql`
  select p.id, p.name, p.kind, p.land_mu::float8 as land_mu, p.total_fen, p.park_id, p.planned_start, p.planned_completion, p.actual_start,
         a.version, a.start_day, a.ordering, a.measures, a.limits, a.combined, a.stops,
         f.version as answers_version, f.facts, f.unsure, f.answered_at, (select u.name from people_users u where u.id = f.answered_by) as answered_by,
         b.number, b.permit_day, b.begin_day, b.plan -> 'days' as days
  from projects_projects p
  left join approvals_plans a on a.project_id = p.id
  left join lateral (select * from approvals_facts o where o.project_id = p.id order by o.version desc limit 1) f on true
  left join lateral (select * from approvals_baselines o where o.project_id = p.id order by o.number desc limit 1) b on true`;

/** The project within the reader's scope, with all that its plan follows from. */
export async function readSubject(db: Db, actor: Actor, id: string): Promise<Stored | undefined> {
  const [row, progress] = await settled([db.row<Row>(sql`${OF_PROJECTS} where p.id = ${id} and ${reachable(actor, sql`p.id`)}`), progressOf(db, [id])]);
  return row === undefined ? undefined : stored(row, progress[id]);
}

/** The same, with the project locked. */
export async function lockSubject(tx: Db, actor: Actor, id: string): Promise<Stored | undefined> {
  if ((await lockProject(tx, actor, id)) === undefined) return undefined;
  return (await readSubjects(tx, [id]))[0];
}

export async function readSubjects(db: Db, ids: readonly string[]): Promise<Stored[]> {
  const rows = await db.rows<Row>(sql`${OF_PROJECTS} where p.id = any(${[...ids]}::uuid[])`);
  const progress = await progressOf(db, ids);
  return rows.map((row) => stored(row, progress[row.id]));
}

function stored(row: Row, progress: Subject['progress'] = {}): Stored {
  const answers: Answers = row.answers_version === null ? NO_ANSWERS : { version: row.answers_version, facts: row.facts, unsure: row.unsure };
  const choice: Choice | null = row.version === null ? null : { startDay: row.start_day, order: row.ordering, measures: row.measures, limits: row.limits, combined: row.combined, stops: row.stops };
  const agreed: Agreed | null = row.number === null ? null : { number: row.number, permitDay: row.permit_day, beginDay: row.begin_day, days: row.days ?? {} };
  return {
    id: row.id, name: row.name, version: row.version ?? 0, answers, choice, agreed, progress,
    answeredAt: row.answers_version === null ? null : row.answered_at, answeredBy: row.answered_by,
    register: { kind: row.kind, landMu: row.land_mu, totalFen: row.total_fen, parkId: row.park_id, plannedStart: row.planned_start, plannedCompletion: row.planned_completion, actualStart: row.actual_start },
  };
}

const RUNNING_LIMIT = 20_000; // half a minute of thinking; a zone has a few hundred

/** Projects whose questionnaire was answered, in the order of their ids: a change of the catalogue changes something for these. */
export async function runningIds(db: Db): Promise<string[]> {
  return (await db.rows<{ id: string }>(sql`select distinct project_id as id from approvals_facts order by project_id limit ${RUNNING_LIMIT}`)).map((one) => one.id);
}

export async function writeAnswers(tx: Db, projectId: string, { version, facts, unsure }: Answers, by: string, at: Date): Promise<void> {
  await tx.run(sql`
    insert into approvals_facts (project_id, version, facts, unsure, answered_by, answered_at)
    values (${projectId}, ${version}, ${json(facts)}::jsonb, ${[...unsure]}::text[], ${by}, ${at})`);
}

/** Stores the chosen way under the next version and gives that. */
export async function writeChoice(tx: Db, projectId: string, { startDay, order, measures, limits, combined, stops }: Choice, at: Date): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    insert into approvals_plans as a (project_id, version, start_day, ordering, measures, limits, combined, stops, updated_at)
    values (${projectId}, 1, ${startDay}::date, ${order}, ${[...measures]}::text[], ${limits}, ${[...combined]}::text[], ${json(stops)}::jsonb, ${at})
    on conflict (project_id) do update set version = a.version + 1, start_day = excluded.start_day, ordering = excluded.ordering, measures = excluded.measures, limits = excluded.limits,
      combined = excluded.combined, stops = excluded.stops, updated_at = excluded.updated_at
    returning version`);
  return row?.version ?? 1;
}

export interface NewBaseline {
  readonly projectId: string; readonly number: number; readonly kind: 'frozen' | 'pushed'; readonly note: string | null; readonly permitDay: string | null; readonly beginDay: string | null;
  readonly plan: Readonly<Record<string, unknown>>; readonly by: string; readonly at: Date;
}

export async function writeBaseline(tx: Db, one: NewBaseline): Promise<void> {
  await tx.run(sql`
    insert into approvals_baselines (project_id, number, kind, note, permit_day, begin_day, plan, frozen_by, frozen_at)
    values (${one.projectId}, ${one.number}, ${one.kind}, ${one.note}, ${one.permitDay}, ${one.beginDay}, ${json(one.plan)}::jsonb, ${one.by}, ${one.at})`);
}

export interface AgreedRow {
  readonly number: number; readonly kind: 'frozen' | 'pushed'; readonly note: string | null; readonly permitDay: string | null; readonly beginDay: string | null; readonly by: string | null; readonly at: string;
}

/** The newest first; nobody reads more than these. */
const AGREED_LIMIT = 50;

export function readAgreed(db: Db, projectId: string): Promise<AgreedRow[]> {
  return db.rows<AgreedRow>(sql`
    select b.number, b.kind, b.note, b.permit_day as "permitDay", b.begin_day as "beginDay", (select u.name from people_users u where u.id = b.frozen_by) as by, b.frozen_at as at
    from approvals_baselines b where b.project_id = ${projectId} order by b.number desc limit ${AGREED_LIMIT}`);
}

/**
 * Locks the plans of projects and tells which of them there are. Whoever keeps forecasts locks first and reads then: two that keep the same
 * one after the other, and neither writes what it read before the other.
 */
export async function lockPlans(tx: Db, ids: readonly string[]): Promise<string[]> {
  return (await tx.rows<{ id: string }>(sql`select project_id as id from approvals_plans where project_id = any(${[...ids]}::uuid[]) order by project_id for update`)).map((row) => row.id);
}

export interface KeptRow extends Kept {
  readonly id: string;
}

export async function writeKept(tx: Db, rows: readonly KeptRow[], { label, edition }: Pick<Ground, 'label' | 'edition'>, { day, instant }: Now): Promise<number> {
  if (rows.length === 0) return 0;
  const shape = { id: 'uuid', permit_day: 'date', begin_day: 'date', provisional: 'boolean', critical: 'text[]', deciding: 'text', department: 'text', open_items: 'int', slip_days: 'int' } as const;
  const values = rows.map(({ id, permitDay, beginDay, provisional, critical, deciding, department, openItems, slipDays }) => ({
    id, permit_day: permitDay, begin_day: beginDay, provisional, critical, deciding, department, open_items: openItems, slip_days: slipDays,
  }));
  return tx.run(sql`
    update approvals_plans a set permit_day = v.permit_day, begin_day = v.begin_day, provisional = v.provisional, critical = v.critical, deciding = v.deciding, department = v.department,
      open_items = v.open_items, slip_days = v.slip_days, catalogue = ${label}, calendar = ${edition}, computed_on = ${day}::date, computed_at = ${instant}
    from ${columns(shape, values)} as v where a.project_id = v.id`);
}

/** What was computed of these plans is not of any day any more. */
export async function markStale(tx: Db, projectIds: readonly string[]): Promise<void> {
  await tx.run(sql`update approvals_plans set computed_on = null where project_id = any(${[...projectIds]}::uuid[]) and computed_on is not null`);
}

/** Projects whose forecast is not of this day, of another catalogue or calendar, or older than what the register says. Those that were started have none to make. */
export async function staleIds(db: Db, { label, edition, day }: Ground, after: string, limit: number): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select a.project_id as id from approvals_plans a join projects_projects p on p.id = a.project_id
    where a.project_id > ${after}::uuid and (a.computed_on is distinct from ${day}::date or a.catalogue is distinct from ${label} or a.calendar < ${edition} or a.computed_at < p.updated_at) and ${NOT_BEGUN}
    order by a.project_id limit ${limit}`);
  return rows.map((row) => row.id);
}

/** Projects before their start whose forecast is provisional or reaches a day: a change of the calendar from that day on may move these. */
export async function provisionalOrFrom(db: Db, day: string, limit: number): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select a.project_id as id from approvals_plans a join projects_projects p on p.id = a.project_id
    where (a.provisional or greatest(a.permit_day, a.begin_day) >= ${day}::date) and ${NOT_BEGUN} order by a.project_id limit ${limit}`);
  return rows.map((row) => row.id);
}

/** The case in hand of the item that decides: where it lies now. The first page tells the same (outlook.ts). */
export interface Held { readonly caseId: string; readonly item: string; readonly side: 'department' | 'applicant' | 'special' | 'suspension'; readonly day: string }

export interface ForecastRow {
  readonly id: string; readonly name: string; readonly townName: string | null; readonly commissionerName: string | null; readonly stage: string; readonly permitDay: string | null; readonly beginDay: string | null;
  readonly plannedStart: string | null; readonly lateDays: number | null; readonly slipDays: number | null; readonly deciding: string | null; readonly department: string | null;
  readonly openItems: number; readonly computedOn: string | null; readonly held: Held | null;
  /** What the list is sorted by: the next page begins behind it. */
  readonly place: string;
}

const SLIP = sql`(-coalesce(a.slip_days, -100000))`;
const PERMIT = sql`coalesce(a.permit_day, date '9999-12-31')`;

/** Projects before their start that have a plan, within the reader's scope. The cursor is `place~id` of the last one. */
export function forecasts(db: Db, actor: Actor, input: InputOf<typeof listForecasts>, limit: number): Promise<ForecastRow[]> {
  const bySlip = input.sort !== 'permit';
  const [place = '', id = ''] = input.after?.split('~') ?? [];
  const rest = input.after === undefined ? sql.empty : bySlip ? sql` and (${SLIP}, a.project_id) > (${Number(place)}::int, ${id}::uuid)` : sql` and (${PERMIT}, a.project_id) > (${place}::date, ${id}::uuid)`;
  return db.rows<ForecastRow>(sql`
    select p.id, p.name, t.name as "townName", u.name as "commissionerName", p.stage, a.permit_day as "permitDay", a.begin_day as "beginDay", p.planned_start as "plannedStart",
           a.begin_day - p.planned_start as "lateDays", a.slip_days as "slipDays", a.deciding, a.department, a.open_items as "openItems", a.computed_on as "computedOn", held.shown as held,
           ${bySlip ? sql`${SLIP}::text` : sql`${PERMIT}::text`} as place
    from approvals_plans a join projects_projects p on p.id = a.project_id
    left join people_organisations t on t.id = p.town_id left join people_users u on u.id = p.commissioner_id
    left join lateral (
      select json_build_object('caseId', c.id, 'item', c.item, 'side', c.side, 'day', c.side_day) as shown from approvals_cases c
      where c.project_id = p.id and c.closed_day is null and c.side is not null and c.side_day is not null and c.item = a.deciding order by c.round desc limit 1) held on true
    where ${wanted(actor, input)}${rest} order by ${bySlip ? SLIP : PERMIT}, a.project_id limit ${limit}`);
}

export async function forecastCounts(db: Db, actor: Actor, input: InputOf<typeof listForecasts>): Promise<{ total: number; late: number; unplanned: number }> {
  const row = await db.row<{ total: number; late: number; unplanned: number }>(sql`
    select count(*)::int as total, (count(*) filter (where a.begin_day > p.planned_start))::int as late, (count(*) filter (where a.begin_day is null))::int as unplanned
    from approvals_plans a join projects_projects p on p.id = a.project_id where ${wanted(actor, input)}`);
  return row ?? { total: 0, late: 0, unplanned: 0 };
}

function wanted(actor: Actor, input: InputOf<typeof listForecasts>): Sql {
  return sql.all([
    sql`${NOT_BEGUN} and p.side_state is null`,
    // Who sees the zone reaches every project: nothing to ask of each.
    ...(actor.scope.all ? [] : [reachable(actor, sql`p.id`)]),
    ...(input.department === undefined || input.department.length === 0 ? [] : [sql`a.department = any(${[...input.department]}::text[])`]),
    ...(input.townId === undefined || input.townId.length === 0 ? [] : [sql`p.town_id = any(${[...input.townId]}::uuid[])`]),
    ...(input.late === true ? [sql`a.begin_day > p.planned_start`] : []),
  ]);
}
