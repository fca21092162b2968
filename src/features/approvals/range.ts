// How sure a forecast is: durations drawn from what such items really took, many times over, give the days by which permit and start come
// in half and in four fifths of all cases. Never draws from anything but the seed, which it gives back.
import { planOf, type Plan, type PlanInput } from './plan.ts';
import { draws } from './draws.ts';

export interface RangeInput {
  /** Really finished durations in working days, clock and stops together, by code. Items without any keep their limit. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly seed: number;
  /** 1000 where nothing is said. */
  readonly samples?: number | undefined;
}

export interface Range {
  /** Working days from the start, and the day, by which it is done in 50 and 80 of 100 cases. */
  readonly p50: { readonly workingDays: number; readonly day: string };
  readonly p80: { readonly workingDays: number; readonly day: string };
}

export interface Forecast {
  readonly permit: Range;
  readonly begin: Range;
  readonly seed: number;
  readonly samples: number;
  /** Items whose real durations were drawn from. */
  readonly drawn: readonly string[];
}

/** Monte Carlo on the real network (bootstrap of finished durations, items independent of each other). The same seed gives the same answer. */
export function forecast(input: PlanInput, { history, seed, samples = 1000 }: RangeInput): Forecast {
  const drawn = Object.keys(history).filter((code) => (history[code]?.length ?? 0) > 0).toSorted();
  const next = draws(seed);
  const plans: Plan[] = [];
  for (let i = 0; i < samples; i += 1) {
    const durations = Object.fromEntries(drawn.map((code) => [code, pick(history[code] ?? [], next())]));
    plans.push(planOf({ ...input, durations: { ...input.durations, ...durations } }));
  }
  return { permit: rangeOf(plans, 'permit'), begin: rangeOf(plans, 'begin'), seed, samples, drawn };
}
