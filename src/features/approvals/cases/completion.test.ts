import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { answerFacts, PLAIN_FACTS } from '../../../test/world/approvals.ts';
import { refusal } from '../../../test/world/lifecycle.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { actorById } from '../../people/session.ts';
import { recountAll } from '../calendar/recounting.ts';
import { readCalendar } from '../calendar/store.ts';
import { tellAllLapses } from '../faster/daily.ts';
import { answerGates } from '../faster/gate.ts';
import { keepOpenCases } from './daily.ts';

let world: World;
let housing: Body;
let planning: Body;
let defence: Body;

interface Body { readonly org: string; readonly actor: Actor }

beforeAll(async () => {
  world = await makeWorld({ day: '2024-03-01' });
  [housing, planning, defence] = [await department('住建局'), await department('规划局'), await department('人防办')];
  const duties = [['housing', housing.org], ['planning', planning.org], ['civil_defence', defence.org]].map(([duty, organisationId]) => ({ duty, organisationId }));
  await world.app.run(world.app.system, 'people.edit_department_map', { items: duties });
  // The published policy of a real city: nine days in four steps, two windows of three days.
  await world.app.run(world.app.system, 'approvals.set_layer', { layer: 'tangshan-2019', laid: true, fromDay: '2024-03-01', note: '试行' }, { ifVersion: 0 });
});
afterAll(() => world.close());
beforeEach(() => world.app.clock.stand('2024-03-01'));

async function department(name: string): Promise<Body> {
  const [org, id] = [newId(), newId()];
  await world.app.run(world.app.system, 'people.create_organisation', { id: org, parentId: world.orgs.root, kind: 'department', name });
  const role = await world.app.database.row<{ id: string }>(sql`select id from people_roles where code = 'department'`);
  await world.app.run(world.app.system, 'people.create_user', { id, orgId: org, login: `d-${id.slice(-8)}`, name: `${name}经办`, roleIds: [role?.id], password: 'correct horse battery' });
  const actor = await actorById(world.app.database, id);
  if (actor === undefined) throw new Error('no actor');
  return { org, actor };
}

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(record) : []);
const row = async (id: string): Promise<Record<string, unknown>> => record(await world.app.database.row(sql`select * from approvals_cases where id = ${id}`));
const caseOf = async (id: string, actor: Actor = housing.actor): Promise<Record<string, unknown>> => record(await world.app.ask(actor, 'approvals.case', { id }));

async function project(facts: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const id = await world.project({ builderId: world.orgs.enterprise, responsibleOrgId: housing.org });
  await answerFacts(world.app.database, id, { ...PLAIN_FACTS, ...facts });
  return id;
}

interface Accepted { readonly id: string; readonly lead: string; readonly part: (item: string) => string }

async function accept(facts: Readonly<Record<string, unknown>> = {}): Promise<Accepted> {
  const id = await project(facts);
  const output = record((await world.app.run(housing.actor, 'approvals.accept_completion', { projectId: id, document: '联验受〔2024〕1号' })).output);
  const cases = list(output['cases']);
  return { id, lead: String(output['caseId']), part: (item) => String(cases.find((one) => one['item'] === item)?.['id']) };
}

async function happens(id: string, kind: string, parts: Readonly<Record<string, unknown>> = {}, actor: Actor = housing.actor): Promise<void> {
  await world.app.run(actor, 'approvals.record_case_event', { id, kind, ...parts }, { ifVersion: Number((await row(id))['version']) });
}

const says = (actor: Actor, id: string, view: string, opinion?: string) => world.app.run(actor, 'approvals.answer_review', { id, view, ...(opinion === undefined ? {} : { opinion }) });

