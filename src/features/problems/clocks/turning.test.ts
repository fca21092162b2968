import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { getProblem } from '../pool/contract.ts';
import { raiseProblems } from '../raise.ts';
import { raiseAllByRule } from './automatic.ts';
import { turnAll } from './turning.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-30' });
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }, { duty: 'development', organisationId: world.orgs.root }] });
});
afterAll(() => world.close());

const get = async (id: string) => (await world.app.ask(world.app.system, 'problems.get', { id })) as OutputOf<typeof getProblem>;
const idOf = (reply: { readonly output: unknown }): string => ({ id: '', ...(typeof reply.output === 'object' ? reply.output : {}) }).id;
const raise = async (input = {}) => idOf(await world.app.run(world.actors.desk, 'problems.raise', { title: '停电', kind: 'utilities', enterpriseId: world.orgs.enterprise, ...input }));
const run = async (name: string, id: string, input = {}) => world.app.run(world.app.system, `problems.${name}`, { id, ...input });
const kinds = async (id: string) => (await get(id)).steps.map((step) => step.kind);
const told = async (kind: string, id: string) => (await world.app.database.rows(sql`select 1 as one from notices_notices where kind = ${kind} and subject_id = ${id}`)).length;

describe('the turn of the clocks', () => {
  it('tells once what ran out, at the moment that it ran out, and marks a second one for the meeting', async () => {
    world.app.clock.stand('2023-06-30', '09:00');
    const id = await raise();
    world.app.clock.stand('2023-06-30', '11:00');
    expect(await turnAll(world.app)).toBe(0);
    world.app.clock.stand('2023-06-30', '15:00');
    expect(await turnAll(world.app)).toBe(1);
    expect(await turnAll(world.app)).toBe(0);
    const first = await get(id);
    expect(first).toMatchObject({ overdues: 1, forMeeting: false, version: 2 });
    expect(first.steps.at(-1)).toMatchObject({ kind: 'overdue', at: '2023-06-30T03:00:00.001Z', details: { step: 'sign' } });
    expect(await told('problems.overdue', id)).toBe(1);
    await run('sign', id);
    world.app.clock.stand('2023-07-04', '09:00');
    await turnAll(world.app);
    expect(await get(id)).toMatchObject({ overdues: 2, forMeeting: true });
    expect(await told('problems.overdue', id)).toBe(2);
  });

  it('ends a pause that has lasted as long as it may, and climbs when the solution was due', async () => {
    world.app.clock.stand('2023-06-30', '09:00');
    const id = await raise({ toOrgId: world.orgs.department });
    await run('reply', id, { text: '已联系' });
    await run('pause', id, { kind: 'enterprise', reason: '待资料', untilDay: '2023-07-04' });
    world.app.clock.stand('2023-07-05', '09:00');
    await turnAll(world.app);
    expect(await get(id)).toMatchObject({ state: 'handling', pausedAt: null });
    expect(await told('problems.resumed', id)).toBe(1);
    world.app.clock.stand('2023-08-30', '09:00');
    await turnAll(world.app);
    expect(await kinds(id)).toEqual(['raised', 'forwarded', 'replied', 'paused', 'resumed', 'overdue', 'escalated', 'escalated', 'escalated']);
    expect(await get(id)).toMatchObject({ tier: 5, overdue: true });
  });

  it('gives to the desk what a commissioner kept and did not settle within his days', async () => {
    world.app.clock.stand('2023-06-30', '09:00');
    const project = await world.project();
    await world.app.run(world.app.system, 'projects.assign_commissioner', { id: project, assignmentId: newId(), userId: world.actors.commissioner.userId });
    const id = idOf(await world.app.run(world.actors.commissioner, 'problems.raise', { title: '围挡', kind: 'construction', projectIds: [project], keep: true }));
    world.app.clock.stand('2023-07-06', '09:00');
    await turnAll(world.app);
    expect(await get(id)).toMatchObject({ tier: 2, ownerOrgId: world.orgs.desk, ownerUserName: null });
  });

  it('closes what nobody confirmed; closed is not solved', async () => {
    world.app.clock.stand('2023-06-30', '09:00');
    const id = await raise({ toOrgId: world.orgs.department });
    await run('submit', id, { text: '已办结' });
    world.app.clock.stand('2023-07-11', '09:00');
    await turnAll(world.app);
    expect(await get(id)).toMatchObject({ state: 'closed', satisfaction: 'no_answer', solvedAt: null });
  });

  it('turns everything once when two workers run at the same time', async () => {
    world.app.clock.stand('2023-06-30', '09:00');
    const many = 400;
    const to = { orgId: world.orgs.department, userId: null, tier: 2 as const };
    await world.app.database.transaction((tx) => raiseProblems(tx, world.app.system, Array.from({ length: many }, (_, i) => ({ title: `难题${i}`, kind: 'land', source: 'service' as const, to })), world.app.now()));
    world.app.clock.stand('2023-08-30', '09:00');
    const [a, b] = await Promise.all([turnAll(world.app), turnAll(world.app)]);
    await turnAll(world.app);
    expect(a + b).toBeGreaterThanOrEqual(many);
    const twice = await world.app.database.rows(sql`select problem_id, kind, tier, details from problems_steps where kind in ('overdue', 'escalated') group by problem_id, round, kind, tier, details having count(*) > 1`);
    expect(twice).toEqual([]);
    const lost = await world.app.database.rows(sql`select id from problems_problems p where title like '难题%' and (tier <> 5 or overdues <> 2 or version <> 2)`);
    expect(lost).toEqual([]);
    // What is told to one in great number is told in one notice; all of it is counted once.
    const counted = await world.app.database.row<{ count: number }>(sql`select coalesce(sum((facts ->> 'count')::int), 0)::int as count from notices_notices where kind = 'problems.overdue_many'`);
    expect(counted?.count).toBe(many * 2);
  }, 120_000);
});

