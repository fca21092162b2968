import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { makeWorld, ROLES, type World } from '../../../test/world/world.ts';
import { nameKey } from '../../people/signin/feature.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

interface Item { readonly kind: string; readonly projectId: string | null; readonly values: Readonly<Record<string, unknown>> }
const items = async (actor = world.actors.admin): Promise<readonly Item[]> => {
  const answer = await world.app.ask(actor, 'projects.today', {});
  return typeof answer === 'object' && answer !== null && 'items' in answer && Array.isArray(answer.items) ? answer.items : [];
};
const lockOut = async (login: string): Promise<void> => {
  const until = new Date(world.app.now().instant.getTime() + 600_000);
  await world.app.database.run(sql`insert into people_attempts (key, failures, blocked_until, last_at) values (${nameKey(login)}, 8, ${until}, ${world.app.now().instant})`);
};

describe('the first page', () => {
  it('is there for every role', async () => {
    for (const role of ROLES) expect(await items(world.actors[role]), role).toBeInstanceOf(Array);
  });

  it('shows whoever manages people who is locked out, and nobody who does not exist', async () => {
    await lockOut('TEST-leader');
    await lockOut('nobody-here');
    expect((await items()).filter((one) => one.kind === 'locked_user').map((one) => one.values['login'])).toEqual(['test-leader']);
    expect((await items(world.actors.office)).filter((one) => one.kind === 'locked_user')).toEqual([]);
  });

  it('shows an administrator of one town only the people of his town', async () => {
    const town = { ...world.actors.town, permissions: new Set(['people.manage']) };
    await lockOut('test-town');
    expect((await items(town)).map((one) => one.values['login'])).toEqual(['test-town']);
  });
});

describe('a key project', () => {
  it('whose commissioner can no longer sign in waits to be handed over, on the first page and in its record', async () => {
    const { app, actors } = world;
    const id = await world.project();
    const userId = newId();
    await app.database.run(sql`insert into people_users (id, org_id, login, name) values (${userId}, ${world.orgs.root}, 'leaves-soon', '将离任')`);
    await app.run(app.system, 'projects.assign_commissioner', { id, assignmentId: newId(), userId });
    const waits = async () => (await items(actors.office)).filter((one) => one.kind === 'commissioner' && one.projectId === id).length;
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
    const waivers = async () => (await items(world.actors.auditor)).filter((one) => one.kind === 'waiver' && one.projectId === id).length;
    await waive('2023-03-01');
    expect(await waivers()).toBe(0);
    await waive('2023-06-01');
    expect(await waivers()).toBe(1);
  });
});
