// SQL of a reporting month over many projects: who owes, who has reported, the sums of both series, reminders. Always within scope.
import type { Actor } from '../../../platform/actor.ts';
import { json, sql, type Db, type Sql } from '../../../platform/db.ts';
import type { InputOf } from '../../../kernel/contract.ts';
import type { ReportCalendar } from '../due.ts';
import { matching } from '../register/list.ts';
import { reachable } from '../scope.ts';
import type { readPeriod } from './contract.ts';

type Input = Pick<InputOf<typeof readPeriod>, 'month' | 'townId' | 'q' | 'state'>;

// One row for each project of the reader that is on the list: its state in the month, the month's and the year's amounts. The rule of
// who owes is owedMonths() of due.ts in SQL; periods.test.ts holds them against each other.
function board(actor: Actor, input: Input, calendar: ReportCalendar): Sql {
  const first = `${input.month}-01`;
  const year = Number(input.month.slice(0, 4));
  return sql`
    with filed as (
      select r.project_id,
             sum(r.dispatch_fen) filter (where r.month <= ${first}::date) as year_dispatch, sum(r.stat_fen) filter (where r.month <= ${first}::date) as year_stat,
             max(r.dispatch_fen) filter (where r.month = ${first}::date and r.kind = 'monthly') as month_dispatch, max(r.stat_fen) filter (where r.month = ${first}::date and r.kind = 'monthly') as month_stat,
             bool_or(r.month = ${first}::date and r.kind = 'monthly') as reported, coalesce(bool_or(r.late) filter (where r.month = ${first}::date), false) as late,
             max(r.revision) filter (where r.month = ${first}::date and r.kind = 'monthly') as revision,
             bool_or(r.kind = 'opening' and r.month >= ${first}::date) as covered, bool_or(r.kind = 'opening' and r.month > ${first}::date) as unknown
      from projects_reports r where r.month between make_date(${year}, 1, 1) and make_date(${year}, 12, 1) group by 1),
    board as (
      select p.id, p.seq, p.name, p.town_id, p.stage, p.light, p.commissioner_id, p.responsible_org_id, p.progress, y.plan_fen,
             f.month_dispatch, f.month_stat, coalesce(f.late, false) as late, f.revision, coalesce(f.unknown, false) as unknown,
             case when coalesce(f.unknown, false) then null else f.year_dispatch end as year_dispatch, case when coalesce(f.unknown, false) then null else f.year_stat end as year_stat,
             owing.owes, case when f.reported then 'reported' when f.covered then 'covered' when owing.owes then 'missing' else 'free' end as state
      from projects_projects p left join filed f on f.project_id = p.id left join projects_years y on y.project_id = p.id and y.year = ${year}
      cross join lateral (select p.side_state is null and p.stage = any(${[...calendar.stages]}::text[]) and not coalesce(f.covered, false)
                                 and coalesce(coalesce(p.actual_start, p.stage_day) < (${first}::date + interval '1 month'), true) as owes) owing
      where p.parent_id is null and (p.side_state is null or p.side_state = 'paused') and ${reachable(actor, sql`p.id`)}
        ${input.townId === undefined || input.townId.length === 0 ? sql.empty : sql`and p.town_id = any(${[...input.townId]}::uuid[])`}
        ${input.q === undefined || input.q.trim() === '' ? sql.empty : sql`and ${matching(input.q)}`})`;
}

const TALLY = sql`
  count(*)::int as all, (count(*) filter (where owes))::int as owed, (count(*) filter (where state = 'reported'))::int as reported, (count(*) filter (where state = 'reported' and late))::int as late,
  (count(*) filter (where state = 'reported' and revision > 1))::int as corrected, (count(*) filter (where state = 'covered'))::int as covered,
  (count(*) filter (where state = 'free'))::int as free, (count(*) filter (where state = 'missing'))::int as missing, (count(*) filter (where unknown))::int as unknown,
  coalesce(sum(month_dispatch), 0)::bigint as "monthDispatchFen", sum(month_stat)::bigint as "monthStatFen",
  coalesce(sum(year_dispatch), 0)::bigint as "yearDispatchFen", sum(year_stat)::bigint as "yearStatFen", coalesce(sum(plan_fen) filter (where not unknown), 0)::bigint as "planFen"`;

