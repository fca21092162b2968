// The warnings show what the approvals know: over the real database, through commands and jobs, for whatever order they come in.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { keepOpenCases } from '../cases/daily.ts';
import { keepAll } from '../../projects/keep.ts';
import { turnDay } from '../../../jobs.ts';
import { forecastAll } from './forecast.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-05-04' });
  const duties = ['development', 'land', 'planning', 'housing', 'environment', 'approval'].map((duty) => ({ duty, organisationId: world.orgs.department }));
  await world.app.run(world.app.system, 'people.edit_department_map', { items: duties });
});
afterAll(() => world.close());
beforeEach(() => world.app.clock.stand('2023-05-04'));

interface Lit { readonly rule: string; readonly level: number; readonly subject: string; readonly since: string; readonly numbers: Record<string, unknown> }
const lights = (id: string): Promise<Lit[]> => world.app.database.rows<Lit>(sql`
  select rule, level, subject, since, numbers from projects_lights where project_id = ${id} and cleared is null and object in ('prediction', 'approval') order by rule, subject`);
const shown = async (id: string): Promise<string[]> => (await lights(id)).map((one) => `${one.rule} ${one.level}`);
const differences = (): Promise<unknown> => world.app.ask(world.app.system, 'projects.recount', {});

async function built(fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return world.project({ builderId: world.orgs.enterprise, kind: 'enterprise', ...fields });
}

async function open(projectId: string, item = 'L06'): Promise<string> {
  const id = newId();
  await world.app.run(world.actors.enterprise, 'approvals.open_case', { id, projectId, item });
  return id;
}

async function happens(id: string, kind: string, parts: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const row = await world.app.database.row<{ version: number }>(sql`select version from approvals_cases where id = ${id}`);
  await world.app.run(world.actors.department, 'approvals.record_case_event', { id, kind, ...parts }, { ifVersion: row?.version ?? 0 });
}

async function turnTo(day: string): Promise<void> {
  world.app.clock.stand(day);
  await keepAll(world.app.database, world.app.now());
  await keepOpenCases(world.app.database, world.app.now());
  await forecastAll(world.app.database, world.app.now());
}

async function planned(fields: Readonly<Record<string, unknown>>): Promise<string> {
  const id = await built(fields);
  await plan('answer_facts', id, { answers: { verifiedCatalogue: false, relics: false, minerals: false, farmlandMu: 0, landWay: 'granted' } });
  return id;
}

async function plan(name: string, id: string, input: object): Promise<void> {
  const row = await world.app.database.row<{ version: number }>(sql`select version from approvals_plans where project_id = ${id}`);
  await world.app.run(world.actors.office, `approvals.${name}`, { id, ...input }, { ifVersion: row?.version ?? 0 });
}

