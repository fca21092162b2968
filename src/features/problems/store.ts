// SQL of problems: locking with pauses, writing a problem with its steps, policies. Reads for lists and pages are in pool/reads.ts. Decides nothing.
import type { Now } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { WorkCalendar } from '../../kernel/workdays.ts';
import type { Actor } from '../../platform/actor.ts';
import { columns, type ColumnType } from '../../platform/columns.ts';
import { settled, sql, type Db } from '../../platform/db.ts';
import { initials } from '../../platform/pinyin.ts';
import { workdays } from '../projects/data.ts';
import { gramsOf } from '../projects/register/grams.ts';
import policies from './clocks/data/policies.json' with { type: 'json' };
import { counterOf, type Counter } from './clocks/due.ts';
import { Policy } from './clocks/policy.ts';
import { checker } from '../../platform/validate.ts';
import { readSetting } from '../../platform/settings.ts';
import { keepAccess, reachable } from './pool/access.ts';
import type { Life, Pause } from './life/life.ts';
import type { ClockStep, PauseKind, Severity, Side, Source, State, StepKind, Tier, Verdict } from './life/steps.ts';

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
  readonly state: State; readonly tier: Tier; readonly round: number; readonly owner_org_id: string; readonly owner_user_id: string | null;
  readonly raised_at: string; readonly round_at: string; readonly signed_at: string | null; readonly forwarded_at: string | null; readonly replied_at: string | null; readonly submitted_at: string | null; readonly ended_at: string | null;
  readonly agreed_day: string | null; readonly handbacks: number; readonly reopened: number; readonly redone: number; readonly overdues: number; readonly told: string[]; readonly late: boolean | null;
  readonly satisfaction: Verdict | null; readonly confirmed_by: Side | null; readonly settled_tier: Tier | null; readonly for_meeting: boolean;
  readonly steps: number; readonly last_at: string; readonly pauses: { kind: PauseKind; from: string; to: string | null; until: string }[] | null;
}

const COLUMNS = sql`p.id, p.version, p.number, p.title, p.kind, p.severity, p.source, p.policy, p.policy_version, p.project_id, p.enterprise_id, p.raised_by, p.raised_org_id, p.anonymous, p.complaint, p.state, p.tier, p.round,
  p.owner_org_id, p.owner_user_id, p.raised_at, p.round_at, p.signed_at, p.forwarded_at, p.replied_at, p.submitted_at, p.ended_at, p.agreed_day, p.handbacks, p.reopened, p.redone, p.overdues, p.told, p.late,
  p.satisfaction, p.confirmed_by, p.settled_tier, p.for_meeting,
  coalesce((select max(s.seq) from problems_steps s where s.problem_id = p.id), 0) as steps,
  coalesce((select max(s.at) from problems_steps s where s.problem_id = p.id), p.raised_at) as last_at,
  (select jsonb_agg(jsonb_build_object('kind', a.kind, 'from', a.from_at, 'to', a.to_at, 'until', a.until_at) order by a.seq) from problems_pauses a where a.problem_id = p.id) as pauses`;

/** A problem that the actor may know, locked. Several are locked in the order of their ids. */
export async function lockProblem(tx: Db, actor: Actor, id: string): Promise<Locked | undefined> {
  const row = await tx.row<Row>(sql`select ${COLUMNS} from problems_problems p where p.id = ${id} and ${reachable(actor, sql`p.id`)} for update of p`);
  return row === undefined ? undefined : lockedOf(row);
}

/** Some problems by their ids, locked in order; those that another transaction holds are left out where `skip`. */
export async function lockProblems(tx: Db, ids: readonly string[], skip = false): Promise<Locked[]> {
  const rows = await tx.rows<Row>(sql`select ${COLUMNS} from problems_problems p where p.id = any(${[...ids]}::uuid[]) order by p.id for update of p${skip ? sql` skip locked` : sql.empty}`);
  return rows.map(lockedOf);
}

/** What next does something by itself at or before a moment, locked; what another process holds is left to it. */
export async function lockTurning(tx: Db, at: Date, limit: number): Promise<Locked[]> {
  const rows = await tx.rows<Row>(sql`
    select ${COLUMNS} from problems_problems p where p.id in (select id from problems_problems where step is not null and turn_at <= ${at} order by turn_at, id limit ${limit} for update skip locked)`);
  return rows.map(lockedOf);
}

