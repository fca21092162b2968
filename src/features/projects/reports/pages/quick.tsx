// 报月报 on a phone: choose the project that has not reported, report it in a minute, go on to the next. Nothing else stands here.
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { useSession } from '../../../../web/session.tsx';
import { listPeriods, listReports, readPeriod } from '../contract.ts';
import { ReportForm } from './form.tsx';
import './reports.css';

export function QuickPage() {
  const t = useT('reports');
  const format = useFormat();
  const { today } = useSession();
  const [state, set] = useUrlState({ project: '', month: '' });
  const periods = useRead(listPeriods, { year: Number(today.slice(0, 4)) });
  // The earliest month that can still be reported without being locked.
  const running = periods.data?.items.find((one) => one.period === 'late' || one.period === 'open')?.month;
  const month = state.month === '' ? running : state.month;
  if (periods.error !== undefined) return <Problem error={periods.error} onRetry={periods.again} />;
  if (month === undefined) return <Loading kind="lines" />;
  return (
    <div className="quick">
      <PageHead title={t('form.title', { month: format.month(month) })} />
      {state.project === '' ? <Choose month={month} onChoose={(project) => set({ project, month })} /> : <One key={state.project} projectId={state.project} month={month} onNext={(project) => set({ project })} />}
    </div>
  );
}

function Choose({ month, onChoose }: { readonly month: string; readonly onChoose: (id: string) => void }) {
  const t = useT('reports');
  const list = useReadPages(readPeriod, { month, state: 'missing', limit: 100 });
  if (list.error !== undefined) return <Problem error={list.error} onRetry={list.again} />;
  if (list.loading) return <Loading kind="lines" lines={6} />;
  if (list.items.length === 0) return <Empty title={t('form.none')} hint="" />;
  return (
    <>
      <p className="two quickhint">{t('form.pickHint')}</p>
      <ul className="card quicklist">
        {list.items.map((one) => <li key={one.id}><button type="button" onClick={() => onChoose(one.id)}>{one.name}<small>{one.townName ?? ''}{one.progress === null ? '' : ` · ${one.progress}`}</small></button></li>)}
      </ul>
      {list.hasMore && <Button busy={list.loadingMore} onClick={list.more}>{t('board.more')}</Button>}
    </>
  );
}

function One({ projectId, month, onNext }: { readonly projectId: string; readonly month: string; readonly onNext: (id: string) => void }) {
  const t = useT('reports');
  const year = useRead(listReports, { id: projectId, year: Number(month.slice(0, 4)) });
  const others = useReadPages(readPeriod, { month, state: 'missing', limit: 100 });
  if (year.error !== undefined) return <Problem error={year.error} onRetry={year.again} />;
  if (year.data === undefined) return <Loading kind="lines" lines={6} />;
  const reported = year.data.months.some((line) => line.month === month && line.report !== null);
  const next = others.items.find((one) => one.id !== projectId);
  return (
    <>
      <h2>{year.data.name}</h2>
      {reported ? (
        <Empty title={t('form.done')} hint="">
          {next !== undefined && <Button kind="main" onClick={() => onNext(next.id)}>{t('form.next', { name: next.name })}</Button>}
          <Button href={`/projects/${projectId}?tab=reports`}>{t('form.back')}</Button>
        </Empty>
      ) : <ReportForm year={year.data} month={month} onDone={year.again} onCancel={() => onNext('')} />}
    </>
  );
}
