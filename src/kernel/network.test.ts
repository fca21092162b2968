// The network against slow and obvious ways to the same dates: relaxation until nothing moves, and the longest of all paths. Random
// networks; fast-check prints the seed of one that fails.
import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { solve, type Network, type Solution } from './network.ts';
import { schedule, type Activity } from './schedule.ts';
import { LINK, topologyOf } from './topology.ts';

interface Drawn { readonly durations: readonly number[]; readonly links: readonly (readonly [number, number, number, number])[] }

/** Any graph without a cycle: links lead from what comes earlier in a shuffled order to what comes later. */
const drawn = (types: readonly number[], lag: fc.Arbitrary<number>, most = 12): fc.Arbitrary<Drawn> => fc.integer({ min: 1, max: most }).chain((count) => fc.record({
  durations: fc.array(fc.nat(9), { minLength: count, maxLength: count }),
  seat: fc.shuffledSubarray(Array.from({ length: count }, (_, i) => i), { minLength: count }),
  links: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1), fc.constantFrom(...types), lag), { maxLength: 3 * count }),
}).map(({ durations, seat, links }) => ({
  durations, links: links.filter(([a, b]) => a !== b).map(([a, b, type, days]) => [seat[Math.min(a, b)] ?? 0, seat[Math.max(a, b)] ?? 0, type, days] as const),
})));

const any = drawn([0, 1, 2, 3], fc.integer({ min: -6, max: 8 }));

const networkOf = ({ durations, links }: Drawn, notBefore?: readonly number[]): Network => ({
  durations: Float64Array.from(durations), from: Int32Array.from(links, (one) => one[0]), to: Int32Array.from(links, (one) => one[1]), types: Uint8Array.from(links, (one) => one[2]),
  lags: Float64Array.from(links, (one) => one[3]), notBefore: notBefore === undefined ? undefined : Float64Array.from(notBefore),
});

/** What each link says, in the words of its definition, pushed until nothing moves. */
function relaxed({ durations, links }: Drawn): { duration: number; start: number[]; late: number[] } {
  const days = (i: number): number => durations[i] ?? 0;
  const start = durations.map(() => 0);
  for (let moved = true; moved;) {
    moved = false;
    for (const [a, b, type, lag] of links) {
      const from = (start[a] ?? 0) + (type === LINK.FS || type === LINK.FF ? days(a) : 0) + lag;
      const least = type === LINK.FS || type === LINK.SS ? from : from - days(b);
      if ((start[b] ?? 0) < least) [start[b], moved] = [least, true];
    }
  }
  const duration = Math.max(...start.map((at, i) => at + days(i)));
  const late = durations.map((length) => duration - length);
  for (let moved = true; moved;) {
    moved = false;
    for (const [a, b, type, lag] of links) {
      const to = (late[b] ?? 0) + (type === LINK.FF || type === LINK.SF ? days(b) : 0) - lag;
      const most = type === LINK.SS || type === LINK.SF ? to : to - days(a);
      if ((late[a] ?? 0) > most) [late[a], moved] = [most, true];
    }
  }
  return { duration, start, late };
}

function longestPath({ durations, links }: Drawn, at: number): number {
  return (durations[at] ?? 0) + Math.max(0, ...links.filter(([a]) => a === at).map(([, b]) => longestPath({ durations, links }, b)));
}

const delayed = (one: Drawn, early: Solution, at: number, days: number): number => solve(networkOf(one, Array.from(early.earlyStart, (start, i) => (i === at ? start + days : 0)))).duration;

