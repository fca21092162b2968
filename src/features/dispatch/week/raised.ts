// What is raised on site becomes a problem in the pool, in the same transaction. The pool is bound when the program is put together; until then the
// words are kept and wait for it.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Transaction } from '../../../platform/db.ts';

export interface Raised {
  readonly text: string;
  readonly projectId: string | null;
  readonly orgId: string | null;
  /** A visit, or a commissioner's line. */
  readonly source: 'visit' | 'line';
  readonly sourceId: string;
}

/** Gives the id of the problem. */
export type RaiseIn = (tx: Transaction, actor: Actor, what: Raised, now: Now) => Promise<string>;

export const pool: { raise: RaiseIn | undefined } = { raise: undefined };

/** Keeps what was raised and hands each over to the pool. The same words of the same line are raised once. */
export async function raise(tx: Transaction, actor: Actor, what: Omit<Raised, 'text'>, texts: readonly string[], now: Now): Promise<void> {
  const known = await raisedOf(tx, what);
  for (const text of texts.filter((one, i) => texts.indexOf(one) === i && !known.includes(one))) {
    const problemId = (await pool.raise?.(tx, actor, { ...what, text }, now)) ?? null;
    await tx.run(sql`
      insert into dispatch_raised (id, visit_id, line_id, project_id, text, problem_id, at)
      values (${newId(now.instant.getTime())}, ${what.source === 'visit' ? what.sourceId : null}, ${what.source === 'line' ? what.sourceId : null}, ${what.projectId}, ${text}, ${problemId}, ${now.instant})`);
  }
}

async function raisedOf(tx: Db, what: Pick<Raised, 'source' | 'sourceId'>): Promise<string[]> {
  const rows = await tx.rows<{ text: string }>(what.source === 'visit'
    ? sql`select text from dispatch_raised where visit_id = ${what.sourceId}` : sql`select text from dispatch_raised where line_id = ${what.sourceId}`);
  return rows.map((row) => row.text);
}
