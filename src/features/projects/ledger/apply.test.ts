import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Workbook } from '../../../kernel/sheet.ts';
import { readWorkbook } from '../../../platform/sheets/read.ts';
import { bookOf, sheetOf, tableOf, type Value } from '../../../test/tables.ts';
import { applyMapping } from './apply.ts';
import { fitProfile, profileOf, proposedMapping } from './mapping.ts';
import { readLedger } from './read.ts';
import type { LedgerRecord, LedgerTable, Mapping } from './shape.ts';

const TODAY = { today: '2023-06-30' };
const DATA = process.env['YUGONG_SHARED_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data');

function firstTable(book: Workbook): LedgerTable {
  const table = readLedger(book, TODAY).sheets.flatMap((sheet) => sheet.tables)[0];
  if (table === undefined) throw new Error('no table was found');
  return table;
}
function records(book: Workbook, change: (mapping: Mapping) => Mapping = (mapping) => mapping): LedgerRecord[] {
  const table = firstTable(book);
  return [...applyMapping(table, change(proposedMapping(table, { year: 2023 })), TODAY)];
}
/** One project with one more column. */
function one(heading: string, value: Value): LedgerRecord {
  const [record] = records(bookOf(sheetOf([['项目名称', heading, '建设单位'], ['甲项目', value, '某公司']])), (mapping) => mapping);
  if (record === undefined) throw new Error('no record');
  return record;
}
const codes = (notes: LedgerRecord['refusals']) => notes.map((note) => note.code);

