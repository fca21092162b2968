// People: who they are, where they belong, which roles they have. A password is in no answer but the one that shows a new one once.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { Changed, closed, Id, LANGUAGES, Limit, Query, textOrNull, Version, words } from '../fields.ts';

const Name = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' });
const Login = Type.String({ pattern: '^[^\\s\\u0000-\\u001f]{2,60}$' });
const Phone = textOrNull({ maxLength: 40, pattern: '^[0-9+() -]*$' });
const Roles = Type.Array(Id, { maxItems: 20, uniqueItems: true });
const Chains = Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 50, uniqueItems: true });
const Password = Type.String({ minLength: 1, maxLength: 200 });

const RoleOf = Type.Object({ id: Type.String(), code: Type.String(), name: Type.String() }, closed);
const USER = {
  id: Type.String(), login: Type.String(), name: Type.String(), orgId: Type.String(), orgName: Type.String(),
  /** With its middle hidden from whoever does not manage people. */
  phone: textOrNull(),
  roles: Type.Array(RoleOf), active: Type.Boolean(), mustChange: Type.Boolean(),
  /** Signed in wrongly too often: until then. */
  lockedUntil: textOrNull(), lastSeenAt: textOrNull(), demo: Type.Boolean(), version: Version,
} as const;
export const User = Type.Object(USER, closed);

export const listUsers = queryContract('people.users', {
  input: Type.Object({
    q: Query,
    /** The organisation and everything below it. */
    orgId: Type.Optional(Id),
    role: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 40 })),
    active: Type.Optional(Type.Boolean()),
    after: Type.Optional(Id), limit: Limit,
  }, closed),
  output: Type.Object({ items: Type.Array(User), next: textOrNull(), total: Type.Integer() }, closed),
});

export const getUser = queryContract('people.user', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ ...USER, locale: words(LANGUAGES), chains: Type.Array(Type.String()), sessions: Type.Integer(), tokens: Type.Integer() }, closed),
});

/** Without a password one is made and shown in this answer alone; it must be changed at the first sign-in. */
export const createUser = commandContract('people.create_user', {
  input: Type.Object({
    id: Type.Optional(Id), orgId: Id, login: Login, name: Name, phone: Type.Optional(Phone), locale: Type.Optional(words(LANGUAGES)), roleIds: Roles, chains: Type.Optional(Chains),
    password: Type.Optional(Password),
    /** A person of the demonstration, who signs in with one press and has no password. Only the program itself makes such. */
    demo: Type.Optional(Type.Boolean()),
  }, closed),
  output: Type.Object({ id: Type.String(), version: Version, password: Type.Optional(Type.String()) }, closed),
});

export const editUser = commandContract('people.edit_user', {
  input: Type.Object({
    id: Id, orgId: Type.Optional(Id), login: Type.Optional(Login), name: Type.Optional(Name), phone: Type.Optional(Phone), locale: Type.Optional(words(LANGUAGES)), roleIds: Type.Optional(Roles),
    chains: Type.Optional(Chains),
  }, closed),
  output: Changed,
  versioned: true,
});

/** Ends all sessions and takes a lock away. */
export const resetPassword = commandContract('people.reset_password', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ id: Type.String(), version: Version, password: Type.Optional(Type.String()) }, closed),
});

export const disableUser = commandContract('people.disable_user', { input: Type.Object({ id: Id }, closed), output: Changed, versioned: true });
export const enableUser = commandContract('people.enable_user', { input: Type.Object({ id: Id }, closed), output: Changed, versioned: true });

/** For fields in which a person is chosen. `ids` gives the names of those that are chosen already. */
export const pickUsers = queryContract('people.pick_users', {
  input: Type.Object({
    q: Query, roleCodes: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 40 })), orgId: Type.Optional(Id), ids: Type.Optional(Type.Array(Id, { maxItems: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), orgId: Type.String(), orgName: Type.String(), roleNames: Type.Array(Type.String()) }, closed)),
  }, closed),
});
