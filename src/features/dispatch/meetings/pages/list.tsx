// 调度会: all meetings with paging, or a month of them; the figures of the series, each opening its records. State in the address.
import { lazy, Suspense, useMemo, useState } from 'react';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useLang, useT, type Lang, type T } from '../../../../web/i18n.ts';
import { inputFor } from '../../../../web/ledger/input.ts';
import { Ledger } from '../../../../web/ledger/ledger.tsx';
import { useLedger } from '../../../../web/ledger/state.ts';
import type { Column, Filter, View } from '../../../../web/ledger/types.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { useUrlState } from '../../../../web/address.ts';
import { useSession } from '../../../../web/session.tsx';
import { getRatesTotal } from '../../../problems/rates/contract.ts';
import { hrefOf } from '../../../problems/rates/pages/say.ts';
import { listMeetings, meetingFigures, readFulfilment } from '../contract.ts';
import { STATES } from '../rules.ts';
import { Month } from './month.tsx';
import { pick, STATE_TONES, titleSay, type MeetingLine } from './say.ts';
import './meetings.css';

const PlanDialog = lazy(async () => ({ default: (await import('./plan.tsx')).PlanDialog }));
const FeedDialog = lazy(async () => ({ default: (await import('./feed.tsx')).FeedDialog }));
const PAGE_ROWS = 60;

export function MeetingsPage() {
  const t = useT('meetings');
  const lang = useLang();
  const format = useFormat();
  const { today, can } = useSession();
  const [shown, show] = useUrlState({ as: 'list', month: today.slice(0, 7) });
  const [open, setOpen] = useState<'plan' | 'feed' | undefined>(undefined);
  const figures = useRead(meetingFigures, {});
  const data = figures.data;
  const filters = useMemo(() => filtersFor(t, data, lang), [t, data, lang]);
  const columns = useMemo(() => columnsFor(t, format, lang), [t, format, lang]);
  const views = useMemo(() => viewsFor(t), [t]);
  const ledger = useLedger({ id: 'meetings', filters, columns, sort: '', views });
  const pages = useReadPages(listMeetings, { ...inputFor(listMeetings.input, ledger), limit: PAGE_ROWS });
  return (
    <>
      <PageHead title={t('list.title')} {...(data?.next === undefined || data.next === null ? {} : { small: <Go href={`/meetings/${data.next.id}`}>{t('list.next', { day: format.day(data.next.day), weekday: format.weekday(data.next.day), time: data.next.time, kind: pick(data.next.kind, lang) })}</Go> })} actions={
        <>
          {can('dispatch.meet') && <Button href="/meetings/rules">{t('list.rules')}</Button>}
          <Button onClick={() => setOpen('feed')}>{t('list.feed')}</Button>
          <Button onClick={() => show({ as: shown.as === 'month' ? 'list' : 'month' })}>{t(shown.as === 'month' ? 'list.asList' : 'list.asMonth')}</Button>
          {can('dispatch.meet') && <Button kind="main" onClick={() => setOpen('plan')}>{t('list.plan')}</Button>}
        </>
      } />
      {data !== undefined && <Strip data={data} t={t} format={format} />}
      {shown.as === 'month' ? <Month month={shown.month} onMonth={(month) => show({ month })} /> : (
        <Ledger
          ledger={ledger} pages={pages} keyOf={(row) => row.id} hrefOf={(row) => `/meetings/${row.id}`} today={today} title={t('list.title')}
          empty={<Empty title={t('list.empty')} hint={t(can('dispatch.meet') ? 'list.emptyHint' : 'list.emptyInvited')} />}
        />
      )}
      <Suspense fallback={null}>
        {open === 'plan' && <PlanDialog onClose={() => setOpen(undefined)} />}
        {open === 'feed' && <FeedDialog onClose={() => setOpen(undefined)} />}
      </Suspense>
    </>
  );
}

type Figures = NonNullable<ReturnType<typeof useRead<typeof meetingFigures.input, typeof meetingFigures.output>>['data']>;