describe('values', () => {
  test.each<[string, Value, string, unknown]>([
    ['总投资（亿元）', 2.5, 'totalFen', 25_000_000_000],
    ['总投资（亿元）', '5200万元', 'totalFen', 5_200_000_000],
    ['总投资（万元）', '3,500.5', 'totalFen', 3_500_500_000],
    ['总投资（元）', 2066075.59, 'totalFen', 206_607_559],
    ['占地（亩）', '８６', 'landMu', 86],
    ['占地（亩）', '1500亩', 'landMu', 1500],
    ['占地面积（公顷）', 2, 'landMu', 30],
    ['级别', '省重点', 'level', 'provincial'],
    ['级别', '市', 'level', 'municipal'],
    ['项目性质', '拟新开工', 'nature', 'new'],
    ['项目性质', '续建', 'nature', 'continuing'],
    ['红黄绿', '黄灯', 'light', 'yellow'],
    ['是否入统', '是（2021年4月）', 'inStatistics', true],
    ['是否入统', '否（材料准备中）', 'inStatistics', false],
    ['是否入统', '√', 'inStatistics', true],
    ['项目代码', '２５０５－330354－04－01－274607', 'code', '2505-330354-04-01-274607'],
  ])('%s: %s', (heading, value, field, expected) => {
    const record = one(heading, value);
    expect(record.refusals).toEqual([]);
    expect(record.values).toHaveProperty(field, expected);
  });

  test.each<[string, Value, string]>([
    ['计划开工时间', '2023年10月', '2023-10-01..2023-10-31'],
    ['计划开工时间', '10月底', '2023-10-21..2023-10-31'],
    ['计划开工时间', '2023.1', '2023-01-01..2023-01-31'],
    ['计划开工时间', '2023.10', '2023-10-01..2023-10-31'],
    ['计划开工时间', { day: '2023-10-05' }, '2023-10-05..2023-10-05'],
    ['计划开工时间', 2023, '2023-01-01..2023-12-31'],
    ['计划开工时间', 202310, '2023-10-01..2023-10-31'],
    ['计划开工时间', 45204, '2023-10-05..2023-10-05'],
  ])('%s: %s', (heading, value, expected) => {
    const { plannedStart } = one(heading, value).values;
    expect(`${plannedStart?.from ?? ''}..${plannedStart?.to ?? ''}`).toBe(expected);
  });

  test.each(['csv', 'text'] as const)('2023.1 is asked about where the file is %s: it shows numbers without their last nought', (format) => {
    const book = { ...bookOf(sheetOf([['项目名称', '计划开工时间', '建设单位'], ['甲项目', '2023.1', '某公司'], ['乙项目', '2023.11', '某公司']])), format };
    const [first, second] = records(book, (mapping) => mapping);
    expect(codes(first?.refusals ?? [])).toEqual(['ledger.when_lost_zero']);
    expect(second?.values.plannedStart?.from).toBe('2023-11-01');
  });

  test.each<[string, Value, string]>([
    ['总投资（亿元）', '3-5亿', 'ledger.money_range'],
    ['总投资（亿元）', '2000万件', 'ledger.money_quantity'],
    ['总投资（亿元）', '5万亩', 'ledger.money_quantity'],
    ['总投资（亿元）', '500万美元', 'ledger.money_foreign'],
    ['总投资', 5, 'ledger.money_unit_unknown'],
    ['总投资（亿元）', { error: '#REF!' }, 'ledger.cell_error'],
    ['计划开工时间', '5/02/2016', 'ledger.when_ambiguous'],
    ['计划开工时间', 2023.1, 'ledger.when_lost_zero'],
    ['计划开工时间', '2023年13月', 'ledger.when_impossible'],
    ['计划开工时间', '基础施工', 'ledger.when_not_date'],
    ['占地（亩）', '一大片', 'ledger.area_unreadable'],
    ['级别', '重点', 'ledger.choice_unknown'],
    ['是否入统', '准备', 'ledger.yesno_unknown'],
  ])('%s: %s is refused as %s, with its place', (heading, value, code) => {
    const record = records(bookOf(sheetOf([['项目名称', heading, '建设单位'], ['甲项目', value, '某公司']])), (mapping) => ({
      ...mapping, columns: mapping.columns.map((column) => (column.index !== 1 ? column : { ...column, field: FIELD_OF[heading] ?? column.field })),
    }))[0];
    expect(codes(record?.refusals ?? [])).toEqual([code]);
    expect(record?.refusals[0]).toMatchObject({ sheet: '台账', row: 2, column: 1, letter: 'B', heading });
    expect(record?.values.name).toBe('甲项目');
  });
  const FIELD_OF: Readonly<Record<string, 'totalFen' | 'plannedStart' | 'landMu' | 'level' | 'inStatistics'>> = {
    '总投资（亿元）': 'totalFen', 总投资: 'totalFen', 计划开工时间: 'plannedStart', '占地（亩）': 'landMu', 级别: 'level', 是否入统: 'inStatistics',
  };

  test('what says that there is nothing leaves the field out, without a word', () => {
    for (const [heading, value] of [['存在问题', '无'], ['总投资（亿元）', '—'], ['计划开工时间', '/'], ['实际开工时间', '未开工']] as const) {
      const record = one(heading, value);
      expect([record.refusals, record.warnings]).toEqual([[], []]);
      expect(Object.keys(record.values).sort()).toEqual(['builder', 'listYear', 'name']);
    }
  });

  test('about, negative, another unit, a mere status, a future deed are taken or left with a warning', () => {
    expect(codes(one('总投资（亿元）', '约3亿').warnings)).toEqual(['ledger.money_approximate']);
    expect(codes(one('总投资（亿元）', '-3').warnings)).toEqual(['ledger.money_negative']);
    expect(codes(one('总投资（亿元）', '9800万元').warnings)).toEqual(['ledger.money_other_unit']);
    expect(codes(one('实际开工时间', '已开工').warnings)).toEqual(['ledger.when_status']);
    expect(codes(one('实际开工时间', '2023年8月').warnings)).toEqual(['ledger.actual_in_future']);
    expect(codes(one('本月完成（万元）', '未报').warnings)).toEqual(['ledger.undecided']);
    expect(codes(one('项目代码', '2505-330354-04-01-274608').warnings)).toEqual(['ledger.code_check']);
    expect(codes(one('项目代码', 'ABC').warnings)).toEqual(['ledger.code_shape']);
  });
});

