// The portfolio: counts by stage, plan against actual with time progress in points, by town, park, category and level. Every figure
// opens its records, every column adds up to the line above it, and the page says so.
import { useRead } from '../../../../web/client.ts';
import { useUrlState } from '../../../../web/address.ts';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Bar } from '../../../../web/parts/bars.tsx';
import { Empty } from '../../../../web/parts/empty.tsx';
import { Figure, FigureStrip } from '../../../../web/parts/figure.tsx';
import { Go } from '../../../../web/parts/go.tsx';
import { Loading } from '../../../../web/parts/loading.tsx';
import { PageHead, Section } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { TrendLine } from '../../../../web/parts/trend.tsx';
import type { OutputOf } from '../../../../kernel/contract.ts';
import { readPortfolio } from '../contract.ts';
import { gapTone, saysPoints } from './say.ts';
import './portfolio.css';

type Portfolio = OutputOf<typeof readPortfolio>;
type Cell = Portfolio['all'];

const STAGES = ['planned', 'reserved', 'signed', 'performed', 'preliminary', 'started', 'building', 'completed', 'producing', 'effective'] as const;
const BY = ['town', 'park', 'category', 'level', 'nature', 'light', 'statistics'] as const;
const FILTER: Readonly<Record<string, string>> = { town: 'townId', park: 'parkId', category: 'category', level: 'level', nature: 'nature', light: 'light', statistics: 'inStatistics' };

export function PortfolioPage() {
  const t = useT('portfolio');
  const read = useRead(readPortfolio, {});
  if (read.data === undefined) return read.error === undefined ? <Loading kind="record" lines={8} /> : <Problem error={read.error} onRetry={read.again} />;
  if (read.data.all.projects === 0) {
    return <><PageHead title={t('portfolio.title')} /><Empty title={t('portfolio.empty')} hint={t('portfolio.empty_hint')} /></>;
  }
  return <Portfolio data={read.data} />;
}

function Portfolio({ data }: { readonly data: Portfolio }) {
  const t = useT('portfolio');
  const format = useFormat();
  const total = format.money(data.all.totalFen);
  const plan = format.money(data.all.planFen);
  const done = format.money(data.all.doneFen);
  const statistics = format.money(data.all.statFen);
  const key = (data.dimensions['level'] ?? []).filter((one) => one.value === 'provincial' || one.value === 'municipal').reduce((sum, one) => sum + one.projects, 0);
  return (
    <>
      <PageHead title={t('portfolio.title')} small={t('portfolio.small', { day: format.day(data.day), year: data.year, share: format.percent(data.timeBp / 10_000) })} />
      <FigureStrip>
        <Figure label={t('figure.key_projects')} value={format.count(key)} unit={t('unit.projects')} href="/projects?level=provincial&level=municipal" definition={t('definition.key_projects')}
          note={key === data.all.projects ? undefined : t('figure.of_all', { count: data.all.projects })} />
        <Figure label={t('figure.total')} value={total.number} unit={total.unit} href="/projects?sort=-total" definition={t('definition.total')} />
        <Figure label={t('figure.plan', { year: data.year })} value={plan.number} unit={plan.unit} href="/projects?sort=-plan" definition={t('definition.plan')} />
        <Figure label={t('figure.done', { year: data.year })} value={done.number} unit={done.unit} href="/projects?sort=-done" definition={t('definition.done')} note={saysPoints(data.all.pointsBp, t, format)} noteTone={gapTone(data.all.pointsBp)} />
        <Figure label={t('figure.statistics')} value={statistics.number} unit={statistics.unit} href="/reports" definition={t('definition.statistics')} note={t('figure.gap', { amount: format.money(data.all.doneFen - data.all.statFen).text })} />
      </FigureStrip>
      <Section title={t('portfolio.stages')} hint={t('portfolio.stages_hint')}>
        <Stages data={data} />
      </Section>
      {data.months.length > 0 && (
        <Section title={t('portfolio.months', { year: data.year })} hint={t('portfolio.months_hint')}>
          <div className="card pad"><Months data={data} /></div>
        </Section>
      )}
      <Breakdown data={data} />
    </>
  );
}

function Stages({ data }: { readonly data: Portfolio }) {
  const t = useT('portfolio');
  const format = useFormat();
  const cells = new Map((data.dimensions['stage'] ?? []).map((one) => [one.value, one]));
  const sides = (data.dimensions['side'] ?? []).filter((one) => one.value !== 'active' && one.projects > 0);
  const said = (list: typeof sides): string => list.map((one) => `${t(`side.${one.value}`)} ${format.count(one.projects)}`).join(t('portfolio.comma'));
  // A paused project stays on the list and in the sum; what was moved out or ended does not.
  const within = sides.filter((one) => one.value === 'paused');
  const beside = sides.filter((one) => one.value !== 'paused');
  return (
    <>
      <div className="stagebar">
        {STAGES.map((stage) => {
          const one = cells.get(stage);
          return (
            <Go key={stage} href={`/projects?stage=${stage}`} className={one === undefined ? 'none' : ''}>
              <b>{format.count(one?.projects ?? 0)}</b>
              <small>{t(`stage.${stage}`)}</small>
            </Go>
          );
        })}
      </div>
      <p className="adds">
        {t('portfolio.adds', { parts: STAGES.map((stage) => cells.get(stage)?.projects ?? 0).filter((count) => count > 0).join(' + '), sum: data.all.projects })}
        {within.length > 0 && ` ${t('portfolio.within', { list: said(within) })}`}
        {beside.length > 0 && ` ${t('portfolio.sides', { list: said(beside) })}`}
      </p>
    </>
  );
}

