// What may be entered into the zone's calendar, and what is taken back. Pure: the edition that holds is handed in, the next one comes out. A
// notice that cannot be one is refused: a wrong calendar moves every deadline.
import { addDays, daysBetween, isDay, yearOf } from '../../../kernel/days.ts';
import { dayOfNumber, numberOf, weekdayOf, yearOfNumber } from '../../../kernel/epoch.ts';
import { NOTICES, type Notice } from '../../../kernel/holidays.ts';
import { rangesOf } from '../../../kernel/notice.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { statutoryIn, type HolidayName } from '../../../kernel/statutory.ts';
import { daysIn, type CalendarBody, type Counts, type LocalEntry, type NoticeEntry } from './shape.ts';

export type NoticeFault =
  | { readonly code: 'makeup_weekday' | 'far'; readonly day: string }
  | { readonly code: 'long_range'; readonly day: string; readonly days: number }
  | { readonly code: 'more_work'; readonly off: number; readonly work: number }
  | { readonly code: 'holiday_worked'; readonly day: string; readonly name: HolidayName };

/** A run of days off has never been longer than ten; what is longer is a mistyped end. */
const LONGEST_RUN = 12;

/** What is wrong with a notice that can be read. Refuses (`workdays.*`) what cannot be. */
export function noticeFaults(notice: Notice): NoticeFault[] {
  const days = rangesOf(notice);
  const list = [...days].toSorted(([a], [b]) => a - b);
  const worked = (day: number): boolean => days.get(day) ?? weekdayOf(day) < 5;
  const off = list.filter(([day, work]) => !work && weekdayOf(day) < 5).length;
  const work = list.filter(([, one]) => one).length;
  return [
    ...list.filter(([day]) => !near(day, notice.year)).map(([day]) => ({ code: 'far' as const, day: dayOfNumber(day) })),
    ...list.filter(([day, one]) => one && weekdayOf(day) < 5).map(([day]) => ({ code: 'makeup_weekday' as const, day: dayOfNumber(day) })),
    ...runs(list.flatMap(([day, one]) => (one ? [] : [day]))).filter((run) => run.days > LONGEST_RUN).map((run) => ({ code: 'long_range' as const, day: dayOfNumber(run.from), days: run.days })),
    ...(work > off ? [{ code: 'more_work' as const, off, work }] : []),
    ...statutoryIn(notice.year).flatMap(({ name, days: holidays }) => holidays.filter(worked).map((day) => ({ code: 'holiday_worked' as const, day: dayOfNumber(day), name }))),
  ];
}

/** A notice names days of its year, and some at the end of the year before. */
function near(day: number, year: number): boolean {
  return yearOfNumber(day) === year || (day < numberOf(year, 1, 1) && day >= numberOf(year - 1, 12, 1));
}

function runs(days: readonly number[]): { from: number; days: number }[] {
  const found: { from: number; days: number }[] = [];
  for (const day of days) {
    const last = found.at(-1);
    if (last !== undefined && last.from + last.days === day) last.days += 1;
    else found.push({ from: day, days: 1 });
  }
  return found;
}

/** The notice of a year that holds: what was entered, else what came with the program. */
export function noticeOf(body: CalendarBody, year: number): Notice | undefined {
  return body.notices.find((one) => one.year === year) ?? NOTICES.find((one) => one.year === year);
}

export interface Draft extends Notice { readonly document: string; readonly link?: string | undefined; readonly note?: string | undefined }
export interface By { readonly edition: number; readonly day: string; readonly by: string }

/** Refuses a notice with faults (`calendar.faults`) and one that says nothing new (`calendar.unchanged`). */
export function withNotice(body: CalendarBody, draft: Draft, by: By): CalendarBody {
  const faults = noticeFaults(draft);
  if (faults.length > 0) refuse('calendar.faults', { count: faults.length, faults });
  const before = noticeOf(body, draft.year);
  const entered = body.notices.find((one) => one.year === draft.year);
  const source = { document: draft.document.trim(), link: blank(draft.link), note: blank(draft.note) };
  if (before !== undefined && sameDays(before, draft) && (entered === undefined || (entered.document === source.document && entered.link === source.link && entered.note === source.note))) refuse('calendar.unchanged', { year: draft.year });
  const entry: NoticeEntry = { year: draft.year, off: draft.off.trim(), work: draft.work.trim(), ...source, ...by };
  return { ...body, notices: [...body.notices.filter((one) => one.year !== draft.year), entry].toSorted((a, b) => a.year - b.year) };
}

