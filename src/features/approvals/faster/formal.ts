// Which items of projects are formally handled: the one place of this capability that knows where cases are kept. Reads only.
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { numberOfDay } from '../../../kernel/epoch.ts';
import type { Outcome, Status } from '../clocks/events.ts';
import { NEW_CASE, type CaseState } from '../clocks/state.ts';

export interface CaseFile {
  readonly id: string;
  readonly item: string;
  readonly number: string | null;
  readonly receivedDay: string | null;
  readonly decidedDay: string | null;
  readonly state: CaseState;
}

interface Row {
  readonly project_id: string; readonly id: string; readonly item: string; readonly status: Status; readonly outcome: Outcome | null; readonly document: string | null;
  readonly received_day: string | null; readonly decided_day: string | null;
}

/** Of each item the case that stands: one that was granted, else the last one. By project. */
export async function casesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, readonly CaseFile[]>> {
  const rows = await db.rows<Row>(sql`
    select distinct on (c.project_id, c.item) c.project_id, c.id, c.item, c.status, c.outcome, c.document, c.received_day, c.decided_day from approvals_cases c where c.project_id = any(${[...ids]}::uuid[])
    order by c.project_id, c.item, (c.status in ('decided', 'delivered') and c.outcome <> 'refused') desc, c.round desc`);
  const found = new Map<string, CaseFile[]>();
  for (const row of rows) found.set(row.project_id, [...(found.get(row.project_id) ?? []), fileOf(row)]);
  return found;
}

function fileOf({ id, item, status, outcome, document, received_day: receivedDay, decided_day: decidedDay }: Row): CaseFile {
  const decided = decidedDay === null ? null : (numberOfDay(decidedDay) ?? null);
  return { id, item, number: document, receivedDay, decidedDay, state: { ...NEW_CASE, status, outcome, decided } };
}

export function isGranted({ state }: CaseFile): boolean {
  return (state.status === 'decided' || state.status === 'delivered') && state.outcome !== null && state.outcome !== 'refused';
}

/**
 * For each row of guidance (alias `g`) the first application after it, as `a`: its day, and whether it was accepted without corrections; null
 * while neither is known. Acceptance by silence counts: nobody found anything missing in time.
 */
export const FIRST_APPLICATION = sql`
  lateral (
    select c.id as case_id, c.received_day as applied_day,
      case when exists (select 1 from approvals_case_events e where e.case_id = c.id and e.kind = 'correction_asked') or c.status = 'not_accepted' then false
           when c.accepted_day is not null then true end as passed
    from approvals_cases c where c.project_id = g.project_id and c.item = g.item and c.source = 'own' and c.received_day >= g.day order by c.received_day, c.round limit 1) a`;

export interface Ends {
  /** From this day on; null: from the first. */
  readonly from: string | null;
  readonly to: string;
}

/**
 * Documents of granted cases that end within some days. `validity` has the columns item and months. An end is the day of decision and some months,
 * so that the range of ends is a range of the index on days of decision; some days more, because months are of different lengths.
 */
export function caseDocuments(validity: Sql, { from, to }: Ends): Sql {
  const begin = from === null ? sql.empty : sql`and c.decided_day >= ${from}::date - make_interval(months => v.months, days => 4)`;
  return sql`
    select c.id, c.project_id, c.item, c.org_id, c.document as number, (c.decided_day + make_interval(months => v.months))::date as until
    from ${validity} v join approvals_cases c on c.item = v.item
    where c.decided_day is not null and c.status in ('decided', 'delivered') and c.outcome <> 'refused' ${begin} and c.decided_day <= ${to}::date - make_interval(months => v.months) + interval '4 days'
      and not exists (select 1 from approvals_results r where r.origin_id = c.id)`;
}
