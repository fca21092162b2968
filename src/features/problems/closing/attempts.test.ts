// How often one source may try links that nobody made.
import { expect, it } from 'vitest';
import { outcome } from '../../../test/registry/checks.ts';
import { makeAttempts } from './attempts.ts';

it('counts the misses of a whole network of version 6 together, and of no other', async () => {
  const attempts = makeAttempts();
  const check = (address: string) => outcome((async () => attempts.check(address, 100))());
  for (let nth = 0; nth < 20; nth += 1) attempts.missed(`2001:db8:0:12::${nth.toString(16)}`, nth);
  expect([await check('2001:db8:0:12:9:8:7:6'), await check('2001:db8:0:13::1'), await check('203.0.113.7')]).toEqual(['platform.too_many_requests', 'ok', 'ok']);
});
