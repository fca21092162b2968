// `--calendar FILE` of workdays, schedule and plan: the national calendar with what the file lays over it (kernel/calendarfile.ts). Without it the
// calendar that came with the program; no database is opened.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { calendarFrom } from '../kernel/calendarfile.ts';
import { refuse } from '../kernel/refuse.ts';
import { calendarWith, type WorkCalendar } from '../kernel/workdays.ts';

/** Some hundred years of notices are 50 kB. */
const MOST_BYTES = 1024 * 1024;

/** Refuses `workdays.bad_calendar` and what a notice is refused for. */
export async function calendarIn(name: string | undefined): Promise<WorkCalendar> {
  if (name === undefined) return calendarWith();
  const file = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile() || found.size > MOST_BYTES) return refuse('workdays.no_calendar', { file: name });
  return calendarWith(calendarFrom(await readFile(file, 'utf8')));
}
