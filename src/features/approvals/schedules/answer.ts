// A file with a network, whatever its format, solved: what the command line prints. Tells the format by the content, never by the name.
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Scheduled } from '../../../kernel/schedule.ts';
import { datedOf, type Dates } from './dated.ts';
import { textOf } from './decode.ts';
import { differences, type Difference } from './differences.ts';
import { givenIn } from './given.ts';
import { MOST_BYTES } from './limits.ts';
import { DAY } from './minutes.ts';
import type { ContractSchedule, Loss, Task } from './model.ts';
import { kindOf, readSchedule } from './read.ts';
import { recompute, type Computed } from './recompute.ts';

export interface Answer {
  readonly duration: number;
  readonly unit: 'days' | 'workdays';
  readonly start?: string;
  readonly finish?: string;
  readonly provisional?: boolean;
  readonly activities: readonly (Scheduled & Partial<Dates> & { readonly code?: string; readonly name?: string; readonly startTime?: string; readonly finishTime?: string })[];
  /** Of a contractor's schedule: the tasks whose dates in the file are other ones, and what could not be kept. */
  readonly differences?: readonly Difference[];
  readonly losses?: readonly Loss[];
}

/** Solves what the bytes of a file hold. Refuses what it cannot read (`schedules.*`) and networks with faults (`network.*`). */
export function scheduleOf(bytes: Uint8Array, working: WorkCalendar): Answer {
  if (bytes.length > MOST_BYTES) refuse('schedules.too_large', { limitMb: MOST_BYTES / 1024 / 1024 });
  return kindOf(bytes) === 'other' ? datedOf(givenIn(textOf(bytes)), working) : ofContractor(readSchedule(bytes));
}

function ofContractor(schedule: ContractSchedule): Answer {
  const found = recompute(schedule);
  const activities = schedule.tasks.flatMap((task) => {
    const dates = found.tasks.get(task.id);
    return task.summary || dates === undefined ? [] : [activityOf(task, dates, schedule.minutesPerDay)];
  });
  const finish = activities.map((one) => one.finish ?? '').reduce((most, day) => (day > most ? day : most), found.start);
  return { duration: found.durationDays, unit: 'days', start: found.start, finish, activities, differences: differences(schedule, found), losses: schedule.losses };
}

function activityOf(task: Task, dates: Computed, minutesPerDay: number): Answer['activities'][number] {
  // Hundredths of a working day, rounded down: what is called float is there.
  const inDays = (minutes: number): number => Math.floor((minutes * 100) / (task.elapsed ? DAY : minutesPerDay)) / 100;
  return {
    id: task.id, code: task.wbs, name: task.name, ...dates.days, float: inDays(dates.floatMinutes), freeFloat: inDays(dates.freeFloatMinutes), critical: dates.critical, driving: dates.driving,
    start: dates.start.slice(0, 10), finish: dates.finish.slice(0, 10), latestStart: dates.lateStart.slice(0, 10), latestFinish: dates.lateFinish.slice(0, 10), startTime: dates.start, finishTime: dates.finish,
  };
}
