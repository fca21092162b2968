// Keeps the forecast of projects beside them, and tells the warnings of it: in the transaction of whatever command changed what it follows from,
// and by a job when the day or the catalogue turns. Derives only; decides nothing.
import type { Now } from '../../../kernel/clock.ts';
import type { Database, Db } from '../../../platform/db.ts';
import { turn } from '../../../platform/turns.ts';
import { foresee } from '../../projects/foreseen.ts';
import { lockProjects } from '../../projects/scope.ts';
import { pendingOf, predictionsOf } from './outlook.ts';
import { keptOf, type Kept } from './rules.ts';
import { groundOn, lockPlans, markStale, readSubjects, staleIds, writeKept, type Stored } from './store.ts';

/** Projects of one transaction of the job: a command on one of them waits no longer than for these. */
const BATCH = 50;
/** Plans made in one go, some milliseconds: then others get the process. */
const AT_ONCE = 5;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Computes the forecast of some projects again, and what the warnings show of their cases. Those that were never planned have no forecast. Call it
 * at the end of a command's save; the projects are locked by then.
 */
export async function forecast(tx: Db, projectIds: readonly string[], now: Now): Promise<void> {
  const ground = await groundOn(tx, now.day);
  const planned = await lockPlans(tx, projectIds);
  const forecasts = planned.length === 0 ? [] : (await readSubjects(tx, planned)).map((subject) => ({ subject, kept: keptOf(ground, subject) }));
  await writeKept(tx, forecasts.map(({ subject, kept }) => ({ id: subject.id, ...kept })), ground, now);
  await foresee(tx, projectIds, { predictions: await predictionsOf(tx, ground.catalogue, forecasts), pending: await pendingOf(tx, ground.catalogue, projectIds) }, now);
}

/**
 * For many projects whose cases moved by themselves: the warnings are told of the cases at once, the forecast is left to the job, which finds the
 * plans that are not of this day. The projects are locked.
 */
export async function forecastLater(tx: Db, projectIds: readonly string[], now: Now): Promise<void> {
  const { catalogue } = await groundOn(tx, now.day);
  await markStale(tx, projectIds);
  await foresee(tx, projectIds, { pending: await pendingOf(tx, catalogue, projectIds) }, now);
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
      await lockProjects(tx, ids);
      await lockPlans(tx, ids);
      const ground = await groundOn(tx, now.day);
      const forecasts: { subject: Stored; kept: Kept }[] = [];
      for (const [i, subject] of (await readSubjects(tx, ids)).entries()) {
        if (i % AT_ONCE === 0) await turn();
        forecasts.push({ subject, kept: keptOf(ground, subject) });
      }
      const count = await writeKept(tx, forecasts.map(({ subject, kept }) => ({ id: subject.id, ...kept })), ground, now);
      await foresee(tx, ids, { predictions: await predictionsOf(tx, ground.catalogue, forecasts) }, now);
      return count;
    });
    after = last;
  }
}
