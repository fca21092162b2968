// SQL of receivers. Address and secret come sealed and leave sealed.
import { sql, type Db } from '../../../platform/db.ts';
import type { ReceiverKind, Topic } from '../fields.ts';
import type { Language } from '../../people/fields.ts';

export interface ReceiverRow {
  readonly id: string; readonly name: string; readonly kind: ReceiverKind; readonly orgId: string | null; readonly orgName: string | null; readonly host: string; readonly sealedUrl: string;
  readonly sealedSecret: string | null; readonly topics: Topic[]; readonly language: Language; readonly state: 'active' | 'parked'; readonly reason: string | null; readonly since: string | null;
  readonly failures: number; readonly version: number;
}

const ROW = sql`
  select r.id, r.name, r.kind, r.org_id as "orgId", coalesce(o.short_name, o.name) as "orgName", r.host, r.sealed_url as "sealedUrl", r.sealed_secret as "sealedSecret", r.topics, r.language, r.state, r.reason, r.since,
         r.failures, r.version
  from notices_receivers r left join people_organisations o on o.id = r.org_id`;
const LIMIT = 500;

export async function listReceivers(db: Db, most: number): Promise<(ReceiverRow & { waiting: number })[]> {
  return db.rows(sql`
    select l.*, (select count(*)::int from (select 1 from notices_deliveries d where d.channel = l.kind and d.recipient_id = l.id and d.state = 'waiting' and d.message_id is null limit ${most}) one) as waiting
    from (${ROW} where r.state <> 'removed' order by r.name, r.id limit ${LIMIT}) l order by l.name, l.id`);
}

export async function lockReceiver(tx: Db, id: string): Promise<ReceiverRow | undefined> {
  return tx.row<ReceiverRow>(sql`${ROW} where r.id = ${id} and r.state <> 'removed' for update of r`);
}

export async function readReceiver(db: Db, id: string): Promise<ReceiverRow | undefined> {
  return db.row<ReceiverRow>(sql`${ROW} where r.id = ${id} and r.state <> 'removed'`);
}

export async function isOrganisation(db: Db, id: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from people_organisations where id = ${id} and active`)) !== undefined;
}

export interface ReceiverValues {
  readonly name: string; readonly orgId: string | null; readonly topics: readonly Topic[]; readonly language: Language; readonly host: string; readonly sealedUrl: string; readonly sealedSecret: string | null;
}

export async function insertReceiver(tx: Db, id: string, kind: ReceiverKind, one: ReceiverValues): Promise<void> {
  await tx.run(sql`
    insert into notices_receivers (id, kind, name, org_id, topics, language, host, sealed_url, sealed_secret)
    values (${id}, ${kind}, ${one.name}, ${one.orgId}, ${[...one.topics]}, ${one.language}, ${one.host}, ${one.sealedUrl}, ${one.sealedSecret})`);
}

export async function updateReceiver(tx: Db, id: string, one: ReceiverValues): Promise<number> {
  return versionOf(await tx.row<{ version: number }>(sql`
    update notices_receivers set name = ${one.name}, org_id = ${one.orgId}, topics = ${[...one.topics]}, language = ${one.language}, host = ${one.host}, sealed_url = ${one.sealedUrl}, sealed_secret = ${one.sealedSecret},
      version = version + 1 where id = ${id} returning version`));
}

/** What still waits for it is not sent; its row stays, for what was sent names it. Nothing of its address is kept. */
export async function removeReceiver(tx: Db, id: string, at: Date): Promise<number> {
  await dropWaiting(tx, id);
  return versionOf(await tx.row<{ version: number }>(sql`
    update notices_receivers set state = 'removed', since = coalesce(since, ${at}), sealed_url = '', sealed_secret = null, version = version + 1 where id = ${id} returning version`));
}

export async function reviveReceiver(tx: Db, id: string): Promise<number> {
  return versionOf(await tx.row<{ version: number }>(sql`
    update notices_receivers set state = 'active', reason = null, since = null, failures = 0, next_at = null, version = version + 1 where id = ${id} returning version`));
}

export async function dropWaiting(tx: Db, id: string): Promise<void> {
  await tx.run(sql`update notices_deliveries d set state = 'skipped' from notices_receivers r where r.id = ${id} and d.channel = r.kind and d.recipient_id = r.id and d.state = 'waiting' and d.message_id is null`);
}

/** What was parked with it goes back among what waits. */
export async function wakeParked(tx: Db, id: string, since: Date): Promise<void> {
  await tx.run(sql`
    update notices_deliveries d set state = 'waiting', message_id = null from notices_messages m
    where m.recipient_id = ${id} and m.state = 'parked' and m.created_at > ${since} and d.message_id = m.id and d.state = 'parked'`);
  await tx.run(sql`update notices_messages set state = 'skipped' where recipient_id = ${id} and state = 'parked' and created_at > ${since}`);
}

function versionOf(row: { readonly version: number } | undefined): number {
  return row?.version ?? 1;
}
