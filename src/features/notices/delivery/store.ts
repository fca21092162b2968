// SQL of what is sent out of the house. It moves states of deliveries and messages and decides nothing: what is told stands in the notices.
import { columns } from '../../../platform/columns.ts';
import { sql, type Db } from '../../../platform/db.ts';
import type { Channel } from '../fields.ts';
import type { Language, Told } from './told.ts';

export interface Recipient { readonly channel: Channel; readonly recipientId: string }

const READY = 200;

/** Whoever has something due, nothing under way, and can be reached (without a site nobody can be asked for his address): the longest waiting first. One index range for each recipient, however much waits. */
export async function readyRecipients(tx: Db, channels: readonly Channel[], instant: Date, site: boolean): Promise<Recipient[]> {
  return tx.rows<Recipient>(sql`
    with recursive each as (
      (select channel, recipient_id, due_at from notices_deliveries where state = 'waiting' and message_id is null order by channel, recipient_id, due_at limit 1)
      union all
      select n.channel, n.recipient_id, n.due_at from each e cross join lateral (
        select d.channel, d.recipient_id, d.due_at from notices_deliveries d where d.state = 'waiting' and d.message_id is null and (d.channel, d.recipient_id) > (e.channel, e.recipient_id)
        order by d.channel, d.recipient_id, d.due_at limit 1) n)
    select e.channel, e.recipient_id as "recipientId" from each e
    where e.channel = any(${[...channels]}) and e.due_at <= ${instant}
      and not exists (select from notices_messages m where m.channel = e.channel and m.recipient_id = e.recipient_id and m.state in ('waiting', 'failed'))
      and case when e.channel = 'mail' then (exists (select from notices_preferences p where p.user_id = e.recipient_id and p.email is not null and p.refused is null and p.confirmed_at is not null) or exists (select from notices_addresses a where a.id = e.recipient_id and a.refused is null and (${site} or a.confirmed_at is not null)))
          else exists (select from notices_receivers r where r.id = e.recipient_id and r.state = 'active' and (r.next_at is null or r.next_at <= ${instant})) end
    order by e.due_at limit ${READY}`);
}

export interface Due extends Recipient { readonly noticeId: string; readonly digest: boolean }

/** What is due for them, in its order, up to `most` for each. */
export async function dueOf(tx: Db, recipients: readonly (Recipient & { readonly most: number })[], instant: Date): Promise<Due[]> {
  return tx.rows<Due>(sql`
    select v.channel, v.recipient_id as "recipientId", d.notice_id as "noticeId", d.digest
    from ${columns({ channel: 'text', recipient_id: 'uuid', most: 'int' }, recipients.map((one) => ({ channel: one.channel, recipient_id: one.recipientId, most: one.most })))} as v
    cross join lateral (
      select notice_id, digest, due_at from notices_deliveries w
      where w.state = 'waiting' and w.message_id is null and w.channel = v.channel and w.recipient_id = v.recipient_id and w.due_at <= ${instant} order by w.due_at, w.notice_id limit v.most) d
    order by v.nth, d.due_at, d.notice_id`);
}

/** Only one process makes messages at a time; another finds them made. */
export async function gathersAlone(tx: Db): Promise<boolean> {
  return (await tx.row<{ alone: boolean }>(sql`select pg_try_advisory_xact_lock(hashtextextended('notices:gather', 0)) as alone`))?.alone ?? false;
}

export interface Made extends Recipient { readonly id: string; readonly noticeIds: readonly string[] }

/**
 * Writes messages with what they hold. What waits for its hour and is about the same subject as something that leaves now, and was told before it,
 * leaves with it: nobody reads the end before the beginning.
 */
