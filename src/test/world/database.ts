// A fresh, migrated database for one test file. Copying the template takes some tens of milliseconds; two tests never share rows.
import type pg from 'pg';
import { inject } from 'vitest';
import { configFor, maintain } from './cluster.ts';

export type FreshDatabase = {
  name: string;
  /** The zone's schema in it, already migrated. */
  schema: string;
  /** For openDatabase: as the application's role, which may not change tables nor what stands in the event log. */
  connection: pg.PoolConfig;
  /** For pg.Pool and pg.Client: as the owner, whom nothing holds back. */
  owner: pg.PoolConfig;
  /** As a URL, for what runs in another process. */
  url: string;
  drop(): Promise<void>;
};

let made = 0;

export async function freshDatabase(): Promise<FreshDatabase> {
  const server = inject('testServer');
  made += 1;
  const name = `${server.prefix}_${process.pid}_${made}`;
  await copyTemplate(name, server.template);
  const owner = configFor(server, name);
  const connection = server.role === undefined ? owner : { ...owner, options: `-c role=${server.role}` };
  return { name, schema: server.schema, connection, owner, url: urlOf(owner), drop: () => maintain(server, `drop database if exists ${name} with (force)`) };
}

/** An empty database without any schema, for tests of migrations themselves. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  const server = inject('testServer');
  made += 1;
  const name = `${server.prefix}_${process.pid}_${made}`;
  await maintain(server, `create database ${name} template template0 encoding 'UTF8'`);
  const connection = configFor(server, name);
  return { name, schema: server.schema, connection, owner: connection, url: urlOf(connection), drop: () => maintain(server, `drop database if exists ${name} with (force)`) };
}

/** PostgreSQL refuses to copy a database that somebody is connected to (a second copy at the same moment counts): try again shortly. */
async function copyTemplate(name: string, template: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await maintain(inject('testServer'), `create database ${name} template ${template} strategy wal_log`);
    } catch (error) {
      if (attempt >= 50 || !(error instanceof Error) || !/being accessed by other users/.test(error.message)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
}

function urlOf(connection: pg.PoolConfig): string {
  if (connection.connectionString !== undefined) return connection.connectionString;
  return `postgresql://${connection.user ?? ''}@${encodeURIComponent(connection.host ?? '')}:${connection.port ?? 5432}/${connection.database ?? ''}`;
}
