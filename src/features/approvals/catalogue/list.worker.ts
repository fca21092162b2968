// The reading of an office's list of items in its own thread: opens the workbook, finds the items and lays them beside those of the catalogue.
// Knows no database and no network; all it can do is answer or die.
import { parentPort, workerData } from 'node:worker_threads';
import { readWorkbook } from '../../../platform/sheets/read.ts';
import { failedBy, type Failed } from '../../../platform/thread.ts';
import { matchList, readList } from './cataloguefile.ts';
import type { ListTask, Message } from './listing.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');
const say = (message: Message | Failed): void => port.postMessage(message);

// The task comes from our own process.
const { fileName, path, text, limits, items } = workerData as ListTask;

try {
  const source = path === null ? { name: fileName, text } : { name: fileName, path };
  say({ kind: 'matched', rows: matchList(items, readList(await readWorkbook(source, { limits }), fileName)) });
} catch (error) {
  say(failedBy(error));
}