export async function insertMessages(tx: Db, made: readonly Made[], instant: Date): Promise<void> {
  const rows = made.map((one) => ({ id: one.id, channel: one.channel, recipient_id: one.recipientId, notices: one.noticeIds.length }));
  const held = made.flatMap((one) => one.noticeIds.map((notice_id) => ({ id: one.id, channel: one.channel, recipient_id: one.recipientId, notice_id })));
  const shape = { id: 'uuid', channel: 'text', recipient_id: 'uuid', notice_id: 'uuid' } as const;
  await tx.run(sql`
    insert into notices_messages (id, channel, recipient_id, notices, state, due_at, created_at)
    select id, channel, recipient_id, notices, 'waiting', ${instant}, ${instant} from ${columns({ id: 'uuid', channel: 'text', recipient_id: 'uuid', notices: 'int' }, rows)} as v`);
  for (let i = 0; i < held.length; i += 40_000) {
    await tx.run(sql`
      update notices_deliveries d set message_id = v.id from ${columns(shape, held.slice(i, i + 40_000))} as v
      where d.notice_id = v.notice_id and d.recipient_id = v.recipient_id and d.channel = v.channel and d.state = 'waiting' and d.message_id is null`);
  }
  const mail = held.filter((one) => one.channel === 'mail').slice(0, 40_000);
  if (mail.length === 0) return;
  await tx.run(sql`
    with early as (
      update notices_deliveries d set message_id = v.id from ${columns(shape, mail)} as v join notices_notices now on now.id = v.notice_id
      join notices_notices before on before.subject_type = now.subject_type and before.subject_id = now.subject_id and before.id < now.id
      where d.notice_id = before.id and d.recipient_id = v.recipient_id and d.channel = 'mail' and d.state = 'waiting' and d.message_id is null
      returning d.message_id)
    update notices_messages m set notices = m.notices + e.more from (select message_id, count(*)::int as more from early group by message_id) e where m.id = e.message_id`);
}

export interface Taken extends Recipient {
  readonly id: string;
  readonly attempts: number;
}

/** Takes messages that are due, for a time that is longer than sending can last. Who is killed meanwhile leaves them to be taken again after it. */
export async function takeMessages(tx: Db, channels: readonly Channel[], limit: number, by: string, instant: Date, until: Date): Promise<Taken[]> {
  return tx.rows<Taken>(sql`
    update notices_messages m set taken_until = ${until}, taken_by = ${by}
    from (select id from notices_messages where state in ('waiting', 'failed') and due_at <= ${instant} and channel = any(${[...channels]}) and (taken_until is null or taken_until <= ${instant})
          order by due_at, id limit ${limit} for update skip locked) t
    where m.id = t.id returning m.id, m.channel, m.recipient_id as "recipientId", m.attempts`);
}

export async function noticesOf(db: Db, messageId: string): Promise<Told[]> {
  return db.rows<Told>(sql`
    select n.id, n.key, n.kind, n.topic, n.subject_type as "subjectType", n.subject_id as "subjectId", n.project_id as "projectId", n.href, n.facts, n.urgent, n.day, n.at
    from notices_deliveries d join notices_notices n on n.id = d.notice_id where d.message_id = ${messageId} order by n.id`);
}

export interface Addressee {
  readonly email: string | null;
  readonly language: Language;
  readonly refused: string | null;
  /** Its owner has said that it is his: until then only the letter that asks is sent. */
  readonly confirmed: boolean;
  /** A person as told by his own way, not an address of its own. */
  readonly person: boolean;
  /** Somebody who has an account, and settings there. */
  readonly account: boolean;
}

/** A person, or an address of its own. Undefined where the person is no longer active. */
export async function addresseeOf(db: Db, recipientId: string): Promise<Addressee | undefined> {
  return db.row<Addressee>(sql`
    select p.email, p.language, p.refused, p.confirmed_at is not null as confirmed, true as person, true as account from notices_preferences p join people_users u on u.id = p.user_id and u.active where p.user_id = ${recipientId}
    union all select a.email, a.language, a.refused, a.confirmed_at is not null, false, a.user_id is not null from notices_addresses a left join people_users u on u.id = a.user_id where a.id = ${recipientId} and coalesce(u.active, true)`);
}

export interface Receiver { readonly id: string; readonly name: string; readonly kind: 'wecom' | 'dingtalk' | 'webhook'; readonly sealedUrl: string; readonly sealedSecret: string | null; readonly language: Language; readonly state: string }

export async function receiverOf(db: Db, id: string): Promise<Receiver | undefined> {
  return db.row<Receiver>(sql`select id, name, kind, sealed_url as "sealedUrl", sealed_secret as "sealedSecret", language, state from notices_receivers where id = ${id}`);
}

/** Still ours: a process that was too slow must not mark what another has taken meanwhile. */
export async function endMessage(tx: Db, id: string, by: string, state: 'sent' | 'parked' | 'skipped', error: string | null, instant: Date): Promise<boolean> {
  const ended = await tx.run(sql`
    update notices_messages set state = ${state}, attempts = attempts + 1, error = ${error}, taken_until = null, taken_by = null, ended_at = ${instant}
    where id = ${id} and taken_by = ${by} and state in ('waiting', 'failed')`);
  if (ended === 1) await tx.run(sql`update notices_deliveries set state = ${state} where message_id = ${id} and state = 'waiting'`);
  return ended === 1;
}

