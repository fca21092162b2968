// The clock ledger of a case on a day: every day since the application arrived on exactly one side, days used and left of both limits, both
// deadlines. Pure; computed from the events again each time, so that a corrected calendar recomputes everything and loses nothing.
import { dayOfNumber, numberOfDay } from '../../kernel/epoch.ts';
import { refuse } from '../../kernel/refuse.ts';
import type { Deadline, WorkCalendar } from '../../kernel/workdays.ts';
import { resumeCase, settled } from './clock.ts';
import type { CaseEvent, EventKind, Outcome, Status } from './events.ts';
import { ANSWER_DAYS, DELIVER_DAYS, versionIn, type ClockRules, type Unit } from './terms.ts';
import { readingOf, type Reading, type Which } from './reading.ts';
import type { CaseState, Side, Stretch, StretchReason } from './state.ts';

export interface Days {
  readonly calendar: number;
  readonly working: number;
}

/** The days [from, to) on one side. */
export interface Segment extends Days {
  readonly from: string;
  readonly to: string;
  readonly side: Side;
  readonly reason: StretchReason;
  /** The days use up the time limit. */
  readonly counts: boolean;
  /** The events that began and, if it is over, ended it; no second one where it ended by itself. */
  readonly events: readonly string[];
}

/** A limit as it stands: used + left = limit, all in `unit`; over is what goes beyond. */
export interface Clock {
  readonly unit: Unit;
  readonly limit: number;
  readonly extension: number;
  readonly used: number;
  readonly left: number;
  readonly over: number;
  readonly deadline: Deadline;
  /** The clock stands still: the deadline is what it would be if it went on on this day. */
  readonly moving: boolean;
  /** The deadline is past and the case is not decided, or was decided after it. */
  readonly overdue: boolean;
}

export interface Ledger {
  readonly day: string;
  readonly status: Status;
  readonly outcome: Outcome | null;
  /** The clock runs from the day after; null: not accepted. */
  readonly accepted: string | null;
  readonly deemed: boolean;
  readonly segments: readonly Segment[];
  readonly elapsed: Days;
  readonly parts: Readonly<Record<Side, Days>>;
  /** Null where the case ended without being accepted, or no limit is in force. */
  readonly statutory: Clock | null;
  readonly promised: Clock | null;
  /** While the department owes an answer to the application (行政许可法 32). */
  readonly answer: Deadline | null;
  /** From the decision to its delivery (行政许可法 44). */
  readonly delivery: (Deadline & { readonly overdue: boolean }) | null;
  /** A special procedure that lasts longer than was announced (行政许可法 45). */
  readonly special: (Deadline & { readonly procedure: string; readonly overdue: boolean }) | null;
}

/** The ledger at the end of a day, from events that `caseOf` accepted; later events are left out. Refuses `cases.event_day` for no day. */
export function ledgerOf(events: readonly CaseEvent[], now: string, rules: ClockRules, calendar: WorkCalendar): Ledger {
  const day = numberOfDay(now) ?? refuse('cases.event_day', { day: now });
  const known = events.filter((event) => event.day <= now);
  const state = settled(resumeCase(known, rules, calendar), day, rules, calendar);
  const stretches = stretchesOf(state, day);
  const segments = stretches.map((stretch, i) => segmentOf(stretch, known, stretches[i + 1], state, calendar));
  const version = state.version ?? (state.closed === null && state.status !== 'none' ? versionIn(rules, now) : undefined);
  const clock = (which: Which): Clock | null => (version === undefined ? null : clockOf(readingOf(state, version, which, day, calendar), state, day));
  return {
    day: now, status: state.status, outcome: state.outcome, accepted: state.accepted === null ? null : dayOfNumber(state.accepted), deemed: state.deemed, segments,
    elapsed: sum(segments), parts: partsOf(segments), statutory: clock('statutory'), promised: clock('promised'), ...dutiesOf(state, day, calendar),
  };
}

function stretchesOf(state: CaseState, day: number): Stretch[] {
  return state.open === null || day <= state.open.after ? [...state.past] : [...state.past, { ...state.open, to: day }];
}

function segmentOf(stretch: Stretch, events: readonly CaseEvent[], next: Stretch | undefined, state: CaseState, calendar: WorkCalendar): Segment {
  const followed = next?.event ?? (state.closed === stretch.to ? events.find((event) => ENDS.has(event.kind))?.id : undefined);
  return {
    from: dayOfNumber(stretch.after + 1), to: dayOfNumber(stretch.to + 1), side: stretch.side, reason: stretch.reason, counts: stretch.counts,
    events: followed === undefined || followed === stretch.event ? [stretch.event] : [stretch.event, followed],
    calendar: stretch.to - stretch.after, working: calendar.numbers.between(stretch.after, stretch.to),
  };
}

const ENDS: ReadonlySet<EventKind> = new Set(['delivered', 'withdrawn', 'returned', 'not_accepted', 'recalled', 'revoked']);

function partsOf(segments: readonly Segment[]): Record<Side, Days> {
  const of = (side: Side): Days => sum(segments.filter((segment) => segment.side === side));
  return { department: of('department'), applicant: of('applicant'), special: of('special'), suspension: of('suspension') };
}

function sum(segments: readonly Days[]): Days {
  return { calendar: segments.reduce((total, one) => total + one.calendar, 0), working: segments.reduce((total, one) => total + one.working, 0) };
}

function clockOf(reading: Reading, state: CaseState, day: number): Clock {
  const { unit, limit, extension, used, left, over, deadline, moving, provisional } = reading;
  return { unit, limit, extension, used, left, over, deadline: { day: dayOfNumber(deadline), provisional }, moving, overdue: (state.decided ?? state.closed ?? day) > deadline };
}

function dutiesOf(state: CaseState, day: number, calendar: WorkCalendar): Pick<Ledger, 'answer' | 'delivery' | 'special'> {
  const due = (from: number, count: number): Deadline & { overdue: boolean } => {
    const end = calendar.numbers.add(from, count);
    return { day: dayOfNumber(end), provisional: calendar.numbers.provisionalBetween(from, end), overdue: (state.delivered ?? day) > end };
  };
  const answer = state.status === 'received' ? due(state.answerFrom, ANSWER_DAYS) : null;
  return {
    answer: answer === null ? null : { day: answer.day, provisional: answer.provisional },
    delivery: state.decided === null ? null : due(state.decided, DELIVER_DAYS),
    special: state.special === null ? null : { ...due(state.special.since, state.special.days), procedure: state.special.procedure },
  };
}
