// SQL that writes problems: new ones, and those that have moved, with steps, pauses and reader keys. One packet each; decides nothing.
import type { Now } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Actor } from '../../platform/actor.ts';
import { columns, type ColumnType } from '../../platform/columns.ts';
import { settled, sql, type Db } from '../../platform/db.ts';
import { initials } from '../../platform/pinyin.ts';
import { gramsOf } from '../../kernel/grams.ts';
import type { Ground } from './ground.ts';
import type { Life } from './life/life.ts';
import type { Severity, Source, StepKind } from './life/steps.ts';
import { firstAccess, keepAccess, keepSorting } from './pool/access.ts';
import { numbered } from './numbers.ts';
import type { Locked } from './store.ts';

/** What only writes: the transaction, or what leaves with its commit. */
export type Writer = Pick<Db, 'run'>;

/** A step as it is written down. */
export interface Taken {
  readonly kind: StepKind;
  readonly at: number;
  readonly text?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** The life after it. */
  readonly life: Life;
}

/** A problem after some steps, with what else of it has changed. */
export interface Moved {
  readonly before: Locked;
  readonly steps: readonly Taken[];
  readonly kind?: string;
  readonly severity?: Severity;
  readonly policy?: { readonly code: string; readonly version: number };
  readonly measure?: string;
  readonly criterion?: string;
  readonly mergedInto?: string;
  /** Co-owners or projects have changed: the reader keys are written anew. A new owner is seen without it. */
  readonly reach?: boolean;
}

const CLOCK_SHAPE: Readonly<Record<string, ColumnType>> = {
  id: 'uuid', state: 'text', step: 'text', tier: 'smallint', round: 'int', owner_org_id: 'uuid', owner_user_id: 'uuid', held_at: 'timestamptz', kind: 'text', severity: 'text', policy: 'text', policy_version: 'int', calendar: 'int', agreed_day: 'date',
  round_at: 'timestamptz', signed_at: 'timestamptz', forwarded_at: 'timestamptz', replied_at: 'timestamptz', submitted_at: 'timestamptz', solved_at: 'timestamptz', ended_at: 'timestamptz', due_at: 'timestamptz',
  solve_due_at: 'timestamptz', provisional: 'boolean', paused_at: 'timestamptz', pause_kind: 'text', pause_until: 'timestamptz', paused_minutes: 'int', used_minutes: 'int', handbacks: 'int',
  reopened: 'int', redone: 'int', overdues: 'int', told: 'text[]', late: 'boolean', satisfaction: 'text', confirmed_by: 'text', settled_tier: 'smallint', for_meeting: 'boolean', steps: 'int', last_at: 'timestamptz', measure: 'text', criterion: 'text', merged_into: 'uuid',
};
const KEEP_OLD = new Set(['measure', 'criterion', 'merged_into']);
const SET = sql.join(Object.keys(CLOCK_SHAPE).filter((name) => name !== 'id').map((name) => (KEEP_OLD.has(name) ? sql`${sql.id(name)} = coalesce(v.${sql.id(name)}, p.${sql.id(name)})` : sql`${sql.id(name)} = v.${sql.id(name)}`)));

/** Writes problems after their steps: the row with its clocks, the steps, the pauses, the reader keys. Gives the new versions in order. */
export async function writeMoves(tx: Db, moves: readonly Moved[], ground: Ground, by: Pick<Actor, 'userId' | 'name' | 'orgId'>, now: Now): Promise<number[]> {
  if (moves.length === 0) return [];
  const rows = moves.map((move) => rowOf(move, ground));
  const steps = moves.flatMap((move) => placed(move, ground));
  const [reach, same] = [moves.filter(reaches), moves.filter((move) => !reaches(move))].map((some) => some.map((move) => move.before.id));
  const [written] = await settled([
    tx.rows<{ id: string; version: number }>(sql`
      update problems_problems p set ${SET}, version = p.version + 1, updated_at = ${now.instant} from ${columns(CLOCK_SHAPE, rows)} as v where p.id = v.id returning p.id, p.version`),
    writeTurns(tx, moves.map((move) => turnOf(move, ground))), writeSteps(tx, steps, by, now), writePauses(tx, moves), keepAccess(tx, reach ?? []), keepSorting(tx, same ?? []),
  ]);
  const versions = new Map(written.map((row) => [row.id, row.version]));
  return moves.map((move) => versions.get(move.before.id) ?? move.before.version);
}

