// A question to a thread of its own, with limits of time and memory: the server goes on answering, and a file made to harm ends its reader and
// nothing else. Knows nothing of what is asked.
import { Worker } from 'node:worker_threads';
import { refuse, Refusal } from '../kernel/refuse.ts';
import { workerFile } from './workers.ts';

export interface ThreadBounds {
  readonly seconds: number;
  readonly heapMb: number;
}

/** What every worker may say beside its answer. */
export type Failed =
  | { readonly kind: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly message: string };

/** What a worker says of what it could not do. */
export function failedBy(error: unknown): Failed {
  return error instanceof Refusal ? { kind: 'refused', code: error.code, details: error.details } : { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export interface Asking<Said, Answer> {
  /** NAME.worker.ts */
  readonly worker: string;
  readonly task: unknown;
  readonly bounds: ThreadBounds;
  /** Codes of what is refused: `{seconds}`, `{megabytes}`. */
  readonly codes: { readonly time: string; readonly memory: string };
  /** Called with everything that it says; the answer once it is whole. */
  readonly hear: (said: Said) => Answer | undefined;
}

/** Starts the thread, hears it out and ends it. Refuses what it refuses, and by the codes given where it takes too long or too much. */
export function askThread<Said extends { readonly kind: string }, Answer>({ worker: name, task, bounds: { seconds, heapMb }, codes, hear }: Asking<Said, Answer>): Promise<Answer> {
  const worker = new Worker(workerFile(name), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: heapMb }, stdout: false, stderr: false, env: {} });
  return new Promise<Answer>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Refusal(codes.time, { seconds })), seconds * 1000);
    worker.on('message', (message: Said | Failed) => {
      if (isFailed(message)) return reject(message.kind === 'refused' ? new Refusal(message.code, message.details) : new Error(message.message));
      const answer = hear(message);
      if (answer !== undefined) resolve(answer);
    });
    worker.on('error', (error) => reject(outOfMemory(error) ? new Refusal(codes.memory, { megabytes: heapMb }) : error));
    worker.on('exit', () => reject(new Error('the thread ended without a word')));
    worker.once('exit', () => clearTimeout(timer));
  }).finally(() => worker.terminate());
}

function isFailed(message: { readonly kind: string }): message is Failed {
  return message.kind === 'refused' || message.kind === 'failed';
}

function outOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** A few at once, the others wait their turn, and too many are refused by the code. */
export function turnstile(atOnce: number, mostWaiting: number, busy: string): <Result>(act: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (running >= atOnce && waiting.length >= mostWaiting) refuse(busy, {});
    if (running >= atOnce) await new Promise<void>((resolve) => void waiting.push(resolve));
    else running += 1;
    try {
      return await act();
    } finally {
      // The place goes to the next one, or is free.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
