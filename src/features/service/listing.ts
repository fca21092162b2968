// A list as a file: the rows that the reader sees under his filters, in their order. Text leaves as text: nothing in it may run as a formula.
import { PassThrough } from 'node:stream';
import { csvRows, sheetRows, type ListCell } from '../../platform/sheets/titled.ts';
import { writeXlsx } from '../../platform/sheets/write.ts';
import { writeCsv } from '../../platform/sheets/writecsv.ts';

export interface FileOf<Row> {
  readonly title: string;
  readonly sheet: string;
  readonly format: 'xlsx' | 'csv' | undefined;
  readonly day: string;
  readonly columns: readonly { readonly heading: string; readonly width: number; readonly value: (row: Row) => ListCell }[];
  /** A page of the list, as the page in the browser reads it. */
  readonly read: (after: string | undefined) => Promise<{ readonly items: readonly Row[]; readonly next: string | null }>;
}

/** Reads page after page while it is written. */
export function fileOf<Row>(file: FileOf<Row>): { fileName: string; mediaType: string; content: PassThrough } {
  const format = file.format ?? 'xlsx';
  const content = new PassThrough();
  const rows = rowsOf(file);
  void write(content, format, file, rows).then(() => content.end(), (error: unknown) => content.destroy(error instanceof Error ? error : new Error(String(error))));
  return {
    fileName: `${file.sheet}-${file.day}.${format}`, content,
    mediaType: format === 'xlsx' ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv; charset=utf-8',
  };
}

export const dayCell = (value: string | null): ListCell => (value === null ? null : { day: value });
export const wanCell = (fen: number | null): ListCell => (fen === null ? null : fen / 1_000_000);

async function* rowsOf<Row>({ read, columns }: FileOf<Row>): AsyncGenerator<ListCell[]> {
  for (let after: string | undefined; ;) {
    const { items, next } = await read(after);
    for (const row of items) yield columns.map((column) => column.value(row));
    if (next === null) return;
    after = next;
  }
}

async function write<Row>(out: PassThrough, format: 'xlsx' | 'csv', { title, sheet, columns }: FileOf<Row>, rows: AsyncIterable<ListCell[]>): Promise<void> {
  const headings = columns.map((column) => column.heading);
  if (format === 'csv') return writeCsv(out, csvRows(title, headings, rows));
  await writeXlsx(out, [{ name: sheet, widths: columns.map((column) => column.width), freeze: { rows: 2, columns: 1 }, merges: [{ top: 1, left: 0, bottom: 1, right: columns.length - 1 }], rows: sheetRows(title, headings, rows) }]);
}
