// How milestones are said, coloured and drawn. The colour always stands beside the word that says the same.
import type { Format, Tone } from '../../../../web/format.ts';
import type { T } from '../../../../web/i18n.ts';
import type { GanttRow } from '../../../../web/gantt/types.ts';
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { listMilestones, Milestone } from '../contract.ts';

export type Plan = OutputOf<typeof listMilestones>;

export type Plain = Pick<Milestone, 'state' | 'light' | 'slipPlanDays'>;

export function toneOfMilestone(one: Plain): Tone {
  switch (one.state) {
    case 'done': return 'ok';
    case 'overdue': return one.light >= 3 ? 'bad' : one.light === 2 ? 'late' : 'warn';
    case 'slipping': return 'warn';
    case 'soon': case 'open': return 'off';
    default: return 'off';
  }
}

export function wordOfMilestone(one: Plain, t: T): string {
  return one.state === 'done' && one.slipPlanDays > 0 ? t('state.doneLate') : t(`state.${one.state}`);
}

/** 晚 12 天, 早 3 天, 按期. */
export function slipText(days: number, t: T): string {
  return days === 0 ? t('slip.on') : days > 0 ? t('slip.late', { days }) : t('slip.early', { days: -days });
}

export function slipTone(days: number | null): string {
  return days === null || days <= 0 ? 'two' : days > 90 ? 'tone-bad' : days > 30 ? 'tone-late' : 'tone-warn';
}

/** Days as one word, or a span of days. */
export function spanText(from: string | null, day: string, format: Format, today: string): string {
  return from === null || from === day ? format.shortDay(day, today) : `${format.shortDay(from, today)} – ${format.shortDay(day, today)}`;
}

/** A bar of the Gantt. A span that is forecast keeps its planned beginning. */
export function barOf(one: {
  readonly id: string; readonly name: string; readonly plannedFrom: string | null; readonly plannedDay: string; readonly forecastDay: string | null; readonly actualDay: string | null;
  readonly baselineFrom?: string | null; readonly baselineDay: string | null; readonly light: number;
}, today: string, more: { readonly group?: string; readonly href?: string } = {}): GanttRow {
  const from = one.plannedFrom ?? one.plannedDay;
  const overdue = one.actualDay === null && one.plannedDay < today;
  const expected = one.actualDay ?? (overdue ? later(one.forecastDay ?? today, today) : one.forecastDay);
  const point = one.plannedFrom === null || one.plannedFrom === one.plannedDay;
  return {
    id: one.id, label: one.name, state: one.actualDay !== null ? 'ok' : one.light >= 3 ? 'bad' : one.light >= 1 || overdue ? 'late' : 'off',
    planned: { from, to: one.plannedDay },
    ...(one.actualDay !== null ? { actual: { from: earlier(from, one.actualDay), to: one.actualDay } } : expected === null ? {} : { forecast: { from: point ? expected : earlier(from, expected), to: expected } }),
    ...(one.baselineDay === null ? {} : { baseline: { from: one.baselineFrom ?? (point ? one.baselineDay : earlier(from, one.baselineDay)), to: one.baselineDay } }),
    ...more,
  };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
