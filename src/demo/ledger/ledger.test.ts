// The committed example ledger against the generator and against the published figures.
import { readFile } from 'node:fs/promises';
import { Workbook, type CellValue, type Worksheet } from '@cj-tech-master/excelts';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkDigit } from '../../features/projects/register/code.ts';
import { demoProjects } from '../model.ts';
import { H1_WAN, sum } from '../money.ts';
import { COLUMNS } from './columns.ts';
import { letterAt } from './sheet.ts';
import { LEDGER_SHEET, makeLedger } from './workbook.ts';

const FILE = new URL('../../../examples/ledger-jiyuan-2023h1.xlsx', import.meta.url);
let sheet: Worksheet;
let workbook: Workbook;

const at = (key: string): number => COLUMNS.findIndex((column) => column.key === key) + 1;

function value(row: number, key: string): CellValue {
  return sheet.getCell(row, at(key)).value;
}

function wan(row: number, key: string, unit: number): number {
  const found = value(row, key);
  if (typeof found === 'number') return Math.round(found * unit);
  if (typeof found !== 'string') return 0;
  const number = Number(found.replace(/[万亿元,]/g, ''));
  return Number.isNaN(number) ? 0 : Math.round(number * (found.includes('亿') ? 10_000 : found.includes('万') ? 1 : unit));
}

const projectRows = (): number[] => Array.from({ length: sheet.rowCount }, (_, i) => i + 1).filter((row) => typeof value(row, 'serial') === 'number');
const labelled = (label: string): number[] => Array.from({ length: sheet.rowCount }, (_, i) => i + 1).filter((row) => value(row, 'serial') === label);

beforeAll(async () => {
  workbook = new Workbook();
  await workbook.xlsx.load(new Uint8Array(await readFile(FILE)));
  const found = workbook.getWorksheet(LEDGER_SHEET);
  if (found === undefined) throw new Error('the ledger sheet is missing');
  sheet = found;
});

describe('the example ledger', () => {
  test('holds what the generator makes, cell by cell', async () => {
    const fresh = new Workbook();
    await fresh.xlsx.load(new Uint8Array(await makeLedger().xlsx.writeBuffer()));
    expect(workbook.worksheets.map((one) => one.name)).toEqual(fresh.worksheets.map((one) => one.name));
    for (const made of fresh.worksheets) {
      const kept = workbook.getWorksheet(made.name);
      expect(contents(kept)).toEqual(contents(made));
    }
  });

  test('has 182 projects, numbered through, whose investment of the half year is 178亿元', () => {
    const rows = projectRows();
    expect(rows.map((row) => value(row, 'serial'))).toEqual(Array.from({ length: 182 }, (_, i) => i + 1));
    expect(sum(rows.map((row) => wan(row, 'done', 1)))).toBe(1_780_000);
    expect(H1_WAN * 10_000).toBe(17_800_000_000);
  });

  test('has subtotals that agree with its rows, in both units', () => {
    const rows = projectRows();
    const [total = 0] = labelled('总计（182个）');
    for (const [key, unit] of [['total', 10_000], ['prior', 10_000], ['plan', 1], ['month', 1], ['done', 1], ['stat', 1]] as const) {
      const all = sum(rows.map((row) => wan(row, key, unit)));
      expect([key, wan(total, key, unit)]).toEqual([key, all]);
      expect([key, sum(['产业', '基础设施', '民生社会事业', '生态环保'].map((one) => wan(labelled(`${one}项目合计`)[0] ?? 0, key, unit)))]).toEqual([key, all]);
    }
    const parts = labelled('小计');
    expect(parts).toHaveLength(11);
  });

  test('gives the published figures of the named projects', () => {
    const rows = new Map(projectRows().map((row) => [value(row, 'name'), row]));
    const total = (name: string): CellValue => value(rows.get(name) ?? 0, 'total');
    expect(total('金利铅基多金属固废综合利用')).toBe(52);
    expect(total('豫光再生铅资源循环利用')).toBe(20);
    expect(total('恒通生物降解塑料')).toBe(10);
    expect(total('氢能综合利用示范园')).toBe(105);
    expect(total('万洋锌基材料绿色智造')).toBe(32);
    expect(total('金马苯加氢')).toBe(8);
    expect(total('济源纳米材料产业园三期')).toBe(2.5);
    expect(value(rows.get('济源纳米材料产业园三期') ?? 0, 'land')).toBe(170);
    expect([...rows.keys()].filter((name) => !/（演示）\s*$/.test(String(name)))).toHaveLength(9);
  });

  test('looks as an office ledger does: merged headings of three levels, repeated, a hidden column, several hands', () => {
    expect(sheet.getCell('A1').value).toContain('济源示范区2023年省、市重点项目台账（上半年）');
    expect(sheet.getCell(4, at('plan')).value).toBe('2023年投资情况（万元）');
    expect(sheet.getCell(5, at('month')).value).toBe('完成投资（调度口径）');
    expect(sheet.getCell(6, at('month')).value).toBe('6月完成');
    expect(sheet.getCell(4, at('plan')).isMerged).toBe(true);
    expect(labelled('序号').length).toBeGreaterThanOrEqual(2);
    expect(sheet.getColumn(at('helper')).hidden).toBe(true);
    expect(letterAt(COLUMNS.length)).toBe(sheet.getColumn(COLUMNS.length).letter);
    const kinds = new Set(projectRows().map((row) => { const found = value(row, 'plannedStart'); return found instanceof Date ? 'date' : String(found).replace(/\d+/g, '#'); }));
    expect(kinds.size).toBeGreaterThan(6);
  });

  test('carries codes of the right shape, a few of which fail their check digit', () => {
    const codes = demoProjects().flatMap((one) => (one.code === undefined ? [] : [one.code]));
    const national = codes.filter((code) => /^\d{4}-\d{6}-\d\d-\d\d-\d{6}$/.test(code) && !code.startsWith('2019-419001-26') && !code.startsWith('2019-419001-54'));
    const failing = national.filter((code) => checkDigit(code.replaceAll('-', '').slice(0, -1)) !== Number(code.slice(-1)));
    expect([new Set(codes).size, codes.length - national.length, failing.length]).toEqual([codes.length, 2, 4]);
    expect(checkDigit('2505330354040127460')).toBe(7);
  });
});

function contents(one: Worksheet | undefined): unknown[] {
  const cells: unknown[] = [];
  one?.eachRow((row, number) => {
    row.eachCell((cell, column) => cells.push([number, column, cell.value]));
  });
  return cells;
}
