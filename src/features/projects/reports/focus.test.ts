// The year that is shown: kept sums, lights, lists and totals follow it in both directions, and an empty list says it too.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-12-20' });
});
afterAll(() => world.close());

it('stays where the office puts it over the turn of the year, and goes back to the calendar', async () => {
  const { app, actors } = world;
  const id = await world.project({ planFen: 24_000, actualStart: '2023-02-10', actualStartGrain: 'day' });
  await app.database.run(sql`update projects_projects set stage = 'building', stage_day = '2023-03-01' where id = ${id}`);
  await app.run(app.system, 'projects.report', { id, month: '2023-11', dispatchFen: 12_000 });
  const record = () => app.ask(actors.office, 'projects.record', { id });
  const agrees = async () => expect(await app.ask(app.system, 'projects.recount', {})).toMatchObject({ differences: [] });
  const change = (year: number | null, ifVersion: number) => app.run(actors.office, 'projects.change_focus_year', { year, reason: '年终收尾' }, { ifVersion });
  app.clock.stand('2024-01-03');

  expect((await change(2023, 0)).output).toMatchObject({ year: 2023, version: 1 });
  expect(await record()).toMatchObject({ year: 2023, planFen: 24_000, doneFen: 12_000, rateBp: 5000, timeProgressBp: 10_000 });
  expect(await app.ask(actors.office, 'projects.portfolio', {})).toMatchObject({ year: 2023, all: { doneFen: 12_000 }, months: [{ month: '2023-11', dispatchFen: 12_000 }] });
  expect(await app.ask(actors.office, 'projects.list', { q: '没有这个项目' })).toMatchObject({ items: [], year: 2023, timeProgressBp: 10_000 });
  expect(await app.ask(actors.office, 'projects.focus_year', {})).toEqual({ year: 2023, set: 2023, calendarYear: 2024, version: 1 });
  await agrees();

  expect((await change(null, 1)).output).toMatchObject({ year: 2024, version: 2 });
  expect(await record()).toMatchObject({ year: 2024, planFen: 0, doneFen: 0 });
  expect(await app.ask(actors.office, 'projects.portfolio', {})).toMatchObject({ year: 2024, all: { doneFen: 0 }, months: [] });
  expect(await app.ask(actors.office, 'projects.list', { q: '没有这个项目' })).toMatchObject({ year: 2024 });
  await agrees();

  await expect(change(2026, 2)).rejects.toMatchObject({ code: 'reports.focus_year_far' });
  await expect(change(null, 2)).rejects.toMatchObject({ code: 'reports.unchanged' });
  await expect(app.run(actors.town, 'projects.change_focus_year', { year: 2023, reason: '越权' }, { ifVersion: 2 })).rejects.toMatchObject({ code: 'platform.not_allowed' });
});
