// Times that contradict each other: a completion before its start, a gate out of the order that nearly every other row keeps.
// Warned about, never repaired: the person knows which of the two is wrong.
import type { When } from '../../../kernel/when.ts';

/** One after the other, by their nature. */
export const NATURAL: readonly (readonly [string, string])[] = [
  ['plannedStart', 'plannedCompletion'], ['plannedCompletion', 'plannedProduction'], ['plannedProduction', 'plannedEffect'],
  ['actualStart', 'actualCompletion'], ['actualCompletion', 'actualProduction'], ['actualProduction', 'actualEffect'],
];

export interface OrderPair {
  /** Keys of two columns of times: the first normally not after the second. */
  readonly first: string;
  readonly second: string;
  /** Rows that show both, and how many keep the order; both 0 for a natural pair. */
  readonly seen: number;
  readonly kept: number;
}

/** Rows needed before an order is believed, and the share that must keep it. */
const ENOUGH = 20;
const SHARE = 0.9;

/** Learns from rows which times come first. `free` says which keys take part: planned and actual of one event do not. */
export function learnOrder(rows: Iterable<ReadonlyMap<string, When>>, comparable: (a: string, b: string) => boolean): OrderPair[] {
  const counts = new Map<string, { a: string; b: string; seen: number; kept: number; strictly: number }>();
  for (const row of rows) {
    const times = [...row];
    for (const [a, left] of times) {
      for (const [b, right] of times) {
        if (a === b || !comparable(a, b)) continue;
        const key = `${a}\u0000${b}`;
        let count = counts.get(key);
        if (count === undefined) counts.set(key, (count = { a, b, seen: 0, kept: 0, strictly: 0 }));
        count.seen += 1;
        if (!later(left, right)) count.kept += 1;
        if (later(right, left)) count.strictly += 1;
      }
    }
  }
  return [...counts.values()]
    .filter((count) => count.seen >= ENOUGH && count.kept >= count.seen * SHARE && count.strictly >= count.seen * 0.5)
    .map((count) => ({ first: count.a, second: count.b, seen: count.seen, kept: count.kept }));
}

/** The pairs that a row turns round. */
export function inverted(row: ReadonlyMap<string, When>, pairs: readonly OrderPair[]): OrderPair[] {
  return pairs.filter((pair) => {
    const first = row.get(pair.first);
    const second = row.get(pair.second);
    return first !== undefined && second !== undefined && later(first, second);
  });
}

/** Surely later: by its day, or within one day by the hour where both are written with one. */
function later(a: When, b: When): boolean {
  if (a.from !== b.to) return a.from > b.to;
  return a.kind === 'day' && b.kind === 'day' && a.time !== undefined && b.time !== undefined && a.time > b.time;
}