describe('the critical path method', () => {
  it('finds the dates of relaxation, for all four links with lags and leads', () => {
    fc.assert(fc.property(any, (one) => {
      const found = solve(networkOf(one));
      const { duration, start, late } = relaxed(one);
      expect([found.duration, [...found.earlyStart], [...found.lateStart]]).toEqual([duration, start, late]);
      expect([...found.earlyFinish]).toEqual(start.map((at, i) => at + (one.durations[i] ?? 0)));
      expect([...found.lateFinish]).toEqual(late.map((at, i) => at + (one.durations[i] ?? 0)));
    }), { numRuns: 500 });
  });

  it('lasts as long as the longest of all paths', () => {
    fc.assert(fc.property(drawn([LINK.FS], fc.constant(0), 9), (one) => {
      expect(solve(networkOf(one)).duration).toBe(Math.max(...one.durations.map((_, i) => longestPath(one, i))));
    }));
  });

  it('gives no negative float, and never more free float than total float; what has none is critical', () => {
    fc.assert(fc.property(any, (one) => {
      const { float, freeFloat, critical } = solve(networkOf(one));
      float.forEach((slack, i) => {
        expect(slack).toBeGreaterThanOrEqual(0);
        expect(freeFloat[i]).toBeGreaterThanOrEqual(0);
        expect(freeFloat[i]).toBeLessThanOrEqual(slack);
        expect(critical[i] === 1).toBe(slack === 0);
      });
      expect([...critical]).toContain(1);
    }));
  });

  it('keeps its end when an activity slips by its float, and loses it by a day more', () => {
    fc.assert(fc.property(any, fc.nat(), (one, pick) => {
      const found = solve(networkOf(one));
      const at = pick % one.durations.length;
      expect(delayed(one, found, at, found.float[at] ?? 0)).toBe(found.duration);
      expect(delayed(one, found, at, (found.float[at] ?? 0) + 1)).toBe(found.duration + 1);
    }));
  });

  it('moves no other start when an activity slips by its free float, and one, or the end, by a day more', () => {
    fc.assert(fc.property(any, fc.nat(), (one, pick) => {
      const found = solve(networkOf(one));
      const at = pick % one.durations.length;
      const others = (days: number): number[] => {
        const later = solve(networkOf(one, Array.from(found.earlyStart, (start, i) => (i === at ? start + days : 0))));
        return [later.duration, ...later.earlyStart.filter((_, i) => i !== at)];
      };
      expect(others(found.freeFloat[at] ?? 0)).toEqual(others(0));
      expect(others((found.freeFloat[at] ?? 0) + 1)).not.toEqual(others(0));
    }));
  });

  it('never gets earlier by one more link', () => {
    fc.assert(fc.property(any, any, ({ durations, links }, more) => {
      const before = solve(networkOf({ durations, links }));
      const order = topologyOf(durations.length, networkOf({ durations, links }));
      if ('cycle' in order) throw new Error('drawn without a cycle');
      const [a, b] = [order.order[0] ?? 0, order.order.at(-1) ?? 0];
      const after = solve(networkOf({ durations, links: a === b ? links : [...links, [a, b, more.links[0]?.[2] ?? 0, more.links[0]?.[3] ?? 3]] }));
      after.earlyStart.forEach((start, i) => expect(start).toBeGreaterThanOrEqual(before.earlyStart[i] ?? 0));
    }));
  });

  it('is never slower than one after the other, and as slow where each waits for the one before', () => {
    fc.assert(fc.property(drawn([LINK.FS], fc.constant(0)), (one) => {
      const serial = one.durations.reduce((sum, days) => sum + days, 0);
      expect(solve(networkOf(one)).duration).toBeLessThanOrEqual(serial);
      const chain = one.durations.slice(1).map((_, i) => [i, i + 1, LINK.FS, 0] as const);
      expect(solve(networkOf({ durations: one.durations, links: chain })).duration).toBe(serial);
    }));
  });

  it('has no dust of fractions in its floats', () => {
    const one = { durations: [0.1, 0.2, 0.3, 0.6], links: [[0, 1, 0, 0], [1, 2, 0, 0], [2, 3, 1, -0.3]] as const };
    const found = solve(networkOf({ ...one, durations: [0.1, 0.2, 0.3, 0.3] }));
    expect([...found.float].slice(0, 3)).toEqual([0, 0, 0]);
  });

  it('may be solved again by the order that it has, with other durations', () => {
    fc.assert(fc.property(any, fc.infiniteStream(fc.nat(9)), (one, stream) => {
      const topology = topologyOf(one.durations.length, networkOf(one));
      if ('cycle' in topology) throw new Error('drawn without a cycle');
      const other = { ...one, durations: one.durations.map(() => stream.next().value ?? 0) };
      expect(solve(networkOf(other), topology)).toEqual(solve(networkOf(other)));
    }));
  });

  it('solves a chain of 200,000 without depth', () => {
    const count = 200_000;
    const from = Int32Array.from({ length: count - 1 }, (_, i) => count - 1 - i);
    const found = solve({ durations: new Float64Array(count).fill(2), from, to: from.map((at) => at - 1), types: new Uint8Array(count - 1), lags: new Float64Array(count - 1) });
    expect(found.duration).toBe(2 * count);
  });
});

