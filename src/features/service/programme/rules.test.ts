// Where a measure stands by its reports: what is owed, what counts, what is late.
import { describe, expect, it } from 'vitest';
import { isDone, lateDays, owedOf, progressBp, quartersOf, reached, stateOf, type Report } from './rules.ts';

const quarters = quartersOf(2023, 10);
const measure = { target: 10, created_day: '2023-02-01', withdrawn_day: null };
const report = (quarter: number, value: number, state: Report['state'], first = '2023-04-05'): Report => ({ quarter, value, state, first_day: first, due_day: quarters[quarter - 1]?.due ?? '' });

it('is due ten days after the quarter', () => {
  expect(quarters.map((one) => one.due)).toEqual(['2023-04-10', '2023-07-10', '2023-10-10', '2024-01-10']);
});

describe('a measure', () => {
  it('owes the quarters that are over, from the one in which it began', () => {
    expect(owedOf(measure, [], quarters, '2023-03-30')).toEqual([]);
    expect(owedOf(measure, [], quarters, '2023-07-01').map((one) => one.quarter)).toEqual([1, 2]);
    expect(owedOf({ ...measure, created_day: '2023-04-20' }, [], quarters, '2023-07-01').map((one) => one.quarter)).toEqual([2]);
  });

  it('owes again what was sent back, and nothing once its target is reached', () => {
    expect(owedOf(measure, [report(1, 3, 'returned')], quarters, '2023-04-20').map((one) => one.quarter)).toEqual([1]);
    expect(owedOf(measure, [report(1, 10, 'approved')], quarters, '2023-07-20')).toEqual([]);
  });

  it('counts what was approved alone, the latest quarter, and never more than the whole', () => {
    const reports = [report(1, 4, 'approved'), report(2, 9, 'submitted')];
    expect(reached(reports)).toBe(4);
    expect(progressBp(measure, 4)).toBe(4000);
    expect(progressBp(measure, 40)).toBe(10_000);
    expect(isDone(measure, reports)).toBe(false);
  });

  it('is late only once the day has passed, and says whose first submission came after it', () => {
    expect(stateOf(measure, [], quarters, '2023-04-10')).toBe('owed');
    expect(stateOf(measure, [], quarters, '2023-04-11')).toBe('late');
    expect(stateOf(measure, [report(1, 4, 'submitted')], quarters, '2023-04-11')).toBe('waiting');
    expect(lateDays(report(1, 4, 'approved', '2023-04-10'))).toBe(0);
    expect(lateDays(report(1, 4, 'approved', '2023-04-12'))).toBe(2);
  });
});
