// Random lives of approval cases for tests and benchmarks: with pauses, corrections, extensions, silence, year ends. Lawful by construction: what
// the reducer refuses is tried and dropped. The same seed gives the same lives.
import { caseOf } from '../../features/approvals/clock.ts';
import { KINDS, PROCEDURES, type CaseEvent, type EventKind } from '../../features/approvals/events.ts';
import type { ClockRules } from '../../features/approvals/terms.ts';
import { dayOfNumber, numberOf } from '../../kernel/epoch.ts';
import { Refusal } from '../../kernel/refuse.ts';
import type { WorkCalendar } from '../../kernel/workdays.ts';

/** Limits as they are: the general one, in two versions; environmental assessment in calendar days; joint acceptance. */
export const ITEMS: readonly ClockRules[] = [
  { versions: [{ from: '2004-07-01', statutory: { days: 20, unit: 'working' }, extension: 10 }, { from: '2019-06-01', statutory: { days: 20, unit: 'working' }, promised: { days: 7, unit: 'working' }, extension: 10, promiseExtends: true }] },
  { versions: [{ from: '2003-09-01', statutory: { days: 60, unit: 'calendar' }, promised: { days: 5, unit: 'working' }, extension: 10 }] },
  { versions: [{ from: '2004-07-01', statutory: { days: 45, unit: 'working' }, promised: { days: 9, unit: 'working' }, extension: 15, rectification: { windows: 2, days: 3 } }] },
  { versions: [{ from: '2004-07-01', statutory: { days: 7, unit: 'working' }, promised: { days: 0, unit: 'working' }, extension: 3, rectification: { windows: 1, days: 2 } }] },
];

export interface History {
  readonly rules: ClockRules;
  readonly events: readonly CaseEvent[];
  /** A day after the last event, YYYY-MM-DD. */
  readonly now: string;
}

export type Dice = (below: number) => number;

/** Whole numbers from 0 by mulberry32. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) % below);
  };
}

const ALL: readonly EventKind[] = ['correction_asked', 'correction_supplied', 'accepted', 'accepted', 'not_accepted', 'special_begun', 'special_ended', 'suspended', 'resumed', 'rectification_begun',
  'rectification_ended', 'extended', 'decided', 'delivered', 'withdrawn', 'returned', 'recalled', 'revoked'];
/** What ends a case comes seldom, or no life would be long. */
const SELDOM = new Set<EventKind>(['not_accepted', 'withdrawn', 'returned', 'decided', 'recalled', 'revoked']);

export function historyOf(dice: Dice, calendar: WorkCalendar): History {
  const rules = ITEMS[dice(ITEMS.length)] ?? { versions: [] };
  // A third begin near the end of a year.
  let day = dice(3) === 0 ? numberOf(2007 + dice(20), 12, 10 + dice(22)) : numberOf(2007, 1, 2) + dice(7200);
  const events = [eventOf('received', day, 1, dice)];
  let state = caseOf(events, rules, calendar);
  for (let tries = 4 + dice(40); tries > 0; tries -= 1) {
    const kind = ALL[dice(ALL.length)] ?? 'accepted';
    if (SELDOM.has(kind) && dice(4) > 0) continue;
    const at = day + (dice(3) === 0 ? 0 : dice(dice(8) === 0 ? 60 : 7));
    const event = eventOf(kind, at, events.length + 1, dice);
    try {
      state = caseOf([event], rules, calendar, state);
    } catch (error) {
      if (error instanceof Refusal) continue;
      throw error;
    }
    events.push(event);
    day = at;
  }
  return { rules, events, now: dayOfNumber(day + dice(40)) };
}

function eventOf(kind: EventKind, day: number, seq: number, dice: Dice): CaseEvent {
  const [by = 'department'] = KINDS[kind].by;
  const procedure = PROCEDURES[dice(PROCEDURES.length)] ?? 'hearing';
  const outcome = (['approved', 'approved_deferred', 'refused'] as const)[dice(3)] ?? 'approved';
  const needs = new Set(KINDS[kind].needs);
  return {
    id: `e${seq}`, kind, day: dayOfNumber(day), seq, by, reason: 'as the file says', document: `doc-${seq}`,
    ...(needs.has('procedure') ? { procedure } : {}), ...(needs.has('days') ? { days: 1 + dice(kind === 'extended' ? 18 : 30) } : {}), ...(needs.has('outcome') ? { outcome } : {}),
  };
}
