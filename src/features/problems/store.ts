// SQL that reads problems under their lock, with pauses. What writes stands in writing.ts, what clocks are counted by in ground.ts; lists and pages are read
// in pool/reads.ts. Decides nothing.
import type { Actor } from '../../platform/actor.ts';
import { settled, sql, type Db, type Sql } from '../../platform/db.ts';
import type { Life, Pause } from './life/life.ts';
import type { PauseKind, Severity, Side, Source, State, Tier, Verdict } from './life/steps.ts';
import { reachable } from './pool/access.ts';

export { readGround, type Ground } from './ground.ts';
export { clockColumns, date, insertProblems, writeMoves, type Moved, type NewProblem, type Taken } from './writing.ts';

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

type OwnRow = Omit<Row, 'pauses'>;
interface Row {
  readonly id: string; readonly version: number; readonly number: string; readonly title: string; readonly kind: string; readonly severity: Severity; readonly source: Source; readonly policy: string; readonly policy_version: number;
  readonly project_id: string | null; readonly enterprise_id: string | null; readonly raised_by: string | null; readonly raised_org_id: string | null; readonly anonymous: boolean; readonly complaint: boolean;
  readonly state: State; readonly tier: Tier; readonly round: number; readonly owner_org_id: string; readonly owner_user_id: string | null; readonly held_at: number;
  readonly raised_at: number; readonly round_at: number; readonly signed_at: number | null; readonly forwarded_at: number | null; readonly replied_at: number | null; readonly submitted_at: number | null; readonly ended_at: number | null;
  readonly agreed_day: string | null; readonly handbacks: number; readonly reopened: number; readonly redone: number; readonly overdues: number; readonly told: string[]; readonly late: boolean | null;
  readonly satisfaction: Verdict | null; readonly confirmed_by: Side | null; readonly settled_tier: Tier | null; readonly for_meeting: boolean;
  readonly steps: number; readonly last_at: number; readonly pauses: { kind: PauseKind; from: string; to: string | null; until: string }[] | null;
}

// Moments as numbers: a text would be read twice, and very many are read at once.
const ms = (column: Sql) => sql`date_part('epoch', ${column}) * 1000`;
const OWN = sql`p.id, p.version, p.number, p.title, p.kind, p.severity, p.source, p.policy, p.policy_version, p.project_id, p.enterprise_id, p.raised_by, p.raised_org_id, p.anonymous, p.complaint, p.state, p.tier, p.round,
  p.owner_org_id, p.owner_user_id, ${ms(sql`coalesce(p.held_at, p.round_at)`)} as held_at, ${ms(sql`p.raised_at`)} as raised_at, ${ms(sql`p.round_at`)} as round_at, ${ms(sql`p.signed_at`)} as signed_at, ${ms(sql`p.forwarded_at`)} as forwarded_at,
  ${ms(sql`p.replied_at`)} as replied_at, ${ms(sql`p.submitted_at`)} as submitted_at, ${ms(sql`p.ended_at`)} as ended_at, p.agreed_day, p.handbacks, p.reopened, p.redone, p.overdues, p.told, p.late,
  p.satisfaction, p.confirmed_by, p.settled_tier, p.for_meeting, p.steps, ${ms(sql`coalesce(p.last_at, p.raised_at)`)} as last_at`;
const PAUSES = sql`jsonb_agg(jsonb_build_object('kind', a.kind, 'from', a.from_at, 'to', a.to_at, 'until', a.until_at) order by a.seq) as pauses from problems_pauses a`;
const COLUMNS = sql`${OWN}, (select ${PAUSES} where a.problem_id = p.id) as pauses`;

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

/**
 * What next does something by itself at or before a moment, locked; what another process holds is left to it. A row that was changed while it was being locked is
 * read as it is now; its pauses, and whether it still turns, are asked when it is locked.
 */
