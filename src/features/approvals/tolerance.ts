// Acceptance with secondary materials owed (容缺受理): the main ones are complete, each that is missing has a day by which it is due. What is not
// supplied in time sends the case back by itself. Pure; a case that still owes is no formal result of anything.
import { refuse } from '../../kernel/refuse.ts';
import type { WorkCalendar } from '../../kernel/workdays.ts';

/** A material that the item asks for; the list and what may follow later are public (河南省优化营商环境条例 2020, 35: the article must be checked again). */
export interface Material {
  readonly id: string;
  readonly main: boolean;
  /** Working days within which it may follow; null: it may not. */
  readonly deferDays: number | null;
}

export interface Debt {
  readonly material: string;
  /** Due at the end of this day, YYYY-MM-DD. */
  readonly due: string;
  readonly suppliedDay: string | null;
}

export interface Tolerance {
  /** The day of acceptance. */
  readonly day: string;
  readonly debts: readonly Debt[];
}

/** `clear`: nothing is owed any more; `owing`; `returned`: a day passed without its material. */
export type ToleranceState = 'clear' | 'owing' | 'returned';

/**
 * Accepts with what is missing owed, all told at once. Refuses `cases.main_missing` (a main material is not there), `cases.not_deferrable`
 * and `cases.tolerance_not_here` (the item allows none).
 */
export function tolerate(materials: readonly Material[], given: ReadonlySet<string>, day: string, allowed: boolean, calendar: WorkCalendar): Tolerance {
  const missing = materials.filter((one) => !given.has(one.id));
  if (missing.length > 0 && !allowed) refuse('cases.tolerance_not_here');
  const main = missing.find((one) => one.main);
  if (main !== undefined) refuse('cases.main_missing', { material: main.id });
  return { day, debts: missing.map((one) => ({ material: one.id, due: calendar.add(day, one.deferDays ?? refuse('cases.not_deferrable', { material: one.id })).day, suppliedDay: null })) };
}

/** A material that was owed arrives. Refuses `cases.returned`, `cases.not_owed`, `cases.event_order`. */
export function supply(tolerance: Tolerance, material: string, day: string): Tolerance {
  if (day < tolerance.day) refuse('cases.event_order', { day });
  if (toleranceState(tolerance, day) === 'returned') refuse('cases.returned');
  const debt = tolerance.debts.find((one) => one.material === material && one.suppliedDay === null);
  if (debt === undefined) refuse('cases.not_owed', { material });
  return { ...tolerance, debts: tolerance.debts.map((one) => (one === debt ? { ...one, suppliedDay: day } : one)) };
}

/** Where it stands at the end of a day. */
export function toleranceState(tolerance: Tolerance, day: string): ToleranceState {
  const suppliedBy = (debt: Debt): boolean => debt.suppliedDay !== null && debt.suppliedDay <= day;
  // Once it was sent back it stays so, whatever arrives later.
  if (tolerance.debts.some((one) => one.due < day && (one.suppliedDay === null || one.suppliedDay > one.due))) return 'returned';
  return tolerance.debts.every(suppliedBy) ? 'clear' : 'owing';
}
