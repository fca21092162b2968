import Value from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { effectDay, gateOf, nextStages, ratesOf, type EvidenceFact, type Facts, type ExternalAnswer } from './gates.ts';
import { metresBetween, stageDays } from './reading.ts';
import { Lifecycle, STAGES, STANDARD, type KindCode, type StageCode } from './shape.ts';
import { faultsOf } from './sound.ts';

const DAY = '2023-06-30';

function paper(kind: string, parts: Partial<EvidenceFact> = {}): EvidenceFact {
  return { id: `${kind}-1`, kind, hasFile: true, number: '1', day: '2023-06-01', amountFen: 100, parties: '甲、乙', takenDay: '2023-06-20', hasPlace: true, verified: false, ...parts };
}

function facts(parts: Partial<Facts> = {}): Facts {
  return {
    kind: 'enterprise', stage: 'planned', stageDay: null, lastDay: null, side: null, fields: new Set(), evidence: [], results: [], promised: { outputFen: null, revenueFen: null, taxFen: null, jobs: null },
    agreedDay: null, external: new Map(), ...parts,
  };
}

function missing(stage: StageCode, of: Facts, works?: string): string[] {
  const found = STANDARD.stages.find((one) => one.code === stage);
  if (found === undefined) throw new Error(stage);
  return gateOf(STANDARD, found, of, { day: DAY, works }).filter((one) => !one.finding.met).map((one) => one.condition.code);
}

describe('the standard life cycle', () => {
  it('has the shape and makes sense', () => {
    expect([...Value.Errors(Lifecycle, STANDARD)]).toEqual([]);
    expect(faultsOf(STANDARD)).toEqual([]);
    expect(STANDARD.stages.map((one) => one.name.zh)).toEqual(['谋划', '储备', '签约', '履约', '前期', '开工', '在建', '竣工', '投产', '达效']);
  });

  it('lets a government project pass neither 签约 nor 履约, and a purchase no 竣工', () => {
    const path = (kind: KindCode): StageCode[] => STANDARD.stages.filter((one) => one.use[kind] !== 'none').map((one) => one.code);
    expect(path('enterprise')).toEqual([...STAGES]);
    expect(path('government')).toEqual(['planned', 'reserved', 'preliminary', 'started', 'building', 'completed', 'producing']);
    expect(path('purchase')).not.toContain('completed');
    expect(nextStages(STANDARD, 'government', 'reserved').map((one) => one.code)).toEqual(['preliminary']);
    expect(nextStages(STANDARD, 'enterprise', 'planned').map((one) => one.code)).toEqual(['reserved', 'signed']);
    expect(nextStages(STANDARD, 'purchase', 'started').map((one) => one.code)).toEqual(['building', 'producing']);
    expect(nextStages(STANDARD, 'enterprise', 'effective')).toEqual([]);
  });
});

