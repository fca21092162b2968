// Whom a meeting and what it decided concern: the office and whoever sees the zone all of it; a unit the meetings to which it is invited or at which it
// was given something; a commissioner what was decided of his projects. Written once for every list, record and command.
import { may, type Actor } from '../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../platform/db.ts';
import { reachable, seesAll } from '../projects/scope.ts';

export interface Reader {
  readonly all: boolean;
  /** Units for which the actor acts; none for a commissioner, an enterprise. */
  readonly orgs: readonly string[];
}

export async function readerOf(db: Db, actor: Actor): Promise<Reader> {
  if (seesAll(actor)) return { all: true, orgs: [] };
  const rows = await db.rows<{ id: string }>(sql`select o.id from people_organisations o where o.path && ${[...actor.scope.keys]}::uuid[] and o.kind <> 'enterprise'`);
  return { all: false, orgs: rows.map((row) => row.id) };
}

/** A condition on `dispatch_meetings m`; frozen: its agenda is out. What was cancelled before that nobody had heard of. */
export function knownMeeting(reader: Reader): Sql {
  if (reader.all) return sql`true`;
  const orgs = [...reader.orgs];
  return sql`(exists (select 1 from dispatch_attendees a where a.meeting_id = m.id and a.org_id = any(${orgs}::uuid[])) and m.frozen
    or exists (select 1 from dispatch_decisions g where g.meeting_id = m.id and g.issued_day is not null and g.owner_org_id = any(${orgs}::uuid[])))`;
}

/** A condition on `dispatch_decisions d`: given to one's unit, asked to help, or about a project that one may know; once it is issued. */
export function knownDecision(actor: Actor, reader: Reader): Sql {
  if (reader.all) return sql`true`;
  const orgs = [...reader.orgs];
  return sql`(d.issued_day is not null and (d.owner_org_id = any(${orgs}::uuid[]) or d.co_org_ids && ${orgs}::uuid[] or (d.project_id is not null and ${reachable(actor, sql`d.project_id`)})))`;
}

/** Whether the actor carries it out: he acts for the unit that leads, or is the project's commissioner. */
export function carriesOut(actor: Actor, reader: Reader, one: { readonly owner_org_id: string | null; readonly commissioner_id: string | null }): boolean {
  if (!may(actor, 'dispatch.receive')) return false;
  return actor.isSystem || (one.owner_org_id !== null && (one.owner_org_id === actor.orgId || reader.orgs.includes(one.owner_org_id))) || one.commissioner_id === actor.userId;
}
