// What is drawn for a row, as few plain shapes in days and row pixels; canvas and print draw the same. Pure.
// One bar tells the best knowledge: done (actual), to come (forecast or plan), what lies beyond the plan in the colour of the state.
// Below it thin lines: the plan (when it differs) and the frozen baseline.
import type { Tone } from '../format.ts';
import { dayNumber } from './scale.ts';
import type { GanttRow, Span } from './types.ts';

export const ROW_PX = 30;
export const BAR = { top: 5, height: 12 } as const;
export const SUMMARY_BAR = { top: 8, height: 5 } as const;
export const FLOAT_LINE = { top: 10, height: 2 } as const;
export const PLAN_LINE = { top: 19, height: 2.5 } as const;
export const BASE_LINE = { top: 23, height: 3 } as const;

export type Paint = 'done' | 'running' | 'coming' | 'late' | 'bad' | 'plan' | 'baseline' | 'float';

export interface BarShape {
  readonly kind: 'bar';
  /** First day and the day after the last. */
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly height: number;
  readonly paint: Paint;
}

export interface DiamondShape {
  readonly kind: 'diamond';
  readonly day: number;
  readonly paint: Paint;
  readonly hollow: boolean;
}

export interface RowShapes {
  readonly shapes: readonly (BarShape | DiamondShape)[];
  /** Where words after the bar begin. */
  readonly end: number;
  /** Days behind the plan (or baseline); negative = early. */
  readonly slip: number;
  /** The ring of a critical row. */
  readonly ring: { readonly from: number; readonly to: number } | undefined;
  readonly first: number;
  readonly last: number;
}

export function shapesOf(row: GanttRow, today: number): RowShapes {
  const planned = days(row.planned);
  const forecast = days(row.forecast);
  const baseline = days(row.baseline);
  const begun = row.actual === undefined ? undefined : dayNumber(row.actual.from);
  const ended = row.actual?.to === undefined ? undefined : dayNumber(row.actual.to);
  const measure = planned ?? baseline;
  const expected = ended ?? forecast?.to ?? planned?.to ?? baseline?.to ?? today;
  const slip = measure === undefined ? 0 : expected - measure.to;
  const beyond: Paint = row.state === 'bad' ? 'bad' : 'late';
  const shapes: (BarShape | DiamondShape)[] = [];

  const whole = planned ?? baseline ?? forecast;
  const isPoint = whole !== undefined && (row.point ?? whole.from === whole.to);
  if (isPoint) {
    if (baseline !== undefined && baseline.to !== expected) shapes.push({ kind: 'diamond', day: baseline.to, paint: 'baseline', hollow: true });
    if (planned !== undefined && planned.to !== expected && planned.to !== baseline?.to) shapes.push({ kind: 'diamond', day: planned.to, paint: 'plan', hollow: true });
    shapes.push({ kind: 'diamond', day: expected, paint: ended !== undefined ? 'done' : slip > 0 ? beyond : toneOfOpen(row.state), hollow: false });
  } else {
    const from = begun ?? forecast?.from ?? planned?.from ?? baseline?.from ?? expected;
    const planEnd = measure?.to ?? expected;
    const doneEnd = ended ?? (begun === undefined ? undefined : Math.max(begun, Math.min(today, expected)));
    if (doneEnd !== undefined) bar(shapes, from, doneEnd, ended === undefined ? 'running' : 'done');
    const rest = doneEnd === undefined ? from : doneEnd + 1;
    if (ended === undefined && rest <= expected) {
      if (expected > planEnd) {
        bar(shapes, rest, Math.min(planEnd, expected), 'coming');
        bar(shapes, Math.max(rest, planEnd + 1), expected, beyond);
      } else bar(shapes, rest, expected, 'coming');
    }
    if (planned !== undefined && (planned.from !== from || planned.to !== expected) && (baseline === undefined || planned.from !== baseline.from || planned.to !== baseline.to)) line(shapes, planned, PLAN_LINE, 'plan');
    // Of a frozen day alone a line would be a speck.
    if (baseline !== undefined && baseline.from === baseline.to && baseline.to !== expected && row.point === false) shapes.push({ kind: 'diamond', day: baseline.to, paint: 'baseline', hollow: true });
    else if (baseline !== undefined) line(shapes, baseline, BASE_LINE, 'baseline');
  }
  if (row.summary === true) shapes.forEach((shape, at) => shape.kind === 'bar' && shape.height === BAR.height && shapes.splice(at, 1, { ...shape, ...SUMMARY_BAR }));
  const floatTo = row.floatTo === undefined || ended !== undefined ? expected : dayNumber(row.floatTo);
  if (floatTo > expected) line(shapes, { from: expected + 1, to: floatTo }, FLOAT_LINE, 'float');
  const marks = shapes.flatMap((shape) => (shape.kind === 'bar' ? [shape.from, shape.to] : [shape.day, shape.day + 1]));
  const first = Math.min(...marks);
  const last = Math.max(...marks);
  return { shapes, end: Math.max(expected, floatTo) + 1, slip, ring: row.critical === true && !isPoint ? { from: begun ?? forecast?.from ?? planned?.from ?? first, to: expected + 1 } : undefined, first, last };
}

function bar(shapes: BarShape[] | (BarShape | DiamondShape)[], from: number, last: number, paint: Paint): void {
  if (last >= from) shapes.push({ kind: 'bar', from, to: last + 1, top: BAR.top, height: BAR.height, paint });
}

function line(shapes: (BarShape | DiamondShape)[], span: { readonly from: number; readonly to: number }, place: { readonly top: number; readonly height: number }, paint: Paint): void {
  shapes.push({ kind: 'bar', from: span.from, to: span.to + 1, top: place.top, height: place.height, paint });
}

function days(span: Span | undefined): { readonly from: number; readonly to: number } | undefined {
  return span === undefined ? undefined : { from: dayNumber(span.from), to: dayNumber(span.to) };
}

function toneOfOpen(state: Tone): Paint {
  return state === 'bad' ? 'bad' : state === 'late' ? 'late' : 'running';
}
