import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutOf, type Node } from './layout.ts';

const node = (id: string, after: readonly string[] = [], main = false): Node => ({ id, after, main });

it('places each step to the right of all that it waits for, and nothing twice in one place', () => {
  const some = fc.array(fc.tuple(fc.array(fc.nat(30), { maxLength: 4 }), fc.boolean()), { maxLength: 30 }).map((list) => list.map(([after, main], i) => node(`n${i}`, after.filter((at) => at < i).map((at) => `n${at}`), main)));
  fc.assert(fc.property(some, (nodes) => {
    const { placed, ties, columns, rows } = layoutOf(nodes);
    const at = new Map(placed.map((one) => [one.id, one]));
    expect(at.size).toBe(nodes.length);
    expect(new Set(placed.map((one) => `${one.column} ${one.row}`)).size).toBe(nodes.length);
    for (const one of nodes) for (const from of one.after) expect(at.get(from)?.column ?? 99).toBeLessThan(at.get(one.id)?.column ?? -1);
    for (const tie of ties) expect(nodes.find((one) => one.id === tie.to)?.after).toContain(tie.from);
    for (const one of placed) expect(one.column < columns && one.row < rows).toBe(true);
  }));
});

it('leaves out a tie that follows from others, and keeps the critical path in the first row', () => {
  const { placed, ties } = layoutOf([node('a', [], true), node('x', ['a']), node('b', ['a'], true), node('c', ['b', 'a', 'x'], true)]);
  expect(ties).toEqual([{ from: 'a', to: 'x' }, { from: 'a', to: 'b' }, { from: 'b', to: 'c' }, { from: 'x', to: 'c' }]);
  expect(placed.filter((one) => ['a', 'b', 'c'].includes(one.id)).map((one) => [one.id, one.column, one.row])).toEqual([['a', 0, 0], ['b', 1, 0], ['c', 2, 0]]);
});

it('spreads what may stand in several columns instead of piling it up', () => {
  const chain = ['a', 'b', 'c', 'd'].map((id, i, all) => node(id, i === 0 ? [] : [all[i - 1] ?? ''], true));
  const loose = ['p', 'q', 'r'].map((id) => node(id));
  const { rows } = layoutOf([...chain, ...loose, node('end', ['d', 'p', 'q', 'r'], true)]);
  expect(rows).toBe(2);
});

it('draws nothing for nothing, and something for a circle', () => {
  expect(layoutOf([])).toMatchObject({ placed: [], rows: 0, ties: [] });
  expect(layoutOf([node('a', ['b']), node('b', ['a'])]).placed).toHaveLength(2);
});
