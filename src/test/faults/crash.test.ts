// The crash audit: four writers run real commands over HTTP; the server, its PostgreSQL, or both are killed, ten times. Afterwards every
// acknowledged change is there exactly once with exactly one event, and sending again what was in doubt completes it. The same rounds
// against a server that answers before it commits show that a loss would be found.
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { audit } from './audit.ts';
import { createProject, inDatabase, makeToken, type Sent } from './machine.ts';
import { clearFolder, killPostgres, startServer, temporaryFolder, type ServerProcess, type StartOptions } from './server.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 60_000 });

const WRITERS = 4;
const KILLS = ['both', 'server', 'postgres', 'postgres, then server'] as const;
type Kill = (typeof KILLS)[number];

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const left: { dataDir: string; server?: ServerProcess }[] = [];

afterEach(async () => {
  for (const { dataDir, server } of left.splice(0)) {
    await server?.end('SIGKILL');
    clearFolder(dataDir);
  }
});

type Run = { dataDir: string; server: ServerProcess; token: string; options: StartOptions; acknowledged: Sent[]; doubtful: Sent[] };

async function begin(options: StartOptions = {}): Promise<Run> {
  const dataDir = temporaryFolder('yugong-crash-');
  const place: (typeof left)[number] = { dataDir };
  left.push(place);
  const all = { ...options, env: { ...options.env, YUGONG_LIMIT_REQUESTS_PER_MINUTE: '1000000' } };
  const server = await startServer(dataDir, all);
  const run: Run = { dataDir, server, token: await makeToken(dataDir), options: all, acknowledged: [], doubtful: [] };
  Object.defineProperty(place, 'server', { get: () => run.server });
  return run;
}

/** True: acknowledged. Anything but a success, a word about a database that is away, or a break of the connection is a defect. */
async function create(run: Run, sent: Sent): Promise<boolean> {
  const answer = await createProject(run.server.address, run.token, sent).catch(() => undefined);
  if (answer === undefined) return false;
  if (![200, 409, 503].includes(answer.status)) throw new Error(`projects.create answered ${answer.status} ${answer.code}\n${run.server.output().slice(-3000)}`);
  return answer.status === 200;
}

/** Each writer stops at the first answer that is not a success: what it sent is in doubt. */
async function writeUntil(run: Run, stopped: () => boolean): Promise<void> {
  while (!stopped()) {
    const sent = { id: newId(), key: randomUUID() };
    if (await create(run, sent)) run.acknowledged.push(sent);
    else return void run.doubtful.push(sent);
  }
}

/** Writes, kills, and brings back what has to be brought back: only the start of a server, never a repair. */
async function crash(run: Run, kill: Kill, milliseconds: number): Promise<void> {
  let stopped = false;
  const writers = Array.from({ length: WRITERS }, () => writeUntil(run, () => stopped));
  await pause(milliseconds);
  if (kill === 'postgres') {
    killPostgres(run.dataDir);
    await Promise.all(writers); // each meets the gap, then the server has to come back by itself
    return recovered(run);
  }
  if (kill === 'postgres, then server') {
    killPostgres(run.dataDir);
    await pause(100);
  }
  await run.server.end('SIGKILL');
  if (kill === 'both') killPostgres(run.dataDir);
  stopped = true;
  await Promise.all(writers);
  run.server = await startServer(run.dataDir, run.options);
}

async function recovered(run: Run): Promise<void> {
  const { pid } = run.server;
  await expect.poll(() => fetch(`${run.server.address}/healthz`).then(({ status }) => status, () => 'gone'), { timeout: 30_000, interval: 50 }).toBe(200);
  expect(run.server.pid, 'the same server').toBe(pid);
}

const complaints = (run: Run): Promise<string[]> => inDatabase(run.dataDir, (client) => audit(client, 'zone_demo', run));

test('ten kills under four writers: nothing acknowledged is lost, nothing happens twice, nothing is half done', async () => {
  const run = await begin();
  const doubts: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const kill = KILLS[round % KILLS.length] ?? 'both';
    await crash(run, kill, 300 + 70 * round);
    expect(await complaints(run), `round ${round}, ${kill} killed`).toEqual([]);
    const doubtful = run.doubtful.splice(0);
    doubts.push(doubtful.length);
    for (const sent of doubtful) {
      expect(await create(run, sent), 'sent again under its key').toBe(true);
      run.acknowledged.push(sent);
    }
    expect(await complaints(run), `round ${round}, sent again`).toEqual([]);
  }
  process.stdout.write(`crash audit: ${run.acknowledged.length} acknowledged over 10 kills, in doubt ${doubts.join(' ')}, complaints 0\n`);
  expect(run.acknowledged.length).toBeGreaterThan(50);
  expect(Math.max(...doubts)).toBeGreaterThan(0);
});

test('a server that answers before it commits is found out by the same audit', async () => {
  const run = await begin({ entry: 'src/test/faults/hasty.ts' });
  let found: string[] = [];
  for (let round = 0; round < 5 && found.length === 0; round += 1) {
    await crash(run, 'server', 400);
    found = await complaints(run);
  }
  process.stdout.write(`crash audit, acknowledging before the commit: ${found.length} complaints of ${run.acknowledged.length} acknowledged\n`);
  expect(found.some((line) => line.startsWith('lost:'))).toBe(true);
});
