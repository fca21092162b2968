// A contractor's schedule, computed, as the rows that are kept of it, and back. Pure. What a row cannot hold is refused or shortened here,
// never in the database; a row holds all that a task says, so that the schedule can be written again without the file.
import { numberOfDay } from '../../../kernel/epoch.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { LinkType } from '../../../kernel/topology.ts';
import { differences, type Difference, type Reason } from './differences.ts';
import { MOST_ID, MOST_KEPT_LINKS, MOST_KEPT_LOSSES, MOST_KEPT_TASKS, MOST_NAME } from './limits.ts';
import type { ConstraintType, ContractSchedule, Link, Loss, Task } from './model.ts';
import { recompute, type Computed } from './recompute.ts';

/** [task that is waited for, type, lag, unit of the lag]. */
export type KeptLink = readonly [string, LinkType, number, Link['lagUnit']];

/** Columns of approvals_schedule_tasks, without the schedule. */
export interface TaskRow {
  readonly place: number; readonly task: string; readonly key: string; readonly named: string | null; readonly wbs: string; readonly name: string; readonly level: number; readonly summary: boolean; readonly milestone: boolean;
  readonly duration_minutes: number; readonly elapsed: boolean; readonly calendar: string | null; readonly constraint_type: ConstraintType | null; readonly constraint_at: string | null; readonly percent: number;
  readonly actual_start: string | null; readonly actual_finish: string | null; readonly baseline_start: string | null; readonly baseline_finish: string | null; readonly unscheduled: Task['unscheduled'];
  readonly links: readonly KeptLink[]; readonly file_start: string | null; readonly file_finish: string | null;
  readonly start: string | null; readonly finish: string | null; readonly late_start: string | null; readonly late_finish: string | null; readonly float_minutes: number | null; readonly free_minutes: number | null;
  readonly critical: boolean; readonly driving: boolean; readonly start_days: number | null; readonly finish_days: number | null; readonly reasons: readonly Reason[] | null;
}

/** What is no task. */
export type Head = Pick<ContractSchedule, 'start' | 'minutesPerDay' | 'calendar' | 'lagCalendar' | 'calendars'>;

export interface Summary {
  readonly format: ContractSchedule['format'];
  readonly name: string;
  readonly dataDay: string | null;
  readonly head: Head;
  readonly losses: readonly Loss[];
  readonly lossCount: number;
  readonly fileStart: string | null;
  readonly fileFinish: string | null;
  readonly start: string | null;
  readonly finish: string | null;
  readonly taskCount: number;
  readonly rowCount: number;
  readonly linkCount: number;
  readonly criticalCount: number;
  readonly differingCount: number;
}

/**
 * Computes a schedule and makes its rows. Refuses `schedules.too_many`, `schedules.too_many_links` above what is kept, `schedules.bad_task`
 * for an id of more than 200 characters, and what recompute() refuses.
 */
export function keptOf(schedule: ContractSchedule): { readonly summary: Summary; readonly rows: readonly TaskRow[] } {
  if (schedule.tasks.length > MOST_KEPT_TASKS) refuse('schedules.too_many', { limit: MOST_KEPT_TASKS });
  if (schedule.links.length > MOST_KEPT_LINKS) refuse('schedules.too_many_links', { limit: MOST_KEPT_LINKS });
  const found = recompute(schedule);
  const differing = new Map(differences(schedule, found).map((one) => [one.task, one]));
  const into = linksInto(schedule.links);
  const keys = new Set<string>();
  const rows = schedule.tasks.map((task, at) => rowOf(task, at + 1, keyOf(task, schedule.format, keys), into.get(task.id) ?? [], found.tasks.get(task.id), differing.get(task.id)));
  named(rows);
  return { rows, summary: summaryOf(schedule, rows) };
}

const MOST_NAMED = 120; // of a name by which a task is found again; two names make a key of an index
const DEEPEST = 200;

/**
 * Gives each task its own name and that of what it stands in, where no other of the schedule bears both: by this it is found again in a file of
 * another program, which numbers tasks in its own way.
 */
function named(rows: TaskRow[]): void {
  const above: string[] = [];
  const borne = new Map<string, number>();
  const names = rows.map(({ name, level }) => {
    const own = name.trim().replace(/\s+/g, ' ').toLowerCase().slice(0, MOST_NAMED).toWellFormed();
    above.length = Math.min(above.length, level, DEEPEST);
    const parent = above.at(-1) ?? '';
    while (above.length < Math.min(level, DEEPEST)) above.push(parent);
    above.push(own);
    const both = own === '' ? null : `${own}\u001f${parent}`;
    if (both !== null) borne.set(both, (borne.get(both) ?? 0) + 1);
    return both;
  });
  rows.forEach((row, at) => {
    const both = names[at] ?? null;
    rows[at] = { ...row, named: both !== null && borne.get(both) === 1 ? both : null };
  });
}

function linksInto(links: readonly Link[]): ReadonlyMap<string, readonly Link[]> {
  const into = new Map<string, Link[]>();
  for (const link of links) {
    const list = into.get(link.to);
    if (list === undefined) into.set(link.to, [link]);
    else list.push(link);
  }
  return into;
}

