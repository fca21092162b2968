// The zone's working-day calendar for everything that counts days: which edition holds, and the calendars made of it. An edition is never
// changed, so what is remembered by its id cannot grow old; which one holds is asked of the database, once in each transaction.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import { calendarWith, type WorkCalendar } from '../../../kernel/workdays.ts';
import type { Actor } from '../../../platform/actor.ts';
import { json, sql, type Db } from '../../../platform/db.ts';
import { extraOf, NOTHING_ENTERED, type CalendarBody } from './shape.ts';

export interface ZoneCalendar {
  /** 0: nothing was entered, the notices that came with the program hold alone. */
  readonly edition: number;
  /** For the clocks of the law: notices, and local days that bind all. */
  readonly law: WorkCalendar;
  /** For plans and forecasts: all local days too. */
  readonly plans: WorkCalendar;
  readonly body: CalendarBody;
}

/** The calendar that holds now. Within a transaction it is asked for once: whatever is counted in it is counted by one edition. */
export function readCalendar(db: Db): Promise<ZoneCalendar> {
  if (!('last' in db)) return newest(db);
  const known = ASKED.get(db);
  if (known !== undefined) return known;
  const asked = newest(db);
  ASKED.set(db, asked);
  return asked;
}

const ASKED = new WeakMap<Db, Promise<ZoneCalendar>>();

async function newest(db: Db): Promise<ZoneCalendar> {
  const row = await db.row<Edition>(sql`select id, number from approvals_calendars order by number desc limit 1`);
  return row === undefined ? SHIPPED : made(db, row);
}

/** The calendar of an earlier edition: a case that is closed stays counted by its own. */
export async function readEdition(db: Db, number: number): Promise<ZoneCalendar> {
  if (number === 0) return SHIPPED;
  const row = await db.row<Edition>(sql`select id, number from approvals_calendars where number = ${number}`);
  return row === undefined ? readCalendar(db) : made(db, row);
}

/** By which a case is counted: while it is open by the newest, afterwards by the one by which it was closed. */
export function calendarFor(db: Db, { closed_day: closed, calendar }: { readonly closed_day: string | null; readonly calendar: number }): Promise<ZoneCalendar> {
  return closed === null ? readCalendar(db) : readEdition(db, calendar);
}

interface Edition { readonly id: string; readonly number: number }

const SHIPPED: ZoneCalendar = { edition: 0, law: calendarWith(), plans: calendarWith(), body: NOTHING_ENTERED };

const REMEMBERED = 32; // editions of all zones that this process serves
const MADE = new Map<string, ZoneCalendar>();

async function made(db: Db, { id, number }: Edition): Promise<ZoneCalendar> {
  const known = MADE.get(id);
  if (known !== undefined) return known;
  const row = await db.row<{ body: CalendarBody }>(sql`select body from approvals_calendars where id = ${id}`);
  const calendar = calendarOf(number, row?.body ?? NOTHING_ENTERED);
  MADE.set(id, calendar);
  const [oldest] = MADE.keys();
  if (MADE.size > REMEMBERED && oldest !== undefined) MADE.delete(oldest);
  return calendar;
}

export function calendarOf(edition: number, body: CalendarBody): ZoneCalendar {
  const law = calendarWith(extraOf(body, 'law'));
  return { edition, law, plans: body.local.every((one) => one.counts === 'all') ? law : calendarWith(extraOf(body, 'plans')), body };
}

/** One at a time changes the calendar: each edition is made of the one before it. */
export async function lockCalendar(tx: Db): Promise<ZoneCalendar> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('approvals.calendar', 0))`);
  return newest(tx);
}

export type Change = 'notice_entered' | 'notice_withdrawn' | 'days_entered' | 'days_withdrawn';

export async function writeEdition(tx: Db, one: { readonly number: number; readonly body: CalendarBody; readonly kind: Change; readonly subject: string; readonly reason: string | null }, by: Actor, now: Now): Promise<void> {
  await tx.run(sql`
    insert into approvals_calendars (id, number, body, kind, subject, reason, day, created_by, created_name, created_at)
    values (${newId(now.instant.getTime())}, ${one.number}, ${json(one.body)}::json, ${one.kind}, ${one.subject}, ${one.reason}, ${now.day}, ${by.userId}, ${by.name}, ${now.instant})`);
}

export interface EditionRow {
  readonly number: number; readonly kind: Change; readonly subject: string; readonly reason: string | null; readonly day: string; readonly by: string; readonly at: string;
}

/** The newest first; before a number. */
export function editions(db: Db, before: number | undefined, limit: number): Promise<EditionRow[]> {
  return db.rows<EditionRow>(sql`
    select number, kind, subject, reason, day, created_name as by, created_at as at from approvals_calendars
    where ${before === undefined ? sql`true` : sql`number < ${before}`} order by number desc limit ${limit}`);
}

export interface Left {
  readonly cases: number;
  readonly plans: number;
}

/** Open cases, and plans of projects before their start, that are still counted by an earlier edition. */
export async function leftToCount(db: Db, edition: number): Promise<Left> {
  const row = await db.row<Left>(sql`
    select (select count(*)::int from approvals_cases c where c.closed_day is null and c.calendar < ${edition}) as cases,
      (select count(*)::int from approvals_plans a join projects_projects p on p.id = a.project_id
        where a.calendar < ${edition} and p.actual_start is null and p.stage in ('planned', 'reserved', 'signed', 'performed', 'preliminary')) as plans`);
  return row ?? { cases: 0, plans: 0 };
}
