// How a case stands to one of its two time limits on a day: used, left, over, and the deadline. Pure arithmetic on the stretches that count.
import type { WorkCalendar } from '../../kernel/workdays.ts';
import type { LimitVersion, Unit } from './terms.ts';
import type { CaseState } from './state.ts';

export type Which = 'statutory' | 'promised';

/** Days are numbers; `limit`, `used`, `left`, `over` are days in `unit`. used + left = limit; over is what goes beyond it. */
export interface Reading {
  readonly unit: Unit;
  /** With the extension. */
  readonly limit: number;
  readonly extension: number;
  readonly used: number;
  readonly left: number;
  readonly over: number;
  readonly deadline: number;
  /** The deadline is behind: the clock ran on after it. */
  readonly passed: boolean;
  /** The clock stands still: the deadline is what it would be if it went on today, and moves every day. */
  readonly moving: boolean;
  readonly provisional: boolean;
  /** From here the clock runs, with so many days left then (negative: it was over): what a daily refresh needs. */
  readonly anchor: number;
  readonly leftAtAnchor: number;
}

/** Reads a case that is settled for the day (clock.ts). A case that is not accepted yet is read as if it were accepted on that day. */
export function readingOf(state: CaseState, version: LimitVersion, which: Which, day: number, calendar: WorkCalendar): Reading {
  const { days, unit } = which === 'statutory' ? version.statutory : (version.promised ?? version.statutory);
  const extension = which === 'statutory' || version.promised === undefined || version.promiseExtends === true ? state.extension : 0;
  const limit = days + extension;
  const span = spanIn(unit, calendar);
  let left = limit;
  let passed: number | null = null;
  let last = { after: -Infinity, left: limit };
  for (const stretch of counted(state, day)) {
    const allowed = span.add(stretch.after, Math.max(0, left));
    if (passed === null && allowed < stretch.to) passed = allowed;
    last = { after: stretch.after, left };
    left -= span.between(stretch.after, stretch.to);
  }
  const running = state.status === 'accepted' && state.open !== null;
  const end = state.decided ?? state.closed;
  // The deadline counts from where the clock runs since, or stopped for good; a clock that stands still would go on today.
  const anchor = running ? state.open.after : (end ?? day);
  const leftAtAnchor = running && last.after === anchor ? last.left : left;
  const deadline = passed ?? span.add(anchor, Math.max(0, leftAtAnchor));
  const accepted = state.accepted ?? day;
  return {
    unit, limit, extension, used: limit - Math.max(0, left), left: Math.max(0, left), over: Math.max(0, 0 - left), deadline, passed: passed !== null,
    moving: passed === null && !running && end === null, provisional: unit === 'working' && calendar.numbers.provisionalBetween(accepted, Math.max(deadline, accepted)),
    anchor, leftAtAnchor,
  };
}

/** The stretches that use up the limit, the open one up to the day. */
function* counted(state: CaseState, day: number): Generator<{ after: number; to: number }> {
  for (const stretch of state.past) if (stretch.counts) yield stretch;
  if (state.open?.counts === true && day > state.open.after) yield { after: state.open.after, to: day };
}

export interface Span {
  between(from: number, to: number): number;
  add(day: number, count: number): number;
}

/** Days of a unit, (from, to] and deadline alike. */
export function spanIn(unit: Unit, calendar: WorkCalendar): Span {
  return unit === 'working' ? calendar.numbers : CALENDAR_DAYS;
}

const CALENDAR_DAYS: Span = { between: (from, to) => to - from, add: (day, count) => day + count };