export interface Tally {
  readonly all: number; readonly owed: number; readonly reported: number; readonly late: number; readonly corrected: number; readonly covered: number; readonly free: number; readonly missing: number; readonly unknown: number;
  readonly monthDispatchFen: number; readonly monthStatFen: number | null; readonly yearDispatchFen: number; readonly yearStatFen: number | null; readonly planFen: number;
}

const NOTHING: Tally = { all: 0, owed: 0, reported: 0, late: 0, corrected: 0, covered: 0, free: 0, missing: 0, unknown: 0, monthDispatchFen: 0, monthStatFen: null, yearDispatchFen: 0, yearStatFen: null, planFen: 0 };

export async function tally(db: Db, actor: Actor, input: Input, calendar: ReportCalendar): Promise<Tally & { reminded: number }> {
  const row = await db.row<Tally & { reminded: number }>(sql`${board(actor, input, calendar)}
    select ${TALLY}, (count(*) filter (where state = 'missing' and exists (select 1 from projects_reminders m where m.project_id = board.id and m.month = ${`${input.month}-01`}::date)))::int as reminded from board`);
  return row ?? { ...NOTHING, reminded: 0 };
}

export function towns(db: Db, actor: Actor, input: Input, calendar: ReportCalendar): Promise<(Tally & { townId: string | null; townName: string | null })[]> {
  return db.rows(sql`${board(actor, input, calendar)}
    select town_id as "townId", t.name as "townName", ${TALLY} from board left join people_organisations t on t.id = board.town_id
    group by 1, 2, t.sort order by t.sort nulls last, t.name nulls last`);
}

export interface PeriodRow {
  readonly id: string; readonly seq: number; readonly name: string; readonly townName: string | null; readonly stage: string; readonly light: number; readonly commissionerName: string | null; readonly responsibleOrgName: string | null;
  readonly state: 'missing' | 'reported' | 'covered' | 'free'; readonly late: boolean; readonly revision: number | null; readonly reportId: string | null; readonly submittedDay: string | null;
  readonly monthDispatchFen: number | null; readonly monthStatFen: number | null; readonly yearDispatchFen: number | null; readonly yearStatFen: number | null; readonly planFen: number | null; readonly progress: string | null;
  readonly remindedDay: string | null; readonly reminders: number;
}

/** The rows of one state in the order of the list; the cursor is the place of the last one. */
export function rows(db: Db, actor: Actor, input: Input & { readonly after?: string }, calendar: ReportCalendar, limit: number): Promise<PeriodRow[]> {
  const first = `${input.month}-01`;
  return db.rows<PeriodRow>(sql`${board(actor, input, calendar)},
    page as (select * from board where ${stateIs(input.state)} ${input.after === undefined ? sql.empty : sql`and seq > ${Number(input.after)}`} order by seq limit ${limit})
    select b.id, b.seq, b.name, t.name as "townName", b.stage, b.light, u.name as "commissionerName", o.name as "responsibleOrgName", b.state, b.late, b.revision, r.id as "reportId", r.submitted_day as "submittedDay",
           b.month_dispatch::bigint as "monthDispatchFen", b.month_stat::bigint as "monthStatFen", b.year_dispatch::bigint as "yearDispatchFen", b.year_stat::bigint as "yearStatFen", b.plan_fen as "planFen",
           coalesce(r.progress, b.progress) as progress, m.last as "remindedDay", coalesce(m.times, 0)::int as reminders
    from page b
    left join people_organisations t on t.id = b.town_id left join people_users u on u.id = b.commissioner_id left join people_organisations o on o.id = b.responsible_org_id
    left join projects_reports r on r.project_id = b.id and r.month = ${first}::date and r.kind = 'monthly'
    left join lateral (select max(sent_day) as last, count(*) as times from projects_reminders x where x.project_id = b.id and x.month = ${first}::date) m on true
    order by b.seq`);
}

function stateIs(state: Input['state']): Sql {
  switch (state) {
    case undefined: return sql`true`;
    case 'late': return sql`(state = 'reported' and late)`;
    case 'corrected': return sql`(state = 'reported' and revision > 1)`;
    case 'missing': case 'reported': case 'covered': case 'free': return sql`state = ${state}`;
    default: return never(state);
  }
}

