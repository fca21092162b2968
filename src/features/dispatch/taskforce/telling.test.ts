// What commissioners are told without having asked: hand-overs that concern them, visits that fall due. By the real commands and the real job.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays } from '../../../kernel/days.ts';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import standard from '../week/data/rules.json' with { type: 'json' };
import { tellVisitsDue } from '../week/telling.ts';

let world: World;
beforeAll(async () => { world = await makeWorld({ day: '2023-06-30' }); });
afterAll(() => world.close());

const office = () => world.actors.office;
const rows = <Row>(statement: ReturnType<typeof sql>) => world.app.database.rows<Row>(statement);
const heard = async (subject: string) => (await rows<{ kind: string; user_id: string }>(sql`select n.kind, i.user_id from notices_notices n join notices_inbox i on i.notice_id = n.id where n.subject_id = ${subject} order by n.kind, i.user_id`)).map((one) => [one.kind, one.user_id]);

async function looked(): Promise<string> {
  const id = await world.project();
  await world.app.run(office(), 'projects.assign_commissioner', { id, assignmentId: newId(), userId: world.actors.commissioner.userId, fromDay: '2023-06-01' }, { ifVersion: 1 });
  return id;
}

it('both hear that a project is to pass on and what became of it, and nobody what he has just done himself', async () => {
  const projectId = await looked();
  const [from, to] = [world.actors.commissioner, world.actors.town];
  const [refused, done] = [newId(), newId()];
  await world.app.run(from, 'dispatch.propose_handover', { id: refused, projectId, userId: to.userId, day: '2023-06-30' });
  expect(await heard(refused)).toEqual([['dispatch.handover_proposed', to.userId]]);
  await world.app.run(office(), 'dispatch.decide_handover', { id: refused, outcome: 'withdraw', reason: '改由他人接手' });
  expect((await heard(refused)).filter(([kind]) => kind === 'dispatch.handover_withdrawn').map(([, user]) => user).sort()).toEqual([from.userId, to.userId].sort());
  await world.app.run(office(), 'dispatch.propose_handover', { id: done, projectId, userId: to.userId, day: '2023-06-30' });
  await world.app.run(office(), 'dispatch.decide_handover', { id: done, outcome: 'carry_out', reason: '岗位调整' });
  expect((await heard(done)).map(([kind]) => kind)).toEqual(['dispatch.handover_done', 'dispatch.handover_done', 'dispatch.handover_proposed', 'dispatch.handover_proposed']);
});

it('visits that fall due are told once, in one notice for each person and day', async () => {
  await world.app.run(office(), 'dispatch.change_week_rules', { rules: { ...standard, pipeline: [] }, reason: '前期项目也走访' }, { ifVersion: 0 });
  const [planned] = await Promise.all([looked(), looked()]);
  const { userId } = world.actors.commissioner;
  const day = addDays('2023-06-01', standard.visitEveryDays);
  // Due by the rule and planned for that day is one visit.
  world.app.clock.stand('2023-06-05');
  await world.app.run(world.actors.commissioner, 'dispatch.plan_visit', { id: newId(), kind: 'visit', projectId: planned, day });
  world.app.clock.stand(day);
  const before = addDays(day, -1);
  await tellVisitsDue(world.app.database, before, world.app.now());
  await tellVisitsDue(world.app.database, before, world.app.now());
  const found = await rows<{ facts: { count: number } }>(sql`select n.facts from notices_notices n join notices_inbox i on i.notice_id = n.id where n.kind = 'dispatch.visits_due' and i.user_id = ${userId}`);
  expect(found.map((one) => one.facts.count)).toEqual([2]);
  world.app.clock.stand('2023-06-30');
});
