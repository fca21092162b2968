import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarWith, type WorkCalendar } from '../../../kernel/workdays.ts';
import { dayOfNumber } from '../../../kernel/epoch.ts';
import { always, dayBasis, dayNumberOf, midnight, officeBasis, workdayBasis, type Basis, type Hours } from './basis.ts';

const MINUTE = 60_000;
const MORNING: Hours = [[510, 720], [870, 1080]];
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

/** Minute by minute: whether each counts. Slow, and plain enough to be seen to be right. */
function model(counts: (day: number, minute: number) => boolean, from: number, to: number): number {
  let sum = 0;
  for (let now = from; now < to; now += MINUTE) {
    const day = dayNumberOf(now);
    if (counts(day, Math.round((now - midnight(day)) / MINUTE))) sum += 1;
  }
  return sum;
}

const hoursOf = fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 6 }).map((all): Hours => {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted.slice(0, sorted.length - (sorted.length % 2)).flatMap((from, index) => (index % 2 === 0 ? [[from, sorted[index + 1] ?? 1440] as const] : []));
});
const calendarOf = fc.array(fc.record({ day: fc.integer({ min: 19_540, max: 19_600 }), work: fc.boolean() }), { maxLength: 20 })
  .map((days) => calendarWith({ days: days.map(({ day, work }) => ({ day: dayOfNumber(day), work })) }));
const momentOf = fc.integer({ min: 0, max: 40 * 1440 }).map((minute) => midnight(19_545) + minute * MINUTE);

describe('minutes that count', () => {
  it(`agree with counting minute by minute, on any office hours and any calendar (seed ${seed})`, () => {
    fc.assert(fc.property(hoursOf, calendarOf, momentOf, fc.integer({ min: 0, max: 6 * 1440 }), (hours, calendar, from, length) => {
      const to = from + length * MINUTE;
      const bases: readonly (readonly [Basis, (day: number, minute: number) => boolean])[] = [
        [officeBasis(calendar, hours), (day, minute) => calendar.numbers.isWorkday(day) && hours.some(([a, b]) => minute >= a && minute < b)],
        [workdayBasis(calendar), (day) => calendar.numbers.isWorkday(day)], [dayBasis, () => true], [always, () => true],
      ];
      for (const [basis, counts] of bases) {
        expect(basis.between(from, to)).toBe(model(counts, from, to));
        expect(basis.between(to, from)).toBe(0 - model(counts, from, to));
      }
    }), { seed, numRuns: 150 });
  });

  it(`end at the first moment by which so many have counted (seed ${seed})`, () => {
    fc.assert(fc.property(hoursOf, calendarOf, momentOf, fc.integer({ min: 1, max: 5000 }), (hours, calendar, from, minutes) => {
      for (const basis of [officeBasis(calendar, hours), workdayBasis(calendar), dayBasis, always]) {
        const end = basis.add(from, minutes);
        expect(basis.between(from, end)).toBe(minutes);
        expect(basis.between(from, end - MINUTE)).toBeLessThan(minutes);
      }
    }), { seed, numRuns: 300 });
  });
});

describe('limits as people say them', () => {
  const calendar: WorkCalendar = calendarWith();

  it('do not count the day of the start, and end with the end of their last day (民法典 201)', () => {
    const basis = workdayBasis(calendar);
    // Friday 2023-06-30: the third working day is Wednesday 5 July.
    expect(basis.end(basis.add(basis.start(at('2023-06-30T10:00')), 3 * 1440))).toBe(at('2023-07-06T00:00') - 1);
    expect(dayBasis.end(dayBasis.add(dayBasis.start(at('2023-06-30T10:00')), 7 * 1440))).toBe(at('2023-07-08T00:00') - 1);
  });

  it('of office hours pass over the noon, the night and the holidays', () => {
    const basis = officeBasis(calendar, MORNING);
    expect(basis.add(at('2023-06-30T11:30'), 120)).toBe(at('2023-06-30T16:00'));
    expect(basis.add(at('2023-06-30T17:00'), 120)).toBe(at('2023-07-03T09:30'));
    // The Dragon Boat holiday 22 to 24 June 2023; Sunday the 25th was worked.
    expect(basis.add(at('2023-06-21T17:30'), 60)).toBe(at('2023-06-25T09:00'));
  });
});
