// Reading a contractor's file in a thread of its own, with limits of time and memory: the server goes on answering, and a file made to harm
// ends its reader and nothing else. Few are read at once; the others wait their turn, and too many are refused.
import { Worker } from 'node:worker_threads';
import { refuse, Refusal } from '../../../kernel/refuse.ts';
import { workerFile } from '../../../platform/workers.ts';
import type { Summary, TaskRow } from './rows.ts';

export interface ReadingTask {
  readonly path: string;
}

export interface Bounds {
  readonly seconds: number;
  readonly heapMb: number;
}

export type Message =
  | { readonly kind: 'rows'; readonly rows: readonly TaskRow[] }
  | { readonly kind: 'done'; readonly summary: Summary }
  | { readonly kind: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly message: string };

export interface Kept {
  readonly summary: Summary;
  readonly rows: readonly TaskRow[];
}

/** A programme of 20,000 tasks takes some seconds and 300 MB. A browser waits 30 seconds for an answer. */
export const READING: Bounds = { seconds: 25, heapMb: 768 };
const AT_ONCE = 2;
const WAITING = 20;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * What is kept of the file. Refuses what the reader and the engine refuse, `schedules.took_too_long`, `schedules.too_much_memory`, and
 * `schedules.busy` where too many wait already.
 */
export async function readFile(path: string, bounds: Bounds = READING): Promise<Kept> {
  if (running >= AT_ONCE && waiting.length >= WAITING) refuse('schedules.busy');
  if (running >= AT_ONCE) await new Promise<void>((resolve) => void waiting.push(resolve));
  else running += 1;
  try {
    return await inThread({ path }, bounds);
  } finally {
    // The place goes to the next one, or is free.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function inThread(task: ReadingTask, { seconds, heapMb }: Bounds): Promise<Kept> {
  const worker = new Worker(workerFile('schedule'), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: heapMb }, stdout: false, stderr: false, env: {} });
  return new Promise<Kept>((resolve, reject) => {
    const rows: TaskRow[] = [];
    const timer = setTimeout(() => reject(new Refusal('schedules.took_too_long', { seconds })), seconds * 1000);
    worker.on('message', (message: Message) => {
      switch (message.kind) {
        case 'rows': return void rows.push(...message.rows);
        case 'done': return resolve({ summary: message.summary, rows });
        case 'refused': return reject(new Refusal(message.code, message.details));
        case 'failed': return reject(new Error(message.message));
      }
    });
    worker.on('error', (error) => reject(outOfMemory(error) ? new Refusal('schedules.too_much_memory', { megabytes: heapMb }) : error));
    worker.on('exit', () => reject(new Error('the reader ended without a word')));
    worker.once('exit', () => clearTimeout(timer));
  }).finally(() => worker.terminate());
}

function outOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
