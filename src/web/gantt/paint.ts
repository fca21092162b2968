// Draws the visible part onto a canvas. Called once a frame while scrolling: no allocation that grows with the number of rows.
import type { Lang } from '../i18n.ts';
import { PX_PER_DAY, tiersOf, type Tiers } from './scale.ts';
import { ROW_PX, type Paint, type RowShapes } from './shapes.ts';
import type { Zoom } from './types.ts';

export const HEAD_PX = 44;

export interface Line {
  readonly kind: 'group' | 'row';
  readonly id: string;
  readonly label: string;
  readonly owner: string | undefined;
  /** Words after the bar. */
  readonly note: string;
  readonly noteLate: boolean;
  readonly drawn: RowShapes | undefined;
  /** Index in the given rows. */
  readonly index: number;
  readonly collapsed: boolean;
  readonly count: number;
  readonly depth: 0 | 1;
}

export interface View {
  readonly width: number;
  readonly height: number;
  readonly labelWidth: number;
  readonly scrollLeft: number;
  readonly scrollTop: number;
  readonly zoom: Zoom;
  readonly firstDay: number;
  readonly today: number;
  readonly todayWord: string;
  readonly at: number;
  readonly hover: number;
  readonly lang: Lang;
}

export const COLOURS: Readonly<Record<Paint, string>> = { done: '#7b8794', running: '#0f5e73', coming: '#8db7c2', late: '#c05621', bad: '#c53030', plan: '#9aa8ae', baseline: '#d3cdbd', float: '#9aa8ae' };
const INK = '#1f2933';
const INK_2 = '#5b6770';
const INK_3 = '#646e77';
const HAIR = '#e6e4de';
const GRID = '#f0eee8';
const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif';
const FIT_CACHE = 8_000;

export function paint(context: CanvasRenderingContext2D, ratio: number, lines: readonly Line[], view: View): void {
  const { width, height, labelWidth, scrollLeft, scrollTop, zoom, firstDay } = view;
  const scale = PX_PER_DAY[zoom];
  const x = (day: number): number => labelWidth + (day - firstDay) * scale - scrollLeft;
  const fromDay = Math.floor(firstDay + scrollLeft / scale) - 1;
  const toDay = Math.ceil(firstDay + (scrollLeft + width - labelWidth) / scale) + 1;
  const first = Math.max(0, Math.floor(scrollTop / ROW_PX));
  const last = Math.min(lines.length - 1, Math.floor((scrollTop + height - HEAD_PX) / ROW_PX));
  const y = (index: number): number => HEAD_PX + index * ROW_PX - scrollTop;
  const tiers = tiersOf(zoom, fromDay, toDay, view.lang);

  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);

  // Ground of the timeline.
  context.save();
  context.beginPath();
  context.rect(labelWidth, HEAD_PX, width - labelWidth, height - HEAD_PX);
  context.clip();
  if (zoom === 'day') weekends(context, x, fromDay, toDay, scale, height);
  stripes(context, lines, view, first, last, y);
  context.strokeStyle = GRID;
  context.lineWidth = 1;
  context.beginPath();
  for (const tick of tiers.lower) {
    const at = Math.round(x(tick.day)) + 0.5;
    context.moveTo(at, HEAD_PX);
    context.lineTo(at, height);
  }
  context.stroke();
  for (let index = first; index <= last; index += 1) bars(context, lines[index], y(index), x, scale, fromDay, toDay);
  const now = Math.round(x(view.today) + scale / 2) + 0.5;
  context.strokeStyle = INK;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(now, HEAD_PX);
  context.lineTo(now, height);
  context.stroke();
  context.setLineDash([]);
  context.restore();

  labels(context, lines, view, first, last, y);
  head(context, tiers, view, x, now);
}

function weekends(context: CanvasRenderingContext2D, x: (day: number) => number, from: number, to: number, scale: number, height: number): void {
  context.fillStyle = '#fafaf6';
  for (let day = from; day <= to; day += 1) if ((((day + 4) % 7) + 7) % 7 % 6 === 0) context.fillRect(x(day), HEAD_PX, scale, height);
}

