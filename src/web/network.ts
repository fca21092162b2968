// Whether the server can be reached, and the changes that wait for it. A waiting change is sent again by itself.
import { shared } from './shared.ts';

export interface Network {
  readonly reachable: boolean;
  /** Changes that wait to be sent. */
  readonly waiting: number;
  /** What is shown was kept on this phone then: when the server last said it. */
  readonly storedAt?: string | undefined;
}

const RETRY_MS = 4_000;
const state = shared<Network>({ reachable: true, waiting: 0 });
const wakers = new Set<() => void>();

export function useNetwork(): Network {
  return state.useValue();
}

export function reportReachable(reachable: boolean, storedAt?: string): void {
  const before = state.get();
  if (before.reachable !== reachable || (storedAt !== undefined && before.storedAt !== storedAt) || (reachable && before.storedAt !== undefined)) state.set({ ...before, reachable, storedAt: reachable ? undefined : (storedAt ?? before.storedAt) });
}

/** Sends what waits now instead of in some seconds. */
export function retryNow(): void {
  for (const wake of [...wakers]) wake();
}

/** Resolves when it is worth trying again. */
export async function awaitNetwork(_what: string): Promise<void> {
  state.set({ ...state.get(), waiting: state.get().waiting + 1 });
  await new Promise<void>((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      wakers.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, RETRY_MS);
    wakers.add(wake);
  });
  state.set({ ...state.get(), waiting: state.get().waiting - 1 });
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', retryNow);
  window.addEventListener('beforeunload', (event) => {
    if (state.get().waiting > 0) event.preventDefault();
  });
}