export async function lockTurning(tx: Db, at: Date, limit: number): Promise<Locked[]> {
  const due = sql`select ${OWN} from problems_turns t join problems_problems p on p.id = t.problem_id where t.turn_at <= ${at} order by t.turn_at, t.problem_id`;
  const free = await tx.rows<OwnRow>(sql`${due} limit ${limit} for update of p skip locked`);
  // All are held by others: whoever comes with the same key must not be answered before them.
  const held = free.length > 0 ? free : await tx.rows<OwnRow>(sql`${due} limit 1 for update of p`);
  if (held.length === 0) return [];
  const ids = held.map((row) => row.id);
  const [still, pauses] = await settled([
    tx.rows<{ id: string }>(sql`select problem_id as id from problems_turns where problem_id = any(${ids}::uuid[]) and turn_at <= ${at}`),
    tx.rows<{ id: string; pauses: Row['pauses'] }>(sql`select a.problem_id as id, ${PAUSES} where a.problem_id = any(${ids}::uuid[]) group by a.problem_id`),
  ]);
  const [turning, pausesOf] = [new Set(still.map((row) => row.id)), new Map(pauses.map((row) => [row.id, row.pauses]))];
  return held.filter((row) => turning.has(row.id)).map((row) => lockedOf({ ...row, pauses: pausesOf.get(row.id) ?? null }));
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

export interface Earlier {
  readonly problem: Locked;
  readonly dueAt: number | null;
  readonly solveDueAt: number | null;
  /** By no edition as it is counted now: what it had while it waited was no limit at all. */
  readonly uncounted: boolean;
  readonly place: OpenPlace;
}

/** Open problems that an earlier edition of the calendar counted, with what was kept of their limits, locked, from a place in the index on; what another process holds is left to the next time. */
export async function lockEarlier(tx: Db, edition: number, after: OpenPlace | undefined, limit: number): Promise<Earlier[]> {
  const from = after ?? { policy: '', version: 0, id: FIRST };
  const held = await tx.rows<{ id: string; policy: string; version: number; due_at: string | null; solve_due_at: string | null; uncounted: boolean }>(sql`
    select p.id, p.policy, p.policy_version as version, p.due_at, p.solve_due_at, p.calendar < 0 as uncounted from problems_problems p
    where p.step is not null and p.calendar < ${edition} and (p.policy, p.policy_version, p.id) > (${from.policy}, ${from.version}::int, ${from.id}::uuid) order by p.policy, p.policy_version, p.id limit ${limit} for update of p skip locked`);
  const problems = new Map((await readLocked(tx, held.map((row) => row.id))).map((one) => [one.id, one]));
  return held.flatMap(({ id, policy, version, due_at: due, solve_due_at: solve, uncounted }) => {
    const problem = problems.get(id);
    return problem === undefined ? [] : [{ problem, dueAt: due === null ? null : new Date(due).getTime(), solveDueAt: solve === null ? null : new Date(solve).getTime(), uncounted, place: { policy, version, id } }];
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
    enterpriseId: row.enterprise_id, raisedBy: row.raised_by, raisedOrgId: row.raised_org_id, anonymous: row.anonymous, complaint: row.complaint, steps: row.steps, lastAt: Math.round(row.last_at),
    life: {
      state: row.state, tier: row.tier, round: row.round, owner: { orgId: row.owner_org_id, userId: row.owner_user_id }, heldAt: Math.round(row.held_at), raisedAt: Math.round(row.raised_at), roundAt: Math.round(row.round_at), signedAt: wholeOrNull(row.signed_at),
      forwardedAt: wholeOrNull(row.forwarded_at), repliedAt: wholeOrNull(row.replied_at), submittedAt: wholeOrNull(row.submitted_at), endedAt: wholeOrNull(row.ended_at), agreedDay: row.agreed_day,
      pauses: (row.pauses ?? []).map((pause): Pause => ({ kind: pause.kind, from: momentOf(pause.from), to: pause.to === null ? null : momentOf(pause.to), until: momentOf(pause.until) })),
      handbacks: row.handbacks, reopened: row.reopened, redone: row.redone, overdues: row.overdues, told: row.told, late: row.late, satisfaction: row.satisfaction, confirmedBy: row.confirmed_by,
      settledTier: row.settled_tier, forMeeting: row.for_meeting,
    },
  };
}

/** Seconds with fractions are not whole milliseconds. */
function wholeOrNull(at: number | null): number | null {
  return at === null ? null : Math.round(at);
}

function momentOf(at: string): number {
  return new Date(at).getTime();
}
