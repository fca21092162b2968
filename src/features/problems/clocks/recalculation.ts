// What a change of kind, severity or policy makes of the clocks: counted anew from where the round began, with the pauses as they were. Pure. Never loses
// what was used, and never takes back that something ran out.
import { resumedAt, tellKey } from '../life/life.ts';
import { CLOCKS, type ClockStep, type Severity } from '../life/steps.ts';
import type { Ground, Locked } from '../store.ts';

export interface Reclassified {
  readonly kind?: string;
  readonly severity?: Severity;
  readonly policy?: { readonly code: string; readonly version: number };
}

/** Clocks that ran out by the old limits and run by the new ones: when these run out it is told again. */
export function untold(ground: Ground, problem: Locked, change: Reclassified, at: number): readonly ClockStep[] {
  const { code, version } = change.policy ?? { code: problem.policy, version: problem.policyVersion };
  const counter = ground.counter(code, version);
  const what = { kind: change.kind ?? problem.kind, severity: change.severity ?? problem.severity };
  // A pause that lasts is looked at as if it ended now: what runs when it does end is told then.
  const life = resumedAt(problem.life, at);
  return CLOCKS.filter((step) => {
    const due = life.told.includes(tellKey(life, step)) ? counter.dueOf(life, what, step) : null;
    return due !== null && due > at;
  });
}
