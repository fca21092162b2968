// Time as the clocks of problems count it: every minute, minutes of office hours, working days, calendar days. Pure arithmetic over the zone's
// working-day calendar; moments are milliseconds, minutes are whole or fractions. China knows no daylight saving (UTC+8).
import type { WorkCalendar, WorkNumbers } from '../../../kernel/workdays.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;
const DAY_MINUTES = 1440;

/** Windows of the day in minutes since midnight, in order, not overlapping: [[510, 720], [870, 1080]]. */
export type Hours = readonly (readonly [number, number])[];

/** Minutes that count. */
export interface Basis {
  /** The moment at which so many minutes have passed since `at`. */
  add(at: number, minutes: number): number;
  /** How many minutes lie between two moments; negative when `b` is earlier. */
  between(a: number, b: number): number;
  /** From where a count begins: that of days with the day after, for the day of the start does not count (民法典 201). */
  start(at: number): number;
  /** The last moment that is in time: days are full with the end of their last one, or with the hour that a pause has moved them to. */
  end(at: number): number;
}

/** Every minute of day and night. */
export const always: Basis = { add: (at, minutes) => at + minutes * MINUTE_MS, between: (a, b) => (b - a) / MINUTE_MS, start: same, end: same };

/** Minutes of office hours on working days. */
export function officeBasis(calendar: WorkCalendar, hours: Hours): Basis {
  return { ...counting(calendar.numbers, hours), start: same, end: same };
}

const WHOLE: Hours = [[0, DAY_MINUTES]];

/** Working days of 1440 minutes each. */
export function workdayBasis(calendar: WorkCalendar): Basis {
  return { ...counting(calendar.numbers, WHOLE), start: nextMidnight, end: before };
}

/** Calendar days. */
export const dayBasis: Basis = { ...counting({ add: (day, count) => day + count, between: (from, to) => to - from, isWorkday: () => true }, WHOLE), start: nextMidnight, end: before };

/** The number of the zone's day (epoch.ts) in which a moment lies. */
export function dayNumberOf(at: number): number {
  return Math.floor((at + OFFSET_MS) / DAY_MS);
}

/** The first moment of a day. */
export function midnight(day: number): number {
  return day * DAY_MS - OFFSET_MS;
}

function nextMidnight(at: number): number {
  return midnight(dayNumberOf(at) + 1);
}

function before(at: number): number {
  return at - 1;
}

function same(at: number): number {
  return at;
}

function counting(days: Pick<WorkNumbers, 'add' | 'between' | 'isWorkday'>, hours: Hours): Pick<Basis, 'add' | 'between'> {
  const perDay = hours.reduce((sum, [from, to]) => sum + to - from, 0);
  /** Minutes that counted on the moment's day before it. */
  const passed = (at: number): number => {
    const day = dayNumberOf(at);
    return days.isWorkday(day) ? within(hours, (at - midnight(day)) / MINUTE_MS) : 0;
  };
  return {
    between: (a, b) => days.between(dayNumberOf(a) - 1, dayNumberOf(b) - 1) * perDay + passed(b) - passed(a),
    add: (at, minutes) => {
      if (minutes <= 0) return at;
      const total = minutes + passed(at);
      const whole = Math.ceil(total / perDay) - 1;
      return midnight(days.add(dayNumberOf(at) - 1, whole + 1)) + minuteOf(hours, total - whole * perDay) * MINUTE_MS;
    },
  };
}

function within(hours: Hours, minute: number): number {
  return hours.reduce((sum, [from, to]) => sum + Math.min(Math.max(minute - from, 0), to - from), 0);
}

/** The minute of the day at which so many have counted. */
function minuteOf(hours: Hours, counted: number): number {
  let left = counted;
  for (const [from, to] of hours) {
    if (left <= to - from) return from + left;
    left -= to - from;
  }
  return hours.at(-1)?.[1] ?? DAY_MINUTES;
}
