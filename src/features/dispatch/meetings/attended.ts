// Which units are invited: to a meeting, or to the last one of a kind, which is whom the next one of it invites.
import { sql, type Db } from '../../../platform/db.ts';

export async function attendedOrgs(db: Db, kind: string | undefined, meetingId?: string): Promise<string[]> {
  const meeting = meetingId === undefined ? sql`(select m.id from dispatch_meetings m where m.kind = ${kind ?? ''} and m.state <> 'cancelled' and exists (select 1 from dispatch_attendees x where x.meeting_id = m.id) order by m.day desc, m.id desc limit 1)` : sql`${meetingId}::uuid`;
  return (await db.rows<{ id: string }>(sql`select a.org_id as id from dispatch_attendees a where a.meeting_id = ${meeting} and a.org_id is not null order by a.sort, a.id`)).map((row) => row.id);
}
