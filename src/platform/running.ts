// Which requests are in hand, so that a stop can wait for them: a connection that broke says nothing about the work behind it, which may
// still need the database.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../kernel/refuse.ts';

export interface Running {
  /** Refuses what comes from now on and lets connections go after their next answer. */
  stop(): void;
  /** Resolves when every request has ended, its work and its answer. */
  idle(): Promise<void>;
  /** Follows the requests of a server. Call it before the routes are made. */
  follow(app: FastifyInstance): void;
}

export function makeRunning(): Running {
  let inHand = 0;
  let stopping = false;
  let wake = (): void => undefined;
  const end = (): void => {
    inHand -= 1;
    if (inHand === 0) wake();
  };
  return {
    stop: () => void (stopping = true),
    idle: () => new Promise((resolve) => {
      wake = resolve;
      if (inHand === 0) resolve();
    }),
    follow: (app) => {
      app.addHook('onRequest', async () => {
        if (stopping) refuse('platform.unavailable', {});
      });
      app.addHook('onSend', async (_request, reply) => {
        if (stopping) reply.header('connection', 'close');
      });
      app.addHook('onRoute', (route) => {
        const { handler } = route;
        route.handler = async function (request: FastifyRequest, reply: FastifyReply) {
          inHand += 1;
          const done = both(end);
          if (reply.raw.closed) done();
          else reply.raw.once('close', done);
          try {
            return await handler.call(this, request, reply);
          } finally {
            done();
          }
        };
      });
    },
  };
}

/** Calls on when it was called twice: once by the work, once by the answer. */
function both(then: () => void): () => void {
  let called = 0;
  return () => {
    called += 1;
    if (called === 2) then();
  };
}
