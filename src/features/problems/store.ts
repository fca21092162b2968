// SQL that reads problems under their lock, with pauses. What writes stands in writing.ts, what clocks are counted by in ground.ts; lists and pages are read
// in pool/reads.ts. Decides nothing.
import type { Actor } from '../../platform/actor.ts';
import { settled, sql, type Db } from '../../platform/db.ts';
import type { Life, Pause } from './life/life.ts';
import type { PauseKind, Severity, Side, Source, State, Tier, Verdict } from './life/steps.ts';
import { reachable } from './pool/access.ts';

export { readGround, type Ground } from './ground.ts';
export { clockColumns, date, insertProblems, takeNumbers, writeMoves, type Moved, type NewProblem, type Taken } from './writing.ts';

/** A problem under its lock. */
export interface Locked {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly title: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly source: Source;
  readonly policy: string;
  readonly policyVersion: number;
  readonly projectId: string | null;
  readonly enterpriseId: string | null;
  readonly raisedBy: string | null;
  readonly raisedOrgId: string | null;
  readonly anonymous: boolean;
  readonly complaint: boolean;
  readonly steps: number;
  readonly lastAt: number;
  readonly life: Life;
}

interface Row {
  readonly id: string; readonly version: number; readonly number: string; readonly title: string; readonly kind: string; readonly severity: Severity; readonly source: Source; readonly policy: string; readonly policy_version: number;
  readonly project_id: string | null; readonly enterprise_id: string | null; readonly raised_by: string | null; readonly raised_org_id: string | null; readonly anonymous: boolean; readonly complaint: boolean;
  readonly state: State; readonly tier: Tier; readonly round: number; readonly owner_org_id: string; readonly owner_user_id: string | null; readonly held_at: string;
  readonly raised_at: string; readonly round_at: string; readonly signed_at: string | null; readonly forwarded_at: string | null; readonly replied_at: string | null; readonly submitted_at: string | null; readonly ended_at: string | null;
  readonly agreed_day: string | null; readonly handbacks: number; readonly reopened: number; readonly redone: number; readonly overdues: number; readonly told: string[]; readonly late: boolean | null;
  readonly satisfaction: Verdict | null; readonly confirmed_by: Side | null; readonly settled_tier: Tier | null; readonly for_meeting: boolean;
  readonly steps: number; readonly last_at: string; readonly pauses: { kind: PauseKind; from: string; to: string | null; until: string }[] | null;
}

const COLUMNS = sql`p.id, p.version, p.number, p.title, p.kind, p.severity, p.source, p.policy, p.policy_version, p.project_id, p.enterprise_id, p.raised_by, p.raised_org_id, p.anonymous, p.complaint, p.state, p.tier, p.round,
  p.owner_org_id, p.owner_user_id, coalesce(p.held_at, p.round_at) as held_at, p.raised_at, p.round_at, p.signed_at, p.forwarded_at, p.replied_at, p.submitted_at, p.ended_at, p.agreed_day, p.handbacks, p.reopened, p.redone, p.overdues, p.told, p.late,
  p.satisfaction, p.confirmed_by, p.settled_tier, p.for_meeting,
  coalesce((select max(s.seq) from problems_steps s where s.problem_id = p.id), 0) as steps,
  coalesce((select max(s.at) from problems_steps s where s.problem_id = p.id), p.raised_at) as last_at,
  (select jsonb_agg(jsonb_build_object('kind', a.kind, 'from', a.from_at, 'to', a.to_at, 'until', a.until_at) order by a.seq) from problems_pauses a where a.problem_id = p.id) as pauses`;

/**
 * A problem that the actor may know, locked. The lock and the reading are two statements of one packet: what the second reads was written before the lock was
 * given, while subqueries of a statement that waits for its lock still show what was before the wait.
 */
export async function lockProblem(tx: Db, actor: Actor, id: string): Promise<Locked | undefined> {
  const [known, row] = await settled([
    tx.row(sql`select 1 as one from problems_problems p where p.id = ${id} and ${reachable(actor, sql`p.id`)} for update of p`),
    tx.row<Row>(sql`select ${COLUMNS} from problems_problems p where p.id = ${id}`),
  ]);
  return known === undefined || row === undefined ? undefined : lockedOf(row);
}

/** Some problems by their ids, locked in order; those that another transaction holds are left out where `skip`. */
export async function lockProblems(tx: Db, ids: readonly string[], skip = false): Promise<Locked[]> {
  const held = await tx.rows<{ id: string }>(sql`select p.id from problems_problems p where p.id = any(${[...ids]}::uuid[]) order by p.id for update of p${skip ? sql` skip locked` : sql.empty}`);
  return readLocked(tx, held.map((row) => row.id));
}

/** What next does something by itself at or before a moment, locked; what another process holds is left to it. */
export async function lockTurning(tx: Db, at: Date, limit: number): Promise<Locked[]> {
  const due = sql`
    select p.id from problems_turns t join problems_problems p on p.id = t.problem_id where t.turn_at <= ${at} order by t.turn_at, t.problem_id`;
  const held = await tx.rows<{ id: string }>(sql`${due} limit ${limit} for update of p skip locked`);
  // All are held by others: whoever comes with the same key must not be answered before them.
  const ids = (held.length > 0 ? held : await tx.rows<{ id: string }>(sql`${due} limit 1 for update of p`)).map((row) => row.id);
  // Asked again when they are locked: what another has turned meanwhile turns no more.
  const still = ids.length === 0 ? [] : await tx.rows<{ id: string }>(sql`select problem_id as id from problems_turns where problem_id = any(${ids}::uuid[]) and turn_at <= ${at}`);
  return readLocked(tx, still.map((row) => row.id));
}

