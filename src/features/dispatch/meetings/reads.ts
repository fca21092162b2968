// SQL of the lists and pages of meetings: meetings, figures, items with their decisions, what stands beside an item. Always within what the reader may know.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import type { Counted } from '../slips/rules.ts';
import { knownDecision, knownMeeting, type Reader } from '../scope.ts';
import type { MeetingState } from './rules.ts';

export interface MeetingLineRow {
  readonly id: string; readonly version: number; readonly series: string; readonly kind: string; readonly state: MeetingState; readonly day: string; readonly time: string; readonly minutes: number; readonly place: string; readonly chair: string | null; readonly topic: string | null;
  readonly number: number | null; readonly year_number: number | null; readonly frozen: boolean; readonly current_item: string | null; readonly sequence: number; readonly issued_day: string | null; readonly cancelled_reason: string | null; readonly updated_at: string;
  readonly items: number; readonly measures: number; readonly done: number; readonly overdue: number;
}
const LINE = sql`
  m.id, m.version, m.series, m.kind, m.state, m.day, m.time, m.minutes, m.place, m.chair, m.topic, m.number, m.year_number, m.frozen, m.current_item, m.sequence, m.issued_day, m.cancelled_reason, m.updated_at,
  (select count(*)::int from dispatch_items i where i.meeting_id = m.id and i.place = 'listed') as items, g.measures, g.done, g.overdue`;
const counts = (day: string): Sql => sql`
  cross join lateral (select (count(*) filter (where d.kind = 'measure'))::int as measures, (count(d.done_day))::int as done, (count(*) filter (where d.kind = 'measure' and d.issued_day is not null and d.done_day is null and d.original_due < ${day}))::int as overdue
    from dispatch_decisions d where d.meeting_id = m.id) g`;

export interface MeetingFilter {
  readonly year?: number | undefined; readonly kind?: readonly string[] | undefined; readonly state?: readonly string[] | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly held?: boolean | undefined;
}

/** The newest first. Cursor: `day~id` of the last one. */
export async function meetings(db: Db, reader: Reader, filter: MeetingFilter, after: string | undefined, limit: number, day: string): Promise<MeetingLineRow[]> {
  const [afterDay, afterId] = after?.split('~') ?? [];
  const conditions = [
    knownMeeting(reader),
    ...(filter.year === undefined ? [] : [sql`m.day between make_date(${filter.year}, 1, 1) and make_date(${filter.year}, 12, 31)`]),
    ...(filter.kind === undefined || filter.kind.length === 0 ? [] : [sql`m.kind = any(${[...filter.kind]}::text[])`]),
    ...(filter.state === undefined || filter.state.length === 0 ? [] : [sql`m.state = any(${[...filter.state]}::text[])`]),
    ...(filter.from === undefined ? [] : [sql`m.day >= ${filter.from}`]), ...(filter.to === undefined ? [] : [sql`m.day <= ${filter.to}`]),
    ...(filter.held === true ? [HELD] : []),
    ...(afterId === undefined ? [] : [sql`(m.day, m.id) < (${afterDay ?? ''}::date, ${afterId}::uuid)`]),
  ];
  return db.rows<MeetingLineRow>(sql`select ${LINE} from dispatch_meetings m ${counts(day)} where ${sql.all(conditions)} order by m.day desc, m.id desc limit ${limit}`);
}

const HELD = sql`m.state in ('held', 'minutes_issued')`;

export async function oneMeeting(db: Db, reader: Reader, id: string, day: string): Promise<MeetingLineRow | undefined> {
  return db.row<MeetingLineRow>(sql`select ${LINE} from dispatch_meetings m ${counts(day)} where m.id = ${id} and ${knownMeeting(reader)}`);
}

