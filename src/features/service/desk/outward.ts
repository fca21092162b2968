// What leaves the service without an account or to another system: the state of a complaint by its code, of an outside number, and counts without names.
import { moment, type Now } from '../../../kernel/clock.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { remembered } from '../../../platform/remembered.ts';
import { readSettings } from '../../problems/closing/callbacks.ts';
import { iso } from '../../problems/instants.ts';
import { reachable } from '../../problems/pool/access.ts';
import { readKinds } from '../../problems/pool/reads.ts';
import type * as contract from './contract.ts';
import { linesOf, replyOf, satisfactionOf, shareOf } from './figures.ts';
import { hashOf } from './intake.ts';

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

/** Of what the caller may know. */
export async function readOutside(db: Db, actor: Actor, { system, outsideNumber }: InputOf<typeof contract.outsideState>): Promise<OutputOf<typeof contract.outsideState>> {
  const row = await db.row<Omit<OutputOf<typeof contract.outsideState>, 'steps'>>(sql`
    select s.number, p.id as "problemId", p.number as "problemNumber", p.state, coalesce(o.short_name, o.name) as "ownerName", ${iso(sql`p.due_at`)} as "dueAt", ${iso(sql`p.solve_due_at`)} as "solveDueAt", p.satisfaction
    from service_filings s join service_filed f on f.filing_id = s.id and f.nth = 1 join problems_problems p on p.id = f.problem_id join people_organisations o on o.id = p.owner_org_id where s.system = ${system} and s.outside_number = ${outsideNumber.trim()} and ${reachable(actor, sql`p.id`)}`);
  if (row === undefined) return refuse('platform.not_found', {});
  const steps = await db.rows<{ kind: string; at: string; text: string | null }>(sql`
    select kind, ${iso(sql`at`)} as at, case when kind in ('replied', 'submitted', 'declined') then text end as text from problems_steps where problem_id = ${row.problemId} order by seq limit 200`);
  return { ...row, steps };
}

/** Of an enterprise, fewer than so many are not told: who filed one could be guessed. */
export const LEAST_TOLD = 3;
const TOP = 10;

type Counter = OutputOf<typeof contract.publicCounter>;
/** Anybody may ask, as often as he likes: it is counted once a minute. */
const counterOf = remembered<Counter>(60_000);

/** Of the service alone and of what came in this month, by the definitions of the rates; nothing where the zone does not show it. */
export async function readCounter(db: Db, now: Now): Promise<Counter> {
  const month = now.day.slice(0, 7);
  if (!(await readSettings(db)).publicFigures) return { shown: false, month, came: 0, ended: 0, replied: 0, replyMinutes: null, open: 0, kinds: [], satisfaction: { hit: 0, base: 0, bp: null, basically: 0, dissatisfied: 0, noAnswer: 0 }, enterprises: [] };
  return counterOf(db, now.day, moment(now).getTime(), () => countNow(db, month, now));
}

async function countNow(db: Db, month: string, now: Now): Promise<Counter> {
  const since = `${month}-01`;
  const [{ total, kinds, open }, firms, names] = await Promise.all([
    linesOf(db, sql`p.source = 'service'`, now, since),
    db.rows<{ came: number }>(sql`
      select count(*)::int as came from problems_problems p where p.source = 'service' and p.raised_at >= ${`${since}T00:00:00+08:00`}::timestamptz and p.raised_at <= ${moment(now)} and p.enterprise_id is not null
      group by p.enterprise_id having count(*) >= ${LEAST_TOLD} order by count(*) desc limit ${TOP}`),
    readKinds(db),
  ]);
  const reply = replyOf(total);
  return {
    shown: true, month, came: total.all, ended: shareOf(total, 'raw').hit, open, replied: reply.replied, replyMinutes: reply.minutes, satisfaction: satisfactionOf(total),
    kinds: kinds.map((line) => {
      const name = names.find((one) => one.code === line.value);
      return { code: line.value, zh: name?.zh ?? line.value, en: name?.en ?? line.value, came: line.all, ended: shareOf(line, 'raw').hit };
    }),
    enterprises: firms.map((one, at) => ({ nth: at + 1, came: one.came })),
  };
}
