// The turn of the day and what is told after it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from './kernel/ids.ts';
import { tellOfDay, turnDay, VISITS } from './jobs.ts';
import { sql } from './platform/db.ts';
import { saveSetting } from './platform/settings.ts';
import { makeWorld, type World } from './test/world/world.ts';

let world: World;
beforeAll(async () => { world = await makeWorld({ day: '2023-06-30' }); });
afterAll(() => world.close());

/** As a zone stands on a day: the turn of the day reads it from there. */
async function stand(day: string): Promise<void> {
  await world.app.database.transaction(async (tx) => saveSetting(tx, 'zone', { ...(await zone()), day }, world.app.system.userId, world.app.now().instant));
  await world.app.clock.refresh();
}
const setting = async (name: string) => (await world.app.database.row<{ value: unknown }>(sql`select value from platform_settings where name = ${name}`))?.value;
const zone = async () => { const value = await setting('zone'); return typeof value === 'object' ? value : {}; };
const told = async () => (await world.app.database.rows(sql`select 1 as one from notices_notices where kind = 'dispatch.visits_due'`)).length;

it('what cannot be told holds up no turn of the day, and is told from the day for which it was told last', async () => {
  const { app, actors } = world;
  await stand('2023-06-30');
  await turnDay(app);
  expect(await tellOfDay(app, VISITS)).toBe(0);
  const projectId = await world.project();
  await app.run(actors.office, 'projects.assign_commissioner', { id: projectId, assignmentId: newId(), userId: actors.commissioner.userId, fromDay: '2023-06-01' }, { ifVersion: 1 });
  await app.run(actors.commissioner, 'dispatch.plan_visit', { id: newId(), kind: 'visit', projectId, day: '2023-07-01' });
  const broken = { ...VISITS, tell: () => Promise.reject(new Error('a notice that fails')) };
  for (const day of ['2023-07-01', '2023-07-02']) {
    await stand(day);
    expect(await turnDay(app)).toBeGreaterThan(0);
    expect(await turnDay(app)).toBe(0);
    await expect(tellOfDay(app, broken)).rejects.toThrow('a notice that fails');
  }
  expect([await setting('projects.kept_for'), await setting(VISITS.mark), await told()]).toEqual(['2023-07-02', '2023-06-30', 0]);
  expect(await tellOfDay(app, VISITS)).toBe(1);
  expect(await tellOfDay(app, VISITS)).toBe(0);
  expect([await setting(VISITS.mark), await told()]).toEqual(['2023-07-02', 1]);
});

it('nothing is told of a day for which nothing was counted yet; a zone that had no marks goes on from the day of its last turn', async () => {
  const { app } = world;
  await app.database.run(sql`delete from platform_settings where name = ${VISITS.mark}`);
  await stand('2023-07-05');
  expect(await tellOfDay(app, VISITS)).toBe(0);
  expect(await setting(VISITS.mark)).toBeUndefined();
  await turnDay(app);
  expect(await setting(VISITS.mark)).toBe('2023-07-02');
});
