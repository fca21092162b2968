// How the register's values are said to a reader: states, days with their grain, values of a field in a history. Pure.
import type { Format, Tone } from '../../../../web/format.ts';
import type { T } from '../../../../web/i18n.ts';
import { isField, kindOf } from '../fields.ts';

const TONES: readonly Tone[] = ['ok', 'warn', 'late', 'bad'];

/** A project that is set aside shows that; any other its light. */
export function stateOf(project: { readonly light: number; readonly sideState: string | null }, t: T): { tone: Tone; word: string } {
  if (project.sideState !== null) return { tone: 'off', word: t(`side.${project.sideState}`) };
  return { tone: TONES[project.light] ?? 'off', word: t(`light.${String(project.light)}`) };
}

/** A day as precisely as it was given: 2023年, 2023年10月, 2023年10月8日, 2023年10月31日前. */
export function sayWhen(day: string | null, grain: string | null, format: Format, t: T): string | undefined {
  if (day === null) return undefined;
  if (grain === 'year') return t('when.year', { year: day.slice(0, 4) });
  if (grain === 'month') return format.month(day);
  return grain === 'range' ? t('when.by', { day: format.day(day) }) : format.day(day);
}

/** A history line shows the beginning of a long text; the record shows all of it. */
const LONGEST = 120;
const WORDS: Readonly<Record<string, string>> = { kind: 'kind', level: 'level', nature: 'nature', stage: 'stage', sideState: 'side', duty: 'duty' };

/** A value out of an event, in words: money with its unit, choices by name, organisations and people by theirs. */
export function sayValue(field: string, value: unknown, names: Readonly<Record<string, string>>, format: Format, t: T): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (/Fen(?:\.\d{4})?$/.test(field) && typeof value === 'number') return format.money(value).text;
  if (field.endsWith('Grain')) return t(`grain.${String(value)}`);
  if (typeof value === 'string') {
    const area = WORDS[field];
    if (area !== undefined) return t(`${area}.${value}`);
    if (names[value] !== undefined) return names[value];
    if (/^\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?$/.test(value)) return `${format.day(value)}${value.slice(10)}`;
    if (/^\d{4}-\d{2}$/.test(value)) return format.month(value);
    return cut(value);
  }
  if (Array.isArray(value)) return cut(value.map((one: unknown) => sayPart(one, format)).join(t('form.comma')));
  if (typeof value !== 'object') return String(value);
  return cut(Object.entries(value).map(([name, part]) => t('form.pair', { name, value: String(part) })).join(t('form.semicolon')));
}

// An external code, a milestone, or a plain word.
function sayPart(part: unknown, format: Format): string {
  if (typeof part !== 'object' || part === null) return String(part);
  if ('code' in part) return `${'system' in part ? String(part.system) : ''} ${String(part.code)}`;
  const day = 'actualDay' in part ? part.actualDay : 'forecastDay' in part ? part.forecastDay : 'plannedDay' in part ? part.plannedDay : undefined;
  return 'name' in part ? `${String(part.name)}${typeof day === 'string' ? ` ${format.day(day)}` : ''}` : JSON.stringify(part);
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The word of a field; an attribute that nobody named keeps its own. */
export function sayField(field: string, t: T): string {
  const [, base, year] = /^(planFen|target)\.(\d{4})$/.exec(field) ?? [];
  if (base !== undefined && year !== undefined) return `${year} ${t(`field.${base}`)}`;
  const word = t(`field.${field}`);
  return word === `field.${field}` ? field : word;
}

/** True for a day's grain: it is said together with its day. */
export function isGrain(field: string): boolean {
  return isField(field) && kindOf(field) === 'choice' && field.endsWith('Grain');
}
