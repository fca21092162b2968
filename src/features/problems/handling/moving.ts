// What the commands that move a problem have in common: load it under its lock with where the actor stands, take the step, write it with its event.
import type { Static, TSchema } from 'typebox';
import { moment, type Now } from '../../../kernel/clock.ts';
import type { CommandContract } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { may } from '../../../platform/actor.ts';
import { settled, sql, type Db, type Transaction } from '../../../platform/db.ts';
import { handler, type CommandHandler, type Permission } from '../../../platform/feature.ts';
import { tell } from '../../notices/tell.ts';
import { take, type Step } from '../life/life.ts';
import type { StepKind } from '../life/steps.ts';
import { mayTake, type Manual, type Standing } from '../pool/rules.ts';
import { readGround, type Ground } from '../ground.ts';
import { lockProblem, type Locked } from '../store.ts';
import { writeMoves, type Moved, type Taken } from '../writing.ts';
import { noticesOf } from './telling.ts';

export interface Subject {
  readonly problem: Locked;
  readonly standing: Standing;
  readonly ground: Ground;
}

export async function loadSubject(tx: Db, actor: Actor, id: string): Promise<Subject | undefined> {
  const [problem, ground] = await settled([lockProblem(tx, actor, id), readGround(tx)]);
  return problem === undefined ? undefined : { problem, standing: await standingOf(tx, actor, problem), ground };
}

/** Where the actor stands to a problem that he may know. */
export async function standingOf(db: Db, actor: Actor, problem: Pick<Locked, 'id' | 'raisedBy' | 'raisedOrgId' | 'enterpriseId' | 'anonymous'> & { readonly life: Pick<Locked['life'], 'owner'> }): Promise<Standing> {
  const { orgId, userId } = problem.life.owner;
  const keys = [...actor.scope.keys];
  const row = await db.row<{ owner: boolean; asker: boolean; co: boolean; commissioner: boolean }>(sql`
    select exists (select 1 from people_organisations o where o.id = ${orgId} and o.path && ${keys}::uuid[]) as owner,
           exists (select 1 from people_organisations o where o.id in (${problem.raisedOrgId}::uuid, ${problem.enterpriseId}::uuid) and o.path && ${keys}::uuid[]) as asker,
           exists (select 1 from problems_owners w join people_organisations o on o.id = w.org_id where w.problem_id = ${problem.id} and o.path && ${keys}::uuid[]) as co,
           exists (select 1 from problems_projects s join projects_projects p on p.id = s.project_id where s.problem_id = ${problem.id} and p.commissioner_id = ${actor.userId}) as commissioner`);
  const all = actor.isSystem || actor.scope.all;
  return {
    desk: may(actor, 'problems.desk'), office: may(actor, 'problems.rule') && all,
    owner: may(actor, 'problems.handle') && (userId === actor.userId || (!all && row?.owner === true) || actor.orgId === orgId || actor.isSystem),
    co: may(actor, 'problems.handle') && !all && row?.co === true,
    asker: (problem.raisedBy !== null && problem.raisedBy === actor.userId) || (!problem.anonymous && !all && row?.asker === true),
    commissioner: row?.commissioner === true,
  };
}

/** What a step makes: the step for the life, what stands in its row, and what else changes. */
export interface Made<Extra> {
  readonly step: Step;
  readonly text?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly change?: Omit<Moved, 'before' | 'steps'>;
  readonly extra?: Extra;
}

export interface Moving<C extends CommandContract, Found, Extra> {
  readonly permission: Permission;
  readonly kind: Manual;
  /** Reads what the decision needs beside the problem: names, files. */
  readonly find?: (context: { tx: Db; actor: Actor; input: Static<C['input']>; subject: Subject }) => Promise<Found>;
  readonly make: (context: { subject: Subject; found: Found; input: Static<C['input']>; actor: Actor; at: number; now: Now }) => Made<Extra>;
  /** Writes what hangs on the step, before the problem itself. */
  readonly also?: (context: { tx: Transaction; subject: Subject; found: Found; made: Made<Extra>; input: Static<C['input']>; actor: Actor; at: number; now: Now }) => Promise<void>;
}

type Input = { readonly id: string };
interface Loaded<Found> extends Subject { readonly found: Found }
interface Changes<Extra> { readonly made: Made<Extra>; readonly taken: Taken; readonly at: number }

/** A command whose whole meaning is one step. */
export function moving<C extends CommandContract<TSchema, TSchema>, Found = undefined, Extra = undefined>(contract: C & CommandContract, parts: Moving<C, Found, Extra>): CommandHandler {
  return handler<CommandContract, Loaded<Found>, Changes<Extra>>(contract, {
    permission: parts.permission,
    load: async ({ tx, actor, input }) => {
      const subject = await loadSubject(tx, actor, idOf(input));
      if (subject === undefined) return undefined;
      return { ...subject, found: (await parts.find?.({ tx, actor, input: input as Static<C['input']>, subject })) as Found };
    },
    version: (subject) => subject.problem.version,
    allow: (_actor, subject) => mayTake(parts.kind, subject.standing),
    decide: ({ subject, input, actor, now }) => {
      const at = Math.max(moment(now).getTime(), subject.problem.lastAt);
      const made = parts.make({ subject, found: subject.found, input: input as Static<C['input']>, actor, at, now });
      const life = take(subject.problem.life, made.step, at);
      return { made, at, taken: { kind: made.step.kind satisfies StepKind, at, text: made.text, details: made.details, life } };
    },
    save: async ({ tx, changes, subject, input, actor, now }) => {
      await parts.also?.({ tx, subject, found: subject.found, made: changes.made, input: input as Static<C['input']>, actor, at: changes.at, now });
      const [version = subject.problem.version + 1] = await writeMoves(tx, [{ before: subject.problem, steps: [changes.taken], ...changes.made.change }], subject.ground, actor, now);
      await tell(tx, await noticesOf(tx, [{ problem: subject.problem, step: changes.taken }], subject.ground), now);
      return { id: subject.problem.id, version };
    },
    newVersion: (output) => (output as { version: number }).version,
    event: ({ subject, changes }) => eventOf(subject.problem, changes.taken),
  });
}

/** What the event log says of a step; the history of its project shows it too. */
export function eventOf(problem: Locked, { kind, text, details, life }: Taken) {
  return {
    kind: `problems.${kind}`, subjectType: 'problem', subjectId: problem.id, ...(problem.projectId === null ? {} : { projectId: problem.projectId }),
    before: { state: problem.life.state, owner: problem.life.owner.orgId, tier: problem.life.tier }, after: { number: problem.number, title: problem.title, state: life.state, owner: life.owner.orgId, tier: life.tier, ...details },
    ...(text === undefined || text.length > 1000 ? {} : { reason: text }),
  };
}

function idOf(input: unknown): string {
  return (input as Input).id;
}
