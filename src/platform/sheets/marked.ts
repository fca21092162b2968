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

/** `heading` stands above the added column. */
export async function writeMarkedCopy(out: Writable, workbook: Workbook, marks: readonly Mark[], heading: string): Promise<void> {
  const bySheet = new Map<string, Map<number, Mark[]>>();
  for (const mark of marks) {
    const rows = bySheet.get(mark.sheet) ?? new Map<number, Mark[]>();
    bySheet.set(mark.sheet, rows.set(mark.row, [...(rows.get(mark.row) ?? []), mark]));
  }
  await writeXlsx(out, workbook.sheets.filter((sheet) => !sheet.hidden).map((sheet) => ({
    name: sheet.name,
    widths: [...Array.from({ length: sheet.columnCount }, (_, i) => (i === 0 ? 8 : 16)), 60],
    merges: sheet.merges,
    rows: markedRows(sheet, bySheet.get(sheet.name) ?? new Map<number, Mark[]>(), workbook.date1904, heading),
  })));
}

function* markedRows(sheet: Sheet, marks: ReadonlyMap<number, readonly Mark[]>, date1904: boolean, heading: string): Iterable<OutRow> {
  let first = Infinity;
  for (const row of marks.keys()) first = Math.min(first, row);
  let headed = marks.size === 0;
  for (let i = 0; i < sheet.rowCount; i += 1) {
    const { row, cells, hidden } = sheet.at(i);
    const here = marks.get(row) ?? [];
    const out: OutCell[] = Array.from({ length: sheet.columnCount + 1 }, () => null);
    for (const cell of cells) out[cell.column] = plainCell(cell, date1904);
    for (const mark of here) {
      if (mark.column === null) continue;
      const texts = here.filter((other) => other.column === mark.column);
      const look: Look = texts.some((other) => other.tone === 'refused') ? 'refused' : 'warned';
      out[mark.column] = marked(out[mark.column] ?? null, look, texts.map((other) => other.text).join('\n'));
    }
    if (!headed && (sheet.at(i + 1).row >= first || row >= first)) {
      if (here.length === 0) out[sheet.columnCount] = { text: heading, look: 'heading' };
      headed = true;
    }
    if (here.length > 0) {
      out[sheet.columnCount] = { text: here.map((mark) => mark.text).join('；'), look: here.some((mark) => mark.tone === 'refused') ? 'refused' : 'warned' };
    }
    yield { cells: out, row, hidden };
  }
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
