// A layer beside its items: flows, milestones, bundles and policy are edited part by part; what was looked up in the law is marked by who looked
// it up; and what a change does is counted while others go on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../platform/db.ts';
import { checker } from '../../../platform/validate.ts';
import { answerFacts, PLAIN_FACTS } from '../../../test/world/approvals.ts';
import { makeWorld, type World } from '../../../test/world/world.ts';
import { getFrame, getItem, previewCatalogue } from './contract.ts';
import { readCatalogue } from './store.ts';
import type { Frame } from './shape.ts';

const TODAY = '2023-06-30';
let world: World;
beforeAll(async () => { world = await makeWorld({ day: TODAY }); });
afterAll(() => world.close());

const asFrame = checker(getFrame.output);
const asItem = checker(getItem.output);
const asPreview = checker(previewCatalogue.output);
const ask = (name: string, input: object = {}) => world.app.ask(world.actors.office, `approvals.${name}`, input);
const frame = async (layer: string, day = TODAY) => asFrame(await ask('catalogue_frame', { layer, day }));
const whole = async (layer: string, day = TODAY): Promise<Frame> => (await frame(layer, day)).frame ?? expect.fail(layer);
async function act(name: string, layer: string, input: object): Promise<unknown> {
  return (await world.app.run(world.actors.office, `approvals.${name}`, { layer, ...input }, { ifVersion: (await frame(layer)).layer.version })).output;
}
const preview = async (layer: string, draft: object, more: object = {}) => asPreview((await world.app.run(world.actors.office, 'approvals.preview_catalogue', { layer, draft, ...more })).output);
const swapped = (codes: readonly string[], a: string, b: string): string[] => codes.map((one) => (one === a ? b : one === b ? a : one));

describe('the parts of a layer beside its items', () => {
  it('are seen through the layer, with what lies below it and what it says itself', async () => {
    const base = await frame('national');
    expect([base.below, base.says.toSorted()]).toEqual([null, ['bundles', 'flows', 'milestones', 'promiseDays', 'simulation']]);
    const place = await frame('tangshan-2019');
    expect(place.says).toContain('bundles');
    expect([place.frame?.bundles.map((one) => one.code), place.below?.bundles, place.ownBundles]).toEqual([['X01'], [], ['X01']]);
    expect(place.names.find((one) => one.code === 'L05')?.tracks).toEqual(['government']);
  });

  it('are refused where the order contradicts what must come first, with the circle by name, and where something is named that there is not', async () => {
    const { flows, milestones, simulation } = await whole('national');
    const turned = { ...flows, enterprise: swapped(flows.enterprise, 'P01', 'K08') };
    await expect(act('save_frame', 'national', { patch: { flows: turned }, fromDay: '2023-07-01', note: '颠倒' })).rejects.toMatchObject({ code: 'approvals.unsound', details: { errors: [{ path: 'flows.enterprise', rule: 'flow_cycle' }] } });
    const faults = async (patch: object): Promise<string[]> => (await preview('national', { kind: 'frame', fromDay: '2023-07-01', patch })).faults.map((one) => `${one.path} ${one.code} ${one.what}`);
    expect((await faults({ flows: turned }))[0]).toMatch(/^flows\.enterprise flow_cycle D01 → .*P01.* → D01$/);
    expect(await faults({ flows: { ...flows, government: [...flows.government, 'Z99'] } })).toEqual(['flows.government unknown_item Z99']);
    expect(await faults({ flows: { ...flows, government: [...flows.government, 'P01'] } })).toContain('flows.government flow_twice P01');
    expect((await faults({ milestones: milestones.map((one) => (one.code === 'START' ? { ...one, after: { ...one.after, enterprise: [...one.after.enterprise, { item: 'BUILT' }] } } : one)) }))[0]).toMatch(/^tracks\.enterprise cycle .*BUILT.*START/);
    expect(await faults({ simulation: { ...simulation, trigger: { ...simulation.trigger, government: 'L04' }, validityMonths: 0 } })).toEqual(['simulation.trigger.government trigger_track L04', 'simulation.validityMonths days 0']);
    const bundle = { code: 'X02', name: { zh: '多评', en: 'Together' }, members: ['P12', 'Z98'], steps: [{ name: { zh: '办理', en: 'Do' }, days: -1 }], outside: [], basis: { source: 'nowhere', read: 'verify' } };
    expect(await faults({ bundles: [bundle] })).toEqual(['bundles.X02.members unknown_item Z98', 'bundles.X02.steps days X02', 'bundles.X02.basis unknown_source nowhere']);
    expect((await frame('national')).layer.version).toBe(0);
  });

  it('hold from their day on, and of a local rule go back to what lies below', async () => {
    const { flows, milestones } = await whole('henan');
    const shorter = { ...flows, enterprise: flows.enterprise.filter((one) => one !== 'D07') };
    const later = milestones.map((one) => (one.code === 'TRIAL' ? { ...one, name: { zh: '试运行', en: 'Trial run' } } : one)).filter((one) => one.code === 'TRIAL');
    await act('save_frame', 'henan', { patch: { flows: shorter, milestones: later, promiseDays: 2 }, fromDay: '2023-09-01', note: '省里公布新流程' });
    const on = async (day: string) => (await readCatalogue(world.app.database, day)).catalogue;
    expect([(await on('2023-08-31')).flows, (await on('2023-09-01')).flows, (await on('2023-09-01')).promiseDays]).toEqual([flows, shorter, 2]);
    expect((await on('2023-09-01')).milestones.map((one) => one.name.en)).toEqual(['Start of works', 'Works complete', 'Trial run', 'Formal production']);
    expect((await frame('henan', '2023-09-01')).says).toEqual(['flows', 'milestones', 'promiseDays']);
    await act('save_frame', 'henan', { patch: {}, reset: ['flows', 'promiseDays'], fromDay: '2023-10-01', note: '改回国家流程' });
    expect([(await on('2023-10-01')).flows, (await on('2023-10-01')).promiseDays, (await frame('henan', '2023-10-01')).says]).toEqual([flows, 1, ['milestones']]);
    await expect(act('save_frame', 'henan', { patch: {}, fromDay: '2023-10-01', note: '没改' })).rejects.toThrow('approvals.unchanged');
  });
});

