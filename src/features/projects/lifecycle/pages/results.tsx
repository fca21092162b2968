// After production: what was promised against what came, as bars with the line from which 达效 counts and as a course over time, until
// somebody decides.
import { useState } from 'react';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { MoneyInput } from '../../../../web/inputs/money.tsx';
import { MonthInput } from '../../../../web/inputs/month.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { TextArea } from '../../../../web/inputs/text.tsx';
import { Bars, type BarLine } from '../../../../web/parts/bars.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Dialog } from '../../../../web/parts/dialog.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { TrendLine } from '../../../../web/parts/trend.tsx';
import { useSession } from '../../../../web/session.tsx';
import { decideEffect, enterResults, getResults } from '../contract.ts';
import { trailing, type Measure } from '../gates.ts';
import { Line } from './line.tsx';
import { useFreshWhenStale } from './stale.ts';
import type { Gates } from './words.ts';
import './lifecycle.css';

type Results = OutputOf<typeof getResults>;
const MEASURES = ['output', 'revenue', 'tax'] as const;

export function ResultsSection({ gates, onMove }: { readonly gates: Gates; readonly onMove: (to: string) => void }) {
  const t = useT('lifecycle');
  const format = useFormat();
  const { today } = useSession();
  const read = useRead(getResults, { id: gates.id });
  const [open, setOpen] = useState<'enter' | 'decide' | undefined>(undefined);
  const data = read.data;
  if (data === undefined) return <Section title={t('results.title')}>{read.error === undefined ? <Loading lines={4} /> : <Problem small error={read.error} onRetry={read.again} />}</Section>;
  const promised = MEASURES.some((one) => (data.promised[`${one}Fen`] ?? 0) > 0);
  return (
    <Section
      id="results"
      title={t('results.title')}
      hint={data.agreedDay === null ? t('results.hint') : t(data.agreed ? 'results.agreed' : 'results.default', { day: format.day(data.agreedDay) })}
      actions={
        <>
          {gates.can.results && <Button onClick={() => setOpen('enter')}>{t('results.enter')}</Button>}
          {gates.can.move && gates.stage === 'producing' && <Button onClick={() => setOpen('decide')}>{t('results.decide')}</Button>}
        </>
      }
    >
      {data.due && data.agreedDay !== null && <p className="tone-late" role="status">{t('results.due', { day: format.day(data.agreedDay), days: format.daysBetween(data.agreedDay, today) })}</p>}
      {!promised && <p className="tone-warn small">{t('results.noPromise')}</p>}
      {data.items.length === 0
        ? <Empty title={t('results.empty')} hint={t('results.emptyHint')} />
        : (
          <div className="card pad stack">
            <Against data={data} />
            <Course data={data} />
            <Periods data={data} />
          </div>
        )}
      {data.decisions.length > 0 && <Decisions data={data} />}
      {open === 'enter' && <EnterDialog gates={gates} onClose={() => setOpen(undefined)} />}
      {open === 'decide' && <DecideDialog gates={gates} data={data} onClose={() => setOpen(undefined)} onEffective={() => { setOpen(undefined); onMove('effective'); }} />}
    </Section>
  );
}

function Against({ data }: { readonly data: Results }) {
  const t = useT('lifecycle');
  const format = useFormat();
  const goal = data.percent === null ? undefined : data.percent / 100;
  const lines = MEASURES.map((measure): BarLine => {
    const rate = data.rates[measure];
    const goalFen = data.promised[`${measure}Fen`];
    if (rate === null) return { id: measure, label: t(`results.${measure}`), share: 0, tone: 'off', text: t(goalFen === null || goalFen === 0 ? 'results.none' : 'results.notYet') };
    const share = rate.bp / 10_000;
    return { id: measure, label: t(`results.${measure}`), share, tone: goal !== undefined && share >= goal ? 'ok' : 'late', text: `${format.money(rate.actualFen).text} / ${format.money(rate.promisedFen).text}　${format.percent(share)}` };
  });
  const jobs = data.jobs;
  return (
    <div>
      <Bars lines={lines} {...(goal === undefined ? {} : { time: goal })} />
      <p className="dim small">
        {goal !== undefined && t('results.goal', { percent: data.percent })}
        {jobs !== null && `　${t('results.jobs')} ${format.count(jobs.actual)} / ${format.count(data.promised.jobs)}${t('results.jobsUnit')}${jobs.bp === null ? '' : `　${format.percent(jobs.bp / 10_000)}`}`}
      </p>
    </div>
  );
}

