// What another feature expects of projects, as it tells it: the day on which works will begin, and approvals in hand with the days that their
// rules look at. The way in for that feature; it decides nothing. The caller holds the lock of every project that he tells of.
import type { Now } from '../../kernel/clock.ts';
import { columns } from '../../platform/columns.ts';
import { sql, type Db } from '../../platform/db.ts';
import { keep } from './keep.ts';
import type { Pending, Prediction } from './warnings/rules.ts';

export interface Foreseen {
  /** Complete for the projects that are told of: who has none here has none. Left out: nothing is said of predictions. */
  readonly predictions?: readonly (Prediction & { readonly projectId: string })[];
  readonly pending?: readonly (Pending & { readonly projectId: string })[];
}

/** Stores what is foreseen of some projects and keeps those of which it changed: lights, lists, totals. Call it last in a save. */
export async function foresee(tx: Db, projectIds: readonly string[], { predictions, pending }: Foreseen, now: Now): Promise<void> {
  if (projectIds.length === 0) return;
  const ids = [...projectIds];
  const changed = [...(predictions === undefined ? [] : await writePredictions(tx, ids, predictions)), ...(pending === undefined ? [] : await writePending(tx, ids, pending))];
  await keep(tx, [...new Set(changed)], now);
}

/** Keeps projects again whose working days have become others: how late something is follows from them. */
export function remeasure(tx: Db, projectIds: readonly string[], now: Now): Promise<void> {
  return keep(tx, [...projectIds], now);
}

// Both write what differs and nothing else: most days change nothing of most projects.
async function writePredictions(tx: Db, ids: string[], rows: NonNullable<Foreseen['predictions']>): Promise<string[]> {
  const shape = { project_id: 'uuid', begin_day: 'date', agreed_day: 'date', numbers: 'jsonb' } as const;
  const values = rows.map((one) => ({ project_id: one.projectId, begin_day: one.day, agreed_day: one.agreedDay, numbers: one.numbers }));
  return idsOf(tx.rows(sql`
    with told as (select project_id, begin_day, agreed_day, numbers from ${columns(shape, values)} as v),
    gone as (delete from projects_predictions where project_id = any(${ids}::uuid[]) and project_id not in (select project_id from told) returning project_id),
    put as (
      insert into projects_predictions as p (project_id, begin_day, agreed_day, numbers) select project_id, begin_day, agreed_day, numbers from told
      on conflict (project_id) do update set begin_day = excluded.begin_day, agreed_day = excluded.agreed_day, numbers = excluded.numbers
      where (p.begin_day, p.agreed_day, p.numbers) is distinct from (excluded.begin_day, excluded.agreed_day, excluded.numbers) returning project_id)
    select project_id as id from gone union all select project_id from put`));
}

async function writePending(tx: Db, ids: string[], rows: NonNullable<Foreseen['pending']>): Promise<string[]> {
  const shape = { subject: 'uuid', project_id: 'uuid', promised_day: 'date', statutory_day: 'date', stopped_day: 'date', numbers: 'jsonb' } as const;
  const values = rows.map((one) => ({ subject: one.subject, project_id: one.projectId, promised_day: one.promisedDay, statutory_day: one.statutoryDay, stopped_day: one.stoppedDay, numbers: one.numbers }));
  return idsOf(tx.rows(sql`
    with told as (select subject, project_id, promised_day, statutory_day, stopped_day, numbers from ${columns(shape, values)} as v),
    gone as (delete from projects_pending where project_id = any(${ids}::uuid[]) and subject not in (select subject from told) returning project_id),
    put as (
      insert into projects_pending as p (subject, project_id, promised_day, statutory_day, stopped_day, numbers) select subject, project_id, promised_day, statutory_day, stopped_day, numbers from told
      on conflict (subject) do update set promised_day = excluded.promised_day, statutory_day = excluded.statutory_day, stopped_day = excluded.stopped_day, numbers = excluded.numbers
      where (p.promised_day, p.statutory_day, p.stopped_day, p.numbers) is distinct from (excluded.promised_day, excluded.statutory_day, excluded.stopped_day, excluded.numbers) returning project_id)
    select project_id as id from gone union all select project_id from put`));
}

async function idsOf(rows: Promise<{ id: string }[]>): Promise<string[]> {
  return (await rows).map((row) => row.id);
}
