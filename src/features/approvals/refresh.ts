// The daily refresh of very many open cases: for each a few numbers are kept, and a new day is a subtraction. Says when the numbers of a case
// hold no longer because something happens by itself; then it is folded again. Kept numbers decide nothing and can be made again at any time.
import type { WorkCalendar } from '../../kernel/workdays.ts';
import { resumeCase, settled } from './clock.ts';
import type { CaseEvent } from './events.ts';
import { ANSWER_DAYS, type ClockRules, type LimitVersion, type Unit } from './terms.ts';
import { readingOf, spanIn, type Which } from './reading.ts';
import type { CaseState } from './state.ts';

/** Numbers of a case whose clock counts. Days are numbers (kernel/epoch.ts). */
export interface KeptCase {
  readonly running: boolean;
  /** On this day the numbers end to hold; null: they hold until the next event, or a change of the calendar. */
  readonly until: number | null;
  readonly statutory: KeptClock;
  readonly promised: KeptClock;
}

export interface KeptClock {
  readonly unit: Unit;
  readonly anchor: number;
  readonly left: number;
  /** Of a running clock, or one that ran on after it. */
  readonly deadline: number;
  readonly passed: boolean;
}

/** What is shown of a case on a day, for each limit. */
export interface Standing {
  readonly statutory: ClockStanding;
  readonly promised: ClockStanding;
}

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

/** The numbers to keep of an open, accepted case; null for any other, which no limit of decision counts down (yet). */
export function keepCase(events: readonly CaseEvent[], day: number, rules: ClockRules, calendar: WorkCalendar): KeptCase | null {
  const state = settled(resumeCase(events, rules, calendar), day, rules, calendar);
  const { version } = state;
  if (version === null || state.decided !== null || state.closed !== null) return null;
  return { running: state.status === 'accepted', until: untilOf(state, version, calendar), statutory: keptClock(state, version, 'statutory', day, calendar), promised: keptClock(state, version, 'promised', day, calendar) };
}

/** The day on which a case that was not accepted is accepted by silence, so that the list of a day's work can be found by an index; null: never. */
export function silentFrom(state: CaseState, calendar: WorkCalendar): number | null {
  return state.status === 'received' ? calendar.numbers.add(state.answerFrom, ANSWER_DAYS) + 1 : null;
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
export function standingOf(kept: KeptCase, day: number, calendar: WorkCalendar, levels: Levels = LEVELS): Standing {
  return { statutory: clockOn(kept.statutory, kept.running, day, calendar, levels), promised: clockOn(kept.promised, kept.running, day, calendar, levels) };
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

function untilOf(state: CaseState, version: LimitVersion, calendar: WorkCalendar): number | null {
  if (state.status !== 'rectifying' || state.open === null) return null;
  return calendar.numbers.add(state.open.after, version.rectification?.days ?? 0) + 1;
}
