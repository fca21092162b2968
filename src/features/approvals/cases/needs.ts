// What of the cases needs whom on the first page: the body that handles them what runs out and whose opinion is owed, the applicant and his agent
// what they must put right or bring, the commissioner what stands still, who leads which projects slip. Each line leads to where it is done.
import { addDays } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { needs, type Need } from '../../projects/portfolio/needs.ts';
import { beside } from '../../projects/register/beside.ts';
import { namers } from '../../projects/register/names.ts';
import { reachable } from '../../projects/scope.ts';
import { LEVELS } from '../clocks/refresh.ts';
import { readNames } from './catalogue.ts';
import { deskOf, mine, type Desk } from './scope.ts';
import { owedReviews } from './reads.ts';

/** Called when the program is put together. */
export function bindNeeds(): void {
  needs.set('cases', { list: listNeeds, count: countNeeds });
  namers.set('approvals', nameItems);
  beside.set('cases', countOf);
}

async function listNeeds(db: Db, actor: Actor, now: Now, limit: number): Promise<readonly Need[]> {
  if (!may(actor, 'approvals.read')) return [];
  if (may(actor, 'approvals.handle')) return atDesk(db, actor);
  if (!may(actor, 'approvals.apply')) return slipping(db, actor, limit);
  const own = [await owed(db, actor, now, limit), await materials(db, actor, now, limit), await standing(db, actor, limit)].flat();
  const names = await readNames(db, now.day);
  return own.map((one) => ({ ...one, values: { ...one.values, item: nameOf(names.item(String(one.values['item']))?.name, actor) ?? one.values['item'] } }));
}

function nameOf(words: { readonly zh: string; readonly en: string } | undefined, actor: Actor): string | undefined {
  return actor.locale === 'en' ? words?.en : words?.zh;
}

/** For the record of a project: what is not decided yet, what of it is over a limit, what stands still. */
async function countOf(db: Db, actor: Actor, projectId: string): Promise<{ open: number; over: number; stopped: number }> {
  if (!may(actor, 'approvals.read')) return { open: 0, over: 0, stopped: 0 };
  const row = await db.row<{ open: number; over: number; stopped: number }>(sql`
    select count(*)::int as open, (count(*) filter (where c.level in ('over', 'promise_over')))::int as over, (count(*) filter (where c.side in ('special', 'suspension')))::int as stopped
    from approvals_cases c where c.project_id = ${projectId} and c.closed_day is null and c.decided_day is null`);
  return row ?? { open: 0, over: 0, stopped: 0 };
}

/** What the history of a project calls the items. */
async function nameItems(db: Db, codes: readonly string[], locale: Actor['locale'], day: string): Promise<Record<string, string>> {
  const names = await readNames(db, day);
  return Object.fromEntries(codes.flatMap((code) => {
    const name = names.item(code)?.name;
    return name === undefined ? [] : [[code, locale === 'en' ? name.en : name.zh] as const];
  }));
}

async function countNeeds(db: Db, actor: Actor, most: number): Promise<number> {
  if (!may(actor, 'approvals.read') || seesAll(actor)) return 0;
  if (may(actor, 'approvals.handle')) {
    const desk = await deskOf(db, actor);
    const [due, reviews] = await Promise.all([counted(db, sql`select 1 from approvals_cases c where ${mine(actor, desk)} and ${SOON} limit ${most}`), owedReviews(db, actor, desk)]);
    return Math.min(most, due + reviews);
  }
  return may(actor, 'approvals.apply') ? counted(db, sql`select distinct c.id from approvals_cases c where ${OWED} and ${within(actor)} limit ${most}`) : 0;
}

/** Who sees the whole zone has no desk of his own: he is told what is over, and counts nothing as his. */
function seesAll(actor: Actor): boolean {
  return actor.isSystem || actor.scope.all;
}

// By the level, which the index of what lies on the desks knows; the days left change daily and are in no index.
const SOON = sql`c.closed_day is null and c.level in ('urgent', 'promise_over', 'over') and c.days_left <= ${LEVELS.urgent}`;
const OWED = sql`c.closed_day is null and c.side = 'applicant' and c.source = 'own'`;

/** Read from the reader's few projects to their cases, not the other way round. */
function within(actor: Actor): Sql {
  return sql`c.project_id in (select a.project_id from projects_access a where a.key = any(${[...actor.scope.keys]}::uuid[]))`;
}

async function counted(db: Db, found: Sql): Promise<number> {
  return (await db.row<{ count: number }>(sql`select count(*)::int as count from (${found}) as found`))?.count ?? 0;
}

