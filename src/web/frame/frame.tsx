// What stands around every page: navigation, search, who reads, the state of the network. Only what exists and may be seen is shown.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { setLocale } from '../../features/people/signin/contract.ts';
import { useRun } from '../client.ts';
import { useT } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { Go } from '../parts/go.tsx';
import { usePlace } from '../place.ts';
import { Banner } from './banner.tsx';
import { Bell } from './bell.tsx';
import { LangSwitch } from './lang.tsx';
import { BottomBar, Navigation } from './nav.tsx';
import { Search } from './search.tsx';
import { UserMenu } from './user.tsx';
import './frame.css';

export function Frame({ children }: { readonly children: ReactNode }) {
  const t = useT('web');
  const { zone } = useSession();
  const { pathname } = usePlace();
  const [open, setOpen] = useState(false);
  // What the server words (titles of roles, refusals) is asked for again in the new language.
  const keep = useRun(setLocale);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  // A new page starts at its beginning for those who hear it.
  useEffect(() => {
    setOpen(false);
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [pathname]);
  return (
    <div className={`frame${open ? ' navopen' : ''}`}>
      <a className="skip" href="#main">{t('frame.skip')}</a>
      <aside className="side noprint" id="side">
        <Go className="brand" href="/">
          {t('brand')}
          <small>{zone.name}{zone.demo && <> · {t('frame.demo')}</>}</small>
        </Go>
        <Navigation />
      </aside>
      <div className="veil noprint" onClick={() => setOpen(false)} />
      <div className="body">
        <header className="top noprint">
          <button type="button" className="burger" aria-expanded={open} aria-controls="side" onClick={() => setOpen(!open)} aria-label={t('frame.menu')}>
            <span />
          </button>
          <Search />
          <div className="who">
            <Bell />
            <LangSwitch onSwitch={(locale) => keep.go({ locale })} />
            <UserMenu />
          </div>
        </header>
        <Banner />
        <main id="main" ref={main} tabIndex={-1}>{children}</main>
      </div>
      <BottomBar onMenu={() => setOpen(true)} />
    </div>
  );
}
