// The Enterprise Service 110 from end to end on a real database: several kinds at once, a complaint that names nobody, another system, rooms, duty, joint rooms.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { outcome } from '../../../test/registry/checks.ts';
import { complaint } from '../../../test/registry/desk.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { shiftAt } from './duty.ts';
import { rotatesOn } from './rooms.ts';
import { written } from './templates.ts';
import { sha256 } from './work.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  world.app.clock.stand('2023-06-30', '09:00');
  await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'service_desk', organisationId: world.orgs.desk }] });
});
afterAll(() => world.close());

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
const list = (value: Record<string, unknown>, name: string): Record<string, unknown>[] => (Array.isArray(value[name]) ? value[name].map(record) : []);
const run = async (actor: Actor, name: string, input: unknown, version?: number): Promise<Record<string, unknown>> => record((await world.app.run(actor, name, input, version === undefined ? {} : { ifVersion: version })).output);
const ask = async (actor: Actor, name: string, input: unknown): Promise<Record<string, unknown>> => record(await world.app.ask(actor, name, input));

describe('filing', () => {
  it('makes one problem of each kind under one number, on the desk, and the enterprise sees them as its own', async () => {
    const filed = await run(world.actors.enterprise, 'service.file', {
      id: newId(), contactPhone: '139 0391 0001', items: [{ kind: 'utilities', title: '厂外线路未接通', fields: { what: 'power', capacity: '2000千伏安', bogus: '无' } }, { kind: 'labour', title: '缺焊工', text: '急' }, { kind: 'policy', title: '奖补没有到账' }],
    });
    expect(filed['number']).toBe('F2023-0001');
    expect(list(filed, 'problems').map((one) => one['number'])).toEqual(['2023-0001', '2023-0002', '2023-0003']);
    const mine = list(await ask(world.actors.enterprise, 'service.my_requests', {}), 'items');
    expect(mine.map((one) => [one['filing'], one['kind'], one['state']])).toEqual([['F2023-0001', 'policy', 'received'], ['F2023-0001', 'labour', 'received'], ['F2023-0001', 'utilities', 'received']]);
    expect((await ask(world.actors.desk, 'problems.get', { id: String(mine[2]?.['id']) }))['ask']).toBe('哪一项：用电\n需要的容量：2000千伏安');
  });

  it('finds the caller by the digits of his number and tells the desk what he had', async () => {
    const [found] = list(await ask(world.actors.desk, 'service.callers', { q: '13903910001' }), 'items');
    expect(found?.['enterpriseId']).toBe(world.orgs.enterprise);
    expect(await ask(world.actors.desk, 'service.caller', { enterpriseId: world.orgs.enterprise })).toMatchObject({ open: 3, all: 3, satisfaction: { hit: 0, base: 0 } });
  });

  it('finds the caller by name, short name, initials and code, and by nothing that only has all its pairs', async () => {
    const id = newId();
    await run(world.app.system, 'people.create_organisation', { id, parentId: world.orgs.root, kind: 'enterprise', name: '玉川铝业（ABAC）', shortName: '玉铝', nameEn: 'Yuchuan', code: 'YC-0917' });
    for (const q of ['玉川', '玉铝', 'yclyA', 'yuchuan', 'YC-0917', '0917']) expect(list(await ask(world.actors.desk, 'service.callers', { q }), 'items').map((one) => one['enterpriseId']), q).toContain(id);
    const known = async (q: string) => list(await ask(world.actors.office, 'service.enterprises', { q }), 'items').map((one) => one['id']);
    expect([await known('0917'), await known('abac')]).toEqual([[id], [id]]);
    // AB and BA stand in it, BAB nowhere.
    expect([await known('bab'), await known('bac')]).toEqual([[], [id]]);
  });

  it('refuses five at once, a kind that is not there, and an officer who names nobody', async () => {
    const item = { kind: 'utilities', title: '停电' };
    expect(await outcome(run(world.actors.enterprise, 'service.file', { id: newId(), items: [item, item, item, item, item] }))).toBe('platform.invalid');
    expect(await outcome(run(world.actors.enterprise, 'service.file', { id: newId(), items: [{ ...item, kind: 'nothing' }] }))).toBe('problems.kind_unknown');
    expect(await outcome(run(world.actors.desk, 'service.file', { id: newId(), items: [item] }))).toBe('problems.of_nothing');
  });

  it('is the enterprise\'s own whoever it names', async () => {
    const other = newId();
    await run(world.app.system, 'people.create_organisation', { id: other, name: '别家公司', kind: 'enterprise', parentId: world.orgs.root });
    const filed = await run(world.actors.enterprise, 'service.file', { id: newId(), enterpriseId: other, items: [{ kind: 'utilities', title: '停电' }] });
    expect(await world.app.database.row(sql`select enterprise_id as e from problems_problems where id = ${String(list(filed, 'problems')[0]?.['id'])}`)).toEqual({ e: world.orgs.enterprise });
  });
});

