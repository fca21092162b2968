import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { answerFacts, decideCase, storedPaper } from '../../../test/world/approvals.ts';
import { outcome } from '../../../test/registry/checks.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { tellAllLapses } from './daily.ts';

let world: World;
let letter: string;
beforeAll(async () => {
  world = await makeWorld();
  letter = await storedPaper(world.app.database, [world.actors.office]);
});
afterAll(() => world.close());

const PREMISES = { applicant: '演示企业有限公司', areaSquareMetres: 40_000, planning: '规条2023-12', scale: '两座厂房' };

async function run(name: string, input: Readonly<Record<string, unknown>>, actor: Actor = world.actors.office): Promise<Record<string, unknown>> {
  const row = await world.app.database.row<{ version: number }>(sql`select version from projects_projects where id = ${typeof input['id'] === 'string' ? input['id'] : null}::uuid`);
  const reply = await world.app.run(actor, `approvals.${name}`, input, row === undefined ? {} : { ifVersion: row.version });
  return { ...Object(reply.output) };
}

const tried = (name: string, input: Readonly<Record<string, unknown>>, actor?: Actor): Promise<string> => outcome(run(name, input, actor));
const read = async (id: string): Promise<Record<string, unknown>> => ({ ...Object(await world.app.ask(world.actors.office, 'approvals.faster', { id })) });

/** A project with everything before the land decided, so that only the land is missing. */
async function site(): Promise<string> {
  const id = await world.project({ townId: world.orgs.town });
  await answerFacts(world.app.database, id);
  for (const item of ['P01', 'P02', 'L01', 'L03']) await decideCase(world.app.database, id, item, '2023-02-01');
  return id;
}

async function applied(id: string, item: string, day = '2023-05-10'): Promise<string> {
  const simulationId = newId();
  await run('apply_simulation', { id, simulationId, item, day, planning: PREMISES.planning, riskSigned: true, signedBy: '王强', riskSha: letter });
  return simulationId;
}

async function opined(id: string, item: string, owed: readonly { item: string; due: string }[] = [], day = '2023-05-15'): Promise<string> {
  const simulationId = await applied(id, item);
  await run('give_opinion', { id, simulationId, day, number: `模拟${simulationId.slice(-8)}`, premises: PREMISES, owed });
  return simulationId;
}

