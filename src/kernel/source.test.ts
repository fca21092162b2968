// One source, however its address is written.
import { expect, it } from 'vitest';
import { sourceOf } from './source.ts';

it('takes the network of an address of version 6 as one source, however it is written', () => {
  expect(['2001:db8:0:12::1', '2001:0DB8:0000:0012:9:8:7:6', '2001:db8::12:0:0:0:5', 'fe80::1%eth0', '::1', '203.0.113.7', '::ffff:203.0.113.7'].map(sourceOf)).toEqual(['2001:db8:0:12', '2001:db8:0:12', '2001:db8:0:12', 'fe80:0:0:0', '0:0:0:0', '203.0.113.7', '203.0.113.7']);
});
