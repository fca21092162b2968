// The working-day calendar: which days are worked, and deadlines counted in working days as the law counts them. Pure; every answer is
// arithmetic on two small tables, whatever the distance. Never passes off a year that is not announced as known: it says `provisional`.
import { dayOfNumber, FIRST_DAY, LAST_DAY, numberOf, numberOfDay, weekdayOf } from './epoch.ts';
import { NOTICES, type Notice } from './holidays.ts';
import { rangesOf } from './notice.ts';
import { refuse } from './refuse.ts';

export type { Notice } from './holidays.ts';

/** A day on which the zone differs from the notices: a local holiday, a closure, a day that is worked after all. */
export interface LocalDay {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly work: boolean;
}

export interface Deadline {
  /** YYYY-MM-DD */
  readonly day: string;
  /** A day from the start to the deadline lies in a year that is not announced: the deadline may still move. */
  readonly provisional: boolean;
}

/**
 * Days are texts YYYY-MM-DD. Refuses `workdays.not_a_day`, `workdays.bad_count` (not a whole number from 0) and `workdays.out_of_range`
 * (before the year 1, after the year 9999).
 */
export interface WorkCalendar {
  isWorkday(day: string): boolean;
  /** The year of the day is not announced: Monday to Friday are taken for working days. */
  provisional(day: string): boolean;
  /** The deadline some working days after a start. The day of the start does not count (民法典 201, 行政许可法 82); 0 gives the start itself. */
  add(day: string, count: number): Deadline;
  /** The day from which `count` working days lead to `day`, the latest such one that is worked; 0 gives the day itself. */
  back(day: string, count: number): Deadline;
  /** Working days in (from, to]; negative when `to` is earlier. */
  between(from: string, to: string): number;
  /** The first working day that is not before `day`. */
  next(day: string): string;
  /** The same with days as numbers (epoch.ts), unchecked, for loops over very many. */
  readonly numbers: WorkNumbers;
}

/** Days are numbers since 1970-01-01 and must be whole; counts must be whole and not negative. Nothing is checked. */
export interface WorkNumbers {
  isWorkday(day: number): boolean;
  provisional(day: number): boolean;
  /** Whether a day of [from, to] lies in a year that is not announced. */
  provisionalBetween(from: number, to: number): boolean;
  add(day: number, count: number): number;
  back(day: number, count: number): number;
  between(from: number, to: number): number;
  next(day: number): number;
}

export interface CalendarExtra {
  /** Notices that are new, or that replace the one of their year. */
  readonly notices?: readonly Notice[];
  /** Local days; they overrule every notice. */
  readonly days?: readonly LocalDay[];
}

/**
 * The national calendar with what an administrator entered: a new year's notice, a corrected one, local days. A later entry for the same
 * year or day replaces an earlier one. Refuses a notice that contradicts itself (`workdays.contradiction`) or that cannot be read.
 */
export function calendarWith(extra?: CalendarExtra): WorkCalendar {
  if (extra === undefined) return (national ??= calendarOf({}));
  return calendarOf(extra);
}

// The calendar without anything entered is asked for by every command that counts days: its tables are made once.
let national: WorkCalendar | undefined;

function calendarOf(extra: CalendarExtra): WorkCalendar {
  const notices = new Map(NOTICES.map((notice) => [notice.year, notice]));
  for (const notice of extra.notices ?? []) notices.set(notice.year, notice);
  const exceptions = new Map<number, boolean>();
  for (const notice of [...notices.values()].sort((a, b) => a.year - b.year)) for (const [day, work] of rangesOf(notice)) exceptions.set(day, work);
  for (const { day, work } of extra.days ?? []) exceptions.set(checkedDay(day), work);
  return worded(numbersOf(exceptions, new Set(notices.keys())));
}

