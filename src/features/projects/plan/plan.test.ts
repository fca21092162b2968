import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { checker } from '../../../platform/validate.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { dueMilestones, ganttProjects, listMilestones, proposeMilestones } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-30' });
});
afterAll(() => world.close());

const asPlan = checker(listMilestones.output);
const asGantt = checker(ganttProjects.output);
const asDue = checker(dueMilestones.output);
const asProposal = checker(proposeMilestones.output);

const read = async (id: string) => asPlan(await world.app.ask(world.actors.office, 'projects.milestones', { id }));
async function act(name: string, id: string, input: object, actor = world.actors.office): Promise<unknown> {
  const { version } = await read(id);
  return (await world.app.run(actor, `projects.${name}`, { id, ...input }, { ifVersion: version })).output;
}
async function planned(days: readonly string[] = ['2023-05-31', '2023-12-31'], fields: Readonly<Record<string, unknown>> = {}): Promise<{ id: string; milestones: string[] }> {
  const id = await world.project(fields);
  const milestones = days.map(() => newId());
  await act('set_milestones', id, { milestones: days.map((plannedDay, at) => ({ id: milestones[at], name: `节点${at}`, plannedDay, weight: 10 })) });
  return { id, milestones };
}

describe('the plan of a project', () => {
  it('is proposed from the template of its kind, entered in one batch, and lights up when overdue', async () => {
    const id = await world.project({ kind: 'enterprise', plannedStart: '2023-01-10', plannedCompletion: '2023-12-20', plannedProduction: '2024-02-01' });
    const proposal = asProposal(await world.app.ask(world.actors.office, 'projects.proposed_milestones', { id }));
    expect(proposal.items.length).toBeGreaterThan(5);
    await act('set_milestones', id, { milestones: proposal.items.map((one) => ({ id: newId(), ...one })) });
    const plan = await read(id);
    expect(plan.items.map((one) => one.plannedDay)).toEqual(proposal.items.map((one) => one.plannedDay));
    expect(plan.weights.all).toBe(100);
    const overdue = plan.items.filter((one) => one.state === 'overdue');
    expect(overdue.length).toBeGreaterThan(0);
    expect(overdue.every((one) => one.light > 0)).toBe(true);
  });

  it('turns the light off in the same moment in which the milestone is done, and on again when that is taken back', async () => {
    const { id, milestones: [first = ''] } = await planned();
    const lights = () => world.app.database.rows(sql`select 1 from projects_lights where project_id = ${id} and subject = ${first} and cleared is null`);
    expect(await lights()).toHaveLength(1);
    await expect(act('complete_milestone', id, { milestoneId: first, actualDay: '2023-07-01' })).rejects.toThrow('plan.actual_future');
    await act('complete_milestone', id, { milestoneId: first, actualDay: '2023-06-12' });
    expect(await lights()).toHaveLength(0);
    expect((await read(id)).items[0]).toMatchObject({ state: 'done', slipPlanDays: 12 });
    await act('reopen_milestone', id, { milestoneId: first, reason: '验收未通过' });
    expect(await lights()).toHaveLength(1);
  });

  it('keeps every baseline: days change only by re-baselining, which names why', async () => {
    const { id, milestones: [first = '', second = ''] } = await planned();
    await act('freeze_baseline', id, { baselineId: newId(), reason: '年度计划下达' });
    await expect(act('freeze_baseline', id, { baselineId: newId(), reason: '再来一次' })).rejects.toThrow('plan.baseline_exists');
    await expect(act('edit_milestone', id, { milestoneId: second, plannedDay: '2024-03-31' })).rejects.toThrow('plan.frozen');
    await expect(act('rebaseline', id, { baselineId: newId(), reason: '无权', changes: [] }, world.actors.commissioner)).rejects.toThrow(/not_found|not_allowed/);
    await act('add_milestone', id, { milestoneId: newId(), name: '新增节点', plannedDay: '2023-10-01' });
    await act('rebaseline', id, { baselineId: newId(), reason: '初步设计变更并重新批复', changes: [{ milestoneId: second, plannedDay: '2024-03-31' }] });
    await act('forecast_milestone', id, { milestoneId: second, forecastDay: '2024-04-10', reason: '设备晚到' });
    const plan = await read(id);
    expect(plan.baselines.map((one) => [one.number, one.reason, one.days.length])).toEqual([[2, '初步设计变更并重新批复', 3], [1, '年度计划下达', 2]]);
    expect(plan.baselines[1]?.days.find((one) => one.milestoneId === second)?.plannedDay).toBe('2023-12-31');
    expect(plan.items.find((one) => one.id === second)).toMatchObject({ plannedDay: '2024-03-31', baselineDay: '2024-03-31', firstDay: '2023-12-31', slipPlanDays: 10, slipBaselineDays: 10, slipFirstDays: 101 });
    await expect(act('remove_milestone', id, { milestoneId: first })).rejects.toThrow('plan.reason_needed');
    await act('remove_milestone', id, { milestoneId: first, reason: '合并到竣工节点' });
    expect((await read(id)).items.map((one) => one.id)).not.toContain(first);
    const events = await world.app.database.rows<{ kind: string; reason: string | null }>(sql`select kind, reason from platform_events where project_id = ${id} and kind like '%baseline%' order by seq`);
    expect(events).toEqual([{ kind: 'projects.baseline_frozen', reason: '年度计划下达' }, { kind: 'projects.rebaselined', reason: '初步设计变更并重新批复' }]);
  });

  it('refuses a stale version with what changed, an impossible day, and the milestone of another project', async () => {
    const { id, milestones: [first = ''] } = await planned();
    const other = await planned();
    const { version } = await read(id);
    await act('edit_milestone', id, { milestoneId: first, name: '主体封顶' });
    await expect(world.app.run(world.actors.office, 'projects.edit_milestone', { id, milestoneId: first, name: '主体完工' }, { ifVersion: version })).rejects.toMatchObject({ code: 'platform.stale_version', details: { current: version + 1 } });
    await expect(act('edit_milestone', id, { milestoneId: first, plannedDay: '2023-02-30' })).rejects.toThrow('platform.invalid');
    await expect(act('complete_milestone', id, { milestoneId: other.milestones[0], actualDay: '2023-06-01' })).rejects.toThrow('plan.unknown');
    await expect(act('set_milestones', id, { milestones: [{ id: other.milestones[0], name: '偷来的', plannedDay: '2023-12-01' }] })).rejects.toThrow('platform.conflict');
    await expect(world.app.ask(world.actors.town, 'projects.milestones', { id: (await planned(['2023-12-01'], { townId: world.orgs.otherTown })).id })).rejects.toThrow('platform.not_found');
  });
});

