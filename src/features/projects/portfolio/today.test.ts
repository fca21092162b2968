// The first page and the small numbers in the navigation: reminders until the report is in, what is red, owed and undecided.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { checker } from '../../../platform/validate.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { countWaiting, readToday } from './contract.ts';
import { arrange, PRESSING, SOURCES, type Found, type Source } from './today.ts';

let world: World;
let id = '';
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-03' });
  const { actors, app } = world;
  id = await world.project({ planFen: 24_000_000_00, totalFen: 100_000_000_00, actualStart: '2023-02-10', actualStartGrain: 'day', inStatistics: true });
  await app.database.run(sql`update projects_projects set stage = 'building', stage_day = '2023-03-01', commissioner_id = ${actors.commissioner.userId}, responsible_org_id = ${actors.town.orgId} where id = ${id}`);
  await within(actors.commissioner.userId);
}, 120_000);
afterAll(() => world.close());

/** The project within somebody's reach: who it is made for by the register is not the subject here. */
async function within(key: string): Promise<void> {
  await world.app.database.run(sql`
    insert into projects_access select ${key}, project_id, seq, stage, side_state, category, level, nature, list_year, town_id, park_id, light, in_statistics, package, total_fen, plan_fen, done_fen, stat_fen, rate_bp
    from projects_access where project_id = ${id} limit 1 on conflict do nothing`);
}

const today = async (actor: World['actors']['office']) => checker(readToday.output)(await world.app.ask(actor, 'projects.today', {}));
const waiting = async (actor: World['actors']['office']) => checker(countWaiting.output)(await world.app.ask(actor, 'projects.today_waiting', {}));

describe('a reminder', () => {
  it('stands on the first page of whom it was sent to, and of nobody else, until the report is in', async () => {
    const { actors, app } = world;
    expect((await today(actors.commissioner)).items.filter((one) => one.kind === 'reminder')).toEqual([]);
    await app.run(actors.office, 'projects.remind', { month: '2023-05', projectIds: [id] });
    const mine = (await today(actors.commissioner)).items.filter((one) => one.projectId === id && (one.kind === 'reminder' || one.kind === 'report'));
    expect(mine).toMatchObject([{ kind: 'reminder', values: { month: '2023-05', sentDay: '2023-06-03', count: 1 }, href: `/projects/${id}?tab=reports` }]);
    expect((await waiting(actors.commissioner)).owed).toBe(1);
    expect((await today(actors.office)).items.filter((one) => one.kind === 'reminder')).toEqual([]);
    await app.run(actors.office, 'projects.report', { id, month: '2023-05', dispatchFen: 100 });
    expect((await today(actors.commissioner)).items.filter((one) => one.kind === 'reminder')).toEqual([]);
  });
});

describe('the numbers beside the navigation', () => {
  it('count red projects within reach, and nothing beyond', async () => {
    await within(world.actors.commissioner.userId);
    await world.app.database.run(sql`update projects_access set light = 0 where project_id = ${id}`);
    const before = (await waiting(world.actors.office)).red;
    await world.app.database.run(sql`update projects_access set light = 3 where project_id = ${id}`);
    expect((await waiting(world.actors.office)).red).toBe(before + 1);
    expect((await waiting(world.actors.commissioner)).red).toBe(1);
    expect((await waiting(world.actors.enterprise)).red).toBe(0);
  });
});

it('says a missing report once to whom it was reminded of, as grave and as late as its light', () => {
  const line: Found = { id: 'a', kind: 'report', level: 3, project_id: 'p', project_name: '甲', town_name: null, commissioner_name: null, due_day: '2023-06-05', values: {} };
  const { items } = arrange([line, { ...line, id: 'b', kind: 'reminder', level: 2, due_day: null }, { ...line, id: 'c', project_id: 'q' }], '2023-06-10');
  expect(items.map((one) => [one.id, one.level, one.dueDay, one.urgency])).toEqual([['reminder:b', 3, '2023-06-05', 'now'], ['report:c', 3, '2023-06-05', 'now']]);
});

