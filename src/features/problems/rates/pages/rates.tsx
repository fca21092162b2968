// 办理率: how many were really solved, and what the rates do not say by themselves. Every number stands with its denominator and opens the very problems.
import { lazy, Suspense, useState } from 'react';
import { addMonths, lastDay } from '../../../../kernel/days.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useRead } from '../../../../web/client.ts';
import { useDownload } from '../../../../web/download.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { DayInput } from '../../../../web/inputs/day.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { Button } from '../../../../web/parts/button.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { TrendLine } from '../../../../web/parts/trend.tsx';
import { useSession } from '../../../../web/session.tsx';
import { getRates, type Line } from '../contract.ts';
import { BY, GROUPS } from '../definitions.ts';
import { Missing } from './missing.tsx';
import { GroupTable } from './groups.tsx';
import { Tiles } from './tiles.tsx';
import '../../../../web/form/form.css';
import './rates.css';

const Definitions = lazy(async () => ({ default: (await import('./definitions.tsx')).DefinitionsDialog }));
const PERIODS = ['all', 'year', 'month', 'last', 'own'] as const;
const MONTHS_SHOWN = 24;

export function RatesPage() {
  const t = useT('rates');
  const format = useFormat();
  const { today, can } = useSession();
  const [state, set] = useUrlState({ period: 'all', since: undefined as string | undefined, until: undefined as string | undefined, by: 'raised', group: 'department', at: undefined as string | undefined });
  const [defining, setDefining] = useState(false);
  const by = BY.find((one) => one === state.by) ?? 'raised';
  const group = GROUPS.find((one) => one === state.group) ?? 'department';
  const looked = { ...daysOf(state, today), ...(state.at === undefined ? {} : { at: state.at }), by };
  const read = useRead(getRates, { ...looked, group }, { keep: true });
  const file = useDownload();
  const data = read.data;
  return (
    <>
      <PageHead
        title={t('title')} small={data === undefined ? undefined : t('count', { count: data.total.all })}
        actions={<><Button onClick={() => setDefining(true)}>{t('definitions')}</Button><Button busy={file.running} onClick={() => file.start('problems.rates_export', { ...looked, group })}>{t('exportIt')}</Button></>}
      />
      <div className="row noprint ratebar">
        <Choice label={t('bar.period')} value={state.period} options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))} onChange={(period) => set({ period })} />
        {state.period === 'own' && <><label className="ratefield"><span>{t('bar.since')}</span><DayInput id="since" label={t('bar.since')} today={today} value={state.since} onChange={(since) => set({ since })} /></label><label className="ratefield"><span>{t('bar.until')}</span><DayInput id="until" label={t('bar.until')} today={today} value={state.until} onChange={(until) => set({ until })} /></label></>}
        <Choice label={t('bar.by')} value={by} options={BY.map((value) => ({ value, label: t(`by.${value}`) }))} onChange={(value) => set({ by: value })} />
        <Choice label={t('bar.group')} value={group} options={GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))} onChange={(value) => set({ group: value })} />
        <label className="ratefield"><span>{t('bar.at')}</span><DayInput id="at" label={t('bar.at')} today={today} max={today} value={state.at ?? today} onChange={(at) => set({ at: at === today ? undefined : at })} /></label>
      </div>
      {read.error !== undefined && <Problem error={read.error} onRetry={read.again} />}
      {data === undefined && read.error === undefined && <Loading kind="record" />}
      {data !== undefined && data.total.all === 0 && <Empty title={t('empty')} hint={t('emptySay')} />}
      {data !== undefined && data.total.all > 0 && (
        <div className={read.refreshing ? 'ratebody busy' : 'ratebody'}>
          <p className="two small">{t(data.past ? 'asAtPast' : 'asAtNow', { at: format.instant(data.at) })} {t('hint')}</p>
          <Tiles line={data.total} definitions={data.definitions} looked={looked} />
          <Missing line={data.total} looked={looked} />
          {data.months.length > 1 && <Section title={t('trend.title')} hint={t(`by.${by}`)}><div className="card pad"><TrendLine title={t('trend.title')} names={{ plan: name('satisfaction'), actual: name('resolution'), second: name('on_time') }} say={(value) => format.percent(value / 100)} axis={(value) => `${String(value)}%`} points={data.months.slice(-MONTHS_SHOWN).map((line) => ({ label: line.value.slice(2), plan: percent(line, 'satisfaction'), actual: percent(line, 'resolution'), second: percent(line, 'on_time') }))} /></div></Section>}
          <GroupTable data={data} group={group} looked={looked} />
        </div>
      )}
      {defining && <Suspense fallback={null}><Definitions mayEdit={can('problems.keep_policies')} onClose={() => setDefining(false)} /></Suspense>}
    </>
  );

  function name(code: string): string {
    return t(`figure.${code}`);
  }
}

function percent(line: Line, code: string): number | null {
  const bp = line.figures.find((one) => one.code === code)?.bp;
  return bp === undefined || bp === null ? null : bp / 100;
}

function daysOf({ period, since, until }: { readonly period: string; readonly since: string | undefined; readonly until: string | undefined }, today: string): { since?: string; until?: string } {
  const month = today.slice(0, 7);
  const before = addMonths(month, -1);
  switch (period) {
    case 'year': return { since: `${today.slice(0, 4)}-01-01`, until: `${today.slice(0, 4)}-12-31` };
    case 'month': return { since: `${month}-01`, until: lastDay(month) };
    case 'last': return { since: `${before}-01`, until: lastDay(before) };
    case 'own': return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
    default: return {};
  }
}

function Choice({ label, value, options, onChange }: { readonly label: string; readonly value: string; readonly options: readonly { readonly value: string; readonly label: string }[]; readonly onChange: (value: string) => void }) {
  const id = `rates-${label}`;
  return <div className="ratefield"><label htmlFor={id}>{label}</label><SelectInput id={id} label={label} value={value} options={options} onChange={(next) => next !== undefined && onChange(next)} /></div>;
}
