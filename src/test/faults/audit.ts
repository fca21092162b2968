// The crash audit: what four writers were told is compared with what the database holds. It gives complaints, so that it can be shown
// what it finds when something is wrong.
import type pg from 'pg';
import type { Sent } from './machine.ts';

export type Told = { acknowledged: readonly Sent[]; doubtful: readonly Sent[] };

/** Everything that speaks against the promise: acknowledged is kept, once, with one event; what was in doubt may be there, nothing else. */
export async function audit(client: pg.Client | pg.Pool, schema: string, { acknowledged, doubtful }: Told): Promise<string[]> {
  const { rows } = await client.query<{ id: string; events: number; there: boolean }>(
    `select coalesce(p.id, e.subject_id) as id, p.id is not null as there, coalesce(e.events, 0)::int as events
     from ${schema}.projects_projects p
     full join (select subject_id, count(*) as events from ${schema}.platform_events where kind = 'projects.created' group by subject_id) e on e.subject_id = p.id`,
  );
  const kept = new Map(rows.map((row) => [row.id, row]));
  const known = new Set([...acknowledged, ...doubtful].map(({ id }) => id));
  return [
    ...acknowledged.filter(({ id }) => kept.get(id)?.there !== true).map(({ id }) => `lost: ${id} was acknowledged`),
    ...rows.filter((row) => row.there && row.events === 0).map(({ id }) => `half done: ${id} has no event`),
    ...rows.filter((row) => !row.there).map(({ id }) => `half done: ${id} has an event and is not there`),
    ...rows.filter((row) => row.events > 1).map(({ id, events }) => `twice: ${id} was created ${events} times`),
    ...rows.filter((row) => !known.has(row.id)).map(({ id }) => `from nowhere: ${id}`),
  ];
}
