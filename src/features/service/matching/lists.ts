// SQL of the lists of needs, offers, events and deals, and of the numbers over them.
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import type { Matching } from '../fields.ts';
import { anyOf, counted, placeOf } from '../reading.ts';
import type { Standing } from '../standing.ts';
import { askedPairs } from '../words.ts';
import type { CLOSED, DEAL_STATES } from './contract.ts';
import { nameFor, own, visible } from './store.ts';
import type { Scored } from './score.ts';

export interface ListingRow extends Scored {
  readonly id: string; readonly version: number; readonly side: 'need' | 'offer'; readonly kind: Matching; readonly grams: readonly number[]; readonly place_name: string | null; readonly published: boolean; readonly named: boolean; readonly party: string | null; readonly own: boolean;
  readonly org_id: string | null; readonly counterpart_id: string | null; readonly answered_day: string | null; readonly closed_day: string | null; readonly closed_reason: (typeof CLOSED)[number] | null; readonly closed_note: string | null; readonly deals: number;
}

const line = (standing: Standing): Sql => sql`
  l.id, l.version, l.side, l.kind, l.title, l.text, l.industry, l.amount_fen, l.people, l.place_id, coalesce(t.short_name, t.name) as place_name, l.opened_day, l.until_day, l.published, l.named, ${nameFor(standing)} as party, ${own(standing, sql`l.org_id`)} as own,
  l.org_id, l.counterpart_id, l.answered_day, l.closed_day, l.closed_reason, l.closed_note, l.grams, (select count(*)::int from service_deals d where case l.side when 'need' then d.need_id else d.offer_id end = l.id) as deals`;
const FROM = sql`service_listings l left join people_organisations o on o.id = l.org_id left join service_counterparts c on c.id = l.counterpart_id left join people_organisations t on t.id = l.place_id`;

export interface Filter {
  readonly q?: string | undefined; readonly side?: 'need' | 'offer' | undefined; readonly kind?: readonly string[] | undefined; readonly industry?: readonly string[] | undefined; readonly orgId?: readonly string[] | undefined; readonly state?: 'open' | 'unanswered' | 'closed' | 'all' | undefined; readonly mine?: boolean | undefined;
}

export async function listings(db: Db, standing: Standing, filter: Filter, after: string | undefined, limit: number): Promise<{ rows: ListingRow[]; total: number }> {
  const conditions = conditionsOf(standing, filter);
  const place = placeOf(after);
  const rows = await db.rows<ListingRow>(sql.fresh(sql`
    select ${line(standing)} from ${FROM} where ${sql.all([...conditions, ...(place === undefined ? [] : [sql`(l.opened_day, l.id) < (${place.at}::date, ${place.id}::uuid)`])])} order by l.opened_day desc, l.id desc limit ${limit}`));
  return { rows, total: await counted(db, sql`from service_listings l where ${sql.all(conditions)}`) };
}

function conditionsOf(standing: Standing, { q, side, kind, industry, orgId, state = 'open', mine }: Filter): Sql[] {
  const asked = askedPairs(q ?? '');
  return [
    visible(standing), ...(side === undefined ? [] : [sql`l.side = ${side}`]), ...anyOf(sql`l.kind`, kind), ...anyOf(sql`l.industry`, industry), ...anyOf(sql`l.org_id`, orgId, 'uuid'), ...(mine === true ? [own(standing, sql`l.org_id`)] : []),
    ...(asked.length === 0 ? [] : [sql`l.grams @> ${asked}::bigint[]`]),
    ...(state === 'open' ? [sql`l.closed_day is null`] : state === 'unanswered' ? [sql`l.closed_day is null and l.answered_day is null`] : state === 'closed' ? [sql`l.closed_day is not null`] : []),
  ];
}

export async function listing(db: Db, standing: Standing, id: string): Promise<ListingRow | undefined> {
  return db.row<ListingRow>(sql`select ${line(standing)} from ${FROM} where l.id = ${id} and ${visible(standing)}`);
}

/** Looked at in one search, from each of three sides: those of the industry, those with the words, the newest. */
const EACH = 150;

/**
 * Open ones of the other side that might suit. An enterprise is shown those of others that are public, or that it may know otherwise: what is not for it is
 * not suggested to it either.
 */
