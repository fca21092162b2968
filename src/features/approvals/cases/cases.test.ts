import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { pdfOf, refusal } from '../../../test/world/lifecycle.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { Readable } from 'node:stream';
import { uploadFile } from '../../../platform/upload.ts';
import { actorById } from '../../people/session.ts';
import { keepOpenCases } from './daily.ts';
import { receivedDay } from './rules.ts';

let world: World;
let water: { readonly org: string; readonly actor: Actor };
let project = '';
let other = '';

beforeAll(async () => {
  world = await makeWorld({ day: '2023-05-04' });
  water = await department('水利局');
  const duties = [['development', world.orgs.department], ['planning', world.orgs.department], ['housing', world.orgs.department], ['water', water.org]].map(([duty, organisationId]) => ({ duty, organisationId }));
  await world.app.run(world.app.system, 'people.edit_department_map', { items: duties });
  project = await world.project({ builderId: world.orgs.enterprise });
  other = await world.project({ townId: world.orgs.otherTown });
});
afterAll(() => world.close());
beforeEach(() => world.app.clock.stand('2023-05-04'));

async function department(name: string): Promise<{ org: string; actor: Actor }> {
  const [org, id] = [newId(), newId()];
  await world.app.run(world.app.system, 'people.create_organisation', { id: org, parentId: world.orgs.root, kind: 'department', name });
  const role = await world.app.database.row<{ id: string }>(sql`select id from people_roles where code = 'department'`);
  await world.app.run(world.app.system, 'people.create_user', { id, orgId: org, login: `d-${id.slice(-8)}`, name: `${name}经办`, roleIds: [role?.id], password: 'correct horse battery' });
  const actor = await actorById(world.app.database, id);
  if (actor === undefined) throw new Error('no actor');
  return { org, actor };
}

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
const ask = async (actor: Actor, name: string, input: unknown): Promise<Record<string, unknown>> => record(await world.app.ask(actor, name, input));
const row = (id: string): Promise<Record<string, unknown> | undefined> => world.app.database.row(sql`select * from approvals_cases where id = ${id}`);

async function open(item: string, actor: Actor = world.actors.enterprise, projectId = project, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const id = newId();
  await world.app.run(actor, 'approvals.open_case', { id, projectId, item, ...more });
  return id;
}

/** Records an event at the version that the case has now. */
async function happens(id: string, kind: string, parts: Readonly<Record<string, unknown>> = {}, actor: Actor = world.actors.department): Promise<Record<string, unknown>> {
  const version = record(await row(id))['version'];
  return record((await world.app.run(actor, 'approvals.record_case_event', { id, kind, ...parts }, { ifVersion: Number(version) })).output);
}

async function projectWith(): Promise<string> {
  return world.project({ builderId: world.orgs.enterprise });
}

