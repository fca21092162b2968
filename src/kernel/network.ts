// The critical path method on typed arrays: early and late dates, floats and the critical activities of a network in one pass forward
// and one backward. Pure and linear; never looks at a calendar (calendartime.ts does) and never gives a negative float.
import { refuse } from './refuse.ts';
import { topologyOf, type Links, type Topology } from './topology.ts';

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
  const count = network.durations.length;
  const earlyStart = network.notBefore?.map((day) => Math.max(0, day)) ?? new Float64Array(count);
  const earlyFinish = new Float64Array(count);
  const graph = topology ?? arrangedOf(network);
  // What is kept for another time stays as it is; what is ours alone may be written over, which spares the memory.
  const arcs = topology === undefined ? graph.arcs : graph.arcs.slice();
  const duration = forward(network.durations, graph, arcs, earlyStart, earlyFinish);
  return { duration, earlyStart, earlyFinish, ...backward(duration, network.durations, graph, arcs, earlyStart) };
}

function arrangedOf(network: Network): Topology {
  const topology = topologyOf(network.durations.length, network);
  return 'cycle' in topology ? refuse('network.cycle', { cycle: topology.cycle, path: topology.cycle.join(' → ') }) : topology;
}

/** Leaves in place of each lag what the link demands of start(to) - start(from). Gives the duration of the whole. */
function forward(durations: Float64Array, { offsets, order }: Topology, arcs: Float64Array, start: Float64Array, finish: Float64Array): number {
  let whole = 0;
  const count = order.length;
  for (let i = 0; i < count; i += 1) {
    const u = order[i] ?? 0;
    const at = start[u] ?? 0;
    const days = durations[u] ?? 0;
    const end = offsets[u + 1] ?? 0;
    for (let k = offsets[u] ?? 0; k < end; k += 1) {
      const arc = (arcs[2 * k] ?? 0) | 0;
      const v = arc >> 2;
      // Without branches: types come in no order that a processor could foresee.
      const bound = (arcs[2 * k + 1] ?? 0) + days * (1 - (arc & 1)) - (durations[v] ?? 0) * ((arc >> 1) & 1);
      arcs[2 * k + 1] = bound;
      if (at + bound > (start[v] ?? 0)) start[v] = at + bound;
    }
    finish[u] = at + days;
    if (at + days > whole) whole = at + days;
  }
  return whole;
}

function backward(whole: number, durations: Float64Array, { offsets, order }: Topology, arcs: Float64Array, early: Float64Array): Omit<Solution, 'duration' | 'earlyStart' | 'earlyFinish'> {
  const count = order.length;
  const lateStart = new Float64Array(count);
  const lateFinish = new Float64Array(count);
  const float = new Float64Array(count);
  const freeFloat = new Float64Array(count);
  const critical = new Uint8Array(count);
  const dust = whole * DUST;
  for (let i = count - 1; i >= 0; i -= 1) {
    const u = order[i] ?? 0;
    const at = early[u] ?? 0;
    let late = whole - (durations[u] ?? 0);
    let free = late - at;
    const end = offsets[u + 1] ?? 0;
    for (let k = offsets[u] ?? 0; k < end; k += 1) {
      const v = ((arcs[2 * k] ?? 0) | 0) >> 2;
      const bound = arcs[2 * k + 1] ?? 0;
      const last = (lateStart[v] ?? 0) - bound;
      const room = (early[v] ?? 0) - bound - at;
      if (last < late) late = last;
      if (room < free) free = room;
    }
    const slack = late - at;
    const none = slack <= dust;
    lateStart[u] = none ? at : late;
    lateFinish[u] = (none ? at : late) + (durations[u] ?? 0);
    float[u] = none ? 0 : slack;
    freeFloat[u] = none || free <= dust ? 0 : free;
    critical[u] = none ? 1 : 0;
  }
  return { lateStart, lateFinish, float, freeFloat, critical };
}
