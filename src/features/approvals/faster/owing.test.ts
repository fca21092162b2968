import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { problemOf } from '../../../platform/problem.ts';
import { Refusal } from '../../../kernel/refuse.ts';
import { uploadFile } from '../../../platform/upload.ts';
import { Readable } from 'node:stream';
import { answerFacts, decideCase, storedPaper } from '../../../test/world/approvals.ts';
import { outcome } from '../../../test/registry/checks.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { keepOpenCases } from '../cases/daily.ts';
import { tellAllLapses } from './daily.ts';
import { mayReadPaper } from './papers.ts';

let world: World;
beforeAll(async () => { world = await makeWorld(); });
afterAll(() => world.close());

const DAY = '2023-06-28';

async function run(name: string, input: Readonly<Record<string, unknown>>, actor: Actor = world.actors.office): Promise<Record<string, unknown>> {
  const row = await world.app.database.row<{ version: number }>(sql`
    select version from projects_projects where id = ${String(input['id'])}::uuid union all select version from approvals_cases where id = ${String(input['id'])}::uuid`);
  const reply = await world.app.run(actor, name, input, row === undefined ? {} : { ifVersion: row.version });
  return { ...Object(reply.output) };
}

const tried = (name: string, input: Readonly<Record<string, unknown>>, actor?: Actor): Promise<string> => outcome(run(name, input, actor));
const ask = async (name: string, input: object, actor: Actor = world.actors.office): Promise<Record<string, unknown>> => ({ ...Object(await world.app.ask(actor, name, input)) });

/** A project whose firm has applied for an item, which waits to be accepted. */
async function applied(item = 'P09'): Promise<{ id: string; caseId: string }> {
  await world.app.run(world.app.system, 'people.edit_department_map', { items: ['development', 'water', 'approval'].map((duty) => ({ duty, organisationId: world.orgs.department })) });
  const id = await world.project({ townId: world.orgs.town, builderId: world.orgs.enterprise });
  await answerFacts(world.app.database, id);
  const caseId = newId();
  await standing(DAY, () => world.app.run(world.actors.enterprise, 'approvals.open_case', { id: caseId, projectId: id, item }));
  return { id, caseId };
}

async function owing(missing: readonly object[] = [{ material: '地形图', due: '2023-07-05' }, { material: '专家意见' }]): Promise<{ id: string; caseId: string; toleranceId: string }> {
  const { id, caseId } = await applied();
  const toleranceId = newId();
  await run('approvals.accept_with_debts', { id, toleranceId, item: 'P09', day: DAY, mainComplete: true, document: '受2023-1', missing });
  return { id, caseId, toleranceId };
}

async function standing<T>(day: string, work: () => Promise<T>): Promise<T> {
  world.app.clock.stand(day);
  try {
    return await work();
  } finally {
    world.app.clock.stand('2023-06-30');
  }
}

const stateOf = async (caseId: string): Promise<unknown> => (await ask('approvals.case', { id: caseId }))['case'];
const kindsOf = async (caseId: string): Promise<string[]> => (await world.app.database.rows<{ kind: string }>(sql`select kind from approvals_case_events where case_id = ${caseId} order by seq`)).map((row) => row.kind);