function stripes(context: CanvasRenderingContext2D, lines: readonly Line[], view: View, first: number, last: number, y: (index: number) => number): void {
  for (let index = first; index <= last; index += 1) {
    const line = lines[index];
    if (index === view.at) context.fillStyle = '#eef5f4';
    else if (index === view.hover) context.fillStyle = '#f7faf9';
    else if (line?.kind === 'group') context.fillStyle = '#fcfcfa';
    else continue;
    context.fillRect(0, y(index), view.width, ROW_PX);
    if (line?.kind === 'group') {
      context.fillStyle = HAIR;
      context.fillRect(0, y(index), view.width, 1);
    }
  }
}

function bars(context: CanvasRenderingContext2D, line: Line | undefined, top: number, x: (day: number) => number, scale: number, fromDay: number, toDay: number): void {
  const drawn = line?.drawn;
  if (line === undefined || drawn === undefined) return;
  if (drawn.last >= fromDay && drawn.first <= toDay) {
    for (const shape of drawn.shapes) {
      context.fillStyle = COLOURS[shape.paint];
      if (shape.kind === 'diamond') diamond(context, x(shape.day) + scale / 2, top + 11, shape.hollow, COLOURS[shape.paint]);
      else {
        const left = x(shape.from);
        const width = Math.max(2, (shape.to - shape.from) * scale);
        if (shape.height > 6 && width > 6) {
          context.beginPath();
          context.roundRect(left, top + shape.top, width, shape.height, 3);
          context.fill();
        } else context.fillRect(left, top + shape.top, width, shape.height);
      }
    }
    if (drawn.ring !== undefined) {
      context.strokeStyle = INK;
      context.lineWidth = 1.25;
      context.strokeRect(x(drawn.ring.from) - 1.5, top + 3.5, Math.max(4, (drawn.ring.to - drawn.ring.from) * scale + 3), 15);
      context.lineWidth = 1;
    }
  }
  if (line.note !== '' && drawn.end >= fromDay - 400 && drawn.end <= toDay) {
    context.font = `12px ${FONT}`;
    context.textBaseline = 'middle';
    context.fillStyle = line.noteLate ? '#a4481a' : INK_3;
    context.fillText(line.note, x(Math.max(drawn.end, drawn.last)) + (drawn.shapes.at(-1)?.kind === 'diamond' ? 12 : 8), top + 11.5);
  }
}

function diamond(context: CanvasRenderingContext2D, cx: number, cy: number, hollow: boolean, colour: string): void {
  const size = hollow ? 6 : 7;
  context.beginPath();
  context.moveTo(cx, cy - size);
  context.lineTo(cx + size, cy);
  context.lineTo(cx, cy + size);
  context.lineTo(cx - size, cy);
  context.closePath();
  if (hollow) {
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.stroke();
    context.lineWidth = 1;
  } else context.fill();
}

function labels(context: CanvasRenderingContext2D, lines: readonly Line[], view: View, first: number, last: number, y: (index: number) => number): void {
  const { labelWidth, height } = view;
  context.save();
  context.beginPath();
  context.rect(0, HEAD_PX, labelWidth, height - HEAD_PX);
  context.clip();
  context.fillStyle = '#ffffff';
  context.fillRect(0, HEAD_PX, labelWidth, height);
  stripes(context, lines, { ...view, width: labelWidth }, first, last, y);
  context.textBaseline = 'middle';
  for (let index = first; index <= last; index += 1) {
    const line = lines[index];
    if (line === undefined) continue;
    const middle = y(index) + ROW_PX / 2;
    label(context, line, middle, labelWidth);
    if (index === view.at) {
      context.fillStyle = '#0f5e73';
      context.fillRect(0, y(index), 3, ROW_PX);
    }
  }
  // The group under which the first visible row stands remains in view.
  const top = lines[first];
  if (top !== undefined && top.depth === 1) {
    let group = first;
    while (group > 0 && lines[group]?.kind !== 'group') group -= 1;
    const next = lines[first + 1];
    const offset = next?.kind === 'group' ? Math.min(0, y(first + 1) - HEAD_PX - ROW_PX) : 0;
    const line = lines[group];
    if (line?.kind === 'group') {
      context.fillStyle = '#fcfcfa';
      context.fillRect(0, HEAD_PX + offset, labelWidth, ROW_PX);
      label(context, line, HEAD_PX + offset + ROW_PX / 2, labelWidth);
      context.fillStyle = HAIR;
      context.fillRect(0, HEAD_PX + offset + ROW_PX - 1, labelWidth, 1);
    }
  }
  context.restore();
  context.fillStyle = HAIR;
  context.fillRect(labelWidth - 1, 0, 1, height);
}

