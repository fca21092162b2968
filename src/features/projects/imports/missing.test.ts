// Who imports makes no bodies and people unless a permission of its own says so, at the preview and once more when it is written.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { importHost } from '../../../jobs.ts';
import type { Actor } from '../../../platform/actor.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { makeMissing, MAKES_MISSING } from './missing.ts';
import { mappingOf, workOnce } from './runner.ts';
import { readImport } from './store.ts';

const TABLE = '项目名称\t所在镇\t总投资（万元）\n新甲项目\t从没有过的镇\t100';
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const without = (): Actor => ({ ...world.actors.office, permissions: new Set([...world.actors.office.permissions].filter((one) => one !== MAKES_MISSING)) });

/** An import of the office that has been read, and previewed where somebody makes what is missing. */
async function read(maker?: Actor): Promise<string> {
  const id = newId();
  await world.app.run(world.actors.office, 'projects.start_import', { id, text: TABLE, fileName: '粘贴的表格' });
  await workOnce(importHost(world.app), new AbortController().signal, id);
  if (maker !== undefined) await map(id, maker, true);
  return id;
}

async function map(id: string, actor: Actor, createMissing: boolean): Promise<void> {
  const one = await readImport(world.app.database, id, undefined);
  if (one === undefined) throw new Error('the import is gone');
  await world.app.run(actor, 'projects.preview_import', { id, mapping: { ...mappingOf(one), createMissing } });
  await workOnce(importHost(world.app), new AbortController().signal, id);
}

it('is refused at the preview without the permission; without the wish the import goes on', async () => {
  const id = await read();
  await expect(map(id, without(), true)).rejects.toMatchObject({ code: 'ledger.may_not_create' });
  await map(id, without(), false);
  expect((await readImport(world.app.database, id, undefined))?.state).toBe('preview');
});

it('is refused when the permission is gone by the time it is written', async () => {
  const id = await read(world.actors.office);
  await expect(makeMissing(importHost(world.app), without(), id)).rejects.toMatchObject({ code: 'ledger.may_not_create' });
  await makeMissing(importHost(world.app), world.actors.office, id);
  expect(await world.app.ask(world.actors.office, 'people.organisations', { q: '从没有过的镇' })).toMatchObject({ items: [{ kind: 'town' }] });
});
