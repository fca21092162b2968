// Where the reader is: the address as a store, and the only ways to move. Knows no page. The browser's own history keeps scroll
// positions; a page that is opened anew starts at its top.
import { createContext, useContext } from 'react';

export interface Place {
  readonly pathname: string;
  /** With its question mark; empty without one. */
  readonly search: string;
  readonly hash: string;
}

/** The place that is drawn: the router hands it down, so that a page which is being left does not read the address of the next. */
export const PlaceContext = createContext<Place>({ pathname: '/', search: '', hash: '' });

export function usePlace(): Place {
  return useContext(PlaceContext);
}

export function placeNow(): Place {
  const { pathname, search, hash } = window.location;
  return { pathname, search, hash };
}

/** Moves without loading the page anew; `replace` keeps the entry in the browser's history. */
export function goTo(href: string, options: { readonly replace?: boolean } = {}): void {
  const before = window.location.pathname;
  if (options.replace === true) window.history.replaceState(null, '', href);
  else window.history.pushState(null, '', href);
  for (const listener of listeners) listener(placeNow(), window.location.pathname !== before);
}

const listeners = new Set<(place: Place, opened: boolean) => void>();

/** `opened`: another page was opened by hand, not found again by going back. */
export function onMove(listener: (place: Place, opened: boolean) => void): () => void {
  const back = (): void => listener(placeNow(), false);
  listeners.add(listener);
  window.addEventListener('popstate', back);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', back);
  };
}
