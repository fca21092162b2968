// The turn of the clocks: what runs out is told once, what stays unsolved climbs, a pause ends by itself, an answer that never came is "no answer". A
// command of the program, some thousand problems at a time; what another process holds is left to it.
import { moment, type Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { columns, type ColumnType } from '../../../platform/columns.ts';
import { settled, sql, type Db } from '../../../platform/db.ts';
import { handler, type EventRecord } from '../../../platform/feature.ts';
import { tell } from '../../notices/tell.ts';
import { seesAll } from '../../projects/scope.ts';
import { deskIn, readGround, type Ground } from '../ground.ts';
import { noticesOf, type Told } from '../handling/telling.ts';
import { isKept, take, type Step } from '../life/life.ts';
import { lockTurning, type Locked } from '../store.ts';
import { moveTurns, placed, stepsOf, writeMoves, writeSteps, type Moved, type Taken } from '../writing.ts';
import { turnClocks } from './contract.ts';
import type { Turn } from './due.ts';
import { unanswered } from './unanswered.ts';

const BATCH = 1000;
/** A problem that was away for long passes several limits at once, never more than this. */
const TURNS = 24;

/** A problem with what happened to it by itself. */
interface Turned extends Moved { readonly turnAt: number | null }

export const turning = handler(turnClocks, {
  permission: 'problems.rule',
  load: async ({ tx, now }) => {
    const [ground, problems] = [await readGround(tx), await lockTurning(tx, moment(now), BATCH)];
    const over = problems.filter((problem) => problem.life.state === 'submitted').flatMap((problem) => {
      const [turn] = ground.counter(problem.policy, problem.policyVersion).turns(problem.life, problem, moment(now).getTime());
      return turn?.kind === 'unanswered' ? [{ problem, at: Math.max(turn.at, problem.lastAt) }] : [];
    });
    return { ground, problems, answers: over.length === 0 ? new Map<string, readonly Taken[]>() : await unanswered.of(tx, over, now) };
  },
  allow: seesAll,
  decide: ({ subject: { ground, problems, answers }, now }) => problems.map((one) => turned(one, ground, moment(now).getTime(), answers)),
  save: async ({ tx, changes, subject, actor, now }) => {
    await writeTurned(tx, changes, subject.ground, actor, now);
    const told = changes.flatMap(({ before, steps }) => steps.map((step): Told => ({ problem: before, step })));
    await tell(tx, await noticesOf(tx, told, subject.ground, `${now.day}:${now.instant.getTime()}`), now);
    return { problems: changes.length, more: changes.length === BATCH };
  },
  event: ({ changes }) => changes.flatMap(({ before, steps }) => eventOf(before, steps)),
});

/** All that happened by itself by a moment, in order. */
function turned(before: Locked, ground: Ground, at: number, answers: ReadonlyMap<string, readonly Taken[]>): Turned {
  const counter = ground.counter(before.policy, before.policyVersion);
  const steps: Taken[] = [];
  let { life } = before;
  let last = before.lastAt;
  for (let count = 0; count < TURNS; count += 1) {
    const [turn] = counter.turns(life, before, at);
    if (turn === undefined) break;
    last = Math.max(turn.at, last);
    const step = stepOf(turn, ground, life);
    const taken = (turn.kind === 'unanswered' ? answers.get(before.id) : undefined) ?? [{ kind: step.kind, at: last, life: take(life, step, last), ...detailsOf(turn) }];
    steps.push(...taken);
    life = steps.at(-1)?.life ?? life;
  }
  return { before, steps, turnAt: counter.next(life, before) };
}

function stepOf(turn: Turn, ground: Ground, life: Locked['life']): Step {
  switch (turn.kind) {
    case 'overdue': return { kind: 'overdue', step: turn.step };
    case 'resumed': return { kind: 'resumed' };
    case 'unanswered': return { kind: 'closed' };
    case 'escalated': {
      // A commissioner who did not settle his own within his days has tried: the desk forwards it.
      const desk = isKept(life) ? deskIn(ground) : undefined;
      return { kind: 'escalated', tier: turn.tier, ...(desk === undefined ? {} : { owner: { orgId: desk, userId: null } }) };
    }
  }
}

function detailsOf(turn: Turn): { readonly details?: Readonly<Record<string, unknown>> } {
  if (turn.kind === 'overdue') return { details: { step: turn.step } };
  return turn.kind === 'escalated' ? { details: { rule: true } } : {};
}

async function writeTurned(tx: Db, changes: readonly Turned[], ground: Ground, by: Actor, now: Now): Promise<void> {
  const isLight = ({ before, steps }: Turned): boolean => steps.every((step) => LIGHT.has(step.kind) && step.life.owner === before.life.owner);
  const [light, heavy] = [changes.filter(isLight), changes.filter((one) => !isLight(one))];
  await writeMoves(tx, heavy, ground, by, now);
  if (light.length > 0) await writeLight(tx, light, ground, by, now);
}

/** Steps that change neither state, owner nor limits. */
const LIGHT: ReadonlySet<string> = new Set(['overdue', 'escalated']);

const LIGHT_SHAPE: Readonly<Record<string, ColumnType>> = { id: 'uuid', tier: 'smallint', overdues: 'int', told: 'text[]', for_meeting: 'boolean', steps: 'int', last_at: 'timestamptz' };

async function writeLight(tx: Db, light: readonly Turned[], ground: Ground, by: Actor, now: Now): Promise<void> {
  const rows = light.filter((one) => one.steps.length > 0).map(({ before, steps }) => {
    const { tier, overdues, told, forMeeting } = steps.at(-1)?.life ?? before.life;
    return { id: before.id, tier, overdues, told, for_meeting: forMeeting, ...stepsOf({ before, steps }) };
  });
  const climbed = light.flatMap(({ before, steps }) => {
    const tier = steps.at(-1)?.life.tier ?? before.life.tier;
    return tier === before.life.tier ? [] : [{ id: before.id, tier }];
  });
  await settled([
    rows.length === 0 ? 0 : tx.run(sql`
      update problems_problems p set tier = v.tier, overdues = v.overdues, told = v.told, for_meeting = v.for_meeting, steps = v.steps, last_at = v.last_at, version = p.version + 1, updated_at = ${now.instant}
      from ${columns(LIGHT_SHAPE, rows)} as v where p.id = v.id`),
    moveTurns(tx, light.map(({ before, turnAt }) => ({ id: before.id, at: turnAt }))),
    writeSteps(tx, light.flatMap((one) => placed(one, ground)), by, now),
    climbed.length === 0 ? 0 : tx.run(sql`update problems_access a set tier = v.tier from ${columns({ id: 'uuid', tier: 'smallint' }, climbed)} as v where a.problem_id = v.id`),
  ]);
}

/** One for each problem: what weighs most of what happened to it, and all of it by name. */
function eventOf(before: Locked, steps: readonly Taken[]): readonly EventRecord[] {
  const last = steps.at(-1);
  if (last === undefined) return [];
  const most = steps.find((step) => step.kind === 'solved' || step.kind === 'closed') ?? steps.find((step) => step.kind === 'escalated') ?? last;
  return [{
    kind: `problems.${most.kind}`, subjectType: 'problem', subjectId: before.id, ...(before.projectId === null ? {} : { projectId: before.projectId }), before: { state: before.life.state, tier: before.life.tier },
    after: { number: before.number, title: before.title, state: last.life.state, tier: last.life.tier, overdues: last.life.overdues, steps: steps.map((step) => step.kind) },
  }];
}

interface Host {
  readonly database: Db;
  readonly system: Actor;
  now(): Now;
  run(actor: Actor, name: string, input: unknown): Promise<{ readonly output: unknown }>;
}

/** Batches under way at once: while one is computed the other is written. */
const AT_ONCE = 2;

/** The job: turns all that is due, batch by batch. Gives how many that were. */
export async function turnAll(app: Host): Promise<number> {
  const counts = await settled(Array.from({ length: AT_ONCE }, () => turnSome(app)));
  return counts.reduce((sum, one) => sum + one, 0);
}

async function turnSome(app: Host): Promise<number> {
  for (let done = 0; ;) {
    const waiting = await app.database.row(sql`select 1 as one from problems_turns where turn_at <= ${moment(app.now())} limit 1`);
    if (waiting === undefined) return done;
    const { output } = await app.run(app.system, 'problems.turn_clocks', {});
    const { problems, more } = { problems: 0, more: false, ...(typeof output === 'object' ? output : {}) };
    done += problems;
    // What is left is held by somebody who is at it.
    if (!more) return done;
  }
}