describe('a case that is accepted with materials owed', () => {
  it('is accepted by that act, with a notice, each material by its own day', async () => {
    const { id, caseId } = await applied();
    const accept = { id, toleranceId: newId(), item: 'P09', day: DAY, mainComplete: true, missing: [{ material: '地形图', due: '2023-07-05' }, { material: '专家意见' }] };
    expect(await tried('approvals.accept_with_debts', accept)).toBe('approvals.acceptance_document');
    expect(await tried('approvals.accept_with_debts', { ...accept, document: '受1', missing: [{ material: '地形图', due: DAY }] })).toBe('approvals.material_day');
    expect(await tried('approvals.accept_with_debts', { ...accept, document: '受1', missing: [{ material: '地形图', due: '2023-07-27' }] })).toBe('approvals.material_day');
    expect(await run('approvals.accept_with_debts', { ...accept, document: '受1' })).toMatchObject({ caseId, due: [{ material: '地形图', due: '2023-07-05' }, { material: '专家意见', due: '2023-07-05' }] });
    expect(await stateOf(caseId)).toMatchObject({ status: 'accepted', acceptedDay: DAY, owedMaterials: 2, materialDue: '2023-07-05' });
    expect(await kindsOf(caseId)).toEqual(['received', 'accepted']);
  });

  it('stands in the queue of its department with the day before it is returned, and is what the firm owes', async () => {
    const { id, caseId } = await owing();
    const queue = await ask('approvals.my_cases', { projectId: id }, world.actors.department);
    expect(queue['items']).toMatchObject([{ id: caseId, owedMaterials: 2, materialDue: '2023-07-05' }]);
    const own = await ask('approvals.project_cases', { id }, world.actors.enterprise);
    expect(Object(own)['items'].find((one: { code: string }) => one.code === 'P09')).toMatchObject({ case: { owedMaterials: 2 } });
    expect(await ask('approvals.case_faster', { id: caseId }, world.actors.enterprise)).toMatchObject({ tolerances: [{ state: 'owing', materials: [{ daysLeft: 5 }, { daysLeft: 5 }] }], can: { examine: false, supply: true } });
  });

  it('is really returned by the job of the day, once, with its clock, its public line and its history', async () => {
    const { id, caseId, toleranceId } = await owing();
    await world.app.run(world.actors.office, 'approvals.publish_lines', { projectId: id, shown: true });
    expect(await standing('2023-07-05', () => tellAllLapses(world.app))).toBe(0);
    await standing('2023-07-06', async () => {
      await Promise.all([tellAllLapses(world.app), tellAllLapses(world.app)]);
      expect(await tellAllLapses(world.app)).toBe(0);
      await keepOpenCases(world.app.database, world.app.now());
      expect(await stateOf(caseId)).toMatchObject({ status: 'returned', closedDay: '2023-07-06', side: null, owes: null, daysLeft: null, owedMaterials: 0 });
      expect(await kindsOf(caseId)).toEqual(['received', 'accepted', 'returned']);
      const shown = await ask('approvals.case', { id: caseId });
      expect(Object(shown)['events'].at(-1)).toMatchObject({ kind: 'returned', day: '2023-07-06', reason: '专家意见 (2023-07-05); 地形图 (2023-07-05)' });
      expect((await ask('approvals.public_lines', { id }))['items']).toMatchObject([{ item: 'P09', status: 'returned' }]);
      expect((await world.app.database.rows<{ kind: string }>(sql`select kind from platform_events where project_id = ${id} and kind in ('approvals.case_returned', 'approvals.tolerance_returned') order by kind`)).map((row) => row.kind)).toEqual(['approvals.case_returned', 'approvals.tolerance_returned']);
      expect(await tried('approvals.supply_material', { id, toleranceId, material: '地形图', day: '2023-07-06' })).toBe('cases.returned');
      // It may be applied for anew, and what the first round owed is none of the second's.
      const second = newId();
      await world.app.run(world.actors.enterprise, 'approvals.open_case', { id: second, projectId: id, item: 'P09' });
      expect(await stateOf(second)).toMatchObject({ status: 'received', owedMaterials: 0, round: 2 });
      await tellAllLapses(world.app);
      expect(await kindsOf(second)).toEqual(['received']);
    });
  });

  it('is returned also where another one cannot be, which is told afterwards', async () => {
    const [broken, sound] = [await owing(), await owing()];
    await standing('2023-07-06', async () => {
      const { database, system } = world.app;
      const run: typeof world.app.run = (actor, name, input, options) => (Object(input).toleranceId === broken.toleranceId ? Promise.reject(new Error('broken')) : world.app.run(actor, name, input, options));
      await expect(tellAllLapses({ database, system, now: () => world.app.now(), run })).rejects.toThrow('broken');
      expect(await stateOf(sound.caseId)).toMatchObject({ status: 'returned' });
      await tellAllLapses(world.app);
      expect(await stateOf(broken.caseId)).toMatchObject({ status: 'returned' });
    });
  });

  it('stays as it is when all came in time, and when it was decided before', async () => {
    const { id, caseId, toleranceId } = await owing();
    for (const material of ['地形图', '专家意见']) await run('approvals.supply_material', { id, toleranceId, material, day: '2023-06-30' });
    const late = await owing();
    await run('approvals.record_case_event', { id: late.caseId, kind: 'decided', day: '2023-06-30', outcome: 'approved_deferred', document: '能2023-9' });
    await standing('2023-07-20', () => tellAllLapses(world.app));
    expect(await kindsOf(caseId)).toEqual(['received', 'accepted']);
    expect(await kindsOf(late.caseId)).toEqual(['received', 'accepted', 'decided']);
    expect(await ask('approvals.faster', { id: late.id })).toMatchObject({ tolerances: [{ state: 'owing', caseId: late.caseId }] });
    expect(await standing('2023-07-20', () => ask('approvals.faster', { id: late.id }))).toMatchObject({ tolerances: [{ state: 'returned', returnedDay: '2023-07-06' }] });
  });

  it('is returned under the project of somebody else by no department that does not handle it', async () => {
    const { id, toleranceId } = await owing();
    expect(await tried('approvals.return_overdue', { id, toleranceId })).toBe('approvals.not_overdue');
    const stranger: Actor = { ...world.actors.department, orgId: world.orgs.otherTown, scope: { all: false, keys: [world.orgs.otherTown] } };
    expect(await tried('approvals.return_overdue', { id, toleranceId }, stranger)).toBe('platform.not_found');
  });
});

