// Reading a file in a thread of its own, with limits of time and memory: the server goes on answering, and a file made to harm ends
// its reader and nothing else. The next rows are worked out while the last ones are being stored, a few batches ahead at the most.
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
}

export interface Bounds {
  readonly seconds: number;
  readonly heapMb: number;
  readonly signal: AbortSignal;
}

/** Batches that the reader may be ahead of who takes them. */
export const AHEAD = 2;

export type Asked = { readonly kind: 'describe' } | { readonly kind: 'rows'; readonly tables: readonly TableMapping[] } | { readonly kind: 'more' };

export type Message =
  | { readonly kind: 'described'; readonly tables: unknown; readonly rows: number }
  | { readonly kind: 'rows'; readonly rows: readonly StagedRow[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly message: string };

/** A file in the hands of its thread. It is read once, however often it is asked; whoever opened it ends it. */
export class Reader {
  private readonly worker: Worker;
  private gone: unknown;
  /** Told when the thread ends by itself, while nobody asks or somebody does. */
  private broken: (error: unknown) => void = () => undefined;

  constructor(task: ReadingTask, private readonly heapMb: number) {
    this.worker = new Worker(workerFile('ledger'), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: heapMb }, stdout: false, stderr: false, env: {} });
    this.worker.on('error', (error) => this.end(outOfMemory(error) ? new Refusal('ledger.too_much_memory', { megabytes: heapMb }) : error));
    this.worker.on('exit', () => this.end(new Error('the reader ended without a word')));
    this.worker.unref();
  }

  /** What is in the file: its tables, their columns with proposals and questions, as plain data. */
  async describe(bounds: Bounds): Promise<{ tables: unknown; rows: number }> {
    let found: { tables: unknown; rows: number } | undefined;
    await this.ask({ kind: 'describe' }, bounds, async (message) => {
      if (message.kind === 'described') found = { tables: message.tables, rows: message.rows };
    });
    return found ?? refuse('ledger.unreadable', {});
  }

  /** The rows of the mapped tables, some hundred at a time and one after the other. */
  async rows(tables: readonly TableMapping[], bounds: Bounds, take: (rows: readonly StagedRow[]) => Promise<void>): Promise<void> {
    await this.ask({ kind: 'rows', tables }, bounds, async (message) => {
      if (message.kind !== 'rows') return;
      await take(message.rows);
      this.worker.postMessage({ kind: 'more' } satisfies Asked);
    });
  }

  close(): void {
    this.end(new Error('the reader was closed'));
  }

  private end(error: unknown): void {
    this.gone ??= error;
    this.broken(this.gone);
    void this.worker.terminate();
  }

  private ask(asked: Asked, bounds: Bounds, take: (message: Message) => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.gone !== undefined) return reject(this.gone);
      let taken: Promise<void> = Promise.resolve();
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        bounds.signal.removeEventListener('abort', abort);
        this.worker.off('message', hear);
        this.broken = () => undefined;
        settle();
      };
      const fail = (error: unknown): void => {
        finish(() => reject(error));
        this.end(error);
      };
      const abort = (): void => fail(new Refusal('ledger.cancelled'));
      const timer = setTimeout(() => fail(new Refusal('ledger.took_too_long', { seconds: bounds.seconds })), bounds.seconds * 1000);
      const hear = (message: Message): void => {
        if (message.kind === 'refused') return fail(new Refusal(message.code, message.details));
        if (message.kind === 'failed') return fail(new Error(message.message));
        taken = taken.then(() => (message.kind === 'done' ? finish(resolve) : take(message)));
        taken.catch(fail);
      };
      this.broken = (error) => finish(() => reject(error));
      bounds.signal.addEventListener('abort', abort);
      this.worker.on('message', hear);
      if (bounds.signal.aborted) abort();
      else this.worker.postMessage(asked);
    });
  }
}

function outOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
