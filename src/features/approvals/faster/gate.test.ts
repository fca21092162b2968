import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { Refusal } from '../../../kernel/refuse.ts';
import { sql } from '../../../platform/db.ts';
import { STANDARD } from '../../projects/lifecycle/shape.ts';
import { checkLandGate, landGate } from '../cases/landgate.ts';
import { GATE_OF_ITEM, HARD_GATES } from '../clocks/gates.ts';
import { answerFacts, decideCase, PLAIN_FACTS, storedPaper } from '../../../test/world/approvals.ts';
import { diceOf, type Dice } from '../../../test/world/histories.ts';
import { outcome } from '../../../test/registry/checks.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const LIVES = 40;
const TODAY = '2023-06-30';

let world: World;
let letter: string;
beforeAll(async () => {
  world = await makeWorld();
  letter = await storedPaper(world.app.database, [world.actors.office]);
});
afterAll(() => world.close());

const versionOf = async (id: string): Promise<number> => (await world.app.database.row<{ version: number }>(sql`select version from projects_projects where id = ${id}`))?.version ?? 0;
const run = async (name: string, input: Readonly<Record<string, unknown>> & { readonly id: string }): Promise<unknown> => (await world.app.run(world.actors.office, name, input, { ifVersion: await versionOf(input.id) })).output;

/** Ready to start by the evidence of the life cycle alone: what stands before the hard gates as before. */
async function preliminary(kind = 'enterprise'): Promise<string> {
  const id = await world.project({ townId: world.orgs.town, kind });
  await world.app.database.run(sql`update projects_projects set stage = 'preliminary', stage_day = '2023-01-05', code = ${`2306-419001-04-01-${id.slice(-6)}`} where id = ${id}`);
  const sha = id.replaceAll('-', '').repeat(2);
  await world.app.database.run(sql`insert into platform_files (sha256, bytes, media_type, stored_at, stored_by) values (${sha}, 1, 'application/pdf', now(), ${world.actors.office.userId})`);
  for (const [evidence, parts] of [['construction_permit', { number: '施2023-1', day: '2023-05-01' }], ['photo_works', { taken: '2023-06-01T02:00:00Z', place: '一号厂房' }]] as const) {
    await world.app.database.run(sql`
      insert into projects_evidence (id, project_id, kind, sha256, number, day, taken_at, place, added_by, added_at)
      values (${newId()}, ${id}, ${evidence}, ${sha}, ${'number' in parts ? parts.number : null}, ${'day' in parts ? parts.day : null}, ${'taken' in parts ? parts.taken : null}, ${'place' in parts ? parts.place : null}, ${world.actors.office.userId}, now())`);
  }
  return id;
}

async function start(id: string, day = TODAY): Promise<string[]> {
  try {
    await run('projects.move', { id, to: 'started', day, statement: { works: 'first_pile' } });
    return [];
  } catch (error) {
    if (error instanceof Refusal && Array.isArray(error.details['missing'])) return error.details['missing'].flatMap((one: { condition: string; lacking: { text: string; why: string }[] }) => one.lacking.map((lack) => `${lack.text} ${lack.why}`));
    throw error;
  }
}

