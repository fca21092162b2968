// When the clocks of a problem run out: from its policy, its life and its pauses. Pure. Whatever is changed, what was used stays used: a limit is always
// counted anew from where its round began, less the pauses. What is done at the very moment of a limit is done in time: a clock turns the moment after.
import { dayNumberOf, midnight, type Basis } from './basis.ts';
import { basesOf, lineFor, limitOf, minutesOf, type Limit, type Policy, type Unit } from './policy.ts';
import { numberOfDay } from '../../../kernel/epoch.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { clockStep, openPause, tellKey, type Life, type Pause } from '../life/life.ts';
import type { ClockStep, Severity, Tier } from '../life/steps.ts';

export interface Clocked {
  readonly step: ClockStep | null;
  /** Moments in milliseconds. When the running clock runs out, or did before it was paused; null while it stands and when it has ended. */
  readonly due: number | null;
  /** When the solution is due, in the same way. After it was submitted: when it had been due. */
  readonly solveDue: number | null;
  /** When it next does something by itself. */
  readonly turn: number | null;
  /** Some day up to the limit lies in a year that is not announced. */
  readonly provisional: boolean;
  readonly pausedMinutes: number;
}

/** Of one policy over one calendar; made once for very many problems. */
export interface Counter {
  clocked(life: Life, what: { readonly kind: string; readonly severity: Severity }): Clocked;
  /** When it next does something by itself: what `clocked` says, without the rest. */
  next(life: Life, what: { readonly kind: string; readonly severity: Severity }): number | null;
  /** What has happened by itself by a moment, in order. */
  turns(life: Life, what: { readonly kind: string; readonly severity: Severity }, at: number): readonly Turn[];
  /** Minutes of the solution's limit that are used at a moment, and the limit. */
  used(life: Life, what: { readonly kind: string; readonly severity: Severity }, at: number): { readonly used: number; readonly limit: number; readonly unit: Unit };
  /** When one of its clocks runs out; null while it stands and had not run out before. */
  dueOf(life: Life, what: { readonly kind: string; readonly severity: Severity }, step: ClockStep): number | null;
  /** The last moment of a limit that begins at a moment. */
  limitFrom(limit: Limit, at: number): number;
}

export type Turn =
  | { readonly kind: 'overdue'; readonly step: ClockStep; readonly at: number }
  | { readonly kind: 'escalated'; readonly tier: Tier; readonly at: number }
  | { readonly kind: 'resumed'; readonly at: number }
  | { readonly kind: 'unanswered'; readonly at: number };

