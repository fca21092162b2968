// The turn of several simulated opinions into formal documents on one day: each after those that the law wants before it (行政许可 by 城乡规划法 37–40
// and the like), all on the same working day where that is possible. Pure; the order is computed, never asked for.
import { refuse } from '../../kernel/refuse.ts';

export interface Convertible {
  readonly item: string;
  /** Items that the law wants before it. */
  readonly after: readonly string[];
}

export interface Turn {
  /** Items in the order in which their documents are numbered, all on one day. */
  readonly order: readonly string[];
  /** What cannot be issued yet, and which formal documents it waits for. */
  readonly waiting: readonly { readonly item: string; readonly for: readonly string[] }[];
}

/** `formal`: items whose formal documents are there already. Refuses `cases.circular_order` where items wait for each other. */
export function turnOf(items: readonly Convertible[], formal: ReadonlySet<string>): Turn {
  const done = new Set(formal);
  const order: string[] = [];
  let left = [...items];
  for (;;) {
    // By name among those that are ready, so that the same items give the same order.
    const next = left.filter((one) => one.after.every((item) => done.has(item))).sort((a, b) => (a.item < b.item ? -1 : 1))[0];
    if (next === undefined) break;
    done.add(next.item);
    order.push(next.item);
    left = left.filter((one) => one !== next);
  }
  const waiting = left.map((one) => ({ item: one.item, for: one.after.filter((item) => !done.has(item)) }));
  const names = new Set(left.map((one) => one.item));
  if (waiting.length > 0 && waiting.every((one) => one.for.every((item) => names.has(item)))) refuse('cases.circular_order', { items: [...names].join(' ') });
  return { order, waiting };
}
