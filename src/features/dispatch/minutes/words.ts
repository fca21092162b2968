// The words of documents, which stay Chinese whatever language the reader has: templates as data, filled in here. Pure.
import words from './data/words.json' with { type: 'json' };

export { words };

export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_hole, name: string) => String(values[name] ?? ''));
}

/** 重点项目调度会议纪要; of a series that is not called a 会, 会议纪要 behind its name. */
export function minutesName(series: string): string {
  return fill(series.endsWith(words.meeting) ? words.minutesName : words.minutesNameOther, { series });
}

/** 第45次（年度第12次）重点项目调度会议纪要 */
export function minutesTitle(one: { readonly number: number | string; readonly yearNumber: number | string; readonly series: string }): string {
  return fill(words.minutesTitle, { ...one, minutes: minutesName(one.series) });
}

/** 2023年8月15日 */
export function longDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return fill(DAY, { year: year ?? 0, month: month ?? 0, date: date ?? 0 });
}

const DAY = words.day;

export function weekdayOf(day: string): string {
  return words.weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
}

export function percent(bp: number | null): string {
  return bp === null ? '—' : `${(bp / 100).toFixed(1)}%`;
}

export function joined(names: readonly string[]): string {
  return names.length === 0 ? words.none : names.join(words.comma);
}
