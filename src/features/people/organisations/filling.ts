// Gives organisations that were there before they were found by pairs theirs, once after the upgrade. By a job, with the program's own arithmetic: a database folds
// characters otherwise, and what is not folded as the search folds it is not found.
import type { Db } from '../../../platform/db.ts';
import { unfilled, fill } from './store.ts';
import { gramsFor } from './rules.ts';

/** Of one transaction: whoever edits an organisation waits for no more. */
const BATCH = 1000;

/** Gives how many were filled; 0 when there is nothing to do. */
export async function fillGrams(database: { transaction<Result>(work: (tx: Db) => Promise<Result>): Promise<Result> }): Promise<number> {
  let done = 0;
  for (let batch = BATCH; batch === BATCH; done += batch) {
    batch = await database.transaction(async (tx) => {
      const rows = await unfilled(tx, BATCH);
      if (rows.length > 0) await fill(tx, rows.map((one) => ({ id: one.id, grams: gramsFor(one) })));
      return rows.length;
    });
  }
  return done;
}
