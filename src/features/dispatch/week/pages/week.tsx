// 我的一周 on a phone: my projects, what is owed first, one screen for each. Opens and takes what is written without network; says plainly what has arrived.
import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { useNetwork } from '../../../../web/network.ts';
import { openOutbox, useOutbox } from '../../../../web/offline/sending.ts';
import { registerWorker } from '../../../../web/offline/register.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Mark, toneOf } from '../../../../web/parts/state.tsx';
import { useSession } from '../../../../web/session.tsx';
import { readWeek } from '../contract.ts';
import { NoteBox } from './note.tsx';
import { OneWeek } from './one.tsx';
import { OutboxPanel } from './outbox.tsx';
import './week.css';

export type Week = OutputOf<typeof readWeek>;
export type WeekProject = Week['items'][number];

export function WeekPage() {
  const t = useT('week');
  const { user } = useSession();
  const [{ project }, set] = useUrlState({ project: '' });
  const list = useReadPages(readWeek, {});
  const [worker, setWorker] = useState<'ready' | 'insecure' | 'failed' | undefined>(undefined);
  const { entries } = useOutbox();
  useEffect(() => openOutbox(user.id), [user.id]);
  useEffect(() => void registerWorker().then(setWorker), []);
  const first = list.first;
  if (first === undefined) return list.error === undefined ? <Loading kind="lines" lines={6} /> : <><OutboxPanel onMend={(id) => set({ project: id })} /><Problem error={list.error} onRetry={list.again} /></>;
  const waiting = new Set(entries.filter((one) => one.state === 'waiting').map((one) => one.input['projectId']));
  const one = list.items.find(({ id }) => id === project);
  if (one !== undefined) {
    const next = list.items.find((other) => other.id !== one.id && !other.reported && !waiting.has(other.id));
    return <OneWeek key={one.id} project={one} onBack={() => set({ project: '' })} onNext={() => set({ project: next?.id ?? '' })} />;
  }
  return (
    <div className="week">
      <Head week={first} waiting={waiting.size} />
      {worker === 'insecure' && <p className="two small">{t('insecure')}</p>}
      <OutboxPanel onMend={(id) => set({ project: id })} />
      {list.items.length === 0 ? <Empty title={t('none')} hint={t('noneHint')} /> : (
        <ul className="card weeklist">
          {list.items.map((item) => <li key={item.id}><Row project={item} today={first.day} waiting={waiting.has(item.id)} onOpen={() => set({ project: item.id }, { push: true })} /></li>)}
        </ul>
      )}
      {list.hasMore && <Button busy={list.loadingMore} onClick={list.more}>{t('more')}</Button>}
      <NoteBox />
    </div>
  );
}

function Head({ week, waiting }: { readonly week: Week; readonly waiting: number }) {
  const t = useT('week');
  const format = useFormat();
  const { storedAt, reachable } = useNetwork();
  const owed = Math.max(0, week.owed - waiting);
  return (
    <>
      <PageHead title={owed === 0 ? t('allDone') : t('owed', { count: owed })} small={[t('weekOf', { day: format.day(week.week) }), t('lineDue', { day: format.shortDay(week.lineDue, week.day) }), ...(week.visits > 0 ? [t('visits', { count: week.visits })] : [])].join(' · ')} />
      {storedAt !== undefined && <p className="weekstored small" role="status">{t('stored', { at: format.instant(storedAt) })}</p>}
      {storedAt === undefined && !reachable && <p className="weekstored small" role="status">{t('offline')}</p>}
    </>
  );
}

function Row({ project, today, waiting, onOpen }: { readonly project: WeekProject; readonly today: string; readonly waiting: boolean; readonly onOpen: () => void }) {
  const t = useT('week');
  const format = useFormat();
  const due = project.visitDue !== null && project.visitDue <= today;
  return (
    <button type="button" onClick={onOpen}>
      <Mark tone={toneOf(project.light)} label={t(`light.${String(project.light)}`)} />
      <span className="weekname">{project.name}
        <small>{[project.townName ?? '', project.lastVisitDay === null ? t('neverVisited') : t('visited', { day: format.shortDay(project.lastVisitDay, today) })].filter((part) => part !== '').join(' · ')}</small>
      </span>
      <span className="weekmarks">
        {waiting ? <span className="tone-warn">{t('row.waiting')}</span> : project.reported ? <span className="tone-ok">{t('row.reported')}</span> : <span className={project.key ? 'tone-late' : 'dim'}>{t('row.owed')}</span>}
        {due && !waiting && <span className="tone-late small">{t('row.visit')}</span>}
      </span>
    </button>
  );
}
