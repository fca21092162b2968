// What is kept beside a case so that lists need not read its events: where it stands, whose day it is, days used and left of both limits,
// what the handling body owes next. Pure, and always the same as what the events say on that day.
import { dayOfNumber, numberOfDay } from '../../../kernel/epoch.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { resumeCase, settled } from '../clocks/clock.ts';
import type { CaseEvent, Outcome, Status } from '../clocks/events.ts';
import { ANSWER_DAYS, DELIVER_DAYS, type ClockRules, type Unit } from '../clocks/terms.ts';
import { readingOf, spanIn, type Reading } from '../clocks/reading.ts';
import { keepCase, LEVELS, type KeptCase, type KeptClock } from '../clocks/refresh.ts';
import type { CaseState, Side } from '../clocks/state.ts';

export type Owes = 'answer' | 'decision' | 'resumption' | 'delivery';
export type CaseLevel = 'none' | 'calm' | 'soon' | 'urgent' | 'promise_over' | 'over';

/** Days YYYY-MM-DD; numbers of days in the unit of their limit. */
export interface Kept {
  readonly status: Status;
  readonly outcome: Outcome | null;
  readonly received_day: string | null;
  readonly accepted_day: string | null;
  readonly deemed: boolean;
  readonly decided_day: string | null;
  readonly delivered_day: string | null;
  readonly closed_day: string | null;
  readonly kept: DecisionClocks | null;
  readonly turns_day: string | null;
  readonly side: Side | null;
  /** The day on which that side got it. */
  readonly side_day: string | null;
  readonly unit: Unit | null;
  readonly used: number | null;
  readonly statutory_limit: number | null;
  /** Null: no promise is published, and the statutory limit stands for it. */
  readonly promised_limit: number | null;
  readonly owes: Owes | null;
  readonly numbers: DayNumbers;
}

/** The two clocks of the decision, with which a new day is a subtraction. */
export interface DecisionClocks {
  readonly running: boolean;
  readonly statutory: KeptClock;
  readonly promised: KeptClock;
}

/** The part that a new day changes. */
export interface DayNumbers {
  readonly used: number | null;
  readonly statutory_left: number | null;
  readonly statutory_over: number | null;
  readonly statutory_due: string | null;
  readonly promised_left: number | null;
  readonly promised_over: number | null;
  readonly promised_due: string | null;
  readonly provisional: boolean;
  readonly level: CaseLevel;
  readonly owed_day: string | null;
  /** Negative: late by so many. */
  readonly days_left: number | null;
}

/** What is kept of a case on a day, from events that were accepted when they were recorded. */
export function keptOf(events: readonly CaseEvent[], now: string, rules: ClockRules, calendar: WorkCalendar): Kept {
  const day = numberOfDay(now) ?? refuse('cases.event_day', { day: now });
  const state = settled(resumeCase(events, rules, calendar), day, rules, calendar);
  const all = keepCase(events, day, rules, calendar);
  const kept = decisionOf(all);
  const reading = state.version === null ? null : { statutory: readingOf(state, state.version, 'statutory', day, calendar), promised: readingOf(state, state.version, 'promised', day, calendar) };
  const turns = all?.until ?? null;
  const owes = owesOf(state);
  const owed = owedDay(state, owes, reading?.promised ?? null, calendar);
  return {
    status: state.status, outcome: state.outcome, received_day: state.status === 'none' ? null : dayOfNumber(state.received), accepted_day: wordOf(state.accepted), deemed: state.deemed,
    decided_day: wordOf(state.decided), delivered_day: wordOf(state.delivered), closed_day: wordOf(state.closed), kept, turns_day: wordOf(turns),
    side: state.open?.side ?? null, side_day: state.open === null ? null : dayOfNumber(state.open.after), unit: reading?.statutory.unit ?? null, used: reading?.statutory.used ?? null,
    statutory_limit: reading?.statutory.limit ?? null, promised_limit: state.version?.promised === undefined ? null : (reading?.promised.limit ?? null), owes,
    numbers: reading === null ? plain(owes, owed, day, calendar) : counted(state, reading, owes, owed, day, calendar),
  };
}

function decisionOf(all: KeptCase | null): DecisionClocks | null {
  const { statutory, promised } = all?.clocks ?? {};
  return all === null || statutory === undefined || promised === undefined ? null : { running: all.running, statutory, promised };
}

/** What the daily refresh reads of a case. */
export interface KeptRow {
  readonly kept: DecisionClocks | null;
  readonly owes: Owes | null;
  readonly owed_day: string | null;
  readonly accepted_day: string | null;
  readonly decided_day: string | null;
  readonly statutory_limit: number | null;
  readonly numbers: DayNumbers;
}

/** The numbers of an open case on a new day, without its events: a subtraction. The caller has seen that it does not turn by itself. */
export function refreshed(row: KeptRow, now: string, calendar: WorkCalendar): DayNumbers {
  return refresher(now, calendar)(row);
}

