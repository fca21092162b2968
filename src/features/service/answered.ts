// The way in for whoever closes what was asked with an answer (a consultation at the desk): the use is counted with the answer, in the caller's transaction.
import { newId } from '../../kernel/ids.ts';
import type { Now } from '../../kernel/clock.ts';
import { refuse } from '../../kernel/refuse.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db.ts';
import { checkUsable } from './knowledge/rules.ts';
import { addUse, lockAnswer } from './knowledge/store.ts';
import { standingOf } from './standing.ts';

/** @throws Refusal where the answer is not found, withdrawn or no longer valid. Gives its question, for the sentence of the history. */
export async function answeredBy(tx: Db, actor: Actor, answerId: string, subjectId: string, now: Now): Promise<string> {
  const found = (await lockAnswer(tx, await standingOf(tx, actor), answerId)) ?? refuse('platform.not_found', {});
  checkUsable(found, now.day);
  await addUse(tx, { id: newId(now.instant.getTime()), answerId, use: 'settled', subjectId, comment: null }, actor, now);
  return found.question;
}
