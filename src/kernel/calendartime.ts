// The critical path method where each activity works by its own calendar. The time axis is whole units (days, or minutes) from 0; a
// calendar says which of them are worked. Never lets an activity start on an idle unit and never gives a negative float.
import { refuse } from './refuse.ts';
import { LINK, topologyOf, type Topology } from './topology.ts';
import type { Network, Solution } from './network.ts';
import type { WorkNumbers } from './workdays.ts';

/**
 * Which units of the time axis are worked, as two counts. Both never fall as their argument rises, and ordinal(moment(k)) = k.
 * Asked for moments before 0 too (a lead may reach there): any answer will do that keeps the two rules.
 */
export interface Calendar {
  /** Number of worked units that begin before the moment. */
  ordinal(at: number): number;
  /** The beginning of the worked unit with that number, the first one being 0. */
  moment(ordinal: number): number;
}

/** Every unit is worked. */
export const EVERY_DAY: Calendar = { ordinal: (at) => at, moment: (ordinal) => ordinal };

/** The end (exclusive) of `duration` worked units begun at or after `start`; `start` itself for a duration of 0. */
export function finishOf(calendar: Calendar, start: number, duration: number): number {
  return duration === 0 ? start : calendar.moment(calendar.ordinal(start) + duration - 1) + 1;
}

/** The latest start from which `duration` worked units end at or before `finish`; `finish` itself for a duration of 0. */
export function startOf(calendar: Calendar, finish: number, duration: number): number {
  return duration === 0 ? finish : calendar.moment(calendar.ordinal(finish) - duration);
}

/** Units without a worked one after which a calendar counts as never working again: ten years of days. */
const IDLE = 3660;

/**
 * A calendar of days from a question about each day from day 0 on; each is asked once, as far as it is needed. Days before 0 count as
 * worked. Refuses `network.idle_calendar` where ten years pass without a worked day.
 */
export function dayCalendar(isWorked: (day: number) => boolean): Calendar {
  const worked: number[] = [];
  /** ordinals[d]: worked days before day d. */
  const ordinals: number[] = [0];
  const lookAt = (): void => {
    const day = ordinals.length - 1;
    if (isWorked(day)) worked.push(day);
    else if (day - (worked.at(-1) ?? -1) > IDLE) refuse('network.idle_calendar', { days: IDLE });
    ordinals.push(worked.length);
  };
  return {
    ordinal: (at) => {
      if (at < 0) return at;
      while (ordinals.length <= at) lookAt();
      return ordinals[at] ?? 0;
    },
    moment: (ordinal) => {
      if (ordinal < 0) return ordinal;
      while (worked.length <= ordinal) lookAt();
      return worked[ordinal] ?? 0;
    },
  };
}

/** The working days of a calendar on an axis whose day 0 is `start`, as a number of epoch.ts. */
export function workdayAxis({ between, add, back }: WorkNumbers, start: number): Calendar {
  return {
    ordinal: (at) => between(start - 1, start + at - 1),
    moment: (ordinal) => (ordinal < 0 ? back(start, -ordinal) : add(start - 1, ordinal + 1)) - start,
  };
}

export interface CalendarNetwork extends Network {
  readonly calendars: readonly Calendar[];
  /** The calendar of each activity, by its place in `calendars`. */
  readonly calendarOf: Int32Array;
  /** The calendar in which each link's lag is counted; -1, or without the array: the successor's. */
  readonly lagCalendarOf?: Int32Array | undefined;
}

export interface CalendarSolution extends Solution {
  /** 1 for what lies on a longest path: it ends the whole, or its dates decide when such an activity starts. */
  readonly driving: Uint8Array;
}

/**
 * Early and late dates by calendars. Durations, lags and earliest days are whole numbers: durations in worked units of the activity's
 * calendar, lags in worked units of the lag's calendar. An activity occupies [start, finish) as in network.ts: it starts at the beginning
 * of a worked unit and finishes at the end of one, so that a Friday's finish is Saturday, 0:00. A milestone stands where its predecessors
 * put it, also in idle time. Floats count worked units of the activity's own calendar. With several calendars an activity may wait for
 * another one's idle days: then a longest path (`driving`) has activities with float.
 *
 * O(activities + links) questions to calendars. Refuses `network.cycle`.
 */
export function solveByCalendars(network: CalendarNetwork): CalendarSolution {
  const topology = topologyOf(network.durations.length, network, true);
  if ('cycle' in topology) return refuse('network.cycle', { cycle: topology.cycle, path: topology.cycle.join(' → ') });
  const early = forward(network, topology);
  const late = backward(network, topology, early.whole, null);
  const free = backward(network, topology, early.whole, early);
  const count = network.durations.length;
  const float = new Float64Array(count);
  const freeFloat = new Float64Array(count);
  for (let u = 0; u < count; u += 1) {
    const calendar = calendarOf(network, u);
    const from = calendar.ordinal(early.start[u] ?? 0);
    float[u] = calendar.ordinal(late.start[u] ?? 0) - from;
    freeFloat[u] = calendar.ordinal(free.start[u] ?? 0) - from;
  }
  return {
    duration: early.whole, earlyStart: early.start, earlyFinish: early.finish, lateStart: late.start, lateFinish: late.finish, float, freeFloat,
    critical: Uint8Array.from(float, (slack) => (slack === 0 ? 1 : 0)), driving: drivingOf(network, topology, early),
  };
}

interface Dates {
  readonly start: Float64Array;
  readonly finish: Float64Array;
  readonly whole: number;
}

function calendarOf(network: CalendarNetwork, u: number): Calendar {
  return network.calendars[network.calendarOf[u] ?? 0] ?? EVERY_DAY;
}

