// A meeting from its plan to its minutes by the real commands: numbers, agenda, decisions, slips, the fulfilment rate.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { addItem, decide, issue, issued, open, plan, version } from '../../../test/world/meetings.ts';

let world: World;
beforeAll(async () => { world = await makeWorld({ day: '2023-06-30' }); });
afterAll(() => world.close());

const run = (actor: World['actors']['office'], name: string, input: Readonly<Record<string, unknown>>, ifVersion?: number) => world.app.run(actor, name, input, ifVersion === undefined ? {} : { ifVersion });
const rows = <Row>(statement: ReturnType<typeof sql>) => world.app.database.rows<Row>(statement);
const office = () => world.actors.office;

describe('numbers', () => {
  it('are given when a meeting opens, without gaps, and a meeting that is cancelled gives none away', async () => {
    const first = await plan(world.app, office());
    const cancelled = await plan(world.app, office(), { kind: 'breakfast' });
    await run(office(), 'dispatch.cancel_meeting', { id: cancelled, reason: '与上级会议冲突' }, 1);
    const last = await plan(world.app, office(), { kind: 'supper' });
    const numbers = [await open(world.app, office(), first), await open(world.app, office(), last)];
    expect(numbers[1]?.number).toBe((numbers[0]?.number ?? 0) + 1);
    expect(numbers[1]?.yearNumber).toBe((numbers[0]?.yearNumber ?? 0) + 1);
    expect((await rows<{ number: number | null }>(sql`select number from dispatch_meetings where id = ${cancelled}`))[0]?.number).toBeNull();
  });

  it('begin anew with the year and go on over the years', async () => {
    world.app.clock.stand('2022-12-30');
    const before = await open(world.app, office(), await plan(world.app, office()));
    world.app.clock.stand('2023-06-30');
    const after = await open(world.app, office(), await plan(world.app, office()));
    expect(before.yearNumber).toBe(1);
    expect(after.number).toBe(before.number + 1);
    expect(after.yearNumber).toBe(3);
  });

  it('are not taken twice by two offices at once', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => plan(world.app, office(), { kind: 'topic' })));
    const numbers = await Promise.all(ids.map((id) => open(world.app, office(), id)));
    const given = numbers.map((one) => one.number).sort((a, b) => a - b);
    expect(given).toEqual(Array.from({ length: 8 }, (_, i) => (given[0] ?? 0) + i));
  });
});

describe('an agenda', () => {
  it('proposes itself out of the records, once for each thing, and forms anew without losing what was edited', async () => {
    const projectId = await world.project({ plannedStart: '2022-01-01' });
    await world.app.run(world.app.system, 'projects.add_milestone', { id: projectId, milestoneId: newId(), name: '主体封顶', plannedDay: '2023-01-31' });
    const id = await plan(world.app, office());
    await run(office(), 'dispatch.form_agenda', { id });
    const items = await rows<{ id: string; source: string }>(sql`select id, source from dispatch_items where meeting_id = ${id}`);
    expect(items.filter((one) => one.source === `project:${projectId}`)).toHaveLength(1);
    const item = items.find((one) => one.source === `project:${projectId}`);
    await run(office(), 'dispatch.edit_item', { id, itemId: item?.id, place: 'removed', reason: '下次再议' });
    await run(office(), 'dispatch.form_agenda', { id });
    expect((await rows<{ place: string }>(sql`select place from dispatch_items where meeting_id = ${id} and source = ${`project:${projectId}`}`)).map((one) => one.place)).toEqual(['removed']);
  });

  it('cannot be changed once it is frozen, and is told to the invited units once', async () => {
    const id = await plan(world.app, office(), { orgIds: [world.orgs.department] });
    const itemId = await addItem(world.app, office(), id);
    await run(office(), 'dispatch.send_agenda', { id }, await version(world.app, id));
    await expect(run(office(), 'dispatch.edit_item', { id, itemId, title: '另一件事' })).rejects.toMatchObject({ code: 'meetings.agenda_frozen' });
    expect(await rows(sql`select 1 from notices_notices where key like ${`dispatch.agenda_sent:${id}:%`}`)).toHaveLength(1);
  });

  it('invites with its sending whoever leads a matter', async () => {
    const id = await plan(world.app, office(), { orgIds: [world.orgs.department] });
    await addItem(world.app, office(), id, { ownerOrgId: world.orgs.town });
    await run(office(), 'dispatch.send_agenda', { id }, await version(world.app, id));
    const invited = await rows<{ org_id: string }>(sql`select org_id from dispatch_attendees where meeting_id = ${id} order by sort`);
    expect(invited.map((one) => one.org_id).sort()).toEqual([world.orgs.department, world.orgs.town].sort());
  });

  it('opens with what an earlier meeting decided and nobody fulfilled', async () => {
    const { decisionId } = await issued(world.app, office(), { ownerOrgId: world.orgs.department, dueDay: '2023-07-03' }, { title: '土地指标落实' });
    world.app.clock.stand('2023-07-05');
    const id = await plan(world.app, office());
    await run(office(), 'dispatch.form_agenda', { id });
    const [first] = await rows<{ rule: string; decision_id: string }>(sql`select rule, decision_id from dispatch_items where meeting_id = ${id} and decision_id = ${decisionId}`);
    expect(first).toEqual({ rule: 'unfinished', decision_id: decisionId });
    world.app.clock.stand('2023-06-30');
  });
});