function Course({ data }: { readonly data: Results }) {
  const t = useT('lifecycle');
  const format = useFormat();
  const known = MEASURES.filter((measure) => (data.promised[`${measure}Fen`] ?? 0) > 0 && data.items.filter((one) => one[`${measure}Fen`] !== null).length > 1);
  const [chosen, setChosen] = useState<Measure | undefined>(undefined);
  const measure = chosen ?? known[0];
  if (measure === undefined) return null;
  const promised = data.promised[`${measure}Fen`];
  const points = trailing(data.items, measure).map((one) => ({ label: one.toMonth.slice(2).replace('-', '.'), plan: promised, actual: one.sumFen }));
  return (
    <div className="stack" style={{ gap: 4 }}>
      {known.length > 1 && <ChoiceInput label={t('results.title')} value={measure} options={known.map((one) => ({ value: one, label: t(`results.${one}`) }))} onChange={(value) => setChosen(MEASURES.find((one) => one === value))} />}
      <TrendLine title={t('results.trend')} height={160} points={points} names={{ plan: t('results.promised'), actual: t('results.actual') }} say={(value) => format.money(value).text} axis={(value) => format.money(value).number} />
    </div>
  );
}

function Periods({ data }: { readonly data: Results }) {
  const t = useT('lifecycle');
  const format = useFormat();
  return (
    <Scroll label={t('results.period')} className="resultsbox">
      <table className="plain">
        <thead><tr><th>{t('results.period')}</th><th className="num">{t('results.output')}</th><th className="num">{t('results.revenue')}</th><th className="num">{t('results.tax')}</th><th className="num">{t('results.jobs')}</th><th>{t('results.enteredBy')}</th></tr></thead>
        <tbody>
          {data.items.toReversed().map((one) => (
            <tr key={one.id}>
              <td>{one.fromMonth === one.toMonth ? format.month(one.fromMonth) : `${format.month(one.fromMonth)} – ${format.month(one.toMonth)}`}</td>
              <td className="num">{format.money(one.outputFen).text}</td>
              <td className="num">{format.money(one.revenueFen).text}</td>
              <td className="num">{format.money(one.taxFen).text}</td>
              <td className="num">{format.count(one.jobs)}</td>
              <td className="dim small">{one.enteredBy}{one.note === null ? '' : `　${one.note}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Decisions({ data }: { readonly data: Results }) {
  const t = useT('lifecycle');
  const format = useFormat();
  const { today } = useSession();
  return (
    <ul className="card passages" aria-label={t('results.decisions')}>
      {data.decisions.toReversed().map((one) => (
        <li key={one.id}>
          <p><b>{one.effective ? t('results.effective') : t('results.notEffective', { day: format.day(one.newDay) })}</b><span className="two">　{format.shortDay(one.day, today)}</span></p>
          {one.reason !== null && <p className="two small">{one.reason}</p>}
          <p className="dim small">{t('passages.by', { who: one.decidedBy })}</p>
        </li>
      ))}
    </ul>
  );
}

function EnterDialog({ gates, onClose }: { readonly gates: Gates; readonly onClose: () => void }) {
  const t = useT('lifecycle');
  const { today } = useSession();
  const [span, setSpan] = useState<{ from?: string | undefined; to?: string | undefined }>({});
  const [sums, setSums] = useState<{ outputFen?: number | undefined; revenueFen?: number | undefined; taxFen?: number | undefined; jobs?: number | undefined }>({});
  const [note, setNote] = useState<string | undefined>(undefined);
  const run = useRun(enterResults, { onDone: () => { toast({ text: t('results.done') }); onClose(); } });
  useFreshWhenStale(run.error);
  const { from, to } = span;
  const given = Object.entries(sums).filter(([, value]) => value !== undefined && !Number.isNaN(value));
  const ready = from !== undefined && to !== undefined && given.length > 0;
  return (
    <Dialog open onClose={onClose} title={t('results.enter')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!ready} busy={run.running} onClick={() => ready && run.go({ id: gates.id, fromMonth: from, toMonth: to, ...Object.fromEntries(given), ...(note === undefined ? {} : { note }) }, { version: gates.version })}>{t('results.save')}</Button>
      </>
    }>
      <div className="stack">
        <div className="fields of2">
          <Line label={t('results.from')}>{(id) => <MonthInput id={id} today={today} value={from} onChange={(value) => setSpan((now) => ({ to: now.to ?? value, ...now, from: value }))} />}</Line>
          <Line label={t('results.to')}>{(id) => <MonthInput id={id} today={today} value={to} onChange={(value) => setSpan((now) => ({ ...now, to: value }))} />}</Line>
          {(['outputFen', 'revenueFen', 'taxFen'] as const).map((name) => (
            <Line key={name} label={t(`results.${name.slice(0, -3)}`)} optional>{(id) => <MoneyInput id={id} value={sums[name]} onChange={(value) => setSums((now) => ({ ...now, [name]: value }))} />}</Line>
          ))}
          <Line label={t('results.jobs')} optional>{(id) => <NumberInput id={id} digits={0} unit={t('results.jobsUnit')} value={sums.jobs} onChange={(jobs) => setSums((now) => ({ ...now, jobs }))} />}</Line>
          <Line label={t('results.note')} optional wide>{(id) => <TextArea id={id} rows={2} maxLength={1000} value={note} onChange={setNote} />}</Line>
        </div>
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}

function DecideDialog({ gates, data, onClose, onEffective }: { readonly gates: Gates; readonly data: Results; readonly onClose: () => void; readonly onEffective: () => void }) {
  const t = useT('lifecycle');
  const { today } = useSession();
  const [effective, setEffective] = useState(false);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const [newDay, setNewDay] = useState<string | undefined>(undefined);
  const run = useRun(decideEffect, { onDone: () => { toast({ text: t('results.decided') }); onClose(); } });
  useFreshWhenStale(run.error);
  const ready = effective || (newDay !== undefined && (reason?.trim().length ?? 0) >= 2);
  const send = (): void => {
    // Whether it is effective is asked at the gate itself, with what is missing before it.
    if (effective) onEffective();
    else if (newDay !== undefined) run.go({ id: gates.id, effective: false, day: today, reason: reason ?? '', newDay }, { version: gates.version });
  };
  return (
    <Dialog open size="small" onClose={onClose} title={t('results.decideTitle')} foot={
      <>
        <Button onClick={onClose}>{t('web:cancel')}</Button>
        <Button kind="main" disabled={!ready} busy={run.running} onClick={send}>{t('results.act')}</Button>
      </>
    }>
      <div className="stack">
        <Against data={data} />
        <Line label={t('results.verdict')}>{(id) => <ChoiceInput id={id} label={t('results.verdict')} value={effective ? 'yes' : 'no'} options={[{ value: 'yes', label: t('results.yes') }, { value: 'no', label: t('results.no') }]} onChange={(value) => setEffective(value === 'yes')} />}</Line>
        {!effective && (
          <>
            <Line label={t('results.newDay')}>{(id) => <DayInput id={id} today={today} min={today} value={newDay} onChange={setNewDay} />}</Line>
            <Line label={t('results.reason')}>{(id) => <TextArea id={id} rows={3} maxLength={1000} value={reason} onChange={setReason} />}</Line>
          </>
        )}
        {run.error !== undefined && <Problem small error={run.error} />}
      </div>
    </Dialog>
  );
}
