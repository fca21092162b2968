// One project: where it stands, five figures that say how it goes, what is next, and behind tabs everything that is known of it.
// Each capability brings its own tab; this page only puts them together.
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useRun } from '../../../../web/client.ts';
import { useFormat, type Format } from '../../../../web/format.ts';
import { loadWords, useT, type T } from '../../../../web/i18n.ts';
import { Button } from '../../../../web/parts/button.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Record } from '../../../../web/parts/record.tsx';
import { State } from '../../../../web/parts/state.tsx';
import type { Tab } from '../../../../web/parts/tabs.tsx';
import { useGo, usePath } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { LifecycleActions } from '../../lifecycle/pages/actions.tsx';
import { LifecycleStepper } from '../../lifecycle/pages/stepper.tsx';
import { followProject, getProject, projectBeside, unfollowProject, type ProjectRecord } from '../contract.ts';
import { stateOf } from './say.ts';
import './register.css';

const Overview = tabOf(['projects'], async () => (await import('./overview.tsx')).Overview);
const PlanTab = tabOf(['plan', 'gantt'], async () => (await import('../../plan/pages/tab.tsx')).PlanTab);
const ReportsTab = tabOf(['reports'], async () => (await import('../../reports/pages/tab.tsx')).ReportsTab);
const LifecycleTab = tabOf(['lifecycle'], async () => (await import('../../lifecycle/pages/tab.tsx')).LifecycleTab);
const TaskforceTab = tabOf(['taskforce'], async () => (await import('../../../dispatch/taskforce/pages/tab.tsx')).TaskforceTab);
// The rail of one tab: what the others need not wait for.
const RecentPast = lazy(async () => ({ default: (await Promise.all([import('./recent.tsx'), loadWords(['history'])]))[0].RecentPast }));
const Team = lazy(async () => ({ default: (await import('./team.tsx')).Team }));
const Past = lazy(async () => ({ default: (await Promise.all([import('./past.tsx'), loadWords(['history'])]))[0].Past }));
const Packages = lazy(async () => ({ default: (await import('./packages.tsx')).Packages }));

const WITH_SIDE = new Set(['overview']);
const PAGES_OF_THEIR_OWN = new Set(['approvals', 'schedule', 'problems']);

/** A tab with the words that it says, fetched when it is opened. */
function tabOf<Props extends object = { readonly projectId: string }>(words: readonly string[], load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: (await Promise.all([load(), loadWords(words)]))[0] }));
}

export function RecordPage() {
  const { id = '' } = usePath();
  const project = useRead(getProject, { id });
  if (project.error !== undefined && project.data === undefined) return <Problem error={project.error} onRetry={project.again} />;
  if (project.data === undefined) return <Loading kind="record" />;
  return <Shown project={project.data} />;
}