export async function candidates(db: Db, standing: Standing, one: ListingRow, today: string): Promise<ListingRow[]> {
  const other = one.side === 'need' ? 'offer' : 'need';
  const open = sql`l.side = ${other} and l.kind = ${one.kind} and l.closed_day is null and (l.until_day >= ${today} or l.until_day is null) and (l.org_id is distinct from ${one.org_id} or l.counterpart_id is distinct from ${one.counterpart_id}) and ${visible(standing)}`;
  const found = (more: Sql): Sql => sql`(select l.id from service_listings l where ${open} ${more} order by l.opened_day desc limit ${EACH})`;
  const searches = [found(sql.empty), ...(one.industry === null ? [] : [found(sql`and l.industry = ${one.industry}`)]), found(sql`and l.grams && ${one.grams.slice(0, 12)}::bigint[]`)];
  return db.rows<ListingRow>(sql.fresh(sql`select ${line(standing)} from ${FROM} where l.id in (${sql.join(searches, ' union ')})`));
}

export interface DealRow {
  readonly id: string; readonly version: number; readonly kind: Matching; readonly state: (typeof DEAL_STATES)[number]; readonly need_id: string; readonly need_title: string; readonly need_party: string; readonly offer_id: string; readonly offer_title: string; readonly offer_party: string;
  readonly fair_id: string | null; readonly fair_name: string | null; readonly intention_day: string; readonly amount_fen: number | null; readonly people: number | null; readonly signed_day: string | null; readonly signed_fen: number | null; readonly document: string | null;
  readonly fulfilled_day: string | null; readonly fulfilled_fen: number | null; readonly fallen_reason: string | null;
}
const DEAL = sql`
  d.id, d.version, d.kind, d.state, d.need_id, n.title as need_title, coalesce(no.name, nc.name) as need_party, d.offer_id, f.title as offer_title, coalesce(fo.name, fc.name) as offer_party, d.fair_id, v.name as fair_name, d.intention_day, d.amount_fen, d.people, d.signed_day,
  d.signed_fen, d.document, d.fulfilled_day, d.fulfilled_fen, d.fallen_reason
  from service_deals d join service_listings n on n.id = d.need_id join service_listings f on f.id = d.offer_id left join people_organisations no on no.id = n.org_id left join service_counterparts nc on nc.id = n.counterpart_id
    left join people_organisations fo on fo.id = f.org_id left join service_counterparts fc on fc.id = f.counterpart_id left join service_fairs v on v.id = d.fair_id`;

/** Those who deal know each other; nobody else outside the offices knows of it. */
function between(standing: Standing): Sql {
  const orgs = [...standing.orgs];
  return standing.officer ? sql`true` : sql`exists (select 1 from service_listings x where x.id in (d.need_id, d.offer_id) and x.org_id = any(${orgs}::uuid[]))`;
}

export async function dealsOf(db: Db, standing: Standing, listingId: string): Promise<DealRow[]> {
  return db.rows<DealRow>(sql`select ${DEAL} where (d.need_id = ${listingId} or d.offer_id = ${listingId}) and ${between(standing)} order by d.intention_day desc, d.id desc limit 100`);
}

export interface DealFilter { readonly kind?: readonly string[] | undefined; readonly state?: string | undefined; readonly fairId?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined }

export async function deals(db: Db, standing: Standing, filter: DealFilter, after: string | undefined, limit: number): Promise<{ rows: DealRow[]; total: number }> {
  const conditions = [
    between(standing), ...anyOf(sql`d.kind`, filter.kind), ...(filter.state === undefined ? [] : [sql`d.state = ${filter.state}`]), ...(filter.fairId === undefined ? [] : [sql`d.fair_id = ${filter.fairId}`]),
    ...(filter.from === undefined ? [] : [sql`d.intention_day >= ${filter.from}`]), ...(filter.to === undefined ? [] : [sql`d.intention_day <= ${filter.to}`]),
  ];
  const place = placeOf(after);
  const rows = await db.rows<DealRow>(sql`
    select ${DEAL} where ${sql.all([...conditions, ...(place === undefined ? [] : [sql`(d.intention_day, d.id) < (${place.at}::date, ${place.id}::uuid)`])])} order by d.intention_day desc, d.id desc limit ${limit}`);
  return { rows, total: await counted(db, sql`from service_deals d where ${sql.all(conditions)}`) };
}

