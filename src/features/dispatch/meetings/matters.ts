// The way from a decision to its problem and back: a decision moves its problem or raises one, and is done when that problem is solved and confirmed.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { decideProblems, escalateProblems } from '../../problems/decide.ts';
import { raiseProblems } from '../../problems/raise.ts';
import { reachable } from '../../problems/pool/access.ts';
import type { Reader } from '../scope.ts';
import { kindGuesser } from '../kinds.ts';

export interface Matter {
  readonly id: string; readonly problem_id: string | null; readonly project_id: string | null; readonly title: string; readonly status_line: string; readonly ask: string; readonly measure: string | null; readonly owner_org_id: string | null; readonly co_org_ids: readonly string[];
  readonly due_day: string | null; readonly criterion: string | null; readonly commissioner_id: string | null; readonly meeting_number: number;
}

/** Below the project office: what a meeting gives to a department is on the department's tier. */
const GIVEN = 2;

/**
 * Each decision's problem gets its owner, measure, deadline and criterion. An item without a problem raises one; so does one whose problem has ended or only
 * waits for its confirmation meanwhile. Gives the problem of each decision.
 */
export async function carry(tx: Db, actor: Actor, all: readonly Matter[], now: Now): Promise<ReadonlyMap<string, string>> {
  const open = new Set((await tx.rows<{ id: string }>(sql`
    select p.id from problems_problems p where p.id = any(${all.flatMap((one) => one.problem_id ?? [])}::uuid[]) and p.state in ('received', 'accepted', 'assigned', 'handling', 'ruling') order by p.id for update`)).map((row) => row.id));
  const place = new Map<string, string>();
  const raised = all.filter((one) => one.problem_id === null || !open.has(one.problem_id));
  for (const one of all) place.set(one.id, one.problem_id !== null && open.has(one.problem_id) ? one.problem_id : newId(now.instant.getTime()));
  const kindOf = await kindGuesser(tx);
  await raiseProblems(tx, actor, raised.map((one) => ({
    id: place.get(one.id) ?? newId(), title: one.title.slice(0, 200), ask: [one.status_line, one.ask].filter((text) => text !== '').join('\n').slice(0, 4000), source: 'meeting' as const, origin: { type: 'decision', id: one.id }, kind: kindOf(one.ask, one.measure ?? '', one.title),
    ...(one.project_id === null ? {} : { projectIds: [one.project_id] }),
  })), now);
  await decideProblems(tx, actor, all.map((one) => ({
    problemId: place.get(one.id) ?? '', ownerOrgId: one.owner_org_id ?? '', tier: GIVEN, coOrgIds: one.co_org_ids, measure: one.measure ?? '', ...(one.criterion === null ? {} : { criterion: one.criterion }), dueDay: one.due_day, details: { decision: one.id, meeting: one.meeting_number },
  })), now);
  return place;
}

/** Whose tier it is: the leader in charge, the main leaders; the next meeting is no tier. */
export const TIER_OF: Readonly<Record<'leader' | 'main' | 'meeting', 4 | 5 | null>> = { leader: 4, main: 5, meeting: null };

export interface Raised { readonly id: string; readonly problem_id: string | null; readonly escalate_to: 'leader' | 'main' | 'meeting'; readonly reason: string | null }

/** Problems climb to whom their decision escalates them. An item about no problem raises none: it waits for its leader as a decision. */
export async function escalate(tx: Db, actor: Actor, all: readonly Raised[], meetingNumber: number, now: Now): Promise<void> {
  await escalateProblems(tx, actor, all.flatMap((one) => (one.problem_id === null ? [] : [{ problemId: one.problem_id, tier: TIER_OF[one.escalate_to], text: one.reason ?? '', decision: one.id, meeting: meetingNumber }])), now);
}

/**
 * Notes of decisions whose problem is solved and confirmed the day on which that solution was submitted, and takes the note back where it was reopened. Derives
 * only: what it writes follows from the problems at any moment.
 */
