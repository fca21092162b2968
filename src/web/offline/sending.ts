// The outbox of this tab: what waits, whether it is being sent, what came of it. Sends when the page opens, when the network is back, when the tab is looked
// at again, and from time to time; one tab at a time where the browser can say so, and where it cannot the server acts once all the same.
import { backoffMs, sendAll, type Ended, type Entry } from './outbox.ts';
import { dropEntry, keep, phoneTime, sentLately, type Sent } from './keep.ts';
import { post } from './post.ts';
import { shared } from '../shared.ts';
import { queries } from '../client.ts';

export interface OutboxState {
  readonly entries: readonly Entry[];
  readonly sent: readonly Sent[];
  readonly sending: boolean;
  /** Why the last round ended; undefined before the first. */
  readonly ended: Ended | undefined;
  /** The storage of this browser could not be read: nothing is kept here. */
  readonly broken: boolean;
}

const LOCK = 'yugong-outbox';
export const SYNC_TAG = 'yugong-outbox';

const state = shared<OutboxState>({ entries: [], sent: [], sending: false, ended: undefined, broken: false });
const others = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('yugong-outbox');
let owner = '';
let timer: ReturnType<typeof setTimeout> | undefined;
let misses = 0;

export const useOutbox = (): OutboxState => state.useValue();

/** From now on this tab sends what this person has waiting. */
export function openOutbox(userId: string): () => void {
  owner = userId;
  const now = (): void => void sendNow();
  const seen = (): void => {
    if (document.visibilityState === 'visible') now();
  };
  const changed = (): void => void refresh();
  window.addEventListener('online', now);
  document.addEventListener('visibilitychange', seen);
  others?.addEventListener('message', changed);
  now();
  return () => {
    window.removeEventListener('online', now);
    document.removeEventListener('visibilitychange', seen);
    others?.removeEventListener('message', changed);
    clearTimeout(timer);
    owner = '';
  };
}

/** Keeps what was done and tries to send it. Rejects when it could not be kept: then it must stay where it was typed. */
export async function handOver(entry: Omit<Entry, 'order' | 'attempts' | 'state' | 'doneAt' | 'userId'> & { readonly doneAt?: string }): Promise<void> {
  const before = await keep.entries(owner);
  const order = Math.max(0, ...before.map((one) => one.order)) + 1;
  await keep.put({ ...entry, userId: owner, doneAt: entry.doneAt ?? phoneTime(), order, attempts: 0, state: 'waiting' });
  others?.postMessage('kept');
  await refresh();
  await askForSync();
  void sendNow();
}

/** What was refused is sent again as it stands now, or not at all. */
export async function sendAgain(entry: Entry): Promise<void> {
  const { reason: _reason, ...rest } = entry;
  await keep.put({ ...rest, state: 'waiting', attempts: 0 });
  await refresh();
  void sendNow();
}

export async function giveUp(entry: Entry): Promise<void> {
  await dropEntry(entry.id);
  others?.postMessage('dropped');
  await refresh();
}

export async function sendNow(): Promise<void> {
  clearTimeout(timer);
  const userId = owner;
  if (userId === '') return;
  await refresh();
  if (state.get().broken) return;
  await oneAtATime(async () => {
    if (state.get().entries.every((one) => one.state !== 'waiting')) {
      state.set({ ...state.get(), ended: 'empty' });
      return;
    }
    state.set({ ...state.get(), sending: true });
    const ended = await sendAll(keep, post, userId, () => new Date(), () => void refresh()).catch(() => 'away' as const);
    state.set({ ...state.get(), sending: false, ended });
    others?.postMessage('sent');
    misses = ended === 'away' ? misses + 1 : 0;
    if (ended === 'empty') void queries.invalidateQueries({ predicate: ({ queryKey: [name] }) => String(name).startsWith('dispatch.') || name === 'projects.today_waiting' || name === 'projects.today' });
  });
  await refresh();
  if (owner === userId && state.get().entries.some((one) => one.state === 'waiting')) timer = setTimeout(() => void sendNow(), backoffMs(Math.max(1, misses)));
}

/** Web Locks: of two tabs one sends. A browser without them (no secure context) sends from both; the server acts once for a key. */
async function oneAtATime(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => (lock === null ? undefined : work()));
}

async function refresh(): Promise<void> {
  const userId = owner;
  if (userId === '') return;
  try {
    const [entries, sent] = await Promise.all([keep.entries(userId), sentLately(userId)]);
    if (owner === userId) state.set({ ...state.get(), entries: [...entries].sort((a, b) => a.order - b.order), sent, broken: false });
  } catch {
    state.set({ ...state.get(), broken: true });
  }
}

/** Where there is Background Sync the worker sends it even though the tab is closed. */
async function askForSync(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
  const sync: unknown = registration === undefined ? undefined : Reflect.get(registration, 'sync');
  if (typeof sync === 'object' && sync !== null && 'register' in sync && typeof sync.register === 'function') await Promise.resolve(sync.register(SYNC_TAG)).catch(() => undefined);
}