describe('a simulated opinion', () => {
  it('is numbered, has no force, expires by itself, and is told to the history of the project', async () => {
    const id = await site();
    await opined(id, 'L06');
    expect(await read(id)).toMatchObject({ bound: true, simulations: [{ item: 'L06', status: 'opined', force: 'none', expires: '2023-07-15', daysLeft: 15, expired: false }] });
    const events = await world.app.database.rows<{ kind: string }>(sql`select kind from platform_events where project_id = ${id} and kind like 'approvals.%' order by seq`);
    expect(events.map((one) => one.kind)).toEqual(['approvals.simulation_applied', 'approvals.simulation_opined']);
  });

  it('is for key projects, with the site certain and the risk signed, and not for what is never simulated', async () => {
    const id = await site();
    const ask = (parts: Readonly<Record<string, unknown>> = {}): Promise<string> => tried('apply_simulation', { id, simulationId: newId(), item: 'L06', day: '2023-05-10', planning: '规条1', riskSigned: true, signedBy: '王强', riskSha: letter, ...parts });
    expect(await ask({ riskSigned: false })).toBe('cases.simulation_not_signed');
    expect(await ask({ item: 'P11' })).toBe('cases.simulation_not_here');
    expect(await ask({ item: 'Y04' })).toBe('cases.simulation_not_here');
    expect(await ask({ item: 'P07' })).toBe('approvals.item_not_here');
    expect(await ask({ day: '2023-07-01' })).toBe('approvals.day_in_future');
    await world.app.database.run(sql`update projects_projects set level = null where id = ${id}`);
    expect(await ask()).toBe('cases.simulation_key_only');
    const bare = await world.project({ townId: world.orgs.town });
    await decideCase(world.app.database, bare, 'L01', '2023-05-01', { status: 'accepted' });
    expect(await ask({ id: bare })).toBe('cases.simulation_no_site');
  });

  it('names every precondition that is not formal as a debt, which only the formal document settles', async () => {
    const id = await world.project({ townId: world.orgs.town });
    await answerFacts(world.app.database, id);
    const simulationId = await applied(id, 'L06');
    const opinion = { id, simulationId, day: '2023-05-15', number: '模拟1', premises: PREMISES };
    expect(await tried('give_opinion', { ...opinion, owed: [] })).toBe('approvals.debts_incomplete');
    expect(await tried('give_opinion', { ...opinion, owed: [{ item: 'P02', due: '2023-05-01' }] })).toBe('approvals.debt_due_past');
    await run('give_opinion', { ...opinion, owed: [{ item: 'P02', due: '2023-06-10' }] });
    expect(await read(id)).toMatchObject({ simulations: [{ owed: [{ item: 'P02', due: '2023-06-10', late: true }] }] });
    expect(await tried('settle_debt', { id, simulationId, day: '2023-06-20', item: 'P02' })).toBe('approvals.debt_not_formal');
    await decideCase(world.app.database, id, 'P02', '2023-06-19');
    await run('settle_debt', { id, simulationId, day: '2023-06-20', item: 'P02' });
    expect(await read(id)).toMatchObject({ simulations: [{ owed: [] }] });
  });

  it('lapses once; the item may then be examined anew, but not before', async () => {
    const id = await site();
    await opined(id, 'L06', [], '2023-05-15');
    expect(await tried('apply_simulation', { id, simulationId: newId(), item: 'L06', day: '2023-06-30', planning: '规条1', riskSigned: true, signedBy: '王强', riskSha: letter })).toBe('approvals.simulation_running');
    world.app.clock.stand('2023-07-16');
    try {
      expect(await read(id)).toMatchObject({ simulations: [{ expired: true, daysLeft: null }] });
      expect(await tellAllLapses(world.app)).toBeGreaterThan(0);
      expect(await tellAllLapses(world.app)).toBe(0);
      expect(await world.app.database.rows(sql`select after ->> 'day' as day from platform_events where project_id = ${id} and kind = 'approvals.simulation_lapsed'`)).toEqual([{ day: '2023-07-16' }]);
      await applied(id, 'L06', '2023-07-16');
    } finally {
      world.app.clock.stand('2023-06-30');
    }
  });
});

