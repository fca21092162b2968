// The only way from the browser to the server. Reads are typed by a contract; a change carries one Idempotency-Key per intent,
// kept over every retry, so that a lost answer never makes a thing happen twice. Never drops what a person has entered.
import { QueryClient, keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { CommandContract, InputOf, OutputOf, QueryContract } from '../kernel/contract.ts';
import type { TSchema } from 'typebox';
import { signedOut, passwordDue } from './gone.ts';
import { newId } from './ids.ts';
import { awaitNetwork, reportReachable } from './network.ts';
import { ProblemError, problemOf } from './problem.ts';

export { ProblemError } from './problem.ts';

const READ_FRESH_MS = 15_000; // moving between two tabs does not ask again; any change of one's own does
const CALM_FRESH_MS = 300_000;
const ATTEMPTS = 3; // at once, then twice more when the server (not the network) fails
const TIMEOUT_MS = 30_000;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: READ_FRESH_MS,
      // Asked once even without network: the service worker may have the last answer (offline/worker.ts).
      networkMode: 'offlineFirst',
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < 2 && (!(error instanceof ProblemError) || error.status >= 500 || error.status === 0),
    },
  },
});

export interface Read<Output> {
  readonly data: Output | undefined;
  readonly error: ProblemError | undefined;
  /** Nothing to show yet. */
  readonly loading: boolean;
  /** Something is shown while newer is on its way. */
  readonly refreshing: boolean;
  readonly again: () => void;
}

export interface ReadOptions {
  /** False: do not ask (yet). */
  readonly when?: boolean;
  /** Keep showing the former answer while the input changes (typing in a filter). */
  readonly keep?: boolean;
  /** Ask again by itself. */
  readonly everySeconds?: number;
  /** Dear to count and slow to change: stands for minutes, whatever window is looked at. */
  readonly calm?: boolean;
}

/** Reads by contract. `const project = useRead(getProject, { id })`. */
export function useRead<I extends TSchema, O extends TSchema>(contract: QueryContract<I, O>, input: InputOf<QueryContract<I, O>>, options: ReadOptions = {}): Read<OutputOf<QueryContract<I, O>>> {
  const query = useQuery({
    queryKey: [contract.name, input],
    queryFn: async ({ signal }) => read(contract, input, signal),
    enabled: options.when ?? true,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
    ...(options.everySeconds === undefined ? {} : { refetchInterval: options.everySeconds * 1000 }),
    ...(options.calm === true ? { staleTime: CALM_FRESH_MS, refetchOnWindowFocus: false } : {}),
  });
  return {
    data: query.data,
    error: query.error === null ? undefined : problemOf(query.error),
    loading: query.isPending && query.fetchStatus !== 'idle',
    refreshing: query.isFetching && !query.isPending,
    again: () => void query.refetch(),
  };
}

/** What every paged list answers: the rows, and where to go on. */
interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly next?: string | null;
}
export type ItemOf<P> = P extends PageOf<infer Item> ? Item : never;

