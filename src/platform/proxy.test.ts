// Whose address counts behind a proxy: what the last proxies wrote, never what the caller claims in front of it.
import { afterEach, expect, it } from 'vitest';
import { newId } from '../kernel/ids.ts';
import { makeWorld, type World } from '../test/world/world.ts';
import { sql } from './db.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function signIn(of: World, forwarded: string): Promise<number> {
  const http = await of.http();
  const answer = await http.inject({
    method: 'POST', url: '/api/commands/people.sign_in', remoteAddress: '10.0.0.1', payload: { login: 'nobody', password: 'wrong password' },
    headers: { host: 'yugong.test', origin: 'http://yugong.test', 'x-forwarded-for': forwarded, 'idempotency-key': newId() },
  });
  return answer.statusCode;
}

const addresses = async (of: World): Promise<string[]> =>
  (await of.app.database.rows<{ address: string }>(sql`select after->>'address' as address from platform_events where kind = 'people.sign_in_failed' order by seq`)).map((row) => row.address);

it.each([['false', '10.0.0.1'], ['true', '198.51.100.7'], ['2', '203.0.113.9']])('with YUGONG_TRUST_PROXY=%s it is %s', async (trust, address) => {
  world = await makeWorld({ environment: { YUGONG_TRUST_PROXY: trust } });
  await signIn(world, '192.0.2.66, 203.0.113.9, 198.51.100.7');
  expect(await addresses(world)).toEqual([address]);
});

it('a caller who invents another address each time is slowed down all the same', async () => {
  world = await makeWorld({ environment: { YUGONG_TRUST_PROXY: 'true', YUGONG_LIMIT_REQUESTS_PER_MINUTE: '10' } });
  const codes: number[] = [];
  for (let i = 0; i < 12; i += 1) codes.push(await signIn(world, `192.0.2.${String(i)}, 198.51.100.7`));
  expect(codes).toContain(429);
});