describe('a preview', () => {
  const longer = { kind: 'item', code: 'P11', fromDay: '2023-07-01', patch: { promised: [{ days: 200, unit: 'working', basis: { source: 'practice', read: 'verify' } }] } };
  const made: string[] = [];
  beforeAll(async () => {
    for (let i = 0; i < 5; i += 1) {
      const id = await world.project({ name: `厂房${String(i)}` });
      await answerFacts(world.app.database, id, { ...PLAIN_FACTS, waterAbstraction: i === 0 });
      made.push(id);
    }
    await world.app.database.run(sql`update projects_projects set stage = 'preliminary' where id = any(${made}::uuid[])`);
  });

  it('says for each running project from which day to which its permit and start move, and counts them', async () => {
    const found = await preview('national', longer);
    expect(found).toMatchObject({ running: 5, counts: { touched: 5, appear: 0, disappear: 0, limits: 5, move: 5 }, next: null });
    const [first] = found.projects;
    expect(first?.begin?.days).toBeGreaterThan(100);
    expect((first?.begin?.after ?? '') > (first?.begin?.before ?? '')).toBe(true);
    expect(found.names.map((one) => one.code)).toEqual(['P11']);
    // A name moves nothing.
    expect(await preview('national', { kind: 'item', code: 'P11', fromDay: '2023-07-01', patch: { name: { zh: '环评', en: 'EIA' } } })).toMatchObject({ counts: { touched: 0, move: 0 }, projects: [] });
    const { tracks } = asItem(await ask('catalogue_item', { code: 'P13' })).item;
    const never = { enterprise: { need: { always: false }, needRead: 'verify', after: tracks.enterprise?.after ?? [] } };
    expect(await preview('national', { kind: 'item', code: 'P13', fromDay: '2023-07-01', patch: { tracks: { ...tracks, ...never } } })).toMatchObject({ counts: { touched: 1, disappear: 1 }, projects: [{ id: made[0], disappears: ['P13'] }] });
  });

  it('goes on page by page in one order, and counts once', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await preview('national', longer, { limit: 2, ...(after === undefined ? {} : { after }) });
      expect(page.counts === null).toBe(after !== undefined);
      seen.push(...page.projects.map((one) => one.id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual(made.toSorted());
  });

  it('waits for nobody and lets nobody wait: it answers while somebody else holds the catalogue', async () => {
    const answer = await world.app.database.transaction(async (tx) => {
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('approvals.catalogue', 0))`);
      return preview('national', longer);
    });
    expect(answer.counts?.touched).toBe(5);
  });

  it('of flows and milestones tells what changes beside the items', async () => {
    const { milestones } = await whole('national');
    const waits = milestones.map((one) => (one.code === 'START' ? { ...one, after: { ...one.after, enterprise: [...one.after.enterprise, { item: 'L07' }] } } : one));
    const found = await preview('national', { kind: 'frame', fromDay: '2023-07-01', patch: { milestones: waits } });
    expect(found.items).toEqual([{ code: '', kind: 'frame', fields: ['milestones'] }]);
    expect(found.faults).toEqual([]);
    expect(found.version).toBe(0);
  });
});

describe('a value that was looked up in the law', () => {
  const mark = { code: 'L07', place: 'promised.0', fromDay: TODAY, source: 'environment_rule', article: '44', read: 'law', quote: '不动产登记应当在三个工作日内办结' };
  const promised = async () => asItem(await ask('catalogue_item', { code: 'L07' })).item.promised[0];

  it('bears article, words, who and the day, in the layer that gives it', async () => {
    const before = await promised();
    await act('confirm_basis', 'henan', mark);
    expect(await promised()).toEqual({ ...before, basis: { source: 'environment_rule', article: '44', read: 'law', checked: { by: world.actors.office.name, day: TODAY, quote: mark.quote } } });
    expect(asItem(await ask('catalogue_item', { code: 'L07' })).history[0]).toMatchObject({ layer: 'henan', source: 'edited' });
  });

  it('is marked with the words of the law or their place, and an article; where there is such a value', async () => {
    const { quote: _quote, ...bare } = mark;
    await expect(act('confirm_basis', 'henan', bare)).rejects.toThrow('approvals.no_words');
    const { article: _article, ...loose } = mark;
    await expect(act('confirm_basis', 'henan', loose)).rejects.toThrow('approvals.no_article');
    await expect(act('confirm_basis', 'henan', { ...mark, place: 'promised.3' })).rejects.toThrow('approvals.no_place');
    await expect(act('confirm_basis', 'henan', { ...mark, code: 'P01' })).rejects.toThrow('approvals.unknown_item');
    await expect(act('confirm_basis', 'henan', { ...mark, link: 'javascript:alert(1)' })).rejects.toThrow('platform.invalid');
  });

  it('of a rule of applicability is marked too', async () => {
    await act('confirm_basis', 'national', { code: 'P13', place: 'tracks.enterprise', fromDay: TODAY, source: 'water', article: '2', read: 'law', link: 'https://flk.npc.gov.cn/detail' });
    expect(asItem(await ask('catalogue_item', { code: 'P13' })).item.tracks.enterprise).toMatchObject({ needRead: 'law', needBasis: { article: '2', checked: { link: 'https://flk.npc.gov.cn/detail' } } });
  });

  it('cannot be marked by sending the mark, and a mark falls with its value', async () => {
    const limit = (await promised()) ?? expect.fail();
    const save = (one: object) => act('save_item', 'henan', { code: 'L07', patch: { promised: [one] }, fromDay: TODAY, note: '改天数' });
    await expect(save({ ...limit, days: 1 })).rejects.toThrow('approvals.check_by_hand');
    await expect(act('save_item', 'henan', { code: 'P11', patch: { promised: [limit] }, fromDay: TODAY, note: '挪用' })).rejects.toThrow('approvals.check_by_hand');
    await save({ days: 1, unit: limit.unit, basis: { source: 'environment_rule', read: 'verify' } });
    expect((await promised())?.basis.checked).toBeUndefined();
    // As it was once marked it may stand again.
    await save(limit);
    expect((await promised())?.basis.checked?.by).toBe(world.actors.office.name);
  });
});