describe('a cycle', () => {
  it('is found and named in the order of its links', () => {
    fc.assert(fc.property(any, fc.nat(), fc.nat(), (one, a, b) => {
      const count = one.durations.length;
      const closing = [[a % count, b % count, 0, 0], [b % count, a % count, 1, -4]] as const;
      const links = [...one.links, ...closing];
      const found = topologyOf(count, networkOf({ durations: one.durations, links }));
      if (!('cycle' in found)) throw new Error('not found');
      expect(new Set(found.cycle).size).toBe(found.cycle.length);
      found.cycle.forEach((at, i) => {
        const next = found.cycle[(i + 1) % found.cycle.length];
        expect(links.some(([from, to]) => from === at && to === next)).toBe(true);
      });
    }));
  });

  it('of one activity that waits for itself is named too', () => {
    expect(topologyOf(3, { from: Int32Array.of(0, 1), to: Int32Array.of(1, 1), types: new Uint8Array(2), lags: new Float64Array(2) })).toEqual({ cycle: [1] });
  });

  it('is no link to an activity that does not exist', () => {
    expect(() => topologyOf(2, { from: Int32Array.of(0), to: Int32Array.of(2), types: new Uint8Array(1), lags: new Float64Array(1) })).toThrow(RangeError);
  });
});

describe('a schedule by names', () => {
  it('gives the dates of a textbook network', () => {
    const found = schedule([
      { id: 'start', duration: 0 }, { id: 'survey', duration: 5, after: [{ id: 'start' }] }, { id: 'design', duration: 10, after: [{ id: 'survey', type: 'SS', lag: 2 }, { id: 'survey', type: 'FF', lag: 3 }] },
      { id: 'permit', duration: 4, after: [{ id: 'start' }] }, { id: 'build', duration: 20, after: [{ id: 'design' }, { id: 'permit', lag: 1 }] },
    ]);
    expect(found.duration).toBe(32);
    expect(found.activities.map((one) => [one.id, one.earlyStart, one.earlyFinish, one.lateStart, one.lateFinish, one.float, one.freeFloat, one.critical])).toEqual([
      ['start', 0, 0, 0, 0, 0, 0, true], ['survey', 0, 5, 0, 5, 0, 0, true], ['design', 2, 12, 2, 12, 0, 0, true], ['permit', 0, 4, 7, 11, 7, 7, false], ['build', 12, 32, 12, 32, 0, 0, true],
    ]);
  });

  test('of nothing lasts no time', () => {
    expect(schedule([])).toEqual({ duration: 0, activities: [] });
  });

  it('may begin with an activity that may not start before a day', () => {
    expect(schedule([{ id: 'a', duration: 2, notBefore: 7 }, { id: 'b', duration: 1, after: [{ id: 'a', lag: -4 }] }]).activities.map((one) => one.earlyStart)).toEqual([7, 5]);
  });

  test.each<[string, readonly Activity[], object]>([
    ['network.duplicate_activity', [{ id: 'a', duration: 1 }, { id: 'a', duration: 2 }], { id: 'a' }],
    ['network.unknown_activity', [{ id: 'a', duration: 1, after: [{ id: 'z' }] }], { id: 'a', after: 'z' }],
    ['network.bad_duration', [{ id: 'a', duration: -1 }], { id: 'a', duration: -1 }],
    ['network.bad_duration', [{ id: 'a', duration: Number.NaN }], { id: 'a' }],
    ['network.bad_lag', [{ id: 'a', duration: 1 }, { id: 'b', duration: 1, after: [{ id: 'a', lag: Infinity }] }], { id: 'b', after: 'a' }],
    ['network.unknown_calendar', [{ id: 'a', duration: 1, calendar: 'moon' }], { calendar: 'moon' }],
    ['network.cycle', [{ id: 'a', duration: 1, after: [{ id: 'c' }] }, { id: 'b', duration: 1, after: [{ id: 'a' }] }, { id: 'c', duration: 1, after: [{ id: 'b', type: 'FF' }] }], { cycle: ['a', 'b', 'c'], path: 'a → b → c → a' }],
  ])('is refused with %s', (code, activities, details) => {
    expect(() => schedule(activities)).toThrow(expect.objectContaining({ code, details: expect.objectContaining(details) }));
  });
});
