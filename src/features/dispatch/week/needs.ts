// What of the week needs whom on the first page: the commissioner his weekly lines, visits that are due and hand-overs to confirm; the office the key
// projects without a team and hand-overs that wait for it.
import { addDays } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { needs, type Need } from '../../projects/portfolio/needs.ts';
import { seesAll } from '../../projects/scope.ts';
import { isKey, readRules } from '../duty.ts';
import { countLacking } from '../taskforce/reads.ts';
import { groundOf } from '../taskforce/reading.ts';
import { lineDueOf, mondayOf } from './rules.ts';
import type { WeekRules } from './contract.ts';

/** Called when the program is put together. */
export function bindNeeds(): void {
  needs.set('week', { list, count });
}

const NOWHERE = { project_id: null, project_name: null, town_name: null, commissioner_name: null } as const;
const MANY = 999;

async function list(db: Db, actor: Actor, now: Now, limit: number): Promise<readonly Need[]> {
  if (!may(actor, 'dispatch.report_week')) return [];
  const [own, confirm, office] = await Promise.all([ofCommissioner(db, actor, now, limit), handovers(db, actor, now, limit), may(actor, 'dispatch.assign') && seesAll(actor) ? ofOffice(db, actor, now) : []]);
  return [...confirm, ...own, ...office];
}

/** How many lines of this week and hand-overs wait for this person. */
async function count(db: Db, actor: Actor, most: number, now: Now): Promise<number> {
  if (!may(actor, 'dispatch.report_week')) return 0;
  const { rules } = await readRules(db);
  const row = await db.row<{ lines: number; handovers: number }>(sql`
    select (select count(*)::int from (select 1 from projects_projects p where ${owing(actor, rules, mondayOf(now.day))} limit ${most}) x) as lines,
      (select count(*)::int from dispatch_handovers h where h.state = 'proposed' and ((h.to_id = ${actor.userId} and h.accepted_at is null) or (h.from_id = ${actor.userId} and h.handed_at is null))) as handovers`);
  return Math.min(most, (row?.lines ?? 0) + (row?.handovers ?? 0));
}

function owing(actor: Actor, rules: WeekRules, week: string) {
  return sql`p.commissioner_id = ${actor.userId} and ${isKey(rules)} and not exists (select 1 from dispatch_lines l where l.project_id = p.id and l.user_id = ${actor.userId} and l.week = ${week})`;
}

async function ofCommissioner(db: Db, actor: Actor, now: Now, limit: number): Promise<Need[]> {
  const { rules } = await readRules(db);
  const week = mondayOf(now.day);
  const due = lineDueOf(week, rules);
  const [lines, visits] = await Promise.all([
    db.row<{ count: number }>(sql`select count(*)::int as count from (select 1 from projects_projects p where ${owing(actor, rules, week)} limit ${MANY}) x`),
    // Of an interval that began when he took the project over, or with the last visit.
    db.rows<Omit<Need, 'href' | 'kind'>>(sql`
      select x.id, case when x.due < ${now.day}::date then 2 else 1 end as level, x.id as project_id, x.name as project_name, x.town as town_name, null as commissioner_name, x.due as due_day,
        jsonb_build_object('line', case when x.last is null then 'unvisited' else 'visit' end, 'since', coalesce(x.last, x.since), 'days', ${rules.visitEveryDays}::int) as values
      from (select p.id, p.name, p.seq, t.name as town, s.from_day as since, v.day as last, coalesce(v.day, s.from_day) + ${rules.visitEveryDays}::int as due
        from projects_projects p left join people_organisations t on t.id = p.town_id join projects_assignments s on s.project_id = p.id and s.duty = 'commissioner' and s.to_day is null
        left join lateral (select v.day from dispatch_visits v where v.project_id = p.id and v.state = 'done' order by v.day desc, v.id desc limit 1) v on true
        where p.commissioner_id = ${actor.userId} and ${isKey(rules)}) x
      where x.due <= ${addDays(now.day, 2)}::date order by x.due, x.seq limit ${limit}`),
  ]);
  const owed = lines?.count ?? 0;
  return [
    ...(owed === 0 ? [] : [{ ...NOWHERE, id: 'lines', kind: 'week', level: due < now.day ? 2 : 1, due_day: due, values: { line: 'lines', count: owed }, href: '/week' }]),
    ...visits.map((one) => ({ ...one, id: `visit:${one.id}`, kind: 'week', href: `/week?project=${one.project_id ?? ''}` })),
  ];
}

async function handovers(db: Db, actor: Actor, now: Now, limit: number): Promise<Need[]> {
  const rows = await db.rows<Omit<Need, 'href' | 'kind'>>(sql`
    select h.id, case when h.day <= ${now.day}::date then 3 else 2 end as level, h.project_id, p.name as project_name, t.name as town_name, null as commissioner_name, h.day as due_day,
      jsonb_build_object('line', case when h.to_id = ${actor.userId} then 'accept' else 'hand' end, 'name', case when h.to_id = ${actor.userId} then coalesce(f.name, '') else n.name end, 'day', h.day) as values
    from dispatch_handovers h join projects_projects p on p.id = h.project_id left join people_organisations t on t.id = p.town_id left join people_users f on f.id = h.from_id join people_users n on n.id = h.to_id
    where h.state = 'proposed' and ((h.to_id = ${actor.userId} and h.accepted_at is null) or (h.from_id = ${actor.userId} and h.handed_at is null)) order by h.day, h.id limit ${limit}`);
  return rows.map((row) => ({ ...row, kind: 'week', href: `/dispatch/handovers/${row.id}` }));
}

async function ofOffice(db: Db, actor: Actor, now: Now): Promise<Need[]> {
  const ground = await groundOf(db, now);
  const team = await countLacking(db, actor, 'team', ground, MANY);
  return team === 0 ? [] : [{ ...NOWHERE, id: 'team', kind: 'week', level: 2, due_day: null, values: { line: 'team', count: team }, href: '/ledgers/assignment?lack=team' }];
}
