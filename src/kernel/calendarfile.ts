// A working-day calendar as a file: notices and local days in JSON, or one row a day or range in CSV. Pure; the same file is given out by the
// browser and read by the command line. Refuses what it cannot read: a day that is skipped would move deadlines.
import { dayOfNumber, numberOfDay, yearOfNumber } from './epoch.ts';
import { refuse } from './refuse.ts';
import type { CalendarExtra, LocalDay, Notice } from './workdays.ts';

/** Reads a file by its content. Refuses `workdays.bad_calendar` with the place. */
export function calendarFrom(text: string): CalendarExtra {
  const body = text.replace(/^\ufeff/, '').trim();
  return body.startsWith('{') ? fromJson(body) : fromRows(body);
}

/** The file in JSON, as `calendarFrom` reads it back. */
export function calendarText({ notices = [], days = [] }: CalendarExtra): string {
  return `${JSON.stringify({ notices: notices.map(({ year, off, work }) => ({ year, off, work })), days: days.map(({ day, work }) => ({ day, work })) }, undefined, 2)}\n`;
}

function fromJson(text: string): CalendarExtra {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    refuse('workdays.bad_calendar', { place: '{', what: error instanceof Error ? error.message : String(error) });
  }
  const { notices = [], days = [], ...strange } = objectIn(given, '{');
  const [unknown] = Object.keys(strange);
  if (unknown !== undefined) refuse('workdays.bad_calendar', { place: unknown.slice(0, 40), what: unknown.slice(0, 40) });
  return { notices: listIn(notices, 'notices').map(noticeIn), days: listIn(days, 'days').map(dayIn) };
}

function objectIn(value: unknown, place: string): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : refuse('workdays.bad_calendar', { place, what: JSON.stringify(value).slice(0, 40) });
}

function listIn(value: unknown, place: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse('workdays.bad_calendar', { place, what: JSON.stringify(value).slice(0, 40) });
}

function noticeIn(value: unknown, index: number): Notice {
  const { year, off = '', work = '' } = objectIn(value, `notices[${String(index)}]`);
  if (typeof year !== 'number' || typeof off !== 'string' || typeof work !== 'string') return refuse('workdays.bad_calendar', { place: `notices[${String(index)}]`, what: JSON.stringify(value).slice(0, 40) });
  return { year, off, work };
}

function dayIn(value: unknown, index: number): LocalDay {
  const { day, work } = objectIn(value, `days[${String(index)}]`);
  if (typeof day !== 'string' || numberOfDay(day) === undefined || typeof work !== 'boolean') return refuse('workdays.bad_calendar', { place: `days[${String(index)}]`, what: JSON.stringify(value).slice(0, 40) });
  return { day, work };
}

/** Names of the columns, and what a kind may be called. */
const COLUMNS: Readonly<Record<string, 'year' | 'day' | 'to' | 'kind'>> = { year: 'year', 年份: 'year', 年: 'year', day: 'day', date: 'day', from: 'day', 日期: 'day', 开始: 'day', to: 'to', 至: 'to', 结束: 'to', kind: 'kind', type: 'kind', 类型: 'kind', 安排: 'kind' };
const KINDS: Readonly<Record<string, boolean>> = { off: false, holiday: false, 休: false, 放假: false, 休息: false, work: true, working: true, 班: true, 上班: true, 补班: true, 调休上班: true };
const MOST_DAYS = 400;

/** A day or range of a table; `year` names the notice that it belongs to. */
export interface CalendarRow {
  readonly year: number | undefined;
  /** YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
  readonly work: boolean;
}

/** Rows of `day,to,kind` with `year` for days of a notice; `to` and `year` may be left out. */
export function calendarRows(text: string): CalendarRow[] {
  const [head = '', ...lines] = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  const names = cellsIn(head).map((cell) => COLUMNS[cell.toLowerCase()]);
  if (!names.includes('day') || !names.includes('kind')) refuse('workdays.bad_calendar', { place: 1, what: head.slice(0, 40) });
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [rowIn(names, line, index + 2)]));
}

function rowIn(names: readonly (string | undefined)[], line: string, place: number): CalendarRow {
  const bad = (): never => refuse('workdays.bad_calendar', { place, what: line.slice(0, 40) });
  const cells = cellsIn(line);
  const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
  const [from, work] = [dayOf(cell('day')), KINDS[cell('kind').toLowerCase()]];
  const to = cell('to') === '' ? from : dayOf(cell('to'));
  const year = cell('year') === '' ? undefined : Number(cell('year'));
  if (from === undefined || to === undefined || work === undefined || to < from || to - from > MOST_DAYS || (year !== undefined && !Number.isInteger(year))) return bad();
  return { year, from: dayOfNumber(from), to: dayOfNumber(to), work };
}

/** 2027-01-01, 2027/1/1, 2027年1月1日, 20270101. */
function dayOf(text: string): number | undefined {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return found === null ? undefined : numberOfDay(`${found[1] ?? ''}-${(found[2] ?? '').padStart(2, '0')}-${(found[3] ?? '').padStart(2, '0')}`);
}

// No cell of a calendar holds a comma.
function cellsIn(line: string): string[] {
  return line.split(/[,;\t，]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1').trim());
}

function fromRows(text: string): CalendarExtra {
  const rows = calendarRows(text);
  const years = [...new Set(rows.flatMap((row) => row.year ?? []))];
  return { notices: years.map((year) => noticeOf(year, rows.filter((row) => row.year === year))), days: rows.filter((row) => row.year === undefined).flatMap(daysOf) };
}

/** The notice of a year out of its rows. */
export function noticeOf(year: number, rows: readonly Omit<CalendarRow, 'year'>[]): Notice {
  const text = (work: boolean): string => rows.filter((row) => row.work === work).toSorted((a, b) => (a.from < b.from ? -1 : 1)).map(({ from, to }) => (from === to ? short(from, year) : `${short(from, year)}/${short(to, year)}`)).join(' ');
  return { year, off: text(false), work: text(true) };
}

function short(day: string, year: number): string {
  return day.startsWith(`${String(year)}-`) ? day.slice(5) : day;
}

function daysOf({ from, to, work }: CalendarRow): LocalDay[] {
  const [first, last] = [numberOfDay(from) ?? 0, numberOfDay(to) ?? -1];
  return Array.from({ length: last - first + 1 }, (_, i) => ({ day: dayOfNumber(first + i), work }));
}

/** Days in a row as rows: what `noticeOf` and `rangesOf` say of one another. */
export function rowsOf(days: ReadonlyMap<number, boolean>): CalendarRow[] {
  const rows: { from: number; to: number; work: boolean }[] = [];
  for (const [day, work] of [...days].toSorted(([a], [b]) => a - b)) {
    const last = rows.at(-1);
    if (last !== undefined && last.to === day - 1 && last.work === work) last.to = day;
    else rows.push({ from: day, to: day, work });
  }
  return rows.map(({ from, to, work }) => ({ year: yearOfNumber(from), from: dayOfNumber(from), to: dayOfNumber(to), work }));
}
