// Writing csv that spreadsheets open rightly: UTF-8 with its mark, quotes where needed, and a guard in front of text that would
// run as a formula. The guard is taken off again by our own reading, so that an export imports unchanged.
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { wellFormed } from '../../kernel/text.ts';
import { looksLikeFormula } from './write.ts';

export type CsvCell = string | number | boolean | null;

export async function writeCsv(out: Writable, rows: Iterable<readonly CsvCell[]> | AsyncIterable<readonly CsvCell[]>): Promise<void> {
  let held = '\ufeff';
  for await (const row of rows) {
    held += `${row.map(csvCell).join(',')}\r\n`;
    if (held.length < 65_536) continue;
    if (!out.write(held)) await once(out, 'drain');
    held = '';
  }
  if (held !== '' && !out.write(held)) await once(out, 'drain');
}

/** Numbers are written as they are; text that begins like a formula gets an apostrophe in front, and so does text that has one there. */
export function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = wellFormed(cell);
  const guarded = looksLikeFormula(text.replace(/^'+/, '')) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) || /^\s|\s$/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
}

/** Takes the guard off again. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && looksLikeFormula(cell.replace(/^'+/, '')) ? cell.slice(1) : cell;
}
