// A person's own way of being told. Address and hours are his alone: nobody else reads or changes them.
import { refuse } from '../../../kernel/refuse.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { askedSince, dropAddress, MOST_ASKED, newAddress } from '../addresses/letters.ts';
import { readExits } from '../channels/mailserver.ts';
import { errorText } from '../channels/result.ts';
import { testMail } from '../channels/trial.ts';
import { TOPICS } from '../fields.ts';
import * as contract from './contract.ts';
import * as store from './store.ts';

const DIGEST_MINUTE = 8 * 60;
const QUIET = { quietFrom: 22 * 60, quietTo: 7 * 60 } as const;
const TEST_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
const WAKE_MS = 30 * 86_400_000;

export const preferenceQueries: readonly QueryHandler[] = [
  readHandler(contract.getPreferences, {
    permission: 'signed-in',
    read: async ({ db, actor, env }) => {
      const found = await store.readPreferences(db, actor.userId);
      const exits = env.outward === undefined ? undefined : await readExits(db, env.outward);
      const own = found ?? { email: null, topics: {}, digestMinute: DIGEST_MINUTE, ...QUIET, language: actor.locale, refused: null, confirmedAt: null, addressId: null, version: 0 };
      const { topics, confirmedAt, addressId: _address, ...shown } = own;
      return { ...shown, confirmed: confirmedAt !== null, topics: TOPICS.map((topic) => ({ topic, mode: topics[topic] ?? 'now' })), mail: exits?.server !== undefined, site: exits?.site !== undefined };
    },
  }),
];

export const preferenceCommands: readonly CommandHandler[] = [
  handler(contract.setPreferences, {
    permission: 'signed-in',
    load: async ({ tx, actor, now }) => ({ before: await store.lockPreferences(tx, actor.userId), asked: await askedSince(tx, actor.userId, new Date(now.instant.getTime() - DAY_MS)) }),
    version: (subject) => subject.before?.version ?? 0,
    decide: ({ subject, input }) => {
      const { quietFrom, quietTo } = input;
      if ((quietFrom === null) !== (quietTo === null) || (quietFrom !== null && quietFrom === quietTo)) refuse('notices.quiet_hours', { errors: [{ path: 'quietTo', code: 'notices.quiet_hours' }] });
      const email = input.email?.trim() ?? null;
      const { before } = subject;
      const another = email !== null && before?.email !== email;
      // Whoever enters the refused address again wants it tried again; one that was never confirmed is asked again, and one of before addresses were confirmed for the first time.
      const asks = another || (email !== null && before?.confirmedAt === null && (before.refused !== null || before.addressId === null));
      if (asks && subject.asked >= MOST_ASKED) refuse('notices.too_many_addresses', { errors: [{ path: 'email', code: 'notices.too_many_addresses' }] });
      return {
        ...input, email, asks, topics: Object.fromEntries(input.topics.map((one) => [one.topic, one.mode])), refused: null, confirmedAt: email === null || asks ? null : (before?.confirmedAt ?? null), addressId: email === null || asks ? null : (before?.addressId ?? null),
        wake: email !== null && before !== undefined && (another || before.refused !== null),
      };
    },
    save: async ({ tx, changes, subject, actor, now }) => {
      const former = subject.before?.addressId ?? null;
      if (former !== null && changes.addressId !== former) await dropAddress(tx, former);
      const addressId = changes.asks && changes.email !== null ? await newAddress(tx, changes.email, changes.language, actor.userId, now) : changes.addressId;
      const version = await store.savePreferences(tx, actor.userId, { ...changes, addressId });
      if (changes.wake) await store.wakeMail(tx, actor.userId, new Date(now.instant.getTime() - WAKE_MS));
      if (changes.email === null) await store.dropMail(tx, actor.userId);
      return { version };
    },
    newVersion: (output) => output.version,
    // The address itself is the person's own and stands in no history.
    event: ({ subject, changes, actor }) => ({
      kind: 'notices.preferences_set', subjectType: 'user', subjectId: actor.userId,
      after: { email: changes.email !== null, emailChanged: changes.email !== (subject.before?.email ?? null), topics: changes.topics, digestMinute: changes.digestMinute, quietFrom: changes.quietFrom, quietTo: changes.quietTo, language: changes.language },
    }),
  }),
  handler(contract.testOwnMail, {
    permission: 'signed-in',
    prepare: async ({ db, actor, env, now }) => {
      // An address that is not one's own must not be flooded from here.
      if (await store.testedSince(db, actor.userId, new Date(now.instant.getTime() - TEST_EVERY_MS))) refuse('notices.tested_just_now', {});
      const own = await store.readPreferences(db, actor.userId);
      if (own !== undefined && own.email !== null && own.confirmedAt === null) refuse('notices.address_unconfirmed', {});
      return own === undefined || own.email === null || env.outward === undefined ? undefined : testMail(db, env.outward, own.email, actor.locale);
    },
    load: async ({ prepared }) => Promise.resolve({ result: prepared }),
    decide: ({ subject }) => subject.result ?? refuse('notices.no_address', {}),
    save: async ({ tx, changes, actor, now }) => {
      await store.noteTest(tx, actor.userId, now.instant);
      return { sent: changes.sent, error: changes.sent ? null : errorText(changes) };
    },
    event: ({ output, actor }) => ({ kind: 'notices.own_mail_tested', subjectType: 'user', subjectId: actor.userId, after: { sent: output.sent } }),
  }),
];
