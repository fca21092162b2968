// The demonstration zone as it comes out of its commands: 182 projects and 178亿元 by the ordinary queries.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { App } from '../app.ts';
import { openApp } from '../house.ts';
import { readConfig } from '../platform/config.ts';
import { makeLog } from '../platform/log.ts';
import { freshDatabase, type FreshDatabase } from '../test/world/database.ts';
import { isLoaded, loadDemo } from './load.ts';

let app: App;
let database: FreshDatabase;
const folder = mkdtempSync(path.join(tmpdir(), 'yugong-demo-'));

beforeAll(async () => {
  database = await freshDatabase();
  const config = readConfig({ YUGONG_DATA: folder, YUGONG_ZONE: database.schema.replace(/^zone_/, ''), YUGONG_POOL: '8' });
  app = await openApp({ config: { ...config, schema: database.schema }, connection: database.connection, log: makeLog('warn'), synchronousCommit: false });
  const loaded = await loadDemo(app);
  process.stdout.write(`${JSON.stringify(loaded)}\n`);
}, 120_000);

afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('has 182 projects and 178亿元 of the half year by the ordinary queries', async () => {
  const sums = await app.ask(app.system, 'projects.sums', {});
  expect(sums).toMatchObject({ projects: 182, doneFen: 1_780_000_000_000 });
  expect(await isLoaded(app)).toBe(true);
});
