// Reads days and months as people type them. Pure; an ambiguous text is undefined, never guessed.

/** 2023-8-15, 2023.8.15, 2023/8/15, 20230815, 2023年8月15日, 8月15日, 8-15 (year of today), 今天, today, +7, -3. */
export function parseDay(text: string, today: string): string | undefined {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  if (plain === '今天' || plain === 'today') return today;
  if (plain === '明天' || plain === 'tomorrow') return addDays(today, 1);
  const shift = /^([+-])(\d{1,4})$/.exec(plain);
  if (shift !== null) return addDays(today, Number(`${shift[1] ?? ''}${shift[2] ?? ''}`));
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (packed !== null) return make(Number(packed[1]), Number(packed[2]), Number(packed[3]));
  const full = /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$/.exec(plain);
  if (full !== null) return make(Number(full[1]), Number(full[2]), Number(full[3]));
  const short = /^(\d{1,2})\s*[-月]\s*(\d{1,2})\s*[日号]?$/.exec(plain);
  if (short !== null) return make(Number(today.slice(0, 4)), Number(short[1]), Number(short[2]));
  const english = /^(\d{1,2})\s+([a-z]{3})[a-z]*\.?(?:\s+(\d{4}))?$/.exec(plain);
  if (english !== null) return make(Number(english[3] ?? today.slice(0, 4)), ENGLISH.indexOf(english[2] ?? '') + 1, Number(english[1]));
  return undefined;
}

/** 2023-6, 2023.06, 202306, 2023年6月, 6月, Jun 2023. */
export function parseMonth(text: string, today: string): string | undefined {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  const full = /^(\d{4})\s*[-./年]?\s*(\d{1,2})\s*月?$/.exec(plain);
  if (full !== null) return make(Number(full[1]), Number(full[2]), 1)?.slice(0, 7);
  const short = /^(\d{1,2})月$/.exec(plain);
  if (short !== null) return make(Number(today.slice(0, 4)), Number(short[1]), 1)?.slice(0, 7);
  const english = /^([a-z]{3})[a-z]*\.?(?:\s+(\d{4}))?$/.exec(plain);
  if (english !== null) return make(Number(english[2] ?? today.slice(0, 4)), ENGLISH.indexOf(english[1] ?? '') + 1, 1)?.slice(0, 7);
  return undefined;
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The weeks of a month, Monday first, with the days of the neighbours that fill them. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  const lead = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const start = addDays(first, -lead);
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_unused, day) => addDays(start, week * 7 + day))).filter((week, index) => index < 4 || (week[0] ?? '').startsWith(month));
}

const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function make(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2200 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
}
