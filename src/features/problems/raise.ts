// Raising problems: from a command of the pool, and from other features inside their own transaction (a visit, a decision of a meeting, a light). One way
// for all: number, clocks, first step, reader keys. What is raised has an owner from its first moment: the desk, or whoever is named.
import type { Now } from '../../kernel/clock.ts';
import { moment } from '../../kernel/clock.ts';
import { yearOf } from '../../kernel/days.ts';
import { newId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/refuse.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db.ts';
import { deskIn, readGround, type Ground } from './ground.ts';
import { take, type Life, type Owner } from './life/life.ts';
import type { Channel, Severity, Source, Tier } from './life/steps.ts';
import { tell } from '../notices/tell.ts';
import { noticesOf } from './handling/telling.ts';
import { takeNumbers } from './numbers.ts';
import { insertProblems, type NewProblem, type Taken, type Writer } from './writing.ts';

export interface Raising {
  /** Given by the caller, so that what is sent twice is one. */
  readonly id?: string;
  readonly title: string;
  readonly ask?: string;
  readonly source: Source;
  readonly channel?: Channel;
  readonly origin?: { readonly type: string; readonly id: string };
  readonly kind: string;
  readonly severity?: Severity;
  /** The first is the one whose record shows it; the caller has made sure that the actor may know them. */
  readonly projectIds?: readonly string[];
  readonly enterpriseId?: string;
  readonly contactName?: string;
  readonly contactPhone?: string;
  readonly anonymous?: boolean;
  readonly complaint?: boolean;
  readonly actionCode?: string;
  /** Straight to an owner: it is signed and forwarded with the same step. Left out: it lies on the desk. */
  readonly to?: Owner & { readonly tier: Tier };
  readonly measure?: string;
  readonly criterion?: string;
  readonly agreedDay?: string;
  /** The commissioner's own: he keeps it, tier 1. */
  readonly keep?: boolean;
}

export interface Raised { readonly id: string; readonly number: string; readonly dueAt: Date | null; readonly solveDueAt: Date | null }

/**
 * `late`: writes with the commit, where the numbers are then given too: nothing of it can be told to anybody, and `number` is empty until it is asked for (numbers.ts).
 * @throws Refusal `problems.no_desk` where the zone has nobody who could take it.
 */
export async function raiseProblems(tx: Db, actor: Actor, all: readonly Raising[], now: Now, known?: Ground, late?: Writer): Promise<Raised[]> {
  if (all.length === 0) return [];
  const ground = known ?? (await readGround(tx));
  const desk = deskIn(ground);
  const at = moment(now).getTime();
  const numbers = late === undefined ? await takeNumbers(tx, yearOf(now.day), all.length) : [];
  const made = all.map((what, index) => madeOf(what, numbers[index] ?? null, { actor, at, desk, now, ground }));
  await insertProblems(late ?? tx, made, ground, actor, now);
  const given = made.flatMap((one, index) => (all[index]?.to === undefined ? [] : one.steps.slice(1).map((step) => ({ problem: { ...one, number: one.number ?? '', projectId: one.projectIds[0] ?? null, version: 1 }, step }))));
  if (given.length > 0) await tell(tx, await noticesOf(tx, given, ground), now);
  return made.map((one) => {
    const clock = ground.counter(one.policy.code, one.policy.version).clocked(one.life, one);
    return { id: one.id, number: one.number ?? '', dueAt: clock.due === null ? null : new Date(clock.due), solveDueAt: clock.solveDue === null ? null : new Date(clock.solveDue) };
  });
}

interface Making { readonly actor: Actor; readonly at: number; readonly desk: string | undefined; readonly now: Now; readonly ground: Ground }

function madeOf(what: Raising, number: string | null, { actor, at, desk, now, ground }: Making): NewProblem {
  const first = firstOwner(what, actor, desk);
  const start: Life = {
    state: 'received', tier: 1, round: 1, owner: first, heldAt: at, raisedAt: at, roundAt: at, signedAt: null, forwardedAt: null, repliedAt: null, submittedAt: null, endedAt: null, agreedDay: what.agreedDay ?? null, pauses: [], handbacks: 0,
    reopened: 0, redone: 0, overdues: 0, told: [], late: null, satisfaction: null, confirmedBy: null, settledTier: null, forMeeting: false,
  };
  const steps: Taken[] = [{ kind: 'raised', at, life: start }];
  const to = what.to ?? (what.keep === true ? { ...first, tier: 1 as const } : undefined);
  if (to !== undefined) {
    const { tier, ...owner } = to;
    steps.push({ kind: 'forwarded', at, life: take(start, { kind: 'forwarded', owner, tier }, at), details: { to: owner.orgId } });
  }
  const anonymous = what.anonymous === true;
  return {
    id: what.id ?? newId(now.instant.getTime()), number, title: what.title, ask: what.ask ?? '', source: what.source, channel: what.channel ?? null, originType: what.origin?.type ?? null, originId: what.origin?.id ?? null, kind: what.kind,
    severity: what.severity ?? 'ordinary', projectIds: [...new Set(what.projectIds ?? [])], enterpriseId: what.enterpriseId ?? null, raisedBy: anonymous || actor.isSystem ? null : orNull(actor.userId), raisedName: anonymous ? '—' : actor.name,
    raisedOrgId: anonymous || actor.isSystem ? null : orNull(actor.orgId), contactName: anonymous ? null : (what.contactName ?? null), contactPhone: what.contactPhone ?? null, anonymous, complaint: what.complaint === true,
    actionCode: what.actionCode ?? null, measure: what.measure ?? null, criterion: what.criterion ?? null, policy: ground.currentFor(what.kind), life: steps.at(-1)?.life ?? start, steps,
  };
}

function firstOwner(what: Raising, actor: Actor, desk: string | undefined): Owner {
  if (what.keep === true && !actor.isSystem) return { orgId: actor.orgId, userId: actor.userId };
  return { orgId: desk ?? refuse('problems.no_desk', {}), userId: null };
}

function orNull(id: string): string | null {
  return id === '' ? null : id;
}
