// 节点 on a project's record: where each milestone stands against plan and baseline, as a chart and as a table, and what may be done
// with it. Never hides an earlier baseline.
import { lazy, Suspense, useMemo, useState } from 'react';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { Gantt } from '../../../../web/gantt/gantt.tsx';
import { useT } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { confirm } from '../../../../web/parts/confirm.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Section } from '../../../../web/parts/page.tsx';
import { Popover } from '../../../../web/parts/popover.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import { toast } from '../../../../web/parts/toast.tsx';
import { newId } from '../../../../web/ids.ts';
import { freezeBaseline, listMilestones, removeMilestone, reopenMilestone, type Milestone } from '../contract.ts';
import { barOf, slipText, slipTone, spanText, toneOfMilestone, wordOfMilestone, type Plan } from './say.ts';
import './plan.css';

const CompleteDialog = lazy(async () => ({ default: (await import('./dialogs.tsx')).CompleteDialog }));
const ForecastDialog = lazy(async () => ({ default: (await import('./dialogs.tsx')).ForecastDialog }));
const MilestoneDialog = lazy(async () => ({ default: (await import('./dialogs.tsx')).MilestoneDialog }));
const RebaseDialog = lazy(async () => ({ default: (await import('./rebase.tsx')).RebaseDialog }));
const TemplateDialog = lazy(async () => ({ default: (await import('./template.tsx')).TemplateDialog }));

type Open = { readonly what: 'add' | 'template' | 'rebase' } | { readonly what: 'edit' | 'complete' | 'forecast'; readonly one: Milestone } | undefined;

export function PlanTab({ projectId }: { readonly projectId: string }) {
  const t = useT('plan');
  const read = useRead(listMilestones, { id: projectId });
  const [open, setOpen] = useState<Open>(undefined);
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={8} /> : <Problem error={read.error} onRetry={read.again} />;
  const plan = read.data;
  const close = (): void => setOpen(undefined);
  return (
    <div className="stack">
      {plan.items.length === 0 ? (
        <Empty title={t('tab.empty')} hint={t('tab.emptyHint')}>
          {plan.can.plan && <Button kind="main" onClick={() => setOpen({ what: 'template' })}>{t('tab.fromTemplate')}</Button>}
          {plan.can.plan && <Button onClick={() => setOpen({ what: 'add' })}>{t('tab.add')}</Button>}
        </Empty>
      ) : (
        <>
          <Chart plan={plan} onOpen={setOpen} />
          <Table plan={plan} onOpen={setOpen} />
        </>
      )}
      <Baselines plan={plan} />
      <Suspense fallback={null}>
        {open?.what === 'add' && <MilestoneDialog plan={plan} onClose={close} />}
        {open?.what === 'edit' && <MilestoneDialog plan={plan} one={open.one} onClose={close} />}
        {open?.what === 'complete' && <CompleteDialog plan={plan} one={open.one} onClose={close} />}
        {open?.what === 'forecast' && <ForecastDialog plan={plan} one={open.one} onClose={close} />}
        {open?.what === 'rebase' && <RebaseDialog plan={plan} onClose={close} />}
        {open?.what === 'template' && <TemplateDialog plan={plan} onClose={close} />}
      </Suspense>
    </div>
  );
}

