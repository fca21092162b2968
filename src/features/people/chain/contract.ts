// The chain of the event log, for those who audit.
import Type from 'typebox';
import { queryContract } from '../../../kernel/contract.ts';
import { closed, Nothing } from '../fields.ts';

export const getEventChain = queryContract('people.event_chain', {
  input: Nothing,
  output: Type.Object({
    /** The last link: write it down elsewhere, and `verify --head` shows later that nothing before it was changed. */
    head: Type.Union([Type.Object({ seq: Type.Integer(), hash: Type.String(), at: Type.String() }, closed), Type.Null()]),
    pending: Type.Integer(),
  }, closed),
});
