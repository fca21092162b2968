// The main sheet of the ledger: title rows, three rows of merged headings repeated where a page begins, category rows,
// projects, subtotals that agree with them, and blank rows. The order of rows is that of the list.
import type { Worksheet } from '@cj-tech-master/excelts';
import type { DemoProject } from '../model.ts';
import { sum } from '../money.ts';
import { COLUMNS, type Column, type Place } from './columns.ts';
import { dress, paintLight, type Look } from './style.ts';

export const HEAD_ROWS = 3;
const ORDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/** After so many projects of one group somebody has copied the headings in for printing. */
const PAGE = 46;
const COUNT = COLUMNS.length;
const LAST = letterAt(COUNT);

export function fillLedger(sheet: Worksheet, projects: readonly DemoProject[]): void {
  COLUMNS.forEach((column, at) => {
    sheet.getColumn(at + 1).width = column.width;
    if (column.hidden === true) sheet.getColumn(at + 1).hidden = true;
  });
  let row = top(sheet);
  headings(sheet, row);
  row = subtotal(sheet, row + HEAD_ROWS, `总计（${projects.length}个）`, projects);
  const categories = [...new Set(projects.map((one) => one.category))];
  categories.forEach((category, at) => {
    const own = projects.filter((one) => one.category === category);
    row = band(sheet, row, 'category', `${ORDINALS[at] ?? ''}、${category}项目（${own.length}个）`);
    row = groups(sheet, row, own);
    row = subtotal(sheet, row, `${category}项目合计`, own);
    // A blank row parts the categories.
    row += 1;
  });
}

function top(sheet: Worksheet): number {
  band(sheet, 1, 'title', '济源示范区2023年省、市重点项目台账（上半年）');
  sheet.getRow(1).height = 42;
  const notes: readonly [string, string][] = [
    [`A2:${LAST}2`, '演示数据：除公开报道的项目名称及数据外，项目、单位、分工均为虚构，名称后注“（演示）”；专员、领导为岗位代称'],
    ['A3:H3', '填报单位：示范区重点项目建设办公室'],
    ['I3:R3', '截至2023年6月30日'],
    [`S3:${LAST}3`, '单位：亿元、万元、亩（见表头；单元格另注单位的以单元格为准）'],
  ];
  for (const [range, text] of notes) {
    sheet.mergeCells(range);
    const cell = sheet.getCell(range.split(':')[0] ?? '');
    cell.value = text;
    dress(cell, 'note');
  }
  return 4;
}

/** Writes the three heading rows, merged across equal words and down where a column has fewer levels. */
export function headings(sheet: Worksheet, from: number): void {
  COLUMNS.forEach((column, at) => {
    for (let level = 0; level < HEAD_ROWS; level += 1) {
      const cell = sheet.getCell(from + level, at + 1);
      if (column.heads[level] !== undefined) cell.value = column.heads[level];
      dress(cell, 'head');
    }
  });
  for (let level = 0; level < HEAD_ROWS; level += 1) sheet.getRow(from + level).height = level === 2 ? 32 : 26;
  for (let at = 0; at < COUNT; ) at = mergeHead(sheet, from, at, 0);
}

/** Merges the heading that begins at a column and a level; gives the column after it. */
function mergeHead(sheet: Worksheet, from: number, at: number, level: number): number {
  const own = COLUMNS[at];
  if (own === undefined || own.heads[level] === undefined) return at + 1;
  let end = at + 1;
  while (end < COUNT && samePath(own, COLUMNS[end], level)) end += 1;
  const deepest = own.heads.length - 1 === level;
  const bottom = deepest ? from + HEAD_ROWS - 1 : from + level;
  if (end - at > 1 || bottom > from + level) sheet.mergeCells(from + level, at + 1, bottom, end);
  if (!deepest) for (let inner = at; inner < end; ) inner = mergeHead(sheet, from, inner, level + 1);
  return end;
}

function samePath(a: Column, b: Column | undefined, level: number): boolean {
  if (b === undefined || a.heads.length - 1 === level || b.heads.length - 1 === level) return false;
  return a.heads.slice(0, level + 1).join('|') === b.heads.slice(0, level + 1).join('|');
}

