// Rows and their groups as one list of lines of equal height. Pure; made anew only when rows or collapsed groups change.
import type { T } from '../i18n.ts';
import type { Line } from './paint.ts';
import { shapesOf, type RowShapes } from './shapes.ts';
import type { GanttRow } from './types.ts';

export function drawnOf(rows: readonly GanttRow[], today: number): readonly RowShapes[] {
  return rows.map((row) => shapesOf(row, today));
}

export function linesOf(rows: readonly GanttRow[], drawn: readonly RowShapes[], collapsed: ReadonlySet<string>, t: T): readonly Line[] {
  const counts = new Map<string, number>();
  for (const row of rows) if (row.group !== undefined) counts.set(row.group, (counts.get(row.group) ?? 0) + 1);
  const grouped = counts.size > 1;
  const lines: Line[] = [];
  let group: string | undefined;
  rows.forEach((row, index) => {
    if (grouped && row.group !== undefined && row.group !== group) {
      group = row.group;
      lines.push({ kind: 'group', id: `group:${group}`, label: group, owner: undefined, note: '', noteLate: false, drawn: undefined, index: -1, collapsed: collapsed.has(group), count: counts.get(group) ?? 0, depth: 0 });
    }
    if (grouped && row.group !== undefined && collapsed.has(row.group)) return;
    const shapes = drawn[index];
    const slip = shapes?.slip ?? 0;
    lines.push({
      kind: 'row', id: row.id, label: row.label, owner: row.owner, note: row.blank === true ? '' : (row.note ?? slipWords(slip, t)), noteLate: row.blank !== true && row.note === undefined && slip > 0,
      drawn: row.blank === true ? undefined : shapes, index, collapsed: false, count: 0, depth: grouped ? 1 : 0,
    });
  });
  return lines;
}

export function slipWords(slip: number, t: T): string {
  if (slip === 0) return '';
  return slip > 0 ? t('late', { days: slip }) : t('early', { days: -slip });
}

/** First and last day that anything touches, with room at both ends. */
export function boundsOf(drawn: readonly RowShapes[], today: number): { readonly from: number; readonly to: number } {
  let from = today;
  let to = today;
  for (const shapes of drawn) {
    if (shapes.first < from) from = shapes.first;
    if (shapes.last > to) to = shapes.last;
  }
  return { from, to };
}