describe('the gate of the start of works', () => {
  it('rests on the evidence alone while approvals keeps nothing of the project, and is not shown', async () => {
    const id = await preliminary();
    const gates = Object(await world.app.ask(world.actors.office, 'projects.gates', { id }));
    expect(gates.next[0].conditions.map((one: { code: string }) => one.code)).toEqual(['permit', 'works_photo', 'permanent_works']);
    expect(await start(id)).toEqual([]);
  });

  it('binds as soon as somebody answered a question, and says which approval is missing and why', async () => {
    const id = await preliminary();
    await answerFacts(world.app.database, id);
    expect(await start(id)).toEqual(['建筑工程施工许可证 cases:missing.none', '建设项目环境影响评价审批 cases:missing.none']);
    const gates = Object(await world.app.ask(world.actors.office, 'projects.gates', { id }));
    expect(gates.next[0].conditions.at(-1)).toMatchObject({ code: 'approvals_start', state: 'missing', mayWaive: false, lacking: [{ name: { en: 'Construction permit' }, why: 'cases:missing.none', law: 'cases:law.building_7' }, { why: 'cases:missing.none' }] });
    await decideCase(world.app.database, id, 'P11', '2018-06-29');
    await decideCase(world.app.database, id, 'K08', '2023-06-20');
    expect(await start(id)).toEqual(['建设项目环境影响评价审批 cases:missing.expired']);
    await world.app.database.run(sql`update approvals_cases set decided_day = '2023-06-21' where project_id = ${id} and item = 'P11'`);
    expect(await start(id, '2023-06-20')).toEqual(['建设项目环境影响评价审批 cases:missing.not_yet']);
    expect(await start(id, '2023-06-21')).toEqual([]);
  });

  it('wants what is conditional until somebody says that it does not apply', async () => {
    const id = await preliminary();
    await answerFacts(world.app.database, id, { ...PLAIN_FACTS, forestMu: 3 });
    for (const item of ['P11', 'K08']) await decideCase(world.app.database, id, item, '2023-06-20');
    expect(await start(id)).toEqual(['农用地转用和土地征收审批 cases:missing.none', '使用林地审核 cases:missing.none']);
    await answerFacts(world.app.database, id);
    expect(await start(id)).toEqual([]);
  });

  it('is opened neither by a waiver nor by an approval with materials owed', async () => {
    const id = await preliminary();
    await answerFacts(world.app.database, id);
    await decideCase(world.app.database, id, 'P11', '2023-06-20');
    await decideCase(world.app.database, id, 'K08', '2023-06-20', { outcome: 'approved_deferred' });
    expect(await start(id)).toEqual(['建筑工程施工许可证 cases:missing.owing']);
    expect(await outcome(run('projects.move', { id, to: 'started', day: TODAY, statement: { works: 'first_pile' }, waive: [{ condition: 'approvals_start', reason: '先开工后补证' }] }))).toBe('lifecycle.not_waivable');
  });

  it('takes a verified commencement report for the permit', async () => {
    const id = await preliminary();
    await answerFacts(world.app.database, id);
    await decideCase(world.app.database, id, 'P11', '2023-06-20');
    await world.app.database.run(sql`update projects_evidence set kind = 'commencement_report' where project_id = ${id} and kind = 'construction_permit'`);
    expect(await start(id)).toEqual(['建筑工程施工许可证 cases:missing.none']);
    await world.app.database.run(sql`update projects_evidence set verified_by = ${world.actors.admin.userId}, verified_at = now() where project_id = ${id} and kind = 'commencement_report'`);
    expect(await start(id)).toEqual([]);
  });
});

/** Ready for the hand-over or for production by the evidence of the life cycle alone. */
async function completed(kind: 'enterprise' | 'government', facts: Readonly<Record<string, unknown>>): Promise<string> {
  const id = await preliminary(kind);
  await world.app.database.run(sql`update projects_projects set stage = 'completed', stage_day = '2023-06-01' where id = ${id}`);
  await answerFacts(world.app.database, id, { ...PLAIN_FACTS, track: kind, ...(kind === 'government' ? { landWay: 'allocated' } : {}), ...facts });
  return id;
}

const shutAt = async (id: string): Promise<string[]> => {
  const gates = Object(await world.app.ask(world.actors.office, 'projects.gates', { id }));
  return gates.next[0].conditions.filter((one: { code: string }) => one.code.startsWith('approvals_')).flatMap((one: { code: string; lacking?: { name: { zh: string } }[]; state: string }) => (one.state === 'met' ? [] : [`${one.code}: ${(one.lacking ?? []).map((lack) => lack.name.zh).join(' ')}`]));
};