function groups(sheet: Worksheet, start: number, own: readonly DemoProject[]): number {
  let row = start;
  const titles = [...new Set(own.map((one) => one.group))];
  titles.forEach((title, at) => {
    const members = own.filter((one) => one.group === title);
    if (titles.length > 1) row = band(sheet, row, 'group', `（${ORDINALS[at] ?? ''}）${title}（${members.length}个）`);
    members.forEach((project, number) => {
      if (number > 0 && number % PAGE === 0) {
        row = band(sheet, row, 'note', '济源示范区2023年省、市重点项目台账（续表）');
        headings(sheet, row);
        row += HEAD_ROWS;
      }
      line(sheet, row, project);
      row += 1;
    });
    mergeEqualDown(sheet, row - members.length, members);
    if (titles.length > 1) row = subtotal(sheet, row, '小计', members);
  });
  return row;
}

function line(sheet: Worksheet, row: number, project: DemoProject): void {
  const place: Place = { row, letter: (key) => letterAt(COLUMNS.findIndex((column) => column.key === key) + 1) };
  COLUMNS.forEach((column, at) => {
    const cell = sheet.getCell(row, at + 1);
    const content = column.cell(project, place);
    if (content !== undefined) cell.value = typeof content === 'object' && 'formula' in content ? { formula: content.formula, result: content.result } : content;
    dress(cell, 'cell', column.align);
    if (column.format !== undefined) cell.numFmt = column.format;
    if (column.key === 'light') paintLight(cell, project.light);
  });
  const longest = Math.max(project.content.length / 17, (project.remark?.length ?? 0) / 15, (project.problem?.length ?? 0) / 11, project.name.length / 12, 2);
  sheet.getRow(row).height = Math.ceil(longest) * 13.5 + 2;
}

/** Where neighbours have one builder, offices merge the cell: done for the roads, the first group of works. */
function mergeEqualDown(sheet: Worksheet, from: number, members: readonly DemoProject[]): void {
  if (members[0]?.group !== '交通') return;
  const column = COLUMNS.findIndex((one) => one.key === 'builder') + 1;
  const count = members.findIndex((one) => one.builder !== members[0]?.builder);
  if (count > 1) sheet.mergeCells(from, column, from + count - 1, column);
}

function band(sheet: Worksheet, row: number, look: Look, text: string): number {
  sheet.mergeCells(row, 1, row, COUNT);
  const cell = sheet.getCell(row, 1);
  cell.value = text;
  dress(cell, look);
  sheet.getRow(row).height = 22;
  return row + 1;
}

function subtotal(sheet: Worksheet, row: number, label: string, projects: readonly DemoProject[]): number {
  const merged = COLUMNS.findIndex((column) => column.key === 'level');
  COLUMNS.forEach((column, at) => {
    const cell = sheet.getCell(row, at + 1);
    const content = summed(column, projects);
    if (content !== undefined) cell.value = content;
    dress(cell, 'total', column.align);
    if (column.format !== undefined) cell.numFmt = column.format;
  });
  sheet.mergeCells(row, 1, row, merged);
  sheet.getCell(row, 1).value = label;
  sheet.getRow(row).height = 22;
  return row + 1;
}

function summed(column: Column, projects: readonly DemoProject[]): number | undefined {
  const done = sum(projects.map((one) => one.doneWan));
  const plan = sum(projects.map((one) => one.money.planWan));
  if (column.key === 'rate') return Math.round((done / plan) * 10_000) / 10_000;
  if (column.key === 'behind') return Math.round((done / plan - 0.5) * 1000) / 10;
  if (column.total === undefined) return undefined;
  const whole = sum(projects.map(column.total));
  return column.totalYi === true ? Math.round(whole) / 10_000 : Math.round(whole * 100) / 100;
}

export function letterAt(number: number): string {
  return number > 26 ? letterAt(Math.floor((number - 1) / 26)) + letterAt(((number - 1) % 26) + 1) : String.fromCharCode(64 + number);
}
