// What the program takes for now: an instant, and the calendar day of the zone that belongs to it.

export interface Now {
  readonly instant: Date;
  /** The zone's calendar day, YYYY-MM-DD (Asia/Shanghai; the demonstration zone stands on a fixed day). */
  readonly day: string;
  /** Minutes since the zone's midnight where the clock was set to a time of day (the past is played); otherwise the machine's time of day holds. */
  readonly minute?: number;
}

const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The calendar day in China (UTC+8, no daylight saving since 1991) of an instant. */
export function chinaDay(instant: Date): string {
  return new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** Now, by the machine's clock or standing on a fixed day (then at the machine's time of day). */
export function nowAt(instant: Date, fixedDay?: string, fixedMinute?: number): Now {
  return { instant, day: fixedDay ?? chinaDay(instant), ...(fixedMinute === undefined ? {} : { minute: fixedMinute }) };
}

/**
 * The instant in the zone's own time: its day at the time of day that the machine shows in China. The same as `now.instant` unless the zone stands on
 * a fixed day; then it comes round again every day, so whoever measures by it must not expect it to grow.
 */
export function moment(now: Now): Date {
  const sinceMidnight = now.minute === undefined ? (now.instant.getTime() + CHINA_OFFSET_MS) % DAY_MS : now.minute * 60_000;
  return new Date(Date.parse(`${now.day}T00:00:00Z`) - CHINA_OFFSET_MS + sinceMidnight);
}

const DAY_MS = 86_400_000;