export interface PeriodSum {
  readonly month: string; readonly reported: number; readonly late: number; readonly corrected: number; readonly dispatchFen: number; readonly statFen: number | null; readonly openings: number; readonly openingFen: number;
}

/** What was reported for each month of a year; months without a report are left out. */
export function periodSums(db: Db, actor: Actor, year: number): Promise<PeriodSum[]> {
  return db.rows<PeriodSum>(sql`
    select to_char(r.month, 'YYYY-MM') as month, (count(*) filter (where r.kind = 'monthly'))::int as reported, (count(*) filter (where r.kind = 'monthly' and r.late))::int as late,
           (count(*) filter (where r.kind = 'monthly' and r.revision > 1))::int as corrected,
           coalesce(sum(r.dispatch_fen) filter (where r.kind = 'monthly'), 0)::bigint as "dispatchFen", (sum(r.stat_fen) filter (where r.kind = 'monthly'))::bigint as "statFen",
           (count(*) filter (where r.kind = 'opening'))::int as openings, coalesce(sum(r.dispatch_fen) filter (where r.kind = 'opening'), 0)::bigint as "openingFen"
    from projects_reports r join projects_projects p on p.id = r.project_id
    where r.month between make_date(${year}, 1, 1) and make_date(${year}, 12, 1) and p.parent_id is null and (p.side_state is null or p.side_state = 'paused') and ${reachable(actor, sql`p.id`)}
    group by 1 order by 1`);
}

export interface Remindable {
  readonly id: string; readonly name: string; readonly state: 'missing' | 'reported' | 'covered' | 'free'; readonly commissionerId: string | null; readonly responsibleOrgId: string | null; readonly today: boolean;
}

/** The named projects that the reader may know, with what decides whether they are reminded. */
export function remindable(tx: Db, actor: Actor, month: string, projectIds: readonly string[], calendar: ReportCalendar, today: string): Promise<Remindable[]> {
  return tx.rows<Remindable>(sql`${board(actor, { month }, calendar)}
    select id, name, state, commissioner_id as "commissionerId", responsible_org_id as "responsibleOrgId",
           exists (select 1 from projects_reminders m where m.project_id = board.id and m.month = ${`${month}-01`}::date and m.sent_day = ${today}::date) as today
    from board where id = any(${[...projectIds]}::uuid[])`);
}

export interface Reminder { readonly id: string; readonly projectId: string; readonly userId: string | null; readonly orgId: string | null }

export async function writeReminders(tx: Db, month: string, reminders: readonly Reminder[], by: string, at: Date, day: string): Promise<void> {
  await tx.run(sql`
    insert into projects_reminders (id, project_id, month, to_user_id, to_org_id, sent_by, sent_at, sent_day)
    select v.id, v."projectId", ${`${month}-01`}::date, v."userId", v."orgId", ${by}::uuid, ${at}::timestamptz, ${day}::date
    from jsonb_to_recordset(${json(reminders)}::jsonb) as v (id uuid, "projectId" uuid, "userId" uuid, "orgId" uuid) on conflict (project_id, month, sent_day) do nothing`);
}

/** Reminders to a person or to the body that he works for, as long as the report is not there. */
export function openReminders(db: Db, actor: Actor): Promise<{ projectId: string; projectName: string; month: string; sentBy: string; sentAt: string; times: number }[]> {
  return db.rows(sql`
    select m.project_id as "projectId", p.name as "projectName", to_char(m.month, 'YYYY-MM') as month,
           coalesce((array_agg(u.name order by m.sent_at desc))[1], '') as "sentBy", max(m.sent_at) as "sentAt", count(*)::int as times
    from projects_reminders m join projects_projects p on p.id = m.project_id left join people_users u on u.id = m.sent_by
    where (m.to_user_id = ${actor.userId} or (m.to_user_id is null and m.to_org_id = ${actor.orgId})) and ${reachable(actor, sql`p.id`)}
      and not exists (select 1 from projects_reports r where r.project_id = m.project_id and (r.month = m.month or (r.kind = 'opening' and r.month >= m.month and extract(year from r.month) = extract(year from m.month))))
    group by 1, 2, 3, m.month order by m.month, p.name limit 200`);
}

function never(value: never): never {
  throw new Error(`unknown: ${String(value)}`);
}
