// How tasks, dates and differences of a schedule are said and drawn. The words stand in the locales; here they are only put together.
import { addDays } from '../../../../kernel/days.ts';
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Format, Tone } from '../../../../web/format.ts';
import type { GanttRow } from '../../../../web/gantt/types.ts';
import type { T } from '../../../../web/i18n.ts';
import type { getSchedule, ShownTask } from '../contract.ts';

export type Shown = OutputOf<typeof getSchedule>;

/** The day of a start. */
export function firstDay(time: string): string {
  return time.slice(0, 10);
}

/** The last day of work: a finish at midnight ends the day before. */
export function lastDay(time: string): string {
  return time.endsWith('T00:00') ? addDays(time.slice(0, 10), -1) : time.slice(0, 10);
}

/** 晚 12 天, 早 3 天; undefined where the days agree. */
export function sayShift(days: number, t: T): string | undefined {
  return days === 0 ? undefined : t(days > 0 ? 'page.later' : 'page.earlier', { count: Math.abs(days) });
}

export function toneOfShift(days: number): Tone {
  return days <= 0 ? 'ok' : days > 30 ? 'bad' : days > 7 ? 'late' : 'warn';
}

/** Calendar days by which the computed completion lies after that of the baseline; null without one. */
export function slipOf(shown: Shown, format: Format): number | null {
  const [ours, base] = [shown.schedule?.finish ?? null, shown.baseline?.finish ?? null];
  return ours === null || base === null ? null : format.daysBetween(lastDay(base), lastDay(ours));
}

/** The same against the file's own completion. */
export function shiftOf(shown: Shown, format: Format): number | null {
  const [ours, file] = [shown.schedule?.finish ?? null, shown.schedule?.fileFinish ?? null];
  return ours === null || file === null ? null : format.daysBetween(lastDay(file), lastDay(ours));
}

/** Rows of the Gantt in the order of the file, stepped in by their depth; what is not read yet, or has no days, keeps its place without a bar. */
export function rowsOf(tasks: readonly (ShownTask | undefined)[], t: T, format: Format): GanttRow[] {
  const least = tasks.reduce((level, one) => Math.min(level, one?.level ?? level), 99);
  return tasks.map((one, at): GanttRow => {
    if (one === undefined) return { id: `${BLANK}${String(at)}`, label: '…', state: 'off', blank: true };
    const { start, finish } = one;
    return start === null || finish === null ? { id: String(one.place), label: labelOf(one, one.level - least), state: 'off', blank: true } : rowOf(one, start, finish, one.level - least, t, format);
  });
}

const BLANK = 'blank:';

function labelOf(one: ShownTask, depth: number): string {
  return `${INDENT.repeat(Math.min(Math.max(0, depth), MOST_STEPS))}${one.name === '' ? one.code : one.name}`;
}

const INDENT = '\u3000';
const MOST_STEPS = 5;

function rowOf(one: ShownTask, start: string, finish: string, depth: number, t: T, format: Format): GanttRow {
  const span = spanOf(start, finish);
  const base = one.baselineStart === null || one.baselineFinish === null ? undefined : spanOf(one.baselineStart, one.baselineFinish);
  const done = one.actualFinish !== null || one.percent === 100;
  const begun = one.actualStart !== null || one.percent > 0;
  const note = noteOf(one, done, base !== undefined && span.to > base.to, t, format);
  return {
    id: String(one.place), label: labelOf(one, depth), state: 'off', critical: one.critical && !one.summary && !done, point: one.milestone && !one.summary, summary: one.summary, forecast: span,
    ...(done ? { actual: span } : begun ? { actual: { from: span.from } } : {}), ...(base === undefined ? {} : { baseline: base }),
    ...(!done && !one.summary && one.lateFinish !== null && lastDay(one.lateFinish) > span.to ? { floatTo: lastDay(one.lateFinish) } : {}), ...(note === undefined ? {} : { note }),
  };
}

/** Undefined leaves the place to the slippage against the baseline. */
function noteOf(one: ShownTask, done: boolean, late: boolean, t: T, format: Format): string | undefined {
  if (done) return t('page.done');
  if (late) return undefined;
  if (one.summary) return '';
  if (one.critical) return t('page.criticalTag');
  return one.floatDays === null || one.floatDays <= 0 ? '' : t('page.float', { days: format.count(one.floatDays, Number.isInteger(one.floatDays) ? 0 : 1) });
}

function spanOf(start: string, finish: string): { from: string; to: string } {
  const [from, to] = [firstDay(start), lastDay(finish)];
  return { from, to: to < from ? from : to };
}
