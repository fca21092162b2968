// How sure a forecast is: durations drawn from what such items really took, many times over, give the days by which permit and start come
// in half and in four fifths of all cases. Never draws from anything but the seed, which it gives back.
import type { Axis } from './axis.ts';
import { draws } from './draws.ts';
import { earliest, prepare, type PlanInput } from './plan.ts';

export interface RangeInput {
  /** Really finished durations in working days, from acceptance to result with all stops, by code. Items without any keep their limit. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** An unsigned 32-bit whole number. */
  readonly seed: number;
  /** 1000 where nothing is said. */
  readonly samples?: number | undefined;
}

/** Working days from the start, and the day, by which it is done in so many of a hundred cases. */
export interface Quantile {
  readonly percent: 50 | 80;
  readonly workingDays: number;
  readonly day: string;
}

export interface Forecast {
  readonly permit: readonly Quantile[];
  readonly begin: readonly Quantile[];
  readonly seed: number;
  readonly samples: number;
  /** Items whose real durations were drawn from. */
  readonly drawn: readonly string[];
}

/**
 * Monte Carlo on the real network: each sample draws every duration with replacement from those given (bootstrap; items independent of
 * each other). The same input and seed give the same answer. O(samples × items).
 */
export function forecast(input: PlanInput, { history, seed, samples = 1000 }: RangeInput): Forecast {
  const project = prepare(input);
  const drawn = project.graph.items.map((one) => one.code).filter((code) => (history[code]?.length ?? 0) > 0);
  const next = draws(seed);
  const permit = new Float64Array(samples);
  const begin = new Float64Array(samples);
  for (let i = 0; i < samples; i += 1) {
    const durations: Record<string, number> = { ...input.durations };
    for (const code of drawn) {
      const known = history[code] ?? [];
      durations[code] = known[Math.floor(next() * known.length)] ?? 0;
    }
    const ends = earliest(project, { ...input, durations });
    permit[i] = ends.permit;
    begin[i] = ends.begin;
  }
  return { permit: quantiles(permit, project.axis), begin: quantiles(begin, project.axis), seed, samples, drawn };
}

/** The smallest value that at least so many of a hundred do not exceed. */
function quantiles(values: Float64Array, axis: Axis): Quantile[] {
  const sorted = values.toSorted();
  return ([50, 80] as const).map((percent) => {
    const finish = sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
    return { percent, workingDays: axis.workingTo(finish), day: axis.dayAt(finish) };
  });
}
