import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { maintain } from '../test/world/cluster.ts';
import { emptyDatabase, freshDatabase } from '../test/world/database.ts';
import { readConfig, type Config } from './config.ts';
import { codeOf } from './db.ts';
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
  const pool = new pg.Pool(server.owner);
  pool.on('error', () => undefined);
  await pool.query('create table seen (x text)');
  const beside = await openStorage(config(), log, { share: true });
  expect(beside.shared).toBe(true);
  const other = new pg.Pool(beside.owner);
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

/** The refusal of the database, or `done`. */
async function tryAs(connection: pg.PoolConfig, statement: string): Promise<string> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await client.query(statement).then(() => 'done', codeOf);
  } finally {
    await client.end();
  }
}

test('in its own cluster the application signs in as a role that cannot change the event log, nor become the owner', async () => {
  const own = config();
  const storage = await openStorage(own, log);
  await migrateStorage(storage, own, migrationsDir);
  expect(storage.connection).toMatchObject({ user: 'yugong_app' });
  expect(await tryAs(storage.connection, 'select from zone_demo.platform_events')).toBe('done');
  for (const statement of ['update zone_demo.platform_events set reason = null', 'delete from zone_demo.platform_events', 'set role yugong', 'create table zone_demo.mine (x int)']) expect(await tryAs(storage.connection, statement)).toBe('42501');
  expect(await tryAs(storage.owner, 'update zone_demo.platform_events set reason = null')).toBe('done');
  await storage.close();
});

test('with DATABASE_URL a user who may make roles makes one, and one who may not is told so and works on', async () => {
  const database = await emptyDatabase();
  const owner = new pg.Client(database.owner);
  await owner.connect();
  for (const [name, rights] of [['maker', 'createrole'], ['plain', 'nocreaterole']] as const) {
    const user = `${database.name}_${name}`;
    await owner.query(`create role ${user} login ${rights}; alter database ${database.name} owner to ${user}`);
    const url = new URL(database.url);
    url.username = user;
    const zone = config({ DATABASE_URL: url.href, YUGONG_ZONE: name });
    const warned: string[] = [];
    const storage = await openStorage(zone, makeLog('warn', (line) => warned.push(line)));
    await migrateStorage(storage, zone, migrationsDir);
    expect(storage.role).toBe(name === 'maker' ? `${user}_app` : undefined);
    expect(warned.filter((line) => line.includes('works as the owner'))).toHaveLength(name === 'maker' ? 0 : 1);
    expect(await tryAs(storage.connection, `update zone_${name}.platform_events set reason = null`)).toBe(name === 'maker' ? '42501' : 'done');
    expect(await tryAs(storage.connection, `insert into zone_${name}.platform_settings (name, value) values ('a', '1')`)).toBe('done');
    await storage.close();
  }
  await owner.end();
  await database.drop();
  for (const role of ['maker_app', 'maker', 'plain']) await maintain(inject('testServer'), `drop role ${database.name}_${role}`);
});
