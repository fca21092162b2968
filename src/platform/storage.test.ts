import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyDatabase, freshDatabase } from '../test/world/database.ts';
import { readConfig, type Config } from './config.ts';
import { FolderBusy } from './lock.ts';
import { makeLog } from './log.ts';
import { migrationsDir } from './root.ts';
import { migrateStorage, openStorage } from './storage.ts';

let dataDir: string;
const log = makeLog('error');

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'yugong-storage-'));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function config(environment: Record<string, string> = {}): Config {
  return readConfig({ YUGONG_DATA: dataDir, ...environment });
}

test('a folder is fresh until a start has come to its end', async () => {
  writeFileSync(path.join(dataDir, 'yugong.config.json'), '{}');
  const first = await openStorage(config(), log);
  expect(first.fresh).toBe(true);
  await first.close();
  const second = await openStorage(config(), log);
  expect(second.fresh, 'the first start never came to its end').toBe(true);
  second.settled();
  await second.close();
  const third = await openStorage(config(), log);
  expect(third.fresh).toBe(false);
  await third.close();
});

test('a command may work beside a running server, with the same rows, and leaves it running', async () => {
  const server = await openStorage(config(), log);
  await expect(openStorage(config(), log)).rejects.toBeInstanceOf(FolderBusy);
  const pool = new pg.Pool(server.connection);
  await pool.query('create table seen (x text)');
  const beside = await openStorage(config(), log, { share: true });
  expect(beside.shared).toBe(true);
  const other = new pg.Pool(beside.connection);
  await other.query("insert into seen values ('甲')");
  await other.end();
  await beside.close();
  expect((await pool.query('select x from seen')).rows).toEqual([{ x: '甲' }]);
  await pool.end();
  await server.close();
});

test('two zones of one database do not see each other', async () => {
  const database = await emptyDatabase();
  const zones = ['one', 'two'].map((zone) => config({ DATABASE_URL: database.url, YUGONG_ZONE: zone }));
  for (const zone of zones) {
    const storage = await openStorage(zone, log);
    expect((await migrateStorage(storage, zone, migrationsDir)).length).toBeGreaterThan(0);
    expect(storage.fresh, "a server of one's own is never filled with a demonstration").toBe(false);
    await storage.close();
  }
  const tables = new pg.Pool({ connectionString: database.url });
  const { rows } = await tables.query<{ n: number }>(
    `select count(*)::int as n from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid
     where t.relnamespace = 'zone_one'::regnamespace and r.relnamespace <> 'zone_one'::regnamespace`,
  );
  expect(rows[0]?.n, 'no key leads out of a zone').toBe(0);
  await tables.end();
  await database.drop();
});

test('the lock guards the folder with DATABASE_URL, too', async () => {
  const database = await freshDatabase();
  const held = await openStorage(config({ DATABASE_URL: database.url }), log);
  await expect(openStorage(config({ DATABASE_URL: database.url }), log)).rejects.toThrow(/another Yugong process \(pid \d+\)/);
  await held.close();
  await database.drop();
});

test('a server that cannot be reached is told without the password, and the folder is free again', async () => {
  const url = 'postgresql://somebody:geheim@127.0.0.1:1/nothing';
  const attempt = openStorage(config({ DATABASE_URL: url }), log);
  await expect(attempt).rejects.toThrow(/DATABASE_URL: no connection \(ECONNREFUSED\)/);
  await expect(attempt).rejects.not.toThrow(/geheim/);
  await (await openStorage(config(), log)).close();
});

test('a database that cannot search Chinese text is refused', async () => {
  const good = await emptyDatabase();
  const client = new pg.Client(good.connection);
  await client.connect();
  const name = `${good.name}_c`;
  await client.query(`create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`);
  const url = new URL(good.url);
  url.pathname = `/${name}`;
  await expect(openStorage(config({ DATABASE_URL: url.href }), log)).rejects.toThrow(/LC_CTYPE=C/);
  await client.query(`drop database ${name}`);
  await client.end();
  await good.drop();
});
