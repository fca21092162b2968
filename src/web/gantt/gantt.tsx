// The Gantt: rows grouped by project, done and to come in one bar, plan and frozen baseline below it, slippage in words, a line for today.
// Drawn on one canvas that holds only what is in view, so that ten thousand bars scroll like ten; the same stands as a table, and prints.
// `<Gantt rows={rows} today={today} onOpen={(row) => go(row.href)} />`
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useFormat } from '../format.ts';
import { useLang, useT } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { Popover } from '../parts/popover.tsx';
import { Legend } from './legend.tsx';
import { boundsOf, drawnOf, linesOf, slipWords } from './lines.ts';
import { HEAD_PX, paint } from './paint.ts';
import { printGantt, type Paper } from './print.ts';
import { dayNumber, fittingZoom, PX_PER_DAY } from './scale.ts';
import { ROW_PX } from './shapes.ts';
import { GanttTable } from './table.tsx';
import { ZOOMS, type GanttRow, type Span, type Zoom } from './types.ts';
import './gantt.css';

export interface GanttProps {
  readonly rows: readonly GanttRow[];
  /** The zone's day. */
  readonly today: string;
  readonly onOpen?: (row: GanttRow) => void;
  /** For screen readers and the printed head. */
  readonly title?: string;
  readonly zoom?: Zoom;
  /** First and last day of all rows, where some are not read yet: the axis then stands still while they come. */
  readonly span?: Span | undefined;
  /** Told which rows are in view, by their places: rows that are `blank` may then be read. */
  readonly onView?: (from: number, to: number) => void;
  /** Pixels; by default as high as the rows, at most the window. */
  readonly height?: number;
}

const DRAG_PX = 4;
const LEGEND_PX = 56;
const NARROW_PX = 560;
const ROOMY = 1.7; // a long chart somewhat wider than its window is read more easily than one that is squeezed

