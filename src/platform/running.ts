// Which requests are in hand, so that a stop can wait for them: a connection that broke says nothing about the work behind it, which may
// still need the database.
import { finished } from 'node:stream/promises';
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
  const inHand = new Set<Promise<unknown>>();
  let stopping = false;
  const hold = (work: Promise<unknown>): void => {
    inHand.add(work);
    void work.then(() => inHand.delete(work));
  };
  return {
    stop: () => void (stopping = true),
    idle: async () => {
      while (inHand.size > 0) await Promise.all(inHand);
    },
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
          const work = (async () => handler.call(this, request, reply))();
          hold(Promise.allSettled([work, finished(reply.raw)]));
          return work;
        };
      });
    },
  };
}
