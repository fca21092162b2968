// Decisions about monthly reports and the formulas of investment (domain.md 4.1, proved on published figures in rules.test.ts).
// Dispatch and statistics are two series: no function here adds one to the other. Pure; the day comes in.
import { addMonths, lastDay, monthsFrom } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { dueDayOf, lockDayOf, owedMonths, type ReportCalendar } from '../due.ts';
import { timeProgressBp } from '../warnings/rules.ts';
import type { MONTH_STATES, PERIOD_STATES, REPORT_DOUBTS } from './contract.ts';

export type PeriodState = (typeof PERIOD_STATES)[number];
export type MonthState = (typeof MONTH_STATES)[number];
export type Doubt = (typeof REPORT_DOUBTS)[number];

/** 快于/滞后时序 in basis points of percentage points: rate less time progress, both as shown. Source: 长乐 93.1 − 91.67 = +1.43. */
export function pointsBp(rateBp: number | null, time: number): number | null {
  return rateBp === null ? null : rateBp - time;
}

/** The year's plan spread evenly, cumulative at the end of a month: exact to the fen. */
export function linearFen(planFen: number, month: string): number {
  return Number((BigInt(planFen) * BigInt(Number(month.slice(5, 7))) * 2n + 12n) / 24n);
}

/** The first day on which a month's report may be made. */
export function openDayOf(month: string, calendar: ReportCalendar): string {
  return `${month}-${String(calendar.openDay ?? 1).padStart(2, '0')}`;
}

export function periodState(month: string, calendar: ReportCalendar, today: string): PeriodState {
  if (today < openDayOf(month, calendar)) return 'future';
  if (today > lockDayOf(month, calendar)) return 'locked';
  return today > dueDayOf(month, calendar) ? 'late' : 'open';
}

export interface Filed {
  readonly id: string;
  readonly kind: 'monthly' | 'opening';
  /** YYYY-MM */
  readonly month: string;
  readonly dispatchFen: number;
  readonly statFen: number | null;
}

export interface ReportingProject {
  readonly stage: string;
  readonly sideState: string | null;
  readonly since: string | null;
  readonly parentId: string | null;
  readonly inStatistics: boolean;
  readonly totalFen: number | null;
  readonly accumulatedFen: number | null;
  readonly planFen: number | null;
}

/** Whether the project owes the report of a month (rule as data: stages of the calendar; parts report with their project). */
export function owes(project: Pick<ReportingProject, 'stage' | 'sideState' | 'since' | 'parentId'>, month: string, calendar: ReportCalendar): boolean {
  if (project.parentId !== null) return false;
  return owedMonths({ ...project, months: [], openingMonth: null }, Number(month.slice(0, 4)), month, calendar).includes(month);
}

export interface Values {
  readonly dispatchFen: number;
  readonly statFen: number | null;
  readonly progress: string | null;
  readonly problems: string | null;
  readonly nextSteps: string | null;
}

export interface Given {
  readonly dispatchFen: number;
  readonly statFen?: number | null;
  readonly progress?: string;
  readonly problems?: string;
  readonly nextSteps?: string;
}

/**
 * A new monthly report: open, not made before, not covered by the opening of a ledger. After the lock it needs the authority to correct:
 * a month that was never reported would else stay missing for ever, and its amount out of the year.
 */
export function decideReport(project: ReportingProject, filed: readonly Filed[], month: string, given: Given & { readonly inStatistics?: boolean }, calendar: ReportCalendar, today: string, authority = false): { values: Values; late: boolean; doubts: Doubt[] } {
  if (project.sideState === 'removed' || project.sideState === 'terminated') refuse('reports.off_list', {});
  const period = periodState(month, calendar, today);
  if (period === 'future') refuse('reports.month_future', { month, openDay: openDayOf(month, calendar), errors: [{ path: 'month', code: 'reports.month_future', params: { month, openDay: openDayOf(month, calendar) } }] });
  const existing = filed.find((one) => one.month === month && one.kind === 'monthly');
  if (existing !== undefined) refuse('reports.exists', { month, reportId: existing.id });
  const opening = filed.find((one) => one.kind === 'opening');
  if (opening !== undefined && month <= opening.month) refuse('reports.covered', { month, openingMonth: opening.month, reportId: opening.id });
  if (period === 'locked' && !authority) refuse('reports.period_locked', { month, lockDay: lockDayOf(month, calendar) });
  const values = valuesOf(given);
  if (values.statFen !== null && values.statFen > 0 && !(given.inStatistics ?? project.inStatistics)) {
    refuse('reports.not_in_statistics', { errors: [{ path: 'statFen', code: 'reports.not_in_statistics' }] });
  }
  return { values, late: period !== 'open', doubts: doubtsOf(project, [...filed, { id: '', kind: 'monthly', month, ...values }], values) };
}

