// How often one address may try links that nobody made. In memory and bounded: forgetting an address only ever favours it.
import { refuse } from '../../../kernel/refuse.ts';
import { sourceOf } from '../../../kernel/source.ts';

const MOST = 20;
const WINDOW_MS = 600_000;
const MAX_ADDRESSES = 10_000;

export interface Attempts {
  /** @throws Refusal `platform.too_many_requests` for an address that has tried too often. */
  check(address: string, at: number): void;
  missed(address: string, at: number): void;
}

export function makeAttempts(): Attempts {
  const misses = new Map<string, { count: number; since: number }>();
  const of = (address: string, at: number): { count: number; since: number } | undefined => {
    const found = misses.get(sourceOf(address));
    return found === undefined || at - found.since >= WINDOW_MS ? undefined : found;
  };
  return {
    check: (address, at) => {
      const found = of(address, at);
      if (found !== undefined && found.count >= MOST) refuse('platform.too_many_requests', { retryAfterSeconds: Math.max(1, (found.since + WINDOW_MS - at) / 1000) });
    },
    missed: (address, at) => {
      const found = of(address, at);
      if (found === undefined && misses.size >= MAX_ADDRESSES) misses.delete(misses.keys().next().value ?? '');
      misses.set(sourceOf(address), { count: (found?.count ?? 0) + 1, since: found?.since ?? at });
    },
  };
}
