// Reading tables that are text: .csv in UTF-8 or GB18030 with comma, semicolon or tab; a table pasted from a spreadsheet or a
// document. Cells stay the text that they are: what is a number or a date is decided later, with the heading in view.
import { parse } from 'csv-parse/sync';
import { Refusal, refuse } from '../../kernel/refuse.ts';
import type { Workbook } from '../../kernel/sheet.ts';
import { Grid, Texts } from './grid.ts';
import type { Budget } from './limits.ts';
import { unguarded } from './writecsv.ts';

export function readCsv(bytes: Buffer, name: string, budget: Budget): Workbook {
  const { text, encoding } = decoded(bytes, name);
  return readDelimited(text, name, encoding, 'csv', budget);
}

/** A pasted table: tab separated as spreadsheets give it, a Markdown table, or any csv. */
export function readPasted(text: string, name: string, budget: Budget): Workbook {
  if (Buffer.byteLength(text) > budget.limits.maxBytes) refuse('ledger.too_large', { limitMb: Math.round(budget.limits.maxBytes / 1024 / 1024) });
  const lines = text.split(/\r?\n/);
  const piped = lines.filter((line) => /^\s*\|.*\|\s*$/.test(line));
  if (piped.length >= 2 && piped.length >= lines.filter((line) => line.trim() !== '').length * 0.6) return readMarkdown(lines, name, budget);
  return readDelimited(text.replace(/^\ufeff/, ''), name, null, 'text', budget);
}

function readDelimited(text: string, name: string, encoding: string | null, format: 'csv' | 'text', budget: Budget): Workbook {
  const declared = /^sep=(.)\r?\n/.exec(text);
  const body = declared === null ? text : text.slice(declared[0].length);
  const delimiter = declared?.[1] ?? delimiterOf(body);
  const grid = new Grid({ name, hidden: false, texts: new Texts(), date1904: false });
  let row = declared === null ? 0 : 1;
  const onRecord = (record: string[]): null => {
    row += 1;
    for (let column = 0; column < record.length; column += 1) {
      const cell = record[column] ?? '';
      if (cell === '') continue;
      budget.cell(name, row, column, cell.length);
      grid.addText(column, unguarded(cell));
    }
    budget.row(grid.endRow(row, false));
    return null;
  };
  try {
    parse(body, {
      delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: false, bom: true, record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: budget.limits.maxCellLength * 8, on_record: onRecord,
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'CSV_MAX_RECORD_SIZE') refuse('ledger.cell_too_long', { sheet: name, row: row + 1, limit: budget.limits.maxCellLength });
    if (code.startsWith('CSV_')) refuse('ledger.damaged_csv', { row: row + 1, reason: code.slice(4).toLowerCase() });
    throw error;
  }
  return { format, date1904: false, sheets: [grid], encoding, delimiter };
}

function readMarkdown(lines: readonly string[], name: string, budget: Budget): Workbook {
  const grid = new Grid({ name, hidden: false, texts: new Texts(), date1904: false });
  lines.forEach((line, index) => {
    const trimmed = line.trim();
    if (!trimmed.startsWith('|')) grid.addText(0, trimmed);
    else if (!/^\|(?:\s*:?-{2,}:?\s*\|)+$/.test(trimmed)) {
      const cells = trimmed.slice(1, trimmed.endsWith('|') ? -1 : undefined).split(/(?<!\\)\|/);
      cells.forEach((cell, column) => {
        budget.cell(name, index + 1, column, cell.length);
        grid.addText(column, cell.trim().replace(/\\\|/g, '|').replace(/<br\s*\/?>/gi, '\n'));
      });
    }
    budget.row(grid.endRow(index + 1, false));
  });
  return { format: 'text', date1904: false, sheets: [grid], encoding: null, delimiter: '|' };
}

/** A byte order mark decides; else what is valid UTF-8 is UTF-8; else GB18030, in which a strange byte is a refusal, not a guess. */
function decoded(bytes: Buffer, name: string): { text: string; encoding: string } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { text: bytes.toString('utf8', 3), encoding: 'utf-8' };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16be' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    const text = new TextDecoder('gb18030').decode(bytes);
    const strange = text.match(/\ufffd/g)?.length ?? 0;
    if (strange > 0 && strange > text.length * 0.001) refuse('ledger.unknown_encoding', { name });
    return { text, encoding: 'gb18030' };
  }
}

/** The separator that cuts the first lines into the most even number of parts. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 64 * 1024);
  let best = ',';
  let bestScore = 0;
  for (const candidate of ['\t', ',', ';', '|']) {
    const counts = countsPerRecord(head, candidate);
    const filled = counts.filter((count) => count > 0);
    if (filled.length === 0) continue;
    const usual = [...filled].sort((a, b) => a - b)[Math.floor(filled.length / 2)] ?? 0;
    const even = filled.filter((count) => count === usual).length / counts.length;
    const score = even * 10 + Math.min(usual, 30) / 10;
    if (score > bestScore) [best, bestScore] = [candidate, score];
  }
  return best;
}

function countsPerRecord(head: string, delimiter: string): number[] {
  const counts: number[] = [];
  let count = 0;
  let quoted = false;
  let any = false;
  for (let i = 0; i < head.length && counts.length < 60; i += 1) {
    const char = head[i];
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === delimiter) count += 1;
    else if (!quoted && (char === '\n' || char === '\r')) {
      if (any) counts.push(count);
      count = 0;
      any = false;
      continue;
    }
    if (char !== '\r' && char !== '\n') any = true;
  }
  if (any && head.length < 64 * 1024) counts.push(count);
  return counts;
}
