// 四项对接: what is read. Names only where they are published, agreed by a deal, or the reader's own.
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { downloadHandler, readHandler, type DownloadHandler, type QueryHandler } from '../../../platform/feature.ts';
import { fileOf } from '../listing.ts';
import { PAGE, paging, pastOf } from '../reading.ts';
import { speaksFor, standingOf } from '../standing.ts';
import * as contract from './contract.ts';
import { dealColumns, exported, listingColumns } from './export.ts';
import * as lists from './lists.ts';
import { score } from './score.ts';
import * as store from './store.ts';

const READ = 'service.read';
const MATCH = 'service.match';
/** Fewer points are no suggestion. */
const LEAST = 15;

export const matchingQueries: readonly QueryHandler[] = [
  readHandler(contract.listListings, { permission: READ, read: async ({ db, actor, input: { after, limit = PAGE, ...filter } }) => listings(db, actor, filter, after, limit) }),
  readHandler(contract.readListing, {
    permission: READ,
    read: async ({ db, actor, input }) => {
      const standing = await standingOf(db, actor);
      const row = (await lists.listing(db, standing, input.id)) ?? refuse('platform.not_found', {});
      const mine = speaksFor(standing, row.org_id);
      const [deals, history] = await Promise.all([lists.dealsOf(db, standing, input.id), standing.officer || mine ? pastOf(db, input.id) : []]);
      const known = row.party !== null;
      return {
        listing: lineOf(row), text: row.text, orgId: known ? row.org_id : null, counterpartId: known ? row.counterpart_id : null, placeId: row.place_id, closedNote: standing.officer || mine ? row.closed_note : null,
        mayEdit: may(actor, 'service.offer') && (standing.officer || mine) && row.closed_day === null, mayDeal: may(actor, MATCH) && row.closed_day === null, deals: deals.map((deal) => dealOf(deal, actor)), history,
      };
    },
  }),
  readHandler(contract.suggestMatches, {
    permission: READ,
    read: async ({ db, actor, input, now }) => {
      const standing = await standingOf(db, actor);
      const row = (await lists.listing(db, standing, input.id)) ?? refuse('platform.not_found', {});
      const [found, deals] = await Promise.all([lists.candidates(db, standing, row, now.day), lists.dealsOf(db, standing, input.id)]);
      const dealt = new Set(deals.flatMap((deal) => [deal.need_id, deal.offer_id]));
      const scored = found.map((other) => ({ other, ...(row.side === 'need' ? score(row, other) : score(other, row)) })).filter((one) => one.points >= LEAST);
      const best = scored.toSorted((a, b) => b.points - a.points || (a.other.id < b.other.id ? -1 : 1)).slice(0, input.limit ?? 10);
      return { items: best.map(({ other, points, reasons }) => ({ listing: lineOf(other), points, reasons: reasons.map((one) => ({ ...one })), dealt: dealt.has(other.id) })), looked: found.length };
    },
  }),
  readHandler(contract.listDeals, { permission: READ, read: async ({ db, actor, input: { after, limit = PAGE, ...filter } }) => deals(db, actor, filter, after, limit) }),
  readHandler(contract.matchingFigures, {
    permission: READ,
    read: async ({ db, actor }) => ({ kinds: (await lists.figures(db, await standingOf(db, actor))).map(({ signed_fen: signedFen, fulfilled_fen: fulfilledFen, ...row }) => ({ ...row, signedFen, fulfilledFen })) }),
  }),
  readHandler(contract.listFairs, {
    permission: READ,
    read: async ({ db, input: { kind, after, limit = PAGE } }) => {
      const { rows, total } = await lists.fairs(db, kind, after, limit + 1);
      return { ...paging(rows, limit, fairOf, (row) => `${row.day}~${row.id}`), total };
    },
  }),
  readHandler(contract.readFair, {
    permission: READ,
    read: async ({ db, actor, input }) => {
      const row = (await lists.fair(db, input.id)) ?? refuse('platform.not_found', {});
      const standing = await standingOf(db, actor);
      const [parties, history] = await Promise.all([lists.parties(db, input.id), standing.officer ? pastOf(db, input.id) : []]);
      // Who met knows each other; an enterprise that was not there sees how many came.
      const there = standing.officer || parties.some((one) => speaksFor(standing, one.orgId));
      return { fair: fairOf(row), text: row.text, mayKeep: may(actor, MATCH), parties: there ? parties : [], history };
    },
  }),
  readHandler(contract.pickCounterparts, { permission: MATCH, read: async ({ db, input }) => ({ items: await store.pickCounterparts(db, input.q ?? '', input.ids, input.limit ?? PAGE) }) }),
];

export const matchingDownloads: readonly DownloadHandler[] = [
  downloadHandler(contract.exportListings, {
    permission: READ,
    make: async ({ db, actor, input: { format, ...filter }, now }) => fileOf({ ...exported('listings', now.day), format, day: now.day, columns: listingColumns, read: (after) => listings(db, actor, filter, after, PAGE) }),
  }),
  downloadHandler(contract.exportDeals, {
    permission: READ,
    make: async ({ db, actor, input: { format, ...filter }, now }) => fileOf({ ...exported('deals', now.day), format, day: now.day, columns: dealColumns, read: (after) => deals(db, actor, filter, after, PAGE) }),
  }),
];

async function listings(db: Db, actor: Actor, filter: lists.Filter, after: string | undefined, limit: number) {
  const { rows, total } = await lists.listings(db, await standingOf(db, actor), filter, after, limit + 1);
  return { ...paging(rows, limit, lineOf, (row) => `${row.opened_day}~${row.id}`), total };
}

async function deals(db: Db, actor: Actor, filter: lists.DealFilter, after: string | undefined, limit: number) {
  const { rows, total } = await lists.deals(db, await standingOf(db, actor), filter, after, limit + 1);
  return { ...paging(rows, limit, (row) => dealOf(row, actor), (row) => `${row.intention_day}~${row.id}`), total };
}

function lineOf(row: lists.ListingRow) {
  return {
    id: row.id, version: row.version, side: row.side, kind: row.kind, title: row.title, industry: row.industry, amountFen: row.amount_fen, people: row.people, placeName: row.place_name, openedDay: row.opened_day, untilDay: row.until_day, published: row.published, named: row.named,
    partyName: row.party, own: row.own, outside: row.counterpart_id !== null, answeredDay: row.answered_day, closedDay: row.closed_day, closedReason: row.closed_reason, deals: row.deals,
  };
}

function dealOf(row: lists.DealRow, actor: Actor) {
  return {
    id: row.id, version: row.version, kind: row.kind, state: row.state, needId: row.need_id, needTitle: row.need_title, needParty: row.need_party, offerId: row.offer_id, offerTitle: row.offer_title, offerParty: row.offer_party, fairId: row.fair_id, fairName: row.fair_name,
    intentionDay: row.intention_day, amountFen: row.amount_fen, people: row.people, signedDay: row.signed_day, signedFen: row.signed_fen, document: row.document, fulfilledDay: row.fulfilled_day, fulfilledFen: row.fulfilled_fen, fallenReason: row.fallen_reason, mayMove: may(actor, MATCH),
  };
}

function fairOf(row: lists.FairRow) {
  return { id: row.id, version: row.version, kind: row.kind, name: row.name, day: row.day, place: row.place, parties: row.parties, deals: row.deals, signedFen: row.signed_fen, cancelledReason: row.cancelled_reason };
}
