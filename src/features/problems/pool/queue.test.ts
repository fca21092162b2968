// The queue, its counts, its search and its file show the same problems under the same filters, to whoever may know them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentOf } from '../../../test/registry/inputs.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import type { listProblems, problemFacets } from './contract.ts';
import type { searchProblems } from './finding.ts';

type Filter = Omit<InputOf<typeof listProblems>, 'sort' | 'after' | 'limit'>;
let world: World;
let here = '';
let there = '';
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-26' });
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }, { duty: 'development', organisationId: world.orgs.root }] });
  [here, there] = [await world.project(), await world.project({ townId: world.orgs.otherTown })];
  for (const [index, title] of ['厂区外供电线路未接通', '用地指标尚缺38亩', '供水管网压力不足', '村民阻工三天'].entries()) {
    const id = await raise({ title, kind: index === 1 ? 'land' : 'utilities', severity: index === 0 ? 'urgent' : 'ordinary', projectIds: [index < 3 ? here : there] });
    if (index > 0) await step(world.actors.desk, 'forward', id, { toOrgId: index === 3 ? world.orgs.otherTown : world.orgs.department });
    if (index === 2) await step(world.actors.department, 'pause', id, { kind: 'enterprise', reason: '等企业补充资料' });
  }
});
afterAll(() => world.close());

const raise = async (input: object) => ((await world.app.run(world.actors.office, 'problems.raise', input)).output as { id: string }).id;
async function step(actor: Actor, name: string, id: string, input: object) {
  const row = await world.app.database.row<{ version: number }>(sql`select version from problems_problems where id = ${id}`);
  return world.app.run(actor, `problems.${name}`, { id, ...input }, { ifVersion: row?.version ?? 0 });
}
const list = async (actor: Actor, input: InputOf<typeof listProblems> = {}) => (await world.app.ask(actor, 'problems.list', input)) as OutputOf<typeof listProblems>;
const facets = async (actor: Actor, input: Filter = {}) => (await world.app.ask(actor, 'problems.facets', input)) as OutputOf<typeof problemFacets>;
const found = async (actor: Actor, q: string) => ((await world.app.ask(actor, 'problems.search', { q })) as OutputOf<typeof searchProblems>).items.map((item) => item.title);

it('counts beside each choice what the list shows when it is chosen, for every reader', async () => {
  for (const actor of [world.actors.office, world.actors.department, world.actors.town, world.actors.desk]) {
    const all = await facets(actor);
    expect(all.all).toBe((await list(actor)).items.length);
    for (const { value, count } of all.kinds) expect((await list(actor, { kind: [value] })).items).toHaveLength(count);
    for (const { value, count } of all.owners) expect((await list(actor, { owner: value })).items).toHaveLength(count);
    for (const { value, count } of all.towns) expect((await list(actor, { town: value, project: value === world.orgs.town ? here : there })).items).toHaveLength(count);
    expect((await list(actor, { paused: true })).items).toHaveLength(all.paused);
  }
  expect((await facets(world.actors.office)).cut).toBe(false);
});

it('shows what a choice would add under the filters of the others', async () => {
  const both = await facets(world.actors.office, { kind: ['land'] });
  expect(both.all).toBe(1);
  expect(both.kinds.find((one) => one.value === 'utilities')?.count).toBe(3);
  expect(both.severities.find((one) => one.value === 'urgent')?.count).toBe(0);
});

it('counts as overdue what the list shows as overdue, by the clock and without a job', async () => {
  world.app.clock.stand('2023-07-20');
  const { overdue } = await facets(world.actors.office);
  const items = (await list(world.actors.office, { overdue: true })).items;
  world.app.clock.stand('2023-06-26');
  expect(items.map((item) => item.title).sort()).toEqual(['厂区外供电线路未接通', '村民阻工三天', '用地指标尚缺38亩'].sort());
  expect(overdue).toBe(3);
  expect(items.every((item) => item.left?.over === true)).toBe(true);
});

it('pages through all of them once, in both orders', async () => {
  for (const sort of ['due', 'number'] as const) {
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await list(world.actors.office, { sort, limit: 1, ...(after === undefined ? {} : { after }) });
      seen.push(...page.items.map((item) => item.number));
      if (page.next === null) break;
      after = page.next;
    }
    expect([...seen].sort()).toEqual(['2023-0001', '2023-0002', '2023-0003', '2023-0004']);
  }
});

it('finds by number, by two characters and by initials, and only what the reader may know', async () => {
  const { office, town, enterprise } = world.actors;
  expect(await found(office, '2023-0002')).toEqual(['用地指标尚缺38亩']);
  expect(await found(office, '供')).toHaveLength(2);
  expect(await found(office, '供水')).toEqual(['供水管网压力不足']);
  expect(await found(office, 'gsgw')).toEqual(['供水管网压力不足']);
  expect(await found(office, 'cmzg')).toEqual(['村民阻工三天']);
  expect(await found(town, 'cmzg')).toEqual([]);
  expect(await found(enterprise, '供水')).toEqual([]);
});

it('takes away exactly what is shown, with the same words', async () => {
  const text = await contentOf(world.app.download(world.actors.office, 'problems.export', { format: 'csv', kind: 'utilities', sort: 'number' }));
  const lines = text.split(/\r?\n/).filter((line) => /2023-\d{4}/.test(line));
  expect(lines.map((line) => /2023-\d{4}/.exec(line)?.[0])).toEqual((await list(world.actors.office, { kind: ['utilities'], sort: 'number' })).items.map((item) => item.number));
  expect(lines.find((line) => line.includes('2023-0003'))).toContain('暂停，等企业');
  await expect(world.app.download(world.actors.enterprise, 'problems.export', {})).rejects.toMatchObject({ code: 'platform.not_allowed' });
});
