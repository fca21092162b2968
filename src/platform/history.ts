// What the event log says about one subject: what others changed since a version. Reads only; events are written by run() alone.
import { sql, type Db } from './db.ts';

export interface FieldChange {
  readonly field: string;
  /** The value as it is now. */
  readonly value: unknown;
  readonly actorName: string;
  readonly at: string;
}

const EVENT_LIMIT = 200;

/**
 * The fields that changed after a version of a subject, each with its latest value, who changed it and when. Commands that change many
 * subjects at once (an import) leave events without a version: those since the last known one count too.
 */
export async function changesSince(db: Db, subjectId: string, version: number): Promise<FieldChange[]> {
  const events = await db.rows<{ after: unknown; actor_name: string; at: string }>(sql`
    select after, actor_name, at from platform_events where subject_id = ${subjectId} and (version is null or version > ${version})
      and seq > coalesce((select max(seq) from platform_events where subject_id = ${subjectId} and version <= ${version}), 0)
    order by seq desc limit ${EVENT_LIMIT}`);
  const changes = new Map<string, FieldChange>();
  for (const event of events) {
    if (typeof event.after !== 'object' || event.after === null) continue;
    for (const [field, value] of Object.entries(event.after)) {
      if (!changes.has(field)) changes.set(field, { field, value, actorName: event.actor_name, at: event.at });
    }
  }
  return [...changes.values()];
}
