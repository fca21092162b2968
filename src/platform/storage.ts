// The data folder and the database of this process, held from start to stop: the folder's lock, the program's own PostgreSQL or the
// server that DATABASE_URL names. Must never hand out a connection before the database answers and is fit for use.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Config } from './config.ts';
import { FolderBusy, lockFolder, type FolderLock } from './lock.ts';
import type { Log } from './log.ts';
import { migrate } from './migrate.ts';
import { errorCode } from './processes.ts';
import { joinPostgres, startPostgres } from './postgres/launch.ts';
import { ensureRole } from './role.ts';

export type Storage = {
  /** For openDatabase: as the application, which may not change tables nor what stands in the event log. */
  connection: pg.PoolConfig;
  /** As the owner of the database: for migrations. */
  owner: pg.PoolConfig;
  /** The application's role; undefined where it has to work as the owner. */
  role: string | undefined;
  /** True when the folder held nothing before the first start, no start has come to its end since, and the database is the program's own. */
  fresh: boolean;
  /** Says that the zone is ready: the next start is not a first one any more. */
  settled(): void;
  /** True when another process serves the folder and this one works beside it. */
  shared: boolean;
  /** What the database is: for the log, without secrets. */
  description: string;
  close(): Promise<void>;
};

export type StorageOptions = {
  /** Work beside a running server instead of being refused: for commands that write through the database only. */
  share?: boolean;
};

export async function openStorage(config: Config, log: Log, options: StorageOptions = {}): Promise<Storage> {
  const empty = isEmpty(config.dataDir);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockOrShare(config, options);
  // A mark, because a first start that is killed half-way leaves a folder that is not empty and a zone that is not there.
  const mark = path.join(config.dataDir, firstStart);
  if (empty) writeFileSync(mark, '');
  try {
    const database = config.databaseUrl === undefined ? await ownServer(config, log, lock !== undefined) : await foreignServer(config.databaseUrl, log);
    return {
      connection: database.connection,
      owner: database.owner,
      role: database.role,
      fresh: existsSync(mark) && config.databaseUrl === undefined,
      settled: () => rmSync(mark, { force: true }),
      shared: lock === undefined,
      description: database.description,
      close: async () => {
        await database.stop();
        await lock?.release();
      },
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

/** Runs the migrations of the zone that the configuration names. */
export async function migrateStorage(storage: Storage, config: Config, dir: string): Promise<string[]> {
  const pool = new pg.Pool({ ...storage.owner, max: 1 });
  pool.on('error', () => undefined); // the server may be stopped before it has heard that the connection ends
  try {
    return (await migrate(pool, { schema: config.schema, dir, role: storage.role })).applied;
  } finally {
    await pool.end();
  }
}

const firstStart = '.first-start';

/** A configuration file alone does not make the folder used. */
function isEmpty(dataDir: string): boolean {
  return !existsSync(dataDir) || readdirSync(dataDir).every((name) => name === 'yugong.config.json' || name === 'run');
}

async function lockOrShare(config: Config, options: StorageOptions): Promise<FolderLock | undefined> {
  try {
    return await lockFolder(config.dataDir);
  } catch (error) {
    if (options.share === true && error instanceof FolderBusy) return undefined;
    throw error;
  }
}

type Server = Pick<Storage, 'connection' | 'owner' | 'role' | 'description'> & { stop(): Promise<void> };

async function ownServer(config: Config, log: Log, alone: boolean): Promise<Server> {
  const start = alone ? startPostgres : joinPostgres;
  const postgres = await start({ dataDir: config.dataDir, logger: log });
  const owner = postgres.poolConfig;
  try {
    const role = await ownRole(owner);
    return { connection: { ...owner, user: role }, owner, role, description: `PostgreSQL ${postgres.version} (own)`, stop: () => postgres.stop() };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** In the program's own cluster the application signs in as its role: it cannot go back to being the owner. */
async function ownRole(owner: pg.ClientConfig): Promise<string> {
  const client = new pg.Client(owner);
  client.on('error', () => undefined);
  await client.connect();
  try {
    const role = await ensureRole(client);
    if (role === undefined) throw new Error("The application's database role could not be made.");
    const { rowCount } = await client.query('select from pg_roles where rolname = $1 and rolcanlogin', [role]);
    if (rowCount === 0) await client.query(`alter role ${pg.escapeIdentifier(role)} login`);
    return role;
  } finally {
    await client.end();
  }
}

async function foreignServer(url: string, log: Log): Promise<Server> {
  const owner = { connectionString: url };
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    // The message of the driver may repeat parts of the URL; its code says enough.
    throw new Error(`DATABASE_URL: no connection (${errorCode(error) ?? 'unknown error'}). ${adviceFor(errorCode(error))}`);
  }
  try {
    const { rows } = await client.query<{ version: string; number: number; encoding: string; letters: boolean }>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
              current_setting('server_encoding') as encoding, '济' ~ '\\w' as letters`,
    );
    const found = rows[0];
    if (found === undefined || found.number < 150_000) throw new Error(`DATABASE_URL: PostgreSQL 15 or later is needed, found ${found?.version ?? 'nothing'}.`);
    if (found.encoding !== 'UTF8') throw new Error(`DATABASE_URL: the database must be UTF8, it is ${found.encoding}.`);
    if (!found.letters) {
      throw new Error('DATABASE_URL: the database was made with LC_CTYPE=C and cannot search Chinese text. Make it with: create database … template template0 encoding UTF8 locale \'C.UTF-8\';');
    }
    const role = await ensureRole(client);
    if (role === undefined) log.warn('the application works as the owner of the database and could change its event log; docs/operating.md says how to give it a role of its own');
    return { connection: role === undefined ? owner : { ...owner, options: `-c role=${role}` }, owner, role, description: `PostgreSQL ${found.version} (DATABASE_URL)`, stop: async () => undefined };
  } finally {
    await client.end();
  }
}

function adviceFor(code: string | undefined): string {
  switch (code) {
    case '28P01':
    case '28000':
      return 'The server refused the user or the password.';
    case '3D000':
      return 'The database does not exist: create it first.';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The host name is unknown.';
    case 'ECONNREFUSED':
      return 'Nothing listens at that host and port.';
    default:
      return 'Look at the server and at the URL.';
  }
}