function sameDays(a: Notice, b: Notice): boolean {
  const told = (one: Notice): string => JSON.stringify([...rangesOf(one)].filter(([day, work]) => work !== weekdayOf(day) < 5).toSorted(([x], [y]) => x - y));
  return told(a) === told(b);
}

/** Refuses `calendar.no_notice` where nothing was entered for the year. */
export function withoutNotice(body: CalendarBody, year: number): CalendarBody {
  if (!body.notices.some((one) => one.year === year)) refuse('calendar.no_notice', { year });
  return { ...body, notices: body.notices.filter((one) => one.year !== year) };
}

export interface LocalDraft {
  readonly id: string; readonly name: string; readonly from: string; readonly to: string; readonly work: boolean; readonly counts: Counts; readonly basis?: string | undefined; readonly document: string;
  readonly link?: string | undefined;
}

const LONGEST_LOCAL = 31;
const MOST_LOCAL = 200;

/** Refuses days that are none, too many, or entered already, and a claim on the clocks of the law without the rule that gives it. */
export function withLocal(body: CalendarBody, draft: LocalDraft, by: By): CalendarBody {
  const { from, to } = draft;
  if (!isDay(from) || !isDay(to) || to < from || daysBetween(from, to) >= LONGEST_LOCAL) refuse('calendar.local_range', { most: LONGEST_LOCAL, errors: [{ path: 'to', code: 'calendar.local_range', params: { most: LONGEST_LOCAL } }] });
  const basis = blank(draft.basis);
  if (draft.counts === 'all' && basis === null) refuse('calendar.basis_needed', { errors: [{ path: 'basis', code: 'calendar.basis_needed' }] });
  const taken = body.local.find((one) => one.id === draft.id || (one.from <= to && from <= one.to));
  if (taken !== undefined) refuse('calendar.local_taken', { day: taken.from > from ? taken.from : from, name: taken.name });
  if (body.local.length >= MOST_LOCAL) refuse('calendar.local_many', { most: MOST_LOCAL });
  const entry: LocalEntry = { id: draft.id, name: draft.name.trim(), from, to, work: draft.work, counts: draft.counts, basis, document: draft.document.trim(), link: blank(draft.link), ...by };
  return { ...body, local: [...body.local, entry].toSorted((a, b) => (a.from < b.from ? -1 : 1)) };
}

/** Refuses `calendar.no_local`. */
export function withoutLocal(body: CalendarBody, id: string): { readonly body: CalendarBody; readonly gone: LocalEntry } {
  const gone = body.local.find((one) => one.id === id) ?? refuse('calendar.no_local');
  return { body: { ...body, local: body.local.filter((one) => one !== gone) }, gone };
}

/** Why a day is worked or not. `plain`: nobody says anything of it. */
export type Why =
  | { readonly kind: 'local'; readonly id: string }
  | { readonly kind: 'notice'; readonly year: number }
  | { readonly kind: 'plain' };

/** Who says what of a day: a local entry before any notice, of two notices the later one. */
export function whyOf(body: CalendarBody, day: string): Why {
  const local = body.local.find((one) => daysIn(one).includes(day));
  if (local !== undefined) return { kind: 'local', id: local.id };
  const year = yearOf(day);
  const naming = [year + 1, year].find((one) => namedBy(body, one, day));
  return naming === undefined ? { kind: 'plain' } : { kind: 'notice', year: naming };
}

function namedBy(body: CalendarBody, year: number, day: string): boolean {
  const notice = noticeOf(body, year);
  return notice !== undefined && [...rangesOf(notice).keys()].some((one) => dayOfNumber(one) === day);
}

/** The years that are announced, the first and the last. */
export function announced(body: CalendarBody): { readonly first: number; readonly last: number } {
  const years = [...NOTICES, ...body.notices].map((one) => one.year);
  return { first: Math.min(...years), last: Math.max(...years) };
}

/** Days of a span on which two calendars differ. */
export function differing(a: { isWorkday(day: string): boolean }, b: { isWorkday(day: string): boolean }, from: string, to: string): string[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i)).filter((day) => a.isWorkday(day) !== b.isWorkday(day));
}

function blank(text: string | undefined): string | null {
  const plain = text?.trim() ?? '';
  return plain === '' ? null : plain;
}