function label(context: CanvasRenderingContext2D, line: Line, middle: number, labelWidth: number): void {
  if (line.kind === 'group') {
    context.fillStyle = INK_3;
    context.font = `10px ${FONT}`;
    context.fillText(line.collapsed ? '▸' : '▾', 10, middle);
    context.font = `600 13px ${FONT}`;
    context.fillStyle = INK;
    context.fillText(fit(context, line.label, labelWidth - 62, 'g'), 24, middle);
    context.font = `12px ${FONT}`;
    context.fillStyle = INK_3;
    const count = String(line.count);
    context.fillText(count, labelWidth - 12 - context.measureText(count).width, middle);
    return;
  }
  const left = line.depth === 1 ? 24 : 16;
  const ownerWidth = line.owner === undefined || labelWidth < 200 ? 0 : Math.min(96, labelWidth * 0.36);
  context.font = `13px ${FONT}`;
  context.fillStyle = INK;
  context.fillText(fit(context, line.label, labelWidth - left - ownerWidth - 12, 'r'), left, middle);
  if (ownerWidth > 0 && line.owner !== undefined) {
    context.font = `12px ${FONT}`;
    context.fillStyle = INK_3;
    context.fillText(fit(context, line.owner, ownerWidth - 8, 'o'), labelWidth - ownerWidth, middle);
  }
}

function head(context: CanvasRenderingContext2D, tiers: Tiers, view: View, x: (day: number) => number, now: number): void {
  const { width, labelWidth } = view;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, HEAD_PX);
  context.save();
  context.beginPath();
  context.rect(labelWidth, 0, width - labelWidth, HEAD_PX);
  context.clip();
  context.font = `12px ${FONT}`;
  context.textBaseline = 'middle';
  context.fillStyle = INK_2;
  tiers.upper.forEach((tick, index) => {
    const end = tiers.upper[index + 1];
    const words = context.measureText(tick.label).width;
    const right = end === undefined ? width : x(end.day) - words - 12;
    context.fillText(tick.label, Math.min(Math.max(x(tick.day) + 6, labelWidth + 6), Math.max(right, x(tick.day) + 6)), 13);
  });
  context.fillStyle = INK_3;
  context.strokeStyle = HAIR;
  context.beginPath();
  let free = -Infinity;
  for (const tick of tiers.lower) {
    const left = x(tick.day);
    context.moveTo(Math.round(left) + 0.5, 24);
    context.lineTo(Math.round(left) + 0.5, HEAD_PX);
    if (left + 4 < free) continue;
    context.fillText(tick.label, left + 5, 33);
    free = left + 5 + context.measureText(tick.label).width;
  }
  context.stroke();
  context.fillStyle = INK;
  context.fillRect(now - 0.5, 20, 1, HEAD_PX - 20);
  const words = context.measureText(view.todayWord).width + 12;
  context.fillStyle = INK;
  context.beginPath();
  context.roundRect(now - words / 2, 3, words, 18, 3);
  context.fill();
  context.fillStyle = '#ffffff';
  context.fillText(view.todayWord, now - words / 2 + 6, 12.5);
  context.restore();
  context.fillStyle = '#d3d0c7';
  context.fillRect(0, HEAD_PX - 1, width, 1);
}

const fitted = new Map<string, string>();

/** Cuts words to a width with an ellipsis; measured once for each text. */
function fit(context: CanvasRenderingContext2D, text: string, width: number, style: string): string {
  const key = `${style}${String(Math.round(width))}\u0000${text}`;
  const known = fitted.get(key);
  if (known !== undefined) return known;
  let short = text;
  if (context.measureText(text).width > width) {
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (context.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
      else high = middle - 1;
    }
    short = `${text.slice(0, low)}…`;
  }
  if (fitted.size > FIT_CACHE) fitted.clear();
  fitted.set(key, short);
  return short;
}
