// The built pages: hashed files are kept by the browser for a year, the page itself never; any other path gives the page, so that
// every address of the application can be opened directly.
import statics from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { refuse } from '../kernel/refuse.ts';

/** A worker that takes itself and all that it kept away: served in place of the real one where pages shall not work without network. */
const NO_WORKER = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith('yugong-')).map((name) => caches.delete(name)))).then(() => self.registration.unregister())));
`;

/** `offline`: pages may be kept by a service worker. */
export async function serveWeb(app: FastifyInstance, folder: string, offline: boolean): Promise<void> {
  const page = path.join(folder, 'index.html');
  if (!existsSync(page)) {
    app.setNotFoundHandler(() => refuse('platform.not_found', {}));
    return;
  }
  if (!offline) {
    app.addHook('onRequest', async (request, reply) => {
      if (request.url.split('?')[0] === '/sw.js') await reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(NO_WORKER);
    });
  }
  await app.register(statics, {
    root: folder,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, file) => {
      reply.header('cache-control', file.includes(`${path.sep}assets${path.sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith('/api/') || request.url.startsWith('/assets/')) refuse('platform.not_found', {});
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
