// Prints the whole chart: every row, on A3 or A4 landscape, as SVG pages with the head repeated. The page itself stays as it was.
import type { Format } from '../format.ts';
import type { Lang, T } from '../i18n.ts';
import { COLOURS, type Line } from './paint.ts';
import { fittingZoom, PX_PER_DAY, tiersOf } from './scale.ts';
import { ROW_PX } from './shapes.ts';

export type Paper = 'A4' | 'A3';

export interface PrintJob {
  readonly lines: readonly Line[];
  readonly bounds: { readonly from: number; readonly to: number };
  readonly today: number;
  readonly todayText: string;
  readonly paper: Paper;
  readonly title: string;
  readonly lang: Lang;
  readonly t: T;
  readonly format: Format;
}

// Drawing units of a page; the browser scales them to the printable width (margins of 10 mm).
const PAGE = { A4: { width: 1120, height: 760 }, A3: { width: 1580, height: 1090 } } as const;
const TITLE = 34;
const HEAD = 38;
const LABEL = 230;
const RIGHT = 90;

export function printGantt(job: PrintJob): void {
  const place = document.createElement('div');
  place.className = `ganttprint ${job.paper.toLowerCase()}`;
  for (const svg of pagesOf(job)) place.append(svg);
  document.body.append(place);
  document.body.classList.add('printinggantt');
  const end = (): void => {
    document.body.classList.remove('printinggantt');
    place.remove();
    window.removeEventListener('afterprint', end);
  };
  window.addEventListener('afterprint', end);
  window.print();
}

export function pagesOf(job: PrintJob): SVGSVGElement[] {
  const page = PAGE[job.paper];
  const perPage = Math.floor((page.height - TITLE - HEAD) / ROW_PX);
  const count = Math.max(1, Math.ceil(job.lines.length / perPage));
  return Array.from({ length: count }, (_, index) => pageOf(job, job.lines.slice(index * perPage, (index + 1) * perPage), index + 1, count));
}

function pageOf(job: PrintJob, lines: readonly Line[], number: number, count: number): SVGSVGElement {
  const { width, height } = PAGE[job.paper];
  const span = Math.max(30, job.bounds.to - job.bounds.from + 4);
  const scale = (width - LABEL - RIGHT) / span;
  const x = (day: number): number => LABEL + (day - job.bounds.from + 2) * scale;
  // The tiers of the zoom that comes nearest to the scale of the paper.
  const zoom = fittingZoom(span, (width - LABEL - RIGHT) * (scale > PX_PER_DAY.day ? 1 : 1.25));
  const tiers = tiersOf(zoom, job.bounds.from - 2, job.bounds.to + 2, job.lang);
  const bottom = TITLE + HEAD + lines.length * ROW_PX;
  const svg = element('svg', { viewBox: `0 0 ${String(width)} ${String(height)}`, class: 'ganttpage' });
  svg.append(words(job.title, 0, 18, { 'font-size': 16, 'font-weight': 600 }), words(`${job.format.day(job.todayText)} · ${String(number)} / ${String(count)}`, width, 18, { 'text-anchor': 'end', fill: '#5b6770' }));
  for (const tick of tiers.upper) svg.append(words(tick.label, Math.max(LABEL, x(tick.day)) + 3, TITLE + 12, { fill: '#5b6770' }));
  let free = 0;
  for (const tick of tiers.lower) {
    const left = x(tick.day);
    if (left < LABEL || left > width - RIGHT + 40) continue;
    svg.append(element('line', { x1: left, x2: left, y1: TITLE + 18, y2: bottom, stroke: '#e6e4de' }));
    if (left < free) continue;
    svg.append(words(tick.label, left + 3, TITLE + 30, { fill: '#646e77', 'font-size': 10 }));
    free = left + tick.label.length * 8 + 10;
  }
  lines.forEach((line, index) => rowOf(svg, line, TITLE + HEAD + index * ROW_PX, x, scale, width));
  svg.append(element('line', { x1: x(job.today), x2: x(job.today), y1: TITLE + 18, y2: bottom, stroke: '#1f2933', 'stroke-dasharray': '3 3' }), words(job.t('today'), x(job.today), bottom + 12, { 'text-anchor': 'middle', 'font-size': 10 }));
  return svg;
}

function rowOf(svg: SVGElement, line: Line, top: number, x: (day: number) => number, scale: number, width: number): void {
  if (line.kind === 'group') svg.append(element('rect', { x: 0, y: top, width, height: ROW_PX, fill: '#f7f7f3' }));
  svg.append(words(cut(line.label, line.kind === 'group' ? 17 : 15), line.depth === 1 ? 14 : 2, top + 18, line.kind === 'group' ? { 'font-weight': 600 } : {}));
  if (line.drawn === undefined) return;
  for (const shape of line.drawn.shapes) {
    const fill = COLOURS[shape.paint];
    if (shape.kind === 'diamond') {
      const [cx, cy] = [x(shape.day) + scale / 2, top + 11];
      svg.append(element('path', { d: `M${String(cx)} ${String(cy - 6)}l6 6l-6 6l-6 -6z`, fill: shape.hollow ? 'none' : fill, stroke: fill }));
    } else svg.append(element('rect', { x: x(shape.from), y: top + shape.top, width: Math.max(1.5, (shape.to - shape.from) * scale), height: shape.height, rx: shape.height > 6 ? 2 : 0, fill }));
  }
  if (line.drawn.ring !== undefined) svg.append(element('rect', { x: x(line.drawn.ring.from) - 1.5, y: top + 3.5, width: (line.drawn.ring.to - line.drawn.ring.from) * scale + 3, height: 15, fill: 'none', stroke: '#1f2933' }));
  if (line.note !== '') svg.append(words(line.note, x(Math.max(line.drawn.end, line.drawn.last)) + 8, top + 15, { 'font-size': 10, fill: line.noteLate ? '#a4481a' : '#646e77' }));
}

// Chinese characters count as one, Latin letters as a half.
function cut(text: string, most: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += character > '\u2e80' ? 1 : 0.55;
    if (used > most) return `${text.slice(0, end)}…`;
    end += character.length;
  }
  return text;
}

function words(text: string, x: number, y: number, more: Readonly<Record<string, string | number>>): SVGElement {
  const node = element('text', { x, y, 'font-size': 12, fill: '#1f2933', ...more });
  node.textContent = text;
  return node;
}

function element<K extends 'svg' | 'line' | 'rect' | 'path' | 'text'>(name: K, attributes: Readonly<Record<string, string | number>>): SVGElementTagNameMap[K] {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);
  return node;
}
