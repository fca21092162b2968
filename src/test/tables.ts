// Makes sheets in memory for tests of what reads them: rows of plain values, empty string for nothing. No file is involved.
import { columnOf, type Merge, type Sheet, type SheetCell, type SheetRow, type Workbook } from '../kernel/sheet.ts';
import { serialOfDay } from '../kernel/when.ts';

/** { day } is a real date cell, { error } the error of a formula. */
export type Value = string | number | boolean | { readonly day: string } | { readonly error: string };

export function sheetOf(rows: readonly (readonly Value[])[], merges: readonly string[] = [], name = '台账'): Sheet {
  const stored: SheetRow[] = [];
  rows.forEach((values, index) => {
    const cells = values.flatMap((value, column) => (value === '' ? [] : [cellOf(value, column)]));
    if (cells.length > 0) stored.push({ row: index + 1, hidden: false, cells });
  });
  return {
    name, hidden: false, rowCount: stored.length, columnCount: Math.max(0, ...rows.map((row) => row.length)), merges: merges.map(mergeOf),
    at: (index) => stored[index] ?? { row: 0, hidden: false, cells: [] },
  };
}

export function bookOf(...sheets: readonly Sheet[]): Workbook {
  return { format: 'xlsx', date1904: false, sheets, encoding: null, delimiter: null };
}

/** All text, as a csv gives it. */
export function tableOf(text: string, name = '台账'): Workbook {
  return { ...bookOf(sheetOf(text.trim().split('\n').map((line) => line.split('|').map((cell) => cell.trim())), [], name)), format: 'csv' };
}

function cellOf(value: Value, column: number): SheetCell {
  const base = { column, number: null, percent: false, formula: false };
  if (typeof value === 'string') return { ...base, kind: 'text', text: value };
  if (typeof value === 'number') return { ...base, kind: 'number', text: String(value), number: value };
  if (typeof value === 'boolean') return { ...base, kind: 'boolean', text: value ? 'TRUE' : 'FALSE' };
  if ('day' in value) return { ...base, kind: 'date', text: value.day, number: serialOfDay(value.day) };
  return { ...base, kind: 'error', text: value.error };
}

/** B2:D4 */
function mergeOf(range: string): Merge {
  const found = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(range);
  if (found === null) throw new Error(`no range: ${range}`);
  return { top: Number(found[2]), left: columnOf(found[1] ?? ''), bottom: Number(found[4]), right: columnOf(found[3] ?? '') };
}
