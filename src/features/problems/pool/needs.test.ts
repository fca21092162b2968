// The first page says what of the problems needs whom, each problem once, and the numbers beside the words of the navigation count the same.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { newId } from '../../../kernel/ids.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import type { countWaiting, readToday } from '../../projects/portfolio/contract.ts';
import type { projectBeside } from '../../projects/register/contract.ts';

let world: World;
let project = '';
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-26' });
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }, { duty: 'development', organisationId: world.orgs.root }] });
  project = await world.project();
  await world.app.run(world.app.system, 'projects.assign_commissioner', { id: project, assignmentId: newId(), userId: world.actors.commissioner.userId }, { ifVersion: 1 });
});
afterAll(() => world.close());

const lines = async (actor: Actor) => ((await world.app.ask(actor, 'projects.today', {})) as OutputOf<typeof readToday>).items.filter((item) => item.kind === 'problem').map((item) => ({ line: item.values['line'], count: item.values['count'], urgency: item.urgency, href: item.href }));
const number = async (actor: Actor) => ((await world.app.ask(actor, 'projects.today_waiting', {})) as OutputOf<typeof countWaiting>).problems;
const version = async (id: string) => (await world.app.database.row<{ version: number }>(sql`select version from problems_problems where id = ${id}`))?.version ?? 0;
const step = async (actor: Actor, name: string, id: string, input = {}) => world.app.run(actor, `problems.${name}`, { id, ...input }, { ifVersion: await version(id) });
const raise = async (actor: Actor, input = {}) => ((await world.app.run(actor, 'problems.raise', { title: '厂区外供电线路未接通', kind: 'utilities', projectIds: [project], ...input })).output as { id: string }).id;

describe('what of the problems needs whom', () => {
  it('tells the desk what is to be signed and forwarded, and nobody else', async () => {
    const { actors } = world;
    const first = await raise(actors.enterprise, { projectIds: undefined });
    await raise(actors.enterprise, { projectIds: undefined });
    await step(actors.desk, 'sign', first);
    expect((await lines(actors.desk)).map(({ line, count, href }) => [line, count, href])).toEqual([['sign', 1, '/problems?mine=1&state=received'], ['forward', 1, '/problems?mine=1&state=accepted']]);
    expect(await number(actors.desk)).toBe(2);
    expect(await lines(actors.department)).toEqual([]);
    expect(await lines(actors.town)).toEqual([]);
  });

  it('tells the owner what waits for its first reply, and then what is over, each problem once', async () => {
    const { actors, orgs, app } = world;
    const id = await raise(actors.office);
    await step(actors.desk, 'forward', id, { toOrgId: orgs.department });
    expect((await lines(actors.department)).map((one) => [one.line, one.count])).toEqual([['reply', 1]]);
    app.clock.stand('2023-07-20');
    expect(await lines(actors.department)).toEqual([{ line: 'overdue', count: 1, urgency: 'now', href: '/problems?mine=1&overdue=1' }]);
    expect(await number(actors.department)).toBe(1);
    expect((await app.ask(actors.office, 'projects.beside', { id: project }) as OutputOf<typeof projectBeside>).problems).toEqual({ open: 1, over: 1, stopped: 0 });
    app.clock.stand('2023-06-26');
    await step(actors.department, 'reply', id, { text: '已联系供电公司' });
    expect(await lines(actors.department)).toEqual([]);
    await step(actors.department, 'pause', id, { kind: 'enterprise', reason: '等企业补充资料' });
    app.clock.stand('2023-06-27');
    expect(await lines(actors.department)).toEqual([]);
    expect((await app.ask(actors.office, 'projects.beside', { id: project }) as OutputOf<typeof projectBeside>).problems).toEqual({ open: 1, over: 0, stopped: 1 });
    await step(actors.department, 'submit', id, { text: '已送电' });
    expect((await lines(actors.commissioner)).map((one) => [one.line, one.href])).toEqual([['confirm', `/problems/${id}`]]);
    expect(await number(actors.commissioner)).toBe(1);
  });

  it('tells the enterprise what was answered and what it must confirm', async () => {
    const { actors, orgs } = world;
    const id = await raise(actors.enterprise, { projectIds: undefined, title: '稳岗补贴未兑现' });
    await step(actors.desk, 'forward', id, { toOrgId: orgs.department });
    expect((await lines(actors.enterprise)).filter((one) => one.href.endsWith(id))).toEqual([]);
    await step(actors.department, 'reply', id, { text: '正在核对' });
    expect((await lines(actors.enterprise)).filter((one) => one.href.endsWith(id)).map((one) => one.line)).toEqual(['answered']);
    await step(actors.department, 'submit', id, { text: '已拨付' });
    expect((await lines(actors.enterprise)).filter((one) => one.href.endsWith(id)).map((one) => one.line)).toEqual(['confirm']);
  });

  it('tells the office what is to be ruled and leaders what climbed to them', async () => {
    const { actors, orgs } = world;
    const id = await raise(actors.office, { title: '村民阻工' });
    for (let i = 0; i < 2; i += 1) {
      await step(actors.desk, 'forward', id, { toOrgId: orgs.department });
      await step(actors.department, 'hand_back', id, { reason: '不属本部门职责' });
    }
    expect((await lines(actors.office)).map((one) => one.line)).toContain('rule');
    expect((await lines(actors.leader)).map((one) => one.line)).toEqual([]);
    await step(actors.office, 'rule', id, { toOrgId: orgs.department, reason: '由发改部门承办' });
    await step(actors.office, 'escalate', id, { reason: '需市级协调' });
    expect(await lines(actors.leader)).toEqual([{ line: 'top', count: 1, urgency: 'now', href: '/problems?tier=4&tier=5' }]);
  });
});