describe('the life of a case', () => {
  it('goes through correction, special procedure and extension, and every day of it has one owner', async () => {
    const id = await open('L06');
    world.app.clock.stand('2023-05-05');
    await happens(id, 'correction_asked', { reason: '缺用地红线图', document: '补正〔2023〕1号' });
    world.app.clock.stand('2023-05-09');
    await happens(id, 'correction_supplied', {}, world.actors.enterprise);
    await happens(id, 'accepted', { document: '受理〔2023〕1号' });
    world.app.clock.stand('2023-05-12');
    await happens(id, 'special_begun', { procedure: 'expert_review', days: 5, document: '告知〔2023〕1号' });
    world.app.clock.stand('2023-05-18');
    await happens(id, 'special_ended');
    world.app.clock.stand('2023-05-25');
    await happens(id, 'extended', { days: 10, reason: '情况复杂', document: '延期〔2023〕1号' });
    world.app.clock.stand('2023-06-09');
    await happens(id, 'decided', { outcome: 'approved', document: '地字第〔2023〕1号' });
    world.app.clock.stand('2023-06-12');
    await happens(id, 'delivered');
    const one = await ask(world.actors.enterprise, 'approvals.case', { id });
    // Saturday 6 May was worked: 3 working days for the corrections; 3 until the special procedure, 16 after it. 22 and 23 June are holidays, the 25th was worked.
    expect(one['case']).toMatchObject({ status: 'delivered', outcome: 'approved', document: '地字第〔2023〕1号', receivedDay: '2023-05-04', acceptedDay: '2023-05-09', decidedDay: '2023-06-09', closedDay: '2023-06-12', used: 19, level: 'none', owes: null });
    expect(record(one['ledger'])).toMatchObject({
      elapsed: { calendar: 39, working: 28 },
      parts: { department: { calendar: 29, working: 21 }, applicant: { calendar: 4, working: 3 }, special: { calendar: 6, working: 4 }, suspension: { calendar: 0, working: 0 } },
      statutory: { limit: 30, extension: 10, used: 19, left: 11, overdue: false, deadline: { day: '2023-06-27', provisional: false } },
    });
    const parts = Object.values(record(record(one['ledger'])['parts'])).map((part) => Number(record(part)['calendar']));
    expect(parts.reduce((sum, days) => sum + days, 0)).toBe(39);
    expect(await world.app.database.row(sql`select count(*)::int as events from platform_events where subject_id = ${id} and project_id = ${project}`)).toEqual({ events: 9 });
  });

  it('is kept from one day to the next without its events', async () => {
    const id = await open('L06', world.actors.enterprise, await projectWith());
    await happens(id, 'accepted', { document: '受理2号' });
    expect(await row(id)).toMatchObject({ owes: 'decision', statutory_left: 20, statutory_due: '2023-05-31', days_left: 20, level: 'calm', side: 'department' });
    world.app.clock.stand('2023-05-30');
    await keepOpenCases(world.app.database, world.app.now());
    expect(await row(id)).toMatchObject({ used: 19, statutory_left: 1, days_left: 1, level: 'urgent', version: 2 });
    world.app.clock.stand('2023-06-01');
    await keepOpenCases(world.app.database, world.app.now());
    expect(await row(id)).toMatchObject({ statutory_left: 0, statutory_over: 1, days_left: -1, level: 'over' });
  });

  it('accepts by silence after five working days, and asks for no corrections then', async () => {
    const id = await open('L06', world.actors.enterprise, await projectWith());
    world.app.clock.stand('2023-05-10');
    await keepOpenCases(world.app.database, world.app.now());
    expect(await row(id)).toMatchObject({ status: 'received', deemed: false, days_left: 0 });
    world.app.clock.stand('2023-05-12');
    await keepOpenCases(world.app.database, world.app.now());
    // The silence reaches back: its days use up the limit.
    expect(await row(id)).toMatchObject({ status: 'accepted', deemed: true, accepted_day: '2023-05-04', used: 7, owes: 'decision' });
    expect(await refusal(happens(id, 'correction_asked', { reason: '缺件' }))).toBe('cases.deemed_accepted');
    expect(await refusal(happens(id, 'decided', { outcome: 'approved', document: '地字2号' }))).toBe('done');
  });

  it('announces no special procedure of more than 250 working days, and says which field was wrong', async () => {
    const id = await open('L06', world.actors.enterprise, await projectWith());
    await happens(id, 'accepted', { document: '受理6号' });
    const special = (days: number) => happens(id, 'special_begun', { procedure: 'hearing', days, document: '告知6号' });
    expect(await refusal(special(251))).toBe('cases.special_too_long');
    const thrown: unknown = await special(-3).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'platform.invalid', details: { errors: [{ path: 'days', rule: 'minimum' }] } });
    expect(await refusal(special(250))).toBe('done');
  });

  it('keeps the limits of the day of acceptance when the catalogue changes', async () => {
    const id = await open('L06', world.actors.enterprise, await projectWith());
    await happens(id, 'accepted', { document: '受理3号' });
    await world.app.database.run(sql`update approvals_cases set limits = '{"versions":[{"from":"2004-07-01","statutory":{"days":7,"unit":"working"},"extension":0}]}' where id = ${id}`);
    world.app.clock.stand('2023-05-08');
    await happens(id, 'suspended', { reason: '涉诉', document: '中止1号' });
    expect(await row(id)).toMatchObject({ statutory_limit: 7, statutory_left: 4 });
  });
});

