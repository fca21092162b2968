// Brings one zone's schema to the newest migration. Plain SQL files, in order, each in its own transaction. Must never run a file
// twice, never accept one that was edited after it ran, and never touch a database that a newer program has changed.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { grantTo } from './role.ts';

export type MigrateOptions = {
  schema: string;
  dir: string;
  /** The role that the application works under, which is told afterwards what it may. */
  role?: string | undefined;
};
export type MigrateResult = { applied: string[]; version: string | undefined };

/** Extensions live in `public`, because they belong to the database and every zone uses them. */
const extensions = ['pg_trgm', 'btree_gin', 'btree_gist', 'ltree'] as const;
const schemaPattern = /^[a-z_][a-z0-9_]{0,62}$/;
const filePattern = /^\d{4}_[a-z0-9_]+\.sql$/;

export async function migrate(pool: pg.Pool, { schema, dir, role }: MigrateOptions): Promise<MigrateResult> {
  if (!schemaPattern.test(schema)) throw new Error(`Not a schema name: ${schema}`);
  const files = readMigrations(dir);
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query('set lock_timeout = 0');
    await client.query('set statement_timeout = 0');
    // One at a time over the whole database: `create extension` of two zones at once would collide.
    await client.query("select pg_advisory_lock(hashtext('yugong.migrate'))");
    const result = await applyAll(client, schema, files);
    if (role !== undefined) await grantTo(client, schema, role);
    await client.query("select pg_advisory_unlock(hashtext('yugong.migrate'))");
    await client.query('reset lock_timeout');
    await client.query('reset statement_timeout');
    await client.query('reset search_path');
    broken = false;
    return result;
  } finally {
    // A connection that failed half-way is thrown away; its advisory lock goes with it.
    client.release(broken);
  }
}

type Migration = { name: string; text: string; checksum: string };

function readMigrations(dir: string): Migration[] {
  const names = readdirSync(dir).filter((name) => name.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  return names.map((name) => {
    if (!filePattern.test(name)) throw new Error(`Migration ${name} must be named like 0001_people.sql`);
    const number = name.slice(0, 4);
    if (numbers.has(number)) throw new Error(`Two migrations bear the number ${number}`);
    numbers.add(number);
    const text = readFileSync(path.join(dir, name), 'utf8');
    // Line ends differ between checkouts; the meaning does not.
    return { name, text, checksum: createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex') };
  });
}

async function applyAll(client: pg.PoolClient, schema: string, files: readonly Migration[]): Promise<MigrateResult> {
  await createFrame(client, schema);
  const done = await readDone(client);
  const newest = files.at(-1)?.name;
  const unknown = [...done.keys()].filter((name) => !files.some((file) => file.name === name)).sort();
  if (unknown.length > 0) {
    throw new Error(
      unknown.some((name) => newest === undefined || name > newest)
        ? `This database is newer than this program: it has the migration ${unknown.at(-1)}. Start the newer version of Yugong.`
        : `This database has the migration ${unknown[0]}, which this program does not know.`,
    );
  }
  const applied: string[] = [];
  for (const file of files) {
    const checksum = done.get(file.name);
    if (checksum === undefined) {
      await applyOne(client, file);
      applied.push(file.name);
    } else if (checksum !== file.checksum) {
      throw new Error(`Migration ${file.name} was changed after it ran on this database. Put the old text back and write a new migration.`);
    }
  }
  return { applied, version: newest };
}

async function createFrame(client: pg.PoolClient, schema: string): Promise<void> {
  await client.query(`create schema if not exists ${pg.escapeIdentifier(schema)}`);
  for (const extension of extensions) await createExtension(client, extension);
  await client.query(`set search_path to ${pg.escapeIdentifier(schema)}, public`);
  await client.query(`create table if not exists ${pg.escapeIdentifier(schema)}.schema_migrations (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default clock_timestamp(),
    milliseconds int not null
  )`);
}

async function createExtension(client: pg.PoolClient, name: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_extension where extname = $1', [name]);
  if (rowCount !== 0) return;
  try {
    await client.query(`create extension if not exists ${name} schema public`);
  } catch (error) {
    throw new Error(
      `The extension ${name} is missing and could not be created (${error instanceof Error ? error.message : String(error)}). ` +
        `Install PostgreSQL's contrib package and run as the database's owner: create extension ${name} schema public;`,
      { cause: error },
    );
  }
}

async function readDone(client: pg.PoolClient): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from schema_migrations');
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

async function applyOne(client: pg.PoolClient, file: Migration): Promise<void> {
  const began = performance.now();
  await client.query('begin');
  try {
    await client.query(file.text);
    const milliseconds = Math.round(performance.now() - began);
    await client.query('insert into schema_migrations (name, checksum, milliseconds) values ($1, $2, $3)', [file.name, file.checksum, milliseconds]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new Error(`Migration ${file.name} failed and was undone: ${describe(error, file.text)}`, { cause: error });
  }
}

function describe(error: unknown, text: string): string {
  if (!(error instanceof Error)) return String(error);
  if (!('position' in error) || typeof error.position !== 'string') return error.message;
  return `${error.message} (line ${text.slice(0, Number(error.position)).split('\n').length})`;
}