describe('a project of the caller', () => {
  it('is named by the desk, which reaches no project itself; one of somebody else is not found', async () => {
    const [own, foreign] = [await world.project({ name: '济源纳米二期', builderId: world.orgs.enterprise, responsibleOrgId: world.orgs.department }), await world.project({ name: '别家的项目' })];
    const item = { kind: 'utilities', title: '施工用电' };
    const as = (projectId: string) => run(world.actors.desk, 'service.file', { id: newId(), enterpriseId: world.orgs.enterprise, projectId, items: [item] });
    expect(list(await ask(world.actors.desk, 'service.caller_projects', { enterpriseId: world.orgs.enterprise, q: '纳米' }), 'items')).toMatchObject([{ id: own }]);
    expect(list(await ask(world.actors.desk, 'projects.list', {}), 'items')).toEqual([]);
    const filed = await as(own);
    expect(await ask(world.actors.desk, 'problems.get', { id: String(list(filed, 'problems')[0]?.['id']) })).toMatchObject({ projectName: '济源纳米二期' });
    expect(await outcome(ask(world.actors.desk, 'projects.record', { id: own }))).toBe('platform.not_found');
    expect(await outcome(as(foreign))).toBe('platform.not_found');
    // Only with its enterprise on the line.
    expect(await outcome(run(world.actors.desk, 'service.file', { id: newId(), projectId: own, items: [item] }))).toBe('platform.not_found');
    expect(await outcome(run(world.actors.desk, 'problems.raise', { title: '电', kind: 'utilities', enterpriseId: world.orgs.enterprise, projectIds: [own, foreign] }))).toBe('platform.not_found');
    // No organisation that is no enterprise opens its list of projects to the desk.
    expect(await ask(world.actors.desk, 'service.caller_projects', { enterpriseId: world.orgs.town })).toEqual({ items: [] });
    expect(await outcome(ask(world.actors.department, 'service.caller_projects', { enterpriseId: world.orgs.enterprise }))).toBe('platform.not_allowed');
  });
});

describe('a complaint without an account', () => {
  it('names nobody even when somebody is signed in, is followed by its code, and the code is kept nowhere', async () => {
    const http = await world.http();
    const input = complaint();
    // Whoever has a session and forgets it all the same.
    const { token } = await run(world.app.system, 'people.create_token', { userId: world.actors.office.userId, name: '试验', days: 1 });
    const before = await world.app.database.row<{ seq: string }>(sql`select coalesce(max(seq), 0)::text as seq from platform_events`);
    const reply = await http.inject({ method: 'POST', url: '/api/commands/service.complain', headers: { origin: 'http://localhost', host: 'localhost', authorization: `Bearer ${String(token)}`, 'idempotency-key': newId(), 'user-agent': 'Mozilla Geheim' }, remoteAddress: '203.0.113.77', payload: input });
    expect(reply.statusCode).toBe(200);
    const events = JSON.stringify(await world.app.database.rows(sql`select e.* from platform_events e where seq > ${before?.seq ?? '0'}::bigint`));
    const kept = JSON.stringify([await world.app.database.rows(sql`select * from service_filings where code_hash is not null`), await world.app.database.rows(sql`select * from platform_keys where command = 'service.complain'`), await world.app.database.rows(sql`select * from problems_problems where anonymous`), events, await world.app.database.rows(sql`select s.* from problems_steps s join problems_problems p on p.id = s.problem_id where p.anonymous`), world.logged]);
    for (const trace of [input.code, '203.0.113.77', 'Geheim', world.actors.office.userId, world.actors.office.orgId]) expect(kept).not.toContain(trace);
    const state = await ask(world.actors.auditor, 'service.complaint', { code: input.code });
    expect(state).toMatchObject({ known: true, state: 'received' });
    expect(await ask(world.actors.auditor, 'service.complaint', { code: complaint().code })).toMatchObject({ known: false, number: null });
  });

  it('is asked for by a body alone: a code in an address would stand in the logs of every proxy', async () => {
    const http = await world.http();
    const { code } = complaint();
    const get = await http.inject({ method: 'GET', url: `/api/queries/service.complaint?code=${code}` });
    expect([get.statusCode, (get.json<{ code: string }>()).code]).toEqual([400, 'platform.ask_in_body']);
    const post = await http.inject({ method: 'POST', url: '/api/queries/service.complaint', payload: { code } });
    expect([post.statusCode, post.json()]).toMatchObject([200, { known: false }]);
    // What is no secret is asked by its address, so that it can be passed on.
    expect((await http.inject({ method: 'POST', url: '/api/queries/service.public_counter', payload: {} })).statusCode).toBe(404);
    expect(JSON.stringify(world.logged)).not.toContain(code);
  });

  it('costs work, and a code holds once', async () => {
    const input = complaint();
    await run(world.actors.town, 'service.complain', input);
    expect(await outcome(run(world.actors.town, 'service.complain', input))).toBe('service.code_used');
    // Of the next numbers hardly one is work; the first that is none is refused.
    const idle = [1, 2, 3, 4].map((more) => input.nonce + more).find((nonce) => !createHash('sha256').update(`${input.code}:${nonce}`).digest('hex').startsWith('0000')) ?? 0;
    expect(await outcome(run(world.actors.town, 'service.complain', { ...input, nonce: idle }))).toBe('service.no_work');
  });

  it('is worked out in the browser by the same digest as here', () => {
    for (const text of ['', 'abc', 'A'.repeat(55), 'A'.repeat(56), 'A'.repeat(64), 'CODE:123456']) expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
  });
});

