// Where our dates differ from those in a contractor's file, and what in the file explains it. Never calls a difference explained by
// something that the task, or what it waits for, does not have.
import { numberOfDay } from '../../../kernel/epoch.ts';
import { ELAPSED, minuteCalendar, minuteOf } from './minutes.ts';
import type { ContractSchedule, Link, Task } from './model.ts';
import type { Computed, Recomputed } from './recompute.ts';

/**
 * actual: it has begun, and the file keeps what happened. constraint: a date in the file limits it. manual, inactive: it was not scheduled by
 * the program. summary: it follows from what is below it. unknown_link: the file names a predecessor that it does not hold. summary_link: a
 * link of a summary that the engine cannot use. lag: counted as a share or by the clock, where programs round differently. calendar: its
 * calendar is not in the file, or has repetitions that are not read. clock: the same day, other hours. finer: seconds were rounded.
 * follows: it waits for a task with a difference. unexplained: none of these.
 */
export type Reason = 'actual' | 'constraint' | 'manual' | 'inactive' | 'summary' | 'unknown_link' | 'summary_link' | 'lag' | 'calendar' | 'clock' | 'finer' | 'follows' | 'unexplained';

export interface Difference {
  readonly task: string;
  readonly name: string;
  /** Times of the file and ours. */
  readonly file: { readonly start: string; readonly finish: string };
  readonly ours: { readonly start: string; readonly finish: string };
  /** Ours minus the file's, in calendar days; 0 where only the hours differ. */
  readonly startDays: number;
  readonly finishDays: number;
  readonly reasons: readonly Reason[];
}

/** The tasks whose dates differ, in the order of the file. Tasks without dates in the file are not compared. */
export function differences(schedule: ContractSchedule, found: Recomputed): Difference[] {
  const facts = factsOf(schedule, found);
  const differing = new Map<string, Difference>();
  for (const task of schedule.tasks) {
    const ours = found.tasks.get(task.id);
    if (ours === undefined || task.start === null || task.finish === null || same(task, ours, facts)) continue;
    const startDays = dayOf(ours.start) - dayOf(task.start);
    const finishDays = dayOf(ours.finish) - dayOf(task.finish);
    const reasons = reasonsFor(task, facts, startDays === 0 && finishDays === 0);
    differing.set(task.id, { task: task.id, name: task.name, file: { start: task.start, finish: task.finish }, ours: { start: ours.start, finish: ours.finish }, startDays, finishDays, reasons });
  }
  return [...differing.values()].map((one) => withFollowing(one, facts, differing));
}

interface Facts {
  readonly into: ReadonlyMap<string, readonly Link[]>;
  readonly unused: ReadonlySet<string>;
  readonly lost: ReadonlyMap<string, ReadonlySet<string>>;
  /** A calendar of the file has something that is not read. */
  readonly calendarLoss: boolean;
  /** Minutes that the task's calendar works before a time. */
  pointOf(task: Task, time: string): number;
}

function factsOf(schedule: ContractSchedule, found: Recomputed): Facts {
  const lost = new Map<string, Set<string>>();
  for (const { task, kind } of schedule.losses) if (task !== null) lost.set(task, (lost.get(task) ?? new Set()).add(kind));
  const into = new Map<string, Link[]>();
  for (const link of schedule.links) {
    const list = into.get(link.to);
    if (list === undefined) into.set(link.to, [link]);
    else list.push(link);
  }
  const first = numberOfDay(found.start) ?? 0;
  const calendars = new Map(schedule.calendars.map((one) => [one.id, minuteCalendar(one, first)]));
  const pointOf = (task: Task, time: string): number => (calendars.get(task.calendar ?? schedule.calendar) ?? ELAPSED).ordinal(minuteOf(time, first) ?? 0);
  return { pointOf, into, lost, unused: new Set(found.unused.map((one) => one.to)), calendarLoss: schedule.losses.some((one) => one.kind === 'recurring_exception' || one.kind === 'work_weeks') };
}

function reasonsFor(task: Task, { into, unused, lost, calendarLoss }: Facts, sameDay: boolean): Reason[] {
  const losses = lost.get(task.id) ?? new Set<string>();
  const told: readonly (readonly [boolean, Reason])[] = [
    [task.unscheduled === 'manual', 'manual'], [task.unscheduled === 'inactive', 'inactive'], [task.actualStart !== null || task.percentComplete > 0, 'actual'], [task.constraint !== null, 'constraint'],
    [task.summary, 'summary'], [losses.has('unknown_link'), 'unknown_link'], [unused.has(task.id), 'summary_link'], [losses.has('unknown_calendar') || calendarLoss, 'calendar'], [losses.has('seconds'), 'finer'],
    [(into.get(task.id) ?? []).some((one) => one.lagUnit !== 'work'), 'lag'], [sameDay, 'clock'],
  ];
  return told.flatMap(([holds, reason]) => (holds ? [reason] : []));
}

function withFollowing(one: Difference, { into }: Facts, differing: ReadonlyMap<string, Difference>): Difference {
  const follows = (into.get(one.task) ?? []).some((link) => differing.has(link.from));
  const reasons: readonly Reason[] = follows ? [...one.reasons, 'follows'] : one.reasons;
  return { ...one, reasons: reasons.length === 0 ? ['unexplained'] : reasons };
}

/** The end of a day's work and the beginning of the next are one moment for a milestone: programs write either. */
function same(task: Task, ours: Computed, { pointOf }: Facts): boolean {
  if (task.start === ours.start && task.finish === ours.finish) return true;
  return task.durationMinutes === 0 && task.start !== null && pointOf(task, task.start) === pointOf(task, ours.start);
}

function dayOf(time: string): number {
  return numberOfDay(time.slice(0, 10)) ?? 0;
}
