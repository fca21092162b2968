import { describe, expect, test } from 'vitest';
import { calendarWith } from '../../../kernel/workdays.ts';
import { turnOf } from './convert.ts';
import { monthsAfter } from './months.ts';
import { checkUse, EARTHWORKS, isExpired, owedLate, owedOn, PRESET, simulationOf, type Premises, type Simulation, type SimulationPolicy, type SimulationStep } from './simulated.ts';

const calendar = calendarWith();
const PLANNING: SimulationPolicy = { ...PRESET, item: 'D07', allowed: true };
const PERMIT: SimulationPolicy = { ...PRESET, item: 'K08', allowed: true, works: EARTHWORKS };
const premises: Premises = { applicant: 'works A', areaSquareMetres: 40_000, planning: 'plan 12', scale: 'two halls' };
const applied: SimulationStep = { kind: 'applied', day: '2024-03-01', keyProject: true, planningIssued: true, riskSigned: true };
const opined: SimulationStep = { kind: 'opined', day: '2024-03-05', number: 'sim-7', premises, owed: [{ item: 'L04', due: '2024-04-30' }] };
const settled: SimulationStep = { kind: 'settled', day: '2024-04-10', item: 'L04' };
const contracted = (more: Partial<Premises> = {}, day = '2024-04-10'): SimulationStep => ({ kind: 'contracted', day, premises: { ...premises, ...more } });
const issued = (number = 'formal-1', day = '2024-04-11'): SimulationStep => ({ kind: 'issued', day, number });
const after = (steps: readonly SimulationStep[], policy = PLANNING): Simulation => simulationOf(steps, policy, calendar);

describe('a simulated opinion', () => {
  test('is numbered, has no force, and expires by itself two months later', () => {
    const opinion = after([applied, opined]);
    expect(opinion).toMatchObject({ status: 'opined', number: 'sim-7', force: 'none', expires: '2024-05-05', owed: [{ item: 'L04', due: '2024-04-30' }] });
    expect([owedLate(opinion, '2024-04-30').length, owedLate(opinion, '2024-05-01')]).toEqual([0, [{ item: 'L04', due: '2024-04-30' }]]);
    // Its debts end with it.
    expect([owedLate(opinion, '2024-05-05').length, owedLate(opinion, '2024-05-06'), owedOn(opinion, '2024-05-06')]).toEqual([1, [], []]);
    expect([isExpired(opinion, '2024-05-05'), isExpired(opinion, '2024-05-06')]).toEqual([false, true]);
    expect(() => after([applied, opined, contracted({}, '2024-05-06')])).toThrow('cases.simulated_expired');
  });

  test('is not renewed, unless the place says so', () => {
    const renewed: SimulationStep = { kind: 'renewed', day: '2024-05-01' };
    expect(() => after([applied, opined, renewed])).toThrow('cases.not_renewable');
    expect(after([applied, opined, renewed], { ...PLANNING, renewals: 1 }).expires).toBe('2024-07-01');
    expect(() => after([applied, opined, { kind: 'renewed', day: '2024-05-06' }], { ...PLANNING, renewals: 1 })).toThrow('cases.simulated_expired');
  });

  test.each<[string, SimulationStep, SimulationPolicy, string]>([
    ['for a project that is no key project', { ...applied, keyProject: false }, PLANNING, 'simulation_key_only'],
    ['without planning conditions', { ...applied, planningIssued: false }, PLANNING, 'simulation_no_site'],
    ['without a signed promise', { ...applied, riskSigned: false }, PLANNING, 'simulation_not_signed'],
    ['for an item that the place does not simulate', applied, { ...PLANNING, allowed: false }, 'simulation_not_here'],
    ['for environmental assessment, whatever the place says', applied, { ...PLANNING, item: 'P11' }, 'simulation_not_here'],
  ])('is refused %s', (_what, step, policy, code) => {
    expect(() => after([step], policy)).toThrow(`cases.${code}`);
  });

  test('may be used for procedures before the construction permit, and a construction pre-permit for earthworks', () => {
    const opinion = after([applied, opined]);
    expect(() => checkUse(opinion, { item: 'K02' }, PLANNING, '2024-04-01')).not.toThrow();
    for (const use of [{ item: 'K08' }, { item: 'L04' }, { item: 'Y04' }, { works: 'trench' }]) expect(() => checkUse(opinion, use, PLANNING, '2024-04-01')).toThrow('cases.simulated_no_force');
    const permit = after([applied, opined], PERMIT);
    expect(() => checkUse(permit, { works: 'deep_pit' }, PERMIT, '2024-04-01')).not.toThrow();
    expect(() => checkUse(permit, { works: 'foundation' }, PERMIT, '2024-04-01')).toThrow('cases.simulated_no_force');
    expect(() => checkUse(permit, { works: 'deep_pit' }, PERMIT, '2024-05-06')).toThrow('cases.simulated_expired');
  });

  test('is void where its data were false', () => {
    const gone = after([applied, opined, { kind: 'voided', day: '2024-04-01', reason: 'false area' }]);
    expect(gone.status).toBe('void');
    expect(() => simulationOf([contracted()], PLANNING, calendar, gone)).toThrow('cases.not_from_state');
  });
});

