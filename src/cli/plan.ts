// `plan FACTS.json...`: which approvals a project needs and why, and its plan in every mode. Opens no database: catalogue, overlays and
// facts come from files. With --json one line for each file.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { applicability, openFacts, trackOf, type Applied } from '../features/approvals/planning/applicability.ts';
import { overlayFrom } from '../features/approvals/catalogue/cataloguefile.ts';
import { faultsOf } from '../features/approvals/catalogue/check.ts';
import { Catalogue, type Facts, type Overlay } from '../features/approvals/catalogue/shape.ts';
import { effective, type Effective } from '../features/approvals/catalogue/effective.ts';
import { factNamed } from '../features/approvals/planning/facts.ts';
import { factsGiven, Given } from '../features/approvals/planning/given.ts';
import { plansOf, type Plans } from '../features/approvals/planning/modes.ts';
import { forecast, type Forecast } from '../features/approvals/planning/range.ts';
import { NATIONAL, OVERLAYS, overlayNamed } from '../features/approvals/catalogue/standard.ts';
import { sayReason, type Say } from '../features/approvals/planning/words.ts';
import { chinaDay } from '../kernel/clock.ts';
import { isDay } from '../kernel/days.ts';
import { Refusal, refuse } from '../kernel/refuse.ts';
import type { WorkCalendar } from '../kernel/workdays.ts';
import { localesDir } from '../platform/root.ts';
import { loadTexts, type Locale, type Texts } from '../platform/texts.ts';
import { checker } from '../platform/validate.ts';
import { calendarIn } from './calendar.ts';
import { planTable } from './plantable.ts';

const HELP = `npm run -s yugong -- plan FACTS.json... [--start YYYY-MM-DD] [--overlay CODE]... [--list FILE.xlsx] [--catalogue FILE] [--calendar FILE] [--limits statutory|promised] [--seed N] [--json] [--lang en]

  FACTS.json          the answers to the questionnaire and what else is known of the project (docs/approvals.md)
  --start DAY         the day of the start, which itself does not count; today where nothing is said
  --overlay CODE      lay an overlay over the catalogue: henan, tangshan-2019; may be given several times
  --list FILE.xlsx    lay a published list of items with promised days over it; what was not matched is told on standard error
  --catalogue FILE    another catalogue instead of the national one
  --calendar FILE     notices and local days laid over the national calendar, JSON or CSV (docs/workdays.md)
  --limits KIND       promised limits (the default) or statutory ones
  --seed N            seed of the range where the file gives really finished durations
  --json              one JSON line on standard output for each file
`;

/** Made once: there may be thousands of files. */
const givenIn = checker(Given);

export interface Answer {
  readonly name: string;
  readonly catalogue: string;
  readonly start: string;
  readonly applied: readonly Applied[];
  readonly ask: ReturnType<typeof openFacts>;
  /** null while the facts name no track. */
  readonly plans: Plans | null;
  readonly forecast: Forecast | null;
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args], allowPositionals: true,
    options: { start: { type: 'string' }, overlay: { type: 'string', multiple: true }, list: { type: 'string' }, catalogue: { type: 'string' }, calendar: { type: 'string' }, limits: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' }, help: { type: 'boolean' } },
  });
  const wrong = (values.limits !== undefined && values.limits !== 'statutory' && values.limits !== 'promised') || (values.seed !== undefined && !/^\d{1,10}$/.test(values.seed));
  if (values.help === true || positionals.length === 0 || wrong) {
    process.stdout.write(HELP);
    return values.help === true ? 0 : 2;
  }
  const texts = loadTexts(localesDir);
  const locale = values.lang === 'en' ? 'en' : 'zh-CN';
  const asJson = values.json === true;
  let failed = 0;
  try {
    const start = values.start ?? chinaDay(new Date());
    if (!isDay(start)) refuse('approvals.start_day', { day: start.slice(0, 40) });
    const desk: Desk = { laid: await catalogueFor(values, start, texts, locale), start, limits: values.limits === 'statutory' ? 'statutory' : 'promised', seed: Number(values.seed ?? 1), calendar: await calendarIn(values.calendar), texts, locale };
    for (const file of positionals) {
      try {
        const answer = await answerFor(desk, file);
        await write(asJson ? `${JSON.stringify(lineOf(desk, file, answer))}\n` : `${planTable(answer, desk.laid, sayer(texts, locale), locale).join('\n')}\n${file === positionals.at(-1) ? '' : '\n'}`);
      } catch (error) {
        failed += 1;
        tell(error, file, asJson, texts, locale);
      }
    }
  } catch (error) {
    failed += 1;
    tell(error, null, asJson, texts, locale);
  }
  return failed > 0 ? 1 : 0;
}

/** What is the same for every file of a call. */
interface Desk {
  readonly laid: Effective;
  readonly start: string;
  readonly limits: 'statutory' | 'promised';
  readonly seed: number;
  readonly calendar: WorkCalendar;
  readonly texts: Texts;
  readonly locale: Locale;
}

