import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { uploadFile } from '../../../platform/upload.ts';
import { printPaper } from '../../../demo/paper.ts';
import { refusal } from '../../../test/world/lifecycle.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { mayReadAttorney } from './attorney.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-05-04' });
  const duties = ['development', 'planning'].map((duty) => ({ duty, organisationId: world.orgs.department }));
  await world.app.run(world.app.system, 'people.edit_department_map', { items: duties });
});
afterAll(() => world.close());

async function paper(actor: Actor, word: string): Promise<string> {
  const content = printPaper({ title: '申请材料', lines: [['名称', word]], foot: '演示' });
  return String(Object(await uploadFile({ ...world.app, run: world.app.run }, actor, { name: `${word}.pdf`, content: Readable.from([content]) })).id);
}

const project = (): Promise<string> => world.project({ builderId: world.orgs.enterprise });

async function apply(projectId: string, materials?: readonly { name: string; sha: string }[], actor: Actor = world.actors.enterprise): Promise<string> {
  const id = newId();
  await world.app.run(actor, 'approvals.open_case', { id, projectId, item: 'L06', ...(materials === undefined ? {} : { materials }) });
  return id;
}

async function happens(id: string, kind: string, parts: object, actor: Actor): Promise<void> {
  const row = await world.app.database.row<{ version: number }>(sql`select version from approvals_cases where id = ${id}`);
  await world.app.run(actor, 'approvals.record_case_event', { id, kind, ...parts }, { ifVersion: Number(row?.version) });
}

async function read(id: string, actor: Actor = world.actors.department): Promise<{ materials: readonly Record<string, unknown>[]; listed: { main: readonly { zh: string }[] } }> {
  return Object(await world.app.ask(actor, 'approvals.case', { id }));
}

describe('the materials of an application', () => {
  it('come with it by the names of the catalogue or others, and who handles the case reads them with their files', async () => {
    const own = await project();
    const before = await read(await apply(own));
    expect(before.materials).toEqual([]);
    const listed = before.listed.main[0]?.zh ?? '';
    expect(listed).not.toBe('');
    const [first, second] = [await paper(world.actors.enterprise, '红线图'), await paper(world.actors.enterprise, '营业执照')];
    const id = await apply(await project(), [{ name: listed, sha: first }, { name: ' 营业执照 ', sha: second }]);
    const { materials } = await read(id);
    expect(materials).toMatchObject([
      { seq: 1, name: { zh: listed }, main: true, sha: first, day: '2023-05-04', fileName: '红线图.pdf', by: world.actors.enterprise.name }, { seq: 2, name: { zh: '营业执照', en: '营业执照' }, main: null, sha: second },
    ]);
    expect(await mayReadAttorney(world.app.database, world.actors.department, first)).toEqual({ name: '红线图.pdf', mediaType: 'application/pdf' });
    expect(await mayReadAttorney(world.app.database, world.actors.commissioner, first)).toBeUndefined();
  });

  it('are added when a correction is answered, behind those that were there, and with no other event', async () => {
    const file = await paper(world.actors.enterprise, '申请表');
    const id = await apply(await project(), [{ name: '申请表', sha: file }]);
    await happens(id, 'correction_asked', { reason: '缺用地红线图', document: '补正1号' }, world.actors.department);
    const more = await paper(world.actors.enterprise, '用地红线图');
    expect(await refusal(happens(id, 'withdrawn', { materials: [{ name: '用地红线图', sha: more }] }, world.actors.enterprise))).toBe('approvals.materials_not_now');
    await happens(id, 'correction_supplied', { materials: [{ name: '用地红线图', sha: more }] }, world.actors.enterprise);
    expect((await read(id)).materials.map((one) => [one['seq'], one['sha']])).toEqual([[1, file], [2, more]]);
  });

  it('are files of who sends them, have names, and are no more than thirty', async () => {
    const own = await project();
    const strange = await paper(world.actors.commissioner, '别人的文件');
    const file = await paper(world.actors.enterprise, '本人的文件');
    expect(await refusal(apply(own, [{ name: '红线图', sha: strange }]))).toBe('approvals.file_unknown');
    expect(await refusal(apply(own, [{ name: '  ', sha: file }]))).toBe('approvals.material_unnamed');
    const many = (count: number): { name: string; sha: string }[] => Array.from({ length: count }, (_, nth) => ({ name: `材料${String(nth)}`, sha: file }));
    expect(await refusal(apply(own, many(31)))).toBe('platform.invalid');
    expect(await refusal(apply(own, many(30)))).toBe('done');
  });
});
