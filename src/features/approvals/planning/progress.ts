// What is finished, accepted or stopped of projects' items, and how long such items really took: what the cases say, and the documents that came
// by another way (land contract, converted simulation, promise), in the planner's words.
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { readCalendar } from '../calendar/store.ts';
import type { Progress } from './plan.ts';

export type ProgressOf = Readonly<Record<string, Readonly<Record<string, Progress>>>>;

interface CaseRow {
  readonly project_id: string; readonly item: string; readonly received_day: string | null; readonly accepted_day: string | null; readonly granted_day: string | null; readonly kept_day: string; readonly unit: 'working' | 'calendar' | null; readonly counted: number | null;
}

/** By project, then by item. A project without any case or document is left out; what ended without a result counts for nothing. */
export async function progressOf(db: Db, projectIds: readonly string[]): Promise<ProgressOf> {
  const [{ law }, rows] = await Promise.all([readCalendar(db), db.rows<CaseRow>(sql`
    select distinct on (c.project_id, c.item) c.project_id, c.item, c.received_day, c.accepted_day, case when c.status in ('decided', 'delivered') and c.outcome <> 'refused' then c.decided_day end as granted_day,
      c.kept_day, c.unit, c.used + c.statutory_over as counted
    from approvals_cases c where c.project_id = any(${[...projectIds]}::uuid[]) and c.status not in ('not_accepted', 'withdrawn', 'returned', 'recalled', 'revoked') and c.outcome is distinct from 'refused'
    order by c.project_id, c.item, c.round desc`)]);
  const found: Record<string, Record<string, Progress>> = {};
  for (const row of rows) {
    const progress = progressIn(row, law);
    if (progress !== undefined) (found[row.project_id] ??= {})[row.item] = progress;
  }
  for (const { project_id: id, item, day } of await documentsOf(db, projectIds)) {
    const own = (found[id] ??= {});
    const known = own[item];
    if (known === undefined || !('finished' in known)) own[item] = { finished: day };
  }
  return found;
}

/** Items of which a case is in hand: not over, whatever it waits for. */
export async function itemsInHand(db: Db, projectId: string): Promise<ReadonlySet<string>> {
  return new Set((await db.rows<{ item: string }>(sql`select distinct item from approvals_cases where project_id = ${projectId} and closed_day is null`)).map((row) => row.item));
}

/** The first day of each document that no case made: by the land contract, out of a simulated opinion, by a promise that stands. */
export async function documentsOf(db: Db, projectIds: readonly string[]): Promise<readonly { readonly project_id: string; readonly item: string; readonly day: string }[]> {
  return db.rows(sql`
    select project_id, item, min(day) as day from (
      select project_id, item, day from approvals_results where source in ('contract', 'simulation') and not void and project_id = any(${[...projectIds]}::uuid[])
      union all select project_id, item, day from approvals_promises where kept is not false and project_id = any(${[...projectIds]}::uuid[])) d group by project_id, item`);
}

function progressIn({ received_day: received, accepted_day: accepted, granted_day: granted, kept_day: day, unit, counted }: CaseRow, calendar: WorkCalendar): Progress | undefined {
  if (granted !== null) return { finished: granted };
  if (accepted === null) return received === null ? undefined : { received };
  // Days since the acceptance that do not use up the limit were stops; of a limit in calendar days they are not told apart.
  const stopped = unit === 'working' && counted !== null ? Math.max(0, calendar.between(accepted, day) - counted) : 0;
  return stopped > 0 ? { accepted, stoppedDays: stopped } : { accepted };
}

const SINCE_YEARS = 2;

/** Working days that finished cases of items took from acceptance to result with all stops, by code. Of the last two years. */
export async function historyOf(db: Db): Promise<Readonly<Record<string, readonly number[]>>> {
  const [{ plans }, rows] = await Promise.all([readCalendar(db), db.rows<{ item: string; accepted_day: string; decided_day: string }>(sql`
    select item, accepted_day, decided_day from approvals_cases where decided_day is not null and accepted_day is not null and outcome <> 'refused'
      and decided_day > (select max(decided_day) from approvals_cases) - make_interval(years => ${SINCE_YEARS}) order by decided_day desc limit 20000`)]);
  const found: Record<string, number[]> = {};
  for (const { item, accepted_day: accepted, decided_day: decided } of rows) (found[item] ??= []).push(plans.between(accepted, decided));
  return found;
}
