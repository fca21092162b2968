// The daily refresh of very many open cases: for each a few numbers are kept, and a new day is a subtraction. Says when the numbers of a case
// hold no longer because something happens by itself; then it is folded again. Kept numbers decide nothing and can be made again at any time.
import type { WorkCalendar } from '../../kernel/workdays.ts';
import { resumeCase, settled } from './clock.ts';
import type { CaseEvent } from './events.ts';
import { ANSWER_DAYS, DELIVER_DAYS, type ClockRules, type LimitVersion, type Unit } from './terms.ts';
import { readingOf, spanIn, type Which } from './reading.ts';
import type { CaseState } from './state.ts';

/** Numbers of a case for which a clock of the department counts. Days are numbers (kernel/epoch.ts). */
export interface KeptCase {
  readonly running: boolean;
  /** On this day the numbers end to hold; null: they hold until the next event, or a change of the calendar. */
  readonly until: number | null;
  readonly clocks: Readonly<Partial<Record<ClockName, KeptClock>>>;
}

/** The two limits of the decision; five days to answer an application; ten to deliver a decision. */
export type ClockName = 'statutory' | 'promised' | 'answer' | 'delivery';

export interface KeptClock {
  readonly unit: Unit;
  readonly anchor: number;
  readonly left: number;
  /** Of a running clock, or one that ran on after it. */
  readonly deadline: number;
  readonly passed: boolean;
}

/** What is shown of a case on a day, for each clock that counts. */
export type Standing = Readonly<Partial<Record<ClockName, ClockStanding>>>;

export interface ClockStanding {
  readonly left: number;
  readonly over: number;
  readonly overdue: boolean;
  readonly level: Level;
}

export type Level = 'calm' | 'soon' | 'urgent' | 'over';

/** From how many days left on a clock is shown as soon due and as urgent. */
export interface Levels {
  readonly soon: number;
  readonly urgent: number;
}

export const LEVELS: Levels = { soon: 5, urgent: 2 };

/** The numbers to keep of a case; null where no clock of the department counts: it waits for corrections, it is over. */
export function keepCase(events: readonly CaseEvent[], day: number, rules: ClockRules, calendar: WorkCalendar): KeptCase | null {
  const state = settled(resumeCase(events, rules, calendar), day, rules, calendar);
  const { version, decided } = state;
  if (state.closed !== null) return null;
  if (decided !== null) return { running: true, until: null, clocks: { delivery: plainClock(decided, DELIVER_DAYS, calendar) } };
  if (state.status === 'received') {
    // The day after, silence has accepted the case and other clocks run.
    const answer = plainClock(state.answerFrom, ANSWER_DAYS, calendar);
    return { running: true, until: answer.deadline + 1, clocks: { answer } };
  }
  if (version === null) return null;
  const clock = (which: Which): KeptClock => keptClock(state, version, which, day, calendar);
  return { running: state.status === 'accepted', until: untilOf(state, version, calendar), clocks: { statutory: clock('statutory'), promised: clock('promised') } };
}

/**
 * The standing of every case on a day. `fold` makes the numbers of a case again where they end to hold (`until`); it is given the place of
 * the case and may answer null for one that is over.
 */
export function refreshAll(cases: readonly KeptCase[], day: number, calendar: WorkCalendar, fold: (place: number) => KeptCase | null, levels: Levels = LEVELS): (Standing | null)[] {
  const standings: (Standing | null)[] = new Array<Standing | null>(cases.length).fill(null);
  for (let place = 0; place < cases.length; place += 1) {
    const kept = cases[place];
    const current = kept !== undefined && kept.until !== null && day >= kept.until ? fold(place) : kept;
    if (current !== null && current !== undefined) standings[place] = standingOf(current, day, calendar, levels);
  }
  return standings;
}

/** The standing of one case on a day that is not before its last event. */
export function standingOf({ clocks, running }: KeptCase, day: number, calendar: WorkCalendar, levels: Levels = LEVELS): Standing {
  const on = (kept: KeptClock): ClockStanding => clockOn(kept, running, day, calendar, levels);
  const { statutory, promised, answer, delivery } = clocks;
  if (statutory !== undefined && promised !== undefined) return { statutory: on(statutory), promised: on(promised) };
  return { ...(answer === undefined ? {} : { answer: on(answer) }), ...(delivery === undefined ? {} : { delivery: on(delivery) }) };
}

function clockOn(kept: KeptClock, running: boolean, day: number, calendar: WorkCalendar, levels: Levels): ClockStanding {
  const left = running ? kept.left - spanIn(kept.unit, calendar).between(kept.anchor, day) : kept.left;
  const overdue = kept.passed || (running && day > kept.deadline);
  return { left: Math.max(0, left), over: Math.max(0, 0 - left), overdue, level: overdue ? 'over' : left <= levels.urgent ? 'urgent' : left <= levels.soon ? 'soon' : 'calm' };
}

function keptClock(state: CaseState, version: LimitVersion, which: Which, day: number, calendar: WorkCalendar): KeptClock {
  const { unit, anchor, leftAtAnchor, deadline, passed } = readingOf(state, version, which, day, calendar);
  return { unit, anchor, left: leftAtAnchor, deadline, passed };
}

function plainClock(from: number, days: number, calendar: WorkCalendar): KeptClock {
  return { unit: 'working', anchor: from, left: days, deadline: calendar.numbers.add(from, days), passed: false };
}

function untilOf(state: CaseState, version: LimitVersion, calendar: WorkCalendar): number | null {
  if (state.status !== 'rectifying' || state.open === null) return null;
  return calendar.numbers.add(state.open.after, version.rectification?.days ?? 0) + 1;
}
