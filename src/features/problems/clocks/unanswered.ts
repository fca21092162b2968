// What becomes of a problem whose time to be confirmed is over. Bound by closing/ when the program is put together: it knows who was asked and who has answered.
import type { Now } from '../../../kernel/clock.ts';
import type { Db } from '../../../platform/db.ts';
import type { Locked } from '../store.ts';
import type { Taken } from '../writing.ts';

export interface Over { readonly problem: Locked; readonly at: number }

/** For each problem the steps that follow; without any it is closed, not solved. Runs under the lock of the problems, in the transaction that writes them. */
export const unanswered: { of: (tx: Db, problems: readonly Over[], now: Now) => Promise<ReadonlyMap<string, readonly Taken[]>> } = { of: () => Promise.resolve(new Map()) };
