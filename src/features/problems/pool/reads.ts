// SQL of the queue and of one problem, always within what the reader may know. A page is one range of one index, whoever reads it.
import { moment, type Now } from '../../../kernel/clock.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { settled, sql, type Db, type Sql } from '../../../platform/db.ts';
import { readSetting } from '../../../platform/settings.ts';
import { checker } from '../../../platform/validate.ts';
import Type from 'typebox';
import { askedOf } from '../../../kernel/grams.ts';
import { standingOf } from '../handling/moving.ts';
import { iso } from '../instants.ts';
import { readGround, type Locked } from '../store.ts';
import { lifeOf } from './lifeof.ts';
import type { getProblem, listProblems, ProblemRow } from './contract.ts';
import { ownedBy, reachable } from './access.ts';
import { firstDue, leftUntil, type Left } from './left.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { systemActor } from '../../people/session.ts';
import { workdays } from '../../projects/data.ts';
import { DEFAULT_KINDS, Kind, KINDS_SETTING } from './kinds.ts';
import { possible } from './rules.ts';
import { figureCondition } from '../rates/filter.ts';

const checkKinds = checker(Type.Array(Kind, { minItems: 1, maxItems: 100 }));

/** The zone's taxonomy, or the one that came with the program. */
export async function readKinds(db: Db): Promise<readonly Kind[]> {
  const setting = await readSetting(db, KINDS_SETTING);
  return setting?.value === undefined || setting.value === null ? DEFAULT_KINDS : checkKinds(setting.value);
}

type Filter = Omit<InputOf<typeof listProblems>, 'after' | 'limit' | 'sort'>;

function rowColumns(at: Date): Sql {
  return sql`p.id, p.version, p.number, p.title, p.kind, p.severity, p.source, p.state, p.step, p.tier, p.round, p.owner_org_id as "ownerOrgId", coalesce(o.short_name, o.name) as "ownerName", u.name as "ownerUserName",
    p.project_id as "projectId", j.name as "projectName", p.enterprise_id as "enterpriseId", e.name as "enterpriseName", ${iso(sql`p.raised_at`)} as "raisedAt", ${iso(sql`p.due_at`)} as "dueAt", ${iso(sql`p.solve_due_at`)} as "solveDueAt",
    ${iso(sql`p.paused_at`)} as "pausedAt", ${iso(sql`p.ended_at`)} as "endedAt", p.provisional, coalesce(p.step is not null and least(p.due_at, p.solve_due_at) < ${at} and p.state <> 'submitted', false) as overdue, p.overdues, p.reopened, p.redone, p.handbacks,
    p.satisfaction, p.complaint, p.anonymous, p.for_meeting as "forMeeting", p.pause_kind as "pauseKind", ${iso(sql`p.pause_until`)} as "pauseUntil"`;
}

const FROM = sql`problems_problems p join people_organisations o on o.id = p.owner_org_id left join people_users u on u.id = p.owner_user_id left join projects_projects j on j.id = p.project_id
  left join people_organisations e on e.id = p.enterprise_id`;

