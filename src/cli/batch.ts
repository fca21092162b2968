// A table of starts and counts, row by row, with the deadline added. Streams: holds a block and a record, never the file. Each record goes out
// byte for byte as it came in, whatever its encoding; a row that cannot be counted goes out too, without a deadline.
import type { Writable } from 'node:stream';
import { dayOfNumber, LAST_DAY, numberOfDay } from '../kernel/epoch.ts';
import type { RefusalDetails } from '../kernel/refuse.ts';
import type { WorkCalendar } from '../kernel/workdays.ts';
import { cellsOf, recordsOf, type RawRecord } from './records.ts';

/** What is wrong with a row or a table: a key of the words under `workdays`. */
export interface Fault {
  readonly key: string;
  readonly details: RefusalDetails;
}

export interface BadRow extends Fault {
  /** The line of the file on which the row begins; the heading is on line 1. */
  readonly line: number;
}

export interface Counted {
  readonly rows: number;
  readonly bad: number;
  /** Why nothing was counted: the heading lacks a column, the file is empty. */
  readonly fault: Fault | null;
}

const OUT_BLOCK = 262_144;
const START = 'start';
const COUNT = 'working_days';
const ADDED = ['deadline', 'provisional'] as const;

/** Reads csv with the columns `start` and `working_days` and writes it with `deadline` and `provisional` (true, false) added, in order. */
export async function countRows(input: AsyncIterable<Buffer | string>, out: Writable, calendar: WorkCalendar, complain: (row: BadRow) => void): Promise<Counted> {
  let head: Head | undefined;
  let [rows, bad, held] = [0, 0, ''];
  for await (const records of recordsOf(input)) {
    for (const record of records) {
      if (record.text === '' && head !== undefined) {
        held += record.end;
        continue;
      }
      if (head === undefined) {
        const found = headIn(record);
        if ('key' in found) return { rows: 0, bad: 0, fault: found };
        head = found;
        held += `${record.text},${ADDED.join(',')}${record.end === '' ? '\n' : record.end}`;
        continue;
      }
      rows += 1;
      const answer = answerFor(record, head, calendar);
      if (typeof answer === 'string') held += `${record.text}${answer}${record.end}`;
      else {
        bad += 1;
        complain({ line: record.line, ...answer });
        held += `${record.text}${','.repeat(Math.max(0, head.columns - cellsOf(record.text).length))},,${record.end}`;
      }
    }
    if (held.length < OUT_BLOCK) continue;
    if (!(await written(out, held))) return { rows, bad, fault: null };
    held = '';
  }
  await written(out, held);
  return { rows, bad, fault: head === undefined ? { key: 'empty_file', details: {} } : null };
}

interface Head {
  readonly columns: number;
  readonly start: number;
  readonly count: number;
}

function headIn(record: RawRecord): Head | Fault {
  const names = cellsOf(record.text.replace(/^\u00ef\u00bb\u00bf/, '')).map((cell) => cell.trim().toLowerCase());
  const taken = ADDED.find((name) => names.includes(name));
  if (taken !== undefined) return { key: 'column_taken', details: { name: taken } };
  const [start, count] = [names.indexOf(START), names.indexOf(COUNT)];
  if (start < 0 || count < 0) return { key: 'no_column', details: { name: start < 0 ? START : COUNT } };
  return { columns: names.length, start, count };
}

/** The cells that are added, or what is wrong. */
function answerFor(record: RawRecord, head: Head, calendar: WorkCalendar): string | Fault {
  if (record.open) return { key: 'unclosed_quote', details: {} };
  const cells = cellsOf(record.text);
  if (cells.length !== head.columns) return { key: 'column_count', details: { cells: cells.length, columns: head.columns } };
  const startText = (cells[head.start] ?? '').trim();
  const start = numberOfDay(startText);
  if (start === undefined) return { key: 'refusal.not_a_day', details: { day: readable(startText) } };
  const countText = (cells[head.count] ?? '').trim();
  if (!/^\d{1,9}$/.test(countText)) return { key: 'refusal.bad_count', details: { count: readable(countText) } };
  const day = calendar.numbers.add(start, Number(countText));
  if (day > LAST_DAY) return { key: 'refusal.out_of_range', details: {} };
  return `,${dayOfNumber(day)},${String(calendar.numbers.provisionalBetween(start, day))}`;
}

/** Bytes stand in the records one to a character. */
function readable(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8').slice(0, 40);
}

/** Waits until the block has left; false where nobody reads any more. */
async function written(out: Writable, text: string): Promise<boolean> {
  if (text === '') return true;
  return new Promise((resolve) => out.write(text, 'latin1', (error) => resolve(error === null || error === undefined)));
}