function summaryOf(schedule: ContractSchedule, rows: readonly TaskRow[]): Summary {
  const { start, minutesPerDay, calendar, lagCalendar, calendars, losses } = schedule;
  const work = rows.filter((one) => !one.summary);
  const day = schedule.dataDay !== null && numberOfDay(schedule.dataDay) !== undefined ? schedule.dataDay : null;
  return {
    format: schedule.format, name: plain(schedule.name, MOST_NAME), dataDay: day, head: { start, minutesPerDay, calendar: plain(calendar, MOST_ID), lagCalendar, calendars: calendars.map((one) => ({ ...one, id: plain(one.id, MOST_ID), name: plain(one.name, MOST_NAME) })) },
    losses: losses.slice(0, MOST_KEPT_LOSSES).map((one) => ({ ...one, task: one.task === null ? null : plain(one.task, MOST_ID), text: plain(one.text, MOST_ID) })), lossCount: losses.length,
    fileStart: least(work, (one) => one.file_start), fileFinish: most(work, (one) => one.file_finish), start: least(work, (one) => one.start), finish: most(work, (one) => one.finish),
    taskCount: work.length, rowCount: rows.length, linkCount: schedule.links.length, criticalCount: work.filter((one) => one.critical).length, differingCount: rows.filter((one) => one.reasons !== null).length,
  };
}

function rowOf(task: Task, place: number, key: string, links: readonly Link[], ours: Computed | undefined, differs: Difference | undefined): TaskRow {
  return {
    place, task: task.id, key, named: null, wbs: plain(task.wbs, MOST_ID), name: plain(task.name, MOST_NAME), level: task.level, summary: task.summary, milestone: task.milestone,
    duration_minutes: task.durationMinutes, elapsed: task.elapsed, calendar: task.calendar === null ? null : plain(task.calendar, MOST_ID), constraint_type: task.constraint?.type ?? null, constraint_at: sound(task.constraint?.at), percent: task.percentComplete,
    actual_start: sound(task.actualStart), actual_finish: sound(task.actualFinish), baseline_start: sound(task.baselineStart), baseline_finish: sound(task.baselineFinish), unscheduled: task.unscheduled,
    links: links.map((one) => [one.from, one.type, one.lag, one.lagUnit]), file_start: sound(task.start), file_finish: sound(task.finish),
    start: ours?.start ?? null, finish: ours?.finish ?? null, late_start: ours?.lateStart ?? null, late_finish: ours?.lateFinish ?? null, float_minutes: ours?.floatMinutes ?? null, free_minutes: ours?.freeFloatMinutes ?? null,
    critical: ours?.critical ?? false, driving: ours?.driving ?? false, start_days: differs?.startDays ?? null, finish_days: differs?.finishDays ?? null, reasons: differs?.reasons ?? null,
  };
}

/** XER numbers tasks anew at each export; their codes stay. MSPDI keeps its UID. */
function keyOf(task: Task, format: ContractSchedule['format'], taken: Set<string>): string {
  if (plain(task.id, MOST_ID) !== task.id) refuse('schedules.bad_task', { id: plain(task.id, 60) });
  const wanted = format === 'xer' && task.wbs !== '' ? `${task.summary ? 'wbs:' : ''}${plain(task.wbs, MOST_ID)}` : task.id;
  // Of two with one code the second is known by its id; `#` keeps that from being a third one's code.
  const key = taken.has(wanted) ? `#${task.id}` : wanted;
  if (taken.has(key)) refuse('schedules.bad_task', { id: plain(task.id, 60) });
  taken.add(key);
  return key;
}

/** A time whose day exists. */
function sound(time: string | null | undefined): string | null {
  return typeof time === 'string' && numberOfDay(time.slice(0, 10)) !== undefined && /T(?:[01]\d|2[0-4]):[0-5]\d$/.test(time) ? time : null;
}

function plain(text: string, limit: number): string {
  return text.replaceAll('\0', '').slice(0, limit).toWellFormed();
}

function least(rows: readonly TaskRow[], of: (one: TaskRow) => string | null): string | null {
  return rows.map(of).reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
}

function most(rows: readonly TaskRow[], of: (one: TaskRow) => string | null): string | null {
  return rows.map(of).reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
}

/** The schedule that was kept. `losses` are not given back: they are told with the version. */
export function scheduleFrom(about: Pick<Summary, 'format' | 'name' | 'dataDay' | 'head'>, rows: readonly TaskRow[]): ContractSchedule {
  const { format, name, dataDay, head } = about;
  return {
    format, name, dataDay, ...head, losses: [],
    tasks: rows.map((row) => ({
      id: row.task, wbs: row.wbs, name: row.name, level: row.level, summary: row.summary, milestone: row.milestone, durationMinutes: row.duration_minutes, elapsed: row.elapsed, calendar: row.calendar,
      constraint: row.constraint_type === null ? null : { type: row.constraint_type, at: row.constraint_at }, start: row.file_start, finish: row.file_finish, percentComplete: row.percent,
      actualStart: row.actual_start, actualFinish: row.actual_finish, baselineStart: row.baseline_start, baselineFinish: row.baseline_finish, unscheduled: row.unscheduled,
    })),
    links: rows.flatMap((row) => row.links.map(([from, type, lag, lagUnit]) => ({ from, to: row.task, type, lag, lagUnit }))),
  };
}
