// How the pages say what the catalogue holds: a name in the reader's language, a limit, a rule over facts. Only words; decides nothing.
import type { OutputOf } from '../../../../kernel/contract.ts';
import type { Lang, T } from '../../../../web/i18n.ts';
import type { After, Basis, Item, Rule, Validity, Words } from '../shape.ts';
import { sayValue } from '../../planning/words.ts';
import type { getItem } from '../contract.ts';

export type Whole = OutputOf<typeof getItem>;
export type LayerView = Whole['layers'][number];
export type ReadWord = Basis['read'];

export function pick(words: Words, lang: Lang): string {
  return lang === 'en' ? words.en : words.zh;
}

/** 20 个工作日, 当日. */
export function sayDays(days: number, unit: 'working' | 'calendar', t: T): string {
  return days === 0 ? t('catalogue.limit.now') : t(`catalogue.limit.${unit}`, { count: days });
}

/** 行政许可法 第42条. */
export function sayBasis(basis: Basis, sources: Whole['sources'], t: T, lang: Lang): string {
  const source = sources.find((one) => one.key === basis.source);
  const name = source === undefined ? basis.source : pick(source.name, lang);
  const article = basis.article === undefined ? '' : ` ${t('catalogue.limit.article', { article: basis.article })}`;
  return `${name}${article}${basis.byDefault === true ? `${t('comma')}${t('catalogue.limit.default')}` : ''}`;
}

/** A rule as a person reads it, groups within groups in brackets. */
export function sayRule(rule: Rule, t: T, within = false): string {
  if ('always' in rule) return t(rule.always ? 'catalogue.rule.always' : 'catalogue.rule.never');
  if ('not' in rule) {
    // A flag that is not set is false: shorter than a negation.
    const { not } = rule;
    if ('fact' in not && 'eq' in not && typeof not.eq === 'boolean') return sayRule({ fact: not.fact, eq: !not.eq }, t);
    return t('catalogue.rule.notText', { rule: sayRule(not, t) });
  }
  if ('all' in rule || 'any' in rule) {
    const parts = 'all' in rule ? rule.all : rule.any;
    const word = t('all' in rule ? 'catalogue.rule.and' : 'catalogue.rule.or');
    const said = parts.map((one) => sayRule(one, t, parts.length > 1)).join(` ${word} `);
    return within && parts.length > 1 ? t('catalogue.rule.group', { rule: said }) : said;
  }
  const kind = opOf(rule);
  const value = 'eq' in rule ? rule.eq : 'gte' in rule ? rule.gte : 'gt' in rule ? rule.gt : 'lt' in rule ? rule.lt : 'has' in rule ? rule.has : null;
  return t(`test.${kind}`, { fact: t(`fact.${rule.fact}.label`), value: sayValue(t, rule.fact, value) });
}

export const OPS = ['eq', 'gte', 'gt', 'lt', 'has', 'known'] as const;
export type Op = (typeof OPS)[number];

export function opOf(rule: Extract<Rule, { readonly fact: string }>): Op {
  return OPS.find((one) => one in rule) ?? 'known';
}

export function sayValidity(validity: Validity, t: T): string {
  return t(validity.extensions > 0 ? 'catalogue.validityText' : 'catalogue.validityPlain', { ...validity });
}

/** A value of an item that rests on something, and how it is known. */
export interface Place {
  /** statutory.0, tracks.enterprise: as `approvals.confirm_basis` takes it. */
  readonly place: string;
  readonly field: 'statutory' | 'promised' | 'outside' | 'validity' | 'tracks';
  readonly nth?: number;
  readonly track?: 'enterprise' | 'government';
  readonly read: ReadWord;
  readonly basis?: Basis;
  readonly checked?: Basis['checked'];
}

export function placesOf(item: Item): Place[] {
  const on = (field: Place['field'], place: string, basis: Basis, nth?: number): Place => ({ place, field, read: basis.read, basis, ...(nth === undefined ? {} : { nth }), ...(basis.checked === undefined ? {} : { checked: basis.checked }) });
  return [
    ...(['statutory', 'promised', 'outside'] as const).flatMap((field) => item[field].map((one, nth) => on(field, `${field}.${String(nth)}`, one.basis, nth))),
    ...(['enterprise', 'government'] as const).flatMap((track): Place[] => {
      const use = item.tracks[track];
      return use === undefined ? [] : [{ place: `tracks.${track}`, field: 'tracks', track, read: use.needRead, ...(use.needBasis === undefined ? {} : { basis: use.needBasis }), ...(use.needBasis?.checked === undefined ? {} : { checked: use.needBasis.checked }) }];
    }),
    ...(item.validity === null ? [] : [on('validity', 'validity', item.validity.basis)]),
  ];
}

/** Ways of being read of all values of an item that rest on something. */
export function readsOf(item: Item): ReadWord[] {
  return placesOf(item).map((one) => one.read);
}

export function codesIn(after: After): readonly string[] {
  return 'item' in after ? [after.item] : after.either;
}
