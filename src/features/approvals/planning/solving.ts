// From a drawn network to dates: puts steps and ties into the arrays of the kernel's critical path method by calendars and keeps the way
// back to their names. Solves nothing itself.
import { EVERY_DAY, solveByCalendars, type CalendarNetwork, type CalendarSolution } from '../../../kernel/calendartime.ts';
import { Refusal, refuse } from '../../../kernel/refuse.ts';
import { LINK } from '../../../kernel/topology.ts';
import type { Axis } from './axis.ts';
import { ringOf } from '../catalogue/circle.ts';
import type { Graph, Step, Tie } from './graph.ts';

export interface Solved {
  readonly dates: CalendarSolution;
  /** The place of a step in the arrays; undefined where it was left out. */
  place(id: string): number | undefined;
}

/** The whole network with all that takes time, and with what the clocks of limits count alone. Refuses `network.cycle` with names. */
export function solveBoth(graph: Graph, axis: Axis): { readonly whole: Solved; readonly clock: Solved } {
  const { network, place } = arranged(graph.steps, graph.ties, axis);
  const whole = { dates: dated(network, graph.steps), place };
  const clocked = { ...network, durations: Float64Array.from(graph.steps, (one) => one.clockDays), lags: Float64Array.from(graph.ties, (one) => one.clockLag) };
  return { whole, clock: { dates: dated(clocked, graph.steps), place } };
}

/** Only what one step waits for, with that step as the end for floats and longest paths. */
export function solveUpTo(graph: Graph, axis: Axis, end: string): Solved {
  const wanted = waitedFor(end, graph.ties);
  const steps = graph.steps.filter((one) => wanted.has(one.id));
  const { network, place } = arranged(steps, graph.ties.filter((one) => wanted.has(one.to)), axis);
  return { dates: dated(network, steps), place };
}

function arranged(steps: readonly Step[], ties: readonly Tie[], axis: Axis): { readonly network: CalendarNetwork; place(id: string): number | undefined } {
  const places = new Map<string, number>();
  for (const one of steps) places.set(one.id, places.size);
  const count = ties.length;
  const network = {
    from: new Int32Array(count), to: new Int32Array(count), types: new Uint8Array(count), lags: new Float64Array(count), lagCalendarOf: new Int32Array(count).fill(-1),
    durations: Float64Array.from(steps, (one) => one.days), calendars: [axis.working, EVERY_DAY], calendarOf: Int32Array.from(steps, (one) => (one.unit === 'working' ? 0 : 1)),
  };
  ties.forEach((one, i) => {
    network.from[i] = places.get(one.from) ?? -1;
    network.to[i] = places.get(one.to) ?? -1;
    network.types[i] = LINK[one.type];
    network.lags[i] = one.lag;
    if (one.workingLag) network.lagCalendarOf[i] = 0;
  });
  return { network, place: (id) => places.get(id) };
}

/** The kernel names a circle by numbers; a person knows the steps. */
function dated(network: CalendarNetwork, steps: readonly Step[]): CalendarSolution {
  try {
    return solveByCalendars(network);
  } catch (error) {
    const numbers = error instanceof Refusal && error.code === 'network.cycle' ? error.details['cycle'] : undefined;
    if (!Array.isArray(numbers)) throw error;
    const ring = ringOf(numbers.map((at) => steps[Number(at)]?.id ?? ''));
    return refuse('network.cycle', { cycle: ring.slice(1), path: ring.join(' → ') });
  }
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
