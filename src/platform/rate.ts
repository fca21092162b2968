// How often one source may call: a bucket for each address that refills with time, so that one noisy client cannot take the others
// down. In memory and bounded: forgetting a bucket only ever favours the caller.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from '../kernel/refuse.ts';

export interface RateLimits {
  /** Requests that a source may have in hand at once, and how many a second come back. 0 = no limit. */
  readonly burst: number;
  readonly perSecond: number;
}

const MAX_SOURCES = 20_000;

export function limitRate(app: FastifyInstance, limits: RateLimits, sourceOf: (request: FastifyRequest) => string): void {
  if (limits.burst === 0) return;
  const buckets = new Map<string, { left: number; at: number }>();
  app.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/api/')) return;
    const source = sourceOf(request);
    const at = performance.now();
    const bucket = buckets.get(source) ?? { left: limits.burst, at };
    bucket.left = Math.min(limits.burst, bucket.left + ((at - bucket.at) / 1000) * limits.perSecond);
    bucket.at = at;
    if (!buckets.has(source)) {
      if (buckets.size >= MAX_SOURCES) buckets.delete(buckets.keys().next().value ?? '');
      buckets.set(source, bucket);
    }
    if (bucket.left < 1) refuse('platform.too_many_requests', { retryAfterSeconds: Math.max(1, (1 - bucket.left) / limits.perSecond) });
    bucket.left -= 1;
  });
}
