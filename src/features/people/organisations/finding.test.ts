// Finding organisations by what they are called: the same whether they came after the upgrade or were there before.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { fillGrams } from './filling.ts';

let world: World;
const NAMES: readonly (readonly [name: string, shortName: string | null, nameEn: string | null, code: string | null])[] = [
  ['河南豫光金铅集团有限责任公司', '豫光', 'Henan Yuguang Gold and Lead', '9141-0001'], ['济源纳米材料【示范】有限公司', null, null, null], ['ＡＢＣ 电子（济源）有限公司', 'ABC', 'Abc Electronics', 'A-9'], ['沁', null, null, null], ['𠮷野家餐饮', '𠮷野家', null, null],
  // What a database would fold otherwise: to II, 1, m2, and an invisible character that it would keep.
  ['心Ⅱ①号厂（百㎡）', null, null, null], ['富\u200b士工厂', null, null, null],
];
const ids = NAMES.map(() => newId());

beforeAll(async () => {
  world = await makeWorld();
  for (const [index, [name, shortName, nameEn, code]] of NAMES.entries()) await world.app.run(world.app.system, 'people.create_organisation', { id: ids[index], parentId: world.orgs.root, kind: 'enterprise', name, shortName, nameEn, code });
});
afterAll(() => world.close());

const pick = async (q: string) => ((await world.app.ask(world.actors.office, 'people.pick_organisations', { q, kinds: ['enterprise'] })) as { items: { id: string }[] }).items.map((one) => ids.indexOf(one.id)).filter((index) => index >= 0);
const grams = async () => (await world.app.database.rows<{ id: string; grams: string[] }>(sql`select id, array(select g::text from unnest(grams) as g order by g) as grams from people_organisations order by id`));

describe('an organisation', () => {
  it.each([['豫光', [0]], ['yg', [0]], ['henan yu', [0]], ['纳米', [1]], ['jynm', [1]], ['abc', [2]], ['9141-0', [0]], ['沁', [3]], ['𠮷野', [4]], ['光豫', []]] as const)('is found by %s', async (q, expected) => {
    expect(await pick(q)).toEqual(expected);
  });

  it('is found by its new name alone once it is called otherwise', async () => {
    await world.app.run(world.app.system, 'people.edit_organisation', { id: ids[1], name: '济源新材料有限公司' });
    expect([await pick('纳米'), await pick('新材')]).toEqual([[], [1]]);
    await world.app.run(world.app.system, 'people.edit_organisation', { id: ids[1], name: NAMES[1]?.[0], shortName: '纳米厂' });
    expect(await pick('米厂')).toEqual([1]);
  });

  it('that was there before the upgrade is found by the same as one that came after', async () => {
    const before = await grams();
    await world.app.database.run(sql`update people_organisations set grams = null`);
    expect(await pick('豫光')).toEqual([]);
    expect(await fillGrams(world.app.database)).toBe(before.length);
    expect(await grams()).toEqual(before);
    expect([await pick('心Ⅱ'), await pick('①号'), await pick('百㎡'), await pick('富士')]).toEqual([[5], [5], [5], [6]]);
    expect(await fillGrams(world.app.database)).toBe(0);
  });
});
