// One PostgreSQL for the whole test run: the server that TEST_DATABASE_URL or DATABASE_URL names, else a throw-away one in a temporary
// folder. The schema is migrated once into a template; each test copies it. Whatever was made is removed at the end.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../platform/migrate.ts';
import { startPostgres } from '../../platform/postgres/launch.ts';
import { ensureRole } from '../../platform/role.ts';

export type TestServer = {
  connection: { connectionString: string } | { host: string; port: number; user: string };
  /** The database to be in while making and dropping others. */
  maintenance: string;
  /** All databases of this run begin with it. */
  prefix: string;
  template: string;
  schema: string;
  /** The application's role, where the server lets us make one. */
  role?: string | undefined;
};

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
  const own = url === undefined || url === '' ? await startThrowAway() : undefined;
  const prefix = `yugong_test_${process.pid}_${Math.trunc(Math.random() * 1e6)}`;
  const server: TestServer = {
    connection: own === undefined ? { connectionString: url ?? '' } : own.address,
    maintenance: own === undefined ? new URL(url ?? '').pathname.slice(1) || 'postgres' : 'postgres',
    prefix,
    template: `${prefix}_template`,
    schema: 'zone_test',
  };
  try {
    server.role = await roleOf(server);
    await makeTemplate(server);
  } catch (error) {
    await own?.stop();
    throw error;
  }
  project.provide('testServer', server);
  return async () => {
    if (own === undefined) await dropAll(server);
    await own?.stop();
  };
}

async function startThrowAway(): Promise<{ address: { host: string; port: number; user: string }; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'yugong-test-'));
  const quiet = { info: () => undefined, warn: () => undefined };
  const postgres = await startPostgres({ dataDir: folder, logger: quiet, database: 'postgres', throwAway: true });
  const { host, port, user } = postgres.poolConfig;
  return {
    address: { host, port, user },
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function configFor(server: TestServer, database: string): pg.PoolConfig {
  if (!('connectionString' in server.connection)) return { ...server.connection, database };
  const url = new URL(server.connection.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}

async function roleOf(server: TestServer): Promise<string | undefined> {
  const client = new pg.Client(configFor(server, server.maintenance));
  await client.connect();
  try {
    return await ensureRole(client);
  } finally {
    await client.end();
  }
}

async function makeTemplate(server: TestServer): Promise<void> {
  await maintain(server, `create database ${server.template} template template0 encoding 'UTF8'`);
  const pool = new pg.Pool({ ...configFor(server, server.template), max: 1 });
  try {
    await migrate(pool, { schema: server.schema, dir: path.resolve(import.meta.dirname, '../../../migrations'), role: server.role });
  } finally {
    await pool.end();
  }
}

async function dropAll(server: TestServer): Promise<void> {
  const client = new pg.Client(configFor(server, server.maintenance));
  await client.connect();
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [server.prefix]);
  for (const { datname } of rows) await client.query(`drop database if exists ${pg.escapeIdentifier(datname)} with (force)`);
  await client.end();
}

export async function maintain(server: TestServer, statement: string): Promise<void> {
  const client = new pg.Client(configFor(server, server.maintenance));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
