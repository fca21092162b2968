// 手续 of a project. One question: when may this project start, and what decides it? The days, the path in one sentence, the ways side by
// side, the items, chart and network, and what was agreed.
import { lazy, Suspense, useState } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { loadWords, useT, type T } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { usePath } from '../../../../web/router.tsx';
import { freezePlan, projectPlan } from '../contract.ts';
import { Agreed } from './agreed.tsx';
import { Items } from './items.tsx';
import { named, sayPath, toneOfSlip, type Shown, type ShownPlan } from './say.ts';
import { Ways } from './ways.tsx';
import './planning.css';

const Chart = lazy(async () => ({ default: (await Promise.all([import('./chart.tsx'), loadWords(['gantt'])]))[0].Chart }));
const Network = lazy(async () => ({ default: (await import('./network.tsx')).Network }));
const ChooseDialog = lazy(async () => ({ default: (await import('./choose.tsx')).ChooseDialog }));
const PushDialog = lazy(async () => ({ default: (await import('./push.tsx')).PushDialog }));

export function ApprovalsPage() {
  const { id = '' } = usePath();
  const read = useRead(projectPlan, { id });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" /> : <Problem error={read.error} onRetry={read.again} />;
  return <Page shown={read.data} />;
}

type Open = 'choose' | 'push' | undefined;

