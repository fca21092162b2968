// A network in JSON, solved, with the dates that belong to its days. Where all of it counts one calendar, times count days of that
// calendar: 54 working days are 54, whatever weekends lie between. Asks no clock; the calendar of working days is handed in.
import { workdayAxis, type Calendar } from '../../../kernel/calendartime.ts';
import { dayOfNumber, FIRST_DAY, LAST_DAY, numberOfDay } from '../../../kernel/epoch.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { schedule, type Activity, type Scheduled } from '../../../kernel/schedule.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import type { Given } from './given.ts';

/** Days YYYY-MM-DD. The finish is the last day of work, and that of a milestone its day. */
export interface Dates {
  readonly start: string;
  readonly finish: string;
  readonly latestStart: string;
  readonly latestFinish: string;
}

export interface Dated {
  readonly duration: number;
  /** What times count: every day, or working days. */
  readonly unit: 'days' | 'workdays';
  readonly start?: string;
  readonly finish?: string;
  /** A day lies in a year whose days off are not announced. Said only where working days count and dates are known. */
  readonly provisional?: boolean;
  readonly activities: readonly (Scheduled & Partial<Dates>)[];
}

/** Solves it. Refuses what schedule() refuses, and `schedules.needs_start` where calendars differ and no first day is given. */
export function datedOf({ calendar, start, activities }: Given, working: WorkCalendar): Dated {
  const used = new Set(activities.flatMap((one) => [one.calendar ?? calendar, ...(one.after ?? []).flatMap((link) => link.lagCalendar ?? [])]));
  const mixed = used.size > 1;
  if (mixed && start === null) refuse('schedules.needs_start');
  const first = start === null ? null : (numberOfDay(start) ?? refuse('schedules.malformed', { place: 'start' }));
  const offices: Calendar | null = first === null ? null : workdayAxis(working.numbers, first);
  const [only] = used;
  const unit = !mixed && only === 'cn-workdays' ? 'workdays' : 'days';
  const found = mixed && offices !== null ? schedule(activities, { calendars: new Map([['cn-workdays', offices]]), calendar }) : schedule(activities.map(bare));
  if (first === null || offices === null) return { duration: found.duration, unit, activities: found.activities };
  const dayAt = (at: number): string => dayText(first + (unit === 'workdays' ? offices.moment(Math.floor(at)) : Math.floor(at)));
  const last = Math.max(0, Math.ceil(found.duration) - 1);
  const finish = dayAt(last);
  return {
    duration: found.duration, unit, start: start ?? '', finish, ...(used.has('cn-workdays') ? { provisional: working.numbers.provisionalBetween(first, numberOfDay(finish) ?? first) } : {}),
    activities: found.activities.map((one, at) => ({ ...one, ...datesOf(one, activities[at], dayAt) })),
  };
}

/** On an axis of working days the calendar is the axis. */
function bare(one: Activity): Activity {
  return { ...one, calendar: undefined, after: one.after?.map((link) => ({ ...link, lagCalendar: undefined })) };
}

function datesOf(one: Scheduled, activity: Activity | undefined, dayAt: (at: number) => string): Dates {
  if (activity?.duration === 0) {
    // What ends something stands on the last day of that, what only begins something on its own.
    const ends = (activity.after ?? []).length > 0 && one.earlyStart > (activity.notBefore ?? 0);
    const [early, late] = [one.earlyStart, one.lateStart].map((at) => dayAt(ends ? Math.ceil(at) - 1 : at));
    return { start: early ?? '', finish: early ?? '', latestStart: late ?? '', latestFinish: late ?? '' };
  }
  const last = (at: number): string => dayAt(Math.ceil(at) - 1);
  return { start: dayAt(one.earlyStart), finish: last(one.earlyFinish), latestStart: dayAt(one.lateStart), latestFinish: last(one.lateFinish) };
}

function dayText(number: number): string {
  return number >= FIRST_DAY && number <= LAST_DAY ? dayOfNumber(number) : refuse('schedules.out_of_range');
}