function Chart({ plan, onOpen }: { readonly plan: Plan; readonly onOpen: (open: Open) => void }) {
  const t = useT('plan');
  const rows = useMemo(() => plan.items.map((one) => barOf(one, plan.day)), [plan]);
  const share = (weight: number): number => (plan.weights.all === 0 ? 0 : Math.round((weight / plan.weights.all) * 100));
  const freeze = useRun(freezeBaseline, { onDone: (done) => toast({ text: t('toast.frozen', { number: done.number }) }) });
  const askFreeze = async (): Promise<void> => {
    const reason = await confirm({ title: t('ask.freezeTitle'), text: t('ask.freezeText'), act: t('tab.freeze'), reason: t('form.freezeReason') });
    if (reason !== undefined) freeze.go({ id: plan.id, baselineId: newId(), reason }, { version: plan.version });
  };
  return (
    <Section
      title={t('tab.title')} hint={t('tab.progress', { done: share(plan.weights.done), due: share(plan.weights.due) })}
      actions={
        <>
          {plan.can.plan && <Button small onClick={() => onOpen({ what: 'add' })}>{t('tab.add')}</Button>}
          {plan.can.baseline && plan.baselines.length === 0 && <Button small busy={freeze.running} onClick={() => void askFreeze()}>{t('tab.freeze')}</Button>}
          {plan.can.baseline && plan.baselines.length > 0 && <Button small onClick={() => onOpen({ what: 'rebase' })}>{t('tab.rebaseline')}</Button>}
        </>
      }
    >
      {freeze.error !== undefined && <Problem small error={freeze.error} />}
      <Gantt rows={rows} today={plan.day} title={t('tab.title')} onOpen={(row) => {
        const one = plan.items.find((each) => each.id === row.id);
        if (one !== undefined && one.actualDay === null && plan.can.plan) onOpen({ what: 'complete', one });
      }} />
      <p className="dim small">{plan.baselines.length === 0 ? t('tab.hintNoBaseline') : t('tab.hint')}</p>
    </Section>
  );
}

function Table({ plan, onOpen }: { readonly plan: Plan; readonly onOpen: (open: Open) => void }) {
  const t = useT('plan');
  const hasBaseline = plan.baselines.length > 0;
  return (
    <Scroll label={t('tab.title')}>
      <table className="plain mstones">
        <thead>
          <tr>
            <th>{t('col.name')}</th>{hasBaseline && <th>{t('col.baseline')}</th>}<th>{t('col.plan')}</th><th>{t('col.expected')}</th><th className="num">{t('col.slip')}</th><th>{t('col.state')}</th>
            <th className="num">{t('col.evidence')}</th>{plan.can.plan && <th><span className="hidden">{t('col.actions')}</span></th>}
          </tr>
        </thead>
        <tbody>{plan.items.map((one) => <Row key={one.id} plan={plan} one={one} hasBaseline={hasBaseline} onOpen={onOpen} />)}</tbody>
      </table>
    </Scroll>
  );
}

function Row({ plan, one, hasBaseline, onOpen }: { readonly plan: Plan; readonly one: Milestone; readonly hasBaseline: boolean; readonly onOpen: (open: Open) => void }) {
  const t = useT('plan');
  const format = useFormat();
  const slip = hasBaseline ? one.slipBaselineDays : one.slipPlanDays;
  return (
    <tr>
      <td className="mname">{one.name}<small>{t(`kind.${one.kind}`)} · {t('col.weight')} {one.weight}{one.note === null ? '' : ` · ${one.note}`}</small></td>
      {hasBaseline && <td data-col={t('col.baseline')}>{one.baselineDay === null ? <span className="dim">{t('slip.added')}</span> : format.shortDay(one.baselineDay, plan.day)}</td>}
      <td data-col={t('col.plan')}>{spanText(one.plannedFrom, one.plannedDay, format, plan.day)}</td>
      <td data-col={t('col.expected')}>{one.actualDay === null ? <span className="two">{format.shortDay(one.expectedDay, plan.day)}</span> : <b>{format.shortDay(one.actualDay, plan.day)}</b>}</td>
      <td data-col={t('col.slip')} className={`num ${slipTone(slip)}`} title={one.slipFirstDays === null || one.slipFirstDays === slip ? undefined : `${t('tab.baseline', { number: 1 })}: ${slipText(one.slipFirstDays, t)}`}>{slip === null ? '—' : format.points(slip, 0)}</td>
      <td className="mstate"><State tone={toneOfMilestone(one)} word={wordOfMilestone(one, t)} /></td>
      <td data-col={t('col.evidence')} className={one.evidence === 0 ? 'num none' : 'num'}>{one.evidence === 0 ? '—' : one.evidence}</td>
      {plan.can.plan && <td className="macts"><Actions plan={plan} one={one} onOpen={onOpen} /></td>}
    </tr>
  );
}

