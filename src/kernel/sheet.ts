// What a spreadsheet looks like to the rules that read it, whatever file it came from. Types and addresses only:
// reading files is the work of platform/sheets, and nothing here may depend on how that is done.

export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'error';

export interface SheetCell {
  /** From 0; `letterOf` gives the letter that a person sees. */
  readonly column: number;
  readonly kind: CellKind;
  /** Text as it stands; numbers as their shortest exact decimal; dates as ISO; TRUE or FALSE; #REF! and the like. */
  readonly text: string;
  /** The number behind a number or date cell (for a date: the serial of the workbook's calendar). */
  readonly number: number | null;
  /** The number is shown as a percentage: 0.125 is written 12.5%. */
  readonly percent: boolean;
  /** The value is the stored result of a formula. */
  readonly formula: boolean;
}

export interface SheetRow {
  /** From 1, as a person sees it. */
  readonly row: number;
  readonly hidden: boolean;
  /** Only cells that hold something, from left to right. */
  readonly cells: readonly SheetCell[];
}

/** A merged range; rows from 1, columns from 0, both ends included. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Number of rows that hold something: `at` takes 0 … rowCount-1. */
  readonly rowCount: number;
  /** One more than the last column that holds something. */
  readonly columnCount: number;
  readonly merges: readonly Merge[];
  readonly at: (index: number) => SheetRow;
}

export interface Workbook {
  readonly format: 'xlsx' | 'csv' | 'text';
  /** Serials count from 1904-01-01 instead of 1900. */
  readonly date1904: boolean;
  readonly sheets: readonly Sheet[];
  /** How text was decoded and cut, for csv and pasted text. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
}

/** 0 → A, 25 → Z, 26 → AA. */
export function letterOf(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** A → 0, AA → 26; -1 when the text is no column. */
export function columnOf(letters: string): number {
  let column = 0;
  for (let i = 0; i < letters.length; i += 1) {
    const digit = letters.charCodeAt(i) - 64;
    if (digit < 1 || digit > 26) return -1;
    column = column * 26 + digit;
  }
  return column - 1;
}