describe('many projects', () => {
  it('gives the Gantt page by page, filtered as the list, within the scope of the reader', async () => {
    await planned(['2023-08-01'], { townId: world.orgs.otherTown, level: 'provincial' });
    const whole = asGantt(await world.app.ask(world.actors.office, 'projects.gantt', {}));
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const part = asGantt(await world.app.ask(world.actors.office, 'projects.gantt', { limit: 2, ...(after === undefined ? {} : { after }) }));
      seen.push(...part.items.map((one) => one.id));
      if (part.next === null) break;
      after = part.next;
    }
    expect(seen).toEqual(whole.items.map((one) => one.id));
    const stored = await world.app.database.row<{ bars: number }>(sql`select count(*)::int as bars from projects_milestones where removed_at is null`);
    expect(whole.items.reduce((sum, one) => sum + one.bars.length, 0)).toBe(stored?.bars);
    const filtered = asGantt(await world.app.ask(world.actors.office, 'projects.gantt', { level: ['provincial'] }));
    expect(filtered.items).toHaveLength(1);
    expect(asGantt(await world.app.ask(world.actors.town, 'projects.gantt', { level: ['provincial'] })).items).toHaveLength(0);
  });

  it('lists what is due and overdue by day, each once, with counts of the whole answer', async () => {
    const all = asDue(await world.app.ask(world.actors.office, 'projects.due_milestones', { to: '2023-07-31' }));
    const open = await world.app.database.row<{ total: number; overdue: number }>(sql`
      select count(*)::int as total, (count(*) filter (where planned_day < '2023-06-30'))::int as overdue from projects_milestones where removed_at is null and actual_day is null and planned_day <= '2023-07-31'`);
    expect({ total: all.total, overdue: all.overdue }).toEqual(open);
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const part = asDue(await world.app.ask(world.actors.office, 'projects.due_milestones', { to: '2023-07-31', limit: 2, ...(after === undefined ? {} : { after }) }));
      seen.push(...part.items.map((one) => one.id));
      if (part.next === null) break;
      after = part.next;
    }
    expect(seen).toEqual(all.items.map((one) => one.id));
  });
});