/** The same for very many cases of one day: the day is read once, and each deadline is written once. */
export function refresher(now: string, calendar: WorkCalendar): (row: KeptRow) => DayNumbers {
  const day = numberOfDay(now) ?? refuse('cases.event_day', { day: now });
  const numbers = new Map<string, number | null>();
  const words = new Map<number, string>();
  const numberIn = (word: string | null): number | null => (word === null ? null : once(numbers, word, () => numberOfDay(word) ?? null));
  const wordIn = (number: number): string => once(words, number, () => dayOfNumber(number));
  const later = new Map<number, boolean>();
  const provisional = (from: number, to: number): boolean => once(later, from * SPREAD + to, () => calendar.numbers.provisionalBetween(from, Math.max(from, to)));
  return (row) => {
    const { kept } = row;
    if (kept === null) return quiet(row, numberIn(row.owed_day), day, calendar);
    const statutory = clockOn(kept.statutory, kept.running, day, calendar);
    const promised = clockOn(kept.promised, kept.running, day, calendar);
    const due = row.owes === 'decision' ? promised.due : numberIn(row.owed_day);
    return {
      used: row.statutory_limit === null ? null : row.statutory_limit - statutory.left,
      statutory_left: statutory.left, statutory_over: statutory.over, statutory_due: wordIn(statutory.due), promised_left: promised.left, promised_over: promised.over, promised_due: wordIn(promised.due),
      provisional: kept.statutory.unit === 'working' && provisional(numberIn(row.accepted_day) ?? day, statutory.due),
      level: levelOf(statutory.overdue, promised.overdue, promised.left),
      owed_day: row.owes === null || due === null ? null : wordIn(due),
      days_left: row.owes === null || due === null ? null : row.owes === 'decision' ? promised.left - promised.over : calendar.numbers.between(day, due),
    };
  };
}

/** Two days as one number. */
const SPREAD = 10_000_000;

function once<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = make();
  known.set(key, value);
  return value;
}

function quiet(row: KeptRow, owed: number | null, day: number, calendar: WorkCalendar): DayNumbers {
  const duty = plain(row.owes, owed, day, calendar);
  return row.decided_day === null ? duty : { ...row.numbers, level: duty.level === 'over' ? 'over' : row.numbers.level, owed_day: duty.owed_day, days_left: duty.days_left };
}

interface ClockNumbers {
  readonly left: number;
  readonly over: number;
  readonly due: number;
  readonly overdue: boolean;
}

function clockOn(clock: KeptClock, running: boolean, day: number, calendar: WorkCalendar): ClockNumbers {
  const span = spanIn(clock.unit, calendar);
  const rest = running ? clock.left - span.between(clock.anchor, day) : clock.left;
  const left = Math.max(0, rest);
  // A clock that stands still would go on today: its deadline moves.
  return { left, over: Math.max(0, 0 - rest), due: running || clock.passed ? clock.deadline : span.add(day, left), overdue: clock.passed || (running && day > clock.deadline) };
}

function owesOf({ status }: CaseState): Owes | null {
  switch (status) {
    case 'received': return 'answer';
    case 'accepted': return 'decision';
    case 'special': return 'resumption';
    case 'decided': return 'delivery';
    default: return null;
  }
}

function owedDay(state: CaseState, owes: Owes | null, promised: Reading | null, calendar: WorkCalendar): number | null {
  switch (owes) {
    case 'answer': return calendar.numbers.add(state.answerFrom, ANSWER_DAYS);
    case 'decision': return promised?.deadline ?? null;
    case 'resumption': return state.special === null ? null : calendar.numbers.add(state.special.since, state.special.days);
    case 'delivery': return state.decided === null ? null : calendar.numbers.add(state.decided, DELIVER_DAYS);
    case null: return null;
  }
}

function counted(state: CaseState, { statutory, promised }: { statutory: Reading; promised: Reading }, owes: Owes | null, owed: number | null, day: number, calendar: WorkCalendar): DayNumbers {
  const end = state.decided ?? state.closed ?? day;
  const late = { statutory: end > statutory.deadline, promised: end > promised.deadline };
  const duty = owedLeft(owes, owed, promised.left - promised.over, day, calendar);
  const level = levelOf(late.statutory, late.promised, promised.left);
  const lateDelivery = owes === 'delivery' && (duty.days_left ?? 0) < 0;
  return {
    used: statutory.used, statutory_left: statutory.left, statutory_over: statutory.over, statutory_due: dayOfNumber(statutory.deadline),
    promised_left: promised.left, promised_over: promised.over, promised_due: dayOfNumber(promised.deadline), provisional: statutory.provisional,
    level: lateDelivery ? 'over' : state.decided === null && state.closed === null ? level : late.statutory ? 'over' : late.promised ? 'promise_over' : 'none', ...duty,
  };
}

/** A case on which no limit of decision counts: what it owes, if anything, in working days. */
function plain(owes: Owes | null, owed: number | null, day: number, calendar: WorkCalendar): DayNumbers {
  const duty = owedLeft(owes, owed, 0, day, calendar);
  return {
    used: null, statutory_left: null, statutory_over: null, statutory_due: null, promised_left: null, promised_over: null, promised_due: null, provisional: false,
    level: duty.days_left === null ? 'none' : duty.days_left < 0 ? 'over' : duty.days_left <= LEVELS.urgent ? 'urgent' : 'calm', ...duty,
  };
}

function owedLeft(owes: Owes | null, owed: number | null, decision: number, day: number, calendar: WorkCalendar): Pick<DayNumbers, 'owed_day' | 'days_left'> {
  if (owes === null || owed === null) return { owed_day: null, days_left: null };
  return { owed_day: dayOfNumber(owed), days_left: owes === 'decision' ? decision : calendar.numbers.between(day, owed) };
}

function levelOf(statutoryLate: boolean, promiseLate: boolean, left: number): CaseLevel {
  if (statutoryLate) return 'over';
  if (promiseLate) return 'promise_over';
  return left <= LEVELS.urgent ? 'urgent' : left <= LEVELS.soon ? 'soon' : 'calm';
}

function wordOf(day: number | null): string | null {
  return day === null ? null : dayOfNumber(day);
}
