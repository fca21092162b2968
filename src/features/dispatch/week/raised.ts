// What is raised on site becomes a problem in the pool, in the same transaction: a commissioner's own, which he keeps until he passes it on, or one that an
// enterprise told on a visit. Which problem it became is kept beside the words.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Db, type Transaction } from '../../../platform/db.ts';
import { raiseProblems } from '../../problems/raise.ts';
import { kindGuesser } from '../kinds.ts';

export interface Raised {
  readonly projectId: string | null;
  readonly orgId: string | null;
  /** A visit, or a commissioner's line. */
  readonly source: 'visit' | 'line';
  readonly sourceId: string;
}

/** The same words of the same line are raised once. */
export async function raise(tx: Transaction, actor: Actor, what: Raised, texts: readonly string[], now: Now): Promise<void> {
  const known = await raisedOf(tx, what);
  const anew = texts.filter((one, i) => texts.indexOf(one) === i && !known.includes(one));
  if (anew.length === 0) return;
  const kindOf = await kindGuesser(tx);
  const problems = await raiseProblems(tx, actor, anew.map((text) => ({
    title: [...text].slice(0, TITLE).join(''), ...([...text].length > TITLE ? { ask: text } : {}), kind: kindOf(text), source: what.source === 'visit' ? 'visit' : 'commissioner', channel: 'mobile', origin: { type: what.source === 'visit' ? 'visit' : 'week_line', id: what.sourceId },
    ...(what.projectId === null ? {} : { projectIds: [what.projectId] }), ...(what.orgId === null ? {} : { enterpriseId: what.orgId }), ...(what.source === 'line' ? { keep: true } : {}),
  })), now);
  const rows = anew.map((text, i) => ({ id: newId(now.instant.getTime()), text, problem_id: problems[i]?.id ?? null }));
  await tx.run(sql`
    insert into dispatch_raised (id, visit_id, line_id, project_id, text, problem_id, at)
    select v.id, ${what.source === 'visit' ? what.sourceId : null}::uuid, ${what.source === 'line' ? what.sourceId : null}::uuid, ${what.projectId}::uuid, v.text, v.problem_id, ${now.instant}::timestamptz
    from ${columns({ id: 'uuid', text: 'text', problem_id: 'uuid' }, rows)} as v`);
}

/** A problem's title is a line; what goes beyond stands in what is asked. */
const TITLE = 200;

async function raisedOf(tx: Db, what: Pick<Raised, 'source' | 'sourceId'>): Promise<string[]> {
  const rows = await tx.rows<{ text: string }>(what.source === 'visit'
    ? sql`select text from dispatch_raised where visit_id = ${what.sourceId}` : sql`select text from dispatch_raised where line_id = ${what.sourceId}`);
  return rows.map((row) => row.text);
}