/** A correction says why; after the lock it needs the authority to correct. Unchanged words are no correction. */
export function decideCorrection(before: Values, filed: readonly Filed[], project: ReportingProject, change: Partial<Given> & { readonly photos?: readonly string[] }, period: PeriodState, authority: boolean, month: string, lockDay: string): { values: Values; doubts: Doubt[] } {
  if (period === 'locked' && !authority) refuse('reports.period_locked', { month, lockDay });
  const values = { ...before, ...stated(change) };
  if (values.statFen !== null && values.statFen > 0 && values.statFen !== before.statFen && !project.inStatistics) refuse('reports.not_in_statistics', { errors: [{ path: 'statFen', code: 'reports.not_in_statistics' }] });
  if (sameValues(before, values) && change.photos === undefined) refuse('reports.unchanged', {});
  return { values, doubts: doubtsOf(project, filed.map((one) => (one.month === month ? { ...one, ...values } : one)), values) };
}

export function decideWithdraw(kind: 'monthly' | 'opening', period: PeriodState, month: string, lockDay: string): void {
  // A locked month stays: it is corrected, so that its amount can be traced.
  if (kind === 'monthly' && period === 'locked') refuse('reports.period_locked', { month, lockDay });
}

/** The opening of a year stands alone for its months: no report may lie within them, and there is one for each year. */
export function decideOpening(filed: readonly Filed[], month: string, given: Given, today: string): Values {
  if (`${month}-01` > today) refuse('reports.month_future', { month, openDay: `${month}-01` });
  const opening = filed.find((one) => one.kind === 'opening');
  if (opening !== undefined) refuse('reports.opening_exists', { openingMonth: opening.month, reportId: opening.id });
  checkOverlap(filed, month);
  return valuesOf(given);
}

export function decideOpeningChange(before: Values & { readonly month: string }, filed: readonly Filed[], change: Partial<Given> & { readonly month?: string }, today: string): { month: string; values: Values } {
  const { month = before.month, ...rest } = change;
  const { month: _month, ...old } = before;
  if (`${month}-01` > today) refuse('reports.month_future', { month, openDay: `${month}-01` });
  if (month.slice(0, 4) !== before.month.slice(0, 4)) refuse('reports.opening_year', { errors: [{ path: 'month', code: 'reports.opening_year' }] });
  checkOverlap(filed, month);
  const values = { ...old, ...stated(rest) };
  if (month === before.month && sameValues(old, values)) refuse('reports.unchanged', {});
  return { month, values };
}

function checkOverlap(filed: readonly Filed[], month: string): void {
  const within = filed.filter((one) => one.kind === 'monthly' && one.month <= month);
  if (within.length > 0) refuse('reports.opening_overlaps', { month, months: within.map((one) => one.month).join('、') });
}

function valuesOf(given: Given): Values {
  return { dispatchFen: given.dispatchFen, statFen: given.statFen ?? null, progress: words(given.progress), problems: words(given.problems), nextSteps: words(given.nextSteps) };
}

function stated(change: Partial<Given>): Partial<Values> {
  return {
    ...(change.dispatchFen === undefined ? {} : { dispatchFen: change.dispatchFen }), ...(change.statFen === undefined ? {} : { statFen: change.statFen }),
    ...(change.progress === undefined ? {} : { progress: words(change.progress) }), ...(change.problems === undefined ? {} : { problems: words(change.problems) }),
    ...(change.nextSteps === undefined ? {} : { nextSteps: words(change.nextSteps) }),
  };
}

