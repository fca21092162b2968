// On which days a meeting recurs: the weekday of its rule, moved off days that are not worked. Pure.
import { addDays, daysBetween } from '../../../kernel/days.ts';
import { numberOfDay, weekdayOf } from '../../../kernel/epoch.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { isRetired, type Policy } from './shape.ts';

export interface Occurrence {
  readonly recurs: string;
  readonly kind: string;
  /** The day of the rule, which names it for ever. */
  readonly occurrence: string;
  /** The day on which it is held. */
  readonly day: string;
}

/** Occurrences of all rules that are on, whose day of the rule lies in [today, today + ahead]. */
export function occurrences(rules: Policy['recurrence'], today: string, calendar: WorkCalendar): readonly Occurrence[] {
  return rules.filter((rule) => rule.on && !isRetired(rule)).flatMap((rule) => days(rule, today).flatMap((occurrence) => {
    const day = moved(occurrence, rule.moved, calendar);
    return day === undefined || day < today ? [] : [{ recurs: rule.code, kind: rule.kind, occurrence, day }];
  }));
}

function days(rule: Policy['recurrence'][number], today: string): string[] {
  const first = toWeekday(rule.from, rule.weekday);
  const passed = Math.max(0, daysBetween(first, today));
  const step = rule.everyWeeks * 7;
  const found: string[] = [];
  for (let day = addDays(first, Math.ceil(passed / step) * step); day <= addDays(today, rule.aheadDays); day = addDays(day, step)) if (day >= today) found.push(day);
  return found;
}

/** The first day on or after `day` that is this weekday, 1 Monday … 7 Sunday. */
function toWeekday(day: string, weekday: number): string {
  return addDays(day, (weekday - 1 - weekdayOf(numberOfDay(day) ?? 0) + 7) % 7);
}

function moved(day: string, how: Policy['recurrence'][number]['moved'], calendar: WorkCalendar): string | undefined {
  if (calendar.isWorkday(day)) return day;
  if (how === 'left_out') return undefined;
  if (how === 'later') return calendar.next(day);
  return calendar.back(day, 1).day;
}
