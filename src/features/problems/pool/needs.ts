// What of the problems needs whom on the first page: the owner what runs out or is not answered, the desk what is to be signed and forwarded, the office
// what is to be ruled, leaders what climbed to them, commissioner and enterprise what they must confirm. What lies on one desk is one line with its number.
import { chinaDay, moment, type Now } from '../../../kernel/clock.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { needs, type Need } from '../../projects/portfolio/needs.ts';
import { beside } from '../../projects/register/beside.ts';
import { readKept } from '../clocks/settings.ts';
import { held, ownedBy, reachable } from './access.ts';

/** Called when the program is put together. */
export function bindNeeds(): void {
  needs.set('problems', { list: listNeeds, count: countNeeds });
  beside.set('problems', countOf);
}

// Of very many open ones those are looked at that run out first: what is urgent is among them, and every page pays the same for the number.
const LOOKED_AT = 2000;
const SOON_MS = 24 * 3_600_000;
const ANSWERED_MS = 3 * 24 * 3_600_000;
const SINGLE = 20;
const MANY_UPDATES = 200;

async function listNeeds(db: Db, actor: Actor, now: Now, limit: number): Promise<readonly Need[]> {
  if (!may(actor, 'problems.read') || actor.isSystem) return [];
  const at = moment(now);
  const [desk, updates, single] = await Promise.all([onDesk(db, actor, at), toApprove(db, actor), oneByOne(db, actor, at, Math.min(limit, SINGLE))]);
  return [...[...desk, ...updates].map(deskLine), ...single];
}

async function countNeeds(db: Db, actor: Actor, most: number, now: Now): Promise<number> {
  if (!may(actor, 'problems.read') || actor.isSystem) return 0;
  const at = moment(now);
  const [desk, single] = await Promise.all([onDesk(db, actor, at), oneByOne(db, actor, at, SINGLE)]);
  return Math.min(most, desk.reduce((sum, one) => sum + one.count, 0) + single.filter((one) => one.level >= 2).length);
}

type Line = 'overdue' | 'soon' | 'sign' | 'forward' | 'reply' | 'rule' | 'escalated' | 'top' | 'updates';
interface Desk { readonly line: Line; readonly count: number; readonly due: string | null }

const LEVEL: Readonly<Record<Line, number>> = { overdue: 3, top: 3, escalated: 2, rule: 2, soon: 2, sign: 2, forward: 2, reply: 2, updates: 1 };
const HREF: Readonly<Record<Line, string>> = {
  overdue: '/problems?mine=1&overdue=1', soon: '/problems?mine=1&within=24', sign: '/problems?mine=1&state=received', forward: '/problems?mine=1&state=accepted', reply: '/problems?mine=1&state=assigned', rule: '/problems?state=ruling',
  escalated: '/problems?tier=3&overdue=1', top: '/problems?tier=4&tier=5', updates: '/problems?toApprove=1',
};

function deskLine({ line, count, due }: Desk): Need {
  // The day is that of the one that runs out first, or did. What climbed to the leaders is for today, also while it is in time.
  const dueDay = due === null || line === 'top' ? null : chinaDay(new Date(due));
  return { id: line, kind: 'problem', level: LEVEL[line], project_id: null, project_name: null, town_name: null, commissioner_name: null, due_day: dueDay, values: { line, count }, href: HREF[line] };
}

/** Each problem in one line at most: what is over first. */
function onDesk(db: Db, actor: Actor, at: Date): Promise<Desk[]> {
  const lines: Sql[] = [];
  if (may(actor, 'problems.handle')) {
    lines.push(sql`when own and over and state <> 'submitted' then 'overdue'`);
    if (may(actor, 'problems.desk')) lines.push(sql`when own and state = 'received' then 'sign'`, sql`when own and state = 'accepted' then 'forward'`);
    lines.push(sql`when own and state = 'assigned' and not paused then 'reply'`, sql`when own and soon and state <> 'submitted' then 'soon'`);
  }
  if (may(actor, 'problems.rule') && actor.scope.all) lines.push(sql`when state = 'ruling' then 'rule'`, sql`when tier = 3 and over and state <> 'submitted' then 'escalated'`);
  if (isLeader(actor)) lines.push(sql`when tier >= 4 and state <> 'submitted' then 'top'`);
  if (lines.length === 0) return Promise.resolve([]);
  return db.rows<Desk>(sql`
    select line, count(*)::int as count, min(due)::text as due from (
      select case ${sql.join(lines, ' ')} end as line, due from (
        select a.state, a.tier, ${ownedBy(actor)} as own, p.paused_at is not null as paused, least(p.due_at, p.solve_due_at) as due, coalesce(least(p.due_at, p.solve_due_at) < ${at}, false) as over,
          coalesce(least(p.due_at, p.solve_due_at) between ${at} and ${new Date(at.getTime() + SOON_MS)}, false) as soon
        from (select a.* from problems_access a where ${held(actor, sql`a.key`)} and a.open order by a.due_at, a.problem_id limit ${LOOKED_AT}) as a join problems_problems p on p.id = a.problem_id
      ) as each
    ) as told where line is not null group by line order by array_position(array['overdue', 'top', 'rule', 'sign', 'forward', 'reply', 'soon', 'escalated'], line)`);
}