describe('gates', () => {
  it('signed: a contract with file, amount and parties; a letter of intent is none', () => {
    expect(missing('signed', facts())).toEqual(['contract']);
    expect(missing('signed', facts({ evidence: [paper('other')] }))).toEqual(['contract']);
    for (const lack of [{ hasFile: false }, { amountFen: null }, { amountFen: 0 }, { parties: null }]) expect(missing('signed', facts({ evidence: [paper('contract', lack)] }))).toEqual(['contract']);
    expect(missing('signed', facts({ evidence: [paper('contract')] }))).toEqual([]);
  });

  it('performed: licence, and project code or filing', () => {
    expect(missing('performed', facts())).toEqual(['licence', 'initiation']);
    expect(missing('performed', facts({ evidence: [paper('licence')], fields: new Set(['code']) }))).toEqual([]);
    expect(missing('performed', facts({ evidence: [paper('licence'), paper('filing')] }))).toEqual([]);
    expect(missing('performed', facts({ evidence: [paper('licence'), paper('filing', { number: null })] }))).toEqual(['initiation']);
  });

  it('started: permit or report, a dated photo with place, and permanent works declared', () => {
    const ready = [paper('construction_permit'), paper('photo_works')];
    expect(missing('started', facts())).toEqual(['permit', 'works_photo', 'permanent_works']);
    expect(missing('started', facts({ evidence: ready }), 'first_pile')).toEqual([]);
    expect(missing('started', facts({ evidence: [paper('commencement_report', { number: null }), paper('photo_works')] }), 'first_excavation')).toEqual([]);
  });

  it('started: site levelling is no start, neither declared nor on a photo', () => {
    expect(missing('started', facts({ evidence: [paper('construction_permit'), paper('photo_works')] }), 'levelling')).toEqual(['permanent_works']);
    expect(missing('started', facts({ evidence: [paper('photo_levelling')] }), 'levelling')).toEqual(['permit', 'works_photo', 'permanent_works']);
    expect(missing('started', facts({ evidence: [paper('construction_permit'), paper('photo_levelling')] }), 'first_pile')).toEqual(['works_photo']);
  });

  it('started: a photo after the day of the move, without a time, without a place or without a file does not do, and it says why', () => {
    const gate = STANDARD.stages.find((one) => one.code === 'started');
    if (gate === undefined) throw new Error('started');
    const lacksOf = (parts: Partial<EvidenceFact>): readonly string[] =>
      gateOf(STANDARD, gate, facts({ evidence: [paper('photo_works', parts)] }), { day: DAY }).find((one) => one.condition.code === 'works_photo')?.finding.near[0]?.lacks ?? [];
    expect(lacksOf({ takenDay: '2023-07-01' })).toEqual(['later']);
    expect(lacksOf({ takenDay: null })).toEqual(['taken']);
    expect(lacksOf({ hasPlace: false })).toEqual(['place']);
    expect(lacksOf({ hasFile: false })).toEqual(['file']);
    expect(lacksOf({ takenDay: DAY })).toEqual([]);
  });

  it('started: a permit dated after the move does not do', () => {
    expect(missing('started', facts({ evidence: [paper('construction_permit', { day: '2023-07-01' }), paper('photo_works')] }), 'first_pile')).toEqual(['permit']);
  });

  it('started: a purchase asks for delivery and payment instead, a government project for its approval as well', () => {
    expect(missing('started', facts({ kind: 'purchase' }))).toEqual(['delivered', 'paid']);
    expect(missing('started', facts({ kind: 'purchase', evidence: [paper('delivery'), paper('payment')] }))).toEqual([]);
    expect(missing('started', facts({ kind: 'government', evidence: [paper('construction_permit'), paper('photo_works')] }), 'first_pile')).toEqual(['approved']);
  });

  it('what is declared at the move is not called missing before', () => {
    const gate = STANDARD.stages.find((one) => one.code === 'started');
    const state = gate === undefined ? undefined : gateOf(STANDARD, gate, facts(), { day: DAY }).find((one) => one.condition.code === 'permanent_works')?.state;
    expect(state).toBe('declare');
  });

  it('completed, producing: acceptance; invoice, electricity, photo; hand-over for government', () => {
    expect(missing('completed', facts())).toEqual(['acceptance']);
    expect(missing('completed', facts({ evidence: [paper('acceptance')] }))).toEqual([]);
    expect(missing('producing', facts())).toEqual(['invoice', 'electricity', 'production_photo']);
    expect(missing('producing', facts({ evidence: [paper('invoice'), paper('electricity'), paper('photo_production')] }))).toEqual([]);
    expect(missing('producing', facts({ kind: 'government' }))).toEqual(['handover']);
  });

  it('effective: 80 % of promised output, revenue or tax by the agreed day, not a fen less', () => {
    const promised = { outputFen: 1000, revenueFen: null, taxFen: 50, jobs: null };
    const month = (fromMonth: string, toMonth: string, outputFen: number, taxFen: number | null = null) => ({ fromMonth, toMonth, outputFen, revenueFen: null, taxFen, jobs: null });
    const of = (results: Facts['results'], agreedDay: string | null = null): string[] => missing('effective', facts({ promised, results, agreedDay, evidence: [paper('register')] }));
    expect(of([month('2022-07', '2023-06', 799)])).toEqual(['results']);
    expect(of([month('2022-07', '2023-06', 800)])).toEqual([]);
    expect(of([month('2022-07', '2022-12', 400), month('2023-01', '2023-06', 400)])).toEqual([]);
    expect(of([month('2023-01', '2023-06', 100, 40)])).toEqual([]);
    expect(of([month('2021-01', '2021-06', 400), month('2023-01', '2023-06', 400)])).toEqual(['results']);
    expect(of([month('2022-07', '2023-06', 800)], '2023-05-31')).toEqual(['results']);
    expect(of([month('2022-07', '2023-06', 800)], '2023-06-15')).toEqual([]);
  });

  it('an external condition follows its answer, and its default while nobody answers', () => {
    const rules: Lifecycle = { ...STANDARD, stages: STANDARD.stages.map((one) => (one.code === 'reserved' ? { ...one, conditions: [{ code: 'permit_issued', name: { zh: '许可', en: 'Permit' }, test: { type: 'external', feature: 'approvals', question: 'K08', silent: 'missing' }, waivedBy: null }] } : one)) };
    const stage = rules.stages.find((one) => one.code === 'reserved');
    if (stage === undefined) throw new Error('reserved');
    const finding = (external: ReadonlyMap<string, ExternalAnswer>): unknown => gateOf(rules, stage, facts({ external }), { day: DAY })[0]?.finding;
    const lacking = [{ name: { zh: '许可', en: 'Permit' }, why: 'why', law: null }];
    const from = (first: string): ReadonlyMap<string, ExternalAnswer> => new Map([['approvals:K08', { on: (day) => (day >= first ? { met: true, lacking: [] } : { met: false, lacking }) }]]);
    expect(finding(new Map())).toMatchObject({ met: false });
    expect(finding(from(DAY))).toMatchObject({ met: true });
    expect(finding(from('9999-12-31'))).toMatchObject({ met: false, lacking });
  });

  it('an external condition that nobody answers and that silence meets is none', () => {
    const test = { type: 'external', feature: 'approvals', question: 'start', silent: 'met' } as const;
    const rules: Lifecycle = { ...STANDARD, stages: STANDARD.stages.map((one) => (one.code === 'reserved' ? { ...one, conditions: [{ code: 'approvals', name: { zh: '审批', en: 'Approvals' }, test, waivedBy: null }] } : one)) };
    const stage = rules.stages.find((one) => one.code === 'reserved');
    if (stage === undefined) throw new Error('reserved');
    expect(gateOf(rules, stage, facts(), { day: DAY })).toEqual([]);
    expect(gateOf(rules, stage, facts({ external: new Map([['approvals:start', { on: () => ({ met: true, lacking: [] }) }]]) }), { day: DAY })).toMatchObject([{ state: 'met' }]);
  });
});

