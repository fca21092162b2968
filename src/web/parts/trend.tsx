// Plan against actual over time as lines: plan thin and grey, 调度口径 in the accent, 统计口径 dashed; the two are never added.
// Every point can be read by pointing and as a table.
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '../i18n.ts';
import './trend.css';

export interface TrendPoint {
  /** 6月 */
  readonly label: string;
  readonly plan: number | null;
  readonly actual: number | null;
  /** The second series (统计口径). */
  readonly second?: number | null;
}

export interface TrendProps {
  readonly title: string;
  readonly points: readonly TrendPoint[];
  readonly names: { readonly plan: string; readonly actual: string; readonly second?: string };
  /** Writes a value with its unit. */
  readonly say: (value: number) => string;
  /** Writes a value for the axis. */
  readonly axis?: (value: number) => string;
  readonly height?: number;
}

const START_WIDTH = 640;
const LEFT = 44;
const RIGHT = 14;
const TOP = 12;
const BOTTOM = 26;

export function TrendLine({ title, points, names, say, axis = say, height = 200 }: TrendProps) {
  const t = useT('web');
  const [at, setAt] = useState<number | undefined>(undefined);
  const heading = useId();
  const box = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(START_WIDTH);
  // Drawn in real pixels, so that its words are as large on a phone as on a wall.
  useLayoutEffect(() => {
    const svg = box.current;
    if (svg === null) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(200, Math.round(entry?.contentRect.width ?? START_WIDTH))));
    watch.observe(svg);
    return () => watch.disconnect();
  }, []);
  const max = niceCeiling(Math.max(1, ...points.flatMap((point) => [point.plan ?? 0, point.actual ?? 0, point.second ?? 0])));
  const x = (index: number): number => LEFT + (points.length < 2 ? 0 : (index * (width - LEFT - RIGHT)) / (points.length - 1));
  const y = (value: number): number => TOP + (1 - value / max) * (height - TOP - BOTTOM);
  const line = (pick: (point: TrendPoint) => number | null | undefined): string => {
    let open = false;
    return points.map((point, index) => {
      const value = pick(point);
      if (value === null || value === undefined) {
        open = false;
        return '';
      }
      const start = open ? 'L' : 'M';
      open = true;
      return `${start}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    }).join('');
  };
  const lastActual = points.reduce((last, point, index) => (point.actual === null ? last : index), -1);
  const shown = at ?? (lastActual >= 0 ? lastActual : points.length - 1);
  const point = points[shown];
  const series = [
    { key: 'plan', name: names.plan, value: point?.plan },
    { key: 'actual', name: names.actual, value: point?.actual },
    ...(names.second === undefined ? [] : [{ key: 'second', name: names.second, value: point?.second }]),
  ];
  return (
    <figure className="trend" aria-labelledby={heading}>
      <figcaption id={heading} className="trendsay">
        <b>{point?.label}</b>
        {series.map((one) => <span key={one.key} className={one.key}>{one.name} {one.value === null || one.value === undefined ? '—' : say(one.value)}</span>)}
      </figcaption>
      <svg
        ref={box}
        style={{ height }}
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        role="img"
        aria-label={title}
        tabIndex={0}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const along = ((event.clientX - box.left) / box.width) * width;
          setAt(Math.max(0, Math.min(points.length - 1, Math.round(((along - LEFT) / (width - LEFT - RIGHT)) * (points.length - 1)))));
        }}
        onPointerLeave={() => setAt(undefined)}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
          if (step !== 0) setAt(Math.max(0, Math.min(points.length - 1, shown + step)));
        }}
      >
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line className="grid" x1={LEFT} x2={width - RIGHT} y1={y(max * share)} y2={y(max * share)} />
            <text x={LEFT - 8} y={y(max * share) + 4} textAnchor="end">{axis(max * share)}</text>
          </g>
        ))}
        {points.map((one, index) => (index % Math.ceil(points.length / Math.max(2, Math.floor(width / 46))) === 0) && <text key={one.label} x={x(index)} y={height - 6} textAnchor="middle">{one.label}</text>)}
        <line className="cursor" x1={x(shown)} x2={x(shown)} y1={TOP} y2={height - BOTTOM} />
        <path className="plan" d={line((one) => one.plan)} />
        {names.second !== undefined && <path className="second" d={line((one) => one.second)} />}
        <path className="actual" d={line((one) => one.actual)} />
        {point?.actual !== null && point !== undefined && <circle cx={x(shown)} cy={y(point.actual)} r="3.5" />}
      </svg>
      <div className="hidden"><table>
        <caption>{title}</caption>
        <thead><tr><th>{t('trend.period')}</th>{series.map((one) => <th key={one.key}>{one.name}</th>)}</tr></thead>
        <tbody>
          {points.map((one) => (
            <tr key={one.label}>
              <td>{one.label}</td>
              {[one.plan, one.actual, ...(names.second === undefined ? [] : [one.second])].map((value, index) => <td key={index}>{value === null || value === undefined ? '—' : say(value)}</td>)}
            </tr>
          ))}
        </tbody>
      </table></div>
    </figure>
  );
}

/** The next of 1, 2, 2.5, 5 × 10ⁿ. */
export function niceCeiling(value: number): number {
  const base = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * base).find((step) => step >= value) ?? value;
}
