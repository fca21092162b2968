// How often one address may do something without an account. In memory, bounded, and never written anywhere: who complains leaves no trace.
import { refuse } from '../../../kernel/refuse.ts';
import { sourceOf } from '../../../kernel/source.ts';

const MAX_ADDRESSES = 10_000;

export interface Limit {
  /** @throws Refusal `platform.too_many_requests`. */
  take(address: string, at: number): void;
}

export function makeLimit(most: number, windowMs: number): Limit {
  const taken = new Map<string, { count: number; since: number }>();
  return {
    take: (address, at) => {
      // The program's own calls and tests have none.
      if (address === '') return;
      const source = sourceOf(address);
      const found = taken.get(source);
      const here = found === undefined || at - found.since >= windowMs ? { count: 0, since: at } : found;
      if (here.count >= most) refuse('platform.too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil((here.since + windowMs - at) / 1000)) });
      if (found === undefined && taken.size >= MAX_ADDRESSES) taken.delete(taken.keys().next().value ?? '');
      taken.set(source, { count: here.count + 1, since: here.since });
    },
  };
}
