// The facts of every problem as they stand at a moment, and what each condition of a definition means in SQL. What is counted and what is listed are the
// same condition. A limit is compared with the moment itself: no job has to run for a problem to be overdue.
import { moment, type Now } from '../../../kernel/clock.ts';
import { sql, type Sql } from '../../../platform/db.ts';
import type { By, Condition, Group } from './definitions.ts';

/** At which moment problems are looked at; `past`: by the steps taken until then, otherwise by what is kept. */
export interface AsAt {
  readonly at: Date;
  readonly past: boolean;
}

/** A day that is over is looked at as it ended; today and later as it is now. */
export function asAtOf(day: string | undefined, now: Now): AsAt {
  if (day === undefined || day >= now.day) return { at: moment(now), past: false };
  return { at: new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_399_999), past: true };
}

/** A relation `f` with one row for each problem that `where` (of `p`) lets through. */
export function facts(asAt: AsAt, where: Sql): Sql {
  return asAt.past ? factsPast(asAt.at, where) : factsNow(where);
}

const SAID = sql`case s.kind when 'redone' then 'dissatisfied' when 'reopened' then null when 'closed' then 'no_answer' else s.details ->> 'satisfaction' end`;
const SAYS = sql`(s.kind in ('solved', 'closed', 'redone', 'reopened') or (s.kind = 'answered' and s.details ? 'satisfaction'))`;

// What was said and first replied in a round before stands in the steps alone; few problems have more than one round. So does the limit that had run out before a
// meeting gave the problem another day: by that it goes on being counted.
function factsNow(where: Sql): Sql {
  return sql`(
    select p.id, p.kind, p.source, j.town_id, p.owner_org_id, p.enterprise_id, p.raised_at, p.ended_at, p.state, p.step is not null as open, p.tier, p.round, p.handbacks, p.settled_tier, coalesce(p.late, false) as late,
      case when p.state = 'submitted' then p.due_at when p.told @> array[p.round || ':missed'] then (
        select ${MISSED_AT} from problems_steps s where s.problem_id = p.id and ${MISSES} order by s.seq desc limit 1) else p.solve_due_at end as limit_at,
      case when p.round = 1 then p.replied_at else (select min(s.at) from problems_steps s where s.problem_id = p.id and s.kind in ('replied', 'submitted')) end as first_reply_at,
      case when p.round = 1 or p.satisfaction is not null then p.satisfaction else (select ${SAID} from problems_steps s where s.problem_id = p.id and ${SAYS} order by s.seq desc limit 1) end as verdict
    from problems_problems p left join projects_projects j on j.id = p.project_id where ${where}) as f`;
}

const MISSES = sql`(s.kind = 'decided' and s.details ? 'missed')`;
const MISSED_AT = sql`(s.details ->> 'missed')::timestamptz`;

// A step that only tells (it ran out, it climbed) does not say when the solution is due.
const TELLS = sql`('overdue', 'escalated', 'noted', 'answered', 'updated', 'absorbed')`;

function factsPast(at: Date, where: Sql): Sql {
  return sql`(
    select p.id, p.kind, p.source, j.town_id, l.owner_org_id, p.enterprise_id, p.raised_at, case when l.state in ${ENDED} then l.ended_at end as ended_at, l.state, l.state not in ${ENDED} as open, l.tier, l.round, l.handbacks,
      case when l.state = 'solved' then l.tier end as settled_tier, coalesce(l.state in ('submitted', 'solved', 'closed') and (l.submitted_at > l.submit_due_at or l.missed_at is not null), false) as late,
      case when l.state = 'submitted' then (select max(a.due_at) from problems_answers a where a.problem_id = p.id and a.round = l.round) else coalesce(l.missed_at, l.due_at) end as limit_at, l.first_reply_at, l.verdict
    from problems_problems p left join projects_projects j on j.id = p.project_id cross join lateral (
      select case when max(s.seq) filter (where ${MISSES}) > coalesce(max(s.seq) filter (where s.kind in ('redone', 'reopened')), 0) then (array_agg(${MISSED_AT} order by s.seq desc) filter (where ${MISSES}))[1] end as missed_at,
        (array_agg(s.state order by s.seq desc))[1] as state, (array_agg(s.owner_org_id order by s.seq desc))[1] as owner_org_id, (array_agg(s.tier order by s.seq desc))[1] as tier, max(s.round) as round,
        count(*) filter (where s.kind = 'returned') as handbacks, max(s.at) filter (where s.kind in ('solved', 'closed', 'withdrawn', 'declined', 'merged')) as ended_at,
        min(s.at) filter (where s.kind in ('replied', 'submitted')) as first_reply_at, (array_agg(s.solve_due_at order by s.seq desc) filter (where s.kind not in ${TELLS}))[1] as due_at,
        (array_agg(s.at order by s.seq desc) filter (where s.kind = 'submitted'))[1] as submitted_at, (array_agg(s.solve_due_at order by s.seq desc) filter (where s.kind = 'submitted'))[1] as submit_due_at,
        (array_agg(${SAID} order by s.seq desc) filter (where ${SAYS}))[1] as verdict
      from problems_steps s where s.problem_id = p.id and s.at <= ${at}) l
    where p.raised_at <= ${at} and ${where}) as f`;
}

