// 月报日历: until when a month is reported, when it locks, which stages report at all. Data that an administrator changes with a reason.
import { useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { ChoicesInput } from '../../../../web/inputs/choice.tsx';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { MonthInput } from '../../../../web/inputs/month.tsx';
import { NumberInput } from '../../../../web/inputs/number.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { useSession } from '../../../../web/session.tsx';
import { Line } from '../../lifecycle/pages/line.tsx';
import { useFreshWhenStale } from '../../lifecycle/pages/stale.ts';
import { dueDayOf, lockDayOf, type ReportCalendar } from '../../due.ts';
import { STAGES } from '../../register/fields.ts';
import { changeCalendar, getCalendar } from '../contract.ts';
import { periodState } from '../rules.ts';
import { FocusYear } from './focus.tsx';
import './reports.css';

export function CalendarPage() {
  const t = useT('reports');
  const { can } = useSession();
  const read = useRead(getCalendar, {});
  if (read.data === undefined) return read.error === undefined ? <Loading kind="lines" lines={8} /> : <Problem error={read.error} onRetry={read.again} />;
  return (
    <>
      <PageHead title={t('calendar.title')} small={read.data.version === 0 ? t('calendar.standard') : t('calendar.version', { version: read.data.version })} />
      <div className="calendarform stack"><FocusYear mayChange={can('projects.rules')} /></div>
      <Edit key={read.data.version} calendar={read.data.calendar} version={read.data.version} mayChange={can('projects.rules')} />
    </>
  );
}

interface Exception { readonly month?: string | undefined; readonly dueDay?: string | undefined; readonly lockDay?: string | undefined }

function Edit({ calendar, version, mayChange }: { readonly calendar: ReportCalendar; readonly version: number; readonly mayChange: boolean }) {
  const t = useT('reports');
  const projects = useT('projects');
  const { today } = useSession();
  const [draft, setDraft] = useState(calendar);
  const [exceptions, setExceptions] = useState<readonly Exception[]>(calendar.exceptions ?? []);
  const [reason, setReason] = useState<string | undefined>(undefined);
  const run = useRun(changeCalendar, { onDone: () => toast({ text: t('calendar.saved') }) });
  useFreshWhenStale(run.error);
  const off = !mayChange;
  const set = (part: Partial<ReportCalendar>): void => setDraft((now) => ({ ...now, ...part }));
  const whole = exceptions.flatMap(({ month, dueDay, lockDay }) => (month === undefined || dueDay === undefined || lockDay === undefined ? [] : [{ month, dueDay, lockDay }]));
  const { exceptions: _old, ...rest } = draft;
  const next: ReportCalendar = { ...rest, ...(whole.length === 0 ? {} : { exceptions: whole }) };
  const dirty = JSON.stringify(next) !== JSON.stringify(calendar);
  const change = (at: number, part: Exception): void => setExceptions((all) => all.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <div className="calendarform stack">
      <p className="two">{t('calendar.hint')}</p>
      <div className="card pad fields of2">
        <Line label={t('calendar.openDay')}>{(id) => <NumberInput id={id} digits={0} disabled={off} value={draft.openDay ?? 1} onChange={(value) => set({ openDay: value ?? 1 })} />}</Line>
        <Line label={t('calendar.dueDay')}>{(id) => <NumberInput id={id} digits={0} disabled={off} value={draft.dueDay} onChange={(value) => set({ dueDay: value ?? 0 })} />}</Line>
        <Line label={t('calendar.lockDay')}>{(id) => <NumberInput id={id} digits={0} disabled={off} value={draft.lockDay} onChange={(value) => set({ lockDay: value ?? 0 })} />}</Line>
        <Line label={t('calendar.stages')} wide>{(id) => <ChoicesInput id={id} disabled={off} label={t('calendar.stages')} value={draft.stages} onChange={(value) => set({ stages: [...(value ?? [])] })} options={STAGES.map((value) => ({ value, label: projects(`stage.${value}`) }))} />}</Line>
      </div>
      <p className="dim small">{t('calendar.source')}</p>
      <Section title={t('calendar.exceptions')} hint={t('calendar.exceptionsHint')} actions={mayChange && <Button small onClick={() => setExceptions((all) => [...all, {}])}>{t('calendar.addException')}</Button>}>
        {exceptions.map((one, at) => (
          <div key={at} className="exception">
            <Line label={t('calendar.month')}>{(id) => <MonthInput id={id} today={today} disabled={off} value={one.month} onChange={(month) => change(at, { month })} />}</Line>
            <Line label={t('calendar.due')}>{(id) => <DayInput id={id} today={today} disabled={off} value={one.dueDay} onChange={(dueDay) => change(at, { dueDay })} />}</Line>
            <Line label={t('calendar.lock')}>{(id) => <DayInput id={id} today={today} disabled={off} value={one.lockDay} onChange={(lockDay) => change(at, { lockDay })} />}</Line>
            {mayChange && <Button small kind="quiet" onClick={() => setExceptions((all) => all.filter((_one, index) => index !== at))}>{t('calendar.remove')}</Button>}
          </div>
        ))}
      </Section>
      {mayChange && dirty && (
        <div className="card pad stack">
          <Line label={t('calendar.reason')}>{(id) => <TextInput id={id} value={reason} maxLength={1000} onChange={setReason} />}</Line>
          {run.error !== undefined && <Problem small error={run.error} />}
          <div className="row end"><Button kind="main" disabled={(reason?.trim().length ?? 0) < 2} busy={run.running} onClick={() => run.go({ calendar: next, reason: reason?.trim() ?? '' }, { version })}>{t('calendar.save')}</Button></div>
        </div>
      )}
      <Preview calendar={next} />
    </div>
  );
}

function Preview({ calendar }: { readonly calendar: ReportCalendar }) {
  const t = useT('reports');
  const format = useFormat();
  const { today } = useSession();
  const sound = calendar.dueDay >= 1 && calendar.dueDay <= 28 && calendar.lockDay >= 1 && calendar.lockDay <= 28;
  if (!sound) return null;
  return (
    <Section title={t('calendar.preview')}>
      <Scroll label={t('calendar.preview')}>
        <table className="plain">
          <thead><tr><th>{t('calendar.month')}</th><th>{t('calendar.due')}</th><th>{t('calendar.lock')}</th><th>{t('col.state')}</th></tr></thead>
          <tbody>
            {Array.from({ length: 12 }, (_one, at) => `${today.slice(0, 4)}-${String(at + 1).padStart(2, '0')}`).map((month) => {
              const state = periodState(month, calendar, today);
              return <tr key={month}><td>{format.monthShort(month)}</td><td>{format.shortDay(dueDayOf(month, calendar), today)}</td><td>{format.shortDay(lockDayOf(month, calendar), today)}</td><td><State tone={state === 'open' ? 'ok' : state === 'late' ? 'late' : 'off'} word={t(`period.${state}`)} /></td></tr>;
            })}
          </tbody>
        </table>
      </Scroll>
    </Section>
  );
}
