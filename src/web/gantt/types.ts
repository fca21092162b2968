// What a Gantt shows. A span of one day is a milestone and drawn as a diamond.
import type { Tone } from '../format.ts';

export interface Span {
  /** 'YYYY-MM-DD' */
  readonly from: string;
  readonly to: string;
}

export interface GanttRow {
  readonly id: string;
  readonly label: string;
  /** Rows of one group stand together under its name: the project. */
  readonly group?: string;
  /** Second grey word beside the label: the organisation. */
  readonly owner?: string;
  readonly planned?: Span;
  readonly forecast?: Span;
  /** Without `to`: begun and not ended. */
  readonly actual?: { readonly from: string; readonly to?: string };
  /** Frozen. */
  readonly baseline?: Span;
  readonly critical?: boolean;
  /** A milestone or not, where a span of one day does not tell: work of one day. */
  readonly point?: boolean;
  /** Spans the rows below it: drawn thinner. */
  readonly summary?: boolean;
  /** The last day on which it may end without anything else ending later: drawn as a thin line after the bar. */
  readonly floatTo?: string;
  readonly state: Tone;
  readonly href?: string;
  /** Not read yet, or without days: the row has its place and no bar. */
  readonly blank?: boolean;
  /** Words after the bar instead of the slippage: 等挂牌，决定一切. */
  readonly note?: string;
}

export const ZOOMS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Zoom = (typeof ZOOMS)[number];
