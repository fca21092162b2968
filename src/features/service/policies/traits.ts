// What may be known of an enterprise: the traits that conditions ask for, as data, and what a value of each must look like. Pure.
import { refuse } from '../../../kernel/refuse.ts';
import traits from '../data/traits.json' with { type: 'json' };

export type TraitKind = 'flag' | 'number' | 'money' | 'percent' | 'year' | 'choice' | 'industry' | 'place';
export type TraitValue = boolean | number | string;
export interface Words { readonly zh: string; readonly en: string }

export interface Trait {
  readonly code: string;
  readonly kind: TraitKind;
  readonly name: Words;
  readonly unit: Words | undefined;
  readonly options: readonly { readonly code: string; readonly name: Words }[];
}

const KINDS: readonly TraitKind[] = ['flag', 'number', 'money', 'percent', 'year', 'choice', 'industry', 'place'];

export const TRAITS: readonly Trait[] = traits.map((one) => ({
  code: one.code, kind: KINDS.find((kind) => kind === one.kind) ?? 'number', name: { zh: one.zh, en: one.en }, unit: 'unit' in one ? one.unit : undefined,
  options: 'options' in one ? (one.options ?? []).map((option) => ({ code: option.code, name: { zh: option.zh, en: option.en } })) : [],
}));

export function traitOf(code: string): Trait | undefined {
  return TRAITS.find((one) => one.code === code);
}

const INDUSTRY = /^[A-T]([0-9]{2})?$/;
const ID = /^[0-9a-f-]{36}$/;
const MOST = 9_000_000_000_000_000;

/** Money is in fen, a share in basis points: whole numbers both. */
export function isValue(trait: Trait, value: unknown): value is TraitValue {
  switch (trait.kind) {
    case 'flag': return typeof value === 'boolean';
    case 'choice': return typeof value === 'string' && trait.options.some((one) => one.code === value);
    case 'industry': return typeof value === 'string' && INDUSTRY.test(value);
    case 'place': return typeof value === 'string' && ID.test(value);
    case 'year': return isWhole(value) && value >= 1900 && value <= 2100;
    case 'percent': return isWhole(value) && value <= 10_000;
    default: return isWhole(value);
  }
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST;
}

export function checkValue(code: string, value: TraitValue): void {
  const trait = traitOf(code) ?? refuse('knowledge.trait_unknown', { trait: code });
  if (!isValue(trait, value)) refuse('knowledge.trait_value', { trait: code, errors: [{ path: code, code: 'knowledge.trait_value', params: {} }] });
}