describe('a changed life cycle', () => {
  const changed = (change: (copy: Lifecycle) => void): string[] => {
    const copy = structuredClone(STANDARD);
    change(copy);
    return [...new Set(faultsOf(copy).map((one) => one.code))];
  };

  it('is refused where a stage is missing, twice, out of order or unreachable', () => {
    expect(changed((copy) => { copy.stages.splice(3, 1); })).toEqual(['stage_missing']);
    expect(changed((copy) => { const one = copy.stages[3]; if (one !== undefined) copy.stages.push(structuredClone(one)); })).toContain('stage_twice');
    expect(changed((copy) => { copy.stages.reverse(); })).toContain('stage_order');
    expect(changed((copy) => { const one = copy.stages[1]; if (one !== undefined) one.use = { enterprise: 'none', government: 'none', purchase: 'none' }; })).toEqual(['stage_unreachable']);
    expect(changed((copy) => { const one = copy.stages[5]; if (one !== undefined) one.use.purchase = 'may'; })).toEqual(['start_needed']);
  });

  it('is refused where building could start without the declaration of permanent works: levelling would count', () => {
    const start = (change: (conditions: Lifecycle['stages'][number]['conditions']) => Lifecycle['stages'][number]['conditions']) => changed((copy) => {
      for (const stage of copy.stages) if (stage.code === 'started') stage.conditions = change(stage.conditions);
    });
    const declared = (code: string): boolean => code === 'permanent_works';
    expect(start((all) => all.filter((one) => !declared(one.code)))).toEqual(['start_unproved']);
    expect(start((all) => all.map((one) => (declared(one.code) ? { ...one, kinds: ['enterprise' as const] } : one)))).toEqual(['start_unproved']);
    expect(start((all) => all.map((one) => (declared(one.code) ? { ...one, test: { type: 'any' as const, of: [one.test, { type: 'field' as const, field: 'code' as const }].flatMap((test) => (test.type === 'statement' || test.type === 'field' ? [test] : [])) } } : one)))).toEqual(['start_unproved']);
    expect(start((all) => all.map(({ kinds, ...one }) => (declared(one.code) ? one : { ...one, ...(kinds === undefined ? {} : { kinds }) })))).toEqual([]);
  });

  it('is refused where a condition can never be met or names evidence that is not known', () => {
    expect(changed((copy) => { copy.works = copy.works.map((one) => ({ ...one, permanent: false })); })).toEqual(['no_permanent_works']);
    expect(changed((copy) => { copy.evidenceKinds = copy.evidenceKinds.filter((one) => one.code !== 'contract'); })).toEqual(['kind_unknown']);
    expect(changed((copy) => { const one = copy.stages[5]?.conditions[2]; if (one !== undefined) one.waivedBy = 'projects.waive'; })).toEqual(['statement_waivable']);
    expect(changed((copy) => { const one = copy.stages[5]?.conditions[1]; if (one?.test.type === 'photo') one.test.kinds = ['contract']; })).toEqual(['photo_kind']);
  });
});