describe('decisions', () => {
  it('get each exactly one slip with the minutes, and move or raise their problem', async () => {
    const id = await plan(world.app, office());
    const projectId = await world.project();
    const items = [await addItem(world.app, office(), id, { projectId }), await addItem(world.app, office(), id, { title: '道路征收' }), await addItem(world.app, office(), id, { title: '不议' })];
    const { number } = await open(world.app, office(), id);
    const decisionId = await decide(world.app, office(), id, items[0] ?? '', { ownerOrgId: world.orgs.department, coOrgIds: [world.orgs.town], criterion: '完成迁改并送电' });
    await decide(world.app, office(), id, items[1] ?? '', { ownerOrgId: world.orgs.town });
    await run(office(), 'dispatch.decide_item', { id, itemId: items[2], seen: 0, kind: 'none', reason: '情况不清' });
    expect(await issue(world.app, office(), id)).toEqual([`交办〔2023〕第${number}-01号`, `交办〔2023〕第${number}-02号`]);
    const [problem] = await rows<{ source: string; owner_org_id: string; measure: string; agreed_day: string; criterion: string; state: string }>(sql`select p.source, p.owner_org_id, p.measure, p.agreed_day, p.criterion, p.state from problems_problems p join dispatch_decisions d on d.problem_id = p.id where d.id = ${decisionId}`);
    expect(problem).toEqual({ source: 'meeting', owner_org_id: world.orgs.department, measure: '完成停电方案审批并组织施工', agreed_day: '2023-07-10', criterion: '完成迁改并送电', state: 'assigned' });
    expect(await rows(sql`select 1 from notices_notices where key = ${`dispatch.slip_issued:${decisionId}:1`}`)).toHaveLength(1);
    await expect(run(office(), 'dispatch.issue_minutes', { id }, await version(world.app, id))).rejects.toMatchObject({ code: 'minutes.issued_already' });
  });

  it('of two clerks at once: the second is shown what the first has written', async () => {
    const id = await plan(world.app, office());
    const itemId = await addItem(world.app, office(), id);
    await open(world.app, office(), id);
    await decide(world.app, office(), id, itemId, { ownerOrgId: world.orgs.department });
    await expect(run(office(), 'dispatch.decide_item', { id, itemId, seen: 0, kind: 'none', reason: '另议' })).rejects.toMatchObject({ code: 'meetings.decided_meanwhile' });
    await run(office(), 'dispatch.decide_item', { id, itemId, seen: 1, kind: 'none', reason: '另议' });
  });

  it('that are urgent have their slip at once, and keep its number when the minutes follow', async () => {
    const id = await plan(world.app, office());
    const itemId = await addItem(world.app, office(), id);
    await open(world.app, office(), id);
    const decisionId = await decide(world.app, office(), id, itemId, { ownerOrgId: world.orgs.department, urgent: true });
    expect(await issue(world.app, office(), id)).toEqual([]);
    expect(await rows(sql`select 1 from dispatch_slips where decision_id = ${decisionId}`)).toHaveLength(1);
  });

  it('count by the original deadline, overdue and open ones in the denominator', async () => {
    const { id, decisionId } = await issued(world.app, office(), { ownerOrgId: world.orgs.department, dueDay: '2023-07-03' });
    await run(world.actors.department, 'dispatch.ask_extension', { id: decisionId, extensionId: newId(), wantedDay: '2023-07-31', reason: '连续降雨' });
    const [asked] = await rows<{ id: string }>(sql`select id from dispatch_extensions where decision_id = ${decisionId}`);
    await run(office(), 'dispatch.answer_extension', { id: decisionId, extensionId: asked?.id, granted: true });
    world.app.clock.stand('2023-07-10');
    expect(await world.app.ask(office(), 'dispatch.decision_counts', { meetingId: id })).toMatchObject({ fulfilment: { all: 1, onTime: 0, overdue: 1, rateBp: 0, extendedRateBp: null } });
    world.app.clock.stand('2023-06-30');
  });
});

describe('slips', () => {
  it('are signed for by their owner alone, supervised when they are overdue, once for each time', async () => {
    const { decisionId } = await issued(world.app, office(), { ownerOrgId: world.orgs.department, dueDay: '2023-07-03' });
    const [slip] = await rows<{ id: string }>(sql`select id from dispatch_slips where decision_id = ${decisionId}`);
    await expect(run(world.actors.town, 'dispatch.sign_slip', { id: decisionId, slipId: slip?.id })).rejects.toMatchObject({ code: 'platform.not_found' });
    await run(world.actors.department, 'dispatch.sign_slip', { id: decisionId, slipId: slip?.id });
    await expect(run(office(), 'dispatch.supervise', { id: decisionId, times: 1 })).rejects.toMatchObject({ code: 'slips.not_overdue' });
    world.app.clock.stand('2023-07-06');
    const both = await Promise.allSettled([run(office(), 'dispatch.supervise', { id: decisionId, times: 1 }), run(office(), 'dispatch.supervise', { id: decisionId, times: 1 })]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await rows(sql`select overdue_days from dispatch_slips where decision_id = ${decisionId} and kind = 'supervise'`)).toEqual([{ overdue_days: 3 }]);
    world.app.clock.stand('2023-07-20');
    await run(office(), 'dispatch.issue_bulletin', { id: decisionId, times: 1 });
    world.app.clock.stand('2023-06-30');
  });

  it('are reminded of once when nobody signs', async () => {
    const { decisionId } = await issued(world.app, office(), { ownerOrgId: world.orgs.department, dueDay: '2023-07-31' });
    world.app.clock.stand('2023-07-05');
    await run(world.app.system, 'dispatch.follow_slips', {});
    await run(world.app.system, 'dispatch.follow_slips', {});
    expect(await rows(sql`select 1 from notices_notices n join dispatch_slips s on n.key = 'dispatch.receipt_due:' || s.id where s.decision_id = ${decisionId}`)).toHaveLength(1);
    world.app.clock.stand('2023-06-30');
  });
});
