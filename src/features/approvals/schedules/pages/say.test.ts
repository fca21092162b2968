import { describe, expect, it } from 'vitest';
import { formatFor } from '../../../../web/format.ts';
import type { T } from '../../../../web/i18n.ts';
import type { ShownTask } from '../contract.ts';
import { lastDay, rowsOf, toneOfShift } from './say.ts';

const t: T = (key, values) => `${key}${values === undefined ? '' : JSON.stringify(values)}`;
const format = formatFor('zh-CN');
const task: ShownTask = {
  place: 1, task: '1', code: '1.1', name: '基础', level: 2, summary: false, milestone: false, percent: 0, start: '2023-07-03T08:00', finish: '2023-07-05T17:00', lateFinish: '2023-07-10T17:00', fileStart: null, fileFinish: null,
  baselineStart: null, baselineFinish: null, actualStart: null, actualFinish: null, floatDays: 3, critical: false, differs: null,
};
const rowOf = (change: Partial<ShownTask>) => rowsOf([{ ...task, ...change }], t, format)[0];

describe('a task in the chart', () => {
  it('ends on its last day of work, which midnight is not part of', () => {
    expect(['2023-07-05T17:00', '2023-07-06T00:00', '2023-03-01T00:00'].map(lastDay)).toEqual(['2023-07-05', '2023-07-05', '2023-02-28']);
  });

  it('says what matters most: done, late against the baseline, critical, or its float', () => {
    expect(rowOf({ percent: 100 })).toMatchObject({ note: 'page.done', actual: { from: '2023-07-03', to: '2023-07-05' }, critical: false });
    expect(rowOf({ baselineStart: '2023-07-03T08:00', baselineFinish: '2023-07-04T17:00', critical: true })).not.toHaveProperty('note');
    expect(rowOf({ critical: true, floatDays: 0 })).toMatchObject({ note: 'page.criticalTag', critical: true });
    expect(rowOf({})).toMatchObject({ note: 'page.float{"days":"3"}', floatTo: '2023-07-10', point: false });
    expect(rowOf({ summary: true, critical: true })).toMatchObject({ note: '', critical: false, summary: true });
    expect(rowsOf([{ ...task, start: null }, undefined], t, format)).toMatchObject([{ id: '1', label: '基础', blank: true }, { label: '…', blank: true }]);
  });

  it('is stepped in by its depth below the highest that is shown', () => {
    expect(rowsOf([task, { ...task, level: 4 }], t, format).map((one) => one.label)).toEqual(['基础', '\u3000\u3000基础']);
  });

  it('is the worse the later it is', () => {
    expect([-5, 0, 1, 8, 31].map(toneOfShift)).toEqual(['ok', 'ok', 'warn', 'late', 'bad']);
  });
});
