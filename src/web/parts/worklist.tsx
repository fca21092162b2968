// What needs this person, grouped by urgency, one line an item with its action on it. j/k move, Enter opens, x acts.
// A done item fades in its place and can be taken back; nothing jumps while somebody reads.
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Tone } from '../format.ts';
import { useT } from '../i18n.ts';
import { problemOf } from '../problem.ts';
import { Button } from './button.tsx';
import { Go } from './go.tsx';
import { State } from './state.tsx';
import { toast } from './toast.tsx';
import './page.css';
import './worklist.css';

export interface WorkItem {
  readonly id: string;
  readonly tone: Tone;
  readonly word?: string;
  readonly title: ReactNode;
  /** Second line: where, who, why. */
  readonly note?: ReactNode;
  /** 月报, 节点, 关口 · 投产 */
  readonly kind?: string;
  /** 超期 4 天, 今日 18:00, 周五 */
  readonly due?: string;
  readonly dueTone?: Tone;
  readonly href: string;
  readonly action?: WorkAction;
}

export interface WorkAction {
  readonly label: string;
  readonly main?: boolean;
  /** Opens instead of doing. */
  readonly href?: string;
  /** Does it; may give back how to undo it. */
  readonly run?: () => Promise<(() => Promise<unknown>) | undefined>;
}

export interface WorkGroup {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly items: readonly WorkItem[];
}

export function Worklist({ groups, onOpen }: { readonly groups: readonly WorkGroup[]; readonly onOpen: (href: string) => void }) {
  const t = useT('web');
  const all = groups.flatMap((group) => group.items);
  const [here, setHere] = useState<string | undefined>(undefined);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState<string | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);

  const mark = useCallback((id: string, as: boolean) => {
    setDone((before) => {
      const after = new Set(before);
      if (as) after.add(id);
      else after.delete(id);
      return after;
    });
  }, []);

  const act = useCallback(async (item: WorkItem) => {
    if (item.action?.href !== undefined) return onOpen(item.action.href);
    if (item.action?.run === undefined) return onOpen(item.href);
    setBusy(item.id);
    try {
      const undo = await item.action.run();
      mark(item.id, true);
      toast({
        text: t('worklist.done', { action: item.action.label }),
        ...(undo === undefined ? {} : { undo: () => void undo().then(() => mark(item.id, false), (thrown: unknown) => toast({ text: problemOf(thrown).message, tone: 'bad' })) }),
      });
    } catch (thrown) {
      toast({ text: problemOf(thrown).message, tone: 'bad' });
    } finally {
      setBusy(undefined);
    }
  }, [mark, onOpen, t]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target;
      const typing = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
      if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return;
      const index = all.findIndex((item) => item.id === here);
      const current = all[index];
      if (event.key === 'j' || event.key === 'k') {
        const next = all[event.key === 'j' ? Math.min(all.length - 1, index + 1) : Math.max(0, index - 1)];
        if (next === undefined) return;
        setHere(next.id);
        const line = box.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(next.id)}"]`);
        line?.scrollIntoView({ block: 'nearest' });
        line?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
        event.preventDefault();
      } else if (event.key === 'Enter' && current !== undefined && !(target instanceof HTMLElement && target.closest('a, button') !== null)) {
        onOpen(current.href);
      } else if (event.key === 'x' && current !== undefined && !done.has(current.id)) {
        void act(current);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [all, here, done, act, onOpen]);

  return (
    <div className="worklist" ref={box}>
      {groups.filter((group) => group.items.length > 0).map((group) => (
        <section key={group.id} className="section" aria-label={group.title}>
          <div className="sectionhead">
            <h2>{group.title}</h2>
            <span>{group.hint ?? t('worklist.count', { count: group.items.length })}</span>
          </div>
          <ul className="card">
            {group.items.map((item) => (
              <li key={item.id} data-id={item.id} className={`workline${here === item.id ? ' on' : ''}${done.has(item.id) ? ' done' : ''}`} onPointerDown={() => setHere(item.id)}>
                <span className="workstate"><State tone={item.tone} {...(item.word === undefined ? {} : { word: item.word })} /></span>
                <p className="worktitle">
                  <Go href={item.href}>{item.title}</Go>
                  {item.note !== undefined && <small>{item.note}</small>}
                </p>
                <span className="workkind two">{item.kind}</span>
                <span className={`workdue${item.dueTone === undefined ? '' : ` tone-${item.dueTone}`}`}>{done.has(item.id) ? t('worklist.isDone') : item.due}</span>
                <span className="workact">
                  {item.action !== undefined && !done.has(item.id) && (
                    <Button kind={item.action.main === true ? 'main' : item.action.href === undefined ? 'plain' : 'quiet'} busy={busy === item.id} onClick={() => void act(item)} {...(item.action.href === undefined ? {} : { href: item.action.href })}>
                      {item.action.label}
                    </Button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className="dim small noprint workkeys">{t('worklist.keys')}</p>
    </div>
  );
}
