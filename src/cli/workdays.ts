// `workdays 2024-02-01 10`: the deadline some working days after a day, by the national calendar, or by that of a file; `--batch
// FILE.csv` does it for every row of a table. Reads no database: a zone's own notices and local days come in a file that its page gives out.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '../kernel/refuse.ts';
import { localesDir } from '../platform/root.ts';
import { inBoth } from '../platform/spoken.ts';
import { loadTexts, type Locale, type Texts } from '../platform/texts.ts';
import { calendarIn } from './calendar.ts';
import { countRows, type BadRow } from './batch.ts';

const HELP = `npm run -s yugong -- workdays YYYY-MM-DD DAYS [--calendar FILE] [--json] [--lang en]
npm run -s yugong -- workdays --batch FILE.csv|- [--calendar FILE] [--lang en]

  YYYY-MM-DD DAYS  prints the deadline: DAYS working days after the day, which itself does not count
  --batch FILE     rows with the columns start and working_days; writes them with deadline and provisional added; - reads standard input
  --calendar FILE  notices and local days laid over the national calendar, JSON or CSV (docs/workdays.md)
  --json           one JSON object on standard output
`;

/** What is said of bad rows is gathered: a million of them must not be a million writes. */
const HELD = 65_536;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: countsLast(args), allowPositionals: true, options: { batch: { type: 'string' }, calendar: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' }, help: { type: 'boolean' } } });
  const locale = values.lang === 'en' ? 'en' : 'zh-CN';
  if (values.help !== true && values.batch !== undefined && positionals.length === 0) return inBatch(values.batch, values.calendar, locale);
  const [start, count] = positionals;
  if (values.help === true || values.batch !== undefined || start === undefined || count === undefined || positionals.length > 2) {
    process.stdout.write(HELP);
    return values.help === true ? 0 : 2;
  }
  return one(start, count, { file: values.calendar, asJson: values.json === true, locale });
}

/** A count such as -3 is no option: it is read as the count that it was meant for, and refused as one. */
function countsLast(args: readonly string[]): string[] {
  const negative = args.filter((one) => /^-\d/.test(one));
  return negative.length === 0 ? [...args] : [...args.filter((one) => !negative.includes(one)), '--', ...negative];
}

interface How { readonly file: string | undefined; readonly asJson: boolean; readonly locale: Locale }

async function one(start: string, count: string, { file, asJson, locale }: How): Promise<number> {
  const texts = loadTexts(localesDir);
  try {
    const { day, provisional } = (await calendarIn(file)).add(start, wholeNumber(count));
    if (asJson) process.stdout.write(`${JSON.stringify({ start, workingDays: Number(count), deadline: day, provisional })}\n`);
    else process.stdout.write(`${day}\n`);
    if (provisional && !asJson) process.stderr.write(`${texts.say(locale, 'workdays:provisional', { start, deadline: day })}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const title = texts.say(locale, `workdays:refusal.${error.code.split('.')[1] ?? ''}`, error.details);
    if (asJson) process.stdout.write(`${JSON.stringify({ start, refused: { code: error.code, title, details: error.details } })}\n`);
    else process.stderr.write(`${title}\n`);
    return 1;
  }
}

function sayRefused(error: unknown, texts: Texts, locale: Locale): undefined {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${texts.say(locale, `workdays:refusal.${error.code.split('.')[1] ?? ''}`, error.details)}\n`);
  return undefined;
}

/** A count as it is typed: digits alone; all else is refused as a count by the calendar, with its text. */
function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Refusal('workdays.bad_count', { count: text.slice(0, 40) });
  return Number(text);
}

async function inBatch(name: string, calendarFile: string | undefined, locale: Locale): Promise<number> {
  const texts = loadTexts(localesDir);
  const calendar = await calendarIn(calendarFile).catch((error: unknown) => sayRefused(error, texts, locale));
  if (calendar === undefined) return 1;
  const file = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
  if (name !== '-' && (await stat(file).catch(() => undefined))?.isDirectory() !== false) throw new Error(inBoth('cli:no_file', { file }));
  let held = '';
  const complain = ({ line, key, details }: BadRow): void => {
    held += `${texts.say(locale, 'workdays:bad_row', { line, reason: texts.say(locale, `workdays:${key}`, details) })}\n`;
    if (held.length > HELD) tell();
  };
  const tell = (): void => {
    process.stderr.write(held);
    held = '';
  };
  const { rows, bad, fault } = await countRows(name === '-' ? process.stdin : createReadStream(file), process.stdout, calendar, complain);
  if (bad > 0) held += `${texts.say(locale, 'workdays:bad_rows', { count: bad, rows })}\n`;
  if (fault !== null) held += `${texts.say(locale, `workdays:${fault.key}`, fault.details)}\n`;
  tell();
  return bad > 0 || fault !== null ? 1 : 0;
}
