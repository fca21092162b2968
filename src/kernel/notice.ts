// Reads the compact text of a yearly notice of days off into single days. Refuses what it cannot read, days far from the notice's year,
// and a notice that contradicts itself: a wrong calendar would move every deadline.
import { numberOfDay, yearOfNumber } from './epoch.ts';
import type { Notice } from './holidays.ts';
import { refuse } from './refuse.ts';

const EARLIEST = 1949;
const LATEST = 2199;

/** The days (as numbers, epoch.ts) that a notice names, and whether each is worked. */
export function rangesOf(notice: Notice): ReadonlyMap<number, boolean> {
  const { year } = notice;
  if (!Number.isInteger(year) || year < EARLIEST || year > LATEST) refuse('workdays.bad_notice', { year, text: String(year) });
  const days = new Map<number, boolean>();
  for (const day of listed(notice.off, year)) days.set(day, false);
  for (const day of listed(notice.work, year)) {
    if (days.get(day) === false) refuse('workdays.contradiction', { year });
    days.set(day, true);
  }
  return days;
}

function* listed(text: string, year: number): Generator<number> {
  for (const range of text.split(/\s+/)) {
    if (range === '') continue;
    const [from = '', to = from, ...more] = range.split('/');
    const [first, last] = [dayIn(from, year), dayIn(to, year)];
    if (first === undefined || last === undefined || last < first || more.length > 0) refuse('workdays.bad_notice', { year, text: range.slice(0, 40) });
    for (let day = first; day <= last; day += 1) yield day;
  }
}

/** MM-DD in the notice's own year; YYYY-MM-DD in it or in a year beside it. */
function dayIn(text: string, year: number): number | undefined {
  const day = numberOfDay(text.length === 5 ? `${year}-${text}` : text);
  return day === undefined || Math.abs(yearOfNumber(day) - year) > 1 ? undefined : day;
}