export interface ReadPages<Page> {
  readonly items: readonly ItemOf<Page>[];
  /** The first page: for totals and sums beside `items`. */
  readonly first: Page | undefined;
  readonly error: ProblemError | undefined;
  readonly loading: boolean;
  readonly loadingMore: boolean;
  readonly refreshing: boolean;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

/** Reads a list page by page by its key (`after` in, `next` out). `const list = useReadPages(listProjects, { town, limit: 50 })`. */
export function useReadPages<I extends TSchema, O extends TSchema>(contract: QueryContract<I, O>, input: InputOf<QueryContract<I, O>>, options: ReadOptions = {}): ReadPages<OutputOf<QueryContract<I, O>>> {
  type Page = OutputOf<QueryContract<I, O>>;
  const query = useInfiniteQuery({
    queryKey: [contract.name, 'pages', input],
    queryFn: async ({ signal, pageParam }) => readName<Page>(contract.name, { ...asFields(input), ...(pageParam === undefined ? {} : { after: pageParam }) }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page) => nextOf(last),
    enabled: options.when ?? true,
    ...(options.keep === false ? {} : { placeholderData: keepPreviousData }),
  });
  const pages = query.data?.pages;
  const items = useMemo(() => (pages ?? []).flatMap((page) => itemsOf<Page>(page)), [pages]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    items,
    first: pages?.[0],
    error: query.error === null ? undefined : problemOf(query.error),
    loading: query.isPending && query.fetchStatus !== 'idle',
    loadingMore: isFetchingNextPage,
    refreshing: query.isFetching && !query.isPending && !isFetchingNextPage,
    hasMore: hasNextPage,
    more,
    again: () => void query.refetch(),
  };
}

export interface RunOptions {
  /** The version that was seen; compulsory for contracts that are `versioned`. */
  readonly version?: number | string;
}

export interface Run<Input, Output> {
  /** Resolves with the answer, rejects with a ProblemError. Waits out a lost network. */
  readonly run: (input: Input, options?: RunOptions) => Promise<Output>;
  /** The same without the promise: for onClick. The refusal is in `error`. */
  readonly go: (input: Input, options?: RunOptions) => void;
  readonly running: boolean;
  readonly error: ProblemError | undefined;
  readonly reset: () => void;
}

export interface UseRunOptions<Output> {
  readonly onDone?: (output: Output) => void;
  /** Names (or beginnings of names) of queries to ask again; all if left out. */
  readonly touches?: readonly string[];
}

/** Changes by contract. `const edit = useRun(editProject, { onDone })`, then `edit.go({ id, name }, { version })`. */
export function useRun<I extends TSchema, O extends TSchema>(contract: CommandContract<I, O>, options: UseRunOptions<OutputOf<CommandContract<I, O>>> = {}): Run<InputOf<CommandContract<I, O>>, OutputOf<CommandContract<I, O>>> {
  type Input = InputOf<CommandContract<I, O>>;
  type Output = OutputOf<CommandContract<I, O>>;
  const client = useQueryClient();
  const [state, setState] = useState<{ running: number; error: ProblemError | undefined }>({ running: 0, error: undefined });
  const intent = useRef<{ what: string; key: string } | undefined>(undefined);
  const latest = useRef(options);
  latest.current = options;

  const run = useCallback(
    async (input: Input, { version }: RunOptions = {}): Promise<Output> => {
      const what = JSON.stringify([input, version]);
      // The same words sent again after an unknown end are the same intent, hence the same key.
      const key = intent.current?.what === what ? intent.current.key : newId();
      intent.current = { what, key };
      setState(({ running }) => ({ running: running + 1, error: undefined }));
      try {
        const output = await send<Output>(contract.name, input, key, version);
        intent.current = undefined;
        setState(({ running }) => ({ running: running - 1, error: undefined }));
        const touches = latest.current.touches;
        void client.invalidateQueries(touches === undefined ? {} : { predicate: ({ queryKey: [name] }) => touches.some((start) => String(name).startsWith(start)) });
        latest.current.onDone?.(output);
        return output;
      } catch (thrown) {
        const error = problemOf(thrown);
        if (error.status !== 0 && error.status < 500) intent.current = undefined;
        setState(({ running }) => ({ running: running - 1, error }));
        throw error;
      }
    },
    [client, contract.name],
  );
  const go = useCallback((input: Input, runOptions?: RunOptions) => void run(input, runOptions).catch(() => undefined), [run]);
  const reset = useCallback(() => setState({ running: 0, error: undefined }), []);
  return { run, go, running: state.running > 0, error: state.error, reset };
}

/** Reads outside of components. */
export async function read<I extends TSchema, O extends TSchema>(contract: QueryContract<I, O>, input: InputOf<QueryContract<I, O>>, signal?: AbortSignal): Promise<OutputOf<QueryContract<I, O>>> {
  if (contract.inBody) return call<OutputOf<QueryContract<I, O>>>(`/api/queries/${contract.name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input), ...(signal === undefined ? {} : { signal }) });
  return readName<OutputOf<QueryContract<I, O>>>(contract.name, asFields(input), signal);
}

/** The address of a query: for links to CSV, prints and for opening an answer in a tab. */
export function queryHref(name: string, fields: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [field, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null && one !== '') search.append(field, String(one));
  }
  const text = search.toString();
  return `/api/queries/${name}${text === '' ? '' : `?${text}`}`;
}

/** Sends a change outside of components; prefer `useRun`. */
export async function send<Output>(name: string, input: unknown, key: string, version?: number | string): Promise<Output> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call<Output>(`/api/commands/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key, ...(version === undefined ? {} : { 'if-match': `"${String(version)}"` }) },
        body: JSON.stringify(input),
      });
    } catch (thrown) {
      const error = problemOf(thrown);
      if (error.status === 0) await awaitNetwork(name);
      else if (attempt >= ATTEMPTS || error.status !== 503) throw error;
      else await new Promise((resolve) => setTimeout(resolve, 400 * 3 ** attempt));
    }
  }
}

export async function readName<Output>(name: string, fields: Record<string, unknown>, signal?: AbortSignal): Promise<Output> {
  return call<Output>(queryHref(name, fields), signal === undefined ? {} : { signal });
}

// The edge: the answer of our own server has the shape of the contract; the server checks it against the same schema.
async function call<Output>(path: string, init: RequestInit): Promise<Output> {
  let response: Response;
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  const timer = setTimeout(stop, TIMEOUT_MS);
  init.signal?.addEventListener('abort', stop);
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init, signal: abort.signal });
  } catch (thrown) {
    if (init.signal?.aborted === true) throw thrown;
    reportReachable(false);
    throw ProblemError.unreachable();
  } finally {
    clearTimeout(timer);
    init.signal?.removeEventListener('abort', stop);
  }
  // What a phone had kept is shown, but it is no word of the server.
  const stored = response.headers.get('x-yugong-stored');
  reportReachable(stored === null, stored ?? undefined);
  if (response.ok) return response.status === 204 ? (undefined as Output) : ((await response.json()) as Output);
  const error = await ProblemError.from(response);
  if (error.code === 'platform.not_signed_in') signedOut();
  if (error.code === 'people.password_change_required') passwordDue();
  throw error;
}

export function asFields(input: unknown): Record<string, unknown> {
  return typeof input === 'object' && input !== null ? { ...input } : {};
}

function nextOf(page: unknown): string | undefined {
  const next = asFields(page)['next'];
  return typeof next === 'string' && next !== '' ? next : undefined;
}

export function itemsOf<Page>(page: unknown): ItemOf<Page>[] {
  const items = asFields(page)['items'];
  return Array.isArray(items) ? (items as ItemOf<Page>[]) : [];
}
