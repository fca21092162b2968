// A network in JSON as programs hand it in: which calendar counts, from which day, and its activities. Checks what it reads and
// refuses with the place what it cannot read. Fields of the caller's own are let be, except in a link, where a slip would pass unseen.
import { isDay } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Activity, Dependency } from '../../../kernel/schedule.ts';
import { LINK, type LinkType } from '../../../kernel/topology.ts';

export const CALENDARS = ['days', 'cn-workdays'] as const;
export type CalendarName = (typeof CALENDARS)[number];

export interface Given {
  readonly calendar: CalendarName;
  /** YYYY-MM-DD, the day 0; null: no dates are asked for. */
  readonly start: string | null;
  readonly activities: readonly Activity[];
}

/** More is no plan that people follow, and a network of this size is solved in a second. */
const MOST = 1_000_000;

/** Reads the JSON of a network. Refuses `schedules.not_json` and `schedules.malformed` with the place, such as activities[3].after[0].lag. */
export function givenIn(text: string): Given {
  const value = parsed(text);
  const { calendar, start, activities } = record(value, '');
  if (start !== undefined && start !== null && (typeof start !== 'string' || !isDay(start))) malformed('start');
  if (!Array.isArray(activities)) return malformed('activities');
  if (activities.length > MOST) refuse('schedules.too_many', { limit: MOST });
  return { calendar: calendar === undefined ? 'days' : calendarIn(calendar, 'calendar'), start: typeof start === 'string' ? start : null, activities: activities.map((one: unknown, at) => activityIn(one, `activities[${String(at)}]`)) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (error) {
    return refuse('schedules.not_json', { reason: error instanceof Error ? error.message.slice(0, 200) : '' });
  }
}

function activityIn(value: unknown, place: string): Activity {
  const { id, duration, after = [], calendar, notBefore } = record(value, place);
  if (!Array.isArray(after)) return malformed(`${place}.after`);
  return {
    id: idIn(id, `${place}.id`), duration: daysIn(duration, `${place}.duration`), after: after.map((one: unknown, at) => dependencyIn(one, `${place}.after[${String(at)}]`)),
    calendar: calendar === undefined ? undefined : calendarIn(calendar, `${place}.calendar`), notBefore: notBefore === undefined ? undefined : daysIn(notBefore, `${place}.notBefore`),
  };
}

/** A predecessor may be its id alone: finish to start without a lag. */
function dependencyIn(value: unknown, place: string): Dependency {
  if (typeof value === 'string' || typeof value === 'number') return { id: idIn(value, place) };
  const { id, type = 'FS', lag = 0, lagCalendar, ...rest } = record(value, place);
  const [stray] = Object.keys(rest);
  if (stray !== undefined) refuse('schedules.unknown_field', { field: `${place}.${stray}` });
  return {
    id: idIn(id, `${place}.id`), type: linkType(type) ?? malformed(`${place}.type`), lag: daysIn(lag, `${place}.lag`),
    lagCalendar: lagCalendar === undefined ? undefined : calendarIn(lagCalendar, `${place}.lagCalendar`),
  };
}

function linkType(value: unknown): LinkType | undefined {
  return Object.keys(LINK).find((name): name is LinkType => name === value);
}

function calendarIn(value: unknown, place: string): CalendarName {
  return CALENDARS.find((name) => name === value) ?? (typeof value === 'string' ? refuse('network.unknown_calendar', { calendar: value.slice(0, 100) }) : malformed(place));
}

function idIn(value: unknown, place: string): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : malformed(place);
}

function daysIn(value: unknown, place: string): number {
  return typeof value === 'number' ? value : malformed(place);
}

function record(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed(place);
  return Object.fromEntries(Object.entries(value));
}

function malformed(place: string): never {
  return refuse('schedules.malformed', { place: place === '' ? '$' : place });
}