/** The next that is planned; for the head of the list. */
export async function nextMeeting(db: Db, reader: Reader, day: string, series?: string, afterId?: string): Promise<MeetingLineRow | undefined> {
  return db.row<MeetingLineRow>(sql`
    select ${LINE} from dispatch_meetings m ${counts(day)} where m.state in ('planned', 'agenda_sent', 'in_session') and m.day >= ${day} and ${knownMeeting(reader)} ${series === undefined ? sql.empty : sql`and m.series = ${series}`} ${afterId === undefined ? sql.empty : sql`and m.id <> ${afterId}`}
    order by m.day, m.id limit 1`);
}

export interface FigureRow { readonly held: number; readonly held_year: number; readonly years: readonly number[] }

export async function heldFigures(db: Db, reader: Reader, year: number): Promise<FigureRow> {
  const row = await db.row<FigureRow>(sql`
    select count(*)::int as held, (count(*) filter (where m.year = ${year}))::int as held_year, array(select distinct m.year from dispatch_meetings m where ${knownMeeting(reader)} order by 1 desc) as years
    from dispatch_meetings m where ${HELD} and ${knownMeeting(reader)}`);
  return row ?? { held: 0, held_year: 0, years: [] };
}

export async function expectedNumber(db: Db, series: string, first: number): Promise<number> {
  const row = await db.row<{ number: number | null }>(sql`select max(number) as number from dispatch_meetings where series = ${series}`);
  return row?.number === null || row === undefined ? first : row.number + 1;
}

export interface ItemLineRow {
  readonly id: string; readonly rule: string; readonly sort: number; readonly place: 'listed' | 'cut' | 'sent_back' | 'removed'; readonly place_reason: string | null; readonly project_id: string | null; readonly project_name: string | null; readonly problem_id: string | null; readonly since_id: string | null; readonly since_number: number | null;
  readonly title: string; readonly status_line: string; readonly ask: string; readonly facts: readonly { code: string; values: Record<string, string | number>; href?: string }[]; readonly owner_org_id: string | null; readonly owner_name: string | null; readonly minutes: number; readonly spent_seconds: number;
  readonly decision_id: string | null; readonly version: number | null; readonly kind: 'measure' | 'escalate' | 'none' | null; readonly ordinal: number | null; readonly measure: string | null; readonly lead_id: string | null; readonly lead_name: string | null; readonly co: readonly { id: string; name: string }[]; readonly criterion: string | null;
  readonly original_due: string | null; readonly due_day: string | null; readonly urgent: boolean | null; readonly escalate_to: 'leader' | 'main' | 'meeting' | null; readonly reason: string | null; readonly decided_name: string | null; readonly done_day: string | null; readonly issued_day: string | null;
}

export async function itemLines(db: Db, meetingId: string): Promise<ItemLineRow[]> {
  return db.rows<ItemLineRow>(sql`
    select i.id, i.rule, i.sort, i.place, i.place_reason, i.project_id, p.name as project_name, coalesce(d.problem_id, i.problem_id) as problem_id, i.decision_id as since_id, sm.number as since_number, i.title, i.status_line, i.ask, i.facts, i.owner_org_id, coalesce(o.short_name, o.name) as owner_name, i.minutes, i.spent_seconds,
      d.id as decision_id, d.version, d.kind, d.ordinal, d.measure, d.owner_org_id as lead_id, coalesce(l.short_name, l.name) as lead_name, d.criterion, d.original_due, d.due_day, d.urgent, d.escalate_to, d.reason, d.decided_name, d.done_day, d.issued_day,
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'name', coalesce(c.short_name, c.name)) order by x.nth) from unnest(d.co_org_ids) with ordinality as x (id, nth) join people_organisations c on c.id = x.id), '[]') as co
    from dispatch_items i left join projects_projects p on p.id = i.project_id left join people_organisations o on o.id = i.owner_org_id left join dispatch_decisions d on d.item_id = i.id left join people_organisations l on l.id = d.owner_org_id
      left join dispatch_decisions s on s.id = i.decision_id left join dispatch_meetings sm on sm.id = s.meeting_id
    where i.meeting_id = ${meetingId} order by i.sort, i.id`);
}

