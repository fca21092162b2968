// Whether the server can be reached, and the changes that wait for it. A waiting change is sent again by itself.
import { useSyncExternalStore } from 'react';

export interface Network {
  readonly reachable: boolean;
  /** Changes that wait to be sent. */
  readonly waiting: number;
}

const RETRY_MS = 4_000;
let state: Network = { reachable: true, waiting: 0 };
const listeners = new Set<() => void>();
const wakers = new Set<() => void>();

export function useNetwork(): Network {
  return useSyncExternalStore(subscribe, () => state);
}

export function reportReachable(reachable: boolean): void {
  if (state.reachable !== reachable) change({ ...state, reachable });
}

/** Sends what waits now instead of in some seconds. */
export function retryNow(): void {
  for (const wake of [...wakers]) wake();
}

/** Resolves when it is worth trying again. */
export async function awaitNetwork(_what: string): Promise<void> {
  change({ ...state, waiting: state.waiting + 1 });
  await new Promise<void>((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      wakers.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, RETRY_MS);
    wakers.add(wake);
  });
  change({ ...state, waiting: state.waiting - 1 });
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', retryNow);
  window.addEventListener('beforeunload', (event) => {
    if (state.waiting > 0) event.preventDefault();
  });
}

function change(next: Network): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
