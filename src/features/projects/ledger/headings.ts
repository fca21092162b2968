// Finds the tables on a sheet: title rows, unit notes, heading rows of one to four levels (merged or not), where the data begin and
// end, headings that are repeated on each printed page. Reads only; decides nothing about what a column means.
import type { Merge, Sheet, SheetCell, SheetRow } from '../../../kernel/sheet.ts';
import { unitIn, type MoneyUnit } from '../../../kernel/money.ts';
import { folded, narrow } from '../../../kernel/text.ts';
import { headingScore, isHeadingWord } from './words.ts';

export interface Block {
  /** Row numbers as people see them. */
  readonly titleRows: readonly number[];
  readonly titles: readonly string[];
  readonly headingRows: readonly number[];
  /** Path of each column that has one. */
  readonly paths: ReadonlyMap<number, readonly string[]>;
  readonly unit: MoneyUnit | null;
  readonly year: number | null;
  /** Indexes into the sheet's stored rows: first data row, and one past the last. */
  from: number;
  to: number;
  /** Rows after the first heading that repeat it (or titles repeated above it), by row number. */
  readonly repeated: Set<number>;
}

const MAX_LEVELS = 4;
/** Tables on one sheet: beyond it, what looks like a heading is a row. */
const MAX_TABLES = 64;
/** How far down the first heading is looked for when no row shows known words. */
const SEARCH = 40;

export function findTables(sheet: Sheet): Block[] {
  const blocks: Block[] = [];
  const merges = mergesByRow(sheet.merges);
  let open: Block | undefined;
  let shape: HeadingShape | undefined;
  for (let i = 0; i < sheet.rowCount; i += 1) {
    const row = sheet.at(i);
    if (!couldBeHeading(row, i, open === undefined)) continue;
    if (open !== undefined && shape !== undefined && repeats(row, shape)) {
      i = skipRepeated(sheet, i, open, shape);
      continue;
    }
    if (blocks.length >= MAX_TABLES || !isHeading(sheet, row, i, open, merges)) continue;
    const first = upward(sheet, i, open?.from ?? 0, merges);
    const last = downward(sheet, first, i, merges);
    const titles = titlesAbove(sheet, first, open === undefined ? 0 : open.from);
    if (open !== undefined) open.to = Math.max(open.from, first - titles.count);
    open = makeBlock(sheet, first, last, titles);
    shape = shapeOf(sheet, first, last);
    blocks.push(open);
    i = last;
  }
  return blocks.length > 0 ? blocks : fallback(sheet);
}

function couldBeHeading(row: SheetRow, index: number, first: boolean): boolean {
  if (row.cells.length < 2) return false;
  for (const cell of row.cells) {
    if (cell.kind !== 'text' || cell.text.length > 60) return first && index < SEARCH && yearsOnly(row);
    const code = cell.text.charCodeAt(0);
    // Codes, amounts and days begin with a digit; headings hardly ever do (2023年计划, 1-6月累计).
    if (code >= 48 && code <= 57 && !/年|月/.test(cell.text)) return false;
  }
  return true;
}

/** Headings such as 2023 and 2024 are numbers in the file. */
function yearsOnly(row: SheetRow): boolean {
  const numbers = row.cells.filter((cell) => cell.kind !== 'text');
  return numbers.length < row.cells.length / 2 && numbers.every((cell) => cell.number !== null && cell.number >= 1990 && cell.number <= 2099 && Number.isInteger(cell.number));
}

function isHeading(sheet: Sheet, row: SheetRow, index: number, open: Block | undefined, merges: ReadonlyMap<number, readonly Merge[]>): boolean {
  // Further down nearly every row is data: only one with a heading word for word is worth a closer look.
  if ((open !== undefined || index >= SEARCH) && !row.cells.some((cell) => isHeadingWord(cell.text))) return false;
  let hits = 0;
  for (const cell of row.cells) hits += headingScore(cell.text) >= 0.45 ? 1 : 0;
  if (open !== undefined) return hits >= 3 && hits >= row.cells.length * 0.6;
  if (noteLike(row)) return false;
  if (hits >= 3 && hits >= row.cells.length * 0.25) return true;
  if (hits >= 2 && (hits >= row.cells.length * 0.5 || hasGroups(row, merges))) return true;
  return hits >= 1 && row.cells.length <= 3 && hits === row.cells.length && index < SEARCH;
}

