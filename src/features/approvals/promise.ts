// Notification and promise (告知承诺): the department tells the conditions, the applicant promises in writing, the permit is given at once and
// checked later; a false promise costs the permit and is put on record. Pure. Items of state or public safety and of health never go this way.
import { refuse } from '../../kernel/refuse.ts';
import type { Deadline, WorkCalendar } from '../../kernel/workdays.ts';

export interface PromisePolicy {
  /** The item may go by promise. */
  readonly allowed: boolean;
  /** State security, public security, health: excluded whatever the policy says (河南省优化营商环境条例 2020, 34). */
  readonly excluded: boolean;
  /** Working days within which what was promised is checked. */
  readonly checkDays: number;
  /** Who must sign: the legal representative, in places the design unit too. */
  readonly signers: readonly Signer[];
}

export type Signer = 'legal_representative' | 'design_unit';

/** What happens to a promise, in order of days. */
export type PromiseStep =
  | { readonly kind: 'told'; readonly day: string }
  | { readonly kind: 'promised'; readonly day: string; readonly signers: readonly Signer[] }
  | { readonly kind: 'granted'; readonly day: string; readonly number: string }
  | { readonly kind: 'checked'; readonly day: string; readonly kept: boolean; readonly finding: string }
  | { readonly kind: 'revoked'; readonly day: string; readonly number: string };

/** `broken`: found false, the permit still stands and must be revoked. */
export type PromiseStatus = 'none' | 'told' | 'promised' | 'granted' | 'verified' | 'broken' | 'revoked';

export interface PromiseState {
  readonly status: PromiseStatus;
  readonly day: string;
  readonly number: string | null;
  /** By when it must be checked; null before it is granted. */
  readonly check: Deadline | null;
  /** What goes to the credit record: the finding of a check that found the promise false. */
  readonly record: { readonly day: string; readonly finding: string } | null;
}

const NONE: PromiseState = { status: 'none', day: '', number: null, check: null, record: null };
const BEFORE: Readonly<Record<PromiseStep['kind'], PromiseStatus>> = { told: 'none', promised: 'told', granted: 'promised', checked: 'granted', revoked: 'broken' };

/** Refuses `cases.promise_not_here`, `promise_excluded`, `not_signed`, `not_from_state`, `event_order`, `event_lacks`. */
export function promiseOf(steps: readonly PromiseStep[], policy: PromisePolicy, calendar: WorkCalendar): PromiseState {
  if (policy.excluded) refuse('cases.promise_excluded');
  if (!policy.allowed) refuse('cases.promise_not_here');
  return steps.reduce((state, step) => taken(state, step, policy, calendar), NONE);
}

function taken(state: PromiseState, step: PromiseStep, policy: PromisePolicy, calendar: WorkCalendar): PromiseState {
  if (step.day < state.day) refuse('cases.event_order', { day: step.day });
  if (state.status !== BEFORE[step.kind]) refuse('cases.not_from_state', { kind: step.kind, status: state.status });
  const at = { ...state, day: step.day };
  switch (step.kind) {
    case 'told':
      return { ...at, status: 'told' };
    case 'promised': {
      const missing = policy.signers.find((one) => !step.signers.includes(one));
      if (missing !== undefined) refuse('cases.not_signed', { by: missing });
      return { ...at, status: 'promised' };
    }
    case 'granted':
      if (step.number.trim() === '') refuse('cases.event_lacks', { kind: step.kind, need: 'number' });
      return { ...at, status: 'granted', number: step.number, check: calendar.add(step.day, policy.checkDays) };
    case 'checked':
      return step.kept ? { ...at, status: 'verified' } : { ...at, status: 'broken', record: { day: step.day, finding: step.finding } };
    case 'revoked':
      return { ...at, status: 'revoked' };
  }
}
