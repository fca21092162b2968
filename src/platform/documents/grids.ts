// Tables and forms as grids of placed cells: spans kept within the grid, short rows filled, so that no writer meets a hole.
import { clean } from './clean.ts';
import { runsOf, widthOf, type FlowRun } from './lines.ts';
import type { Align, Cell, CellContent, FormBlock, TableBlock } from './model.ts';
import { area, MM_PER_POINT, TABLE_POINTS } from './page.ts';

export interface Grid {
  readonly kind: 'grid';
  /** Shares of the width; they add up to 1. */
  readonly widths: readonly number[];
  /** Repeated at the top of every page. */
  readonly header: number;
  readonly rows: readonly GridRow[];
  readonly points: number;
}

export interface GridRow {
  readonly cells: readonly GridCell[];
  /** Least height in lines of the body text. */
  readonly lines: number;
  /** Stays on one page; a long row goes on over the page. */
  readonly whole: boolean;
}

export interface GridCell {
  readonly column: number;
  readonly columns: number;
  /** 0: the going-on of the cell above. */
  readonly rows: number;
  readonly align: Align;
  readonly label: boolean;
  /** Each line of its text. */
  readonly lines: readonly (readonly FlowRun[])[];
}

export function tableGrid({ columns, rows, size = 'normal' }: TableBlock): Grid {
  const aligns = columns.map((column) => column.align ?? 'left');
  const head = columns.map((column): Cell => ({ text: column.title, label: true, align: 'centre' }));
  const widths = shares(columns.map((column) => column.width));
  const points = TABLE_POINTS[size];
  return { kind: 'grid', widths, header: 1, points, rows: place([{ cells: head, lines: 0 }, ...rows.map((cells) => ({ cells, lines: 0 }))], { widths, points }, aligns) };
}

export function formGrid({ widths, rows, size = 'large' }: FormBlock): Grid {
  const room = { widths: shares(widths), points: TABLE_POINTS[size] };
  return { kind: 'grid', header: 0, ...room, rows: place(rows.map(({ cells, lines = 0 }) => ({ cells, lines })), room, widths.map(() => 'left')) };
}

function shares(widths: readonly number[]): number[] {
  const known = widths.map((width) => (Number.isFinite(width) && width > 0 ? width : 1));
  const sum = known.reduce((total, width) => total + width, 0);
  return known.map((width) => width / sum);
}

interface Room {
  readonly widths: readonly number[];
  readonly points: number;
}

/** A third of a page. */
const WHOLE_LINES = 8;

/** Every field of the grid is covered once: by a cell, by one that goes on from above, or by an empty one. */
function place(rows: readonly { readonly cells: readonly CellContent[]; readonly lines: number }[], room: Room, aligns: readonly Align[]): GridRow[] {
  const width = room.widths.length;
  const open: { left: number; columns: number }[] = [];
  return rows.map(({ cells, lines }, at) => {
    const waiting = [...cells];
    const placed: GridCell[] = [];
    for (let column = 0; column < width;) {
      const above = open[column];
      if (above !== undefined && above.left > 0) {
        above.left -= 1;
        placed.push({ ...EMPTY, column, columns: above.columns, rows: 0 });
        column += above.columns;
        continue;
      }
      const cell = placedCell(waiting.shift() ?? '', column, aligns[column] ?? 'left', { columns: free(open, column, width), rows: rows.length - at });
      placed.push(cell);
      open[column] = { left: cell.rows - 1, columns: cell.columns };
      column += cell.columns;
    }
    return { cells: placed, lines, whole: placed.every((cell) => linesNeeded(cell, room) <= WHOLE_LINES) };
  });
}

/** On an upright page; a turned one has more room. */
function linesNeeded(cell: GridCell, { widths, points }: Room): number {
  const share = widths.slice(cell.column, cell.column + cell.columns).reduce((sum, width) => sum + width, 0);
  const characters = Math.max(1, (share * area('portrait').width) / MM_PER_POINT / points - 1);
  return cell.lines.reduce((lines, runs) => lines + Math.max(1, Math.ceil(runs.reduce((length, run) => length + widthOf(run.text), 0) / characters)), 0);
}

const EMPTY: GridCell = { column: 0, columns: 1, rows: 1, align: 'left', label: false, lines: [[]] };

/** Fields to the right until the edge or until a cell that goes on from above. */
function free(open: readonly ({ left: number } | undefined)[], from: number, width: number): number {
  let end = from + 1;
  while (end < width && (open[end]?.left ?? 0) === 0) end += 1;
  return end - from;
}

function placedCell(content: CellContent, column: number, align: Align, room: { readonly columns: number; readonly rows: number }): GridCell {
  const cell: Cell = typeof content === 'string' ? { text: content } : content;
  const label = cell.label === true;
  return {
    column, label,
    columns: within(cell.columns, room.columns),
    rows: within(cell.rows, room.rows),
    align: cell.align ?? (label ? 'centre' : align),
    lines: cellLines(runsOf(cell.text, label ? 'hei' : 'fangsong')),
  };
}

function within(wanted: number | undefined, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(wanted ?? 1) || 1));
}

function cellLines(runs: readonly FlowRun[]): FlowRun[][] {
  const lines: FlowRun[][] = [[]];
  for (const run of runs) {
    clean(run.text).split('\n').forEach((part, at) => {
      if (at > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ ...run, text: part });
    });
  }
  return lines;
}
