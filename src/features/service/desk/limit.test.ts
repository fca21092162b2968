// How often one source may act without an account.
import { expect, it } from 'vitest';
import { outcome } from '../../../test/registry/checks.ts';
import { makeLimit, sourceOf } from './limit.ts';

it('takes the network of an address of version 6 as one source, however it is written', () => {
  expect(['2001:db8:0:12::1', '2001:0DB8:0000:0012:9:8:7:6', '2001:db8::12:0:0:0:5', 'fe80::1%eth0', '::1', '203.0.113.7', '::ffff:203.0.113.7'].map(sourceOf)).toEqual(['2001:db8:0:12', '2001:db8:0:12', '2001:db8:0:12', 'fe80:0:0:0', '0:0:0:0', '203.0.113.7', '203.0.113.7']);
});

it('lets so many through in its time and says how long to wait', async () => {
  const limit = makeLimit(2, 1000);
  const take = (address: string, at: number) => outcome((async () => limit.take(address, at))());
  expect([await take('2001:db8::1', 0), await take('2001:db8::2', 1), await take('2001:db8::3', 2), await take('2001:db9::1', 3), await take('2001:db8::4', 1001), await take('', 2)]).toEqual(['ok', 'ok', 'platform.too_many_requests', 'ok', 'ok', 'ok']);
});
