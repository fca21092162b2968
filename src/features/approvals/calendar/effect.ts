// What a change of the calendar would move: which days become another kind, the deadlines of open cases, the days of plans. Reads within bounds
// and says where it stopped; writes nothing.
import { turn } from '../../../platform/turns.ts';
import type { Now } from '../../../kernel/clock.ts';
import { addDays, yearOf } from '../../../kernel/days.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { readNames } from '../cases/catalogue.ts';
import { CASE_COLUMNS, countedAnew, type CountedRow } from '../cases/recount.ts';
import { eventsOf } from '../cases/store.ts';
import { keptOf, type Ground, type Kept } from '../planning/rules.ts';
import { groundOn, provisionalOrFrom, readSubjects } from '../planning/store.ts';
import type { Draft, readEffect } from './contract.ts';
import { differing, noticeFaults, withoutLocal, type NoticeFault } from './rules.ts';
import type { CalendarBody } from './shape.ts';
import { calendarOf, readCalendar, type ZoneCalendar } from './store.ts';

type Effect = OutputOf<typeof readEffect>;

/** As many as are looked at, and as are shown. */
const MOST_CASES = 3000;
const MOST_PLANS = 400;
const SHOWN = 50;
const AT_ONCE = 5;
const NO_PERSON = { edition: 0, day: '2000-01-01', by: '', document: '-', link: null };

export async function effectOf(db: Db, draft: Draft, now: Now): Promise<Effect> {
  const calendar = await readCalendar(db);
  const faults = draft.kind === 'notice' ? noticeFaults(draft).map(said) : [];
  const after = calendarOf(calendar.edition, bodyWith(calendar.body, draft));
  const [from, to] = spanOf(calendar.body, draft);
  const law = new Set(differing(calendar.law, after.law, from, to));
  const days = [...new Set([...law, ...differing(calendar.plans, after.plans, from, to)])].toSorted();
  const rest = { edition: calendar.edition, faults, days: days.map((day) => ({ day, work: (law.has(day) ? after.law : after.plans).isWorkday(day), law: law.has(day) })) };
  // Where no day changes, an announcement still settles what was provisional.
  const first = days[0] ?? '9999-12-31';
  const settles = draft.kind === 'notice' || draft.kind === 'no_notice';
  return {
    ...rest,
    cases: law.size === 0 && !settles ? NO_CASES : await casesMoved(db, after, first, now),
    plans: days.length === 0 && !settles ? NO_PLANS : await plansMoved(db, calendar, after, first, now),
  };
}

const NO_CASES: Effect['cases'] = { looked: 0, all: true, moved: 0, later: 0, settled: 0, lines: [] };
const NO_PLANS: Effect['plans'] = { looked: 0, all: true, moved: 0, later: 0, settled: 0, certain: [], still: 0, missing: [], lines: [] };

function said({ code, ...params }: NoticeFault): Effect['faults'][number] {
  return { code, params: Object.fromEntries(Object.entries(params)) };
}

/** The calendar as it would be; nothing is checked that only the entry itself has to keep. */
function bodyWith(body: CalendarBody, draft: Draft): CalendarBody {
  switch (draft.kind) {
    case 'notice': return { ...body, notices: [...body.notices.filter((one) => one.year !== draft.year), { ...NO_PERSON, year: draft.year, off: draft.off, work: draft.work, note: null }] };
    case 'no_notice': return { ...body, notices: body.notices.filter((one) => one.year !== draft.year) };
    case 'local': return { ...body, local: [...body.local, { ...NO_PERSON, id: '', name: '', basis: null, from: draft.from, to: draft.to, work: draft.work, counts: draft.counts }] };
    case 'no_local': return withoutLocal(body, draft.id).body;
  }
}

/** Where the two can differ at all. */
function spanOf(body: CalendarBody, draft: Draft): readonly [string, string] {
  if (draft.kind === 'local') return [draft.from, draft.to > addDays(draft.from, 400) ? draft.from : draft.to];
  if (draft.kind === 'no_local') {
    const { gone } = withoutLocal(body, draft.id);
    return [gone.from, gone.to];
  }
  return [`${String(draft.year - 1)}-01-01`, `${String(draft.year + 1)}-12-31`];
}

type CaseRow = CountedRow & {
  readonly project_name: string; readonly org_name: string; readonly statutory_due: string | null; readonly promised_due: string | null; readonly owed_day: string | null; readonly provisional: boolean;
};

