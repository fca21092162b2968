// What proposes an agenda: each rule of the zone as one set-based statement over the records, the gravest first. Reads only; what becomes of a proposal is
// decided in forming.ts.
import type { Now } from '../../../kernel/clock.ts';
import { addDays } from '../../../kernel/days.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import type { Fact, Proposal } from './forming.ts';
import type { AgendaRuleCode, Policy } from './shape.ts';

interface Row {
  readonly source: string; readonly project_id: string | null; readonly problem_id: string | null; readonly decision_id: string | null; readonly title: string; readonly status_line: string | null; readonly ask: string | null; readonly facts: readonly Fact[]; readonly owner_org_id: string | null; readonly below: boolean;
}

interface Ground { readonly meeting: { readonly id: string; readonly series: string; readonly day: string }; readonly agenda: Policy['agenda']; readonly day: string }

/** All that the rules propose for a meeting. */
export async function propose(db: Db, agenda: Policy['agenda'], meeting: Ground['meeting'], now: Now): Promise<readonly Proposal[]> {
  const ground: Ground = { meeting, agenda, day: meeting.day > now.day ? meeting.day : now.day };
  const found = await Promise.all(agenda.rules.filter((rule) => rule.on).map(async (rule) => ({ rule, rows: await db.rows<Row>(sql.fresh(sql`${STATEMENTS[rule.code](ground, rule.from ?? 0)} limit ${rule.most}`)) })));
  return found.flatMap(({ rule, rows }) => rows.map((row): Proposal => ({
    rule: rule.code, source: row.source, projectId: row.project_id, problemId: row.problem_id, decisionId: row.decision_id, title: row.title, statusLine: (row.status_line ?? '').slice(0, 1000), ask: (row.ask ?? '').slice(0, 1000), facts: row.facts, ownerOrgId: row.owner_org_id, below: row.below,
  })));
}

const STATEMENTS: Readonly<Record<AgendaRuleCode, (ground: Ground, from: number) => Sql>> = {
  unfinished,
  for_meeting: (ground) => problem(ground, sql`p.for_meeting and p.redone > 1`, sql`p.overdues desc, p.raised_at, p.id`, fact('dissatisfied', sql`jsonb_build_object('times', p.redone)`, PROBLEM), false),
  proposed: (ground) => problem(ground, sql`p.for_meeting and p.redone <= 1`, sql`p.tier desc, p.raised_at, p.id`, fact('proposed', sql`jsonb_build_object('tier', p.tier)`, PROBLEM), true),
  escalated: (ground, from) => problem(ground, sql`p.tier >= ${from}`, sql`p.tier desc, p.overdues desc, p.raised_at, p.id`, fact('tier', sql`jsonb_build_object('tier', p.tier, 'overdues', p.overdues)`, PROBLEM), false),
  problem_due: (ground, from) => problem(ground, sql`p.paused_at is null and p.state <> 'submitted' and coalesce(p.solve_due_at, p.due_at) < ${addDays(ground.day, from + 1)}`, sql`coalesce(p.solve_due_at, p.due_at), p.id`,
    fact('problem_due', sql`jsonb_build_object('day', (coalesce(p.solve_due_at, p.due_at) at time zone 'Asia/Shanghai')::date)`, PROBLEM), true),
  slipping: (_ground, from) => project(sql`join approvals_plans a on a.project_id = j.id and -coalesce(a.slip_days, -100000) <= ${-from} and a.begin_day is not null and j.stage in ('planned', 'reserved', 'signed', 'performed', 'preliminary')`,
    sql`-coalesce(a.slip_days, -100000), j.seq`, fact('slip', sql`jsonb_build_object('days', a.slip_days, 'day', a.begin_day)`, sql`'/projects/' || j.id || '/approvals'`)),
  red_light: (ground, from) => project(sql`join lateral (select l.object, l.level, l.since, count(*) over () as lights from projects_lights l where l.project_id = j.id and l.cleared is null and l.level >= ${from} order by l.level desc, l.since limit 1) l on true`,
    // A light that was lit since the last meeting comes before one that everybody knows.
    sql`(l.since >= ${sinceLast(ground)}) desc, l.level desc, l.since, j.seq`, fact('light', sql`jsonb_build_object('object', l.object, 'level', l.level, 'since', l.since, 'lights', l.lights, 'fresh', case when l.since >= ${sinceLast(ground)} then 1 else 0 end)`, sql`'/projects/' || j.id`), sql`j.light >= ${from}`),
  milestone: (ground, from) => project(sql`join lateral (select x.name, x.planned_day from projects_milestones x where x.project_id = j.id and x.removed_at is null and x.actual_day is null and x.planned_day <= ${addDays(ground.day, -from)} order by x.planned_day limit 1) n on true`,
    sql`n.planned_day, j.seq`, fact('milestone', sql`jsonb_build_object('name', n.name, 'day', n.planned_day, 'days', ${ground.day}::date - n.planned_day)`, sql`'/projects/' || j.id || '?tab=plan'`)),
  case_due: (ground, from) => project(sql`join lateral (select c.id, c.item, c.owed_day, c.org_id, c.level from approvals_cases c where c.project_id = j.id and c.closed_day is null and c.decided_day is null and c.source = 'own' and c.level in ('urgent', 'promise_over', 'over') and c.owed_day <= ${addDays(ground.day, from)} order by c.owed_day limit 1) c on true`,
    sql`c.owed_day, j.seq`, fact('case_due', sql`jsonb_build_object('item', c.item, 'day', c.owed_day, 'level', c.level)`, sql`'/approvals/cases/' || c.id`), sql`j.id in (select k.project_id from approvals_cases k where k.closed_day is null and k.level in ('urgent', 'promise_over', 'over'))`, sql`c.org_id`),
  report: (_ground, from) => project(sql`join projects_lights l on l.project_id = j.id and l.cleared is null and l.object = 'report' and l.level >= ${from}`, sql`l.level desc, l.since, j.seq`, fact('report', sql`jsonb_build_object('since', l.since)`, sql`'/projects/' || j.id || '?tab=reports'`)),
};

