// The next step of a project as the one main button of its record, and beside it what leads back or aside. Nothing where nothing may be done.
import { lazy, Suspense, useState } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Popover } from '../../../../web/parts/popover.tsx';
import { getGates } from '../contract.ts';
import type { Aside } from './aside.tsx';
import { pick, type Gates } from './words.ts';

// The dialogs come when they are opened: a phone that only reads does not wait for them.
const MoveDialog = lazy(async () => ({ default: (await import('./move.tsx')).MoveDialog }));
const AddEvidenceDialog = lazy(async () => ({ default: (await import('./adding.tsx')).AddEvidenceDialog }));
const BackDialog = lazy(async () => ({ default: (await import('./aside.tsx')).BackDialog }));
const AsideDialog = lazy(async () => ({ default: (await import('./aside.tsx')).AsideDialog }));

/** For the head of the record page. `main: false` where another button is the main one there. */
export function LifecycleActions({ projectId, main = true }: { readonly projectId: string; readonly main?: boolean }) {
  const read = useRead(getGates, { id: projectId });
  return read.data === undefined ? null : <Actions gates={read.data} main={main} />;
}

const ASIDE = { paused: 'pause', removed: 'remove', terminated: 'terminate' } as const;

export function Actions({ gates, main }: { readonly gates: Gates; readonly main: boolean }) {
  const t = useT('lifecycle');
  const lang = useLang();
  const [open, setOpen] = useState<{ do: 'move'; to: string } | { do: 'add'; kinds: readonly string[]; to: string } | { do: 'back' } | { do: Aside } | undefined>(undefined);
  const next = gates.next.at(-1);
  const aside = gates.can.sides.map((side) => ASIDE[side]);
  const items: readonly { readonly key: 'back' | Aside; readonly word: string }[] = [
    ...(gates.can.back ? [{ key: 'back' as const, word: t('gate.back') }] : []),
    ...aside.map((one) => ({ key: one, word: t(`aside.${one}`) })),
  ];
  const close = (): void => setOpen(undefined);
  return (
    <>
      {items.length > 0 && (
        <Popover label={t('aside.menu')} align="end" trigger={(trigger) => <button type="button" className="btn plain" {...trigger}>{t('aside.menu')}</button>}>
          {(done) => (
            <div className="menulist">
              {items.map((one) => <button key={one.key} type="button" onClick={() => { done(); setOpen({ do: one.key }); }}>{one.word}</button>)}
            </div>
          )}
        </Popover>
      )}
      {gates.can.resume && <Button kind={main ? 'main' : 'plain'} onClick={() => setOpen({ do: 'resume' })}>{t('aside.resume')}</Button>}
      {gates.can.move && next !== undefined && <Button kind={main ? 'main' : 'plain'} onClick={() => setOpen({ do: 'move', to: next.stage })}>{t('gate.move', { stage: pick(next.name, lang) })}</Button>}
      <Suspense fallback={null}>
        {open?.do === 'move' && <MoveDialog gates={gates} to={open.to} onClose={close} onAdd={(kinds) => setOpen({ do: 'add', kinds, to: open.to })} />}
        {open?.do === 'add' && <AddEvidenceDialog gates={gates} kinds={open.kinds} onClose={() => setOpen({ do: 'move', to: open.to })} />}
        {open?.do === 'back' && <BackDialog gates={gates} onClose={close} />}
        {(open?.do === 'pause' || open?.do === 'remove' || open?.do === 'terminate' || open?.do === 'resume') && <AsideDialog gates={gates} what={open.do} onClose={close} />}
      </Suspense>
    </>
  );
}
