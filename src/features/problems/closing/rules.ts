// What answers make of a problem: solved, done again one level higher, waited for. Pure. Silence is never satisfaction, and nobody rates his own work.
import type { Side, Tier, Verdict } from '../life/steps.ts';
import type { Said } from './contract.ts';

export interface Asked {
  readonly side: Side;
  readonly dueAt: number;
  readonly verdict: Verdict | null;
}

export type Outcome =
  | { readonly kind: 'wait' }
  | { readonly kind: 'solved'; readonly by: Side; readonly satisfaction: Verdict }
  | { readonly kind: 'redone' };

/** While the time to confirm runs: everybody asked must have said yes; one no is enough to do it again. */
export function outcome(asked: readonly Asked[]): Outcome {
  const heard = standIn(asked);
  if (heard.some((one) => one.verdict === 'dissatisfied')) return { kind: 'redone' };
  const by = confirmer(asked);
  if (by === undefined || heard.some((one) => !isYes(one.verdict))) return { kind: 'wait' };
  return { kind: 'solved', by, satisfaction: worst(heard) };
}

/** When the time to confirm is over: one who confirmed is enough, but an enterprise that said nothing is not satisfied; nobody: closed, not solved. */
export function unanswered(asked: readonly Asked[]): { readonly kind: 'solved'; readonly by: Side; readonly satisfaction: Verdict } | { readonly kind: 'closed' } {
  const heard = standIn(asked);
  const by = confirmer(asked);
  if (by === undefined) return { kind: 'closed' };
  const silent = heard.some((one) => one.side === 'enterprise' && !isYes(one.verdict));
  return { kind: 'solved', by, satisfaction: silent ? 'no_answer' : worst(heard) };
}

/** What stands after somebody was called back about a problem that had ended. */
export function revised(before: Verdict | null, said: Said): Verdict {
  return before === null || before === 'no_answer' ? said : worst([{ verdict: before }, { verdict: said }]);
}

export function isYes(verdict: Verdict | null): verdict is 'satisfied' | 'basically' {
  return verdict === 'satisfied' || verdict === 'basically';
}

/** The level above; the highest stays. */
export function above(tier: Tier): Tier {
  return tier >= 4 ? 5 : tier === 3 ? 4 : tier === 2 ? 3 : 2;
}

// A call-back speaks for the enterprise that has not answered, or where no enterprise was asked for the commissioner who has not.
function standIn(asked: readonly Asked[]): readonly Asked[] {
  const call = asked.find((one) => one.side === 'callback');
  if (call === undefined || call.verdict === null || call.verdict === 'no_answer') return asked.length > 1 ? asked.filter((one) => one.side !== 'callback') : asked;
  const stands = asked.some((one) => one.side === 'enterprise') ? 'enterprise' : 'commissioner';
  return asked.map((one) => (one.side === stands && (one.verdict === null || one.verdict === 'no_answer') ? { ...one, verdict: call.verdict } : one));
}

const ORDER: readonly Side[] = ['enterprise', 'callback', 'commissioner'];

function confirmer(asked: readonly Asked[]): Side | undefined {
  return ORDER.find((side) => asked.some((one) => one.side === side && isYes(one.verdict)));
}

function worst(all: readonly { readonly verdict: Verdict | null }[]): Verdict {
  for (const verdict of ['dissatisfied', 'basically', 'satisfied'] as const) if (all.some((one) => one.verdict === verdict)) return verdict;
  return 'no_answer';
}
