// The state of a ledger in the address: filters, sort, columns, chosen view. A page sent to a colleague shows the same.
import { useMemo, useState } from 'react';
import { readState, useUrlState, type UrlValue } from '../address.ts';
import { goTo, usePlace } from '../place.ts';
import type { Column, Filter, View } from './types.ts';

export interface LedgerOptions<Row> {
  /** Names the reader's own columns and views in this browser. */
  readonly id: string;
  readonly filters: readonly Filter[];
  readonly columns: readonly Column<Row>[];
  /** `column` or `-column` for descending. */
  readonly sort: string;
  /** Views that everyone has; the first is the start. */
  readonly views?: readonly View[];
  /** Where the reader's own views are kept; left out: in this browser. */
  readonly kept?: { readonly views: readonly View[]; readonly save: (name: string, search: string) => void; readonly drop: (id: string) => void };
}

export interface LedgerState<Row> {
  readonly id: string;
  readonly filters: readonly Filter[];
  readonly columns: readonly Column<Row>[];
  readonly shown: readonly Column<Row>[];
  readonly values: Readonly<Record<string, UrlValue>>;
  readonly sort: string;
  /** What is set, as texts; `inputFor(listProjects.input, ledger)` (input.ts) makes the typed input of a query of it. */
  readonly input: Readonly<Record<string, string | number | readonly string[]>>;
  readonly setFilter: (id: string, value: UrlValue) => void;
  readonly setSort: (sort: string) => void;
  readonly setColumns: (ids: readonly string[] | undefined) => void;
  readonly clear: () => void;
  readonly isFiltered: boolean;
  readonly views: readonly View[];
  readonly view: string | undefined;
  readonly openView: (view: View) => void;
  readonly saveView: (name: string) => void;
  readonly dropView: (id: string) => void;
}

export function useLedger<Row>(options: LedgerOptions<Row>): LedgerState<Row> {
  const { id, filters, columns } = options;
  const start = useMemo(() => {
    const shape: Record<string, UrlValue> = { sort: options.sort, cols: [] as readonly string[] };
    for (const filter of filters) {
      if (filter.kind === 'many') shape[filter.id] = [] as readonly string[];
      else if (filter.kind === 'days' || filter.kind === 'money') {
        shape[filter.from] = undefined;
        shape[filter.to] = undefined;
      } else shape[filter.id] = undefined;
    }
    return shape;
  }, [filters, options.sort]);
  const [values, set] = useUrlState(start);
  const [own, setOwn] = useState(() => loadViews(id));
  const { pathname, search: searchStr } = usePlace();

  const chosen = asList(values['cols']);
  const shown = columns.filter((column) => column.pinned === true || (chosen.length === 0 ? column.off !== true : chosen.includes(column.id)));
  const sort = typeof values['sort'] === 'string' ? values['sort'] : options.sort;
  const text = JSON.stringify([values, sort]);
  const input = useMemo(() => {
    const given: Record<string, string | number | readonly string[]> = {};
    for (const filter of filters) {
      for (const name of filter.kind === 'days' || filter.kind === 'money' ? [filter.from, filter.to] : [filter.id]) {
        const value = values[name];
        if (Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value !== '') {
          given[name] = filter.kind === 'money' ? Number(value) : (value as string | readonly string[]);
        }
      }
    }
    return given;
  }, [text]); // eslint-disable-line react-hooks/exhaustive-deps

  const { kept } = options;
  const views = [...(options.views ?? []), ...(kept?.views ?? own)];
  const signature = (search: string): string => JSON.stringify(sorted({ ...readState(start, search), cols: undefined }));
  const here = signature(searchStr);
  return {
    id,
    filters,
    columns,
    shown,
    values,
    sort,
    input,
    setFilter: (name, value) => set({ [name]: value }),
    setSort: (next) => set({ sort: next }),
    setColumns: (ids) => set({ cols: ids ?? [] }),
    clear: () => set(Object.fromEntries(Object.entries(start).filter(([name]) => name !== 'sort' && name !== 'cols'))),
    isFiltered: Object.keys(input).length > 0,
    views,
    view: views.find((view) => signature(view.search) === here)?.id,
    openView: (view) => goTo(pathname + (view.search === '' ? '' : `?${view.search.replace(/^\?/, '')}`)),
    saveView: (name) => {
      if (kept !== undefined) return kept.save(name, searchStr.replace(/^\?/, ''));
      const next = [...own, { id: `own-${String(Date.now())}`, name, search: searchStr.replace(/^\?/, ''), own: true }];
      storeViews(id, next);
      setOwn(next);
    },
    dropView: (which) => {
      if (kept !== undefined) return kept.drop(which);
      const next = own.filter((view) => view.id !== which);
      storeViews(id, next);
      setOwn(next);
    },
  };
}

function asList(value: UrlValue): readonly string[] {
  return typeof value === 'object' ? value : [];
}

function sorted(values: Record<string, unknown>): [string, unknown][] {
  return Object.entries(values).filter(([, value]) => value !== undefined && value !== '').sort(([a], [b]) => (a < b ? -1 : 1));
}

function loadViews(id: string): readonly View[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(`yugong:views:${id}`) ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.flatMap((one: unknown) => (typeof one === 'object' && one !== null && 'id' in one && 'name' in one && 'search' in one ? [{ id: String(one.id), name: String(one.name), search: String(one.search), own: true }] : []));
  } catch {
    return [];
  }
}

function storeViews(id: string, views: readonly View[]): void {
  try {
    localStorage.setItem(`yugong:views:${id}`, JSON.stringify(views));
  } catch {
    // A browser that keeps nothing keeps no views; the address still holds the state.
  }
}
