// The commissioner's last weekly line on a project, for whoever sits in a meeting about it.
import type { Db } from '../../../platform/db.ts';
import { lastLines } from '../week/lines.ts';

export interface WeekLine { readonly day: string; readonly done: string; readonly next: string | null; readonly problem: string | null; readonly by: string }

/** The caller has made sure that the reader may know the project. */
export async function weekLine(db: Db, projectId: string): Promise<WeekLine | null> {
  const [line] = await lastLines(db, [projectId]);
  return line === undefined ? null : { day: line.day, done: line.done, next: line.next, problem: line.problem, by: line.userName };
}
