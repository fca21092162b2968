// How a decision stands on a day, when it may be supervised, told in a bulletin, extended; the fulfilment rate. Pure.
import { addDays, daysBetween } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';

export type Fate = 'on_time' | 'late' | 'open' | 'overdue';

/** By the original deadline: an extension never makes what is late punctual. */
export function fateOf(originalDue: string, doneDay: string | null, day: string): Fate {
  if (doneDay !== null) return doneDay <= originalDue ? 'on_time' : 'late';
  return originalDue < day ? 'overdue' : 'open';
}

export interface Counted { readonly onTime: number; readonly late: number; readonly overdue: number; readonly lateWithin: number; readonly overdueWithin: number }

/**
 * 落实率: done on time ÷ (done + overdue and open), in basis points; what is not due yet is in neither. `extendedRateBp` counts by the deadlines as they
 * were extended: `lateWithin` of the late ones were done within theirs, `overdueWithin` of the overdue ones still are.
 */
export function ratesOf(one: Counted): { readonly rateBp: number | null; readonly extendedRateBp: number | null } {
  const below = one.onTime + one.late + one.overdue;
  const extendedBelow = below - one.overdueWithin;
  return { rateBp: below === 0 ? null : Math.floor((one.onTime * 10_000) / below), extendedRateBp: extendedBelow === 0 ? null : Math.floor(((one.onTime + one.lateWithin) * 10_000) / extendedBelow) };
}

export interface Standing {
  readonly dueDay: string; readonly doneDay: string | null; readonly issued: boolean;
  /** Days on which slips of each kind were issued, in their order. */
  readonly supervised: readonly string[]; readonly bulletins: number; readonly interviews: number;
}

/** The day until which it may still be done without being told again: the deadline, or what the last supervision slip gave. */
export function lastDayOf(one: Standing, againDays: number): string {
  const last = one.supervised.at(-1);
  return last === undefined ? one.dueDay : addDays(last, againDays);
}

/** Which time it would be supervised now; undefined: it is not overdue, or not again. */
export function superviseNext(one: Standing, againDays: number, day: string): number | undefined {
  if (!one.issued || one.doneDay !== null || lastDayOf(one, againDays) >= day) return undefined;
  return one.supervised.length + 1;
}

/** A bulletin, an interview: for what is overdue a second time, once for each supervision slip that was in vain. */
export function reproachNext(one: Standing, told: number, againDays: number, day: string): number | undefined {
  const vain = one.supervised.filter((issued, i) => i < one.supervised.length - 1 || addDays(issued, againDays) < day).length;
  return one.doneDay === null && told < vain ? told + 1 : undefined;
}

/** Asked for before the deadline, at most so many times, one at a time, for a later day. */
export function checkExtension(one: { readonly dueDay: string; readonly doneDay: string | null; readonly asked: number; readonly open: boolean }, wantedDay: string, most: number, day: string): void {
  if (one.doneDay !== null) refuse('slips.done_already');
  if (one.open) refuse('slips.extension_open');
  if (one.asked >= most) refuse('slips.extensions_used', { count: most });
  if (day > one.dueDay) refuse('slips.extension_late', { day: one.dueDay });
  if (wantedDay <= one.dueDay) refuse('slips.extension_early', { day: one.dueDay });
}

/** Days on which a report is due: every so many days before the deadline. */
export function checkpointDays(from: string, due: string, every: number): readonly string[] {
  return Array.from({ length: Math.max(0, Math.ceil(daysBetween(from, due) / every) - 1) }, (_, i) => addDays(from, (i + 1) * every)).slice(0, 60);
}

const digits = (value: number): string => String(value).padStart(2, '0');

/** 第45-03号, the second time 第45-03-2号; the words around it are the kind's, before it stands the mark of the series if it has one. */
export function slipNumber(template: string, one: { readonly year: number; readonly mark: string; readonly meeting: number; readonly ordinal: number; readonly times: number }): string {
  const said: Readonly<Record<string, string>> = { year: String(one.year), mark: one.mark, number: `${one.meeting}-${digits(one.ordinal)}${one.times > 1 ? `-${one.times}` : ''}` };
  // At once: what stands in a mark is said as it stands.
  return template.replaceAll(/\{(year|mark|number)\}/g, (place, name: string) => said[name] ?? place);
}
