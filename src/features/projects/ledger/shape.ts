// What the reading of a ledger gives: sheets, tables, columns with proposals, rows, typed values, refusals, questions.
// Types only, shared by the engine, the staging of an import and the pages.
import type { SheetCell } from '../../../kernel/sheet.ts';
import type { MoneyUnit } from '../../../kernel/money.ts';
import type { When } from '../../../kernel/when.ts';
import type { Level, Light, MoneyField, Nature, Target, TextField, WhenField } from './fields.ts';

export type { MoneyUnit, When };

/** Order of the parts of a date such as 5/02/2016. */
export type DateOrder = 'dmy' | 'mdy';

/** How a cell of a custom column is kept. */
export type CustomKind = 'text' | 'date' | 'money' | 'number';

export interface DateStyle {
  /** How the values are written, most frequent first: 'iso' | 'slash' | 'chinese' | 'serial' | 'year' | 'month' | 'range'. */
  readonly styles: readonly string[];
  /** Order proved by the values of this column (a first part above 12), or null. */
  readonly order: DateOrder | null;
  /** Values that could be read either way. */
  readonly ambiguous: number;
  /** Values such as 5/5/2016, the same either way. */
  readonly alike: number;
  /** Values that prove day first, and that prove month first. */
  readonly dayFirst: number;
  readonly monthFirst: number;
}

export interface Proposal {
  readonly field: Target;
  /** 0 … 1 */
  readonly confidence: number;
  /** Unit of a money column, from heading, note above the table or values; null when not known. */
  readonly unit: MoneyUnit | null;
  /** Year of a plan column (2024年计划) or null for the list year. */
  readonly year: number | null;
  readonly date: DateStyle | null;
  readonly custom: CustomKind;
  /** Why, as keys under ledger:why.*: heading_equal, heading_part, path, values, unit_heading, unit_note, unit_value, computed, taken. */
  readonly why: readonly string[];
}

export interface LedgerColumn {
  readonly index: number;
  readonly letter: string;
  /** Headings from the top one down: ['投资情况（亿元）', '总投资']. */
  readonly path: readonly string[];
  /** The path as one line: 投资情况（亿元）/总投资. */
  readonly heading: string;
  readonly proposal: Proposal;
  readonly alternatives: readonly Proposal[];
  readonly samples: readonly string[];
  /** Data rows in which the column holds something. */
  readonly filled: number;
}

export type RowKind = 'data' | 'subtotal' | 'category' | 'heading' | 'note' | 'blank';

export interface LedgerRow {
  readonly sheet: string;
  /** As the person sees it, from 1. */
  readonly row: number;
  readonly kind: RowKind;
  readonly hidden: boolean;
  /** The category row above (the highest of several), without its number and count, carried down as a proposal. */
  readonly category: string | null;
  /** All category rows above, from the highest: 产业项目, 先进制造业. */
  readonly categories: readonly string[];
  /** The row belongs to the project of the row above: its name is a merged cell that began there. */
  readonly continued: boolean;
  /** By column; cells of a vertical merge carry the value of its first cell and stand in `inherited`. */
  readonly cells: ReadonlyMap<number, SheetCell>;
  readonly inherited: ReadonlySet<number>;
}

