// Tokens for machines: a program acts as a person, with that person's permissions, until a day.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { closed, Id, Nothing, textOrNull } from '../fields.ts';

export const listTokens = queryContract('people.tokens', {
  input: Nothing,
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Type.String(), name: Type.String(), userId: Type.String(), userName: Type.String(), login: Type.String(), createdAt: Type.String(), createdBy: Type.String(),
      expiresAt: Type.String(), lastUsedAt: textOrNull(), endedAt: textOrNull(),
      /** May be used now. */
      live: Type.Boolean(),
    }, closed)),
  }, closed),
});

/** The token is in this answer and nowhere else. */
export const createToken = commandContract('people.create_token', {
  input: Type.Object({ id: Type.Optional(Id), name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }), userId: Id, days: Type.Integer({ minimum: 1, maximum: 366 }) }, closed),
  output: Type.Object({ id: Type.String(), token: Type.Optional(Type.String()), expiresAt: Type.String() }, closed),
});

export const endToken = commandContract('people.end_token', { input: Type.Object({ id: Id }, closed), output: Nothing });
