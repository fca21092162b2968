// A contractor's schedule as any planning program keeps it: tasks, links, calendars, in one neutral form. Only what was read; nothing here
// is computed. Times are local, YYYY-MM-DDTHH:MM, and working time counts in minutes.
import type { LinkType } from '../../../kernel/topology.ts';

/** Minutes of a day, [from, to) with 0 ≤ from < to ≤ 1440, in order and not overlapping. */
export type Hours = readonly (readonly [number, number])[];

export interface CalendarException {
  /** First and last day, both included; days YYYY-MM-DD. */
  readonly from: string;
  readonly to: string;
  /** Empty: nothing is worked. */
  readonly hours: Hours;
}

export interface ScheduleCalendar {
  readonly id: string;
  readonly name: string;
  /** Seven days, Monday first. */
  readonly week: readonly Hours[];
  /** A later one overrules an earlier one. */
  readonly exceptions: readonly CalendarException[];
}

/**
 * When a date limits a task: as soon or as late as possible; must start or finish on; start or finish no earlier or no later than.
 * Early dates obey the ones that hold a task back.
 */
export type ConstraintType = 'ASAP' | 'ALAP' | 'MSO' | 'MFO' | 'SNET' | 'SNLT' | 'FNET' | 'FNLT';

export interface Task {
  /** Of the file, unique in it. */
  readonly id: string;
  readonly wbs: string;
  readonly name: string;
  /** Depth in the outline; the tasks below a summary follow it with a greater one. */
  readonly level: number;
  readonly summary: boolean;
  readonly milestone: boolean;
  readonly durationMinutes: number;
  /** The duration counts every minute, nights and holidays too. */
  readonly elapsed: boolean;
  /** Null: that of the schedule. */
  readonly calendar: string | null;
  readonly constraint: { readonly type: ConstraintType; readonly at: string | null } | null;
  /** As the file has them. */
  readonly start: string | null;
  readonly finish: string | null;
  /** 0 to 100. */
  readonly percentComplete: number;
  readonly actualStart: string | null;
  readonly actualFinish: string | null;
  readonly baselineStart: string | null;
  readonly baselineFinish: string | null;
  /** Its dates do not follow from links: entered by hand, or switched off. */
  readonly unscheduled: 'manual' | 'inactive' | null;
}

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly type: LinkType;
  /** Minutes; of percent: percent of the predecessor's duration. Negative: a lead. */
  readonly lag: number;
  /** work: minutes of a calendar; elapsed: of the clock; percent: a share of the predecessor's duration. */
  readonly lagUnit: 'work' | 'elapsed' | 'percent';
}

/** Whose calendar counts the lags. */
export type LagCalendar = 'predecessor' | 'successor' | 'project' | 'elapsed';

/** What the file says and this model cannot keep; `task` where it concerns one. */
export interface Loss {
  readonly kind: 'unknown_link' | 'unknown_calendar' | 'recurring_exception' | 'work_weeks' | 'other_project' | 'seconds' | 'unread_task_type';
  readonly task: string | null;
  readonly text: string;
}

export interface ContractSchedule {
  readonly format: 'mspdi' | 'xer';
  readonly name: string;
  readonly start: string;
  /** The day whose state the file tells (the status date, the data date); null where it does not say. */
  readonly dataDay: string | null;
  readonly minutesPerDay: number;
  /** Of the tasks that name none. */
  readonly calendar: string;
  readonly lagCalendar: LagCalendar;
  readonly calendars: readonly ScheduleCalendar[];
  readonly tasks: readonly Task[];
  readonly links: readonly Link[];
  readonly losses: readonly Loss[];
}

/** Monday to Friday, 8 to 12 and 13 to 17: what both programs take where nothing is said. */
export const STANDARD_DAY: Hours = [[480, 720], [780, 1020]];
export const STANDARD_WEEK: readonly Hours[] = [STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, [], []];

/** In order, joined where they touch or overlap; spans that are none fall away. */
export function hoursOf(spans: readonly (readonly [number, number])[]): Hours {
  const hours: [number, number][] = [];
  for (const [from, to] of spans.filter((one) => one[0] < one[1]).toSorted((a, b) => a[0] - b[0])) {
    const last = hours.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else hours.push([from, to]);
  }
  return hours;
}
