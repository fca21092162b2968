// Dates by calendars against the definition itself: every start is tried, day by day, until all links hold. Random networks on random
// calendars; fast-check prints the seed of one that fails.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { dayCalendar, EVERY_DAY, finishOf, solveByCalendars, startOf, workdayAxis, type Calendar, type CalendarNetwork } from './calendartime.ts';
import { numberOfDay } from './epoch.ts';
import { solve } from './network.ts';
import { schedule } from './schedule.ts';
import { calendarWith } from './workdays.ts';

/** Day 0 is a Monday. */
const weekdays = dayCalendar((day) => day % 7 < 5);
const odd = dayCalendar((day) => [0, 1, 4].includes(day % 7) && day % 19 > 3);
const calendars: readonly Calendar[] = [EVERY_DAY, weekdays, odd];

interface Drawn { readonly durations: readonly number[]; readonly calendarOf: readonly number[]; readonly links: readonly (readonly [number, number, number, number, number])[] }

const drawn = (most: number, kinds = [0, 1, 2]): fc.Arbitrary<Drawn> => fc.integer({ min: 1, max: most }).chain((count) => fc.record({
  durations: fc.array(fc.nat(6), { minLength: count, maxLength: count }), calendarOf: fc.array(fc.constantFrom(...kinds), { minLength: count, maxLength: count }),
  links: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1), fc.nat(3), fc.integer({ min: -4, max: 5 }), fc.constantFrom(-1, ...kinds)), { maxLength: 2 * count }),
}).map((one) => ({ ...one, links: one.links.filter(([a, b]) => a !== b).map(([a, b, type, lag, by]) => [Math.min(a, b), Math.max(a, b), type, lag, by] as const) })));

const networkOf = ({ durations, calendarOf, links }: Drawn, notBefore?: readonly number[]): CalendarNetwork => ({
  durations: Float64Array.from(durations), from: Int32Array.from(links, (one) => one[0]), to: Int32Array.from(links, (one) => one[1]), types: Uint8Array.from(links, (one) => one[2]), lags: Float64Array.from(links, (one) => one[3]),
  calendars, calendarOf: Int32Array.from(calendarOf), lagCalendarOf: Int32Array.from(links, (one) => one[4]), notBefore: notBefore === undefined ? undefined : Float64Array.from(notBefore),
});

const calendarAt = (at: number): Calendar => calendars[at] ?? EVERY_DAY;
const works = (calendar: Calendar, day: number): boolean => calendar.ordinal(day + 1) > calendar.ordinal(day);

function walked(calendar: Calendar, start: number, days: number): number {
  let at = start;
  for (let left = days; left > 0; at += 1) if (works(calendar, at)) left -= 1;
  return at;
}

/** A bound on a finish ends a worked day, wherever the lag has led; a finish that binds a finish without a lag is taken as it is. */
function walkedLag(calendar: Calendar, from: number, lag: number, type: number): number {
  if (lag > 0) return walked(calendar, from, lag);
  if (lag === 0 && type !== 3) return from;
  let at = from;
  for (let left = -lag; left > 0; left -= 1) do at -= 1; while (!works(calendar, at));
  while (type >= 2 && !works(calendar, at - 1)) at -= 1;
  return at;
}

/** Links lead to higher numbers: each activity takes the first day that satisfies all that is before it. */
function tried({ durations, calendarOf, links }: Drawn): number[] {
  const starts: number[] = [];
  durations.forEach((days, at) => {
    const calendar = calendarAt(calendarOf[at] ?? 0);
    const holds = (start: number): boolean => (days === 0 || works(calendar, start)) && links.filter(([, b]) => b === at).every(([a, , type, lag, by]) => {
      const begun = starts[a] ?? 0;
      const before = type % 2 === 0 ? walked(calendarAt(calendarOf[a] ?? 0), begun, durations[a] ?? 0) : begun;
      return (type < 2 ? start : walked(calendar, start, days)) >= walkedLag(by < 0 ? calendar : calendarAt(by), before, lag, type);
    });
    let start = 0;
    while (!holds(start)) start += 1;
    starts.push(start);
  });
  return starts;
}

const slipped = (one: Drawn, at: number, day: number): number => solveByCalendars(networkOf(one, one.durations.map((_, i) => (i === at ? day : 0)))).duration;

