import { describe, expect, it } from 'vitest';
import { decideComplete, decideEdit, decideForecast, decideRebaseline, decideRemove, decideSet, propose, standing, weightsOf, type Stored } from './rules.ts';
import templates from './data/templates.json' with { type: 'json' };
import { Templates } from './contract.ts';
import { checker } from '../../../platform/validate.ts';

const stored = (fields: Partial<Stored> = {}): Stored => ({
  id: 'a', name: '主体完工', kind: 'structure', sort: 0, plannedFrom: '2023-03-01', plannedDay: '2023-06-20', forecastDay: null, actualDay: null, weight: 10, note: null, baselineFrom: null, baselineDay: null, ...fields,
});

describe('how late a milestone is', () => {
  it('counts from the plan and from the baseline, to the actual day, the forecast, or today at the earliest', () => {
    expect(standing(stored({ baselineDay: '2023-05-31' }), '2023-06-30')).toEqual({ state: 'overdue', expectedDay: '2023-06-30', slipPlanDays: 10, slipBaselineDays: 30, overdueDays: 10 });
    expect(standing(stored({ forecastDay: '2023-07-10' }), '2023-06-30')).toMatchObject({ expectedDay: '2023-07-10', slipPlanDays: 20, slipBaselineDays: null });
    expect(standing(stored({ actualDay: '2023-06-10' }), '2023-06-30')).toMatchObject({ state: 'done', slipPlanDays: -10, overdueDays: 0 });
    expect(standing(stored(), '2023-06-01')).toMatchObject({ state: 'soon', slipPlanDays: 0 });
    expect(standing(stored(), '2023-04-01').state).toBe('open');
    expect(standing(stored({ forecastDay: '2023-07-01' }), '2023-06-01').state).toBe('slipping');
  });

  it('weighs what is done against what was due', () => {
    expect(weightsOf([stored(), stored({ actualDay: '2023-06-01', weight: 5 }), stored({ plannedDay: '2023-12-01', weight: 85 })], '2023-06-30')).toEqual({ all: 100, due: 15, done: 5 });
  });
});

describe('the frozen plan', () => {
  const frozen = stored({ baselineFrom: '2023-03-01', baselineDay: '2023-06-20' });

  it('keeps its days whoever asks, by whatever command but re-baselining', () => {
    expect(() => decideEdit(frozen, { plannedDay: '2023-07-20' })).toThrow('plan.frozen');
    expect(() => decideEdit(frozen, { plannedFrom: null })).toThrow('plan.frozen');
    expect(() => decideSet([frozen], [{ id: 'a', name: '主体完工', plannedDay: '2023-07-20' }])).toThrow('plan.frozen');
    expect(decideEdit(frozen, { name: '主体封顶', weight: 20 })).toMatchObject({ name: '主体封顶', weight: 20, plannedDay: '2023-06-20' });
  });

  it('moves by re-baselining, the length of a span kept; a done milestone does not move', () => {
    const [move] = decideRebaseline([frozen], 1, [{ milestoneId: 'a', plannedDay: '2023-07-20' }]);
    expect(move?.after).toMatchObject({ plannedFrom: '2023-03-31', plannedDay: '2023-07-20' });
    expect(() => decideRebaseline([frozen], 0, [{ milestoneId: 'a', plannedDay: '2023-07-20' }])).toThrow('plan.no_baseline');
    expect(() => decideRebaseline([frozen], 1, [{ milestoneId: 'a', plannedDay: '2023-06-20' }])).toThrow('plan.unchanged');
    expect(() => decideRebaseline([{ ...frozen, actualDay: '2023-06-01' }], 1, [{ milestoneId: 'a', plannedDay: '2023-07-20' }])).toThrow('plan.done');
    expect(() => decideRebaseline([frozen], 1, [{ milestoneId: 'x', plannedDay: '2023-07-20' }])).toThrow('plan.unknown');
  });

  it('loses no milestone without a reason', () => {
    expect(() => decideRemove(frozen, undefined)).toThrow('plan.reason_needed');
    expect(() => decideRemove(frozen, '设计变更取消')).not.toThrow();
    expect(() => decideRemove(stored(), undefined)).not.toThrow();
    expect(() => decideRemove(stored({ actualDay: '2023-06-01' }), '误')).toThrow('plan.done');
  });
});

describe('a batch of milestones', () => {
  it('adds new ones in the order given, changes known ones, and skips what is the same', () => {
    const decided = decideSet([stored()], [{ id: 'a', name: '主体完工', plannedDay: '2023-06-20' }, { id: 'b', name: '竣工', plannedDay: '2023-12-20' }, { id: 'c', name: '投产', plannedDay: '2024-02-20' }]);
    expect(decided.changed).toEqual([]);
    expect(decided.added.map((one) => [one.id, one.sort, one.kind, one.weight])).toEqual([['b', 2, 'other', 1], ['c', 3, 'other', 1]]);
  });

  it('refuses a doubled id, a blank name, a span that ends before it begins and too many', () => {
    expect(() => decideSet([], [{ id: 'b', name: '竣工', plannedDay: '2023-12-20' }, { id: 'b', name: '投产', plannedDay: '2023-12-20' }])).toThrow('plan.doubled');
    expect(() => decideSet([], [{ id: 'b', name: '  ', plannedDay: '2023-12-20' }])).toThrow('plan.name_missing');
    expect(() => decideSet([], [{ id: 'b', name: '竣工', plannedFrom: '2024-01-01', plannedDay: '2023-12-20' }])).toThrow('plan.span');
    expect(() => decideSet([], Array.from({ length: 121 }, (_, at) => ({ id: String(at), name: '节点', plannedDay: '2023-12-20' })))).toThrow('plan.too_many');
  });
});

describe('what happened', () => {
  it('is never in the future, and happens once', () => {
    expect(decideComplete(stored(), '2023-06-30', '2023-06-30')).toBe('2023-06-30');
    expect(() => decideComplete(stored(), '2023-07-01', '2023-06-30')).toThrow('plan.actual_future');
    expect(() => decideComplete(stored({ actualDay: '2023-06-01' }), '2023-06-02', '2023-06-30')).toThrow('plan.done');
  });

  it('is not forecast for the past', () => {
    expect(() => decideForecast(stored(), '2023-06-29', '2023-06-30')).toThrow('plan.forecast_past');
    expect(decideForecast(stored({ forecastDay: '2023-07-10' }), null, '2023-06-30')).toBeNull();
  });
});

describe('the templates', () => {
  const check = checker(Templates);

  it('are sound as they ship, with weights of 100', () => {
    const all = check(templates);
    for (const lines of Object.values(all)) expect(lines.reduce((sum, line) => sum + line.weight, 0)).toBe(100);
  });

  it('place the milestones by the planned days of the project and name the days that are missing', () => {
    const days = { start: '2023-03-01', completion: '2024-03-01', production: '2024-05-01', effect: null };
    const { items, missing } = propose(check(templates).enterprise, days);
    expect(missing).toEqual([]);
    expect(items.map((one) => one.kind)).toEqual(['filing', 'land', 'permit', 'start', 'foundation', 'structure', 'equipment', 'completion', 'production']);
    expect(items.find((one) => one.kind === 'equipment')).toMatchObject({ plannedFrom: '2023-11-07', plannedDay: '2024-01-06' });
    expect(propose(check(templates).enterprise, { ...days, start: null }).missing).toEqual(['start']);
  });
});