describe('the day of an application', () => {
  const at = (id: string, actor: Actor, more: Readonly<Record<string, unknown>>) => refusal(open('L06', actor, id, more));
  const note = '窗口收件后漏登';

  it('is today for whoever applies; the window alone enters an earlier one, with a reason', async () => {
    const id = await projectWith();
    world.app.clock.stand('2023-05-10');
    expect(await at(id, world.actors.enterprise, { day: '2023-05-09', note })).toBe('approvals.own_today');
    expect(await at(id, world.actors.office, { day: '2023-05-09' })).toBe('approvals.late_reason');
    expect(await at(id, world.actors.office, { day: '2023-05-09', note: '  ' })).toBe('approvals.late_reason');
    expect(await at(id, world.actors.office, { day: '2023-05-09', note })).toBe('done');
    expect(await at(await projectWith(), world.actors.enterprise, { day: '2023-05-10' })).toBe('done');
  });

  it('is not before the project was entered, and at most 366 days back', async () => {
    const id = await projectWith();
    expect(await at(id, world.actors.office, { day: '2023-05-03', note })).toBe('approvals.before_project');
    world.app.clock.stand('2024-06-03');
    expect(await at(id, world.actors.office, { day: '2023-06-02', note })).toBe('approvals.late_too_long');
    expect(await at(id, world.actors.office, { day: '2023-06-03', note })).toBe('done');
  });

  it('may be before a ledger was imported: the project was there before us', async () => {
    expect(receivedDay('2022-12-01', '2023-05-04', { via: 'window', note, known: null })).toBe('2022-12-01');
    expect(() => receivedDay('2022-12-01', '2023-05-04', { via: 'window', note, known: '2022-12-02' })).toThrow('approvals.before_project');
  });
});

