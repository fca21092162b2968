import { describe, expect, test } from 'vitest';
import { calendarWith } from '../../kernel/workdays.ts';
import { promiseOf, type PromisePolicy, type PromiseStep } from './promise.ts';

const calendar = calendarWith();
const POLICY: PromisePolicy = { allowed: true, excluded: false, checkDays: 40, signers: ['legal_representative', 'design_unit'] };
const GRANTED: readonly PromiseStep[] = [
  { kind: 'told', day: '2024-03-01' }, { kind: 'promised', day: '2024-03-04', signers: ['design_unit', 'legal_representative'] }, { kind: 'granted', day: '2024-03-04', number: 'P-1' },
];
const checked = (kept: boolean): PromiseStep => ({ kind: 'checked', day: '2024-04-01', kept, finding: 'as seen on the site' });

describe('a permit by promise', () => {
  test('is given at once and checked later', () => {
    expect(promiseOf(GRANTED, POLICY, calendar)).toMatchObject({ status: 'granted', number: 'P-1', check: { day: '2024-04-29', provisional: false } });
    expect(promiseOf([...GRANTED, checked(true)], POLICY, calendar)).toMatchObject({ status: 'verified', record: null });
  });

  test('is lost and put on record where the promise was false', () => {
    const broken = [...GRANTED, checked(false)];
    expect(promiseOf(broken, POLICY, calendar)).toMatchObject({ status: 'broken', record: { day: '2024-04-01', finding: 'as seen on the site' } });
    expect(promiseOf([...broken, { kind: 'revoked', day: '2024-04-02', number: 'R-1' }], POLICY, calendar).status).toBe('revoked');
    expect(() => promiseOf([...GRANTED, checked(true), { kind: 'revoked', day: '2024-04-02', number: 'R-1' }], POLICY, calendar)).toThrow('cases.not_from_state');
  });

  test('needs every signature, the notice before it, and an item that may go this way', () => {
    const unsigned: readonly PromiseStep[] = [{ kind: 'told', day: '2024-03-01' }, { kind: 'promised', day: '2024-03-04', signers: ['legal_representative'] }];
    expect(() => promiseOf(unsigned, POLICY, calendar)).toThrow('cases.not_signed');
    expect(() => promiseOf(GRANTED.slice(1), POLICY, calendar)).toThrow('cases.not_from_state');
    expect(() => promiseOf(GRANTED, { ...POLICY, allowed: false }, calendar)).toThrow('cases.promise_not_here');
    expect(() => promiseOf(GRANTED, { ...POLICY, excluded: true }, calendar)).toThrow('cases.promise_excluded');
  });
});
