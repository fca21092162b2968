// Keeps the forecast of projects beside them: in the transaction of whatever command changed what it follows from, and by a job when the day
// or the catalogue turns. Derives only; decides nothing.
import { setImmediate as turn } from 'node:timers/promises';
import type { Now } from '../../../kernel/clock.ts';
import type { Database, Db } from '../../../platform/db.ts';
import { keptOf } from './rules.ts';
import { groundOn, lockPlans, readSubjects, staleIds, writeKept, type KeptRow } from './store.ts';

/** Projects of one transaction of the job: a command on one of them waits no longer than for these. */
const BATCH = 50;
/** Plans made in one go, some milliseconds: then others get the process. */
const AT_ONCE = 5;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Computes the forecast of some projects again; those that were never planned are left out. Call it at the end of a command's save. */
export async function forecast(tx: Db, projectIds: readonly string[], now: Now): Promise<void> {
  const ground = await groundOn(tx, now.day);
  const planned = await lockPlans(tx, projectIds);
  const rows = planned.length === 0 ? [] : (await readSubjects(tx, planned)).map((one) => ({ id: one.id, ...keptOf(ground, one) }));
  await writeKept(tx, rows, ground, now);
}

/** Computes all forecasts that are not of this day, in batches that let others through. May be cut off at any moment: what is done stays done. */
export async function forecastAll(database: Pick<Database, 'transaction' | 'rows' | 'row' | 'run'>, now: Now): Promise<number> {
  let done = 0;
  for (let after = FIRST; ;) {
    // Asked anew each time: what a change of the calendar or the catalogue finds half done is finished by the new one.
    const ids = await staleIds(database, await groundOn(database, now.day), after, BATCH);
    const last = ids.at(-1);
    if (last === undefined) return done;
    done += await database.transaction(async (tx) => {
      await lockPlans(tx, ids);
      const ground = await groundOn(tx, now.day);
      const rows: KeptRow[] = [];
      for (const [i, one] of (await readSubjects(tx, ids)).entries()) {
        if (i % AT_ONCE === 0) await turn();
        rows.push({ id: one.id, ...keptOf(ground, one) });
      }
      return writeKept(tx, rows, ground, now);
    });
    after = last;
  }
}
