// Roles as data: a set of permissions and a scope.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { Changed, closed, Id, Nothing, SCOPES, Version, words } from '../fields.ts';

const Permissions = Type.Array(Type.String({ maxLength: 80 }), { maxItems: 300, uniqueItems: true });
const Name = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' });

export const listRoles = queryContract('people.roles', {
  input: Nothing,
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Type.String(), code: Type.String(), name: Type.String(), nameZh: Type.String(), nameEn: Type.String(), permissions: Type.Array(Type.String()), scope: words(SCOPES),
      builtin: Type.Boolean(), active: Type.Boolean(), sort: Type.Integer(), version: Version, users: Type.Integer(),
    }, closed)),
    /** Every permission that there is, in the order of the features. Its words stand under `<area>:permission.<rest>`. */
    permissions: Type.Array(Type.String()),
  }, closed),
});

export const createRole = commandContract('people.create_role', {
  input: Type.Object({
    id: Type.Optional(Id), code: Type.String({ pattern: '^[a-z][a-z0-9_]{1,39}$' }), nameZh: Name, nameEn: Name, permissions: Permissions, scope: words(SCOPES),
    sort: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  }, closed),
  output: Changed,
});

/** What is left out stays. A role that came with the program cannot be closed. */
export const editRole = commandContract('people.edit_role', {
  input: Type.Object({
    id: Id, nameZh: Type.Optional(Name), nameEn: Type.Optional(Name), permissions: Type.Optional(Permissions), scope: Type.Optional(words(SCOPES)),
    sort: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })), active: Type.Optional(Type.Boolean()),
  }, closed),
  output: Changed,
  versioned: true,
});
