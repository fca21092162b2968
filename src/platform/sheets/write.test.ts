import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Workbook } from '../../kernel/sheet.ts';
import { writeMarkedCopy } from './marked.ts';
import { readWorkbook } from './read.ts';
import { writeCsv } from './writecsv.ts';
import { writeXlsx, type OutSheet } from './write.ts';

const DATA = process.env['YUGONG_SHARED_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');

async function made(write: (out: PassThrough) => Promise<void>): Promise<Buffer> {
  const out = new PassThrough();
  const bytes = buffer(out);
  await write(out);
  out.end();
  return bytes;
}
const xlsx = (sheets: readonly OutSheet[]) => made((out) => writeXlsx(out, sheets));
const firstColumn = (book: Workbook) => Array.from({ length: book.sheets[0]?.rowCount ?? 0 }, (_, i) => book.sheets[0]?.at(i).cells[0]?.text);

const DANGEROUS = ['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '＝1+1', '＋1', '－1', '＠A1', "=cmd|' /C calc'!A0", "'=1", "''=1", "'quoted'", 'a=1', '−5'];

describe('writing workbooks', () => {
  test('text stays text, whatever it begins with', async () => {
    const bytes = await xlsx([{ name: '台账', rows: DANGEROUS.map((text) => ({ cells: [text] })) }]);
    const book = await readWorkbook({ name: 'a.xlsx', bytes });
    expect(firstColumn(book)).toEqual(DANGEROUS);
    expect(book.sheets[0]?.at(0).cells[0]).toMatchObject({ kind: 'text', formula: false });
  });

  test('every kind of cell comes back as it was', async () => {
    const bytes = await xlsx([{
      name: 'a/b:c', widths: [10, 20], freeze: { rows: 2, columns: 1 }, merges: [{ top: 1, left: 0, bottom: 1, right: 3 }],
      rows: [
        { cells: ['某示范区重点项目台账'], look: 'title', height: 30 },
        { cells: [null, 12.5, { number: 0.125, format: 'percent1' }, { day: '2023-06-30' }, { flag: true }, { text: 'x', note: '请核对\n<单位>', look: 'refused' }], row: 5 },
      ],
    }, { name: 'A B C', rows: [] }, { name: '', rows: [] }]);
    const book = await readWorkbook({ name: 'a.xlsx', bytes });
    expect(book.sheets.map((sheet) => sheet.name)).toEqual(['a b c', 'A B C 2', 'Sheet3']);
    const sheet = book.sheets[0];
    expect(sheet?.merges).toEqual([{ top: 1, left: 0, bottom: 1, right: 3 }]);
    expect(sheet?.at(1).row).toBe(5);
    expect(sheet?.at(1).cells.map((cell) => [cell.column, cell.kind, cell.text])).toEqual([
      [1, 'number', '12.5'], [2, 'number', '0.125'], [3, 'date', '2023-06-30'], [4, 'boolean', 'TRUE'], [5, 'text', 'x'],
    ]);
  });

  test('every naughty string survives a workbook and a csv', async ({ skip }) => {
    const path = join(DATA, 'robustness/blns.json');
    if (!existsSync(path)) skip('blns is not here');
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const strings = Array.isArray(parsed) ? parsed.filter((text): text is string => typeof text === 'string' && text !== '') : [];
    expect(strings.length).toBeGreaterThan(500);
    const bytes = await xlsx([{ name: 'a', rows: strings.map((text) => ({ cells: [text] })) }]);
    expect(firstColumn(await readWorkbook({ name: 'a.xlsx', bytes }))).toEqual(strings);
    const csv = await made((out) => writeCsv(out, strings.map((text) => [text, 'x'])));
    expect(firstColumn(await readWorkbook({ name: 'a.csv', bytes: csv }))).toEqual(strings);
  });

  test('any text survives both ways', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => !text.includes('\u0000')), { minLength: 1, maxLength: 20 }), async (texts) => {
      const bytes = await xlsx([{ name: 'a', rows: texts.map((text) => ({ cells: [text] })) }]);
      expect(firstColumn(await readWorkbook({ name: 'a.xlsx', bytes }))).toEqual(texts);
      const csv = await made((out) => writeCsv(out, texts.map((text) => [text, 'x'])));
      expect(firstColumn(await readWorkbook({ name: 'a.csv', bytes: csv }))).toEqual(texts);
    }), { numRuns: 60 });
  });

  test('csv guards text but not numbers, and begins with its mark', async () => {
    const csv = (await made((out) => writeCsv(out, [['=1', -5, '说"好"', null, true]]))).toString('utf8');
    expect(csv).toBe('\ufeff\'=1,-5,"说""好""",,true\r\n');
  });

  test('a copy of the sheet is marked where something is wrong', async () => {
    const source = await readWorkbook({ name: 'a.csv', bytes: Buffer.from('名称,总投资\n甲,3-5亿\n乙,2\n') });
    const bytes = await made((out) => writeMarkedCopy(out, source, [
      { sheet: 'a.csv', row: 2, column: 1, tone: 'refused', text: '是一个范围' },
      { sheet: 'a.csv', row: 2, column: null, tone: 'warned', text: '请核对' },
    ], '问题'));
    const sheet = (await readWorkbook({ name: 'm.xlsx', bytes })).sheets[0];
    expect([0, 1, 2].map((i) => sheet?.at(i).cells.map((cell) => cell.text))).toEqual([['名称', '总投资', '问题'], ['甲', '3-5亿', '是一个范围；请核对'], ['乙', '2']]);
  });

  test('LibreOffice opens what we write', async ({ skip }) => {
    const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((path) => existsSync(path));
    if (office === undefined || process.env['YUGONG_OFFICE'] !== '1') skip('set YUGONG_OFFICE=1 where LibreOffice is installed');
    const folder = mkdtempSync(join(tmpdir(), 'office-'));
    try {
      writeFileSync(join(folder, 'a.xlsx'), await xlsx([{
        name: '台账', freeze: { rows: 1, columns: 0 }, merges: [{ top: 1, left: 0, bottom: 1, right: 2 }],
        rows: [{ cells: ['重点项目台账'], look: 'title' }, { cells: ['=1+1', { day: '2023-06-30' }, { number: 1234.5, format: 'decimal2' }, { text: '济源', note: '注', look: 'warned' }] }],
      }]));
      execFileSync(office ?? '', ['--headless', `-env:UserInstallation=file://${folder}/profile`, '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76', '--outdir', folder, join(folder, 'a.xlsx')], { stdio: 'ignore', timeout: 50_000 });
      expect(readFileSync(join(folder, 'a.csv'), 'utf8').replace(/^\ufeff/, '').trim()).toBe('重点项目台账,,,\n=1+1,2023-06-30,"1,234.50",济源');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
