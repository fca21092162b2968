// Two zones in one database: neither sees, counts or finds anything of the other, by commands, queries or plain statements.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { App } from '../../app.ts';
import { ensureZone } from '../../features/people/zone.ts';
import { openApp } from '../../house.ts';
import { newId } from '../../kernel/ids.ts';
import { readConfig } from '../../platform/config.ts';
import { sql } from '../../platform/db.ts';
import { makeLog } from '../../platform/log.ts';
import { migrate } from '../../platform/migrate.ts';
import { migrationsDir } from '../../platform/root.ts';
import { emptyDatabase, type FreshDatabase } from './database.ts';

let database: FreshDatabase;
let folder = '';
const zones: App[] = [];

beforeAll(async () => {
  database = await emptyDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'yugong-zones-'));
  for (const zone of ['one', 'two']) {
    const pool = new pg.Pool({ ...database.connection, max: 1 });
    await migrate(pool, { schema: `zone_${zone}`, dir: migrationsDir });
    await pool.end();
    const config = readConfig({ YUGONG_DATA: path.join(folder, zone), YUGONG_ZONE: zone });
    const app = await openApp({ config, connection: database.connection, log: makeLog('error'), synchronousCommit: false });
    await ensureZone(app, { demo: false });
    zones.push(app);
  }
});
afterAll(async () => {
  for (const app of zones) await app.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

it('keeps the projects, people and totals of two zones apart', async () => {
  const [one, two] = zones;
  if (one === undefined || two === undefined) throw new Error('two zones are needed');
  const id = newId();
  await one.run(one.system, 'projects.create', { id, name: '甲区项目', totalFen: 100 });
  expect(await one.ask(one.system, 'projects.portfolio', {})).toMatchObject({ all: { projects: 1 } });
  expect(await two.ask(two.system, 'projects.portfolio', {})).toMatchObject({ all: { projects: 0 } });
  await expect(two.ask(two.system, 'projects.record', { id })).rejects.toMatchObject({ code: 'platform.not_found' });
  await expect(two.run(two.system, 'projects.edit', { id, remarks: '越界' })).rejects.toMatchObject({ code: 'platform.not_found' });
  expect(await two.database.rows(sql`select id from projects_projects`)).toEqual([]);
  expect(await two.database.rows(sql`select 1 as one from platform_events where subject_id = ${id}`)).toEqual([]);
  const path = await two.database.row<{ path: string }>(sql`select current_setting('search_path') as path`);
  expect(path?.path).toBe('zone_two,public');
  const roots = await Promise.all(zones.map((app) => app.database.row<{ id: string }>(sql`select id from people_organisations where parent_id is null`)));
  expect(roots[0]?.id).not.toBe(roots[1]?.id);
});