/** Conditions on `a problems_access` and `p problems_problems`. Names in the access row come first: they narrow the range that is read. */
export function conditions(actor: Actor, filter: Filter, at: Date): Sql {
  const all: Sql[] = [];
  const words = askedOf(filter.q ?? '');
  if (filter.open !== undefined) all.push(sql`a.open = ${filter.open}`);
  if (filter.overdue === true) all.push(sql`a.open and p.state <> 'submitted' and least(p.due_at, p.solve_due_at) < ${at}`);
  if (filter.mine === true) all.push(sql`a.open and ${ownedBy(actor)}`);
  if (filter.state !== undefined) all.push(sql`a.state = any(${[...filter.state]}::text[])`);
  if (filter.kind !== undefined) all.push(sql`a.kind = any(${[...filter.kind]}::text[])`);
  if (filter.severity !== undefined) all.push(sql`a.severity = any(${[...filter.severity]}::text[])`);
  if (filter.source !== undefined) all.push(sql`a.source = any(${[...filter.source]}::text[])`);
  if (filter.tier !== undefined) all.push(sql`a.tier = any(${[...filter.tier]}::int[])`);
  if (filter.town !== undefined) all.push(sql`exists (select 1 from problems_access there where there.problem_id = a.problem_id and there.key = ${filter.town})`);
  if (filter.within !== undefined) all.push(sql`a.open and p.state <> 'submitted' and least(p.due_at, p.solve_due_at) between ${at} and ${new Date(at.getTime() + filter.within * HOUR_MS)}`);
  if (filter.paused === true) all.push(sql`a.open and p.paused_at is not null`);
  if (filter.handedBack === true) all.push(sql`a.open and p.handbacks > 0`);
  if (filter.reopened === true) all.push(sql`p.reopened > 0`);
  if (filter.toApprove === true) all.push(sql`a.open and exists (select 1 from problems_updates u where u.problem_id = a.problem_id and u.verdict is null)`);
  if (filter.owner !== undefined) all.push(sql`a.owner_org_id = ${filter.owner}`);
  if (filter.project !== undefined) all.push(sql`exists (select 1 from problems_projects s where s.problem_id = a.problem_id and s.project_id = ${filter.project})`);
  if (filter.enterprise !== undefined) all.push(sql`p.enterprise_id = ${filter.enterprise}`);
  if (filter.forMeeting === true) all.push(sql`p.for_meeting and a.open`);
  if (filter.action !== undefined) all.push(sql`p.action_code = ${filter.action}`);
  if (filter.from !== undefined) all.push(sql`a.raised_at >= ${`${filter.from}T00:00:00+08:00`}::timestamptz`);
  if (filter.to !== undefined) all.push(sql`a.raised_at < ${`${filter.to}T00:00:00+08:00`}::timestamptz + interval '1 day'`);
  if (words.text !== '') all.push(matching(filter.q ?? ''));
  return sql.all(all);
}

const HOUR_MS = 3_600_000;

/** Problems whose title, initials or number hold the text; by index, then compared where pairs of letters alone are too common. */
export function matching(text: string): Sql {
  const asked = askedOf(text);
  // A number is typed from its beginning: its digits alone are too common to look for.
  if (/^\d{4}-?\d*$/.test(asked.text)) return sql`p.number like ${`${asked.text.replace(/^(\d{4})-?/, '$1-')}%`}`;
  if (asked.grams.length === 0) return sql`p.title = ${text.trim()}`;
  const holds = sql`p.grams @> ${[...asked.grams]}::bigint[]`;
  return asked.compare ? sql`(${holds} and (strpos(p.pinyin, ${asked.text}) > 0 or strpos(replace(lower(normalize(p.title, nfkc)), ' ', ''), ${asked.text}) > 0))` : holds;
}

/**
 * The keys under which a list is read. Whoever sees the whole zone reads one town's or one owner's problems under that key instead of his own: the
 * range is then as long as they are many. Undefined: the program itself.
 */
export function keysFor(actor: Actor, filter: Pick<Filter, 'town' | 'owner'>): readonly string[] | undefined {
  const all = actor.isSystem || actor.scope.all;
  if (all && filter.owner !== undefined) return [filter.owner];
  if (all && filter.town !== undefined) return [filter.town];
  return actor.isSystem ? undefined : actor.scope.keys;
}

export async function readList(db: Db, actor: Actor, input: InputOf<typeof listProblems>, now: Now): Promise<OutputOf<typeof listProblems>> {
  const at = moment(now);
  const limit = input.limit ?? PAGE;
  const order = input.sort === 'number' ? BY_NUMBER : BY_DUE;
  const figure = await figureCondition(db, input, now);
  const where = sql.all([conditions(actor, input, at), ...(figure === undefined ? [] : [figure]), ...(input.after === undefined ? [] : [order.after(input.after)])]);
  const keys = keysFor(actor, input);
  const page = keys === undefined || keys.length !== 1 ? manyKeys(keys, where, order, limit + 1) : oneKey(keys[0] ?? '', where, order, limit + 1);
  const [calendar, rows] = await settled([workdays.of(db), db.rows<Omit<ProblemRow, 'left'> & { cursor: string }>(sql`
    select ${rowColumns(at)}, page.cursor from (${page}) as page join ${FROM} on p.id = page.problem_id order by ${order.out}`)]);
  const items = rows.slice(0, limit).map(({ cursor: _cursor, ...row }): ProblemRow => ({ ...row, left: leftOf(row, at, calendar) }));
  return { items, next: rows.length > limit ? (rows[limit - 1]?.cursor ?? null) : null, at: at.toISOString() };
}

