// Paths to pages: built from the table in pages.ts. Every page is guarded by its permission and by a boundary for failures.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, type AnyRoute } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import { useEffect } from 'react';
import { Frame } from './frame/frame.tsx';
import { leaveWith } from './gone.ts';
import { useT } from './i18n.ts';
import { Boundary } from './parts/boundary.tsx';
import { Loading } from './parts/loading.tsx';
import { NotAllowed, NotFound } from './parts/problem.tsx';
import { openPages, pages, type PageEntry } from './pages.ts';
import { SessionGate, useSession } from './session.tsx';

export { useGo, usePath } from './path.ts';

const root = createRootRoute({ component: Outlet, notFoundComponent: () => <main className="alone"><NotFound /></main> });

const framed = createRoute({
  getParentRoute: () => root,
  id: 'framed',
  component: () => (
    <SessionGate>
      <Frame>
        <Outlet />
      </Frame>
    </SessionGate>
  ),
});

/** Makes the router; the gallery adds pages of its own. */
export function makeRouter(extra: readonly Pick<PageEntry, 'path' | 'title' | 'load'>[] = []) {
  const inside: AnyRoute[] = pages.map((entry) =>
    createRoute({ getParentRoute: () => framed, path: entry.path, component: lazyPage(entry.load, (content) => <Guarded entry={entry}>{content}</Guarded>) }),
  );
  inside.push(createRoute({ getParentRoute: () => framed, path: '$', component: NotFound }));
  const outside: AnyRoute[] = [...openPages, ...extra].map((entry) =>
    createRoute({ getParentRoute: () => root, path: entry.path, component: lazyPage(entry.load, (content) => <Titled title={entry.title}>{content}</Titled>) }),
  );
  const router = createRouter({
    routeTree: root.addChildren([framed.addChildren(inside), ...outside]),
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch: searchFields,
    stringifySearch: searchText,
    defaultPendingComponent: () => <Loading lines={8} />,
    defaultPendingMs: 150,
    defaultNotFoundComponent: NotFound,
  });
  leaveWith((href) => router.history.push(href));
  return router;
}

// Plain words and repeated names, as address.ts writes them; the router would otherwise rewrite the address as JSON.
function searchFields(text: string): Record<string, string | string[]> {
  const params = new URLSearchParams(text);
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name).length > 1 ? params.getAll(name) : (params.get(name) ?? '')]));
}

function searchText(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) params.append(name, String(one));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

function lazyPage(load: () => Promise<ComponentType>, wrap: (content: ReactNode) => ReactNode) {
  const Page = lazyRouteComponent(async () => {
    const Content = await load();
    return { default: () => wrap(<Content />) };
  });
  return Page;
}

function Guarded({ entry, children }: { readonly entry: PageEntry; readonly children: ReactNode }) {
  const { can } = useSession();
  if (entry.permission !== undefined && !can(entry.permission)) return <NotAllowed />;
  return (
    <Titled title={entry.title}>
      <Boundary>{children}</Boundary>
    </Titled>
  );
}

function Titled({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const t = useT('web');
  const words = t(title);
  useEffect(() => {
    document.title = `${words} · ${t('brand')}`;
  }, [words, t]);
  return <>{children}</>;
}
