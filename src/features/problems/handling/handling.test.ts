import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { alike } from '../pool/similar.ts';
import { sql } from '../../../platform/db.ts';
import type { getKinds } from '../clocks/contract.ts';
import type { readToday } from '../../projects/portfolio/contract.ts';
import type { getProblem, listProblems } from '../pool/contract.ts';
import type { listUpdates, similarProblems } from './contract.ts';
import { lastUpdates } from './updates.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }, { duty: 'development', organisationId: world.orgs.root }] });
});
afterAll(() => world.close());

const get = async (actor: Actor, id: string) => (await world.app.ask(actor, 'problems.get', { id })) as OutputOf<typeof getProblem>;
const idOf = (reply: { readonly output: unknown }): string => ({ id: '', ...(typeof reply.output === 'object' ? reply.output : {}) }).id;
const raise = async (title: string, input = {}, actor = world.app.system) => idOf(await world.app.run(actor, 'problems.raise', { title, kind: 'utilities', ...input }));
const run = async (actor: Actor, name: string, id: string, input = {}) => world.app.run(actor, `problems.${name}`, { id, ...input }, { ifVersion: (await get(world.app.system, id)).version });

describe('what a commissioner keeps', () => {
  it('goes to the desk when he puts it one level higher: nobody waits for himself', async () => {
    const { actors, orgs } = world;
    const project = await world.project();
    await world.app.run(world.app.system, 'projects.assign_commissioner', { id: project, assignmentId: newId(), userId: actors.commissioner.userId });
    const id = await raise('塔吊进不去', { projectIds: [project], keep: true }, actors.commissioner);
    expect(await get(actors.commissioner, id)).toMatchObject({ tier: 1, ownerUserName: actors.commissioner.name });
    await run(actors.commissioner, 'escalate', id, { reason: '线路不归项目' });
    expect(await get(actors.desk, id)).toMatchObject({ tier: 2, ownerOrgId: orgs.desk, ownerUserName: null });
    await run(actors.desk, 'forward', id, { toOrgId: orgs.department });
    expect(await get(actors.desk, id)).toMatchObject({ ownerOrgId: orgs.department, state: 'assigned' });
  });
});

describe('merging', () => {
  it('keeps both histories, lets the asker follow, brings projects along, and resolves chains', async () => {
    const { actors, orgs } = world;
    const [first, second, third] = [await raise('停电', {}, actors.enterprise), await raise('线路故障停电', { projectIds: [await world.project()] }), await raise('供电中断', { projectIds: [await world.project()] })];
    await expect(get(actors.enterprise, second)).rejects.toMatchObject({ code: 'platform.not_found' });
    await run(actors.desk, 'merge', first, { into: second, reason: '同一事项' });
    expect(await get(actors.enterprise, second)).toMatchObject({ state: 'received', absorbed: [{ id: first }] });
    expect(await get(actors.enterprise, first)).toMatchObject({ state: 'merged', mergedInto: { id: second } });
    await run(actors.desk, 'merge', second, { into: third, reason: '同一事项' });
    // What is merged into one that is part of another becomes part of that other.
    const late = await raise('又停电', { enterpriseId: orgs.enterprise });
    await run(actors.desk, 'merge', late, { into: first, reason: '同一事项' });
    expect((await get(actors.desk, third)).absorbed.map((one) => one.id).sort()).toEqual([first, second, late].sort());
    expect((await get(actors.desk, third)).projects).toHaveLength(2);
    expect((await get(actors.enterprise, third)).steps.filter((step) => step.kind === 'absorbed')).toHaveLength(2);
    expect((await get(actors.desk, second)).steps.map((step) => step.kind)).toEqual(['raised', 'absorbed', 'merged']);
  });

  it('refuses a problem into itself, also round a corner, and one that has ended', async () => {
    const { desk } = world.actors;
    const [a, b] = [await raise('甲', { projectIds: [await world.project()] }), await raise('乙', { projectIds: [await world.project()] })];
    await expect(run(desk, 'merge', a, { into: a, reason: '误' })).rejects.toMatchObject({ code: 'problems.merge_itself' });
    await run(desk, 'merge', a, { into: b, reason: '同一事项' });
    await expect(run(desk, 'merge', b, { into: a, reason: '同一事项' })).rejects.toMatchObject({ code: 'problems.merge_itself' });
    const ended = await raise('丙', { projectIds: [await world.project()] });
    await run(desk, 'decline', ended, { reason: '司法事项' });
    await expect(run(desk, 'merge', b, { into: ended, reason: '同一事项' })).rejects.toMatchObject({ code: 'problems.step_not_now' });
  });

  it('lets what is overdue go on: the other becomes part of it, not the other way round', async () => {
    const { desk } = world.actors;
    const old = await raise('甲', { projectIds: [await world.project()] });
    const day = world.app.now().day;
    world.app.clock.stand('2023-07-20');
    const young = await raise('乙', { projectIds: [await world.project()] });
    await expect(run(desk, 'merge', old, { into: young, reason: '同一事项' })).rejects.toMatchObject({ code: 'problems.merge_overdue' });
    await run(desk, 'merge', young, { into: old, reason: '同一事项' });
    expect(await get(desk, old)).toMatchObject({ overdue: true, absorbed: [{ id: young }] });
    world.app.clock.stand(day);
  });

  it('of two that are merged into each other at once, one is refused', async () => {
    const { desk } = world.actors;
    const [a, b] = [await raise('甲', { projectIds: [await world.project()] }), await raise('乙', { projectIds: [await world.project()] })];
    const results = await Promise.allSettled([run(desk, 'merge', a, { into: b, reason: '同一事项' }), run(desk, 'merge', b, { into: a, reason: '同一事项' })]);
    expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([(await get(desk, a)).state, (await get(desk, b)).state].sort()).toEqual(['merged', 'received']);
  });
});