describe('竣工联合验收', () => {
  it('is accepted once for all its parts, each at its body, with the days of the published steps', async () => {
    const { lead, part } = await accept({ civilDefence: true });
    expect(await row(lead)).toMatchObject({ status: 'accepted', org_id: housing.org, promised_limit: 9, promised_due: '2024-03-14', part_of: null });
    for (const [item, org] of [['Y01', planning.org], ['Y02', housing.org], ['Y03', defence.org]] as const) {
      // A part has no days of its own: those of the whole are its.
      expect(await row(part(item))).toMatchObject({ status: 'accepted', org_id: org, part_of: lead, lead_org_id: housing.org, promised_limit: 9, days_left: 9 });
    }
    const { completion, reviews } = await caseOf(lead);
    expect(list(record(completion)['steps']).map((one) => [record(one['name'])['en'], one['days'], one['due'], one['state']])).toEqual([
      ['Acceptance', 1, '2024-03-04', 'now'], ['Documents', 4, '2024-03-08', 'ahead'], ['Site', 3, '2024-03-13', 'ahead'], ['Reply', 1, '2024-03-14', 'ahead'],
    ]);
    // Each body of a part is asked, the leading one for its own part too; opinions are due before the answer. The archive is nobody's here.
    expect(list(reviews).map((one) => [one['orgId'], one['dueDay']]).sort()).toEqual([housing.org, planning.org, defence.org].map((org) => [org, '2024-03-13']).sort());
  });

  it('leaves out a part that the project does not need, and its body', async () => {
    const { lead, part } = await accept();
    expect(part('Y03')).toBe('undefined');
    expect(list((await caseOf(lead))['reviews']).map((one) => one['orgId']).sort()).toEqual([housing.org, planning.org].sort());
  });

  it('is the leading department\'s and the window\'s to accept, once', async () => {
    const id = await project();
    const input = { projectId: id, document: '联验受2号' };
    expect(await refusal(world.app.run({ ...planning.actor, scope: { keys: [planning.org, world.orgs.enterprise], all: false } }, 'approvals.accept_completion', input))).toMatch(/not_found|not_allowed/);
    expect(await refusal(world.app.run(world.actors.enterprise, 'approvals.accept_completion', input))).toBe('platform.not_allowed');
    expect(await refusal(world.app.run(housing.actor, 'approvals.accept_completion', { ...input, parts: ['D01'] }))).toBe('approvals.not_a_part');
    expect(await refusal(world.app.run(housing.actor, 'approvals.accept_completion', input))).toBe('done');
    expect(await refusal(world.app.run(housing.actor, 'approvals.accept_completion', input))).toBe('approvals.case_open');
  });

  it('is the leading department\'s for every project of the zone, and only in the stage that it leads', async () => {
    const id = await world.project({ builderId: world.orgs.enterprise, townId: world.orgs.town });
    await answerFacts(world.app.database, id, PLAIN_FACTS);
    const joint = (actor: Actor, stage: string, items: readonly string[]) => refusal(world.app.run(actor, 'approvals.joint_accept', { projectId: id, stage, items, document: '联合受理9号' }));
    // Not in the scope of either: what they do not lead is not there.
    expect(await refusal(world.app.ask(housing.actor, 'projects.get', { id }))).toBe('platform.not_found');
    expect(await joint(housing.actor, 'S2', ['D07'])).toBe('platform.not_found');
    expect(await joint(planning.actor, 'S3', ['K08'])).toBe('platform.not_found');
    expect(await joint(defence.actor, 'S3', ['K08'])).toBe('platform.not_found');
    expect(await joint(planning.actor, 'S2', ['D07'])).toBe('done');
    expect(await joint(housing.actor, 'S3', ['K08'])).toBe('done');
    const input = { projectId: id, document: '联验受9号' };
    expect(await refusal(world.app.run(planning.actor, 'approvals.accept_completion', input))).toBe('platform.not_found');
    expect(await refusal(world.app.run(housing.actor, 'approvals.accept_completion', input))).toBe('done');
    // Each sees of it the stages that it leads.
    const seen = async (actor: Actor) => [...new Set(list(record(await world.app.ask(actor, 'approvals.project_cases', { id }))['items']).map((one) => one['stage']))];
    expect(await seen(planning.actor)).toEqual(['S1', 'S2']);
    expect(await seen(housing.actor)).toEqual(['S3', 'S4']);
    expect(await refusal(world.app.ask(defence.actor, 'approvals.project_cases', { id }))).toBe('platform.not_found');
  });

  it('has one result: every part waits for all opinions and is decided with the whole, which opens the gates', async () => {
    const { id, lead, part } = await accept();
    const decide = () => happens(lead, 'decided', { outcome: 'approved', document: '联验〔2024〕1号' });
    expect(await refusal(happens(part('Y02'), 'decided', { outcome: 'approved', document: '消验1号' }))).toBe('approvals.part_of_joint');
    expect((await caseOf(part('Y01'), planning.actor))).toMatchObject({ can: [], partOf: { id: lead } });
    await says(housing.actor, lead, 'consent');
    expect(await refusal(decide())).toBe('approvals.review_open');
    await says(planning.actor, lead, 'consent');
    world.app.clock.stand('2024-03-12');
    await decide();
    for (const item of ['Y01', 'Y02']) expect(await row(part(item))).toMatchObject({ status: 'decided', outcome: 'approved', document: '联验〔2024〕1号', decided_day: '2024-03-12' });
    const gates = (await answerGates(world.app.database, [id], world.app.now())).get(id);
    expect([gates?.('completion_acceptance')?.on('2024-03-12').met, gates?.('use')?.on('2024-03-12').met]).toEqual([true, true]);
    const told = await world.app.database.rows<{ subject_id: string }>(sql`select subject_id from platform_events where project_id = ${id} and kind = 'approvals.case_decided'`);
    expect(told.map((one) => one.subject_id).sort()).toEqual([lead, part('Y01'), part('Y02')].sort());
  });

  it('stands still in a window for rectification, with all its parts, and asks those who objected again', async () => {
    const { lead, part } = await accept();
    await says(planning.actor, lead, 'consent');
    await says(housing.actor, lead, 'objection', '消防通道被占');
    const decide = () => happens(lead, 'decided', { outcome: 'approved', document: '联验2号', reason: '不采纳' });
    // No objection is outvoted, whatever reason is given.
    expect(await refusal(decide())).toBe('approvals.part_objects');
    world.app.clock.stand('2024-03-08');
    await happens(lead, 'rectification_begun', { reason: '清理消防通道' });
    expect(await row(part('Y02'))).toMatchObject({ status: 'rectifying', side: 'applicant' });
    world.app.clock.stand('2024-03-12');
    await happens(lead, 'rectification_ended', {}, world.actors.enterprise);
    const { completion, reviews } = await caseOf(lead);
    expect(record(completion)['windows']).toEqual([{ from: '2024-03-08', last: '2024-03-13', ended: '2024-03-12', working: 2, reason: '清理消防通道' }]);
    // Two working days outside the clock: the answer moves from the 14th to the 18th, opinions from the 13th to the 15th.
    expect(list(record(completion)['steps']).map((one) => one['due'])).toEqual(['2024-03-04', '2024-03-08', '2024-03-15', '2024-03-18']);
    expect(list(reviews).map((one) => [one['orgId'] === housing.org, one['position'], one['dueDay'], list(one['earlier']).map((said) => said['opinion'])])).toEqual(expect.arrayContaining([
      [true, 'waiting', '2024-03-15', ['消防通道被占']], [false, 'consent', '2024-03-13', []],
    ]));
    expect(await row(part('Y01'))).toMatchObject({ status: 'accepted', promised_due: '2024-03-18' });
    await says(housing.actor, lead, 'consent');
    expect(await refusal(decide())).toBe('done');
  });

  it('gives opinions their days anew by its steps where the calendar changes, a window counted', async () => {
    const { lead } = await accept();
    await happens(lead, 'rectification_begun', { reason: '清理消防通道' });
    world.app.clock.stand('2024-03-05');
    await happens(lead, 'rectification_ended', {}, world.actors.enterprise);
    const dues = async (): Promise<unknown[]> => [...new Set(list((await caseOf(lead))['reviews']).map((one) => one['dueDay']))];
    expect(await dues()).toEqual(['2024-03-15']);
    const id = newId();
    const edition = async (): Promise<number> => (await readCalendar(world.app.database)).edition;
    await world.app.run(world.app.system, 'approvals.enter_local_days', { id, name: '暴雪停办', from: '2024-03-06', to: '2024-03-07', work: false, document: '示办〔2024〕5号', counts: 'all', basis: '突发事件应对法第四十九条' }, { ifVersion: await edition() });
    await recountAll(world.app.database, world.app.now());
    expect(await dues()).toEqual(['2024-03-19']);
    await world.app.run(world.app.system, 'approvals.withdraw_local_days', { id, reason: '雪停了' }, { ifVersion: await edition() });
    await recountAll(world.app.database, world.app.now());
    expect(await dues()).toEqual(['2024-03-15']);
  });

  it('is returned whole when a material that it owes does not come; a part owes nothing by itself', async () => {
    const { id, lead, part } = await accept({ civilDefence: true });
    const owing = (item: string, toleranceId: string) => world.app.run(world.app.system, 'approvals.accept_with_debts', { id, toleranceId, item, day: '2024-03-01', mainComplete: true, missing: [{ material: '测绘成果', due: '2024-03-05' }] });
    expect(await refusal(owing('Y03', newId()))).toBe('approvals.part_of_joint');
    await owing('Y04', newId());
    world.app.clock.stand('2024-03-06');
    await tellAllLapses(world.app);
    for (const one of [lead, part('Y01'), part('Y02'), part('Y03')]) expect(await row(one)).toMatchObject({ status: 'returned', closed_day: '2024-03-06' });
    const told = await world.app.database.rows<{ subject_id: string }>(sql`select subject_id from platform_events where project_id = ${id} and kind = 'approvals.case_returned'`);
    expect(told.map((one) => one.subject_id).sort()).toEqual([lead, part('Y01'), part('Y02'), part('Y03')].sort());
  });

  it('stands among the opinions that are owed for who handles cases, and for nobody else of the same body', async () => {
    const { lead } = await accept();
    const reader = { ...planning.actor, permissions: new Set([...planning.actor.permissions].filter((one) => one !== 'approvals.handle')) };
    const owed = async (actor: Actor): Promise<unknown[]> => list(record(await world.app.ask(actor, 'approvals.my_cases', { reviews: true }))['items']).map((one) => one['id']);
    expect(await owed(planning.actor)).toContain(lead);
    expect(await owed(reader)).toEqual([]);
    expect(record(await world.app.ask(reader, 'approvals.case_counts', {}))['reviews']).toBe(0);
  });

  it('gives two windows of three working days, which end by themselves', async () => {
    const { lead, part } = await accept();
    await happens(lead, 'rectification_begun', { reason: '一' });
    world.app.clock.stand('2024-03-07');
    await keepOpenCases(world.app.database, world.app.now());
    for (const id of [lead, part('Y01'), part('Y02')]) expect(await row(id)).toMatchObject({ status: 'accepted', side: 'department', used: 1 });
    await happens(lead, 'rectification_begun', { reason: '二' });
    world.app.clock.stand('2024-03-13');
    await keepOpenCases(world.app.database, world.app.now());
    expect(await refusal(happens(lead, 'rectification_begun', { reason: '三' }))).toBe('cases.rectification_spent');
    expect(list(record((await caseOf(lead))['completion'])['windows']).map((one) => [one['ended'], one['working']])).toEqual([['2024-03-06', 3], ['2024-03-12', 3]]);
  });

  it('takes a result that is there already as it is, and nothing that is in hand on its own', async () => {
    const id = await project();
    const opened = newId();
    await world.app.run(world.actors.enterprise, 'approvals.open_case', { id: opened, projectId: id, item: 'Y01' });
    await happens(opened, 'accepted', { document: '规核受1号' }, planning.actor);
    expect(await refusal(world.app.run(housing.actor, 'approvals.accept_completion', { projectId: id, document: '联验受3号' }))).toBe('approvals.part_in_hand');
    await happens(opened, 'decided', { outcome: 'approved', document: '规核1号' }, planning.actor);
    const output = record((await world.app.run(housing.actor, 'approvals.accept_completion', { projectId: id, document: '联验受3号' })).output);
    expect(list(output['cases']).map((one) => one['item'])).toEqual(['Y04', 'Y02']);
    expect(await row(opened)).toMatchObject({ part_of: null, document: '规核1号' });
  });
});

