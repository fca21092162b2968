import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { inputFor } from './input.ts';

const schema = Type.Object({
  light: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 3 }))),
  behind: Type.Optional(Type.Boolean()),
  leastFen: Type.Optional(Type.Integer({ minimum: 0 })),
  day: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  sort: Type.Optional(Type.Union([Type.Literal('total'), Type.Literal('name')])),
  down: Type.Optional(Type.Boolean()),
  limit: Type.Optional(Type.Integer()),
});

describe('the input of a list', () => {
  it('takes the types that the schema says', () => {
    expect(inputFor(schema, { sort: '-total', input: { light: ['2', '3'], behind: '1', leastFen: 5, day: '2023-06-30', unknown: 'x' } })).toEqual({ light: [2, 3], behind: true, leastFen: 5, day: '2023-06-30', sort: 'total', down: true });
  });

  it('leaves out what somebody has spoiled in the address', () => {
    expect(inputFor(schema, { sort: 'evil', input: { light: ['x'], behind: 'maybe', leastFen: -1, day: 'gestern' } })).toEqual({});
  });
});
