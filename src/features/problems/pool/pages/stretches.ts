// Who had the ball when: the time of a problem from the moment it was raised, cut by its steps and pauses, with its limits as places on it. Pure.
import type { State } from '../../life/steps.ts';
import type { One } from './say.ts';

export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Whose it was, and what he had to do; `paused` counts against nobody. */
  readonly kind: State | 'paused';
  readonly pauseKind: string | null;
  readonly owner: string;
  readonly round: number;
}

export interface Picture {
  readonly from: number;
  readonly to: number;
  readonly stretches: readonly Stretch[];
  /** Marks upon it; those that lie outside are left out. */
  readonly marks: readonly { readonly kind: 'now' | 'due' | 'solve'; readonly at: number }[];
}

type Shown = Pick<One, 'steps' | 'pauses' | 'at' | 'endedAt' | 'dueAt' | 'solveDueAt' | 'raisedAt' | 'step' | 'state'>;

export function pictureOf(one: Shown): Picture {
  const start = Date.parse(one.raisedAt);
  // A zone that stands on a day comes round to the same hour again: what was done last was done by now.
  const now = Math.max(Date.parse(one.at), start, ...one.steps.map((step) => Date.parse(step.at)));
  const end = one.endedAt === null ? now : Date.parse(one.endedAt);
  const stretches = one.steps.flatMap((step, index): Stretch[] => {
    const from = Date.parse(step.at);
    const to = Math.max(from, index + 1 < one.steps.length ? Date.parse(one.steps[index + 1]?.at ?? step.at) : end);
    return cutByPauses({ from, to, kind: stateOf(step.state), pauseKind: null, owner: step.ownerName, round: step.round }, one.pauses);
  });
  const solve = one.solveDueAt === null ? null : Date.parse(one.solveDueAt);
  const due = one.dueAt === null || one.step === null || one.step === 'solve' ? null : Date.parse(one.dueAt);
  const to = Math.max(end, one.step === null ? 0 : Math.max(solve ?? 0, due ?? 0), start + 1);
  const marks = [...(one.step === null ? [] : [{ kind: 'now' as const, at: now }]), ...(due === null ? [] : [{ kind: 'due' as const, at: due }]), ...(solve === null ? [] : [{ kind: 'solve' as const, at: solve }])];
  return { from: start, to, stretches: joined(stretches).filter((each) => each.to > each.from), marks: marks.filter(({ at }) => at >= start && at <= to) };
}

const STATES: readonly State[] = ['received', 'accepted', 'assigned', 'handling', 'submitted', 'ruling', 'solved', 'closed', 'withdrawn', 'declined', 'merged'];

function stateOf(text: string): State {
  return STATES.find((state) => state === text) ?? 'handling';
}

function cutByPauses(whole: Stretch, pauses: Shown['pauses']): Stretch[] {
  const parts: Stretch[] = [];
  let at = whole.from;
  for (const pause of pauses) {
    const from = Math.max(Date.parse(pause.fromAt), at);
    const to = Math.min(pause.toAt === null ? whole.to : Date.parse(pause.toAt), whole.to);
    if (from >= to) continue;
    if (from > at) parts.push({ ...whole, from: at, to: from });
    parts.push({ ...whole, from, to, kind: 'paused', pauseKind: pause.kind });
    at = to;
  }
  if (at < whole.to || parts.length === 0) parts.push({ ...whole, from: at });
  return parts;
}

/** Neighbours of the same owner and state are one; what ended is no stretch. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const next of stretches.filter((each) => each.to > each.from && !ENDED.has(each.kind))) {
    const last = all.at(-1);
    if (last !== undefined && last.kind === next.kind && last.owner === next.owner && last.round === next.round && last.to === next.from) all[all.length - 1] = { ...last, to: next.to };
    else all.push(next);
  }
  return all;
}

const ENDED = new Set<Stretch['kind']>(['solved', 'closed', 'withdrawn', 'declined', 'merged']);
