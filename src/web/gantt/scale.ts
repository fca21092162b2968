// Time as pixels: day numbers, zoom levels and the two tiers of the head. Pure; days are numbers since 1970-01-01.
import type { Lang } from '../i18n.ts';
import type { Zoom } from './types.ts';

export const PX_PER_DAY: Readonly<Record<Zoom, number>> = { day: 28, week: 10, month: 4, quarter: 1.6, year: 0.6 };

export interface Tick {
  /** First day of the stretch. */
  readonly day: number;
  readonly label: string;
}

export interface Tiers {
  readonly upper: readonly Tick[];
  readonly lower: readonly Tick[];
}

const DAY_MS = 86_400_000;

export function dayNumber(day: string): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / DAY_MS;
}

export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The widest zoom out of which the whole span fits into the width. */
export function fittingZoom(days: number, width: number): Zoom {
  for (const zoom of ['day', 'week', 'month', 'quarter'] as const) if (days * PX_PER_DAY[zoom] <= width) return zoom;
  return 'year';
}

/** Stretches of the head that touch the days `from` to `to`. */
export function tiersOf(zoom: Zoom, from: number, to: number, lang: Lang): Tiers {
  switch (zoom) {
    case 'day': return { upper: months(from, to, lang, true), lower: everyDay(from, to) };
    case 'week': return { upper: months(from, to, lang, true), lower: weeks(from, to, lang) };
    case 'month': return { upper: years(from, to, lang), lower: months(from, to, lang, false) };
    case 'quarter': return { upper: years(from, to, lang), lower: quarters(from, to, lang) };
    case 'year': return { upper: [], lower: years(from, to, lang) };
    default: return zoom satisfies never;
  }
}

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function everyDay(from: number, to: number): Tick[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ day: from + index, label: String(new Date((from + index) * DAY_MS).getUTCDate()) }));
}

function weeks(from: number, to: number, lang: Lang): Tick[] {
  const monday = from - ((new Date(from * DAY_MS).getUTCDay() + 6) % 7);
  const ticks: Tick[] = [];
  for (let day = monday; day <= to; day += 7) {
    const date = new Date(day * DAY_MS);
    ticks.push({ day, label: lang === 'en' ? String(date.getUTCDate()) : `${String(date.getUTCDate())}日` });
  }
  return ticks;
}

function months(from: number, to: number, lang: Lang, withYear: boolean): Tick[] {
  return stretches(from, to, 1, (year, month) => {
    if (lang === 'en') return withYear ? `${NAMES[month] ?? ''} ${String(year)}` : (NAMES[month] ?? '');
    return withYear ? `${String(year)}年${String(month + 1)}月` : `${String(month + 1)}月`;
  });
}

function quarters(from: number, to: number, lang: Lang): Tick[] {
  return stretches(from, to, 3, (_year, month) => (lang === 'en' ? `Q${String(month / 3 + 1)}` : `${['一', '二', '三', '四'][month / 3] ?? ''}季度`));
}

function years(from: number, to: number, lang: Lang): Tick[] {
  return stretches(from, to, 12, (year) => (lang === 'en' ? String(year) : `${String(year)}年`));
}

function stretches(from: number, to: number, length: number, label: (year: number, month: number) => string): Tick[] {
  const start = new Date(from * DAY_MS);
  let year = start.getUTCFullYear();
  let month = Math.floor(start.getUTCMonth() / length) * length;
  const ticks: Tick[] = [];
  for (;;) {
    const day = Date.UTC(year, month, 1) / DAY_MS;
    if (day > to) return ticks;
    ticks.push({ day, label: label(year, month) });
    month += length;
    if (month >= 12) {
      year += 1;
      month = 0;
    }
  }
}