/** 填报单位：… 单位：万元 2023年6月 */
function noteLike(row: SheetRow): boolean {
  return row.cells.length <= 5 && row.cells.filter((cell) => /[:：]|^截[至止]|^\d{4}年\d{1,2}月/.test(cell.text)).length >= row.cells.length / 2;
}

function hasGroups(row: SheetRow, merges: ReadonlyMap<number, readonly Merge[]>): boolean {
  return (merges.get(row.row) ?? []).some((merge) => merge.right > merge.left);
}

/** Group headings above: merged across some columns, or cells with gaps behind them. */
function upward(sheet: Sheet, index: number, limit: number, merges: ReadonlyMap<number, readonly Merge[]>): number {
  let first = index;
  while (first > limit && index - first < MAX_LEVELS - 1) {
    const above = sheet.at(first - 1);
    if (above.row !== sheet.at(first).row - 1 || above.cells.length < 2 || above.cells.some((cell) => cell.kind !== 'text') || noteLike(above)) break;
    const grouped = (merges.get(above.row) ?? []).some((merge) => merge.right > merge.left && merge.right - merge.left + 1 < sheet.columnCount * 0.9);
    const fits = above.cells.every((cell) => cell.text.length <= 40);
    // Below another table only a merged group is surely a heading: a row of texts may be its last project.
    if (!fits || !(grouped || (limit === 0 && above.cells.length >= 3))) break;
    first -= 1;
  }
  return first;
}

/** The lowest heading row: as far as vertical merges reach, or further rows that only fill what groups left open. */
function downward(sheet: Sheet, first: number, index: number, merges: ReadonlyMap<number, readonly Merge[]>): number {
  const top = sheet.at(index);
  let bottomRow = top.row;
  for (let i = first; i <= index; i += 1) {
    for (const merge of merges.get(sheet.at(i).row) ?? []) if (merge.bottom - merge.top < MAX_LEVELS) bottomRow = Math.max(bottomRow, merge.bottom);
  }
  let last = index;
  while (last + 1 < sheet.rowCount && sheet.at(last + 1).row <= bottomRow) last += 1;
  while (last - index < MAX_LEVELS - 1 && last + 1 < sheet.rowCount && fillsGaps(sheet.at(last), sheet.at(last + 1), merges)) last += 1;
  return last;
}

function fillsGaps(upper: SheetRow, lower: SheetRow, merges: ReadonlyMap<number, readonly Merge[]>): boolean {
  if (lower.row !== upper.row + 1 || lower.cells.length === 0 || lower.cells.length >= upper.cells.length + 20) return false;
  if (lower.cells.some((cell) => cell.kind !== 'text' || cell.text.length > 30 || /^\d+(?:\.\d+)?$/.test(cell.text))) return false;
  const groups = (merges.get(upper.row) ?? []).filter((merge) => merge.right > merge.left && merge.bottom === upper.row);
  const filled = new Set(upper.cells.map((cell) => cell.column));
  if (groups.length > 0) return lower.cells.every((cell) => groups.some((group) => cell.column >= group.left && cell.column <= group.right));
  const first = upper.cells[0]?.column ?? 0;
  const below = new Set(lower.cells.map((cell) => cell.column));
  // Without merges: it never stands under the first heading, and it fills columns that the row above left empty.
  const known = lower.cells.filter((cell) => headingScore(cell.text) > 0 || /计划|实际|完成|姓名|电话|计划投资/.test(cell.text)).length;
  return !below.has(first) && lower.cells.some((cell) => !filled.has(cell.column)) && known >= lower.cells.length * 0.5;
}

