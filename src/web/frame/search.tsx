// The field in the frame that opens the search, also by Ctrl+K from everywhere. The search itself comes after the page: no page waits for it.
import { lazy, Suspense, useEffect, useState } from 'react';
import { useT } from '../i18n.ts';

const load = () => import('./palette.tsx');
const Palette = lazy(async () => ({ default: (await load()).Palette }));
const AHEAD_MS = 1500;

export function Search() {
  const t = useT('web');
  const [open, setOpen] = useState(false);
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
  // So that whoever presses Ctrl+K and types at once loses no letter.
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <button type="button" className="find" onClick={() => setOpen(true)} aria-haspopup="dialog">
        <span>{t('search.place')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <Suspense fallback={null}>{open && <Palette onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
