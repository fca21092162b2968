// Makes a cluster (initdb) and runs its server as a child process. Knows nothing of Yugong's databases; never deletes a cluster that
// was in use.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { errorCode, isRunning, pause } from '../processes.ts';
import { giveTo, removeFolder, type Identity } from './identity.ts';
import { clearSocketLock, type Postmaster } from './postmaster.ts';

export const superuser = 'yugong';
export const socketName = '.s.PGSQL.5432';

/** Without a UTF-8 character type, pg_trgm finds no trigrams in Chinese text and ltree refuses Chinese labels. */
export const locales = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'en_US.utf8', 'zh_CN.UTF-8', 'UTF-8'] as const;

/** Recovery after a crash replays the log since the last checkpoint (max_wal_size 2 GB): minutes on a slow disk, not seconds. */
const startLimitMs = 300_000;
const logLimitBytes = 10_000_000;

export type ClusterOptions = { cluster: string; logFile: string; socketDirectory: string; identity: Identity; throwAway: boolean };

/** Creates the cluster beside its place and moves it there when complete, so a half-made one is never taken for a whole one. */
export async function createCluster(options: ClusterOptions, locale: string): Promise<void> {
  const { cluster, identity } = options;
  const half = `${cluster}.new`;
  removeFolder(half);
  mkdirSync(half, { recursive: true, mode: 0o700 });
  giveTo(half, identity.owner);
  await run(options, identity.binaries.initdb, [
    '-D', half, '-U', superuser, '-E', 'UTF8', `--locale=${locale}`, '--auth=trust', ...(options.throwAway ? ['--no-sync'] : []),
  ]);
  renameSync(half, cluster);
}

function run(options: ClusterOptions, program: string, args: readonly string[]): Promise<void> {
  const [command, rest] = commandOf(options.identity, program, args);
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, { ...options.identity.options, env: environment(), cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${path.basename(program)} failed (${code}): ${output.trim().split('\n').slice(-6).join('\n')}`));
    });
  });
}

function commandOf(identity: Identity, program: string, args: readonly string[]): [string, string[]] {
  const [command, ...rest] = [...identity.prefix, program, ...args];
  return [command ?? program, rest];
}

/** The server reads PG* variables of its surroundings; those of an operator's shell must not change ours. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: process.env['HOME'], LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'], TZ: 'UTC' };
}

/** Starts the server and waits until it answers. */
export async function startServer(options: ClusterOptions): Promise<Postmaster> {
  const { cluster, identity, socketDirectory } = options;
  clearSocketLock(path.join(socketDirectory, socketName), cluster);
  keepLogSmall(options.logFile);
  const log = openSync(options.logFile, 'a', 0o600);
  const [command, args] = commandOf(identity, identity.binaries.postgres, ['-D', cluster, '-k', socketDirectory, ...settings(options)]);
  // Detached: Ctrl-C in a terminal goes to the whole group, and the database has to outlive the last request of its program.
  const child = spawn(command, args, { ...identity.options, env: environment(), cwd: '/', detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const failed = new Promise<Error>((resolve) => child.once('error', resolve));
  child.unref();
  const { pid } = child;
  if (pid === undefined) throw await failed;
  const postmaster = { pid, socketDirectory, port: 5432 };
  await waitUntilReady(postmaster, options.logFile);
  return postmaster;
}

function keepLogSmall(logFile: string): void {
  if (existsSync(logFile) && statSync(logFile).size > logLimitBytes) {
    rmSync(`${logFile}.1`, { force: true });
    renameSync(logFile, `${logFile}.1`);
  }
}

function settings(options: ClusterOptions): string[] {
  const values = {
    listen_addresses: '',
    unix_socket_permissions: '0700',
    max_connections: '100',
    // A quarter of a small machine; the demonstration zone and 100,000 projects both fit.
    shared_buffers: options.throwAway ? '128MB' : '256MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    // Disks of today: a random page costs little more than the next one.
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    fsync: options.throwAway ? 'off' : 'on',
    synchronous_commit: options.throwAway ? 'off' : 'on',
    full_page_writes: options.throwAway ? 'off' : 'on',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Waits through recovery; gives up at once when the process ended, with the last words of its log. */
export async function waitUntilReady(postmaster: Postmaster, logFile: string): Promise<void> {
  const end = performance.now() + startLimitMs;
  for (let wait = 10; ; wait = Math.min(wait * 1.5, 500)) {
    const problem = await tryConnect(postmaster);
    if (problem === undefined) return;
    if (!isRunning(postmaster.pid)) throw new Error(`PostgreSQL did not start. Its log (${logFile}) ends with:\n${tail(logFile)}`);
    if (performance.now() > end) throw new Error(`PostgreSQL did not answer within ${startLimitMs / 1000} s: ${problem}`);
    await pause(wait);
  }
}

async function tryConnect(postmaster: Postmaster): Promise<string | undefined> {
  const client = new pg.Client({ ...addressOf(postmaster), database: 'postgres', connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return undefined;
  } catch (error) {
    return errorCode(error) ?? String(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function addressOf(postmaster: Postmaster): { host: string; port: number; user: string } {
  return { host: postmaster.socketDirectory, port: postmaster.port, user: superuser };
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n') : '(no log)';
}
