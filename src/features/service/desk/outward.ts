// What leaves the service without an account or to another system: the state of a complaint by its code, of an outside number, and counts without names.
import { moment, type Now } from '../../../kernel/clock.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { readSettings } from '../../problems/closing/callbacks.ts';
import { readKinds } from '../../problems/pool/reads.ts';
import type * as contract from './contract.ts';
import { hashOf } from './intake.ts';
import { iso } from './reads.ts';

const UNKNOWN: OutputOf<typeof contract.complaintState> = { known: false, number: null, title: null, state: null, ownerName: null, raisedAt: null, solveDueAt: null, answers: [] };

/** No names of officers: what was done, by which body, and when. */
export async function readComplaint(db: Db, code: string): Promise<OutputOf<typeof contract.complaintState>> {
  const row = await db.row<Omit<OutputOf<typeof contract.complaintState>, 'known' | 'answers'> & { id: string }>(sql`
    select p.id, s.number, p.title, p.state, coalesce(o.short_name, o.name) as "ownerName", ${iso(sql`p.raised_at`)} as "raisedAt", ${iso(sql`p.solve_due_at`)} as "solveDueAt"
    from service_filings s join service_filed f on f.filing_id = s.id join problems_problems p on p.id = f.problem_id join people_organisations o on o.id = p.owner_org_id where s.code_hash = ${hashOf(code)}`);
  if (row === undefined) return UNKNOWN;
  const { id, ...shown } = row;
  const answers = await db.rows<OutputOf<typeof contract.complaintState>['answers'][number]>(sql`
    select s.kind, ${iso(sql`s.at`)} as at, coalesce(o.short_name, o.name) as "ownerName", case when s.kind in ('replied', 'submitted', 'declined') then s.text end as text
    from problems_steps s join people_organisations o on o.id = s.owner_org_id where s.problem_id = ${id} and s.kind in ('raised', 'signed', 'forwarded', 'replied', 'submitted', 'solved', 'closed', 'declined', 'reopened', 'redone') order by s.seq limit 100`);
  return { known: true, ...shown, answers };
}

export async function readOutside(db: Db, { system, outsideNumber }: InputOf<typeof contract.outsideState>): Promise<OutputOf<typeof contract.outsideState>> {
  const row = await db.row<Omit<OutputOf<typeof contract.outsideState>, 'steps'>>(sql`
    select s.number, p.id as "problemId", p.number as "problemNumber", p.state, coalesce(o.short_name, o.name) as "ownerName", ${iso(sql`p.due_at`)} as "dueAt", ${iso(sql`p.solve_due_at`)} as "solveDueAt", p.satisfaction
    from service_filings s join service_filed f on f.filing_id = s.id and f.nth = 1 join problems_problems p on p.id = f.problem_id join people_organisations o on o.id = p.owner_org_id where s.system = ${system} and s.outside_number = ${outsideNumber.trim()}`);
  if (row === undefined) return refuse('platform.not_found', {});
  const steps = await db.rows<{ kind: string; at: string; text: string | null }>(sql`
    select kind, ${iso(sql`at`)} as at, case when kind in ('replied', 'submitted', 'declined') then text end as text from problems_steps where problem_id = ${row.problemId} order by seq limit 200`);
  return { ...row, steps };
}

/** Of an enterprise, fewer than so many are not told: who filed one could be guessed. */
export const LEAST_TOLD = 3;
const TOP = 10;

/** Of the service alone and of this month; nothing where the zone does not show it. */
export async function readCounter(db: Db, now: Now): Promise<OutputOf<typeof contract.publicCounter>> {
  const month = now.day.slice(0, 7);
  const none = { shown: false, month, came: 0, ended: 0, replied: 0, replyMinutes: null, open: 0, kinds: [], satisfaction: { ended: 0, satisfied: 0, basically: 0, dissatisfied: 0, noAnswer: 0 }, enterprises: [] };
  if (!(await readSettings(db)).publicFigures) return none;
  const [from, at] = [`${month}-01T00:00:00+08:00`, moment(now)];
  const came = sql`problems_problems p where p.source = 'service' and p.raised_at >= ${from}::timestamptz and p.raised_at <= ${at}`;
  const [all, kinds, rated, firms, names] = await Promise.all([
    db.row<{ came: number; ended: number; replied: number; replyMinutes: number | null; open: number }>(sql`
      select count(*)::int as came, (count(*) filter (where p.state in ('solved', 'closed')))::int as ended, (count(*) filter (where p.replied_at is not null))::int as replied, (count(*) filter (where p.step is not null))::int as open,
        round((percentile_cont(0.5) within group (order by extract(epoch from p.replied_at - p.raised_at) / 60))::numeric)::int as "replyMinutes" from ${came}`),
    db.rows<{ kind: string; came: number; ended: number }>(sql`select p.kind, count(*)::int as came, (count(*) filter (where p.state in ('solved', 'closed')))::int as ended from ${came} group by p.kind order by count(*) desc, p.kind`),
    db.row<{ ended: number; satisfied: number; basically: number; dissatisfied: number; noAnswer: number }>(sql`
      select count(*)::int as ended, (count(*) filter (where p.state = 'solved' and p.satisfaction = 'satisfied'))::int as satisfied, (count(*) filter (where p.state = 'solved' and p.satisfaction = 'basically'))::int as basically,
        (count(*) filter (where p.satisfaction = 'dissatisfied'))::int as dissatisfied, (count(*) filter (where p.satisfaction = 'no_answer' or p.satisfaction is null))::int as "noAnswer"
      from problems_problems p where p.source = 'service' and p.state in ('solved', 'closed') and p.ended_at >= ${from}::timestamptz and p.ended_at <= ${at}`),
    db.rows<{ came: number }>(sql`select count(*)::int as came from ${came} and p.enterprise_id is not null group by p.enterprise_id having count(*) >= ${LEAST_TOLD} order by count(*) desc limit ${TOP}`),
    readKinds(db),
  ]);
  return {
    ...none, shown: true, ...(all ?? {}), ...(rated === undefined ? {} : { satisfaction: rated }),
    kinds: kinds.map(({ kind, ...count }) => ({ code: kind, zh: names.find((one) => one.code === kind)?.zh ?? kind, en: names.find((one) => one.code === kind)?.en ?? kind, ...count })),
    enterprises: firms.map((one, at_) => ({ nth: at_ + 1, came: one.came })),
  };
}
