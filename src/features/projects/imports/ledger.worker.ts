// The reading of a ledger in its own thread: opens the file once, says what tables it has, and gives their rows as often as it is asked.
// Knows no database and no network; all it can do is answer or die.
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../../../kernel/refuse.ts';
import { initials } from '../../../platform/pinyin.ts';
import { readWorkbook } from '../../../platform/sheets/read.ts';
import { applyMapping } from '../ledger/apply.ts';
import { readLedger } from '../ledger/read.ts';
import type { Ledger, LedgerTable } from '../ledger/shape.ts';
import type { TableMapping } from './mapping.ts';
import { AHEAD, type Asked, type Message, type ReadingTask } from './reading.ts';
import { stage, type StagedRow } from './row.ts';

const BATCH = 500;
const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');

// The task comes from our own process.
const task = workerData as ReadingTask;
const file = open();
/** How many batches may still be handed over before one has been taken. */
let room = AHEAD;
let goOn: () => void = () => undefined;

port.on('message', (asked: Asked) => {
  if (asked.kind === 'more') {
    room += 1;
    return goOn();
  }
  room = AHEAD;
  void answer(asked).then(
    () => say({ kind: 'done' }),
    (error: unknown) => say(error instanceof Refusal ? { kind: 'refused', code: error.code, details: error.details } : { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});

async function open(): Promise<Ledger> {
  const source = task.source === 'paste' ? { name: task.fileName, text: readFileSync(task.path, 'utf8') } : { name: task.fileName, path: task.path };
  return readLedger(await readWorkbook(source, { limits: task.limits }), { today: task.today });
}
file.catch(() => undefined); // told to whoever asks

async function answer(asked: Exclude<Asked, { kind: 'more' }>): Promise<void> {
  const tables = (await file).sheets.flatMap((sheet) => [...sheet.tables]);
  if (asked.kind === 'rows') return give(tables, asked.tables);
  if (tables.length === 0) throw new Refusal('ledger.no_table', {});
  say({ kind: 'described', tables: tables.map(({ rows: _rows, ...found }) => found), rows: tables.reduce((sum, table) => sum + table.counts.data, 0) });
}

async function give(tables: readonly LedgerTable[], mappings: readonly TableMapping[]): Promise<void> {
  let batch: StagedRow[] = [];
  for (const table of tables) {
    const mapping = mappings.find((one) => one.id === table.id && one.use);
    if (mapping === undefined) continue;
    for (const record of applyMapping(table, { columns: mapping.columns, year: mapping.year, level: mapping.level ?? null }, { today: task.today })) {
      batch.push(stage(record, mapping.year, initials));
      if (batch.length < BATCH) continue;
      await hand(batch);
      batch = [];
    }
  }
  if (batch.length > 0) await hand(batch);
}

// Hands over, and waits while as many as may be under way are not yet taken.
async function hand(rows: StagedRow[]): Promise<void> {
  room -= 1;
  say({ kind: 'rows', rows });
  if (room > 0) return;
  await new Promise<void>((resolve) => {
    goOn = resolve;
  });
}

function say(message: Message): void {
  port?.postMessage(message);
}