describe('likely duplicates', () => {
  it('are of the same project or enterprise and alike in words; a stranger learns nothing', async () => {
    const { desk, town } = world.actors;
    const project = await world.project({ townId: world.orgs.otherTown });
    const id = await raise('厂区外供电线路未接通', { projectIds: [project] });
    await raise('招不到工人', { projectIds: [project] });
    const ask = async (actor: Actor) => ((await world.app.ask(actor, 'problems.similar', { title: '厂外供电线路还没有接通', projectIds: [project] })) as OutputOf<typeof similarProblems>).items;
    expect(await ask(desk)).toMatchObject([{ id, sameProject: true, open: true }]);
    expect(await ask(town)).toEqual([]);
  });

  it('score by the pairs of characters that both have', () => {
    expect(alike({ title: '供电线路未接通', ask: '' }, { title: '供电线路未接通', ask: '' })).toBe(100);
    expect(alike({ title: '供电线路未接通', ask: '' }, { title: '招不到工人', ask: '' })).toBe(0);
    expect(alike({ title: '供电线路未接通', ask: '' }, { title: '供电线路没有接通', ask: '' })).toBeGreaterThan(50);
  });
});

describe('updates', () => {
  it('count when they are told; where they must be approved, only then, and not by their author', async () => {
    const { actors, orgs, app } = world;
    const id = await raise('停水', { projectIds: [await world.project()], toOrgId: orgs.department });
    const updateId = newId();
    await run(actors.department, 'update', id, { updateId, text: '已立案' });
    expect((await lastUpdates(app.database, [id])).get(id)).toMatchObject({ text: '已立案' });
    const { rules } = (await app.ask(app.system, 'problems.settings', {})) as { rules: object };
    await app.run(actors.office, 'problems.change_settings', { rules, approveUpdates: true, reason: '先审后报' }, { ifVersion: 0 });
    expect((await lastUpdates(app.database, [id])).size).toBe(0);
    const waiting = async () => ((await app.ask(actors.office, 'problems.list', { toApprove: true })) as OutputOf<typeof listProblems>).items.map((one) => one.id);
    const lines = async () => ((await app.ask(actors.office, 'projects.today', {})) as OutputOf<typeof readToday>).items.filter((one) => one.values['line'] === 'updates').map((one) => one.values['count']);
    expect([await waiting(), await lines()]).toEqual([[id], [1]]);
    await expect(app.run(actors.office, 'problems.judge_update', { id, updateId, verdict: 'refused' })).rejects.toMatchObject({ code: 'problems.update_reason' });
    await app.run(actors.office, 'problems.judge_update', { id, updateId, verdict: 'approved' });
    expect((await lastUpdates(app.database, [id])).get(id)).toMatchObject({ text: '已立案' });
    expect([await waiting(), await lines()]).toEqual([[], []]);
    await expect(app.run(actors.office, 'problems.judge_update', { id, updateId, verdict: 'approved' })).rejects.toMatchObject({ code: 'problems.update_judged' });
    const own = newId();
    await run(actors.office, 'update', id, { updateId: own, text: '项目办催办' });
    await expect(app.run(actors.office, 'problems.judge_update', { id, updateId: own, verdict: 'approved' })).rejects.toMatchObject({ code: 'problems.own_update' });
    expect((await app.ask(actors.department, 'problems.updates', { id })) as OutputOf<typeof listUpdates>).toMatchObject({ approve: true, mayJudge: false, items: [{ text: '项目办催办', verdict: null }, { text: '已立案', verdict: 'approved' }] });
  });
});

