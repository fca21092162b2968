// When a notice leaves for a person, and when it is tried again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTEMPTS_LIMIT, duesOf, minuteOf, nextMessage, waitMs, type Wishes } from './rules.ts';
import { valuesIn } from './told.ts';

const wishes = (more: Partial<Wishes> = {}): Wishes => ({ topics: {}, digestMinute: 8 * 60, quietFrom: 22 * 60, quietTo: 7 * 60, ...more });
const china = (text: string): Date => new Date(`${text}+08:00`);

describe('a notice is due', () => {
  it('at once by day, after the quiet hours by night, and at once by night if it is urgent', () => {
    const day = duesOf(wishes(), china('2023-06-30T12:00:30'));
    expect(day.now).toEqual(china('2023-06-30T12:00:30'));
    const night = duesOf(wishes(), china('2023-06-30T23:10:30'));
    expect([night.now, night.urgent]).toEqual([china('2023-07-01T07:00:00'), china('2023-06-30T23:10:30')]);
    expect(duesOf(wishes(), china('2023-07-01T06:59:59')).now).toEqual(china('2023-07-01T07:00:00'));
    expect(duesOf(wishes(), china('2023-07-01T07:00:00')).now).toEqual(china('2023-07-01T07:00:00'));
  });

  it('with the next digest, which itself waits for the end of the quiet hours', () => {
    expect(duesOf(wishes(), china('2023-06-30T07:59:59')).digest).toEqual(china('2023-06-30T08:00:00'));
    expect(duesOf(wishes(), china('2023-06-30T08:00:10')).digest).toEqual(china('2023-06-30T08:00:10'));
    expect(duesOf(wishes(), china('2023-06-30T08:01:00')).digest).toEqual(china('2023-07-01T08:00:00'));
    expect(duesOf(wishes({ digestMinute: 6 * 60 }), china('2023-06-30T05:00:00')).digest).toEqual(china('2023-06-30T07:00:00'));
  });

  it('never before it was told, never in the quiet hours unless urgent, and within two days', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(fc.property(minute, minute, minute, fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }), (digestMinute, quietFrom, quietTo, ms) => {
      fc.pre(quietFrom !== quietTo);
      const dues = duesOf(wishes({ digestMinute, quietFrom, quietTo }), new Date(ms));
      for (const due of [dues.now, dues.digest]) {
        const at = minuteOf(due);
        const quiet = quietFrom < quietTo ? at >= quietFrom && at < quietTo : at >= quietFrom || at < quietTo;
        expect([due.getTime() >= ms, quiet, due.getTime() - ms < 2 * 86_400_000]).toEqual([true, false, true]);
      }
    }));
  });
});

it('a message is tried again after a minute, then ever more rarely, and given up after days', () => {
  expect([1, 2, 3, 12, 40].map((attempt) => waitMs(attempt, 0))).toEqual([60_000, 120_000, 240_000, 21_600_000, 21_600_000]);
  expect(waitMs(1, 0.999)).toBeGreaterThanOrEqual(48_000);
  const days = Array.from({ length: ATTEMPTS_LIMIT }, (_, i) => waitMs(i + 1, 0.5)).reduce((sum, one) => sum + one, 0) / 86_400_000;
  expect([days > 2, days < 5]).toEqual([true, true]);
});

it('few go one by one, many go together, and a digest is one', () => {
  const due = (count: number, digest = false) => Array.from({ length: count }, () => ({ digest }));
  expect([1, 3, 4, 500].map((count) => nextMessage('mail', due(count)).length)).toEqual([1, 1, 4, 200]);
  expect(nextMessage('mail', due(2, true))).toHaveLength(2);
  expect(nextMessage('webhook', due(250))).toHaveLength(100);
});

it('writes days, months and moments as people do, and leaves alone what is none', () => {
  const facts = { due: '2023-07-10', month: '2023-05', at: '2023-07-03 15:00', number: '2023-0001', wrong: '2023-13-40', title: '2023-05-01停电' };
  expect(valuesIn(facts, 'zh-CN')).toEqual({ due: '2023年7月10日', month: '2023年5月', at: '2023年7月3日 15:00', number: '2023-0001', wrong: '2023-13-40', title: '2023-05-01停电' });
  expect(valuesIn(facts, 'en')).toMatchObject({ due: '10 Jul 2023', month: 'May 2023', at: '3 Jul 2023 15:00' });
});
