// What is read of the desk: one's own requests, who calls, rooms, roster, joint rooms, the day. Each list is one range of one index.
import { moment, type Now } from '../../../kernel/clock.ts';
import { addDays } from '../../../kernel/days.ts';
import { askedOf } from '../../../kernel/grams.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { settled, sql, type Db, type Sql } from '../../../platform/db.ts';
import { namedLike } from '../../people/organisations/named.ts';
import { iso } from '../../problems/instants.ts';
import { held, reachable } from '../../problems/pool/access.ts';
import type * as contract from './contract.ts';
import type { Duty, RequestRow, Resident } from './contract.ts';
import { minuteOf, shiftAt } from './duty.ts';
import { linesOf, satisfactionOf, shareOf } from './figures.ts';
import { digitsOf } from './filing.ts';

const PAGE = 30;
/** Figures of one enterprise are counted over its latest so many. */
const LOOKED_AT = 1000;

/** On `p problems_problems`: an enterprise's own, or what this officer has filed. */
function own(actor: Actor): Sql {
  if (actor.roles.includes('enterprise')) return sql`p.enterprise_id = ${actor.orgId}`;
  return sql`p.id in (select f.problem_id from service_filings s join service_filed f on f.filing_id = s.id where s.by_id = ${actor.userId})`;
}

const TO_CONFIRM = sql`(p.state = 'submitted' and exists (select 1 from problems_answers w where w.problem_id = p.id and w.round = p.round and w.side = 'enterprise' and w.verdict is null))`;

export async function readRequests(db: Db, actor: Actor, { after, limit = PAGE }: InputOf<typeof contract.myRequests>): Promise<OutputOf<typeof contract.myRequests>> {
  const rows = await db.rows<RequestRow & { seq: string }>(sql`
    select p.seq::text as seq, p.id, p.number, s.number as filing, p.title, p.kind, p.state, p.step, coalesce(o.short_name, o.name) as "ownerName", e.name as "enterpriseName", ${iso(sql`p.raised_at`)} as "raisedAt", ${iso(sql`p.due_at`)} as "dueAt", ${iso(sql`p.solve_due_at`)} as "solveDueAt",
      ${iso(sql`p.ended_at`)} as "endedAt", p.satisfaction, a.text as answer, ${iso(sql`a.at`)} as "answeredAt", ${TO_CONFIRM} as "toConfirm"
    from problems_problems p join people_organisations o on o.id = p.owner_org_id left join people_organisations e on e.id = p.enterprise_id left join service_filed f on f.problem_id = p.id left join service_filings s on s.id = f.filing_id
      left join lateral (select x.text, x.at from problems_steps x where x.problem_id = p.id and x.kind in ('replied', 'submitted') and x.text is not null order by x.seq desc limit 1) as a on true
    where ${own(actor)} ${after === undefined ? sql.empty : sql`and p.seq < ${after}::bigint`} order by p.seq desc limit ${limit + 1}`);
  const items = rows.slice(0, limit).map(({ seq: _seq, ...row }) => row);
  return { items, next: rows.length > limit ? (rows[limit - 1]?.seq ?? null) : null };
}

export async function readFigures(db: Db, actor: Actor, now: Now): Promise<OutputOf<typeof contract.myFigures>> {
  const latest = sql`(select p.id from problems_problems p where ${own(actor)} order by p.seq desc limit ${LOOKED_AT})`;
  const [{ total, open }, waiting] = await Promise.all([linesOf(db, sql`p.id in ${latest}`, now), db.row<{ count: number }>(sql`select count(*)::int as count from problems_problems p where p.id in ${latest} and ${TO_CONFIRM}`)]);
  return { all: total.all, open, toConfirm: waiting?.count ?? 0, resolution: shareOf(total, 'resolution'), satisfaction: satisfactionOf(total) };
}

const FOUND = 8;
/** Of names that hold what is typed so many are ranked: a text that more of them hold needs another character anyway. */
const CANDIDATES = 200;