export interface ItemProblem { readonly id: string; readonly number: string; readonly tier: number; readonly open: boolean }

export async function itemProblems(db: Db, ids: readonly string[]): Promise<ItemProblem[]> {
  if (ids.length === 0) return [];
  return db.rows<ItemProblem>(sql`select p.id, p.number, p.tier, p.step is not null as open from problems_problems p where p.id = any(${[...ids]}::uuid[])`);
}

export interface AttendeeRow { readonly id: string; readonly org_id: string | null; readonly org_name: string | null; readonly name: string | null; readonly presence: 'invited' | 'present' | 'late' | 'excused' | 'absent'; readonly arrived: string | null; readonly reason: string | null }

export async function attendees(db: Db, meetingId: string): Promise<AttendeeRow[]> {
  return db.rows<AttendeeRow>(sql`
    select a.id, a.org_id, coalesce(o.short_name, o.name) as org_name, a.name, a.presence, a.arrived, a.reason from dispatch_attendees a left join people_organisations o on o.id = a.org_id where a.meeting_id = ${meetingId} order by a.sort, a.id`);
}

export interface FulfilmentRow extends Counted { readonly all: number; readonly notDue: number; readonly extended: number }

/** Decisions that were issued, of meetings of the series with a number in [since, before), as they stand on a day. */
export async function fulfilment(db: Db, { series, since, before, meetingId }: { readonly series: string | undefined; readonly since: number | undefined; readonly before: number | undefined; readonly meetingId?: string | undefined }, day: string, more: Sql = sql`true`): Promise<FulfilmentRow> {
  const row = await db.row<FulfilmentRow>(sql`
    select count(*)::int as all, (count(*) filter (where d.done_day <= d.original_due))::int as "onTime", (count(*) filter (where d.done_day > d.original_due))::int as late,
      (count(*) filter (where d.done_day is null and d.original_due < ${day}))::int as overdue, (count(*) filter (where d.done_day is null and d.original_due >= ${day}))::int as "notDue", (count(*) filter (where d.extensions > 0))::int as extended,
      (count(*) filter (where d.done_day > d.original_due and d.done_day <= d.due_day))::int as "lateWithin", (count(*) filter (where d.done_day is null and d.original_due < ${day} and d.due_day >= ${day}))::int as "overdueWithin"
    from dispatch_decisions d join dispatch_meetings m on m.id = d.meeting_id
    where d.kind = 'measure' and d.issued_day is not null and ${series === undefined ? sql`true` : sql`m.series = ${series}`} and ${since === undefined ? sql`true` : sql`m.number >= ${since}`} and ${before === undefined ? sql`true` : sql`m.number < ${before}`}
      and ${meetingId === undefined ? sql`true` : sql`m.id = ${meetingId}`} and ${more}`);
  return row ?? { all: 0, onTime: 0, late: 0, overdue: 0, notDue: 0, extended: 0, lateWithin: 0, overdueWithin: 0 };
}

/** Of the meeting that is first in what is still reported: the first of the ten before this one. */
export async function sinceNumber(db: Db, series: string, before: number | undefined): Promise<number | undefined> {
  const row = await db.row<{ number: number | null }>(sql`
    select min(number) as number from (select m.number from dispatch_meetings m where m.series = ${series} and m.number is not null ${before === undefined ? sql.empty : sql`and m.number < ${before}`} order by m.number desc limit 10) as last`);
  return row?.number ?? undefined;
}

export interface BesideRow {
  readonly id: string; readonly name: string; readonly stage: string; readonly light: number; readonly town_name: string | null; readonly commissioner_name: string | null; readonly leader: string | null; readonly total_fen: number | null; readonly plan_fen: number; readonly done_fen: number;
  readonly begin_day: string | null; readonly slip_days: number | null; readonly node_name: string | null; readonly node_day: string | null; readonly month: string | null; readonly progress: string | null; readonly problems: string | null; readonly lights: readonly { object: string; level: number; since: string }[];
}

