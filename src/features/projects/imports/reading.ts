// Reading a file in a thread of its own, with limits of time and memory: the server goes on answering, and a file made to harm ends
// its reader and nothing else. Backpressure: the next rows are read when the last ones have been taken.
import { Worker } from 'node:worker_threads';
import { refuse, Refusal } from '../../../kernel/refuse.ts';
import type { SheetLimits } from '../../../platform/sheets/read.ts';
import { workerFile } from '../../../platform/workers.ts';
import type { TableMapping } from './mapping.ts';
import type { StagedRow } from './row.ts';

export interface ReadingTask {
  readonly path: string;
  readonly fileName: string;
  readonly source: 'xlsx' | 'csv' | 'paste';
  readonly today: string;
  readonly limits: SheetLimits;
  /** Without: the file is described. With: its rows are given. */
  readonly tables?: readonly TableMapping[];
}

export interface Bounds {
  readonly seconds: number;
  readonly heapMb: number;
  readonly signal: AbortSignal;
}

type Message =
  | { readonly kind: 'described'; readonly tables: unknown; readonly rows: number }
  | { readonly kind: 'rows'; readonly rows: readonly StagedRow[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly message: string };

/** What is in the file: its tables, their columns with proposals and questions, as plain data. */
export async function describe(task: ReadingTask, bounds: Bounds): Promise<{ tables: unknown; rows: number }> {
  let found: { tables: unknown; rows: number } | undefined;
  await work(task, bounds, async (message) => {
    if (message.kind === 'described') found = { tables: message.tables, rows: message.rows };
  });
  return found ?? refuse('ledger.unreadable', {});
}

/** The rows of the mapped tables, some hundred at a time; `take` is awaited before more are read. */
export async function readRows(task: ReadingTask, bounds: Bounds, take: (rows: readonly StagedRow[]) => Promise<void>): Promise<void> {
  await work(task, bounds, async (message) => {
    if (message.kind === 'rows') await take(message.rows);
  });
}

function work(task: ReadingTask, bounds: Bounds, take: (message: Message) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile('ledger'), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: bounds.heapMb }, stdout: false, stderr: false, env: {} });
    const end = (finish: () => void): void => {
      clearTimeout(timer);
      bounds.signal.removeEventListener('abort', abort);
      void worker.terminate();
      finish();
    };
    const abort = (): void => end(() => reject(new Refusal('ledger.cancelled')));
    const timer = setTimeout(() => end(() => reject(new Refusal('ledger.took_too_long', { seconds: bounds.seconds }))), bounds.seconds * 1000);
    bounds.signal.addEventListener('abort', abort);
    if (bounds.signal.aborted) abort();
    worker.on('message', (message: Message) => {
      if (message.kind === 'refused') return end(() => reject(new Refusal(message.code, message.details)));
      if (message.kind === 'failed') return end(() => reject(new Error(message.message)));
      if (message.kind === 'done') return end(resolve);
      return void take(message).then(() => worker.postMessage('more'), (error: unknown) => end(() => reject(error)));
    });
    worker.on('error', (error) => end(() => reject(outOfMemory(error) ? new Refusal('ledger.too_much_memory', { megabytes: bounds.heapMb }) : error)));
    worker.on('exit', () => end(() => reject(new Error('the reader ended without a word'))));
  });
}

function outOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
