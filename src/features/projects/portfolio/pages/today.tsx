// The first page: what needs this person, most urgent first, each line leading to where it is done. Not a wall of charts.
import type { ReactNode } from 'react';
import { useRead } from '../../../../web/client.ts';
import { useFormat, type Format, type Tone } from '../../../../web/format.ts';
import { hasWords, useT, type T } from '../../../../web/i18n.ts';
import { Bars } from '../../../../web/parts/bars.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Worklist, type WorkGroup, type WorkItem } from '../../../../web/parts/worklist.tsx';
import { goTo } from '../../../../web/place.ts';
import { useSession } from '../../../../web/session.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { readPortfolio, readToday } from '../contract.ts';
import { saidNumbers, saysLight } from '../../warnings/pages/numbers.tsx';
import { gapTone, lightTone, saysPoints } from './say.ts';
import './portfolio.css';

type Item = OutputOf<typeof readToday>['items'][number];

/** `own`: what stands at the top for a reader who has no projects; nothing is better than a row of noughts. `beside`: what other features lay beside the list; projects know none of them. */
export function TodayPage({ own, beside }: { readonly own?: ReactNode; readonly beside?: ReactNode }) {
  const t = useT('portfolio');
  const format = useFormat();
  const { today, can } = useSession();
  const read = useRead(readToday, {});
  const portfolio = useRead(readPortfolio, {}, { when: can('projects.read') });
  if (read.data === undefined) return read.error === undefined ? <Loading kind="table" lines={8} /> : <Problem error={read.error} onRetry={read.again} />;
  const { items, counts } = read.data;
  const hasProjects = portfolio.data !== undefined && portfolio.data.all.projects > 0;
  const groups: WorkGroup[] = (['now', 'week', 'later'] as const).map((urgency) => ({
    id: urgency,
    title: t(`today.${urgency}`),
    hint: t(`today.${urgency}_hint`, { count: counts[urgency] }),
    items: items.filter((item) => item.urgency === urgency).map((item) => workItem(item, today, t, format)),
  }));
  return (
    <>
      <PageHead title={counts.now === 0 ? t('today.free') : t('today.title', { count: counts.now })} small={[`${format.day(today)} ${format.weekday(today)}`, saysRest(counts, t)].filter((part) => part !== '').join(' · ')} />
      {!can('projects.read') || portfolio.data?.all.projects === 0 ? own : portfolio.data === undefined ? <Loading lines={2} /> : <Headline data={portfolio.data} />}
      <div className={hasProjects || beside !== undefined ? 'todaycols' : 'todaycols noaside'}>
        <div>
          {items.length === 0 ? <Empty title={t('today.nothing')} hint={t('today.nothing_hint')} /> : <Worklist groups={groups} onOpen={goTo} />}
          {read.data.cut && <p className="dim small">{t('today.cut')}</p>}
        </div>
        {(hasProjects || beside !== undefined) && <aside>{beside}{hasProjects && <Investment data={portfolio.data} />}</aside>}
      </div>
    </>
  );
}

/** What is not for today, beside the title. */
function saysRest(counts: OutputOf<typeof readToday>['counts'], t: T): string {
  return (['week', 'later'] as const).filter((urgency) => counts[urgency] > 0).map((urgency) => t(`today.rest_${urgency}`, { count: counts[urgency] })).join(t('today.comma'));
}

type Portfolio = OutputOf<typeof readPortfolio>;

function Headline({ data }: { readonly data: Portfolio }) {
  const t = useT('portfolio');
  const format = useFormat();
  const done = format.money(data.all.doneFen);
  const statistics = format.money(data.all.statFen);
  const red = cell(data.dimensions, 'light', '3');
  const orange = cell(data.dimensions, 'light', '2');
  return (
    <FigureStrip>
      <Figure label={t('figure.projects')} value={format.count(data.all.projects)} unit={t('unit.projects')} href="/projects" definition={t('definition.projects')} />
      <Figure label={t('figure.done', { year: data.year })} value={done.number} unit={done.unit} href="/projects?sort=-done" definition={t('definition.done')}
        note={saysPoints(data.all.pointsBp, t, format)} noteTone={gapTone(data.all.pointsBp)} />
      <Figure label={t('figure.statistics')} value={statistics.number} unit={statistics.unit} href="/reports" definition={t('definition.statistics')}
        note={t('figure.gap', { amount: format.money(data.all.doneFen - data.all.statFen).text })} />
      <Figure label={t('figure.started')} value={format.count(startedOf(data.dimensions))} unit={t('unit.projects')} href="/projects?stage=started&stage=building&stage=completed&stage=producing&stage=effective" definition={t('definition.started')} />
      <Figure label={t('figure.red')} value={format.count(red)} unit={t('unit.projects')} href="/projects?light=3" definition={t('definition.red')} note={t('figure.orange', { count: orange })} noteTone={orange > 0 ? 'late' : 'off'} />
    </FigureStrip>
  );
}