export async function besideProject(db: Db, projectId: string): Promise<BesideRow | undefined> {
  return db.row<BesideRow>(sql`
    select p.id, p.name, p.stage, p.light, t.name as town_name, u.name as commissioner_name, p.leader, p.total_fen, p.plan_fen, p.done_fen, a.begin_day, a.slip_days, n.name as node_name, coalesce(n.forecast_day, n.planned_day) as node_day, to_char(r.month, 'YYYY-MM') as month, coalesce(r.progress, p.progress) as progress, r.problems,
      coalesce((select jsonb_agg(jsonb_build_object('object', l.object, 'level', l.level, 'since', l.since) order by l.level desc, l.since) from projects_lights l where l.project_id = p.id and l.cleared is null), '[]') as lights
    from projects_projects p left join people_organisations t on t.id = p.town_id left join people_users u on u.id = p.commissioner_id left join approvals_plans a on a.project_id = p.id
      left join lateral (select x.name, x.forecast_day, x.planned_day from projects_milestones x where x.project_id = p.id and x.removed_at is null and x.actual_day is null order by x.planned_day, x.sort limit 1) n on true
      left join lateral (select x.month, x.progress, x.problems from projects_reports x where x.project_id = p.id and x.kind = 'monthly' order by x.month desc limit 1) r on true
    where p.id = ${projectId}`);
}

export interface EarlierRow { readonly decisionId: string; readonly number: number; readonly measure: string; readonly ownerName: string; readonly dueDay: string; readonly doneDay: string | null }

export async function earlierDecisions(db: Db, actor: Actor, reader: Reader, { projectId, problemId, meetingId }: { readonly projectId: string | null; readonly problemId: string | null; readonly meetingId: string }): Promise<EarlierRow[]> {
  return db.rows<EarlierRow>(sql`
    select d.id as "decisionId", m.number, d.measure, coalesce(o.short_name, o.name) as "ownerName", d.due_day as "dueDay", d.done_day as "doneDay" from dispatch_decisions d join dispatch_meetings m on m.id = d.meeting_id join people_organisations o on o.id = d.owner_org_id
    where d.kind = 'measure' and d.issued_day is not null and d.meeting_id <> ${meetingId} and (d.project_id = ${projectId} or d.problem_id = ${problemId}) and ${knownDecision(actor, reader)} order by m.number desc limit 5`);
}

/** Meetings of a person's calendar: those of the last half year and all that come. */
export async function calendarMeetings(db: Db, reader: Reader, from: string): Promise<MeetingLineRow[]> {
  return db.rows<MeetingLineRow>(sql`select ${LINE} from dispatch_meetings m ${counts(from)} where m.day >= ${from} and ${knownMeeting(reader)} order by m.day, m.id limit 2000`);
}

export async function userOfFeed(db: Db, hash: Buffer): Promise<string | undefined> {
  return (await db.row<{ user_id: string }>(sql`select user_id from dispatch_feeds where secret_hash = ${hash} and revoked_at is null`))?.user_id;
}

export async function feedOf(db: Db, userId: string): Promise<string | undefined> {
  return (await db.row<{ created_at: string }>(sql`select created_at from dispatch_feeds where user_id = ${userId} and revoked_at is null`))?.created_at;
}

/** An item that the reader is shown: of what is not on the agenda a unit learns nothing. */
export async function itemPlace(db: Db, reader: Reader, meetingId: string, itemId: string): Promise<{ readonly project_id: string | null; readonly problem_id: string | null } | undefined> {
  return db.row(sql`select i.project_id, i.problem_id from dispatch_items i where i.id = ${itemId} and i.meeting_id = ${meetingId} and ${reader.all ? sql`true` : sql`i.place = 'listed'`}`);
}
