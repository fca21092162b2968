// How the outbox speaks to the server: plain requests that say what came of them. Used by pages and by the service worker alike, so without anything of a page.
import type { Answer, Photo, Post, Reason } from './outbox.ts';

const TIMEOUT_MS = 60_000; // a photo over a bad network
/** Answers that say nothing of what was sent: ask again later. */
const LATER = new Set([408, 425, 429]);

export const post: Post = {
  // Past the service worker's stored answer: only the server knows.
  who: () => call('/api/queries/people.session', { headers: { 'x-yugong-live': '1' } }, (body) => textAt(body, 'user', 'id')),
  upload: (photo: Photo) => {
    const body = new FormData();
    body.append('file', photo.blob, photo.name);
    return call('/api/files', { method: 'POST', body }, (stored) => textAt(stored, 'id'));
  },
  run: (command, input, key) => call(`/api/commands/${command}`, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': key }, body: JSON.stringify(input) }, (body) => body),
};

async function call<Value>(path: string, init: RequestInit, pick: (body: unknown) => Value | undefined): Promise<Answer<Value>> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    return { kind: 'away' };
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    const value = pick(body);
    return value === undefined ? { kind: 'away' } : { kind: 'done', value };
  }
  const reason = reasonOf(body);
  if (response.status === 401 || reason?.code === 'people.password_change_required') return { kind: 'signed-out' };
  // Without our own words it is no answer of our server (a gate of a hotel's network, a proxy).
  if (response.status >= 500 || LATER.has(response.status) || reason === undefined) return { kind: 'away' };
  return { kind: 'refused', reason };
}

function reasonOf(body: unknown): Reason | undefined {
  const code = textAt(body, 'code');
  return code === undefined ? undefined : { code, title: textAt(body, 'title') ?? '', detail: textAt(body, 'detail') ?? '' };
}

function textAt(body: unknown, ...path: readonly string[]): string | undefined {
  let value = body;
  for (const name of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}