it('holds for today what is due by today or red without a day, and not what is grave but due later', () => {
  const line: Found = { id: 'a', kind: 'case', level: 3, project_id: 'p', project_name: '甲', town_name: null, commissioner_name: null, due_day: '2023-06-12', values: {} };
  const found = arrange([line, { ...line, id: 'b', due_day: '2023-06-10' }, { ...line, id: 'c', kind: 'light', due_day: null }, { ...line, id: 'd', level: 1, due_day: '2023-07-10' }, { ...line, id: 'e', level: 2, due_day: null }], '2023-06-10');
  expect(found.items.map((one) => [one.id.slice(-1), one.urgency])).toEqual([['b', 'now'], ['c', 'now'], ['a', 'week'], ['e', 'week'], ['d', 'later']]);
  expect(found.counts).toEqual({ now: 2, week: 2, later: 1 });
});

it('puts work that has a day before standing warnings, what is due first at the top', () => {
  const line: Found = { id: 'a', kind: 'light', level: 3, project_id: 'p', project_name: '甲', town_name: null, commissioner_name: null, due_day: null, values: {} };
  const found = arrange([
    line, { ...line, id: 'b', kind: 'milestone', level: 2, due_day: '2022-03-01' }, { ...line, id: 'c', kind: 'problem', level: 3, due_day: '2023-06-09' }, { ...line, id: 'd', kind: 'meeting', level: 2, due_day: '2023-06-10' },
    { ...line, id: 'e', kind: 'problem', level: 3, due_day: null }, { ...line, id: 'f', kind: 'meeting', level: 3, due_day: '2023-06-02' }, { ...line, id: 'g', kind: 'problem', level: 2, due_day: '2023-06-14' }, { ...line, id: 'h', kind: 'milestone', level: 1, due_day: '2023-06-11' },
  ], '2023-06-10');
  expect(found.items.map((one) => [one.id.slice(-1), one.urgency])).toEqual([['f', 'now'], ['c', 'now'], ['e', 'now'], ['d', 'now'], ['a', 'now'], ['b', 'now'], ['g', 'week'], ['h', 'week']]);
});

it('counts beside the navigation what the first page says is for today, for everybody', async () => {
  for (const actor of Object.values(world.actors)) expect([actor.name, (await waiting(actor)).now]).toEqual([actor.name, (await today(actor)).counts.now]);
  expect((await waiting(world.actors.office)).now).toBeGreaterThan(0);
});

it('has no source that can be pressing and is not counted', () => {
  expect((Object.keys(SOURCES) as Source[]).filter((source) => !PRESSING.includes(source))).toEqual(['commissioners', 'evidence', 'imports', 'exceptions', 'users']);
});

describe('a key project', () => {
  it('whose commissioner can no longer sign in waits to be handed over, on the first page and in its record', async () => {
    const { app, actors } = world;
    const id = await world.project();
    const userId = newId();
    await app.database.run(sql`insert into people_users (id, org_id, login, name) values (${userId}, ${world.orgs.root}, 'leaves-soon', '将离任')`);
    await app.run(app.system, 'projects.assign_commissioner', { id, assignmentId: newId(), userId });
    const waits = async () => (await today(actors.office)).items.filter((one) => one.kind === 'commissioner' && one.projectId === id).length;
    const step = async () => app.ask(actors.office, 'projects.record', { id });
    expect(await waits()).toBe(0);
    expect(await step()).not.toMatchObject({ nextStep: { kind: 'commissioner' } });
    await app.database.run(sql`update people_users set active = false where id = ${userId}`);
    expect(await waits()).toBe(1);
    expect(await step()).toMatchObject({ nextStep: { kind: 'commissioner' }, commissionerName: '将离任' });
  });

  it('with a waived condition stands before the auditor for the last days only', async () => {
    const { database } = world.app;
    const id = await world.project();
    const waive = (day: string) => database.run(sql`
      insert into projects_moves (id, project_id, from_stage, to_stage, day, waived, moved_by, moved_at) values (${newId()}, ${id}, 'planned', 'reserved', ${day}, array['outline'], ${world.actors.office.userId}, ${`${day}T04:00:00Z`})`);
    const waivers = async () => (await today(world.actors.auditor)).items.filter((one) => one.kind === 'waiver' && one.projectId === id).length;
    await waive('2023-03-01');
    expect(await waivers()).toBe(0);
    await waive('2023-06-01');
    expect(await waivers()).toBe(1);
  });
});
