// Tells the projects in a table from what stands between them: subtotals, category rows, repeated headings, notes, blank rows.
// A row is only left out for a reason that can be shown; when in doubt it is data, and its refusal says what is missing.
import type { Merge, Sheet, SheetCell, SheetRow } from '../../../kernel/sheet.ts';
import { folded } from '../../../kernel/text.ts';
import type { Block } from './headings.ts';
import type { LedgerRow, RowKind } from './shape.ts';

/** Columns that tell a project from other rows; -1: not known. */
export interface KeyColumns {
  readonly name: number;
  readonly seq: number;
  readonly code: number;
}

const NUMERAL = '[一二三四五六七八九十百]+';
const SUBTOTAL = /^(?:其中[:：]?)?(?:本页|本表|分类|全区|全市|全县|总|累|共)?(?:小计|合计|总计|累计|共计)(?:[:：(].*)?$|(?:小计|合计|总计)(?:\(.*\))?$|^共\d+个?(?:项目)?$|^(?:sub-?|grand)?totals?:?$|^sum$/;
const LEVELS: readonly RegExp[] = [
  new RegExp(`^(?:第${NUMERAL}(?:部分|类|章)|${NUMERAL}[、.])`),
  new RegExp(`^\\(${NUMERAL}\\)`),
  /^\d+[、.](?!\d)/,
  /^\(\d+\)/,
];
const NOTE = /^(?:注|备注|说明|填报|填表|制表|审核|审批|单位负责人|负责人|联系人|联系电话|报送|复核|签字|签章|盖章|※|\*|数据来源|续表|note|source)/;

/** Rows of a table in order, with the category rows carried down. Made anew on each call; holds one row at a time. */
export function* tableRows(sheet: Sheet, block: Block, keys: KeyColumns, verticals: Verticals): Iterable<LedgerRow> {
  let categories: { level: number; text: string }[] = [];
  const above = verticals.sweep();
  for (let i = block.from; i < block.to; i += 1) {
    const stored = sheet.at(i);
    const { cells, inherited } = completed(stored, above(stored.row), verticals);
    const kind = kindOf(stored, cells, inherited, block, keys);
    if (kind === 'category') {
      const { level, text } = categoryOf(stored);
      categories = [...categories.filter((one) => one.level < level), { level, text }];
    }
    const top = categories[0];
    yield {
      sheet: sheet.name, row: stored.row, kind, hidden: stored.hidden,
      category: kind === 'data' && top !== undefined ? top.text : null,
      categories: kind === 'data' ? categories.map((one) => one.text) : [],
      continued: kind === 'data' && keys.name >= 0 && inherited.has(keys.name) && (keys.seq < 0 || inherited.has(keys.seq) || !cells.has(keys.seq)),
      cells, inherited,
    };
  }
}

function kindOf(row: SheetRow, cells: ReadonlyMap<number, SheetCell>, inherited: ReadonlySet<number>, block: Block, keys: KeyColumns): RowKind {
  if (block.repeated.has(row.row)) return 'heading';
  if (row.cells.every((cell) => cell.text.trim() === '')) return 'blank';
  const seq = keys.seq >= 0 ? cells.get(keys.seq) : undefined;
  const name = keys.name >= 0 ? cells.get(keys.name) : undefined;
  const numbered = seq !== undefined && !inherited.has(keys.seq) && /^\d+(?:\.0)?$/.test(seq.text.trim());
  if (keys.code >= 0 && (cells.get(keys.code)?.text ?? '').length >= 8 && name !== undefined) return 'data';
  if (numbered && name !== undefined && name.text.trim() !== '') return 'data';
  const leading = row.cells.slice(0, 4).filter((cell) => cell.kind === 'text').map((cell) => folded(cell.text));
  if (leading.some((text) => text.length <= 40 && SUBTOTAL.test(text))) return 'subtotal';
  const first = leading[0] ?? '';
  if (isCategory(row, seq, name, first, keys)) return 'category';
  if (NOTE.test(first) && row.cells.length <= 4 && (name === undefined || row.cells.length === 1)) return 'note';
  if (keys.name >= 0 && name === undefined && row.cells.length === 1) return row.cells[0]?.kind === 'text' ? 'note' : 'data';
  return 'data';
}

function isCategory(row: SheetRow, seq: SheetCell | undefined, name: SheetCell | undefined, first: string, keys: KeyColumns): boolean {
  const texts = row.cells.filter((cell) => cell.kind === 'text');
  // A category stands at the left; a lone text further right is the rest of the row above.
  if ((texts[0]?.column ?? 0) > Math.max(1, keys.name)) return false;
  // 一 | 产业项目 | (sums): the numeral in the column of serial numbers, little else but figures.
  if (seq !== undefined && new RegExp(`^\\(?${NUMERAL}\\)?[、.]?$`).test(folded(seq.text))) return texts.length <= 3;
  const numeralLevel = LEVELS.findIndex((pattern) => pattern.test(first));
  const elsewhere = name !== undefined && folded(name.text) !== first;
  if (numeralLevel >= 0 && numeralLevel <= 1 && !elsewhere && texts.length <= 2) return true;
  if (texts.length !== 1 || elsewhere || NOTE.test(first)) return false;
  if (numeralLevel >= 0) return row.cells.length === 1;
  // A single short text, not under the heading of names (or the whole row merged): 基础设施类
  return row.cells.length === 1 && first.length > 0 && first.length <= 24 && !/[。；;]/.test(first) && keys.name !== row.cells[0]?.column;
}

function categoryOf(row: SheetRow): { level: number; text: string } {
  const texts = row.cells.filter((cell) => cell.kind === 'text').map((cell) => cell.text.trim());
  const joined = texts.length > 1 && folded(texts[0] ?? '').length <= 4 ? `${folded(texts[0] ?? '').replace(/[、.]$/, '')}、${texts[1] ?? ''}` : (texts[0] ?? '');
  const text = joined.replace(/（/g, '(').replace(/）/g, ')').trim();
  const level = LEVELS.findIndex((pattern) => pattern.test(text.replace(/\s/g, '')));
  const bare = text.replace(/\s+/g, '').replace(LEVELS[level] ?? /^$/, '').replace(/^、/, '').replace(/[(](?:共)?\d+(?:个|项)?(?:项目)?[)]$/, '').replace(/共?\d+个(?:项目)?$/, '').replace(/[:：]$/, '');
  return { level: level < 0 ? 0 : level, text: bare === '' ? text : bare };
}

/** Merged ranges that reach down over several rows, and what stands in their first cells. */
export interface Verticals {
  /** A look from the top down: give it rows in rising order. Yields the ranges that began above the row and cover it. */
  readonly sweep: () => (row: number) => Iterable<Merge>;
  readonly anchor: (merge: Merge) => SheetCell | undefined;
}

/** However many ranges a file claims and however far they reach: each is taken up once and asked for its first cell once. */
export function verticalsOf(sheet: Sheet): Verticals {
  const tall = sheet.merges.filter((merge) => merge.bottom > merge.top).sort((a, b) => a.top - b.top);
  const anchors = new Map<Merge, SheetCell | undefined>();
  return {
    sweep: () => {
      // Ranges cannot overlap: at most one is open in a column; of a file that breaks this the last counts.
      const open = new Map<number, Merge>();
      let next = 0;
      return (row) => {
        for (let merge = tall[next]; merge !== undefined && merge.top < row; merge = tall[(next += 1)]) open.set(merge.left, merge);
        for (const [left, merge] of open) if (merge.bottom < row) open.delete(left);
        return open.values();
      };
    },
    anchor: (merge) => {
      if (!anchors.has(merge)) anchors.set(merge, rowNumbered(sheet, merge.top)?.cells.find((cell) => cell.column === merge.left));
      return anchors.get(merge);
    },
  };
}

/** The cells of a row by column, those under a vertical merge filled from its first cell. */
function completed(row: SheetRow, above: Iterable<Merge>, verticals: Verticals): { cells: Map<number, SheetCell>; inherited: ReadonlySet<number> } {
  const cells = new Map<number, SheetCell>();
  for (const cell of row.cells) cells.set(cell.column, cell);
  let inherited: Set<number> | undefined;
  for (const merge of above) {
    if (cells.has(merge.left)) continue;
    const anchor = verticals.anchor(merge);
    if (anchor === undefined) continue;
    cells.set(merge.left, anchor);
    inherited ??= new Set();
    inherited.add(merge.left);
  }
  return { cells, inherited: inherited ?? NONE };
}

const NONE: ReadonlySet<number> = new Set();

/** The stored row with this number, by bisection. */
export function rowNumbered(sheet: Sheet, row: number): SheetRow | undefined {
  let low = 0;
  let high = sheet.rowCount - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sheet.at(middle);
    if (found.row === row) return found;
    if (found.row < row) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
