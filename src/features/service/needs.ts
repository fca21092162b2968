// What of the service needs whom on the first page: an enterprise a policy that suits it and whose window ends, owners their quarter reports, the office
// the reports that wait, whoever matches needs that nobody has answered, departments answers past their review.
import { addDays } from '../../kernel/days.ts';
import type { Now } from '../../kernel/clock.ts';
import { may, type Actor } from '../../platform/actor.ts';
import { sql, type Db } from '../../platform/db.ts';
import { needs, type Need } from '../projects/portfolio/needs.ts';
import { owedOf, quartersOf } from './programme/rules.ts';
import { measures, programmesDue } from './programme/store.ts';
import { ENDING_DAYS } from './policies/rules.ts';
import { callbacksDue } from './desk/reads.ts';
import { standingOf, type Standing } from './standing.ts';

/** A need that nobody has answered for so many days is told to who matches. */
const UNANSWERED_DAYS = 14;

/** Called when the program is put together. */
export function bindNeeds(): void {
  // What of it is due today is counted with the list (portfolio/feature.ts); it has no number of its own beside a word of the navigation.
  needs.set('knowledge', { list: listNeeds, count: () => Promise.resolve(0) });
}

async function listNeeds(db: Db, actor: Actor, now: Now, limit: number): Promise<readonly Need[]> {
  if (!may(actor, 'service.read')) return [];
  const standing = await standingOf(db, actor);
  if (!standing.officer) return (await endingOn(db, actor, now.day, limit)).map((row): Need => ({ ...NOWHERE, id: `policy:${row.id}`, level: 2, due_day: row.day, values: { line: 'window', policy: row.name }, href: `/service/policies/${row.id}` }));
  return (await Promise.all([owed(db, actor, standing, now.day), waiting(db, actor), unanswered(db, actor, now.day), review(db, actor, standing, now.day), callbacks(db, actor, now.day), duties(db, actor, now.day)])).flat();
}

const NOWHERE = { kind: 'knowledge', project_id: null, project_name: null, town_name: null, commissioner_name: null } as const;

interface Ending { readonly id: string; readonly name: string; readonly day: string }

async function endingOn(db: Db, actor: Actor, day: string, limit: number): Promise<Ending[]> {
  return db.rows<Ending>(sql`
    select p.id, p.name, p.apply_until as day from service_matches m join service_policies p on p.id = m.policy_id
    where m.org_id = ${actor.orgId} and m.fits = 'yes' and p.apply_until between ${day} and ${addDays(day, ENDING_DAYS)} and coalesce(p.apply_from <= ${day}, true) and not exists (select 1 from service_deliveries d where d.policy_id = p.id and d.org_id = m.org_id and (d.applied_day is not null or d.declined_day is not null))
    order by p.apply_until, p.id limit ${limit}`);
}

async function owed(db: Db, actor: Actor, standing: Standing, day: string): Promise<Need[]> {
  if (!may(actor, 'service.match') || standing.all) return [];
  if (standing.orgs.length === 0) return [];
  const owing = (await Promise.all((await programmesDue(db, Number(day.slice(0, 4)))).map(async (programme) => {
    const quarters = quartersOf(programme.year, programme.due_days);
    const due = (await measures(db, { programmeId: programme.id, orgs: standing.orgs }, undefined, 200)).flatMap((row) => owedOf(row, row.reports, quarters, day));
    return due.map((one) => ({ ...one, year: programme.year }));
  }))).flat().toSorted((a, b) => (a.due < b.due ? -1 : 1));
  const [first] = owing;
  // The address opens one programme: the one whose reports are due first.
  return first === undefined ? [] : [{ ...NOWHERE, id: 'owed', level: first.due < day ? 3 : 2, due_day: first.due, values: { line: 'owed', count: owing.filter((one) => one.year === first.year).length }, href: `/service/programme?tab=measures&mine=1&year=${String(first.year)}&state=${first.due < day ? 'late' : 'owed'}` }];
}

async function waiting(db: Db, actor: Actor): Promise<Need[]> {
  if (!may(actor, 'service.keep_programme')) return [];
  const row = await db.row<{ count: number; day: string | null }>(sql`select count(*)::int as count, min(day) as day from (select day from service_measure_reports where state = 'submitted' order by day, id limit 200) as found`);
  return row === undefined || row.count === 0 ? [] : [{ ...NOWHERE, id: 'waiting', level: 1, due_day: null, values: { line: 'waiting', count: row.count }, href: '/service/programme?tab=measures&state=waiting' }];
}

async function unanswered(db: Db, actor: Actor, day: string): Promise<Need[]> {
  if (!may(actor, 'service.match')) return [];
  const row = await db.row<{ count: number }>(sql`select count(*)::int as count from (select 1 from service_listings where side = 'need' and closed_day is null and answered_day is null and opened_day <= ${addDays(day, -UNANSWERED_DAYS)} limit 200) as found`);
  return row === undefined || row.count === 0 ? [] : [{ ...NOWHERE, id: 'unanswered', level: 2, due_day: null, values: { line: 'unanswered', count: row.count, days: UNANSWERED_DAYS }, href: '/service/matching?side=need&state=unanswered' }];
}

async function review(db: Db, actor: Actor, standing: Standing, day: string): Promise<Need[]> {
  if (!may(actor, 'service.keep_knowledge')) return [];
  const whose = standing.all ? sql`department_id is null` : sql`department_id = any(${[...standing.orgs]}::uuid[])`;
  const row = await db.row<{ count: number }>(sql`select count(*)::int as count from (select 1 from service_answers where withdrawn_day is null and review_due < ${day} and ${whose} limit 200) as found`);
  return row === undefined || row.count === 0 ? [] : [{ ...NOWHERE, id: 'review', level: 1, due_day: null, values: { line: 'review', count: row.count }, href: '/service/answers?state=review' }];
}

/** Duty is told of so many days ahead. */
const DUTY_DAYS = 7;

/** His duty of the days to come, and what others ask him to take. */
async function duties(db: Db, actor: Actor, day: string): Promise<Need[]> {
  const row = await db.row<{ own: number; first: string | null; offered: number }>(sql`
    select count(*)::int as own, min(day) as first, (select count(*)::int from service_duties where offered_to = ${actor.userId} and day >= ${day}) as offered from service_duties where user_id = ${actor.userId} and day between ${day} and ${addDays(day, DUTY_DAYS - 1)}`);
  const line = (id: string, count: number, level: number, due: string | null): Need[] => (count === 0 ? [] : [{ ...NOWHERE, id, level, due_day: due, values: { line: id, count }, href: '/service/duty' }]);
  return [...line('duty', row?.own ?? 0, 1, row?.first ?? null), ...line('duty_offered', row?.offered ?? 0, 2, null)];
}

/** Calls that were drawn for him and that nobody has answered yet. */
async function callbacks(db: Db, actor: Actor, day: string): Promise<Need[]> {
  if (!may(actor, 'service.desk')) return [];
  const row = await db.row<{ count: number; day: string | null }>(sql`select count(*)::int as count, min(due_day) as day from (${callbacksDue(actor, day)} order by c.due_day, c.problem_id limit 200) as found`);
  return row === undefined || row.count === 0 ? [] : [{ ...NOWHERE, id: 'callbacks', level: row.day !== null && row.day < day ? 3 : 2, due_day: row.day, values: { line: 'callbacks', count: row.count }, href: '/problems/callbacks' }];
}