describe('derivations', () => {
  it('takes the best twelve consecutive months and rounds a rate down', () => {
    const row = (fromMonth: string, toMonth: string, revenueFen: number) => ({ fromMonth, toMonth, outputFen: null, revenueFen, taxFen: null, jobs: null });
    const rates = ratesOf({ outputFen: 5, revenueFen: 3000, taxFen: null, jobs: null }, [row('2021-01', '2021-12', 2399), row('2022-01', '2022-06', 100)]);
    expect(rates).toEqual({ revenue: { promisedFen: 3000, actualFen: 2399, bp: 7996 } });
  });

  it('dates 达效 by agreement, else by months after production', () => {
    expect(effectDay('2025-12-31', '2024-01-15', 12)).toBe('2025-12-31');
    expect(effectDay(null, '2024-01-15', 12)).toBe('2025-01-31');
    expect(effectDay(null, '2023-02-28', 12)).toBe('2024-02-29');
    expect(effectDay(null, null, 12)).toBeNull();
  });

  it('forgets the days of stages that a move back has left', () => {
    const place = (stage: StageCode): number => STAGES.indexOf(stage);
    const move = (from_stage: StageCode, to_stage: StageCode, day: string, backward = false) => ({ from_stage, to_stage, day, backward });
    const days = stageDays([move('planned', 'signed', '2023-01-01'), move('signed', 'performed', '2023-02-01'), move('performed', 'signed', '2023-03-01', true), move('signed', 'signed', '2023-03-02')], place);
    expect([...days]).toEqual([['signed', '2023-01-01']]);
  });

  it('measures distances on the globe', () => {
    expect(metresBetween(112.6, 35.1, 112.6, 35.1)).toBe(0);
    expect(metresBetween(112.6, 35.1, 112.6, 36.1)).toBe(111_195);
  });
});
