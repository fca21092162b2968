// What is finished, accepted or stopped of projects' items, and how long such items really took. One door, so that the cases of approvals
// can come in behind it; until there are any nothing is under way.
import type { Db } from '../../../platform/db.ts';
import type { Progress } from '../plan.ts';

export type ProgressOf = Readonly<Record<string, Readonly<Record<string, Progress>>>>;

/** By project, then by item. A project without any case is left out. */
export async function progressOf(_db: Db, _projectIds: readonly string[]): Promise<ProgressOf> {
  return {};
}

/** Working days that finished cases of items took from acceptance to result with all stops, by code. */
export async function historyOf(_db: Db): Promise<Readonly<Record<string, readonly number[]>>> {
  return {};
}
