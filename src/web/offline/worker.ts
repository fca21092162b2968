// The service worker: lets the commissioner's page open without network, with its last answers, and sends the outbox when the network is back though no tab
// is open. Never serves an old program when the server can be reached, never keeps an answer for somebody who signed out or for another person, never keeps a
// download. Built by scripts/worker.mjs, which tells it its files and its version; taken away by YUGONG_OFFLINE=false (docs/operating.md).
import { sendAll } from './outbox.ts';
import { keep } from './keep.ts';
import { post } from './post.ts';
import { answersFor, type Cached } from './answers.ts';

/** Written in when it is built: the shell's files, and a digest of them. */
declare const __FILES__: readonly string[];
declare const __VERSION__: string;

const SHELL = `yugong-shell-${__VERSION__}`;
const ANSWERS = 'yugong-answers';
const PAGE = '/week';
const SLOW_MS = 5000; // one bar of signal is no network
/** Who begins or ends a session leaves nothing of the one before. */
const TURNS = new Set(['people.sign_in', 'people.demo_sign_in', 'people.sign_out', 'people.change_password']);

interface Lifetime extends Event { waitUntil(work: Promise<unknown>): void }
interface Fetching extends Lifetime { readonly request: Request; respondWith(answer: Promise<Response>): void }
interface Syncing extends Lifetime { readonly tag: string }
interface Scope {
  addEventListener(type: 'install' | 'activate', listener: (event: Lifetime) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'sync', listener: (event: Syncing) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
}
const scope = self as unknown as Scope; // the types of a page and of a worker cannot be had in one program

const answers = answersFor({
  // A cache of the browser as the rules of answers see it.
  open: async (): Promise<Cached> => {
    const cache = await caches.open(ANSWERS);
    return { get: (url) => cache.match(url), put: (url, response) => cache.put(url, response), clear: async () => void (await caches.delete(ANSWERS)) };
  },
  fetch: (request) => fetch(request),
  now: () => Date.now(),
  slowMs: SLOW_MS,
});

scope.addEventListener('install', (event) => {
  // Past the browser's own cache: a shell of yesterday must not become the shell of today.
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(__FILES__.map((file) => new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'reload' })))).then(() => scope.skipWaiting()));
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith('yugong-shell-') && name !== SHELL).map((name) => caches.delete(name)))).then(() => scope.clients.claim()));
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== scope.location.origin) return;
  const command = /^\/api\/commands\/(.+)$/.exec(url.pathname)?.[1];
  if (command !== undefined && TURNS.has(command)) return event.respondWith(answers.turn(request));
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') return event.respondWith(navigate(request, url));
  if (url.pathname.startsWith('/assets/')) return event.respondWith(asset(request));
  if (answers.wants(url) && request.headers.get('x-yugong-live') === null) return event.respondWith(answers.read(request, url));
});

scope.addEventListener('sync', (event) => {
  if (event.tag === 'yugong-outbox') event.waitUntil(sendWaiting());
});

/** The server's page as long as there is a server; without one the page that works without it. */
async function navigate(request: Request, url: URL): Promise<Response> {
  try {
    return await inTime(fetch(request));
  } catch (error) {
    if (url.pathname === '/') return Response.redirect(PAGE, 302);
    const shell = url.pathname === PAGE ? await (await caches.open(SHELL)).match('/index.html') : undefined;
    if (shell === undefined) throw error;
    return shell;
  }
}

/** Named by their content: what is kept under a name is what the server has under it. */
async function asset(request: Request): Promise<Response> {
  return (await (await caches.open(SHELL)).match(request.url)) ?? fetch(request);
}

async function inTime(work: Promise<Response>): Promise<Response> {
  return Promise.race([work, new Promise<Response>((_resolve, reject) => setTimeout(() => reject(new Error('too slow')), SLOW_MS))]);
}

/** For whoever is signed in; whoever else wrote something here is waited for. Rejects while there is something left, so that the browser asks again. */
async function sendWaiting(): Promise<void> {
  const who = await post.who();
  if (who.kind === 'away') throw new Error('no network');
  if (who.kind !== 'done') return;
  const ended = await navigator.locks.request('yugong-outbox', () => sendAll(keep, post, who.value, () => new Date()));
  new BroadcastChannel('yugong-outbox').postMessage('sent');
  if (ended === 'away') throw new Error('no network');
}
