// The fields of an item as they are said when two people changed one: short, in the reader's words, whole where it matters.
import type { Lang, T } from '../../../../web/i18n.ts';
import { same, type MergeWords } from '../../../../web/form/merge.ts';
import type { After, Item, ItemPatch, Limit, Outside, Words } from '../shape.ts';
import { FIELDS, type Field } from '../contract.ts';
import { sayDepartment } from './department.ts';
import { pick, sayBasis, sayDays, sayRule, sayValidity, type Whole } from './words.ts';

export interface Ground {
  readonly t: T;
  readonly lang: Lang;
  readonly sources: Whole['sources'];
  readonly names: readonly { readonly code: string; readonly name: Words }[];
}

/** What is edited of an item: all its fields, and sources that were added. */
export type Edited = Item & { readonly added: Whole['sources'] };

export function wordsOf(ground: Ground): { readonly [K in Field]: MergeWords } {
  const { t } = ground;
  const entries = FIELDS.map((field): [Field, MergeWords] => [field, { label: t(`catalogue.field.${field}`), show: (value) => (value === null || value === undefined ? '—' : sayField(field, { [field]: value }, ground)) }]);
  return Object.fromEntries(entries) as { [K in Field]: MergeWords }; // an edge: fromEntries forgets its keys; FIELDS names every one
}

/** A field of an item, a line for each of its parts. */
function sayField(field: Field, item: ItemPatch, ground: Ground): string {
  const { t, lang } = ground;
  const yes = (on: boolean | undefined): string => t(on === true ? 'catalogue.yes' : 'catalogue.no');
  switch (field) {
    case 'name': return item.name === undefined ? '' : `${item.name.zh}\n${item.name.en}`;
    case 'note': return item.note === null || item.note === undefined ? '' : pick(item.note, lang);
    case 'stage': return item.stage === undefined ? '' : `${item.stage} ${t(`stage.${item.stage}`)}`;
    case 'departments': return item.departments === undefined ? '' : [item.departments.lead, ...item.departments.with].map((one) => sayDepartment(one, t)).join(t('list'));
    case 'statutory': return lines((item.statutory ?? []).map((one) => sayLimit(one, ground)), t);
    case 'promised': return lines((item.promised ?? []).map((one) => sayLimit(one, ground)), t);
    case 'outside': return lines((item.outside ?? []).map((one) => sayOutside(one, ground)), t);
    case 'tracks': return lines((['enterprise', 'government'] as const).map((track) => {
      const use = item.tracks?.[track];
      return `${t(`catalogue.tracks.${track}`)}${t('colon')}${use === undefined ? t('catalogue.notOnTrack') : `${sayRule(use.need, t)}\n${t('catalogue.afterTitle')}${t('colon')}${sayAfters(use.after, ground)}`}`;
    }), t);
    case 'materials': return lines([...(item.materials?.main ?? []).map((one) => one.zh), ...(item.materials?.secondary ?? []).map((one) => `${one.zh}（${t('catalogue.mark.deferrable')}）`)], t);
    case 'validity': return item.validity === null || item.validity === undefined ? t('catalogue.validityNone') : sayValidity(item.validity, t);
    case 'promiseWhen': return item.promiseWhen === null || item.promiseWhen === undefined ? '—' : sayRule(item.promiseWhen, t);
    case 'simulatable': return item.simulatable === undefined ? '' : t(`catalogue.simulatable.${item.simulatable}`);
    case 'promise': return item.promise === undefined ? '' : t(`catalogue.promise.${item.promise}`);
    case 'deferrable': return yes(item.deferrable);
    case 'silentConsent': return yes(item.silentConsent);
    case 'gates': return lines((item.gates ?? []).map((one) => t(`catalogue.gate.${one}`)), t);
    case 'quota': return item.quota === null || item.quota === undefined ? t('catalogue.noQuota') : t(`catalogue.quota.${item.quota}`);
    case 'group': return item.group ?? t('catalogue.noGroup');
    case 'regional': return item.regional ?? t('catalogue.noRegional');
  }
}

function lines(said: readonly string[], t: T): string {
  return said.length === 0 ? t('catalogue.none') : said.join('\n');
}

function sayLimit({ days, unit, when, basis }: Limit, { t, lang, sources }: Ground): string {
  return `${sayDays(days, unit, t)}${when === undefined ? '' : `${t('comma')}${t('catalogue.limit.when', { rule: sayRule(when, t) })}`}${t('comma')}${sayBasis(basis, sources, t, lang)}`;
}

function sayOutside({ kind, days, unit }: Outside, { t }: Ground): string {
  return `${t(`catalogue.outsideKind.${kind}`)} ${days === null ? t('catalogue.daysOpen') : sayDays(days, unit, t)}`;
}

export function sayAfters(after: readonly After[], { t, lang, names }: Pick<Ground, 't' | 'lang' | 'names'>): string {
  const item = (code: string): string => {
    const found = names.find((one) => one.code === code);
    return found === undefined ? code : `${code} ${pick(found.name, lang)}`;
  };
  const said = after.map((one) => ('either' in one ? one.either.map(item).join(` ${t('catalogue.rule.or')} `) : `${item(one.item)}${one.ifApplies === true ? `（${t('catalogue.ifApplies')}）` : ''}`));
  return said.length === 0 ? t('catalogue.afterNone') : said.join(t('list'));
}

/** What a draft of this browser holds, if it is an item. */
export function editedIn(values: Readonly<Record<string, unknown>>, code: string): Edited | undefined {
  return values['code'] === code && [...FIELDS, 'added'].every((field) => field in values) && same(Object.keys(values).length, FIELDS.length + 2) ? (values as Edited) : undefined; // an edge: this program wrote it; the server checks it
}
