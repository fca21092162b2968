// Reading a list of policies in a thread of its own: the server goes on answering, and a file made to harm ends its reader and nothing else.
import { LIMITS, type SheetLimits } from '../../../platform/sheets/limits.ts';
import { askThread, turnstile } from '../../../platform/thread.ts';
import { readTable, type ReadRow, type TextRow } from './table.ts';

export interface ListTask { readonly fileName: string; /** null: the text of a pasted table. */ readonly path: string | null; readonly text: string; readonly limits: SheetLimits }
export interface Message { readonly kind: 'rows'; readonly rows: readonly TextRow[] }

const BOUNDS: SheetLimits = { ...LIMITS, maxBytes: 4 * 1024 * 1024, maxTotalBytes: 32 * 1024 * 1024, maxRows: 3000, maxColumns: 64, maxCells: 100_000, maxMilliseconds: 10_000 };
const inTurn = turnstile(2, 20, 'knowledge.list_busy');

export function policiesIn(file: { readonly fileName: string; readonly path: string | null; readonly text: string }): Promise<readonly ReadRow[]> {
  return inTurn(async () => readTable(await askThread<Message, readonly TextRow[]>({
    worker: 'policylist', task: { ...file, limits: BOUNDS } satisfies ListTask, bounds: { seconds: 15, heapMb: 384 }, codes: { time: 'ledger.took_too_long', memory: 'ledger.too_much_memory' }, hear: (message) => message.rows,
  })));
}
