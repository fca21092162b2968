// Reading a time as people write it in a ledger: a day, a month, a year or a span, always with first and last day.
// Never guesses: 5/02/2016 is answered with both readings until someone says which comes first.
import { narrow } from './text.ts';

export interface When {
  readonly kind: 'day' | 'month' | 'year' | 'range';
  /** First day, YYYY-MM-DD. */
  readonly from: string;
  /** Last day. */
  readonly to: string;
  /** As it was written. */
  readonly text: string;
  /** HH:MM, where a day was written with its hour; midnight is what a program writes for no hour. */
  readonly time?: string;
}

/**
 * `ambiguous`: two readings; `needs_year`: 10月底 without a year to stand in; `status`: 已开工 says that, not when;
 * `impossible`: a date by its shape, but no such day.
 */
export type NoWhenReason = 'empty' | 'undecided' | 'not_date' | 'ambiguous' | 'needs_year' | 'status' | 'impossible';

export type WhenResult =
  | { readonly ok: true; readonly when: When; readonly style: WhenStyle }
  | { readonly ok: false; readonly reason: NoWhenReason; readonly readings: readonly When[] };

export type WhenStyle = 'iso' | 'slash' | 'chinese' | 'serial' | 'year' | 'month' | 'range' | 'word';

export interface WhenContext {
  /** Order of 5/02/2016; null: not known, so such a date is ambiguous unless its parts prove it. */
  readonly order?: 'dmy' | 'mdy' | null;
  /** Year for 10月底, 上半年; null: not known. */
  readonly year?: number | null;
}

/** No date is longer; a cell may be, and some patterns below would take long over it. */
const LONGEST = 80;
const NOTHING = /^(?:[-—–─/\\]+|无|暂无|没有|n\/?a|nil|none|空)$/i;
const UNDECIDED = /^(?:待定|未定|待确定|未确定|tbd|tba)$/i;
const STATUS = /^(?:已|未|尚未|正在|在)(?:全面|部分|陆续|实际)?(?:开工|动工|竣工|完工|建成|投产|投用|达效|达产|交付|完成|建|施工|办理)(?:建设|投产|验收|投用)?$/;
const LEAD = /^(?:计划|预计|预期|拟|拟定|拟于|力争|确保|争取|计划于|预计于|约|大约|于|在|截至|截止|到)+(?=[\d今明去本当年上下第一二三四])/;
const TAIL = /(?:正式|全面|实际)?(?:开工|动工|竣工|完工|建成|完成|投产|投用|达效|达产|交付|开始)(?:建设|投产|验收|使用)?$/;
const ABOUT = /(?:左右|前后|以前|之前|前|(?<!年)内)$/;

/** Reads one cell of text. The result keeps the text as it was. */
export function parseWhen(text: string, context: WhenContext = {}): WhenResult {
  const fast = ISO.exec(text);
  if (fast !== null) return timed(day(+(fast[1] ?? 0), +(fast[2] ?? 0), +(fast[3] ?? 0), text, 'iso'), text);
  if (text.length > LONGEST) return no(text.trim() === '' ? 'empty' : 'not_date');
  const spaced = narrow(text).replace(/[\u200b\ufeff\u00a0]/g, ' ').trim();
  const line = spaced.replace(/\s+/g, '');
  if (line === '' || NOTHING.test(line)) return no('empty');
  if (UNDECIDED.test(line)) return no('undecided');
  if (STATUS.test(line)) return no('status');
  const slash = slashed(spaced, text, context.order ?? null);
  if (slash !== undefined) return slash;
  const english = named(spaced, text);
  if (english !== undefined) return english;
  const bare = line.replace(LEAD, '').replace(TAIL, '').replace(ABOUT, '').replace(/年度/g, '年').replace(/[(（].*[)）]$/, '');
  return span(bare, text, context) ?? point(bare, text, context) ?? no('not_date');
}

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const SLASH = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,?\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?)?$/i;