describe('what may not be', () => {
  it('a problem of nothing, one that calls itself what others alone may raise, an enterprise that works on it as an office', async () => {
    const { actors, orgs } = world;
    await expect(raise('停水', { projectIds: [] }, actors.office)).rejects.toMatchObject({ code: 'problems.of_nothing' });
    for (const source of ['instruction', 'automatic', 'visit']) await expect(raise('停水', { source }, actors.enterprise)).rejects.toMatchObject({ code: 'problems.source_not_yours' });
    await expect(raise('停水', { source: 'automatic', projectIds: [await world.project()] }, actors.office)).rejects.toMatchObject({ code: 'problems.source_not_yours' });
    const id = await raise('停水', {}, actors.enterprise);
    await expect(run(actors.desk, 'forward', id, { toOrgId: orgs.department, coOrgIds: [orgs.enterprise] })).rejects.toMatchObject({ code: 'problems.owner_unknown' });
    await run(actors.desk, 'forward', id, { toOrgId: orgs.department, coOrgIds: [orgs.department, orgs.town] });
    expect((await get(actors.desk, id)).coOwners.map((one) => one.orgId)).toEqual([orgs.town]);
  });

  it('an overdue problem withdrawn by whoever raised it and has to solve it; in time he may', async () => {
    const { commissioner } = world.actors;
    const project = await world.project();
    await world.app.run(world.app.system, 'projects.assign_commissioner', { id: project, assignmentId: newId(), userId: commissioner.userId });
    const [late, early] = [await raise('道路未通', { projectIds: [project], keep: true }, commissioner), await raise('道路未通', { projectIds: [project], keep: true }, commissioner)];
    await run(commissioner, 'withdraw', early, { reason: '已自行解决' });
    const day = world.app.now().day;
    world.app.clock.stand('2023-07-20');
    await expect(run(commissioner, 'withdraw', late, { reason: '已自行解决' })).rejects.toMatchObject({ code: 'problems.own_overdue' });
    world.app.clock.stand(day);
  });

  it('a kind taken away that some problem bears; any other may be', async () => {
    const { kinds } = (await world.app.ask(world.actors.office, 'problems.kinds_kept', {})) as OutputOf<typeof getKinds>;
    await raise('停水', {}, world.actors.enterprise);
    const without = (code: string) => world.app.run(world.app.system, 'problems.change_kinds', { kinds: kinds.filter((one) => one.code !== code), reason: '精简' });
    await expect(without('utilities')).rejects.toMatchObject({ code: 'problems.kind_in_use' });
    expect((await without('conduct')).output).toEqual({ version: 1 });
  });
});

describe('the asker', () => {
  it('is told that he was answered, and that he was declined; nobody is told of his own answer', async () => {
    const { actors, orgs, app } = world;
    const told = async (id: string) => (await app.database.rows<{ kind: string }>(sql`select n.kind from notices_notices n join notices_inbox r on r.notice_id = n.id where n.subject_id = ${id} and r.user_id = ${actors.enterprise.userId} order by n.id`)).map((row) => row.kind);
    const [answered, declined] = [await raise('停水', {}, actors.enterprise), await raise('执行难', { enterpriseId: orgs.enterprise }, actors.desk)];
    await run(actors.desk, 'forward', answered, { toOrgId: orgs.department });
    await run(actors.department, 'reply', answered, { text: '已联系' });
    await run(actors.desk, 'decline', declined, { reason: '司法事项' });
    expect(await told(answered)).toEqual(['problems.replied']);
    expect(await told(declined)).toEqual(['problems.declined']);
  });
});

describe('corrections', () => {
  it('change the words and what is served, are steps of the history, and say no phone number', async () => {
    const { actors } = world;
    const [one, other] = [await world.project(), await world.project()];
    const id = await raise('停水', { projectIds: [one] });
    await run(actors.desk, 'edit', id, { title: '厂区停水', contactPhone: '13800000000' });
    const edited = await get(actors.desk, id);
    expect(edited).toMatchObject({ title: '厂区停水', contactPhone: '13800000000' });
    expect(JSON.stringify(edited.steps)).not.toContain('13800000000');
    await run(actors.office, 'add_project', id, { projectId: other });
    await run(actors.office, 'remove_project', id, { projectId: one });
    expect(await get(actors.desk, id)).toMatchObject({ projectId: other, projects: [{ id: other }] });
    await expect(run(actors.office, 'remove_project', id, { projectId: other })).rejects.toMatchObject({ code: 'problems.of_nothing' });
  });
});
