// Numbers, days and numbers of documents as official Chinese writes them. Pure.
import { isDay } from '../../kernel/days.ts';
import type { DocumentNumber, Level } from './model.ts';

const DIGITS = '零一二三四五六七八九';

/** 1 to 9999 in words: 十二, 二十, 一百零五. Greater ones in figures. */
export function chinese(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 9999) return String(value);
  if (value === 0) return '零';
  let words = '';
  let skipped = false;
  for (const [unit, name] of [[1000, '千'], [100, '百'], [10, '十'], [1, '']] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit === 0) {
      skipped = words !== '';
      continue;
    }
    const bare = digit === 1 && unit === 10 && words === '';
    words += `${skipped ? '零' : ''}${bare ? '' : DIGITS.charAt(digit)}${name}`;
    skipped = false;
  }
  return words;
}

/** 2023年8月15日; what is no day is left as it is. */
export function dayInWords(day: string): string {
  if (!isDay(day)) return day;
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(year)}年${Number(month)}月${Number(date)}日`;
}

/** 济管〔2023〕12号 */
export function numberInWords({ code, year, number }: DocumentNumber): string {
  return `${code}〔${year}〕${number}号`;
}

/** 第72次（2023年第26次） is made of these. */
export function ordinal(value: number, unit: string): string {
  return `第${value}${unit}`;
}

/** Counts headings as they come: 一、（一）1.（1）. A heading begins the count of those below it anew. */
export function headingCounter(): (level: Level) => string {
  const counts = [0, 0, 0, 0];
  return (level) => {
    const count = (counts[level - 1] ?? 0) + 1;
    counts[level - 1] = count;
    counts.fill(0, level);
    return markOf(level, count);
  };
}

export function markOf(level: Level, count: number): string {
  if (level === 1) return `${chinese(count)}、`;
  if (level === 2) return `（${chinese(count)}）`;
  return level === 3 ? `${count}.` : `（${count}）`;
}
