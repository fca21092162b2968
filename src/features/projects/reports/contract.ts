// Monthly reports 月报 as others call them: report, correct, withdraw, the opening amount of a ledger, who has not reported, reminders,
// and the calendar. Investment stands in two series (调度 dispatch, 统计 statistics) that no field here ever adds together.
import Type, { type Static } from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { ReportCalendar } from '../due.ts';
import { ID_PATTERN, MAX_FEN, MONTH_PATTERN } from '../register/fields.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ pattern: ID_PATTERN });
const Month = Type.String({ pattern: MONTH_PATTERN });
const Fen = Type.Integer({ minimum: 0, maximum: MAX_FEN });
const Sum = Type.Integer();
const Text = Type.String({ maxLength: 4000 });
const Reason = Type.String({ minLength: 2, maxLength: 1000 });
const Photos = Type.Array(Id, { maxItems: 12 });
const Year = Type.Integer({ minimum: 1990, maximum: 2100 });

/** What a reporter should look at again although it was accepted. */
export const REPORT_DOUBTS = ['over_total', 'zero', 'over_plan', 'stat_over_dispatch'] as const;
const Doubts = Type.Array(Type.Enum(REPORT_DOUBTS));

const Reported = Type.Object({
  id: Type.String(), projectId: Type.String(), month: Type.String(), version: Type.Integer(), revision: Type.Integer(), late: Type.Boolean(), doubts: Doubts,
}, closed);

export const reportMonth = commandContract('projects.report', {
  input: Type.Object({
    /** The project. */
    id: Id,
    reportId: Type.Optional(Id), month: Month,
    /** Investment of the month for the dispatch office; for statistics only where the project is entered there. */
    dispatchFen: Fen, statFen: Type.Optional(maybe(Fen)),
    /** The project is (or is not yet) entered in statistics 入库纳统. */
    inStatistics: Type.Optional(Type.Boolean()),
    progress: Type.Optional(Text), problems: Type.Optional(Text), nextSteps: Type.Optional(Text),
    /** Evidence of the project, usually photos of the month. */
    photos: Type.Optional(Photos),
  }, closed),
  output: Reported,
});

export const correctReport = commandContract('projects.correct_report', {
  input: Type.Object({
    /** The report. */
    id: Id,
    dispatchFen: Type.Optional(Fen), statFen: Type.Optional(maybe(Fen)), progress: Type.Optional(Text), problems: Type.Optional(Text), nextSteps: Type.Optional(Text), photos: Type.Optional(Photos),
    reason: Reason,
  }, closed),
  output: Reported, versioned: true,
});

export const withdrawReport = commandContract('projects.withdraw_report', {
  input: Type.Object({ id: Id, reason: Reason }, closed),
  output: Type.Object({ id: Type.String(), projectId: Type.String(), month: Type.String() }, closed), versioned: true,
});

/** The amount since January that a ledger brings: it stands for every month of the year up to this one. */
export const openYear = commandContract('projects.opening', {
  input: Type.Object({ id: Id, reportId: Type.Optional(Id), month: Month, dispatchFen: Fen, statFen: Type.Optional(maybe(Fen)), progress: Type.Optional(Text), problems: Type.Optional(Text) }, closed),
  output: Reported,
});

export const correctOpening = commandContract('projects.correct_opening', {
  input: Type.Object({ id: Id, month: Type.Optional(Month), dispatchFen: Type.Optional(Fen), statFen: Type.Optional(maybe(Fen)), progress: Type.Optional(Text), problems: Type.Optional(Text), reason: Reason }, closed),
  output: Reported, versioned: true,
});

// --- reads ---

/** Where a month stands: not yet open; open; past its due day; locked. */
export const PERIOD_STATES = ['future', 'open', 'late', 'locked'] as const;
/** covered: an opening stands for it; missing: owed and not made; waiting: owed, not yet due; free: not owed. */
export const MONTH_STATES = ['reported', 'covered', 'opening', 'missing', 'waiting', 'free', 'future'] as const;

