// What a person types into a field for a number, read as meant or called no number; never another number.
import { expect, it } from 'vitest';
import { parseNumber } from './number.tsx';

it('reads full-width digits and a unit that is its own', () => {
  expect(['９０', '90亩', '９０ 亩', '90 MU', '1,200', '12.5亩'].map((text) => parseNumber(text, ['亩', 'mu']))).toEqual([90, 90, 90, 90, 1200, 12.5]);
});

it('takes nothing else for a number', () => {
  for (const text of ['abc', '1e3', '90天', '亩', '1.2.3', '90亩亩']) expect([text, parseNumber(text, ['亩', 'mu'])]).toEqual([text, Number.NaN]);
  expect(parseNumber('  ', ['亩'])).toBeUndefined();
});
