// What several people do with one meeting: clerks at once, units that read it, the office that invites. By the real commands.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { PRESET } from './shape.ts';
import { addItem, decide, issue, open, plan, version } from '../../../test/world/meetings.ts';

let world: World;
beforeAll(async () => { world = await makeWorld({ day: '2023-06-30' }); });
afterAll(() => world.close());

const office = () => world.actors.office;
const run = (name: string, input: Readonly<Record<string, unknown>>, ifVersion?: number) => world.app.run(office(), name, input, ifVersion === undefined ? {} : { ifVersion });
const rows = <Row>(statement: ReturnType<typeof sql>) => world.app.database.rows<Row>(statement);
const told = (what: string, id: string) => rows<{ key: string }>(sql`select key from notices_notices where kind = ${`dispatch.${what}`} and subject_id = ${id} order by key`);

describe('who is invited', () => {
  it('hears of each change, also of the first after the list of units alone was changed', async () => {
    const id = await plan(world.app, office(), { orgIds: [world.orgs.department] });
    await addItem(world.app, office(), id);
    await run('dispatch.send_agenda', { id }, await version(world.app, id));
    await run('dispatch.change_meeting', { id, orgIds: [world.orgs.department, world.orgs.town] }, await version(world.app, id));
    await run('dispatch.change_meeting', { id, time: '09:30' }, await version(world.app, id));
    expect(await told('meeting_changed', id)).toHaveLength(2);
  });

  it('and is invited no more is told that he need not come', async () => {
    const id = await plan(world.app, office(), { orgIds: [world.orgs.department, world.orgs.town] });
    await addItem(world.app, office(), id);
    await run('dispatch.send_agenda', { id }, await version(world.app, id));
    await run('dispatch.change_meeting', { id, orgIds: [world.orgs.department] }, await version(world.app, id));
    const [notice] = await told('meeting_uninvited', id);
    const readers = await rows<{ org_id: string }>(sql`select distinct u.org_id from notices_inbox i join notices_notices n on n.id = i.notice_id join people_users u on u.id = i.user_id where n.key = ${notice?.key ?? ''}`);
    expect(readers.map((one) => one.org_id)).toEqual([world.orgs.town]);
  });

  it('to what recurs are the units of the last meeting of its kind', async () => {
    await plan(world.app, office(), { kind: 'breakfast', orgIds: [world.orgs.town, world.orgs.department] });
    const early = { code: 'early', kind: 'breakfast', weekday: 1, everyWeeks: 1, from: '2023-07-03', moved: 'later', aheadDays: 20, on: true };
    await run('dispatch.change_policy', { policy: { ...PRESET, recurrence: [...PRESET.recurrence, early] }, reason: '每周一早餐会' }, 0);
    await run('dispatch.plan_recurring', {});
    const found = await rows<{ day: string; orgs: string[] }>(sql`select m.day, array(select a.org_id from dispatch_attendees a where a.meeting_id = m.id order by a.sort) as orgs from dispatch_meetings m where m.recurs = 'early' order by m.day`);
    expect(found).toEqual(['2023-07-03', '2023-07-10', '2023-07-17'].map((day) => ({ day, orgs: [world.orgs.town, world.orgs.department] })));
  });
});