/** When it next does something by itself. */
export interface NextTurn { readonly id: string; readonly at: number | null }

function turnOf(move: Moved, ground: Ground): NextTurn {
  const { before, steps } = move;
  const policy = move.policy ?? { code: before.policy, version: before.policyVersion };
  const what = { kind: move.kind ?? before.kind, severity: move.severity ?? before.severity };
  return { id: before.id, at: ground.counter(policy.code, policy.version).next(steps.at(-1)?.life ?? before.life, what) };
}

const TURN: Readonly<Record<string, ColumnType>> = { problem_id: 'uuid', turn_at: 'timestamptz' };

/** Those that have a next turn as rows, and the going of those that have none. */
function split(tx: Writer, turns: readonly NextTurn[]): { readonly rows: readonly { readonly problem_id: string; readonly turn_at: Date | null }[]; readonly dropped: Promise<number> | number } {
  const none = turns.flatMap(({ id, at }) => (at === null ? [id] : []));
  return {
    rows: turns.flatMap(({ id, at }) => (at === null ? [] : [{ problem_id: id, turn_at: date(at) }])),
    dropped: none.length === 0 ? 0 : tx.run(sql`delete from problems_turns where problem_id = any(${none}::uuid[])`),
  };
}

export async function writeTurns(tx: Writer, turns: readonly NextTurn[]): Promise<void> {
  const { rows, dropped } = split(tx, turns);
  await settled([
    rows.length === 0 ? 0 : tx.run(sql`
      insert into problems_turns (problem_id, turn_at) select problem_id, turn_at from ${columns(TURN, rows)} as v
      on conflict (problem_id) do update set turn_at = excluded.turn_at where problems_turns.turn_at <> excluded.turn_at`),
    dropped,
  ]);
}

/** The same where each has its turn already. */
export async function moveTurns(tx: Writer, turns: readonly NextTurn[]): Promise<void> {
  const { rows, dropped } = split(tx, turns);
  await settled([
    rows.length === 0 ? 0 : tx.run(sql`update problems_turns t set turn_at = v.turn_at from ${columns(TURN, rows)} as v where t.problem_id = v.problem_id`),
    dropped,
  ]);
}

/** Limits of problems that are counted as they always should have been: nothing has happened to them, so that no step and no version tells of it. */
export async function writeLimits(tx: Db, problems: readonly Locked[], ground: Ground): Promise<void> {
  if (problems.length === 0) return;
  const rows = problems.map((one) => {
    const { due, solveDue, provisional } = ground.counter(one.policy, one.policyVersion).clocked(one.life, one);
    return { id: one.id, due_at: date(due), solve_due_at: date(solveDue), provisional };
  });
  await settled([
    tx.run(sql`
      update problems_problems p set due_at = v.due_at, solve_due_at = v.solve_due_at, provisional = v.provisional
      from ${columns({ id: 'uuid', due_at: 'timestamptz', solve_due_at: 'timestamptz', provisional: 'boolean' }, rows)} as v where p.id = v.id`),
    keepSorting(tx, rows.map(({ id }) => id)),
  ]);
}

/** Owner, co-owners or projects have changed, and with them perhaps who finds it. */
function reaches({ before, steps, reach }: Moved): boolean {
  const { owner } = steps.at(-1)?.life ?? before.life;
  return reach === true || owner.orgId !== before.life.owner.orgId || owner.userId !== before.life.owner.userId;
}

function rowOf(move: Moved, ground: Ground): Record<string, unknown> {
  const { before, steps } = move;
  const life = steps.at(-1)?.life ?? before.life;
  const what = { kind: move.kind ?? before.kind, severity: move.severity ?? before.severity };
  const policy = move.policy ?? { code: before.policy, version: before.policyVersion };
  return { id: before.id, ...clockColumns(life, what, policy, ground), ...stepsOf(move), measure: move.measure ?? null, criterion: move.criterion ?? null, merged_into: move.mergedInto ?? null };
}

/** How many steps it has after these, and when the last was taken. */
export function stepsOf({ before, steps }: Pick<Moved, 'before' | 'steps'>): { readonly steps: number; readonly last_at: Date } {
  return { steps: before.steps + steps.length, last_at: new Date(Math.max(before.lastAt, ...steps.map((step) => step.at))) };
}