describe('every hard gate of the law', () => {
  it('is asked for by a stage of the life cycle, for every kind that builds, or by the decision of the item that it forbids', () => {
    const asked = (kind: string): string[] => STANDARD.stages.flatMap((stage) => stage.conditions.flatMap(({ kinds, test, waivedBy }) => (test.type === 'external' && test.feature === 'approvals' && waivedBy === null && (kinds === undefined || kinds.some((one) => one === kind)) ? [test.question] : [])));
    for (const kind of ['enterprise', 'government']) {
      const found = new Set([...asked(kind), ...Object.values(GATE_OF_ITEM)]);
      expect(HARD_GATES.map((one) => one.code).filter((code) => !found.has(code))).toEqual([]);
      expect(asked(kind).toSorted()).toEqual(['completion_acceptance', 'discharge', 'land_right', 'production', 'start', 'use']);
    }
    expect(STANDARD.stages.flatMap((stage) => stage.conditions.flatMap(({ test }) => (test.type === 'external' && !HARD_GATES.some((one) => one.code === test.question) ? [test.question] : [])))).toEqual([]);
  });

  it('works do not start on farmland whose conversion is not approved', async () => {
    const id = await preliminary();
    await answerFacts(world.app.database, id, { ...PLAIN_FACTS, farmlandMu: 12 });
    for (const item of ['P11', 'K08']) await decideCase(world.app.database, id, item, '2023-06-20');
    expect(await start(id)).toEqual(['农用地转用和土地征收审批 cases:missing.none']);
    await decideCase(world.app.database, id, 'L02', '2023-06-21');
    expect(await start(id)).toEqual([]);
  });

  it('production, use and discharge each wait for their own acceptance, of an enterprise', async () => {
    const id = await completed('enterprise', { discharge: 'key', disturbsSoil: true, hazardousChemicals: true });
    expect(await shutAt(id)).toEqual(['approvals_production: 环保设施竣工验收（自主） 水土保持设施验收（自主） 安全设施竣工验收、安全生产许可', 'approvals_use: 消防验收或备案', 'approvals_discharge: 排污许可证']);
    for (const item of ['Y02', 'Y07', 'Y08', 'Y09']) await decideCase(world.app.database, id, item, '2023-06-20');
    expect(await shutAt(id)).toEqual(['approvals_production: 安全设施竣工验收、安全生产许可']);
    await decideCase(world.app.database, id, 'Y10', '2023-06-20');
    expect(await shutAt(id)).toEqual([]);
  });

  it('a government project is handed over for use behind the same gates, as far as they apply to it', async () => {
    expect(await shutAt(await completed('government', { emissions: false }))).toEqual(['approvals_use: 消防验收或备案']);
    const id = await completed('government', { emissions: true, disturbsSoil: true });
    expect(await shutAt(id)).toEqual(['approvals_production: 环保设施竣工验收（自主） 水土保持设施验收（自主）', 'approvals_use: 消防验收或备案']);
  });

  it('land is neither contracted nor allocated nor registered before what the law wants first; a refusal is always open', async () => {
    const id = await preliminary();
    await answerFacts(world.app.database, id, { ...PLAIN_FACTS, forestMu: 3 });
    const db = world.app.database;
    const shut = async (item: string): Promise<string[]> => ((await landGate(db, id, item, TODAY))?.missing ?? []).flatMap((one) => one.items);
    expect([await shut('L04'), await shut('L05'), await shut('L07'), await landGate(db, id, 'L06', TODAY)]).toEqual([['L01', 'L02'], ['L01', 'L02'], ['L02'], undefined]);
    const gate = await landGate(db, id, 'L04', TODAY);
    expect(() => checkLandGate(gate, { kind: 'decided', outcome: 'approved' })).toThrow(Refusal);
    expect(() => checkLandGate(gate, { kind: 'decided', outcome: 'refused' })).not.toThrow();
    for (const item of ['L01', 'L02']) await decideCase(db, id, item, '2023-06-20');
    expect(() => checkLandGate({ gate: 'land_contract', open: true, missing: [] }, { kind: 'decided', outcome: 'approved' })).not.toThrow();
    expect([await shut('L04'), await shut('L07')]).toEqual([[], []]);
  });
});

