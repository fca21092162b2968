// 节点总览: the milestones of all projects of the reader as one chart, and what falls due as a list. One question: what is late, and what comes.
import { useEffect, useMemo } from 'react';
import { addDays, addMonths } from '../../../../kernel/days.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useRead, useReadPages } from '../../../../web/client.ts';
import { useFormat } from '../../../../web/format.ts';
import { Gantt } from '../../../../web/gantt/gantt.tsx';
import { useT } from '../../../../web/i18n.ts';
import { ChoiceInput } from '../../../../web/inputs/choice.tsx';
import { SelectInput } from '../../../../web/inputs/select.tsx';
import { TextInput } from '../../../../web/inputs/text.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead } from '../../../../web/parts/page.tsx';
import { Pager } from '../../../../web/parts/pager.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { Light } from '../../../../web/parts/state.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { useGo } from '../../../../web/router.tsx';
import { useSession } from '../../../../web/session.tsx';
import { projectFacets } from '../../register/contract.ts';
import { STAGES } from '../../register/fields.ts';
import { dueMilestones, ganttProjects, GANTT_LIMIT } from '../contract.ts';
import { barOf, slipText, slipTone } from './say.ts';
import './plan.css';

export function GanttPage() {
  const t = useT('plan');
  const [state, set] = useUrlState({ view: 'gantt', q: '', town: '', light: '', stage: '', within: 'm1' });
  return (
    <>
      <PageHead title={t('gantt.title')} />
      <Tabs label={t('gantt.title')} here={state.view} onGo={(view) => set({ view })} tabs={[{ id: 'gantt', label: t('gantt.view.gantt') }, { id: 'due', label: t('gantt.view.due') }]} />
      {state.view === 'due' ? <Due town={state.town} within={state.within} onChange={set} /> : <Chart filter={state} onChange={set} />}
    </>
  );
}

interface Filter { readonly q: string; readonly town: string; readonly light: string; readonly stage: string }
type Change = (change: Partial<Filter & { within: string }>) => void;

function Chart({ filter, onChange }: { readonly filter: Filter; readonly onChange: Change }) {
  const t = useT('plan');
  const go = useGo();
  const { today } = useSession();
  const stage = STAGES.find((one) => one === filter.stage);
  const list = useReadPages(ganttProjects, {
    limit: GANTT_LIMIT, ...(filter.q === '' ? {} : { q: filter.q }), ...(filter.town === '' ? {} : { townId: [filter.town] }), ...(filter.light === '' ? {} : { light: [Number(filter.light)] }), ...(stage === undefined ? {} : { stage: [stage] }),
  });
  const { hasMore, loadingMore, more } = list;
  const narrowed = [filter.q, filter.town, filter.light, filter.stage].some((one) => one !== '');
  // The chart holds all of them at once: the pages follow each other without a click.
  useEffect(() => {
    if (hasMore && !loadingMore) more();
  }, [hasMore, loadingMore, more]);
  const rows = useMemo(() => list.items.flatMap((project) => project.bars.map(([id, name, , plannedFrom, plannedDay, forecastDay, actualDay, baselineDay, light]) =>
    barOf({ id, name, plannedFrom, plannedDay, forecastDay, actualDay, baselineDay, light }, today, { group: project.name, href: `/projects/${project.id}?tab=plan` }))), [list.items, today]);
  return (
    <>
      <Filters filter={filter} onChange={onChange} />
      {list.error !== undefined ? <Problem error={list.error} onRetry={list.again} /> : list.loading ? <Loading kind="table" lines={12} /> : rows.length === 0
        ? <Empty title={list.items.length > 0 ? t('gantt.noBars') : narrowed ? t('gantt.empty') : t('tab.empty')} hint={narrowed ? t('gantt.emptyHint') : t('tab.emptyHint')} />
        : (
          <>
            <p className="dim small ganttsays" role="status">{hasMore ? t('gantt.loading', { projects: list.items.length }) : t('gantt.small', { projects: list.items.length, bars: rows.length })} · {t('gantt.legend')}</p>
            <Gantt rows={rows} today={today} title={t('gantt.title')} onOpen={(row) => row.href !== undefined && go(row.href)} />
          </>
        )}
    </>
  );
}

