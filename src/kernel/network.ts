// The critical path method on typed arrays: early and late dates, floats and the critical activities of a network in one pass forward
// and one backward. Pure and linear; never looks at a calendar (calendartime.ts does) and never gives a negative float.
import { refuse } from './refuse.ts';
import { arranged, cycleIn, upTo, type Arranged, type Links, type Topology } from './topology.ts';

export interface Network extends Links {
  /** Days of each activity, 0 or more; 0 is a milestone. Whole or fractional. */
  readonly durations: Float64Array;
  /** The day before which each may not start; without it day 0 for all. */
  readonly notBefore?: Float64Array | undefined;
}

/** One number an activity, in days from day 0. An activity occupies [start, finish): its finish is the moment after its last day. */
export interface Solution {
  /** The latest early finish of all. */
  readonly duration: number;
  readonly earlyStart: Float64Array;
  readonly earlyFinish: Float64Array;
  readonly lateStart: Float64Array;
  readonly lateFinish: Float64Array;
  /** Total float: how much later it may start without the whole ending later. */
  readonly float: Float64Array;
  /** How much later it may start without any other starting later or the whole ending later. Never more than the total float. */
  readonly freeFloat: Float64Array;
  /** 1 where the total float is nothing. */
  readonly critical: Uint8Array;
}

/** Sums of fractional days leave dust behind; a float that is smaller than this share of the whole is none. */
const DUST = 1e-12;

/**
 * Early and late dates of a network (Kelley, Operations Research 9(3), 1961; the four link types after Moder, Phillips and Davis).
 *
 * A link with lag l binds: FS start(to) ≥ finish(from) + l; SS start(to) ≥ start(from) + l; FF finish(to) ≥ finish(from) + l;
 * SF finish(to) ≥ start(from) + l. Activities cannot be interrupted, so each is one bound on start(to) - start(from). None starts before
 * day 0, whatever its leads. Late dates let the whole end on its earliest day.
 *
 * Time and memory O(activities + links). A topology made before (topologyOf) may be handed in again when only durations and earliest
 * days changed. Refuses `network.cycle` with the numbers of its activities in order.
 */
export function solve(network: Network, topology?: Topology): Solution {
  const knots = knotsOf(network);
  const graph = topology === undefined ? found(knots, network) : forward(knots, topology);
  return unpacked(knots, network.durations, backward(knots, graph));
}

/**
 * Four numbers an activity in one line of the cache, because links lead anywhere and each costs a line: early start, duration, and what is
 * still waited for (forward), later the late start and the free float (backward).
 */
type Knots = Float64Array;

function knotsOf({ durations, notBefore }: Network): Knots {
  const knots = new Float64Array(4 * durations.length);
  for (let u = 0; u < durations.length; u += 1) {
    if (notBefore !== undefined) knots[4 * u] = Math.max(0, notBefore[u] ?? 0);
    knots[4 * u + 1] = durations[u] ?? 0;
  }
  return knots;
}

type Graph = Pick<Topology, 'offsets' | 'arcs' | 'order'>;

/** The order in which all may be walked, and the early starts on the same way. */
function found(knots: Knots, network: Network): Graph {
  const graph = arranged(network.durations.length, network);
  if (graph.rising) return forward(knots, { ...graph, order: upTo(network.durations.length) });
  const order = discover(knots, graph);
  if (order !== null) return { ...graph, order };
  const cycle = cycleIn(waitsIn(knots), network);
  return refuse('network.cycle', { cycle, path: cycle.join(' → ') });
}

