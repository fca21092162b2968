// Conditions and traits in words: 从业人员不低于 300 人. Values as people read them, money in its unit, places by their names.
import type { Format } from '../../../../web/format.ts';
import type { Lang, T } from '../../../../web/i18n.ts';
import { industryName, pick } from '../../pages/names.ts';
import type { Test } from '../conditions.ts';
import { traitOf, type TraitValue } from '../traits.ts';

export interface Saying { readonly t: T; readonly lang: Lang; readonly format: Format; readonly places: readonly { readonly id: string; readonly name: string }[] }

export const traitName = (code: string, lang: Lang): string => {
  const trait = traitOf(code);
  return trait === undefined ? code : pick(trait.name, lang);
};

export function sayValue(code: string, value: TraitValue, { t, lang, format, places }: Saying): string {
  const trait = traitOf(code);
  if (typeof value === 'boolean') return t(value ? 'enterprise.yes_word' : 'enterprise.no_word');
  if (typeof value === 'string') {
    if (trait?.kind === 'industry') return `${industryName(value, lang)} ${value}`;
    if (trait?.kind === 'place') return places.find((one) => one.id === value)?.name ?? value;
    const option = trait?.options.find((one) => one.code === value);
    return option === undefined ? value : pick(option.name, lang);
  }
  switch (trait?.kind) {
    case 'money': return format.money(value).text;
    case 'percent': return format.percentBp(value);
    case 'year': return String(value);
    default: return trait?.unit === undefined ? format.count(value) : `${format.count(value)} ${pick(trait.unit, lang)}`;
  }
}

export function sayTest(test: Test, saying: Saying): string {
  const values = test.values === undefined ? (test.value === undefined ? '' : sayValue(test.trait, test.value, saying)) : test.values.map((one) => sayValue(test.trait, one, saying)).join(saying.t('list'));
  return saying.t(`say.${test.op}`, { trait: traitName(test.trait, saying.lang), values });
}

export const WINDOW_TONES = { open: 'ok', ending: 'warn', ahead: 'off', over: 'off', always: 'ok', ended: 'off' } as const;
export const FIT_TONES = { yes: 'ok', unknown: 'warn', no: 'off' } as const;
export const DELIVERY_TONES = { told: 'off', applied: 'warn', received: 'ok', declined: 'off' } as const;

export function sayWindow(one: { readonly window: keyof typeof WINDOW_TONES; readonly daysLeft: number | null }, t: T): string {
  if (one.daysLeft === null || one.window !== 'ending') return t(`window.${one.window}`);
  return one.daysLeft === 0 ? t('last_day') : t('days_left', { count: one.daysLeft });
}

export function saySpan(from: string | null, to: string | null, none: string, { t, format }: Pick<Saying, 't' | 'format'>): string {
  if (from === null && to === null) return none;
  if (to === null) return t('policy.open_end', { from: format.day(from) });
  return from === null ? t('policy.until', { to: format.day(to) }) : t('policy.span', { from: format.day(from), to: format.day(to) });
}