const HOUR = /[T\s](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:([ap])\.?m\.?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;

/** The hour at the end of a text as HH:MM; undefined without one and for midnight. */
export function hourIn(text: string): string | undefined {
  const found = HOUR.exec(text.trim());
  if (found === null) return undefined;
  const half = found[3]?.toLowerCase();
  const hour = half === undefined ? +(found[1] ?? 0) : (+(found[1] ?? 0) % 12) + (half === 'p' ? 12 : 0);
  const time = `${String(hour).padStart(2, '0')}:${found[2] ?? ''}`;
  return time === '00:00' || time > '23:59' ? undefined : time;
}

function timed(result: WhenResult, text: string): WhenResult {
  const time = text.length > 10 && result.ok ? hourIn(text) : undefined;
  return time === undefined || !result.ok ? result : { ...result, when: { ...result.when, time } };
}

/** The parts of a date whose order is open, or undefined where the text is no such date. */
export function slashParts(text: string): { first: number; second: number; year: number } | undefined {
  const found = SLASH.exec(text.trim());
  if (found === null) return undefined;
  return { first: +(found[1] ?? 0), second: +(found[3] ?? 0), year: +(found[4] ?? 0) };
}

function slashed(spaced: string, text: string, order: 'dmy' | 'mdy' | null): WhenResult | undefined {
  const parts = slashParts(spaced);
  if (parts === undefined) return undefined;
  const { first, second, year } = parts;
  const dayFirst = timed(day(year, second, first, text, 'slash'), text);
  const monthFirst = timed(day(year, first, second, text, 'slash'), text);
  if (order === 'dmy') return dayFirst;
  if (order === 'mdy') return monthFirst;
  if (!dayFirst.ok) return monthFirst;
  if (!monthFirst.ok || first === second) return dayFirst;
  return { ok: false, reason: 'ambiguous', readings: [dayFirst.when, monthFirst.when] };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function named(spaced: string, text: string): WhenResult | undefined {
  const found = /^(?:(\d{1,2})[\s-]+)?([a-z]{3,9})\.?(?:[\s-]+(\d{1,2}))?,?[\s-]+(\d{4})\b/i.exec(spaced);
  if (found === null) return undefined;
  const word = (found[2] ?? '').toLowerCase();
  const month = MONTHS.indexOf(word.slice(0, 3)) + 1;
  if (month === 0) return undefined;
  const dayText = found[1] ?? found[3];
  return dayText === undefined ? monthOf(+(found[4] ?? 0), month, text, 'month') : day(+(found[4] ?? 0), month, +dayText, text, 'iso');
}

/** 2023-2025, 2023年3月至2024年底, 2023.3-10: both ends are times; the second may borrow the year of the first. */
function span(line: string, text: string, context: WhenContext): WhenResult | undefined {
  for (const at of separators(line)) {
    const left = point(line.slice(0, at.from), text, context);
    if (left === undefined || !left.ok) continue;
    const year = +left.when.from.slice(0, 4);
    let rest = line.slice(at.to);
    // 2023年3-10月, 2023.3-10
    if (/^\d{1,2}月?$/.test(rest) && left.when.kind !== 'year') rest = `${rest.replace('月', '')}月`;
    const right = point(rest, text, { ...context, year });
    if (right === undefined || !right.ok) continue;
    if (right.when.to < left.when.from) return no('impossible');
    return { ok: true, style: 'range', when: { kind: 'range', from: left.when.from, to: right.when.to, text } };
  }
  return undefined;
}

function* separators(line: string): Iterable<{ from: number; to: number }> {
  const years = /^\d{4}年?(-|—|–|~|至|到)+\d{4}年?$/.test(line);
  const pattern = years ? /[-—–~至到]+/g : /(?:[—–~至到]|--)+|-/g;
  for (const found of line.matchAll(pattern)) {
    // 2023-10 and 2023-10-05 are a month and a day, not spans; 2023年3-10月 and 2023.3-2024.10 are spans.
    if (!years && found[0] === '-' && /^\d{4}(?:-\d{1,2}){1,2}$/.test(line)) continue;
    yield { from: found.index, to: found.index + found[0].length };
  }
}

function point(raw: string, text: string, context: WhenContext): WhenResult | undefined {
  let line = raw.replace(TAIL, '').replace(ABOUT, '');
  let year: number | null = context.year ?? null;
  let hasYear = false;
  const relative = /^(今年|本年|当年|明年|次年|去年|上年)/.exec(line)?.[1];
  const written = /^(\d{4})(?:年|[./-](?=\d)|(?=年?(?:底|末|初|中|上半年|下半年|第?[一二三四1-4]季|q[1-4]))|$)/i.exec(line) ?? /^(\d{2})年(?=\d|底|末|初|上|下|第|$)/.exec(line);
  if (relative !== undefined) {
    if (year === null) return no('needs_year');
    year += /^[明次]/.test(relative) ? 1 : /^[去上]/.test(relative) ? -1 : 0;
    hasYear = true;
    line = line.slice(relative.length);
  } else if (written?.[1] !== undefined) {
    year = written[1].length === 2 ? 2000 + +written[1] : +written[1];
    hasYear = true;
    line = line.slice(written[0].length);
  } else if (/^\d{8}$/.test(line)) {
    return day(+line.slice(0, 4), +line.slice(4, 6), +line.slice(6), text, 'iso');
  } else if (/^(?:19|20)\d{4}$/.test(line)) {
    return monthOf(+line.slice(0, 4), +line.slice(4), text, 'month');
  }
  if (hasYear && (year === null || year < 1950 || year > 2099)) return undefined;
  return within(line, year, hasYear, text);
}

/** What follows the year: nothing, a month, a day, a part of the year or of the month. */
function within(line: string, year: number | null, hasYear: boolean, text: string): WhenResult | undefined {
  if (line === '' || line === '年内') {
    if (!hasYear && line === '') return undefined;
    return year === null ? no('needs_year') : { ok: true, style: 'year', when: { kind: 'year', from: `${year}-01-01`, to: `${year}-12-31`, text } };
  }
  const part = PARTS_OF_YEAR.find(([pattern]) => pattern.test(line));
  if (part !== undefined) {
    const [, first, last] = part;
    if (year === null) return no('needs_year');
    if (first === last) return monthOf(year, first, text, 'word');
    return { ok: true, style: 'word', when: { kind: 'range', from: iso(year, first, 1), to: iso(year, last, lastDay(year, last)), text } };
  }
  const months = /^(\d{1,2})(?:月份?)?$/.exec(line);
  if (months?.[1] !== undefined && (hasYear || line.includes('月'))) {
    return year === null ? no('needs_year') : monthOf(year, +months[1], text, line.includes('月') ? 'chinese' : 'month');
  }
  const days = /^(\d{1,2})(?:月|[./-])(\d{1,2})(?:日|号)?(?:\d{1,2}:\d{2}.*)?$/.exec(line);
  if (days !== null && (hasYear || line.includes('月'))) {
    return year === null ? no('needs_year') : day(year, +(days[1] ?? 0), +(days[2] ?? 0), text, line.includes('月') ? 'chinese' : 'iso');
  }
  const third = /^(\d{1,2})月份?(上旬|中旬|下旬|初|中|底|末)$/.exec(line);
  if (third?.[1] !== undefined && third[2] !== undefined) {
    if (year === null) return no('needs_year');
    const month = +third[1];
    if (month < 1 || month > 12) return no('impossible');
    const [from, to] = /上旬|初/.test(third[2]) ? [1, 10] : /中/.test(third[2]) ? [11, 20] : [21, lastDay(year, month)];
    return { ok: true, style: 'word', when: { kind: 'range', from: iso(year, month, from), to: iso(year, month, to), text } };
  }
  return undefined;
}

const PARTS_OF_YEAR: readonly (readonly [RegExp, number, number])[] = [
  [/^年?(?:年底|底|年末|末|年终|终)$/, 12, 12],
  [/^年?(?:年初|初)$/, 1, 1],
  [/^年?(?:年中|中)$/, 6, 6],
  [/^上半年$/, 1, 6],
  [/^下半年$/, 7, 12],
  [/^(?:第?[一1]季度?|q1)(?:末|底)?$/i, 1, 3],
  [/^(?:第?[二2]季度?|q2)(?:末|底)?$/i, 4, 6],
  [/^(?:第?[三3]季度?|q3)(?:末|底)?$/i, 7, 9],
  [/^(?:第?[四4]季度?|q4)(?:末|底)?$/i, 10, 12],
];

function day(year: number, month: number, date: number, text: string, style: WhenStyle): WhenResult {
  if (month < 1 || month > 12 || date < 1 || date > lastDay(year, month)) return no('impossible');
  const at = iso(year, month, date);
  return { ok: true, style, when: { kind: 'day', from: at, to: at, text } };
}

function monthOf(year: number, month: number, text: string, style: WhenStyle): WhenResult {
  if (month >= 1 && month <= 12) {
    return { ok: true, style, when: { kind: 'month', from: iso(year, month, 1), to: iso(year, month, lastDay(year, month)), text } };
  }
  // 2023-24 is a span of years where 24 cannot be a month.
  if (style === 'month' && month === (year % 100) + 1) {
    return { ok: true, style: 'range', when: { kind: 'range', from: `${year}-01-01`, to: `${year + 1}-12-31`, text } };
  }
  return no('impossible');
}

function no(reason: NoWhenReason): WhenResult {
  return { ok: false, reason, readings: [] };
}

export function lastDay(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function iso(year: number, month: number, date: number): string {
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${date < 10 ? '0' : ''}${date}`;
}

/**
 * Day of a spreadsheet serial. In the 1900 calendar serial 60 is a day that never was (29 February 1900): undefined, as is
 * anything outside 1900 … 2199.
 */
export function dayOfSerial(serial: number, date1904: boolean): string | undefined {
  const whole = Math.floor(serial + 1e-6);
  if (!Number.isFinite(serial) || whole < 0 || whole > 109_575) return undefined;
  if (!date1904 && (whole === 60 || whole === 0)) return undefined;
  const days = date1904 ? whole + 1462 : whole < 60 ? whole + 1 : whole;
  return new Date((days - 25_569) * 86_400_000).toISOString().slice(0, 10);
}

/** The serial of a day in the 1900 calendar, for writing. */
export function serialOfDay(at: string): number {
  const serial = Math.round(Date.parse(`${at}T00:00:00Z`) / 86_400_000) + 25_569;
  return serial < 61 ? serial - 1 : serial;
}
