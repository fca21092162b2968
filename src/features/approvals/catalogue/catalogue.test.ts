import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../platform/db.ts';
import { checker } from '../../../platform/validate.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { getCatalogue, getItem, getVersion, getVersions, previewCatalogue, readOverlay } from './contract.ts';
import { readCatalogue } from './store.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ day: '2023-06-30' });
});
afterAll(() => world.close());

const asCatalogue = checker(getCatalogue.output);
const asItem = checker(getItem.output);
const asVersions = checker(getVersions.output);
const asVersion = checker(getVersion.output);
const asReport = checker(readOverlay.output);
const asPreview = checker(previewCatalogue.output);

const ask = (name: string, input: object = {}) => world.app.ask(world.actors.office, `approvals.${name}`, input);
const catalogue = async (day?: string) => asCatalogue(await ask('catalogue', day === undefined ? {} : { day }));
const layer = async (code: string) => (await catalogue()).layers.find((one) => one.code === code);
async function act(name: string, code: string, input: object, actor = world.actors.office): Promise<unknown> {
  return (await world.app.run(actor, `approvals.${name}`, { layer: code, ...input }, { ifVersion: (await layer(code))?.version ?? 0 })).output;
}
const promisedOf = async (code: string, day?: string) => {
  const found = await readCatalogue(world.app.database, day ?? '2023-06-30');
  return found.catalogue.items.find((one) => one.code === code)?.promised.map((one) => one.days);
};
const limit = (days: number, source = 'practice') => [{ days, unit: 'working' as const, basis: { source, read: 'verify' as const } }];

describe('the catalogue of a zone', () => {
  it('is the one that came with the program until someone changes it, with the overlays that are laid', async () => {
    const { label, items, layers } = await catalogue();
    expect(items).toHaveLength(58);
    expect(label).toMatch(/^national@[^+]+\+henan@[^+]+$/);
    expect(layers.map((one) => [one.code, one.laid, one.version])).toEqual([['national', true, 0], ['henan', true, 0], ['tangshan-2019', false, 0]]);
    expect(items.find((one) => one.item.code === 'L07')?.from).toMatchObject({ promised: 'henan' });
    expect(items.find((one) => one.item.code === 'L06')?.from).toEqual({});
    // Before its first day an overlay is not laid.
    expect((await catalogue('2020-06-30')).label).not.toContain('henan');
    expect(await world.app.database.rows(sql`select 1 from approvals_layers`)).toEqual([]);
  });

  it('says of an item what each layer gives, what waits for it, and what changed it', async () => {
    const found = asItem(await ask('catalogue_item', { code: 'L07' }));
    expect(found.layers.map((one) => [one.layer.code, one.says.includes('promised'), one.item?.promised[0]?.days])).toEqual([['national', false, undefined], ['henan', true, 3], ['tangshan-2019', false, 3]]);
    expect(asItem(await ask('catalogue_item', { code: 'P01' })).followers.map((one) => one.code)).toContain('P02');
    await expect(ask('catalogue_item', { code: 'Z99' })).rejects.toThrow('platform.not_found');
  });
});

