// A network as people give it, activities by name, solved by the critical path method: with days for all, or with a calendar for each
// activity. Names what is wrong with a network; never repairs it.
import { EVERY_DAY, solveByCalendars, type Calendar } from './calendartime.ts';
import { solve, type Network, type Solution } from './network.ts';
import { refuse } from './refuse.ts';
import { LINK, topologyOf, type LinkType } from './topology.ts';

export interface Dependency {
  /** The predecessor. */
  readonly id: string;
  /** Finish to start where nothing is said. */
  readonly type?: LinkType | undefined;
  /** Days between the two, 0 where nothing is said; negative: a lead. Counted in the calendar of the activity that waits. */
  readonly lag?: number | undefined;
  /** Another calendar for the lag. */
  readonly lagCalendar?: string | undefined;
}

export interface Activity {
  readonly id: string;
  /** 0 or more, in days of its calendar; 0 is a milestone. */
  readonly duration: number;
  readonly after?: readonly Dependency[] | undefined;
  /** A name in the calendars of the options, or `days`. */
  readonly calendar?: string | undefined;
  /** The day (of the time axis) before which it may not start. */
  readonly notBefore?: number | undefined;
}

export interface Options {
  /** Calendars over the time axis by name. `days`, every day, is always there. */
  readonly calendars?: ReadonlyMap<string, Calendar> | undefined;
  /** Of the activities that name none. `days` where nothing is said. */
  readonly calendar?: string | undefined;
}

export interface Scheduled {
  readonly id: string;
  readonly earlyStart: number;
  readonly earlyFinish: number;
  readonly lateStart: number;
  readonly lateFinish: number;
  /** Total float, in days of the activity's calendar; never negative. */
  readonly float: number;
  readonly freeFloat: number;
  /** The float is 0. */
  readonly critical: boolean;
  /** It lies on a longest path. The same as critical where all have one calendar. */
  readonly driving: boolean;
}

export interface Schedule {
  readonly duration: number;
  readonly activities: readonly Scheduled[];
}

/**
 * Schedules activities; they come back in the order in which they were given. All times are days from day 0 of the time axis, an activity
 * occupies [start, finish), so that a finish is the day after the last day of work. Where any activity has a calendar other than `days`
 * the axis still counts every day, and durations and lags must be whole.
 *
 * Refuses `network.duplicate_activity`, `network.unknown_activity`, `network.unknown_calendar`, `network.bad_duration`,
 * `network.bad_lag`, `network.bad_day` and `network.cycle` (with the ids of its activities in order).
 */
export function schedule(activities: readonly Activity[], options: Options = {}): Schedule {
  const index = indexOf(activities);
  const names = calendarNames(activities);
  const calendars = names.map((name) => calendarNamed(name, options));
  const plain = calendars.every((one) => one === EVERY_DAY);
  const network = networkOf(activities, index, !plain);
  if (plain) return spoken(activities, solvePlain(network, activities));
  const at = (name: string | undefined): number => names.indexOf(name);
  const lagCalendarOf = Int32Array.from(activities.flatMap((one) => (one.after ?? []).map((link) => (link.lagCalendar === undefined ? -1 : at(link.lagCalendar)))));
  refuseCycle(activities, network);
  return spoken(activities, solveByCalendars({ ...network, calendars, calendarOf: Int32Array.from(activities, (one) => at(one.calendar)), lagCalendarOf }));
}

function indexOf(activities: readonly Activity[]): Map<string, number> {
  const index = new Map<string, number>();
  activities.forEach(({ id }, at) => {
    if (index.has(id)) refuse('network.duplicate_activity', { id });
    index.set(id, at);
  });
  return index;
}

/** Every name that is used once; undefined for the calendar of those that name none. */
function calendarNames(activities: readonly Activity[]): (string | undefined)[] {
  const names = new Set<string | undefined>();
  for (const one of activities) {
    names.add(one.calendar);
    for (const link of one.after ?? []) if (link.lagCalendar !== undefined) names.add(link.lagCalendar);
  }
  return [...names];
}

function calendarNamed(name: string | undefined, options: Options): Calendar {
  const wanted = name ?? options.calendar ?? 'days';
  const found = options.calendars?.get(wanted) ?? (wanted === 'days' ? EVERY_DAY : undefined);
  return found ?? refuse('network.unknown_calendar', { calendar: wanted });
}

function networkOf(activities: readonly Activity[], index: ReadonlyMap<string, number>, whole: boolean): Network {
  const count = activities.reduce((sum, one) => sum + (one.after?.length ?? 0), 0);
  const links = { from: new Int32Array(count), to: new Int32Array(count), types: new Uint8Array(count), lags: new Float64Array(count) };
  const sound = (value: number): boolean => Number.isFinite(value) && Math.abs(value) <= LONGEST && (!whole || Number.isInteger(value));
  let place = 0;
  activities.forEach((one, to) => {
    if (!sound(one.duration) || one.duration < 0) refuse('network.bad_duration', { id: one.id, duration: one.duration });
    if (!sound(one.notBefore ?? 0)) refuse('network.bad_day', { id: one.id, day: one.notBefore });
    for (const link of one.after ?? []) {
      if (!sound(link.lag ?? 0)) refuse('network.bad_lag', { id: one.id, after: link.id, lag: link.lag });
      links.from[place] = index.get(link.id) ?? refuse('network.unknown_activity', { id: one.id, after: link.id });
      links.to[place] = to;
      links.types[place] = LINK[link.type ?? 'FS'];
      links.lags[place] = link.lag ?? 0;
      place += 1;
    }
  });
  return { ...links, durations: Float64Array.from(activities, (one) => one.duration), notBefore: Float64Array.from(activities, (one) => one.notBefore ?? 0) };
}

/** A hundred thousand days are 273 years: beyond is a slip of the keyboard. */
const LONGEST = 100_000;

function solvePlain(network: Network, activities: readonly Activity[]): Solution {
  return solve(network, refuseCycle(activities, network));
}

function refuseCycle(activities: readonly Activity[], network: Network): Exclude<ReturnType<typeof topologyOf>, { cycle: unknown }> {
  const topology = topologyOf(network.durations.length, network);
  if (!('cycle' in topology)) return topology;
  const cycle = topology.cycle.map((at) => activities[at]?.id ?? '');
  const shown = cycle.length > CYCLE_SHOWN ? [...cycle.slice(0, CYCLE_SHOWN), '…'] : cycle;
  return refuse('network.cycle', { cycle, path: [...shown, cycle[0]].join(' → ') });
}

const CYCLE_SHOWN = 30;

function spoken(activities: readonly Activity[], found: Solution & { readonly driving?: Uint8Array }): Schedule {
  return {
    duration: found.duration,
    activities: activities.map(({ id }, at) => ({
      id, earlyStart: found.earlyStart[at] ?? 0, earlyFinish: found.earlyFinish[at] ?? 0, lateStart: found.lateStart[at] ?? 0, lateFinish: found.lateFinish[at] ?? 0,
      float: found.float[at] ?? 0, freeFloat: found.freeFloat[at] ?? 0, critical: found.critical[at] === 1, driving: (found.driving ?? found.critical)[at] === 1,
    })),
  };
}
