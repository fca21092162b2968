// What an edition of the zone's calendar holds: notices of the State Council office by year, and local days. Pure; a body that was stored is
// never changed.
import { addDays, daysBetween } from '../../../kernel/days.ts';
import type { CalendarExtra } from '../../../kernel/workdays.ts';

/** `all`: every clock, because a rule that binds all departments says so; `plans`: plans and forecasts alone (docs/decisions/0019). */
export const COUNTS = ['plans', 'all'] as const;
export type Counts = (typeof COUNTS)[number];

interface Entered {
  /** The edition that brought it. */
  readonly edition: number;
  readonly day: string;
  readonly by: string;
  readonly document: string;
  readonly link: string | null;
}

export interface NoticeEntry extends Entered {
  readonly year: number;
  /** As in kernel/holidays.ts. */
  readonly off: string;
  readonly work: string;
  readonly note: string | null;
}

export interface LocalEntry extends Entered {
  readonly id: string;
  readonly name: string;
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
  readonly work: boolean;
  readonly counts: Counts;
  /** The rule that lets it move the clocks of the law. */
  readonly basis: string | null;
}

export interface CalendarBody {
  readonly notices: readonly NoticeEntry[];
  readonly local: readonly LocalEntry[];
}

export const NOTHING_ENTERED: CalendarBody = { notices: [], local: [] };

/** What is laid over the notices that came with the program: for the clocks of the law, or for plans too. */
export function extraOf({ notices, local }: CalendarBody, which: 'law' | 'plans'): CalendarExtra {
  return { notices, days: local.filter((one) => which === 'plans' || one.counts === 'all').flatMap((one) => daysIn(one).map((day) => ({ day, work: one.work }))) };
}

/** Every day of a local entry. */
export function daysIn({ from, to }: Pick<LocalEntry, 'from' | 'to'>): string[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i));
}
