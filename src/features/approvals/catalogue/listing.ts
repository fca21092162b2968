// Reading an office's list of items in a thread of its own, as the ledger is read: the server goes on answering, and a file made to harm ends its
// reader and nothing else.
import { LIMITS, type SheetLimits } from '../../../platform/sheets/limits.ts';
import { askThread, turnstile, type ThreadBounds } from '../../../platform/thread.ts';
import type { Matched, Named } from './cataloguefile.ts';

export interface ListTask {
  readonly fileName: string;
  /** null: the text of a pasted table. */
  readonly path: string | null;
  readonly text: string;
  readonly limits: SheetLimits;
  /** The items of the catalogue by their names. */
  readonly items: readonly Named[];
}

export interface Message {
  readonly kind: 'matched';
  readonly rows: readonly Matched[];
}

/** The longest published list known has some 3,000 rows with its materials. */
const BOUNDS: SheetLimits = { ...LIMITS, maxBytes: 4 * 1024 * 1024, maxTotalBytes: 32 * 1024 * 1024, maxRows: 20_000, maxColumns: 64, maxCells: 200_000, maxMilliseconds: 10_000 };
export const READING: ThreadBounds = { seconds: 15, heapMb: 384 };
const inTurn = turnstile(2, 20, 'approvals.list_busy');

/**
 * Which item of the catalogue each row is. Refuses what the reader of sheets refuses, `approvals.no_list`, `approvals.list_too_long`,
 * `ledger.took_too_long`, `ledger.too_much_memory`, and `approvals.list_busy` where too many wait already.
 */
export function matchedIn(file: { readonly fileName: string; readonly path: string | null; readonly text: string }, items: readonly Named[], bounds: ThreadBounds = READING): Promise<readonly Matched[]> {
  const task: ListTask = { ...file, limits: BOUNDS, items };
  return inTurn(() => askThread<Message, readonly Matched[]>({ worker: 'list', task, bounds, codes: { time: 'ledger.took_too_long', memory: 'ledger.too_much_memory' }, hear: (message) => message.rows }));
}
