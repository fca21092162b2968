// The crash audit: four writers run real commands over HTTP, the server and its PostgreSQL are killed, ten times. Afterwards every
// acknowledged change is there exactly once with exactly one event, and sending again what was in doubt completes it.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp } from '../../house.ts';
import { newId } from '../../kernel/ids.ts';
import { readConfig } from '../../platform/config.ts';
import { sql } from '../../platform/db.ts';
import { makeLog } from '../../platform/log.ts';
import { joinPostgres } from '../../platform/postgres/launch.ts';
import { clearFolder, killPostgres, startServer, temporaryFolder, type ServerProcess } from './server.ts';

const quiet = { info: () => undefined, warn: () => undefined };
const env = { YUGONG_LIMIT_REQUESTS_PER_MINUTE: '1000000' };
const dataDir = temporaryFolder('yugong-crash-');
let server: ServerProcess;
let token: string;

beforeAll(async () => {
  server = await startServer(dataDir, { env });
  token = await makeToken();
}, 120_000);

afterAll(async () => {
  await server.end('SIGKILL');
  clearFolder(dataDir);
});

/** A machine that may do what the project office may. */
async function makeToken(): Promise<string> {
  const { poolConfig } = await joinPostgres({ dataDir, logger: quiet });
  const app = await openApp({ config: readConfig({ YUGONG_DATA: dataDir }), connection: poolConfig, log: makeLog('error') });
  try {
    const found = await app.database.row<{ org: string; role: string }>(
      sql`select (select id from people_organisations where parent_id is null) as org, (select id from people_roles where code = 'office') as role`,
    );
    const userId = newId();
    await app.run(app.system, 'people.create_user', { id: userId, orgId: found?.org, login: 'crash', name: '测试项目办', roleIds: [found?.role], password: 'correct horse battery' });
    const { output } = await app.run(app.system, 'people.create_token', { name: 'crash', userId, days: 1 });
    if (typeof output !== 'object' || output === null || !('token' in output) || typeof output.token !== 'string') throw new Error('no token');
    return output.token;
  } finally {
    await app.close();
  }
}

type Sent = { id: string; key: string };

/** True: acknowledged. Anything but a success or a break of the connection is a defect. */
async function create({ id, key }: Sent): Promise<boolean> {
  let response: Response;
  try {
    response = await fetch(`${server.address}/api/commands/projects.create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key },
      body: JSON.stringify({ id, name: `项目${id.slice(-8)}`, level: 'municipal', listYear: 2023, totalFen: 1_000_000 }),
      signal: AbortSignal.timeout(20_000),
    });
    await response.text();
  } catch {
    return false;
  }
  // 503 and 500 stand for a database that went before the server did: in doubt, like a break.
  if (![200, 201, 409, 500, 503].includes(response.status)) throw new Error(`projects.create answered ${response.status}`);
  return response.ok;
}

async function writeUntil(stopped: () => boolean, acknowledged: Sent[], doubtful: Sent[]): Promise<void> {
  while (!stopped()) {
    const sent = { id: newId(), key: randomUUID() };
    if (await create(sent)) acknowledged.push(sent);
    else {
      doubtful.push(sent);
      return;
    }
  }
}

async function count(ids: readonly string[]): Promise<{ projects: number; events: number; all: number; bare: number }> {
  const { poolConfig } = await joinPostgres({ dataDir, logger: quiet });
  const client = new pg.Client(poolConfig);
  await client.connect();
  try {
    const { rows } = await client.query<{ projects: number; events: number; all: number; bare: number }>(
      `select (select count(*)::int from zone_demo.projects_projects where id = any($1)) as projects,
              (select count(*)::int from zone_demo.platform_events where subject_id = any($1)) as events,
              (select count(*)::int from zone_demo.projects_projects) as all,
              (select count(*)::int from zone_demo.projects_projects p
               where (select count(*) from zone_demo.platform_events e where e.subject_id = p.id) <> 1) as bare`,
      [ids],
    );
    return rows[0] ?? { projects: -1, events: -1, all: -1, bare: -1 };
  } finally {
    await client.end();
  }
}

test('ten kills under four writers: nothing acknowledged is lost, nothing happens twice, nothing is half done', async () => {
  const acknowledged: Sent[] = [];
  for (let round = 0; round < 10; round += 1) {
    const doubtful: Sent[] = [];
    let stopped = false;
    const writers = [1, 2, 3, 4].map(() => writeUntil(() => stopped, acknowledged, doubtful));
    await new Promise((resolve) => setTimeout(resolve, 300 + 70 * round));
    // In turn: all at once; the program alone; the database first and the program a moment later.
    if (round % 3 === 2) {
      killPostgres(dataDir);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await server.end('SIGKILL');
    if (round % 3 === 0) killPostgres(dataDir);
    stopped = true;
    await Promise.all(writers);

    server = await startServer(dataDir, { env });
    const kept = await count(acknowledged.map((sent) => sent.id));
    expect(kept.projects, `round ${round}: acknowledged projects`).toBe(acknowledged.length);
    expect(kept.all, `round ${round}: at most what was in doubt beside them`).toBeLessThanOrEqual(acknowledged.length + doubtful.length);
    expect(kept.bare, `round ${round}: projects without exactly one event`).toBe(0);

    for (const sent of doubtful) {
      expect(await create(sent), 'sent again under its key').toBe(true);
      acknowledged.push(sent);
    }
    const whole = await count(acknowledged.map((sent) => sent.id));
    expect(whole).toEqual({ projects: acknowledged.length, events: acknowledged.length, all: acknowledged.length, bare: 0 });
  }
  expect(acknowledged.length).toBeGreaterThan(50);
}, 300_000);
