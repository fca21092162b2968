// Decisions on needs, offers, events and deals. Pure.
import { refuse } from '../../../kernel/refuse.ts';
import type { Matching } from '../fields.ts';

export interface Owner { readonly orgId?: string | undefined; readonly counterpartId?: string | undefined }

export function checkOwner({ orgId, counterpartId }: Owner): void {
  if ((orgId === undefined) === (counterpartId === undefined)) placed('matching.one_owner', 'orgId');
}

export interface ListingContent { readonly untilDay: string | null; readonly published: boolean; readonly named: boolean; readonly amountFen: number | null; readonly people: number | null }

export function checkListing(content: ListingContent, kind: Matching, openedDay: string): void {
  if (content.untilDay !== null && content.untilDay < openedDay) placed('matching.until_before', 'untilDay');
  // Whose it is cannot be public while it is not.
  if (content.named && !content.published) placed('matching.named_unpublished', 'named');
  if (kind === 'labour' && content.people === null) placed('matching.people_needed', 'people');
  if (kind === 'finance' && content.amountFen === null) placed('matching.amount_needed', 'amountFen');
}

function placed(code: string, path: string, params: Readonly<Record<string, string>> = {}): never {
  return refuse(code, { ...params, errors: [{ path, code, params }] });
}

export function checkOpen(one: { readonly closed_day: string | null }): void {
  if (one.closed_day !== null) refuse('matching.closed', {});
}

export interface Side { readonly side: 'need' | 'offer'; readonly kind: Matching; readonly closed_day: string | null; readonly opened_day: string; readonly org_id: string | null; readonly counterpart_id: string | null }

export function checkPair(need: Side, offer: Side, day: string, today: string): void {
  if (need.side !== 'need' || offer.side !== 'offer') refuse('matching.sides', {});
  if (need.kind !== offer.kind) refuse('matching.kinds', { need: need.kind, offer: offer.kind });
  if (need.org_id === offer.org_id && need.counterpart_id === offer.counterpart_id) refuse('matching.same_party', {});
  checkOpen(need);
  checkOpen(offer);
  if (day > today) placed('matching.day_ahead', 'day');
  if (day < need.opened_day || day < offer.opened_day) placed('matching.day_before', 'day');
}

export interface Deal { readonly state: 'intention' | 'signed' | 'fulfilled' | 'fallen'; readonly intention_day: string; readonly signed_day: string | null }

/** Intention, signed, fulfilled: one after the other; an intention or a signed deal may fall, and says why. */
export function checkDealStep(deal: Deal, input: { readonly step: 'signed' | 'fulfilled' | 'fallen'; readonly day: string; readonly amountFen?: number | undefined; readonly document?: string | undefined; readonly reason?: string | undefined }, today: string): void {
  const from = { signed: ['intention'], fulfilled: ['signed'], fallen: ['intention', 'signed'] }[input.step];
  if (!from.includes(deal.state)) refuse('matching.deal_order', { state: deal.state, step: input.step });
  if (input.day > today) placed('matching.day_ahead', 'day');
  if (input.day < (deal.signed_day ?? deal.intention_day)) placed('matching.day_before', 'day');
  if (input.step === 'signed' && input.document === undefined) placed('matching.document_needed', 'document');
  if (input.step === 'fallen' && input.reason === undefined) placed('matching.reason_needed', 'reason');
}