describe('rows', () => {
  test('a row without a name is refused, its other cells are not lost', () => {
    const [record] = records(tableOf('序号|项目名称|总投资（亿元）|建设单位\n1||5|某公司'));
    expect(codes(record?.refusals ?? [])).toEqual(['ledger.name_missing']);
    expect(record?.values.totalFen).toBe(50_000_000_000);
  });

  test('an amount merged over two projects counts once', () => {
    const found = records(bookOf(sheetOf([['项目名称', '总投资（亿元）', '建设单位'], ['甲', 5, '某公司'], ['乙', '', '']], ['B2:B3', 'C2:C3'])));
    expect(found.map((record) => [record.values.totalFen, record.values.builder, codes(record.warnings)])).toEqual([
      [50_000_000_000, '某公司', []], [undefined, '某公司', ['ledger.merged_amount']],
    ]);
  });

  test('rows under one merged name are no projects of their own', () => {
    const found = records(bookOf(sheetOf([['序号', '项目名称', '建设内容'], [1, '甲', '一期'], ['', '', '二期'], [2, '乙', '厂房']], ['A2:A3', 'B2:B3'])));
    expect(found.map((record) => codes(record.refusals))).toEqual([[], ['ledger.continued_row'], []]);
  });

  test('sums that cannot be right are warned about', () => {
    const [record] = records(tableOf('项目名称|总投资（亿元）|至上年底累计完成（亿元）|2023年计划（万元）|本月完成（万元）|年初累计（万元）\n甲|1|1|20000|500|300'));
    expect(codes(record?.warnings ?? []).sort()).toEqual(['ledger.done_over_total', 'ledger.month_over_year', 'ledger.plan_over_total']);
  });

  test('the same code or name twice is said, with the row', () => {
    const found = records(tableOf('项目代码|项目名称|建设单位\n2505-330354-04-01-274607|甲|某\n2505-330354-04-01-274607|乙|某\n|甲|某\n|甲|另'));
    expect(found.map((record) => record.warnings.map((note) => [note.code, note.details['row']]))).toEqual([[], [['ledger.code_twice', 2]], [['ledger.name_twice', 2]], []]);
  });

  test('damaged text is mended and said; every naughty name stays', async ({ skip }) => {
    expect(one('备注', '濟(jì)源,,納米')).toMatchObject({ values: { remarks: '济源,纳米' }, warnings: [{ code: 'ledger.cleaned' }] });
    const path = join(DATA, 'robustness/blns.json');
    if (!existsSync(path)) skip('blns is not here');
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const names = (Array.isArray(parsed) ? parsed : []).filter((text): text is string => typeof text === 'string' && text !== '');
    const book = bookOf(sheetOf([['序号', '项目名称', '备注'], ...names.map((name, i) => [i + 1, name, 'x'])]));
    const kept = records(book).map((record) => record.values.name ?? '');
    const lost = names.filter((name) => !kept.includes(name) && !kept.includes(name.replace(/^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/g, '')));
    // A name that is only blanks or only a dash or slash names nothing.
    expect(lost.filter((name) => !/^[\s\u200b-\u200f\u2028-\u202f\u205f-\u206f\u0085\u180e\ufeff\u00ad\u3000]*$/.test(name))).toEqual([]);
    await Promise.resolve();
  });

  test('facts in remarks are offered and not applied', () => {
    const record = one('备注', '2023年3月开工，6月完成基础；专员01；土地未批；总投资3亿元');
    expect(record.values).toEqual({ name: '甲项目', builder: '某公司', remarks: '2023年3月开工，6月完成基础；专员01；土地未批；总投资3亿元', listYear: 2023 });
    expect(record.facts.map((fact) => [fact.field, fact.value ?? fact.fen ?? fact.when?.from])).toEqual([
      ['actualStart', '2023-03-01'], ['progress', '6月完成基础'], ['commissioner', '专员01'], ['factorNeeds', '土地未批'], ['totalFen', 30_000_000_000],
    ]);
  });

  test('times against their nature, or against the order of nearly all other rows, are warned about', () => {
    expect(codes(records(tableOf('项目名称|计划开工时间|计划竣工时间\n甲|2024年5月|2023年6月'))[0]?.warnings ?? [])).toEqual(['ledger.times_inverted']);
    const rows = Array.from({ length: 40 }, (_, i) => `甲${i}|2020-01-0${(i % 9) + 1}|2020-03-01`);
    const found = records(tableOf(`项目名称|Gate A|Gate B\n${rows.join('\n')}\n乙|2021-01-01|2020-03-01`));
    expect(found.flatMap((record) => record.warnings.map((note) => [note.row, note.details['first'], note.details['kept'], note.details['seen']]))).toEqual([[42, 'Gate A', 40, 41]]);
  });

  test('within one day the hour decides, where both are written with one', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `甲${i}|2020-01-01 17:00:00|2020-03-01 08:00:00`);
    const found = records(tableOf(`项目名称|Gate A|Gate B\n${rows.join('\n')}\n乙|2020-06-08 17:00:00|2020-06-08 08:00:00\n丙|2020-06-08 17:00:00|2020-06-08\n丁|2020-06-08 08:00:00|2020-06-08 17:00:00`));
    expect(found.flatMap((record) => record.warnings.map((note) => [note.row, note.details['firstDay'], note.details['secondDay']]))).toEqual([[42, '2020-06-08 17:00', '2020-06-08 08:00']]);
  });

  test('whatever stands in the cells, nothing throws and amounts are whole', () => {
    const headings = ['项目名称', '总投资（亿元）', '计划开工时间', '占地（亩）', '级别', '是否入统', '备注', '项目代码'];
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.double({ noNaN: true }), fc.constantFrom('3-5亿', '10月底', '省', '5/02/2016', '濟(jì)源,,'));
    fc.assert(fc.property(fc.array(fc.array(value, { minLength: headings.length, maxLength: headings.length }), { minLength: 1, maxLength: 12 }), (rows) => {
      for (const record of records(bookOf(sheetOf([headings, ...rows])))) {
        expect(record.values.totalFen === undefined || Number.isSafeInteger(record.values.totalFen)).toBe(true);
        expect(record.row).toBeGreaterThan(1);
      }
    }), { numRuns: 200 });
  });
});