const PAGE = 60;

/** Time left of the clock that runs out first. What waits for its confirmation has only that clock. */
function leftOf(row: Pick<ProblemRow, 'step' | 'state' | 'dueAt' | 'solveDueAt'>, at: Date, calendar: WorkCalendar): Left | null {
  if (row.step === null) return null;
  const due = row.state === 'submitted' ? firstDue(row.dueAt) : firstDue(row.dueAt, row.solveDueAt);
  return due === null ? null : leftUntil(due, at.getTime(), calendar.numbers);
}

interface Order { readonly by: Sql; readonly out: Sql; readonly cursor: Sql; after(cursor: string): Sql }

const BY_DUE: Order = {
  by: sql`a.due_at, a.problem_id`, out: sql`page.due_at, page.problem_id`, cursor: sql`a.due_at::text || '~' || a.problem_id::text`,
  after: (cursor) => sql`(a.due_at, a.problem_id) > (split_part(${cursor}, '~', 1)::timestamptz, split_part(${cursor}, '~', 2)::uuid)`,
};
const BY_NUMBER: Order = { by: sql`a.seq desc`, out: sql`page.seq desc`, cursor: sql`a.seq::text`, after: (cursor) => sql`a.seq < ${cursor}::bigint` };

function oneKey(key: string, where: Sql, order: Order, count: number): Sql {
  return sql`select a.problem_id, a.due_at, a.seq, ${order.cursor} as cursor from problems_access a join problems_problems p on p.id = a.problem_id where a.key = ${key}::uuid and ${where} order by ${order.by} limit ${count}`;
}

/** Of each key the first rows, once each; the program itself reads under the root's key. */
function manyKeys(keys: readonly string[] | undefined, where: Sql, order: Order, count: number): Sql {
  const from = keys === undefined ? sql`(select id as key from people_organisations where parent_id is null)` : sql`unnest(${[...keys]}::uuid[])`;
  return sql`
    select a.problem_id, a.due_at, a.seq, a.cursor from (
      select distinct each.problem_id, each.due_at, each.seq, each.cursor from ${from} as k (key) cross join lateral (
        select a.problem_id, a.due_at, a.seq, ${order.cursor} as cursor from problems_access a join problems_problems p on p.id = a.problem_id where a.key = k.key and ${where} order by ${order.by} limit ${count}) as each
    ) as a order by ${order.by} limit ${count}`;
}

type Record_ = OutputOf<typeof getProblem>;

type Added = 'may' | 'usedMinutes' | 'limitMinutes' | 'limitUnit' | 'policyName' | 'left' | 'solveLeft' | 'own' | 'at';