function Actions({ plan, one, onOpen }: { readonly plan: Plan; readonly one: Milestone; readonly onOpen: (open: Open) => void }) {
  const t = useT('plan');
  const saved = { onDone: () => toast({ text: t('toast.saved') }) };
  const reopen = useRun(reopenMilestone, saved);
  const remove = useRun(removeMilestone, saved);
  const error = reopen.error ?? remove.error;
  const askReopen = async (): Promise<void> => {
    const reason = await confirm({ title: t('ask.reopenTitle', { name: one.name }), act: t('act.reopen'), reason: t('ask.reopenReason') });
    if (reason !== undefined) reopen.go({ id: plan.id, milestoneId: one.id, reason }, { version: plan.version });
  };
  const askRemove = async (): Promise<void> => {
    const reason = await confirm({ title: t('ask.removeTitle', { name: one.name }), text: t('ask.removeText'), act: t('act.remove'), danger: true, reason: t('ask.removeReason') });
    if (reason !== undefined) remove.go({ id: plan.id, milestoneId: one.id, reason }, { version: plan.version });
  };
  return (
    <>
      {one.actualDay === null && <Button small onClick={() => onOpen({ what: 'complete', one })}>{t('act.complete')}</Button>}{' '}
      {one.actualDay === null && <Button small kind="quiet" onClick={() => onOpen({ what: 'forecast', one })}>{t('act.forecast')}</Button>}
      <Popover label={`${t('act.more')} ${one.name}`} align="end" trigger={(trigger) => <button type="button" className="btn quiet small" aria-label={`${t('act.more')} ${one.name}`} {...trigger}>⋯</button>}>
        {(close) => (
          <div className="menu">
            <button type="button" onClick={() => { close(); onOpen({ what: 'edit', one }); }}>{t('act.edit')}</button>
            {one.actualDay === null
              ? <button type="button" onClick={() => { close(); void askRemove(); }}>{t('act.remove')}</button>
              : <button type="button" onClick={() => { close(); void askReopen(); }}>{t('act.reopen')}</button>}
          </div>
        )}
      </Popover>
      {error !== undefined && <Problem small error={error} />}
    </>
  );
}

function Baselines({ plan }: { readonly plan: Plan }) {
  const t = useT('plan');
  const format = useFormat();
  if (plan.baselines.length === 0) return null;
  return (
    <Section title={t('tab.baselines')} hint={t('tab.baselinesHint')}>
      <ul className="card baselines">
        {plan.baselines.map((one, at) => (
          <li key={one.id}>
            <b>{one.name === '' ? t('tab.baseline', { number: one.number }) : one.name}</b>{at === 0 && <span className="tag">{t('tab.current')}</span>} {one.reason}
            <br /><small>{one.frozenBy} · {format.day(one.day)}</small>
            {at < plan.baselines.length - 1 && <Moved before={plan.baselines[at + 1]} after={one} today={plan.day} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

type Baseline = Plan['baselines'][number];

/** Which planned days a re-baselining moved, as 竣工 12月31日 → 次年3月31日. */
function Moved({ before, after, today }: { readonly before: Baseline | undefined; readonly after: Baseline; readonly today: string }) {
  const format = useFormat();
  const old = new Map((before?.days ?? []).map((one) => [one.milestoneId, one.plannedDay]));
  const moved = after.days.flatMap((one) => {
    const was = old.get(one.milestoneId);
    return was === undefined || was === one.plannedDay ? [] : [`${one.name} ${format.shortDay(was, today)} → ${format.shortDay(one.plannedDay, today)}`];
  });
  return moved.length === 0 ? null : <div className="two small">{moved.join(format.lang === 'en' ? '; ' : '；')}</div>;
}
