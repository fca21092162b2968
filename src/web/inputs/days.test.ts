import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, parseDay, parseMonth, weeksOf } from './days.ts';
import { parseNumber } from './number.tsx';

const today = '2023-06-30';

describe('days as people type them', () => {
  it.each([['2023-8-15', '2023-08-15'], ['2023.8.15', '2023-08-15'], ['20230815', '2023-08-15'], ['２０２３年８月１５日', '2023-08-15'], ['8月15号', '2023-08-15'], ['8-15', '2023-08-15'], ['今天', today], ['+7', '2023-07-07'], ['15 Aug 2023', '2023-08-15'], ['15 august', '2023-08-15']])('%s', (typed, day) => {
    expect(parseDay(typed, today)).toBe(day);
  });

  it.each(['2023-2-30', '31/6/2023', '8/15', '2023', '10月底', 'x', '99999999'])('%s is not guessed', (typed) => {
    expect(parseDay(typed, today)).toBeUndefined();
  });

  it('reads what it writes', () => {
    fc.assert(fc.property(fc.integer({ min: -20_000, max: 50_000 }), (count) => {
      const day = addDays(today, count);
      return parseDay(day, today) === day && parseDay(`${day.slice(0, 4)}年${String(Number(day.slice(5, 7)))}月${String(Number(day.slice(8)))}日`, today) === day;
    }));
  });

  it('reads months and turns them', () => {
    expect(['2023-6', '2023.06', '202306', '2023年6月', '6月', 'Jun 2023'].map((typed) => parseMonth(typed, today))).toEqual(Array(6).fill('2023-06'));
    expect([addMonths('2023-12', 1), addMonths('2023-01', -1), addMonths('2023-06', -18)]).toEqual(['2024-01', '2022-12', '2021-12']);
  });

  it('fills the weeks of a month from Monday to Sunday', () => {
    const weeks = weeksOf('2023-08');
    expect([weeks[0]?.[0], weeks.at(-1)?.at(-1), weeks.length]).toEqual(['2023-07-31', '2023-09-03', 5]);
  });
});

describe('numbers as people type them', () => {
  it('takes full-width digits and commas, and says NaN to nonsense', () => {
    expect([parseNumber('１，２３４.５'), parseNumber('−3'), parseNumber(''), parseNumber('1e9')]).toEqual([1234.5, -3, undefined, Number.NaN]);
  });
});