async function casesMoved(db: Db, after: ZoneCalendar, first: string, now: Now): Promise<Effect['cases']> {
  const rows = await db.rows<CaseRow>(sql`
    select ${CASE_COLUMNS}, p.name as project_name, coalesce(o.short_name, o.name) as org_name, c.statutory_due, c.promised_due, c.owed_day, c.provisional
    from approvals_cases c join projects_projects p on p.id = c.project_id join people_organisations o on o.id = c.org_id
    where c.closed_day is null and (c.provisional or greatest(c.statutory_due, c.promised_due, c.owed_day) >= ${first}::date) order by c.id limit ${MOST_CASES + 1}`);
  const looked = rows.slice(0, MOST_CASES);
  const [events, names] = await Promise.all([eventsOf(db, looked.map((row) => row.id)), readNames(db, now.day)]);
  const found = looked.map((row) => ({ row, ...movedIn(row, countedAnew(row, events.get(row.id) ?? [], row.limits, now, after.law).numbers) }));
  const moved = found.filter((one) => one.which !== null);
  return {
    looked: looked.length, all: rows.length <= MOST_CASES, moved: moved.length, later: moved.filter((one) => one.after > one.before).length, settled: found.filter((one) => one.settled).length,
    lines: moved.slice(0, SHOWN).map(({ row, which, before, after: then }) => ({
      id: row.id, projectName: row.project_name, item: row.item, itemName: names.item(row.item)?.name ?? { zh: row.item, en: row.item }, orgName: row.org_name, which: which ?? 'owed', before, after: then,
    })),
  };
}

interface MovedCase { readonly which: 'statutory' | 'promised' | 'owed' | null; readonly before: string; readonly after: string; readonly settled: boolean }

/** The first deadline of a case that moves: of the law, of the promise, of what is owed next. */
function movedIn(row: CaseRow, then: { readonly statutory_due: string | null; readonly promised_due: string | null; readonly owed_day: string | null; readonly provisional: boolean }): MovedCase {
  const pairs = [['statutory', row.statutory_due, then.statutory_due], ['promised', row.promised_due, then.promised_due], ['owed', row.owed_day, then.owed_day]] as const;
  const [which, before, after] = pairs.find(([, a, b]) => a !== null && b !== null && a !== b) ?? [null, '', ''];
  return { which, before: before ?? '', after: after ?? '', settled: row.provisional && !then.provisional };
}

async function plansMoved(db: Db, before: ZoneCalendar, after: ZoneCalendar, first: string, now: Now): Promise<Effect['plans']> {
  const [ground, ids] = await Promise.all([groundOn(db, now.day), provisionalOrFrom(db, first, MOST_PLANS + 1)]);
  const grounds: readonly [Ground, Ground] = [{ ...ground, calendar: before.plans }, { ...ground, calendar: after.plans }];
  const lines: Effect['plans']['lines'] = [];
  const certain: Effect['plans']['certain'] = [];
  const missing = new Set<number>();
  let [later, settled, still] = [0, 0, 0];
  const subjects = await readSubjects(db, ids.slice(0, MOST_PLANS));
  for (const [i, one] of subjects.entries()) {
    if (i % AT_ONCE === 0) await turn();
    const [today, then] = [keptOf(grounds[0], one), keptOf(grounds[1], one)];
    if (then.provisional) {
      still += 1;
      for (const year of missingYears(after.plans, now.day, then.beginDay ?? then.permitDay)) missing.add(year);
    } else if (today.provisional) {
      settled += 1;
      if (certain.length < SHOWN) certain.push({ id: one.id, name: one.name, day: then.beginDay ?? then.permitDay });
    }
    const line = movedPlan(today, then);
    if (line === undefined) continue;
    if ((line.after ?? '9999') > (line.before ?? '')) later += 1;
    lines.push({ id: one.id, name: one.name, ...line });
  }
  return { looked: subjects.length, all: ids.length <= MOST_PLANS, moved: lines.length, later, settled, certain, still, missing: [...missing].toSorted((a, b) => a - b), lines: lines.slice(0, SHOWN) };
}

/** The years up to a day that are not announced. */
function missingYears(calendar: WorkCalendar, from: string, to: string | null): number[] {
  const [first, last] = [yearOf(from), to === null ? 0 : yearOf(to)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).filter((year) => calendar.provisional(`${String(year)}-06-30`));
}

function movedPlan(a: Kept, b: Kept): { which: 'permit' | 'begin'; before: string | null; after: string | null } | undefined {
  if (a.beginDay !== b.beginDay) return { which: 'begin', before: a.beginDay, after: b.beginDay };
  return a.permitDay === b.permitDay ? undefined : { which: 'permit', before: a.permitDay, after: b.permitDay };
}
