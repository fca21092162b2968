// The reading of a contractor's schedule in its own thread: reads the file, computes it, and hands over what is kept of it some hundred rows at
// a time. Knows no database and no network; all it can do is answer or die.
import { readFileSync, statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { refuse } from '../../../kernel/refuse.ts';
import { failedBy, type Failed } from '../../../platform/thread.ts';
import { MOST_BYTES } from './limits.ts';
import { readSchedule } from './read.ts';
import type { Message, ReadingTask } from './reading.ts';
import { keptOf } from './rows.ts';

const BATCH = 1000;
const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');
const say = (message: Message | Failed): void => port.postMessage(message);

// The task comes from our own process.
const { path } = workerData as ReadingTask;

try {
  if (statSync(path).size > MOST_BYTES) refuse('schedules.too_large', { limitMb: MOST_BYTES / 1024 / 1024 });
  const { summary, rows } = keptOf(readSchedule(readFileSync(path)));
  for (let at = 0; at < rows.length; at += BATCH) say({ kind: 'rows', rows: rows.slice(at, at + BATCH) });
  say({ kind: 'done', summary });
} catch (error) {
  say(failedBy(error));
}