export async function findCallers(db: Db, q: string): Promise<OutputOf<typeof contract.findCallers>> {
  const digits = digitsOf(q);
  const byPhone = digits === null || digits.length < 4 ? [] : await db.rows<{ enterpriseId: string; name: string; contactName: string | null; contactPhone: string | null }>(sql`
    select distinct on (o.id) o.id as "enterpriseId", o.name, s.contact_name as "contactName", s.contact_phone as "contactPhone" from (
      select enterprise_id, contact_name, contact_phone, seq from service_filings where phone_digits like ${`${digits}%`} and enterprise_id is not null order by phone_digits, seq limit 200) as s
    join people_organisations o on o.id = s.enterprise_id order by o.id, s.seq desc limit ${FOUND}`);
  if (byPhone.length > 0) return { items: byPhone };
  // A text without a pair stands in no name that could be told from others.
  if (askedOf(q).start === undefined) return { items: [] };
  const candidates = (where: Sql, rank: number): Sql => sql`(select o.id, o.name, ${rank}::int as rank from people_organisations o where o.kind = 'enterprise' and o.active and ${where} limit ${CANDIDATES})`;
  const found = [candidates(namedLike(q, true), 1), candidates(namedLike(q), 2)];
  const byName = await db.rows<{ enterpriseId: string; name: string; contactName: string | null; contactPhone: string | null }>(sql.fresh(sql`
    select b.id as "enterpriseId", b.name, s.contact_name as "contactName", s.contact_phone as "contactPhone"
    from (select id, name, min(rank) as rank from (${sql.join(found, ' union all ')}) as each group by id, name order by rank, name limit ${FOUND}) as b
      left join lateral (select contact_name, contact_phone from service_filings s where s.enterprise_id = b.id and s.contact_name is not null order by s.seq desc limit 1) as s on true
    order by b.rank, b.name`));
  return { items: byName };
}

const CALLERS_PROJECTS = 50;

/** The projects that an enterprise builds, by the reader key that its builder gives a project: whoever has it on the line may name them (problems/handling/raising.ts). */
export async function readCallerProjects(db: Db, { enterpriseId, q = '' }: InputOf<typeof contract.callerProjects>): Promise<OutputOf<typeof contract.callerProjects>> {
  const asked = askedOf(q);
  return { items: await db.rows(sql`
    select p.id, p.name, coalesce(o.short_name, o.name) as "ownerName" from projects_access a join projects_projects p on p.id = a.project_id left join people_organisations o on o.id = p.responsible_org_id
    where a.key = ${enterpriseId} and exists (select 1 from people_organisations e where e.id = ${enterpriseId} and e.kind = 'enterprise') ${q.trim() === '' ? sql.empty : sql`and p.grams @> ${[...asked.grams]}::bigint[]`} order by a.seq limit ${CALLERS_PROJECTS}`) };
}

export async function readCaller(db: Db, actor: Actor, enterpriseId: string, now: Now): Promise<OutputOf<typeof contract.callerHistory>> {
  const at = moment(now);
  const mine = sql`(select p.* from problems_problems p where p.enterprise_id = ${enterpriseId} and ${reachable(actor, sql`p.id`)} order by p.seq desc limit ${LOOKED_AT}) as p`;
  const [org, figures, problems, visits, policies, last] = await settled([
    db.row<{ name: string }>(sql`select name from people_organisations where id = ${enterpriseId} and kind = 'enterprise'`),
    linesOf(db, sql`p.id in (select p.id from ${mine})`, now),
    db.rows<OutputOf<typeof contract.callerHistory>['problems'][number]>(sql`
      select p.id, p.number, p.title, p.state, ${iso(sql`p.raised_at`)} as "raisedAt", coalesce(o.short_name, o.name) as "ownerName", p.satisfaction, coalesce(p.step is not null and p.state <> 'submitted' and least(p.due_at, p.solve_due_at) < ${at}, false) as over
      from (select p.* from ${mine} order by p.step is not null desc, p.seq desc limit 12) as p join people_organisations o on o.id = p.owner_org_id order by p.step is not null desc, p.seq desc`),
    may(actor, 'dispatch.read') ? db.rows<OutputOf<typeof contract.callerHistory>['visits'][number]>(sql`
      select v.id, v.day, u.name as who, left(v.said, 120) as said from dispatch_visits v join people_users u on u.id = v.user_id where v.org_id = ${enterpriseId} and v.state = 'done' order by v.day desc, v.id desc limit 4`) : [],
    db.rows<OutputOf<typeof contract.callerHistory>['policies'][number]>(sql`
      select p.id, p.name, case when d.received_day is not null then 'received' when d.declined_day is not null then 'declined' when d.applied_day is not null then 'applied' else 'told' end as state
      from service_deliveries d join service_policies p on p.id = d.policy_id where d.org_id = ${enterpriseId} order by d.told_day desc, d.id desc limit 5`),
    db.row<{ name: string | null; phone: string | null }>(sql`select contact_name as name, contact_phone as phone from service_filings where enterprise_id = ${enterpriseId} and (contact_name is not null or contact_phone is not null) order by seq desc limit 1`),
  ]);
  if (org === undefined) refuse('platform.not_found', {});
  return { name: org.name, open: figures.open, all: figures.total.all, satisfaction: satisfactionOf(figures.total), last: last ?? null, problems, visits, policies };
}

