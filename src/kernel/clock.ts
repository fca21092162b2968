// What the program takes for now: an instant, and the calendar day of the zone that belongs to it.

export interface Now {
  readonly instant: Date;
  /** The zone's calendar day, YYYY-MM-DD (Asia/Shanghai; the demonstration zone stands on a fixed day). */
  readonly day: string;
}

const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The calendar day in China (UTC+8, no daylight saving since 1991) of an instant. */
export function chinaDay(instant: Date): string {
  return new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** Now, by the machine's clock or standing on a fixed day (then at the machine's time of day). */
export function nowAt(instant: Date, fixedDay?: string): Now {
  return { instant, day: fixedDay ?? chinaDay(instant) };
}
