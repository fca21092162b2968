// From a drawn network to dates: puts steps and ties into the arrays of the kernel's critical path method by calendars and keeps the way
// back to their names. Solves nothing itself.
import { EVERY_DAY, solveByCalendars, type CalendarSolution } from '../../kernel/calendartime.ts';
import { refuse } from '../../kernel/refuse.ts';
import { LINK, topologyOf } from '../../kernel/topology.ts';
import type { Axis } from './axis.ts';
import type { Graph, Step, Tie } from './graph.ts';

export interface Solved {
  readonly dates: CalendarSolution;
  /** The place of a step in the arrays; undefined where it was left out. */
  place(id: string): number | undefined;
}

/**
 * Dates of the whole network, or of what one step waits for (`upTo`), with that step as the end for floats. `clock` counts only what the
 * clocks of limits count. Refuses `network.cycle` with the names of its steps.
 */
export function solve(graph: Graph, axis: Axis, { upTo, clock = false }: { readonly upTo?: string; readonly clock?: boolean } = {}): Solved {
  const wanted = upTo === undefined ? null : waitedFor(upTo, graph.ties);
  const steps = wanted === null ? graph.steps : graph.steps.filter((one) => wanted.has(one.id));
  const ties = wanted === null ? graph.ties : graph.ties.filter((one) => wanted.has(one.to));
  const places = new Map(steps.map((one, i) => [one.id, i]));
  const count = ties.length;
  const links = { from: new Int32Array(count), to: new Int32Array(count), types: new Uint8Array(count), lags: new Float64Array(count) };
  const lagCalendarOf = new Int32Array(count).fill(-1);
  ties.forEach((one, i) => {
    links.from[i] = places.get(one.from) ?? -1;
    links.to[i] = places.get(one.to) ?? -1;
    links.types[i] = LINK[one.type];
    links.lags[i] = clock ? one.clockLag : one.lag;
    if (one.workingLag) lagCalendarOf[i] = 0;
  });
  const durations = Float64Array.from(steps, (one) => (clock ? one.clockDays : one.days));
  const network = { ...links, durations, calendars: [axis.working, EVERY_DAY], calendarOf: Int32Array.from(steps, (one) => (one.unit === 'working' ? 0 : 1)), lagCalendarOf };
  refuseCircle(steps, links);
  return { dates: solveByCalendars(network), place: (id) => places.get(id) };
}

function waitedFor(end: string, ties: readonly Tie[]): ReadonlySet<string> {
  const before = new Map<string, string[]>();
  for (const { from, to } of ties) {
    const known = before.get(to);
    if (known === undefined) before.set(to, [from]);
    else known.push(from);
  }
  const wanted = new Set<string>([end]);
  // A set hands out what is added while it is walked.
  for (const id of wanted) for (const from of before.get(id) ?? []) wanted.add(from);
  return wanted;
}

function refuseCircle(steps: readonly Step[], links: Parameters<typeof topologyOf>[1]): void {
  const found = topologyOf(steps.length, links);
  if (!('cycle' in found)) return;
  const cycle = found.cycle.map((at) => steps[at]?.id ?? '');
  refuse('network.cycle', { cycle, path: [...cycle, cycle[0]].join(' → ') });
}