function sayer(texts: Texts, locale: Locale): Say {
  return (key, values) => texts.say(locale, `approvals:${key}`, values);
}

interface Layers {
  readonly catalogue?: string | undefined;
  readonly overlay?: readonly string[] | undefined;
  readonly list?: string | undefined;
}

async function catalogueFor({ catalogue: file, overlay: codes = [], list }: Layers, day: string, texts: Texts, locale: Locale): Promise<Effective> {
  const base = file === undefined ? NATIONAL : checker(Catalogue)(await jsonIn(file));
  const overlays = codes.map((code) => overlayNamed(code) ?? refuse('approvals.no_overlay', { overlay: code, known: OVERLAYS.map((one) => one.code).join(', ') }));
  const laid = effective(base, list === undefined ? overlays : [...overlays, await listed(list, base, day, texts, locale)], day);
  const faults = faultsOf(laid.catalogue);
  if (faults.length > 0) refuse('approvals.catalogue', { faults: faults.map((one) => `${one.path}: ${texts.say(locale, `approvals:fault.${one.code}`, { what: one.what })}`).join('; '), list: faults });
  return laid;
}

/** The reader of workbooks is loaded only where there is one. */
async function listed(name: string, base: Catalogue, day: string, texts: Texts, locale: Locale): Promise<Overlay> {
  const { readWorkbook } = await import('../platform/sheets/read.ts');
  const workbook = await readWorkbook({ name, path: placeOf(name) }).catch((error: unknown) => (error instanceof Refusal ? Promise.reject(error) : refuse('approvals.bad_file', { file: name })));
  const title = path.basename(name).slice(0, 300);
  const { overlay, rows, counts } = overlayFrom(workbook, base, { code: 'list', version: day, name: { zh: title, en: title }, from: day });
  const open = rows.filter((one) => one.state !== 'matched').map((one) => `  ${one.listed.row} ${one.listed.name}${one.code === null ? '' : ` ~ ${one.code} ${one.score.toFixed(2)}`}\n`).join('');
  process.stderr.write(`${texts.say(locale, 'approvals:plan.list', counts)}\n${open}`);
  return overlay;
}

async function answerFor({ laid, start, limits, seed, calendar, texts, locale }: Desk, file: string): Promise<Answer> {
  const given = givenIn(await jsonIn(file));
  const facts: Facts = factsGiven(given, ({ fact, code }) => texts.say(locale, `approvals:fact_fault.${code}`, { fact: code === 'unknown_fact' ? fact : texts.say(locale, `approvals:fact.${fact}.label`), most: factNamed(fact)?.most ?? '' }));
  const applied = applicability(laid.catalogue, facts);
  const input = { catalogue: laid.catalogue, facts, start, calendar, limits, progress: given.progress, durations: given.durations, stops: given.stops };
  const tracked = trackOf(facts) !== null;
  return {
    name: given.name ?? path.basename(file, '.json'), catalogue: laid.label, start, applied, ask: openFacts(applied), plans: tracked ? plansOf(input) : null,
    forecast: tracked && given.history !== undefined ? forecast(input, { history: given.history, seed }) : null,
  };
}

function lineOf({ texts, locale }: Desk, file: string, { applied, plans, ...rest }: Answer): object {
  const say = sayer(texts, locale);
  const items = applied.map(({ item, verdict, reason }) => ({ code: item.code, name: item.name, stage: item.stage, verdict, reason, why: sayReason(say, reason) }));
  return { file, ...rest, items, ...(plans === null ? { plans: null } : plans) };
}

async function jsonIn(name: string): Promise<unknown> {
  const text = await readFile(placeOf(name), 'utf8').catch(() => refuse('approvals.no_file', { file: name }));
  try {
    const content: unknown = JSON.parse(text);
    return content;
  } catch {
    return refuse('approvals.bad_json', { file: name });
  }
}

function placeOf(name: string): string {
  return path.resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
}

function tell(error: unknown, file: string | null, asJson: boolean, texts: Texts, locale: Locale): void {
  if (!(error instanceof Refusal)) throw error;
  const [area = '', reason = ''] = error.code.split('.');
  const title = texts.say(locale, `${area}:refusal.${reason}`, error.details);
  if (asJson) process.stdout.write(`${JSON.stringify({ file, refused: { code: error.code, title, details: error.details } })}\n`);
  else process.stderr.write(`${file === null ? '' : `${file}: `}${title}${error.code === 'platform.invalid' ? placesOf(error.details['errors']) : ''}\n`);
}

/** Where a file is not of the form: the form itself stands in docs/approvals.md. */
function placesOf(errors: unknown): string {
  const places = Array.isArray(errors) ? errors.map((one: unknown) => (typeof one === 'object' && one !== null && 'path' in one ? String(one.path) : '')).filter((place) => place !== '') : [];
  return places.length === 0 ? '' : ` (${[...new Set(places)].join(', ')})`;
}

/** Waits where the reader is slow. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve).once('close', resolve));
}
