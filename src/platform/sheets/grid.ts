// The cells of one sheet, held in a few long arrays instead of an object each: 100,000 rows by 40 columns stay under 100 MB.
// Rows and cells become objects only while someone looks at them.
import type { CellKind, Merge, Sheet, SheetCell, SheetRow } from '../../kernel/sheet.ts';
import { dayOfSerial } from '../../kernel/when.ts';
import { wellFormed } from '../../kernel/text.ts';

/** Texts of a workbook, each kept once where that is cheap to see. */
export class Texts {
  private readonly list: string[] = [];
  private readonly seen = new Map<string, number>();

  /** Position of the text; short ones that come again share one. */
  add(text: string): number {
    const shared = text.length <= 40;
    if (shared) {
      const known = this.seen.get(text);
      if (known !== undefined) return known;
    }
    const at = this.list.length;
    const kept = own(text);
    this.list.push(kept);
    if (shared && this.seen.size < 100_000) this.seen.set(kept, at);
    return at;
  }

  /** Adds one that keeps its place, as the shared strings of a workbook do. */
  append(text: string): void {
    this.list.push(own(text));
  }

  get size(): number {
    return this.list.length;
  }

  at(index: number): string {
    return this.list[index] ?? '';
  }
}

/** A copy that does not keep alive the long piece of the file from which it was cut. Halves of surrogates are replaced. */
function own(text: string): string {
  const sound = wellFormed(text);
  return sound.length < 13 ? sound : Buffer.from(sound, 'utf16le').toString('utf16le');
}

/** What the number format of a cell says. */
export const PLAIN = 0;
export const DATE = 1;
export const PERCENT = 2;
export type NumberStyle = typeof PLAIN | typeof DATE | typeof PERCENT;

const KINDS = ['text', 'number', 'date', 'boolean', 'error'] as const satisfies readonly CellKind[];
const FORMULA = 0x40;
const AS_PERCENT = 0x20;

export class Grid implements Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly merges: Merge[] = [];
  rowCount = 0;
  columnCount = 0;
  private readonly texts: Texts;
  private readonly date1904: boolean;
  private readonly days = new Map<number, string>();
  private cellCount = 0;
  private columns = new Uint16Array(1024);
  private kinds = new Uint8Array(1024);
  private values = new Float64Array(1024);
  private rowStarts = new Uint32Array(256);
  private rowNumbers = new Int32Array(256);

  constructor(parts: { readonly name: string; readonly hidden: boolean; readonly texts: Texts; readonly date1904: boolean }) {
    this.name = parts.name;
    this.hidden = parts.hidden;
    this.texts = parts.texts;
    this.date1904 = parts.date1904;
  }

  addText(column: number, text: string, formula = false): void {
    if (text !== '') this.add(column, 0, this.texts.add(text), formula);
  }

  /** A text by its place in the shared texts. */
  addShared(column: number, index: number): void {
    if (this.texts.at(index) !== '') this.add(column, 0, index, false);
  }

  addNumber(column: number, value: number, style: NumberStyle, formula: boolean): void {
    const kind = style === DATE && value >= 1 && this.day(value) !== '' ? 2 : 1;
    this.add(column, style === PERCENT ? kind | AS_PERCENT : kind, value, formula);
  }

  addBoolean(column: number, value: boolean, formula: boolean): void {
    this.add(column, 3, value ? 1 : 0, formula);
  }

  addError(column: number, text: string, formula: boolean): void {
    this.add(column, 4, this.texts.add(text), formula);
  }

  /** Closes the row; gives the number of its cells. A row without cells leaves no trace. */
  endRow(row: number, hidden: boolean): number {
    const before = this.rowCount === 0 ? 0 : (this.rowStarts[this.rowCount] ?? 0);
    const count = this.cellCount - before;
    if (count === 0) return 0;
    if (this.rowCount + 2 > this.rowStarts.length) {
      this.rowStarts = grown(this.rowStarts, new Uint32Array(this.rowStarts.length * 2));
      this.rowNumbers = grown(this.rowNumbers, new Int32Array(this.rowNumbers.length * 2));
    }
    this.rowNumbers[this.rowCount] = hidden ? -row : row;
    this.rowCount += 1;
    this.rowStarts[this.rowCount] = this.cellCount;
    return count;
  }

  readonly at = (index: number): SheetRow => {
    const numbered = this.rowNumbers[index] ?? 0;
    const cells: SheetCell[] = [];
    if (index >= 0 && index < this.rowCount) {
      const end = this.rowStarts[index + 1] ?? 0;
      for (let i = this.rowStarts[index] ?? 0; i < end; i += 1) cells.push(this.cell(i));
    }
    return { row: Math.abs(numbered), hidden: numbered < 0, cells };
  };

  private cell(at: number): SheetCell {
    const flags = this.kinds[at] ?? 0;
    const value = this.values[at] ?? 0;
    const kind = KINDS[flags & 7] ?? 'text';
    const numeric = kind === 'number' || kind === 'date';
    return {
      column: this.columns[at] ?? 0,
      kind,
      text: this.shown(kind, value),
      number: numeric ? value : null,
      percent: (flags & AS_PERCENT) !== 0,
      formula: (flags & FORMULA) !== 0,
    };
  }

  private shown(kind: CellKind, value: number): string {
    switch (kind) {
      case 'text':
      case 'error':
        return this.texts.at(value);
      case 'number':
        return decimal(value);
      case 'boolean':
        return value === 1 ? 'TRUE' : 'FALSE';
      case 'date': {
        const seconds = Math.round((value - Math.floor(value + 1e-6)) * 86_400);
        const day = this.day(value);
        return seconds <= 0 ? day : `${day} ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
      }
      default:
        return kind satisfies never;
    }
  }

  /** Day of a serial, remembered: a sheet holds few days many times. Empty where there is no such day. */
  private day(serial: number): string {
    const whole = Math.floor(serial + 1e-6);
    let day = this.days.get(whole);
    if (day === undefined) {
      day = dayOfSerial(whole, this.date1904) ?? '';
      if (this.days.size < 10_000) this.days.set(whole, day);
    }
    return day;
  }

  private add(column: number, kind: number, value: number, formula: boolean): void {
    const at = this.cellCount;
    if (at === this.columns.length) {
      this.columns = grown(this.columns, new Uint16Array(at * 2));
      this.kinds = grown(this.kinds, new Uint8Array(at * 2));
      this.values = grown(this.values, new Float64Array(at * 2));
    }
    this.columns[at] = column;
    this.kinds[at] = formula ? kind | FORMULA : kind;
    this.values[at] = value;
    this.cellCount = at + 1;
    if (column >= this.columnCount) this.columnCount = column + 1;
  }
}

/** The number as a spreadsheet shows it, to 15 digits (2066075.5899999999 is 2066075.59); no exponent where a person writes none. */
function decimal(value: number): string {
  let text = String(value);
  if (text.length > 16) text = String(Number(value.toPrecision(15)));
  return text.includes('e') && Math.abs(value) < 1e300 && Math.abs(value) >= 1e21 ? BigInt(Math.round(value)).toString() : text;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function grown<T extends Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