/** Open problems that a policy counts, the latest first, without a lock: for previews. */
export async function readOpen(db: Db, policy: string, limit: number): Promise<Locked[]> {
  return (await db.rows<Row>(sql`select ${COLUMNS} from problems_problems p where p.step is not null and p.state <> 'submitted' and p.policy = ${policy} order by p.seq desc limit ${limit}`)).map(lockedOf);
}

/** Open problems that an older version of a policy counts, locked, in the order of their ids. */
export async function lockOpen(tx: Db, newest: { readonly code: string; readonly version: number }, after: string | undefined, limit: number): Promise<Locked[]> {
  const held = await tx.rows<{ id: string }>(sql`
    select p.id from problems_problems p where p.step is not null and p.state <> 'submitted' and p.policy = ${newest.code} and p.policy_version < ${newest.version} and p.id > ${after ?? FIRST}::uuid order by p.id limit ${limit} for update`);
  return readLocked(tx, held.map((row) => row.id));
}

/** A place in the index of open problems by what counts them. */
export interface OpenPlace { readonly policy: string; readonly version: number; readonly id: string }

export interface Earlier { readonly problem: Locked; readonly dueAt: number | null; readonly solveDueAt: number | null; readonly place: OpenPlace }

/** Open problems that an earlier edition of the calendar counted, with what was kept of their limits, locked, from a place in the index on; what another process holds is left to the next time. */
export async function lockEarlier(tx: Db, edition: number, after: OpenPlace | undefined, limit: number): Promise<Earlier[]> {
  const from = after ?? { policy: '', version: 0, id: FIRST };
  const held = await tx.rows<{ id: string; policy: string; version: number; due_at: string | null; solve_due_at: string | null }>(sql`
    select p.id, p.policy, p.policy_version as version, p.due_at, p.solve_due_at from problems_problems p
    where p.step is not null and p.calendar < ${edition} and (p.policy, p.policy_version, p.id) > (${from.policy}, ${from.version}::int, ${from.id}::uuid) order by p.policy, p.policy_version, p.id limit ${limit} for update of p skip locked`);
  const problems = new Map((await readLocked(tx, held.map((row) => row.id))).map((one) => [one.id, one]));
  return held.flatMap(({ id, policy, version, due_at: due, solve_due_at: solve }) => {
    const problem = problems.get(id);
    return problem === undefined ? [] : [{ problem, dueAt: due === null ? null : new Date(due).getTime(), solveDueAt: solve === null ? null : new Date(solve).getTime(), place: { policy, version, id } }];
  });
}

/** Whether an earlier edition still counts an open one. */
export async function someEarlier(db: Db, edition: number): Promise<boolean> {
  return (await db.row(sql`select 1 as one from problems_problems p where p.step is not null and p.calendar < ${edition} limit 1`)) !== undefined;
}

/** Notes that problems are counted by this edition and that none of their limits has moved. */
export async function noteCounted(tx: Db, ids: readonly string[], edition: number): Promise<void> {
  await tx.run(sql`update problems_problems set calendar = ${edition} where id = any(${[...ids]}::uuid[])`);
}

const FIRST = '00000000-0000-0000-0000-000000000000';

async function readLocked(tx: Db, ids: readonly string[]): Promise<Locked[]> {
  if (ids.length === 0) return [];
  return (await tx.rows<Row>(sql`select ${COLUMNS} from problems_problems p where p.id = any(${[...ids]}::uuid[]) order by p.id`)).map(lockedOf);
}

function lockedOf(row: Row): Locked {
  return {
    id: row.id, version: row.version, number: row.number, title: row.title, kind: row.kind, severity: row.severity, source: row.source, policy: row.policy, policyVersion: row.policy_version, projectId: row.project_id,
    enterpriseId: row.enterprise_id, raisedBy: row.raised_by, raisedOrgId: row.raised_org_id, anonymous: row.anonymous, complaint: row.complaint, steps: row.steps, lastAt: ms(row.last_at),
    life: {
      state: row.state, tier: row.tier, round: row.round, owner: { orgId: row.owner_org_id, userId: row.owner_user_id }, heldAt: ms(row.held_at), raisedAt: ms(row.raised_at), roundAt: ms(row.round_at), signedAt: msOrNull(row.signed_at),
      forwardedAt: msOrNull(row.forwarded_at), repliedAt: msOrNull(row.replied_at), submittedAt: msOrNull(row.submitted_at), endedAt: msOrNull(row.ended_at), agreedDay: row.agreed_day,
      pauses: (row.pauses ?? []).map((pause): Pause => ({ kind: pause.kind, from: ms(pause.from), to: msOrNull(pause.to), until: ms(pause.until) })),
      handbacks: row.handbacks, reopened: row.reopened, redone: row.redone, overdues: row.overdues, told: row.told, late: row.late, satisfaction: row.satisfaction, confirmedBy: row.confirmed_by,
      settledTier: row.settled_tier, forMeeting: row.for_meeting,
    },
  };
}

function ms(at: string | Date): number {
  return new Date(at).getTime();
}

function msOrNull(at: string | Date | null): number | null {
  return at === null ? null : ms(at);
}
