// Call-backs of a month: drawn so that nobody can choose (by the digest of month and problem), handed out to people who did not handle the problem. SQL alone.
import { addDays, lastDay } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { readSetting } from '../../../platform/settings.ts';
import { settled, sql, type Db, type Sql } from '../../../platform/db.ts';
import { checker } from '../../../platform/validate.ts';
import { iso } from '../instants.ts';
import { keepAccess, reachable } from '../pool/access.ts';
import { readGround } from '../store.ts';
import { DEFAULTS, Settings, SETTINGS, type CallbackRow, type callbackFigures, type drawCallbacks, type listCallbacks } from './contract.ts';
import { handled } from './store.ts';

const checkSettings = checker(Settings);

export async function readSettings(db: Db): Promise<Settings & { readonly version: number }> {
  const setting = await readSetting(db, SETTINGS);
  return { ...(setting?.value === undefined || setting.value === null ? DEFAULTS : checkSettings(setting.value)), version: setting?.version ?? 0 };
}

/** What ended in a month and is to be called back, with the reason; the digest decides the order of the sample. */
function picked(month: string, sampleBp: number): Sql {
  const from = sql`${`${month}-01T00:00:00+08:00`}::timestamptz`;
  return sql`
    (select e.id, e.round, e.ended_at, case when e.complaint then 'complaint' when e.satisfaction = 'no_answer' then 'no_answer' else 'sample' end as reason from (
      select p.id, p.round, p.ended_at, p.complaint, p.satisfaction, row_number() over (order by md5(${month} || ':' || p.id::text), p.id) as place, count(*) over () as ended
      from problems_problems p where p.state in ('solved', 'closed') and p.ended_at >= ${from} and p.ended_at < ${from} + interval '1 month'
    ) as e where e.complaint or e.satisfaction = 'no_answer' or e.place <= ceil(e.ended * ${sampleBp}::numeric / 10000))`;
}

export async function draw(tx: Db, actor: Actor, { month, userIds }: InputOf<typeof drawCallbacks>, now: Now): Promise<OutputOf<typeof drawCallbacks>> {
  const [ground, settings] = await settled([readGround(tx), readSettings(tx)]);
  const { sampleBp } = ground.policy(ground.current.code, ground.current.version);
  const last = lastDay(month);
  const due = ground.calendar.add(now.day > last ? now.day : last, settings.callbackDays).day;
  const callers = userIds === undefined
    ? sql`(select distinct u.id, u.org_id from people_users u join people_user_roles ur on ur.user_id = u.id join people_roles r on r.id = ur.role_id and r.active where u.active and r.code = 'desk')`
    : sql`(select u.id, u.org_id from people_users u where u.active and u.id = any(${[...userIds]}::uuid[]))`;
  const rows = await tx.rows<{ id: string; assigned: string | null }>(sql`
    insert into problems_callbacks (problem_id, round, month, reason, ended_at, due_day, assigned_to, drawn_by, drawn_at)
    select v.id, v.round, ${month}, v.reason, v.ended_at, ${due}, (
      select u.id from ${callers} as u join people_organisations uo on uo.id = u.org_id where not ${handled(sql`v.id`, sql`u`, sql`uo`)} order by md5(v.id::text || u.id::text) limit 1), ${actor.userId}, ${now.instant}
    from ${picked(month, sampleBp)} as v on conflict (problem_id, round) do nothing returning problem_id as id, assigned_to as assigned`);
  await keepAccess(tx, rows.map((row) => row.id));
  return { drawn: rows.length, unassigned: rows.filter((row) => row.assigned === null).length };
}

/** Nobody has called yet, or nobody was reached and there is time to try again. Whoever was tried until the day of the call-back stays one who was not reached. */
function waits({ day }: Now): Sql {
  return sql`c.round = p.round and (a.verdict is null or (a.verdict = 'no_answer' and c.due_day >= ${day}))`;
}

