// A machine that calls a running server as the project office would: its token, one real command, and a look into the server's database.
import pg from 'pg';
import { openApp } from '../../house.ts';
import { newId } from '../../kernel/ids.ts';
import { readConfig } from '../../platform/config.ts';
import { sql } from '../../platform/db.ts';
import { makeLog } from '../../platform/log.ts';
import { joinPostgres } from '../../platform/postgres/launch.ts';

export const quiet = { info: () => undefined, warn: () => undefined };

/** Gives the token of a new machine that may do what the project office may. */
export async function makeToken(dataDir: string, zone = 'demo'): Promise<string> {
  const { poolConfig } = await joinPostgres({ dataDir, logger: quiet });
  const app = await openApp({ config: readConfig({ YUGONG_DATA: dataDir, YUGONG_ZONE: zone }), connection: poolConfig, log: makeLog('error') });
  try {
    const found = await app.database.row<{ org: string; role: string }>(
      sql`select (select id from people_organisations where parent_id is null) as org, (select id from people_roles where code = 'office') as role`,
    );
    const userId = newId();
    await app.run(app.system, 'people.create_user', { id: userId, orgId: found?.org, login: `machine-${userId.slice(-6)}`, name: '测试项目办', roleIds: [found?.role], password: 'correct horse battery' });
    const { output } = await app.run(app.system, 'people.create_token', { name: 'machine', userId, days: 1 });
    if (typeof output !== 'object' || output === null || !('token' in output) || typeof output.token !== 'string') throw new Error('no token');
    return output.token;
  } finally {
    await app.close();
  }
}

export type Sent = { id: string; key: string };

/** Asks to create a project; rejects when the connection breaks. */
export async function createProject(address: string, token: string, { id, key }: Sent, signal: AbortSignal = AbortSignal.timeout(20_000)): Promise<{ status: number; code: string }> {
  const response = await fetch(`${address}/api/commands/projects.create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key },
    body: JSON.stringify({ id, name: `项目${id.slice(-8)}`, level: 'municipal', listYear: 2023, totalFen: 1_000_000 }),
    signal,
  });
  const body: unknown = await response.json();
  return { status: response.status, code: typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '' };
}

/** Works in the server's own database, beside the server. */
export async function inDatabase<Result>(dataDir: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const { poolConfig } = await joinPostgres({ dataDir, logger: quiet });
  const client = new pg.Client(poolConfig);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
