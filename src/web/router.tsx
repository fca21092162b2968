// From a path to its page, by the table in pages.ts. Every page is guarded by its permission and by a boundary for failures; its code
// and words are fetched when it is opened, and what stood before stays for a moment rather than flash.
import { useEffect, useLayoutEffect, useState, type ComponentType, type ReactNode } from 'react';
import { Frame } from './frame/frame.tsx';
import { leaveWith } from './gone.ts';
import { useT } from './i18n.ts';
import { Boundary } from './parts/boundary.tsx';
import { Loading } from './parts/loading.tsx';
import { NotAllowed, NotFound, Problem } from './parts/problem.tsx';
import { openPageAt, pageAt, pages, partsOf, PLACES, type OpenPage, type PageEntry } from './pages.ts';
import { PathContext } from './path.ts';
import { goTo, onMove, PlaceContext, placeNow, type Place } from './place.ts';
import { problemOf } from './problem.ts';
import { SessionGate, useSession } from './session.tsx';

export { useGo, usePath } from './path.ts';

const PENDING_MS = 150; // a page that is there within this time replaces the former without a blank
const RELOADED = 'yugong:reloaded';
const loaded = new Map<string, ComponentType>();

/** Draws the page of the address; the gallery adds pages of its own. */
export function Router({ extra = [] }: { readonly extra?: readonly OpenPage[] }) {
  const [place, setPlace] = useState(placeNow);
  const [opened, setOpened] = useState(0);
  // Before the effects of pages, or one that leads elsewhere at once would move unseen.
  useLayoutEffect(() => {
    let latest = 0;
    return onMove((to, anew) => {
      const mine = (latest += 1);
      const draw = (): void => {
        if (mine !== latest) return;
        setPlace(to);
        if (anew) setOpened((count) => count + 1);
      };
      const entry = entryAt(to.pathname, extra);
      if (entry === undefined || loaded.has(entry.path)) draw();
      else void Promise.race([fetchPage(entry).catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PENDING_MS))]).then(draw);
    });
  }, [extra]);
  // After it: whoever came without a session, and was told so before there was a router, leaves here at once.
  useLayoutEffect(() => leaveWith(goTo), []);
  useLayoutEffect(() => {
    if (opened > 0) window.scrollTo(0, 0);
  }, [opened]);
  return <PlaceContext value={place}><Drawn place={place} extra={extra} /></PlaceContext>;
}

function Drawn({ place, extra }: { readonly place: Place; readonly extra: readonly OpenPage[] }) {
  const open = openPageAt(place.pathname, extra);
  if (open !== undefined) return <Titled title={open.title}><Boundary><PathContext value={partsOf(open.path, place.pathname)}><Page key={open.path} entry={open} /></PathContext></Boundary></Titled>;
  const entry = pageAt(place.pathname);
  return (
    <SessionGate>
      <Frame>
        {entry === undefined ? <Elsewhere pathname={place.pathname} /> : <Guarded key={place.pathname} entry={entry}><PathContext value={partsOf(entry.path, place.pathname)}><Page entry={entry} /></PathContext></Guarded>}
      </Frame>
    </SessionGate>
  );
}

/** `/admin` is no page but a word of the navigation: it leads to the first page below it that the reader may see. */
function Elsewhere({ pathname }: { readonly pathname: string }) {
  const { can } = useSession();
  const place = PLACES.find(({ id }) => pathname.replace(/\/$/, '') === `/${id}`)?.id;
  const first = pages.find((one) => one.place === place && one.nav !== 'none' && (one.permission === undefined || can(one.permission)))?.path;
  useEffect(() => {
    if (first !== undefined) goTo(first, { replace: true });
  }, [first]);
  return first === undefined ? <NotFound /> : null;
}

/** The page itself as soon as it is there. */
function Page({ entry }: { readonly entry: OpenPage }) {
  const [fault, setFault] = useState<unknown>(undefined);
  const [, draw] = useState(0);
  const Content = loaded.get(entry.path);
  useEffect(() => {
    if (Content !== undefined || fault !== undefined) return;
    void fetchPage(entry).then(() => draw((count) => count + 1), (thrown: unknown) => {
      if (!reloadOnce()) setFault(thrown);
    });
  }, [Content, entry, fault]);
  if (Content !== undefined) return <Content />;
  return fault === undefined ? <Loading lines={8} /> : <Problem error={problemOf(fault)} onRetry={() => window.location.reload()} />;
}

function entryAt(pathname: string, extra: readonly OpenPage[]): OpenPage | undefined {
  return openPageAt(pathname, extra) ?? pageAt(pathname);
}

async function fetchPage(entry: OpenPage): Promise<void> {
  loaded.set(entry.path, await entry.load());
}

// The code of a page is gone from the server after an update: the newer shell knows where it is now. Once, or a real fault would loop.
function reloadOnce(): boolean {
  try {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
    if (Date.now() - last < 60_000) return false;
    sessionStorage.setItem(RELOADED, String(Date.now()));
  } catch {
    return false;
  }
  window.location.reload();
  return true;
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