/** Two weeks before somebody leaves, his successor is to be named. */
const SOON_DAYS = 14;
const ROOMS = 60;

export async function readRooms(db: Db, day: string): Promise<OutputOf<typeof contract.listRooms>> {
  const rooms = await db.rows<{ id: string; version: number; name: string; place: string | null }>(sql`select id, version, name, place from service_rooms where ended_day is null order by name limit ${ROOMS}`);
  const residents = await db.rows<Resident>(sql`
    select r.id, r.version, r.room_id as "roomId", r.org_id as "orgId", coalesce(o.short_name, o.name) as "orgName", r.user_id as "userId", u.name as "userName", r.from_day as "fromDay", r.until_day as "untilDay", r.from_day <= ${day} as here,
      r.until_day <= ${addDays(day, SOON_DAYS)} as "leavesSoon", (select count(*)::int from (select 1 from problems_problems p where p.step is not null and p.owner_org_id = r.org_id and p.owner_user_id = r.user_id limit 99) as x) as open
    from service_residents r join people_organisations o on o.id = r.org_id join people_users u on u.id = r.user_id where r.room_id = any(${rooms.map((one) => one.id)}::uuid[]) and r.until_day >= ${day} order by r.from_day, o.sort, o.name, r.id limit 500`);
  return { items: rooms.map((room) => ({ ...room, residents: residents.filter((one) => one.roomId === room.id) })) };
}

const DUTY = (actor: Actor): Sql => sql`d.id, d.version, d.day, d.shift, d.function, d.user_id as "userId", u.name as "userName", coalesce(o.short_name, o.name) as "orgName", f.name as "forName", d.user_id = ${actor.userId} as mine,
    w.name as "offeredName", d.offered_reason as "offeredReason", coalesce(d.offered_to = ${actor.userId}, false) as "toMe"
  from service_duties d join people_users u on u.id = d.user_id join people_organisations o on o.id = u.org_id left join people_users f on f.id = d.for_id left join people_users w on w.id = d.offered_to`;
const ORDER = sql`order by d.day, array_position(array['commander', 'analyst', 'supervisor', 'operator'], d.function), array_position(array['office', 'whole', 'night'], d.shift), u.name, d.id`;
const MOST_DAYS = 62;

export async function readRoster(db: Db, actor: Actor, { from, to }: InputOf<typeof contract.roster>): Promise<OutputOf<typeof contract.roster>> {
  const last = addDays(from, MOST_DAYS);
  return { items: await db.rows<Duty>(sql`select ${DUTY(actor)} where d.day between ${from} and ${to < last ? to : last} ${ORDER} limit 2000`) };
}

const MY_DUTIES = 100;

