// The outbox on this phone, in IndexedDB: entries with their photos, what was sent lately, photos of drafts. Bound to a person: another who signs in here
// neither sees nor sends it. Survives a closed tab and, with strict durability, a dead phone. Also runs in the service worker.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry, Keep, Photo } from './outbox.ts';

export interface Sent {
  readonly id: string;
  readonly userId: string;
  readonly label: string;
  /** When it arrived, by the phone's clock. */
  readonly at: string;
}

interface Schema extends DBSchema {
  entries: { key: string; value: Entry; indexes: { user: string } };
  sent: { key: string; value: Sent; indexes: { user: string } };
  photos: { key: string; value: { readonly key: string; readonly userId: string; readonly photos: readonly Photo[] } };
}

const NAME = 'yugong-outbox';
const SENT_KEPT = 100;
const STRICT = { durability: 'strict' } as const;

let opened: Promise<IDBPDatabase<Schema>> | undefined;

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>(NAME, 1, {
    upgrade: (db) => {
      db.createObjectStore('entries', { keyPath: 'id' }).createIndex('user', 'userId');
      db.createObjectStore('sent', { keyPath: 'id' }).createIndex('user', 'userId');
      db.createObjectStore('photos', { keyPath: 'key' });
    },
    // A newer program in another tab wants to change it: this one lets go and opens it again when it needs it.
    blocking: (_current, _blocked, event) => {
      opened = undefined;
      if (event.target instanceof IDBDatabase) event.target.close();
    },
    terminated: () => {
      opened = undefined;
    },
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

export const keep: Keep = {
  entries: async (userId) => (await database()).getAllFromIndex('entries', 'user', userId),
  put: async (entry) => {
    const tx = (await database()).transaction(['entries', 'sent'], 'readwrite', STRICT);
    // What another tab has brought meanwhile does not come back.
    const put = async (): Promise<void> => {
      if ((await tx.objectStore('sent').getKey(entry.id)) === undefined) await tx.objectStore('entries').put(entry);
    };
    await Promise.all([put(), tx.done]);
  },
  arrived: async (entry) => {
    const tx = (await database()).transaction(['entries', 'sent'], 'readwrite', STRICT);
    await Promise.all([tx.objectStore('entries').delete(entry.id), tx.objectStore('sent').put({ id: entry.id, userId: entry.userId, label: entry.label, at: phoneTime() }), tx.done]);
  },
};

/** Takes an entry out that its writer does not want to send any more: the only other way out of the outbox. */
export async function dropEntry(id: string): Promise<void> {
  const tx = (await database()).transaction('entries', 'readwrite', STRICT);
  await Promise.all([tx.store.delete(id), tx.done]);
}

/** What arrived lately, the latest first; older notes of it are tidied away. */
export async function sentLately(userId: string): Promise<readonly Sent[]> {
  const db = await database();
  const all = (await db.getAllFromIndex('sent', 'user', userId)).sort((a, b) => (a.at < b.at ? 1 : -1));
  for (const old of all.slice(SENT_KEPT)) await db.delete('sent', old.id);
  return all.slice(0, SENT_KEPT);
}

/** It waits or has arrived: a draft that was handed over must not be handed over twice. */
export async function isHandedOver(id: string): Promise<boolean> {
  const db = await database();
  return (await db.getKey('entries', id)) !== undefined || (await db.getKey('sent', id)) !== undefined;
}

export async function draftPhotos(userId: string, key: string): Promise<readonly Photo[]> {
  return (await (await database()).get('photos', `${userId}:${key}`))?.photos ?? [];
}

export async function keepDraftPhotos(userId: string, key: string, photos: readonly Photo[]): Promise<void> {
  const tx = (await database()).transaction('photos', 'readwrite', STRICT);
  const at = `${userId}:${key}`;
  await Promise.all([photos.length === 0 ? tx.store.delete(at) : tx.store.put({ key: at, userId, photos }), tx.done]);
}

/** How much of a person's waits on this phone. */
export async function countWaiting(userId: string): Promise<number> {
  return (await (await database()).countFromIndex('entries', 'user', userId));
}

/** True for the error of a disk that is full. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'QuotaExceededError' || (error.name === 'AbortError' && error.message.includes('uota')));
}

/** The phone's own clock: what it says is told to the server as such, and never taken for the zone's day. */
export function phoneTime(): string {
  return new Date().toISOString();
}
