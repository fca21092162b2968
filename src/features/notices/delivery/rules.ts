// When a notice is due for a person, and when a failed message is tried again. Pure; times of day are the zone's (China, UTC+8).
import { CHANNELS, type Channel } from '../fields.ts';

/** How a person wants the mail of a topic. */
export type Mode = 'now' | 'digest' | 'off';

export interface Wishes {
  readonly topics: Readonly<Record<string, Mode>>;
  /** Minutes of the day, 0 to 1439. */
  readonly digestMinute: number;
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const CHINA_MS = 8 * 3_600_000;

export interface Dues {
  readonly urgent: Date;
  readonly now: Date;
  readonly digest: Date;
}

/** When what is told now leaves for this person: what is urgent at once, the rest not in the quiet hours, a digest at its hour. */
export function duesOf(wishes: Wishes, instant: Date): Dues {
  const minute = minuteOf(instant);
  const wait = (wishes.digestMinute - minute + DAY_MINUTES) % DAY_MINUTES;
  // At the very minute of the digest what is told still goes with it.
  const digest = wait === 0 ? instant : later(instant, wait);
  return { urgent: instant, now: afterQuiet(wishes, instant), digest: afterQuiet(wishes, digest) };
}

export function modeOf(wishes: Pick<Wishes, 'topics'>, topic: string): Mode {
  return wishes.topics[topic] ?? 'now';
}

/** The minute of the zone's day. */
export function minuteOf(instant: Date): number {
  return Math.floor(((instant.getTime() + CHINA_MS) % (DAY_MINUTES * MINUTE_MS)) / MINUTE_MS);
}

function afterQuiet({ quietFrom, quietTo }: Wishes, instant: Date): Date {
  if (quietFrom === null || quietTo === null) return instant;
  const minute = minuteOf(instant);
  const length = (quietTo - quietFrom + DAY_MINUTES) % DAY_MINUTES;
  const since = (minute - quietFrom + DAY_MINUTES) % DAY_MINUTES;
  return since < length ? later(instant, length - since) : instant;
}

/** The beginning of the minute so many minutes on. */
function later(instant: Date, minutes: number): Date {
  return new Date(Math.floor(instant.getTime() / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS);
}

/** After how many attempts in vain a receiver, or a message to one address, is parked: the waits below add up to almost four days. */
export const ATTEMPTS_LIMIT = 20;
const FIRST_WAIT_MS = MINUTE_MS;
const LONGEST_WAIT_MS = 6 * 60 * MINUTE_MS;

/** How long to wait after so many failed attempts (1 = the first): a minute, then twice as long each time up to six hours; up to a fifth less by `random` of [0, 1), so that not all come back at once. */
export function waitMs(attempts: number, random: number): number {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(30, Math.max(0, attempts - 1)));
  return Math.round(whole * (1 - random / 5));
}

/** A way out that is down as a whole is tried again sooner, and never given up: at most after ten minutes. */
export function outageMs(failures: number, random: number): number {
  return Math.min(10 * MINUTE_MS, waitMs(failures, random));
}

/** How many notices one message may hold, and from how many on they go together though nobody asked for a digest. */
export const GATHER: Readonly<Record<Channel, { readonly most: number; readonly from: number }>> = {
  mail: { most: 200, from: 4 }, wecom: { most: 1000, from: 2 }, dingtalk: { most: 1000, from: 2 }, webhook: { most: 100, from: 2 },
};

/** Which of the notices that are due (in their order) make the next message. */
export function nextMessage<One extends { readonly digest: boolean }>(channel: Channel, due: readonly One[]): readonly One[] {
  const { most, from } = GATHER[channel];
  const together = due.length >= from || due.filter((one) => one.digest).length > 1;
  return due.slice(0, together ? most : 1);
}

/** A receiver of this kind is sent at most one message in so many milliseconds: robots refuse more than twenty a minute. */
export function pauseMs(channel: Channel): number {
  return channel === 'wecom' || channel === 'dingtalk' ? 4000 : 0;
}

export function isChannel(text: string): text is Channel {
  return CHANNELS.some((channel) => channel === text);
}
