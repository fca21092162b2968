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

it('the recount names a cell that stands on one side only, whichever', async () => {
  const { database } = world.app;
  const { root } = world.orgs;
  const different = () => world.app.ask(world.app.system, 'projects.recount', {});
  await world.project({ category: '只此一项', totalFen: 700 });
  expect(await different()).toMatchObject({ differences: [] });
  await database.run(sql`insert into projects_total_changes (key, dimensions, cell_values, projects, total_fen, plan_fen, done_fen, stat_fen) values (${root}, array['category'], array['从来没有'], 2, 30, 0, 0, 0)`);
  await database.run(sql`insert into projects_total_changes (key, dimensions, cell_values, projects, total_fen, plan_fen, done_fen, stat_fen) values (${root}, array['category'], array['只此一项'], -1, -700, 0, 0, 0)`);
  expect(await different()).toMatchObject({ differences: [
    { dimension: 'category', value: '从来没有', kept: [2, 30, 0, 0, 0], counted: [0, 0, 0, 0, 0] },
    { dimension: 'category', value: '只此一项', kept: [0, 0, 0, 0, 0], counted: [1, 700, 0, 0, 0] },
  ] });
  await database.run(sql`delete from projects_total_changes where key = ${root} and cell_values = array['只此一项'] and cardinality(dimensions) = 1`);
  await database.run(sql`update projects_total_changes set dimensions = array_replace(dimensions, 'category', 'gone') where key = ${root} and '只此一项' = any(cell_values)`);
  expect(await different()).toMatchObject({ differences: expect.arrayContaining([expect.objectContaining({ dimension: 'category', value: '只此一项', kept: [0, 0, 0, 0, 0] })]) });
});