describe('the land contract', () => {
  test('with nothing changed makes a formal document with a day and a number of its own, due in one working day', () => {
    const waiting = after([applied, opined, contracted()]);
    expect([waiting.status, waiting.due, waiting.force]).toEqual(['converting', '2024-04-11', 'none']);
    expect(after([applied, opined, contracted(), settled, issued()])).toMatchObject({ status: 'formal', force: 'formal', document: { number: 'formal-1', day: '2024-04-11' } });
    expect(() => after([applied, opined, contracted(), settled, issued('sim-7')])).toThrow('cases.number_not_new');
    expect(() => after([applied, opined, contracted(), issued()])).toThrow('cases.still_owed');
  });

  test('keeps an opinion that would expire while the document is made, and no longer', () => {
    const late = [applied, opined, contracted({}, '2024-05-05'), { ...settled, day: '2024-05-05' }] as const;
    expect(after([...late, issued('f', '2024-05-06')]).status).toBe('formal');
    expect(() => after([...late, issued('f', '2024-05-07')])).toThrow('cases.simulated_expired');
  });

  test.each<[keyof Premises, Partial<Premises>]>([['applicant', { applicant: 'works B' }], ['areaSquareMetres', { areaSquareMetres: 40_001 }], ['planning', { planning: 'plan 13' }], ['scale', { scale: 'three halls' }]])('with another %s has only that reviewed', (part, more) => {
    const reviewing = after([applied, opined, contracted(more)]);
    expect([reviewing.status, reviewing.changed, reviewing.due]).toEqual(['reviewing', [part], null]);
    const reviewed = (parts: readonly (keyof Premises)[], passed = true): SimulationStep => ({ kind: 'reviewed', day: '2024-04-15', parts, passed });
    expect(() => simulationOf([issued()], PLANNING, calendar, reviewing)).toThrow('cases.not_from_state');
    expect(() => simulationOf([reviewed([])], PLANNING, calendar, reviewing)).toThrow('cases.review_lacks');
    expect(simulationOf([reviewed([part]), { ...settled, day: '2024-04-15' }, issued('f', '2024-04-16')], PLANNING, calendar, reviewing).status).toBe('formal');
    expect(simulationOf([reviewed([part], false)], PLANNING, calendar, reviewing)).toMatchObject({ status: 'failed', force: 'none' });
  });

  test('turns several opinions on one day in the order of the law, and says what waits', () => {
    const items = [{ item: 'K08', after: ['D07', 'K02'] }, { item: 'D07', after: ['D02', 'L04'] }, { item: 'L06', after: ['L04'] }, { item: 'D02', after: ['D01'] }, { item: 'D01', after: ['L06'] }];
    expect(turnOf(items, new Set(['L04']))).toEqual({ order: ['L06', 'D01', 'D02', 'D07'], waiting: [{ item: 'K08', for: ['K02'] }] });
    expect(turnOf(items, new Set()).order).toEqual([]);
    expect(() => turnOf([{ item: 'a', after: ['b'] }, { item: 'b', after: ['a'] }], new Set())).toThrow('cases.circular_order');
  });
});

test.each([['2024-12-31', 2, '2025-02-28'], ['2023-12-30', 2, '2024-02-29'], ['2024-03-05', 2, '2024-05-05'], ['2024-01-31', 1, '2024-02-29']])('%s and %i months end on %s', (day, months, last) => {
  expect(monthsAfter(day, months)).toBe(last);
});
