// A copy of the sheet that was imported, with what was refused or doubtful marked in its cells and said in a last column, so that
// the person who made the ledger can mend it where it stands. Values, dates and merged cells are kept; formulas become values.
import type { Writable } from 'node:stream';
import type { SheetCell, Sheet, Workbook } from '../../kernel/sheet.ts';
import { dayOfSerial } from '../../kernel/when.ts';
import { writeXlsx, type Look, type OutCell, type OutRow } from './write.ts';

export interface Mark {
  readonly sheet: string;
  readonly row: number;
  /** null: the row as a whole. */
  readonly column: number | null;
  readonly tone: 'refused' | 'warned';
  /** In the reader's language. */
  readonly text: string;
}

const LOOKED = 200; // rows that tell where the headings are and how wide the columns

/** `heading` stands above the added column. */
export async function writeMarkedCopy(out: Writable, workbook: Workbook, marks: readonly Mark[], heading: string): Promise<void> {
  const bySheet = new Map<string, Map<number, Mark[]>>();
  for (const mark of marks) {
    const rows = bySheet.get(mark.sheet) ?? new Map<number, Mark[]>();
    bySheet.set(mark.sheet, rows.set(mark.row, [...(rows.get(mark.row) ?? []), mark]));
  }
  await writeXlsx(out, workbook.sheets.filter((sheet) => !sheet.hidden).map((sheet) => ({
    name: sheet.name,
    widths: [...widthsOf(sheet), 60],
    merges: sheet.merges,
    rows: markedRows(sheet, bySheet.get(sheet.name) ?? new Map<number, Mark[]>(), workbook.date1904, heading),
  })));
}

function* markedRows(sheet: Sheet, marks: ReadonlyMap<number, readonly Mark[]>, date1904: boolean, heading: string): Iterable<OutRow> {
  let first = Infinity;
  for (const row of marks.keys()) first = Math.min(first, row);
  const headed = marks.size === 0 ? undefined : headingRow(sheet, first);
  for (let i = 0; i < sheet.rowCount; i += 1) {
    const { row, cells, hidden } = sheet.at(i);
    const here = marks.get(row) ?? [];
    const out: OutCell[] = Array.from({ length: sheet.columnCount + 1 }, () => null);
    for (const cell of cells) out[cell.column] = plainCell(cell, date1904);
    // A mark of the whole row stands in its first cell, where it is seen without scrolling to the last column.
    const begin = cells.find((cell) => cell.text !== '')?.column ?? 0;
    for (const at of new Set(here.map((mark) => mark.column ?? begin))) {
      const texts = here.filter((mark) => (mark.column ?? begin) === at);
      const look: Look = texts.some((other) => other.tone === 'refused') ? 'refused' : 'warned';
      out[at] = marked(out[at] ?? null, look, texts.map((other) => other.text).join('\n'));
    }
    if (row === headed) out[sheet.columnCount] = { text: heading, look: 'heading' };
    if (here.length > 0) {
      out[sheet.columnCount] = { text: here.map((mark) => mark.text).join('；'), look: here.some((mark) => mark.tone === 'refused') ? 'refused' : 'warned' };
    }
    yield { cells: out, row, hidden };
  }
}

/** Above the first mark, the row that names most columns: there the added column is named too. */
function headingRow(sheet: Sheet, first: number): number | undefined {
  let best: { row: number; names: number } | undefined;
  for (let i = 0; i < Math.min(sheet.rowCount, LOOKED); i += 1) {
    const { row, cells } = sheet.at(i);
    if (row >= first) break;
    const names = cells.every((cell) => cell.kind === 'text') ? cells.filter((cell) => cell.text !== '').length : 0;
    if (names > (best?.names ?? 0)) best = { row, names };
  }
  return best?.row;
}

/** Wide enough for what the first rows hold; a Chinese character takes two places. What stands across columns or nearly alone does not count. */
function widthsOf(sheet: Sheet): number[] {
  const across = new Set(sheet.merges.filter((one) => one.right > one.left).map((one) => `${String(one.top)} ${String(one.left)}`));
  const widths = Array.from({ length: sheet.columnCount }, () => 8);
  for (let i = 0; i < Math.min(sheet.rowCount, LOOKED); i += 1) {
    const { row, cells } = sheet.at(i);
    if (cells.filter((cell) => cell.text !== '').length < 3) continue;
    for (const cell of cells.filter((one) => !across.has(`${String(row)} ${String(one.column)}`))) widths[cell.column] = Math.max(widths[cell.column] ?? 8, Math.min(36, cell.text.replace(/[^\u0020-\u00ff]/g, 'xx').length + 2));
  }
  return widths;
}

function plainCell(cell: SheetCell, date1904: boolean): OutCell {
  if (cell.kind === 'date' && cell.number !== null) {
    const day = dayOfSerial(cell.number, date1904);
    return day === undefined || cell.number % 1 > 1e-6 ? cell.text : { day };
  }
  if (cell.kind === 'number' && cell.number !== null) return cell.percent ? { number: cell.number, format: 'percent1' } : cell.number;
  if (cell.kind === 'boolean') return cell.text === 'TRUE';
  return cell.text;
}

function marked(cell: OutCell, look: Look, note: string): OutCell {
  if (cell === null) return { empty: true, look, note };
  if (typeof cell === 'string') return { text: cell, look, note };
  if (typeof cell === 'number') return { number: cell, look, note };
  if (typeof cell === 'boolean') return { flag: cell, look, note };
  return { ...cell, look, note };
}
