// Reading a list by windows, wherever one looks: for lists that are too long to be read through.
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { TSchema } from 'typebox';
import type { InputOf, OutputOf, QueryContract } from '../kernel/contract.ts';
import { asFields, itemsOf, readName, type ItemOf } from './client.ts';
import { problemOf, type ProblemError } from './problem.ts';

export interface ReadWindow<Page> {
  /** The first page: for totals beside the rows. */
  readonly first: Page | undefined;
  /** As many as the question finds; undefined: not read yet. */
  readonly rows: readonly (ItemOf<Page> | undefined)[];
  /** Call it with what is in view: what is missing of it is read. */
  readonly see: (from: number, to: number) => void;
  readonly loaded: number;
  readonly error: ProblemError | undefined;
  readonly loading: boolean;
  readonly again: () => void;
}

/**
 * Reads a list by windows, wherever one looks: for lists that are too long to be read through (`skip` and `limit` in, `items` and `found` out).
 * `const list = useReadWindow(getSchedule, { id }, 500)`. Leave `skip` and `limit` out of your input.
 */
export function useReadWindow<I extends TSchema, O extends TSchema>(contract: QueryContract<I, O>, input: InputOf<QueryContract<I, O>>, size: number): ReadWindow<OutputOf<QueryContract<I, O>>> {
  type Page = OutputOf<QueryContract<I, O>>;
  const asked = JSON.stringify(input);
  const [wanted, setWanted] = useState<{ readonly asked: string; readonly pages: readonly number[] }>({ asked, pages: [0] });
  const pages = wanted.asked === asked ? wanted.pages : [0];
  const queries = useQueries({
    queries: pages.map((page) => ({
      queryKey: [contract.name, 'window', input, page], queryFn: async ({ signal }: { signal: AbortSignal }) => readName<Page>(contract.name, { ...asFields(input), skip: page * size, limit: size }, signal),
      ...(page === 0 ? { placeholderData: keepPreviousData } : {}),
    })),
  });
  const first = queries[0]?.data;
  const found = foundOf(first);
  const stamp = queries.map((one) => one.dataUpdatedAt).join();
  const rows = useMemo(() => {
    const all = new Array<ItemOf<Page> | undefined>(found).fill(undefined);
    queries.forEach((one, at) => one.data !== undefined && itemsOf<Page>(one.data).forEach((row, i) => { all[(pages[at] ?? 0) * size + i] = row; }));
    return all.slice(0, found);
  }, [stamp, found, asked]); // eslint-disable-line react-hooks/exhaustive-deps -- the answers are new when their stamps are
  const see = useCallback((from: number, to: number) => {
    setWanted((before) => {
      const known = before.asked === asked ? before.pages : [0];
      const missing = Array.from({ length: Math.floor(to / size) - Math.floor(from / size) + 1 }, (_, i) => Math.floor(from / size) + i).filter((page) => page >= 0 && !known.includes(page));
      return missing.length === 0 ? before : { asked, pages: [...known, ...missing] };
    });
  }, [asked, size]);
  const failed = queries.find((one) => one.error !== null);
  return {
    first, rows, see, loaded: queries.reduce((sum, one) => sum + (one.data === undefined ? 0 : itemsOf<Page>(one.data).length), 0), error: failed === undefined ? undefined : problemOf(failed.error),
    loading: first === undefined, again: () => queries.forEach((one) => void one.refetch()),
  };
}

function foundOf(page: unknown): number {
  return typeof page === 'object' && page !== null && 'found' in page && typeof page.found === 'number' ? page.found : 0;
}
