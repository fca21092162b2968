import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../kernel/refuse.ts';
import { checker } from './validate.ts';

const closed = { additionalProperties: false } as const;
const Days = Type.Object({ days: Type.Integer({ minimum: 0 }), unit: Type.Enum(['working', 'calendar']) }, closed);
const Shape = Type.Object({
  draft: Type.Union([
    Type.Object({ kind: Type.Literal('frame'), patch: Type.Object({ months: Type.Optional(Type.Integer()) }, closed) }, closed),
    Type.Object({ kind: Type.Literal('drop'), code: Type.String() }, closed),
    Type.Object({ kind: Type.Literal('item'), code: Type.String(), patch: Type.Object({ promised: Type.Array(Days) }, closed) }, closed),
  ]),
  note: Type.Optional(Type.Union([Type.Null(), Type.String({ maxLength: 3 })])),
  rules: Type.Optional(Type.Array(Type.Union([Type.Object({ fact: Type.String(), gte: Type.Number() }, closed), Type.Object({ always: Type.Boolean() }, closed)]))),
}, closed);

function faultsOf(value: unknown): string[] {
  try {
    checker(Shape)(value);
    return [];
  } catch (error) {
    const errors: unknown = error instanceof Refusal ? error.details['errors'] : [];
    return (Array.isArray(errors) ? errors : []).map((one: { path: string; rule: string }) => `${one.path} ${one.rule}`);
  }
}

const item = (days: unknown): unknown => ({ kind: 'item', code: 'L06', patch: { promised: [{ days, unit: 'working' }] } });

describe('a value that fits no branch of a union', () => {
  it('is told the faults of the branch that it means, and no others', () => {
    expect(faultsOf({ draft: item(5) })).toEqual([]);
    for (const days of [2.5, null, 'abc']) expect(faultsOf({ draft: item(days) })).toEqual(['draft.patch.promised.0.days type']);
    expect(faultsOf({ draft: item(-1) })).toEqual(['draft.patch.promised.0.days minimum']);
    expect(faultsOf({ draft: { kind: 'drop' } })).toEqual(['draft required']);
  });

  it('is told what is wrong with the text that may also be nothing', () => {
    expect(faultsOf({ draft: item(5), note: 'long' })).toEqual(['note maxLength']);
  });

  it('is told so at each place of a list on its own', () => {
    expect(faultsOf({ draft: item(5), rules: [{ fact: 'land', gte: 'x' }, { always: true }, { always: 1 }] })).toEqual(['rules.0.gte type', 'rules.2.always type']);
  });

  it('keeps the faults beside the union', () => {
    expect(faultsOf({ draft: item(2.5), stranger: 1 }).toSorted()).toEqual(['draft.patch.promised.0.days type', 'stranger boolean', ' additionalProperties'].toSorted());
  });
});
