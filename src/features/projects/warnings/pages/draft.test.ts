import { expect, test } from 'vitest';
import { checker } from '../../../../platform/validate.ts';
import presets from '../data/rules.json' with { type: 'json' };
import { WarningRules } from '../rules.ts';
import { draftFaults, freshRule, usedLevel, withKind, withLevel, withObject, withoutLevel, withPart } from './draft.ts';

const { rules } = checker(WarningRules)(presets);
const named = (rule: ReturnType<typeof freshRule>) => ({ ...rule, name: { zh: '新规则', en: 'New' } });

test('the presets have no fault, and a new rule lacks only its names', () => {
  expect(draftFaults(rules)).toEqual([]);
  const rule = freshRule([...rules, freshRule(rules)]);
  expect(rule.id).toBe('rule-2');
  expect(draftFaults([...rules, rule]).map((one) => one.path)).toEqual(['rule-2.name.zh', 'rule-2.name.en']);
  expect(checker(WarningRules)({ rules: [...rules, named(rule)] }).rules).toHaveLength(rules.length + 1);
});

test('another object is measured as it can be, and keeps its thresholds where it can', () => {
  const rule = withPart(named(freshRule([])), 1, 'months', 2);
  expect(withObject(rule, 'completion').levels).toEqual(rule.levels);
  expect(withObject(rule, 'investment')).toMatchObject({ kind: 'points', levels: [{ level: 1, percent: 10 }, { level: 3, percent: 30 }] });
  expect(draftFaults([withKind(withObject(rule, 'investment'), 'ratio')])).toEqual([]);
});

test('thresholds are set, emptied and taken away; what contradicts itself is said at the thresholds', () => {
  const rule = named(freshRule([]));
  expect(withPart(rule, 2, 'days', 10).levels[1]).toEqual({ level: 2, months: 3, days: 10 });
  expect(draftFaults([withPart(rule, 2, 'months', undefined)])).toEqual([{ path: 'rule-1.levels', code: 'threshold_missing' }]);
  expect(draftFaults([withPart(rule, 1, 'months', 9)])).toEqual([{ path: 'rule-1.levels', code: 'order' }]);
  expect(draftFaults([withPart(rule, 1, 'months', Number.NaN)])).toEqual([{ path: 'rule-1.levels.1.months', code: 'whole' }]);
  expect(draftFaults([[1, 2, 3].reduce(withoutLevel, rule)])).toMatchObject([{ path: 'rule-1.levels', code: 'threshold_missing' }]);
  expect(withLevel(withoutLevel(rule, 1), { level: 1, months: 1 }).levels.map((one) => one.level)).toEqual([1, 2, 3]);
});

test('approvals are measured by their clocks in working days, and what is no number is said at its field', () => {
  const rule = withObject(named(freshRule([])), 'approval');
  expect(rule.levels).toEqual([{ level: 1, clock: 'promised', workdays: 0 }, { level: 3, clock: 'statutory', workdays: 0 }]);
  expect(draftFaults([withLevel(rule, usedLevel(rule, 2))])).toEqual([]);
  expect(draftFaults([withPart(rule, 1, 'workdays', undefined)])).toEqual([{ path: 'rule-1.levels', code: 'threshold_missing' }]);
  expect(draftFaults([withPart(rule, 1, 'workdays', 1.5)])).toEqual([{ path: 'rule-1.levels.1.workdays', code: 'whole' }]);
  expect(withObject(rule, 'prediction').levels).toEqual([{ level: 1, months: 1 }, { level: 2, months: 3 }, { level: 3, months: 6 }]);
});
