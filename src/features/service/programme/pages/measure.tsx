// One measure: its target, how far it is by approved reports, the report of each quarter and who decided it.
import { lazy, Suspense, useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useLang, useT } from '../../../../web/i18n.ts';
import { Bar } from '../../../../web/parts/bars.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Facts } from '../../../../web/parts/facts.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import { PastSection } from '../../pages/past.tsx';
import { pick } from '../../pages/names.ts';
import { decideReport, readMeasure, withdrawMeasure } from '../contract.ts';
import { MEASURE_TONES, REPORT_TONES } from './tones.ts';
import '../../pages/service.css';

export type Measure = OutputOf<typeof readMeasure>;
const ReportForm = lazy(async () => ({ default: (await import('./reportform.tsx')).ReportForm }));
const MeasureForm = lazy(async () => ({ default: (await import('./measureform.tsx')).MeasureForm }));

export function MeasurePage() {
  const { id = '' } = usePath();
  const t = useT('programme');
  const lang = useLang();
  const format = useFormat();
  const [open, setOpen] = useState<'report' | 'edit' | undefined>(undefined);
  const read = useRead(readMeasure, { id });
  const withdraw = useRun(withdrawMeasure, { onDone: () => toast({ text: t('measure.saved') }) });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  const { measure, reports, withdrawnDay, mayKeep, history, actionZh, actionEn } = read.data;
  const amount = (value: number | null): string => (value === null ? '—' : `${format.count(value)} ${measure.unit}`);
  const ask = async (): Promise<void> => {
    const reason = await confirm({ title: t('measure.withdraw_ask'), text: measure.text, act: t('measure.withdraw'), danger: true, reason: t('measure.withdraw_why') });
    if (reason !== undefined) withdraw.go({ id, reason }, { version: measure.version });
  };
  const action = pick({ zh: actionZh, en: actionEn }, lang);
  return (
    <Record
      crumbs={[{ label: t('title'), href: `/service/programme?year=${String(measure.year)}` }, { label: action, href: `/service/programme?year=${String(measure.year)}&tab=measures&action=${measure.action}` }]} title={measure.text}
      state={withdrawnDay === null ? <State tone={MEASURE_TONES[measure.state]} word={t(`state.${measure.state}`)} /> : <State tone="off" word={t('measure.withdrawn', { day: format.day(withdrawnDay) })} />}
      {...(measure.owes.length === 0 ? {} : { say: t('measure.owes', { quarters: measure.owes.join(t('list')) }) })}
      actions={
        <>
          {measure.mayReport && measure.owes.length > 0 && <Button kind="main" onClick={() => setOpen('report')}>{t('measure.report')}</Button>}
          {mayKeep && withdrawnDay === null && <><Button onClick={() => setOpen('edit')}>{t('edit_measure')}</Button><Button kind="quiet" busy={withdraw.running} onClick={() => void ask()}>{t('measure.withdraw')}</Button></>}
        </>
      }
      side={
        <>
          <Section title={t('measure.facts')}>
            <div className="card pad"><Facts columns={1} facts={[
              { label: t('measure.progress'), value: <span className="row"><Bar share={measure.progressBp / 10_000} />{format.percentBp(measure.progressBp)}</span> }, { label: t('measure.target'), value: `${measure.indicator} ${amount(measure.target)}` }, { label: t('col.value'), value: amount(measure.value) },
              { label: t('field.orgId'), value: measure.orgName }, { label: t('field.dueDay'), value: format.day(measure.dueDay) }, { label: t('field.action'), value: action },
            ]} /></div>
          </Section>
          <PastSection area="programme" title={t('measure.history')} events={history} />
        </>
      }
    >
      <Section title={t('measure.reports')} hint={t('measure.since_year')}>
        {reports.length === 0 ? <p className="dim">{t('measure.no_reports')}</p> : <ul className="card servicelines">{reports.map((one) => <ReportItem key={one.id} one={one} amount={amount(one.value)} mayKeep={mayKeep} />)}</ul>}
      </Section>
      <Suspense fallback={null}>
        {open === 'report' && <ReportForm measure={read.data} onClose={() => setOpen(undefined)} />}
        {open === 'edit' && <MeasureForm year={measure.year} measure={measure} actions={[{ code: measure.action, zh: actionZh, en: actionEn }]} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </Record>
  );
}

function ReportItem({ one, amount, mayKeep }: { readonly one: Measure['reports'][number]; readonly amount: string; readonly mayKeep: boolean }) {
  const t = useT('programme');
  const format = useFormat();
  const decide = useRun(decideReport, { onDone: () => toast({ text: t('measure.saved') }) });
  const back = async (): Promise<void> => {
    const reason = await confirm({ title: t('measure.return'), act: t('measure.return'), reason: t('measure.return_why') });
    if (reason !== undefined) decide.go({ id: one.id, approve: false, reason }, { version: one.version });
  };
  return (
    <li>
      <div className="linehead">
        <b>{t('quarters.name', { quarter: one.quarter })}</b><State tone={REPORT_TONES[one.state]} word={t(`report.${one.state}`)} /><b>{amount}</b>
        <span className={one.lateDays > 0 ? 'tone-late small' : 'dim small'}>{one.lateDays > 0 ? t('measure.late_by', { count: one.lateDays }) : t('measure.on_time')}</span>
        {mayKeep && one.state === 'submitted' && <span className="row push"><Button small kind="main" busy={decide.running} onClick={() => decide.go({ id: one.id, approve: true }, { version: one.version })}>{t('measure.approve')}</Button><Button small onClick={() => void back()}>{t('measure.return')}</Button></span>}
      </div>
      <p className="servicetext">{one.text}</p>
      <p className="dim small">{[t('measure.sent', { day: format.day(one.day), by: one.by }), ...(one.decidedDay === null ? [] : [t('measure.decided', { day: format.day(one.decidedDay), by: one.decidedBy ?? '' })]), ...(one.reason === null ? [] : [one.reason])].join(' · ')}</p>
      {decide.error !== undefined && <Problem small error={decide.error} />}
    </li>
  );
}
