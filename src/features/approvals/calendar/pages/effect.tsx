// What a change would do, before it is made: days that become another kind, what keeps it from being saved, deadlines and plans that move.
import type { OutputOf } from '../../../../kernel/contract.ts';
import { useRead } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { useLang, useT, type T } from '../../../../web/i18n.ts';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { readEffect, type Draft } from '../contract.ts';

type Effect = OutputOf<typeof readEffect>;
const SHOWN_DAYS = 60;

export function useEffectOf(draft: Draft | undefined) {
  return useRead(readEffect, { draft: JSON.stringify(draft ?? {}) }, { when: draft !== undefined, keep: true });
}

export function EffectBox({ read }: { readonly read: ReturnType<typeof useEffectOf> }) {
  const t = useT('calendar');
  if (read.error !== undefined) return <Problem small error={read.error} onRetry={read.again} />;
  if (read.data === undefined) return <Loading kind="lines" lines={4} />;
  const { faults, days, cases, plans } = read.data;
  return (
    <section className="stack caleffect" aria-label={t('effect.title')} aria-busy={read.refreshing}>
      <h3>{t('effect.checks')}</h3>
      {faults.length === 0 ? <p><State tone="ok" word={t('effect.sound')} /></p> : <Faults faults={faults} />}
      <h3>{t('effect.days')}</h3>
      {days.length === 0 ? <p className="two">{t('effect.noDays')}</p> : <Days days={days} />}
      <h3>{t('effect.cases')}</h3>
      <p>{cases.looked === 0 ? t('effect.noCases') : t('effect.casesSay', { looked: cases.all ? t('effect.ofCases', { count: cases.looked }) : t('effect.firstCases', { count: cases.looked }), moved: t('effect.moved', { count: cases.moved }), later: cases.later, settled: t('effect.settled', { count: cases.settled }) })}</p>
      {cases.lines.length > 0 && <CaseLines cases={cases} />}
      <h3>{t('effect.plans')}</h3>
      <p>{plans.looked === 0 ? t('effect.noPlans') : t('effect.plansSay', { looked: plans.all ? t('effect.ofPlans', { count: plans.looked }) : t('effect.firstPlans', { count: plans.looked }), moved: t('effect.moved', { count: plans.moved }), later: plans.later, settled: t('effect.settled', { count: plans.settled }) })}</p>
      {plans.certain.length > 0 && <Certain plans={plans} />}
      {plans.still > 0 && <p className="two">{t('effect.still', { count: plans.still, years: plans.missing.join(t('effect.and')) })}</p>}
      {plans.lines.length > 0 && <PlanLines plans={plans} />}
    </section>
  );
}

function Faults({ faults }: { readonly faults: Effect['faults'] }) {
  const t = useT('calendar');
  const format = useFormat();
  return (
    <ul className="callist" role="alert">
      {faults.map((one) => <li key={`${one.code}${JSON.stringify(one.params)}`} className="tone-bad">{sayFault(one, t, format)}</li>)}
    </ul>
  );
}

export function sayFault({ code, params }: Effect['faults'][number], t: T, format: Format): string {
  const { day, name, days } = params;
  return t(`fault.${code}`, { ...params, day: typeof day === 'string' ? `${format.day(day)} ${format.weekday(day)}` : '', name: typeof name === 'string' ? t(`holiday.${name}`) : '', count: Number(days ?? 0) });
}

/** Beside the button that cannot be pressed: the first thing that keeps it so. What is only missing is no fault yet. */
export function Hindered({ fault, missing }: { readonly fault: string | undefined; readonly missing: string | undefined }) {
  if (fault !== undefined) return <p className="small tone-bad calhinder" role="status">{fault}</p>;
  return missing === undefined ? null : <p className="small two calhinder">{missing}</p>;
}

function Days({ days }: { readonly days: Effect['days'] }) {
  const t = useT('calendar');
  const format = useFormat();
  return (
    <ul className="caldiff">
      {days.slice(0, SHOWN_DAYS).map((one) => <li key={one.day} className={one.work ? 'work' : 'off'}>{format.day(one.day)} {format.weekday(one.day)} <b>{t(one.work ? 'effect.becomesWork' : 'effect.becomesOff')}</b>{!one.law && <span className="dim small"> {t('counts.plans')}</span>}</li>)}
      {days.length > SHOWN_DAYS && <li className="dim">{t('effect.moreDays', { count: days.length - SHOWN_DAYS })}</li>}
    </ul>
  );
}

function CaseLines({ cases }: { readonly cases: Effect['cases'] }) {
  const t = useT('calendar');
  const lang = useLang();
  const format = useFormat();
  return (
    <Scroll label={t('effect.cases')} className="calmoved">
      <table className="plain">
        <thead><tr><th scope="col">{t('effect.project')}</th><th scope="col">{t('effect.item')}</th><th scope="col">{t('effect.which')}</th><th scope="col">{t('effect.before')}</th><th scope="col">{t('effect.after')}</th></tr></thead>
        <tbody>{cases.lines.map((one) => <tr key={one.id}><td>{one.projectName}</td><td>{lang === 'en' ? one.itemName.en : one.itemName.zh}<p className="dim small">{one.orgName}</p></td><td>{t(`effect.of.${one.which}`)}</td><td className="nowrap">{format.day(one.before)}</td><td className="nowrap"><b>{format.day(one.after)}</b></td></tr>)}</tbody>
      </table>
      {cases.moved > cases.lines.length && <p className="dim small pad">{t('effect.more', { count: cases.moved - cases.lines.length })}</p>}
    </Scroll>
  );
}

/** Which plans are sure of their days from then on. */
function Certain({ plans }: { readonly plans: Effect['plans'] }) {
  const t = useT('calendar');
  const format = useFormat();
  return (
    <>
      <p className="two">{t('effect.certain')}</p>
      <ul className="callist">
        {plans.certain.map((one) => <li key={one.id}><Go href={`/projects/${one.id}/approvals`}>{one.name}</Go>{one.day !== null && <span className="dim small"> {t('effect.startsOn', { day: format.day(one.day) })}</span>}</li>)}
      </ul>
      {plans.settled > plans.certain.length && <p className="dim small">{t('effect.more', { count: plans.settled - plans.certain.length })}</p>}
    </>
  );
}

function PlanLines({ plans }: { readonly plans: Effect['plans'] }) {
  const t = useT('calendar');
  const format = useFormat();
  return (
    <Scroll label={t('effect.plans')} className="calmoved">
      <table className="plain">
        <thead><tr><th scope="col">{t('effect.project')}</th><th scope="col">{t('effect.which')}</th><th scope="col">{t('effect.before')}</th><th scope="col">{t('effect.after')}</th></tr></thead>
        <tbody>{plans.lines.map((one) => <tr key={one.id}><td>{one.name}</td><td>{t(`effect.of.${one.which}`)}</td><td className="nowrap">{format.day(one.before)}</td><td className="nowrap"><b>{format.day(one.after)}</b></td></tr>)}</tbody>
      </table>
      {plans.moved > plans.lines.length && <p className="dim small pad">{t('effect.more', { count: plans.moved - plans.lines.length })}</p>}
    </Scroll>
  );
}
