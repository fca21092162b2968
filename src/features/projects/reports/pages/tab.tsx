// 投资 on a project's record: the year's plan against both series, month by month, and what was reported. Dispatch and statistics stand
// side by side and are never added.
import { lazy, Suspense, useState } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Drawer } from '../../../../web/parts/dialog.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { listReports } from '../contract.ts';
import { stateOf, type Year } from './say.ts';
import './reports.css';

// The numbers come first; the drawing of them may come a moment later.
const TrendLine = lazy(async () => ({ default: (await import('../../../../web/parts/trend.tsx')).TrendLine }));
const ReportDetail = lazy(async () => ({ default: (await import('./detail.tsx')).ReportDetail }));
const ReportForm = lazy(async () => ({ default: (await import('./form.tsx')).ReportForm }));
const CorrectForm = lazy(async () => ({ default: (await import('./form.tsx')).CorrectForm }));

type Open = { readonly what: 'report' | 'detail' | 'correct'; readonly month: string } | undefined;

export function ReportsTab({ projectId }: { readonly projectId: string }) {
  const t = useT('reports');
  const format = useFormat();
  const [state, set] = useUrlState({ year: '' });
  const read = useRead(listReports, { id: projectId, ...(state.year === '' ? {} : { year: Number(state.year) }) }, { keep: true });
  const [open, setOpen] = useState<Open>(undefined);
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const year = read.data;
  const close = (): void => setOpen(undefined);
  const line = year.months.find((one) => one.month === open?.month);
  return (
    <div className="stack">
      <Section title={t('tab.title')} hint={t('series.note')} actions={
        <>
          {year.years.length > 1 && <SelectInput label={t('tab.year')} value={String(year.year)} onChange={(value) => set({ year: value ?? '' })} options={[...year.years].reverse().map((one) => ({ value: String(one), label: String(one) }))} />}
          {year.can.report && year.next !== null && <Button kind="main" onClick={() => year.next !== null && setOpen({ what: 'report', month: year.next })}>{t('tab.report', { month: format.month(year.next) })}</Button>}
        </>
      }>
        <Chart year={year} />
      </Section>
      <Section title={t('tab.months')} hint={t('tab.monthsHint')}>
        <Months year={year} onOpen={(month) => setOpen({ what: 'detail', month })} />
      </Section>
      <Drawer open={open?.what === 'report' && line !== undefined} onClose={close} title={line === undefined ? '' : t('form.title', { month: format.month(line.month) })}>
        {line !== undefined && <Suspense fallback={<Loading lines={6} />}><ReportForm year={year} month={line.month} onDone={close} onCancel={close} /></Suspense>}
      </Drawer>
      <Drawer open={open?.what === 'detail' && line !== undefined} onClose={close} title={line === undefined ? '' : t('form.title', { month: format.month(line.month) })}>
        {line !== undefined && <Suspense fallback={<Loading lines={6} />}><ReportDetail year={year} line={line} onCorrect={() => setOpen({ what: 'correct', month: line.month })} onReport={() => setOpen({ what: 'report', month: line.month })} onGone={close} /></Suspense>}
      </Drawer>
      <Drawer open={open?.what === 'correct' && line?.report !== null && line !== undefined} onClose={close} title={line === undefined ? '' : t('form.correctTitle', { month: format.month(line.month) })}>
        {line?.report !== null && line !== undefined && <Suspense fallback={<Loading lines={6} />}><CorrectForm year={year} line={line} report={line.report} onDone={close} onCancel={close} /></Suspense>}
      </Drawer>
    </div>
  );
}

