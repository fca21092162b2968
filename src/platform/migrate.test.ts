import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyDatabase, freshDatabase, type FreshDatabase } from '../test/world/database.ts';
import { migrate } from './migrate.ts';

let database: FreshDatabase;
let pool: pg.Pool;
let dir: string;

beforeEach(async () => {
  database = await emptyDatabase();
  pool = new pg.Pool(database.connection);
  dir = mkdtempSync(path.join(tmpdir(), 'yugong-migrations-'));
});

afterEach(async () => {
  await pool.end();
  await database.drop();
  rmSync(dir, { recursive: true });
});

function file(name: string, text: string): void {
  writeFileSync(path.join(dir, name), text);
}

test('files run in the order of their numbers, once', async () => {
  file('0002_b.sql', 'alter table t add column y int;');
  file('0001_a.sql', 'create table t (x int);');
  expect((await migrate(pool, { schema: 'zone_a', dir })).applied).toEqual(['0001_a.sql', '0002_b.sql']);
  expect((await migrate(pool, { schema: 'zone_a', dir })).applied).toEqual([]);
});

test('each zone gets tables of its own and the extensions are shared in public', async () => {
  file('0001_a.sql', 'create table t (x text); create index on t using gin (x gin_trgm_ops);');
  await migrate(pool, { schema: 'zone_a', dir });
  await migrate(pool, { schema: 'zone_b', dir });
  const { rows } = await pool.query("select table_schema from information_schema.tables where table_name = 't' order by 1");
  expect(rows).toEqual([{ table_schema: 'zone_a' }, { table_schema: 'zone_b' }]);
  const extensions = await pool.query("select extname from pg_extension where extnamespace = 'public'::regnamespace order by 1");
  expect(extensions.rows.map((row: { extname: string }) => row.extname)).toEqual(['btree_gin', 'btree_gist', 'ltree', 'pg_trgm']);
});

test('a file that fails leaves nothing behind, names its line, and runs when it is mended', async () => {
  file('0001_a.sql', 'create table t (x int);\n\nselect * from missing;');
  await expect(migrate(pool, { schema: 'zone_a', dir })).rejects.toThrow(/0001_a\.sql failed and was undone: .*missing.*line 3/);
  file('0001_a.sql', 'create table t (x int);');
  expect((await migrate(pool, { schema: 'zone_a', dir })).applied).toEqual(['0001_a.sql']);
});

test('a file that was edited after it ran is refused', async () => {
  file('0001_a.sql', 'create table t (x int);');
  await migrate(pool, { schema: 'zone_a', dir });
  file('0001_a.sql', 'create table t (x bigint);');
  await expect(migrate(pool, { schema: 'zone_a', dir })).rejects.toThrow(/0001_a\.sql was changed after it ran/);
});

test('other line ends are not an edit', async () => {
  file('0001_a.sql', 'create table t (\n x int);\n');
  await migrate(pool, { schema: 'zone_a', dir });
  file('0001_a.sql', 'create table t (\r\n x int);\r\n');
  expect((await migrate(pool, { schema: 'zone_a', dir })).applied).toEqual([]);
});

test('a database that a newer program changed is refused', async () => {
  file('0001_a.sql', 'create table t (x int);');
  file('0002_b.sql', 'alter table t add column y int;');
  await migrate(pool, { schema: 'zone_a', dir });
  rmSync(path.join(dir, '0002_b.sql'));
  await expect(migrate(pool, { schema: 'zone_a', dir })).rejects.toThrow(/newer than this program: it has the migration 0002_b\.sql/);
});

test('two programs that start at the same moment migrate once', async () => {
  file('0001_a.sql', 'create table t (x int); select pg_sleep(0.2);');
  const results = await Promise.all([1, 2, 3].map(() => migrate(pool, { schema: 'zone_a', dir })));
  expect(results.map((result) => result.applied.length).sort()).toEqual([0, 0, 1]);
});

test('two files with one number and names of another shape are refused', async () => {
  file('0001_a.sql', 'select 1;');
  file('0001_b.sql', 'select 1;');
  await expect(migrate(pool, { schema: 'zone_a', dir })).rejects.toThrow(/Two migrations bear the number 0001/);
  rmSync(path.join(dir, '0001_b.sql'));
  file('2_c.sql', 'select 1;');
  await expect(migrate(pool, { schema: 'zone_a', dir })).rejects.toThrow(/must be named like/);
});

test('the connection goes back to the pool with nothing set on it', async () => {
  file('0001_a.sql', 'create table t (x int);');
  const single = new pg.Pool({ ...database.connection, max: 1 });
  await migrate(single, { schema: 'zone_a', dir });
  const { rows } = await single.query<{ path: string; locks: string }>(
    "select current_setting('search_path') as path, (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks",
  );
  expect(rows).toEqual([{ path: '"$user", public', locks: '0' }]);
  await single.end();
});

test("the program's own migrations give every test a database of its own", async () => {
  const fresh = await freshDatabase();
  const client = new pg.Client(fresh.owner);
  await client.connect();
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${fresh.schema}.schema_migrations`);
  expect(rows[0]?.n).toBeGreaterThan(0);
  await client.end();
  await fresh.drop();
});
