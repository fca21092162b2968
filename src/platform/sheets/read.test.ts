import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../kernel/refuse.ts';
import type { Workbook } from '../../kernel/sheet.ts';
import * as hostile from '../../test/hostile/files.ts';
import { readWorkbook, type SheetReading } from './read.ts';

const DATA = process.env['YUGONG_SHARED_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');

const cells = (book: Workbook, sheet = 0): string[][] => {
  const found = book.sheets[sheet];
  if (found === undefined) return [];
  return Array.from({ length: found.rowCount }, (_, i) => {
    const row: string[] = Array.from({ length: found.columnCount }, () => '');
    for (const cell of found.at(i).cells) row[cell.column] = cell.text;
    return row;
  });
};
const read = (bytes: Buffer, reading?: SheetReading) => readWorkbook({ name: '台账.xlsx', bytes }, reading);
const refused = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'read';
};
const row = (cellsXml: string, r = 1) => `<row r="${r}">${cellsXml}</row>`;

describe('workbooks', () => {
  test('texts, numbers, dates, percentages, formulas, errors and booleans keep their kind', async () => {
    const styles = '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="177" formatCode="[Red]0.00"/></numFmts>'
      + '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="10"/><xf numFmtId="177"/><xf numFmtId="57"/></cellXfs></styleSheet>';
    const xml = row('<c r="A1" t="s"><v>0</v></c><c r="B1"><v>2066075.5899999999</v></c><c r="C1" s="1"><v>45200</v></c><c r="D1" s="2"><v>45200.5</v></c><c r="E1" s="3"><v>0.125</v></c>'
      + '<c r="F1"><f>SUM(B1)</f><v>3</v></c><c r="G1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="H1" t="e"><v>#REF!</v></c><c r="I1" t="b"><v>1</v></c><c r="J1" s="4"><v>45200</v></c><c r="K1" s="5"><v>45200</v></c><c r="AA1" t="inlineStr"><is><r><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r><rPh><t>jia</t></rPh></is></c>');
    const book = await read(hostile.rawBook({ sheets: [{ name: '台账', xml }], styles, texts: '<sst><si><r><t>济源</t></r><rPh><t>ji</t></rPh><r><t>纳米_x000D_</t></r></si></sst>' }));
    const sheet = book.sheets[0];
    expect(sheet?.at(0).cells.map((cell) => [cell.column, cell.kind, cell.text, cell.formula, cell.percent])).toEqual([
      [0, 'text', '济源纳米\r', false, false],
      [1, 'number', '2066075.59', false, false],
      [2, 'date', '2023-10-01', false, false],
      [3, 'date', '2023-10-01 12:00:00', false, false],
      [4, 'number', '0.125', false, true],
      [5, 'number', '3', true, false],
      [6, 'text', 'ab', true, false],
      [7, 'error', '#REF!', false, false],
      [8, 'boolean', 'TRUE', false, false],
      [9, 'number', '45200', false, false],
      [10, 'date', '2023-10-01', false, false],
      [26, 'text', '甲 乙', false, false],
    ]);
  });

  test('a workbook of 1904 counts its days from there', async () => {
    const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
    const book = await read(hostile.rawBook({ sheets: [{ name: 'a', xml: row('<c r="A1" s="1"><v>43738</v></c>') }], styles, date1904: true }));
    expect(book.date1904).toBe(true);
    expect(cells(book)).toEqual([['2023-10-01']]);
  });

  test('merged ranges, hidden rows and sheets, gaps and prefixes are seen', async () => {
    const xml = '<x:worksheet><x:sheetData><x:row r="3" hidden="1"><x:c r="B3" t="inlineStr"><x:is><x:t>a&amp;b&#x4E2D;</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:C2"/></x:mergeCells></x:worksheet>';
    const book = await read(hostile.rawBook({ sheets: [{ name: 'a', xml: `<?xml version="1.0"?>${xml}` }, { name: 'b', xml: '', state: 'veryHidden' }] }));
    expect(book.sheets.map((sheet) => sheet.hidden)).toEqual([false, true]);
    const sheet = book.sheets[0];
    expect(sheet?.merges).toEqual([{ top: 1, left: 0, bottom: 2, right: 2 }]);
    expect(sheet?.at(0)).toMatchObject({ row: 3, hidden: true });
    expect(sheet?.at(1)).toMatchObject({ row: 4, hidden: false });
    expect(cells(book)).toEqual([['', 'a&b中'], ['1', '2']]);
  });

  test('halves of surrogate pairs become the replacement character', async () => {
    const texts = cells(await read(hostile.loneSurrogates())).flat();
    expect(texts).toEqual(['a\ufffdb', 'c\ufffdd', 'e\ufffdf']);
  });
});