/** Where the zone has updates approved: open problems with one that nobody has judged. */
async function toApprove(db: Db, actor: Actor): Promise<readonly Desk[]> {
  if (!may(actor, 'problems.rule') || !actor.scope.all || !(await readKept(db)).approveUpdates) return [];
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from (select u.problem_id from problems_updates u join problems_problems p on p.id = u.problem_id and p.step is not null where u.verdict is null group by u.problem_id limit ${MANY_UPDATES}) as waiting`);
  return row === undefined || row.count === 0 ? [] : [{ line: 'updates', count: row.count, due: null }];
}

function isLeader(actor: Actor): boolean {
  return actor.roles.includes('leader');
}

const PROJECT = sql`p.project_id, j.name as project_name, t.name as town_name, u.name as commissioner_name`;
const JOINS = sql`left join projects_projects j on j.id = p.project_id left join people_organisations t on t.id = j.town_id left join people_users u on u.id = j.commissioner_id`;

/** What a person is asked about one problem: to confirm it; the enterprise also reads what was answered. */
async function oneByOne(db: Db, actor: Actor, at: Date, limit: number): Promise<Need[]> {
  const enterprise = actor.roles.includes('enterprise');
  if (!may(actor, 'problems.confirm') || (actor.scope.all && !actor.roles.includes('commissioner'))) return [];
  const side = enterprise ? 'enterprise' : 'commissioner';
  const asked = enterprise ? sql`(p.enterprise_id = ${actor.orgId} or p.raised_org_id = ${actor.orgId})` : sql`j.commissioner_id = ${actor.userId}`;
  const rows = await db.rows<{ id: string; line: string; due: string | null; number: string; title: string } & Pick<Need, 'project_id' | 'project_name' | 'town_name' | 'commissioner_name'>>(sql`
    select p.id, case p.state when 'submitted' then 'confirm' else 'answered' end as line, case p.state when 'submitted' then p.due_at::text end as due, p.number, p.title, ${PROJECT}
    from (select a.problem_id from problems_access a where ${held(actor, sql`a.key`)} and a.open order by a.due_at, a.problem_id limit ${LOOKED_AT}) as a join problems_problems p on p.id = a.problem_id ${JOINS}
    where ${asked} and (p.state = 'submitted' or (${enterprise} and p.state = 'handling' and p.replied_at > ${new Date(at.getTime() - ANSWERED_MS)}))
      and not exists (select 1 from problems_answers w where w.problem_id = p.id and w.round = p.round and w.side = ${side} and w.verdict is not null)
    order by p.state = 'submitted' desc, p.due_at, p.id limit ${limit}`);
  return rows.map(({ id, line, due, number, title, ...project }) => ({
    ...project, id, kind: 'problem', level: line === 'confirm' ? 2 : 1, due_day: due === null ? null : chinaDay(new Date(due)), values: { line, number, title }, href: `/problems/${id}`,
  }));
}

/** For the record of a project: open problems, those over a limit, those that wait for somebody outside. */
async function countOf(db: Db, actor: Actor, projectId: string, now: Now): Promise<{ open: number; over: number; stopped: number }> {
  const none = { open: 0, over: 0, stopped: 0 };
  if (!may(actor, 'problems.read')) return none;
  const row = await db.row<{ open: number; over: number; stopped: number }>(sql`
    select count(*)::int as open, (count(*) filter (where p.state <> 'submitted' and least(p.due_at, p.solve_due_at) < ${moment(now)}))::int as over, (count(*) filter (where p.paused_at is not null))::int as stopped
    from problems_projects s join problems_problems p on p.id = s.problem_id where s.project_id = ${projectId} and p.step is not null and ${reachable(actor, sql`p.id`)}`);
  return row ?? none;
}
