import { describe, expect, test } from 'vitest';
import type { Workbook } from '../../../kernel/sheet.ts';
import { bookOf, sheetOf, tableOf, type Value } from '../../../test/tables.ts';
import { readLedger } from './read.ts';
import type { LedgerTable } from './shape.ts';

const tables = (book: Workbook) => readLedger(book, { today: '2023-06-30' }).sheets.flatMap((sheet) => sheet.tables);
function first(book: Workbook): LedgerTable {
  const [table] = tables(book);
  if (table === undefined) throw new Error('no table was found');
  return table;
}
const fields = (table: LedgerTable) => table.columns.map((column) => column.proposal.field);
const kinds = (table: LedgerTable) => [...table.rows()].map((row) => row.kind);

describe('headings', () => {
  test('two levels, merged, under titles and a note of the unit', () => {
    const table = first(bookOf(sheetOf([
      ['济源示范区2023年重点项目台账', '', '', '', '', ''],
      ['填报单位：项目办', '', '', '', '单位：万元', ''],
      ['序号', '项目名称', '投资情况', '', '', '备注'],
      ['', '', '总投资', '年度计划', '完成投资', ''],
      [1, '纳米材料产业园三期', 25000, 18000, 6100, ''],
      [2, '高新电子产业园', 64000, 26000, 10200, ''],
      [3, '氢能示范园', 1050000, 180000, 32000, ''],
    ], ['A1:F1', 'A3:A4', 'B3:B4', 'C3:E3', 'F3:F4'])));
    expect(table.titleRows).toEqual([1, 2]);
    expect(table.headingRows).toEqual([3, 4]);
    expect(table).toMatchObject({ unit: 'wan', year: 2023, firstRow: 5, lastRow: 7 });
    expect(table.columns.map((column) => column.heading)).toEqual(['序号', '项目名称', '投资情况/总投资', '投资情况/年度计划', '投资情况/完成投资', '备注']);
    expect(fields(table).slice(0, 4)).toEqual(['seq', 'name', 'totalFen', 'planFen']);
    expect(table.columns[2]?.proposal).toMatchObject({ unit: 'wan', why: ['heading_equal', 'path', 'values', 'unit_note'] });
  });

  test('three levels', () => {
    const table = first(bookOf(sheetOf([
      ['项目名称', '时间节点', '', '', ''],
      ['', '开工时间', '', '竣工时间', ''],
      ['', '计划', '实际', '计划', '实际'],
      ['甲', '2023年3月', '2023.4', '2024年底', ''],
    ], ['A1:A3', 'B1:E1', 'B2:C2', 'D2:E2'])));
    expect(table.headingRows).toEqual([1, 2, 3]);
    expect(fields(table)).toEqual(['name', 'plannedStart', 'actualStart', 'plannedCompletion', 'actualCompletion']);
  });

  test('two levels without merged cells, as a csv has them', () => {
    const table = first(tableOf(`
      序号|项目名称|投资情况（亿元）|||建设单位
      ||总投资|2023年计划|累计完成|
      1|甲|2.5|1.8|0.6|某公司
      2|乙|6.4|2.6|1.0|某公司`));
    expect(table.headingRows).toEqual([1, 2]);
    expect(table.columns.map((column) => column.heading)).toEqual(['序号', '项目名称', '投资情况（亿元）/总投资', '投资情况（亿元）/2023年计划', '投资情况（亿元）/累计完成', '建设单位']);
    expect(table.columns[2]?.proposal.unit).toBe('yi');
    expect(table.columns[3]?.proposal).toMatchObject({ field: 'planFen', year: 2023 });
  });

  test('headings repeated on each page, with the title above, are no projects', () => {
    const page: Value[][] = [['重点项目台账（续）', '', ''], ['序号', '项目名称', '总投资（亿元）']];
    const table = first(bookOf(sheetOf([['重点项目台账', '', ''], ['序号', '项目名称', '总投资（亿元）'], [1, '甲', 1], ...page, [2, '乙', 2], ...page, [3, '丙', 3]])));
    expect(kinds(table)).toEqual(['data', 'heading', 'heading', 'data', 'heading', 'heading', 'data']);
  });

  test('two tables on one sheet, and a second sheet', () => {
    const found = tables(bookOf(
      sheetOf([['省重点项目', ''], ['项目名称', '总投资（亿元）'], ['甲', 1], ['', ''], ['前期项目', ''], ['项目名称', '建设单位', '建设地点', '备注'], ['乙', '某公司', '克井镇', '']]),
      sheetOf([['项目名称', '责任单位'], ['丙', '某局']], [], '责任表'),
    ));
    expect(found.map((table) => [table.sheet, table.titles, table.counts.data])).toEqual([['台账', ['省重点项目'], 1], ['台账', ['前期项目'], 1], ['责任表', [], 1]]);
  });

  test('English headings and headings that nobody knows', () => {
    expect(fields(first(tableOf('Project name|Total investment (million yuan)|Planned start|Remarks\nA|5|2023|x')))).toEqual(['name', 'totalFen', 'plannedStart', 'remarks']);
    const odd = first(tableOf('Alpha|Beta|Gamma\nx|1|2\ny|3|4\nz|5|6'));
    expect(odd.headingRows).toEqual([1]);
    expect(fields(odd)).toEqual(['custom', 'custom', 'custom']);
    expect(odd.likely).toBe(false);
    expect(odd.questions.map((question) => question.code)).toContain('ledger.no_name');
  });

  test('a summary by town is no list of projects', () => {
    expect(first(tableOf('镇（街道）|项目数（个）|总投资（亿元）\n克井镇|22|218\n承留镇|13|110')).likely).toBe(false);
  });

  test('a note that names several units leaves the unit to the columns', () => {
    const table = first(bookOf(sheetOf([['台账'], ['单位：亿元、万元'], ['序号', '项目名称', '总投资（亿元）', '投资额'], [1, '甲', 1, 2], [2, '乙', 1, 2], [3, '丙', 1, 2]])));
    expect(table.unit).toBeNull();
    expect(table.columns.map((column) => column.proposal.unit)).toEqual([null, null, 'yi', null]);
  });
});