async function atDesk(db: Db, actor: Actor): Promise<Need[]> {
  const desk = await deskOf(db, actor);
  const [rows, reviews] = await Promise.all([dueAt(db, actor, desk), owedReviews(db, actor, desk)]);
  const told = rows.filter((row) => row.level === 'over' || !seesAll(actor)).map((row): Need => ({
    ...NOWHERE, id: row.level, kind: 'case', level: row.level === 'over' && !seesAll(actor) ? 3 : 2, due_day: row.level === 'over' ? null : row.day, values: { line: seesAll(actor) ? 'over_all' : row.level, count: row.count },
    href: `/approvals/cases?level=${row.level}`,
  }));
  return reviews === 0 ? told : [...told, { ...NOWHERE, id: 'reviews', kind: 'case', level: 2, due_day: null, values: { line: 'reviews', count: reviews }, href: '/approvals/cases?reviews=true' }];
}

const NOWHERE = { project_id: null, project_name: null, town_name: null, commissioner_name: null } as const;

function dueAt(db: Db, actor: Actor, desk: Desk): Promise<{ level: 'over' | 'promise_over' | 'urgent'; count: number; day: string | null }[]> {
  return db.rows(sql`
    select c.level, count(*)::int as count, min(c.owed_day) as day from approvals_cases c where ${mine(actor, desk)} and ${SOON}
    group by c.level order by array_position(array['over', 'promise_over', 'urgent'], c.level)`);
}

const PROJECT = sql`p.id as project_id, p.name as project_name, t.name as town_name, u.name as commissioner_name`;
const JOINS = sql`join projects_projects p on p.id = c.project_id left join people_organisations t on t.id = p.town_id left join people_users u on u.id = p.commissioner_id`;

/** Corrections and windows for rectification: a window has a last day, which is when the case turns by itself. */
async function owed(db: Db, actor: Actor, now: Now, limit: number): Promise<Need[]> {
  const rows = await db.rows<Omit<Need, 'href' | 'kind'>>(sql`
    select c.id, case when c.status = 'rectifying' and c.turns_day <= ${addDays(now.day, 2)} then 3 else 2 end as level, ${PROJECT}, case when c.status = 'rectifying' then c.turns_day - 1 end as due_day,
      jsonb_build_object('line', case c.status when 'rectifying' then 'rectify' else 'correct' end, 'item', c.item, 'since', c.side_day) as values
    from approvals_cases c ${JOINS} where ${OWED} and c.part_of is null and ${within(actor)} order by c.side_day, c.id limit ${limit}`);
  return rows.map((row) => ({ ...row, kind: 'case', href: `/approvals/cases/${row.id}` }));
}

/** Secondary materials of an acceptance with debts. */
async function materials(db: Db, actor: Actor, now: Now, limit: number): Promise<Need[]> {
  const rows = await db.rows<Omit<Need, 'href' | 'kind'>>(sql`
    select c.id, case when m.due <= ${addDays(now.day, 2)} then 3 else 2 end as level, ${PROJECT}, m.due as due_day, jsonb_build_object('line', 'material', 'item', c.item, 'material', m.material) as values
    from approvals_tolerances c join approvals_tolerance_materials m on m.tolerance_id = c.id ${JOINS}
    where m.supplied_day is null and c.returned_day is null and ${within(actor)} order by m.due, c.id, m.material limit ${limit}`);
  return rows.map((row) => ({ ...row, id: `${row.id}:${String(row.values['material'])}`, kind: 'case', href: `/projects/${row.project_id ?? ''}/approvals/faster` }));
}

/** What stands still in the projects that the reader looks after himself. */
async function standing(db: Db, actor: Actor, limit: number): Promise<Need[]> {
  const rows = await db.rows<Omit<Need, 'href' | 'kind'>>(sql`
    select c.id, 1 as level, ${PROJECT}, c.owed_day as due_day, jsonb_build_object('line', 'stopped_' || c.side, 'item', c.item, 'since', c.side_day) as values
    from approvals_cases c ${JOINS} where c.closed_day is null and c.side in ('special', 'suspension') and p.commissioner_id = ${actor.userId} and ${within(actor)} order by c.side_day, c.id limit ${limit}`);
  return rows.map((row) => ({ ...row, kind: 'case', href: `/approvals/cases/${row.id}` }));
}

/** Projects whose start is expected later than agreed, the worst first. */
async function slipping(db: Db, actor: Actor, limit: number): Promise<Need[]> {
  const rows = await db.rows<Omit<Need, 'href' | 'kind'>>(sql`
    select c.project_id as id, case when c.slip_days > 20 then 2 else 1 end as level, ${PROJECT}, null as due_day, jsonb_build_object('line', 'slips', 'count', c.slip_days, 'expected', c.begin_day) as values
    from approvals_plans c ${JOINS} where -coalesce(c.slip_days, -100000) < 0 and c.begin_day is not null and p.side_state is null and p.stage in ('planned', 'reserved', 'signed', 'performed', 'preliminary') and ${reachable(actor, sql`p.id`)}
    order by -coalesce(c.slip_days, -100000), c.project_id limit ${Math.min(limit, 10)}`);
  return rows.map((row) => ({ ...row, kind: 'case', href: `/projects/${row.project_id ?? ''}/approvals` }));
}
