import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { dayOfSerial, parseWhen, serialOfDay, type WhenContext } from './when.ts';

const read = (text: string, context: WhenContext = {}) => {
  const found = parseWhen(text, context);
  return found.ok ? `${found.when.kind} ${found.when.from}..${found.when.to}` : found.reason;
};

describe('reading times', () => {
  test.each([
    ['2023', 'year 2023-01-01..2023-12-31'],
    ['2023年', 'year 2023-01-01..2023-12-31'],
    ['2023-2025', 'range 2023-01-01..2025-12-31'],
    ['2023—2025年', 'range 2023-01-01..2025-12-31'],
    ['2023年-2025年', 'range 2023-01-01..2025-12-31'],
    ['2023-24', 'range 2023-01-01..2024-12-31'],
    ['2023年10月', 'month 2023-10-01..2023-10-31'],
    ['2023.10', 'month 2023-10-01..2023-10-31'],
    ['2023.1', 'month 2023-01-01..2023-01-31'],
    ['2023/10', 'month 2023-10-01..2023-10-31'],
    ['2023-10', 'month 2023-10-01..2023-10-31'],
    ['202310', 'month 2023-10-01..2023-10-31'],
    ['23年10月', 'month 2023-10-01..2023-10-31'],
    ['2023/10/5', 'day 2023-10-05..2023-10-05'],
    ['2023.10.5', 'day 2023-10-05..2023-10-05'],
    ['2023-10-05', 'day 2023-10-05..2023-10-05'],
    ['20231005', 'day 2023-10-05..2023-10-05'],
    ['2023年10月5日', 'day 2023-10-05..2023-10-05'],
    ['２０２３年１０月５日', 'day 2023-10-05..2023-10-05'],
    ['2016-05-25 17:00:00', 'day 2016-05-25..2016-05-25'],
    ['2016-05-25T17:00:00.000Z', 'day 2016-05-25..2016-05-25'],
    ['2023年底', 'month 2023-12-01..2023-12-31'],
    ['2023年年底', 'month 2023-12-01..2023-12-31'],
    ['2023年上半年', 'range 2023-01-01..2023-06-30'],
    ['2023年三季度', 'range 2023-07-01..2023-09-30'],
    ['2023年第3季度', 'range 2023-07-01..2023-09-30'],
    ['2023年3月中旬', 'range 2023-03-11..2023-03-20'],
    ['2023年2月底', 'range 2023-02-21..2023-02-28'],
    ['2023年3月至2024年底', 'range 2023-03-01..2024-12-31'],
    ['2023.1-2024.12', 'range 2023-01-01..2024-12-31'],
    ['2023年3-10月', 'range 2023-03-01..2023-10-31'],
    ['2023年3月-10月', 'range 2023-03-01..2023-10-31'],
    ['计划2023年10月开工', 'month 2023-10-01..2023-10-31'],
    ['2023年10月底前完成', 'range 2023-10-21..2023-10-31'],
    ['24/06/2016 5:00:00 PM', 'day 2016-06-24..2016-06-24'],
    ['6/24/2016', 'day 2016-06-24..2016-06-24'],
    ['5/5/2016', 'day 2016-05-05..2016-05-05'],
    ['5 Feb 2016', 'day 2016-02-05..2016-02-05'],
    ['February 2016', 'month 2016-02-01..2016-02-29'],
    ['—', 'empty'], ['', 'empty'], ['无', 'empty'], ['待定', 'undecided'],
    ['已开工', 'status'], ['已竣工投产', 'status'], ['未开工', 'status'],
    ['2023年13月', 'impossible'], ['2023-02-30', 'impossible'], ['31/02/2016', 'impossible'],
    ['10月底', 'needs_year'], ['上半年', 'needs_year'], ['明年底', 'needs_year'],
    ['5/02/2016 5:00:00 PM', 'ambiguous'], ['11/07/2016', 'ambiguous'],
    ['基础施工', 'not_date'], ['12345', 'not_date'], ['3', 'not_date'], ['1.5', 'not_date'], ['2023年3月开工，6月完成基础', 'not_date'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('a year in which it stands completes a part', () => {
    const context = { year: 2023 };
    expect(read('10月底', context)).toBe('range 2023-10-21..2023-10-31');
    expect(read('年底', context)).toBe('month 2023-12-01..2023-12-31');
    expect(read('上半年', context)).toBe('range 2023-01-01..2023-06-30');
    expect(read('明年3月', context)).toBe('month 2024-03-01..2024-03-31');
    expect(read('10月5日', context)).toBe('day 2023-10-05..2023-10-05');
    expect(read('年内', context)).toBe('year 2023-01-01..2023-12-31');
    expect(read('3月-10月', context)).toBe('range 2023-03-01..2023-10-31');
  });

  test('day or month first is never guessed, only told', () => {
    const asked = parseWhen('5/02/2016');
    expect(asked.ok).toBe(false);
    if (!asked.ok) expect(asked.readings.map((when) => when.from)).toEqual(['2016-02-05', '2016-05-02']);
    expect(read('5/02/2016', { order: 'dmy' })).toBe('day 2016-02-05..2016-02-05');
    expect(read('5/02/2016', { order: 'mdy' })).toBe('day 2016-05-02..2016-05-02');
    expect(read('24/06/2016', { order: 'mdy' })).toBe('impossible');
  });

  test('an hour written with the day is kept; midnight says none', () => {
    const hour = (text: string) => { const found = parseWhen(text, { order: 'dmy' }); return found.ok ? [found.when.from, found.when.time] : found.reason; };
    expect(hour('2018-06-08 17:00:00')).toEqual(['2018-06-08', '17:00']);
    expect(hour('2018-06-08T08:05Z')).toEqual(['2018-06-08', '08:05']);
    expect(hour('2018-06-08 00:00:00')).toEqual(['2018-06-08', undefined]);
    expect(hour('5/02/2016 5:00:00 PM')).toEqual(['2016-02-05', '17:00']);
    expect(hour('5/02/2016 12:30 am')).toEqual(['2016-02-05', '00:30']);
    expect(hour('5/02/2016')).toEqual(['2016-02-05', undefined]);
  });

  test('the text is kept, and nothing throws', () => {
    expect(parseWhen(' 2023年10月 ')).toMatchObject({ ok: true, when: { text: ' 2023年10月 ' } });
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const found = parseWhen(text, { year: 2023 });
      expect(!found.ok || found.when.from <= found.when.to).toBe(true);
    }), { numRuns: 2000 });
  });
});

describe('serials', () => {
  test('both calendars, with the day that never was left out', () => {
    expect(dayOfSerial(1, false)).toBe('1900-01-01');
    expect(dayOfSerial(59, false)).toBe('1900-02-28');
    expect(dayOfSerial(60, false)).toBeUndefined();
    expect(dayOfSerial(61, false)).toBe('1900-03-01');
    expect(dayOfSerial(45_200, false)).toBe('2023-10-01');
    expect(dayOfSerial(45_200.75, false)).toBe('2023-10-01');
    expect(dayOfSerial(43_738, true)).toBe('2023-10-01');
    expect(dayOfSerial(0, true)).toBe('1904-01-01');
    expect(dayOfSerial(-1, false)).toBeUndefined();
    expect(dayOfSerial(1e9, false)).toBeUndefined();
  });
  test('a day written comes back', () => {
    for (const day of ['1900-02-28', '1900-03-01', '2023-06-30', '2100-12-31']) expect(dayOfSerial(serialOfDay(day), false)).toBe(day);
  });
});
