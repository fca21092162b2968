// The counting that follows a change of the calendar: open cases and forecasts that are still counted by an earlier edition, in batches that let
// others through. Derives only; what is cut off is found again, because each number names the edition it was counted by.
import type { Now } from '../../../kernel/clock.ts';
import type { Database } from '../../../platform/db.ts';
import { recountCases } from '../cases/recount.ts';
import { forecastAll } from '../planning/forecast.ts';
import { leftToCount, readCalendar } from './store.ts';

/** Gives how many cases and plans were counted again; most of the time there is nothing to do and two indexes are asked. */
export async function recountAll(database: Pick<Database, 'transaction' | 'rows' | 'row' | 'run'>, now: Now): Promise<number> {
  const { edition } = await readCalendar(database);
  if (edition === 0) return 0;
  const left = await leftToCount(database, edition);
  const cases = left.cases === 0 ? 0 : await recountCases(database, now);
  return cases + (left.plans === 0 ? 0 : await forecastAll(database, now));
}