describe('a change', () => {
  it('holds from its day on and leaves the days before as they were', async () => {
    const before = await promisedOf('P11');
    await act('save_item', 'henan', { code: 'P11', patch: { promised: limit(7) }, fromDay: '2023-09-01', note: '省文件' });
    expect(await promisedOf('P11')).toEqual(before);
    expect(await promisedOf('P11', '2023-08-31')).toEqual(before);
    expect(await promisedOf('P11', '2023-09-01')).toEqual([7]);
    // What came with the program was stored with the first change, under its own name and day.
    const { layers } = asVersions(await ask('catalogue_versions'));
    expect(layers.find((one) => one.layer.code === 'henan')?.versions.map((one) => [one.number, one.fromDay, one.state, one.source, one.changes.map((change) => change.code).length > 0])).toEqual([
      [2, '2023-09-01', 'future', 'edited', true], [1, '2021-01-01', 'in_force', 'shipped', true],
    ]);
    expect(asItem(await ask('catalogue_item', { code: 'P11' })).history[0]).toMatchObject({ layer: 'henan', number: 2, note: '省文件' });
  });

  it('replaces another one from the same day and keeps both', async () => {
    await act('save_item', 'henan', { code: 'P12', patch: { promised: limit(6) }, fromDay: '2023-06-30', note: '先改' });
    await act('save_item', 'henan', { code: 'P13', patch: { promised: limit(4) }, fromDay: '2023-06-30', note: '再改' });
    expect([await promisedOf('P12'), await promisedOf('P13')]).toEqual([[6], [4]]);
    const { layers } = asVersions(await ask('catalogue_versions'));
    const mine = layers.find((one) => one.layer.code === 'henan')?.versions ?? [];
    expect(mine.find((one) => one.number === 3)).toMatchObject({ state: 'replaced', replacedBy: 4 });
    expect(mine.find((one) => one.number === 4)?.changes.map((one) => one.code)).toEqual(['P12', 'P13']);
    expect(asVersion(await ask('catalogue_version', { layer: 'henan', number: 3 })).body).toHaveProperty('items.P12.promised.0.days', 6);
  });

  it('gives a field of an overlay back to what lies below', async () => {
    await act('save_item', 'henan', { code: 'P12', patch: {}, reset: ['promised'], fromDay: '2023-06-30', note: '收回' });
    expect(await promisedOf('P12')).toEqual([]);
    expect((await catalogue()).items.find((one) => one.item.code === 'P12')?.from).toEqual({});
  });

  it('is refused for a day that is over, for nothing changed, and with every fault at its place', async () => {
    await expect(act('save_item', 'henan', { code: 'P14', patch: { promised: limit(6) }, fromDay: '2023-06-29', note: '倒填' })).rejects.toThrow('approvals.past_day');
    await expect(act('save_item', 'national', { code: 'P14', patch: {}, fromDay: '2023-07-01', note: '没改' })).rejects.toThrow('approvals.unchanged');
    await expect(act('save_item', 'national', { code: 'P01', patch: { tracks: { enterprise: { need: { always: true }, needRead: 'verify', after: [{ item: 'P02' }] } }, promised: limit(5, 'nowhere') }, fromDay: '2023-07-01', note: '成环' }))
      .rejects.toMatchObject({ code: 'approvals.unsound', details: { errors: expect.arrayContaining([
        expect.objectContaining({ path: 'items.P01.promised.0.basis', rule: 'unknown_source' }), expect.objectContaining({ path: 'tracks.enterprise', rule: 'cycle' }),
      ]) } });
    await expect(act('drop_item', 'national', { code: 'P01', fromDay: '2023-07-01', note: '取消' })).rejects.toThrow('approvals.unsound');
    expect((await layer('national'))?.version).toBe(0);
  });

  it('must make sense on every later day too: a base may not lose what a coming version rests on', async () => {
    await act('save_item', 'national', { code: 'Q01', patch: { name: { zh: '试行事项', en: 'On trial' }, stage: 'S1', departments: { lead: 'development', with: [] }, tracks: { enterprise: { need: { always: true }, needRead: 'verify', after: [] } } }, fromDay: '2023-07-01', note: '新增' });
    await act('save_item', 'henan', { code: 'Q01', patch: { promised: limit(2) }, fromDay: '2023-10-01', note: '承诺' });
    expect(await promisedOf('Q01', '2023-10-01')).toEqual([2]);
    await expect(act('drop_item', 'national', { code: 'Q01', fromDay: '2023-08-01', note: '取消' })).rejects.toMatchObject({ code: 'approvals.unsound', details: { errors: [expect.objectContaining({ rule: 'overlay_item', params: { what: 'Q01 (henan)', day: '2023-10-01' } })] } });
    const number = (await world.app.database.row<{ number: number }>(sql`select max(number) as number from approvals_layer_versions where layer = 'henan'`))?.number;
    await act('withdraw_version', 'henan', { number, reason: '不再承诺' });
    expect(await promisedOf('Q01', '2023-10-01')).toEqual([]);
    await act('drop_item', 'national', { code: 'Q01', fromDay: '2023-08-01', note: '取消' });
    expect((await readCatalogue(world.app.database, '2023-08-01')).catalogue.items.some((one) => one.code === 'Q01')).toBe(false);
    expect((await readCatalogue(world.app.database, '2023-07-15')).catalogue.items.some((one) => one.code === 'Q01')).toBe(true);
  });

  it('of two at once upon the same version is made once', async () => {
    const version = (await layer('henan'))?.version ?? 0;
    const results = await Promise.allSettled([3, 4].map((days) => world.app.run(world.actors.office, 'approvals.save_item', { layer: 'henan', code: 'K07', patch: { promised: limit(days) }, fromDay: '2023-06-30', note: '同时' }, { ifVersion: version })));
    expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('layers', () => {
  it('are laid and taken away from a day on; the days before do not change', async () => {
    await act('set_layer', 'tangshan-2019', { laid: true, fromDay: '2023-11-01', note: '参照唐山' });
    expect((await catalogue('2023-10-31')).label).not.toContain('tangshan');
    expect((await catalogue('2023-11-01')).label).toContain('tangshan-2019@2019.1');
    await act('set_layer', 'tangshan-2019', { laid: false, fromDay: '2024-01-01', note: '不再参照' });
    expect((await catalogue('2023-12-31')).label).toContain('tangshan');
    expect((await catalogue('2024-01-01')).label).not.toContain('tangshan');
    await expect(act('set_layer', 'national', { laid: false, note: '停用' })).rejects.toThrow('approvals.base_always');
  });

  it('lie in their order: the later one is seen', async () => {
    const day = '2023-11-15';
    await act('save_item', 'henan', { code: 'P15', patch: { promised: limit(8) }, fromDay: '2023-11-01', note: '省内' });
    expect(await promisedOf('P15', day)).toEqual([10]);
    await act('set_layer', 'henan', { sort: 30, note: '省规定在上' });
    expect(await promisedOf('P15', day)).toEqual([8]);
  });

  it('come in as a whole under a new code, and are not laid before someone says so', async () => {
    const body = { code: 'xinhe', version: '1', name: { zh: '信合区', en: 'Xinhe' }, from: '2023-07-01', until: null, sources: [], items: { P11: { promised: limit(3) } } };
    await act('save_catalogue_version', 'xinhe', { fromDay: '2023-07-01', body, note: '本区承诺' });
    expect(await promisedOf('P11', '2023-07-02')).not.toEqual([3]);
    await act('set_layer', 'xinhe', { laid: true, fromDay: '2023-07-01', note: '启用' });
    expect(await promisedOf('P11', '2023-07-02')).toEqual([3]);
    await expect(act('save_catalogue_version', 'xinhe', { fromDay: '2023-08-01', body: { ...body, items: { Z99: { promised: limit(3) } } }, note: '错项' })).rejects.toThrow('approvals.unsound');
    await expect(act('withdraw_version', 'xinhe', { number: 9, reason: '没有' })).rejects.toThrow('approvals.no_version');
    await act('withdraw_version', 'xinhe', { number: 1, reason: '作废' });
    expect(await world.app.database.rows(sql`select layer from approvals_layer_versions where number = 1 and withdrawn_at is not null`)).toEqual([{ layer: 'xinhe' }]);
  });
});

describe('a preview', () => {
  it('says what would change and what is wrong, and stores nothing', async () => {
    await act('save_item', 'henan', { code: 'P18', patch: { promised: limit(9) }, fromDay: '2024-02-01', note: '以后' });
    const versions = await world.app.database.rows(sql`select id from approvals_layer_versions`);
    const preview = async (draft: object, code = 'henan') => asPreview((await world.app.run(world.actors.office, 'approvals.preview_catalogue', { layer: code, draft })).output);
    const good = await preview({ kind: 'item', code: 'P17', patch: { promised: limit(2) }, fromDay: '2023-07-01' });
    expect(good).toMatchObject({ faults: [], laid: true, items: [{ code: 'P17', kind: 'changed', fields: ['promised'] }] });
    expect(good.later.map((one) => one.fromDay)).toContain('2024-02-01');
    const bad = await preview({ kind: 'item', code: 'P17', patch: { promised: limit(-2) }, fromDay: '2023-07-01' });
    expect(bad.faults).toEqual([{ path: 'items.P17.promised.0', code: 'days', what: '-2', day: '2023-07-01' }]);
    expect((await preview({ kind: 'switch', laid: true, fromDay: '2025-01-01' }, 'tangshan-2019')).items.length).toBeGreaterThan(30);
    expect(await world.app.database.rows(sql`select id from approvals_layer_versions`)).toEqual(versions);
  });

  it('names the running projects for which something changes, and counts those for which nothing does', async () => {
    const projectIn = async (name: string, forestMu: number): Promise<string> => {
      const id = await world.project({ name });
      await world.app.run(world.actors.office, 'approvals.answer_facts', { id, answers: { track: 'enterprise', landMu: 100, forestMu } }, { ifVersion: 0 });
      return id;
    };
    const inForest = await projectIn('林边厂房', 20);
    await projectIn('平地厂房', 0);
    const { output } = await world.app.run(world.actors.office, 'approvals.preview_catalogue', { layer: 'henan', draft: { kind: 'item', code: 'P17', patch: { promised: limit(2) }, fromDay: '2023-07-01' } });
    expect(output).toMatchObject({ running: 2, projects: [{ id: inForest, name: '林边厂房', limits: [{ code: 'P17' }] }] });
  });
});

describe('a list from a spreadsheet', () => {
  const text = ['事项名称\t承诺时限\t申请材料', '企业投资项目备案\t1\t登记表', '选址意见书\t3\t申请书', '水运工程批准\t20\t'].join('\n');
  const list = { layer: 'local-1', name: { zh: '本区清单', en: 'Own list' }, fromDay: '2023-07-01', fileName: '清单', text };
  const days = async () => (await readCatalogue(world.app.database, '2023-07-02')).catalogue.items.filter((one) => ['P02', 'P05'].includes(one.code)).map((one) => one.promised[0]?.days);

  it('is reported row by row before anything is stored', async () => {
    const { rows, counts } = asReport((await world.app.run(world.actors.office, 'approvals.read_overlay', list)).output);
    expect(rows.map((one) => [one.row, one.state, one.code])).toEqual([[2, 'matched', 'P02'], [3, 'doubtful', 'P05'], [4, 'unmatched', null]]);
    expect(counts).toEqual({ matched: 1, doubtful: 1, unmatched: 1, materials: 2 });
    expect(await layer('local-1')).toBeUndefined();
  });

  it('is stored as it was decided: a doubtful row only where a person said which item it is', async () => {
    await expect(act('import_overlay', 'local-1', { ...list, note: '一事两行', choices: [{ row: 3, code: 'P02' }] })).rejects.toThrow('approvals.chosen_twice');
    await act('import_overlay', 'local-1', { ...list, note: '首次导入', choices: [] });
    await act('set_layer', 'local-1', { laid: true, fromDay: '2023-07-01', note: '启用' });
    expect(await days()).toEqual([1, undefined]);
    await act('import_overlay', 'local-1', { ...list, note: '认定存疑行', choices: [{ row: 3, code: 'P05' }, { row: 2, code: null }] });
    expect(await days()).toEqual([1, 3]);
    const own = asVersions(await ask('catalogue_versions')).layers.find((one) => one.layer.code === 'local-1');
    expect(own?.versions.map((one) => [one.number, one.source, one.state])).toEqual([[2, 'imported', 'future'], [1, 'imported', 'replaced']]);
    await expect(act('import_overlay', 'national', { ...list, layer: 'national', note: '误导入', choices: [] })).rejects.toThrow('approvals.other_kind');
  });

  it('of somebody else is not found', async () => {
    const { text: _text, ...rest } = list;
    await expect(world.app.run(world.actors.office, 'approvals.read_overlay', { ...rest, sha256: 'a'.repeat(64) })).rejects.toThrow('platform.not_found');
  });
});

it('who sees a part of the zone reads the catalogue and does not change it', async () => {
  expect(asCatalogue(await world.app.ask(world.actors.enterprise, 'approvals.catalogue', {})).items.length).toBeGreaterThan(0);
  await expect(act('save_item', 'henan', { code: 'P17', patch: { promised: limit(2) }, fromDay: '2023-07-01', note: '越权' }, world.actors.town)).rejects.toThrow('platform.not_allowed');
});
