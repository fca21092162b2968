import { describe, expect, test } from 'vitest';
import { calendarWith } from '../../kernel/workdays.ts';
import { jointReview, type Answer, type ReviewPolicy } from './joint.ts';

const calendar = calendarWith();
const SILENT: ReviewPolicy = { days: 5, silence: true, basis: 'the rules of the place' };
const asked = '2024-03-01';
const yes: Answer = { day: '2024-03-05', view: 'consent', text: '' };
const unit = (name: string, answer: Answer | null) => ({ unit: name, asked, answer });

describe('a joint review', () => {
  test('counts who said nothing in time as consenting, by name, and liable', () => {
    const before = jointReview([unit('fire', yes), unit('water', null)], '2024-03-08', SILENT, calendar);
    expect([before.passed, before.silent, before.units[1]?.position, before.units[1]?.deadline.day]).toEqual([false, [], 'waiting', '2024-03-08']);
    const after = jointReview([unit('fire', yes), unit('water', null)], '2024-03-09', SILENT, calendar);
    expect([after.passed, after.silent, after.units.map((one) => one.position)]).toEqual([true, ['water'], ['consent', 'silent_consent']]);
  });

  test('never invents consent where the place does not give it', () => {
    const after = jointReview([unit('fire', yes), unit('water', null)], '2024-06-01', { ...SILENT, silence: false }, calendar);
    expect([after.passed, after.silent, after.units[1]?.position]).toEqual([false, [], 'overdue']);
    const late = jointReview([unit('water', { ...yes, day: '2024-05-01' })], '2024-06-01', { ...SILENT, silence: false }, calendar);
    expect(late.passed).toBe(true);
  });

  test('keeps a late objection and lets it change nothing; one in time holds the review up', () => {
    const no: Answer = { day: '2024-03-11', view: 'objection', text: 'no outlet' };
    expect(jointReview([unit('water', no)], '2024-03-12', SILENT, calendar)).toMatchObject({ passed: true, silent: ['water'], objections: [], units: [{ lateAnswer: no, liable: true }] });
    expect(jointReview([unit('water', { ...no, day: '2024-03-08' })], '2024-03-12', SILENT, calendar)).toMatchObject({ passed: false, silent: [], objections: ['water'] });
  });

  test('knows no answer before its day, passes nothing that asked nobody, and refuses an answer before the question', () => {
    expect(jointReview([unit('fire', yes)], '2024-03-04', SILENT, calendar).units[0]?.position).toBe('waiting');
    expect(jointReview([], '2024-03-04', SILENT, calendar).passed).toBe(false);
    expect(() => jointReview([unit('fire', { ...yes, day: '2024-02-01' })], '2024-03-04', SILENT, calendar)).toThrow('cases.answer_early');
  });
});
