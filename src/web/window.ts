// Reading a list by windows, wherever one looks: for lists that are too long to be read through.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
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
  const client = useQueryClient();
  const latest = useRef(input);
  latest.current = input;
  const page = useCallback((at: number) => ({
    queryKey: [contract.name, 'window', latest.current, at],
    queryFn: async ({ signal }: { signal: AbortSignal }) => readName<Page>(contract.name, { ...asFields(latest.current), skip: at * size, limit: size }, signal),
  }), [contract, size]);
  const first = useQuery({ ...page(0), placeholderData: keepPreviousData });
  // What was read beside the first page belongs to it: when that is asked anew, the rest is.
  const stamp = `${JSON.stringify(input)} ${String(first.dataUpdatedAt)}`;
  const [rest, setRest] = useState<Rest<Page>>({ stamp, pages: new Map(), error: undefined });
  const known = rest.stamp === stamp ? rest : undefined;
  const asked = useRef({ stamp, pages: new Set<number>([0]) });
  if (asked.current.stamp !== stamp) asked.current = { stamp, pages: new Set([0]) };
  const found = foundOf(first.data);
  const rows = useMemo(() => {
    const all = new Array<ItemOf<Page> | undefined>(found).fill(undefined);
    const put = (one: Page | undefined, at: number): void => itemsOf<Page>(one).forEach((row, i) => { if (at * size + i < found) all[at * size + i] = row; });
    if (first.data !== undefined) put(first.data, 0);
    known?.pages.forEach(put);
    return all;
  }, [first.data, known?.pages, found, size]);
  const see = useCallback((from: number, to: number) => {
    for (let at = Math.max(0, Math.floor(from / size)); at <= Math.floor(to / size); at += 1) {
      if (asked.current.pages.has(at)) continue;
      asked.current.pages.add(at);
      const add = (before: Rest<Page>, one: Page | undefined, error: ProblemError | undefined): Rest<Page> => {
        const pages = before.stamp === stamp ? new Map(before.pages) : new Map<number, Page>();
        if (one !== undefined) pages.set(at, one);
        return { stamp, pages, error };
      };
      client.fetchQuery({ ...page(at), staleTime: FRESH_MS }).then((one) => setRest((before) => add(before, one, undefined)), (error: unknown) => {
        asked.current.pages.delete(at);
        setRest((before) => add(before, undefined, problemOf(error)));
      });
    }
  }, [client, page, size, stamp]);
  return {
    first: first.data, rows, see, loaded: rows.reduce((sum, row) => sum + (row === undefined ? 0 : 1), 0), error: first.error === null ? known?.error : problemOf(first.error),
    loading: first.data === undefined, again: () => void first.refetch(),
  };
}

const FRESH_MS = 15_000;

interface Rest<Page> {
  readonly stamp: string;
  readonly pages: ReadonlyMap<number, Page>;
  readonly error: ProblemError | undefined;
}

function foundOf(page: unknown): number {
  return typeof page === 'object' && page !== null && 'found' in page && typeof page.found === 'number' ? page.found : 0;
}
