// Stopping while requests run: what is in hand is finished and answered, what comes later is refused in words, nothing is logged as a
// fault, and the end is clean even when a request never comes to its end.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test, vi } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { createProject, inDatabase, makeToken, type Sent } from './machine.ts';
import { clearFolder, startServer, temporaryFolder, type ServerProcess } from './server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const dataDir = temporaryFolder('yugong-stop-');
const env = { YUGONG_LIMIT_REQUESTS_PER_MINUTE: '1000000', YUGONG_LIMIT_STOP_SECONDS: '4' };
let server: ServerProcess;
let token: string;

beforeAll(async () => {
  server = await startServer(dataDir, { env });
  token = await makeToken(dataDir);
  await server.end('SIGTERM');
});
beforeEach(async () => {
  server = await startServer(dataDir, { env });
});
afterEach(() => server.end('SIGKILL'));
afterAll(() => clearFolder(dataDir));

const sent = (): Sent => ({ id: newId(), key: randomUUID() });
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Holds every write of projects back until it is let go, as a large change of another would. */
async function holdWrites(): Promise<{ waiting(count: number): Promise<void>; release(): void; done: Promise<void> }> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let held = (): void => undefined;
  const holds = new Promise<void>((resolve) => (held = resolve));
  const done = inDatabase(dataDir, async (client) => {
    await client.query('begin');
    await client.query('lock table zone_demo.projects_projects in exclusive mode');
    held();
    await released;
    await client.query('rollback').catch(() => undefined);
  });
  await holds;
  return {
    release, done,
    waiting: (count) => inDatabase(dataDir, async (client) => {
      await expect.poll(async () => (await client.query(`select from pg_stat_activity where wait_event_type = 'Lock'`)).rowCount, { timeout: 20_000, interval: 20 }).toBeGreaterThanOrEqual(count);
    }),
  };
}

async function countOf(ids: readonly string[]): Promise<number> {
  server = await startServer(dataDir, { env });
  return inDatabase(dataDir, async (client) => (await client.query('select from zone_demo.projects_projects where id = any($1)', [ids])).rowCount ?? 0);
}

const faults = (): string[] => server.output().split('\n').filter((line) => line.includes('"level":"error"'));

test('a request in hand is finished and answered; the port is closed at once', async () => {
  const hold = await holdWrites();
  const one = sent();
  const answer = createProject(server.address, token, one);
  await hold.waiting(1);
  const ended = server.end('SIGTERM');
  await expect.poll(() => fetch(`${server.address}/healthz`).then(() => 'open', () => 'closed')).toBe('closed');
  await pause(500);
  hold.release();
  expect((await answer).status).toBe(200);
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(faults()).toEqual([]);
  expect(await countOf([one.id])).toBe(1);
});

test('what its callers no longer wait for is finished all the same, and its end is no fault', async () => {
  await server.end('SIGKILL');
  server = await startServer(dataDir, { env: { ...env, YUGONG_POOL: '2' } });
  const hold = await holdWrites();
  const impatient = new AbortController();
  // More than there are connections: most of them still have to ask for one.
  const all = Array.from({ length: 6 }, sent);
  const answers = all.map((one) => createProject(server.address, token, one, impatient.signal).catch(() => 'gone'));
  await hold.waiting(2);
  await pause(300);
  impatient.abort();
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['gone']));
  const ended = server.end('SIGTERM');
  await pause(700);
  hold.release();
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(faults()).toEqual([]);
  expect(await countOf(all.map(({ id }) => id))).toBe(6);
});

test('requests that do not come to their end are cut off in time, and nothing of them is kept', async () => {
  await server.end('SIGKILL');
  server = await startServer(dataDir, { env: { ...env, YUGONG_POOL: '2' } });
  const hold = await holdWrites();
  const all = Array.from({ length: 6 }, sent);
  const answers = all.map((one) => createProject(server.address, token, one).then(({ status }) => status, () => 'cut'));
  await hold.waiting(2);
  const began = performance.now();
  expect(await server.end('SIGTERM'), server.output()).toEqual({ code: 0, signal: null });
  expect(performance.now() - began).toBeGreaterThan(3900);
  expect(performance.now() - began).toBeLessThan(20_000);
  for (const answer of await Promise.all(answers)) expect(['cut', 503]).toContain(answer);
  hold.release();
  await hold.done.catch(() => undefined);
  expect(faults()).toEqual([]);
  expect(await countOf(all.map(({ id }) => id))).toBe(0);
});

test('eight writers over kept connections: each call is answered 2xx, refused as unavailable, or never accepted', async () => {
  const answered: Sent[] = [];
  const strange: unknown[] = [];
  let stopping = false;
  const write = async (): Promise<void> => {
    for (;;) {
      const one = sent();
      try {
        const { status, code } = await createProject(server.address, token, one);
        if (status === 200) answered.push(one);
        else if (stopping && status === 503 && code === 'platform.unavailable') return;
        else strange.push({ status, code });
      } catch (error) {
        if (stopping) return;
        strange.push(error);
      }
    }
  };
  const writers = Array.from({ length: 8 }, write);
  await expect.poll(() => answered.length, { timeout: 20_000 }).toBeGreaterThan(20);
  stopping = true;
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  await Promise.all(writers);
  expect(strange).toEqual([]);
  expect(faults()).toEqual([]);
  expect(await countOf(answered.map(({ id }) => id))).toBe(answered.length);
});