function Months({ data }: { readonly data: Portfolio }) {
  const t = useT('portfolio');
  const format = useFormat();
  const by = new Map(data.months.map((one) => [one.month, one]));
  const last = data.months.at(-1)?.month ?? '';
  let dispatch = 0;
  let statistics = 0;
  const points = Array.from({ length: 12 }, (_, index) => {
    const month = `${String(data.year)}-${String(index + 1).padStart(2, '0')}`;
    dispatch += by.get(month)?.dispatchFen ?? 0;
    statistics += by.get(month)?.statFen ?? 0;
    return {
      label: format.monthShort(month), plan: (data.all.planFen * (index + 1)) / 12, actual: month <= last ? dispatch : null, second: month <= last ? statistics : null,
    };
  });
  return <TrendLine title={t('portfolio.months', { year: data.year })} points={points} names={{ plan: t('series.plan'), actual: t('series.dispatch'), second: t('series.statistics') }}
    say={(fen) => format.money(fen).text} axis={(fen) => format.money(fen, 'yi', 0).number} />;
}

function Breakdown({ data }: { readonly data: Portfolio }) {
  const t = useT('portfolio');
  const [state, set] = useUrlState({ by: 'town' });
  const dimension = BY.find((one) => one === state.by) ?? 'town';
  const cells = data.dimensions[dimension] ?? [];
  return (
    <div className="dimtabs">
      <Tabs label={t('portfolio.by')} here={dimension} onGo={(by) => set({ by })} tabs={BY.map((one) => ({ id: one, label: t(`by.${one}`) }))} />
      <Scroll label={t('portfolio.by')}><Cells cells={cells} dimension={dimension} all={data.all} timeBp={data.timeBp} /></Scroll>
      <p className="adds">{addsUp(cells, data.all) ? t('portfolio.adds_up', { by: t(`by.${dimension}`) }) : t('portfolio.adds_not')}</p>
    </div>
  );
}

function Cells({ cells, dimension, all, timeBp }: { readonly cells: readonly Cell[]; readonly dimension: (typeof BY)[number]; readonly all: Cell; readonly timeBp: number }) {
  const t = useT('portfolio');
  const format = useFormat();
  const line = (one: Cell) => (
    <>
      <td className="num">{format.count(one.projects)}</td>
      <td className="num">{format.money(one.totalFen, 'yi').number}</td>
      <td className="num">{format.money(one.planFen, 'yi').number}</td>
      <td className="num">{format.money(one.doneFen, 'yi').number}</td>
      <td className="num">{format.money(one.statFen, 'yi').number}</td>
      <td className="num">{one.rateBp === null ? '—' : format.percent(one.rateBp / 10_000)}</td>
      <td className="barcell">{one.rateBp !== null && <Bar share={one.rateBp / 10_000} time={timeBp / 10_000} tone={gapTone(one.pointsBp)} />}</td>
      <td className={`num tone-${gapTone(one.pointsBp)}`}>{one.pointsBp === null ? '—' : format.points(one.pointsBp / 100)}</td>
    </>
  );
  return (
    <table className="dimtable">
      <thead>
        <tr>
          <th scope="col">{t(`by.${dimension}`)}</th>
          <th scope="col" className="num">{t('column.projects')}</th>
          <th scope="col" className="num">{t('column.total')}</th>
          <th scope="col" className="num">{t('column.plan')}</th>
          <th scope="col" className="num">{t('column.done')}</th>
          <th scope="col" className="num">{t('column.statistics')}</th>
          <th scope="col" className="num">{t('column.rate')}</th>
          <th scope="col" className="barcell"><span className="dim small">{t('column.tick', { share: format.percent(timeBp / 10_000, 0) })}</span></th>
          <th scope="col" className="num">{t('column.points')}</th>
        </tr>
      </thead>
      <tbody>
        {cells.map((one) => (
          <tr key={one.value}>
            <th scope="row">{one.value === '' ? <span className="dim">{nameOf(one, dimension, t)}</span> : <Go href={`/projects?${FILTER[dimension] ?? ''}=${encodeURIComponent(valueOf(one, dimension))}`}>{nameOf(one, dimension, t)}</Go>}</th>
            {line(one)}
          </tr>
        ))}
      </tbody>
      <tfoot><tr><td>{t('portfolio.sum')}</td>{line(all)}</tr></tfoot>
    </table>
  );
}

function nameOf(one: Cell, dimension: (typeof BY)[number], t: ReturnType<typeof useT>): string {
  if (one.value === '') return t(`none.${dimension}`);
  if (dimension === 'town' || dimension === 'park') return one.label ?? one.value;
  return dimension === 'category' ? one.value : t(`${dimension}.${one.value}`);
}

function valueOf(one: Cell, dimension: (typeof BY)[number]): string {
  return dimension === 'statistics' ? String(one.value === 'yes') : one.value;
}

function addsUp(cells: readonly Cell[], all: Cell): boolean {
  const sum = (pick: (one: Cell) => number): number => cells.reduce((total, one) => total + pick(one), 0);
  return sum((one) => one.projects) === all.projects && sum((one) => one.totalFen) === all.totalFen && sum((one) => one.planFen) === all.planFen
    && sum((one) => one.doneFen) === all.doneFen && sum((one) => one.statFen) === all.statFen;
}