describe('clerks', () => {
  it('who add one unit each mark one row, and cannot mark what belongs to another meeting', async () => {
    const [id, other] = [await plan(world.app, office()), await plan(world.app, office())];
    const [first, second] = [newId(), newId()];
    await run('dispatch.mark_attendance', { id, attendeeId: first, orgId: world.orgs.town, presence: 'present' });
    await run('dispatch.mark_attendance', { id, attendeeId: second, orgId: world.orgs.town, presence: 'late', arrived: '09:20' });
    expect(await rows(sql`select id, presence from dispatch_attendees where meeting_id = ${id}`)).toEqual([{ id: first, presence: 'late' }]);
    await expect(run('dispatch.mark_attendance', { id: other, attendeeId: first, name: '王强', presence: 'present' })).rejects.toMatchObject({ code: 'platform.not_found' });
  });

  it('cannot write a unit that is none, which would stop the minutes of all others', async () => {
    const id = await plan(world.app, office());
    const itemId = await addItem(world.app, office(), id);
    await open(world.app, office(), id);
    const measure = { ownerOrgId: world.orgs.department };
    await expect(decide(world.app, office(), id, itemId, { ...measure, coOrgIds: [newId()] })).rejects.toMatchObject({ code: 'meetings.unknown_unit' });
    await expect(decide(world.app, office(), id, itemId, { ownerOrgId: newId() })).rejects.toMatchObject({ code: 'meetings.unknown_unit' });
    await decide(world.app, office(), id, itemId, { ...measure, coOrgIds: [world.orgs.town] });
    expect(await issue(world.app, office(), id)).toHaveLength(1);
  });

  it('take a chair or a topic away again', async () => {
    const id = await plan(world.app, office(), { chair: '刘主任', topic: '临时专题' });
    await run('dispatch.change_meeting', { id, chair: null, topic: null }, await version(world.app, id));
    expect(await rows(sql`select chair, topic from dispatch_meetings where id = ${id}`)).toEqual([{ chair: null, topic: null }]);
  });
});

describe('an invited unit', () => {
  it('reads what was decided when it is issued, not while it is written, and nothing of what is not on the agenda', async () => {
    const id = await plan(world.app, office(), { orgIds: [world.orgs.department] });
    const [listed, removed] = [await addItem(world.app, office(), id, { projectId: await world.project() }), await addItem(world.app, office(), id, { title: '人事安排' })];
    await run('dispatch.edit_item', { id, itemId: removed, place: 'removed', reason: '另行研究' });
    await run('dispatch.send_agenda', { id }, await version(world.app, id));
    await open(world.app, office(), id);
    await decide(world.app, office(), id, listed, { ownerOrgId: world.orgs.town });
    const read = async () => JSON.stringify(await world.app.ask(world.actors.department, 'dispatch.meeting', { id }));
    expect(await read()).toContain(listed);
    expect(await read()).not.toContain('完成停电方案审批');
    await expect(world.app.ask(world.actors.department, 'dispatch.beside', { id, itemId: removed })).rejects.toMatchObject({ code: 'platform.not_found' });
    await issue(world.app, office(), id);
    expect(await read()).toContain('完成停电方案审批');
  });

  it('hears nothing of a meeting that was cancelled before its agenda was out', async () => {
    const [silent, sent] = [await plan(world.app, office(), { orgIds: [world.orgs.department] }), await plan(world.app, office(), { orgIds: [world.orgs.department] })];
    await addItem(world.app, office(), sent);
    await run('dispatch.send_agenda', { id: sent }, await version(world.app, sent));
    for (const id of [silent, sent]) await run('dispatch.cancel_meeting', { id, reason: '与上级会议冲突' }, await version(world.app, id));
    const seen = JSON.stringify(await world.app.ask(world.actors.department, 'dispatch.meetings', {}));
    expect([seen.includes(silent), seen.includes(sent)]).toEqual([false, true]);
  });

  it('sees beside an item no problem that it may not know', async () => {
    const projectId = await world.project();
    await world.app.run(office(), 'problems.raise', { title: '另一单位的难题', kind: 'land', source: 'commissioner', projectIds: [projectId] });
    const id = await plan(world.app, office(), { orgIds: [world.orgs.department] });
    const itemId = await addItem(world.app, office(), id, { projectId, problemId: (await rows<{ id: string }>(sql`select id from problems_problems where title = '另一单位的难题'`))[0]?.id });
    await run('dispatch.send_agenda', { id }, await version(world.app, id));
    const beside = async (actor: World['actors']['office']) => JSON.stringify(await world.app.ask(actor, 'dispatch.beside', { id, itemId }));
    expect(await beside(office())).toContain('另一单位的难题');
    const may = (await world.app.ask(world.actors.department, 'problems.list', {}).then((found) => JSON.stringify(found))).includes('另一单位的难题');
    expect((await beside(world.actors.department)).includes('另一单位的难题')).toBe(may);
    expect(may).toBe(false);
  });
});
