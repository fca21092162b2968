// The seven words at the left, and the bar at the foot of a phone. Built from pages.ts: no page, no word.
import { useT } from '../i18n.ts';
import { pageAt, pages, PLACES, type PageEntry, type Place } from '../pages.ts';
import { Go } from '../parts/go.tsx';
import { usePlace } from '../place.ts';
import { useSession, type Session } from '../session.tsx';
import { useWaiting, WaitingMark, type Waiting } from './waiting.tsx';

interface NavWord {
  readonly place: Place;
  /** The page that the word opens; a word with only pages below it opens the first of them. */
  readonly top: PageEntry | undefined;
  readonly subs: readonly PageEntry[];
}

export function Navigation() {
  const t = useT('web');
  const words = useWords();
  const here = useHere();
  const waiting = useWaiting();
  return (
    <nav aria-label={t('frame.navigation')}>
      {words.map(({ place, top, subs }) => (
        <div key={place}>
          <NavLink path={top?.path ?? subs[0]?.path ?? '/'} label={t(`nav.${place}`)} here={top === undefined ? false : here === top.path} within={isWithin(here, place)} waiting={top === undefined ? undefined : waiting.get(top.path)} />
          {(place !== 'admin' || pages.some((page) => page.path === here && page.place === 'admin')) && inFamilies(subs, here, waiting).map((sub) => <NavLink key={sub.path} sub={sub.under === undefined ? 'sub' : 'sub below'} path={sub.path} label={t(sub.title)} here={here === sub.path} within={false} waiting={waiting.get(sub.path)} />)}
        </div>
      ))}
    </nav>
  );
}

/** At most four words and the menu, within reach of a thumb. */
export function BottomBar({ onMenu }: { readonly onMenu: () => void }) {
  const t = useT('web');
  const words = useWords().slice(0, 4);
  const here = useHere();
  const waiting = useWaiting();
  return (
    <nav className="bottombar noprint" aria-label={t('frame.bottom')}>
      {words.map(({ place, top, subs }) => {
        const path = top?.path ?? subs[0]?.path ?? '/';
        const within = here === path || isWithin(here, place);
        return <Go key={place} href={path} className={within ? 'here' : undefined} aria-current={here === path ? 'page' : undefined}><span>{t(`nav.${place}`)}<WaitingMark waiting={top === undefined ? undefined : waiting.get(path)} /></span></Go>;
      })}
      <button type="button" onClick={onMenu}>{t('frame.more')}</button>
    </nav>
  );
}

function NavLink({ path, label, here, within, waiting, sub = '' }: { readonly path: string; readonly label: string; readonly here: boolean; readonly within: boolean; readonly waiting: Waiting | undefined; readonly sub?: string }) {
  return <Go href={path} className={`${sub}${here ? ' here' : ''}${within && !here ? ' within' : ''}`} aria-current={here ? 'page' : undefined}>{label}<WaitingMark waiting={waiting} /></Go>;
}

function useWords(): readonly NavWord[] {
  const session = useSession();
  return PLACES.flatMap(({ id }) => {
    const seen = pages.filter((page) => page.place === id && page.nav !== 'none' && maySee(session, page));
    const top = seen.find((page) => page.nav === 'top');
    const subs = seen.filter((page) => page.nav === 'sub');
    return top === undefined && subs.length === 0 ? [] : [{ place: id, top, subs }];
  });
}

function maySee(session: Session, page: PageEntry): boolean {
  return page.permission === undefined || session.can(page.permission);
}

/** Each page with those below it behind it. What stands below is shown while one of its family is open, or something waits there; without its head it stands for itself. */
function inFamilies(subs: readonly PageEntry[], here: string | undefined, waiting: ReadonlyMap<string, Waiting>): readonly PageEntry[] {
  const heads = new Set(subs.flatMap((sub) => (sub.under === undefined ? [sub.path] : [])));
  const open = pages.find((page) => page.path === here)?.under ?? [...heads].find((head) => here === head || here?.startsWith(`${head}/`) === true);
  return subs.flatMap((sub) => {
    if (sub.under !== undefined) return heads.has(sub.under) ? [] : [alone(sub)];
    return [sub, ...subs.filter((one) => one.under === sub.path && (open === sub.path || waiting.has(one.path)))];
  });
}

function alone({ under: _under, ...page }: PageEntry): PageEntry {
  return page;
}

/** The path in the table of pages that the address belongs to. */
function useHere(): string | undefined {
  const { pathname } = usePlace();
  return pageAt(pathname)?.path;
}

function isWithin(here: string | undefined, place: Place): boolean {
  return pages.some((page) => page.path === here && page.place === place && page.nav !== 'sub' && !page.path.startsWith('/account'));
}
