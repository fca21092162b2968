// A contractor's schedule computed again by the network engine, in minutes of working time, with days for people. Early dates follow from
// links, lags, calendars, the constraints that hold a task back, and the starts that have happened; never from the dates in the file.
import { solveByCalendars, type CalendarSolution } from '../../../kernel/calendartime.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { topologyOf } from '../../../kernel/topology.ts';
import { timeOf, DAY } from './minutes.ts';
import type { ContractSchedule, Link, Task } from './model.ts';
import { planOf } from './plan.ts';

export interface Computed {
  readonly id: string;
  /** Times YYYY-MM-DDTHH:MM; a finish is the end of the last minute of work. */
  readonly start: string;
  readonly finish: string;
  readonly lateStart: string;
  readonly lateFinish: string;
  /** Whole days from the first day; an end is the day after its last day, as in the engine. */
  readonly days: { readonly earlyStart: number; readonly earlyFinish: number; readonly lateStart: number; readonly lateFinish: number };
  readonly floatMinutes: number;
  readonly freeFloatMinutes: number;
  readonly critical: boolean;
  readonly driving: boolean;
}

export interface Recomputed {
  /** The day of day 0, YYYY-MM-DD. */
  readonly start: string;
  /** Whole days from the first to the last, both included. */
  readonly durationDays: number;
  /** Summaries too: from the first start to the last finish of what is below them. In the order of the file. */
  readonly tasks: ReadonlyMap<string, Computed>;
  /** Links that bind a summary's finish or wait for its start: the engine has no such bound, they are left out. */
  readonly unused: readonly Link[];
}

/**
 * Computes early and late dates. Refuses `network.cycle` with the ids of tasks, `network.idle_calendar`, `schedules.too_long`.
 */
export function recompute(schedule: ContractSchedule): Recomputed {
  const { network, nodes, leaf, first, unused } = planOf(schedule);
  const topology = topologyOf(nodes.length, network);
  if ('cycle' in topology) {
    const cycle = [...new Set(topology.cycle.map((at) => nodes[at] ?? ''))];
    // By its number alone nobody finds a task in the program that he plans with.
    const names = new Map(schedule.tasks.map((one) => [one.id, one.name.slice(0, CYCLE_NAME)]));
    return refuse('network.cycle', { cycle, path: [...cycle.slice(0, CYCLE_SHOWN), cycle[0] ?? ''].map((id) => `${id} ${names.get(id) ?? ''}`.trim()).join(' → ') });
  }
  const found = solveByCalendars(network);
  const tasks = new Map<string, Computed>();
  for (const task of schedule.tasks) {
    const at = leaf.get(task.id);
    if (at !== undefined) tasks.set(task.id, computed(task, found, at, first));
  }
  return { start: timeOf(0, first).slice(0, 10), durationDays: Math.ceil(found.duration / DAY), tasks: rolledUp(schedule.tasks, tasks), unused };
}

const CYCLE_SHOWN = 30;
const CYCLE_NAME = 40;

function computed(task: Task, found: CalendarSolution, at: number, first: number): Computed {
  const [start, finish, lateStart, lateFinish] = [found.earlyStart[at] ?? 0, found.earlyFinish[at] ?? 0, found.lateStart[at] ?? 0, found.lateFinish[at] ?? 0];
  const point = task.durationMinutes === 0;
  const [early, late] = [wholeDays(start, finish, point), wholeDays(lateStart, lateFinish, point)];
  return {
    id: task.id, start: timeOf(start, first), finish: timeOf(finish, first), lateStart: timeOf(lateStart, first), lateFinish: timeOf(lateFinish, first),
    days: { earlyStart: early[0], earlyFinish: early[1], lateStart: late[0], lateFinish: late[1] },
    floatMinutes: found.float[at] ?? 0, freeFloatMinutes: found.freeFloat[at] ?? 0, critical: found.critical[at] === 1, driving: found.driving[at] === 1,
  };
}

/** The day of the start, and the day after that of the finish. A milestone before noon opens its day; after noon it ends it. */
function wholeDays(start: number, finish: number, point: boolean): readonly [number, number] {
  const noon = point ? Math.round(start / DAY) : 0;
  return point ? [noon, noon] : [Math.floor(start / DAY), Math.ceil(finish / DAY)];
}

/** With the summaries, in the order of the file. A summary spans the tasks below it; its float is the least of theirs. */
function rolledUp(list: readonly Task[], leaves: ReadonlyMap<string, Computed>): Map<string, Computed> {
  const spans = new Map<string, Computed>();
  /** Summaries that the task at hand lies under, with what they have met so far. */
  const above: { task: Task; so: Computed | undefined }[] = [];
  const close = (): void => {
    const done = above.pop();
    if (done?.so === undefined) return;
    spans.set(done.task.id, { ...done.so, id: done.task.id });
    const outer = above.at(-1);
    if (outer !== undefined) outer.so = outer.so === undefined ? done.so : joined(outer.so, done.so);
  };
  for (const task of list) {
    while ((above.at(-1)?.task.level ?? -1) >= task.level) close();
    const own = leaves.get(task.id);
    const outer = above.at(-1);
    if (own !== undefined && outer !== undefined) outer.so = outer.so === undefined ? own : joined(outer.so, own);
    if (task.summary) above.push({ task, so: undefined });
  }
  while (above.length > 0) close();
  return new Map(list.flatMap((task) => {
    const dates = leaves.get(task.id) ?? spans.get(task.id);
    return dates === undefined ? [] : [[task.id, dates] as const];
  }));
}

function joined(a: Computed, b: Computed): Computed {
  const least = <T extends string | number>(of: (one: Computed) => T): T => (of(b) < of(a) ? of(b) : of(a));
  const most = <T extends string | number>(of: (one: Computed) => T): T => (of(b) > of(a) ? of(b) : of(a));
  return {
    id: a.id, start: least((one) => one.start), finish: most((one) => one.finish), lateStart: least((one) => one.lateStart), lateFinish: most((one) => one.lateFinish),
    days: { earlyStart: least((one) => one.days.earlyStart), earlyFinish: most((one) => one.days.earlyFinish), lateStart: least((one) => one.days.lateStart), lateFinish: most((one) => one.days.lateFinish) },
    floatMinutes: least((one) => one.floatMinutes), freeFloatMinutes: least((one) => one.freeFloatMinutes), critical: a.critical || b.critical, driving: a.driving || b.driving,
  };
}