function Filters({ filter, onChange }: { readonly filter: Filter; readonly onChange: Change }) {
  const t = useT('plan');
  const facets = useRead(projectFacets, {});
  const stages = useT('projects');
  const any = (label: string) => ({ value: '', label });
  return (
    <div className="row planfilter noprint">
      <TextInput label={t('gantt.search')} placeholder={t('gantt.search')} value={filter.q} onChange={(q) => onChange({ q: q ?? '' })} />
      <SelectInput label={t('gantt.anyTown')} value={filter.town} onChange={(town) => onChange({ town: town ?? '' })} options={[any(t('gantt.anyTown')), ...(facets.data?.towns ?? []).map((one) => ({ value: one.value, label: one.name ?? one.value, hint: String(one.projects) }))]} />
      <SelectInput label={t('gantt.anyLight')} value={filter.light} onChange={(light) => onChange({ light: light ?? '' })} options={[any(t('gantt.anyLight')), ...[0, 1, 2, 3].map((level) => ({ value: String(level), label: t(`web:state.${['ok', 'warn', 'late', 'bad'][level] ?? 'ok'}`) }))]} />
      <SelectInput label={t('gantt.anyStage')} value={filter.stage} onChange={(stage) => onChange({ stage: stage ?? '' })} options={[any(t('gantt.anyStage')), ...STAGES.map((value) => ({ value, label: stages(`stage.${value}`) }))]} />
    </div>
  );
}

const RANGES = ['overdue', 'm1', 'm3', 'year'] as const;

function Due({ town, within, onChange }: { readonly town: string; readonly within: string; readonly onChange: Change }) {
  const t = useT('plan');
  const format = useFormat();
  const { today } = useSession();
  const to = within === 'overdue' ? addDays(today, -1) : within === 'm3' ? lastOf(addMonths(today.slice(0, 7), 3), today) : within === 'year' ? `${today.slice(0, 4)}-12-31` : lastOf(addMonths(today.slice(0, 7), 1), today);
  const list = useReadPages(dueMilestones, { to, limit: 100, ...(town === '' ? {} : { townId: [town] }) });
  return (
    <>
      <div className="row planfilter"><ChoiceInput label={t('gantt.within')} value={within} onChange={(value) => onChange({ within: value ?? 'm1' })} options={RANGES.map((value) => ({ value, label: t(`gantt.range.${value}`) }))} /></div>
      {list.error !== undefined ? <Problem error={list.error} onRetry={list.again} /> : list.first === undefined ? <Loading kind="table" lines={10} /> : list.items.length === 0 ? <Empty title={t('gantt.none')} hint="" /> : (
        <>
          <p className="two small">{t('gantt.dueHint', { to: format.day(to), total: list.first.total, overdue: list.first.overdue })}</p>
          <Scroll label={t('nav.gantt')}>
            <table className="plain mstones">
              <thead><tr><th>{t('col.project')}</th><th>{t('col.name')}</th><th>{t('col.plan')}</th><th>{t('col.expected')}</th><th className="num">{t('col.days')}</th><th>{t('col.town')}</th><th>{t('col.commissioner')}</th><th>{t('col.state')}</th></tr></thead>
              <tbody>
                {list.items.map((one) => (
                  <tr key={one.id}>
                    <td className="mname"><Go href={`/projects/${one.projectId}?tab=plan`}>{one.projectName}</Go></td>
                    <td data-col={t('col.name')}>{one.name}</td>
                    <td data-col={t('col.plan')}>{format.shortDay(one.plannedDay, today)}</td>
                    <td data-col={t('col.expected')}>{one.forecastDay === null ? '—' : format.shortDay(one.forecastDay, today)}</td>
                    <td data-col={t('col.days')} className={`num ${slipTone(one.overdueDays)}`} title={slipText(one.slipDays, t)}>{one.overdueDays === 0 ? '—' : one.overdueDays}</td>
                    <td data-col={t('col.town')} className="two">{one.townName ?? '—'}</td>
                    <td data-col={t('col.commissioner')} className="two">{one.commissionerName ?? '—'}</td>
                    <td className="mstate"><Light light={one.light} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <Pager shown={list.items.length} total={list.first.total} hasMore={list.hasMore} loading={list.loadingMore} onMore={list.more} />
        </>
      )}
    </>
  );
}

// A month from today, on the same day or the last one of the month.
function lastOf(month: string, today: string): string {
  const end = addDays(`${addMonths(month, 1)}-01`, -1);
  const same = `${month}-${today.slice(8, 10)}`;
  return same < end ? same : end;
}
