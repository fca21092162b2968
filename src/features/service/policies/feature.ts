// 政策 on the server: kept, matched, told, and what is known of enterprises.
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { speaksFor, standingOf } from '../standing.ts';
import * as contract from './contract.ts';
import { importingCommands } from './importing.ts';
import * as known from './known.ts';
import { lockMatches, matchEnterprise } from './match.ts';
import { checkContent, checkStep } from './rules.ts';
import * as store from './store.ts';
import { tellSuiting, tellTold } from './telling.ts';
import { checkValue } from './traits.ts';

const KEEP = 'service.keep_knowledge';
const OFFER = 'service.offer';

const policyCommands: readonly CommandHandler[] = [
  handler(contract.addPolicy, {
    permission: KEEP,
    load: async ({ tx, input }) => {
      await lockMatches(tx, 'all');
      return { taken: await store.named(tx, input.name, input.number, undefined) };
    },
    decide: ({ subject, input: { id: _id, ...content } }) => {
      if (subject.taken) refuse('knowledge.policy_named', { name: content.name });
      return checkContent(content);
    },
    save: async ({ tx, input, changes, actor, now }) => {
      await store.insert(tx, input.id, changes, actor, now);
      return { id: input.id, version: 1 };
    },
    event: ({ input, changes }) => ({ kind: 'service.policy_added', subjectType: 'policy', subjectId: input.id, after: { name: changes.name, number: changes.number } }),
    newVersion: (output) => output.version,
  }),
  handler(contract.editPolicy, {
    permission: KEEP,
    load: async ({ tx, input }) => {
      const found = await store.lock(tx, input.id);
      return found === undefined ? undefined : { ...found, taken: await store.named(tx, input.name, input.number, input.id) };
    },
    version: (subject) => subject.version,
    decide: ({ subject, input: { id: _id, note: _note, ...content } }) => {
      if (subject.withdrawn_day !== null) refuse('knowledge.withdrawn', {});
      if (subject.taken) refuse('knowledge.policy_named', { name: content.name });
      return checkContent(content);
    },
    save: async ({ tx, input, changes, actor, now }) => ({ id: input.id, version: await store.update(tx, input.id, changes, input.note ?? null, actor, now) }),
    event: ({ subject, input, changes }) => ({ kind: 'service.policy_edited', subjectType: 'policy', subjectId: input.id, before: { name: subject.name, applyUntil: subject.apply_until }, after: { name: changes.name, applyUntil: changes.applyUntil }, ...(input.note === undefined ? {} : { reason: input.note }) }),
    newVersion: (output) => output.version,
  }),
  handler(contract.withdrawPolicy, {
    permission: KEEP,
    load: async ({ tx, input }) => store.lock(tx, input.id),
    version: (subject) => subject.version,
    decide: ({ subject }) => {
      if (subject.withdrawn_day !== null) refuse('knowledge.withdrawn', {});
    },
    save: async ({ tx, input, now }) => ({ id: input.id, version: await store.withdraw(tx, input.id, now) }),
    event: ({ subject, input }) => ({ kind: 'service.policy_withdrawn', subjectType: 'policy', subjectId: input.id, before: { name: subject.name }, reason: input.reason }),
    newVersion: (output) => output.version,
  }),
];

