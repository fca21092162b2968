// The rows of a list as it is given away: its title, its headings, its lines, for a sheet and for text. Holds no more than one line at a time.
import type { OutCell, OutRow } from './write.ts';
import type { CsvCell } from './writecsv.ts';

/** What stands in a cell of a list; a day is one, not a text; a number may say how it is shown. */
export type ListCell = string | number | { readonly day: string } | { readonly number: number; readonly format: 'general' | 'decimal1' | 'decimal2' } | null;

export async function* sheetRows(title: string, headings: readonly string[], rows: AsyncIterable<readonly ListCell[]>): AsyncGenerator<OutRow> {
  yield { cells: [title], look: 'title', height: 28 };
  yield { cells: [...headings], look: 'heading' };
  for await (const row of rows) yield { cells: row.map((cell): OutCell => (typeof cell === 'string' ? { text: cell } : cell)) };
}

export async function* csvRows(title: string, headings: readonly string[], rows: AsyncIterable<readonly ListCell[]>): AsyncGenerator<CsvCell[]> {
  yield [title];
  yield [...headings];
  for await (const row of rows) yield row.map((cell) => (typeof cell !== 'object' || cell === null ? cell : 'day' in cell ? cell.day : cell.number));
}
