// 回访: what of a month is to be called back, by whom and by when; how far it is. Nobody calls about his own work.
import { useState } from 'react';
import { addMonths } from '../../../../kernel/days.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useReadPages, useRun } from '../../../../web/client.ts';
import { useFormat, type Tone } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { MonthInput } from '../../../../web/inputs/month.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { callbackFigures, drawCallbacks, listCallbacks, type CallbackRow } from '../contract.ts';
import { CallDialog } from './call.tsx';
import './closing.css';

const TABS = ['open', 'mine', 'done'] as const;
const TONES: Readonly<Record<string, Tone>> = { satisfied: 'ok', basically: 'warn', dissatisfied: 'bad', no_answer: 'off' };

export function CallbacksPage() {
  const t = useT('closing');
  const format = useFormat();
  const { today } = useSession();
  const [state, set] = useUrlState({ month: undefined as string | undefined, tab: 'open' });
  const month = state.month ?? (today.slice(8) < '10' ? addMonths(today.slice(0, 7), -1) : today.slice(0, 7));
  const figures = useRead(callbackFigures, { month }, { keep: true });
  const pages = useReadPages(listCallbacks, { month, ...(state.tab === 'done' ? { open: false } : { open: true }), ...(state.tab === 'mine' ? { mine: true } : {}) });
  const [calling, setCalling] = useState<CallbackRow | undefined>(undefined);
  const draw = useRun(drawCallbacks, { touches: ['problems.'], onDone: ({ drawn, unassigned }) => toast({ text: t(unassigned > 0 ? 'calls.drawnSome' : 'calls.drawn', { count: drawn, unassigned }) }) });
  const data = figures.data;
  return (
    <>
      <PageHead title={t('calls.title')} small={format.month(month)} actions={<><div className="callmonth"><MonthInput id="month" label={t('calls.month')} today={today} value={month} onChange={(value) => set({ month: value })} /></div><Button kind={data !== undefined && data.undrawn > 0 ? 'main' : 'plain'} busy={draw.running} disabled={data?.undrawn === 0} onClick={() => draw.go({ month })}>{data !== undefined && data.undrawn > 0 ? t('calls.draw', { count: data.undrawn }) : t('calls.drawNone')}</Button></>} />
      {draw.error !== undefined && <Problem small error={draw.error} />}
      {figures.error !== undefined && <Problem small error={figures.error} onRetry={figures.again} />}
      {data !== undefined && (
        <FigureStrip>
          <Figure label={t('calls.coverage')} value={data.coverageBp === null ? '—' : format.percentBp(data.coverageBp)} definition={t('calls.coverageSay', { least: format.percentBp(data.sampleBp) })} note={t('calls.coverageNote', { reached: data.reached, ended: Math.max(data.ended, data.drawn), wanted: data.wanted })} />
          <Figure label={t('calls.drawnAll')} value={format.count(data.drawn)} note={t('calls.drawnNote', { complaints: data.complaints, silent: data.noAnswer })} />
          <Figure label={t('calls.reached')} value={format.count(data.reached)} note={t('calls.reachedNote', { count: data.drawn - data.reached })} />
          <Figure label={t('verdict.satisfied')} value={format.count(data.satisfied)} note={t('calls.saidNote', { basically: data.basically, dissatisfied: data.dissatisfied })} noteTone={data.dissatisfied > 0 ? 'bad' : 'off'} />
          <Figure label={t('calls.late')} value={format.count(data.late)} {...(data.late > 0 ? { note: t('calls.lateNote'), noteTone: 'bad' as const } : {})} />
        </FigureStrip>
      )}
      <Tabs label={t('calls.title')} here={state.tab} onGo={(tab) => set({ tab })} tabs={TABS.map((id) => ({ id, label: t(`calls.tab.${id}`) }))} />
      {pages.error !== undefined && <Problem error={pages.error} onRetry={pages.again} />}
      {pages.loading && pages.items.length === 0 && <Loading kind="table" lines={6} />}
      {!pages.loading && pages.error === undefined && pages.items.length === 0 && <Empty title={t(`calls.empty.${TABS.find((one) => one === state.tab) ?? 'open'}`)} hint={t('calls.emptySay')} />}
      {pages.items.length > 0 && (
        <>
          <Scroll label={t('calls.title')}>
            <table className="plain calllist">
              <thead><tr><th>{t('calls.problem')}</th><th>{t('calls.asker')}</th><th>{t('calls.why')}</th><th>{t('calls.owner')}</th><th>{t('calls.due')}</th><th>{t('calls.who')}</th><th>{t('calls.result')}</th><th /></tr></thead>
              <tbody>{pages.items.map((row) => <Line key={row.id} row={row} onCall={() => setCalling(row)} />)}</tbody>
            </table>
          </Scroll>
          <Pager shown={pages.items.length} hasMore={pages.hasMore} loading={pages.loadingMore} onMore={pages.more} />
        </>
      )}
      {calling !== undefined && <CallDialog problemId={calling.id} version={calling.version} phone={calling.contactPhone} onClose={() => setCalling(undefined)} onDone={() => setCalling(undefined)} />}
    </>
  );
}

function Line({ row, onCall }: { readonly row: CallbackRow; readonly onCall: () => void }) {
  const t = useT('closing');
  const format = useFormat();
  const open = row.verdict === null || row.verdict === 'no_answer';
  return (
    <tr>
      <td><Go className="callname" href={`/problems/${row.id}`}>{row.title}</Go><span className="two small">{row.number}</span></td>
      <td data-col={t('calls.asker')}>{row.enterpriseName ?? row.projectName ?? '—'}{row.contactName !== null && <span className="two small callname">{row.contactName} {row.contactPhone ?? ''}</span>}</td>
      <td data-col={t('calls.why')}>{t(`reason.${row.reason}`)}</td>
      <td data-col={t('calls.owner')}>{row.ownerName}</td>
      <td data-col={t('calls.due')} className={row.late ? 'tone-bad' : ''}>{format.day(row.dueDay)}</td>
      <td data-col={t('calls.who')}>{row.calledBy ?? row.assignedName ?? t('calls.nobody')}</td>
      <td data-col={t('calls.result')}>{row.verdict === null ? '—' : <State tone={TONES[row.verdict] ?? 'off'} word={row.verdict === 'no_answer' ? t('call.nobody') : t(`verdict.${row.verdict}`)} />}</td>
      <td>{open && !row.own && <Button small onClick={onCall}>{t('call.act')}</Button>}{open && row.own && <span className="two small">{t('calls.own')}</span>}</td>
    </tr>
  );
}
