// 并案: one problem becomes part of another. Both keep their history; whoever asked in the first follows the second, and what was filed with it is found there.
import { moment } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { handler } from '../../../platform/feature.ts';
import { tell, type Notice } from '../../notices/tell.ts';
import { take } from '../life/life.ts';
import { reachable } from '../pool/access.ts';
import { mayTake } from '../pool/rules.ts';
import { readGround, type Ground } from '../ground.ts';
import { lockProblems, type Locked } from '../store.ts';
import { writeMoves, type Moved } from '../writing.ts';
import { merge } from './contract.ts';
import { eventOf, standingOf } from './moving.ts';

interface Pair { readonly from: Locked; readonly into: Locked; readonly ground: Ground; readonly may: boolean }

export const merging = handler(merge, {
  permission: 'problems.desk',
  load: async ({ tx, actor, input }): Promise<Pair | undefined> => {
    const known = await tx.rows(sql`select p.id from problems_problems p where p.id = any(${[input.id, input.into]}::uuid[]) and ${reachable(actor, sql`p.id`)}`);
    if (known.length < new Set([input.id, input.into]).size) return undefined;
    const pair = await lockPair(tx, input.id, input.into);
    if (pair === undefined) return undefined;
    return { ...pair, ground: await readGround(tx), may: mayTake('merged', await standingOf(tx, actor, pair.from)) };
  },
  version: ({ from }) => from.version,
  allow: (_actor, { may }) => may,
  decide: ({ subject: { from, into, ground }, input, now }): { readonly moves: readonly [Moved, Moved] } => {
    if (from.id === into.id) refuse('problems.merge_itself', { errors: [{ path: 'into', rule: 'enum', params: {} }] });
    const at = Math.max(moment(now).getTime(), from.lastAt, into.lastAt);
    // What is merged is in no rate: what is over goes on as the one that is, and the other becomes part of it.
    if (isOver(from, ground, at) && !isOver(into, ground, at)) refuse('problems.merge_overdue', { number: from.number, errors: [{ path: 'into', rule: 'enum', params: {} }] });
    const ended = take(from.life, { kind: 'merged' }, at);
    const grown = take(into.life, { kind: 'absorbed' }, at);
    return { moves: [
      { before: from, steps: [{ kind: 'merged', at, text: input.reason, details: { into: into.id, number: into.number }, life: ended }], mergedInto: into.id, reach: true },
      { before: into, steps: [{ kind: 'absorbed', at, text: input.reason, details: { from: from.id, number: from.number }, life: grown }], reach: true },
    ] };
  },
  save: async ({ tx, subject: { from, into, ground }, changes, actor, now }) => {
    // What had been merged into the first is part of the second too: who looks for it is one step away from it.
    await tx.run(sql`update problems_problems set merged_into = ${into.id} where merged_into = ${from.id}`);
    await tx.run(sql`insert into problems_projects (problem_id, project_id) select ${into.id}, project_id from problems_projects where problem_id = ${from.id} on conflict do nothing`);
    await tx.run(sql`update problems_problems set project_id = (select project_id from problems_problems where id = ${from.id}) where id = ${into.id} and project_id is null`);
    const [version = from.version + 1] = await writeMoves(tx, changes.moves, ground, actor, now);
    await tell(tx, toAskers(from, into), now);
    return { id: from.id, version };
  },
  newVersion: ({ version }) => version,
  event: ({ subject, changes: { moves } }) => moves.flatMap((move) => move.steps.map((step) => eventOf(move.before === subject.from ? subject.from : subject.into, step))),
});

function isOver(problem: Locked, ground: Ground, at: number): boolean {
  const due = ground.counter(problem.policy, problem.policyVersion).clocked(problem.life, problem).solveDue;
  return due !== null && due < at;
}

/** Both under their locks, in the order of their ids; where the second has been merged itself, the one that it is part of now. */
async function lockPair(tx: Db, fromId: string, intoId: string): Promise<Pick<Pair, 'from' | 'into'> | undefined> {
  for (let target = intoId; ;) {
    const locked = new Map((await lockProblems(tx, [...new Set([fromId, target])])).map((one) => [one.id, one]));
    const [from, into] = [locked.get(fromId), locked.get(target)];
    if (from === undefined || into === undefined) return undefined;
    const next = (await tx.row<{ id: string | null }>(sql`select merged_into as id from problems_problems where id = ${target}`))?.id ?? null;
    if (next === null || next === fromId) return { from, into: next === fromId ? from : into };
    target = next;
  }
}

function toAskers(from: Locked, into: Locked): Notice[] {
  if (from.anonymous || (from.raisedBy === null && from.enterpriseId === null)) return [];
  return [{
    kind: 'problems.merged', key: `problems.merged:${from.id}`, subject: { type: 'problem', id: from.id }, href: `/problems/${into.id}`, values: { number: from.number, title: from.title, into: into.number },
    to: { users: from.raisedBy === null ? [] : [from.raisedBy], orgs: from.enterpriseId === null ? [] : [{ id: from.enterpriseId }] },
  }];
}