function Chart({ year }: { readonly year: Year }) {
  const t = useT('reports');
  const format = useFormat();
  const last = year.months.findLast((line) => line.dispatchFen !== null);
  const tone = year.pointsBp === null ? 'two' : year.pointsBp < -3000 ? 'tone-bad' : year.pointsBp < -1000 ? 'tone-late' : year.pointsBp < 0 ? 'tone-warn' : 'tone-ok';
  return (
    <div className="card pad">
      <Suspense fallback={<Loading lines={6} />}>
        <TrendLine
          title={t('tab.chart', { year: year.year })}
          points={year.months.map((line) => ({ label: format.monthShort(line.month), plan: line.planFen, actual: line.dispatchFen, second: line.statFen }))}
          names={{ plan: t('series.plan'), actual: t('series.dispatch'), second: t('series.stat') }}
          say={(fen) => format.money(fen).text} axis={(fen) => format.money(fen, 'yi', fen >= 1e11 || fen === 0 ? 0 : 1).number}
        />
      </Suspense>
      <p className="gapline small">
        <span>{t('series.dispatch')} <b>{format.money(year.dispatchFen).text}</b>{year.rateBp !== null && <> · {t('unit.rate')} {format.percent(year.rateBp / 10_000)}</>}</span>
        <span>{t('series.stat')} <b>{year.statFen === null ? (year.inStatistics ? '—' : t('tab.notInStatistics')) : format.money(year.statFen).text}</b>{year.statRateBp !== null && <> · {format.percent(year.statRateBp / 10_000)}</>}</span>
        {last !== undefined && last.gapFen !== null && last.gapFen > 0 && <span className="two">{t('tab.gapNow')} {format.money(last.gapFen).text}</span>}
        {year.rateBp === null ? <span className="tone-warn">{t('tab.noPlan')}</span> : <span>{t('unit.time')} {format.percent(year.timeBp / 10_000)} · <b className={tone}>{t('unit.points')} {format.points(year.pointsBp === null ? null : year.pointsBp / 100)}</b></span>}
        {year.target !== null && <span className="two">{t('tab.target')}：{year.target}</span>}
      </p>
    </div>
  );
}

function Months({ year, onOpen }: { readonly year: Year; readonly onOpen: (month: string) => void }) {
  const t = useT('reports');
  const format = useFormat();
  const money = (fen: number | null | undefined): string => format.money(fen, 'wan').number;
  return (
    <Scroll label={t('nav.board')}>
      <table className="plain reportmonths">
        <thead>
          <tr>
            <th>{t('col.monthName')}</th><th>{t('col.state')}</th><th className="num">{t('col.month')}<br /><span className="dim">{format.unitName('wan')}</span></th><th className="num">{t('col.monthStat')}<br /><span className="dim">{format.unitName('wan')}</span></th>
            <th className="num">{t('col.year')}<br /><span className="dim">{format.unitName('wan')}</span></th><th className="num">{t('col.yearStat')}<br /><span className="dim">{format.unitName('wan')}</span></th><th className="num">{t('col.planLine')}<br /><span className="dim">{format.unitName('wan')}</span></th><th className="num">{t('col.points')}</th><th>{t('col.progress')}</th>
          </tr>
        </thead>
        <tbody>
          {year.months.map((line) => {
            const { tone, word } = stateOf(line);
            const monthly = line.report?.kind === 'monthly' ? line.report : undefined;
            const rate = line.dispatchFen === null || year.planFen === null || year.planFen === 0 ? null : (line.dispatchFen / year.planFen) * 100 - line.timeBp / 100;
            return (
              <tr key={line.month} className={line.state}>
                <td className="monthname">{line.state === 'future' || line.state === 'covered' ? format.month(line.month) : <button type="button" onClick={() => onOpen(line.month)}>{format.month(line.month)}</button>}</td>
                <td>
                  <State tone={tone} word={t(`state.${word}`)} />
                  {monthly !== undefined && monthly.revision > 1 && <span className="tag">{t('tab.revised', { count: monthly.revision - 1 })}</span>}
                  {(line.state === 'waiting' || line.state === 'missing') && <small className="dim"> {line.period === 'locked' ? t('tab.locked', { day: format.shortDay(line.lockDay, year.day) }) : t('tab.due', { day: format.shortDay(line.dueDay, year.day) })}</small>}
                </td>
                <td className="num" data-col={t('col.month')}>{money(monthly?.dispatchFen)}</td>
                <td className="num" data-col={t('col.monthStat')}>{money(monthly?.statFen)}</td>
                <td className="num" data-col={t('col.year')}><b>{money(line.dispatchFen)}</b></td>
                <td className="num" data-col={t('col.yearStat')}>{money(line.statFen)}</td>
                <td className="num two" data-col={t('col.planLine')}>{format.money(line.planFen, 'wan', format.lang === 'en' ? 1 : 0).number}</td>
                <td className={`num ${rate === null || rate >= 0 ? '' : rate < -30 ? 'tone-bad' : rate < -10 ? 'tone-late' : 'tone-warn'}`} data-col={t('col.points')}>{line.state === 'future' ? '—' : format.points(rate)}</td>
                <td className="says wide two small"><span>{line.state === 'opening' ? t('tab.opening', { month: format.monthShort(line.month) }) : (line.report?.progress ?? '')}{line.report !== null && line.report.photos.length > 0 && ` · ${t('tab.photos', { count: line.report.photos.length })}`}</span></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
