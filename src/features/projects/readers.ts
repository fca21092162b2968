// Where other features learn that the reader keys of projects have moved, so that what is found under the keys of a project moves with it. Filled when the
// program is put together, never at run time; projects know none of them.
import type { Db } from '../../platform/db.ts';

/** Called in the transaction that moved the keys, after they were written. */
export const readersMoved = new Map<'problems', (tx: Db, projectIds: readonly string[]) => Promise<void>>();