describe('a material that is owed', () => {
  it('is put off once, with a reason, and not once its day is over', async () => {
    const { id, toleranceId } = await owing([{ material: '地形图', due: '2023-07-05' }]);
    const put = (parts: object = {}): Promise<string> => tried('approvals.extend_material', { id, toleranceId, material: '地形图', due: '2023-07-12', reason: '测绘受阻', ...parts });
    expect(await put({ reason: ' ' })).toBe('approvals.extension_reason');
    expect(await put({ due: '2023-07-05' })).toBe('approvals.material_day');
    expect(await put({ material: '别的' })).toBe('cases.not_owed');
    expect(await put({}), 'the first time').toBe('ok');
    expect(await put({ due: '2023-07-14' }), 'the second').toBe('approvals.material_extended');
    expect(await ask('approvals.faster', { id })).toMatchObject({ tolerances: [{ materials: [{ due: '2023-07-12', firstDue: '2023-07-05', extendedReason: '测绘受阻', extendableTo: null }] }] });
    expect(await standing('2023-07-06', () => tellAllLapses(world.app))).toBeGreaterThanOrEqual(0);
    expect(await ask('approvals.faster', { id })).toMatchObject({ tolerances: [{ state: 'owing', returnedDay: null }] });
    const other = await owing([{ material: '地形图', due: '2023-07-05' }]);
    expect(await standing('2023-07-06', () => tried('approvals.extend_material', { id: other.id, toleranceId: other.toleranceId, material: '地形图', due: '2023-07-10', reason: '晚' }))).toBe('cases.returned');
  });

  it('is sent by the firm with a real file, which the department may read and a stranger may not', async () => {
    const { id, toleranceId } = await owing();
    const firm = world.actors.enterprise;
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
    const sha = String(Object(await uploadFile(world.app, firm, { name: '地形图.pdf', content: Readable.from([pdf]) })).id);
    expect(await tried('approvals.supply_material', { id, toleranceId, material: '地形图', day: '2023-06-29', fileSha: sha }, firm)).toBe('platform.not_allowed');
    expect(await tried('approvals.send_material', { id, toleranceId, material: '地形图', fileSha: 'a'.repeat(64) }, firm)).toBe('approvals.file_unknown');
    expect(await tried('approvals.send_material', { id, toleranceId, material: '地形图', fileSha: sha }, firm)).toBe('ok');
    expect(await ask('approvals.faster', { id })).toMatchObject({ tolerances: [{ materials: [{ material: '专家意见', suppliedDay: null }, { material: '地形图', suppliedDay: '2023-06-30', fileSha: sha }] }] });
    expect(await mayReadPaper(world.app.database, world.actors.department, sha)).toMatchObject({ name: '地形图.pdf', mediaType: 'application/pdf' });
    expect(await mayReadPaper(world.app.database, { ...world.actors.enterprise, userId: newId(), scope: { all: false, keys: [world.orgs.otherTown] } }, sha)).toBeUndefined();
    expect(await tried('approvals.supply_material', { id, toleranceId, material: '专家意见', day: '2023-06-30' }, world.actors.leader)).toBe('platform.not_allowed');
  });
});