/** Kahn's order and the forward pass in one: who waits for nothing any more has its early start. Null where a cycle waits for ever. */
function discover(knots: Knots, { offsets, arcs, waits }: Arranged): Int32Array | null {
  const count = knots.length / 4;
  const order = new Int32Array(count);
  let last = 0;
  for (let u = 0; u < count; u += 1) {
    const left = waits[u] ?? 0;
    knots[4 * u + 2] = left;
    if (left === 0) order[last++] = u;
  }
  for (let next = 0; next < last; next += 1) {
    const u = order[next] ?? 0;
    const at = knots[4 * u] ?? 0;
    const days = knots[4 * u + 1] ?? 0;
    const end = offsets[u + 1] ?? 0;
    for (let k = offsets[u] ?? 0; k < end; k += 1) {
      const arc = (arcs[2 * k] ?? 0) | 0;
      const v = arc & ~3;
      // Without branches: types come in no order that a processor could foresee.
      const start = at + ((arcs[2 * k + 1] ?? 0) + days * (1 - (arc & 1)) - (knots[v + 1] ?? 0) * ((arc >> 1) & 1));
      if (start > (knots[v] ?? 0)) knots[v] = start;
      const left = (knots[v + 2] ?? 0) - 1;
      knots[v + 2] = left;
      if (left === 0) order[last++] = v >> 2;
    }
  }
  return last === count ? order : null;
}

function waitsIn(knots: Knots): Float64Array {
  return Float64Array.from({ length: knots.length / 4 }, (_, u) => knots[4 * u + 2] ?? 0);
}

function forward(knots: Knots, graph: Graph): Graph {
  const { offsets, arcs, order } = graph;
  for (let i = 0; i < order.length; i += 1) {
    const u = order[i] ?? 0;
    const at = knots[4 * u] ?? 0;
    const days = knots[4 * u + 1] ?? 0;
    const end = offsets[u + 1] ?? 0;
    for (let k = offsets[u] ?? 0; k < end; k += 1) {
      const arc = (arcs[2 * k] ?? 0) | 0;
      const v = arc & ~3;
      const start = at + ((arcs[2 * k + 1] ?? 0) + days * (1 - (arc & 1)) - (knots[v + 1] ?? 0) * ((arc >> 1) & 1));
      if (start > (knots[v] ?? 0)) knots[v] = start;
    }
  }
  return graph;
}

/** Leaves late start and free float in the knots. Gives the duration of the whole. */
function backward(knots: Knots, { offsets, arcs, order }: Graph): number {
  const whole = wholeOf(knots);
  const dust = whole * DUST;
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const u = order[i] ?? 0;
    const at = knots[4 * u] ?? 0;
    const days = knots[4 * u + 1] ?? 0;
    let late = whole - days;
    let free = late - at;
    const end = offsets[u + 1] ?? 0;
    for (let k = offsets[u] ?? 0; k < end; k += 1) {
      const arc = (arcs[2 * k] ?? 0) | 0;
      const v = arc & ~3;
      const bound = (arcs[2 * k + 1] ?? 0) + days * (1 - (arc & 1)) - (knots[v + 1] ?? 0) * ((arc >> 1) & 1);
      const last = (knots[v + 2] ?? 0) - bound;
      const room = (knots[v] ?? 0) - bound - at;
      if (last < late) late = last;
      if (room < free) free = room;
    }
    const none = late - at <= dust;
    knots[4 * u + 2] = none ? at : late;
    knots[4 * u + 3] = none || free <= dust ? 0 : free;
  }
  return whole;
}

function wholeOf(knots: Knots): number {
  let whole = 0;
  for (let at = 0; at < knots.length; at += 4) {
    const finish = (knots[at] ?? 0) + (knots[at + 1] ?? 0);
    if (finish > whole) whole = finish;
  }
  return whole;
}

function unpacked(knots: Knots, durations: Float64Array, duration: number): Solution {
  const count = durations.length;
  const make = (): Float64Array => new Float64Array(count);
  const [earlyStart, earlyFinish, lateStart, lateFinish, float, freeFloat] = [make(), make(), make(), make(), make(), make()];
  const critical = new Uint8Array(count);
  for (let u = 0; u < count; u += 1) {
    const days = durations[u] ?? 0;
    const early = knots[4 * u] ?? 0;
    const late = knots[4 * u + 2] ?? 0;
    earlyStart[u] = early;
    earlyFinish[u] = early + days;
    lateStart[u] = late;
    lateFinish[u] = late + days;
    float[u] = late - early;
    freeFloat[u] = knots[4 * u + 3] ?? 0;
    critical[u] = late === early ? 1 : 0;
  }
  return { duration, earlyStart, earlyFinish, lateStart, lateFinish, float, freeFloat, critical };
}