describe('a case in hand', () => {
  it('lights its project on the day after the day of the law, with its item and who has it, and goes out with the decision', async () => {
    const project = await built();
    const id = await open(project);
    await happens(id, 'accepted', { document: '受理1号' });
    await turnTo('2023-05-31');
    expect(await shown(project)).toEqual([]);
    await turnTo('2023-06-02');
    const [light] = await lights(project);
    expect(light).toMatchObject({ rule: 'approval-overdue', level: 3, subject: id, since: '2023-06-01', numbers: { item: 'L06', itemZh: '建设用地规划许可证', department: '发展改革和统计局', clock: 'statutory', dueDay: '2023-05-31', lateDays: 2, workdays: 2 } });
    expect(await world.app.database.rows(sql`select distinct light from projects_access where project_id = ${project}`)).toEqual([{ light: 3 }]);
    expect(await differences()).toMatchObject({ differences: [] });
    await happens(id, 'decided', { outcome: 'approved', document: '地字1号' });
    expect(await shown(project)).toEqual([]);
    expect(await world.app.database.row(sql`select light from projects_projects where id = ${project}`)).toEqual({ light: 0 });
    // A decision that nobody delivers is late again after ten working days (art. 44).
    await turnTo('2023-06-20');
    expect(await lights(project)).toMatchObject([{ level: 3, numbers: { state: 'decided', dueDay: '2023-06-16' } }]);
    await happens(id, 'delivered');
    expect(await shown(project)).toEqual([]);
    expect(await differences()).toMatchObject({ differences: [] });
  });

  it('lights where it has stood still for more than ten working days, from the day on which it stopped, until it goes on', async () => {
    const project = await built();
    const id = await open(project);
    await happens(id, 'accepted', { document: '受理2号' });
    await happens(id, 'suspended', { reason: '权属争议', document: '中止2号' });
    await turnTo('2023-05-17');
    expect(await shown(project)).toEqual([]);
    await turnTo('2023-05-19');
    expect(await lights(project)).toMatchObject([{ rule: 'approval-standstill', level: 1, since: '2023-05-18', numbers: { state: 'suspended', clock: 'stopped', dueDay: '2023-05-04', workdays: 12 } }]);
    await happens(id, 'resumed');
    expect(await shown(project)).toEqual([]);
  });

  it('does not stand still while a special procedure lasts as long as was announced', async () => {
    const project = await built();
    const id = await open(project);
    await happens(id, 'accepted', { document: '受理3号' });
    await happens(id, 'special_begun', { procedure: 'expert_review', days: 15, document: '告知3号' });
    await turnTo('2023-06-07');
    expect(await shown(project)).toEqual([]);
    await turnTo('2023-06-08');
    expect(await lights(project)).toMatchObject([{ rule: 'approval-standstill', numbers: { state: 'special', dueDay: '2023-05-24' } }]);
  });

  it('that was accepted by silence is told when the day turns, without anybody doing anything', async () => {
    const project = await built();
    await open(project);
    await turnTo('2023-05-12');
    expect(await world.app.database.row(sql`select statutory_day from projects_pending where project_id = ${project}`)).toEqual({ statutory_day: '2023-05-31' });
    await turnTo('2023-06-01');
    expect(await shown(project)).toEqual(['approval-overdue 3']);
  });

  it('of a zone that had it before there were such warnings is told at the next turn of the day', async () => {
    const project = await built();
    const id = await open(project);
    await happens(id, 'accepted', { document: '受理4号' });
    await world.app.database.run(sql`delete from projects_pending where subject = ${id}`);
    world.app.clock.stand('2023-06-01');
    expect(await turnDay(world.app)).toBeGreaterThan(0);
    expect(await shown(project)).toEqual(['approval-overdue 3']);
  });
});

describe('a prediction', () => {
  it('lights by the days from the planned start to the predicted one, names what decides and whose it is, and a better plan clears it', async () => {
    const id = await planned({ plannedStart: '2023-05-10' });
    await plan('choose_plan', id, { stops: { L06: 60 } });
    const [light] = await lights(id);
    const kept = await world.app.database.row<{ begin_day: string; deciding: string }>(sql`select begin_day, deciding from approvals_plans where project_id = ${id}`);
    expect(light).toMatchObject({ rule: 'prediction-delay', numbers: { dueDay: '2023-05-10', predictedDay: kept?.begin_day, item: kept?.deciding, against: 'register', whose: 'nobody', department: '发展改革和统计局' } });
    expect(light?.level).toBe(3);
    const before = light?.since;
    await turnTo('2023-05-08');
    expect((await lights(id))[0]?.since).toBe(before);
    await world.app.run(world.actors.office, 'projects.edit', { id, plannedStart: kept?.begin_day }, { ifVersion: 1 });
    // The day of the forecast went on by the days that went by; a planned day a month before it lights nothing.
    expect(await shown(id)).toEqual([]);
    await world.app.run(world.actors.office, 'projects.edit', { id, plannedStart: '2023-09-20' }, { ifVersion: 2 });
    expect(await shown(id)).toEqual(['prediction-delay 2']);
    await plan('choose_plan', id, { stops: {}, measures: ['simulation', 'tolerance', 'promise'] });
    expect(await shown(id)).toEqual([]);
    expect(await differences()).toMatchObject({ differences: [] });
  });

  it('is measured against the agreed day where the register plans none', async () => {
    const id = await planned({});
    await plan('freeze_baseline', id, {});
    expect(await shown(id)).toEqual([]);
    await plan('choose_plan', id, { stops: { L06: 40 } });
    expect(await lights(id)).toMatchObject([{ rule: 'prediction-delay', level: 1, numbers: { against: 'agreed' } }]);
  });

  it('says whose clock it is as soon as the deciding item is applied for, and when that stops', async () => {
    const id = await planned({ plannedStart: '2023-01-31' });
    const deciding = async (): Promise<Record<string, unknown>> => (await lights(id)).find((one) => one.rule === 'prediction-delay')?.numbers ?? {};
    const item = String((await deciding())['item']);
    const one = await open(id, item);
    expect(await deciding()).toMatchObject({ item, whose: 'department' });
    await happens(one, 'correction_asked', { reason: '缺件', document: '补正1号' });
    expect(await deciding()).toMatchObject({ item, whose: 'applicant' });
  });

  it('and cases in hand light nothing while the project is paused, and again when it goes on', async () => {
    const id = await planned({ plannedStart: '2023-01-31' });
    const one = await open(id);
    await happens(one, 'accepted', { document: '受理5号' });
    await turnTo('2023-06-01');
    expect(await shown(id)).toEqual(['approval-overdue 3', 'prediction-delay 3']);
    await world.app.database.run(sql`update projects_projects set side_state = 'paused', side_reason = '资金' where id = ${id}`);
    await turnTo('2023-06-02');
    expect(await shown(id)).toEqual([]);
    await world.app.database.run(sql`update projects_projects set side_state = null, side_reason = null where id = ${id}`);
    await turnTo('2023-06-05');
    expect(await shown(id)).toEqual(['approval-overdue 3', 'prediction-delay 3']);
  });
});

