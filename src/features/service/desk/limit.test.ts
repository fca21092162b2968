// How often one source may act without an account.
import { expect, it } from 'vitest';
import { outcome } from '../../../test/registry/checks.ts';
import { makeLimit } from './limit.ts';

it('lets so many through in its time and says how long to wait', async () => {
  const limit = makeLimit(2, 1000);
  const take = (address: string, at: number) => outcome((async () => limit.take(address, at))());
  expect([await take('2001:db8::1', 0), await take('2001:db8::2', 1), await take('2001:db8::3', 2), await take('2001:db9::1', 3), await take('2001:db8::4', 1001), await take('', 2)]).toEqual(['ok', 'ok', 'platform.too_many_requests', 'ok', 'ok', 'ok']);
});