describe('hostile files', () => {
  const cases: [string, () => Buffer, string][] = [
    ['a zip bomb of a gigabyte', () => hostile.zipBomb(), 'ledger.unpacks_too_large'],
    ['a zip bomb below the total', () => hostile.zipBomb(500), 'ledger.zip_bomb'],
    ['a zip bomb whose directory lies', () => hostile.lyingZipBomb(), 'ledger.damaged_file'],
    ['an entity bomb', () => hostile.entityBomb(), 'ledger.xml_entities'],
    ['an external entity', () => hostile.externalEntity(), 'ledger.xml_entities'],
    ['50,000 merged cells', () => hostile.manyMerges(), 'ledger.too_many_merges'],
    ['100,000 entries', () => hostile.manyEntries(), 'ledger.too_many_parts'],
    ['a renamed program', () => hostile.renamedProgram(), 'ledger.is_program'],
    ['a password-protected workbook', () => hostile.compoundFile('EncryptedPackage'), 'ledger.password_protected'],
    ['an old workbook', () => hostile.compoundFile('Workbook'), 'ledger.old_xls'],
    ['an old document', () => hostile.compoundFile('WordDocument'), 'ledger.is_document'],
    ['a pdf', () => hostile.pdf(), 'ledger.is_pdf'],
    ['an empty file', () => Buffer.alloc(0), 'ledger.empty_file'],
    ['a page of the web', () => Buffer.from('<html><table></table></html>'), 'ledger.is_web_page'],
    ['a truncated workbook', () => hostile.truncated(hostile.manyMerges(100)), 'ledger.damaged_file'],
    ['an archive of something else', () => hostile.zip([{ name: 'a.txt', data: 'a' }]), 'ledger.is_archive'],
    ['a document', () => hostile.zip([{ name: 'word/document.xml', data: '<a/>' }]), 'ledger.is_document'],
    ['a part twice', () => hostile.zip([{ name: 'a', data: 'a' }, { name: 'a', data: 'b' }]), 'ledger.damaged_file'],
    ['a part that climbs out', () => hostile.zip([{ name: '../../etc/x', data: 'a' }]), 'ledger.damaged_file'],
    ['an absolute part', () => hostile.zip([{ name: '/etc/x', data: 'a' }]), 'ledger.damaged_file'],
    ['an encrypted part', () => hostile.zip([{ name: 'xl/workbook.xml', data: 'a', flags: 1 }]), 'ledger.password_protected'],
    ['a row number out of this world', () => hostile.rawBook({ sheets: [{ name: 'a', xml: row('<c><v>1</v></c>', 9_999_999) }] }), 'ledger.damaged_file'],
    ['a column out of this world', () => hostile.rawBook({ sheets: [{ name: 'a', xml: row('<c r="XFD1"><v>1</v></c>') }] }), 'ledger.too_many_columns'],
    ['a shared text that is not there', () => hostile.rawBook({ sheets: [{ name: 'a', xml: row('<c r="A1" t="s"><v>7</v></c>') }] }), 'ledger.damaged_file'],
    ['a sheet cut off in a tag', () => hostile.rawBook({ sheets: [{ name: 'a', xml: '<worksheet><sheetData><row><c r="A1' }] }), 'ledger.damaged_file'],
    ['one endless tag', () => hostile.rawBook({ sheets: [{ name: 'a', xml: `<worksheet><sheetData a="${'x'.repeat(3_000_000)}` }] }), 'ledger.damaged_file'],
    ['a cell of a million characters', () => hostile.rawBook({ sheets: [{ name: 'a', xml: row(`<c r="A1" t="inlineStr"><is><t>${'字'.repeat(40_000)}</t></is></c>`) }] }), 'ledger.cell_too_long'],
  ];
  test.each(cases)('%s is refused, quickly and without memory', async (_, make, code) => {
    const bytes = make();
    const before = process.memoryUsage().rss;
    const start = performance.now();
    expect(await refused(read(bytes))).toBe(code);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  test('limits are arguments', async () => {
    const book = hostile.rawBook({ sheets: [{ name: 'a', xml: Array.from({ length: 20 }, (_, i) => row('<c><v>1</v></c><c><v>2</v></c>', i + 1)).join('') }, { name: 'b', xml: '' }] });
    expect(await refused(read(book))).toBe('read');
    expect(await refused(read(book, { limits: { maxRows: 10 } }))).toBe('ledger.too_many_rows');
    expect(await refused(read(book, { limits: { maxCells: 10 } }))).toBe('ledger.too_many_cells');
    expect(await refused(read(book, { limits: { maxColumns: 1 } }))).toBe('ledger.too_many_columns');
    expect(await refused(read(book, { limits: { maxSheets: 1 } }))).toBe('ledger.too_many_sheets');
    expect(await refused(read(book, { limits: { maxBytes: 100 } }))).toBe('ledger.too_large');
    expect(await refused(read(book, { limits: { maxMilliseconds: -1 } }))).toBe('ledger.too_slow');
    expect(await refused(read(book, { signal: AbortSignal.abort() }))).toBe('ledger.cancelled');
  });
});

describe('csv and pasted tables', () => {
  let folder = '';
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'sheets-')); });
  afterAll(() => { rmSync(folder, { recursive: true }); });
  const csv = (bytes: Buffer | string) => readWorkbook({ name: 'a.csv', bytes: Buffer.from(bytes) });

  test('every file of csv-spectrum parses equal', async ({ skip }) => {
    const base = join(DATA, 'robustness/csv-spectrum');
    if (!existsSync(base)) skip('csv-spectrum is not here');
    const names = readdirSync(join(base, 'csvs'));
    expect(names.length).toBe(11);
    for (const name of names) {
      const expected: unknown = JSON.parse(readFileSync(join(base, 'json', name.replace('.csv', '.json')), 'utf8'));
      // The stored copies of the *_crlf files went through a version control that made their line ends plain: give them back.
      const stored = readFileSync(join(base, 'csvs', name), 'utf8');
      const bytes = Buffer.from(name.includes('_crlf') ? stored.replace(/\r?\n/g, '\r\n') : stored);
      const [head = [], ...rows] = cells(await readWorkbook({ name, bytes }));
      expect(rows.map((values) => Object.fromEntries(head.map((key, i) => [key, values[i] ?? '']))), name).toEqual(expected);
    }
  });

  test('UTF-8 with and without its mark, UTF-16 and GB18030 give the same table', async () => {
    const text = '项目名称,总投资（亿元）\r\n济源纳米材料产业园三期,2.5\r\n𠮷镕冶炼,1\r\n';
    const gb = Buffer.from('cfeecebfc3fbb3c62cd7dccdb6d7ca0d0abcc3d4b4c4c9c3d72c322e350d0a', 'hex');
    const expected = [['项目名称', '总投资（亿元）'], ['济源纳米材料产业园三期', '2.5'], ['𠮷镕冶炼', '1']];
    expect(cells(await csv(text))).toEqual(expected);
    expect(cells(await csv(`\ufeff${text}`))).toEqual(expected);
    expect(cells(await csv(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])))).toEqual(expected);
    const book = await csv(gb);
    expect(book.encoding).toBe('gb18030');
    expect(cells(book)[1]).toEqual(['济源纳米', '2.5']);
  });

  test('comma, semicolon, tab and a declared separator are told apart', async () => {
    for (const [delimiter, declared] of [[',', ''], [';', ''], ['\t', ''], ['|', 'sep=|\n']] as const) {
      const book = await csv(`${declared}a${delimiter}b${delimiter}c\n1,5${delimiter === ',' ? '' : delimiter}2${delimiter}3\n`);
      expect(book.delimiter).toBe(delimiter);
      expect(cells(book)[0]).toEqual(['a', 'b', 'c']);
    }
  });

  test('what is pasted may be tab separated or a Markdown table', async () => {
    const pasted = async (text: string) => cells(await readWorkbook({ name: 'paste', text }));
    expect(await pasted('名称\t总投资\n甲\t"两\n行"\n')).toEqual([['名称', '总投资'], ['甲', '两\n行']]);
    expect(await pasted('| 名称 | 总投资 |\n|---|---:|\n| 甲 \\| 乙 | 2.5 |\n')).toEqual([['名称', '总投资'], ['甲 | 乙', '2.5']]);
    expect(await refused(readWorkbook({ name: 'paste', text: ' \n ' }))).toBe('ledger.empty_file');
  });

  test('row numbers are those that a person counts, empty lines included', async () => {
    const book = await csv('a,b\n\n1,2\n');
    expect([0, 1].map((i) => book.sheets[0]?.at(i).row)).toEqual([1, 3]);
  });

  test('an unclosed quote is refused with its row', async () => {
    expect(await refused(csv('a,b\n"1,2\n3,4'))).toBe('ledger.damaged_csv');
  });

  test('a file by its path reads the same', async () => {
    const path = join(folder, 'b.csv');
    writeFileSync(path, 'a,b\n1,2\n');
    expect(cells(await readWorkbook({ name: 'b.csv', path }))).toEqual([['a', 'b'], ['1', '2']]);
  });

  test('the real list of industry codes reads whole', async ({ skip }) => {
    const path = join(DATA, 'gbt4754/GBT4754-2017.xlsx');
    if (!existsSync(path)) skip('the list of industry codes is not here');
    const book = await readWorkbook({ name: 'gbt', path });
    expect(Math.max(...book.sheets.map((sheet) => sheet.rowCount))).toBeGreaterThan(1900);
  });
});
