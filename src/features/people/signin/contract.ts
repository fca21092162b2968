// Signing in and one's own account: what the shell of the browser needs before anything else.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { closed, Id, LANGUAGES, Nothing, textOrNull, words } from '../fields.ts';

export const Password = Type.String({ minLength: 1, maxLength: 200 });

// A failed attempt must be counted although the caller is refused: the output then holds the refusal, and run() throws it after the commit.
const Refused = Type.Optional(Type.Object({ code: Type.String(), retryAfterSeconds: Type.Optional(Type.Integer()) }, closed));
// The token stands in the output for the HTTP layer alone, which moves it into the cookie.
const Opened = Type.Object({ token: Type.Optional(Type.String()), expiresAt: textOrNull(), mustChangePassword: Type.Boolean(), refused: Refused }, closed);

export const signIn = commandContract('people.sign_in', {
  input: Type.Object({ login: Type.String({ minLength: 1, maxLength: 100 }), password: Password }, closed),
  output: Opened,
});
export const demoSignIn = commandContract('people.demo_sign_in', { input: Type.Object({ userId: Id }, closed), output: Opened });
export const signOut = commandContract('people.sign_out', { input: Nothing, output: Nothing });
export const changePassword = commandContract('people.change_password', {
  input: Type.Object({ current: Password, next: Password }, closed),
  output: Opened,
});
export const endSession = commandContract('people.end_session', { input: Type.Object({ id: Id }, closed), output: Nothing });
export const setLocale = commandContract('people.set_locale', { input: Type.Object({ locale: words(LANGUAGES) }, closed), output: Nothing });

export const getSession = queryContract('people.session', {
  input: Nothing,
  output: Type.Object({
    user: Type.Object({
      id: Type.String(), name: Type.String(), login: Type.String(), orgId: Type.String(), orgName: Type.String(), roles: Type.Array(Type.String()), roleNames: Type.Array(Type.String()),
      /** Sees the whole zone. */
      seesAll: Type.Boolean(),
      locale: words(LANGUAGES),
    }, closed),
    permissions: Type.Array(Type.String()),
    mustChangePassword: Type.Boolean(),
    zone: Type.Object({ name: Type.String(), demo: Type.Boolean(), today: Type.String(), timeZone: Type.String(), focusYear: Type.Integer() }, closed),
  }, closed),
});
export const listSessions = queryContract('people.sessions', {
  input: Nothing,
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Type.String(), current: Type.Boolean(), createdAt: Type.String(), seenAt: Type.String(), expiresAt: Type.String(), device: Type.String(), address: Type.String(),
    }, closed)),
  }, closed),
});
export const listDemoSignIns = queryContract('people.demo_sign_ins', {
  input: Nothing,
  output: Type.Object({
    items: Type.Array(Type.Object({ userId: Type.String(), name: Type.String(), role: Type.String(), roleName: Type.String(), orgName: Type.String() }, closed)),
  }, closed),
});