export interface FigureRow { readonly kind: Matching; readonly needs: number; readonly offers: number; readonly unanswered: number; readonly intentions: number; readonly signed: number; readonly signed_fen: number; readonly fulfilled: number; readonly fulfilled_fen: number; readonly fallen: number }

/** Signed counts what was fulfilled since too: a deal that is done was signed. */
export async function figures(db: Db, standing: Standing): Promise<FigureRow[]> {
  return db.rows<FigureRow>(sql`
    with open as (select l.kind, count(*) filter (where l.side = 'need')::int as needs, count(*) filter (where l.side = 'offer')::int as offers, count(*) filter (where l.side = 'need' and l.answered_day is null)::int as unanswered from service_listings l where l.closed_day is null and ${visible(standing)} group by l.kind),
    dealt as (select d.kind, count(*) filter (where d.state = 'intention')::int as intentions, count(*) filter (where d.state in ('signed', 'fulfilled'))::int as signed, coalesce(sum(d.signed_fen) filter (where d.state in ('signed', 'fulfilled')), 0)::bigint as signed_fen,
      count(*) filter (where d.state = 'fulfilled')::int as fulfilled, coalesce(sum(d.fulfilled_fen) filter (where d.state = 'fulfilled'), 0)::bigint as fulfilled_fen, count(*) filter (where d.state = 'fallen')::int as fallen from service_deals d where ${between(standing)} group by d.kind)
    select k.kind, coalesce(o.needs, 0) as needs, coalesce(o.offers, 0) as offers, coalesce(o.unanswered, 0) as unanswered, coalesce(d.intentions, 0) as intentions, coalesce(d.signed, 0) as signed, coalesce(d.signed_fen, 0)::bigint as signed_fen, coalesce(d.fulfilled, 0) as fulfilled,
      coalesce(d.fulfilled_fen, 0)::bigint as fulfilled_fen, coalesce(d.fallen, 0) as fallen from unnest(array['sales', 'finance', 'labour', 'research']) with ordinality as k (kind, n) left join open o on o.kind = k.kind left join dealt d on d.kind = k.kind order by k.n`);
}

export interface FairRow { readonly id: string; readonly version: number; readonly kind: Matching; readonly name: string; readonly day: string; readonly place: string; readonly text: string | null; readonly parties: number; readonly deals: number; readonly signed_fen: number; readonly cancelled_reason: string | null }
const FAIR = sql`v.id, v.version, v.kind, v.name, v.day, v.place, v.text, v.cancelled_reason, (select count(*)::int from service_fair_parties p where p.fair_id = v.id) as parties, (select count(*)::int from service_deals d where d.fair_id = v.id) as deals,
  (select coalesce(sum(d.signed_fen), 0)::bigint from service_deals d where d.fair_id = v.id and d.state <> 'fallen') as signed_fen from service_fairs v`;

export async function fairs(db: Db, kind: readonly string[] | undefined, after: string | undefined, limit: number): Promise<{ rows: FairRow[]; total: number }> {
  const place = placeOf(after);
  const conditions = anyOf(sql`v.kind`, kind);
  const rows = await db.rows<FairRow>(sql`select ${FAIR} where ${sql.all([...conditions, ...(place === undefined ? [] : [sql`(v.day, v.id) < (${place.at}::date, ${place.id}::uuid)`])])} order by v.day desc, v.id desc limit ${limit}`);
  return { rows, total: await counted(db, sql`from service_fairs v where ${sql.all(conditions)}`) };
}

export async function fair(db: Db, id: string): Promise<FairRow | undefined> {
  return db.row<FairRow>(sql`select ${FAIR} where v.id = ${id}`);
}

export async function parties(db: Db, id: string): Promise<{ orgId: string | null; counterpartId: string | null; name: string; outside: boolean; offered: string | null }[]> {
  return db.rows(sql`
    select p.org_id as "orgId", p.counterpart_id as "counterpartId", coalesce(o.name, c.name) as name, p.org_id is null as outside, p.offered
    from service_fair_parties p left join people_organisations o on o.id = p.org_id left join service_counterparts c on c.id = p.counterpart_id where p.fair_id = ${id} order by p.seq`);
}