describe('raising by rule', () => {
  it('raises nothing until the zone wants it, and then once for each red light', async () => {
    world.app.clock.stand('2023-06-30', '09:00');
    const project = await world.project();
    await world.app.database.run(sql`insert into projects_lights (id, project_id, rule, subject, object, level, since, level_since, numbers) values (${newId()}, ${project}, 'slow', '', 'investment', 3, '2023-06-01', '2023-06-01', '{}')`);
    expect(await raiseAllByRule(world.app)).toBe(0);
    const rules = { red_light: { on: true, kind: 'other', severity: 'urgent' }, case_due: { on: false, kind: 'approval', severity: 'urgent', workdays: 1 } };
    await world.app.run(world.app.system, 'problems.change_settings', { rules, approveUpdates: false, reason: '试行' });
    const [a, b] = await Promise.all([raiseAllByRule(world.app), raiseAllByRule(world.app)]);
    expect(a + b).toBe(1);
    expect(await raiseAllByRule(world.app)).toBe(0);
    const rows = await world.app.database.rows<{ title: string }>(sql`select title from problems_problems where source = 'automatic' and project_id = ${project}`);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.title).toMatch(/^红灯：.*（投资）$/);
  });
});

describe('counting anew', () => {
  it('changes the day and keeps what was used; it is a step of the history of each', async () => {
    world.app.clock.stand('2023-06-30', '09:00');
    const id = await raise({ toOrgId: world.orgs.department });
    const { body } = { body: {}, ...(await world.app.ask(world.app.system, 'problems.policy', { code: 'jiaozuo_13710' }) as object) };
    const longer = JSON.parse(JSON.stringify(body).replaceAll('"solve":{"count":7,"unit":"workday"}', '"solve":{"count":9,"unit":"workday"}')) as object;
    world.app.clock.stand('2023-07-05', '09:00');
    const preview = await world.app.run(world.app.system, 'problems.preview_policy', { code: 'jiaozuo_13710', body: longer });
    expect(preview.output).toMatchObject({ faults: [], earlier: 0 });
    const before = await get(id);
    await world.app.run(world.app.system, 'problems.save_policy', { code: 'jiaozuo_13710', body: longer, reason: '放宽' });
    expect((await get(id)).solveDueAt).toBe(before.solveDueAt);
    for (let after: string | null | undefined; after !== null;) {
      const { output } = await world.app.run(world.app.system, 'problems.recalculate', { code: 'jiaozuo_13710', reason: '按新版重算', ...(after === undefined ? {} : { after }) });
      after = (output as { next: string | null }).next;
    }
    const now = await get(id);
    expect(now).toMatchObject({ policyVersion: 2, usedMinutes: before.usedMinutes, limitMinutes: 9 * 1440 });
    expect(now.steps.at(-1)).toMatchObject({ kind: 'reclassified', text: '按新版重算' });
    expect(Date.parse(now.solveDueAt ?? '')).toBe(Date.parse(before.solveDueAt ?? '') + 2 * 86_400_000);
  });
});