function Strip({ data, t, format }: { readonly data: Figures; readonly t: T; readonly format: Format }) {
  const { can } = useSession();
  const fulfilment = useRead(readFulfilment, {}).data;
  // By the definition of the rates, so that it is the very number that stands there.
  const solved = useRead(getRatesTotal, {}, { when: can('problems.rates'), calm: true }).data?.total.figures.find((one) => one.code === 'resolution');
  const notes = [...(data.overdue > 0 ? [t('figure.overdue', { count: data.overdue })] : []), ...(data.unsigned > 0 ? [t('figure.unsigned', { count: data.unsigned })] : [])];
  return (
    <FigureStrip>
      <Figure label={t(data.all ? 'figure.held' : 'figure.heldOwn')} value={format.count(data.held)} unit={t('unit.meetings', { count: data.held })} note={t('figure.heldYear', { count: data.heldThisYear })} definition={t('figure.heldSay')} href="/meetings?held=1" />
      {solved !== undefined && <Figure label={t(data.all ? 'figure.allSolved' : 'figure.ownSolved')} value={format.count(solved.hit)} unit={t('unit.problems', { count: solved.hit })} note={t('figure.allSolvedOf', { count: solved.base })} definition={t('figure.allSolvedSay')} href={hrefOf('resolution', 'hit', {})} />}
      <Figure label={t(solved === undefined ? 'figure.solvedAlone' : 'figure.solved')} value={format.count(data.solved)} unit={t('unit.problems', { count: data.solved })} note={t('figure.solvedOf', { count: data.problems })} definition={t('figure.solvedSay')} href="/meetings/problems?solved=1" />
      {fulfilment !== undefined && fulfilment.all > 0 && <Figure label={t('figure.rate')} value={format.percentBp(fulfilment.rateBp)} note={t('figure.rateOf', { onTime: fulfilment.onTime, below: fulfilment.onTime + fulfilment.late + fulfilment.overdue })} definition={t('figure.rateSay')} href={`/decisions?since=${String(fulfilment.since ?? 1)}`} />}
      <Figure label={t('figure.open')} value={format.count(data.open)} unit={t('unit.decisions', { count: data.open })} href="/decisions?fate=open&fate=overdue" {...(notes.length > 0 ? { note: notes.join(t('figure.and')), noteTone: data.overdue > 0 ? 'bad' as const : 'off' as const } : {})} />
    </FigureStrip>
  );
}

function filtersFor(t: T, data: Figures | undefined, lang: Lang): readonly Filter[] {
  return [
    { kind: 'one', id: 'year', say: t('filter.year'), any: t('filter.anyYear'), options: (data?.years ?? []).map((year) => ({ value: String(year), label: String(year) })) },
    { kind: 'many', id: 'kind', say: t('filter.kind'), any: t('filter.anyKind'), options: (data?.kinds ?? []).map((one) => ({ value: one.code, label: pick(one, lang) })) },
    { kind: 'many', id: 'state', say: t('filter.state'), any: t('filter.anyState'), options: STATES.map((value) => ({ value, label: t(`state.${value}`) })) },
    { kind: 'one', id: 'held', say: t('filter.held'), any: t('filter.anyHeld'), options: [{ value: '1', label: t('filter.onlyHeld') }], rare: true },
    { kind: 'days', id: 'days', say: t('filter.days'), any: t('filter.anyDay'), from: 'from', to: 'to', rare: true },
  ];
}

function viewsFor(t: T): readonly View[] {
  return [{ id: 'all', name: t('view.all'), search: '' }, { id: 'coming', name: t('view.coming'), search: 'state=planned&state=agenda_sent&state=in_session' }, { id: 'minutes', name: t('view.minutes'), search: 'state=held' }, { id: 'held', name: t('view.held'), search: 'held=1' }];
}

function columnsFor(t: T, format: Format, lang: Lang): readonly Column<MeetingLine>[] {
  return [
    { id: 'state', title: t('column.state'), width: lang === 'en' ? 150 : 140, pinned: true, card: 'state', cell: (row) => <State tone={STATE_TONES[row.state]} word={t(`state.${row.state}`)} /> },
    { id: 'title', title: t('column.title'), width: 260, grow: true, pinned: true, card: 'title', cell: (row) => titleSay(row, t, lang) },
    { id: 'kind', title: t('column.kind'), width: lang === 'en' ? 140 : 90, cell: (row) => pick(row.kind, lang) },
    { id: 'day', title: t('column.day'), width: lang === 'en' ? 214 : 216, cell: (row) => `${format.day(row.day)} ${format.weekday(row.day)} ${row.time}` },
    { id: 'place', title: t('column.place'), width: lang === 'en' ? 124 : 150, cell: (row) => row.place },
    { id: 'items', title: t('column.items'), width: 60, align: 'right', cell: (row) => (row.items === 0 ? '—' : row.items) },
    { id: 'measures', title: t('column.measures'), width: lang === 'en' ? 84 : 60, align: 'right', cell: (row) => (row.measures === 0 ? '—' : row.measures) },
    { id: 'done', title: t('column.done'), width: lang === 'en' ? 78 : 60, align: 'right', cell: (row) => (row.measures === 0 ? '—' : row.done) },
    { id: 'overdue', title: t('column.overdue'), width: lang === 'en' ? 80 : 60, align: 'right', cell: (row) => (row.overdue === 0 ? '—' : <span className="tone-bad">{row.overdue}</span>) },
    { id: 'chair', title: t('column.chair'), width: 100, off: true, cell: (row) => row.chair ?? '—' },
  ];
}

