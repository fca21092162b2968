import { describe, expect, it } from 'vitest';
import { checkDigit, readCode } from './code.ts';
import { askedOf, gramsOf } from '../../../kernel/grams.ts';
import { keptDimension } from './list.ts';
import { decideEdit, decideHandOver, decideParent, nextStep, takeBack, tidied, warningsOf } from './rules.ts';
import { initials } from '../../../platform/pinyin.ts';
import { Refusal } from '../../../kernel/refuse.ts';

const refused = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'passed';
};

describe('the national project code', () => {
  it('is told from the old code by its first group, and its check digit is computed', () => {
    expect(readCode('2505-330354-04-01-274607')).toEqual({ shape: 'national', region: '330354', year: 2025, checkDigitFits: true });
    expect(readCode('2505-330354-04-01-274608').checkDigitFits).toBe(false);
    expect(readCode('2019-330391-47-03-831266')).toMatchObject({ shape: 'old', year: 2019, checkDigitFits: undefined });
    expect(readCode('2020-330391-48-03-158734')).toMatchObject({ shape: 'old', year: 2020 });
    expect(readCode('2513-330354-04-01-274607').shape).toBe('other');
    expect(readCode('豫发改〔2023〕12号').shape).toBe('other');
    expect(checkDigit('25053303540401274' + '60')).toBe(7);
  });
});

describe('what a search looks for', () => {
  const grams = new Set(gramsOf('济源纳米材料产业园三期', initials('济源纳米材料产业园三期'), '2305-419001-04-01-123456'));
  it.each(['济源', '纳米', '材料产业园', 'jynm', 'nmcl', 'JYNM', '济', '2305-4190', '123456', '济 源'])('%s is among the pairs', (text) => {
    const asked = askedOf(text);
    expect(asked.grams.length).toBeGreaterThan(0);
    expect(asked.grams.every((gram) => grams.has(gram))).toBe(true);
  });
  it('knows the beginning of a name apart from its middle', () => {
    expect(grams.has(askedOf('济源').start ?? 0)).toBe(true);
    expect(grams.has(askedOf('纳米').start ?? 0)).toBe(false);
  });
  it('keeps what is not Han: full width is narrow, letters stand in the initials', () => {
    expect(initials('5G基站')).toBe('5gjz');
    expect(initials('ＡＢＣ厂')).toBe('abcc');
    expect(gramsOf('ＡＢＣ厂', 'abcc', null)).toContain(askedOf('ab').grams[0]);
  });
  it('has nothing to ask for in a text without a visible character', () => {
    expect(askedOf('\u200b\u200b').grams).toEqual([]);
  });
});

describe('an edit', () => {
  const current = { name: '甲', totalFen: 100, remarks: null, tags: [] };
  it('holds only what differs, with both values', () => {
    expect(decideEdit(current, { name: '甲', totalFen: 200, remarks: '新' })).toEqual({ before: { totalFen: 100, remarks: null }, after: { totalFen: 200, remarks: '新' } });
  });
  it('that changes nothing is refused', () => {
    expect(refused(() => decideEdit(current, { name: ' 甲 ' }))).toBe('projects.nothing_changed');
  });
  it('trims names outside only, and refuses a name of nothing', () => {
    expect(tidied({ name: '\u3000甲  乙 ' })).toEqual({ name: '甲  乙' });
    expect(refused(() => tidied({ name: ' \u200b ' }))).toBe('projects.name_empty');
  });
  it('gives a day its grain and takes the grain away with the day', () => {
    expect(tidied({ plannedStart: '2023-10-31' })).toEqual({ plannedStart: '2023-10-31', plannedStartGrain: 'day' });
    expect(tidied({ plannedStart: '2023-10-31', plannedStartGrain: 'month' })).toMatchObject({ plannedStartGrain: 'month' });
    expect(tidied({ plannedStart: null })).toEqual({ plannedStart: null, plannedStartGrain: null });
    expect(refused(() => tidied({ plannedStart: '2023-02-30' }))).toBe('platform.invalid');
  });
});

describe('warnings', () => {
  it('name what cannot be right without refusing it', () => {
    const found = warningsOf({ plannedStart: '2024-01-01', plannedCompletion: '2023-12-31', actualStart: '2023-07-01', code: '2505-330354-04-01-274608', totalFen: 5000, accumulatedFen: 6000 }, '2023-06-30', null);
    expect(found.map((one) => `${one.field} ${one.code}`)).toEqual(['plannedCompletion order', 'actualStart future', 'code code_check', 'accumulatedFen above_total', 'totalFen small']);
  });
  it('say nothing of an ordinary project', () => {
    expect(warningsOf({ plannedStart: '2023-01-01', plannedCompletion: '2024-12-31', code: '2505-330354-04-01-274607', totalFen: 80_000_000_000 }, '2023-06-30', 10_000_000_000)).toEqual([]);
  });
});

