// How numbers, money and days are written for readers, in both languages. Pure; never guesses a unit: it always says it.
import { useMemo } from 'react';
import { useLang, type Lang } from './i18n.ts';

/** yi = 亿元, wan = 万元, yuan = 元. English shows yi and wan as millions of yuan. */
export type MoneyUnit = 'yi' | 'wan' | 'yuan';
export interface Money {
  readonly number: string;
  readonly unit: string;
  readonly text: string;
}
export type Tone = 'ok' | 'warn' | 'late' | 'bad' | 'off';

const MINUS = '\u2212';
const DASH = '—';
const FEN_PER = { yi: 10_000_000_000, wan: 1_000_000, yuan: 100 } as const;
const FEN_PER_MILLION = 100_000_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = {
  'zh-CN': ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const;

export type Format = ReturnType<typeof formatFor>;

/** The formats of the reader's language. */
export function useFormat(): Format {
  const lang = useLang();
  return useMemo(() => formatFor(lang), [lang]);
}

/** `timeZone` is the zone's, so that everyone reads the same hour. */
export function formatFor(lang: Lang, timeZone = 'Asia/Shanghai') {
  const zh = lang === 'zh-CN';
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

  function unitName(unit: MoneyUnit): string {
    if (zh) return unit === 'yi' ? '亿元' : unit === 'wan' ? '万元' : '元';
    return unit === 'yuan' ? 'yuan' : 'm yuan';
  }

  /** Money in a stated unit; `auto` takes 亿元 from one 亿 on, else 万元. Undefined and null give a dash. */
  function money(fen: number | null | undefined, unit: MoneyUnit | 'auto' = 'auto', digits?: number): Money {
    if (fen === null || fen === undefined) return { number: DASH, unit: '', text: DASH };
    const chosen = unit === 'auto' ? (Math.abs(fen) >= FEN_PER.yi || !zh ? 'yi' : 'wan') : unit;
    if (!zh && unit === 'auto' && Math.abs(fen) >= FEN_PER_MILLION * 1000) {
      const billions = grouped(fen / (FEN_PER_MILLION * 1000), digits ?? 2);
      return { number: billions, unit: 'bn yuan', text: `${billions} bn yuan` };
    }
    const number = zh || chosen === 'yuan'
      ? grouped(fen / FEN_PER[chosen], digits ?? (chosen === 'wan' ? trimmed(fen / FEN_PER.wan) : 2))
      : grouped(fen / FEN_PER_MILLION, digits ?? (chosen === 'yi' ? 1 : 2));
    const name = unitName(chosen);
    return { number, unit: name, text: zh ? `${number}${name}` : `${number} ${name}` };
  }

  function count(value: number | null | undefined, digits = 0): string {
    return value === null || value === undefined ? DASH : grouped(value, digits);
  }

  /** A share of 1 as a percentage: 0.614 is 61.4%. */
  function percent(share: number | null | undefined, digits = 1): string {
    return share === null || share === undefined ? DASH : `${grouped(share * 100, digits)}%`;
  }

  /** Percentage points with their sign: +3.2, −14.9, 0.0. */
  function points(value: number | null | undefined, digits = 1): string {
    if (value === null || value === undefined) return DASH;
    const text = grouped(value, digits);
    return value > 0 && Number(value.toFixed(digits)) !== 0 ? `+${text}` : text;
  }

  /** The same from basis points (a hundredth of a percent), as the server counts. */
  function percentBp(bp: number | null | undefined, digits = 1): string {
    return bp === null || bp === undefined ? DASH : percent(bp / 10_000, digits);
  }

  function pointsBp(bp: number | null | undefined, digits = 1): string {
    return bp === null || bp === undefined ? DASH : points(bp / 100, digits);
  }

  /** 2023年8月15日, 15 Aug 2023. */
  function day(value: string | null | undefined): string {
    const parts = split(value);
    if (parts === undefined) return DASH;
    const [year, month, date] = parts;
    return zh ? `${year}年${month}月${date}日` : `${date} ${monthName(month)} ${year}`;
  }

  /** 8月15日; the year is added when it is not that of `today`. */
  function shortDay(value: string | null | undefined, today: string): string {
    const parts = split(value);
    if (parts === undefined) return DASH;
    const [year, month, date] = parts;
    if (!today.startsWith(String(year))) return day(value);
    return zh ? `${month}月${date}日` : `${date} ${monthName(month)}`;
  }

  function month(value: string | null | undefined): string {
    const parts = split(value === null || value === undefined ? value : `${value.slice(0, 7)}-01`);
    if (parts === undefined) return DASH;
    return zh ? `${parts[0]}年${parts[1]}月` : `${monthName(parts[1])} ${parts[0]}`;
  }

  /** 6月, Jun: where the year stands beside it. */
  function monthShort(value: string): string {
    const number = Number(value.slice(5, 7));
    return zh ? `${String(number)}月` : monthName(number);
  }

  function weekday(value: string): string {
    const index = new Date(`${value}T00:00:00Z`).getUTCDay();
    return WEEKDAYS[lang][index] ?? '';
  }

  /** An instant as the zone's day and minute. */
  function instant(value: string | null | undefined, today?: string): string {
    if (value === null || value === undefined) return DASH;
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) return DASH;
    const parts = Object.fromEntries(clock.formatToParts(date).map((part) => [part.type, part.value]));
    const iso = `${parts['year'] ?? ''}-${parts['month'] ?? ''}-${parts['day'] ?? ''}`;
    const time = `${parts['hour'] ?? ''}:${parts['minute'] ?? ''}`;
    return `${today === undefined ? day(iso) : shortDay(iso, today)} ${time}`;
  }

  /** Whole days between two days: positive if `to` is later. */
  function daysBetween(from: string, to: string): number {
    return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
  }

  function bytes(value: number): string {
    if (value < 1024) return `${String(value)} B`;
    return value < 1_048_576 ? `${grouped(value / 1024, 0)} kB` : `${grouped(value / 1_048_576, 1)} MB`;
  }

  return { lang, unitName, money, count, percent, points, percentBp, pointsBp, day, shortDay, month, monthShort, weekday, instant, daysBetween, bytes };
}

/** Grouped by three from 10,000 on, true minus, no negative zero. */
export function grouped(value: number, digits: number): string {
  const fixed = Math.abs(value).toFixed(digits);
  const [whole = '0', rest] = fixed.split('.');
  const text = (whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole) + (rest === undefined ? '' : `.${rest}`);
  return value < 0 && Number(fixed) !== 0 ? MINUS + text : text;
}

export const FEN_PER_UNIT = FEN_PER;

function trimmed(value: number): number {
  return Math.min(2, (String(Math.round(Math.abs(value) * 100) / 100).split('.')[1] ?? '').length);
}

function monthName(month: number): string {
  return MONTHS[month - 1] ?? '';
}

function split(value: string | null | undefined): readonly [number, number, number] | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value ?? '');
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}
