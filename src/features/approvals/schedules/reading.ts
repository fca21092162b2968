// Reading a contractor's file in a thread of its own, with limits of time and memory: the server goes on answering, and a file made to harm
// ends its reader and nothing else. Few are read at once; the others wait their turn, and too many are refused.
import { askThread, turnstile, type ThreadBounds } from '../../../platform/thread.ts';
import type { Summary, TaskRow } from './rows.ts';

export interface ReadingTask {
  readonly path: string;
}

export type Message = { readonly kind: 'rows'; readonly rows: readonly TaskRow[] } | { readonly kind: 'done'; readonly summary: Summary };

export interface Kept {
  readonly summary: Summary;
  readonly rows: readonly TaskRow[];
}

/** A programme of 20,000 tasks takes some seconds and 300 MB. A browser waits 30 seconds for an answer. */
export const READING: ThreadBounds = { seconds: 25, heapMb: 768 };
const inTurn = turnstile(2, 20, 'schedules.busy');

/**
 * What is kept of the file. Refuses what the reader and the engine refuse, `schedules.took_too_long`, `schedules.too_much_memory`, and
 * `schedules.busy` where too many wait already.
 */
export async function readFile(path: string, bounds: ThreadBounds = READING): Promise<Kept> {
  const rows: TaskRow[] = [];
  const task: ReadingTask = { path };
  return inTurn(() => askThread<Message, Kept>({
    worker: 'schedule', task, bounds, codes: { time: 'schedules.took_too_long', memory: 'schedules.too_much_memory' },
    hear: (message) => {
      if (message.kind === 'done') return { summary: message.summary, rows };
      rows.push(...message.rows);
      return undefined;
    },
  }));
}