function Shown({ project }: { readonly project: ProjectRecord }) {
  const t = useT('projects');
  const format = useFormat();
  const { can } = useSession();
  const go = useGo();
  const [{ tab }, set] = useUrlState({ tab: 'overview' });
  const state = stateOf(project, t);
  const history = can('projects.history');
  const { data: beside } = useRead(projectBeside, { id: project.id }, { when: can('approvals.read') || can('problems.read') });
  const tabs: Tab[] = [
    { id: 'overview', label: t('tab.overview') }, { id: 'plan', label: t('tab.plan') }, { id: 'reports', label: t('tab.reports') }, { id: 'lifecycle', label: t('tab.lifecycle') }, { id: 'approvals', label: t('tab.approvals') }, { id: 'schedule', label: t('tab.schedule') },
    ...(can('problems.read') ? [{ id: 'problems', label: t('tab.problems'), ...count(beside?.problems?.open ?? 0) }] : []),
    { id: 'team', label: t('tab.team'), ...count(project.assignments.filter((one) => one.toDay === null).length) },
    ...(can('dispatch.read') ? [{ id: 'taskforce', label: t('tab.taskforce') }] : []),
    ...(project.parent === null ? [{ id: 'packages', label: t('tab.packages'), ...count(project.packages.length) }] : []),
    ...(history ? [{ id: 'history', label: t('tab.history') }] : []),
  ];
  return (
    <Record
      crumbs={[{ label: t('web:page.projects.list'), href: '/projects' }, ...crumbs(project, t)]}
      title={project.name}
      state={<><State {...state} />{project.level !== null && <span className="tag">{t(`level.${project.level}`)}</span>}</>}
      say={saysNext(project, t, format)}
      actions={<Actions project={project} />}
      stepper={<LifecycleStepper projectId={project.id} onOpen={() => set({ tab: 'lifecycle' }, { push: true })} />}
      strip={<Strip project={project} />}
      tabs={tabs} tab={tab} onTab={(next) => (PAGES_OF_THEIR_OWN.has(next) ? go(`/projects/${project.id}/${next}`) : set({ tab: next }))}
      {...(WITH_SIDE.has(tab) && history ? { side: <Suspense fallback={<Loading lines={6} />}><RecentPast id={project.id} onAll={() => set({ tab: 'history' })} /></Suspense> } : {})}
    >
      <Suspense fallback={<Loading lines={8} />}>{content(tab, project)}</Suspense>
    </Record>
  );
}

function content(tab: string, project: ProjectRecord): ReactNode {
  switch (tab) {
    case 'plan': return <PlanTab projectId={project.id} />;
    case 'reports': return <ReportsTab projectId={project.id} />;
    case 'lifecycle': return <LifecycleTab projectId={project.id} />;
    case 'taskforce': return <TaskforceTab projectId={project.id} />;
    case 'team': return <Team project={project} />;
    case 'packages': return <Packages project={project} />;
    case 'history': return <Past project={project} />;
    default: return <Overview project={project} />;
  }
}

function count(value: number): { count?: number } {
  return value === 0 ? {} : { count: value };
}

function crumbs(project: ProjectRecord, t: T) {
  if (project.parent !== null) return [{ label: project.parent.name, href: `/projects/${project.parent.id}?tab=packages` }];
  return [
    ...(project.level === null ? [] : [{ label: `${t(`level.${project.level}`)}${project.listYear === null ? '' : ` ${String(project.listYear)}`}`, href: `/projects?level=${project.level}` }]),
    ...(project.category === null ? [] : [{ label: project.category, href: `/projects?category=${encodeURIComponent(project.category)}` }]),
  ];
}

/** The one sentence under the title: what is wrong first, else what is next. */
function saysNext(project: ProjectRecord, t: T, format: Format): ReactNode {
  const [worst] = project.lights;
  if (project.sideState !== null) return t('next.aside', { state: t(`side.${project.sideState}`), reason: project.sideReason ?? t('next.noReason') });
  const step = project.nextStep;
  const next = step.kind === 'report' ? t('next.report', { month: format.month(step.subject), day: format.day(step.dueDay) })
    : step.kind === 'milestone' ? t('next.milestone', { name: step.subject, day: format.day(step.dueDay) })
      : step.kind === 'commissioner' ? t('next.commissioner') : undefined;
  const lit = worst === undefined ? undefined : t('next.lit', { object: t(`object.${worst.object}`), level: t(`light.${String(worst.level)}`), since: format.day(worst.since) });
  return [lit, next].filter((one) => one !== undefined).join(t('next.and')) || undefined;
}

