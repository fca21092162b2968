// 四项对接 on the server: what is changed. What is read stands in reads.ts.
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { speaksFor, standingOf } from '../standing.ts';
import * as contract from './contract.ts';
import { checkDealStep, checkListing, checkOpen, checkOwner, checkPair } from './rules.ts';
import * as store from './store.ts';

const MATCH = 'service.match';
const OFFER = 'service.offer';

const listingCommands: readonly CommandHandler[] = [
  handler(contract.addCounterpart, {
    permission: MATCH,
    load: async ({ tx, input }) => ({ taken: await store.counterpartNamed(tx, input.name) }),
    decide: ({ subject, input }) => {
      if (subject.taken) refuse('matching.counterpart_named', { name: input.name });
    },
    save: async ({ tx, input, now }) => {
      await store.insertCounterpart(tx, input, now.instant);
      return { id: input.id, version: 1 };
    },
    event: ({ input }) => ({ kind: 'service.counterpart_added', subjectType: 'counterpart', subjectId: input.id, after: { name: input.name, kind: input.kind } }),
    newVersion: (output) => output.version,
  }),
  handler(contract.addListing, {
    permission: OFFER,
    load: async ({ tx, actor, input }) => loadOwner(tx, actor, input.orgId),
    decide: ({ input, now }) => {
      checkOwner(input);
      checkListing(input, input.kind, now.day);
    },
    // An enterprise speaks for itself; officers also for others and for counterparts outside.
    allow: (_actor, subject) => subject.may,
    save: async ({ tx, input, now }) => {
      await store.insertListing(tx, input, now.day, now.instant);
      return { id: input.id, version: 1 };
    },
    event: ({ input }) => ({ kind: `service.${input.side}_opened`, subjectType: 'listing', subjectId: input.id, after: { title: input.title, kind: input.kind, published: input.published } }),
    newVersion: (output) => output.version,
  }),
  handler(contract.editListing, {
    permission: OFFER,
    load: async ({ tx, actor, input }) => store.lockListing(tx, await standingOf(tx, actor), input.id),
    version: (subject) => subject.version,
    decide: ({ subject, input }) => {
      checkOpen(subject);
      checkListing(input, subject.kind, subject.opened_day);
    },
    save: async ({ tx, input }) => ({ id: input.id, version: await store.updateListing(tx, input.id, input) }),
    event: ({ subject, input }) => ({ kind: `service.${subject.side}_edited`, subjectType: 'listing', subjectId: input.id, before: { title: subject.title }, after: { title: input.title, published: input.published, named: input.named } }),
    newVersion: (output) => output.version,
  }),
  handler(contract.closeListing, {
    permission: OFFER,
    load: async ({ tx, actor, input }) => store.lockListing(tx, await standingOf(tx, actor), input.id),
    version: (subject) => subject.version,
    decide: ({ subject, input }) => {
      checkOpen(subject);
      if (input.reason === 'no_match' && input.note === undefined) refuse('matching.note_needed', { errors: [{ path: 'note', code: 'matching.note_needed', params: {} }] });
    },
    save: async ({ tx, input, now }) => ({ id: input.id, version: await store.closeListing(tx, input.id, input.reason, input.note ?? null, now.day) }),
    event: ({ subject, input }) => ({ kind: `service.${subject.side}_closed`, subjectType: 'listing', subjectId: input.id, after: { reason: input.reason }, ...(input.note === undefined ? {} : { reason: input.note }) }),
    newVersion: (output) => output.version,
  }),
];

async function loadOwner(tx: Db, actor: Actor, orgId: string | undefined): Promise<{ readonly may: boolean } | undefined> {
  if (orgId !== undefined && !(await store.orgIs(tx, orgId))) return undefined;
  if (may(actor, MATCH)) return { may: true };
  const standing = await standingOf(tx, actor);
  return { may: orgId !== undefined && speaksFor(standing, orgId) };
}

