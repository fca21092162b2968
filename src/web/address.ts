// The address bar as state: every filter, tab and sort stands in the URL, so that a page can be sent to a colleague.
// Values are plain words (`?town=a&town=b&light=late`), never JSON.
import { useCallback, useMemo } from 'react';
import { goTo, usePlace } from './place.ts';

export type UrlValue = string | number | boolean | readonly string[] | undefined;
export type UrlShape = Readonly<Record<string, UrlValue>>;

type Widened<V> = V extends readonly string[] ? readonly string[] : V extends string ? string : V extends number ? number : V extends boolean ? boolean : V;
export type UrlState<S extends UrlShape> = { readonly [K in keyof S]: Widened<S[K]> };

/**
 * State in the URL. The start values tell name and kind; a value equal to its start is left out of the address.
 * `const [state, set] = useUrlState({ tab: 'plan', town: [] as string[], page: 1 }); set({ tab: 'reports' })`.
 * By default it replaces the entry in the browser's history; `set(change, { push: true })` makes a new one.
 */
export function useUrlState<S extends UrlShape>(start: S): [UrlState<S>, (change: Partial<UrlState<S>>, options?: { readonly push?: boolean }) => void] {
  const { search } = usePlace();
  const shape = JSON.stringify(start);
  const state = useMemo(() => readState(start, search), [shape, search]); // eslint-disable-line react-hooks/exhaustive-deps
  const set = useCallback(
    (change: Partial<UrlState<S>>, options: { readonly push?: boolean } = {}) => {
      const { pathname, search: now, hash } = window.location;
      const href = pathname + writeState(start, now, change) + hash;
      goTo(href, { replace: options.push !== true });
    },
    [shape], // eslint-disable-line react-hooks/exhaustive-deps
  );
  return [state, set];
}

export function readState<S extends UrlShape>(start: S, search: string): UrlState<S> {
  const params = new URLSearchParams(search);
  const state: Record<string, UrlValue> = {};
  for (const [name, first] of Object.entries(start)) {
    const texts = params.getAll(name);
    const text = texts[0];
    if (text === undefined) state[name] = first;
    else if (Array.isArray(first)) state[name] = texts.filter((one) => one !== '');
    else if (typeof first === 'number') state[name] = Number.isFinite(Number(text)) ? Number(text) : first;
    else if (typeof first === 'boolean') state[name] = text === '1';
    else state[name] = text;
  }
  return state as UrlState<S>;
}

export function writeState<S extends UrlShape>(start: S, search: string, change: Partial<UrlState<S>>): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries<UrlValue>(change)) {
    params.delete(name);
    if (value === undefined || JSON.stringify(value) === JSON.stringify(start[name])) continue;
    if (Array.isArray(value)) for (const one of value.length === 0 ? [''] : value) params.append(name, String(one));
    else if (typeof value === 'boolean') params.set(name, value ? '1' : '0');
    else params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
