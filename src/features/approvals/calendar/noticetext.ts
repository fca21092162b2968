// Reads the wording of a yearly notice on days off: which days are off, which are worked, of which year, under which number. Pure; never guesses:
// a day whose weekday in brackets is another one, or a count that does not fit, is told to whoever entered the text.
import { dayOfNumber, numberOfDay, weekdayOf } from '../../../kernel/epoch.ts';
import { narrow } from '../../../kernel/text.ts';

export interface TextRow {
  /** YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
  readonly work: boolean;
}

export interface TextFault {
  readonly code: 'no_year' | 'no_days' | 'weekday' | 'count' | 'not_a_day';
  /** What of the text it is about. */
  readonly what: string;
}

export interface ReadNotice {
  readonly year: number | undefined;
  readonly document: string | undefined;
  readonly rows: readonly TextRow[];
  readonly faults: readonly TextFault[];
}

/** A sentence says days and then what is done on them: each clause ends with its verb. */
const VERB = /(放假调休|放假|补休|公休|调休|上班)/;
const DAY = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?/g;
const WEEKDAYS = '一二三四五六日';

/** Reads a notice; the year is that of its title, or of the first day that names one. */
export function readNotice(text: string): ReadNotice {
  const plain = narrow(text).replaceAll('〔', '[').replaceAll('〕', ']').replace(/[^\S\n]+/g, '');
  const year = yearIn(plain);
  const document = /国办发(?:明电)?\[\d{4}\]\d+号/.exec(plain)?.[0]?.replace('[', '〔').replace(']', '〕');
  if (year === undefined) return { year, document, rows: [], faults: [{ code: 'no_year', what: '' }] };
  const faults: TextFault[] = [];
  const rows = plain.split(/[。;\n]/).flatMap((sentence) => sentenceRows(sentence, year, faults));
  if (rows.length === 0) faults.push({ code: 'no_days', what: '' });
  return { year, document, rows, faults };
}

function yearIn(text: string): number | undefined {
  const found = /(\d{4})年(?:元旦|部分节假日|节假日|放假)/.exec(text) ?? /(\d{4})年/.exec(text);
  return found === null ? undefined : Number(found[1]);
}

function sentenceRows(sentence: string, year: number, faults: TextFault[]): TextRow[] {
  const rows: TextRow[] = [];
  const parts = sentence.split(VERB);
  for (let at = 1; at < parts.length; at += 2) rows.push(...clauseRows(parts[at - 1] ?? '', parts[at] === '上班', year, faults));
  // 共8天: of what is off in this sentence.
  const told = /共(?:放假)?(\d{1,2})天/.exec(sentence)?.[1];
  const off = rows.filter((row) => !row.work).reduce((sum, row) => sum + (numberOfDay(row.to) ?? 0) - (numberOfDay(row.from) ?? 0) + 1, 0);
  if (told !== undefined && off > 0 && Number(told) !== off) faults.push({ code: 'count', what: sentence.slice(0, 60) });
  return rows;
}

function clauseRows(said: string, work: boolean, year: number, faults: TextFault[]): TextRow[] {
  const rows: { from: number; to: number }[] = [];
  let [month, behind] = [0, 0];
  for (const found of said.matchAll(DAY)) {
    const [whole, ownYear, ownMonth, day = '', brackets = ''] = found;
    month = ownMonth === undefined ? month : Number(ownMonth);
    const between = said.slice(behind, found.index);
    behind = found.index + whole.length;
    const open = rows.at(-1);
    const isEnd = open !== undefined && /^(?:至|到|-|—|~|–)+(?:次年)?$/.test(between);
    const number = numberIn(ownYear === undefined ? year + (between.endsWith('次年') ? 1 : 0) : Number(ownYear), month, Number(day));
    if (number === undefined) faults.push({ code: 'not_a_day', what: whole });
    else {
      if (!weekdayFits(number, brackets)) faults.push({ code: 'weekday', what: whole });
      if (isEnd) open.to = number;
      else rows.push({ from: number, to: number });
    }
  }
  return rows.map(({ from, to }) => ({ from: dayOfNumber(from), to: dayOfNumber(Math.max(from, to)), work }));
}

function numberIn(year: number, month: number, day: number): number | undefined {
  return numberOfDay(`${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

/** (星期六), (周六), (农历除夕、周一). */
function weekdayFits(day: number, brackets: string): boolean {
  const said = /(?:星期|周)([一二三四五六日天])/.exec(brackets)?.[1];
  return said === undefined || WEEKDAYS.indexOf(said === '天' ? '日' : said) === weekdayOf(day);
}
