import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { faultsOf } from './check.ts';

const schema = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 5 }),
  investmentFen: Type.Integer({ minimum: 0 }),
  dueDay: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  month: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}$' })),
  level: Type.Union([Type.Literal('province'), Type.Literal('city')]),
  note: Type.Optional(Type.Union([Type.String({ maxLength: 3 }), Type.Null()])),
  towns: Type.Optional(Type.Array(Type.String(), { maxItems: 1 })),
});
const good = { name: '纳米', investmentFen: 1, level: 'city' };

describe('faults of a form', () => {
  it('lets good values pass and unknown emptiness of optional ones', () => {
    expect(faultsOf(schema, { ...good, note: null, dueDay: '' }).size).toBe(0);
  });

  it('says which field and why, counting characters and not code units', () => {
    const faults = faultsOf(schema, { name: '𠮷𠮷𠮷𠮷𠮷', investmentFen: Number.NaN, level: 'x', dueDay: '明年', month: 'x', note: '1234', towns: ['a', 'b'] });
    expect(Object.fromEntries([...faults].map(([name, fault]) => [name, fault.key]))).toEqual({ investmentFen: 'number', level: 'choice', dueDay: 'day', month: 'month', note: 'tooLong', towns: 'tooMany' });
    expect(faultsOf(schema, {}).get('name')).toEqual({ key: 'required' });
    expect(faultsOf(schema, { ...good, investmentFen: -1 }).get('investmentFen')).toEqual({ key: 'negative' });
  });
});