function words(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function sameValues(a: Values, b: Values): boolean {
  return a.dispatchFen === b.dispatchFen && a.statFen === b.statFen && a.progress === b.progress && a.problems === b.problems && a.nextSteps === b.nextSteps;
}

function doubtsOf(project: ReportingProject, filed: readonly Filed[], values: Values): Doubt[] {
  const year = filed.reduce((sum, one) => sum + one.dispatchFen, 0);
  const doubts: Doubt[] = [];
  if (project.totalFen !== null && project.totalFen > 0 && (project.accumulatedFen ?? 0) + year > project.totalFen) doubts.push('over_total');
  if (values.dispatchFen === 0) doubts.push('zero');
  if (project.planFen !== null && project.planFen > 0 && values.dispatchFen > project.planFen) doubts.push('over_plan');
  if (values.statFen !== null && values.statFen > values.dispatchFen) doubts.push('stat_over_dispatch');
  return doubts;
}

export interface Line {
  readonly month: string;
  readonly state: MonthState;
  readonly period: PeriodState;
  readonly dueDay: string;
  readonly lockDay: string;
  readonly timeBp: number;
  readonly planFen: number | null;
  readonly dispatchFen: number | null;
  readonly statFen: number | null;
  readonly gapFen: number | null;
}

/**
 * The twelve months of a year of one project: the plan line and both series, cumulative. A month before an opening has no known
 * cumulative amount; a month after today has none either.
 */
export function yearLines(project: ReportingProject, filed: readonly Filed[], year: number, calendar: ReportCalendar, today: string): Line[] {
  const opening = filed.find((one) => one.kind === 'opening');
  const last = filed.reduce((latest, one) => (one.month > latest ? one.month : latest), '');
  const until = last > today.slice(0, 7) ? last : today.slice(0, 7);
  let dispatch = 0;
  let stat: number | null = null;
  return monthsFrom(`${year}-01`, `${year}-12`).map((month) => {
    const period = periodState(month, calendar, today);
    for (const one of filed) {
      if (one.month !== month) continue;
      dispatch += one.dispatchFen;
      if (one.statFen !== null) stat = (stat ?? 0) + one.statFen;
    }
    const known = month <= until && (opening === undefined || month >= opening.month);
    const statFen = known ? stat : null;
    return {
      month, period, state: stateOf(project, filed, opening, month, period, calendar), dueDay: dueDayOf(month, calendar), lockDay: lockDayOf(month, calendar), timeBp: timeProgressBp(lastDay(month), year),
      planFen: project.planFen === null ? null : linearFen(project.planFen, month),
      dispatchFen: known ? dispatch : null, statFen, gapFen: known && statFen !== null ? dispatch - statFen : null,
    };
  });
}

function stateOf(project: ReportingProject, filed: readonly Filed[], opening: Filed | undefined, month: string, period: PeriodState, calendar: ReportCalendar): MonthState {
  if (filed.some((one) => one.month === month && one.kind === 'monthly')) return 'reported';
  if (opening !== undefined && month <= opening.month) return month === opening.month ? 'opening' : 'covered';
  if (period === 'future') return 'future';
  if (!owes(project, month, calendar)) return 'free';
  return period === 'open' ? 'waiting' : 'missing';
}

/** The month that should be reported now: the earliest that is owed and still open, else the one that is running. */
export function nextMonth(lines: readonly Line[]): string | null {
  const open = lines.filter((line) => (line.state === 'missing' || line.state === 'waiting') && line.period !== 'locked');
  return open[0]?.month ?? lines.findLast((line) => line.state === 'free' && line.period !== 'locked' && line.period !== 'future')?.month ?? null;
}

/** What is wrong with a calendar beyond its shape. */
export function calendarFaults(calendar: ReportCalendar): { path: string; code: string }[] {
  const faults: { path: string; code: string }[] = [];
  if (calendar.lockDay < calendar.dueDay) faults.push({ path: 'calendar.lockDay', code: 'reports.lock_before_due' });
  const seen = new Set<string>();
  (calendar.exceptions ?? []).forEach((one, at) => {
    if (seen.has(one.month)) faults.push({ path: `calendar.exceptions.${at}.month`, code: 'reports.exception_doubled' });
    seen.add(one.month);
    if (one.lockDay < one.dueDay) faults.push({ path: `calendar.exceptions.${at}.lockDay`, code: 'reports.lock_before_due' });
    if (one.dueDay < `${one.month}-01` || one.lockDay > lastDay(addMonths(one.month, 6))) faults.push({ path: `calendar.exceptions.${at}.dueDay`, code: 'reports.exception_far' });
  });
  return faults;
}