describe('profiles', () => {
  test('a mapping goes from one year’s ledger to the next by its headings', () => {
    const before = firstTable(tableOf('项目名称|FFC|2023年计划（万元）|2024年计划（万元）|旧列\n甲|5|1|2|x'));
    const settled: Mapping = { year: 2023, columns: proposedMapping(before, { year: 2023 }).columns.map((column) => (column.index === 1 ? { ...column, field: 'totalFen', unit: 'yuan' } : column)) };
    const after = firstTable(tableOf('新列|2025年计划（万元）|2024年计划（万元）|FFC|项目名称\nx|1|2|5|甲'));
    const { mapping, known, missing } = fitProfile(after, profileOf(before, settled), { year: 2024 });
    expect(known).toBe(4);
    expect(missing).toEqual(['旧列']);
    expect(mapping.columns.map((column) => [column.field, column.unit, column.year])).toEqual([
      ['custom', null, null], ['planFen', 'wan', 2025], ['planFen', 'wan', 2024], ['totalFen', 'yuan', null], ['name', null, null],
    ]);
  });
});

describe('real ledgers', () => {
  test('445 projects of Melbourne Water come to 5,113,659,152.50, with their dates asked about and their contradictions warned about', async ({ skip }) => {
    const path = join(DATA, 'registers/melbourne-water/Capital_Delivery_Project_deidentified.csv');
    if (!existsSync(path)) skip('the register of Melbourne Water is not here');
    const table = firstTable(await readWorkbook({ name: 'melbourne.csv', path }));
    expect(table.counts.data).toBe(445);
    const asked = table.questions.filter((question) => question.code === 'ledger.date_order');
    expect(asked.map((question) => [question.heading, question.suggestion])).toEqual([['BNI', 'dmy'], ['PBC', 'dmy']]);
    // 230 cells have both parts below 13; in 14 of them both parts are the same.
    expect(asked.reduce((sum, { details }) => sum + Number(details['ambiguous']) + Number(details['alike']), 0)).toBe(230);
    const open = { ...proposedMapping(table), columns: proposedMapping(table).columns.map((column) => (column.index === 1 ? { ...column, unit: 'yuan' as const } : column)) };
    const unsettled = [...applyMapping(table, open, TODAY)];
    expect(unsettled.flatMap((record) => codes(record.refusals)).filter((code) => code === 'ledger.when_ambiguous').length).toBe(216);
    const settled = { ...open, columns: open.columns.map((column) => ({ ...column, order: 'dmy' as const })) };
    const found = [...applyMapping(table, settled, TODAY)];
    expect(found.length).toBe(445);
    expect(found.flatMap((record) => record.refusals)).toEqual([]);
    expect(found.reduce((sum, record) => sum + (record.values.totalFen ?? 0), 0)).toBe(511_365_915_250);
    const inverted = found.flatMap((record) => record.warnings.filter((note) => note.code === 'ledger.times_inverted').map((note) => `${String(note.details['first'])} ${String(note.details['second'])}`));
    expect(inverted.filter((pair) => pair === 'Tender Closed BCA').length).toBe(11);
    // The one row whose gates change places, on one day and by its hours alone.
    expect(inverted.filter((pair) => pair === 'Stage1 Stage2').length).toBe(1);
  });

  test('the ledger of the example comes to its published figures', async ({ skip }) => {
    const path = join(import.meta.dirname, '../../../../examples/ledger-jiyuan-2023h1.xlsx');
    if (!existsSync(path)) skip('the example is not here');
    const table = firstTable(await readWorkbook({ name: 'ledger.xlsx', path }));
    const found = [...applyMapping(table, proposedMapping(table), TODAY)];
    expect(found.length).toBe(182);
    expect(found.flatMap((record) => record.refusals)).toEqual([]);
    expect(found.reduce((sum, record) => sum + (record.values.yearDoneFen ?? 0), 0)).toBe(1_780_000_000_000);
    expect(table.questions).toEqual([]);
  });
});
