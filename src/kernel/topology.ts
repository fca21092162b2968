// The graph of a network in the form that a solver walks: successors side by side, an order in which every activity comes after those
// that it waits for, or the cycle that forbids such an order. Knows nothing of time; never copies more than once what it is given.

/** FS 0, SS 1, FF 2, SF 3: the low bit says that the predecessor's start counts, the high bit that the successor's finish is bound. */
export const LINK = { FS: 0, SS: 1, FF: 2, SF: 3 } as const;
export type LinkType = keyof typeof LINK;

/** Links as parallel arrays: from activity, to activity, type (LINK), lag in units of the time axis (negative: a lead). */
export interface Links {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly types: Uint8Array;
  readonly lags: Float64Array;
}

export interface Topology {
  /** The links out of activity u stand at places offsets[u] to offsets[u + 1] - 1. */
  readonly offsets: Int32Array;
  /** Two numbers a place: successor × 4 + type, and the lag. One line of the cache serves both. */
  readonly arcs: Float64Array;
  /** For each place the number of the link as it was given; only where asked for. */
  readonly numbers: Int32Array | null;
  /** Every activity once, after all that it waits for. */
  readonly order: Int32Array;
}

/** The activities of a cycle in the order of its links, the lowest number first; the last one leads back to the first. */
export interface Cycle {
  readonly cycle: readonly number[];
}

/**
 * Arranges the links of `count` activities: O(activities + links) time and memory. A stable order: activities that do not wait for each
 * other come by rising number of the last thing that they waited for. Kahn, CACM 5(11), 1962.
 * Throws RangeError where a link names an activity that does not exist.
 */
export function topologyOf(count: number, links: Links, numbered = false): Topology | Cycle {
  const { offsets, arcs, numbers, rising, waits } = arranged(count, links, numbered);
  // Links that lead to higher numbers only: the numbers are the order, and no cycle can be.
  if (rising) return { offsets, arcs, numbers, order: upTo(count) };
  const order = new Int32Array(count);
  let last = 0;
  for (let u = 0; u < count; u += 1) if (waits[u] === 0) order[last++] = u;
  for (let next = 0; next < last; next += 1) {
    const u = order[next] ?? 0;
    const end = offsets[u + 1] ?? 0;
    for (let k = offsets[u] ?? 0; k < end; k += 1) {
      const v = (arcs[2 * k] ?? 0) >> 2;
      const left = (waits[v] ?? 0) - 1;
      waits[v] = left;
      if (left === 0) order[last++] = v;
    }
  }
  return last === count ? { offsets, arcs, numbers, order } : { cycle: cycleIn(waits, links) };
}

/** The links beside their activities, and these not yet in any order. */
export interface Arranged extends Omit<Topology, 'order'> {
  /** Every link leads to a higher number. */
  readonly rising: boolean;
  /** For how many links each activity waits. */
  readonly waits: Int32Array;
}

/** For solvers that find the order while they walk. Throws as `topologyOf` does. */
export function arranged(count: number, links: Links, numbered = false): Arranged {
  const { offsets, rising, waits } = counted(count, links);
  const numbers = numbered ? new Int32Array(links.from.length) : null;
  return { offsets, arcs: placed(offsets, links, numbers), numbers, rising, waits };
}

export function upTo(count: number): Int32Array {
  const order = new Int32Array(count);
  for (let u = 0; u < count; u += 1) order[u] = u;
  return order;
}

/** offsets[u + 1] is where the links of u begin: placing them moves it on to where they end. */
function counted(count: number, { from, to, types, lags }: Links): { offsets: Int32Array; rising: boolean; waits: Int32Array } {
  const offsets = new Int32Array(count + 2);
  const waits = new Int32Array(count);
  const links = from.length;
  if (to.length !== links || types.length !== links || lags.length !== links) throw new RangeError('the arrays of the links differ in length');
  let rising = true;
  for (let e = 0; e < links; e += 1) {
    const a = from[e] ?? -1;
    const b = to[e] ?? -1;
    if (a >>> 0 >= count || b >>> 0 >= count) throw new RangeError(`link ${String(e)} names an activity that does not exist`);
    if (a >= b) rising = false;
    offsets[a + 2] = (offsets[a + 2] ?? 0) + 1;
    waits[b] = (waits[b] ?? 0) + 1;
  }
  for (let u = 2; u <= count; u += 1) offsets[u] = (offsets[u] ?? 0) + (offsets[u - 1] ?? 0);
  return { offsets, rising, waits };
}

function placed(offsets: Int32Array, { from, to, types, lags }: Links, numbers: Int32Array | null): Float64Array {
  const links = from.length;
  const arcs = new Float64Array(2 * links);
  for (let e = 0; e < links; e += 1) {
    const at = (from[e] ?? 0) + 1;
    const place = offsets[at] ?? 0;
    offsets[at] = place + 1;
    arcs[2 * place] = (to[e] ?? 0) * 4 + (types[e] ?? 0);
    arcs[2 * place + 1] = lags[e] ?? 0;
    if (numbers !== null) numbers[place] = e;
  }
  return arcs;
}

/** What still waits (`waits` is not 0) has a predecessor that still waits: going back from one to the next must meet a cycle. */
export function cycleIn(waits: ArrayLike<number>, { from, to }: Links): number[] {
  const before = new Int32Array(waits.length).fill(-1);
  for (let e = from.length - 1; e >= 0; e -= 1) {
    const a = from[e] ?? 0;
    const b = to[e] ?? 0;
    if ((waits[a] ?? 0) > 0 && (waits[b] ?? 0) > 0) before[b] = a;
  }
  const seen = new Uint8Array(waits.length);
  let at = 0;
  while ((waits[at] ?? 1) <= 0) at += 1;
  while (seen[at] === 0) {
    seen[at] = 1;
    at = before[at] ?? 0;
  }
  const back = [at];
  for (let u = before[at] ?? 0; u !== at; u = before[u] ?? 0) back.push(u);
  const cycle = back.reverse();
  const first = cycle.indexOf(cycle.reduce((least, u) => Math.min(least, u)));
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
