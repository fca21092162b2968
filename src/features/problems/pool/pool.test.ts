import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../../test/world/world.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { getProblem, listProblems } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }, { duty: 'development', organisationId: world.orgs.root }] });
});
afterAll(() => world.close());

const get = async (actor: Actor, id: string) => (await world.app.ask(actor, 'problems.get', { id })) as OutputOf<typeof getProblem>;
const list = async (actor: Actor, input = {}) => (await world.app.ask(actor, 'problems.list', input)) as OutputOf<typeof listProblems>;
const run = async (actor: Actor, name: string, id: string, input = {}) => world.app.run(actor, `problems.${name}`, { id, ...input }, { ifVersion: (await get(world.app.system, id)).version });
const raise = async (actor: Actor, input = {}) => ((await world.app.run(actor, 'problems.raise', { title: '厂区外供电线路未接通', kind: 'utilities', ...input })).output as { id: string; number: string });

describe('a problem from the enterprise to its solution', () => {
  it('lies on the desk, is forwarded, answered, submitted; each step has its owner and its clock', async () => {
    const { actors, orgs } = world;
    const { id, number } = await raise(actors.enterprise, { ask: '请协调供电公司' });
    expect(number).toMatch(/^2023-\d{4}$/);
    expect(await get(actors.desk, id)).toMatchObject({ state: 'received', step: 'sign', ownerOrgId: orgs.desk, tier: 1, may: expect.arrayContaining(['signed', 'forwarded', 'declined']) });
    expect((await get(actors.enterprise, id)).may).toEqual(['withdrawn']);
    await run(actors.desk, 'sign', id);
    await run(actors.desk, 'forward', id, { toOrgId: orgs.department });
    expect(await get(actors.department, id)).toMatchObject({ state: 'assigned', step: 'reply', tier: 2, ownerOrgId: orgs.department });
    expect((await list(actors.department, { mine: true })).items.map((one) => one.id)).toContain(id);
    await run(actors.department, 'reply', id, { text: '已联系供电公司' });
    await run(actors.department, 'submit', id, { text: '已送电' });
    const done = await get(actors.enterprise, id);
    expect(done).toMatchObject({ state: 'submitted', step: 'confirm', late: false });
    expect(done.steps.map((step) => step.kind)).toEqual(['raised', 'signed', 'forwarded', 'replied', 'submitted']);
  });

  it('is not found by a town that has nothing to do with it', async () => {
    const { id } = await raise(world.actors.enterprise);
    await expect(get(world.actors.town, id)).rejects.toMatchObject({ code: 'platform.not_found' });
    expect((await list(world.actors.town)).items).toEqual([]);
  });

  it('follows the readers of its project', async () => {
    const project = await world.project({ townId: world.orgs.otherTown });
    const { id } = await raise(world.actors.office, { projectIds: [project] });
    await expect(get(world.actors.town, id)).rejects.toMatchObject({ code: 'platform.not_found' });
    await world.app.run(world.app.system, 'projects.edit', { id: project, townId: world.orgs.town }, { ifVersion: 1 });
    expect((await get(world.actors.town, id)).number).toMatch(/2023/);
  });

  it('goes to the office for a ruling when it was handed back twice', async () => {
    const { actors, orgs } = world;
    const { id } = await raise(actors.enterprise);
    for (let i = 0; i < 2; i += 1) {
      await run(actors.desk, 'forward', id, { toOrgId: orgs.department });
      await run(actors.department, 'hand_back', id, { reason: '不属本部门职责' });
    }
    expect(await get(actors.office, id)).toMatchObject({ state: 'ruling', step: 'forward', handbacks: 2, tier: 3, ownerOrgId: orgs.root });
    await run(actors.office, 'rule', id, { toOrgId: orgs.department, reason: '由发改部门承办' });
    expect(await get(actors.office, id)).toMatchObject({ state: 'assigned', ownerOrgId: orgs.department });
  });
});
