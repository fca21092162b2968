// The critical path method beside a bare loop over typed arrays: the same graph, arranged beforehand and in order, early and late starts and
// nothing else. What the engine does besides (order, cycles, four link types, finishes, floats) is what the ratio tells.
import { solve, type Network, type Solution } from '../../kernel/network.ts';
import { schedule, type Activity } from '../../kernel/schedule.ts';
import { LINK, topologyOf, type LinkType, type Topology } from '../../kernel/topology.ts';
import { atMost, median, type Figure } from '../table.ts';

const TIMES = 3;

export function networks(sizes: readonly number[], say: (line: string) => void): Figure[] {
  return sizes.flatMap((count) => {
    const network = drawn(count);
    const topology = topologyOf(count, network);
    if ('cycle' in topology) throw new Error('drawn without a cycle');
    const arranged = bareOf(network, topology);
    const [early, late] = bare(arranged);
    const found = solve(network);
    if (!alike(found.earlyStart, early) || !alike(found.lateStart, late)) throw new Error('the bare loop finds other dates');
    const turns = count > 500_000 ? 7 : 25;
    const [loop = 0, kept = 0, whole = 0] = medians(turns, [() => bare(arranged), () => solve(network, topology), () => solve(network)]);
    const links = network.from.length;
    say(`${String(count)} activities, ${String(links)} links: bare ${loop.toFixed(1)} ms, order kept ${kept.toFixed(1)} ms, whole ${whole.toFixed(1)} ms`);
    const base = { part: 'network', projects: count, other: loop, unit: 'ms' };
    return [
      atMost({ ...base, what: 'critical path with its order kept / bare loop', own: kept }, TIMES),
      atMost({ ...base, what: 'critical path of links as they come / bare loop', own: whole }, TIMES),
      ...(count > 200_000 ? [] : [named(network, loop)]),
    ];
  });
}

/** The same with ids and objects, for which there is no target. */
function named(network: Network, loop: number): Figure {
  const names = Object.keys(LINK).filter((name): name is LinkType => Object.hasOwn(LINK, name));
  const activities: (Activity & { after: { id: string; type: LinkType | undefined; lag: number }[] })[] = Array.from(network.durations, (duration, at) => ({ id: `A${String(at)}`, duration, after: [] }));
  network.from.forEach((from, e) => activities[network.to[e] ?? 0]?.after.push({ id: `A${String(from)}`, type: names[network.types[e] ?? 0], lag: network.lags[e] ?? 0 }));
  const [own = 0] = medians(7, [() => schedule(activities)]);
  return { part: 'network', what: 'the same by ids, into objects', projects: activities.length, own, other: loop, unit: 'ms', ratio: own / loop, target: '', pass: null };
}

/** Four links an activity in no order at all, activities numbered at random. */
function drawn(count: number): Network {
  let state = 20_230_630;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const seat = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = below(i + 1);
    [seat[i], seat[j]] = [seat[j] ?? 0, seat[i] ?? 0];
  }
  const links = 4 * count;
  const network = { durations: Float64Array.from({ length: count }, () => below(30)), from: new Int32Array(links), to: new Int32Array(links), types: new Uint8Array(links), lags: new Float64Array(links) };
  for (let e = 0; e < links; e += 1) {
    const [a, b] = [below(count), below(count - 1)];
    const [low, high] = b < a ? [b, a] : [a, b + 1];
    network.from[e] = seat[low] ?? 0;
    network.to[e] = seat[high] ?? 0;
    network.types[e] = below(4);
    network.lags[e] = below(10) - 3;
  }
  return network;
}

interface Bare {
  readonly durations: Float64Array;
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  readonly bounds: Float64Array;
  readonly order: Int32Array;
}

function bareOf({ durations }: Network, { offsets, arcs, order }: Topology): Bare {
  const targets = new Int32Array(arcs.length / 2);
  const bounds = new Float64Array(arcs.length / 2);
  for (let u = 0; u < order.length; u += 1) {
    for (let k = offsets[u] ?? 0; k < (offsets[u + 1] ?? 0); k += 1) {
      const arc = arcs[2 * k] ?? 0;
      targets[k] = arc >> 2;
      bounds[k] = (arcs[2 * k + 1] ?? 0) + ((arc & 1) === 0 ? (durations[u] ?? 0) : 0) - ((arc & 2) === 0 ? 0 : (durations[arc >> 2] ?? 0));
    }
  }
  return { durations, offsets, targets, bounds, order };
}

function bare({ durations, offsets, targets, bounds, order }: Bare): [Float64Array, Float64Array] {
  const count = order.length;
  const early = new Float64Array(count);
  const late = new Float64Array(count);
  let whole = 0;
  for (let i = 0; i < count; i += 1) {
    const u = order[i] ?? 0;
    const at = early[u] ?? 0;
    for (let k = offsets[u] ?? 0, end = offsets[u + 1] ?? 0; k < end; k += 1) {
      const v = targets[k] ?? 0;
      const start = at + (bounds[k] ?? 0);
      if (start > (early[v] ?? 0)) early[v] = start;
    }
    whole = Math.max(whole, at + (durations[u] ?? 0));
  }
  for (let i = count - 1; i >= 0; i -= 1) {
    const u = order[i] ?? 0;
    let last = whole - (durations[u] ?? 0);
    for (let k = offsets[u] ?? 0, end = offsets[u + 1] ?? 0; k < end; k += 1) {
      const start = (late[targets[k] ?? 0] ?? 0) - (bounds[k] ?? 0);
      if (start < last) last = start;
    }
    late[u] = last;
  }
  return [early, late];
}

/** Milliseconds of each work, taken in turns, so that what else the machine does falls on all alike. */
function medians(turns: number, works: readonly (() => unknown)[]): number[] {
  const times = works.map((): number[] => []);
  for (let turn = 0; turn < turns; turn += 1) {
    works.forEach((work, at) => {
      const began = performance.now();
      work();
      times[at]?.push(performance.now() - began);
    });
  }
  return times.map(median);
}

function alike(a: Solution['earlyStart'], b: Float64Array): boolean {
  return a.every((value, at) => value === b[at]);
}
