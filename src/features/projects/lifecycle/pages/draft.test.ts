import { expect, test } from 'vitest';
import { checker } from '../../../../platform/validate.ts';
import { Lifecycle, STANDARD, type Condition, type Test } from '../shape.ts';
import { draftFaults, freeCode, freshCondition, freshTest, kindsInUse, partsOf, testOf, type SimpleTest } from './draft.ts';

const field: SimpleTest = { type: 'field', field: 'code' };
const paper: SimpleTest = { type: 'evidence', kinds: ['filing'], needs: ['file'] };

test('every condition of the standard rules goes into parts and comes back as it was', () => {
  for (const condition of STANDARD.stages.flatMap((one) => one.conditions)) expect(testOf(partsOf(condition.test))).toEqual(condition.test);
  expect(draftFaults(STANDARD)).toEqual([]);
});

test('one part stands alone, several make all or any, and a group within all is no group', () => {
  expect(testOf({ mode: 'any', of: [field] })).toEqual(field);
  expect(testOf({ mode: 'any', of: [field, paper] })).toEqual({ type: 'any', of: [field, paper] });
  const grouped: Test = { type: 'any', of: [field, { type: 'all', of: [paper, field] }] };
  expect(testOf(partsOf(grouped))).toEqual(grouped);
  expect(testOf({ ...partsOf(grouped), mode: 'all' })).toEqual({ type: 'all', of: [field, paper, field] });
});

test('whatever is put together by hand and has no fault has the shape that the server takes', () => {
  const check = checker(Lifecycle);
  const built = with2({ ...freshCondition([]), name: { zh: '环评', en: 'Impact' }, test: testOf({ mode: 'any', of: [paper, { type: 'all', of: [field, { type: 'external', feature: 'approvals', question: 'passed', silent: 'missing' }] }] }) });
  expect(draftFaults(built)).toEqual([]);
  expect(check(JSON.parse(JSON.stringify(built)))).toEqual(built);
});

test('what is missing is said where it is mended', () => {
  const places = draftFaults(with2({ ...freshCondition([]), hint: { zh: '只有中文', en: '' }, test: { type: 'any', of: [freshTest('photo'), { type: 'all', of: [freshTest('external'), { type: 'results', percent: Number.NaN, withinAgreed: true }] }] } }));
  expect(places.map((one) => `${one.path.replace('stages.1.conditions.1.', '')} ${one.code}`)).toEqual([
    'name.zh empty', 'name.en empty', 'hint.en empty', 'test.0.kinds choose', 'test.1.0.feature code', 'test.1.0.question empty', 'test.1.1.percent whole',
  ]);
  expect(draftFaults(with2({ ...freshCondition([]), name: { zh: '甲', en: 'a' }, test: { type: 'all', of: [field, { type: 'statement' }] } })).map((one) => one.code)).toEqual(['statementAlone']);
  expect(draftFaults({ ...STANDARD, works: STANDARD.works.map((one) => ({ ...one, permanent: false })) })).toMatchObject([{ path: 'works', code: 'no_permanent_works' }]);
});

test('new codes are free, and a kind that a condition asks for is in use', () => {
  expect(freeCode('kind', [{ code: 'kind_1' }, { code: 'kind_3' }])).toBe('kind_2');
  expect(kindsInUse(STANDARD).has('construction_permit')).toBe(true);
  expect(kindsInUse({ ...STANDARD, stages: [], sideStates: [] }).size).toBe(0);
});

function with2(condition: Condition): Lifecycle {
  return { ...STANDARD, stages: STANDARD.stages.map((stage, index) => (index === 1 ? { ...stage, conditions: [...stage.conditions, condition] } : stage)) };
}
