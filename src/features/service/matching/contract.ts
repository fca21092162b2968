// 四项对接 as others call it: needs and offers, whom they suit and why, events, deals from intention to fulfilment.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { After, closed, Day, Fen, Format, HistoryLine, Id, IndustryCode, Limit, Line, MATCHINGS, maybe, paged, Query, Saved, Text } from '../fields.ts';

export const SIDES = ['need', 'offer'] as const;
export const COUNTERPARTS = ['bank', 'university', 'institute', 'school', 'enterprise', 'agency', 'other'] as const;
export const CLOSED = ['met', 'withdrawn', 'expired', 'no_match'] as const;
export const DEAL_STATES = ['intention', 'signed', 'fulfilled', 'fallen'] as const;
const Kind = Type.Enum(MATCHINGS);
const Side = Type.Enum(SIDES);
const People = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const Body = Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' });
const Title = Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' });

export const addCounterpart = commandContract('service.add_counterpart', { input: Type.Object({ id: Id, name: Title, kind: Type.Enum(COUNTERPARTS), place: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) }, closed), output: Saved });

const listing = {
  title: Title, text: Body, industry: maybe(IndustryCode), amountFen: maybe(Fen), people: maybe(People), placeId: maybe(Id), untilDay: maybe(Day), /** Everybody may see it; and whose it is. */ published: Type.Boolean(), named: Type.Boolean(),
};
/** Of an organisation of the zone, or of a counterpart outside: one of both. */
export const addListing = commandContract('service.add_listing', { input: Type.Object({ id: Id, side: Side, kind: Kind, orgId: Type.Optional(Id), counterpartId: Type.Optional(Id), ...listing }, closed), output: Saved });
export const editListing = commandContract('service.edit_listing', { input: Type.Object({ id: Id, ...listing }, closed), output: Saved, versioned: true });
export const closeListing = commandContract('service.close_listing', { input: Type.Object({ id: Id, reason: Type.Enum(CLOSED), note: Type.Optional(Text) }, closed), output: Saved, versioned: true });

const Party = Type.Object({ orgId: Type.Optional(Id), counterpartId: Type.Optional(Id), offered: Type.Optional(Text) }, closed);
const fair = { kind: Kind, name: Title, day: Day, place: Line, text: maybe(Body), parties: Type.Array(Party, { maxItems: 300 }) };
export const addFair = commandContract('service.add_fair', { input: Type.Object({ id: Id, ...fair }, closed), output: Saved });
export const editFair = commandContract('service.edit_fair', { input: Type.Object({ id: Id, ...fair }, closed), output: Saved, versioned: true });
export const cancelFair = commandContract('service.cancel_fair', { input: Type.Object({ id: Id, reason: Text }, closed), output: Saved, versioned: true });

export const addDeal = commandContract('service.add_deal', { input: Type.Object({ id: Id, needId: Id, offerId: Id, fairId: Type.Optional(Id), day: Day, amountFen: Type.Optional(Fen), people: Type.Optional(People) }, closed), output: Saved });
export const moveDeal = commandContract('service.move_deal', {
  input: Type.Object({ id: Id, step: Type.Enum(['signed', 'fulfilled', 'fallen']), day: Day, amountFen: Type.Optional(Fen), document: Type.Optional(Line), reason: Type.Optional(Text) }, closed), output: Saved, versioned: true,
});

// --- queries ---

export const ListingLine = Type.Object({
  id: Id, version: Type.Integer(), side: Side, kind: Kind, title: Type.String(), industry: maybe(Type.String()), amountFen: maybe(Type.Integer()), people: maybe(Type.Integer()), placeName: maybe(Type.String()), openedDay: Day, untilDay: maybe(Day),
  published: Type.Boolean(), named: Type.Boolean(), /** null: not for this reader. */ partyName: maybe(Type.String()), own: Type.Boolean(), outside: Type.Boolean(), answeredDay: maybe(Day), closedDay: maybe(Day), closedReason: maybe(Type.Enum(CLOSED)), deals: Type.Integer(),
}, closed);
export const LISTING_STATES = ['open', 'unanswered', 'closed', 'all'] as const;
const filter = {
  q: Query, side: Type.Optional(Side), kind: Type.Optional(Type.Array(Kind, { maxItems: 4 })), industry: Type.Optional(Type.Array(IndustryCode, { maxItems: 60 })), orgId: Type.Optional(Type.Array(Id, { maxItems: 50 })), state: Type.Optional(Type.Enum(LISTING_STATES)), mine: Type.Optional(Type.Boolean()),
};
export const listListings = queryContract('service.listings', { input: Type.Object({ ...filter, after: After, limit: Limit }, closed), output: paged(ListingLine) });
export const exportListings = queryContract('service.listings_export', { input: Type.Object({ ...filter, format: Format }, closed), output: Type.Null() });