const fairCommands: readonly CommandHandler[] = [
  handler(contract.addFair, {
    permission: MATCH,
    load: async () => ({}),
    decide: ({ input }) => input.parties.forEach(checkOwner),
    save: async ({ tx, input: { id, ...one }, now }) => {
      await store.insertFair(tx, id, one, now.instant);
      return { id, version: 1 };
    },
    event: ({ input }) => ({ kind: 'service.fair_added', subjectType: 'fair', subjectId: input.id, after: { name: input.name, day: input.day, parties: input.parties.length } }),
    newVersion: (output) => output.version,
  }),
  handler(contract.editFair, {
    permission: MATCH,
    load: async ({ tx, input }) => store.lockFair(tx, input.id),
    version: (subject) => subject.version,
    decide: ({ subject, input }) => {
      if (subject.cancelled_reason !== null) refuse('matching.fair_cancelled', {});
      input.parties.forEach(checkOwner);
    },
    save: async ({ tx, input: { id, ...one } }) => ({ id, version: await store.updateFair(tx, id, one) }),
    event: ({ subject, input }) => ({ kind: 'service.fair_edited', subjectType: 'fair', subjectId: input.id, before: { name: subject.name, day: subject.day }, after: { name: input.name, day: input.day, parties: input.parties.length } }),
    newVersion: (output) => output.version,
  }),
  handler(contract.cancelFair, {
    permission: MATCH,
    load: async ({ tx, input }) => store.lockFair(tx, input.id),
    version: (subject) => subject.version,
    decide: ({ subject }) => {
      if (subject.cancelled_reason !== null) refuse('matching.fair_cancelled', {});
    },
    save: async ({ tx, input }) => ({ id: input.id, version: await store.cancelFair(tx, input.id, input.reason) }),
    event: ({ subject, input }) => ({ kind: 'service.fair_cancelled', subjectType: 'fair', subjectId: input.id, before: { name: subject.name }, reason: input.reason }),
    newVersion: (output) => output.version,
  }),
];

const dealCommands: readonly CommandHandler[] = [
  handler(contract.addDeal, {
    permission: MATCH,
    load: async ({ tx, input }) => {
      const pair = await store.lockPair(tx, input.needId, input.offerId);
      if (pair === undefined) return undefined;
      const fair = input.fairId === undefined ? undefined : await store.lockFair(tx, input.fairId);
      if (input.fairId !== undefined && fair === undefined) return undefined;
      return { ...pair, fair, known: await store.dealBetween(tx, input.needId, input.offerId) };
    },
    decide: ({ subject, input, now }) => {
      if (subject.known) refuse('matching.dealt', {});
      checkPair(subject.need, subject.offer, input.day, now.day);
      if (subject.fair?.cancelled_reason !== undefined && subject.fair.cancelled_reason !== null) refuse('matching.fair_cancelled', {});
    },
    save: async ({ tx, subject, input, now }) => {
      await store.insertDeal(tx, { id: input.id, kind: subject.need.kind, needId: input.needId, offerId: input.offerId, fairId: input.fairId ?? null, day: input.day, amountFen: input.amountFen ?? null, people: input.people ?? null }, now.instant);
      return { id: input.id, version: 1 };
    },
    event: ({ subject, input }) => [
      { kind: 'service.deal_begun', subjectType: 'deal', subjectId: input.id, after: { need: subject.need.title, offer: subject.offer.title, day: input.day, ...(input.amountFen === undefined ? {} : { amountFen: input.amountFen }) } },
      ...[subject.need, subject.offer].map((one) => ({ kind: 'service.deal_begun', subjectType: 'listing', subjectId: one.id, after: { deal: input.id, day: input.day } })),
    ],
    newVersion: (output) => output.version,
  }),
  handler(contract.moveDeal, {
    permission: MATCH,
    load: async ({ tx, input }) => store.lockDeal(tx, input.id),
    version: (subject) => subject.version,
    decide: ({ subject, input, now }) => checkDealStep(subject, input, now.day),
    save: async ({ tx, subject, input }) => ({
      // Signed for what was intended, fulfilled for what was signed, where no other amount is said.
      id: input.id, version: await store.moveDeal(tx, input.id, { step: input.step, day: input.day, amountFen: input.amountFen ?? (input.step === 'signed' ? subject.amount_fen : subject.signed_fen), document: input.document ?? null, reason: input.reason ?? null }),
    }),
    event: ({ subject, input }) => [
      { kind: `service.deal_${input.step}`, subjectType: 'deal', subjectId: input.id, before: { state: subject.state }, after: { state: input.step, day: input.day, ...(input.amountFen === undefined ? {} : { amountFen: input.amountFen }) }, ...(input.reason === undefined ? {} : { reason: input.reason }) },
      ...[subject.need_id, subject.offer_id].map((id) => ({ kind: `service.deal_${input.step}`, subjectType: 'listing', subjectId: id, after: { deal: input.id, day: input.day } })),
    ],
    newVersion: (output) => output.version,
  }),
];

export const matchingCommands: readonly CommandHandler[] = [...listingCommands, ...fairCommands, ...dealCommands];
