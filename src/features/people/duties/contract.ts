// The department map 部门职责: which organisation answers for development, land, environment … In Jiyuan one holds several.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { closed, Id, Nothing, textOrNull } from '../fields.ts';

/** Version 0: nothing has been assigned yet. */
const MapVersion = Type.Integer({ minimum: 0 });

export const getDepartmentMap = queryContract('people.department_map', {
  input: Nothing,
  output: Type.Object({
    version: MapVersion,
    items: Type.Array(Type.Object({ duty: Type.String(), organisationId: textOrNull(), organisationName: textOrNull() }, closed)),
  }, closed),
});

/** Duties that are left out stay with whom they are; null takes a duty away. */
export const editDepartmentMap = commandContract('people.edit_department_map', {
  input: Type.Object({
    items: Type.Array(Type.Object({ duty: Type.String({ maxLength: 40 }), organisationId: Type.Union([Id, Type.Null()]) }, closed), { minItems: 1, maxItems: 100 }),
  }, closed),
  output: Type.Object({ version: MapVersion }, closed),
  versioned: true,
});