/** What it holds waits again, as if it had never been gathered. */
export async function putBack(tx: Db, id: string, by: string, instant: Date): Promise<void> {
  const ended = await tx.run(sql`update notices_messages set state = 'skipped', taken_until = null, taken_by = null, ended_at = ${instant} where id = ${id} and taken_by = ${by} and state in ('waiting', 'failed')`);
  if (ended === 1) await tx.run(sql`update notices_deliveries set message_id = null where message_id = ${id} and state = 'waiting'`);
}

/** To be tried again at its time. `counts`: the attempt is one of those after which it is parked. */
export async function postponeMessage(tx: Db, id: string, by: string, error: string, counts: boolean, due: Date): Promise<void> {
  await tx.run(sql`
    update notices_messages set state = 'failed', attempts = attempts + ${counts ? 1 : 0}, error = ${error}, due_at = ${due}, taken_until = null, taken_by = null
    where id = ${id} and taken_by = ${by} and state in ('waiting', 'failed')`);
}

export interface Outage { readonly failures: number; readonly until: string; readonly since: string; readonly error: string }

export async function outageOf(db: Db, channel: Channel): Promise<Outage | undefined> {
  return db.row<Outage>(sql`select failures, until, since, error from notices_outages where channel = ${channel}`);
}

export async function saveOutage(tx: Db, channel: Channel, failures: number, until: Date, error: string, instant: Date): Promise<void> {
  await tx.run(sql`
    insert into notices_outages (channel, failures, until, since, error) values (${channel}, ${failures}, ${until}, ${instant}, ${error})
    on conflict (channel) do update set failures = excluded.failures, until = excluded.until, error = excluded.error`);
}

export async function endOutage(tx: Db, channel: Channel): Promise<void> {
  await tx.run(sql`delete from notices_outages where channel = ${channel}`);
}

/** What failed is tried again at once: the server or the receiver was set anew. */
export async function hurry(tx: Db, channel: Channel, recipientId: string | undefined, instant: Date): Promise<void> {
  const whose = recipientId === undefined ? sql`true` : sql`recipient_id = ${recipientId}`;
  await tx.run(sql`update notices_messages set due_at = ${instant} where channel = ${channel} and state = 'failed' and due_at > ${instant} and ${whose}`);
}

/** Gives whose address it is, if he has an account. */
export async function refuseAddress(tx: Db, recipientId: string, reason: string): Promise<string | undefined> {
  await tx.run(sql`update notices_addresses set refused = ${reason} where id = ${recipientId}`);
  const rows = await tx.rows<{ id: string }>(sql`update notices_preferences set refused = ${reason}, version = version + 1 where (user_id = ${recipientId} or address_id = ${recipientId}) and email is not null returning user_id as id`);
  return rows[0]?.id;
}

export async function noteReceiver(tx: Db, id: string, failures: number, nextAt: Date | null): Promise<void> {
  await tx.run(sql`update notices_receivers set failures = ${failures}, next_at = ${nextAt} where id = ${id}`);
}

export async function parkReceiver(tx: Db, id: string, reason: string, instant: Date): Promise<boolean> {
  return (await tx.run(sql`update notices_receivers set state = 'parked', reason = ${reason}, since = ${instant}, version = version + 1 where id = ${id} and state = 'active'`)) === 1;
}

/** What has waited too long for somebody who cannot be reached is not sent any more: it stands in the inboxes. */
export async function skipOld(tx: Db, before: Date, limit: number): Promise<number> {
  return tx.run(sql`
    update notices_deliveries d set state = 'skipped' from (
      select notice_id, recipient_id, channel from notices_deliveries where state = 'waiting' and message_id is null and due_at < ${before} order by due_at limit ${limit} for update skip locked) o
    where d.notice_id = o.notice_id and d.recipient_id = o.recipient_id and d.channel = o.channel`);
}

/** The administrators, and the root under which they stand. */
export async function rootOf(db: Db): Promise<{ readonly id: string; readonly name: string; readonly nameEn: string | null } | undefined> {
  return db.row(sql`select id, coalesce(short_name, name) as name, name_en as "nameEn" from people_organisations where parent_id is null`);
}