export async function readProblem(db: Db, actor: Actor, id: string, now: Now): Promise<Record_ | undefined> {
  const at = moment(now);
  const row = await db.row<Omit<Record_, Added> & { raisedBy: string | null; raisedOrgId: string | null }>(sql`
    select ${rowColumns(at)}, p.ask, p.channel, p.origin_type as "originType", p.origin_id as "originId", p.raised_name as "raisedName", p.raised_by as "raisedBy", p.raised_org_id as "raisedOrgId", r.name as "raisedOrgName",
      p.contact_name as "contactName", p.contact_phone as "contactPhone", p.measure, p.criterion, p.agreed_day as "agreedDay", p.policy, p.policy_version as "policyVersion", p.action_code as "actionCode", ${iso(sql`p.signed_at`)} as "signedAt",
      ${iso(sql`p.forwarded_at`)} as "forwardedAt", ${iso(sql`p.replied_at`)} as "repliedAt", ${iso(sql`p.submitted_at`)} as "submittedAt", ${iso(sql`p.solved_at`)} as "solvedAt", p.late, p.confirmed_by as "confirmedBy",
      p.settled_tier as "settledTier", p.paused_minutes as "pausedMinutes", p.pause_kind as "pauseKind", ${iso(sql`p.pause_until`)} as "pauseUntil",
      (select jsonb_build_object('id', m.id, 'number', m.number) from problems_problems m where m.id = p.merged_into) as "mergedInto",
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'title', m.title) order by m.seq) from problems_problems m where m.merged_into = p.id), '[]') as absorbed,
      coalesce((select jsonb_agg(jsonb_build_object('orgId', w.org_id, 'name', coalesce(x.short_name, x.name), 'task', w.task) order by x.sort, x.name) from problems_owners w join people_organisations x on x.id = w.org_id where w.problem_id = p.id), '[]') as "coOwners",
      coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name) order by x.seq) from problems_projects s join projects_projects x on x.id = s.project_id where s.problem_id = p.id), '[]') as projects,
      coalesce((select jsonb_agg(jsonb_build_object('kind', x.kind, 'reason', x.reason, 'fromAt', ${iso(sql`x.from_at`)}, 'toAt', ${iso(sql`x.to_at`)}, 'untilAt', ${iso(sql`x.until_at`)}) order by x.seq) from problems_pauses x where x.problem_id = p.id), '[]') as pauses,
      coalesce((select jsonb_agg(jsonb_build_object('sha256', f.sha256, 'name', f.name, 'mediaType', x.media_type, 'bytes', x.bytes, 'purpose', f.purpose, 'byName', f.by_name, 'at', ${iso(sql`f.at`)}, 'round', f.round) order by f.at, f.name) from problems_files f join platform_files x on x.sha256 = f.sha256
        where f.problem_id = p.id or f.problem_id in (select m.id from problems_problems m where m.merged_into = p.id)), '[]') as files,
      coalesce((select jsonb_agg(jsonb_build_object('seq', s.seq, 'kind', s.kind, 'at', ${iso(sql`s.at`)}, 'state', s.state, 'ownerName', coalesce(x.short_name, x.name), 'tier', s.tier, 'round', s.round, 'byName', s.by_name, 'bySystem', s.by_id is not distinct from ${systemActor.userId}::uuid,
        'byOrgName', coalesce(y.short_name, y.name), 'text', s.text, 'details', s.details) order by s.seq) from problems_steps s join people_organisations x on x.id = s.owner_org_id left join people_organisations y on y.id = s.by_org_id where s.problem_id = p.id), '[]') as steps
    from ${FROM} left join people_organisations r on r.id = p.raised_org_id where p.id = ${id} and ${reachable(actor, sql`p.id`)}`);
  if (row === undefined) return undefined;
  const { raisedBy, raisedOrgId, ...shown } = row;
  const life = lifeOf(shown);
  const problem: Pick<Locked, 'id' | 'life' | 'raisedBy' | 'raisedOrgId' | 'enterpriseId' | 'anonymous'> = { id, life, raisedBy, raisedOrgId, enterpriseId: shown.enterpriseId, anonymous: shown.anonymous };
  const [standing, ground] = await settled([standingOf(db, actor, problem), readGround(db)]);
  const used = ground.counter(shown.policy, shown.policyVersion).used(life, shown, at.getTime());
  const policy = ground.policy(shown.policy, shown.policyVersion);
  // Who asked is known to those who work on it and to himself, not to every reader of the project.
  const known = standing.desk || standing.owner || standing.office || standing.asker || standing.commissioner;
  const days = ground.calendar.numbers;
  const due = shown.step === null ? null : firstDue(shown.dueAt);
  const solveDue = shown.step === null || shown.state === 'submitted' ? null : firstDue(shown.solveDueAt);
  return {
    ...shown, at: at.toISOString(), own: standing.owner, left: due === null ? null : leftUntil(due, at.getTime(), days), solveLeft: solveDue === null ? null : leftUntil(solveDue, at.getTime(), days), ...(known ? {} : { contactName: null, contactPhone: null }), usedMinutes: Math.round(used.used), limitMinutes: used.limit, limitUnit: used.unit, policyName: actor.locale === 'en' ? policy.en : policy.zh,
    may: [...possible(life, standing)],
  };
}