export async function followProblems(db: Db, only?: string): Promise<number> {
  const one = only === undefined ? sql.empty : sql`and d.id = ${only}`;
  const solved = await db.run(sql`
    update dispatch_decisions d set done_day = (coalesce(q.submitted_at, q.solved_at) at time zone 'Asia/Shanghai')::date
    from problems_problems p join problems_problems q on q.id = coalesce(p.merged_into, p.id)
    where p.id = d.problem_id and d.kind = 'measure' and d.issued_day is not null and d.done_day is null and q.state = 'solved' ${one}`);
  const reopened = await db.run(sql`
    update dispatch_decisions d set done_day = null from problems_problems p join problems_problems q on q.id = coalesce(p.merged_into, p.id)
    where p.id = d.problem_id and d.done_day is not null and q.state <> 'solved' ${one}`);
  return solved + reopened;
}

/** Whether there is such a problem that can still be dealt with. */
export async function canBeHeard(db: Db, id: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from problems_problems p where p.id = ${id} and p.step is not null`)) !== undefined;
}

/** Problems that a meeting decided on or that came out of one. */
const DECIDED = sql`exists (select 1 from dispatch_decisions d where d.problem_id = p.id and d.kind = 'measure' and d.issued_day is not null)`;

function known(actor: Actor, reader: Reader): Sql {
  return reader.all ? sql`true` : reachable(actor, sql`p.id`);
}

export async function problemFigures(db: Db, actor: Actor, reader: Reader): Promise<{ readonly solved: number; readonly all: number }> {
  const row = await db.row<{ solved: number; all: number }>(sql`
    select (count(*) filter (where p.state = 'solved'))::int as solved, count(*)::int as all from problems_problems p where p.state <> 'merged' and ${DECIDED} and ${known(actor, reader)}`);
  return row ?? { solved: 0, all: 0 };
}

export interface MeetingProblemRow { readonly id: string; readonly seq: number; readonly number: string; readonly title: string; readonly state: string; readonly ownerName: string; readonly projectId: string | null; readonly projectName: string | null; readonly meetings: readonly number[]; readonly solvedDay: string | null; readonly dueDay: string | null }

/** The newest first. */
export async function meetingProblems(db: Db, actor: Actor, reader: Reader, { solved, after }: { readonly solved?: boolean | undefined; readonly after?: string | undefined }, limit: number): Promise<MeetingProblemRow[]> {
  return db.rows<MeetingProblemRow>(sql`
    select p.id, p.seq, p.number, p.title, p.state, coalesce(o.short_name, o.name) as "ownerName", p.project_id as "projectId", j.name as "projectName", (p.solved_at at time zone 'Asia/Shanghai')::date as "solvedDay", p.agreed_day as "dueDay",
      array(select distinct m.number from dispatch_decisions d join dispatch_meetings m on m.id = d.meeting_id where d.problem_id = p.id and d.issued_day is not null order by 1) as meetings
    from problems_problems p join people_organisations o on o.id = p.owner_org_id left join projects_projects j on j.id = p.project_id
    where p.state <> 'merged' and ${solved === undefined ? sql`true` : solved ? sql`p.state = 'solved'` : sql`p.state <> 'solved'`} and ${after === undefined ? sql`true` : sql`p.seq < ${after}::bigint`} and ${DECIDED} and ${known(actor, reader)} order by p.seq desc limit ${limit}`);
}

export interface BesideProblem { readonly id: string; readonly title: string; readonly state: string; readonly ownerName: string | null; readonly dueDay: string | null }

/** What is open of the project, and the item's own problem first; each only to whom it may be known. */
export async function problemsBeside(db: Db, actor: Actor, reader: Reader, { projectId, problemId }: { readonly projectId: string | null; readonly problemId: string | null }): Promise<BesideProblem[]> {
  return db.rows<BesideProblem>(sql`
    select p.id, p.title, p.state, coalesce(o.short_name, o.name) as "ownerName", (coalesce(p.solve_due_at, p.due_at) at time zone 'Asia/Shanghai')::date as "dueDay" from problems_problems p join people_organisations o on o.id = p.owner_org_id
    where (p.id = ${problemId} or (p.step is not null and p.id in (select s.problem_id from problems_projects s where s.project_id = ${projectId}))) and ${known(actor, reader)} order by p.id = ${problemId} desc, p.due_at, p.id limit 8`);
}
