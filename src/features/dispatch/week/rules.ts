// What the week decides: when something happened, which week it belongs to, which of two lines stands, by when a project is to be visited.
// Pure; never trusts the clock of a phone.
import type { Now } from '../../../kernel/clock.ts';
import { chinaDay } from '../../../kernel/clock.ts';
import { addDays, daysBetween } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { WeekRules } from './contract.ts';

const DAY_MS = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The zone's day at the zone's time of day, as an instant: the demonstration zone stands on a day of the past. */
export function momentOf(now: Now): Date {
  const time = (now.instant.getTime() + CHINA_OFFSET_MS) % DAY_MS;
  return new Date(Date.parse(`${now.day}T00:00:00Z`) - CHINA_OFFSET_MS + time);
}

export interface Told {
  readonly by?: string | undefined;
  readonly doneAt?: string | undefined;
  readonly sentAt?: string | undefined;
}

export interface When {
  /** By the clock of the phone, as it was told. */
  readonly doneAt: Date;
  /** In the zone's time. */
  readonly happenedAt: Date;
  readonly day: string;
  readonly week: string;
}

/**
 * When it happened. A phone says how long ago by its own clock (sent minus done): that holds though its clock is wrong. One that only says when is
 * believed unless it speaks of the future.
 */
export function whenOf(told: Told, now: Now): When {
  const moment = momentOf(now);
  const doneAt = told.doneAt === undefined ? now.instant : new Date(told.doneAt);
  const ago = told.doneAt === undefined ? 0 : (told.sentAt === undefined ? moment : new Date(told.sentAt)).getTime() - doneAt.getTime();
  const happenedAt = new Date(moment.getTime() - Math.max(0, ago));
  const day = chinaDay(happenedAt);
  return { doneAt, happenedAt, day, week: mondayOf(day) };
}

/** What lies in an outbox belongs to who wrote it: under another's session it is not taken. */
export function assertOwn(told: Told, userId: string): void {
  if (told.by !== undefined && told.by !== userId) refuse('week.other_person', {});
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** By which day the line of this week is due. */
export function lineDueOf(week: string, rules: WeekRules): string {
  return addDays(week, rules.lineWeekday - 1);
}

/** By when a key project is to be visited again; one that nobody visited yet is due a whole interval after somebody took it over. */
export function visitDueOf(lastDay: string | null, sinceDay: string | null, rules: WeekRules): string | null {
  const from = lastDay ?? sinceDay;
  return from === null ? null : addDays(from, rules.visitEveryDays);
}

export interface Standing {
  readonly id: string;
  readonly version: number;
  readonly happened_at: string;
}

/** Of two lines for one week the later word stands: what arrives late from a phone does not replace what was said after it. */
export function standsOver(earlier: Standing | undefined, happenedAt: Date): 'first' | 'newer' | 'older' {
  if (earlier === undefined) return 'first';
  return happenedAt.getTime() >= new Date(earlier.happened_at).getTime() ? 'newer' : 'older';
}

export interface Visited {
  readonly projectId?: string | undefined;
  readonly orgId?: string | undefined;
  readonly lon?: number | undefined;
  readonly lat?: number | undefined;
}

export function assertWhom(visit: Visited): void {
  if (visit.projectId === undefined && visit.orgId === undefined) refuse('week.whom_missing', { errors: [{ path: 'projectId', rule: 'required', params: {} }] });
}

export function assertPlace(visit: Visited): void {
  if ((visit.lon === undefined) !== (visit.lat === undefined)) refuse('platform.invalid', { errors: [{ path: visit.lon === undefined ? 'lon' : 'lat', rule: 'required', params: {} }] });
}

/** A plan is for today or later; what was made is recorded. */
export function assertPlannable(day: string, today: string): void {
  if (day < today) refuse('week.plan_past', { day });
  if (daysBetween(today, day) > 366) refuse('week.plan_far', { day });
}

/** Metres between two places on the globe, for "how far from the site". */
export function metresBetween(a: { readonly lon: number; readonly lat: number }, b: { readonly lon: number; readonly lat: number }): number {
  const rad = Math.PI / 180;
  const half = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return Math.round(2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(half))));
}
