// How much of a file may be read. Each bound has its reason; a file beyond one is refused by name, never cut short silently.
import { refuse } from '../../kernel/refuse.ts';

export interface SheetLimits {
  /** Size of the file itself. */
  readonly maxBytes: number;
  /** Files inside the archive: an honest workbook has some dozens, a hostile one 100,000. */
  readonly maxEntries: number;
  /** All files of the archive unpacked, as its directory says and as is counted while unpacking. */
  readonly maxTotalBytes: number;
  /** Unpacked to packed, for parts above `ratioFrom`: sheets reach 60, a bomb 1,000. */
  readonly maxRatio: number;
  readonly ratioFrom: number;
  readonly maxSheets: number;
  /** Rows that hold something, in all sheets. */
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly maxCells: number;
  /** Merged ranges in one sheet: an office's ledger has hundreds. */
  readonly maxMerges: number;
  /** Characters in one cell; the format itself allows 32,767. */
  readonly maxCellLength: number;
  /** Time for the reading as a whole. */
  readonly maxMilliseconds: number;
}

export const LIMITS: SheetLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxEntries: 1_000,
  maxTotalBytes: 768 * 1024 * 1024,
  maxRatio: 200,
  ratioFrom: 8 * 1024 * 1024,
  maxSheets: 64,
  maxRows: 200_000,
  maxColumns: 256,
  maxCells: 6_000_000,
  maxMerges: 20_000,
  maxCellLength: 32_767,
  maxMilliseconds: 120_000,
};

/** Counts what one reading has used up. */
export class Budget {
  readonly limits: SheetLimits;
  private readonly deadline: number;
  private readonly signal: AbortSignal | undefined;
  private rows = 0;
  private cells = 0;
  private unpacked = 0;

  constructor(limits: SheetLimits, signal?: AbortSignal) {
    this.limits = limits;
    this.signal = signal;
    this.deadline = performance.now() + limits.maxMilliseconds;
  }

  time(): void {
    if (this.signal?.aborted === true) refuse('ledger.cancelled');
    if (performance.now() > this.deadline) refuse('ledger.too_slow', { seconds: this.limits.maxMilliseconds / 1000 });
  }

  bytes(count: number): void {
    this.unpacked += count;
    if (this.unpacked > this.limits.maxTotalBytes) refuse('ledger.unpacks_too_large', { limitMb: mb(this.limits.maxTotalBytes) });
  }

  row(cells: number): void {
    this.rows += 1;
    this.cells += cells;
    if (this.rows > this.limits.maxRows) refuse('ledger.too_many_rows', { limit: this.limits.maxRows });
    if (this.cells > this.limits.maxCells) refuse('ledger.too_many_cells', { limit: this.limits.maxCells });
    if (this.rows % 512 === 0) this.time();
  }

  cell(sheet: string, row: number, column: number, length: number): void {
    if (column >= this.limits.maxColumns) refuse('ledger.too_many_columns', { sheet, row, limit: this.limits.maxColumns });
    if (length > this.limits.maxCellLength) refuse('ledger.cell_too_long', { sheet, row, limit: this.limits.maxCellLength });
  }
}

export function mb(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
