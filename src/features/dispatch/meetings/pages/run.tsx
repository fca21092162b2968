// A meeting in session, for the wall and for the clerk beside it: one item large, the facts beside it, the decision entered while people talk. Keys turn the
// pages; a network that goes away loses nothing.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { useNetwork } from '../../../../web/network.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Drawer } from '../../../../web/parts/dialog.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { usePath } from '../../../../web/router.tsx';
import { useUrlState } from '../../../../web/address.ts';
import { readBeside, readMeeting, turnTo } from '../contract.ts';
import { Attendance } from './attendance.tsx';
import { Beside } from './beside.tsx';
import { DecideForm } from './decide.tsx';
import { useUnits } from './orgs.tsx';
import { useOutbox, type Waiting } from './outbox.ts';
import { clockSay, factSay, titleSay, type Item, type One } from './say.ts';
import './run.css';

const POLL_SECONDS = 4;

export function RunPage() {
  const { id = '' } = usePath();
  const read = useRead(readMeeting, { id }, { everySeconds: POLL_SECONDS });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return <Wall one={read.data} />;
}

function Wall({ one }: { readonly one: One }) {
  const t = useT('meetings');
  const lang = useLang();
  const items = useMemo(() => one.items.filter((each) => each.place === 'listed'), [one.items]);
  const [at, setAt] = useUrlState({ item: one.currentItem ?? items[0]?.id ?? '' });
  const [drawer, setDrawer] = useState<'list' | 'attendance' | undefined>(undefined);
  const outbox = useOutbox(one.meeting.id);
  const { reachable } = useNetwork();
  const units = useUnits();
  const index = Math.max(0, items.findIndex((each) => each.id === at.item));
  const item = items[index];
  const seconds = useClock(item?.id);
  const turn = useRun(turnTo, { touches: [] });
  const go = useCallback((step: number) => {
    const next = items[index + step];
    if (next === undefined) return;
    setAt({ item: next.id });
    // Told to the other screens; without a network they are told by the next turn.
    if (one.can.decide && one.meeting.state === 'in_session' && reachable) turn.go({ id: one.meeting.id, itemId: next.id, ...(item === undefined ? {} : { left: { itemId: item.id, seconds: seconds() } }) });
  }, [items, index, item, one.can.decide, one.meeting.id, one.meeting.state, reachable, seconds, setAt, turn]);
  useKeys(go, () => setDrawer((open) => (open === undefined ? 'list' : undefined)));
  // The next item's facts are there before its turn comes, also when the network goes.
  useRead(readBeside, { id: one.meeting.id, itemId: items[index + 1]?.id ?? '' }, { when: items[index + 1] !== undefined });
  const waiting = outbox.waiting.filter((each) => each.refused === undefined).length;
  if (item === undefined) return <div className="wall"><Empty title={t('agenda.none')} hint={t('agenda.noneRead')}><Button href={`/meetings/${one.meeting.id}`}>{t('run.back')}</Button></Empty></div>;
  return (
    <div className="wall">
      <header className="wallhead">
        <Go href={`/meetings/${one.meeting.id}`} className="wallname">{titleSay(one.meeting, t, lang, one.expectedNumber)}</Go>
        <span className={`wallnet${reachable ? '' : ' off'}`} role="status">{waiting > 0 ? t('run.waiting', { count: waiting }) : !reachable ? t('run.lost') : one.can.decide ? t('run.saved') : t(`state.${one.meeting.state}`)}</span>
        <Ticking of={item.id} planned={item.minutes} />
        <span className="wallcount">{index + 1} / {items.length}</span>
        <span className="row noprint"><Button small onClick={() => setDrawer('list')}>{t('run.list')}</Button><Button small onClick={() => setDrawer('attendance')}>{t('attendance.title')}</Button></span>
      </header>
      <div className="wallbody">
        <main className="wallitem">
          <ItemHead item={item} />
          <DecideForm key={item.id} one={one} item={item} outbox={outbox} units={units} onNext={index + 1 < items.length ? () => go(1) : undefined} />
        </main>
        <Beside one={one} item={item} />
      </div>
      <footer className="wallfoot noprint"><Button disabled={index === 0} onClick={() => go(-1)}>← {t('run.before')}</Button><span className="dim small">{t('run.keys')}</span><Button disabled={index + 1 >= items.length} onClick={() => go(1)}>{t('run.next')} →</Button></footer>
      {drawer === 'list' && <Drawer open onClose={() => setDrawer(undefined)} title={t('run.list')}><Listed items={items} here={item.id} waiting={outbox.waiting} onGo={(id) => { setDrawer(undefined); setAt({ item: id }); }} /></Drawer>}
      {drawer === 'attendance' && <Drawer open onClose={() => setDrawer(undefined)} title={t('attendance.title')}><Attendance one={one} /></Drawer>}
    </div>
  );
}

