// The published steps of a limit (受理 1, 资料审核 4, 现场验收 3, 答复 1) on the clock of a case: by which day each is due, and the windows for
// rectification that move them. Pure; a step has no clock of its own.
import { dayOfNumber, numberOfDay } from '../../../kernel/epoch.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { resumeCase, settled } from './clock.ts';
import type { CaseEvent } from './events.ts';
import { spanIn } from './reading.ts';
import type { CaseState } from './state.ts';
import type { ClockRules, Unit } from './terms.ts';

/** The day by whose end so many days of the clock are used. A clock that stands still goes on today; in a window, after the window. */
export function dueAfter(events: readonly CaseEvent[], count: number, unit: Unit, now: string, rules: ClockRules, calendar: WorkCalendar): string {
  const day = numberOfDay(now) ?? 0;
  const state = settled(resumeCase(events, rules, calendar), day, rules, calendar);
  const span = spanIn(unit, calendar);
  let left = count;
  for (const stretch of state.past) {
    if (!stretch.counts) continue;
    const used = span.between(stretch.after, stretch.to);
    if (used >= left) return dayOfNumber(span.add(stretch.after, left));
    left -= used;
  }
  return dayOfNumber(span.add(goesOn(state, day, calendar), left));
}

function goesOn(state: CaseState, day: number, calendar: WorkCalendar): number {
  if (state.status === 'accepted' && state.open !== null) return state.open.after;
  if (state.status === 'rectifying' && state.open !== null) return calendar.numbers.add(state.open.after, state.version?.rectification?.days ?? 0);
  return state.decided ?? state.closed ?? day;
}

/** A window for the applicant to put right what was found. */
export interface Window {
  readonly from: string;
  /** Its last day, on which it ends by itself. */
  readonly last: string;
  /** The day on which it ended; null: it is open. */
  readonly ended: string | null;
  /** Working days that it took, so far. */
  readonly working: number;
  readonly reason: string | null;
}

export function windowsOf(events: readonly CaseEvent[], days: number, now: string, calendar: WorkCalendar): Window[] {
  return events.flatMap((event, i) => {
    if (event.kind !== 'rectification_begun') return [];
    const last = calendar.add(event.day, days).day;
    const said = events.slice(i + 1).find((one) => ENDS.has(one.kind))?.day;
    const ended = said !== undefined && said <= last ? said : now > last ? last : null;
    return [{ from: event.day, last, ended, working: calendar.between(event.day, ended ?? now), reason: event.reason ?? null }];
  });
}

const ENDS = new Set<CaseEvent['kind']>(['rectification_ended', 'rectification_begun', 'decided', 'withdrawn', 'returned']);