export const DealLine = Type.Object({
  id: Id, version: Type.Integer(), kind: Kind, state: Type.Enum(DEAL_STATES), needId: Id, needTitle: Type.String(), needParty: maybe(Type.String()), offerId: Id, offerTitle: Type.String(), offerParty: maybe(Type.String()), fairId: maybe(Id), fairName: maybe(Type.String()),
  intentionDay: Day, amountFen: maybe(Type.Integer()), people: maybe(Type.Integer()), signedDay: maybe(Day), signedFen: maybe(Type.Integer()), document: maybe(Type.String()), fulfilledDay: maybe(Day), fulfilledFen: maybe(Type.Integer()), fallenReason: maybe(Type.String()), mayMove: Type.Boolean(),
}, closed);

export const readListing = queryContract('service.listing', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ listing: ListingLine, text: Type.String(), orgId: maybe(Id), counterpartId: maybe(Id), placeId: maybe(Id), closedNote: maybe(Type.String()), mayEdit: Type.Boolean(), mayDeal: Type.Boolean(), deals: Type.Array(DealLine), history: Type.Array(HistoryLine) }, closed),
});

export const REASONS = ['industry', 'section', 'words', 'amount', 'amount_part', 'people', 'people_part', 'place', 'time', 'fresh'] as const;
export const suggestMatches = queryContract('service.suggest_matches', {
  input: Type.Object({ id: Id, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })) }, closed),
  output: Type.Object({ items: Type.Array(Type.Object({ listing: ListingLine, points: Type.Integer(), reasons: Type.Array(Type.Object({ code: Type.Enum(REASONS), points: Type.Integer(), percent: maybe(Type.Integer()) }, closed)), dealt: Type.Boolean() }, closed)), looked: Type.Integer() }, closed),
});

const dealFilter = { kind: Type.Optional(Type.Array(Kind, { maxItems: 4 })), state: Type.Optional(Type.Enum(DEAL_STATES)), fairId: Type.Optional(Id), from: Type.Optional(Day), to: Type.Optional(Day) };
export const listDeals = queryContract('service.deals', { input: Type.Object({ ...dealFilter, after: After, limit: Limit }, closed), output: paged(DealLine) });
export const exportDeals = queryContract('service.deals_export', { input: Type.Object({ ...dealFilter, format: Format }, closed), output: Type.Null() });
/** The numbers of the matchings, from their records: by kind, and by state of the deals. */
export const matchingFigures = queryContract('service.matching_figures', {
  input: Type.Object({}, closed),
  output: Type.Object({ kinds: Type.Array(Type.Object({
    kind: Kind, needs: Type.Integer(), offers: Type.Integer(), unanswered: Type.Integer(), intentions: Type.Integer(), signed: Type.Integer(), signedFen: Type.Integer(), fulfilled: Type.Integer(), fulfilledFen: Type.Integer(), fallen: Type.Integer(),
  }, closed)) }, closed),
});

export const FairLine = Type.Object({ id: Id, version: Type.Integer(), kind: Kind, name: Type.String(), day: Day, place: Type.String(), parties: Type.Integer(), deals: Type.Integer(), signedFen: Type.Integer(), cancelledReason: maybe(Type.String()) }, closed);
export const listFairs = queryContract('service.fairs', { input: Type.Object({ kind: Type.Optional(Type.Array(Kind, { maxItems: 4 })), after: After, limit: Limit }, closed), output: paged(FairLine) });
export const readFair = queryContract('service.fair', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    fair: FairLine, text: maybe(Type.String()), mayKeep: Type.Boolean(), history: Type.Array(HistoryLine),
    parties: Type.Array(Type.Object({ orgId: maybe(Id), counterpartId: maybe(Id), name: Type.String(), outside: Type.Boolean(), offered: maybe(Type.String()) }, closed)),
  }, closed),
});
export const pickCounterparts = queryContract('service.pick_counterparts', {
  input: Type.Object({ q: Query, ids: Type.Optional(Type.Array(Id, { maxItems: 200 })), limit: Limit }, closed), output: Type.Object({ items: Type.Array(Type.Object({ id: Id, name: Type.String(), kind: Type.Enum(COUNTERPARTS), place: maybe(Type.String()) }, closed)) }, closed),
});
