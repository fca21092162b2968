// What of the meetings needs whom on the first page: the office an agenda to form, minutes and supervision that are due; an owner slips to sign for and reports
// that are due; a leader what was escalated to him. Each line leads to where it is done.
import { addDays } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { needs, type Need } from '../../projects/portfolio/needs.ts';
import { readerOf, type Reader } from '../scope.ts';

/** Called when the program is put together. */
export function bindNeeds(): void {
  needs.set('meetings', { list, count });
}

const NOWHERE = { project_id: null, project_name: null, town_name: null, commissioner_name: null } as const;

async function list(db: Db, actor: Actor, now: Now): Promise<readonly Need[]> {
  if (!may(actor, 'dispatch.read')) return [];
  const reader = await readerOf(db, actor);
  const office = reader.all && may(actor, 'dispatch.meet');
  return [...(office ? await ofOffice(db, now) : []), ...(!reader.all && may(actor, 'dispatch.receive') ? await ofOwner(db, actor, reader, now) : []), ...(reader.all && !office && may(actor, 'dispatch.answer') ? await ofLeader(db, actor) : [])];
}

/** Slips to sign for, reports due and what is overdue, of those who carry things out. */
async function count(db: Db, actor: Actor, most: number, now: Now): Promise<number> {
  if (!may(actor, 'dispatch.receive') || actor.isSystem || actor.scope.all) return 0;
  const found = await owed(db, actor, await readerOf(db, actor), now);
  return Math.min(most, found.sign + found.report);
}

async function ofOffice(db: Db, { day }: Now): Promise<Need[]> {
  const [forming, unwritten, overdue] = await Promise.all([
    db.rows<{ id: string; day: string; title: string }>(sql`select m.id, m.day, coalesce(m.topic, m.place) as title from dispatch_meetings m where m.state = 'planned' and m.day between ${day} and ${addDays(day, 3)} order by m.day, m.id limit 5`),
    db.rows<{ id: string; day: string; number: number }>(sql`select m.id, m.day, m.number from dispatch_meetings m where m.state in ('in_session', 'held') and m.day < ${day} order by m.day, m.id limit 5`),
    db.row<{ supervise: number; supervise_day: string | null; asked: number; asked_day: string | null }>(sql`
      select x.count as supervise, x.day as supervise_day, y.count as asked, y.day as asked_day from (select count(*)::int as count, min(due_day) as day from (select d.due_day from dispatch_decisions d where d.kind = 'measure' and d.issued_day is not null and d.done_day is null and d.due_day < ${day} and not exists (select 1 from dispatch_slips s where s.decision_id = d.id and s.kind = 'supervise') order by d.due_day, d.id limit 999) w) x,
        (select count(*)::int as count, min(e.old_due) as day from dispatch_extensions e where e.granted is null) y`),
  ]);
  return [
    ...unwritten.map((one): Need => ({ ...NOWHERE, id: `minutes:${one.id}`, kind: 'meeting', level: 3, due_day: addDays(one.day, 1), values: { line: 'minutes', number: one.number }, href: `/meetings/${one.id}/minutes` })),
    ...forming.map((one): Need => ({ ...NOWHERE, id: `agenda:${one.id}`, kind: 'meeting', level: 2, due_day: one.day, values: { line: 'agenda', day: one.day, place: one.title }, href: `/meetings/${one.id}` })),
    // An extension is answered before the day that it would move; what is overdue has been for as long as the oldest.
    ...numbered('supervise', overdue?.supervise ?? 0, 2, '/decisions?due=supervise', overdue?.supervise_day ?? null), ...numbered('asked', overdue?.asked ?? 0, 2, '/decisions?due=extension', overdue?.asked_day ?? null),
  ];
}

function numbered(line: string, found: number, level: number, href: string, due: string | null = null): Need[] {
  return found === 0 ? [] : [{ ...NOWHERE, id: line, kind: 'meeting', level, due_day: due, values: { line, count: found }, href }];
}

interface Owed { readonly sign: number; readonly report: number; readonly overdue: number; readonly sign_day: string | null; readonly report_day: string | null }

async function owed(db: Db, actor: Actor, reader: Reader, { day }: Now): Promise<Owed> {
  const own = sql`(d.owner_org_id = any(${[...reader.orgs]}::uuid[]) or d.project_id in (select c.id from projects_projects c where c.commissioner_id = ${actor.userId}))`;
  const row = await db.row<Owed>(sql`
    select count(*) filter (where sign is not null)::int as sign, count(*) filter (where report <= ${day})::int as report, count(*) filter (where due_day < ${day})::int as overdue, min(sign) as sign_day, min(report) filter (where report <= ${day}) as report_day
    from (select d.due_day, (select min(s.receipt_due) from dispatch_slips s where s.decision_id = d.id and s.received_at is null) as sign, (select min(c.day) from dispatch_checkpoints c where c.decision_id = d.id and c.reported_day is null) as report
      from dispatch_decisions d where d.kind = 'measure' and d.issued_day is not null and d.done_day is null and ${own} order by d.due_day, d.id limit 1000) x`);
  return row ?? { sign: 0, report: 0, overdue: 0, sign_day: null, report_day: null };
}

async function ofOwner(db: Db, actor: Actor, reader: Reader, now: Now): Promise<Need[]> {
  const found = await owed(db, actor, reader, now);
  return [...numbered('overdue', found.overdue, 3, '/decisions?due=overdue'), ...numbered('sign', found.sign, 2, '/decisions?due=sign', found.sign_day), ...numbered('report', found.report, 2, '/decisions?due=report', found.report_day)];
}

async function ofLeader(db: Db, actor: Actor): Promise<Need[]> {
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from dispatch_decisions d join dispatch_meetings m on m.id = d.meeting_id where d.kind = 'escalate' and d.answered_day is null and d.escalate_to in ('leader', 'main') and m.state in ('held', 'minutes_issued') and (d.escalate_user_id is null or d.escalate_user_id = ${actor.userId})`);
  return numbered('escalated', row?.count ?? 0, 2, '/decisions?due=escalated');
}
