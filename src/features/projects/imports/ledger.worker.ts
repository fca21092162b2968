// The reading of a ledger in its own thread: opens the file, finds its tables, and either describes them or gives their rows. Knows
// no database and no network; all it can do is answer or die.
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../../../kernel/refuse.ts';
import { initials } from '../../../platform/pinyin.ts';
import { readWorkbook } from '../../../platform/sheets/read.ts';
import { applyMapping } from '../ledger/apply.ts';
import { readLedger } from '../ledger/read.ts';
import type { Ledger, LedgerTable } from '../ledger/shape.ts';
import { gramsOf } from '../register/grams.ts';
import type { ReadingTask } from './reading.ts';
import { stage, type StagedRow } from './row.ts';

const BATCH = 500;
const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');

// The task comes from our own process.
const task = workerData as ReadingTask;
let goOn: () => void = () => undefined;
port.on('message', () => goOn());

await work().then(
  () => port.postMessage({ kind: 'done' }),
  (error: unknown) => port.postMessage(error instanceof Refusal ? { kind: 'refused', code: error.code, details: error.details } : { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
);

async function work(): Promise<void> {
  const source = task.source === 'paste' ? { name: task.fileName, text: readFileSync(task.path, 'utf8') } : { name: task.fileName, path: task.path };
  const workbook = await readWorkbook(source, { limits: task.limits });
  const ledger = readLedger(workbook, { today: task.today });
  if (task.tables === undefined) return describe(ledger);
  let batch: StagedRow[] = [];
  for (const table of tablesOf(ledger)) {
    const mapping = task.tables.find((one) => one.id === table.id && one.use);
    if (mapping === undefined) continue;
    for (const record of applyMapping(table, { columns: mapping.columns, year: mapping.year, level: mapping.level ?? null }, { today: task.today })) {
      batch.push(stage(record, mapping.year, search));
      if (batch.length >= BATCH) {
        await send(batch);
        batch = [];
      }
    }
  }
  if (batch.length > 0) await send(batch);
}

async function describe(ledger: Ledger): Promise<void> {
  const tables = tablesOf(ledger);
  if (tables.length === 0) throw new Refusal('ledger.no_table', {});
  const rows = tables.reduce((sum, table) => sum + table.counts.data, 0);
  await send({ kind: 'described', tables: tables.map(({ rows: _rows, ...found }) => found), rows });
}

function tablesOf(ledger: Ledger): LedgerTable[] {
  return ledger.sheets.flatMap((sheet) => [...sheet.tables]);
}

function search(name: string, code: string | null): { pinyin: string; grams: readonly string[] } {
  const letters = initials(name);
  return { pinyin: letters, grams: gramsOf(name, letters, code) };
}

// Hands over and waits until it has been taken: at most one batch is under way.
function send(what: StagedRow[] | { kind: 'described'; tables: unknown; rows: number }): Promise<void> {
  return new Promise((resolve) => {
    goOn = resolve;
    port?.postMessage(Array.isArray(what) ? { kind: 'rows', rows: what } : what);
  });
}
