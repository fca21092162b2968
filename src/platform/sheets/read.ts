// The one way to read a table from a file or from pasted text. What it is given is hostile until shown otherwise: it is judged by
// content, held to limits before and while it is unpacked, and refused by code. Meant for a worker thread: parsing is busy work.
import { open, readFile } from 'node:fs/promises';
import { refuse } from '../../kernel/refuse.ts';
import type { Workbook } from '../../kernel/sheet.ts';
import { readCsv, readPasted } from './csv.ts';
import { Budget, LIMITS, mb, type SheetLimits } from './limits.ts';
import { sniff } from './sniff.ts';
import { readXlsx } from './xlsx.ts';

export type { SheetLimits } from './limits.ts';
export { LIMITS } from './limits.ts';

/** `name` is what the person calls the file: it is shown, never trusted. */
export type SheetSource =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly bytes: Buffer }
  | { readonly name: string; readonly text: string };

export interface SheetReading {
  readonly limits?: Partial<SheetLimits>;
  readonly signal?: AbortSignal;
}

export async function readWorkbook(source: SheetSource, reading: SheetReading = {}): Promise<Workbook> {
  const budget = new Budget({ ...LIMITS, ...reading.limits }, reading.signal);
  if ('text' in source) {
    if (source.text.trim() === '') refuse('ledger.empty_file', { name: source.name });
    return readPasted(source.text, source.name, budget);
  }
  const { head, size } = 'path' in source ? await headOf(source.path) : { head: source.bytes, size: source.bytes.length };
  if (size > budget.limits.maxBytes) refuse('ledger.too_large', { name: source.name, limitMb: mb(budget.limits.maxBytes) });
  const kind = sniff(head, source.name);
  if (kind === 'zip') return readXlsx('path' in source ? { path: source.path } : { bytes: source.bytes }, budget);
  const bytes = 'path' in source ? await readFile(source.path) : source.bytes;
  return readCsv(bytes, source.name, budget);
}

const HEAD = 1024 * 1024;

/** The first and the last megabyte: the directory of an OLE file may stand at either end. */
async function headOf(path: string): Promise<{ head: Buffer; size: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, 2 * HEAD));
    await file.read(head, 0, Math.min(size, HEAD), 0);
    if (size > HEAD) await file.read(head, HEAD, head.length - HEAD, Math.max(HEAD, size - HEAD));
    return { head, size };
  } finally {
    await file.close();
  }
}