interface Titles {
  readonly rows: readonly number[];
  readonly texts: readonly string[];
  readonly count: number;
}

/** Rows of one or few cells right above the headings. */
function titlesAbove(sheet: Sheet, first: number, limit: number): Titles {
  const rows: number[] = [];
  const texts: string[] = [];
  for (let i = first - 1; i >= limit && i >= first - 8; i -= 1) {
    const row = sheet.at(i);
    if (row.cells.length > 3 && !noteLike(row)) break;
    if (limit > 0 && (row.cells.some((cell) => cell.kind !== 'text') || (row.cells[0]?.text ?? '').length > 60 || /小计|合计|总计/.test(row.cells[0]?.text ?? ''))) break;
    rows.unshift(row.row);
    texts.unshift(...row.cells.map((cell) => cell.text));
  }
  return { rows, texts, count: rows.length };
}

function makeBlock(sheet: Sheet, first: number, last: number, titles: Titles): Block {
  const headingRows: number[] = [];
  for (let i = first; i <= last; i += 1) headingRows.push(sheet.at(i).row);
  const paths = pathsOf(sheet, first, last);
  const all = [...titles.texts, ...[...paths.values()].flat()];
  return {
    titleRows: titles.rows,
    titles: titles.texts,
    headingRows,
    paths,
    unit: unitNote(titles.texts),
    year: yearOf(titles.texts) ?? yearOf(all),
    from: last + 1,
    to: sheet.rowCount,
    repeated: new Set(),
  };
}

