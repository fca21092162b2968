// Which monthly reports a project owes on a day. Shared by the reports (who has not reported) and the warnings (report missing).
import Type, { type Static } from 'typebox';
import { addDays, addMonths, monthsFrom, yearOf } from '../../kernel/days.ts';

/** When a month's report is due and locked, as days of the following month, and which stages report at all. */
export const ReportCalendar = Type.Object({
  dueDay: Type.Integer({ minimum: 1, maximum: 28 }),
  lockDay: Type.Integer({ minimum: 1, maximum: 28 }),
  stages: Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 }),
  /** From which day of the month itself its report may be made; left out: from the first. */
  openDay: Type.Optional(Type.Integer({ minimum: 1, maximum: 28 })),
  /** Months with days of their own: a holiday shifts them. */
  exceptions: Type.Optional(Type.Array(Type.Object({
    month: Type.String({ pattern: '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$' }), dueDay: Type.String({ format: 'date' }), lockDay: Type.String({ format: 'date' }),
  }, { additionalProperties: false }), { maxItems: 60 })),
}, { additionalProperties: false });
export type ReportCalendar = Static<typeof ReportCalendar>;

export interface Reporter {
  readonly stage: string;
  readonly sideState: string | null;
  /** The day from which reports are owed: the actual start, else the day of the stage. */
  readonly since: string | null;
  /** Months (YYYY-MM) that are reported in the year. */
  readonly months: readonly string[];
  /** A ledger's amount stands for all months up to this one. */
  readonly openingMonth: string | null;
}

/** The last day on which the report of a month (YYYY-MM) is in time. */
export function dueDayOf(month: string, calendar: ReportCalendar): string {
  return exceptionOf(month, calendar)?.dueDay ?? `${addMonths(month, 1)}-${String(calendar.dueDay).padStart(2, '0')}`;
}

/** The last day on which the report of a month may be entered or changed without authority. */
export function lockDayOf(month: string, calendar: ReportCalendar): string {
  return exceptionOf(month, calendar)?.lockDay ?? `${addMonths(month, 1)}-${String(calendar.lockDay).padStart(2, '0')}`;
}

function exceptionOf(month: string, calendar: ReportCalendar): { readonly dueDay: string; readonly lockDay: string } | undefined {
  return calendar.exceptions?.find((one) => one.month === month);
}

/** The latest month whose report was due before the day. */
export function lastDueMonth(day: string, calendar: ReportCalendar): string {
  const before = addMonths(day.slice(0, 7), -1);
  return dueDayOf(before, calendar) < day ? before : addMonths(before, -1);
}

/** Months of a year whose reports a project owes up to (and including) a month. */
export function owedMonths(reporter: Reporter, year: number, upTo: string, calendar: ReportCalendar): string[] {
  if (reporter.sideState !== null || !calendar.stages.includes(reporter.stage)) return [];
  const january = `${year}-01`;
  const started = reporter.since === null ? january : reporter.since.slice(0, 7);
  const covered = reporter.openingMonth === null ? '' : reporter.openingMonth.slice(0, 7);
  return monthsFrom(started > january ? started : january, upTo)
    .filter((month) => yearOf(month) === year && month > covered && !reporter.months.includes(month));
}

/** The earliest missing report that was due before the day, and how many are missing. */
export function missingReports(reporter: Reporter, year: number, day: string, calendar: ReportCalendar): { month: string; dueDay: string; count: number } | null {
  const owed = owedMonths(reporter, year, lastDueMonth(day, calendar), calendar);
  const first = owed[0];
  return first === undefined ? null : { month: first, dueDay: dueDayOf(first, calendar), count: owed.length };
}

/** The first day after a due day: when a missing report is late. */
export function lateFrom(month: string, calendar: ReportCalendar): string {
  return addDays(dueDayOf(month, calendar), 1);
}
