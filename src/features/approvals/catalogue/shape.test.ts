// The catalogue that comes with the program fits its schema and makes sense; each kind of fault is seen and named; overlays say where each
// value comes from.
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { apply } from '../planning/applicability.ts';
import { changes } from './changes.ts';
import { faultsOf } from './check.ts';
import { Catalogue, Overlay, type Facts, type Item } from './shape.ts';
import { HARD_GATES } from '../clocks/gates.ts';
import { effective } from './effective.ts';
import { factNamed, FACTS, REGIONAL } from '../planning/facts.ts';
import { limitOf } from '../planning/limits.ts';
import { NATIONAL, OVERLAYS, overlayNamed } from './standard.ts';

const fits = { catalogue: Compile(Catalogue), overlay: Compile(Overlay) };
const itemOf = (code: string): Item => NATIONAL.items.find((one) => one.code === code) ?? expect.fail(code);
/** The catalogue with one item altered. */
const altered = (code: string, change: Partial<Item>): Catalogue => ({ ...NATIONAL, items: NATIONAL.items.map((one) => (one.code === code ? { ...one, ...change } : one)) });
const waitingFor = (code: string, after: NonNullable<Item['tracks']['enterprise']>['after']): Catalogue => altered(code, { tracks: { ...itemOf(code).tracks, enterprise: { need: { always: true }, needRead: 'law', after } } });
const found = (catalogue: Catalogue) => faultsOf(catalogue).map((one) => `${one.code} ${one.what}`);

describe('the catalogue of the program', () => {
  it('fits its schema and makes sense, alone and under each overlay', () => {
    expect([...fits.catalogue.Errors(NATIONAL)]).toEqual([]);
    expect(faultsOf(NATIONAL)).toEqual([]);
    for (const overlay of OVERLAYS) {
      expect([overlay.code, ...fits.overlay.Errors(overlay)]).toEqual([overlay.code]);
      expect([overlay.code, ...faultsOf(effective(NATIONAL, [overlay], '2023-03-01').catalogue)]).toEqual([overlay.code]);
    }
    expect(fits.catalogue.Check({ ...NATIONAL, items: [{ ...itemOf('P01'), stage: 'S9' }] })).toBe(false);
    expect(fits.catalogue.Check(altered('P01', { promiseWhen: { any: [{ not: { fact: 'x1', gt: 3, lt: 2 } }] } } as unknown as Partial<Item>))).toBe(false);
  });

  it('holds 58 items: 27, 8, 10 and 13 by stage (domain 3.3)', () => {
    const by = (stage: string): number => NATIONAL.items.filter((one) => one.stage === stage).length;
    expect([NATIONAL.items.length, by('S1'), by('S2'), by('S3'), by('S4')]).toEqual([58, 27, 8, 10, 13]);
  });

  it('never lets EIA, land, acceptance, archaeology and national security be simulated, nor the permit as such (domain 2.14, 3.4)', () => {
    for (const code of ['P11', 'L02', 'L03', 'P18', 'P20', ...NATIONAL.items.filter((one) => one.stage === 'S4').map((one) => one.code)]) expect([code, itemOf(code).simulatable]).toEqual([code, 'never']);
    expect(itemOf('K08').simulatable).toBe('staged');
  });

  it('holds works back until what the law demands is there (domain 3.4)', () => {
    const gated = (gate: string): string[] => NATIONAL.items.filter((one) => one.gates.some((other) => other === gate)).map((one) => one.code);
    const start = NATIONAL.milestones.find((one) => one.code === 'START')?.after.enterprise.map((one) => ('item' in one ? one.item : ''));
    expect(start?.toSorted()).toEqual(gated('start').toSorted());
    // The gates of the cases name the same items, and the same ones as conditional.
    const hard = HARD_GATES.find((one) => one.code === 'start')?.needs ?? [];
    expect(hard.flatMap((one) => one.anyOf).filter((code) => code !== 'REPORT').toSorted()).toEqual(start?.toSorted());
    expect(gated('start')).toEqual(['P09', 'P11', 'P12', 'P17', 'K03', 'K04', 'K08']);
  });

  it('marks every limit and rule with how it was read, and calls a limit law only where its article is named', () => {
    const limits = NATIONAL.items.flatMap((item) => item.statutory.map((one) => ({ code: item.code, ...one.basis })));
    expect(limits.filter((one) => one.read === 'law' && one.article === undefined)).toEqual([]);
    expect(limits.filter((one) => one.source === 'practice' && one.read !== 'verify')).toEqual([]);
  });

  it('knows the validities of domain 3.4', () => {
    const months = (code: string) => [itemOf(code).validity?.months, itemOf(code).validity?.extensions, itemOf(code).validity?.extensionMonths];
    expect([months('K08'), months('P11'), months('P03'), months('P05'), months('D07')]).toEqual([[3, 2, 3], [60, 0, 0], [24, 1, 12], [36, 0, 0], [12, 0, 0]]);
    expect(NATIONAL.simulation.validityMonths).toBe(2);
  });

  it('replaces only what the questionnaire can tell of a region', () => {
    expect(NATIONAL.regional.map((one) => one.key).toSorted()).toEqual([...REGIONAL].toSorted());
    expect(new Set(FACTS.map((one) => one.name)).size).toBe(FACTS.length);
    expect(factNamed('regionalDone')?.choices).toEqual(REGIONAL);
  });
});

