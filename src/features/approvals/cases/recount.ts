// Cases counted again from their events: because time alone did something to them, or because the calendar of the zone has changed. Nothing
// that was told is lost by it: the events stay, and what is derived follows from them.
import { numberOfDay } from '../../../kernel/epoch.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Database, type Db, type Sql } from '../../../platform/db.ts';
import { remeasure } from '../../projects/foreseen.ts';
import { lockProjects } from '../../projects/scope.ts';
import { readCalendar, type ZoneCalendar } from '../calendar/store.ts';
import type { Outcome, Status } from '../clocks/events.ts';
import type { ClockRules } from '../clocks/terms.ts';
import { forecastLater } from '../planning/forecast.ts';
import { factsOf, readDuties, readHandbook, type Handbook } from './catalogue.ts';
import { keptOf, type Kept } from './kept.ts';
import { askOthers } from './opening.ts';
import { keptOfReport } from './outside.ts';
import { opinionDue } from './parts.ts';
import { reviewDays } from './rules.ts';
import * as store from './store.ts';

/** Projects of one transaction: a command on one of them waits no longer than for these. */
const BATCH = 50;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Counts open cases again, project by project under its lock, and tells its warnings; its forecast follows by its own job: those that an earlier edition of the calendar counted, and those
 * that time alone has turned. Looks at the projects with a case that was counted by an earlier edition or for which `also` holds. May be cut off at
 * any moment. Gives how many cases were counted.
 */
export async function recountCases(database: Pick<Database, 'transaction'>, now: Now, also: Sql = sql`false`): Promise<number> {
  let done = 0;
  for (let after = FIRST; ;) {
    const last = await database.transaction((tx) => recountBatch(tx, after, now, also));
    if (last === undefined) return done;
    done += last.count;
    after = last.id;
  }
}

async function recountBatch(tx: Db, after: string, now: Now, also: Sql): Promise<{ id: string; count: number } | undefined> {
  const edition = (await readCalendar(tx)).edition;
  const found = await tx.rows<{ id: string }>(sql`
    select distinct c.project_id as id from approvals_cases c where c.closed_day is null and c.project_id > ${after}::uuid and (c.calendar < ${edition} or ${also}) order by 1 limit ${BATCH}`);
  const ids = found.map((one) => one.id);
  const last = ids.at(-1);
  if (last === undefined) return undefined;
  await lockProjects(tx, ids);
  const rows = await tx.rows<{ id: string; earlier: boolean }>(sql`
    select id, calendar < ${edition} as earlier from approvals_cases where project_id = any(${ids}::uuid[]) and closed_day is null and (calendar < ${edition} or turns_day <= ${now.day}) order by id for update`);
  if (rows.length > 0) await recount(tx, rows.map((row) => row.id), now, await readCalendar(tx));
  await forecastLater(tx, ids, now);
  if (rows.some((row) => row.earlier)) await remeasure(tx, ids, now);
  return { id: last, count: rows.length };
}

export interface CountedRow {
  readonly id: string; readonly project_id: string; readonly item: string; readonly org_id: string; readonly source: string; readonly status: Status; readonly outcome: Outcome | null; readonly document: string | null;
  readonly received_day: string | null; readonly accepted_day: string | null; readonly decided_day: string | null; readonly delivered_day: string | null; readonly verified_day: string | null;
  readonly limits: ClockRules; readonly calendar: number;
}

/** What counting a case anew reads of it; of the table `c`. */
export const CASE_COLUMNS = sql`c.id, c.project_id, c.item, c.org_id, c.source, c.status, c.outcome, c.document, c.received_day, c.accepted_day, c.decided_day, c.delivered_day, c.verified_day, c.limits, c.calendar`;

/** A case from what was told of it: its events, or the report of another system. */
export function countedAnew(row: CountedRow, told: readonly store.TaleRow[], rules: ClockRules, now: Now, calendar: WorkCalendar): Kept {
  return row.source === 'own' ? keptOf(told.map(store.eventIn), now.day, rules, calendar) : keptOfReport(toldIn(row), rules, now, calendar);
}

