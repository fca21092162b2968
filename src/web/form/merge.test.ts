import { describe, expect, it } from 'vitest';
import { conflictFields, mergedWith } from './merge.ts';

const words = { name: { label: '名称' }, days: { label: '天数', show: (value: unknown) => `${String(value)} 天` }, note: { label: '说明' } };
const base = { name: '环评', days: 5, note: null };

describe('what two people made of one record', () => {
  it('is asked only where theirs is no longer what it was, with both and what was before', () => {
    const fields = conflictFields(words, base, { ...base, days: 3, note: '我的' }, { ...base, days: 4 });
    expect(fields.map((one) => [one.name, one.label, one.base, one.mine, one.theirs, one.show(one.theirs)])).toEqual([['days', '天数', 5, 3, 4, '4 天']]);
    expect(conflictFields(words, base, base, base)).toEqual([]);
  });

  it('keeps mine where they left it, theirs where I did, and what was chosen where both changed it', () => {
    const mine = { name: '环评', days: 3, note: '我的' };
    const theirs = { name: '环境影响评价', days: 4, note: null };
    expect(mergedWith(base, mine, theirs, { days: 4 })).toEqual({ name: '环境影响评价', days: 4, note: '我的' });
    expect(mergedWith(base, mine, theirs, { days: 3, name: '环境影响评价' })).toEqual({ name: '环境影响评价', days: 3, note: '我的' });
  });
});