function lockedOf(row: Row): Locked {
  return {
    id: row.id, version: row.version, number: row.number, title: row.title, kind: row.kind, severity: row.severity, source: row.source, policy: row.policy, policyVersion: row.policy_version, projectId: row.project_id,
    enterpriseId: row.enterprise_id, raisedBy: row.raised_by, raisedOrgId: row.raised_org_id, anonymous: row.anonymous, complaint: row.complaint, steps: row.steps, lastAt: ms(row.last_at),
    life: {
      state: row.state, tier: row.tier, round: row.round, owner: { orgId: row.owner_org_id, userId: row.owner_user_id }, raisedAt: ms(row.raised_at), roundAt: ms(row.round_at), signedAt: msOrNull(row.signed_at),
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
  /** Owner, co-owners or projects have changed: the reader keys are written anew. */
  readonly reach?: boolean;
}

const CLOCK_SHAPE: Readonly<Record<string, ColumnType>> = {
  id: 'uuid', state: 'text', step: 'text', tier: 'smallint', round: 'int', owner_org_id: 'uuid', owner_user_id: 'uuid', kind: 'text', severity: 'text', policy: 'text', policy_version: 'int', agreed_day: 'date',
  round_at: 'timestamptz', signed_at: 'timestamptz', forwarded_at: 'timestamptz', replied_at: 'timestamptz', submitted_at: 'timestamptz', solved_at: 'timestamptz', ended_at: 'timestamptz', due_at: 'timestamptz',
  solve_due_at: 'timestamptz', turn_at: 'timestamptz', provisional: 'boolean', paused_at: 'timestamptz', pause_kind: 'text', pause_until: 'timestamptz', paused_minutes: 'int', used_minutes: 'int', handbacks: 'int',
  reopened: 'int', redone: 'int', overdues: 'int', told: 'text[]', late: 'boolean', satisfaction: 'text', confirmed_by: 'text', settled_tier: 'smallint', for_meeting: 'boolean', measure: 'text', criterion: 'text', merged_into: 'uuid',
};
const KEEP_OLD = new Set(['measure', 'criterion', 'merged_into']);
const SET = sql.join(Object.keys(CLOCK_SHAPE).filter((name) => name !== 'id').map((name) => (KEEP_OLD.has(name) ? sql`${sql.id(name)} = coalesce(v.${sql.id(name)}, p.${sql.id(name)})` : sql`${sql.id(name)} = v.${sql.id(name)}`)));

/** Writes problems after their steps: the row with its clocks, the steps, the pauses, the reader keys. Gives the new versions in order. */
export async function writeMoves(tx: Db, moves: readonly Moved[], ground: Ground, by: Pick<Actor, 'userId' | 'name' | 'orgId'>, now: Now): Promise<number[]> {
  if (moves.length === 0) return [];
  const rows = moves.map((move) => rowOf(move, ground));
  const written = await tx.rows<{ id: string; version: number }>(sql`
    update problems_problems p set ${SET}, version = p.version + 1, updated_at = ${now.instant} from ${columns(CLOCK_SHAPE, rows)} as v where p.id = v.id returning p.id, p.version`);
  await settled([writeSteps(tx, moves.flatMap(({ before, steps }) => steps.map((step, index) => ({ id: before.id, seq: before.steps + index + 1, step }))), by, now), writePauses(tx, moves)]);
  await keepAccess(tx, moves.map((move) => move.before.id));
  const versions = new Map(written.map((row) => [row.id, row.version]));
  return moves.map((move) => versions.get(move.before.id) ?? move.before.version);
}

function rowOf(move: Moved, ground: Ground): Record<string, unknown> {
  const { before, steps } = move;
  const life = steps.at(-1)?.life ?? before.life;
  const what = { kind: move.kind ?? before.kind, severity: move.severity ?? before.severity };
  const policy = move.policy ?? { code: before.policy, version: before.policyVersion };
  return { id: before.id, ...clockColumns(life, what, policy, ground), measure: move.measure ?? null, criterion: move.criterion ?? null, merged_into: move.mergedInto ?? null };
}

/** All that is kept of a life, with its clocks. */
export function clockColumns(life: Life, what: { readonly kind: string; readonly severity: Severity }, policy: { readonly code: string; readonly version: number }, ground: Ground): Record<string, unknown> {
  const counter = ground.counter(policy.code, policy.version);
  const clock = counter.clocked(life, what);
  const pause = life.pauses.find((one) => one.to === null);
  const solved = life.state === 'solved';
  return {
    state: life.state, step: clock.step, tier: life.tier, round: life.round, owner_org_id: life.owner.orgId, owner_user_id: life.owner.userId, ...what, policy: policy.code, policy_version: policy.version, agreed_day: life.agreedDay,
    round_at: date(life.roundAt), signed_at: date(life.signedAt), forwarded_at: date(life.forwardedAt), replied_at: date(life.repliedAt), submitted_at: date(life.submittedAt), solved_at: solved ? date(life.endedAt) : null,
    ended_at: date(life.endedAt), due_at: date(clock.due), solve_due_at: date(clock.solveDue), turn_at: date(clock.turn), provisional: clock.provisional, paused_at: date(pause?.from ?? null), pause_kind: pause?.kind ?? null,
    pause_until: date(pause?.until ?? null), paused_minutes: clock.pausedMinutes, used_minutes: life.submittedAt === null ? null : Math.round(counter.used(life, what, life.submittedAt).used), handbacks: life.handbacks,
    reopened: life.reopened, redone: life.redone, overdues: life.overdues, told: life.told, late: life.late, satisfaction: life.satisfaction, confirmed_by: life.confirmedBy, settled_tier: life.settledTier, for_meeting: life.forMeeting,
  };
}

export function date(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

async function writeSteps(tx: Db, steps: readonly { readonly id: string; readonly seq: number; readonly step: Taken }[], by: Pick<Actor, 'userId' | 'name' | 'orgId'>, now: Now): Promise<void> {
  const rows = steps.map(({ id, seq, step: { kind, at, text, details, life } }) => ({
    problem_id: id, seq, id: newId(now.instant.getTime()), kind, at: new Date(at), state: life.state, owner_org_id: life.owner.orgId, owner_user_id: life.owner.userId, tier: life.tier, round: life.round, text: text ?? null,
    details: details ?? {},
  }));
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into problems_steps (problem_id, seq, id, kind, at, state, owner_org_id, owner_user_id, tier, round, by_id, by_name, by_org_id, text, details, recorded_at)
    select problem_id, seq, id, kind, at, state, owner_org_id, owner_user_id, tier, round, ${by.userId}, ${by.name}, ${orNull(by.orgId)}::uuid, text, details, ${now.instant}
    from ${columns({ problem_id: 'uuid', seq: 'int', id: 'uuid', kind: 'text', at: 'timestamptz', state: 'text', owner_org_id: 'uuid', owner_user_id: 'uuid', tier: 'smallint', round: 'int', text: 'text', details: 'jsonb' }, rows)} as v`);
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
  readonly id: string; readonly number: string; readonly title: string; readonly ask: string; readonly source: Source; readonly channel: string | null; readonly originType: string | null; readonly originId: string | null;
  readonly kind: string; readonly severity: Severity; readonly projectIds: readonly string[]; readonly enterpriseId: string | null; readonly raisedBy: string | null; readonly raisedName: string; readonly raisedOrgId: string | null;
  readonly contactName: string | null; readonly contactPhone: string | null; readonly anonymous: boolean; readonly complaint: boolean; readonly actionCode: string | null; readonly measure: string | null; readonly criterion: string | null;
  readonly policy: { readonly code: string; readonly version: number }; readonly life: Life; readonly steps: readonly Taken[];
}

/** Writes new problems with their first steps, projects and reader keys; set-based. */
export async function insertProblems(tx: Db, problems: readonly NewProblem[], ground: Ground, by: Pick<Actor, 'userId' | 'name' | 'orgId'>, now: Now): Promise<void> {
  if (problems.length === 0) return;
  const rows = problems.map((one) => ({
    id: one.id, number: one.number, title: one.title, ask: one.ask, source: one.source, channel: one.channel, origin_type: one.originType, origin_id: one.originId, project_id: one.projectIds[0] ?? null, enterprise_id: one.enterpriseId,
    raised_by: one.raisedBy, raised_name: one.raisedName, raised_org_id: one.raisedOrgId, contact_name: one.contactName, contact_phone: one.contactPhone, anonymous: one.anonymous, complaint: one.complaint, action_code: one.actionCode,
    raised_at: new Date(one.life.raisedAt), pinyin: initials(one.title), grams: gramsOf(one.title, initials(one.title), one.number),
    ...clockColumns(one.life, one, one.policy, ground), measure: one.measure, criterion: one.criterion, merged_into: null,
  }));
  const shape: Readonly<Record<string, ColumnType>> = {
    ...CLOCK_SHAPE, number: 'text', title: 'text', ask: 'text', source: 'text', channel: 'text', origin_type: 'text', origin_id: 'uuid', project_id: 'uuid', enterprise_id: 'uuid', raised_by: 'uuid', raised_name: 'text', raised_org_id: 'uuid',
    contact_name: 'text', contact_phone: 'text', anonymous: 'boolean', complaint: 'boolean', action_code: 'text', raised_at: 'timestamptz', pinyin: 'text', grams: 'bigint[]',
  };
  const names = sql.join(Object.keys(shape).map((name) => sql.id(name)));
  await tx.run(sql`insert into problems_problems (${names}, created_at, updated_at) select ${names}, ${now.instant}, ${now.instant} from ${columns(shape, rows)} as v order by nth`);
  const served = problems.flatMap((one) => one.projectIds.map((projectId) => ({ problem_id: one.id, project_id: projectId })));
  if (served.length > 0) await tx.run(sql`insert into problems_projects (problem_id, project_id) select problem_id, project_id from ${columns({ problem_id: 'uuid', project_id: 'uuid' }, served)} as v`);
  await writeSteps(tx, problems.flatMap((one) => one.steps.map((step, index) => ({ id: one.id, seq: index + 1, step }))), by, now);
  await keepAccess(tx, problems.map((one) => one.id));
}

/** So many numbers of a year, gapless: 2023-0483. */
export async function takeNumbers(tx: Db, year: number, count: number): Promise<string[]> {
  const row = await tx.row<{ last: number }>(sql`
    insert into problems_numbers (year, last) values (${year}, ${count}) on conflict (year) do update set last = problems_numbers.last + ${count} returning last`);
  const last = row?.last ?? count;
  return Array.from({ length: count }, (_, index) => `${year}-${String(last - count + index + 1).padStart(4, '0')}`);
}

/** Calendar and policies as they hold in this transaction. */
export interface Ground {
  readonly calendar: WorkCalendar;
  /** The policy by which new problems are counted. */
  readonly current: { readonly code: string; readonly version: number };
  /** The newest version of a policy, if there is one of that name. */
  newest(code: string): { readonly code: string; readonly version: number } | undefined;
  counter(code: string, version: number): Counter;
  policy(code: string, version: number): Policy;
}

export const POLICY_SETTING = 'problems.policy';
const SHIPPED_VERSION = 1;
const checkPolicy = checker(Policy);
const shipped = new Map(policies.map((one) => [one.code, checkPolicy(one.body)]));
const DEFAULT = 'jiaozuo_13710';

/** Version 1 of a preset is what came with the program; what an administrator changes is stored as version 2 and on. */
export async function readGround(db: Db): Promise<Ground> {
  const [calendar, rows, setting] = await settled([workdays.of(db), db.rows<{ code: string; version: number; body: unknown }>(sql`select code, version, body from problems_policies`), readSetting(db, POLICY_SETTING)]);
  const known = new Map<string, Policy>([...shipped].map(([code, body]) => [`${code}:${SHIPPED_VERSION}`, body]));
  for (const row of rows) known.set(`${row.code}:${row.version}`, checkPolicy(row.body));
  const code = typeof setting?.value === 'string' ? setting.value : DEFAULT;
  const newest = (one: string): { readonly code: string; readonly version: number } | undefined => {
    const versions = [...known.keys()].filter((key) => key.startsWith(`${one}:`)).map((key) => Number(key.slice(one.length + 1)));
    return versions.length === 0 ? undefined : { code: one, version: Math.max(...versions) };
  };
  const counters = new Map<string, Counter>();
  const policy = (one: string, version: number): Policy => {
    const found = known.get(`${one}:${version}`);
    if (found === undefined) throw new Error(`there is no clock policy ${one} version ${version}`);
    return found;
  };
  return {
    calendar, current: newest(code) ?? { code: DEFAULT, version: SHIPPED_VERSION }, newest, policy,
    counter: (one, version) => {
      const key = `${one}:${version}`;
      const made = counters.get(key) ?? counterOf(policy(one, version), calendar);
      counters.set(key, made);
      return made;
    },
  };
}

export type { ClockStep };
