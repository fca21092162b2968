import { spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { root } from '../../platform/root.ts';
import { hydrateLinks } from '../../platform/postgres/binaries.ts';
import { joinPostgres, startPostgres, type RunningPostgres } from '../../platform/postgres/launch.ts';
import { clearFolder, killPostgres, killPostmaster, runProgram, startServer, temporaryFolder, type ServerProcess } from './server.ts';

// Each of these starts whole servers; on a busy machine one start takes seconds.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const isRoot = process.getuid?.() === 0;
const quiet = { info: () => undefined, warn: () => undefined };
const folders: string[] = [];
const servers: ServerProcess[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.end('SIGKILL');
  // A data folder before the one that holds it.
  for (const folder of folders.splice(0).reverse()) clearFolder(folder);
});

function folder(): string {
  const made = temporaryFolder();
  folders.push(made);
  return path.join(made, 'data');
}

const nobody = 65534;

/** Whether another user than its owner gets to a folder. */
function openToAll(place: string): boolean {
  return place === path.dirname(place) || ((statSync(place).mode & 0o005) === 0o005 && openToAll(path.dirname(place)));
}

/** A folder that was in use and was stopped; making one each time would take most of the time of these tests. */
let seed: string;

beforeAll(async () => {
  seed = temporaryFolder();
  expect((await runProgram(seed, { args: ['migrate'] })).code).toBe(0);
});

afterAll(() => clearFolder(seed));

function used(): string {
  const dataDir = folder();
  cpSync(seed, dataDir, { recursive: true });
  return dataDir;
}

async function serve(dataDir: string, options?: Parameters<typeof startServer>[1]): Promise<ServerProcess> {
  if (!folders.includes(dataDir)) folders.push(dataDir);
  const server = await startServer(dataDir, options);
  servers.push(server);
  return server;
}

function adopted(server: ServerProcess): boolean {
  return server.output().includes('"adopted":true');
}

