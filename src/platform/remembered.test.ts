import { expect, it } from 'vitest';
import { remembered } from './remembered.ts';

it('counts once for those who ask within the time, apart for each owner and key, and again after it', async () => {
  const of = remembered<number>(60_000);
  const [one, two] = [{}, {}];
  let counted = 0;
  const ask = async (owner: object, key: string, at: number) => of(owner, key, at, () => Promise.resolve((counted += 1)));
  expect(await Promise.all([ask(one, 'a', 0), ask(one, 'a', 0), ask(one, 'a', 59_999)])).toEqual([1, 1, 1]);
  expect([await ask(one, 'b', 0), await ask(two, 'a', 0)]).toEqual([2, 3]);
  expect([await ask(one, 'a', 60_000), await ask(one, 'a', 60_001)]).toEqual([4, 4]);
});

it('keeps no failure, and few of many keys', async () => {
  const of = remembered<number>(60_000);
  const owner = {};
  await expect(of(owner, 'a', 0, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await of(owner, 'a', 0, () => Promise.resolve(1))).toBe(1);
  for (let key = 0; key < 100; key += 1) await of(owner, String(key), 0, () => Promise.resolve(key));
  expect(await of(owner, 'a', 0, () => Promise.resolve(2))).toBe(2);
});
