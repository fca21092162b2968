// Samples of the faster ways of approval, in the form of samples.ts: one valid call of every command on a fresh project.
import { newId } from '../../kernel/ids.ts';
import { sql } from '../../platform/db.ts';
import { answerFacts, decideCase, storedPaper } from '../world/approvals.ts';
import type { Ground, MakeSample, Sample } from './samples.ts';

export const FASTER: Readonly<Record<string, MakeSample>> = {
  'approvals.guide': (ground) => onProject(ground, { guidanceId: newId(), item: 'P11', day: '2023-06-01', missing: ['公众参与说明'] }),
  'approvals.apply_simulation': async (ground) => onProject(ground, { simulationId: newId(), ...SIMULATION, riskSha: await paper(ground) }),
  'approvals.give_opinion': async (ground) => onProject(ground, { simulationId: await simulation(ground, 'applied'), ...opinion() }),
  'approvals.settle_debt': async (ground) => {
    const simulationId = await simulation(ground, 'opined');
    await decideCase(ground.world.app.database, ground.project, 'P02', '2023-06-10');
    return onProject(ground, { simulationId, day: '2023-06-12', item: 'P02' });
  },
  'approvals.void_simulation': async (ground) => onProject(ground, { simulationId: await simulation(ground, 'opined'), day: '2023-06-12', reason: '数据不实' }),
  'approvals.enter_land_contract': async (ground) => {
    await simulation(ground, 'opined');
    return onProject(ground, CONTRACT);
  },
  'approvals.review_change': async (ground) => {
    const simulationId = await simulation(ground, 'opined');
    await system(ground, 'approvals.enter_land_contract', { id: ground.project, ...CONTRACT, premises: { ...PREMISES, scale: '三座厂房' } });
    return onProject(ground, { simulationId, day: '2023-06-21', parts: ['scale'], passed: true });
  },
  'approvals.issue_formal': async (ground) => {
    const simulationId = await simulation(ground, 'opined');
    await decideCase(ground.world.app.database, ground.project, 'P02', '2023-06-10');
    await system(ground, 'approvals.enter_land_contract', { id: ground.project, ...CONTRACT });
    return onProject(ground, { simulationId, day: '2023-06-21', number: `地字${newId().slice(-8)}` });
  },
  'approvals.accept_with_debts': (ground) => onProject(ground, { toleranceId: newId(), ...OWING }),
  'approvals.supply_material': async (ground) => {
    const toleranceId = newId();
    await system(ground, 'approvals.accept_with_debts', { id: ground.project, toleranceId, ...OWING });
    return onProject(ground, { toleranceId, material: '地形图', day: '2023-06-30', fileSha: await paper(ground) });
  },
  'approvals.send_material': async (ground) => {
    const toleranceId = newId();
    await system(ground, 'approvals.accept_with_debts', { id: ground.project, toleranceId, ...OWING });
    return onProject(ground, { toleranceId, material: '地形图', fileSha: await paper(ground) });
  },
  'approvals.extend_material': async (ground) => {
    const toleranceId = newId();
    await system(ground, 'approvals.accept_with_debts', { id: ground.project, toleranceId, ...OWING });
    return onProject(ground, { toleranceId, material: '地形图', due: '2023-07-12', reason: '外业测绘受阻' });
  },
  'approvals.return_overdue': async (ground) => {
    const toleranceId = newId();
    await system(ground, 'approvals.accept_with_debts', { id: ground.project, toleranceId, ...OWING, day: '2023-03-01' });
    return onProject(ground, { toleranceId });
  },
  'approvals.promise': async (ground) => onProject(ground, { promiseId: newId(), ...PROMISED, letterSha: await paper(ground) }),
  'approvals.check_promise': async (ground) => {
    const promiseId = newId();
    await system(ground, 'approvals.promise', { id: ground.project, promiseId, ...PROMISED, letterSha: await paper(ground) });
    return onProject(ground, { promiseId, day: '2023-06-20', kept: true, finding: '现场核查属实' });
  },
  'approvals.extend_validity': async (ground) => {
    const promiseId = newId();
    await system(ground, 'approvals.promise', { id: ground.project, promiseId, ...PROMISED, item: 'K08', letterSha: await paper(ground) });
    return onProject(ground, { item: 'K08', number: PROMISED.number, day: '2023-06-20', reason: '雨季', document: '延2023-1' });
  },
  'approvals.tell_lapses': async (ground) => {
    await simulation(ground, 'opined', { applied: '2023-03-10', opined: '2023-03-15' });
    return { input: {} };
  },
};

async function onProject({ world, project }: Ground, input: Readonly<Record<string, unknown>>): Promise<Sample> {
  const row = await world.app.database.row<{ version: number }>(sql`select version from projects_projects where id = ${project}`);
  return { input: { id: project, ...input }, version: row?.version ?? 0 };
}

async function system(ground: Ground, name: string, input: unknown): Promise<unknown> {
  return (await ground.world.app.run(ground.world.app.system, name, input)).output;
}

/** Sent by who runs the sample, and by the program, which prepares what comes before it. */
function paper({ world, actor }: Ground): Promise<string> {
  return storedPaper(world.app.database, [actor, world.app.system]);
}

const PREMISES = { applicant: '演示企业有限公司', areaSquareMetres: 40_000, planning: '规条2023-12', scale: '两座厂房' };
const SIMULATION = { item: 'L06', day: '2023-05-10', planning: PREMISES.planning, riskSigned: true, signedBy: '王强' };
const CONTRACT = { day: '2023-06-20', number: '合同2023-8', premises: PREMISES, documents: [] };
const OWING = { item: 'P12', day: '2023-06-28', mainComplete: true, missing: [{ material: '地形图' }] };
const PROMISED = { item: 'P12', day: '2023-06-01', conditions: '按承诺标准实施', signedBy: '王强', signers: ['legal_representative'], number: '水承2023-1' };

const opinion = (day = '2023-05-15'): Readonly<Record<string, unknown>> => ({ day, number: `模拟${newId().slice(-8)}`, premises: PREMISES, owed: [{ item: 'P02', due: '2023-07-10' }] });

/** A simulation of the project that has come so far; of what is before the land everything but the filing is there. */
async function simulation(ground: Ground, until: 'applied' | 'opined', days = { applied: SIMULATION.day, opined: '2023-05-15' }): Promise<string> {
  const simulationId = newId();
  await answerFacts(ground.world.app.database, ground.project);
  for (const item of ['P01', 'L01', 'L03']) await decideCase(ground.world.app.database, ground.project, item, '2023-02-01');
  await system(ground, 'approvals.apply_simulation', { id: ground.project, simulationId, ...SIMULATION, day: days.applied, riskSha: await paper(ground) });
  if (until === 'opined') await system(ground, 'approvals.give_opinion', { id: ground.project, simulationId, ...opinion(days.opined) });
  return simulationId;
}