export const Report = Type.Object({
  id: Type.String(), kind: Type.Enum(['monthly', 'opening']), month: Type.String(), version: Type.Integer(), dispatchFen: Sum, statFen: maybe(Sum),
  progress: maybe(Type.String()), problems: maybe(Type.String()), nextSteps: maybe(Type.String()),
  late: Type.Boolean(), revision: Type.Integer(), correctedReason: maybe(Type.String()), submittedBy: Type.String(), submittedDay: Type.String(), submittedAt: Type.String(),
  photos: Type.Array(Type.Object({ id: Type.String(), sha: maybe(Type.String()), name: maybe(Type.String()), mediaType: maybe(Type.String()), takenAt: maybe(Type.String()) }, closed)),
}, closed);
export type Report = Static<typeof Report>;

export const MonthLine = Type.Object({
  month: Type.String(), state: Type.Enum(MONTH_STATES), period: Type.Enum(PERIOD_STATES), dueDay: Type.String(), lockDay: Type.String(),
  timeBp: Type.Integer(),
  /** The year's plan spread evenly (时序进度), cumulative; null without a plan. */
  planFen: maybe(Sum),
  /** Cumulative since January; null where it cannot be known: a later opening covers the month, or nothing was ever entered in the series. */
  dispatchFen: maybe(Sum), statFen: maybe(Sum),
  /** Dispatch less statistics, cumulative. */
  gapFen: maybe(Sum),
  report: maybe(Report),
}, closed);
export type MonthLine = Static<typeof MonthLine>;

export const listReports = queryContract('projects.reports', {
  input: Type.Object({ id: Id, year: Type.Optional(Year) }, closed),
  output: Type.Object({
    id: Type.String(), name: Type.String(), year: Type.Integer(), years: Type.Array(Type.Integer()), day: Type.String(), inStatistics: Type.Boolean(), version: Type.Integer(),
    planFen: maybe(Sum), target: maybe(Type.String()), totalFen: maybe(Sum), accumulatedFen: maybe(Sum),
    dispatchFen: Sum, statFen: maybe(Sum),
    /** 年度投资完成率 of each series, 时序进度 on the day of the zone, and the points between them, in basis points. */
    rateBp: maybe(Type.Integer()), statRateBp: maybe(Type.Integer()), timeBp: Type.Integer(), pointsBp: maybe(Type.Integer()),
    months: Type.Array(MonthLine),
    /** The month that asks to be reported now. */
    next: maybe(Type.String()),
    can: Type.Object({ report: Type.Boolean(), correctLocked: Type.Boolean() }, closed),
  }, closed),
});

/** Every version of a report that was withdrawn or corrected: who, when, why, both values. */
export const reportTrail = queryContract('projects.report_trail', {
  input: Type.Object({ id: Id, month: Month }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      at: Type.String(), day: Type.String(), actorName: Type.String(), kind: Type.String(), reason: maybe(Type.String()),
      before: maybe(Type.Record(Type.String(), Type.Unknown())), after: maybe(Type.Record(Type.String(), Type.Unknown())),
    }, closed)),
  }, closed),
});

export const REPORTED_STATES = ['missing', 'reported', 'late', 'corrected', 'covered', 'free'] as const;
const FILTER = { month: Month, townId: Type.Optional(Type.Array(Id, { maxItems: 100 })), q: Type.Optional(Type.String({ maxLength: 200 })) } as const;

const Series = Type.Object({
  /** Reports of the month alone; what an opening brought is never part of a month. */
  monthDispatchFen: Sum, monthStatFen: maybe(Sum),
  /** Since January up to the month, openings included; projects whose opening lies later are not in it and are counted in `unknown`. */
  yearDispatchFen: Sum, yearStatFen: maybe(Sum), yearGapFen: maybe(Sum), planFen: Sum, unknown: Type.Integer(),
  rateBp: maybe(Type.Integer()), statRateBp: maybe(Type.Integer()), timeBp: Type.Integer(), pointsBp: maybe(Type.Integer()),
}, closed);
const Counts = Type.Object({
  /** owed: by the rule of the calendar; who reports without owing it is in `reported` and not in `owed`. */
  all: Type.Integer(), owed: Type.Integer(), reported: Type.Integer(), late: Type.Integer(), corrected: Type.Integer(), covered: Type.Integer(), free: Type.Integer(), missing: Type.Integer(), reminded: Type.Integer(),
}, closed);

