// What stays on this device when somebody signs out: only what he has not been able to send, bound to him. Drafts, stored answers and notes of what was sent go.
import { countWaiting, keepDraftPhotos } from './keep.ts';

const OURS = 'yugong:';

/** How much would wait here for its writer to come back. */
export async function waitingHere(userId: string): Promise<number> {
  return countWaiting(userId).catch(() => 0);
}

export async function clearHere(userId: string): Promise<void> {
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(OURS)) continue;
      const project = new RegExp(`^yugong:draft:${userId}:week:(.+)$`).exec(name)?.[1];
      if (project !== undefined) await keepDraftPhotos(userId, `week:${project}`, []).catch(() => undefined);
      localStorage.removeItem(name);
    }
    sessionStorage.clear();
  } catch {
    // A browser that keeps nothing has nothing to clear.
  }
  if ('caches' in window) await caches.delete('yugong-answers').catch(() => false);
}
