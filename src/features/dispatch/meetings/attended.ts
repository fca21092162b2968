// Which units are invited: to a meeting, or to the last one of a kind, which is whom the next one of it invites.
import { sql, type Db } from '../../../platform/db.ts';

export async function invitedOrgs(db: Db, meetingId: string): Promise<string[]> {
  return (await db.rows<{ id: string }>(sql`select a.org_id as id from dispatch_attendees a where a.meeting_id = ${meetingId} and a.org_id is not null order by a.sort, a.id`)).map((row) => row.id);
}

/** Of each kind the units of its last meeting that invited any; a kind that never met is left out. */
export async function lastInvitedOrgs(db: Db, kinds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (kinds.length === 0) return new Map();
  const rows = await db.rows<{ kind: string; orgs: string[] }>(sql`
    select k.kind, array(select a.org_id from dispatch_attendees a where a.meeting_id = last.id and a.org_id is not null order by a.sort, a.id) as orgs
    from unnest(${[...new Set(kinds)]}::text[]) as k (kind)
    cross join lateral (select m.id from dispatch_meetings m where m.kind = k.kind and m.state <> 'cancelled' and exists (select 1 from dispatch_attendees x where x.meeting_id = m.id and x.org_id is not null) order by m.day desc, m.id desc limit 1) last`);
  return new Map(rows.map((row) => [row.kind, row.orgs]));
}
