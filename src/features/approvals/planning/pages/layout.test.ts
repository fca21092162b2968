import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutOf, type Node } from './layout.ts';

const node = (id: string, after: readonly string[] = [], main = false): Node => ({ id, after, main });

it('places each step to the right of all that it waits for, no two over each other, and lets no tie run through a step', () => {
  const some = fc.array(fc.tuple(fc.array(fc.nat(30), { maxLength: 4 }), fc.boolean()), { maxLength: 30 }).map((list) => list.map(([after, main], i) => node(`n${i}`, after.filter((at) => at < i).map((at) => `n${at}`), main)));
  fc.assert(fc.property(some, (nodes) => {
    const { placed, ties, columns, rows } = layoutOf(nodes);
    const at = new Map(placed.map((one) => [one.id, one]));
    expect(at.size).toBe(nodes.length);
    for (const one of placed) for (const other of placed) if (one.id < other.id && one.column === other.column) expect(Math.abs(one.top - other.top)).toBeGreaterThan(0.99);
    for (const one of nodes) for (const from of one.after) expect(at.get(from)?.column ?? 99).toBeLessThan(at.get(one.id)?.column ?? -1);
    for (const { from, to, through } of ties) {
      expect(nodes.find((one) => one.id === to)?.after).toContain(from);
      expect(through.map((one) => one.column)).toEqual(Array.from({ length: (at.get(to)?.column ?? 0) - (at.get(from)?.column ?? 0) - 1 }, (_, i) => (at.get(from)?.column ?? 0) + 1 + i));
      for (const lane of through) expect(placed.filter((one) => one.column === lane.column && lane.top > one.top - 0.29 && lane.top < one.top + 0.99)).toEqual([]);
    }
    for (const one of placed) expect(one.column < columns && one.top + 1 <= rows + 1e-9).toBe(true);
  }));
});

it('leaves out a tie that follows from others, and keeps the first row for the critical path, also where that only passes', () => {
  const { placed, ties } = layoutOf([node('a', [], true), node('x', ['a']), node('y', ['x']), node('z', ['y']), node('c', ['a', 'z', 'x'], true)]);
  expect(ties.map(({ from, to }) => `${from}${to}`)).toEqual(['ax', 'xy', 'yz', 'zc']);
  expect(placed.find((one) => one.id === 'c')).toMatchObject({ column: 4, top: 0 });
  const passing = layoutOf([node('a', [], true), node('p'), node('q', ['p']), node('r', ['q']), node('c', ['a', 'r'], true)]);
  expect(passing.ties.find((one) => one.from === 'a')?.through).toEqual([{ column: 1, top: 0 }, { column: 2, top: 0 }]);
  expect(passing.placed.filter((one) => ['p', 'q', 'r'].includes(one.id)).every((one) => one.top >= 1)).toBe(true);
});

it('spreads what may stand in several columns instead of piling it up', () => {
  const chain = ['a', 'b', 'c', 'd'].map((id, i, all) => node(id, i === 0 ? [] : [all[i - 1] ?? ''], true));
  const loose = ['p', 'q', 'r'].map((id) => node(id));
  const { placed } = layoutOf([...chain, ...loose, node('end', ['d', 'p', 'q', 'r'], true)]);
  expect(new Set(placed.filter((one) => ['p', 'q', 'r'].includes(one.id)).map((one) => one.column)).size).toBe(3);
});

it('draws nothing for nothing, and something for a circle', () => {
  expect(layoutOf([])).toMatchObject({ placed: [], rows: 0, columns: 0, ties: [] });
  expect(layoutOf([node('a', ['b']), node('b', ['a'])]).placed).toHaveLength(2);
});
