// One's own notices: the list, how many are unread, and marking them read.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { closed, Id, Nothing, textOrNull, words } from '../../people/fields.ts';
import { TOPICS } from '../fields.ts';

const Cursor = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
/** A value of the sentence: the same in both languages, or one for each. */
const Fact = Type.Union([Type.String(), Type.Number(), Type.Object({ zh: Type.String(), en: Type.String() }, closed)]);

/** The newest first. */
export const listInbox = queryContract('notices.inbox', {
  input: Type.Object({
    unread: Type.Optional(Type.Boolean()), topic: Type.Optional(Type.Array(words(TOPICS), { maxItems: TOPICS.length, uniqueItems: true })),
    after: Type.Optional(Cursor), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Type.String(), kind: Type.String(), topic: words(TOPICS), href: Type.String(), facts: Type.Record(Type.String(), Fact), urgent: Type.Boolean(), day: Type.String(), at: Type.String(), readAt: textOrNull(),
    }, closed)),
    next: textOrNull(),
  }, closed),
});

/** Of each topic, up to `most`: a number equal to it means that many or more. */
export const countUnread = queryContract('notices.unread', {
  input: Nothing,
  output: Type.Object({ most: Type.Integer(), all: Type.Integer(), topics: Type.Array(Type.Object({ topic: words(TOPICS), count: Type.Integer() }, closed)) }, closed),
});

const Marked = Type.Object({ read: Type.Integer() }, closed);
export const markRead = commandContract('notices.mark_read', { input: Type.Object({ ids: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }) }, closed), output: Marked });

/** All that is there now, of some topics or of all. */
export const markAllRead = commandContract('notices.mark_all_read', { input: Type.Object({ topic: Type.Optional(Type.Array(words(TOPICS), { minItems: 1, maxItems: TOPICS.length, uniqueItems: true })) }, closed), output: Marked });