export function Gantt({ rows, today: todayText, onOpen, title, zoom: startZoom, height: wanted, span, onView }: GanttProps) {
  const t = useT('gantt');
  const lang = useLang();
  const format = useFormat();
  const today = dayNumber(todayText);
  const drawn = useMemo(() => drawnOf(rows, today), [rows, today]);
  const spanText = span === undefined ? '' : `${span.from} ${span.to}`;
  const bounds = useMemo(() => (span === undefined ? boundsOf(drawn, today) : { from: Math.min(dayNumber(span.from), today), to: Math.max(dayNumber(span.to), today) }), [drawn, today, spanText]); // eslint-disable-line react-hooks/exhaustive-deps -- a span is its days
  const partly = useMemo(() => onView !== undefined && rows.some((row) => row.blank === true), [rows, onView]);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => linesOf(rows, drawn, collapsed, t), [rows, drawn, collapsed, t]);
  const [chosenZoom, setZoom] = useState<Zoom | undefined>(startZoom);
  const [width, setWidth] = useState(0);
  const [top, setTop] = useState(0);
  const [asTable, setAsTable] = useState(false);
  const [at, setAt] = useState(-1);
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const frame = useRef(0);
  const hover = useRef(-1);
  const drag = useRef<{ x: number; y: number; left: number; top: number; moved: boolean } | undefined>(undefined);

  const labelWidth = width < NARROW_PX ? 128 : Math.min(280, Math.max(200, Math.round(width * 0.2)));
  const room = Math.max(200, width - labelWidth);
  const tight = fittingZoom(bounds.to - bounds.from + 20, room);
  const zoom = chosenZoom ?? (tight === 'quarter' || tight === 'year' ? fittingZoom(bounds.to - bounds.from, room * ROOMY) : tight);
  const scale = PX_PER_DAY[zoom];
  const pad = Math.ceil(60 / scale);
  const firstDay = bounds.from - pad;
  const contentWidth = Math.max(width - labelWidth, Math.ceil((bounds.to + pad + Math.ceil(120 / scale) - firstDay) * scale));
  const contentHeight = lines.length * ROW_PX;
  const height = wanted ?? Math.min(HEAD_PX + contentHeight + 14, Math.max(360, window.innerHeight - top - LEGEND_PX));

  const latest = useRef({ lines, width, height, labelWidth, zoom, firstDay, today, at, lang, word: t('today'), onView });
  latest.current = { lines, width, height, labelWidth, zoom, firstDay, today, at, lang, word: t('today'), onView };
  const draw = useCallback(() => {
    frame.current = 0;
    const box = scroller.current;
    const surface = canvas.current;
    const context = surface?.getContext('2d', { alpha: false });
    if (box === null || surface === null || context === undefined || context === null) return;
    const now = latest.current;
    const ratio = window.devicePixelRatio || 1;
    const [pixelWidth, pixelHeight] = [Math.round(now.width * ratio), Math.round(now.height * ratio)];
    if (surface.width !== pixelWidth || surface.height !== pixelHeight) {
      surface.width = pixelWidth;
      surface.height = pixelHeight;
    }
    const top = Math.max(0, Math.floor(box.scrollTop / ROW_PX));
    now.onView?.(top, Math.min(now.lines.length - 1, top + Math.ceil(now.height / ROW_PX)));
    paint(context, ratio, now.lines, { ...now, scrollLeft: box.scrollLeft, scrollTop: box.scrollTop, todayWord: now.word, hover: hover.current });
  }, []);
  const soon = useCallback(() => {
    if (frame.current === 0) frame.current = requestAnimationFrame(draw);
  }, [draw]);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const measure = (): void => {
      setWidth(box.clientWidth);
      // Where it stands on its first screen decides the height; far down a page it may fill the window.
      setTop(Math.min(window.innerHeight / 3, box.getBoundingClientRect().top + window.scrollY));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    return () => watch.disconnect();
  }, [asTable]);
  useLayoutEffect(draw);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  useEffect(() => {
    void document.fonts.ready.then(soon);
  }, [soon]);

  const toToday = useCallback(() => {
    const box = scroller.current;
    if (box !== null) box.scrollLeft = (today - firstDay) * scale - (width - labelWidth) * 0.4;
  }, [today, firstDay, scale, width, labelWidth]);
  const opened = useRef(false);
  useLayoutEffect(() => {
    if (width === 0 || opened.current) return;
    opened.current = true;
    toToday();
  }, [width, toToday]);

  // Zooming keeps the day under the pointer (or the middle) where it is.
  const zoomTo = (next: Zoom, atX = (width - labelWidth) / 2): void => {
    const box = scroller.current;
    if (box === null) return;
    const day = firstDay + (box.scrollLeft + atX) / scale;
    setZoom(next);
    const nextScale = PX_PER_DAY[next];
    requestAnimationFrame(() => {
      box.scrollLeft = (day - (bounds.from - Math.ceil(60 / nextScale))) * nextScale - atX;
    });
  };
  const zoomBy = (step: number, atX?: number): void => {
    const next = ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, ZOOMS.indexOf(zoom) + step))];
    if (next !== undefined && next !== zoom) zoomTo(next, atX);
  };
  const wheel = useRef(zoomBy);
  wheel.current = zoomBy;
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const turn = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      wheel.current(event.deltaY > 0 ? 1 : -1, event.clientX - box.getBoundingClientRect().left - latest.current.labelWidth);
    };
    box.addEventListener('wheel', turn, { passive: false });
    return () => box.removeEventListener('wheel', turn);
  }, [asTable]);

  const lineAt = (event: PointerEvent): number => {
    const box = scroller.current;
    if (box === null) return -1;
    const y = event.clientY - box.getBoundingClientRect().top - HEAD_PX;
    const index = Math.floor((y + box.scrollTop) / ROW_PX);
    return y < 0 || index >= lines.length ? -1 : index;
  };
  const open = (index: number): void => {
    const line = lines[index];
    if (line === undefined) return;
    if (line.kind === 'group') {
      setCollapsed((before) => {
        const after = new Set(before);
        if (!after.delete(line.label)) after.add(line.label);
        return after;
      });
      return;
    }
    const row = rows[line.index];
    if (row !== undefined) onOpen?.(row);
  };
  const move = (event: PointerEvent): void => {
    const box = scroller.current;
    if (box === null) return;
    const held = drag.current;
    if (held !== undefined) {
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (!held.moved && Math.hypot(dx, dy) > DRAG_PX) held.moved = true;
      if (held.moved) {
        box.scrollLeft = held.left - dx;
        box.scrollTop = held.top - dy;
      }
      return;
    }
    const index = lineAt(event);
    if (index !== hover.current) {
      hover.current = index;
      soon();
    }
    const line = lines[index];
    box.style.cursor = line === undefined ? '' : line.kind === 'group' || onOpen !== undefined ? 'pointer' : 'default';
    tellCard(line === undefined || line.kind === 'group' ? undefined : rows[line.index], event);
  };
  const tellCard = (row: GanttRow | undefined, event: PointerEvent): void => {
    const element = card.current;
    const box = scroller.current;
    if (element === null || box === null) return;
    if (row === undefined || event.pointerType !== 'mouse') {
      element.hidden = true;
      return;
    }
    element.hidden = false;
    const text = sayRow(row);
    if (element.textContent !== text) element.textContent = text;
    const bounding = box.getBoundingClientRect();
    const [x, y] = [event.clientX - bounding.left, event.clientY - bounding.top];
    element.style.transform = `translate(${String(Math.round(Math.min(x + 16, width - element.offsetWidth - 8)))}px, ${String(Math.round(y + 20 + element.offsetHeight > height ? y - element.offsetHeight - 10 : y + 20))}px)`;
  };
  const sayRow = (row: GanttRow): string => {
    if (row.blank === true) return row.label;
    const span = (word: string, value: { readonly from: string; readonly to?: string | undefined } | undefined): string[] => (value === undefined ? [] : [`${t(`${word}`)}  ${value.from === value.to ? format.day(value.from) : `${format.day(value.from)} – ${value.to === undefined ? '' : format.day(value.to)}`}`]);
    const slip = drawn[rows.indexOf(row)]?.slip ?? 0;
    return [row.group === undefined ? row.label : `${row.group} · ${row.label}`, ...span('planned', row.planned), ...span('forecast', row.forecast), ...span('actual', row.actual), ...span('baseline', row.baseline), ...(slip === 0 ? [] : [slipWords(slip, t)])].join('\n');
  };

  const keys = (event: KeyboardEvent): void => {
    const box = scroller.current;
    if (box === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -lines.length, End: lines.length }[event.key];
    if (step !== undefined) {
      const next = Math.max(0, Math.min(lines.length - 1, at + step));
      setAt(next);
      const room = height - HEAD_PX - ROW_PX * 1.6;
      if (next * ROW_PX < box.scrollTop) box.scrollTop = next * ROW_PX;
      else if (next * ROW_PX > box.scrollTop + room) box.scrollTop = next * ROW_PX - room;
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') box.scrollLeft += event.key === 'ArrowRight' ? 120 : -120;
    else if (event.key === '+' || event.key === '=') zoomBy(-1);
    else if (event.key === '-') zoomBy(1);
    else if (event.key === 't' || event.key === 'T') toToday();
    else if (event.key === 'Enter' || event.key === ' ') open(at);
    else return;
    event.preventDefault();
  };
  const current = lines[at];
  const currentRow = current === undefined || current.kind === 'group' ? undefined : rows[current.index];

  if (rows.length === 0) return <div className="card quietgantt dim">{t('empty')}</div>;
  return (
    <div className="gantt">
      <div className="gantttools noprint">
        <div className="segments" role="group" aria-label={t('zoom')}>
          {ZOOMS.map((one) => <button key={one} type="button" aria-pressed={one === zoom} disabled={asTable} onClick={() => zoomTo(one)}>{t(`${one}`)}</button>)}
        </div>
        <Button small kind="quiet" disabled={asTable} onClick={toToday}>{t('toToday')}</Button>
        <span className="push" />
        <Button small kind="quiet" onClick={() => setAsTable(!asTable)}>{t(asTable ? 'asChart' : 'asTable')}</Button>
        <Popover label={t('print')} align="end" trigger={(trigger) => <button type="button" className="btn quiet small" disabled={partly} title={partly ? t('partly') : undefined} {...trigger}>{t('print')}</button>}>
          {(close) => (
            <div className="menu">
              {(['A4', 'A3'] as const).map((paper: Paper) => (
                <button key={paper} type="button" onClick={() => { close(); printGantt({ lines, bounds, today, todayText, paper, title: title ?? t('title'), lang, t, format }); }}>{t('print')} {paper}</button>
              ))}
            </div>
          )}
        </Popover>
      </div>
      {asTable ? (
        <GanttTable rows={rows} slips={drawn} {...(onView === undefined ? {} : { onView })} {...(onOpen === undefined ? {} : { onOpen })} />
      ) : (
        <div className="card ganttbox">
          <div
            ref={scroller}
            className="ganttscroll"
            style={{ height }}
            tabIndex={0}
            role="application"
            aria-label={`${title ?? t('title')}. ${t('help')}`}
            onScroll={soon}
            onKeyDown={keys}
            onPointerDown={(event) => {
              if (event.pointerType !== 'mouse' || event.button !== 0 || scroller.current === null) return;
              // A press on the scroll bars is theirs.
              const bounding = scroller.current.getBoundingClientRect();
              if (event.clientX - bounding.left >= scroller.current.clientWidth || event.clientY - bounding.top >= scroller.current.clientHeight) return;
              drag.current = { x: event.clientX, y: event.clientY, left: scroller.current.scrollLeft, top: scroller.current.scrollTop, moved: false };
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={move}
            onPointerUp={(event) => {
              const held = drag.current;
              drag.current = undefined;
              const index = lineAt(event);
              if (index >= 0 && held?.moved !== true && (held !== undefined || event.pointerType !== 'mouse')) {
                setAt(index);
                open(index);
              }
            }}
            onPointerLeave={() => {
              hover.current = -1;
              if (card.current !== null) card.current.hidden = true;
              soon();
            }}
          >
            <div style={{ width: labelWidth + contentWidth, height: HEAD_PX + contentHeight }}>
              <canvas ref={canvas} style={{ width, height }} aria-hidden="true" />
            </div>
          </div>
          <div ref={card} className="ganttcard" hidden />
          <p className="hidden" aria-live="polite">{currentRow === undefined ? (current?.label ?? '') : sayRow(currentRow)}</p>
        </div>
      )}
      <Legend baselines={rows.some((row) => row.baseline !== undefined)} critical={rows.some((row) => row.critical === true)} floats={rows.some((row) => row.floatTo !== undefined)} count={rows.length} />
    </div>
  );
}