describe('the critical path method by calendars', () => {
  it('finds the first days that satisfy every link', () => {
    fc.assert(fc.property(drawn(8), (one) => {
      expect([...solveByCalendars(networkOf(one)).earlyStart]).toEqual(tried(one));
    }), { numRuns: 500 });
  });

  it('keeps its end when an activity slips by its float, and loses it by a worked day more', () => {
    fc.assert(fc.property(drawn(8), fc.nat(), (one, pick) => {
      const found = solveByCalendars(networkOf(one));
      const at = pick % one.durations.length;
      const calendar = calendarAt(one.calendarOf[at] ?? 0);
      expect(slipped(one, at, found.lateStart[at] ?? 0)).toBe(found.duration);
      expect(calendar.ordinal(found.lateStart[at] ?? 0) - calendar.ordinal(found.earlyStart[at] ?? 0)).toBe(found.float[at]);
      expect(slipped(one, at, calendar.moment(calendar.ordinal(found.earlyStart[at] ?? 0) + (found.float[at] ?? 0) + 1))).toBeGreaterThan(found.duration);
    }), { numRuns: 500 });
  });

  it('gives no negative float, never more free than total, and late dates on worked days within the whole', () => {
    fc.assert(fc.property(drawn(10), (one) => {
      const found = solveByCalendars(networkOf(one));
      one.durations.forEach((days, i) => {
        const calendar = calendarAt(one.calendarOf[i] ?? 0);
        expect(found.freeFloat[i]).toBeGreaterThanOrEqual(0);
        expect(found.float[i]).toBeGreaterThanOrEqual(found.freeFloat[i] ?? 0);
        expect(found.lateFinish[i]).toBeLessThanOrEqual(found.duration);
        expect(found.lateStart[i]).toBeGreaterThanOrEqual(found.earlyStart[i] ?? 0);
        if (days > 0) expect([works(calendar, found.earlyStart[i] ?? 0), works(calendar, found.lateStart[i] ?? 0)]).toEqual([true, true]);
        expect(found.critical[i] === 1).toBe(found.float[i] === 0);
      });
    }), { numRuns: 500 });
  });

  it('equals the bare method where every day is worked', () => {
    fc.assert(fc.property(drawn(10, [0]), (one) => {
      const { driving, ...found } = solveByCalendars(networkOf(one));
      expect(found).toEqual(solve(networkOf(one)));
      expect([...driving]).toEqual([...found.critical]);
    }));
  });

  it('counts in worked days what the bare method counts, where all have one calendar', () => {
    fc.assert(fc.property(drawn(10, [1]), (drawing) => {
      const one = { ...drawing, durations: drawing.durations.map((days) => days + 1) };
      const [found, bare] = [solveByCalendars(networkOf(one)), solve(networkOf(one))];
      expect(Array.from(found.earlyStart, (at) => weekdays.ordinal(at))).toEqual([...bare.earlyStart]);
      expect([...found.float]).toEqual([...bare.float]);
      expect([...found.freeFloat]).toEqual([...bare.freeFloat]);
    }));
  });

  it('marks a chain without a gap as driving also where it waits for a weekend', () => {
    const notice = { id: 'notice', duration: 5, calendar: 'days' };
    const found = schedule([notice, { id: 'permit', duration: 3, after: [{ id: 'notice' }] }], { calendars: new Map([['office', weekdays]]), calendar: 'office' });
    expect(found.duration).toBe(10);
    expect(found.activities.map((one) => [one.earlyStart, one.earlyFinish, one.float, one.critical, one.driving])).toEqual([[0, 5, 2, false, true], [7, 10, 0, true, true]]);
  });
});

describe('a calendar', () => {
  it('ends a day of work on Friday at the beginning of Saturday, and starts the next on Monday', () => {
    expect([finishOf(weekdays, 4, 1), finishOf(weekdays, 5, 1), startOf(weekdays, 7, 1), startOf(weekdays, 5, 5)]).toEqual([5, 8, 4, 0]);
  });

  it('takes back what it gave: finish(start, d) ≤ f says the same as start ≤ start(f, d)', () => {
    fc.assert(fc.property(fc.constantFrom(...calendars), fc.nat(60), fc.integer({ min: 1, max: 12 }), fc.nat(90), (calendar, start, days, limit) => {
      expect(finishOf(calendar, start, days) <= limit).toBe(start <= startOf(calendar, limit, days));
    }));
  });

  it('of working days knows holidays and the worked weekends of its notice, and what lies before its first day', () => {
    const axis = workdayAxis(calendarWith().numbers, numberOfDay('2023-09-28') ?? 0);
    // Thursday 28 September; off to 6 October; worked 7 and 8 (a weekend), 9 to 13.
    expect([0, 1, 2, 3, 8].map((ordinal) => axis.moment(ordinal))).toEqual([0, 9, 10, 11, 18]);
    expect([-1, -4].map((ordinal) => axis.moment(ordinal))).toEqual([-1, -6]);
    for (let at = -40; at < 60; at += 1) {
      expect(axis.ordinal(axis.moment(at))).toBe(at);
      expect(axis.ordinal(at + 1)).toBeGreaterThanOrEqual(axis.ordinal(at));
    }
  });

  it('that never works is refused', () => {
    expect(() => dayCalendar(() => false).moment(0)).toThrow(expect.objectContaining({ code: 'network.idle_calendar' }));
  });

  it('wants whole days', () => {
    expect(() => schedule([{ id: 'a', duration: 1.5 }], { calendars: new Map([['office', weekdays]]), calendar: 'office' })).toThrow(expect.objectContaining({ code: 'network.bad_duration' }));
  });
});
