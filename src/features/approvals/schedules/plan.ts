// A contractor's schedule as a network for the engine: tasks become activities on the axis of minutes, and two hidden milestones stand for
// each summary, so that links of summaries count. Changes nothing of the schedule; says which links it could not use.
import { startOf, type Calendar, type CalendarNetwork } from '../../../kernel/calendartime.ts';
import { numberOfDay } from '../../../kernel/epoch.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { LINK } from '../../../kernel/topology.ts';
import { ELAPSED, minuteCalendar, minuteOf } from './minutes.ts';
import { STANDARD_WEEK, type ContractSchedule, type Link, type Task } from './model.ts';

export interface Plan {
  /** The number (epoch.ts) of the day whose 0:00 is minute 0. */
  readonly first: number;
  readonly network: CalendarNetwork;
  /** The task of each node. */
  readonly nodes: readonly string[];
  /** The node of each task that is no summary. */
  readonly leaf: ReadonlyMap<string, number>;
  readonly unused: readonly Link[];
}

interface Nodes {
  readonly ids: string[];
  readonly durations: number[];
  readonly notBefore: number[];
  readonly calendarOf: number[];
}

interface Tie { readonly from: number; readonly to: number; readonly type: number; readonly lag: number; readonly calendar: number }

interface Calendars {
  /** Those of the file; after them the clock, for what is elapsed. */
  readonly list: readonly Calendar[];
  readonly clock: number;
  /** That of the schedule. */
  readonly own: number;
  of(task: Task | undefined): number;
}

/** Builds the network. Refuses `schedules.no_start` where the schedule has no sound first day. */
export function planOf(schedule: ContractSchedule): Plan {
  const first = numberOfDay(schedule.start.slice(0, 10)) ?? refuse('schedules.no_start');
  const calendars = calendarsOf(schedule, first);
  const nodes: Nodes = { ids: [], durations: [], notBefore: [], calendarOf: [] };
  const ties: Tie[] = [];
  const ends = new Map<string, readonly [number, number]>();
  place(schedule, calendars, first, nodes, ends, ties);
  const byId = new Map(schedule.tasks.map((task) => [task.id, task]));
  const unused = schedule.links.filter((link) => {
    const tie = tieOf(link, schedule, byId, ends, calendars);
    if (tie !== null) ties.push(tie);
    return tie === null;
  });
  return {
    first, nodes: nodes.ids, unused, leaf: new Map(schedule.tasks.flatMap((task) => (task.summary ? [] : [[task.id, ends.get(task.id)?.[0] ?? 0] as const]))),
    network: {
      durations: Float64Array.from(nodes.durations), notBefore: Float64Array.from(nodes.notBefore), calendars: calendars.list, calendarOf: Int32Array.from(nodes.calendarOf),
      from: Int32Array.from(ties, (one) => one.from), to: Int32Array.from(ties, (one) => one.to), types: Uint8Array.from(ties, (one) => one.type),
      lags: Float64Array.from(ties, (one) => one.lag), lagCalendarOf: Int32Array.from(ties, (one) => one.calendar),
    },
  };
}

function calendarsOf(schedule: ContractSchedule, first: number): Calendars {
  const given = schedule.calendars.length > 0 ? schedule.calendars : [{ id: '', name: '', week: STANDARD_WEEK, exceptions: [] }];
  const places = new Map(given.map((one, at) => [one.id, at]));
  const own = places.get(schedule.calendar) ?? 0;
  return {
    list: [...given.map((one) => minuteCalendar(one, first)), ELAPSED], clock: given.length, own,
    of: (task) => (task?.elapsed === true ? given.length : (places.get(task?.calendar ?? schedule.calendar) ?? own)),
  };
}

/** A node for each task, two for a summary, tied to those of the summary around it. */
function place(schedule: ContractSchedule, calendars: Calendars, first: number, nodes: Nodes, ends: Map<string, readonly [number, number]>, ties: Tie[]): void {
  const begin = minuteOf(schedule.start, first) ?? 0;
  const node = (task: Task, duration: number, notBefore: number, calendar: number): number => {
    nodes.durations.push(duration);
    nodes.notBefore.push(notBefore);
    nodes.calendarOf.push(calendar);
    return nodes.ids.push(task.id) - 1;
  };
  const tie = (from: number, to: number): void => void ties.push({ from, to, type: LINK.FS, lag: 0, calendar: -1 });
  const above: Task[] = [];
  for (const task of schedule.tasks) {
    while ((above.at(-1)?.level ?? -1) >= task.level) above.pop();
    const calendar = calendars.of(task);
    const opening = node(task, task.summary ? 0 : task.durationMinutes, earliest(task, calendars.list[calendar] ?? ELAPSED, first, begin), calendar);
    const closing = task.summary ? node(task, 0, begin, calendar) : opening;
    if (task.summary) tie(opening, closing);
    ends.set(task.id, [opening, closing]);
    const parent = ends.get(above.at(-1)?.id ?? '');
    if (parent !== undefined) {
      tie(parent[0], opening);
      tie(closing, parent[1]);
    }
    if (task.summary) above.push(task);
  }
}

/** Null where the link waits for a summary's start or binds its finish: the first or the last of many is no bound that the engine knows. */
function tieOf(link: Link, schedule: ContractSchedule, byId: ReadonlyMap<string, Task>, ends: ReadonlyMap<string, readonly [number, number]>, calendars: Calendars): Tie | null {
  const [before, after] = [byId.get(link.from), byId.get(link.to)];
  const [from, to] = [ends.get(link.from), ends.get(link.to)];
  if (before === undefined || after === undefined || from === undefined || to === undefined) return null;
  if ((before.summary && (link.type === 'SS' || link.type === 'SF')) || (after.summary && (link.type === 'FF' || link.type === 'SF'))) return null;
  const lag = link.lagUnit === 'percent' ? Math.round((before.durationMinutes * link.lag) / 100) : link.lag;
  return { from: from[1], to: to[0], type: LINK[link.type], lag, calendar: lagCalendarOf(link, schedule, before, after, calendars) };
}

function lagCalendarOf(link: Link, schedule: ContractSchedule, before: Task, after: Task, calendars: Calendars): number {
  if (link.lagUnit === 'elapsed' || (link.lagUnit === 'percent' && before.elapsed)) return calendars.clock;
  switch (schedule.lagCalendar) {
    case 'predecessor': return calendars.of(before);
    case 'successor': return calendars.of(after);
    case 'project': return calendars.own;
    case 'elapsed': return calendars.clock;
    default: return never(schedule.lagCalendar);
  }
}

/** The minute before which a task may not start: what has happened, or the schedule's start and the constraint that holds the task back. */
function earliest(task: Task, calendar: Calendar, first: number, begin: number): number {
  if (task.actualStart !== null) return Math.max(0, minuteOf(task.actualStart, first) ?? begin);
  const { type, at } = task.constraint ?? { type: 'ASAP', at: null };
  const minute = at === null ? null : minuteOf(at, first);
  if (minute === null) return begin;
  if (type === 'SNET' || type === 'MSO') return Math.max(begin, minute);
  return type === 'FNET' || type === 'MFO' ? Math.max(begin, startOf(calendar, minute, task.summary ? 0 : task.durationMinutes)) : begin;
}

function never(value: never): never {
  throw new Error(`not foreseen: ${String(value)}`);
}