describe('who may', () => {
  it('apply: the enterprise for its own, an agent with his paper, nobody for what he cannot know', async () => {
    expect(await refusal(open('L06', world.actors.enterprise, other))).toBe('platform.not_found');
    expect(await refusal(open('L06', world.actors.department))).toBe('platform.not_allowed');
    const own = await projectWith();
    await world.app.run(world.app.system, 'projects.assign_commissioner', { id: own, assignmentId: newId(), userId: world.actors.commissioner.userId });
    expect(await refusal(open('L06', world.actors.commissioner, own))).toBe('approvals.attorney_needed');
    const file = record(await uploadFile({ ...world.app, run: world.app.run }, world.actors.commissioner, { name: '授权委托书.pdf', content: Readable.from([pdfOf('attorney')]) }));
    const id = await open('L06', world.actors.commissioner, own, { attorneySha: file['id'] });
    expect(await row(id)).toMatchObject({ via: 'agent', agent_id: world.actors.commissioner.userId, attorney_sha: file['id'] });
    expect(await refusal(open('L06', world.actors.enterprise, own))).toBe('approvals.case_open');
  });

  it('handle: the body that handles it and the office; the applicant his own part', async () => {
    const id = await open('L06', world.actors.enterprise, await projectWith());
    expect(await refusal(happens(id, 'accepted', { document: '受理4号' }, water.actor))).toBe('platform.not_found');
    expect(await refusal(happens(id, 'accepted', { document: '受理4号' }, world.actors.enterprise))).toBe('platform.not_allowed');
    expect(await refusal(happens(id, 'withdrawn', {}, world.actors.department))).toBe('platform.not_allowed');
    expect(await refusal(happens(id, 'decided', { outcome: 'approved', document: 'x' }))).toBe('cases.not_from_state');
    expect(await refusal(happens(id, 'accepted', {}))).toBe('cases.event_lacks');
    expect(await refusal(happens(id, 'accepted', { document: '受理4号', day: '2023-05-05' }))).toBe('approvals.day_in_future');
    expect(await refusal(happens(id, 'accepted', { document: '受理4号' }))).toBe('done');
  });

  it('backdate only what a paper of that day shows', async () => {
    const id = await open('L06', world.actors.enterprise, await projectWith());
    world.app.clock.stand('2023-05-11');
    expect(await refusal(happens(id, 'correction_asked', { day: '2023-05-08', reason: '缺件' }))).toBe('approvals.backdated');
    expect(await refusal(happens(id, 'correction_asked', { day: '2023-05-08', reason: '缺件', document: '补正9号' }))).toBe('done');
  });

  it('act once under one key, and only on the version they saw', async () => {
    const id = await open('L06', world.actors.enterprise, await projectWith());
    const input = { id, kind: 'accepted', document: '受理5号' };
    const key = newId();
    const first = await world.app.run(world.actors.department, 'approvals.record_case_event', input, { key, ifVersion: 1 });
    const again = await world.app.run(world.actors.department, 'approvals.record_case_event', input, { key, ifVersion: 1 });
    expect([first.repeated, again.repeated, again.output]).toEqual([false, true, first.output]);
    expect(await refusal(world.app.run(world.actors.department, 'approvals.record_case_event', { id, kind: 'suspended', reason: '等补', document: '中止2号' }, { ifVersion: 1 }))).toBe('platform.stale_version');
    expect(await world.app.database.row(sql`select count(*)::int as n from approvals_case_events where case_id = ${id}`)).toEqual({ n: 2 });
  });

  it('see the case that they handle, and not that of others', async () => {
    const foreign = await open('P12', world.actors.office, other);
    expect(await refusal(ask(world.actors.department, 'approvals.case', { id: foreign }))).toBe('platform.not_found');
    expect(await refusal(ask(world.actors.enterprise, 'approvals.case', { id: foreign }))).toBe('platform.not_found');
    expect(record(await ask(water.actor, 'approvals.case', { id: foreign }))['knowsProject']).toBe(false);
    const queue = await ask(water.actor, 'approvals.my_cases', {});
    expect(queue['items']).toMatchObject([{ id: foreign, item: 'P12', owes: 'answer' }]);
  });
});

describe('together', () => {
  it('one window accepts a stage at once; each case goes to its own body under one lead', async () => {
    const id = await projectWith();
    const applied = await open('D01', world.actors.enterprise, id);
    const accept = (actor: Actor): Promise<unknown> => world.app.run(actor, 'approvals.joint_accept', { projectId: id, stage: 'S2', items: ['D01', 'D07'], document: '联合受理1号' }).then((reply) => reply.output);
    expect(await refusal(accept(water.actor))).toBe('platform.not_found');
    const joint = record(await accept(world.actors.office));
    expect(joint['cases']).toMatchObject([{ id: applied, item: 'D01' }, { item: 'D07' }]);
    expect(await world.app.database.rows(sql`select status, joint_id, lead_org_id from approvals_cases where project_id = ${id} order by item`)).toEqual([
      { status: 'accepted', joint_id: joint['jointId'], lead_org_id: world.orgs.department }, { status: 'accepted', joint_id: joint['jointId'], lead_org_id: world.orgs.department },
    ]);
    expect(await refusal(accept(world.actors.office))).toBe('cases.not_from_state');
  });

  it('a decision waits for those asked; silence is consent only where the policy says so, and by name', async () => {
    const id = await open('D01', world.actors.enterprise, await projectWith());
    await happens(id, 'accepted', { document: '受理6号' });
    expect(await refusal(happens(id, 'decided', { outcome: 'approved', document: '审定1号' }))).toBe('approvals.review_open');
    expect(await refusal(world.app.run(water.actor, 'approvals.answer_review', { id, view: 'objection' }))).toBe('approvals.objection_reason');
    await world.app.run(water.actor, 'approvals.answer_review', { id, view: 'consent' });
    expect(await refusal(world.app.run(water.actor, 'approvals.answer_review', { id, view: 'consent' }))).toBe('approvals.review_answered');
    expect(await refusal(happens(id, 'decided', { outcome: 'approved', document: '审定1号' }))).toBe('done');
    const silent = await open('D01', world.actors.enterprise, await projectWith());
    await happens(silent, 'accepted', { document: '受理7号' });
    world.app.clock.stand('2023-06-30');
    expect(await refusal(happens(silent, 'decided', { outcome: 'approved', document: '审定2号' }))).toBe('approvals.review_open');
    await world.app.database.run(sql`update approvals_case_reviews set silence = true where case_id = ${silent}`);
    expect(record(await ask(world.actors.department, 'approvals.case', { id: silent }))['reviews']).toMatchObject([{ orgName: '水利局', position: 'silent_consent', liable: true }]);
    expect(await refusal(happens(silent, 'decided', { outcome: 'approved', document: '审定2号' }))).toBe('done');
  });
});