describe('another system', () => {
  it('sends the same number twice and gets the same matter, also at once', async () => {
    const message = { system: 'hotline_12345', outsideNumber: 'A-17', title: '厂门口道路积水', contactPhone: '12345' };
    const both = await Promise.all([run(world.actors.desk, 'service.file_outside', message), run(world.actors.desk, 'service.file_outside', message)]);
    const again = await run(world.actors.desk, 'service.file_outside', message);
    expect(new Set([...both, again].map((one) => one['number'])).size).toBe(1);
    expect(again['known']).toBe(true);
    expect(await ask(world.actors.desk, 'service.outside', { system: 'hotline_12345', outsideNumber: 'A-17' })).toMatchObject({ state: 'received', number: again['number'] });
    expect(await outcome(run(world.actors.enterprise, 'service.file_outside', message))).toBe('platform.not_allowed');
  });
});

describe('the desk', () => {
  it('has residents for three months, one room each', async () => {
    const room = newId();
    await run(world.actors.desk, 'service.keep_room', { id: room, name: '101室' }, 0);
    await run(world.actors.desk, 'service.place_resident', { id: newId(), roomId: room, userId: world.actors.department.userId, fromDay: '2023-06-01' });
    expect(list(list(await ask(world.actors.desk, 'service.rooms', {}), 'items')[0] ?? {}, 'residents')[0]).toMatchObject({ untilDay: '2023-08-31', here: true, leavesSoon: false });
    expect(await outcome(run(world.actors.desk, 'service.place_resident', { id: newId(), roomId: room, userId: world.actors.department.userId, fromDay: '2023-08-31' }))).toBe('service.sits_elsewhere');
    expect(await outcome(run(world.actors.desk, 'service.place_resident', { id: newId(), roomId: room, userId: world.actors.enterprise.userId, fromDay: '2023-09-01' }))).toBe('service.no_officer');
    expect([rotatesOn('2023-11-30'), rotatesOn('2023-01-15')]).toEqual(['2024-02-29', '2023-04-14']);
  });

  it('tells what comes in to whoever has duty, and a swap to whoever takes it', async () => {
    const id = newId();
    await run(world.actors.office, 'service.plan_duty', { items: [{ id, day: '2023-06-30', shift: 'office', function: 'operator', userId: world.actors.office.userId }] });
    await run(world.actors.enterprise, 'service.file', { id: newId(), items: [{ kind: 'utilities', title: '又停电了' }] });
    const told = await world.app.database.rows<{ kind: string }>(sql`select n.kind from notices_notices n join notices_inbox r on r.notice_id = n.id where r.user_id = ${world.actors.office.userId} and n.kind = 'service.filed'`);
    expect(told).toHaveLength(1);
    await run(world.actors.office, 'service.swap_duty', { id, userId: world.actors.desk.userId, reason: '出差' }, 1);
    expect(list(await ask(world.actors.desk, 'service.desk_day', {}), 'duty')).toMatchObject([{ userName: world.actors.desk.name, forName: world.actors.office.name, mine: true }]);
    expect(await outcome(run(world.actors.commissioner, 'service.swap_duty', { id, userId: world.actors.office.userId, reason: '换' }, 2))).toBe('platform.not_allowed');
  });

  it('lets whoever has a duty ask somebody to take it; it is his once he has said yes, and nobody says yes for him', async () => {
    const id = newId();
    const { department, town, commissioner, desk } = world.actors;
    await run(desk, 'service.plan_duty', { items: [{ id, day: '2023-07-02', shift: 'whole', function: 'supervisor', userId: department.userId }] });
    const offer = (actor: Actor, version: number) => run(actor, 'service.offer_duty', { id, userId: town.userId, reason: '下乡' }, version);
    const answer = (actor: Actor, accept: boolean, version: number) => run(actor, 'service.answer_duty', { id, accept }, version);
    const holder = async () => list(await ask(desk, 'service.roster', { from: '2023-07-02', to: '2023-07-02' }), 'items')[0]?.['userName'];
    // Another's duty cannot be told from one that there is not.
    expect([await outcome(offer(town, 1)), await outcome(offer(commissioner, 1)), await outcome(answer(town, true, 1))]).toEqual(['platform.not_found', 'platform.not_found', 'platform.not_found']);
    await offer(department, 1);
    expect([await outcome(answer(department, true, 2)), await outcome(answer(commissioner, true, 2)), await holder()]).toEqual(['platform.not_allowed', 'platform.not_found', department.name]);
    await answer(town, false, 2);
    expect([await outcome(answer(department, false, 3)), await holder()]).toEqual(['service.duty_not_offered', department.name]);
    await offer(department, 3);
    expect(list(await ask(town, 'service.my_duties', {}), 'items')).toMatchObject([{ id, toMe: true, mine: false, offeredReason: '下乡' }]);
    await answer(town, true, 4);
    expect([await holder(), list(await ask(department, 'service.my_duties', {}), 'items')]).toEqual([town.name, []]);
    const told = await world.app.database.rows<{ kind: string; login: string }>(sql`
      select n.kind, u.login from notices_notices n join notices_inbox r on r.notice_id = n.id join people_users u on u.id = r.user_id where n.subject_id = ${id} order by n.id`);
    expect(told.map((one) => `${one.kind} ${one.login}`)).toEqual(['service.duty_planned test-department', 'service.duty_offered test-town', 'service.duty_declined test-department', 'service.duty_offered test-town', 'service.duty_taken test-department']);
  });

  it('plans no duty of a day that is over or is none, ends no stay later, and empties a room that ends', async () => {
    const plan = (day: string) => outcome(run(world.actors.desk, 'service.plan_duty', { items: [{ id: newId(), day, shift: 'office', function: 'analyst', userId: world.actors.desk.userId }] }));
    expect([await plan('2023-06-29'), await plan('2024-02-30')]).toEqual(['service.duty_past', 'platform.invalid']);
    const [room, other, now, later] = [newId(), newId(), newId(), newId()];
    await run(world.actors.desk, 'service.keep_room', { id: room, name: '201室' }, 0);
    expect(await outcome(run(world.actors.desk, 'service.keep_room', { id: other, name: '201室' }, 0))).toBe('service.room_named');
    await run(world.actors.desk, 'service.place_resident', { id: now, roomId: room, userId: world.actors.town.userId, fromDay: '2023-06-20', untilDay: '2023-07-20' });
    await run(world.actors.desk, 'service.place_resident', { id: later, roomId: room, userId: world.actors.office.userId, fromDay: '2023-07-10' });
    expect(await outcome(run(world.actors.desk, 'service.end_resident', { id: now, untilDay: '2023-08-20' }, 1))).toBe('service.days_longer');
    await run(world.actors.desk, 'service.end_room', { id: room }, 1);
    expect(await world.app.database.rows(sql`select id, until_day as until from service_residents where room_id = ${room}`)).toEqual([{ id: now, until: '2023-06-30' }]);
    // Who was to come leaves no row: the event says who it was, and he hears of it as whoever sits there.
    const [ended] = await world.app.database.rows<{ before: unknown }>(sql`select before from platform_events where kind = 'service.room_ended' and subject_id = ${room}`);
    expect(ended?.before).toMatchObject({ name: '201室', residents: [{ userId: world.actors.town.userId, from: '2023-06-20', until: '2023-07-20' }, { userId: world.actors.office.userId, from: '2023-07-10', until: '2023-10-09' }] });
    const heard = await world.app.database.rows<{ login: string }>(sql`select u.login from notices_notices n join notices_inbox r on r.notice_id = n.id join people_users u on u.id = r.user_id where n.kind = 'service.room_ended' and n.subject_id = ${room} order by u.login`);
    expect(heard.map((one) => one.login)).toEqual(['test-office', 'test-town']);
    expect(await outcome(run(world.actors.desk, 'service.keep_room', { id: room, name: '又开' }, 2))).toBe('service.room_over');
    // Of two who place one person at once, one.
    await run(world.actors.desk, 'service.keep_room', { id: other, name: '202室' }, 0);
    const place = () => outcome(run(world.actors.desk, 'service.place_resident', { id: newId(), roomId: other, userId: world.actors.office.userId, fromDay: '2023-07-01' }));
    expect((await Promise.all([place(), place()])).sort()).toEqual(['ok', 'service.sits_elsewhere']);
  });

  it('counts the night to the day on which it began', () => {
    expect([shiftAt('2023-06-30', 7 * 60).day, shiftAt('2023-06-30', 7 * 60).shifts]).toEqual(['2023-06-29', ['night', 'whole']]);
    expect(shiftAt('2023-06-30', 12 * 60)).toEqual({ day: '2023-06-30', shifts: ['office', 'whole'] });
  });

  it('brings a hard case to several departments: one leads and owns it, the others own it with him, and the result stands on it', async () => {
    const problem = String(list(await run(world.actors.enterprise, 'service.file', { id: newId(), items: [{ kind: 'land', title: '边界纠纷' }] }), 'problems')[0]?.['id']);
    const id = newId();
    await run(world.actors.desk, 'service.call_joint', { id, problemId: problem, leadOrgId: world.orgs.department, orgIds: [world.orgs.town], day: '2023-07-03', time: '15:00' });
    expect(await outcome(run(world.actors.desk, 'service.call_joint', { id: newId(), problemId: problem, leadOrgId: world.orgs.department, orgIds: [world.orgs.town], day: '2023-07-04', time: '15:00' }))).toBe('service.joint_open');
    const one = await ask(world.actors.town, 'problems.get', { id: problem });
    expect(one).toMatchObject({ state: 'assigned', ownerOrgId: world.orgs.department });
    expect(list(one, 'coOwners').map((each) => each['orgId'])).toEqual([world.orgs.town]);
    await run(world.actors.desk, 'service.close_joint', { id, result: '按红线图立桩' }, 1);
    expect(list(await ask(world.actors.desk, 'problems.get', { id: problem }), 'steps').at(-1)).toMatchObject({ kind: 'noted', text: '按红线图立桩' });
  });
});

