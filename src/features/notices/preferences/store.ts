// SQL of how people want to be told.
import { json, sql, type Db } from '../../../platform/db.ts';
import type { Language } from '../../people/fields.ts';
import type { Mode } from '../delivery/rules.ts';

export interface Preferences {
  readonly email: string | null;
  readonly topics: Readonly<Record<string, Mode>>;
  readonly digestMinute: number;
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly language: Language;
  readonly refused: string | null;
  readonly confirmedAt: string | null;
  readonly addressId: string | null;
  readonly version: number;
}

export async function readPreferences(db: Db, userId: string): Promise<Preferences | undefined> {
  return db.row<Preferences>(sql`
    select email, topics, digest_minute as "digestMinute", quiet_from as "quietFrom", quiet_to as "quietTo", language, refused, confirmed_at as "confirmedAt", address_id as "addressId", version from notices_preferences where user_id = ${userId}`);
}

export async function lockPreferences(tx: Db, userId: string): Promise<Preferences | undefined> {
  // The first one has no row to lock yet.
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`notices:preferences:${userId}`}, 0))`);
  return readPreferences(tx, userId);
}

export async function savePreferences(tx: Db, userId: string, one: Omit<Preferences, 'version'>): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    insert into notices_preferences (user_id, email, topics, digest_minute, quiet_from, quiet_to, language, refused, confirmed_at, address_id)
    values (${userId}, ${one.email}, ${json(one.topics)}::jsonb, ${one.digestMinute}, ${one.quietFrom}, ${one.quietTo}, ${one.language}, ${one.refused}, ${one.confirmedAt}, ${one.addressId})
    on conflict (user_id) do update set email = excluded.email, topics = excluded.topics, digest_minute = excluded.digest_minute, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
      language = excluded.language, refused = excluded.refused, confirmed_at = excluded.confirmed_at, address_id = excluded.address_id, version = notices_preferences.version + 1 returning version`);
  return row?.version ?? 1;
}

/** Mail that the old address did not take waits for the new one. */
export async function wakeMail(tx: Db, userId: string, since: Date): Promise<void> {
  await tx.run(sql`
    update notices_deliveries d set state = 'waiting', message_id = null from notices_messages m
    where m.recipient_id = ${userId} and m.channel = 'mail' and m.state = 'parked' and m.created_at > ${since} and d.message_id = m.id and d.state = 'parked'`);
}

/** Without an address nothing waits for one. */
export async function dropMail(tx: Db, userId: string): Promise<void> {
  await tx.run(sql`update notices_deliveries set state = 'skipped' where channel = 'mail' and recipient_id = ${userId} and state = 'waiting' and message_id is null`);
}

export async function testedSince(db: Db, userId: string, since: Date): Promise<boolean> {
  return (await db.row(sql`select 1 as one from notices_preferences where user_id = ${userId} and tested_at > ${since}`)) !== undefined;
}

export async function noteTest(tx: Db, userId: string, at: Date): Promise<void> {
  await tx.run(sql`update notices_preferences set tested_at = ${at} where user_id = ${userId}`);
}