/** 单位：万元 counts for the whole table; 单位：亿元、万元 does not say which. */
function unitNote(titles: readonly string[]): MoneyUnit | null {
  const notes = titles.flatMap((text) => narrow(text).match(/(?:计量|金额)?单位[:：]?\s*[^\s:：]*/g) ?? []).filter((note) => /元|亿|万/.test(note));
  const units = new Set(notes.flatMap((note) => note.split(/[、,，;；/和及(（]/)).map((part) => unitIn(part.includes('单位') ? part : `单位:${part}`)).filter((unit) => unit !== undefined));
  const [only] = units;
  return units.size === 1 && only !== undefined ? only : null;
}

function yearOf(texts: readonly string[]): number | null {
  const counts = new Map<number, number>();
  for (const text of texts) {
    for (const found of narrow(text).matchAll(/(20\d{2})\s*(?:年|$)(?!底|末)/g)) {
      const year = Number(found[1]);
      counts.set(year, (counts.get(year) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? null;
}

/** Each column's headings from the top down, merged cells and group headings spread over what they cover. */
function pathsOf(sheet: Sheet, first: number, last: number): Map<number, readonly string[]> {
  const rows: SheetRow[] = [];
  for (let i = first; i <= last; i += 1) rows.push(sheet.at(i));
  const top = rows[0]?.row ?? 1;
  const bottom = rows[rows.length - 1]?.row ?? top;
  const merges = sheet.merges.filter((merge) => merge.top >= top && merge.top <= bottom);
  let width = 0;
  for (const row of rows) width = Math.max(width, (row.cells[row.cells.length - 1]?.column ?? -1) + 1);
  for (const merge of merges) width = Math.max(width, Math.min(merge.right + 1, sheet.columnCount));
  const paths = new Map<number, readonly string[]>();
  const cellAt = (row: SheetRow, column: number) => row.cells.find((cell) => cell.column === column);
  for (let column = 0; column < width; column += 1) {
    const path: string[] = [];
    let before = '';
    rows.forEach((row, level) => {
      const found = headingOver(rows, level, row, column, merges, cellAt);
      if (found === undefined || found.key === before) return;
      before = found.key;
      const text = found.text.replace(/\s*[\r\n]+\s*/g, '').trim();
      if (text !== '' && text !== path[path.length - 1]) path.push(text);
    });
    if (path.length > 0) paths.set(column, path);
  }
  return paths;
}

function headingOver(
  rows: readonly SheetRow[], level: number, row: SheetRow, column: number, merges: readonly Merge[],
  cellAt: (row: SheetRow, column: number) => SheetCell | undefined,
): { key: string; text: string } | undefined {
  const merge = merges.find((one) => row.row >= one.top && row.row <= one.bottom && column >= one.left && column <= one.right);
  if (merge !== undefined) {
    const anchorRow = rows.find((one) => one.row === merge.top);
    const anchor = anchorRow === undefined ? undefined : cellAt(anchorRow, merge.left);
    return anchor === undefined ? undefined : { key: `${merge.top},${merge.left}`, text: anchor.text };
  }
  const own = cellAt(row, column);
  if (own !== undefined) return { key: `${row.row},${column}`, text: own.text };
  // A group heading without merge reaches right over the columns that have headings of their own below.
  const below = rows.slice(level + 1).some((lower) => cellAt(lower, column) !== undefined);
  if (merges.length > 0 || !below) return undefined;
  for (let left = column - 1; left >= 0; left -= 1) {
    const cell = cellAt(row, left);
    if (cell !== undefined) return rows.slice(level + 1).some((lower) => cellAt(lower, left) !== undefined) ? { key: `${row.row},${left}`, text: cell.text } : undefined;
  }
  return undefined;
}

interface HeadingShape {
  readonly height: number;
  readonly first: ReadonlyMap<number, string>;
}

function shapeOf(sheet: Sheet, first: number, last: number): HeadingShape {
  return { height: last - first + 1, first: new Map(sheet.at(first).cells.map((cell) => [cell.column, folded(cell.text)])) };
}

/** The same words in the same columns as the first heading row. */
function repeats(row: SheetRow, shape: HeadingShape): boolean {
  let same = 0;
  for (const cell of row.cells) if (shape.first.get(cell.column) === folded(cell.text)) same += 1;
  return same >= Math.max(2, shape.first.size * 0.7) && same >= row.cells.length * 0.7;
}

/** Marks the repeated rows, with a continued title right above them; gives the index of the last. */
function skipRepeated(sheet: Sheet, index: number, block: Block, shape: HeadingShape): number {
  for (let i = index - 1; i >= block.from && i >= index - 2; i -= 1) {
    const above = sheet.at(i);
    const text = folded(above.cells[0]?.text ?? '');
    const title = block.titles.some((one) => folded(one) === text) || /续表|续\)|续）/.test(text);
    if (above.cells.length > 2 || !title) break;
    block.repeated.add(above.row);
  }
  const start = sheet.at(index).row;
  let last = index;
  while (last + 1 < sheet.rowCount && sheet.at(last + 1).row < start + shape.height) last += 1;
  for (let i = index; i <= last; i += 1) block.repeated.add(sheet.at(i).row);
  return last;
}

/** No known words: the first row that is as wide as the table and is all different short texts. */
function fallback(sheet: Sheet): Block[] {
  let widest = 0;
  for (let i = 0; i < Math.min(sheet.rowCount, SEARCH); i += 1) widest = Math.max(widest, sheet.at(i).cells.length);
  if (widest < 2 || sheet.rowCount < 2) return [];
  for (let i = 0; i < Math.min(sheet.rowCount - 1, SEARCH); i += 1) {
    const { cells } = sheet.at(i);
    const texts = cells.filter((cell) => cell.kind === 'text' && cell.text.length <= 40 && !/^[\d.,/:-]+$/.test(cell.text));
    if (cells.length < widest * 0.8 || texts.length < cells.length * 0.9 || new Set(texts.map((cell) => folded(cell.text))).size < texts.length) continue;
    return [makeBlock(sheet, i, i, titlesAbove(sheet, i, 0))];
  }
  return [];
}

function mergesByRow(merges: readonly Merge[]): Map<number, Merge[]> {
  const byRow = new Map<number, Merge[]>();
  for (const merge of merges) {
    const row = byRow.get(merge.top);
    if (row === undefined) byRow.set(merge.top, [merge]);
    else row.push(merge);
  }
  return byRow;
}