describe('a hand-over', () => {
  const active = { id: 'a', user_id: 'u1', duty: 'commissioner', from_day: '2023-03-01' };
  it('ends the active commissioner, or begins without one', () => {
    expect(decideHandOver(active, 'u2', '2023-06-30', '2023-06-30')).toEqual({ endsId: 'a' });
    expect(decideHandOver(undefined, 'u2', '2023-06-30', '2023-06-30')).toEqual({ endsId: undefined });
  });
  it('is refused to the same person, before the former began, and in the future', () => {
    expect(refused(() => decideHandOver(active, 'u1', '2023-06-30', '2023-06-30'))).toBe('projects.already_commissioner');
    expect(refused(() => decideHandOver(active, 'u2', '2023-02-28', '2023-06-30'))).toBe('projects.assignment_before');
    expect(refused(() => decideHandOver(active, 'u2', '2023-07-01', '2023-06-30'))).toBe('projects.assignment_future');
  });
});

describe('parts of a project', () => {
  it('have no parts themselves and never stand above their own whole', () => {
    const project = { id: 'p', parentId: null, packages: 0 };
    expect(decideParent(project, { id: 'q', parentId: null })).toEqual({ parentId: 'q' });
    expect(refused(() => decideParent(project, { id: 'p', parentId: null }))).toBe('projects.parent_itself');
    expect(refused(() => decideParent(project, { id: 'q', parentId: 'r' }))).toBe('projects.parent_is_package');
    expect(refused(() => decideParent({ ...project, packages: 2 }, { id: 'q', parentId: null }))).toBe('projects.parent_has_packages');
  });
});

describe('the record as it was', () => {
  it('takes events back, the latest first, also plans of a year', () => {
    const now = { name: '丙', totalFen: 300, years: [{ year: 2023, planFen: 20, target: null }], commissionerId: 'u2' };
    const { past, changed } = takeBack(now, [
      { kind: 'projects.edited', before: { name: '乙' }, after: { name: '丙' } },
      { kind: 'projects.year_edited', before: { year: 2023, planFen: 10, target: null }, after: { year: 2023, planFen: 20, target: null } },
      { kind: 'projects.edited', before: { name: '甲', totalFen: 200 }, after: { name: '乙', totalFen: 300 } },
      { kind: 'projects.reported', before: { dispatchFen: 1 }, after: { dispatchFen: 2 } },
    ]);
    expect(past).toEqual({ name: '甲', totalFen: 200, years: [{ year: 2023, planFen: 10, target: null }], commissionerId: 'u2' });
    expect(changed).toEqual(['name', 'totalFen', 'years']);
  });
  it('takes a year away that was not there yet', () => {
    expect(takeBack({ years: [{ year: 2023, planFen: 20, target: null }] }, [{ kind: 'projects.year_edited', before: { year: 2023, absent: true }, after: { year: 2023, planFen: 20 } }]).past).toEqual({ years: [] });
  });
});

describe('the next step', () => {
  const facts = { stage: 'building', sideState: null, commissionerId: 'u', isPackage: false, owedMonth: null, milestone: null };
  it('is first someone answerable, then what is owed, then what is late, then the next stage', () => {
    expect(nextStep({ ...facts, commissionerId: null, owedMonth: { month: '2023-05', dueDay: '2023-06-05' } }).kind).toBe('commissioner');
    expect(nextStep({ ...facts, owedMonth: { month: '2023-05', dueDay: '2023-06-05' } })).toEqual({ kind: 'report', subject: '2023-05', dueDay: '2023-06-05' });
    expect(nextStep({ ...facts, milestone: { name: '封顶', day: '2023-06-01', lateDays: 29 } }).kind).toBe('milestone');
    expect(nextStep({ ...facts, milestone: { name: '封顶', day: '2023-09-01', lateDays: -63 } }).kind).toBe('move');
    expect(nextStep({ ...facts, sideState: 'paused' }).kind).toBe('none');
  });
});

describe('sums', () => {
  it('come from kept totals only where one dimension or none is asked for', () => {
    expect(keptDimension({})).toEqual({ dimension: 'all', values: [''] });
    expect(keptDimension({ stage: ['building', 'started'] })).toEqual({ dimension: 'stage', values: ['building', 'started'] });
    expect(keptDimension({ inStatistics: false })).toEqual({ dimension: 'statistics', values: ['no'] });
    expect(keptDimension({ stage: ['building'], level: ['provincial'] })).toBeUndefined();
    expect(keptDimension({ q: '纳米' })).toBeUndefined();
    expect(keptDimension({ sideState: ['paused'] })).toBeUndefined();
    expect(keptDimension({ q: ' ', stage: [] })).toEqual({ dimension: 'all', values: [''] });
  });
});
