// The network up to the start of works: steps in columns, the critical path in the first row, what is chosen explained below. Reached by
// keyboard; on a phone the same as a list, step by step.
import { useMemo, useState } from 'react';
import { useFormat } from '../../../../web/format.ts';
import { useT } from '../../../../web/i18n.ts';
import { Scroll } from '../../../../web/parts/scroll.tsx';
import { State } from '../../../../web/parts/state.tsx';
import type { PlannedItem } from '../contract.ts';
import { layoutOf, type Layout, type Node } from './layout.ts';
import { named, sayDays, tagsOf, type Shown, type ShownPlan } from './say.ts';

const START = 'START';
/** Nine steps side by side fit beside the navigation of a screen of 1,440 pixels. */
const WIDTH = 114;
const HEIGHT = 64;
const ACROSS = 20;
/** Characters of a line of a step's name. */
const LINE = { zh: 8, en: 16 } as const;
const DOWN = 12;
const EDGE = 6;
/** The middle of a lane between steps. */
const LANE_PX = 3;

export function Network({ shown, plan }: { readonly shown: Shown; readonly plan: ShownPlan }) {
  const t = useT('approvals');
  const nodes = useMemo(() => nodesOf(plan), [plan]);
  const layout = useMemo(() => layoutOf(nodes), [nodes]);
  const items = useMemo(() => new Map(plan.items.map((one) => [one.code, one])), [plan]);
  const [chosen, setChosen] = useState<string | undefined>(plan.deciding ?? undefined);
  const item = chosen === undefined ? undefined : items.get(chosen);
  // Only the start itself is left: a picture of one box says less than the sentence.
  if (nodes.length === 1) return <p className="card pad two">{t('planning.say.done')}</p>;
  return (
    <>
      <p className="dim small apnetsay">{t('planning.networkSays', { count: nodes.length - 1 })}</p>
      <div className="apnet">
        <Scroll label={t('planning.view.network')} className="card pad"><Drawing layout={layout} plan={plan} items={items} today={shown.day} chosen={chosen} onChoose={setChosen} /></Scroll>
        {item !== undefined && <Detail item={item} items={items} today={shown.day} />}
      </div>
      <ol className="apsteps">
        {Array.from({ length: layout.columns }, (_, column) => (
          <li key={column}>
            <h3>{t('planning.step', { number: column + 1 })}</h3>
            <ul>
              {layout.placed.filter((one) => one.column === column).map(({ id }) => {
                const found = items.get(id);
                return <li key={id} className={found?.driving === true || id === START ? 'main' : undefined}>{found === undefined ? <Begin plan={plan} today={shown.day} /> : <Line item={found} today={shown.day} />}</li>;
              })}
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}

/** All that the start of works waits for, near and far, and the start itself. What is done stands in no tie any more and is left out. */
function nodesOf(plan: ShownPlan): Node[] {
  const items = new Map(plan.items.map((one) => [one.code, one]));
  const wanted = new Set(plan.startAfter);
  // A set hands out what is added while it is walked.
  for (const code of wanted) for (const other of items.get(code)?.after ?? []) wanted.add(other);
  const path = new Set(plan.critical);
  const nodes = plan.items.filter((one) => wanted.has(one.code) && !one.finished).map((one): Node => ({ id: one.code, after: one.after, main: path.has(one.code) }));
  return [...nodes, { id: START, after: plan.startAfter, main: true }];
}

interface DrawingProps {
  readonly layout: Layout;
  readonly plan: ShownPlan;
  readonly items: ReadonlyMap<string, PlannedItem>;
  readonly today: string;
  readonly chosen: string | undefined;
  readonly onChoose: (code: string) => void;
}

function Drawing({ layout, plan, items, today, chosen, onChoose }: DrawingProps) {
  const t = useT('approvals');
  const xOf = (column: number): number => EDGE + column * (WIDTH + ACROSS);
  const yOf = (top: number): number => EDGE + top * (HEIGHT + DOWN);
  const place = new Map(layout.placed.map((one) => [one.id, { x: xOf(one.column), y: yOf(one.top) }]));
  const path = new Set([...plan.critical, START]);
  const near = new Set(layout.ties.flatMap((tie) => (tie.from === chosen || tie.to === chosen ? [`${tie.from} ${tie.to}`] : [])));
  const tieClass = (from: string, to: string): string => (near.has(`${from} ${to}`) ? 'tie near' : path.has(from) && path.has(to) ? 'tie main' : 'tie');
  const width = layout.columns * (WIDTH + ACROSS) - ACROSS + 2 * EDGE;
  const height = layout.rows * (HEIGHT + DOWN) + 2 * EDGE;
  return (
    <svg className="apdrawing" width={width} height={height} viewBox={`0 0 ${String(width)} ${String(height)}`} role="group" aria-label={t('planning.view.network')}>
      {layout.ties.toSorted((a, b) => tieClass(a.from, a.to).length - tieClass(b.from, b.to).length).map(({ from, to, through }) => {
        const [a, b] = [place.get(from), place.get(to)];
        return a === undefined || b === undefined ? null : <path key={`${from} ${to}`} className={tieClass(from, to)} d={way({ x: a.x + WIDTH, y: a.y + HEIGHT / 2 }, through.map((one) => ({ x: xOf(one.column), y: yOf(one.top) + (one.top === 0 ? HEIGHT / 2 : LANE_PX) })), { x: b.x, y: b.y + HEIGHT / 2 })} />;
      })}
      {layout.placed.map(({ id }) => {
        const at = place.get(id);
        const item = items.get(id);
        return at === undefined ? null : item === undefined ? <Begun key={id} {...at} plan={plan} today={today} /> : <Box key={id} {...at} item={item} today={today} here={id === chosen} onChoose={onChoose} />;
      })}
    </svg>
  );
}

interface Point { readonly x: number; readonly y: number }

/** From the side of a step over its lanes to the side of another: bent between columns, straight within one. */
function way(from: Point, lanes: readonly Point[], to: Point): string {
  let text = `M${String(from.x)} ${String(from.y)}`;
  let at = from;
  for (const lane of lanes) {
    text += `${bend(at, lane)} H${String(lane.x + WIDTH)}`;
    at = { x: lane.x + WIDTH, y: lane.y };
  }
  return text + bend(at, to);
}

function bend(a: Point, b: Point): string {
  const middle = (a.x + b.x) / 2;
  return ` C${String(middle)} ${String(a.y)} ${String(middle)} ${String(b.y)} ${String(b.x)} ${String(b.y)}`;
}

interface BoxProps { readonly x: number; readonly y: number; readonly item: PlannedItem; readonly today: string; readonly here: boolean; readonly onChoose: (code: string) => void }

function Box({ x, y, item, today, here, onChoose }: BoxProps) {
  const t = useT('approvals');
  const format = useFormat();
  const name = named(item.name, format);
  const day = format.shortDay(item.day, today);
  return (
    <g
      className={`box${item.driving ? ' main' : ''}${item.verdict === 'clarify' ? ' open' : ''}${here ? ' here' : ''}`} transform={`translate(${String(x)} ${String(y)})`} role="button" tabIndex={0} aria-pressed={here}
      onClick={() => onChoose(item.code)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose(item.code);
      }}
    >
      <rect width={WIDTH} height={HEIGHT} rx={6} />
      {linesOf(name, format.lang).map((line, at) => <text key={at} x={8} y={17 + at * 16}>{line}</text>)}
      <text x={8} y={54} className="second">{day}</text>
      <text x={WIDTH - 8} y={54} className="second end">{item.driving ? t('planning.tag.critical') : t(`planning.short.${item.unit}`, { count: item.floatDays })}</text>
      <title>{`${item.code} ${name}`}</title>
    </g>
  );
}

/** A name on two lines at most, English between words; what is longer ends in an ellipsis and stands whole below the drawing. */
function linesOf(name: string, lang: 'zh-CN' | 'en'): readonly string[] {
  const most = lang === 'en' ? LINE.en : LINE.zh;
  const first = headOf(name, most, lang);
  const rest = name.slice(first.length).trim();
  if (rest === '') return [first];
  return [first, rest.length > most ? `${headOf(rest, most - 1, lang)}…` : rest];
}

function headOf(text: string, most: number, lang: 'zh-CN' | 'en'): string {
  if (text.length <= most) return text;
  const space = lang === 'en' ? text.lastIndexOf(' ', most) : -1;
  return space > 0 ? text.slice(0, space) : text.slice(0, most);
}

function Begun({ x, y, plan, today }: { readonly x: number; readonly y: number; readonly plan: ShownPlan; readonly today: string }) {
  const t = useT('approvals');
  const format = useFormat();
  return (
    <g className="box start" transform={`translate(${String(x)} ${String(y)})`}>
      <rect width={WIDTH} height={HEIGHT} rx={6} />
      <text x={8} y={17}>{t('plan.begin')}</text>
      <text x={8} y={54} className="second">{format.shortDay(plan.begin.day, today)}</text>
    </g>
  );
}

function Detail({ item, items, today }: { readonly item: PlannedItem; readonly items: ReadonlyMap<string, PlannedItem>; readonly today: string }) {
  const t = useT('approvals');
  const format = useFormat();
  const names = (codes: readonly string[]): string => codes.flatMap((code) => (items.has(code) ? [named(items.get(code)?.name ?? { zh: code, en: code }, format)] : [])).join(t('list'));
  const waits = names(item.after);
  const held = names([...items.values()].filter((one) => one.after.includes(item.code)).map((one) => one.code));
  return (
    <div className="card pad apdetail" role="status">
      <p><b>{item.code} {named(item.name, format)}</b> <span className="two">{t(`planning.department.${item.department}`)}</span> {tagsOf(item, t, format, today).map((tag) => <State key={tag.key} tone={tag.tone} word={tag.word} />)}</p>
      <p className="small two">{t('planning.detail', { from: format.shortDay(item.startDay, today), to: format.shortDay(item.day, today), days: sayDays(item, t), latest: format.shortDay(item.lateDay, today) })}</p>
      <p className="small two">{waits === '' ? t('planning.waitsForNothing') : t('planning.waits', { names: waits })}{held === '' ? '' : t('planning.holds', { names: held })}</p>
    </div>
  );
}

function Line({ item, today }: { readonly item: PlannedItem; readonly today: string }) {
  const t = useT('approvals');
  const format = useFormat();
  return <><span>{named(item.name, format)}<small>{t(`planning.department.${item.department}`)}</small></span><span className="num">{format.shortDay(item.day, today)}<small>{item.driving ? t('planning.tag.critical') : t('planning.floats', { days: t(`planning.short.${item.unit}`, { count: item.floatDays }) })}</small></span></>;
}

function Begin({ plan, today }: { readonly plan: ShownPlan; readonly today: string }) {
  const t = useT('approvals');
  const format = useFormat();
  return <><span><b>{t('plan.begin')}</b></span><span className="num">{format.shortDay(plan.begin.day, today)}</span></>;
}
