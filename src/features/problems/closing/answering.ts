// An answer under the problem's lock: the step that says it, and what follows from it. The same for a page, a link and a call-back.
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { tell } from '../../notices/tell.ts';
import { take, type Life, type Owner } from '../life/life.ts';
import type { Side, Tier, Verdict } from '../life/steps.ts';
import { eventOf } from '../handling/moving.ts';
import { ofOwner } from '../handling/telling.ts';
import { writeMoves, type Ground, type Locked, type Taken } from '../store.ts';
import type { Said } from './contract.ts';
import { tellContact } from './letters.ts';
import { outcome, revised, unanswered, type Asked } from './rules.ts';
import { insertAsked, readAsked, readSides, writeAnswer, writeNoAnswers, type Answer } from './store.ts';
import { higherOwner } from './tiers.ts';

export interface Answering {
  readonly problem: Locked;
  readonly ground: Ground;
  readonly asked: readonly Asked[];
  /** Who does it again if need be. */
  readonly next: { readonly owner: Owner; readonly tier: Tier };
}

export async function readAnswering(tx: Db, problem: Locked, ground: Ground): Promise<Answering> {
  const asked = await readAsked(tx, [problem.id]);
  return { problem, ground, asked: asked.get(problem.id) ?? [], next: await higherOwner(tx, ground, problem) };
}

export interface Saying {
  readonly side: Side;
  readonly verdict: Verdict;
  readonly via: Answer['via'];
  readonly remark: string | null;
}

/** The steps of one answer. @throws Refusal `problems.step_not_now`. */
export function answerSteps({ problem, asked, next }: Answering, said: Saying, at: number): readonly Taken[] {
  const details = { side: said.side, verdict: said.verdict, via: said.via };
  const answered = (life: Life, more: Readonly<Record<string, unknown>> = {}): Taken => ({ kind: 'answered', at, text: said.remark ?? undefined, details: { ...details, ...more }, life });
  const { life } = problem;
  const after = take(life, { kind: 'answered' }, at);
  if (said.verdict === 'no_answer') return [answered(after)];
  if (life.state === 'submitted') {
    const found = outcome([...asked.filter((one) => one.side !== said.side), { side: said.side, dueAt: at, verdict: said.verdict }]);
    return [answered(after), ...followed(after, found, next, at)];
  }
  if (said.verdict === 'dissatisfied') return [answered(after), ...followed(after, { kind: 'redone' }, next, at)];
  if (life.state === 'closed') return [answered(after), ...followed(after, { kind: 'solved', by: said.side, satisfaction: said.verdict }, next, at)];
  const satisfaction = revised(life.satisfaction, said.verdict satisfies Said);
  return [answered(take(life, { kind: 'answered', satisfaction }, at), { satisfaction })];
}

function followed(life: Life, found: ReturnType<typeof outcome> | ReturnType<typeof unanswered>, next: Answering['next'], at: number): readonly Taken[] {
  switch (found.kind) {
    case 'wait': return [];
    case 'solved': return [{ kind: 'solved', at, details: { by: found.by, satisfaction: found.satisfaction }, life: take(life, found, at) }];
    case 'closed': return [{ kind: 'closed', at, details: { satisfaction: 'no_answer' }, life: take(life, { kind: 'closed' }, at) }];
    case 'redone': return [{ kind: 'redone', at, details: { satisfaction: 'dissatisfied', from: life.owner.orgId, to: next.owner.orgId }, life: take(life, { kind: 'redone', ...next }, at) }];
  }
}

/** Writes an answer with its steps; gives the problem's new version. */
export async function saveAnswer(tx: Db, { problem, ground }: Answering, steps: readonly Taken[], answer: Omit<Answer, 'problemId' | 'round'>, by: Parameters<typeof writeMoves>[3], now: Now): Promise<number> {
  await writeAnswer(tx, { ...answer, problemId: problem.id, round: problem.life.round }, now);
  const [version = problem.version + 1] = await writeMoves(tx, [{ before: problem, steps, reach: true }], ground, by, now);
  const last = steps.at(-1);
  if (last?.kind === 'redone') await tellOwner(tx, 'problems.redone', problem, last.life, ground, now);
  return version;
}

