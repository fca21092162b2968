import { expect, it } from 'vitest';
import { calendarWith } from '../../../kernel/workdays.ts';
import { firstDue, leftUntil } from './left.ts';

const days = calendarWith().numbers;
const at = (text: string): number => Date.parse(`${text}+08:00`);
const left = (due: string, now: string) => leftUntil(at(due), at(now), days);

it('says minutes and hours on the same day, and never more than there is', () => {
  expect(left('2023-08-15T16:59', '2023-08-15T16:00')).toEqual({ over: false, count: 59, unit: 'minute' });
  expect(left('2023-08-15T18:59', '2023-08-15T16:00')).toEqual({ over: false, count: 2, unit: 'hour' });
  expect(left('2023-08-15T16:00:30', '2023-08-15T16:00')).toEqual({ over: false, count: 0, unit: 'minute' });
});

it('counts working days beyond, over a weekend and over a holiday that was moved', () => {
  expect(left('2023-08-21T09:00', '2023-08-18T17:00')).toEqual({ over: false, count: 1, unit: 'workday' });
  // 29 September to 6 October 2023 is free, 7 and 8 October are worked.
  expect(left('2023-10-08T12:00', '2023-09-28T12:00')).toEqual({ over: false, count: 2, unit: 'workday' });
});

it('says calendar days where no working day lies between', () => {
  expect(left('2023-08-20T09:00', '2023-08-18T17:00')).toEqual({ over: false, count: 2, unit: 'day' });
});

it('is over as soon as the limit has passed, at least by a minute', () => {
  expect(left('2023-08-15T16:00', '2023-08-15T16:00:01')).toEqual({ over: true, count: 1, unit: 'minute' });
  expect(left('2023-08-10T18:00', '2023-08-15T09:00')).toEqual({ over: true, count: 3, unit: 'workday' });
});

it('takes of several clocks the one that runs out first', () => {
  expect(firstDue('2023-08-15T08:00:00.000Z', null, '2023-08-14T08:00:00.000Z')).toBe(Date.parse('2023-08-14T08:00:00.000Z'));
  expect(firstDue(null, null)).toBeNull();
});
