// What a meeting decided on problems, written in the meeting's own transaction: owner, measure, criterion and day. The clocks go on from what was used.
import { moment, type Now } from '../../kernel/clock.ts';
import type { Actor } from '../../platform/actor.ts';
import { columns } from '../../platform/columns.ts';
import { sql, type Db } from '../../platform/db.ts';
import { take } from './life/life.ts';
import type { Tier } from './life/steps.ts';
import { tell } from '../notices/tell.ts';
import { readGround } from './ground.ts';
import { noticesOf } from './handling/telling.ts';
import { lockProblems } from './store.ts';
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
  const ground = await readGround(tx);
  const at = moment(now).getTime();
  const locked = new Map((await lockProblems(tx, all.map((one) => one.problemId))).map((one) => [one.id, one]));
  const moves = all.flatMap((one): Moved[] => {
    const before = locked.get(one.problemId);
    if (before === undefined) return [];
    const owner = { orgId: one.ownerOrgId, userId: one.ownerUserId ?? null };
    const life = take(before.life, { kind: 'decided', owner, tier: one.tier, agreedDay: one.dueDay }, Math.max(at, before.lastAt));
    const details = { ...one.details, to: one.ownerOrgId, dueDay: one.dueDay };
    const step = { kind: 'decided' as const, at: Math.max(at, before.lastAt), text: one.text ?? one.measure, details, life };
    return [{ before, steps: [step], measure: one.measure, ...(one.criterion === undefined ? {} : { criterion: one.criterion }), reach: true }];
  });
  await addCoOwners(tx, all.flatMap((one) => (one.coOrgIds ?? []).map((orgId) => ({ problem_id: one.problemId, org_id: orgId }))));
  await writeMoves(tx, moves, ground, actor, now);
  await tell(tx, await noticesOf(tx, moves.flatMap(({ before, steps }) => steps.map((step) => ({ problem: before, step }))), ground), now);
}

/** Who works on it beside the owner; those named before and not now stay. */
export async function setCoOwners(tx: Db, problemId: string, orgIds: readonly string[]): Promise<void> {
  await addCoOwners(tx, orgIds.map((orgId) => ({ problem_id: problemId, org_id: orgId })));
}

async function addCoOwners(tx: Db, rows: readonly { readonly problem_id: string; readonly org_id: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`insert into problems_owners (problem_id, org_id) select problem_id, org_id from ${columns({ problem_id: 'uuid', org_id: 'uuid' }, rows)} as v on conflict do nothing`);
}