describe('jobs and commands at once', () => {
  // Both in one order, so that neither ever waits for one who waits for it.
  it('lock the project before the case and the plan', async () => {
    const project = await planned({ plannedStart: '2023-01-31' });
    const one = await open(project);
    world.app.clock.stand('2023-05-12');
    const now = world.app.now();
    let jobs: Promise<unknown> = Promise.resolve();
    await world.app.database.transaction(async (tx) => {
      await tx.run(sql`select 1 from projects_projects where id = ${project} for update`);
      jobs = Promise.all([
        keepOpenCases(world.app.database, now), forecastAll(world.app.database, now), world.app.run(world.actors.department, 'approvals.record_case_event', { id: one, kind: 'accepted', document: '受理7号' }, { ifVersion: 1 }).catch(() => undefined),
      ]);
      await pause(600);
      await tx.run(sql`select 1 from approvals_cases where id = ${one} for update nowait`);
      await tx.run(sql`select 1 from approvals_plans where project_id = ${project} for update nowait`);
      // Nor was anything kept without the lock.
      expect(await tx.row(sql`select a.computed_on, c.status from approvals_plans a join approvals_cases c on c.project_id = a.project_id where c.id = ${one}`)).toEqual({ computed_on: '2023-05-04', status: 'received' });
    });
    await jobs;
    expect(await world.app.database.row(sql`select accepted_day from approvals_cases where id = ${one}`)).toEqual({ accepted_day: '2023-05-04' });
  });

  it('leave kept what the records say', async () => {
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(() => planned({ plannedStart: '2023-01-31' })));
    const cases: string[] = [];
    for (const id of ids) cases.push(await open(id), await open(id, 'L01'));
    for (const one of cases) await happens(one, 'accepted', { document: '受理6号' });
    world.app.clock.stand('2023-06-01');
    const now = world.app.now();
    const jobs = [keepAll(world.app.database, now), keepOpenCases(world.app.database, now), forecastAll(world.app.database, now)];
    const commands = cases.map(async (one, i) => {
      await pause(i * 7);
      await happens(one, 'decided', { outcome: 'approved', document: `准予${i}号` });
    });
    await Promise.all([...jobs, ...commands]);
    for (const id of ids) expect((await shown(id)).filter((one) => one.startsWith('approval'))).toEqual([]);
    expect(await differences()).toMatchObject({ differences: [] });
    const rest = await world.app.database.rows(sql`
      select a.project_id from approvals_plans a left join projects_predictions p on p.project_id = a.project_id
      where a.project_id = any(${ids}::uuid[]) and a.begin_day is distinct from p.begin_day`);
    expect(rest).toEqual([]);
  });
});