function lagCalendar(network: CalendarNetwork, numbers: Int32Array | null, place: number, to: number): Calendar {
  const own = network.lagCalendarOf?.[numbers?.[place] ?? 0] ?? -1;
  return own < 0 ? calendarOf(network, to) : (network.calendars[own] ?? EVERY_DAY);
}

/**
 * The moment that binds the successor: `lag` worked units after (before, when negative) a moment. One that binds a finish is the end of a
 * worked unit, one that binds a start may be the beginning: between Friday's end and Monday's beginning no work is lost.
 */
function lagged(calendar: Calendar, at: number, lag: number, arc: number): number {
  if (lag === 0 && (arc & 3) !== LINK.SF) return at;
  return lag > 0 || (arc & 2) !== 0 ? calendar.moment(calendar.ordinal(at) + lag - 1) + 1 : calendar.moment(calendar.ordinal(at) + lag);
}

/** The latest moment that, lagged, is not after the limit. */
function unlagged(calendar: Calendar, limit: number, lag: number, arc: number): number {
  if (lag === 0 && (arc & 3) !== LINK.SF) return limit;
  return calendar.moment(lag > 0 || (arc & 2) !== 0 ? calendar.ordinal(limit) - lag : calendar.ordinal(limit + 1) - 1 - lag);
}

/** The earliest start at or after one moment from which the activity ends at or after another. */
function placed(calendar: Calendar, duration: number, notBefore: number, endsFrom: number): number {
  if (duration === 0) return Math.max(notBefore, endsFrom);
  const first = calendar.ordinal(notBefore);
  return calendar.moment(endsFrom === -Infinity ? first : Math.max(first, calendar.ordinal(endsFrom - 1) - duration + 1));
}

/** The latest start at or before one moment from which the activity ends at or before another. */
function placedLate(calendar: Calendar, duration: number, notAfter: number, endsBy: number): number {
  if (duration === 0) return Math.min(notAfter, endsBy);
  const last = calendar.ordinal(endsBy) - duration;
  return calendar.moment(notAfter === Infinity ? last : Math.min(last, calendar.ordinal(notAfter + 1) - 1));
}

function forward(network: CalendarNetwork, { offsets, arcs, order, numbers }: Topology): Dates {
  const count = order.length;
  const start = network.notBefore?.map((day) => Math.max(0, day)) ?? new Float64Array(count);
  const finish = new Float64Array(count).fill(-Infinity);
  let whole = 0;
  for (const u of order) {
    const calendar = calendarOf(network, u);
    const days = network.durations[u] ?? 0;
    const begins = placed(calendar, days, start[u] ?? 0, finish[u] ?? 0);
    const ends = finishOf(calendar, begins, days);
    start[u] = begins;
    finish[u] = ends;
    whole = Math.max(whole, ends);
    for (let k = offsets[u] ?? 0; k < (offsets[u + 1] ?? 0); k += 1) {
      const arc = arcs[2 * k] ?? 0;
      const v = arc >> 2;
      const at = lagged(lagCalendar(network, numbers, k, v), (arc & 1) === 0 ? ends : begins, arcs[2 * k + 1] ?? 0, arc);
      const bound = (arc & 2) === 0 ? start : finish;
      if (at > (bound[v] ?? 0)) bound[v] = at;
    }
  }
  return { start, finish, whole };
}

/** Late dates; or, with the dates at which all others stand still, how late each could be alone. */
function backward(network: CalendarNetwork, { offsets, arcs, order, numbers }: Topology, whole: number, still: Dates | null): Dates {
  const start = new Float64Array(order.length);
  const finish = new Float64Array(order.length);
  const after = still ?? { start, finish };
  for (const u of order.toReversed()) {
    const calendar = calendarOf(network, u);
    const days = network.durations[u] ?? 0;
    let startsBy = Infinity;
    let endsBy = whole;
    for (let k = offsets[u] ?? 0; k < (offsets[u + 1] ?? 0); k += 1) {
      const arc = arcs[2 * k] ?? 0;
      const v = arc >> 2;
      const limit = ((arc & 2) === 0 ? after.start : after.finish)[v] ?? 0;
      const at = unlagged(lagCalendar(network, numbers, k, v), limit, arcs[2 * k + 1] ?? 0, arc);
      if ((arc & 1) === 0) endsBy = Math.min(endsBy, at);
      else startsBy = Math.min(startsBy, at);
    }
    const begins = placedLate(calendar, days, startsBy, endsBy);
    start[u] = begins;
    finish[u] = finishOf(calendar, begins, days);
  }
  return { start, finish, whole };
}

function drivingOf(network: CalendarNetwork, { offsets, arcs, order, numbers }: Topology, early: Dates): Uint8Array {
  const driving = new Uint8Array(order.length);
  for (const u of order.toReversed()) {
    const ends = early.finish[u] ?? 0;
    let drives = ends === early.whole;
    for (let k = offsets[u] ?? 0; !drives && k < (offsets[u + 1] ?? 0); k += 1) {
      const arc = arcs[2 * k] ?? 0;
      const v = arc >> 2;
      if (driving[v] === 0) continue;
      const at = lagged(lagCalendar(network, numbers, k, v), (arc & 1) === 0 ? ends : (early.start[u] ?? 0), arcs[2 * k + 1] ?? 0, arc);
      const [from, until] = (arc & 2) === 0 ? [at, -Infinity] : [-Infinity, at];
      drives = placed(calendarOf(network, v), network.durations[v] ?? 0, from, until) === early.start[v];
    }
    driving[u] = drives ? 1 : 0;
  }
  return driving;
}
