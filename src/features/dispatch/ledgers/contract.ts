// 销号台账 as a file. Shared by server, browser and API description.
import Type from 'typebox';
import { queryContract } from '../../../kernel/contract.ts';
import { Filters } from '../../problems/pool/contract.ts';

export const exportClosings = queryContract('dispatch.closings_export', {
  input: Type.Object({ ...Filters.properties, format: Type.Optional(Type.Enum(['xlsx', 'csv'])) }, { additionalProperties: false }),
  output: Type.Object({}, { additionalProperties: false }),
});