export function counterOf(policy: Policy, calendar: WorkCalendar): Counter {
  const basis = basesOf(policy, calendar);

  // The same limit is asked for several times of one problem, and very many problems are raised at one moment.
  const latest = new Map<Limit, { readonly from: number; readonly end: number }>();
  const limited = (limit: Limit, from: number, pauses: readonly Pause[]): number => {
    const on = basis(limit.unit);
    if (pauses.length > 0) return on.end(endOf(on, minutesOf(limit), on.start(from), pauses));
    const known = latest.get(limit);
    if (known?.from === from) return known.end;
    const end = on.end(on.add(on.start(from), minutesOf(limit)));
    latest.set(limit, { from, end });
    return end;
  };

  /** A clock stands while a pause lasts; one that had run out before the pause began has run out all the same. */
  const standing = (life: Life, limit: Limit, from: number): number | null => {
    const due = limited(limit, from, pausesSince(life));
    const pause = openPause(life);
    return pause === undefined || due < pause.from ? due : null;
  };

  const solveDue = (life: Life, what: What): number | null => (life.agreedDay === null ? standing(life, lineFor(policy, what).solve, life.roundAt) : endOfAgreed(life, life.agreedDay));

  const stepDue = (life: Life, what: What, step: ClockStep): number | null => {
    if (step === 'solve') return solveDue(life, what);
    if (step === 'confirm') return limited(policy.confirm, life.submittedAt ?? life.roundAt, []);
    // Whoever forwards it again has the limit from when it came back.
    return standing(life, limitOf(policy, lineFor(policy, what), step), step === 'forward' ? Math.max(life.heldAt, life.roundAt) : life.roundAt);
  };

  const rungs = (life: Life, what: What): { readonly tier: Tier; readonly at: number }[] => {
    if (life.state === 'submitted' || openPause(life) !== undefined) return [];
    const due = solveDue(life, what);
    return policy.ladder.flatMap(({ tier, from, after }) => {
      const start = from === 'raised' ? life.roundAt : due;
      if (start === null || tier <= life.tier) return [];
      return [{ tier: tierOf(tier), at: PAST + (after === null ? start : limited(after, start, from === 'raised' ? pausesSince(life) : [])) }];
    }).sort((a, b) => a.at - b.at || a.tier - b.tier);
  };

  /** Clocks that can run out now and were not told yet. */
  const running = (life: Life, what: What): { readonly step: ClockStep; readonly at: number }[] => {
    const step = clockStep(life);
    if (step === null || step === 'confirm') return [];
    const steps: readonly ClockStep[] = step === 'solve' ? ['solve'] : [step, 'solve'];
    return steps.flatMap((each) => {
      const due = stepDue(life, what, each);
      return due === null || life.told.includes(tellKey(life, each)) ? [] : [{ step: each, at: due + PAST }];
    });
  };

  const nextTurn = (life: Life, what: What): number | null => {
    const step = clockStep(life);
    if (step === null) return null;
    const pause = openPause(life);
    if (pause !== undefined) return Math.min(pause.until, ...running(life, what).map(({ at }) => at));
    if (step === 'confirm') return past(stepDue(life, what, 'confirm'));
    const all = [...running(life, what), ...rungs(life, what)].map(({ at }) => at);
    return all.length === 0 ? null : Math.min(...all);
  };

  return {
    clocked: (life, what) => {
      const step = clockStep(life);
      const due = step === null ? null : stepDue(life, what, step);
      const solve = solveDue(life, what);
      const last = Math.max(due ?? 0, solve ?? 0);
      return {
        step, due, solveDue: solve, turn: nextTurn(life, what),
        provisional: last > 0 && calendar.numbers.provisionalBetween(dayNumberOf(life.roundAt), dayNumberOf(last)),
        pausedMinutes: Math.round(life.pauses.reduce((sum, { from, to }) => sum + ((to ?? from) - from) / 60_000, 0)),
      };
    },
    next: nextTurn,
    turns: (life, what, at) => {
      const step = clockStep(life);
      if (step === null) return [];
      const pause = openPause(life);
      if (step === 'confirm') {
        const due = past(stepDue(life, what, 'confirm'));
        return due !== null && due <= at ? [{ kind: 'unanswered', at: due }] : [];
      }
      const over = running(life, what).filter((one) => one.at <= at).map((one): Turn => ({ kind: 'overdue', step: one.step, at: one.at }));
      if (pause !== undefined) return [...over, ...(pause.until <= at ? [{ kind: 'resumed' as const, at: pause.until }] : [])].sort((a, b) => a.at - b.at);
      const climbed = rungs(life, what).filter((one) => one.at <= at).map((one): Turn => ({ kind: 'escalated', tier: one.tier, at: one.at }));
      return [...over, ...climbed].sort((a, b) => a.at - b.at);
    },
    used: (life, what, at) => {
      const limit = lineFor(policy, what).solve;
      const on = basis(limit.unit);
      const start = on.start(life.roundAt);
      const until = life.submittedAt ?? life.endedAt ?? at;
      const agreed = life.agreedDay === null ? null : endOfAgreed(life, life.agreedDay) + PAST;
      // An agreed day stands, whatever was waited for: of it nothing is taken off.
      const paused = agreed !== null ? 0 : pausesSince(life).reduce((sum, { from, to }) => sum + Math.max(0, on.between(clamp(from, start, until), clamp(to ?? until, start, until))), 0);
      return {
        used: Math.max(0, on.between(start, Math.max(until, start)) - paused), limit: agreed === null ? minutesOf(limit) : Math.max(0, Math.round(on.between(start, Math.max(agreed, start)))), unit: limit.unit,
      };
    },
    dueOf: stepDue,
    limitFrom: (limit, at) => limited(limit, at, []),
  };
}

/** Milliseconds from the last moment that is in time to the first that is not. */
const PAST = 1;

function past(due: number | null): number | null {
  return due === null ? null : due + PAST;
}

function endOfAgreed(life: Life, day: string): number {
  return midnight((numberOfDay(day) ?? dayNumberOf(life.roundAt)) + 1) - PAST;
}

interface What { readonly kind: string; readonly severity: Severity }

/** The moment at which `minutes` have passed since `start` outside of the pauses, which are in order and do not overlap. */
function endOf(on: Basis, minutes: number, start: number, pauses: readonly Pause[]): number {
  let end = on.add(start, minutes);
  for (const { from, to } of pauses) {
    if (to === null || to <= start || from >= end) continue;
    end = on.add(end, on.between(Math.max(from, start), to));
  }
  return end;
}

function pausesSince(life: Life): readonly Pause[] {
  return life.pauses.filter((pause) => pause.to === null || pause.to > life.roundAt);
}

function clamp(at: number, low: number, high: number): number {
  return Math.min(Math.max(at, low), Math.max(low, high));
}

function tierOf(tier: number): Tier {
  return tier >= 5 ? 5 : tier === 4 ? 4 : tier === 3 ? 3 : tier === 2 ? 2 : 1;
}
