// The contracts of signing in as the shell needs them. To be replaced by features/people/contract.ts.
import Type from 'typebox';
import { commandContract, queryContract } from '../kernel/contract.ts';

const Nothing = Type.Object({}, { additionalProperties: false });

export const getSession = queryContract('people.session', {
  input: Nothing,
  output: Type.Object({
    user: Type.Object({ id: Type.String(), name: Type.String(), roleNames: Type.Array(Type.String()), orgName: Type.String() }),
    permissions: Type.Array(Type.String()),
    mustChangePassword: Type.Boolean(),
    zone: Type.Object({ name: Type.String(), demo: Type.Boolean(), today: Type.String(), timeZone: Type.String() }),
  }),
});
export const listSessions = queryContract('people.sessions', {
  input: Nothing,
  output: Type.Object({
    items: Type.Array(Type.Object({ id: Type.String(), current: Type.Boolean(), createdAt: Type.String(), seenAt: Type.String(), device: Type.String(), address: Type.String() })),
  }),
});
export const listDemoSignIns = queryContract('people.demo_sign_ins', {
  input: Nothing,
  output: Type.Object({ items: Type.Array(Type.Object({ userId: Type.String(), name: Type.String(), roleName: Type.String(), orgName: Type.String() })) }),
});
export const demoSignIn = commandContract('people.demo_sign_in', { input: Type.Object({ userId: Type.String() }), output: Type.Object({}) });
export const signIn = commandContract('people.sign_in', {
  input: Type.Object({ login: Type.String({ minLength: 1, maxLength: 100 }), password: Type.String({ minLength: 1, maxLength: 200 }) }),
  output: Type.Object({ mustChangePassword: Type.Boolean() }),
});
export const signOut = commandContract('people.sign_out', { input: Nothing, output: Type.Object({}) });
export const changePassword = commandContract('people.change_password', {
  input: Type.Object({ current: Type.String({ minLength: 1 }), next: Type.String({ minLength: 10, maxLength: 200 }) }),
  output: Type.Object({}),
});
export const endSession = commandContract('people.end_session', { input: Type.Object({ id: Type.String() }), output: Type.Object({}) });
