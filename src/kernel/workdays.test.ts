import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOfNumber, FIRST_DAY, LAST_DAY, numberOfDay, weekdayOf, yearOfNumber } from './epoch.ts';
import { Refusal } from './refuse.ts';
import { calendarWith } from './workdays.ts';

const DATA = process.env['YUGONG_SHARED_DATA'] ?? join(import.meta.dirname, '../../../shared/data');
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const RUNS = { numRuns: 3000, seed: SEED };
const calendar = calendarWith();
const { numbers } = calendar;
const at = (day: string): number => numberOfDay(day) ?? NaN;

const LOW = at('2006-12-01');
const HIGH = at('2028-02-01');
const anyDay = fc.integer({ min: LOW, max: HIGH });
const anyCount = fc.integer({ min: 0, max: 400 });

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'done';
}

describe('days as numbers', () => {
  test('are those that the built-in dates count', () => {
    fc.assert(fc.property(fc.integer({ min: FIRST_DAY, max: LAST_DAY }), (number) => {
      const day = dayOfNumber(number);
      expect(day).toBe(new Date(number * 86_400_000).toISOString().slice(0, 10));
      expect(numberOfDay(day)).toBe(number);
      expect(weekdayOf(number)).toBe((new Date(number * 86_400_000).getUTCDay() + 6) % 7);
      expect(yearOfNumber(number)).toBe(Number(day.slice(0, 4)));
    }), RUNS);
  });

  test.each(['2023-02-29', '1900-02-29', '2024-13-01', '2024-00-10', '2024-04-31', '0000-01-01', '2024-1-01', '2024/01/01', '', '2024-01-01 ', '２０２４-01-01'])('%s is no day', (text) => {
    expect(numberOfDay(text)).toBeUndefined();
  });
});

describe('the calendar', () => {
  // Written from the published arrangement of each year.
  test.each([
    ['2024-02-09', true], ['2024-02-10', false], ['2024-02-17', false], ['2024-02-18', true], ['2024-02-04', true], ['2023-10-07', true],
    ['2018-12-29', true], ['2018-12-31', false], ['2020-01-31', false], ['2020-02-01', false], ['2020-02-03', true], ['2026-10-10', true], ['2027-01-01', true],
  ])('%s is worked: %s', (day, worked) => {
    expect(calendar.isWorkday(day)).toBe(worked);
  });

  test('says of a year that is not announced that it is provisional', () => {
    expect([calendar.provisional('2026-12-31'), calendar.provisional('2027-01-01'), calendar.provisional('2006-12-31')]).toEqual([false, true, true]);
    expect(calendar.add('2026-12-31', 0)).toEqual({ day: '2026-12-31', provisional: false });
    expect(calendar.add('2026-12-31', 1)).toEqual({ day: '2027-01-01', provisional: true });
    expect(calendar.back('2027-01-05', 3)).toEqual({ day: '2026-12-31', provisional: true });
    expect(calendar.add('2026-12-01', 20)).toEqual({ day: '2026-12-29', provisional: false });
  });

  test.each([
    ['2024-02-01', 10, '2024-02-20'], ['2024-02-09', 1, '2024-02-18'], ['2024-02-10', 1, '2024-02-18'], ['2023-09-28', 5, '2023-10-11'],
    ['2019-09-27', 20, '2019-10-30'], ['2025-01-27', 5, '2025-02-10'],
  ])('%s and %i working days give %s', (start, count, day) => {
    expect(calendar.add(start, count)).toEqual({ day, provisional: false });
  });

  test('refuses what is no day, no count, and what lies beyond the years of four digits', () => {
    expect(codeOf(() => calendar.add('2024-02-30', 1))).toBe('workdays.not_a_day');
    expect([-1, 1.5, NaN, Infinity].map((count) => codeOf(() => calendar.add('2024-02-01', count)))).toEqual(Array(4).fill('workdays.bad_count'));
    expect(codeOf(() => calendar.add('9999-12-31', 1))).toBe('workdays.out_of_range');
    expect(codeOf(() => calendar.back('0001-01-01', 5))).toBe('workdays.out_of_range');
  });

  test('is that of the published table on every single day of 2007 to 2026', ({ skip }) => {
    const folder = join(DATA, 'holidays-cn');
    if (!existsSync(folder)) skip('the published table is not here: ../shared/data/holidays-cn');
    const published = readPublished(folder);
    expect(published.size).toBeGreaterThan(600);
    let wrong = 0;
    for (let day = at('2006-12-30'); day <= at('2026-12-31'); day += 1) {
      const off = published.get(dayOfNumber(day)) ?? weekdayOf(day) >= 5;
      if (numbers.isWorkday(day) === off) wrong += 1;
    }
    expect(wrong).toBe(0);
  });
});