/** All that is kept of a life, with its clocks. */
export function clockColumns(life: Life, what: { readonly kind: string; readonly severity: Severity }, policy: { readonly code: string; readonly version: number }, ground: Ground): Record<string, unknown> {
  const counter = ground.counter(policy.code, policy.version);
  const clock = counter.clocked(life, what);
  const pause = life.pauses.find((one) => one.to === null);
  const solved = life.state === 'solved';
  return {
    state: life.state, step: clock.step, tier: life.tier, round: life.round, owner_org_id: life.owner.orgId, owner_user_id: life.owner.userId, held_at: date(life.heldAt), ...what, policy: policy.code, policy_version: policy.version, calendar: ground.edition, agreed_day: life.agreedDay,
    round_at: date(life.roundAt), signed_at: date(life.signedAt), forwarded_at: date(life.forwardedAt), replied_at: date(life.repliedAt), submitted_at: date(life.submittedAt), solved_at: solved ? date(life.endedAt) : null,
    ended_at: date(life.endedAt), due_at: date(clock.due), solve_due_at: date(clock.solveDue), provisional: clock.provisional, paused_at: date(pause?.from ?? null), pause_kind: pause?.kind ?? null,
    pause_until: date(pause?.until ?? null), paused_minutes: clock.pausedMinutes, used_minutes: life.submittedAt === null ? null : Math.round(counter.used(life, what, life.submittedAt).used), handbacks: life.handbacks,
    reopened: life.reopened, redone: life.redone, overdues: life.overdues, told: life.told, late: life.late, satisfaction: life.satisfaction, confirmed_by: life.confirmedBy, settled_tier: life.settledTier, for_meeting: life.forMeeting,
  };
}

export function date(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

/** A step of a problem on its place in the row of them, with when the solution is due after it: what rates of a day that is past compare with. */
export interface Placed {
  readonly id: string;
  readonly seq: number;
  readonly step: Taken;
  readonly due: number | null;
}

const STEP: Readonly<Record<string, ColumnType>> = {
  problem_id: 'uuid', seq: 'int', id: 'uuid', kind: 'text', at: 'timestamptz', state: 'text', owner_org_id: 'uuid', owner_user_id: 'uuid', tier: 'smallint', round: 'int', text: 'text', details: 'jsonb', solve_due_at: 'timestamptz',
};
const STEP_NAMES = sql.join(Object.keys(STEP).map((name) => sql.id(name)));

/** The steps of a move, each on its place. */
export function placed(move: Moved, ground: Ground): readonly Placed[] {
  const { before, steps } = move;
  const policy = move.policy ?? { code: before.policy, version: before.policyVersion };
  const [counter, what] = [ground.counter(policy.code, policy.version), { kind: move.kind ?? before.kind, severity: move.severity ?? before.severity }];
  return steps.map((step, index) => ({ id: before.id, seq: before.steps + index + 1, step, due: counter.dueOf(step.life, what, 'solve') }));
}

export async function writeSteps(tx: Writer, steps: readonly Placed[], by: Pick<Actor, 'userId' | 'name' | 'orgId'>, now: Now): Promise<void> {
  const rows = steps.map(({ id, seq, step: { kind, at, text, details, life }, due }) => ({
    problem_id: id, seq, id: newId(now.instant.getTime()), kind, at: new Date(at), state: life.state, owner_org_id: life.owner.orgId, owner_user_id: life.owner.userId, tier: life.tier, round: life.round, text: text ?? null,
    details: details ?? {}, solve_due_at: date(due),
  }));
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into problems_steps (${STEP_NAMES}, by_id, by_name, by_org_id, recorded_at)
    select ${STEP_NAMES}, ${by.userId}, ${by.name}, ${orNull(by.orgId)}::uuid, ${now.instant} from ${columns(STEP, rows)} as v`);
}

/** The program itself and whoever is not signed in belong to no organisation. */
function orNull(id: string): string | null {
  return id === '' ? null : id;
}

async function writePauses(tx: Db, moves: readonly Moved[]): Promise<void> {
  const rows = moves.flatMap(({ before, steps }) => {
    const reason = steps.find((step) => step.kind === 'paused')?.text ?? '—';
    return (steps.at(-1)?.life ?? before.life).pauses.flatMap((pause, index) => {
      const old = before.life.pauses[index];
      return old !== undefined && old.to === pause.to && old.until === pause.until ? [] : [{ problem_id: before.id, seq: index + 1, kind: pause.kind, reason, from_at: new Date(pause.from), to_at: date(pause.to), until_at: new Date(pause.until) }];
    });
  });
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into problems_pauses (problem_id, seq, kind, reason, from_at, to_at, until_at) select problem_id, seq, kind, reason, from_at, to_at, until_at
    from ${columns({ problem_id: 'uuid', seq: 'int', kind: 'text', reason: 'text', from_at: 'timestamptz', to_at: 'timestamptz', until_at: 'timestamptz' }, rows)} as v
    on conflict (problem_id, seq) do update set to_at = excluded.to_at`);
}

