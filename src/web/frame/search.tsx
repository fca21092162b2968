// Finds any project by name, pinyin initials, code or number, any problem by number or words, and any page by its name. Ctrl+K from everywhere.
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { hasWords, loadWords, useT } from '../i18n.ts';
import { useRead } from '../client.ts';
import { pages } from '../pages.ts';
import { searchProblems } from '../../features/problems/pool/finding.ts';
import { searchProjects } from '../../features/projects/register/contract.ts';
import { Light } from '../parts/state.tsx';
import { useGo } from '../path.ts';
import { useSession } from '../session.tsx';

const LIMIT = 8;
const FEW = 5;
const WAIT_MS = 120;
const RECENT_KEY = 'yugong:recent';

interface Found {
  readonly href: string;
  readonly name: string;
  readonly hint: string;
  readonly light?: number | string | null;
}

export function Search() {
  const t = useT('web');
  const go = useGo();
  const { can, user } = useSession();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const mayFind = can('projects.read');

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen(true);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    if (open && dialog.current !== null && !dialog.current.open) dialog.current.showModal();
  }, [open]);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);

  // Stages and states are said in words a page may not have brought.
  useEffect(() => {
    if (open) void loadWords(['lifecycle', 'problems']).catch(() => undefined);
  }, [open]);

  const answer = useRead(searchProjects, { q: asked, limit: LIMIT }, { when: open && mayFind && asked !== '', keep: true });
  const problems = useRead(searchProblems, { q: asked, limit: FEW }, { when: open && can('problems.read') && asked !== '', keep: true });
  const places: Found[] = pages
    .filter((page) => page.nav !== 'none' && (page.permission === undefined || can(page.permission)))
    .map((page) => ({ href: page.path, name: t(page.nav === 'top' ? `nav.${page.place}` : page.title), hint: t(`nav.${page.place}`) }))
    .filter((page) => text.trim() !== '' && `${page.hint} ${page.name}`.toLowerCase().includes(text.trim().toLowerCase()));
  const projects: Found[] = asked === '' ? [] : (answer.data?.items ?? []).map((item) => ({
    href: `/projects/${item.id}`,
    name: item.name,
    hint: [item.townName, hasWords(`lifecycle:stage.${item.stage}`) ? t(`lifecycle:stage.${item.stage}`) : item.stage, item.code].filter((one) => one !== null && one !== '').join(' · '),
    light: item.light,
  }));
  const raised: Found[] = asked === '' ? [] : (problems.data?.items ?? []).map((item) => ({
    href: `/problems/${item.id}`, name: `${item.number} ${item.title}`, hint: [t('search.problem'), hasWords(`problems:state.${item.state}`) ? t(`problems:state.${item.state}`) : '', item.ownerName].filter((one) => one !== '').join(' · '),
  }));
  // A number is a problem's: what it finds comes first.
  const found = text.trim() === '' ? recent(user.id) : /^\d{4}-/.test(asked) ? [...raised, ...projects, ...places] : [...projects, ...raised, ...places];
  const here = Math.min(at, Math.max(0, found.length - 1));

  const close = (): void => {
    setOpen(false);
    setText('');
    setAt(0);
  };
  const pick = (one: Found | undefined): void => {
    if (one === undefined) return;
    if (one.light !== undefined) remember(user.id, one);
    close();
    go(one.href);
  };
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      const next = (here + step + found.length) % found.length;
      setAt(next);
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      pick(found[here]);
    }
  };
  return (
    <>
      <button type="button" className="find" onClick={() => setOpen(true)} aria-haspopup="dialog">
        <span>{t('search.place')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      {open && (
        <dialog ref={dialog} className="palette" aria-label={t('search.label')} onCancel={(event) => { event.preventDefault(); close(); }} onPointerDown={(event) => event.target === event.currentTarget && close()}>
          <div className="palettebox" onKeyDown={keys}>
            <input type="search" autoFocus autoComplete="off" spellCheck={false} role="combobox" aria-expanded="true" aria-controls={id} aria-activedescendant={found.length === 0 ? undefined : `${id}-${String(here)}`} aria-label={t('search.label')} placeholder={t('search.place')} value={text} onChange={(event) => { setText(event.target.value); setAt(0); }} />
            <ul ref={list} id={id} role="listbox" aria-label={t('search.results')}>
              {found.map((one, index) => (
                <li key={one.href} id={`${id}-${String(index)}`} role="option" aria-selected={index === here} onPointerMove={() => setAt(index)} onClick={() => pick(one)}>
                  <span className="palettename">{one.name}</span>
                  <span className="dim small">{one.hint}</span>
                  {one.light !== undefined && <Light light={one.light} />}
                </li>
              ))}
            </ul>
            {found.length === 0 && <p className="dim small pad">{text.trim() === '' ? t('search.hint') : answer.refreshing || answer.loading || asked !== text.trim() ? t('loading') : t('search.nothing', { text: text.trim() })}</p>}
            <p className="palettekeys dim small"><kbd>↑</kbd> <kbd>↓</kbd> {t('search.move')}<kbd>Enter</kbd> {t('search.open')}<kbd>Esc</kbd> {t('close')}</p>
          </div>
        </dialog>
      )}
    </>
  );
}

function recent(userId: string): readonly Found[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(`${RECENT_KEY}:${userId}`) ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.flatMap((one: unknown) => (typeof one === 'object' && one !== null && 'href' in one && 'name' in one && 'hint' in one && String(one.href).startsWith('/') ? [{ href: String(one.href), name: String(one.name), hint: String(one.hint) }] : []));
  } catch {
    return [];
  }
}

function remember(userId: string, found: Found): void {
  try {
    localStorage.setItem(`${RECENT_KEY}:${userId}`, JSON.stringify([found, ...recent(userId).filter((one) => one.href !== found.href)].slice(0, 6)));
  } catch {
    // Only a convenience.
  }
}