/** One event of the whole: what was said, and what followed from it. */
export function answerEvent(problem: Locked, steps: readonly Taken[], said: Pick<Saying, 'side' | 'verdict' | 'via'>) {
  const last = steps.at(-1) ?? refuse('platform.not_found', {});
  return eventOf(problem, { ...last, text: steps[0]?.text, details: { ...last.details, side: said.side, verdict: said.verdict, via: said.via } });
}

/** Whoever has it now is told that he has it again. */
export async function tellOwner(tx: Db, kind: 'problems.redone' | 'problems.reopened', problem: Locked, life: Life, ground: Ground, now: Now): Promise<void> {
  await tell(tx, [{
    kind, key: `${kind}:${problem.id}:${life.round}`, subject: { type: 'problem', id: problem.id }, ...(problem.projectId === null ? {} : { projectId: problem.projectId }), href: `/problems/${problem.id}`,
    values: { number: problem.number, title: problem.title }, to: ofOwner(life.owner, ground),
  }], now);
}

/** What was submitted is put to those who can say whether it is solved; called in the transaction of the submission, before its step is written. Nobody: somebody must call. */
export async function askSides(tx: Db, problem: Locked, at: number, submittedBy: string, ground: Ground, now: Now): Promise<void> {
  const { enterpriseId, commissionerId } = await readSides(tx, problem.id, submittedBy);
  const sides: Side[] = [...(enterpriseId === null ? [] : ['enterprise' as const]), ...(commissionerId === null ? [] : ['commissioner' as const])];
  const { round } = problem.life;
  const due = ground.counter(problem.policy, problem.policyVersion).limitFrom(ground.policy(problem.policy, problem.policyVersion).confirm, at);
  await insertAsked(tx, problem.id, round, sides.length === 0 ? ['callback'] : sides, new Date(at), new Date(due), now);
  await tell(tx, [{
    kind: 'problems.to_confirm', key: `problems.to_confirm:${problem.id}:${round}`, subject: { type: 'problem', id: problem.id }, ...(problem.projectId === null ? {} : { projectId: problem.projectId }), href: `/problems/${problem.id}`,
    values: { number: problem.number, title: problem.title }, to: { users: commissionerId === null ? [] : [commissionerId], orgs: enterpriseId === null ? [] : [{ id: enterpriseId }] },
  }], now);
  if (enterpriseId !== null) await tellContact(tx, problem, round, submittedBy, now);
}

/**
 * What becomes of problems whose time to confirm is over, each at its own moment; for the job that turns the clocks, which writes the steps. Those
 * who said nothing are written down here. Set-based.
 */
export async function unansweredSteps(tx: Db, problems: readonly { readonly problem: Locked; readonly at: number }[], now: Now): Promise<ReadonlyMap<string, readonly Taken[]>> {
  if (problems.length === 0) return new Map();
  const ids = problems.map(({ problem }) => problem.id);
  const asked = await readAsked(tx, ids);
  await writeNoAnswers(tx, ids, new Date(Math.max(...problems.map(({ at }) => at))), now);
  return new Map(problems.map(({ problem, at }) => [problem.id, followed(problem.life, unanswered(asked.get(problem.id) ?? []), { owner: problem.life.owner, tier: problem.life.tier }, at)]));
}

/** The name under which the enterprise's answer by link stands. */
export async function enterpriseName(db: Db, problemId: string): Promise<string> {
  const row = await db.row<{ name: string }>(sql`
    select o.name from problems_problems p join people_organisations o on o.id in (p.enterprise_id, p.raised_org_id) and o.kind = 'enterprise' where p.id = ${problemId} order by o.id = p.enterprise_id desc limit 1`);
  return row?.name ?? '—';
}