function Investment({ data }: { readonly data: Portfolio }) {
  const t = useT('portfolio');
  const format = useFormat();
  const categories = (data.dimensions['category'] ?? []).filter((one) => one.planFen > 0).sort((a, b) => b.planFen - a.planFen).slice(0, 7);
  return (
    <Section title={t('today.investment', { year: data.year })} hint={t('today.tick', { share: format.percent(data.timeBp / 10_000, 0) })}>
      <div className="card pad">
        {categories.length === 0
          ? <p className="two">{t('today.no_plan')}</p>
          : <Bars time={data.timeBp / 10_000} lines={categories.map((one) => ({
              id: one.value, label: one.value === '' ? t('none.category') : one.value, share: (one.rateBp ?? 0) / 10_000, text: format.percent((one.rateBp ?? 0) / 10_000),
              tone: gapTone(one.pointsBp), href: `/projects?category=${encodeURIComponent(one.value)}`,
            }))} />}
      </div>
    </Section>
  );
}

function workItem(item: Item, today: string, t: T, format: Format): WorkItem {
  const values = spoken(item, format, t);
  const where = [item.townName, item.commissionerName].filter((part) => part !== null && part !== '').join(' · ');
  const name = item.projectName ?? String(item.values['name'] ?? item.values['file'] ?? '');
  const late = item.dueDay === null ? 0 : format.daysBetween(item.dueDay, today);
  return {
    id: item.id,
    tone: toneOf(item, late),
    // Of a whole desk there is no project to name.
    title: `${name === '' ? '' : `${name}${t('today.colon')}`}${saysItem(item, values, t, format)}`,
    ...(where === '' ? {} : { note: where }),
    kind: t(`kind.${item.kind}`),
    ...(item.dueDay === null ? {} : { due: late > 0 ? t('today.late', { count: late }) : late === 0 ? t('today.due_today') : format.shortDay(item.dueDay, today) }),
    dueTone: late > 30 ? 'bad' : late >= 0 && item.dueDay !== null ? 'late' : 'off',
    href: item.href,
    action: { label: t(`action.${actionOf(item)}`), href: item.href },
  };
}

function saysItem(item: Item, values: Record<string, string>, t: T, format: Format): string {
  if (item.kind === 'light') return saysLight(String(item.values['object'] ?? ''), item.values, t, format);
  const line = SEVERAL.has(item.kind) ? `${item.kind}_${String(item.values['line'] ?? '')}` : item.kind;
  return t(`line.${line}`, typeof item.values['count'] === 'number' ? { ...values, count: item.values['count'] } : values);
}

/** Kinds that have several sentences: what the feature says of itself. */
const SEVERAL: ReadonlySet<string> = new Set(['case', 'problem', 'week', 'meeting', 'knowledge']);

function actionOf(item: Item): string {
  const object = item.values['object'];
  const line = `${item.kind}_${String(item.values['line'] ?? '')}`;
  if (SEVERAL.has(item.kind) && hasWords(`portfolio:action.${line}`)) return line;
  return item.kind === 'light' && (object === 'prediction' || object === 'approval') ? object : item.kind;
}

function spoken(item: Item, format: Format, t: T): Record<string, string> {
  const said = saidNumbers(item.values, format);
  if (typeof item.values['stage'] === 'string') said['stage'] = t(`stage.${item.values['stage']}`);
  return said;
}

// What tells that something is late without a day of its own.
const LATE = new Set(['light', 'report', 'reminder', 'over', 'over_all', 'promise_over', 'slips', 'escalated']);

/** Late is what has passed its day or says so itself; what is asked for without a day, or for a later one, is only to be seen to. */
function toneOf(item: Item, late: number): Tone {
  const isLate = item.dueDay === null ? LATE.has(String(item.kind === 'case' || item.kind === 'problem' ? item.values['line'] : item.kind)) : late > 0;
  return isLate ? lightTone(item.level) : 'warn';
}

function cell(dimensions: OutputOf<typeof readPortfolio>['dimensions'], dimension: string, value: string): number {
  return dimensions[dimension]?.find((one) => one.value === value)?.projects ?? 0;
}

const STARTED = new Set(['started', 'building', 'completed', 'producing', 'effective']);

function startedOf(dimensions: OutputOf<typeof readPortfolio>['dimensions']): number {
  return (dimensions['stage'] ?? []).filter((one) => STARTED.has(one.value)).reduce((sum, one) => sum + one.projects, 0);
}