describe('the public line', () => {
  const lines = async (id: string) => list(record(await world.app.ask(world.actors.enterprise, 'approvals.public_lines', { id }))['items']);

  it('is nobody\'s to read before the zone shows the project, and not where it is withheld with a reason', async () => {
    const { id, lead } = await accept();
    expect(await lines(id)).toEqual([]);
    expect(await refusal(world.app.run(housing.actor, 'approvals.publish_lines', { projectId: id, shown: true }))).toBe('platform.not_allowed');
    await world.app.run(world.actors.office, 'approvals.publish_lines', { projectId: id, shown: true });
    expect((await lines(id)).map((one) => one['item'])).toEqual(['Y01', 'Y02', 'Y04']);
    const withhold = (input: Readonly<Record<string, unknown>>, actor: Actor = housing.actor) => row(lead).then((one) => world.app.run(actor, 'approvals.withhold_line', { id: lead, ...input }, { ifVersion: Number(one['version']) }));
    expect(await refusal(withhold({ withheld: 'state_secret' }))).toBe('approvals.basis_needed');
    expect(await refusal(withhold({ withheld: 'state_secret', basis: '军事设施' }, planning.actor))).toBe('platform.not_allowed');
    await withhold({ withheld: 'state_secret', basis: '军事设施' });
    expect((await lines(id)).map((one) => one['item'])).toEqual(['Y01', 'Y02']);
    await withhold({ withheld: null });
    expect(await lines(id)).toHaveLength(3);
    await world.app.run(world.actors.office, 'approvals.publish_lines', { projectId: id, shown: false });
    expect(await lines(id)).toEqual([]);
  });
});