describe('the land contract', () => {
  const contract = (id: string, parts: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({ id, day: '2023-06-20', number: '合同2023-8', premises: PREMISES, documents: [], ...parts });

  it('makes formal documents of one day in the order of the law, with numbers of their own', async () => {
    const id = await site();
    for (const item of ['L06', 'D01', 'D02', 'D07']) await opined(id, item);
    const documents = ['D07', 'L06', 'D02', 'D01'].map((item) => ({ item, number: `正式${item}` }));
    const done = await run('enter_land_contract', contract(id, { documents }));
    expect(done).toMatchObject({ issued: ['L06', 'D01', 'D02', 'D07'].map((item) => ({ item, number: `正式${item}` })), waiting: [], due: [], reviewing: [], lapsed: [] });
    expect(await world.app.database.rows(sql`select item, day, until from approvals_results where project_id = ${id} order by item`)).toEqual([
      { item: 'D01', day: '2023-06-20', until: null }, { item: 'D02', day: '2023-06-20', until: null }, { item: 'D07', day: '2023-06-20', until: '2024-06-20' }, { item: 'L04', day: '2023-06-20', until: null }, { item: 'L06', day: '2023-06-20', until: null },
    ]);
    expect(await read(id)).toMatchObject({ simulations: ['D01', 'D02', 'D07', 'L06'].map((item) => ({ item, status: 'formal', force: 'formal', document: { number: `正式${item}`, day: '2023-06-20' } })) });
    expect(await tried('enter_land_contract', contract(id, { number: '合同9' }))).toBe('approvals.contract_entered');
  });

  it('lets nothing pass that the law puts after what is not there', async () => {
    const id = await site();
    const late = await opined(id, 'L06');
    await opined(id, 'D01');
    const done = await run('enter_land_contract', contract(id, { documents: [{ item: 'D01', number: '正式D01' }] }));
    expect(done).toMatchObject({ issued: [], waiting: [{ item: 'D01', for: ['L06'] }], due: [{ item: 'D01', due: '2023-06-21' }, { item: 'L06', due: '2023-06-21' }] });
    const row = await world.app.database.row<{ id: string }>(sql`select id from approvals_simulations where project_id = ${id} and item = 'D01'`);
    expect(await tried('issue_formal', { id, simulationId: row?.id, day: '2023-06-21', number: '正式D01' })).toBe('approvals.law_order');
    await run('issue_formal', { id, simulationId: late, day: '2023-06-21', number: '正式L06' });
    await run('issue_formal', { id, simulationId: row?.id, day: '2023-06-21', number: '正式D01' });
  });

  it('turns the opinion that holds, not the one before it that expired unused', async () => {
    const id = await site();
    await opined(id, 'L06');
    const [first, second] = [newId(), newId()];
    for (const [simulationId, applied, day] of [[first, '2023-02-20', '2023-03-01'], [second, '2023-05-08', '2023-05-15']] as const) {
      world.app.clock.stand(day);
      await run('apply_simulation', { id, simulationId, item: 'D07', day: applied, planning: PREMISES.planning, riskSigned: true, signedBy: '王强', riskSha: letter });
      await run('give_opinion', { id, simulationId, day, number: `模拟${simulationId.slice(-8)}`, premises: PREMISES, owed: [{ item: 'D02', due: '2023-06-01' }] });
    }
    world.app.clock.stand('2023-06-30');
    await decideCase(world.app.database, id, 'D02', '2023-06-01');
    const documents = ['D07', 'L06'].map((item) => ({ item, number: `正式${item}` }));
    expect(await run('enter_land_contract', contract(id, { documents }))).toMatchObject({ issued: [{ item: 'D07' }, { item: 'L06' }], lapsed: [] });
    expect(await read(id)).toMatchObject({ simulations: [{ id: first, status: 'opined', expired: true }, { id: second, status: 'formal' }, { item: 'L06' }] });
  });

  it('is known to the plan and to the list of items, as the documents are that it made', async () => {
    const id = await site();
    await opined(id, 'L06');
    await world.app.run(world.actors.office, 'approvals.choose_plan', { id, measures: ['simulation'] }, { ifVersion: 0 });
    const begin = async (): Promise<string | undefined> => (await world.app.database.row<{ begin_day: string }>(sql`select begin_day from approvals_plans where project_id = ${id}`))?.begin_day;
    const before = await begin();
    await run('enter_land_contract', contract(id, { documents: [{ item: 'L06', number: '正式L06' }] }));
    expect(String(await begin()) < String(before)).toBe(true);
    const items: unknown = Object(await world.app.ask(world.actors.office, 'approvals.project_cases', { id })).items;
    expect(items).toEqual(expect.arrayContaining(['L04', 'L06'].map((code) => expect.objectContaining({ code, documentDay: '2023-06-20', mayApply: false }))));
    expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'L07', waitsFor: [], mayApply: true })]));
  });

  it('has only what changed reviewed', async () => {
    const id = await site();
    const simulationId = await opined(id, 'L06');
    expect(await run('enter_land_contract', contract(id, { premises: { ...PREMISES, areaSquareMetres: 41_000 }, documents: [{ item: 'L06', number: '正式L06' }] }))).toMatchObject({ issued: [], reviewing: [{ item: 'L06', changed: ['areaSquareMetres'] }] });
    expect(await tried('issue_formal', { id, simulationId, day: '2023-06-21', number: '正式L06' })).toBe('approvals.simulation_state');
    expect(await tried('review_change', { id, simulationId, day: '2023-06-21', parts: [], passed: true })).toBe('cases.review_lacks');
    await run('review_change', { id, simulationId, day: '2023-06-21', parts: ['areaSquareMetres'], passed: true });
    await run('issue_formal', { id, simulationId, day: '2023-06-21', number: '正式L06' });
    await run('void_simulation', { id, simulationId, day: '2023-06-25', reason: '面积数据不实' });
    expect(await read(id)).toMatchObject({ simulations: [{ status: 'void', document: null }] });
    expect(await world.app.database.rows(sql`select void from approvals_results where project_id = ${id} and item = 'L06'`)).toEqual([{ void: true }]);
  });

  it('is not entered before the planning conditions', async () => {
    const id = await world.project({ townId: world.orgs.town });
    await answerFacts(world.app.database, id);
    expect(await tried('enter_land_contract', contract(id))).toBe('approvals.gate_shut');
    expect(await tried('enter_land_contract', contract(id), world.actors.enterprise)).toBe('platform.not_allowed');
  });
});

