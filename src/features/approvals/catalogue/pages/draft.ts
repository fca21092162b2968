// An item while it is being changed: what of it goes to the server, and where a fault that the server found stands. Pure.
import type { ItemPatch } from '../shape.ts';
import type { Item } from '../shape.ts';
import { FIELDS, type Field } from '../contract.ts';
import type { LayerView } from './words.ts';

export interface ItemChange {
  readonly patch: ItemPatch;
  readonly reset: readonly Field[];
}

/** The fields that differ from the start; of an overlay those that it gave and that are again as below are given back. */
export function changeOf(start: Item, draft: Item, { below, says }: Pick<LayerView, 'below' | 'says'>): ItemChange {
  const changed = FIELDS.filter((field) => !same(start[field], draft[field]));
  const reset = changed.filter((field) => below !== null && says.includes(field) && same(below[field], draft[field]));
  return { patch: picked(draft, changed.filter((field) => !reset.includes(field))), reset };
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function picked(item: Item, fields: readonly Field[]): ItemPatch {
  return Object.fromEntries(fields.map((field) => [field, item[field]]));
}

/** A fault at a place of the item: `statutory.0.basis`; empty for what belongs to the item as a whole. */
export interface PlacedFault {
  readonly path: string;
  readonly message: string;
}

const FIELDS_OF_NUMBERS = { days: 'days', extensionDays: 'extension', months: 'months', extensions: 'extensions', extensionMonths: 'extensionMonths', validityMonths: 'months', conversionDays: 'days', promiseDays: 'days' } as const;
type NumberField = (typeof FIELDS_OF_NUMBERS)[keyof typeof FIELDS_OF_NUMBERS];

export interface BadNumber {
  readonly path: string;
  /** The field's name in the words of the catalogue; null: a number that a rule compares with. */
  readonly field: NumberField | null;
}

/** Numbers that are none, or not whole where days are counted: said before anything is asked, because what is sent would not say which it was. */
export function badNumbers(value: unknown, path = ''): BadNumber[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]): BadNumber[] => {
    const at = path === '' ? key : `${path}.${key}`;
    const field = Object.entries(FIELDS_OF_NUMBERS).find(([name]) => name === key)?.[1];
    // A draft that was stored has nothing where it had no number. What lies outside the clock may have no days.
    if (part === null) return field === 'days' && !at.startsWith('outside.') ? [{ path: at, field }] : [];
    if (typeof part !== 'number') return badNumbers(part, at);
    if (field === undefined) return Number.isFinite(part) ? [] : [{ path: at, field: null }];
    return Number.isInteger(part) ? [] : [{ path: at, field }];
  });
}

/** Takes away what stands before the item: `items.P09.statutory.0` and `draft.patch.statutory.0` are both `statutory.0`. */
export function placeOf(path: string, code: string): string {
  // Of a layer without its items the places are those of the whole.
  if (code === '' && /^(flows|milestones|bundles|simulation|promiseDays)\b/.test(path)) return path;
  for (const start of [`items.${code}.`, 'draft.patch.', 'patch.', 'draft.sources.', 'sources.']) {
    if (path.startsWith(start)) return start.endsWith('sources.') ? `sources.${path.slice(start.length)}` : path.slice(start.length);
  }
  return '';
}

/** What is wrong at a place: there, or anywhere within where `deep`. */
export function faultAt(faults: readonly PlacedFault[], path: string, deep = false): string | undefined {
  return faults.find((one) => one.path === path || (deep && one.path.startsWith(`${path}.`)))?.message;
}

/** Faults that no input shows: they stand above all. `shown`: the places that have an input. */
export function looseFaults(faults: readonly PlacedFault[]): readonly PlacedFault[] {
  return faults.filter((one) => one.path === '');
}
