// How items, reasons and days of a plan are said. The words stand in the locales; here they are only put together.
import type { Format, Tone } from '../../../../web/format.ts';
import type { T } from '../../../../web/i18n.ts';
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { GanttRow } from '../../../../web/gantt/types.ts';
import { factNamed } from '../facts.ts';
import type { PlannedItem, projectPlan, Why } from '../contract.ts';

export type Shown = OutputOf<typeof projectPlan>;
export type ShownPlan = NonNullable<Shown['plan']>;

export function named(name: { readonly zh: string; readonly en: string }, format: Format): string {
  return format.lang === 'en' ? name.en : name.zh;
}

/** Why an item is needed, not needed or open, as a sentence. */
export function sayWhy(why: Why, t: T, format: Format): string {
  if (why.key === 'rule') return why.by.map(({ test, have, truth }) => sayTest(test, have, truth, t, format)).join(t('planning.semicolon'));
  if (why.key === 'not_on_track') return t('reason.not_on_track', { track: why.track === null ? '' : t(`fact.track.choice.${why.track}`) });
  return t(`reason.${why.key}`);
}

function sayTest(test: Readonly<Record<string, unknown>>, have: unknown, truth: boolean | null, t: T, format: Format): string {
  const name = typeof test['fact'] === 'string' ? test['fact'] : '';
  const fact = t(`fact.${name}.label`);
  if (truth === null) return t('test.unknown', { fact });
  const value = sayValue(name, have, t, format);
  const op = ['gte', 'gt', 'lt'].find((one) => one in test);
  return op === undefined ? t('planning.why.is', { fact, value }) : t('planning.why.against', { fact, value, limit: t(`planning.why.${op}`, { value: sayValue(name, test[op], t, format) }), not: truth ? '' : t('planning.why.not') });
}

/** The value of a fact with its unit; empty where there is none. */
export function sayValue(name: string, value: unknown, t: T, format: Format): string {
  const definition = factNamed(name);
  if (typeof value === 'boolean') return t(`value.${String(value)}`);
  if (typeof value === 'string') return t(`fact.${name}.choice.${value}`);
  if (Array.isArray(value)) return value.length === 0 ? t('planning.nothing') : value.map((one) => t(`fact.${name}.choice.${String(one)}`)).join(t('list'));
  if (typeof value !== 'number') return '';
  if (definition?.unit === 'fen') return format.money(value).text;
  return definition?.unit === null || definition === undefined ? format.count(value, digitsOf(value)) : t('planning.amount', { number: format.count(value, digitsOf(value)), unit: t(`unit.${definition.unit}`) });
}

function digitsOf(value: number): number {
  return Number.isInteger(value) ? 0 : 2;
}

/** 15个工作日；另计30个自然日. */
export function sayDays(one: PlannedItem, t: T): string {
  const own = one.within !== null ? t('planning.within', { code: one.within }) : one.from === 'none' && one.days === 0 ? t('planning.noLimit') : t(`planning.days.${one.unit}`, { count: one.days });
  const outside = one.outside.map((span) => t('planning.outside', { days: t(`planning.days.${span.unit}`, { count: span.days }) }));
  return one.from === 'none' && outside.length > 0 && one.days === 0 ? outside.join(t('planning.semicolon')) : [own, ...outside].join(t('planning.semicolon'));
}

export interface Tag {
  readonly key: string;
  readonly word: string;
  readonly tone: Tone;
}

/** What is special about an item, the weightiest first. */
export function tagsOf(one: PlannedItem, t: T, format: Format, today: string): Tag[] {
  const tags: Tag[] = [];
  const add = (key: string, tone: Tone, word = t(`planning.tag.${key}`)): void => void tags.push({ key, word, tone });
  if (one.finished) add('finished', 'ok');
  if (one.driving && !one.finished) add('critical', 'late');
  if (one.verdict === 'clarify' && !one.finished) add('clarify', 'warn');
  if (one.simulated !== null) add('simulated', 'off');
  if (one.simulated?.expires === true) add('expires', 'bad', t('planning.tag.expires', { day: format.shortDay(one.simulated.lateDay, today) }));
  if (one.byPromise) add('promise', 'off');
  if (one.byRegional) add('regional', 'off');
  return tags;
}

/** 晚 12 个工作日, 早 3 个工作日, 按期. */
export function saySlip(days: number, t: T): string {
  return days === 0 ? t('planning.slip.on') : t(days > 0 ? 'planning.slip.late' : 'planning.slip.early', { count: Math.abs(days) });
}

export function toneOfSlip(days: number | null): Tone {
  return days === null ? 'off' : days <= 0 ? 'ok' : days > 30 ? 'bad' : days > 10 ? 'late' : 'warn';
}

/** The path as names: of a long one the first, and the last three. */
export function sayPath(plan: ShownPlan, t: T, format: Format): string {
  const names = new Map(plan.items.map((one) => [one.code, named(one.name, format)]));
  const path = plan.critical.map((code) => names.get(code) ?? code);
  const shown = path.length <= 6 ? path : [...path.slice(0, 3), t('planning.more', { count: path.length - 5 }), ...path.slice(-2)];
  return shown.join(t('planning.arrow'));
}

/** Rows of the Gantt by stage, in the order of their beginning; `whole` adds what comes after the start of works. */
export function rowsOf(plan: ShownPlan, whole: boolean, t: T, format: Format): GanttRow[] {
  const end = whole ? undefined : plan.begin.day;
  // A float that ends with the works would press everything before the start together.
  const floatTo = (day: string): string => (end === undefined || end === null || day < end ? day : end);
  const sorted = plan.items.filter((one) => whole || one.stage !== 'S4').toSorted((a, b) => (a.stage === b.stage ? (a.startDay === b.startDay ? (a.day < b.day ? -1 : 1) : a.startDay < b.startDay ? -1 : 1) : a.stage < b.stage ? -1 : 1));
  return sorted.map((one) => ({
    id: one.code, label: `${one.code} ${named(one.name, format)}`, group: t(`stage.${one.stage}`), state: 'off', critical: one.driving && !one.finished, point: one.startDay === one.day,
    ...(one.finished ? { actual: { from: one.startDay, to: one.day } } : { forecast: { from: one.startDay, to: one.day } }),
    ...(one.agreedDay === null ? {} : { baseline: { from: one.agreedDay < one.startDay ? one.agreedDay : one.startDay, to: one.agreedDay } }),
    ...(one.finished || one.floatDays <= 0 ? {} : { floatTo: floatTo(one.lateDay) }),
    note: one.finished ? t('planning.tag.finished') : one.driving ? t('planning.tag.critical') : t('planning.floats', { days: t(`planning.days.${one.unit}`, { count: one.floatDays }) }),
  }));
}
