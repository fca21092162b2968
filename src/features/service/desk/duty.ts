// Who has duty at a moment. The night's duty lasts into the morning of the next day; during the day the office's and the whole day's hold. Reads only.
import { moment, type Now } from '../../../kernel/clock.ts';
import { addDays } from '../../../kernel/days.ts';
import { sql, type Db } from '../../../platform/db.ts';

const DAY_STARTS = 8 * 60;
const DAY_ENDS = 18 * 60;
const CHINA_MINUTES = 480;
const DAY_MINUTES = 1440;

/** The day whose roster holds, and which of its shifts. */
export function shiftAt(day: string, minute: number): { readonly day: string; readonly shifts: readonly string[] } {
  if (minute < DAY_STARTS) return { day: addDays(day, -1), shifts: ['night', 'whole'] };
  return { day, shifts: minute < DAY_ENDS ? ['office', 'whole'] : ['night', 'whole'] };
}

export function minuteOf(now: Now): number {
  return Math.floor(moment(now).getTime() / 60_000 + CHINA_MINUTES) % DAY_MINUTES;
}

export async function onDuty(db: Db, now: Now): Promise<string[]> {
  const { day, shifts } = shiftAt(now.day, minuteOf(now));
  const rows = await db.rows<{ id: string }>(sql`
    select distinct d.user_id as id from service_duties d join people_users u on u.id = d.user_id and u.active where d.day = ${day} and d.shift = any(${[...shifts]}::text[]) and d.function in ('operator', 'commander')`);
  return rows.map((row) => row.id);
}