/** One month over all projects of the reader: who has reported and who has not. */
export const readPeriod = queryContract('projects.period', {
  input: Type.Object({ ...FILTER, state: Type.Optional(Type.Enum(REPORTED_STATES)), after: Type.Optional(Type.String({ maxLength: 20 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }, closed),
  output: Type.Object({
    month: Type.String(), period: Type.Enum(PERIOD_STATES), openDay: Type.String(), dueDay: Type.String(), lockDay: Type.String(), day: Type.String(),
    counts: Counts, sums: Series,
    items: Type.Array(Type.Object({
      id: Type.String(), name: Type.String(), townName: maybe(Type.String()), stage: Type.String(), light: Type.Integer(), commissionerName: maybe(Type.String()), responsibleOrgName: maybe(Type.String()),
      state: Type.Enum(['missing', 'reported', 'covered', 'free']), late: Type.Boolean(), revision: maybe(Type.Integer()), reportId: maybe(Type.String()), submittedDay: maybe(Type.String()),
      monthDispatchFen: maybe(Sum), monthStatFen: maybe(Sum), yearDispatchFen: maybe(Sum), yearStatFen: maybe(Sum), planFen: maybe(Sum), progress: maybe(Type.String()),
      remindedDay: maybe(Type.String()), reminders: Type.Integer(),
    }, closed)),
    next: maybe(Type.String()),
    can: Type.Object({ remind: Type.Boolean() }, closed),
  }, closed),
});

export const readPeriodTowns = queryContract('projects.period_towns', {
  input: Type.Object({ month: Month }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      townId: maybe(Type.String()), townName: maybe(Type.String()), all: Type.Integer(), owed: Type.Integer(), reported: Type.Integer(), missing: Type.Integer(), late: Type.Integer(),
      planFen: Sum, yearDispatchFen: Sum, yearStatFen: maybe(Sum), monthDispatchFen: Sum, monthStatFen: maybe(Sum), rateBp: maybe(Type.Integer()), pointsBp: maybe(Type.Integer()),
    }, closed)),
    timeBp: Type.Integer(),
  }, closed),
});

export const listPeriods = queryContract('projects.periods', {
  input: Type.Object({ year: Type.Optional(Year) }, closed),
  output: Type.Object({
    year: Type.Integer(), day: Type.String(),
    items: Type.Array(Type.Object({
      month: Type.String(), period: Type.Enum(PERIOD_STATES), openDay: Type.String(), dueDay: Type.String(), lockDay: Type.String(),
      reported: Type.Integer(), late: Type.Integer(), corrected: Type.Integer(), dispatchFen: Sum, statFen: maybe(Sum), openings: Type.Integer(), openingFen: Sum,
    }, closed)),
  }, closed),
});

export const REMIND_LIMIT = 500;
/** Reminds those who answer for projects that have not reported; once a day for each project. */
export const remindReports = commandContract('projects.remind', {
  input: Type.Object({ month: Month, projectIds: Type.Array(Id, { minItems: 1, maxItems: REMIND_LIMIT }) }, closed),
  output: Type.Object({
    sent: Type.Integer(),
    skipped: Type.Array(Type.Object({ projectId: Type.String(), why: Type.Enum(['reported', 'today', 'nobody', 'free']) }, closed)),
  }, closed),
});

/** Reminders to the reader (or to the body for which the reader works) that are still open. */
export const myReminders = queryContract('projects.my_reminders', {
  input: Type.Object({}, closed),
  output: Type.Object({ items: Type.Array(Type.Object({ projectId: Type.String(), projectName: Type.String(), month: Type.String(), dueDay: Type.String(), sentBy: Type.String(), sentAt: Type.String(), times: Type.Integer() }, closed)) }, closed),
});

export const getCalendar = queryContract('projects.report_calendar', { input: Type.Object({}, closed), output: Type.Object({ calendar: ReportCalendar, version: Type.Integer() }, closed) });
export const changeCalendar = commandContract('projects.change_report_calendar', {
  input: Type.Object({ calendar: ReportCalendar, reason: Reason }, closed), output: Type.Object({ version: Type.Integer() }, closed), versioned: true,
});

/** The year that is shown: set, or (null) the year of the calendar. */
export const getFocusYear = queryContract('projects.focus_year', {
  input: Type.Object({}, closed), output: Type.Object({ year: Type.Integer(), set: maybe(Type.Integer()), calendarYear: Type.Integer(), version: Type.Integer() }, closed),
});
export const changeFocusYear = commandContract('projects.change_focus_year', {
  input: Type.Object({ year: maybe(Year), reason: Reason }, closed), output: Type.Object({ version: Type.Integer(), year: Type.Integer(), projects: Type.Integer() }, closed), versioned: true,
});