export interface Question {
  /** Text under ledger:question.<code without 'ledger.'>. */
  readonly code: string;
  /** Column it is about; null: the table as a whole. */
  readonly column: number | null;
  readonly heading: string | null;
  readonly choices: readonly string[];
  /** What the evidence says, never applied until the person confirms it; null: no evidence. */
  readonly suggestion: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface LedgerTable {
  /** Stable within one reading: sheet number and first heading row, for example 's1r3'. */
  readonly id: string;
  readonly sheet: string;
  readonly titleRows: readonly number[];
  readonly titles: readonly string[];
  readonly headingRows: readonly number[];
  /** First and last row after the headings that belong to the table. */
  readonly firstRow: number;
  readonly lastRow: number;
  /** Unit said above the table (单位：万元), or null. */
  readonly unit: MoneyUnit | null;
  /** Year that the titles or headings speak of, or null. */
  readonly year: number | null;
  readonly columns: readonly LedgerColumn[];
  readonly counts: Readonly<Record<RowKind, number>>;
  readonly date1904: boolean;
  /** Numbers came as a spreadsheet shows them (a .csv, a pasted table): 2023.10 has lost its nought. */
  readonly asShown: boolean;
  /** It looks like a list of projects (a name or a code is found), not a summary or a list of choices. */
  readonly likely: boolean;
  readonly questions: readonly Question[];
  /** Every row after the headings, in order; made anew on each call, so that nothing is held. */
  readonly rows: () => Iterable<LedgerRow>;
}

export interface LedgerSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly tables: readonly LedgerTable[];
}

export interface Ledger {
  readonly format: 'xlsx' | 'csv' | 'text';
  readonly encoding: string | null;
  readonly sheets: readonly LedgerSheet[];
}

export interface ColumnMapping {
  readonly index: number;
  readonly field: Target;
  readonly unit?: MoneyUnit | null;
  readonly year?: number | null;
  readonly order?: DateOrder | null;
  readonly custom?: CustomKind;
}

export interface Mapping {
  readonly columns: readonly ColumnMapping[];
  /** List year: year of the annual plan and context of dates such as 10月底. */
  readonly year: number | null;
  /** Level of all rows when no column says it. */
  readonly level?: Level | null;
}

/** A mapping that outlives one file: by heading instead of by position. */
export interface Profile {
  readonly columns: readonly (Omit<ColumnMapping, 'index'> & { readonly heading: string })[];
  readonly level?: Level | null;
}

/** A thing found in free text, to be offered, never applied by itself. */
export interface Fact {
  readonly field: Target;
  readonly text: string;
  readonly when: When | null;
  readonly fen: number | null;
  readonly value: string | null;
  /** Column from whose cell it came. */
  readonly column: number;
}

export interface CellNote {
  readonly sheet: string;
  readonly row: number;
  /** null: about the row as a whole. */
  readonly column: number | null;
  readonly letter: string | null;
  readonly heading: string | null;
  readonly text: string;
  /** ledger.<x>; text under ledger:refusal.<x> for refusals, ledger:warning.<x> for warnings. */
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface CustomValue {
  readonly heading: string;
  readonly text: string;
  readonly fen?: number;
  readonly number?: number;
  readonly when?: When;
}

/** Typed values of one row. A field that is absent was not in the file or was empty; it says nothing about the record. */
export type LedgerValues = { readonly [K in TextField]?: string } & { readonly [K in MoneyField]?: number } & {
  readonly [K in WhenField]?: When;
} & {
  readonly externalCodes?: readonly string[];
  readonly level?: Level;
  readonly nature?: Nature;
  readonly light?: Light;
  readonly listYear?: number;
  readonly landMu?: number;
  readonly inStatistics?: boolean;
  /** By year: { '2023': 123400 }. */
  readonly planFen?: Readonly<Record<string, number>>;
};

export interface LedgerRecord {
  readonly sheet: string;
  readonly row: number;
  readonly hidden: boolean;
  /** From the category rows above, when no column gives the category. */
  readonly proposedCategory: string | null;
  readonly categories: readonly string[];
  readonly values: LedgerValues;
  readonly custom: readonly CustomValue[];
  readonly facts: readonly Fact[];
  /** A refused cell leaves its field out; a refusal with column null refuses the row. */
  readonly refusals: readonly CellNote[];
  readonly warnings: readonly CellNote[];
}

export interface ReadOptions {
  /** Day on which the ledger is read: context for years and for values that lie far away. */
  readonly today: string;
  /** Rows from which proposals are learned, spread over the table (default 400). */
  readonly sampleRows?: number;
  /** Read also sheets that are hidden (default false; they are listed without tables). */
  readonly hiddenSheets?: boolean;
}