describe('a fault', () => {
  it('of a circle is named with its items', () => {
    expect(found(waitingFor('P01', [{ item: 'P02' }]))).toEqual(['cycle P01 → P02 → P01']);
    expect(found({ ...NATIONAL, flows: { ...NATIONAL.flows, enterprise: ['L06', 'L04'] } })).toEqual(['flow_cycle L04 → L06 → L04']);
  });

  it('of a reference names what is not there', () => {
    expect(found(waitingFor('D01', [{ item: 'Z99' }]))).toEqual(['unknown_item Z99']);
    expect(found(waitingFor('D01', [{ either: [] }]))).toEqual(['either_empty ']);
    expect(found(waitingFor('D01', [{ either: ['P02', 'P02'] }]))).toEqual(['either_single P02,P02']);
    expect(found({ ...NATIONAL, sources: NATIONAL.sources.filter((one) => one.key !== 'building') })).toEqual(['unknown_source building', 'unknown_source building']);
    expect(found(altered('P14', { regional: 'nowhere' }))).toEqual(['unknown_regional nowhere']);
  });

  it('of a limit is a day that cannot be, or steps that do not add up', () => {
    const basis = { source: 'practice', read: 'verify' as const };
    const limit = (more: object): Catalogue => altered('P04', { statutory: [{ days: 9, unit: 'working', basis, ...more }] });
    expect(found(limit({ days: -1 }))).toEqual(['days -1']);
    expect(found(limit({ days: 2000 }))).toEqual(['days 2000']);
    expect(found(limit({ steps: [1, 4, 3].map((days) => ({ name: { zh: '步', en: 'step' }, days })) }))).toEqual(['steps_sum 1+4+3']);
    expect(found(limit({ within: 'P05' }))).toEqual(['within_days 9']);
  });

  it('of a promise is one that is longer than the law, as far as the two can be compared', () => {
    const basis = { source: 'practice', read: 'verify' as const };
    const land = { fact: 'landMu', gt: 10 } as const;
    const days = (count: number, more: object = {}) => ({ days: count, unit: 'working' as const, basis, ...more });
    const of = (statutory: Item['statutory'], promised: Item['promised']) => found(altered('L06', { statutory, promised })).filter((one) => one.startsWith('promise'));
    expect(of([days(20)], [days(25)])).toEqual(['promise_over_law 25 > 20']);
    expect(of([days(20)], [days(20)])).toEqual([]);
    expect(of([days(20)], [days(25, { unit: 'calendar' })])).toEqual([]);
    // Under a condition it is the limit under the same condition; without one like it, all that may hold.
    expect(of([days(30, { when: land }), days(20)], [days(25, { when: land }), days(21)])).toEqual(['promise_over_law 21 > 20']);
    expect(of([days(20)], [days(25, { when: land })])).toEqual(['promise_over_law 25 > 20']);
    expect(of([days(20)], [])).toEqual([]);
  });

  it('of a rule is a fact that nobody is asked, or a test that cannot be asked of it', () => {
    const rule = (need: NonNullable<Item['tracks']['enterprise']>['need']): Catalogue => altered('P13', { tracks: { enterprise: { need, needRead: 'law', after: [] } } });
    expect(found(rule({ fact: 'moon', eq: true }))).toEqual(['unknown_fact moon']);
    expect(found(rule({ not: { fact: 'relics', gte: 3 } }))).toEqual(['fact_type relics']);
    expect(found(rule({ fact: 'landWay', eq: 'stolen' }))).toEqual(['fact_choice landWay: stolen']);
  });

  it('of policy is an acceptance that could be simulated, or a listed promise without its list', () => {
    expect(found(altered('Y04', { simulatable: 'yes' }))).toEqual(['acceptance_simulated Y04']);
    expect(found(altered('P11', { promiseWhen: null }))).toEqual(['listed_without_rule P11']);
  });
});