const PROBLEM = sql`'/problems/' || p.id`;

function fact(code: string, values: Sql, href: Sql): Sql {
  return sql`jsonb_build_array(jsonb_build_object('code', ${code}::text, 'values', ${values}, 'href', ${href}))`;
}

function sinceLast({ meeting }: Ground): Sql {
  return sql`coalesce((select max(m.day) from dispatch_meetings m where m.series = ${meeting.series} and m.number is not null and m.id <> ${meeting.id} and m.day < ${meeting.day}), date '0001-01-01')`;
}

/** What earlier meetings decided and is not fulfilled by its day; and what one of them left to the next. */
function unfinished({ meeting, day }: Ground): Sql {
  return sql`
    select coalesce('problem:' || d.problem_id, 'decision:' || d.id) as source, d.project_id, d.problem_id, d.id as decision_id, i.title, coalesce(d.measure, d.reason) as status_line, i.ask, d.owner_org_id, false as below,
      jsonb_build_array(jsonb_build_object('code', case d.kind when 'measure' then 'since' else 'postponed' end, 'values', jsonb_build_object('number', m.number, 'day', coalesce(d.original_due, m.day), 'days', greatest(0, ${day}::date - coalesce(d.original_due, m.day)), 'times', (select count(*) + 1 from dispatch_items b join dispatch_meetings q on q.id = b.meeting_id where b.decision_id = d.id and b.place = 'listed' and q.number is not null)),
        'href', '/decisions/' || d.id)) as facts
    from dispatch_decisions d join dispatch_meetings m on m.id = d.meeting_id join dispatch_items i on i.id = d.item_id
    where m.series = ${meeting.series} and m.id <> ${meeting.id} and m.day <= ${meeting.day}
      and ((d.kind = 'measure' and d.issued_day is not null and d.done_day is null and d.due_day <= ${day})
        or (d.kind = 'escalate' and d.escalate_to = 'meeting' and not exists (select 1 from dispatch_items b join dispatch_decisions e on e.item_id = b.id where b.decision_id = d.id)))
    order by coalesce(d.due_day, m.day), m.number, d.id`;
}

function problem({ agenda, day }: Ground, where: Sql, order: Sql, facts: Sql, sentBack: boolean): Sql {
  const below = sentBack ? sql`p.tier <= ${agenda.below.tier} and p.raised_at >= ${addDays(day, -agenda.below.days)}` : sql`false`;
  return sql`
    select 'problem:' || p.id as source, p.project_id, p.id as problem_id, null::uuid as decision_id, p.title, coalesce(p.measure, '') as status_line, p.ask, ${facts} as facts, p.owner_org_id, (${below}) as below
    from problems_problems p where p.step is not null and ${where} order by ${order}`;
}

/** Packages go with their project; what is paused, removed or ended is nobody's agenda. */
function project(join: Sql, order: Sql, facts: Sql, where: Sql = sql`true`, owner: Sql = sql`j.responsible_org_id`): Sql {
  return sql`
    select 'project:' || j.id as source, j.id as project_id, null::uuid as problem_id, null::uuid as decision_id, j.name as title, coalesce((select r.progress from projects_reports r where r.project_id = j.id and r.kind = 'monthly' order by r.month desc limit 1), j.progress, '') as status_line,
      coalesce(j.problems, '') as ask, ${facts} as facts, ${owner} as owner_org_id, false as below
    from projects_projects j ${join} where j.side_state is null and ${where} order by ${order}`;
}
