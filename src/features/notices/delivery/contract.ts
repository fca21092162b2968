// The ways out as an administrator keeps them: mail server, receivers, and what is still to be sent. A password, an address with its key and a
// secret go in and never come out.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { Changed, closed, Email, Id, LANGUAGES, Nothing, textOrNull, Version, words } from '../../people/fields.ts';
import { CHANNELS, MESSAGE_STATES, RECEIVER_KINDS, TOPICS } from '../fields.ts';

const TLS = ['tls', 'starttls', 'none'] as const;
const Host = Type.String({ maxLength: 253, pattern: '^[A-Za-z0-9._:\\[\\]-]*$' });
const Outage = Type.Union([Type.Object({ since: Type.String(), until: Type.String(), error: Type.String() }, closed), Type.Null()]);
const Tried = Type.Object({ sent: Type.Boolean(), error: textOrNull() }, closed);

export const getMail = queryContract('notices.mail', {
  input: Nothing,
  output: Type.Object({
    /** Set in the environment: the browser only shows it. */
    byOperator: Type.Boolean(), host: Type.String(), port: Type.Integer(), tls: words(TLS), user: Type.String(), hasPassword: Type.Boolean(), from: Type.String(), publicUrl: Type.String(),
    publicByOperator: Type.Boolean(), plainAllowed: Type.Boolean(), version: Type.Integer(), outage: Outage,
  }, closed),
});

/** Without `password` the one that is there stays. An empty host: no mail is sent. */
export const setMail = commandContract('notices.set_mail', {
  input: Type.Object({
    host: Host, port: Type.Integer({ minimum: 1, maximum: 65_535 }), tls: words(TLS), user: Type.String({ maxLength: 200 }), password: Type.Optional(Type.String({ maxLength: 500 })),
    from: Type.String({ maxLength: 254 }), publicUrl: Type.String({ maxLength: 300, pattern: '^(https?://[^\\s/?#@]+/?)?$' }),
  }, closed),
  output: Type.Object({ version: Version }, closed),
  versioned: true,
});

export const testMailServer = commandContract('notices.test_mail', { input: Type.Object({ to: Email }, closed), output: Tried });

const RECEIVER = {
  name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }), orgId: Type.Unsafe<string | null>({ anyOf: [Id, { type: 'null' }] }),
  topics: Type.Array(words(TOPICS), { minItems: 1, maxItems: TOPICS.length, uniqueItems: true }), language: words(LANGUAGES),
} as const;
const Url = Type.String({ minLength: 8, maxLength: 2000 });
const Secret = Type.String({ minLength: 8, maxLength: 300 });

export const listReceivers = queryContract('notices.receivers', {
  input: Nothing,
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Type.String(), name: Type.String(), kind: words(RECEIVER_KINDS), orgId: textOrNull(), orgName: textOrNull(), host: Type.String(), hasSecret: Type.Boolean(), topics: Type.Array(words(TOPICS)),
      language: words(LANGUAGES), state: words(['active', 'parked']), reason: textOrNull(), since: textOrNull(), failures: Type.Integer(), waiting: Type.Integer(), version: Version,
    }, closed)),
    /** `waiting` counts up to here. */
    most: Type.Integer(),
  }, closed),
});

/** A webhook without a secret gets one, which is in this answer and nowhere else. */
export const createReceiver = commandContract('notices.create_receiver', {
  input: Type.Object({ id: Type.Optional(Id), kind: words(RECEIVER_KINDS), ...RECEIVER, url: Url, secret: Type.Optional(Secret) }, closed),
  output: Type.Object({ id: Type.String(), version: Version, secret: Type.Optional(Type.String()) }, closed),
});

/** What is left out stays: address and secret cannot be read back. */
export const editReceiver = commandContract('notices.edit_receiver', {
  input: Type.Object({ id: Id, ...RECEIVER, url: Type.Optional(Url), secret: Type.Optional(Secret) }, closed), output: Changed, versioned: true,
});
export const removeReceiver = commandContract('notices.remove_receiver', { input: Type.Object({ id: Id }, closed), output: Changed, versioned: true });
export const testReceiver = commandContract('notices.test_receiver', { input: Type.Object({ id: Id }, closed), output: Tried });

/** Sends to it again. `resend`: what it did not get meanwhile, too; otherwise that is given up. */
export const reviveReceiver = commandContract('notices.revive_receiver', { input: Type.Object({ id: Id, resend: Type.Boolean() }, closed), output: Changed, versioned: true });

export const listOutbox = queryContract('notices.outbox', {
  input: Type.Object({
    state: Type.Optional(Type.Array(words(MESSAGE_STATES), { maxItems: MESSAGE_STATES.length, uniqueItems: true })),
    after: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z_[0-9a-f-]{36}$' })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Type.String(), channel: words(CHANNELS), to: Type.String(), notices: Type.Integer(), state: words(MESSAGE_STATES), attempts: Type.Integer(), dueAt: Type.String(), error: textOrNull(),
      createdAt: Type.String(), endedAt: textOrNull(),
    }, closed)),
    next: textOrNull(),
  }, closed),
});

/** Counts up to `most`. */
export const countOutbox = queryContract('notices.outbox_counts', {
  input: Nothing,
  output: Type.Object({
    most: Type.Integer(), waiting: Type.Integer(), later: Type.Integer(), underWay: Type.Integer(), failed: Type.Integer(), parked: Type.Integer(), oldestDueAt: textOrNull(), outage: Outage,
    /** Letters that ask for an address and wait because it is not known where this site is found. */
    noSite: Type.Integer(),
  }, closed),
});

/** Puts what a parked message held back among what waits. */
export const resendMessage = commandContract('notices.resend', { input: Type.Object({ id: Id }, closed), output: Type.Object({ id: Type.String(), notices: Type.Integer() }, closed) });
