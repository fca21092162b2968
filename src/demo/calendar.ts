// The day on which the demonstration zone stands, and the little arithmetic on days that only it needs.
import { addDays, daysBetween } from '../kernel/days.ts';

/** The zone's clock stands here; nothing that has happened in it is later. */
export const TODAY = '2023-06-30';
/** The register was opened with the year: what lies before is entered afterwards, in the days after the import. */
export const OPENED = { people: '2023-01-03', ledger: '2023-01-04', fields: '2023-01-05', past: '2023-01-06', plan: '2023-01-09' } as const;
export const MONTHS = ['2023-01', '2023-02', '2023-03', '2023-04', '2023-05', '2023-06'] as const;

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** A share of the way from one day to another. */
export function dayAt(from: string, to: string, share: number): string {
  return addDays(from, Math.round(daysBetween(from, to) * share));
}

export function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

export function later(a: string, b: string): string {
  return a > b ? a : b;
}