function Page({ shown }: { readonly shown: Shown }) {
  const t = useT('approvals');
  const format = useFormat();
  const [open, setOpen] = useState<Open>(undefined);
  const facts = `/projects/${shown.id}/approvals/facts`;
  const { plan } = shown;
  return (
    <Record
      crumbs={[{ label: t('web:page.projects.list'), href: '/projects' }, { label: shown.name, href: `/projects/${shown.id}` }, { label: t('planning.title') }]}
      title={shown.name}
      state={plan === null ? <State tone="off" word={t('planning.unplanned')} /> : <State tone={toneOf(shown, plan, format)} word={wordOf(shown, plan, t, format)} />}
      say={plan === null ? undefined : nowOf(plan, t, format)}
      actions={<Actions shown={shown} facts={facts} onOpen={setOpen} />}
      {...(plan === null ? {} : { strip: <Strip shown={shown} plan={plan} facts={facts} /> })}
    >
      {plan === null ? <Empty title={t('planning.noTrack')} hint={t('planning.noTrackHint')}><Button kind="main" href={facts}>{t('planning.toFacts')}</Button></Empty> : <Body shown={shown} plan={plan} />}
      <Suspense fallback={null}>
        {open === 'choose' && <ChooseDialog shown={shown} onClose={() => setOpen(undefined)} />}
        {open === 'push' && plan !== null && <PushDialog shown={shown} plan={plan} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </Record>
  );
}

function lateDays(shown: Shown, plan: ShownPlan, format: Format): number | null {
  return shown.plannedStart === null || plan.begin.day === null ? null : format.daysBetween(shown.plannedStart, plan.begin.day);
}

function toneOf(shown: Shown, plan: ShownPlan, format: Format) {
  const late = lateDays(shown, plan, format);
  return late === null ? 'off' : late <= 0 ? 'ok' : late > 180 ? 'bad' : late > 60 ? 'late' : 'warn';
}

function wordOf(shown: Shown, plan: ShownPlan, t: T, format: Format): string {
  const late = lateDays(shown, plan, format);
  return late === null ? t('planning.noPlannedStart') : late <= 0 ? t('planning.inTime') : t('planning.lateStart', { count: late });
}

function nowOf(plan: ShownPlan, t: T, format: Format): string {
  const item = plan.items.find((one) => one.code === plan.deciding);
  return item === undefined ? t('planning.say.done') : t('planning.say.now', { item: named(item.name, format), department: t(`planning.department.${item.department}`) });
}

function Actions({ shown, facts, onOpen }: { readonly shown: Shown; readonly facts: string; readonly onOpen: (open: Open) => void }) {
  const t = useT('approvals');
  const freeze = useRun(freezePlan, { touches: ['approvals.'], onDone: (done) => toast({ text: t('planning.frozen', { number: done.number }) }) });
  const ask = async (): Promise<void> => {
    const note = await confirm({ title: t('planning.freezeTitle'), text: t('planning.freezeText'), act: t('planning.freeze'), reason: t('planning.note') });
    if (note !== undefined) freeze.go({ id: shown.id, ...(note === '' ? {} : { note }) }, { version: shown.version });
  };
  const agreed = shown.agreed.length > 0;
  const late = (shown.slipDays ?? 0) > 0;
  return (
    <>
      <Button href={facts}>{t('planning.facts')}</Button>
      <Button href={`/projects/${shown.id}/approvals/faster`}>{t('faster.title')}</Button>
      {shown.can.plan && shown.plan !== null && <Button onClick={() => onOpen('choose')}>{t('planning.choose')}</Button>}
      {shown.can.plan && shown.plan !== null && agreed && <Button kind={late ? 'main' : 'plain'} onClick={() => onOpen('push')}>{t('planning.push')}</Button>}
      {shown.can.plan && shown.plan !== null && !late && <Button kind={agreed ? 'plain' : 'main'} busy={freeze.running} onClick={() => void ask()}>{t(agreed ? 'planning.freezeAgain' : 'planning.freeze')}</Button>}
      {freeze.error !== undefined && <Problem small error={freeze.error} />}
    </>
  );
}

function Strip({ shown, plan, facts }: { readonly shown: Shown; readonly plan: ShownPlan; readonly facts: string }) {
  const t = useT('approvals');
  const format = useFormat();
  const needed = plan.items.filter((one) => one.verdict === 'needed').length;
  const open = plan.items.length - needed;
  const late = lateDays(shown, plan, format);
  const working = (days: number | null) => (days === null ? {} : { note: t('planning.after', { days: t('planning.days.working', { count: days }), day: format.shortDay(plan.from, shown.day) }) });
  return (
    <FigureStrip>
      <Figure label={t(plan.deciding === null ? 'planning.permitGiven' : 'planning.permitDay')} value={format.shortDay(plan.permit.day, shown.day)} definition={t('planning.define.permit')} {...provisionalUnit(plan.permit, t)} {...(plan.deciding === null ? {} : working(plan.permit.workingDays))} />
      <Figure label={t(plan.deciding === null ? 'planning.beginOpen' : 'planning.beginDay')} value={format.shortDay(plan.begin.day, shown.day)} definition={t('planning.define.begin')} {...provisionalUnit(plan.begin, t)} noteTone={late !== null && late > 0 ? 'late' : 'off'}
        note={shown.plannedStart === null ? t('planning.noPlannedStart') : t('planning.registered', { day: format.shortDay(shown.plannedStart, shown.day) })} />
      <Figure label={t('planning.againstAgreed')} value={shown.slipDays === null ? '—' : format.count(Math.abs(shown.slipDays))} {...(shown.slipDays === null ? {} : { unit: t('unit.working') })} definition={t('planning.define.slip')}
        note={shown.slipDays === null ? t('planning.noAgreed') : t(shown.slipDays === 0 ? 'planning.slip.on' : shown.slipDays > 0 ? 'planning.slip.isLate' : 'planning.slip.isEarly')} noteTone={toneOfSlip(shown.slipDays)} />
      <Figure label={t('planning.neededItems')} value={format.count(needed)} unit={t('planning.items')} href={facts} definition={t('planning.define.needed')} note={open === 0 ? t('planning.allClear') : t('planning.openItems', { count: open })} noteTone={open === 0 ? 'ok' : 'warn'} />
    </FigureStrip>
  );
}

/** Said at the day itself: another day of the same plan may be certain. */
function provisionalUnit(point: ShownPlan['begin'], t: T): { unit?: string } {
  return point.provisional ? { unit: t('planning.provisional') } : {};
}

/** Items that count 0 days because nobody has published a limit: the days shown are a lower bound, and these are why. */
function Unlimited({ plan }: { readonly plan: ShownPlan }) {
  const t = useT('approvals');
  const format = useFormat();
  const names = plan.items.filter((one) => plan.unlimited.includes(one.code)).map((one) => named(one.name, format));
  return (
    <details className="two small">
      <summary>{t('planning.unlimited', { count: plan.unlimited.length })}</summary>
      {names.join(t('planning.semicolon'))}
    </details>
  );
}

const VIEWS = ['chart', 'network', 'items'] as const;

function Body({ shown, plan }: { readonly shown: Shown; readonly plan: ShownPlan }) {
  const t = useT('approvals');
  const format = useFormat();
  const [{ view }, set] = useUrlState({ view: 'chart' });
  return (
    <div className="stack">
      {plan.critical.length > 0 && <p className="appath"><b>{t('planning.say.decides')}</b>{sayPath(plan, t, format)}</p>}
      {/* Once everything before the works is decided, no way makes it faster. */}
      {plan.deciding !== null && <Ways shown={shown} plan={plan} />}
      <Section title={t('planning.howItRuns')} {...(plan.provisional ? { hint: t('plan.provisional') } : {})}>
        {plan.unlimited.length > 0 && <Unlimited plan={plan} />}
        <Tabs label={t('planning.howItRuns')} here={view} onGo={(next) => set({ view: next })} tabs={VIEWS.map((id) => ({ id, label: t(`planning.view.${id}`), ...(id === 'items' ? { count: plan.items.length } : {}) }))} />
        <Suspense fallback={<Loading lines={10} />}>
          {view === 'items' ? <Items shown={shown} plan={plan} /> : view === 'network' ? <Network shown={shown} plan={plan} /> : <Chart shown={shown} plan={plan} />}
        </Suspense>
      </Section>
      <Agreed shown={shown} />
      <p className="dim small">{t('plan.catalogue', { label: shown.catalogue })}</p>
    </div>
  );
}
