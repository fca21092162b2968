// What a meeting escalates: the problem climbs with the minutes, in their transaction, and minutes and history say so.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { addItem, decide, issue, open, plan, version } from '../../../test/world/meetings.ts';

let world: World;
beforeAll(async () => { world = await makeWorld({ day: '2023-06-30' }); });
afterAll(() => world.close());

const office = () => world.actors.office;
const rows = <Row>(statement: ReturnType<typeof sql>) => world.app.database.rows<Row>(statement);
const state = async (id: string) => (await rows<{ tier: number; for_meeting: boolean }>(sql`select tier, for_meeting from problems_problems where id = ${id}`))[0];
const steps = async (id: string) => (await rows<{ kind: string; text: string; details: { said?: string } }>(sql`select kind, text, details from problems_steps where problem_id = ${id} order by seq`)).map((one) => [one.kind, one.details.said ?? null, one.text]);

async function raised(title: string): Promise<string> {
  const projectId = await world.project();
  await world.app.run(office(), 'problems.raise', { title, kind: 'land', source: 'commissioner', projectIds: [projectId] });
  return (await rows<{ id: string }>(sql`select id from problems_problems where title = ${title}`))[0]?.id ?? '';
}

async function escalated(problemId: string, to: 'leader' | 'main' | 'meeting'): Promise<{ readonly id: string; readonly decisionId: string }> {
  const id = await plan(world.app, office());
  const itemId = await addItem(world.app, office(), id, { problemId });
  await open(world.app, office(), id);
  const decisionId = await decide(world.app, office(), id, itemId, { kind: 'escalate', escalateTo: to, reason: '跨区域协调', measure: undefined, dueDay: undefined });
  return { id, decisionId };
}

it('a problem climbs to whom it is escalated when the minutes are out, not while they are written', async () => {
  const problemId = await raised('外部供电通道');
  const { id, decisionId } = await escalated(problemId, 'leader');
  expect((await state(problemId))?.tier).toBeLessThan(4);
  await issue(world.app, office(), id);
  expect(await state(problemId)).toEqual({ tier: 4, for_meeting: false });
  expect((await steps(problemId)).at(-1)).toEqual(['escalated', 'raised', '跨区域协调']);
  const [minutes] = await rows<{ blocks: unknown }>(sql`select blocks from dispatch_minutes where meeting_id = ${id}`);
  expect(JSON.stringify(minutes?.blocks)).toMatch(/提请分管领导研究。难题[^。]+提级至分管领导协调。理由：跨区域协调。/);
  await world.app.run(world.actors.leader, 'dispatch.answer_escalation', { id: decisionId, answer: '由分管领导召集' });
  expect((await steps(problemId)).at(-1)).toEqual(['noted', 'answered', '由分管领导召集']);
});

it('one that stands there already stays, and one that is left to the next meeting is proposed to it', async () => {
  const problemId = await raised('用地指标');
  await issue(world.app, office(), (await escalated(problemId, 'main')).id);
  await issue(world.app, office(), (await escalated(problemId, 'leader')).id);
  expect([(await state(problemId))?.tier, (await steps(problemId)).at(-1)]).toEqual([5, ['noted', 'stays', '跨区域协调']]);
  await issue(world.app, office(), (await escalated(problemId, 'meeting')).id);
  expect([await state(problemId), (await steps(problemId)).at(-1)?.[1]]).toEqual([{ tier: 5, for_meeting: true }, 'next']);
});

it('one that has ended meanwhile is left alone', async () => {
  const problemId = await raised('道路通行');
  const { id } = await escalated(problemId, 'leader');
  await world.app.run(office(), 'problems.withdraw', { id: problemId, reason: '已自行解决' }, { ifVersion: (await rows<{ version: number }>(sql`select version from problems_problems where id = ${problemId}`))[0]?.version });
  const before = await steps(problemId);
  await issue(world.app, office(), id);
  expect(await steps(problemId)).toEqual(before);
});

it('minutes that are corrected raise nothing twice', async () => {
  const problemId = await raised('厂区排水');
  const { id } = await escalated(problemId, 'leader');
  await issue(world.app, office(), id);
  const before = await steps(problemId);
  await world.app.run(office(), 'dispatch.correct_minutes', { id, reason: '错别字' }, { ifVersion: await version(world.app, id) });
  const { output } = await world.app.run(office(), 'dispatch.issue_minutes', { id }, { ifVersion: await version(world.app, id) });
  expect(output).toMatchObject({ number: 2 });
  expect(await steps(problemId)).toEqual(before);
});
