// From a sheet to tables: headings, columns with proposals, rows, questions. Nothing is decided here that a person could see
// otherwise; apply.ts turns rows into values once a mapping is settled.
import type { Sheet, Workbook } from '../../../kernel/sheet.ts';
import { ColumnSight, keyColumns, proposeColumns, questionsFor } from './columns.ts';
import { findTables, type Block } from './headings.ts';
import { tableRows, verticalsOf, type Verticals } from './rows.ts';
import type { Ledger, LedgerSheet, LedgerTable, ReadOptions, RowKind } from './shape.ts';

/** Reads every visible sheet. The tables refer to the workbook: keep it as long as their rows are wanted. */
export function readLedger(workbook: Workbook, options: ReadOptions): Ledger {
  const sheets = workbook.sheets.map((sheet, number): LedgerSheet => {
    if (sheet.hidden && options.hiddenSheets !== true) return { name: sheet.name, hidden: true, tables: [] };
    const verticals = verticalsOf(sheet);
    const tables = findTables(sheet).map((block) => readTable(sheet, block, { verticals, number, date1904: workbook.date1904, asShown: workbook.format !== 'xlsx', sampleRows: options.sampleRows ?? 400 }));
    return { name: sheet.name, hidden: sheet.hidden, tables: tables.filter((table) => table.counts.data > 0) };
  });
  return { format: workbook.format, encoding: workbook.encoding, sheets };
}

interface Place {
  readonly verticals: Verticals;
  readonly number: number;
  readonly date1904: boolean;
  readonly asShown: boolean;
  readonly sampleRows: number;
}

function readTable(sheet: Sheet, block: Block, place: Place): LedgerTable {
  const keys = keyColumns(block);
  const counts: Record<RowKind, number> = { data: 0, subtotal: 0, category: 0, heading: 0, note: 0, blank: 0 };
  const sights = new Map<number, ColumnSight>();
  const stride = Math.max(1, Math.floor((block.to - block.from) / place.sampleRows));
  let firstRow = 0;
  let lastRow = 0;
  for (const row of tableRows(sheet, block, keys, place.verticals)) {
    counts[row.kind] += 1;
    if (firstRow === 0) firstRow = row.row;
    lastRow = row.row;
    if (row.kind !== 'data') continue;
    const sampled = counts.data <= 50 || counts.data % stride === 0;
    for (const cell of row.cells.values()) {
      let sight = sights.get(cell.column);
      if (sight === undefined) sights.set(cell.column, (sight = new ColumnSight()));
      sight.see(cell);
      if (sampled) sight.sample(cell, block.year);
    }
  }
  const columns = proposeColumns(block, sights);
  return {
    id: `s${place.number + 1}r${block.headingRows[0] ?? 0}`,
    sheet: sheet.name,
    titleRows: block.titleRows, titles: block.titles, headingRows: block.headingRows,
    firstRow, lastRow, unit: block.unit, year: block.year, columns, counts,
    date1904: place.date1904, asShown: place.asShown,
    likely: columns.some(({ proposal }) => (proposal.field === 'name' || proposal.field === 'code' || proposal.field === 'externalCodes') && proposal.confidence >= 0.6),
    questions: questionsFor(columns, block, counts),
    rows: () => tableRows(sheet, block, keys, place.verticals),
  };
}
