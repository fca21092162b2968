// Cuts a stream of csv into its records without changing a byte: a quoted cell may hold line breaks and commas. Bytes are held one to a
// character, so that UTF-8 and GB18030 pass alike (neither has a comma, a quotation mark or a line break inside a character).

export interface RawRecord {
  /** The line on which the record begins, from 1. */
  readonly line: number;
  readonly text: string;
  /** The line break as it was, or nothing at the end of the file. */
  readonly end: string;
  /** A quotation mark was never closed: only this one line is given up. */
  readonly open: boolean;
}

/** No honest record is longer: a mark that is still open by then was forgotten. */
const LONGEST = 1_048_576;

/** Groups of records as they become whole. */
export async function* recordsOf(input: AsyncIterable<Buffer | string>): AsyncGenerator<readonly RawRecord[]> {
  const state: State = { text: '', from: 0, at: 0, quoted: false, mark: -1, line: 1 };
  for await (const chunk of input) {
    take(state, typeof chunk === 'string' ? Buffer.from(chunk).toString('latin1') : chunk.toString('latin1'));
    const records = wholeRecords(state, false);
    if (records.length > 0) yield records;
  }
  const last = wholeRecords(state, true);
  if (last.length > 0) yield last;
}

/** The cells of a record without their quotation marks. */
export function cellsOf(text: string): readonly string[] {
  if (!text.includes('"')) return text.split(',');
  const cells: string[] = [];
  for (let from = 0; from <= text.length;) {
    let [at, quoted] = [from, false];
    for (; at < text.length && (quoted || text[at] !== ','); at += 1) if (text[at] === '"') quoted = !quoted;
    const cell = text.slice(from, at).trim();
    cells.push(/^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    from = at + 1;
  }
  return cells;
}

interface State {
  text: string;
  /** Where the record that is being read begins, how far it was looked at, and whether a quotation mark is open there. */
  from: number;
  at: number;
  quoted: boolean;
  /** The next quotation mark from `at` on; -1: look for it, Infinity: there is none. */
  mark: number;
  line: number;
}

function take(state: State, more: string): void {
  state.text = state.text.slice(state.from) + more;
  state.at -= state.from;
  state.from = 0;
  state.mark = -1;
}

function wholeRecords(state: State, last: boolean): RawRecord[] {
  const records: RawRecord[] = [];
  for (;;) {
    const end = endOf(state);
    if (end >= 0) {
      records.push(cut(state, end, false));
      continue;
    }
    const open = state.quoted && (last || state.text.length - state.from > LONGEST);
    if (!open) break;
    const line = state.text.indexOf('\n', state.from);
    records.push(cut(state, line < 0 ? state.text.length : line, true));
  }
  if (last && state.from < state.text.length) records.push(cut(state, state.text.length, false));
  return records;
}

/** The line break that ends the record; -1 where it is not there yet. */
function endOf(state: State): number {
  const { text } = state;
  for (;;) {
    const line = text.indexOf('\n', state.at);
    const stop = line < 0 ? text.length : line;
    if (state.mark < state.at) state.mark = markFrom(text, state.at);
    while (state.mark < stop) {
      state.quoted = !state.quoted;
      state.mark = markFrom(text, state.mark + 1);
    }
    state.at = line < 0 ? stop : stop + 1;
    if (line < 0) return -1;
    if (!state.quoted) return line;
  }
}

function markFrom(text: string, at: number): number {
  const mark = text.indexOf('"', at);
  return mark < 0 ? Infinity : mark;
}

/** Takes the record up to a line break out of the text. */
function cut(state: State, end: number, open: boolean): RawRecord {
  const stop = end > state.from && state.text.charCodeAt(end - 1) === 13 ? end - 1 : end;
  const record = { line: state.line, text: state.text.slice(state.from, stop), end: state.text.slice(stop, end + 1), open };
  state.line += 1;
  for (let inside = record.text.indexOf('\n'); inside >= 0; inside = record.text.indexOf('\n', inside + 1)) state.line += 1;
  state.from = Math.min(end + 1, state.text.length);
  state.at = state.from;
  state.quoted = false;
  if (open) state.mark = -1;
  return record;
}
