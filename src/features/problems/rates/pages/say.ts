// How rates are said: a share with what it is of, a time in words, the address that opens the very problems. Pure.
import type { T } from '../../../../web/i18n.ts';
import type { Format } from '../../../../web/format.ts';

export interface Looked {
  readonly at?: string | undefined;
  readonly by?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** The list of the problems that a number counted. */
export function hrefOf(figure: string, part: string, { at, by, since, until }: Looked, group?: { readonly group: string; readonly value: string }): string {
  const all = { figure, part, figureAt: at, by: by === 'raised' ? undefined : by, since, until, group: group?.group, value: group?.value };
  return `/problems?${new URLSearchParams(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))).toString()}`;
}

export function timeSay(t: T, format: Format, minutes: number | null): string {
  if (minutes === null) return '—';
  if (minutes < 60) return t('time.minutes', { count: minutes });
  return t('time.hours', { count: Number((minutes / 60).toFixed(minutes < 600 ? 1 : 0)), number: format.count(minutes / 60, minutes < 600 ? 1 : 0) });
}

/** Places by a rate, ties shared; of nothing there is no place. */
export function placesOf(rates: readonly (number | null)[]): readonly (number | null)[] {
  return rates.map((rate) => (rate === null ? null : 1 + rates.filter((other) => other !== null && other > rate).length));
}

/** So few that a rate says little. */
export const FEW = 10;