const deliveryCommands: readonly CommandHandler[] = [
  handler(contract.tellPolicy, {
    permission: 'service.match',
    load: async ({ tx, input }) => store.lockAlone(tx, input.id),
    decide: ({ subject, input, now }) => {
      if (subject.withdrawn_day !== null) refuse('knowledge.withdrawn', {});
      if ((subject.apply_until ?? subject.valid_until ?? now.day) < now.day) refuse('knowledge.window_over', {});
      return input.orgIds.map((id) => ({ id, deliveryId: newId(now.instant.getTime()) }));
    },
    save: async ({ tx, subject, input, changes, actor, now }) => {
      const told = await store.tellTo(tx, input.id, changes, actor, now);
      await tellTold(tx, subject, told, now);
      return { id: input.id, told: told.length, before: input.orgIds.length - told.length };
    },
    event: ({ subject, input, output }) => ({ kind: 'service.policy_told', subjectType: 'policy', subjectId: input.id, after: { name: subject.name, told: output.told, orgIds: input.orgIds } }),
  }),
  handler(contract.noteDelivery, {
    permission: OFFER,
    load: async ({ tx, actor, input }) => {
      const standing = await standingOf(tx, actor);
      const found = await store.lockDelivery(tx, input.id, standing.officer ? undefined : standing.orgs);
      return found === undefined ? undefined : { ...found, officer: standing.officer };
    },
    version: (subject) => subject.version,
    // What was received the paying side tells.
    allow: (_actor, subject, input) => subject.officer || input.step !== 'received',
    decide: ({ subject, input, now }) => checkStep(subject, input.step, input.day, now.day),
    save: async ({ tx, input }) => ({ id: input.id, version: await store.step(tx, input.id, { step: input.step, day: input.day, amountFen: input.amountFen ?? null, note: input.note ?? null }) }),
    event: ({ subject, input }) => ({ kind: `service.policy_${input.step}`, subjectType: 'policy', subjectId: subject.policy_id, after: { org: subject.org_name, day: input.day, ...(input.amountFen === undefined ? {} : { amountFen: input.amountFen }) }, ...(input.note === undefined ? {} : { reason: input.note }) }),
    newVersion: (output) => output.version,
  }),
];

const traitCommands: readonly CommandHandler[] = [
  handler(contract.stateTraits, {
    permission: OFFER,
    load: async ({ tx, actor, input }) => loadEnterprise(tx, actor, input.id),
    version: (subject) => subject.version,
    decide: ({ input }) => {
      const seen = new Set(input.traits.map((one) => one.code));
      if (seen.size !== input.traits.length) refuse('knowledge.trait_twice', {});
      return input.traits.map(({ code, value, document }) => {
        if (value !== null) checkValue(code, value);
        return { code, value, document: document ?? null };
      });
    },
    save: async ({ tx, subject, changes, actor, now }) => {
      await lockMatches(tx, 'one enterprise');
      const { version, traits } = await known.state(tx, subject.id, changes, subject.officer, actor, now);
      await tellSuiting(tx, subject.id, await matchEnterprise(tx, subject.id, traits), version, now);
      return { id: subject.id, version };
    },
    event: ({ subject, changes }) => ({ kind: 'service.traits_stated', subjectType: 'enterprise', subjectId: subject.id, before: subject.before, after: Object.fromEntries(changes.map((one) => [one.code, one.value])) }),
    newVersion: (output) => output.version,
  }),
  handler(contract.verifyTraits, {
    permission: 'service.match',
    load: async ({ tx, actor, input }) => loadEnterprise(tx, actor, input.id),
    version: (subject) => subject.version,
    decide: ({ subject, input }) => {
      const missing = input.codes.find((code) => subject.before[code] === undefined);
      if (missing !== undefined) refuse('knowledge.trait_unstated', { trait: missing });
    },
    save: async ({ tx, input, actor, now }) => ({ id: input.id, version: await known.verify(tx, input.id, input.codes, input.document ?? null, actor, now) }),
    event: ({ subject, input }) => ({ kind: 'service.traits_verified', subjectType: 'enterprise', subjectId: input.id, after: Object.fromEntries(input.codes.map((code) => [code, subject.before[code] ?? null])) }),
    newVersion: (output) => output.version,
  }),
];

/** One's own enterprise; any for officers. */
async function loadEnterprise(tx: Db, actor: Actor, id: string) {
  const standing = await standingOf(tx, actor);
  if (!standing.officer && !speaksFor(standing, id)) return undefined;
  const found = await known.lockEnterprise(tx, id);
  return found === undefined ? undefined : { ...found, officer: standing.officer && may(actor, 'service.match'), before: await known.valuesOf(tx, id) };
}

export const policiesCommands: readonly CommandHandler[] = [...policyCommands, ...deliveryCommands, ...traitCommands, ...importingCommands];
