// The reader of the import that a person is looking at stays open between the mapping and the preview, so that a file is read once. One at
// a time, of files of ordinary size, and not for ever: a large one would hold its memory while somebody is at lunch.
import { Reader, type ReadingTask } from './reading.ts';

const KEPT_ROWS = 20_000;
const KEPT_MS = 10 * 60_000;

let open: { readonly importId: string; readonly reader: Reader; kept: NodeJS.Timeout | undefined } | undefined;

export function openReader(importId: string, task: ReadingTask, heapMb: number): Reader {
  close();
  const reader = new Reader(task, heapMb);
  open = { importId, reader, kept: undefined };
  return reader;
}

export function keptReader(importId: string): Reader | undefined {
  return open?.importId === importId ? open.reader : undefined;
}

/** Leaves the reader open for the next step of the same import. */
export function keepReader(importId: string, rows: number): void {
  if (open?.importId !== importId || rows > KEPT_ROWS) return;
  clearTimeout(open.kept);
  open.kept = setTimeout(close, KEPT_MS).unref();
}

/** Ends the reader of an import, or whatever is open, unless it is to be kept. */
export function closeReader(importId?: string): void {
  if (open === undefined || (importId !== undefined && (open.importId !== importId || open.kept !== undefined))) return;
  close();
}

function close(): void {
  clearTimeout(open?.kept);
  open?.reader.close();
  open = undefined;
}