export async function readCallbacks(db: Db, actor: Actor, input: InputOf<typeof listCallbacks>, now: Now): Promise<OutputOf<typeof listCallbacks>> {
  const limit = input.limit ?? 60;
  const where = sql.all([
    sql`c.month = ${input.month}`, reachable(actor, sql`c.problem_id`),
    ...(input.mine === true ? [sql`c.assigned_to = ${actor.userId}`] : []),
    ...(input.open === undefined ? [] : [sql`(${waits(now)}) = ${input.open}`]),
    ...(input.after === undefined ? [] : [sql`(c.due_day, c.problem_id) > (split_part(${input.after}, '~', 1)::date, split_part(${input.after}, '~', 2)::uuid)`]),
  ]);
  const rows = await db.rows<CallbackRow & { cursor: string }>(sql`
    select c.problem_id as id, p.version, p.number, p.title, p.state, p.kind, coalesce(o.short_name, o.name) as "ownerName", e.name as "enterpriseName", j.name as "projectName", p.contact_name as "contactName", p.contact_phone as "contactPhone",
      c.reason, ${iso(sql`c.ended_at`)} as "endedAt", c.due_day as "dueDay", a.verdict is null and c.round = p.round and c.due_day < ${now.day} as late, c.assigned_to as "assignedId", u.name as "assignedName",
      a.verdict, a.called_day as "calledDay", a.by_name as "calledBy", a.remark,
      exists (select 1 from people_users me join people_organisations mo on mo.id = me.org_id where me.id = ${actor.userId} and ${handled(sql`c.problem_id`, sql`me`, sql`mo`)}) as own, c.due_day::text || '~' || c.problem_id::text as cursor
    from problems_callbacks c join problems_problems p on p.id = c.problem_id join people_organisations o on o.id = p.owner_org_id left join people_organisations e on e.id = p.enterprise_id left join projects_projects j on j.id = p.project_id
      left join people_users u on u.id = c.assigned_to left join problems_answers a on a.problem_id = c.problem_id and a.round = c.round and a.side = 'callback'
    where ${where} order by c.due_day, c.problem_id limit ${limit + 1}`);
  const items = rows.slice(0, limit).map(({ cursor: _cursor, ...row }) => row);
  return { items, next: rows.length > limit ? (rows[limit - 1]?.cursor ?? null) : null };
}

export async function readCallbackFigures(db: Db, month: string, now: Now): Promise<OutputOf<typeof callbackFigures>> {
  const ground = await readGround(db);
  const { sampleBp } = ground.policy(ground.current.code, ground.current.version);
  const from = sql`${`${month}-01T00:00:00+08:00`}::timestamptz`;
  const row = await db.row<Omit<OutputOf<typeof callbackFigures>, 'sampleBp' | 'wanted' | 'coverageBp'>>(sql`
    select (select count(*)::int from problems_problems p where p.state in ('solved', 'closed') and p.ended_at >= ${from} and p.ended_at < ${from} + interval '1 month') as ended,
      (select count(*)::int from ${picked(month, sampleBp)} as v where not exists (select 1 from problems_callbacks d where d.problem_id = v.id and d.round = v.round)) as undrawn,
      count(*) filter (where c.reason = 'complaint')::int as complaints, count(*) filter (where c.reason = 'no_answer')::int as "noAnswer", count(*)::int as drawn, count(a.verdict)::int as called,
      count(*) filter (where a.verdict in ('satisfied', 'basically', 'dissatisfied'))::int as reached,
      count(*) filter (where a.verdict is null and c.round = p.round and c.due_day < ${now.day})::int as late,
      count(*) filter (where a.verdict = 'satisfied')::int as satisfied, count(*) filter (where a.verdict = 'basically')::int as basically, count(*) filter (where a.verdict = 'dissatisfied')::int as dissatisfied
    from problems_callbacks c join problems_problems p on p.id = c.problem_id left join problems_answers a on a.problem_id = c.problem_id and a.round = c.round and a.side = 'callback' where c.month = ${month}`);
  if (row === undefined) throw new Error('an aggregate gives one row');
  // A problem that was called back and is done again has left the month's ended ones: it is still one of those that were called.
  const all = Math.max(row.ended, row.drawn);
  return { ...row, sampleBp, wanted: Math.ceil((row.ended * sampleBp) / 10_000), coverageBp: all === 0 ? null : Math.round((row.reached * 10_000) / all) };
}

/** The day after which a problem that ended is opened no more. */
export function reopenUntil(endedDay: string, reopenDays: number): string {
  return addDays(endedDay, reopenDays);
}
