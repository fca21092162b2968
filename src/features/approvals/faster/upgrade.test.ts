import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql, Sql } from '../../../platform/db.ts';
import { root } from '../../../platform/root.ts';
import { readSetting } from '../../../platform/settings.ts';
import { SETTING, STANDARD, type Lifecycle } from '../../projects/lifecycle/shape.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';

let world: World;
beforeAll(async () => { world = await makeWorld(); });
afterAll(() => world.close());

const text = readFileSync(path.join(root, 'migrations', '0016_catalogue_gates.sql'), 'utf8');
const start = text.indexOf('update platform_settings');
const statement = new Sql([text.slice(start, text.indexOf(';', start))], []);

/** The standard as it came before the migration. */
const BEFORE: Lifecycle = {
  ...STANDARD,
  stages: STANDARD.stages.map((stage) => ({
    ...stage,
    conditions: stage.conditions.filter((one) => one.code !== 'approvals_land' && one.code !== 'approvals_discharge')
      .map((one) => (one.code === 'approvals_production' ? { ...one, kinds: ['enterprise' as const] } : one.code === 'approvals_use' ? { ...one, kinds: ['government' as const] } : one)),
  })),
};

async function upgraded(rules: Lifecycle): Promise<{ value: unknown; version: number } | undefined> {
  const db = world.app.database;
  await db.run(sql`delete from platform_settings where name = ${SETTING}`);
  await db.run(sql`insert into platform_settings (name, value, updated_at) values (${SETTING}, ${JSON.stringify(rules)}::jsonb, now())`);
  await db.run(statement);
  return readSetting(db, SETTING);
}

it('a zone that stored the rules as they came gets the new gates', async () => {
  expect(await upgraded(BEFORE)).toEqual({ value: STANDARD, version: 2 });
});

it('a zone that changed a single word of its rules keeps them', async () => {
  const own: Lifecycle = { ...BEFORE, effectMonths: 24 };
  expect(await upgraded(own)).toEqual({ value: own, version: 1 });
  expect((await upgraded(STANDARD))?.version).toBe(1);
});
