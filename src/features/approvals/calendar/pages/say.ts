// What the pages of the calendar say of a day: worked or not, and who says so. Pure.
import type { OutputOf } from '../../../../kernel/contract.ts';
import { addDays } from '../../../../kernel/days.ts';
import { numberOfDay, weekdayOf } from '../../../../kernel/epoch.ts';
import type { T } from '../../../../web/i18n.ts';
import type { readYear } from '../contract.ts';

export type Year = OutputOf<typeof readYear>;

export type Mark = 'work' | 'weekend' | 'off' | 'makeup';

export interface DayState {
  readonly mark: Mark;
  readonly work: boolean;
  /** The calendar of plans says otherwise. */
  readonly plansDiffer: boolean;
  readonly local: boolean;
}

export function isWeekend(day: string): boolean {
  return weekdayOf(numberOfDay(day) ?? 0) > 4;
}

/** By day of the year; days that nobody names are as their weekday says. */
export function stateOf(named: ReadonlyMap<string, Year['days'][number]>, day: string): DayState {
  const one = named.get(day);
  const weekend = isWeekend(day);
  if (one === undefined) return { mark: weekend ? 'weekend' : 'work', work: !weekend, plansDiffer: false, local: false };
  // A local day of plans alone is shown as plans have it; what the law's clocks do is said beside it.
  const shown = one.plans;
  return { mark: shown ? (weekend ? 'makeup' : 'work') : (one.notice !== null || one.local !== null ? 'off' : 'weekend'), work: one.work, plansDiffer: one.work !== one.plans, local: one.local !== null };
}

/** One sentence: why the day is what it is. */
export function whySay(year: Year, day: string, t: T): string {
  const one = year.days.find((each) => each.day === day);
  const local = one === undefined || one.local === null ? undefined : year.local.find((each) => each.id === one.local);
  if (local !== undefined) return t(local.counts === 'all' ? 'why.localAll' : 'why.localPlans', { name: local.name, document: local.document, basis: local.basis ?? '' });
  if (one !== undefined && one.notice !== null) {
    const notice = [year.notice, year.next].find((each) => each !== null && each.year === one.notice);
    return notice?.entered === null || notice?.entered === undefined ? t('why.shipped', { year: one.notice }) : t('why.entered', { year: one.notice, document: notice.entered.document });
  }
  return t(isWeekend(day) ? 'why.weekend' : year.provisional ? 'why.assumed' : 'why.weekday');
}

/** The days of a month in weeks from Monday; undefined before and after it. */
export function weeksOf(year: number, month: number): (string | undefined)[][] {
  const first = `${String(year)}-${String(month).padStart(2, '0')}-01`;
  const lead = weekdayOf(numberOfDay(first) ?? 0);
  const weeks: (string | undefined)[][] = [];
  for (let at = -lead; at < 37; at += 7) {
    const week = Array.from({ length: 7 }, (_, i) => addDays(first, at + i)).map((day) => (day.slice(0, 7) === first.slice(0, 7) ? day : undefined));
    if (week.some((day) => day !== undefined)) weeks.push(week);
  }
  return weeks;
}

/** 1月1日—3日 as the page writes it. */
export function rangeSay(from: string, to: string, day: (text: string) => string): string {
  return from === to ? day(from) : `${day(from)} – ${day(to)}`;
}