describe('from outside', () => {
  const report = (parts: Readonly<Record<string, unknown>>): Promise<unknown> => world.app.run(world.actors.office, 'approvals.report_status', { id: newId(), source: 'api', system: '工程审批系统', verifiedDay: '2023-05-04', ...parts });

  it('a status is told with its source and day, and never overwrites what is handled here or what is newer', async () => {
    const id = await projectWith();
    await report({ projectId: id, item: 'P02', status: 'accepted', acceptedDay: '2023-04-27', receivedDay: '2023-04-26' });
    const [line] = await world.app.database.rows<Record<string, unknown>>(sql`select * from approvals_cases where project_id = ${id}`);
    expect(line).toMatchObject({ source: 'api', system: '工程审批系统', verified_day: '2023-05-04', status: 'accepted', accepted_day: '2023-04-27' });
    expect(await refusal(report({ projectId: id, item: 'P02', status: 'decided', decidedDay: '2023-05-02', outcome: 'approved', verifiedDay: '2023-05-03' }))).toBe('approvals.report_older');
    expect(await refusal(report({ projectId: id, item: 'P02', status: 'decided', decidedDay: '2023-05-04' }))).toBe('approvals.report_lacks');
    expect(await refusal(report({ projectId: id, item: 'P02', status: 'accepted', acceptedDay: '2023-05-06' }))).toBe('approvals.report_days');
    await report({ projectId: id, item: 'P02', status: 'special', acceptedDay: '2023-04-27' });
    // Since when it stands still is not known: nothing is counted down.
    expect(await row(String(line?.['id']))).toMatchObject({ status: 'special', side: 'special', kept: null, days_left: null, version: 2 });
    expect(await refusal(happens(String(line?.['id']), 'special_ended', {}, world.actors.office))).toBe('approvals.reported_outside');
    const own = await open('L06', world.actors.enterprise, id);
    expect(own).toBeTruthy();
    expect(await refusal(report({ projectId: id, item: 'L06', status: 'decided', decidedDay: '2023-05-04', outcome: 'approved' }))).toBe('approvals.handled_here');
  });

  it('everybody may read applied, promised and decided of an item, and nothing of people', async () => {
    const id = await projectWith();
    await open('L06', world.actors.enterprise, id);
    await world.app.run(world.actors.office, 'approvals.publish_lines', { projectId: id, shown: true });
    const { items } = await ask({ ...world.actors.leader, permissions: new Set(), scope: { keys: [], all: false } }, 'approvals.public_lines', { id });
    expect(items).toMatchObject([{ item: 'L06', status: 'received', appliedDay: '2023-05-04', orgName: '发展改革和统计局' }]);
    expect(JSON.stringify(items)).not.toMatch(/测试|经办/);
  });
});

