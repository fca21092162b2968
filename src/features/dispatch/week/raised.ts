// What is raised on site becomes a problem in the pool, in the same transaction: a commissioner's own, which he keeps until he passes it on, or one that an
// enterprise told on a visit. Which problem it became is kept beside the words.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Transaction } from '../../../platform/db.ts';
import { readSetting } from '../../../platform/settings.ts';
import { checker } from '../../../platform/validate.ts';
import Type from 'typebox';
import { DEFAULT_KINDS, Kind, KINDS_SETTING, suggested } from '../../problems/pool/kinds.ts';
import { raiseProblems } from '../../problems/raise.ts';

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
  const kinds = await kindsOf(tx);
  const problems = await raiseProblems(tx, actor, anew.map((text) => ({
    title: [...text].slice(0, TITLE).join(''), ...([...text].length > TITLE ? { ask: text } : {}), kind: suggested(kinds, text)[0]?.code ?? OTHER, source: what.source === 'visit' ? 'visit' : 'commissioner', channel: 'mobile', origin: { type: what.source === 'visit' ? 'visit' : 'week_line', id: what.sourceId },
    ...(what.projectId === null ? {} : { projectIds: [what.projectId] }), ...(what.orgId === null ? {} : { enterpriseId: what.orgId }), ...(what.source === 'line' ? { keep: true } : {}),
  })), now);
  for (const [i, text] of anew.entries()) {
    await tx.run(sql`
      insert into dispatch_raised (id, visit_id, line_id, project_id, text, problem_id, at)
      values (${newId(now.instant.getTime())}, ${what.source === 'visit' ? what.sourceId : null}, ${what.source === 'line' ? what.sourceId : null}, ${what.projectId}, ${text}, ${problems[i]?.id ?? null}, ${now.instant})`);
  }
}

const OTHER = 'other';
/** A problem's title is a line; what goes beyond stands in what is asked. */
const TITLE = 200;
const checkKinds = checker(Type.Array(Kind));

async function kindsOf(tx: Db): Promise<readonly Kind[]> {
  const setting = await readSetting(tx, KINDS_SETTING);
  return setting === undefined ? DEFAULT_KINDS : checkKinds(setting.value);
}

async function raisedOf(tx: Db, what: Pick<Raised, 'source' | 'sourceId'>): Promise<string[]> {
  const rows = await tx.rows<{ text: string }>(what.source === 'visit'
    ? sql`select text from dispatch_raised where visit_id = ${what.sourceId}` : sql`select text from dispatch_raised where line_id = ${what.sourceId}`);
  return rows.map((row) => row.text);
}
