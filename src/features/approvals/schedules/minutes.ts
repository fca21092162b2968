// Time as whole minutes from 0:00 of a first day, and calendars over them for the network engine: the clock of planning programs, so that
// a task that ends on Friday at 17:00 lets the next one begin on Monday at 8:00. Knows no time zone: local times are what people planned.
import { EVERY_DAY, type Calendar } from '../../../kernel/calendartime.ts';
import { dayOfNumber, numberOfDay, weekdayOf } from '../../../kernel/epoch.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Hours, ScheduleCalendar } from './model.ts';

export const DAY = 1440;

/** Every minute of the clock. */
export const ELAPSED: Calendar = EVERY_DAY;

/** Minutes from 0:00 of day `first` (a number of epoch.ts) to a time YYYY-MM-DDTHH:MM; null where it is no time. */
export function minuteOf(time: string, first: number): number | null {
  const day = numberOfDay(time.slice(0, 10));
  const clock = /^T(\d\d):(\d\d)$/.exec(time.slice(10));
  return day === undefined || clock === null ? null : (day - first) * DAY + Number(clock[1]) * 60 + Number(clock[2]);
}

/** The time YYYY-MM-DDTHH:MM at a minute. One that ends something at midnight belongs to the day that it ends: T24:00 is not written. */
export function timeOf(minute: number, first: number): string {
  const day = Math.floor(minute / DAY);
  const rest = minute - day * DAY;
  return `${dayOfNumber(first + day)}T${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`;
}

/** Days without work after which a calendar counts as never working again. */
const IDLE_DAYS = 3660;
/** A century: a sum that reaches it is a slip in the file. */
const LAST = 36_525;

/**
 * The worked minutes of a calendar. Before day 0 every minute counts as worked. Refuses `network.idle_calendar` where ten years pass
 * without work and `schedules.too_long` beyond a hundred years.
 */
export function minuteCalendar(calendar: ScheduleCalendar, first: number): Calendar {
  const exceptions = exceptionsOf(calendar);
  /** Worked minutes before each day. */
  const passed = [0];
  let idle = 0;
  const hoursAt = (day: number): Hours => exceptions.get(first + day) ?? calendar.week[weekdayOf(first + day)] ?? [];
  const lookAt = (): void => {
    const day = passed.length - 1;
    const worked = hoursAt(day).reduce((sum, [from, to]) => sum + to - from, 0);
    idle = worked === 0 ? idle + 1 : 0;
    if (idle > IDLE_DAYS) refuse('network.idle_calendar', { days: IDLE_DAYS });
    if (day > LAST) refuse('schedules.too_long');
    passed.push((passed[day] ?? 0) + worked);
  };
  return {
    ordinal: (at) => {
      if (at < 0) return at;
      const day = Math.floor(at / DAY);
      while (passed.length <= day) lookAt();
      const clock = at - day * DAY;
      return hoursAt(day).reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, clock) - from), passed[day] ?? 0);
    },
    moment: (ordinal) => {
      if (ordinal < 0) return ordinal;
      while ((passed.at(-1) ?? 0) <= ordinal) lookAt();
      const day = dayHolding(passed, ordinal);
      let left = ordinal - (passed[day] ?? 0);
      for (const [from, to] of hoursAt(day)) {
        if (left < to - from) return day * DAY + from + left;
        left -= to - from;
      }
      return day * DAY;
    },
  };
}

/** The last day before which no more than `ordinal` minutes are worked. */
function dayHolding(passed: readonly number[], ordinal: number): number {
  let [low, high] = [0, passed.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((passed[middle] ?? 0) <= ordinal) low = middle;
    else high = middle - 1;
  }
  return low;
}

function exceptionsOf(calendar: ScheduleCalendar): Map<number, Hours> {
  const days = new Map<number, Hours>();
  for (const { from, to, hours } of calendar.exceptions) {
    const last = numberOfDay(to) ?? -Infinity;
    for (let day = numberOfDay(from) ?? Infinity; day <= last; day += 1) days.set(day, hours);
  }
  return days;
}
