// Where the reader is and how a part moves on. Knows no page, so that the frame may use it too.
import { useParams, useRouter } from '@tanstack/react-router';

/** The parts of the path that a page is about: `const { id } = usePath()`. A missing one is empty. */
export function usePath(): Readonly<Record<string, string>> {
  return useParams({ strict: false });
}

/** Moves to a path by hand: `const go = useGo(); go('/projects/1')`. */
export function useGo(): (href: string, options?: { readonly replace?: boolean }) => void {
  const router = useRouter();
  return (href, options) => {
    if (options?.replace === true) router.history.replace(href);
    else router.history.push(href);
  };
}