function ItemHead({ item }: { readonly item: Item }) {
  const t = useT('meetings');
  const format = useFormat();
  return (
    <section className="wallwhat">
      <p className="wallproject">{item.projectName ?? t('run.noProject')}{item.since !== null && <span className="tag">{t('agenda.since', { number: item.since.number })}</span>}<span className="tag">{t(`rule.${item.rule}`)}</span></p>
      <h1>{item.title}</h1>
      {item.facts.length > 0 && <p className="wallfacts">{item.facts.map((fact) => <span key={fact.code}>{factSay(fact, t, format)}</span>)}</p>}
      {item.statusLine !== '' && <p className="wallsay">{item.statusLine}</p>}
      {item.ask !== '' && <p className="wallsay"><b>{t('item.ask')}</b>{t('colon')}{item.ask}</p>}
      {item.owner !== null && <p className="wallsay two">{t('item.owner')}{t('colon')}{item.owner.name}</p>}
    </section>
  );
}

function Listed({ items, here, waiting, onGo }: { readonly items: readonly Item[]; readonly here: string; readonly waiting: readonly Waiting[]; readonly onGo: (id: string) => void }) {
  const t = useT('meetings');
  return (
    <ol className="walllist">
      {items.map((each, i) => {
        const own = waiting.find((one) => one.input.itemId === each.id);
        const word = own?.refused !== undefined ? t('run.conflict') : own !== undefined ? t('run.isWaiting') : each.decision === null ? t('run.undecided') : t(`decide.${each.decision.kind}`);
        return <li key={each.id}><button type="button" aria-current={each.id === here} onClick={() => onGo(each.id)}><span>{i + 1}</span><span>{each.projectName !== null && each.projectName !== each.title && <i className="dim">{each.projectName} </i>}{each.title}</span><em className={own?.refused !== undefined ? 'tone-bad' : own !== undefined ? 'tone-warn' : each.decision === null ? 'dim' : 'tone-ok'}>{word}</em></button></li>;
      })}
    </ol>
  );
}

/** The clock of the item in hand, by itself: the wall is not drawn anew every second. */
function Ticking({ of, planned }: { readonly of: string; readonly planned: number }) {
  const t = useT('meetings');
  const seconds = useClock(of);
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => draw((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const passed = seconds();
  return <span className={`wallclock${passed > planned * 60 ? ' over' : ''}`} aria-label={t('run.clock', { planned })}>{clockSay(passed)}</span>;
}

const started = new Map<string, number>();

/** Seconds since the item came up on this screen. */
function useClock(id: string | undefined): () => number {
  useEffect(() => {
    if (id !== undefined) started.set(id, Date.now());
  }, [id]);
  return useCallback(() => Math.floor((Date.now() - (started.get(id ?? '') ?? Date.now())) / 1000), [id]);
}

/** Arrows and page keys turn, L lists; not while somebody writes or a dialog is open. */
function useKeys(go: (step: number) => void, list: () => void): void {
  const latest = useRef({ go, list });
  latest.current = { go, list };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const target = event.target instanceof HTMLElement ? event.target : undefined;
      if (target?.closest('input, textarea, select, [contenteditable], dialog, [role=listbox], [role=radiogroup]') !== null && target !== undefined) return;
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === 'ArrowRight' || event.key === 'PageDown') latest.current.go(1);
      else if (event.key === 'ArrowLeft' || event.key === 'PageUp') latest.current.go(-1);
      else if (event.key === 'l' || event.key === 'L') latest.current.list();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
