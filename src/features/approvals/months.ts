// Periods of months: they end on the day of the same number, or on the last day of a month that has none (民法典 202). The day of the start does
// not count, so the last day is the one that is given.
import { addMonths, lastDay } from '../../kernel/days.ts';

/** 2024-12-31 and two months give 2025-02-28. */
export function monthsAfter(day: string, months: number): string {
  const month = addMonths(day.slice(0, 7), months);
  const last = lastDay(month);
  const same = `${month}-${day.slice(8)}`;
  return same < last ? same : last;
}