const ENDED = sql`('solved', 'closed', 'withdrawn', 'declined', 'merged')`;

/** What every condition means of a row `f` at a moment. */
export function conditionAt(name: Condition, at: Date): Sql {
  switch (name) {
    case 'accepted': return sql`f.state <> 'declined'`;
    case 'declined': return sql`f.state = 'declined'`;
    case 'withdrawn': return sql`f.state = 'withdrawn'`;
    case 'not_withdrawn': return sql`f.state <> 'withdrawn'`;
    case 'merged': return sql`f.state = 'merged'`;
    case 'not_merged': return sql`f.state <> 'merged'`;
    case 'open': return sql`f.open`;
    case 'ended': return sql`f.state in ('solved', 'closed')`;
    case 'solved': return sql`f.state = 'solved'`;
    case 'closed': return sql`f.state = 'closed'`;
    case 'due': return sql`(f.state in ('solved', 'closed') or ${overdue(at)} or (f.open and f.round > 1))`;
    case 'not_due': return sql`(f.open and f.round = 1 and not ${overdue(at)})`;
    case 'overdue': return overdue(at);
    case 'not_overdue': return sql`not ${overdue(at)}`;
    case 'again': return sql`(f.open and f.round > 1)`;
    case 'finished': return sql`(f.state in ('solved', 'closed') or ${overdue(at)})`;
    case 'on_time': return sql`(f.state in ('solved', 'closed') and not f.late)`;
    case 'late': return sql`(f.state in ('solved', 'closed') and f.late)`;
    case 'asked': return sql`f.verdict is not null`;
    case 'answered': return sql`coalesce(f.verdict <> 'no_answer', false)`;
    case 'satisfied': case 'basically': case 'dissatisfied': case 'no_answer': return sql`coalesce(f.verdict = ${name}, false)`;
    case 'first_round': return sql`(f.round = 1 and f.handbacks = 0)`;
    case 'reply_known': return sql`(f.first_reply_at is not null or f.open)`;
    case 'replied': return sql`f.first_reply_at is not null`;
    case 'unreplied': return sql`(f.first_reply_at is null and f.open)`;
    case 'tier_1': case 'tier_2': case 'tier_3': case 'tier_4': case 'tier_5': return sql`coalesce(f.settled_tier = ${Number(name.slice(-1))}, false)`;
  }
}

// While it waits for its confirmation the clock of the confirmation runs; what was submitted late stays late.
function overdue(at: Date): Sql {
  return sql`(f.open and (coalesce(f.limit_at < ${at}, false) or (f.state = 'submitted' and f.late)))`;
}

export function allOf(names: readonly Condition[], at: Date): Sql {
  return sql.all(names.map((name) => conditionAt(name, at)));
}

/** The moment by which a problem belongs to a period. */
export function momentOf(by: By): Sql {
  return by === 'raised' ? sql`f.raised_at` : sql`coalesce(f.ended_at, f.limit_at)`;
}

function dayOf(by: By): Sql {
  return sql`((${momentOf(by)} at time zone 'UTC') + interval '8 hours')::date`;
}

/** What problems of one group have in common. */
export function keyOf(group: Exclude<Group, 'month'>): Sql {
  switch (group) {
    case 'department': return sql`f.owner_org_id`;
    case 'town': return sql`f.town_id`;
    case 'kind': return sql`f.kind`;
    case 'source': return sql`f.source`;
    case 'tier': return sql`f.tier`;
    case 'enterprise': return sql`f.enterprise_id`;
  }
}

/** The same as text, as it stands in an address; empty where there is none. */
function groupOf(group: Group, by: By): Sql {
  return group === 'month' ? sql`coalesce(to_char(${dayOf(by)}, 'YYYY-MM'), '')` : sql`coalesce(${keyOf(group)}::text, '')`;
}

export interface Slice {
  readonly by: By;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly group?: Group | undefined;
  readonly value?: string | undefined;
}

/** Period and group of a row `f`. */
export function within({ by, since, until, group, value }: Slice): Sql {
  return sql.all([
    ...(since === undefined ? [] : [sql`${dayOf(by)} >= ${since}::date`]), ...(until === undefined ? [] : [sql`${dayOf(by)} <= ${until}::date`]),
    ...(group === undefined || value === undefined ? [] : [sql`${groupOf(group, by)} = ${value}`]),
  ]);
}