function Actions({ project }: { readonly project: ProjectRecord }) {
  const t = useT('projects');
  const { can } = useSession();
  const follow = useRun(followProject, { touches: ['projects.record', 'projects.list', 'projects.sums'] });
  const unfollow = useRun(unfollowProject, { touches: ['projects.record', 'projects.list', 'projects.sums'] });
  return (
    <>
      <Button busy={follow.running || unfollow.running} onClick={() => (project.followed ? unfollow : follow).go({ id: project.id })}>{t(project.followed ? 'act.unfollow' : 'act.follow')}</Button>
      {can('projects.edit') && <Button href={`/projects/${project.id}/edit`}>{t('act.edit')}</Button>}
      <Approvals id={project.id} />
      {can('problems.raise') && <Button href={`/problems/new?project=${project.id}`}>{t('act.raise')}</Button>}
      <LifecycleActions projectId={project.id} />
    </>
  );
}

/** The way to the approval cases, with what is in hand, over and standing still. */
function Approvals({ id }: { readonly id: string }) {
  const t = useT('projects');
  const { can } = useSession();
  const { data } = useRead(projectBeside, { id }, { when: can('approvals.read') });
  if (!can('approvals.read') || data?.cases === null) return null;
  const { open, over, stopped } = data?.cases ?? { open: 0, over: 0, stopped: 0 };
  const parts = [...(open > 0 ? [t('beside.open', { count: open })] : []), ...(stopped > 0 ? [t('beside.stopped', { count: stopped })] : [])];
  return (
    <Button href={`/projects/${id}/approvals/cases`}>
      {t('beside.approvals')}{parts.length > 0 && <span className="two"> {parts.join(t('beside.comma'))}</span>}{over > 0 && <span className="tone-bad"> {t('beside.over', { count: over })}</span>}
    </Button>
  );
}

function Strip({ project }: { readonly project: ProjectRecord }) {
  const t = useT('projects');
  const format = useFormat();
  const total = format.money(project.totalFen);
  const done = format.money(project.doneFen);
  const stat = format.money(project.statFen);
  const points = project.pointsBp === null || project.sideState !== null ? undefined : project.pointsBp / 100;
  const next = project.nextMilestone;
  const worst = project.lights.reduce((top, one) => Math.max(top, one.level), 0);
  const days = project.lights.map((one) => one.since).sort()[0];
  const define = (figure: string): string => t(`definition.${figure}.text`);
  return (
    <FigureStrip>
      <Figure label={t('definition.totalFen.name')} value={total.number} unit={total.unit} definition={define('totalFen')} />
      <Figure label={t('strip.done')} value={done.number} unit={done.unit} definition={define('doneFen')} href={`/projects/${project.id}?tab=reports`}
        note={points === undefined ? t('list.noPlan') : points < 0 ? t('strip.behind', { points: format.count(-points, 1) }) : t('strip.ahead', { points: format.count(points, 1) })} noteTone={points === undefined ? 'off' : points >= 0 ? 'ok' : points < -10 ? 'late' : 'warn'} />
      <Figure label={t('strip.stat')} value={project.inStatistics ? stat.number : '—'} {...(project.inStatistics ? { unit: stat.unit } : {})} definition={define('statFen')} note={t(project.inStatistics ? 'strip.in' : 'list.notInStatistics')} href={`/projects/${project.id}?tab=reports`} />
      <Figure label={t('definition.milestone.name')} value={next === null ? '—' : format.count(Math.abs(next.lateDays))} {...(next === null ? {} : { unit: t('strip.days') })} definition={define('milestone')} href={`/projects/${project.id}?tab=plan`}
        note={next === null ? t('strip.noMilestone') : next.lateDays > 0 ? t('strip.late', { name: next.name }) : t('strip.until', { name: next.name })} noteTone={next !== null && next.lateDays > 0 ? 'late' : 'off'} />
      <Figure label={t('strip.lights')} value={format.count(project.lights.length)} unit={t('strip.lit')} definition={define('light')} noteTone={worst === 0 ? 'ok' : worst === 1 ? 'warn' : worst === 2 ? 'late' : 'bad'}
        note={days === undefined ? t('strip.clear') : t('strip.since', { level: t(`light.${String(worst)}`), day: format.day(days) })} />
    </FigureStrip>
  );
}