export interface NewProblem {
  readonly id: string; /** Null: given with the insert, see numbers.ts. */ readonly number: string | null; readonly title: string; readonly ask: string; readonly source: Source; readonly channel: string | null; readonly originType: string | null; readonly originId: string | null;
  readonly kind: string; readonly severity: Severity; readonly projectIds: readonly string[]; readonly enterpriseId: string | null; readonly raisedBy: string | null; readonly raisedName: string; readonly raisedOrgId: string | null;
  readonly contactName: string | null; readonly contactPhone: string | null; readonly anonymous: boolean; readonly complaint: boolean; readonly actionCode: string | null; readonly measure: string | null; readonly criterion: string | null;
  readonly policy: { readonly code: string; readonly version: number }; readonly life: Life; readonly steps: readonly Taken[];
}

/** Writes new problems with their first steps, projects and reader keys; set-based. */
export async function insertProblems(tx: Writer, problems: readonly NewProblem[], ground: Ground, by: Pick<Actor, 'userId' | 'name' | 'orgId'>, now: Now): Promise<void> {
  if (problems.length === 0) return;
  const rows = problems.map((one) => ({
    id: one.id, number: one.number, title: one.title, ask: one.ask, source: one.source, channel: one.channel, origin_type: one.originType, origin_id: one.originId, project_id: one.projectIds[0] ?? null, enterprise_id: one.enterpriseId,
    raised_by: one.raisedBy, raised_name: one.raisedName, raised_org_id: one.raisedOrgId, contact_name: one.contactName, contact_phone: one.contactPhone, anonymous: one.anonymous, complaint: one.complaint, action_code: one.actionCode,
    raised_at: new Date(one.life.raisedAt), pinyin: initials(one.title), grams: gramsOf(one.title, initials(one.title), one.number),
    ...clockColumns(one.life, one, one.policy, ground), steps: one.steps.length, last_at: new Date(Math.max(one.life.raisedAt, ...one.steps.map((step) => step.at))), measure: one.measure, criterion: one.criterion, merged_into: null,
  }));
  const shape: Readonly<Record<string, ColumnType>> = {
    ...CLOCK_SHAPE, number: 'text', title: 'text', ask: 'text', source: 'text', channel: 'text', origin_type: 'text', origin_id: 'uuid', project_id: 'uuid', enterprise_id: 'uuid', raised_by: 'uuid', raised_name: 'text', raised_org_id: 'uuid',
    contact_name: 'text', contact_phone: 'text', anonymous: 'boolean', complaint: 'boolean', action_code: 'text', raised_at: 'timestamptz', pinyin: 'text', grams: 'bigint[]',
  };
  const names = sql.join(Object.keys(shape).map((name) => sql.id(name)));
  const served = problems.flatMap((one) => one.projectIds.map((projectId) => ({ problem_id: one.id, project_id: projectId })));
  await settled([
    tx.run(problems.some((one) => one.number === null) ? numbered(sql`problems_problems`, Object.keys(shape), columns(shape, rows), rows.length, now) : sql`
      insert into problems_problems (${names}, created_at, updated_at) select ${names}, ${now.instant}, ${now.instant} from ${columns(shape, rows)} as v order by nth`),
    served.length === 0 ? 0 : tx.run(sql`
      insert into problems_projects (problem_id, project_id) select problem_id, project_id from ${columns({ problem_id: 'uuid', project_id: 'uuid' }, served)} as v`),
    writeTurns(tx, problems.map((one) => ({ id: one.id, at: ground.counter(one.policy.code, one.policy.version).next(one.life, one) }))),
    writeSteps(tx, problems.flatMap((one) => firstSteps(one, ground)), by, now),
    firstAccess(tx, problems.map((one) => one.id)),
  ]);
}

function firstSteps(one: NewProblem, ground: Ground): readonly Placed[] {
  const counter = ground.counter(one.policy.code, one.policy.version);
  return one.steps.map((step, index) => ({ id: one.id, seq: index + 1, step, due: counter.dueOf(step.life, one, 'solve') }));
}

