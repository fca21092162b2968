// SQL of needs, offers, events and deals: locking, writing, and who may see whose name.
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { columns } from '../../../platform/columns.ts';
import { initials } from '../../../platform/pinyin.ts';
import type { Matching } from '../fields.ts';
import type { Standing } from '../standing.ts';
import { pairsOf } from '../words.ts';
import type { CLOSED, COUNTERPARTS, DEAL_STATES } from './contract.ts';

/** Mine: of a body for which the reader speaks. */
export const own = (standing: Standing, org: Sql): Sql => (standing.all ? sql`false` : sql`coalesce(${org} = any(${[...standing.orgs]}::uuid[]), false)`);

/** What a reader may know: officers all, enterprises their own, what is public, and what a deal links to their own. */
export function visible(standing: Standing): Sql {
  if (standing.officer) return sql`true`;
  return sql`(${own(standing, sql`l.org_id`)} or (l.published and l.closed_day is null) or ${dealt(standing)})`;
}

function dealt(standing: Standing): Sql {
  const orgs = [...standing.orgs];
  return sql`(exists (select 1 from service_deals d join service_listings x on x.id = d.offer_id where d.need_id = l.id and x.org_id = any(${orgs}::uuid[])) or exists (select 1 from service_deals d join service_listings x on x.id = d.need_id where d.offer_id = l.id and x.org_id = any(${orgs}::uuid[])))`;
}

/** Whose it is: published, agreed by a deal, or for officers and its own people. */
export function nameFor(standing: Standing): Sql {
  const name = sql`coalesce(o.name, c.name)`;
  return standing.officer ? name : sql`case when l.named or ${own(standing, sql`l.org_id`)} or ${dealt(standing)} then ${name} end`;
}

export interface Listing {
  readonly id: string; readonly version: number; readonly side: 'need' | 'offer'; readonly kind: Matching; readonly org_id: string | null; readonly counterpart_id: string | null; readonly title: string; readonly opened_day: string; readonly closed_day: string | null; readonly answered_day: string | null;
}
const LOCKED = sql`l.id, l.version, l.side, l.kind, l.org_id, l.counterpart_id, l.title, l.opened_day, l.closed_day, l.answered_day from service_listings l`;

/** One that the actor may change: officers any, others their own. */
export async function lockListing(tx: Db, standing: Standing, id: string): Promise<Listing | undefined> {
  return tx.row<Listing>(sql`select ${LOCKED} where l.id = ${id} and ${standing.officer ? sql`true` : own(standing, sql`l.org_id`)} for update`);
}

/** Both sides of a deal, locked in the order of their ids. */
export async function lockPair(tx: Db, needId: string, offerId: string): Promise<{ need: Listing; offer: Listing } | undefined> {
  const rows = await tx.rows<Listing>(sql`select ${LOCKED} where l.id = any(${[needId, offerId]}::uuid[]) order by l.id for update`);
  const need = rows.find((row) => row.id === needId);
  const offer = rows.find((row) => row.id === offerId);
  return need === undefined || offer === undefined ? undefined : { need, offer };
}

export interface ListingValues {
  readonly title: string; readonly text: string; readonly industry: string | null; readonly amountFen: number | null; readonly people: number | null; readonly placeId: string | null; readonly untilDay: string | null; readonly published: boolean; readonly named: boolean;
}
const gramsOf = (one: ListingValues): number[] => pairsOf(one.title, one.text, initials(one.title));

export async function insertListing(tx: Db, one: ListingValues & { readonly id: string; readonly side: string; readonly kind: string; readonly orgId?: string | undefined; readonly counterpartId?: string | undefined }, day: string, at: Date): Promise<void> {
  await tx.run(sql`
    insert into service_listings (id, side, kind, org_id, counterpart_id, title, text, industry, amount_fen, people, place_id, opened_day, until_day, published, named, grams, created_at)
    values (${one.id}, ${one.side}, ${one.kind}, ${one.orgId ?? null}, ${one.counterpartId ?? null}, ${one.title.trim()}, ${one.text.trim()}, ${one.industry}, ${one.amountFen}, ${one.people}, ${one.placeId}, ${day}, ${one.untilDay}, ${one.published}, ${one.named}, ${gramsOf(one)}::bigint[], ${at})`);
}

export async function updateListing(tx: Db, id: string, one: ListingValues): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    update service_listings set version = version + 1, title = ${one.title.trim()}, text = ${one.text.trim()}, industry = ${one.industry}, amount_fen = ${one.amountFen}, people = ${one.people}, place_id = ${one.placeId}, until_day = ${one.untilDay},
      published = ${one.published}, named = ${one.named}, grams = ${gramsOf(one)}::bigint[] where id = ${id} returning version`);
  return row?.version ?? 1;
}

export async function closeListing(tx: Db, id: string, reason: (typeof CLOSED)[number], note: string | null, day: string): Promise<number> {
  return (await tx.row<{ version: number }>(sql`update service_listings set version = version + 1, closed_day = ${day}, closed_reason = ${reason}, closed_note = ${note} where id = ${id} returning version`))?.version ?? 1;
}

export async function orgIs(db: Db, id: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from people_organisations where id = ${id} and active`)) !== undefined;
}

export async function counterpartNamed(tx: Db, name: string): Promise<boolean> {
  return (await tx.row(sql`select 1 as one from service_counterparts where name = ${name.trim()}`)) !== undefined;
}

