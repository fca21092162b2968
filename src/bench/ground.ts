// The ground on which everything is measured: a PostgreSQL of its own with the settings of the real one (fsync on), and a database for
// each size. Removed at the end unless a folder is named, which is then used again by the next run.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openApp } from '../house.ts';
import type { App } from '../app.ts';
import { readConfig } from '../platform/config.ts';
import { makeLog } from '../platform/log.ts';
import { migrate } from '../platform/migrate.ts';
import { startPostgres } from '../platform/postgres/launch.ts';
import { migrationsDir } from '../platform/root.ts';
import type { Connection } from './child.ts';
import { fill } from './fill.ts';

export const ZONE = 'bench';
export const SCHEMA = `zone_${ZONE}`;
export const POOL = 10;

export interface Ground {
  readonly folder: string;
  readonly postmaster: number;
  /** The data set of a size, made when it is first asked for. */
  data(projects: number): Promise<Connection>;
  /** A data set with more in it than the one that it is made from, made when it is first asked for. */
  filled(from: string, name: string, work: (app: App) => Promise<void>): Promise<Connection>;
  /** A copy of a data set, for what writes much. */
  copy(from: number | string, name: string): Promise<Connection>;
  stop(): Promise<void>;
}

export async function makeGround(kept: string | undefined, say: (line: string) => void): Promise<Ground> {
  const folder = kept ?? mkdtempSync(path.join(tmpdir(), 'yugong-bench-'));
  mkdirSync(folder, { recursive: true });
  const quiet = { info: () => undefined, warn: () => undefined };
  const server = await startPostgres({ dataDir: folder, logger: quiet, database: 'postgres' });
  const { host, port, user } = server.poolConfig;
  const maintenance = new pg.Client({ host, port, user, database: 'postgres' });
  await maintenance.connect();
  const at = (database: string): Connection => ({ host, port, user, database });
  const known = async (database: string): Promise<boolean> => ((await maintenance.query('select 1 from pg_database where datname = $1', [database])).rowCount ?? 0) > 0;
  // A set that is known is brought to the newest migration; a new one bears its name only when it is complete.
  const made = async (name: string, template: string, work: (app: App) => Promise<void>): Promise<Connection> => {
    const there = await known(name);
    const began = performance.now();
    if (!there) {
      await maintenance.query('drop database if exists bench_draft with (force)');
      await maintenance.query(`create database bench_draft template ${template} strategy file_copy`);
    }
    const pool = new pg.Pool({ ...at(there ? name : 'bench_draft'), max: 1 });
    await migrate(pool, { schema: SCHEMA, dir: migrationsDir }).finally(() => pool.end());
    if (there) return at(name);
    const app = await openBench(at('bench_draft'), path.join(folder, 'zone'));
    await work(app).finally(() => app.close());
    await maintenance.query(`alter database bench_draft rename to ${name}`);
    say(`${name} made in ${Math.round((performance.now() - began) / 1000)} s`);
    return at(name);
  };
  const data = (projects: number): Promise<Connection> => made(`bench_${projects}`, 'template1', (app) => fill(app, projects));
  return {
    folder, postmaster: server.pid(), data,
    filled: (from, name, work) => made(name, from, work),
    copy: async (from, name) => {
      await maintenance.query(`drop database if exists ${name} with (force)`);
      await maintenance.query(`create database ${name} template ${typeof from === 'number' ? `bench_${from}` : from} strategy file_copy`);
      return at(name);
    },
    stop: async () => {
      await maintenance.end();
      await server.stop();
      if (kept === undefined && existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The application over a data set; loading it may lose its last moments. */
export async function openBench(connection: Connection, folder: string): Promise<App> {
  mkdirSync(folder, { recursive: true });
  const config = readConfig({ YUGONG_DATA: folder, YUGONG_ZONE: ZONE, YUGONG_POOL: String(POOL) });
  const limits = { ...config.limits, statementTimeoutMs: 600_000 };
  return openApp({ config: { ...config, limits }, connection, log: makeLog('warn'), synchronousCommit: false });
}
