// Calendar days as YYYY-MM-DD texts and months as YYYY-MM: they compare as texts and know no time zone. Proleptic Gregorian.

const MS_PER_DAY = 86_400_000;

/** The day some days later (or earlier, with a negative count). */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY);
}

/** The month some months later; takes and gives YYYY-MM. */
export function addMonths(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((((index % 12) + 12) % 12) + 1).padStart(2, '0')}`;
}

/** Months from one month to another; both YYYY-MM (or days). */
export function monthsBetween(from: string, to: string): number {
  return Number(to.slice(0, 4)) * 12 + Number(to.slice(5, 7)) - Number(from.slice(0, 4)) * 12 - Number(from.slice(5, 7));
}

/** The last day of a month (YYYY-MM or any day of it). */
export function lastDay(month: string): string {
  return addDays(`${addMonths(month.slice(0, 7), 1)}-01`, -1);
}

/** True for a day that exists, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** The months of a list from one to another, both included, as YYYY-MM. */
export function monthsFrom(first: string, last: string): string[] {
  return Array.from({ length: Math.max(0, monthsBetween(first, last) + 1) }, (_, i) => addMonths(first.slice(0, 7), i));
}