async function query(dataDir: string, text: string): Promise<Record<string, unknown>[]> {
  const postgres = await joinPostgres({ dataDir, logger: quiet });
  const client = new pg.Client(postgres.poolConfig);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('start and stop', () => {
  test('a first start makes everything, a stop is clean, a second start finds it again', async () => {
    const dataDir = folder();
    const first = await serve(dataDir);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    await query(dataDir, "create table kept (x text); insert into kept values ('愚公移山')");
    expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(readFileSync(path.join(dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down');
    const second = await serve(dataDir);
    expect(adopted(second)).toBe(false);
    expect(await query(dataDir, 'select x from kept')).toEqual([{ x: '愚公移山' }]);
  });

  test('commits are forced to disk, and Chinese words have trigrams and labels', async () => {
    const dataDir = used();
    await serve(dataDir);
    expect(await query(dataDir, "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync, current_setting('full_page_writes') as pages")).toEqual([
      { fsync: 'on', sync: 'on', pages: 'on' },
    ]);
    expect(await query(dataDir, "select cardinality(show_trgm('济源')) > 0 as found, '济源.纳米'::ltree::text as label, current_setting('listen_addresses') as tcp")).toEqual([
      { found: true, label: '济源.纳米', tcp: '' },
    ]);
  });

  test('a second process on the folder is refused by name, and the first one goes on', async () => {
    const dataDir = used();
    const first = await serve(dataDir);
    const second = await runProgram(dataDir);
    expect(second.code).toBe(3);
    expect(second.output).toContain(`another Yugong process (pid ${first.pid}) serves this folder`);
    expect((await fetch(`${first.address}/healthz`)).status).toBe(200);
  });

  test('of six that start at the same moment on an empty folder, one serves', async () => {
    const dataDir = folder();
    const started = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(() => serve(dataDir)));
    expect(started.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  test('a path with spaces and Chinese longer than a socket may be', async () => {
    const dataDir = path.join(folder(), '河南省 济源示范区', '重点项目'.repeat(12), 'data');
    expect(Buffer.byteLength(dataDir)).toBeGreaterThan(150);
    const server = await serve(dataDir);
    expect((await runProgram(dataDir)).code).toBe(3);
    await server.end('SIGKILL');
    const next = await serve(dataDir);
    expect(adopted(next)).toBe(true);
    await next.end('SIGTERM'); // also removes the short directory
  });

  test('Ctrl-C in a terminal reaches the program, not its database', async () => {
    const dataDir = used();
    const server = await serve(dataDir);
    const postgres = await joinPostgres({ dataDir, logger: quiet });
    const groupOf = (pid: number): string | undefined => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2];
    expect(groupOf(postgres.pid())).not.toBe(groupOf(server.pid));
  });
});

describe('kill -9', () => {
  test('of the program: the next start takes the running database over and ends it at its own end', async () => {
    const dataDir = used();
    const first = await serve(dataDir);
    await first.end('SIGKILL');
    const second = await serve(dataDir);
    expect(adopted(second)).toBe(true);
    expect((await second.end('SIGTERM')).code).toBe(0);
    await expect(startPostgres({ dataDir, logger: quiet }).then(async (postgres) => (await postgres.stop(), postgres.adopted))).resolves.toBe(false);
  });

  test('of the program and of PostgreSQL during writes, ten times: every acknowledged row is there', async () => {
    const dataDir = used();
    let server = await serve(dataDir);
    await query(dataDir, 'create table kept (n bigint primary key, part int)');
    let acknowledged = 0;
    for (let round = 0; round < 10; round += 1) {
      const writer = write(dataDir, acknowledged);
      await new Promise((resolve) => setTimeout(resolve, 150 + round * 40));
      // Odd rounds: the program dies first and its database a moment later; even rounds: all at once.
      await server.end('SIGKILL');
      if (round % 2 === 1) await new Promise((resolve) => setTimeout(resolve, 60));
      killPostgres(dataDir);
      acknowledged = await writer;
      server = await serve(dataDir);
      const [found] = await query(dataDir, 'select count(*)::int as rows, max(n)::int as last from kept');
      const last = Number(found?.['last'] ?? 0);
      expect(last).toBeGreaterThanOrEqual(acknowledged);
      expect(last).toBeLessThanOrEqual(acknowledged + 1);
      expect(found?.['rows'], 'every group is whole').toBe(last);
      acknowledged = last;
    }
    expect(acknowledged).toBeGreaterThan(100);
  });

  test('of the postmaster alone: the program brings it back, without a hand and without ending', async () => {
    const dataDir = used();
    const server = await serve(dataDir);
    await query(dataDir, 'create table kept (x int); insert into kept values (7)');
    const dead = killPostmaster(dataDir);
    const began = performance.now();
    await expect.poll(() => query(dataDir, 'select x from kept').catch(() => 'not yet'), { timeout: 20_000, interval: 100 }).toEqual([{ x: 7 }]);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect((await joinPostgres({ dataDir, logger: quiet })).pid()).not.toBe(dead);
    expect((await server.end('SIGTERM')).code).toBe(0);
  });

  test('of all but a child that is busy: it is ended, and the start goes on', async () => {
    const dataDir = used();
    const server = await serve(dataDir);
    const busy = query(dataDir, 'select count(*) from generate_series(1, 4000000000)').catch(() => 'cut');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await server.end('SIGKILL');
    killPostmaster(dataDir);
    const next = await serve(dataDir);
    expect(adopted(next)).toBe(false);
    expect(await busy).toBe('cut');
  });
});

/** Writes groups until the connection breaks; resolves with the last acknowledged one. */
async function write(dataDir: string, from: number): Promise<number> {
  const postgres = await joinPostgres({ dataDir, logger: quiet });
  const client = new pg.Client(postgres.poolConfig);
  client.on('error', () => undefined);
  await client.connect();
  let acknowledged = from;
  try {
    for (;;) {
      await client.query('insert into kept values ($1, 1)', [acknowledged + 1]);
      acknowledged += 1;
    }
  } catch {
    await client.end().catch(() => undefined);
    return acknowledged;
  }
}

describe('what a dead server left behind', () => {
  let dataDir: string;

  beforeAll(() => {
    dataDir = temporaryFolder();
    cpSync(seed, dataDir, { recursive: true });
  });

  afterAll(() => clearFolder(dataDir));

  async function startsOver(at = dataDir): Promise<RunningPostgres> {
    const postgres = await startPostgres({ dataDir: at, logger: quiet, throwAway: true });
    await postgres.stop();
    expect(postgres.adopted).toBe(false);
    return postgres;
  }

  function leaveLock(pid: number): void {
    writeFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), `${pid}\n${path.join(dataDir, 'postgres')}\n1\n5432\n${path.join(dataDir, 'run')}\n\n  1 1\nready\n`);
  }

  test('a lock whose process number now belongs to another program', async () => {
    leaveLock(process.pid);
    await startsOver();
  });

  test('a lock whose process number belongs to the PostgreSQL of another folder', async () => {
    const other = folder();
    const neighbour = await startPostgres({ dataDir: other, logger: quiet, throwAway: true });
    leaveLock(neighbour.pid());
    await startsOver();
    await neighbour.stop();
  });

  test('a lock whose process is a zombie', async () => {
    // The shell starts a child and becomes `sleep`, which never asks for it; the child outlives that moment.
    const parent = spawn('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const zombie = Number(await new Promise<string>((resolve) => parent.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))));
    await expect.poll(() => readFileSync(`/proc/${zombie}/stat`, 'utf8')).toContain(') Z ');
    leaveLock(zombie);
    await startsOver();
    parent.kill('SIGKILL');
  });

  test('a lock that is damaged or empty', async () => {
    writeFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'nonsense');
    await startsOver();
    writeFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), '');
    await startsOver();
  });

  test('a cluster that was being made when the power went', async () => {
    const fresh = folder();
    mkdirSync(path.join(fresh, 'postgres.new', 'base'), { recursive: true });
    writeFileSync(path.join(fresh, 'postgres.new', 'PG_VERSION'), '18\n');
    expect((await startsOver(fresh)).created).toBe(true);
  });

  test('a cluster of another major version is left alone, with a clear word', async () => {
    const old = folder();
    mkdirSync(path.join(old, 'postgres'), { recursive: true });
    writeFileSync(path.join(old, 'postgres', 'PG_VERSION'), '14\n');
    await expect(startPostgres({ dataDir: old, logger: quiet })).rejects.toThrow(/was made by PostgreSQL 14, but this machine has only/);
  });
});

describe('who runs it', () => {
  test.runIf(isRoot)('root without user namespaces: PostgreSQL runs as nobody, also at the second start', async () => {
    const dataDir = folder();
    chmodSync(path.dirname(dataDir), 0o755);
    const env = { YUGONG_NO_UNSHARE: '1' };
    const first = await serve(dataDir, { env });
    expect(statSync(path.join(dataDir, 'postgres')).uid).toBe(nobody);
    expect((await first.end('SIGTERM')).code).toBe(0);
    const second = await serve(dataDir, { env });
    expect((await second.end('SIGTERM')).code).toBe(0);
  });

  test.runIf(isRoot && openToAll(root))('an ordinary user: program and database are his, at the second start and after kill -9 too', async () => {
    const dataDir = folder();
    chownSync(path.dirname(dataDir), nobody, nobody);
    const first = await serve(dataDir, { uid: nobody });
    const { pid } = await joinPostgres({ dataDir, logger: quiet });
    for (const process of [first.pid, pid()]) expect(statSync(`/proc/${process}`).uid).toBe(nobody);
    expect(statSync(path.join(dataDir, 'postgres')).uid).toBe(nobody);
    await first.end('SIGKILL');
    const second = await serve(dataDir, { uid: nobody });
    expect(adopted(second)).toBe(true);
    expect((await second.end('SIGTERM')).code).toBe(0);
  });

  test.runIf(isRoot)('root with user namespaces: every file stays of root, below a folder that only root may enter', async () => {
    const dataDir = used();
    await serve(dataDir);
    expect(statSync(path.join(dataDir, 'postgres')).uid).toBe(0);
    expect(statSync(path.dirname(dataDir)).mode & 0o777).toBe(0o700);
  });
});

test('links that npm could not carry are made, broken ones are mended, right ones left', () => {
  const made = temporaryFolder();
  folders.push(made);
  mkdirSync(path.join(made, 'native/lib'), { recursive: true });
  writeFileSync(path.join(made, 'native/lib/a.so.1.2'), 'library');
  symlinkSync('gone', path.join(made, 'native/lib/a.so.1'));
  const links = ['a.so', 'a.so.1'].map((name) => ({ source: 'native/lib/a.so.1.2', target: `native/lib/${name}` }));
  writeFileSync(path.join(made, 'native/pg-symlinks.json'), JSON.stringify(links));
  hydrateLinks(made);
  hydrateLinks(made);
  for (const { target } of links) {
    expect(lstatSync(path.join(made, target)).isSymbolicLink()).toBe(true);
    expect(readFileSync(path.join(made, target), 'utf8')).toBe('library');
  }
});
