// 日志台账: what each did, day by day — weekly lines, visits, remarks, and what stands in the record. One's own remarks can be mended; the earlier words stay.
import { lazy, Suspense, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useReadPages } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT, type T } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { UserPicker } from '../../../../web/inputs/people.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { useSession } from '../../../../web/session.tsx';
import { DIARY_KINDS, readDiary } from '../../week/contract.ts';
import '../../week/pages/visit.css';

const NoteDialog = lazy(async () => ({ default: (await import('./note.tsx')).NoteDialog }));
const EarlierDialog = lazy(async () => ({ default: (await import('./earlier.tsx')).EarlierDialog }));
export type Entry = OutputOf<typeof readDiary>['items'][number];
const START = { mine: '', kind: 'all', userId: '', projectId: '', from: '', to: '' };

export function DiaryLedger() {
  const t = useT('ledgers');
  const { today, can } = useSession();
  const [state, set] = useUrlState(START);
  const [mending, setMending] = useState<Entry | undefined>(undefined);
  const [shown, setShown] = useState<Entry | undefined>(undefined);
  const kind = DIARY_KINDS.find((one) => one === state.kind);
  const given = (name: string, value: string): Record<string, string> => (value === '' ? {} : { [name]: value });
  const asked = { ...given('userId', state.userId), ...given('projectId', state.projectId), ...given('from', state.from), ...given('to', state.to), ...(kind === undefined ? {} : { kind: [kind] }) };
  const list = useReadPages(readDiary, { ...asked, ...(state.mine === '1' ? { mine: true } : {}) });
  const file = useDownload();
  return (
    <>
      <PageHead title={t(state.mine === '1' ? 'diary.mine' : 'diary.title')} actions={<>
        {state.projectId !== '' && <Button onClick={() => set({ projectId: '' })}>{t('diary.allProjects')}</Button>}
        {can('projects.export') && state.mine !== '1' && <Button onClick={() => file.start('dispatch.diary_export', asked)}>{t('diary.export')}</Button>}
      </>} />
      <Tabs label={t('diary.kinds')} here={state.kind} onGo={(next) => set({ kind: next })} tabs={['all', ...DIARY_KINDS].map((id) => ({ id, label: t(`diary.${id}`) }))} />
      <div className="row" style={{ margin: '12px 0' }}>
        {can('dispatch.report_week') && <Button small kind={state.mine === '1' ? 'main' : 'plain'} onClick={() => set({ mine: state.mine === '1' ? '' : '1', userId: '' })}>{t('diary.onlyMine')}</Button>}
        {state.mine !== '1' && <div style={{ width: 180 }}><UserPicker label={t('diary.person')} placeholder={t('diary.person')} value={state.userId === '' ? undefined : state.userId} onChange={(next) => set({ userId: next ?? '' })} /></div>}
        <div style={{ width: 150 }}><DayInput label={t('diary.from')} placeholder={t('diary.from')} today={today} value={state.from === '' ? undefined : state.from} onChange={(next) => set({ from: next ?? '' })} /></div>
        <div style={{ width: 150 }}><DayInput label={t('diary.to')} placeholder={t('diary.to')} today={today} value={state.to === '' ? undefined : state.to} onChange={(next) => set({ to: next ?? '' })} /></div>
      </div>
      {list.first === undefined ? (list.error === undefined ? <Loading kind="lines" lines={10} /> : <Problem error={list.error} onRetry={list.again} />)
        : list.items.length === 0 ? <div className="card"><Empty title={t('diary.none')} hint={t('diary.noneHint')} /></div> : <Days items={list.items} onMend={setMending} onEarlier={setShown} />}
      {list.hasMore && <Pager shown={list.items.length} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />}
      {mending !== undefined && <Suspense fallback={null}><NoteDialog entry={mending} onClose={() => setMending(undefined)} /></Suspense>}
      {shown !== undefined && <Suspense fallback={null}><EarlierDialog id={shown.id} onClose={() => setShown(undefined)} /></Suspense>}
    </>
  );
}

function Days({ items, onMend, onEarlier }: { readonly items: readonly Entry[]; readonly onMend: (entry: Entry) => void; readonly onEarlier: (entry: Entry) => void }) {
  const format = useFormat();
  const days = [...new Set(items.map((one) => one.day))];
  return days.map((day) => (
    <section key={day}>
      <h2 className="diaryday">{format.day(day)} {format.weekday(day)}</h2>
      <ul className="card diary">{items.filter((one) => one.day === day).map((one) => <OneEntry key={one.id} entry={one} onMend={onMend} onEarlier={onEarlier} />)}</ul>
    </section>
  ));
}

function OneEntry({ entry, onMend, onEarlier }: { readonly entry: Entry; readonly onMend: (entry: Entry) => void; readonly onEarlier: (entry: Entry) => void }) {
  const t = useT('ledgers');
  const format = useFormat();
  return (
    <li>
      <span className="two small">{format.instant(entry.at).slice(-5)}</span>
      <div>
        <p><b>{entry.userName}</b> <span className="tag">{entry.kind === 'event' ? t(`history:${entry.what.replace('.', '_')}`) : entry.kind === 'visit' ? t(`kind.${entry.what}`) : t(`kind.${entry.kind}`)}</span>{' '}
          {entry.projectId === null ? entry.orgName : <Go href={`/projects/${entry.projectId}?tab=taskforce`}>{entry.projectName}</Go>}{entry.kind === 'visit' && <> <Go className="small" href={`/dispatch/visits/${entry.id}`}>{t('diary.open')}</Go></>}</p>
        {sayWords(entry, t) !== '' && <p className="words">{sayWords(entry, t)}</p>}
        {(entry.corrected > 0 || (entry.own && entry.kind === 'note')) && <p className="row small">{entry.corrected > 0 && <Button small kind="quiet" onClick={() => onEarlier(entry)}>{t('diary.corrected', { count: entry.corrected })}</Button>}{entry.own && entry.kind === 'note' && <Button small kind="quiet" onClick={() => onMend(entry)}>{t('diary.mend')}</Button>}</p>}
      </div>
    </li>
  );
}

function sayWords({ kind, words }: Entry, t: T): string {
  const word = (name: string): string => words[name] ?? '';
  const named = (name: string): string[] => (word(name) === '' ? [] : [`${t(`export.heading.${name}`)}${t('colon')}${word(name)}`]);
  if (kind === 'line') return [words['done'] ?? '', ...named('next'), ...named('problem')].join('\n');
  if (kind === 'visit') return [...(word('said') === '' ? [] : [word('said')]), ...named('place'), ...named('participants'), ...named('policies')].join('\n');
  return words['text'] ?? '';
}