/** Counts locked cases from their events. Who was accepted by silence keeps the limits of that day from now on, and the others are asked. */
export async function recount(tx: Db, ids: readonly string[], now: Now, calendar: ZoneCalendar): Promise<void> {
  const rows = await tx.rows<CountedRow>(sql`select ${CASE_COLUMNS} from approvals_cases c where c.id = any(${[...ids]}::uuid[])`);
  const [events, handbook, duties] = [await store.eventsOf(tx, ids), await readHandbook(tx, now.day), await readDuties(tx)];
  const kept: { id: string; kept: Kept }[] = [];
  for (const row of rows) {
    const rules = row.source === 'own' && row.accepted_day === null ? handbook.limits(row.item, await factsOf(tx, row.project_id)).rules : row.limits;
    const one = countedAnew(row, events.get(row.id) ?? [], rules, now, calendar.law);
    kept.push({ id: row.id, kept: one });
    if (row.source !== 'own' || row.accepted_day !== null || one.accepted_day === null || numberOfDay(one.accepted_day) === undefined) continue;
    await tx.run(sql`update approvals_cases set limits = ${JSON.stringify(rules)}::jsonb, version = version + 1 where id = ${row.id}`);
    await askOf(tx, row, handbook, { rules, duties, calendar }, now.day);
  }
  await store.keepCases(tx, kept, now.day, calendar);
  await redate(tx, rows.filter((row) => row.calendar < calendar.edition).map((row) => row.id), events, now, calendar);
}

async function askOf(tx: Db, row: CountedRow, handbook: Handbook, rest: { rules: ClockRules; duties: Awaited<ReturnType<typeof readDuties>>; calendar: ZoneCalendar }, day: string): Promise<void> {
  const item = handbook.item(row.item);
  if (item !== undefined) await askOthers(tx, { id: row.id, orgId: row.org_id, item, ...rest }, day);
}

/** What another system told of a case, as it was told. */
function toldIn(row: CountedRow): Parameters<typeof keptOfReport>[0] {
  const { status, verified_day: verified, received_day: received, accepted_day: accepted, decided_day: decided, delivered_day: delivered, outcome, document } = row;
  return {
    status, verifiedDay: verified ?? '', receivedDay: received ?? undefined, acceptedDay: accepted ?? undefined, decidedDay: decided ?? undefined, deliveredDay: delivered ?? undefined, outcome: outcome ?? undefined,
    document: document ?? undefined,
  };
}

interface OpenReview { readonly case_id: string; readonly org_id: string; readonly asked_day: string; readonly due_day: string; readonly limits: ClockRules; readonly joint: boolean }

/**
 * Until when those asked may answer, where their time is not over: what silence has meant already it goes on meaning. Of a joint acceptance
 * opinions are due by its steps, which its windows move.
 */
async function redate(tx: Db, ids: readonly string[], events: Awaited<ReturnType<typeof store.eventsOf>>, now: Now, { law }: ZoneCalendar): Promise<void> {
  if (ids.length === 0) return;
  const open = await tx.rows<OpenReview>(sql`
    select v.case_id, v.org_id, v.asked_day, v.due_day, c.limits, exists (select 1 from approvals_cases part where part.part_of = c.id) as joint from approvals_case_reviews v join approvals_cases c on c.id = v.case_id
    where v.case_id = any(${[...ids]}::uuid[]) and v.view is null and v.due_day >= ${now.day}::date order by v.case_id, v.org_id for update of v`);
  const dueOf = (one: OpenReview): string => (one.joint ? opinionDue((events.get(one.case_id) ?? []).map(store.eventIn), one.limits, now.day, law) : law.add(one.asked_day, reviewDays(one.limits, one.asked_day)).day);
  const moved = open.map((one) => ({ case_id: one.case_id, org_id: one.org_id, before: one.due_day, due: dueOf(one) })).filter((one) => one.due !== one.before);
  if (moved.length === 0) return;
  await tx.run(sql`
    update approvals_case_reviews r set due_day = v.due from ${columns({ case_id: 'uuid', org_id: 'uuid', due: 'date' }, moved.map(({ before: _before, ...rest }) => rest))} as v where r.case_id = v.case_id and r.org_id = v.org_id`);
}
