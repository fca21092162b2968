// The reading of a list of policies in its own thread: opens the workbook and gives the rows of its first sheet as texts. Knows no database and no
// network; all it can do is answer or die.
import { parentPort, workerData } from 'node:worker_threads';
import { readWorkbook } from '../../../platform/sheets/read.ts';
import { failedBy, type Failed } from '../../../platform/thread.ts';
import type { ListTask, Message } from './listing.ts';
import type { TextRow } from './table.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');
const say = (message: Message | Failed): void => port.postMessage(message);

// The task comes from our own process.
const { fileName, path, text, limits } = workerData as ListTask;

try {
  const book = await readWorkbook(path === null ? { name: fileName, text } : { name: fileName, path }, { limits });
  const sheet = book.sheets.find((one) => !one.hidden) ?? book.sheets[0];
  const rows: TextRow[] = [];
  for (let i = 0; i < (sheet?.rowCount ?? 0); i += 1) {
    const row = sheet?.at(i);
    if (row === undefined) continue;
    const cells: string[] = [];
    for (const cell of row.cells) {
      while (cells.length < cell.column) cells.push('');
      cells[cell.column] = cell.text;
    }
    rows.push({ row: row.row, cells });
  }
  say({ kind: 'rows', rows });
} catch (error) {
  say(failedBy(error));
}