describe('rows', () => {
  test('subtotals, category rows, notes and blanks are told from projects, and categories carried down', () => {
    const table = first(bookOf(sheetOf([
      ['序号', '项目名称', '建设单位', '总投资（亿元）'],
      ['总计（4个）', '', '', 10],
      ['一、产业项目（2个）', '', '', ''],
      ['（一）制造业', '', '', ''],
      [1, '甲', '某公司', 1],
      [2, '乙', '某公司', 2],
      ['小  计', '', '', 3],
      ['二', '基础设施项目', '', 7],
      [3, '丙', '某公司', 3],
      [4, '合计算力中心', '某公司', 4],
      ['', '', '', ''],
      ['产业项目合计', '', '', 3],
      ['合　计', '', '', 10],
      ['注：金额含税', '', '', ''],
      ['填表人：专员01', '', '审核人：专员02', ''],
    ])));
    const rows = [...table.rows()];
    expect(rows.map((row) => [row.row, row.kind])).toEqual([
      [2, 'subtotal'], [3, 'category'], [4, 'category'], [5, 'data'], [6, 'data'], [7, 'subtotal'], [8, 'category'], [9, 'data'], [10, 'data'],
      [12, 'subtotal'], [13, 'subtotal'], [14, 'note'], [15, 'note'],
    ]);
    expect(rows.filter((row) => row.kind === 'data').map((row) => row.categories)).toEqual([['产业项目', '制造业'], ['产业项目', '制造业'], ['基础设施项目'], ['基础设施项目']]);
  });

  test('a category merged down a column reaches every row that it covers', () => {
    const table = first(bookOf(sheetOf([
      ['类别', '项目名称', '总投资（亿元）'], ['产业', '甲', 1], ['', '乙', 2], ['民生', '丙', 3],
    ], ['A2:A3'])));
    expect([...table.rows()].map((row) => [row.cells.get(0)?.text, row.inherited.has(0)])).toEqual([['产业', false], ['产业', true], ['民生', false]]);
  });

  test('a lone text further right is no category', () => {
    const table = first(tableOf('序号|事项名称|部门|材料\n1|甲|某局|申请表\n|||身份证明\n2|乙|某局|图纸'));
    expect(kinds(table)).toEqual(['data', 'data', 'data']);
  });

  test('a merge over a million rows costs nothing', () => {
    const start = performance.now();
    const rows = Array.from({ length: 2000 }, (_, i) => [i, `甲${i}`, 1]);
    const table = first(bookOf(sheetOf([['序号', '项目名称', '总投资（亿元）'], ...rows], ['D1:D1048576', 'A1:A1'])));
    expect(table.counts.data).toBe(2000);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

describe('columns', () => {
  test('the unit stands in the heading, in the note, or in the cells', () => {
    const unit = (rows: Value[][]) => first(bookOf(sheetOf(rows))).columns[1]?.proposal.unit;
    expect(unit([['项目名称', '总投资（万元）'], ['甲', 1]])).toBe('wan');
    expect(unit([['单位：亿元', ''], ['项目名称', '总投资'], ['甲', 1]])).toBe('yi');
    expect(unit([['项目名称', '总投资'], ['甲', '1.2亿元'], ['乙', '3亿'], ['丙', '5亿元']])).toBe('yi');
    expect(unit([['项目名称', '总投资'], ['甲', 1]])).toBeNull();
  });

  test('values contradict a heading', () => {
    const table = first(tableOf('项目名称|总投资\n甲|见附件\n乙|保密\n丙|待核\n丁|见附件'));
    expect(table.columns[1]?.proposal.confidence).toBeLessThan(0.6);
    expect(table.questions.map((question) => question.code)).toContain('ledger.unsure_column');
  });

  test('each field is given to one column only, the surest', () => {
    const table = first(tableOf('项目名称|建设地点|项目地点|备注|备注\n甲|克井镇|某路|x|y'));
    expect(fields(table)).toEqual(['name', 'place', 'custom', 'remarks', 'custom']);
  });

  test('plans of several years are several columns of one field', () => {
    const table = first(tableOf('项目名称|2023年计划（万元）|2024年计划（万元）\n甲|1|2'));
    expect(table.columns.slice(1).map((column) => [column.proposal.field, column.proposal.year])).toEqual([['planFen', 2023], ['planFen', 2024]]);
  });

  test.each([
    ['截至2022年底累计完成投资（亿元）', 'accumulatedFen'], ['至上年底累计完成', 'accumulatedFen'], ['2023年1-6月完成投资', 'yearDoneFen'], ['1—6月累计', 'yearDoneFen'],
    ['年初以来累计完成投资', 'yearDoneFen'], ['6月份完成投资', 'monthFen'], ['本月完成', 'monthFen'], ['2023年度计划投资', 'planFen'], ['入统投资（统计口径）', 'statYearFen'],
    ['是否纳统', 'inStatistics'], ['年度形象进度目标', 'target'], ['目前形象进度', 'progress'], ['包联领导', 'leader'], ['项目专员', 'commissioner'], ['专员联系电话', 'phone'],
    ['投资完成率', 'skip'], ['计划竣工时间', 'plannedCompletion'], ['实际投产时间', 'actualProduction'], ['达产达效时间（计划）', 'plannedEffect'], ['行业代码', 'industryCode'],
    ['所属镇（街道）', 'town'], ['占地（亩）', 'landMu'], ['项目业主', 'builder'], ['存在的主要问题', 'problems'], ['施工许可证', 'custom'], ['建设性质', 'nature'], ['省重点项目编号', 'externalCodes'],
  ])('%s is %s', (heading, field) => {
    expect(first(bookOf(sheetOf([['项目名称', heading, '备注'], ['甲', '', '']]))).columns[1]?.proposal.field).toBe(field);
  });

  test('dates that could be read both ways raise a question with the evidence', () => {
    const question = (dates: string[]) => first(tableOf(`项目名称|开工时间\n${dates.map((date, i) => `甲${i}|${date}`).join('\n')}`)).questions.find((one) => one.code === 'ledger.date_order');
    expect(question(['5/02/2016', '24/06/2016', '5/5/2016'])).toMatchObject({ suggestion: 'dmy', details: { ambiguous: 1, dayFirst: 1, monthFirst: 0, alike: 1 } });
    expect(question(['5/02/2016', '06/24/2016'])?.suggestion).toBe('mdy');
    expect(question(['5/02/2016', '6/03/2016'])?.suggestion).toBeNull();
    expect(question(['13/02/2016', '06/24/2016', '1/2/2016'])?.suggestion).toBeNull();
    expect(question(['2016-02-05', '24/06/2016'])).toBeUndefined();
  });
});
