// How a person wants to be told outside of the application: his own address, which topics at once or in a digest, quiet hours.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { closed, Email, LANGUAGES, Nothing, textOrNull, words } from '../../people/fields.ts';
import { TOPICS } from '../fields.ts';

export const MODES = ['now', 'digest', 'off'] as const;
const Minute = Type.Integer({ minimum: 0, maximum: 1439 });
const MinuteOrNull = Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0, maximum: 1439 });
const Topics = Type.Array(Type.Object({ topic: words(TOPICS), mode: words(MODES) }, closed), { maxItems: TOPICS.length });

export const getPreferences = queryContract('notices.preferences', {
  input: Nothing,
  output: Type.Object({
    email: textOrNull(), topics: Topics, digestMinute: Minute, quietFrom: MinuteOrNull, quietTo: MinuteOrNull, language: words(LANGUAGES),
    /** Its owner has confirmed it; until then nothing is sent to it but the letter that asks. */
    confirmed: Type.Boolean(),
    /** Why nothing more is sent to the address. */
    refused: textOrNull(),
    /** A mail server is set up. */
    mail: Type.Boolean(),
    /** It is known where this site is found: without that no letter can ask for an address. */
    site: Type.Boolean(), version: Type.Integer(),
  }, closed),
});

export const setPreferences = commandContract('notices.set_preferences', {
  input: Type.Object({
    email: Type.Unsafe<string | null>({ anyOf: [Email, { type: 'null' }] }), topics: Topics, digestMinute: Minute, quietFrom: MinuteOrNull, quietTo: MinuteOrNull, language: words(LANGUAGES),
  }, closed),
  output: Type.Object({ version: Type.Integer() }, closed),
  versioned: true,
});

/** Sends a test to one's own address, now. */
export const testOwnMail = commandContract('notices.test_own_mail', { input: Nothing, output: Type.Object({ sent: Type.Boolean(), error: textOrNull() }, closed) });