/** Texts around the numbers: checked on the way in, marked on the way out. */
function worded(numbers: WorkNumbers): WorkCalendar {
  const deadline = (from: number, to: number): Deadline => {
    if (!(to >= FIRST_DAY && to <= LAST_DAY)) refuse('workdays.out_of_range');
    return { day: dayOfNumber(to), provisional: numbers.provisionalBetween(Math.min(from, to), Math.max(from, to)) };
  };
  return {
    isWorkday: (day) => numbers.isWorkday(checkedDay(day)),
    provisional: (day) => numbers.provisional(checkedDay(day)),
    add: (day, count) => {
      const start = checkedDay(day);
      return deadline(start, numbers.add(start, checkedCount(count)));
    },
    back: (day, count) => {
      const end = checkedDay(day);
      return deadline(end, numbers.back(end, checkedCount(count)));
    },
    between: (from, to) => numbers.between(checkedDay(from), checkedDay(to)),
    next: (day) => {
      const start = checkedDay(day);
      return deadline(start, numbers.next(start)).day;
    },
    numbers,
  };
}

/**
 * Between the first and the last exception two tables answer: how many working days have passed by a day, and which day is the nth. Before
 * and after them Monday to Friday hold and a formula answers, shifted by what the exceptions add up to.
 */
function numbersOf(exceptions: ReadonlyMap<number, boolean>, announced: ReadonlySet<number>): WorkNumbers {
  const known = [...exceptions.keys()];
  const low = known.reduce((a, b) => Math.min(a, b), Infinity);
  const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const passed = new Int32Array(Math.max(0, high - low + 1));
  const before = plainRank(low - 1);
  const days: number[] = [];
  for (let day = low; day <= high; day += 1) {
    if (exceptions.get(day) ?? weekdayOf(day) < 5) days.push(day);
    passed[day - low] = before + days.length;
  }
  const nth = Int32Array.from(days);
  const shift = known.length === 0 ? 0 : before + nth.length - plainRank(high);
  const rank = (day: number): number => (day < low ? plainRank(day) : day > high ? plainRank(day) + shift : (passed[day - low] ?? 0));
  const dayAt = (place: number): number => {
    if (known.length === 0 || place <= before) return plainDay(place);
    return place > before + nth.length ? plainDay(place - shift) : (nth[place - before - 1] ?? 0);
  };
  const unknown = unknownYears(announced);
  return {
    isWorkday: (day) => rank(day) > rank(day - 1),
    provisional: (day) => unknown(day, day),
    provisionalBetween: unknown,
    add: (day, count) => (count === 0 ? day : dayAt(rank(day) + count)),
    back: (day, count) => (count === 0 ? day : dayAt(rank(day - 1) - count + 1)),
    between: (from, to) => rank(to) - rank(from),
    next: (day) => dayAt(rank(day - 1) + 1),
  };
}

/** Mondays to Fridays up to a day, counted from Monday 1969-12-29 (which is number 1). */
function plainRank(day: number): number {
  const since = day + 3;
  const week = Math.floor(since / 7);
  return week * 5 + Math.min(since - week * 7 + 1, 5);
}

/** The day on which `plainRank` reaches a number. */
function plainDay(rank: number): number {
  const week = Math.floor((rank - 1) / 5);
  return week * 7 + (rank - 1 - week * 5) - 3;
}

/** Says of two days whether a year between them is not announced: all is known where one run of announced years holds both. */
function unknownYears(announced: ReadonlySet<number>): (from: number, to: number) => boolean {
  const runs: { first: number; last: number }[] = [];
  for (const year of [...announced].sort((a, b) => a - b)) {
    const [first, last, run] = [numberOf(year, 1, 1), numberOf(year, 12, 31), runs.at(-1)];
    if (run?.last === first - 1) run.last = last;
    else runs.push({ first, last });
  }
  return (from, to) => !runs.some((run) => from >= run.first && to <= run.last);
}

function checkedDay(day: string): number {
  return numberOfDay(day) ?? refuse('workdays.not_a_day', { day: String(day).slice(0, 40) });
}

function checkedCount(count: number): number {
  if (!Number.isSafeInteger(count) || count < 0) refuse('workdays.bad_count', { count: String(count) });
  return count;
}
