// A year of the zone's calendar as it is shown and given out: what holds on each day that somebody names, and who names it. Pure.
import { addDays, lastDay } from '../../../kernel/days.ts';
import { dayOfNumber } from '../../../kernel/epoch.ts';
import { NOTICES } from '../../../kernel/holidays.ts';
import { rowsOf } from '../../../kernel/calendarfile.ts';
import { rangesOf } from '../../../kernel/notice.ts';
import { lunarKnown } from '../../../kernel/statutory.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { NoticeLine, readYear } from './contract.ts';
import { announced, noticeOf, whyOf } from './rules.ts';
import { daysIn, type CalendarBody } from './shape.ts';
import type { ZoneCalendar } from './store.ts';

type Year = Omit<OutputOf<typeof readYear>, 'can'>;

export function yearOfCalendar({ edition, law, plans, body }: ZoneCalendar, year: number, today: string): Year {
  const within = (day: string): boolean => day.startsWith(String(year));
  const local = body.local.filter((one) => within(one.from) || within(one.to));
  const named = [year, year + 1].flatMap((one) => {
    const notice = noticeOf(body, one);
    return notice === undefined ? [] : [...rangesOf(notice).keys()].map(dayOfNumber);
  });
  const days = [...new Set([...named, ...local.flatMap(daysIn)])].filter(within).toSorted();
  return {
    year, today, edition, known: announced(body), provisional: law.provisional(`${String(year)}-06-30`), notice: lineOf(body, year), next: lineOf(body, year + 1), local, lunar: lunarKnown(year),
    days: days.map((day) => {
      const why = whyOf(body, day);
      return { day, work: law.isWorkday(day), plans: plans.isWorkday(day), notice: why.kind === 'notice' ? why.year : null, local: why.kind === 'local' ? why.id : null };
    }),
    months: Array.from({ length: 12 }, (_, i) => {
      const first = `${String(year)}-${String(i + 1).padStart(2, '0')}-01`;
      return law.between(addDays(first, -1), lastDay(first));
    }),
  };
}

function lineOf(body: CalendarBody, year: number): NoticeLine | null {
  const notice = noticeOf(body, year);
  if (notice === undefined) return null;
  const entry = body.notices.find((one) => one.year === year);
  const rows = rowsOf(rangesOf(notice)).map(({ from, to, work }) => ({ from, to, work }));
  const entered = entry === undefined ? null : { edition: entry.edition, day: entry.day, by: entry.by, document: entry.document, link: entry.link, note: entry.note };
  return { year, rows, entered, shipped: NOTICES.some((one) => one.year === year) };
}