describe('overlays', () => {
  const tangshan = overlayNamed('tangshan-2019') ?? expect.fail();
  const henan = overlayNamed('henan') ?? expect.fail();

  it('say of each value where it comes from', () => {
    const { label, originOf, catalogue } = effective(NATIONAL, [henan, tangshan], '2023-03-01');
    expect(label).toBe('national@2026.1+henan@2020.1+tangshan-2019@2019.1');
    expect([originOf('P04', 'promised').code, originOf('P04', 'tracks').code, originOf('P04', 'statutory').code]).toEqual(['tangshan-2019', 'henan', 'national']);
    expect(catalogue.items.find((one) => one.code === 'L07')?.promised[0]?.days).toBe(3);
  });

  it('of Henan skip the proposal of a small or planned project, and know the caps of registration and utilities', () => {
    const { catalogue } = effective(NATIONAL, [henan], '2023-03-01');
    const of = (code: string): Item => catalogue.items.find((one) => one.code === code) ?? expect.fail(code);
    const proposal = (facts: Facts) => apply(of('P04'), { track: 'government', ...facts }).verdict;
    expect([proposal({ totalFen: 4_999_999_999 }), proposal({ totalFen: 5_000_000_000, inApprovedPlan: false }), proposal({ totalFen: 9e9, inApprovedPlan: true }), proposal({ totalFen: 9e9 })]).toEqual(['not_needed', 'needed', 'not_needed', 'clarify']);
    const days = (code: string, facts: Facts = {}) => limitOf(of(code), 'promised', facts).days;
    expect([days('L07'), days('Y12'), days('K10', { utilities: ['water', 'heat'] }), days('K10', { utilities: ['water'] }), days('K10')]).toEqual([3, 3, 8, 5, 8]);
    expect(limitOf(of('L07'), 'statutory', {})).toMatchObject({ days: 30, from: 'statutory', basis: { source: 'registration', article: '20', read: 'law' } });
  });

  it('hold from their first to their last day only', () => {
    const once = { ...tangshan, from: '2019-01-01', until: '2020-12-31' };
    const days = (day: string) => effective(NATIONAL, [once], day).catalogue.items.find((one) => one.code === 'D07')?.promised[0]?.days;
    expect([days('2018-12-31'), days('2019-01-01'), days('2020-12-31'), days('2021-01-01')]).toEqual([undefined, 3, 3, undefined]);
  });

  it('leave the other track as it was, and never name an item that there is not', () => {
    const government = { ...henan, items: { K05: { tracks: { government: { need: { always: false }, needRead: 'verify' as const, after: [] } } } } };
    expect(effective(NATIONAL, [government], '2023-03-01').catalogue.items.find((one) => one.code === 'K05')?.tracks.enterprise).toEqual(itemOf('K05').tracks.enterprise);
    expect(() => effective(NATIONAL, [{ ...henan, items: { Z99: {} } }], '2023-03-01')).toThrow('approvals.overlay_item');
  });
});

describe('a new version', () => {
  const after = altered('P13', { statutory: [], tracks: { enterprise: { need: { always: true }, needRead: 'law', after: [{ item: 'P01' }] } } });
  const running = (id: string, facts: object, finished: string[] = []) => ({ id, facts: { track: 'enterprise', ...facts }, finished });

  it('says for each running project what appears, disappears and gets another limit', () => {
    const { items, of } = changes(NATIONAL, after);
    const projects = [running('dry', { waterAbstraction: false }), running('wet', { waterAbstraction: true }), running('done', { waterAbstraction: false }, ['P13'])].map(of).filter((one) => one.appears.length + one.limits.length > 0);
    expect(items).toEqual([{ code: 'P13', kind: 'changed', fields: ['statutory', 'tracks'] }]);
    expect(projects).toEqual([
      { id: 'dry', appears: ['P13'], disappears: [], limits: [] },
      { id: 'wet', appears: [], disappears: [], limits: [{ code: 'P13', kind: 'statutory', before: 45, after: 0 }, { code: 'P13', kind: 'promised', before: 45, after: 0 }] },
    ]);
    const nothing = changes(NATIONAL, NATIONAL);
    expect([nothing.items, nothing.frame, nothing.moves(running('any', {}))]).toEqual([[], [], false]);
  });
});