describe('lists', () => {
  it('give the queue by days left, a page at a time, and count it', async () => {
    world.app.clock.stand('2023-05-16');
    await keepOpenCases(world.app.database, world.app.now());
    const seen: unknown[] = [];
    for (let after: unknown; ;) {
      const page = await ask(world.actors.department, 'approvals.my_cases', { limit: 2, ...(typeof after === 'string' ? { after } : {}) });
      const items = Array.isArray(page['items']) ? page['items'] : [];
      seen.push(...items.map((item) => record(item)['daysLeft']));
      after = page['next'];
      if (after === null) break;
    }
    const counts = await ask(world.actors.department, 'approvals.case_counts', {});
    expect(seen.length).toBe(counts['all']);
    const order = seen.map((left) => (left === null ? 1e6 : Number(left)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(await refusal(ask(world.actors.department, 'approvals.my_cases', { after: '0~0~nonsense' }))).toBe('platform.invalid');
  });

  it('count each choice of a filter beside the other filters, and leave as a file what they show', async () => {
    const of = async (input: Readonly<Record<string, unknown>>) => ask(world.actors.department, 'approvals.case_facets', input);
    const count = (list: unknown, value: string) => Number(record((Array.isArray(list) ? list : []).map(record).find((one) => one['value'] === value))['count'] ?? 0);
    const all = await of({});
    const { items } = await ask(world.actors.department, 'approvals.my_cases', { limit: 200 });
    const rows = (Array.isArray(items) ? items : []).map(record);
    for (const item of ['L06', 'D01']) expect(count(all['items'], item)).toBe(rows.filter((one) => one['item'] === item).length);
    expect(count(all['items'], 'L06')).toBeGreaterThan(1);
    // Under a chosen item the levels are of that item; its neighbours keep their own counts.
    const under = await of({ item: ['L06'] });
    expect(count(under['items'], 'D01')).toBe(count(all['items'], 'D01'));
    expect(count(under['statuses'], 'received')).toBe(rows.filter((one) => one['item'] === 'L06' && one['status'] === 'received').length);
    const clerk = { ...world.actors.department, permissions: new Set(['projects.read', 'projects.export']) };
    await expect(world.app.download(clerk, 'approvals.cases_export', {})).rejects.toMatchObject({ code: 'platform.not_allowed' });
    const made = await world.app.download(world.actors.department, 'approvals.cases_export', { item: ['L06'], format: 'csv' });
    const parts: Buffer[] = [];
    for await (const part of made.content) parts.push(Buffer.from(part));
    const lines = Buffer.concat(parts).toString('utf8').trim().split('\r\n');
    expect(lines).toHaveLength(2 + rows.filter((one) => one['item'] === 'L06').length);
    expect(lines[1]).toContain('承诺到期');
  });

  it('tell the pace of a body against its promise', async () => {
    world.app.clock.stand('2023-06-30');
    const { items } = await ask(world.actors.office, 'approvals.department_pace', { orgId: world.orgs.department });
    expect(items).toContainEqual(expect.objectContaining({ item: 'L06', unit: 'working', decided: 2, p50: 7, p90: 19, statutory: 20, kept: 2, late: 0 }));
  });

  it('show a project its items, what waits for what, and what may be applied for', async () => {
    const id = await projectWith();
    const { items, can } = await ask(world.actors.enterprise, 'approvals.project_cases', { id });
    expect(can).toEqual({ apply: true, asAgent: false, enterLate: false, acceptJointly: [], acceptCompletion: false, publish: false });
    const lines = new Map((Array.isArray(items) ? items : []).map((one) => [record(one)['code'], record(one)]));
    expect(lines.get('P01')).toMatchObject({ verdict: 'needed', mayApply: true, waitsFor: [], case: null });
    expect(lines.get('D07')).toMatchObject({ mayApply: false });
    expect(record(lines.get('D07'))['waitsFor']).toContainEqual({ code: 'D02', name: { zh: '设计方案审定及公示', en: expect.any(String) } });
    expect(await refusal(ask(world.actors.enterprise, 'approvals.project_cases', { id: other }))).toBe('platform.not_found');
  });
});
