// What a meeting decided on problems, written in the meeting's own transaction: owner, measure, criterion and day; or to whom it was escalated. The clocks go
// on from what was used.
import { moment, type Now } from '../../kernel/clock.ts';
import type { Actor } from '../../platform/actor.ts';
import { columns } from '../../platform/columns.ts';
import { sql, type Db } from '../../platform/db.ts';
import { canTake, hasMissed, resumedAt, take } from './life/life.ts';
import { isOpen, type Tier } from './life/steps.ts';
import { tell } from '../notices/tell.ts';
import { readGround, type Ground } from './ground.ts';
import { noticesOf } from './handling/telling.ts';
import { lockProblems, type Locked } from './store.ts';
import { writeMoves, type Moved } from './writing.ts';

export interface Deciding {
  readonly problemId: string;
  readonly ownerOrgId: string;
  readonly ownerUserId?: string;
  readonly tier: Tier;
  readonly coOrgIds?: readonly string[];
  readonly measure: string;
  readonly criterion?: string;
  /** YYYY-MM-DD */
  readonly dueDay: string | null;
  /** What history says of it: `第45次调度会`. */
  readonly text?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The caller has made sure that the actor may decide. @throws Refusal `problems.step_not_now` for one that has ended or waits for its confirmation. */
export async function decideProblems(tx: Db, actor: Actor, all: readonly Deciding[], now: Now): Promise<void> {
  if (all.length === 0) return;
  const { ground, at, locked } = await subjects(tx, all, now);
  const moves = all.flatMap((one): Moved[] => {
    const before = locked.get(one.problemId);
    if (before === undefined) return [];
    const owner = { orgId: one.ownerOrgId, userId: one.ownerUserId ?? null };
    const then = Math.max(at, before.lastAt);
    const missedAt = one.dueDay === null || hasMissed(before.life) ? null : missed(before, ground, then);
    const life = take(before.life, { kind: 'decided', owner, tier: one.tier, agreedDay: one.dueDay, missed: missedAt !== null }, then);
    // By this limit the rates go on counting it.
    const details = { ...one.details, to: one.ownerOrgId, dueDay: one.dueDay, ...(missedAt === null ? {} : { missed: new Date(missedAt).toISOString() }) };
    const step = { kind: 'decided' as const, at: then, text: one.text ?? one.measure, details, life };
    return [{ before, steps: [step], measure: one.measure, ...(one.criterion === undefined ? {} : { criterion: one.criterion }), reach: true }];
  });
  await addCoOwners(tx, all.flatMap((one) => (one.coOrgIds ?? []).map((orgId) => ({ problem_id: one.problemId, org_id: orgId }))));
  await writeMoves(tx, moves, ground, actor, now);
  await tell(tx, await noticesOf(tx, moves.flatMap(({ before, steps }) => steps.map((step) => ({ problem: before, step }))), ground), now);
}

/** What a meeting speaks of, under lock, with what its clocks are counted by. */
async function subjects(tx: Db, all: readonly { readonly problemId: string }[], now: Now): Promise<{ readonly ground: Ground; readonly at: number; readonly locked: ReadonlyMap<string, Locked> }> {
  const ground = await readGround(tx);
  const problems = await lockProblems(tx, all.map((one) => one.problemId));
  return { ground, at: moment(now).getTime(), locked: new Map(problems.map((one) => [one.id, one])) };
}

export interface Escalating {
  readonly problemId: string;
  /** The tier of those to whom it is escalated; null: it is heard by the next meeting and stays where it is. */
  readonly tier: Tier | null;
  /** Why; or what a leader answered. */
  readonly text: string;
  /** The decision and the number of its meeting, for the history. */
  readonly decision: string;
  readonly meeting: number;
}

/**
 * Raises problems to the tier to which a meeting escalated them. One that stands there or above stays and notes it; one that has ended is left alone. Tells
 * nobody: the meeting tells those to whom it escalates.
 */
export async function escalateProblems(tx: Db, actor: Actor, all: readonly Escalating[], now: Now): Promise<void> {
  if (all.length === 0) return;
  const { ground, at, locked } = await subjects(tx, all, now);
  const moves = all.flatMap((one): Moved[] => {
    const before = locked.get(one.problemId);
    if (before === undefined || !isOpen(before.life.state)) return [];
    return [said(before, one, climb(one.tier, before.life.tier), Math.max(at, before.lastAt))];
  });
  await writeMoves(tx, moves, ground, actor, now);
}

type Climb = { readonly kind: 'noted' } | { readonly kind: 'escalated'; readonly tier: Tier; readonly forMeeting?: boolean };

/** What history says of it: raised, left to the next meeting, kept where it stood. */
function climb(to: Tier | null, tier: Tier): { readonly step: Climb; readonly said: 'raised' | 'next' | 'stays' } {
  if (to === null) return { step: { kind: 'escalated', tier, forMeeting: true }, said: 'next' };
  return to > tier ? { step: { kind: 'escalated', tier: to }, said: 'raised' } : { step: { kind: 'noted' }, said: 'stays' };
}

/** Writes into the history of a problem what a leader answered. */
export async function noteAnswer(tx: Db, actor: Actor, one: Omit<Escalating, 'tier'>, now: Now): Promise<void> {
  const [ground, [before]] = [await readGround(tx), await lockProblems(tx, [one.problemId])];
  if (before === undefined || !canTake(before.life, 'noted')) return;
  await writeMoves(tx, [said(before, one, { step: { kind: 'noted' }, said: 'answered' }, Math.max(moment(now).getTime(), before.lastAt))], ground, actor, now);
}

function said(before: Locked, one: Omit<Escalating, 'tier'>, { step, said: what }: { readonly step: Climb; readonly said: string }, at: number): Moved {
  return { before, steps: [{ kind: step.kind, at, text: one.text, details: { decision: one.decision, meeting: one.meeting, said: what }, life: take(before.life, step, at) }] };
}

/** The limit of the solution, if it had run out by a moment. */
function missed({ life, policy, policyVersion, kind, severity }: Locked, ground: Ground, at: number): number | null {
  const due = ground.counter(policy, policyVersion).dueOf(resumedAt(life, at), { kind, severity }, 'solve');
  return due !== null && due < at ? due : null;
}

/** Who works on it beside the owner; those named before and not now stay. */
export async function setCoOwners(tx: Db, problemId: string, orgIds: readonly string[]): Promise<void> {
  await addCoOwners(tx, orgIds.map((orgId) => ({ problem_id: problemId, org_id: orgId })));
}

async function addCoOwners(tx: Db, rows: readonly { readonly problem_id: string; readonly org_id: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`insert into problems_owners (problem_id, org_id) select problem_id, org_id from ${columns({ problem_id: 'uuid', org_id: 'uuid' }, rows)} as v on conflict do nothing`);
}
