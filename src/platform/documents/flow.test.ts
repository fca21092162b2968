import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from './clean.ts';
import { flowOf } from './flow.ts';
import { tableGrid } from './grids.ts';
import { balanced } from './heads.ts';
import { widthOf, type Line } from './lines.ts';
import type { Block, CellContent, OfficialDocument } from './model.ts';
import { chinese, dayInWords, markOf, numberInWords } from './numbers.ts';

const about = { title: '纪要', organisation: '项目办', made: new Date('2023-06-30T02:30:00Z') };
const linesOf = (blocks: readonly Block[], more: Partial<OfficialDocument> = {}): Line[] => flowOf({ about, title: [], blocks, ...more }).sections.flatMap(({ items }) => items.filter((item) => item.kind === 'line'));
const textOf = (line: Line): string => line.runs.map((run) => run.text).join('');

describe('numbers, days and numbers of documents', () => {
  it.each([[1, '一'], [10, '十'], [11, '十一'], [20, '二十'], [100, '一百'], [101, '一百零一'], [110, '一百一十'], [1005, '一千零五'], [1050, '一千零五十'], [2023, '二千零二十三'], [9999, '九千九百九十九'], [0, '零'], [10_000, '10000']])('%i is %s', (value, words) => {
    expect(chinese(value)).toBe(words);
  });

  it('no two numbers are written alike', () => {
    expect(new Set(Array.from({ length: 10_000 }, (_none, value) => chinese(value))).size).toBe(10_000);
  });

  it('a day and a number have no leading zeros', () => {
    expect(dayInWords('2023-08-05')).toBe('2023年8月5日');
    expect(dayInWords('八月')).toBe('八月');
    expect(numberInWords({ code: '济管', year: 2023, number: 2 })).toBe('济管〔2023〕2号');
  });

  it('headings have the marks of their level', () => {
    expect(([1, 2, 3, 4] as const).map((level) => markOf(level, 12))).toEqual(['十二、', '（十二）', '12.', '（12）']);
  });
});

describe('the order of a document', () => {
  it('counts headings in the order in which they stand, and those below a heading anew', () => {
    const levels = [1, 2, 2, 3, 4, 4, 3, 2, 3, 1, 2] as const;
    const lines = linesOf(levels.map((level) => ({ kind: 'heading', level, text: '事' })));
    expect(lines.map(textOf)).toEqual(['一、事', '（一）事', '（二）事', '1.事', '（1）事', '（2）事', '2.事', '（三）事', '1.事', '二、事', '（一）事']);
    expect(lines.map((line) => line.runs[0]?.face)).toEqual(['hei', 'kai', 'kai', 'fangsong', 'fangsong', 'fangsong', 'fangsong', 'kai', 'fangsong', 'hei', 'kai']);
  });

  it('makes a paragraph of each line of a text, every one indented by two characters', () => {
    const lines = linesOf([{ kind: 'paragraph', text: '第一段\r\n\n第二段' }]);
    expect(lines.map((line) => [textOf(line), line.first])).toEqual([['第一段', 2], ['第二段', 2]]);
  });

  it('sets labels of one width, and what is long under its own first character', () => {
    const lines = linesOf([{ kind: 'facts', items: [{ label: '时间', text: '7:30' }, { label: '主持人', text: '张振中' }] }]);
    expect(lines.map(textOf)).toEqual(['时　间：7:30', '主持人：张振中']);
    expect(lines.map(({ left, first }) => [left, first])).toEqual([[6, -4], [6, -4]]);
  });

  it('numbers attachments where there are several', () => {
    expect(linesOf([{ kind: 'attachments', items: ['明细表'] }]).map(textOf)).toEqual(['附件：明细表']);
    expect(linesOf([{ kind: 'attachments', items: ['甲', '乙'] }]).map(textOf)).toEqual(['附件：1.甲', '2.乙']);
  });

  it('puts the issuer in the middle over the day, which is four characters from the right', () => {
    const [, issuer, day] = linesOf([{ kind: 'paragraph', text: '特此通报。' }, { kind: 'signature', organisations: ['项目办公室'], day: '2023-06-30' }]);
    if (issuer === undefined || day === undefined) throw new Error('no signature');
    expect(day.right).toBe(4);
    expect(issuer.right + widthOf(textOf(issuer)) / 2).toBe(day.right + widthOf(textOf(day)) / 2);
  });

  it('keeps the last line of the text with signature and foot, but not a long paragraph', () => {
    const foot = { issuer: '项目办', day: '2023-06-30' };
    expect(linesOf([{ kind: 'paragraph', text: '短' }], { foot }).at(-1)?.keep).toBe(true);
    expect(linesOf([{ kind: 'paragraph', text: '长'.repeat(200) }], { foot }).at(-1)?.keep).toBe(false);
  });

  it('turns the page for a wide ledger and back', () => {
    const { sections } = flowOf({ about, title: ['题'], blocks: [{ kind: 'annex', number: 1, title: '明细表', orientation: 'landscape' }, { kind: 'page' }, { kind: 'page', orientation: 'portrait' }] });
    expect(sections.map(({ orientation }) => orientation)).toEqual(['portrait', 'landscape', 'portrait']);
    expect(sections[1]?.items.filter(({ kind }) => kind === 'break')).toHaveLength(1);
  });
});