describe(`counting, for random days (seed ${SEED})`, () => {
  test('equals stepping day by day', () => {
    fc.assert(fc.property(anyDay, anyCount, (start, count) => {
      let [day, left] = [start, count];
      while (left > 0) if (numbers.isWorkday(day += 1)) left -= 1;
      expect(numbers.add(start, count)).toBe(day);
      [day, left] = [start, count];
      while (left > 0) if (numbers.isWorkday(day -= 1)) left -= 1;
      expect(numbers.back(start, count)).toBe(day);
    }), { ...RUNS, numRuns: 1500 });
  });

  test('forth and back is where one was, and between gives the count again', () => {
    fc.assert(fc.property(anyDay, anyCount, (any, count) => {
      const start = numbers.next(any);
      const end = numbers.add(start, count);
      expect(numbers.isWorkday(end)).toBe(true);
      expect(numbers.back(end, count)).toBe(start);
      expect(numbers.between(start, end)).toBe(count);
      expect(numbers.between(end, start)).toBe(0 - count);
    }), RUNS);
  });

  test('never runs backwards, and adds up', () => {
    fc.assert(fc.property(anyDay, anyDay, anyCount, anyCount, (a, b, m, n) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      expect(numbers.add(from, n)).toBeLessThanOrEqual(numbers.add(to, n));
      expect(numbers.add(from, n)).toBeLessThan(numbers.add(from, n + 1));
      expect(numbers.add(numbers.add(from, m), n)).toBe(numbers.add(from, m + n));
      expect(numbers.between(from, to)).toBeGreaterThanOrEqual(0);
      expect(numbers.next(from)).toBe(numbers.isWorkday(from) ? from : numbers.add(from, 1));
    }), RUNS);
  });

  test('holds far outside the announced years, where Monday to Friday are worked', () => {
    fc.assert(fc.property(fc.integer({ min: at('1700-01-01'), max: at('2400-01-01') }), fc.integer({ min: 0, max: 200_000 }), (day, count) => {
      const end = numbers.add(day, count);
      expect(numbers.between(day, end)).toBe(count);
      if (count > 0) expect(numbers.back(end, count)).toBeLessThanOrEqual(numbers.next(day));
    }), RUNS);
  });
});

describe('what an administrator enters', () => {
  test('a new notice makes its year known and moves the deadline', () => {
    const later = calendarWith({ notices: [{ year: 2027, off: '01-01/01-03', work: '2026-12-27' }] });
    expect(calendar.add('2026-12-25', 5)).toEqual({ day: '2027-01-01', provisional: true });
    expect(later.add('2026-12-25', 5)).toEqual({ day: '2026-12-31', provisional: false });
    expect(later.add('2026-12-25', 6)).toEqual({ day: '2027-01-04', provisional: false });
    expect(later.provisional('2028-01-01')).toBe(true);
  });

  test('a year skipped between announced ones makes what crosses it provisional', () => {
    const later = calendarWith({ notices: [{ year: 2028, off: '', work: '' }] });
    expect([later.provisional('2027-06-01'), later.provisional('2028-06-01'), later.add('2026-12-31', 300).provisional, later.add('2028-01-03', 100).provisional]).toEqual([true, false, true, false]);
  });

  test('a corrected notice replaces its own days and no others', () => {
    // The first arrangement of 2020 ended the Spring Festival on 30 January and had Saturday, 1 February, worked.
    const before = calendarWith({ notices: [{ year: 2020, off: '01-01 01-24/01-30 04-06 05-01 05-04/05-05 06-25/06-26 10-01/10-02 10-05/10-08', work: '01-19 02-01 04-26 05-09 06-28 09-27 10-10' }] });
    expect([before.isWorkday('2020-01-31'), before.isWorkday('2020-02-01'), before.isWorkday('2019-12-31'), before.isWorkday('2021-02-11')]).toEqual([true, true, true, false]);
  });

  test('a local day overrules the notice', () => {
    const local = calendarWith({ days: [{ day: '2024-03-04', work: false }, { day: '2024-03-09', work: true }, { day: '2024-02-12', work: true }] });
    expect(['2024-03-04', '2024-03-09', '2024-02-12'].map((day) => local.isWorkday(day))).toEqual([false, true, true]);
    expect(local.add('2024-03-01', 1).day).toBe('2024-03-05');
    expect(calendar.add('2024-03-01', 1).day).toBe('2024-03-04');
  });

  test.each([
    ['off and worked at once', { year: 2027, off: '01-01/01-03', work: '01-03' }, 'workdays.contradiction'],
    ['no such day', { year: 2027, off: '02-29', work: '' }, 'workdays.bad_notice'],
    ['a range that ends before it begins', { year: 2027, off: '05-03/05-01', work: '' }, 'workdays.bad_notice'],
    ['a day of another decade', { year: 2027, off: '2017-01-01', work: '' }, 'workdays.bad_notice'],
    ['no year', { year: 27, off: '', work: '' }, 'workdays.bad_notice'],
  ])('refuses a notice with %s', (_what, notice, code) => {
    expect(codeOf(() => calendarWith({ notices: [notice] }))).toBe(code);
  });
});

/** All files merged first: a date may stand in the file of a neighbouring year. */
function readPublished(folder: string): ReadonlyMap<string, boolean> {
  const days = new Map<string, boolean>();
  for (let year = 2007; year <= 2026; year += 1) {
    const parsed: unknown = JSON.parse(readFileSync(join(folder, `${year}.json`), 'utf8'));
    const list: unknown = typeof parsed === 'object' && parsed !== null && 'days' in parsed ? parsed.days : [];
    for (const one of Array.isArray(list) ? list : []) if (typeof one?.date === 'string') days.set(one.date, one.isOffDay === true);
  }
  return days;
}