describe('acceptance with debts', () => {
  it('owes each material to a day, and sends back by itself what did not come', async () => {
    const id = await site();
    const [toleranceId, other] = [newId(), newId()];
    const accept = (parts: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({ id, toleranceId, item: 'P09', day: '2023-06-19', mainComplete: true, missing: [{ material: '地形图' }], ...parts });
    expect(await tried('accept_with_debts', accept({ mainComplete: false }))).toBe('approvals.main_incomplete');
    expect(await tried('accept_with_debts', accept({ item: 'L03' }))).toBe('cases.tolerance_not_here');
    // The Dragon Boat festival and the Sunday that is worked for it lie between.
    expect(await run('accept_with_debts', accept())).toMatchObject({ due: [{ material: '地形图', due: '2023-06-27' }] });
    expect(await read(id)).toMatchObject({ tolerances: [{ state: 'returned' }] });
    await tellAllLapses(world.app);
    expect(await world.app.database.rows(sql`select after ->> 'day' as day from platform_events where project_id = ${id} and kind = 'approvals.tolerance_returned'`)).toEqual([{ day: '2023-06-28' }]);
    expect(await tried('supply_material', { id, toleranceId, material: '地形图', day: '2023-06-30' })).toBe('cases.returned');
    await run('accept_with_debts', accept({ toleranceId: other, day: '2023-06-30' }));
    expect(await tried('accept_with_debts', accept({ toleranceId: newId(), day: '2023-06-30' }))).toBe('approvals.tolerance_running');
    await run('supply_material', { id, toleranceId: other, material: '地形图', day: '2023-06-30' });
    expect(await read(id)).toMatchObject({ tolerances: [{ state: 'returned' }, { state: 'clear' }] });
  });

  it('takes no main material that the catalogue names for one that may follow', async () => {
    const id = await site();
    const catalogue: unknown = await world.app.ask(world.actors.office, 'approvals.catalogue_item', { code: 'K08' });
    const main = Object(catalogue).item.materials.main[0].zh;
    expect(await tried('accept_with_debts', { id, toleranceId: newId(), item: 'K08', day: '2023-06-19', mainComplete: true, missing: [{ material: main }] })).toBe('cases.main_missing');
  });
});

describe('a promise', () => {
  it('gives the permit at once, is checked later, and costs it where it was false', async () => {
    const id = await site();
    const promiseId = newId();
    const give = (parts: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({ id, promiseId, item: 'P12', day: '2023-06-01', conditions: '按承诺标准实施水土保持', signedBy: '王强', signers: ['legal_representative'], letterSha: letter, number: '水承2023-1', ...parts });
    expect(await tried('promise', give({ item: 'K03', promiseId: newId() }))).toBe('cases.promise_excluded');
    expect(await tried('promise', give({ item: 'P11', promiseId: newId() }))).toBe('cases.promise_not_here');
    expect(await tried('promise', give({ signers: ['design_unit'], promiseId: newId() }))).toBe('approvals.unsigned_legal_representative');
    expect(await run('promise', give())).toMatchObject({ checkDue: '2023-06-30' });
    expect(await read(id)).toMatchObject({ promises: [{ state: 'granted', daysLeft: 0 }] });
    expect(await tried('check_promise', { id, promiseId, day: '2023-06-28', kept: false, finding: '未建排水沟' })).toBe('approvals.revocation_needed');
    await run('check_promise', { id, promiseId, day: '2023-06-28', kept: false, finding: '未建排水沟', revocation: '撤2023-1', evidenceSha: letter });
    expect(await read(id)).toMatchObject({ promises: [{ state: 'revoked', finding: '未建排水沟', revocation: '撤2023-1' }] });
    expect(await tried('check_promise', { id, promiseId, day: '2023-06-29', kept: true, finding: '已建' })).toBe('approvals.promise_checked');
  });
});

describe('validity', () => {
  it('of a permit is extended as often as the law allows, before it is over, and stands on the radar until works begin', async () => {
    const id = await site();
    await decideCase(world.app.database, id, 'K08', '2023-04-20');
    const number = (await world.app.database.row<{ document: string }>(sql`select document from approvals_cases where project_id = ${id} and item = 'K08'`))?.document ?? '';
    const mine = async (): Promise<unknown[]> => Object(await world.app.ask(world.actors.office, 'approvals.expiring', { kind: 'document', limit: 200 })).items.filter((one: { projectId: string }) => one.projectId === id);
    expect(await mine()).toMatchObject([{ item: 'K08', until: '2023-07-20', daysLeft: 20, extensionsLeft: 2, extensionMonths: 3, then: 'void' }]);
    expect(await tried('extend_validity', { id, item: 'K08', number: '别的', day: '2023-06-30', reason: '雨季', document: '延2023-1' })).toBe('approvals.no_document');
    expect(await run('extend_validity', { id, item: 'K08', number, day: '2023-06-30', reason: '雨季', document: '延2023-1' })).toMatchObject({ until: '2023-10-20' });
    expect(await run('extend_validity', { id, item: 'K08', number, day: '2023-06-30', reason: '雨季', document: '延2023-1' })).toMatchObject({ until: '2024-01-20' });
    expect(await tried('extend_validity', { id, item: 'K08', number, day: '2023-06-30', reason: '雨季', document: '延2023-1' })).toBe('approvals.extended_enough');
    expect(await mine()).toEqual([]);
    await decideCase(world.app.database, id, 'P03', '2021-07-30');
    expect(await mine()).toMatchObject([{ item: 'P03', until: '2023-07-30' }]);
    await world.app.database.run(sql`update projects_projects set stage = 'started' where id = ${id}`);
    expect(await mine()).toEqual([]);
  });

  it('lists each once, page by page, in the order of the days', async () => {
    for (let nth = 0; nth < 5; nth += 1) await decideCase(world.app.database, await world.project({ townId: world.orgs.town }), 'K08', `2023-04-1${String(nth % 2)}`);
    const ask = async (input: object): Promise<{ items: { projectId: string; until: string }[]; next: string | null; counts: Record<string, number> }> => Object(await world.app.ask(world.actors.office, 'approvals.expiring', input));
    const all = await ask({ limit: 200 });
    const seen: { projectId: string; until: string }[] = [];
    for (let after: string | null = null, page = 0; page < 100; page += 1) {
      const part = await ask({ limit: 2, ...(after === null ? {} : { after }) });
      seen.push(...part.items);
      after = part.next;
      if (after === null) break;
    }
    expect(seen).toEqual(all.items);
    expect(all.items.length).toBeGreaterThanOrEqual(5);
    expect(all.items.map((one) => one.until)).toEqual(all.items.map((one) => one.until).toSorted());
    expect(all.counts['within90']).toBe(all.items.length);
    expect(Object(await world.app.ask(world.actors.enterprise, 'approvals.expiring', {})).items).toEqual([]);
    expect(await outcome(world.app.ask(world.actors.office, 'approvals.expiring', { after: 'nonsense' }))).toBe('platform.invalid');
  });
});

describe('guidance', () => {
  it('is measured by the first application after it, which its counts open', async () => {
    const make = async (parts?: { corrected: boolean }): Promise<string> => {
      const id = await world.project({ townId: world.orgs.town });
      await run('guide', { id, guidanceId: newId(), item: 'P11', day: '2023-05-01', missing: ['公众参与说明'], comments: '噪声章节须补充' });
      if (parts !== undefined) await decideCase(world.app.database, id, 'P11', '2023-06-20', { received: '2023-06-01', ...parts });
      return id;
    };
    const [passed, failed, open] = [await make({ corrected: false }), await make({ corrected: true }), await make()];
    const list = async (input: object = {}): Promise<{ items: { projectId: string; outcome: string }[]; counts: object }> => Object(await world.app.ask(world.actors.office, 'approvals.guidance', input));
    expect((await list()).counts).toEqual({ all: 3, decided: 2, passed: 1 });
    expect((await list({ outcome: 'passed' })).items).toMatchObject([{ projectId: passed, outcome: 'passed' }]);
    expect((await list({ outcome: 'decided' })).items.map((one) => one.projectId)).toEqual([failed, passed]);
    expect((await list({ outcome: 'open' })).items.map((one) => one.projectId)).toEqual([open]);
    expect(await tried('guide', { id: open, guidanceId: newId(), item: 'P11', day: '2023-05-01', missing: [' '] })).toBe('approvals.guidance_empty');
  });
});

describe('who may', () => {
  it('a body handles its items of projects that it does not lead, and others find nothing', async () => {
    const id = await world.project({ townId: world.orgs.town });
    const ask = (): Promise<string> => tried('guide', { id, guidanceId: newId(), item: 'P09', day: '2023-05-01', missing: ['能评报告'] }, world.actors.department);
    expect(await ask()).toBe('platform.not_found');
    await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'development', organisationId: world.orgs.department }] });
    expect(await ask()).toBe('ok');
    expect(await tried('guide', { id, guidanceId: newId(), item: 'P11', day: '2023-05-01', missing: ['环评'] }, world.actors.department)).toBe('platform.not_found');
  });

  it('a body sees the guidance that it gave, of a project that it may not know too, and nothing of others', async () => {
    const id = await world.project({ townId: world.orgs.town });
    await world.app.run(world.app.system, 'people.edit_department_map', { items: [{ duty: 'development', organisationId: world.orgs.department }] });
    const given = async (actor: Actor): Promise<string> => {
      const guidanceId = newId();
      await run('guide', { id, guidanceId, item: 'P09', day: '2023-05-02', missing: ['能评报告'] }, actor);
      return guidanceId;
    };
    const [own, others] = [await given(world.actors.department), await given(world.actors.office)];
    const seen = async (actor: Actor): Promise<{ ids: string[]; all: number }> => {
      const { items, counts } = Object(await world.app.ask(actor, 'approvals.guidance', { item: 'P09' }));
      return { ids: items.map((one: { id: string }) => one.id), all: counts.all };
    };
    const department = await seen(world.actors.department);
    expect([department.ids.includes(own), department.ids.includes(others), department.all]).toEqual([true, false, department.ids.length]);
    const { guidance } = Object(await world.app.ask(world.actors.department, 'approvals.faster', { id }));
    expect(guidance.map((one: { id: string }) => one.id)).toEqual([own]);
    expect((await seen(world.actors.office)).ids).toEqual(expect.arrayContaining([own, others]));
  });
});
