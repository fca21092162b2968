// `schedule FILE...`: early and late dates, floats and the critical path of networks in files, one answer a file. Opens no database and
// loads nothing that would: thousands of files are seconds of work.
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { Refusal } from '../kernel/refuse.ts';
import { localesDir } from '../platform/root.ts';
import { inBoth } from '../platform/spoken.ts';
import { loadTexts, type Locale, type Texts } from '../platform/texts.ts';
import { scheduleOf, type Answer } from '../features/approvals/schedules/answer.ts';
import { MOST_BYTES } from '../features/approvals/schedules/limits.ts';
import { calendarIn } from './calendar.ts';
import { columns } from './columns.ts';

const HELP = `npm run -s yugong -- schedule FILE... [--calendar FILE] [--json] [--lang en]

  FILE             a network in JSON, a Microsoft Project XML file or a Primavera XER file; - reads standard input
  --calendar FILE  notices and local days laid over the national calendar, JSON or CSV (docs/workdays.md)
  --json           one JSON object on standard output for each file
`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { calendar: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help === true || positionals.length === 0) {
    process.stdout.write(HELP);
    return values.help === true ? 0 : 2;
  }
  const working = await calendarIn(values.calendar).catch((error: unknown) => sayRefused(error, values.json === true));
  if (working === undefined) return 1;
  const texts = loadTexts(localesDir);
  const locale = values.lang === 'en' ? 'en' : 'zh-CN';
  const named = positionals.length > 1;
  let failed = 0;
  for (const file of positionals) {
    try {
      const answer = scheduleOf(await bytesOf(file), working);
      await say(values.json === true ? `${JSON.stringify(named ? { file, ...answer } : answer)}\n` : `${named ? `${file}\n` : ''}${tableOf(answer, texts, locale)}\n`);
    } catch (error) {
      const refused = refusalIn(error, file);
      failed += 1;
      if (values.json === true) await say(`${JSON.stringify({ ...(named ? { file } : {}), refused })}\n`);
      process.stderr.write(`${named ? `${file}: ` : ''}${inBoth(keyOf(refused.code), refused.details, '\n')}\n`);
    }
  }
  return failed > 0 ? 1 : 0;
}

function sayRefused(error: unknown, asJson: boolean): undefined {
  if (!(error instanceof Refusal)) throw error;
  const { code, details } = error;
  if (asJson) process.stdout.write(`${JSON.stringify({ refused: { code, title: inBoth(keyOf(code), details), details } })}\n`);
  process.stderr.write(`${inBoth(keyOf(code), details, '\n')}\n`);
  return undefined;
}

async function bytesOf(name: string): Promise<Uint8Array> {
  const file = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
  // One byte more than is allowed tells that there is more.
  const stream = name === '-' ? process.stdin : createReadStream(file, { end: MOST_BYTES });
  return buffer(stream);
}

function refusalIn(error: unknown, file: string): { code: string; title: string; details: Refusal['details'] } {
  const told = error instanceof Refusal ? error : noFile(error, file);
  if (told === undefined) throw error;
  return { code: told.code, title: inBoth(keyOf(told.code), told.details), details: told.details };
}

function noFile(error: unknown, file: string): Refusal | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES' || code === 'ENOTDIR' ? new Refusal('schedules.no_file', { file }) : undefined;
}

function keyOf(code: string): string {
  return code.replace('.', ':refusal.');
}

/** Waits where the reader is slow: two thousand answers are not held in memory. */
async function say(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve).once('close', resolve));
}

function tableOf(answer: Answer, texts: Texts, locale: Locale): string {
  const word = (key: string, values = {}): string => texts.say(locale, `schedules:table.${key}`, values);
  const dated = answer.start !== undefined;
  const named = answer.activities.some((one) => one.name !== undefined);
  const head = ['id', ...(named ? ['name'] : []), 'early_start', 'early_finish', 'late_start', 'late_finish', 'float', 'free_float', 'critical', ...(dated ? ['start', 'finish'] : [])].map((key) => word(key));
  const rows = answer.activities.map((one) => [
    one.id, ...(named ? [one.name ?? ''] : []), ...[one.earlyStart, one.earlyFinish, one.lateStart, one.lateFinish, one.float, one.freeFloat].map((value) => String(Math.round(value * 1000) / 1000)), one.critical ? '*' : '',
    ...(dated ? [one.start ?? '', one.finish ?? ''] : []),
  ]);
  const sum = word(answer.unit, { duration: answer.duration }) + (dated ? word('span', { start: answer.start, finish: answer.finish }) : '');
  return [sum, ...(answer.provisional === true ? [word('provisional')] : []), ...columns([head, ...rows])].join('\n');
}