describe('a refusal', () => {
  it('names items by their names, in the language of the reader', async () => {
    const { id } = await owing();
    const thrown = await run('approvals.accept_with_debts', { id, toleranceId: newId(), item: 'P09', day: DAY, mainComplete: true, missing: [{ material: '地形图' }] }).catch((error: unknown) => error);
    if (!(thrown instanceof Refusal)) throw thrown;
    const said = (['zh-CN', 'en'] as const).map((locale) => problemOf(thrown, locale, world.app.texts).title);
    expect(said).toEqual(['“固定资产投资项目节能审查”已容缺受理，材料尚未补齐', expect.stringMatching(/^[A-Z][a-z -]+.* was accepted with debts and still owes materials$/)]);
    for (const text of said) expect(text).not.toMatch(/\b[A-Z]\d\d\b|\[object|\{\{/);
  });
});

describe('a promise', () => {
  const give = (id: string, letterSha: string, parts: object = {}): Record<string, unknown> => ({ id, promiseId: newId(), item: 'D07', day: '2023-06-01', conditions: '按规划条件建设', signedBy: '王强', signers: ['legal_representative', 'design_unit'], designUnit: '某设计院', letterSha, number: `承${newId().slice(-8)}`, ...parts });

  it('of a design takes the signature of the design unit too, and its letter', async () => {
    const { id } = await applied();
    const letter = await storedPaper(world.app.database, [world.actors.office]);
    expect(await tried('approvals.promise', give(id, letter, { signers: ['legal_representative'] }))).toBe('approvals.unsigned_design_unit');
    expect(await tried('approvals.promise', give(id, letter, { designUnit: ' ' }))).toBe('approvals.design_unit_unnamed');
    expect(await tried('approvals.promise', give(id, await storedPaper(world.app.database, [world.actors.enterprise])))).toBe('approvals.file_unknown');
    expect(await tried('approvals.promise', give(id, letter))).toBe('ok');
    expect(await ask('approvals.faster', { id })).toMatchObject({ promises: [{ designUnit: '某设计院', letterSha: letter, state: 'granted' }] });
  });

  it('that was false takes evidence, and stands against the firm where its next one is examined', async () => {
    const { id } = await applied();
    const before = Object((await ask('approvals.faster', { id }))['broken']).count;
    const letter = await storedPaper(world.app.database, [world.actors.office]);
    const one = give(id, letter);
    await run('approvals.promise', one);
    const check = { id, promiseId: one['promiseId'], day: '2023-06-20', kept: false, finding: '未按规划条件建设', revocation: '撤2023-3' };
    expect(await tried('approvals.check_promise', check)).toBe('approvals.evidence_needed');
    expect(await tried('approvals.check_promise', { ...check, evidenceSha: letter })).toBe('ok');
    const next = await applied();
    expect(await ask('approvals.faster', { id: next.id })).toMatchObject({ broken: { count: before + 1, lastDay: '2023-06-20' } });
    expect(await ask('approvals.faster', { id: next.id }, world.actors.enterprise)).toMatchObject({ broken: null });
  });
});

describe('validity', () => {
  it('is offered on the page of the case by the rule of its item: two extensions, one, or none', async () => {
    const { id } = await applied();
    const rule = async (item: string, day: string): Promise<unknown> => (await ask('approvals.case_faster', { id: await decideCase(world.app.database, id, item, day) }))['validity'];
    expect(await rule('K08', '2023-06-01')).toMatchObject({ until: '2023-09-01', extensionsLeft: 2, extensionMonths: 3, then: 'void' });
    expect(await rule('P03', '2023-06-01')).toMatchObject({ until: '2025-06-01', extensionsLeft: 1, extensionMonths: 12 });
    expect(await rule('P05', '2023-06-01')).toMatchObject({ until: '2026-06-01', extensionsLeft: 0 });
    const number = (await world.app.database.row<{ document: string }>(sql`select document from approvals_cases where project_id = ${id} and item = 'P03'`))?.document ?? '';
    const extend = { id, item: 'P03', number, day: '2023-06-30', reason: '资金未到位', document: '延1' };
    expect(await tried('approvals.extend_validity', { ...extend, months: 13 })).toBe('approvals.extension_too_long');
    expect(await run('approvals.extend_validity', { ...extend, months: 6 })).toMatchObject({ until: '2025-12-01' });
    expect(await tried('approvals.extend_validity', extend)).toBe('approvals.extended_enough');
  });
});

describe('the land contract', () => {
  it('says before it is entered what becomes of each opinion, and writes nothing', async () => {
    const id = await world.project({ townId: world.orgs.town });
    await answerFacts(world.app.database, id);
    for (const item of ['P01', 'P02', 'L01', 'L03']) await decideCase(world.app.database, id, item, '2023-02-01');
    const riskSha = await storedPaper(world.app.database, [world.actors.office]);
    const premises = { applicant: '甲', areaSquareMetres: 100, planning: '规1', scale: '一座' };
    for (const item of ['L06', 'D01']) {
      const simulationId = newId();
      await run('approvals.apply_simulation', { id, simulationId, item, day: '2023-05-10', planning: '规1', riskSigned: true, signedBy: '王', riskSha });
      await run('approvals.give_opinion', { id, simulationId, day: '2023-05-15', number: `模${newId().slice(-8)}`, premises, owed: [] });
    }
    const preview = async (parts: object = {}): Promise<unknown> => (await ask('approvals.preview_contract', { id, day: '2023-06-20', ...premises, ...parts }))['items'];
    expect(await preview()).toMatchObject([{ item: 'D01', then: 'issued' }, { item: 'L06', then: 'issued' }]);
    expect(await preview({ scale: '两座' })).toMatchObject([{ item: 'D01', then: 'reviewing', changed: ['scale'] }, { item: 'L06', then: 'reviewing', changed: ['scale'] }]);
    expect(await preview({ day: '2023-07-20' })).toMatchObject([{ then: 'lapsed' }, { then: 'lapsed' }]);
    expect(await ask('approvals.faster', { id })).toMatchObject({ simulations: [{ status: 'opined' }, { status: 'opined' }] });
  });
});