describe(`random lives through the real commands (seed ${SEED})`, () => {
  const dice = diceOf(SEED);

  it('never open the start by what is simulated, owing or promised; only what the model calls formal does', async () => {
    const seen = { opened: 0, shut: 0, simulated: 0, owing: 0, promised: 0 };
    for (let life = 0; life < LIVES; life += 1) {
      const id = await preliminary();
      await answerFacts(world.app.database, id, { ...PLAIN_FACTS, disturbsSoil: true, energyTce: 2000 });
      for (const item of ['P01', 'P02', 'L01', 'L03', 'P11', 'K01', 'K02', 'K06', 'K07']) await decideCase(world.app.database, id, item, '2023-02-01');
      const formal = await live(id, dice);
      const missing = await start(id);
      for (const way of ['simulated', 'owing', 'promised'] as const) if (missing.some((one) => one.endsWith(`missing.${way}`))) seen[way] += 1;
      expect([life, missing.length === 0]).toEqual([life, ['K08', 'P09', 'P12'].every((item) => formal.has(item))]);
      seen[missing.length === 0 ? 'opened' : 'shut'] += 1;
    }
    expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
  }, 120_000);
});

const PREMISES = { applicant: '甲', areaSquareMetres: 1, planning: '规', scale: '一' };

/** What a clerk would write on a slip: which items are formal in the end. Most lives go well, or no gate would ever open. */
async function live(id: string, dice: Dice): Promise<Set<string>> {
  const formal = new Set<string>();
  const often = (): boolean => dice(3) > 0;
  for (const item of ['P09', 'P12']) {
    const way = dice(3);
    if (way === 0) {
      await decideCase(world.app.database, id, item, '2023-03-01');
      formal.add(item);
    } else if (way === 1) {
      const promiseId = newId();
      await run('approvals.promise', { id, promiseId, item, day: '2023-05-04', conditions: '按标准实施', signedBy: '甲', signers: ['legal_representative'], letterSha: letter, number: `承${promiseId.slice(-8)}` });
      if (!often()) continue;
      const kept = often();
      await run('approvals.check_promise', { id, promiseId, day: '2023-06-01', kept, finding: '现场核查', ...(kept ? {} : { revocation: '撤1', evidenceSha: letter }) });
      if (kept) formal.add(item);
    } else {
      const toleranceId = newId();
      await run('approvals.accept_with_debts', { id, toleranceId, item, day: '2023-06-27', mainComplete: true, missing: [{ material: '地形图', due: '2023-07-11' }] });
      await decideCase(world.app.database, id, item, '2023-06-28', { received: '2023-06-27' });
      if (!often()) continue;
      await run('approvals.supply_material', { id, toleranceId, material: '地形图', day: '2023-06-29' });
      formal.add(item);
    }
  }
  await permit(id, dice, formal);
  return formal;
}

/** L06, D01, D02, D07 and K08 by simulation, as far as the dice let it come. */
async function permit(id: string, dice: Dice, formal: Set<string>): Promise<void> {
  const chain = ['L06', 'D01', 'D02', 'D07', 'K08'];
  const stop = dice(9);
  const ids = new Map(chain.map((item) => [item, newId()]));
  for (const item of chain) await run('approvals.apply_simulation', { id, simulationId: ids.get(item), item, day: '2023-05-08', planning: '规', riskSigned: true, signedBy: '甲', riskSha: letter });
  if (stop === 0) return;
  for (const item of chain) await run('approvals.give_opinion', { id, simulationId: ids.get(item), day: '2023-05-15', number: `模${String(ids.get(item)).slice(-8)}`, premises: PREMISES, owed: [] });
  if (stop === 1) return;
  const same = dice(4) > 0;
  const documents = stop === 2 ? [] : chain.map((item) => ({ item, number: `正${item}${id.slice(-8)}` }));
  await run('approvals.enter_land_contract', { id, day: '2023-06-12', number: '合同1', premises: same ? PREMISES : { ...PREMISES, scale: '二' }, documents });
  if (!same) {
    const passed = dice(3) > 0;
    for (const item of chain) await run('approvals.review_change', { id, simulationId: ids.get(item), day: '2023-06-14', parts: ['scale'], passed });
    if (!passed) return;
    for (const item of chain) await run('approvals.issue_formal', { id, simulationId: ids.get(item), day: '2023-06-15', number: `复${item}${id.slice(-8)}` });
  } else if (stop === 2) return;
  formal.add('K08');
  if (dice(6) > 0) return;
  await run('approvals.void_simulation', { id, simulationId: ids.get('K08'), day: '2023-06-20', reason: '数据不实' });
  formal.delete('K08');
}