describe('a title', () => {
  it('is broken between words into lines of about one length', () => {
    const lines = balanced('关于加快办理第72次调度会议定事项的提醒函');
    expect(lines).toHaveLength(2);
    expect(Math.abs(widthOf(lines[0] ?? '') - widthOf(lines[1] ?? ''))).toBeLessThan(5);
    expect(lines.join('|')).not.toMatch(/7\|2|\|的|提\|醒/);
    expect(balanced('重点项目调度会议纪要')).toEqual(['重点项目调度会议纪要']);
  });

  it('loses no character and has no line that is too long (random)', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('关于', '第12次', '重点项目', '的', '通报', '（2023年）', '、', '济源'), { minLength: 1, maxLength: 30 }), (parts) => {
      const lines = balanced(parts.join(''));
      expect(lines.join('')).toBe(parts.join(''));
      expect(lines.every((line) => widthOf(line) <= 24)).toBe(true);
    }));
  });
});

it('every field of a grid is covered once, whatever spans are asked for (random)', () => {
  const content: fc.Arbitrary<CellContent> = fc.oneof(fc.string(), fc.record({ text: fc.string(), columns: fc.integer({ min: -2, max: 9 }), rows: fc.integer({ min: -2, max: 9 }) }));
  fc.assert(fc.property(fc.integer({ min: 1, max: 7 }), fc.array(fc.array(content, { maxLength: 9 }), { maxLength: 9 }), (width, rows) => {
    const grid = tableGrid({ kind: 'table', columns: Array.from({ length: width }, () => ({ title: 'x', width: 1 })), rows });
    for (const row of grid.rows) {
      expect(row.cells.reduce((end, cell) => { expect(cell.column).toBe(end); return end + cell.columns; }, 0)).toBe(width);
    }
    // What goes on from above lies under a cell of the same columns.
    grid.rows.forEach((row, at) => row.cells.filter((cell) => cell.rows === 0).forEach((cell) => {
      expect(grid.rows.slice(0, at).some((above, n) => above.cells.some((one) => one.column === cell.column && one.columns === cell.columns && one.rows > at - n))).toBe(true);
    }));
  }));
});

it('takes out what no page can hold and nothing else', () => {
  expect(clean('甲\u0000\u0007乙\ud800丙\u202e丁\u2066戊\ufeff')).toBe('甲\ufffd乙\ufffd丙丁戊');
  expect(clean('一\r二\u2028三\t四')).toBe('一\n二\n三 四');
  expect(clean('㛃𬭎䶮 <b>&amp;</b> {PAGE} "é"')).toBe('㛃𬭎䶮 <b>&amp;</b> {PAGE} "é"');
});
