// Letters to addresses: the one that asks whether an address is its owner's, and what people without an account are told. Written in the transaction of the command that
// causes them; sent by the job as all else (delivery/). Never writes to an address that is not confirmed but to ask.
import type { Now } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Db } from '../../../platform/db.ts';
import type { Language } from '../../people/fields.ts';
import type { Notice } from '../tell.ts';
import { topicOf } from '../fields.ts';

export const ASKING = 'notices.confirm_address';
/** Of one person and one day, to his own addresses. */
export const MOST_ASKED = 6;
/** What waits for an address to be confirmed is given up with its link. */
const WAIT_DAYS = 14;
const DAY_MS = 86_400_000;
/** A stranger whose address somebody else enters gets one letter a day at most. */
const AGAIN_MS = DAY_MS;

export type Letter = Omit<Notice, 'to' | 'urgent'> & { readonly addressId: string };

/** To confirmed addresses at once; to others once they are confirmed. Of one key once. Set-based. */
export async function writeLetters(tx: Db, letters: readonly Letter[], now: Now): Promise<void> {
  if (letters.length === 0) return;
  const rows = letters.map((one) => ({
    id: newId(now.instant.getTime()), key: one.key, kind: one.kind, topic: topicOf(one.kind), subject_type: one.subject.type, subject_id: one.subject.id, project_id: one.projectId ?? null, href: one.href, facts: one.values, address_id: one.addressId,
    asking: one.kind === ASKING,
  }));
  await tx.run(sql`
    with v as (select * from ${columns({ id: 'uuid', key: 'text', kind: 'text', topic: 'text', subject_type: 'text', subject_id: 'text', project_id: 'uuid', href: 'text', facts: 'jsonb', address_id: 'uuid', asking: 'boolean' }, rows)} as each),
    written as (insert into notices_notices (id, key, kind, topic, subject_type, subject_id, project_id, href, facts, urgent, day, at)
      select id, key, kind, topic, subject_type, subject_id, project_id, href, facts, false, ${now.day}, ${now.instant} from v order by key on conflict (key) do nothing returning id)
    insert into notices_deliveries (notice_id, channel, recipient_id, due_at, digest)
    select v.id, 'mail', v.address_id, case when v.asking or a.confirmed_at is not null then ${now.instant}::timestamptz else ${new Date(now.instant.getTime() + WAIT_DAYS * DAY_MS)}::timestamptz end, false
    from v join written w on w.id = v.id join notices_addresses a on a.id = v.address_id on conflict do nothing`);
}

export interface Asker {
  readonly language: Language;
  /** Who gives the address; undefined: the program itself, which has no limit. */
  readonly userId: string | undefined;
  /** So many letters to strangers may leave because of him in a day. */
  readonly most: number;
}

/**
 * An address of somebody without an account, as he gave it; one that is known is not asked again within a day. Gives its id.
 * @throws Refusal `notices.too_many_guests` where a letter would be one too many for whoever gives it.
 */
export async function guestAddress(tx: Db, email: string, asker: Asker, now: Now): Promise<string> {
  const address = email.trim();
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`notices:guest:${address.toLowerCase()}`}, 0))`);
  const known = await tx.row<{ id: string; confirmed: boolean; recent: boolean }>(sql`
    select id, confirmed_at is not null as confirmed, asked_at > ${new Date(now.instant.getTime() - AGAIN_MS)} as recent from notices_addresses where user_id is null and lower(email) = ${address.toLowerCase()} order by created_at limit 1`);
  if (known !== undefined && (known.confirmed || known.recent)) return known.id;
  await assertFew(tx, asker, now);
  const id = known?.id ?? (await newAddress(tx, address, asker.language, null, now));
  if (known !== undefined) await askAgain(tx, id, now);
  await tx.run(sql`update notices_addresses set asked_by = ${asker.userId ?? null} where id = ${id}`);
  return id;
}

/** One after the other for each asker: two commands at once would both find room. */
async function assertFew(tx: Db, { userId, most }: Asker, now: Now): Promise<void> {
  if (userId === undefined) return;
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`notices:asker:${userId}`}, 0))`);
  const row = await tx.row<{ count: number }>(sql`select count(*)::int as count from notices_addresses where user_id is null and asked_by = ${userId} and asked_at > ${new Date(now.instant.getTime() - DAY_MS)}`);
  if ((row?.count ?? 0) >= most) refuse('notices.too_many_guests', { count: most, errors: [{ path: 'contactEmail', code: 'notices.too_many_guests' }] });
}

/** How many letters that ask somebody has had written to his own addresses since, new ones and again: each may be another's. */
export async function askedSince(db: Db, userId: string, since: Date): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from notices_addresses a join notices_notices n on n.subject_type = 'address' and n.subject_id = a.id::text and n.kind = ${ASKING} and n.at > ${since}
    where a.user_id = ${userId} and a.asked_at > ${since}`);
  return row?.count ?? 0;
}

/** An address that is new, with the letter that asks. */
export async function newAddress(tx: Db, email: string, language: Language, userId: string | null, now: Now): Promise<string> {
  const id = newId(now.instant.getTime());
  await tx.run(sql`insert into notices_addresses (id, email, language, user_id, asked_at, created_at) values (${id}, ${email}, ${language}, ${userId}, ${now.instant}, ${now.instant})`);
  await ask(tx, id, now);
  return id;
}

/** Nobody wants it any more: what still waits for it is not sent. */
export async function dropAddress(tx: Db, id: string): Promise<void> {
  await tx.run(sql`update notices_deliveries set state = 'skipped' where channel = 'mail' and recipient_id = ${id} and state = 'waiting' and message_id is null`);
}

export async function askAgain(tx: Db, id: string, now: Now): Promise<void> {
  await tx.run(sql`update notices_addresses set asked_at = ${now.instant}, refused = null where id = ${id}`);
  await ask(tx, id, now);
}

async function ask(tx: Db, id: string, now: Now): Promise<void> {
  await writeLetters(tx, [{ kind: ASKING, key: `${ASKING}:${id}:${String(now.instant.getTime())}`, subject: { type: 'address', id }, href: '/mail', values: {}, addressId: id }], now);
}
