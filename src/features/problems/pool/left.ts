// Time left until a moment, or since it, as people say it: minutes and hours on the same day, working days beyond, calendar days where no working
// day lies between. Pure.
import type { WorkNumbers } from '../../../kernel/workdays.ts';
import { dayNumberOf } from '../clocks/basis.ts';

export const LEFT_UNITS = ['minute', 'hour', 'workday', 'day'] as const;
export interface Left { readonly over: boolean; readonly count: number; readonly unit: (typeof LEFT_UNITS)[number] }

const MINUTE_MS = 60_000;
const HOUR = 60;

/** Moments in milliseconds. What is over has lasted at least what is said; of what is left, no more is said than there is. */
export function leftUntil(due: number, at: number, days: Pick<WorkNumbers, 'between'>): Left {
  const over = due < at;
  const [first, last] = over ? [due, at] : [at, due];
  const [from, to] = [dayNumberOf(first), dayNumberOf(last)];
  if (from === to) {
    const minutes = Math.max(over ? 1 : 0, Math.floor((last - first) / MINUTE_MS));
    return minutes < HOUR ? { over, count: minutes, unit: 'minute' } : { over, count: Math.floor(minutes / HOUR), unit: 'hour' };
  }
  const working = days.between(from, to);
  return working > 0 ? { over, count: working, unit: 'workday' } : { over, count: to - from, unit: 'day' };
}

/** Of two clocks the one that runs out first; null where none does. */
export function firstDue(...dues: readonly (string | null)[]): number | null {
  const known = dues.filter((due) => due !== null).map((due) => Date.parse(due));
  return known.length === 0 ? null : Math.min(...known);
}
