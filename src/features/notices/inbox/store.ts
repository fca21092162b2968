// SQL of one's own notices. Topics are few: each list is the merged heads of one index range a topic, whatever else there is.
import { sql, type Db } from '../../../platform/db.ts';
import type { Topic } from '../fields.ts';
import type { Facts } from '../delivery/told.ts';

export interface InboxRow {
  readonly id: string; readonly kind: string; readonly topic: Topic; readonly href: string; readonly facts: Facts; readonly urgent: boolean; readonly day: string; readonly at: string; readonly readAt: string | null;
}

export interface Place { readonly day: string; readonly id: string }

export async function listInbox(db: Db, userId: string, topics: readonly Topic[], unread: boolean, after: Place | undefined, limit: number): Promise<InboxRow[]> {
  const before = after === undefined ? sql`true` : sql`(i.day, i.notice_id) < (${after.day}::date, ${after.id}::uuid)`;
  const open = unread ? sql`i.read_at is null` : sql`true`;
  return db.rows<InboxRow>(sql`
    select n.id, n.kind, n.topic, n.href, n.facts, n.urgent, n.day, n.at, x.read_at as "readAt"
    from (select y.* from unnest(${[...topics]}::text[]) as t (topic) cross join lateral (
            select i.notice_id, i.day, i.read_at from notices_inbox i where i.user_id = ${userId} and i.topic = t.topic and ${open} and ${before} order by i.day desc, i.notice_id desc limit ${limit}) y
          order by y.day desc, y.notice_id desc limit ${limit}) x
    join notices_notices n on n.id = x.notice_id order by x.day desc, x.notice_id desc`);
}

/** Up to `most` of each topic. The order holds it to the index: where nothing is unread a limit alone would be looked for in the whole table. */
export async function countUnread(db: Db, userId: string, topics: readonly Topic[], most: number): Promise<{ topic: Topic; count: number }[]> {
  return db.rows(sql`
    select t.topic, (select count(*)::int from (select 1 from notices_inbox i where i.user_id = ${userId} and i.topic = t.topic and i.read_at is null order by i.day desc, i.notice_id desc limit ${most}) one) as count
    from unnest(${[...topics]}::text[]) with ordinality as t (topic, nth) order by t.nth`);
}

export async function lockUnread(tx: Db, userId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`select notice_id as id from notices_inbox where user_id = ${userId} and notice_id = any(${[...ids]}::uuid[]) and read_at is null order by notice_id for update`);
  return rows.map((row) => row.id);
}

export async function markRead(tx: Db, userId: string, ids: readonly string[], at: Date): Promise<number> {
  return tx.run(sql`update notices_inbox set read_at = ${at} where user_id = ${userId} and notice_id = any(${[...ids]}::uuid[]) and read_at is null`);
}

export async function markAllRead(tx: Db, userId: string, topics: readonly Topic[], at: Date): Promise<number> {
  return tx.run(sql`update notices_inbox set read_at = ${at} where user_id = ${userId} and topic = any(${[...topics]}) and read_at is null`);
}
