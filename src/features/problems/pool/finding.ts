// What the search of the frame asks of the pool: a contract of its own, because every page brings it along.
import Type from 'typebox';
import { queryContract } from '../../../kernel/contract.ts';
import { closed, words } from '../../people/fields.ts';
import { STATES } from '../life/steps.ts';

export const searchProblems = queryContract('problems.search', {
  input: Type.Object({ q: Type.String({ minLength: 1, maxLength: 200 }), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })) }, closed),
  output: Type.Object({ items: Type.Array(Type.Object({ id: Type.String(), number: Type.String(), title: Type.String(), state: words(STATES), ownerName: Type.String() }, closed)) }, closed),
});
