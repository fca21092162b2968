// The commissioner's last weekly line on a project, for whoever sits in a meeting about it.
import type { Db } from '../../../platform/db.ts';

export interface WeekLine { readonly day: string; readonly done: string; readonly next: string; readonly problem: string | null; readonly by: string }

export async function weekLine(_db: Db, _projectId: string): Promise<WeekLine | null> {
  return Promise.resolve(null);
}