/** A night lasts into the morning: yesterday's is still one's own. */
export async function readMyDuties(db: Db, actor: Actor, day: string): Promise<OutputOf<typeof contract.myDuties>> {
  const [own, offered, seat] = await settled([
    db.rows<Duty>(sql`select ${DUTY(actor)} where d.user_id = ${actor.userId} and d.day >= ${addDays(day, -1)} and (d.day >= ${day} or d.shift = 'night') order by d.day, d.id limit ${MY_DUTIES}`),
    db.rows<Duty>(sql`select ${DUTY(actor)} where d.offered_to = ${actor.userId} and d.day >= ${day} order by d.day, d.id limit ${MY_DUTIES}`),
    db.row<{ room: string; place: string | null; fromDay: string; untilDay: string }>(sql`
      select m.name as room, m.place, r.from_day as "fromDay", r.until_day as "untilDay" from service_residents r join service_rooms m on m.id = r.room_id where r.user_id = ${actor.userId} and r.until_day >= ${day} order by r.from_day limit 1`),
  ]);
  return { items: [...offered, ...own], seat: seat ?? null };
}

export async function readDay(db: Db, actor: Actor, now: Now): Promise<OutputOf<typeof contract.deskDay>> {
  const { day, shifts } = shiftAt(now.day, minuteOf(now));
  const at = moment(now);
  const few = (where: Sql): Sql => sql`(select count(*)::int from (select 1 from problems_access a where ${held(actor, sql`a.key`)} and a.open and ${where} limit 999) as x)`;
  const [duty, counts] = await settled([
    db.rows<Duty>(sql`select ${DUTY(actor)} where d.day = ${day} and d.shift = any(${[...shifts]}::text[]) ${ORDER}`),
    db.row<{ unsigned: number; toHandOut: number; late: number; callbacks: number; joints: number }>(sql`
      select ${few(sql`a.state = 'received'`)} as unsigned, ${few(sql`a.state = 'accepted'`)} as "toHandOut", ${few(sql`a.state in ('received', 'accepted', 'ruling') and a.due_at < ${at}`)} as late,
        (select count(*)::int from (${callbacksDue(actor, now.day)} limit 999) as x) as callbacks, (select count(*)::int from service_joints where closed_at is null) as joints`),
  ]);
  return { duty, ...(counts ?? { unsigned: 0, toHandOut: 0, late: 0, callbacks: 0, joints: 0 }) };
}

/** Drawn for this person and not called yet; where nobody was reached, to be tried again while there is time. */
export function callbacksDue(actor: Actor, day: string): Sql {
  return sql`select c.problem_id, c.due_day from problems_callbacks c where c.assigned_to = ${actor.userId}
    and not exists (select 1 from problems_answers w where w.problem_id = c.problem_id and w.round = c.round and w.side = 'callback' and w.verdict is not null and (w.verdict <> 'no_answer' or c.due_day < ${day}))`;
}

export async function readJoints(db: Db, actor: Actor, { open, after, limit = PAGE }: InputOf<typeof contract.listJoints>): Promise<OutputOf<typeof contract.listJoints>> {
  const [at, id] = after?.split('~') ?? [];
  const rows = await db.rows<OutputOf<typeof contract.listJoints>['items'][number]>(sql`
    select j.id, j.version, j.problem_id as "problemId", p.number as "problemNumber", p.title as "problemTitle", p.state as "problemState", coalesce(o.short_name, o.name) as "leadName", ${iso(sql`j.meets_at`)} as "meetsAt", j.place, j.agenda, j.result, ${iso(sql`j.closed_at`)} as "closedAt",
      coalesce((select jsonb_agg(coalesce(x.short_name, x.name) order by x.sort, x.name) from problems_owners w join people_organisations x on x.id = w.org_id where w.problem_id = p.id and w.org_id <> j.lead_org_id), '[]') as others
    from service_joints j join problems_problems p on p.id = j.problem_id join people_organisations o on o.id = j.lead_org_id
    where ${reachable(actor, sql`p.id`)} ${open === undefined ? sql.empty : open ? sql`and j.closed_at is null` : sql`and j.closed_at is not null`} ${at === undefined || id === undefined ? sql.empty : sql`and (j.meets_at, j.id) < (${at}::timestamptz, ${id}::uuid)`}
    order by j.meets_at desc, j.id desc limit ${limit + 1}`);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.meetsAt}~${last.id}` : null };
}

export async function readPhrases(db: Db): Promise<OutputOf<typeof contract.listPhrases>> {
  return { items: await db.rows(sql`select id, version, title, text, kind from service_phrases where not retired order by title, id limit 200`) };
}
