// Where the reader is and how a part moves on. Knows no page, so that the frame may use it too.
import { createContext, useContext } from 'react';
import { goTo } from './place.ts';

export const PathContext = createContext<Readonly<Record<string, string>>>({});

/** The parts of the path that a page is about: `const { id } = usePath()`. A missing one is empty. */
export function usePath(): Readonly<Record<string, string>> {
  return useContext(PathContext);
}

/** Moves to a path by hand: `const go = useGo(); go('/projects/1')`. */
export function useGo(): (href: string, options?: { readonly replace?: boolean }) => void {
  return goTo;
}
