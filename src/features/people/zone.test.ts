import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nowAt } from '../../kernel/clock.ts';
import { openDatabase, sql, type Database } from '../../platform/db.ts';
import { freshDatabase, type FreshDatabase } from '../../test/world/database.ts';
import { passwordMatches } from './hashing.ts';
import { ensureZone } from './zone.ts';

let fresh: FreshDatabase;
let database: Database;
let folder: string;
beforeEach(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ connection: fresh.connection, schema: fresh.schema, poolSize: 4, statementTimeoutMs: 10_000 });
  folder = mkdtempSync(path.join(tmpdir(), 'yugong-zone-'));
});
afterEach(async () => {
  await database.close();
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});
const place = () => ({ database, config: { dataDir: folder }, now: () => nowAt(new Date(), '2023-06-30') });
const count = async (table: string) => (await database.row<{ n: number }>(sql`select count(*) as n from ${sql.id(table)}`))?.n;

it('makes an administrator whose password only the owner of the data folder can read, and says where it stands', async () => {
  const report = await ensureZone(place(), { demo: false, name: '某示范区' });
  expect(report).toMatchObject({ created: true, firstPasswordFile: path.join(folder, 'first-password.txt') });
  const file = report.firstPasswordFile ?? '';
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const [login, password] = readFileSync(file, 'utf8').split('\n');
  const user = await database.row<{ login: string; password_hash: string; must_change: boolean }>(sql`select login, password_hash, must_change from people_users`);
  expect(user).toMatchObject({ login, must_change: true });
  expect(await passwordMatches(user?.password_hash, password ?? '')).toBe(true);
  expect(await count('people_roles')).toBe(10);
});

it('does it once, whoever comes first', async () => {
  const reports = await Promise.all([ensureZone(place(), { demo: false }), ensureZone(place(), { demo: false })]);
  expect(reports.filter((report) => report.created)).toHaveLength(1);
  expect(new Set(reports.map((report) => report.rootId)).size).toBe(1);
  expect(await count('people_users')).toBe(1);
  expect((await ensureZone(place(), { demo: false })).created).toBe(false);
  const password = readFileSync(path.join(folder, 'first-password.txt'), 'utf8').split('\n')[1] ?? '';
  expect(await passwordMatches((await database.row<{ password_hash: string }>(sql`select password_hash from people_users`))?.password_hash, password)).toBe(true);
});

it('makes neither administrator nor password in the demonstration', async () => {
  const report = await ensureZone(place(), { demo: true, day: '2023-06-30' });
  expect(report.firstPasswordFile).toBeUndefined();
  expect(await count('people_users')).toBe(0);
  expect(await database.row(sql`select value from platform_settings where name = 'zone'`)).toEqual({ value: { demo: true, day: '2023-06-30' } });
});