describe('the public counter', () => {
  it('shows nothing until the zone wants it, and then no enterprise with fewer than three', async () => {
    expect(await ask(world.actors.enterprise, 'service.public_counter', {})).toMatchObject({ shown: false, came: 0, kinds: [] });
    await run(world.app.system, 'problems.set_closing', { reopenDays: 30, callbackDays: 10, publicFigures: true }, 0);
    const shown = await ask(world.actors.enterprise, 'service.public_counter', {});
    expect(shown).toMatchObject({ shown: true, month: '2023-06' });
    expect(list(shown, 'enterprises').every((one) => Number(one['came']) >= 3)).toBe(true);
    expect(list(shown, 'enterprises')).toHaveLength(1);
    expect(JSON.stringify(shown)).not.toContain('公司');
  });

  it('is counted once a minute, whoever asks, and hidden at once', async () => {
    const counter = async () => ask(world.actors.enterprise, 'service.public_counter', {});
    world.app.clock.stand('2023-06-30', '16:00');
    const before = Number((await counter())['came']);
    await run(world.actors.enterprise, 'service.file', { id: newId(), items: [{ kind: 'utilities', title: '停水' }] });
    expect((await counter())['came']).toBe(before);
    world.app.clock.stand('2023-06-30', '16:01');
    expect((await counter())['came']).toBe(before + 1);
    await run(world.app.system, 'problems.set_closing', { reopenDays: 30, callbackDays: 10, publicFigures: false }, 1);
    expect(await counter()).toMatchObject({ shown: false, came: 0 });
  });
});

it('writes a template line by line, with the free words below', () => {
  expect(written('land', { plot: '东区三号', area: '', stuck: '征收' }, '请协调')).toBe('地块位置：东区三号\n卡在哪一步：征收\n请协调');
});
