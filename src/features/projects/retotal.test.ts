import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../platform/db.ts';
import { makeWorld, type World } from '../../test/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

it('a body whose kind is put right sees the sums of its projects, and the recount agrees', async () => {
  const { enterprise } = world.orgs;
  const ids = await Promise.all([1, 2].map((n) => world.project({ builderId: enterprise, totalFen: n * 1_000_000, planFen: 500_000 })));
  await world.app.run(world.app.system, 'projects.report', { id: ids[0], month: '2023-06', dispatchFen: 120 });
  const sums = () => world.app.ask(world.actors.enterprise, 'projects.portfolio', {});
  const agrees = async () => expect(await world.app.ask(world.app.system, 'projects.recount', {})).toMatchObject({ differences: [] });
  const before = await sums();
  expect(before).toMatchObject({ all: { projects: 2, totalFen: 3_000_000, doneFen: 120 }, months: [{ month: '2023-06', dispatchFen: 120 }] });
  for (const [version, kind] of ['department', 'park', 'enterprise', 'department'].entries()) {
    await world.app.run(world.actors.admin, 'people.edit_organisation', { id: enterprise, kind }, { ifVersion: version + 1 });
    expect(await sums(), kind).toEqual(before);
    await agrees();
  }
  await world.app.run(world.app.system, 'projects.edit', { id: ids[1], totalFen: 9_000_000 });
  expect(await sums()).toMatchObject({ all: { projects: 2, totalFen: 10_000_000 } });
  await agrees();
  expect(await world.app.database.row(sql`select count(*)::int as rows from projects_total_changes where key = ${enterprise}`)).not.toEqual({ rows: 0 });
});
