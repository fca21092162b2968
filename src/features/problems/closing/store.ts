// SQL of closing: who is asked, what he answered, who handled a problem. Of a link only the digest of its secret is kept. Decides nothing.
import { createHash } from 'node:crypto';
import type { Now } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import type { Side, Verdict } from '../life/steps.ts';
import type { Asked } from './rules.ts';

/**
 * A condition: the user `u` (his organisation `uo`) handled the problem, or belongs to those who did. Whoever only took it in or forwarded it did not. Of the
 * zone's own root, where offices and leaders sit, a problem that one person kept is that person's alone.
 */
export function handled(problemId: Sql, u: Sql, uo: Sql): Sql {
  return sql`exists (select 1 from problems_steps h join people_organisations ho on ho.id = h.owner_org_id where h.problem_id = ${problemId} and (
    (h.by_id = ${u}.id and h.kind in ('claimed', 'replied', 'updated', 'paused', 'resumed', 'submitted', 'returned'))
    or (h.state in ('assigned', 'handling', 'submitted') and (h.owner_user_id = ${u}.id
      or (ho.parent_id is not null and h.owner_org_id = any(${uo}.path)) or (ho.parent_id is null and h.owner_user_id is null and h.owner_org_id = ${u}.org_id)))))`;
}

export async function hasHandled(db: Db, problemId: string, userId: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from people_users u join people_organisations uo on uo.id = u.org_id where u.id = ${userId} and ${handled(sql`${problemId}::uuid`, sql`u`, sql`uo`)}`)) !== undefined;
}

/** Who is to confirm: the enterprise that has the problem or raised it, and the commissioner of its project where he did not handle it. */
export async function readSides(tx: Db, problemId: string, submittedBy: string): Promise<{ readonly enterpriseId: string | null; readonly commissionerId: string | null }> {
  const row = await tx.row<{ enterpriseId: string | null; commissionerId: string | null }>(sql`
    select (select o.id from people_organisations o where o.id in (p.enterprise_id, p.raised_org_id) and o.kind = 'enterprise' order by o.id = p.enterprise_id desc limit 1) as "enterpriseId",
      (select u.id from projects_projects j join people_users u on u.id = j.commissioner_id and u.active join people_organisations uo on uo.id = u.org_id
       where j.id = p.project_id and u.id <> ${submittedBy} and not ${handled(sql`p.id`, sql`u`, sql`uo`)}) as "commissionerId"
    from problems_problems p where p.id = ${problemId}`);
  return row ?? { enterpriseId: null, commissionerId: null };
}

export async function insertAsked(tx: Db, problemId: string, round: number, sides: readonly Side[], at: Date, dueAt: Date, now: Now): Promise<void> {
  const ids = sides.map(() => newId(now.instant.getTime()));
  await tx.run(sql`
    insert into problems_answers (id, problem_id, round, side, asked_at, due_at, recorded_at)
    select v.id, ${problemId}, ${round}, v.side, ${at}, ${dueAt}, ${now.instant} from unnest(${ids}::uuid[], ${[...sides]}::text[]) as v (id, side) on conflict (problem_id, round, side) do nothing`);
}

interface Row { readonly problem_id: string; readonly side: Side; readonly due_at: string; readonly verdict: Verdict | null }

/** Who is asked of some problems in the round in which they are. */
export async function readAsked(db: Db, problemIds: readonly string[]): Promise<ReadonlyMap<string, readonly Asked[]>> {
  const rows = await db.rows<Row>(sql`
    select a.problem_id, a.side, a.due_at, a.verdict from problems_answers a join problems_problems p on p.id = a.problem_id and p.round = a.round where a.problem_id = any(${[...problemIds]}::uuid[]) order by a.side`);
  const found = new Map<string, Asked[]>();
  for (const row of rows) found.set(row.problem_id, [...(found.get(row.problem_id) ?? []), { side: row.side, dueAt: new Date(row.due_at).getTime(), verdict: row.verdict }]);
  return found;
}

export interface Answer {
  readonly problemId: string;
  readonly round: number;
  readonly side: Side;
  readonly verdict: Verdict;
  readonly via: 'link' | 'page' | 'callback';
  readonly remark: string | null;
  readonly at: Date;
  readonly byId: string | null;
  readonly byName: string;
  /** Of a call-back. */
  readonly calledDay?: string;
  readonly calledNumber?: string;
}

/** A call-back that reached nobody may be tried again; every other answer is the only one of its side and round. */
export async function writeAnswer(tx: Db, one: Answer, now: Now): Promise<void> {
  await tx.run(sql`
    insert into problems_answers (id, problem_id, round, side, asked_at, due_at, verdict, via, remark, answered_at, by_id, by_name, called_day, called_number, recorded_at)
    values (${newId(now.instant.getTime())}, ${one.problemId}, ${one.round}, ${one.side}, ${one.at}, ${one.at}, ${one.verdict}, ${one.via}, ${one.remark}, ${one.at}, ${one.byId}, ${one.byName}, ${one.calledDay ?? null}::date, ${one.calledNumber ?? null}, ${now.instant})
    on conflict (problem_id, round, side) do update set verdict = excluded.verdict, via = excluded.via, remark = excluded.remark, answered_at = excluded.answered_at, by_id = excluded.by_id, by_name = excluded.by_name,
      called_day = excluded.called_day, called_number = excluded.called_number, recorded_at = excluded.recorded_at`);
}

/** Those who said nothing, when their time is over. Set-based. */
export async function writeNoAnswers(tx: Db, problemIds: readonly string[], at: Date, now: Now): Promise<void> {
  await tx.run(sql`
    update problems_answers a set verdict = 'no_answer', answered_at = greatest(a.asked_at, ${at}), recorded_at = ${now.instant} from problems_problems p
    where p.id = a.problem_id and p.round = a.round and a.verdict is null and a.problem_id = any(${[...problemIds]}::uuid[])`);
}

/** Until when those who have not answered may, where that has moved. Set-based. */
export async function redate(tx: Db, rows: readonly { readonly problem_id: string; readonly round: number; readonly due_at: Date }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    update problems_answers a set due_at = v.due_at from ${columns({ problem_id: 'uuid', round: 'int', due_at: 'timestamptz' }, rows)} as v where a.problem_id = v.problem_id and a.round = v.round and a.verdict is null`);
}

export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The new digest takes the place of the former, which ends with it. Undefined: nobody is asked any more. */
export async function setLink(tx: Db, problemId: string, round: number, digest: string): Promise<{ readonly dueAt: string } | undefined> {
  const row = await tx.row<{ due_at: string }>(sql`
    update problems_answers set token_hash = ${digest} where problem_id = ${problemId} and round = ${round} and side = 'enterprise' and verdict is null returning due_at`);
  return row === undefined ? undefined : { dueAt: new Date(row.due_at).toISOString() };
}

/** The problem behind a link, whatever has become of it. */
export async function findLink(db: Db, token: string): Promise<{ readonly problemId: string; readonly round: number } | undefined> {
  return db.row(sql`select problem_id as "problemId", round from problems_answers where token_hash = ${digestOf(token)}`);
}
