// One month of one project: what was reported, its photos, every earlier value with who changed it and why, and what may be done.
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { Uploads } from '../../../../web/parts/uploads.tsx';
import { reportTrail, withdrawReport, type MonthLine, type Report } from '../contract.ts';
import { stateOf, type Year } from './say.ts';

export function ReportDetail({ year, line, onCorrect, onReport, onGone }: { readonly year: Year; readonly line: MonthLine; readonly onCorrect: () => void; readonly onReport: () => void; readonly onGone: () => void }) {
  const t = useT('reports');
  const format = useFormat();
  const { tone, word } = stateOf(line);
  const { report } = line;
  const locked = line.period === 'locked';
  return (
    <div className="stack">
      <p className="row">
        <State tone={tone} word={t(`state.${word}`)} /><span className="tag">{t(`period.${line.period}`)}</span>
        <span className="dim small">{t('board.due', { day: format.shortDay(line.dueDay, year.day) })} · {t('board.lock', { day: format.shortDay(line.lockDay, year.day) })}</span>
      </p>
      {report === null ? (
        year.can.report && (!locked || year.can.correctLocked) && line.state !== 'future' && <div className="row"><Button kind="main" onClick={onReport}>{t('tab.report', { month: format.month(line.month) })}</Button></div>
      ) : (
        <>
          <Said year={year} report={report} />
          {year.can.report && <Acts report={report} locked={locked} mayCorrect={!locked || year.can.correctLocked || report.kind === 'opening'} onCorrect={onCorrect} onGone={onGone} />}
        </>
      )}
      <Trail projectId={year.id} month={line.month} today={year.day} />
    </div>
  );
}

function Said({ year, report }: { readonly year: Year; readonly report: Report }) {
  const t = useT('reports');
  const format = useFormat();
  const facts = [
    { label: report.kind === 'opening' ? t('series.dispatch') : t('field.dispatchFen'), value: <b>{format.money(report.dispatchFen).text}</b> },
    { label: report.kind === 'opening' ? t('series.stat') : t('field.statFen'), value: report.statFen === null ? (year.inStatistics ? '—' : t('tab.notInStatistics')) : format.money(report.statFen).text },
    ...(report.progress === null ? [] : [{ label: t('field.progress'), value: report.progress, wide: true }]),
    ...(report.problems === null ? [] : [{ label: t('field.problems'), value: report.problems, wide: true }]),
    ...(report.nextSteps === null ? [] : [{ label: t('field.nextSteps'), value: report.nextSteps, wide: true }]),
  ];
  return (
    <>
      {report.kind === 'opening' && <p className="two small">{t('tab.openingHint')}</p>}
      <Facts facts={facts} columns={2} />
      {report.photos.length > 0 && <Uploads today={year.day} files={report.photos.flatMap((photo) => (photo.sha === null ? [] : [{ id: photo.sha, name: photo.name ?? '', mediaType: photo.mediaType ?? '', bytes: 0, ...(photo.takenAt === null ? {} : { at: photo.takenAt }) }]))} />}
      <p className="dim small">{t('tab.submitted', { name: report.submittedBy, day: format.day(report.submittedDay) })}{report.correctedReason === null ? '' : ` · ${t('state.corrected')}：${report.correctedReason}`}</p>
    </>
  );
}

function Acts({ report, locked, mayCorrect, onCorrect, onGone }: { readonly report: Report; readonly locked: boolean; readonly mayCorrect: boolean; readonly onCorrect: () => void; readonly onGone: () => void }) {
  const t = useT('reports');
  const format = useFormat();
  const withdraw = useRun(withdrawReport, { onDone: () => { toast({ text: t('toast.withdrawn') }); onGone(); } });
  const ask = async (): Promise<void> => {
    const reason = await confirm({ title: t('ask.withdrawTitle', { month: format.month(report.month) }), text: t('ask.withdrawText'), act: t('tab.withdraw'), danger: true, reason: t('ask.withdrawReason') });
    if (reason !== undefined) withdraw.go({ id: report.id, reason }, { version: report.version });
  };
  return (
    <>
      <div className="row">
        {mayCorrect && <Button onClick={onCorrect}>{report.kind === 'opening' ? t('tab.correctOpening') : t('tab.correct')}</Button>}
        {!locked && report.kind === 'monthly' && <Button kind="quiet" busy={withdraw.running} onClick={() => void ask()}>{t('tab.withdraw')}</Button>}
      </div>
      {withdraw.error !== undefined && <Problem small error={withdraw.error} />}
    </>
  );
}

type Told = OutputOf<typeof reportTrail>['items'][number];

function Trail({ projectId, month, today }: { readonly projectId: string; readonly month: string; readonly today: string }) {
  const t = useT('reports');
  const format = useFormat();
  const read = useRead(reportTrail, { id: projectId, month });
  if (read.error !== undefined) return <Problem small error={read.error} onRetry={read.again} />;
  const items = read.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{t('tab.trail')}</h2>
      <ul className="trail">
        {items.map((one) => (
          <li key={one.at}>
            <b>{t(`event.${one.kind.replace('projects.', '')}`)}</b> <span className="two">{one.actorName} · {format.shortDay(one.day, today)}</span>
            {one.reason !== null && <div className="two small">{one.reason}</div>}
            <Amounts one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Amounts({ one }: { readonly one: Told }) {
  const t = useT('reports');
  const format = useFormat();
  const lines = (['dispatchFen', 'statFen'] as const).flatMap((field) => {
    const [was, is] = [amount(one.before?.[field]), amount(one.after?.[field])];
    if (was === is || (was === undefined && is === undefined)) return [];
    return [<div key={field} className="small">{t(`series.${field === 'dispatchFen' ? 'dispatch' : 'stat'}`)} {was !== undefined && <del>{format.money(was).text}</del>}{is !== undefined && <b>{format.money(is).text}</b>}</div>];
  });
  return <>{lines}</>;
}

function amount(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
