// The time axis of a plan: day 0 is the first day that counts, the one after the day of the start (民法典 201, 行政许可法 82). Turns the
// kernel's moments into days and the official working-day calendar into one of the axis.
import type { Calendar } from '../../../kernel/calendartime.ts';
import { dayOfNumber, numberOfDay } from '../../../kernel/epoch.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';

export interface Axis {
  readonly working: Calendar;
  /** The last day of what ends at a moment of the axis; of moment 0 the day of the start itself. */
  dayAt(finish: number): string;
  /** The first day that counts of what begins at a moment of the axis and takes time. */
  firstAt(start: number): string;
  /** Working days from the start to a moment of the axis. */
  workingTo(finish: number): number;
  /** A day until the moment lies in a year whose holidays are not announced: what is reached there may still move. */
  provisionalTo(finish: number): boolean;
}

/** Refuses `approvals.start_day` where the start is no day. */
export function axisFrom(start: string, { numbers }: WorkCalendar): Axis {
  const day = numberOfDay(start) ?? refuse('approvals.start_day', { day: start.slice(0, 40) });
  return {
    // Before the start every day counts, as the kernel's own calendars have it: nothing is ever planned there.
    working: {
      ordinal: (at) => (at < 0 ? at : numbers.between(day, day + at)),
      moment: (ordinal) => (ordinal < 0 ? ordinal : numbers.add(day, ordinal + 1) - day - 1),
    },
    dayAt: (finish) => dayOfNumber(day + finish),
    firstAt: (start) => dayOfNumber(day + start + 1),
    workingTo: (finish) => numbers.between(day, day + finish),
    provisionalTo: (finish) => numbers.provisionalBetween(day, day + finish),
  };
}
