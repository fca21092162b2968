// Decisions on the programme: which quarters are over, when their reports are due, what a report may say, where a measure stands. Pure.
import { addDays, daysBetween } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { MEASURE_STATES } from './contract.ts';

const ENDS = ['03-31', '06-30', '09-30', '12-31'] as const;
export const QUARTERS = [1, 2, 3, 4] as const;

export interface QuarterDays { readonly quarter: number; readonly end: string; readonly due: string }

export function quartersOf(year: number, dueDays: number): QuarterDays[] {
  return QUARTERS.map((quarter) => {
    const end = `${String(year)}-${ENDS[quarter - 1] ?? '12-31'}`;
    return { quarter, end, due: addDays(end, dueDays) };
  });
}

/** A quarter is reported when it is over, or on its last day. */
export function isOver({ end }: Pick<QuarterDays, 'end'>, day: string): boolean {
  return day >= end;
}

export interface Report { readonly quarter: number; readonly state: 'submitted' | 'approved' | 'returned'; readonly value: number; readonly first_day: string; readonly due_day: string }

export interface Measure { readonly target: number; readonly created_day: string; readonly withdrawn_day: string | null }

/** The quarters whose reports are owed: over since the measure is there, and neither submitted nor approved. What is reached is reported no more. */
export function owedOf(measure: Measure, reports: readonly Report[], quarters: readonly QuarterDays[], day: string): QuarterDays[] {
  if (isDone(measure, reports) || measure.withdrawn_day !== null) return [];
  return quarters.filter((one) => isOver(one, day) && one.end >= measure.created_day && !reports.some((report) => report.quarter === one.quarter && report.state !== 'returned'));
}

/** Only what was approved counts: the latest quarter's value. */
export function reached(reports: readonly Report[]): number | null {
  return reports.filter((one) => one.state === 'approved').toSorted((a, b) => b.quarter - a.quarter)[0]?.value ?? null;
}

export function isDone({ target }: Pick<Measure, 'target'>, reports: readonly Report[]): boolean {
  return (reached(reports) ?? 0) >= target;
}

/** Basis points, at most the whole. */
export function progressBp({ target }: Pick<Measure, 'target'>, value: number | null): number {
  return Math.min(10_000, Math.round(((value ?? 0) / target) * 10_000));
}

export function stateOf(measure: Measure, reports: readonly Report[], quarters: readonly QuarterDays[], day: string): (typeof MEASURE_STATES)[number] {
  if (isDone(measure, reports)) return 'done';
  const owed = owedOf(measure, reports, quarters, day);
  if (owed.some((one) => one.due < day)) return 'late';
  if (owed.length > 0) return 'owed';
  return reports.some((one) => one.state === 'submitted') ? 'waiting' : 'on';
}

export function lateDays({ first_day: first, due_day: due }: Pick<Report, 'first_day' | 'due_day'>): number {
  return Math.max(0, daysBetween(due, first));
}

export function checkReport(measure: Measure, quarter: QuarterDays, found: Pick<Report, 'state'> | undefined, earlier: number | null, value: number, day: string): void {
  if (measure.withdrawn_day !== null) refuse('programme.withdrawn', {});
  if (!isOver(quarter, day)) refuse('programme.quarter_not_over', { quarter: quarter.quarter, day: quarter.end, errors: [{ path: 'quarter', code: 'programme.quarter_not_over', params: { quarter: quarter.quarter, day: quarter.end } }] });
  if (found !== undefined && found.state !== 'returned') refuse('programme.reported', { quarter: quarter.quarter });
  // What was reached since the year began does not become less; a mistake is mended by the report that held it.
  if (earlier !== null && value < earlier) refuse('programme.value_fell', { value: earlier, errors: [{ path: 'value', code: 'programme.value_fell', params: { value: earlier } }] });
}

export function checkActions(actions: readonly { readonly code: string }[], used: readonly string[]): void {
  if (new Set(actions.map((one) => one.code)).size !== actions.length) refuse('programme.action_twice', {});
  const gone = used.find((code) => !actions.some((one) => one.code === code));
  if (gone !== undefined) refuse('programme.action_used', { action: gone });
}