export async function insertCounterpart(tx: Db, one: { readonly id: string; readonly name: string; readonly kind: string; readonly place?: string | undefined }, at: Date): Promise<void> {
  await tx.run(sql`insert into service_counterparts (id, name, kind, place, pinyin, created_at) values (${one.id}, ${one.name.trim()}, ${one.kind}, ${one.place ?? null}, ${initials(one.name)}, ${at})`);
}

export async function pickCounterparts(db: Db, q: string, ids: readonly string[] | undefined, limit: number): Promise<{ id: string; name: string; kind: (typeof COUNTERPARTS)[number]; place: string | null }[]> {
  const word = q.trim().replaceAll(/[\\%_]/g, '\\$&');
  return db.rows(sql`select id, name, kind, place from service_counterparts where ${ids === undefined ? sql`true` : sql`id = any(${[...ids]}::uuid[])`} and (name like ${`%${word}%`} or pinyin like ${`${word.toLowerCase()}%`}) order by pinyin, id limit ${limit}`);
}

interface FairValues { readonly kind: string; readonly name: string; readonly day: string; readonly place: string; readonly text: string | null; readonly parties: readonly { readonly orgId?: string | undefined; readonly counterpartId?: string | undefined; readonly offered?: string | undefined }[] }
export interface Fair { readonly id: string; readonly version: number; readonly name: string; readonly day: string; readonly cancelled_reason: string | null; readonly kind: Matching }

export async function lockFair(tx: Db, id: string): Promise<Fair | undefined> {
  return tx.row<Fair>(sql`select id, version, name, day, cancelled_reason, kind from service_fairs where id = ${id} for update`);
}

export async function insertFair(tx: Db, id: string, one: FairValues, at: Date): Promise<void> {
  await tx.run(sql`insert into service_fairs (id, kind, name, day, place, text, created_at) values (${id}, ${one.kind}, ${one.name.trim()}, ${one.day}, ${one.place}, ${one.text}, ${at})`);
  await writeParties(tx, id, one.parties);
}

export async function updateFair(tx: Db, id: string, one: FairValues): Promise<number> {
  await writeParties(tx, id, one.parties);
  return (await tx.row<{ version: number }>(sql`update service_fairs set version = version + 1, kind = ${one.kind}, name = ${one.name.trim()}, day = ${one.day}, place = ${one.place}, text = ${one.text} where id = ${id} returning version`))?.version ?? 1;
}

export async function cancelFair(tx: Db, id: string, reason: string): Promise<number> {
  return (await tx.row<{ version: number }>(sql`update service_fairs set version = version + 1, cancelled_reason = ${reason} where id = ${id} returning version`))?.version ?? 1;
}

async function writeParties(tx: Db, id: string, parties: FairValues['parties']): Promise<void> {
  await tx.run(sql`delete from service_fair_parties where fair_id = ${id}`);
  if (parties.length === 0) return;
  await tx.run(sql`
    insert into service_fair_parties (fair_id, seq, org_id, counterpart_id, offered) select ${id}, nth, org, counterpart, offered
    from ${columns({ org: 'uuid', counterpart: 'uuid', offered: 'text' }, parties.map((one) => ({ org: one.orgId, counterpart: one.counterpartId, offered: one.offered })))} as v`);
}

export interface LockedDeal { readonly id: string; readonly version: number; readonly state: (typeof DEAL_STATES)[number]; readonly intention_day: string; readonly signed_day: string | null; readonly need_id: string; readonly offer_id: string; readonly amount_fen: number | null; readonly signed_fen: number | null }

export async function lockDeal(tx: Db, id: string): Promise<LockedDeal | undefined> {
  return tx.row<LockedDeal>(sql`select id, version, state, intention_day, signed_day, need_id, offer_id, amount_fen, signed_fen from service_deals where id = ${id} for update`);
}

export async function dealBetween(tx: Db, needId: string, offerId: string): Promise<boolean> {
  return (await tx.row(sql`select 1 as one from service_deals where need_id = ${needId} and offer_id = ${offerId}`)) !== undefined;
}

export async function insertDeal(tx: Db, one: { readonly id: string; readonly kind: string; readonly needId: string; readonly offerId: string; readonly fairId: string | null; readonly day: string; readonly amountFen: number | null; readonly people: number | null }, at: Date): Promise<void> {
  await tx.run(sql`
    insert into service_deals (id, kind, need_id, offer_id, fair_id, state, intention_day, amount_fen, people, created_at) values (${one.id}, ${one.kind}, ${one.needId}, ${one.offerId}, ${one.fairId}, 'intention', ${one.day}, ${one.amountFen}, ${one.people}, ${at})`);
  await tx.run(sql`update service_listings set answered_day = least(coalesce(answered_day, ${one.day}::date), ${one.day}::date) where id = any(${[one.needId, one.offerId]}::uuid[])`);
}

export async function moveDeal(tx: Db, id: string, change: { readonly step: 'signed' | 'fulfilled' | 'fallen'; readonly day: string; readonly amountFen: number | null; readonly document: string | null; readonly reason: string | null }): Promise<number> {
  const set = change.step === 'signed' ? sql`signed_day = ${change.day}, signed_fen = ${change.amountFen}, document = ${change.document}`
    : change.step === 'fulfilled' ? sql`fulfilled_day = ${change.day}, fulfilled_fen = ${change.amountFen}` : sql`fallen_day = ${change.day}, fallen_reason = ${change.reason}`;
  return (await tx.row<{ version: number }>(sql`update service_deals set version = version + 1, state = ${change.step}, ${set} where id = ${id} returning version`))?.version ?? 1;
}
