// The first page says what of the cases needs whom, and the number beside it counts the same.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { checker } from '../../../platform/validate.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { countWaiting, readToday } from '../../projects/portfolio/contract.ts';
import { keepOpenCases } from './daily.ts';

let world: World;
let project = '';

beforeAll(async () => {
  world = await makeWorld({ day: '2023-05-04' });
  await world.app.run(world.app.system, 'people.edit_department_map', { items: ['planning', 'development'].map((duty) => ({ duty, organisationId: world.orgs.department })) });
  project = await world.project({ builderId: world.orgs.enterprise });
  await world.app.run(world.app.system, 'projects.assign_commissioner', { id: project, assignmentId: newId(), userId: world.actors.commissioner.userId });
});
afterAll(() => world.close());
beforeEach(() => world.app.clock.stand('2023-05-04'));

const lines = async (actor: Actor) => checker(readToday.output)(await world.app.ask(actor, 'projects.today', {})).items.filter((one) => one.kind === 'case').map(({ level, values, dueDay, href, urgency }) => ({ level, values, dueDay, href, urgency }));
const number = async (actor: Actor) => checker(countWaiting.output)(await world.app.ask(actor, 'projects.today_waiting', {})).cases;

async function open(item: string): Promise<string> {
  const id = newId();
  await world.app.run(world.actors.enterprise, 'approvals.open_case', { id, projectId: project, item });
  return id;
}
async function happens(id: string, kind: string, parts: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const row = await world.app.database.row<{ version: number }>(sql`select version from approvals_cases where id = ${id}`);
  await world.app.run(world.actors.department, 'approvals.record_case_event', { id, kind, ...parts }, { ifVersion: row?.version ?? 0 });
}
async function until(day: string): Promise<void> {
  world.app.clock.stand(day);
  await keepOpenCases(world.app.database, world.app.now());
}

describe('the first page', () => {
  it('tells the body that handles cases what is due and what is over, and nobody else', async () => {
    const id = await open('L06');
    expect(await lines(world.actors.department)).toEqual([]);
    await happens(id, 'accepted', { document: '受理1号' });
    await until('2023-05-30');
    expect(await lines(world.actors.department)).toEqual([{ level: 2, values: { line: 'urgent', count: 1 }, dueDay: '2023-05-31', href: '/approvals/cases?level=urgent', urgency: 'week' }]);
    expect(await number(world.actors.department)).toBe(1);
    await until('2023-06-01');
    expect(await lines(world.actors.department)).toMatchObject([{ level: 3, values: { line: 'over', count: 1 }, urgency: 'now' }]);
    expect(await lines(world.actors.office)).toMatchObject([{ level: 2, values: { line: 'over_all', count: 1 } }]);
    expect([await number(world.actors.office), await number(world.actors.enterprise)]).toEqual([0, 0]);
    expect(await lines(world.actors.enterprise)).toEqual([]);
  });

  it('tells the applicant and his agent what to put right, by its name in their language, and the agent what stands still', async () => {
    const [wanted, still] = [await open('P02'), await open('P03')];
    await happens(wanted, 'correction_asked', { reason: '缺件', document: '补正1号' });
    await happens(still, 'accepted', { document: '受理2号' });
    await happens(still, 'suspended', { reason: '涉诉', document: '中止1号' });
    expect(await lines(world.actors.enterprise)).toEqual([{ level: 2, values: { line: 'correct', item: '企业投资项目备案', since: '2023-05-04' }, dueDay: null, href: `/approvals/cases/${wanted}`, urgency: 'week' }]);
    expect((await lines({ ...world.actors.enterprise, locale: 'en' }))[0]?.values['item']).toMatch(/filing/i);
    expect(await number(world.actors.enterprise)).toBe(1);
    expect((await lines(world.actors.commissioner)).map((one) => one.values['line'])).toEqual(['correct', 'stopped_suspension']);
    expect(await lines({ ...world.actors.commissioner, userId: newId() })).toMatchObject([{ values: { line: 'correct' } }]);
  });

  it('stands in the record of the project as numbers', async () => {
    expect(await world.app.ask(world.actors.commissioner, 'projects.beside', { id: project })).toMatchObject({ cases: { open: 3, over: 1, stopped: 1 } });
    expect(await world.app.ask({ ...world.actors.leader, permissions: new Set(['projects.read']) }, 'projects.beside', { id: project })).toMatchObject({ cases: { open: 0, over: 0, stopped: 0 } });
  });

  it('tells who only reads which projects slip', async () => {
    expect(await lines(world.actors.leader)).toEqual([]);
    await world.app.database.run(sql`
      insert into approvals_plans (project_id, version, start_day, ordering, measures, limits, combined, stops, begin_day, slip_days, updated_at)
      values (${project}, 1, '2023-05-04', 'parallel', '{}', 'promised', '{}', '{}', '2023-09-01', 30, now()) on conflict (project_id) do update set begin_day = '2023-09-01', slip_days = 30`);
    expect(await lines(world.actors.leader)).toMatchObject([{ level: 2, values: { line: 'slips', count: 30, expected: '2023-09-01' }, href: `/projects/${project}/approvals` }]);
  });
});
