// What may be done to the tree of organisations. Pure.
import { gramsOf } from '../../../kernel/grams.ts';
import { refuse } from '../../../kernel/refuse.ts';

export interface OrganisationFacts {
  readonly id: string;
  readonly parent_id: string | null;
  readonly path: readonly string[];
  readonly kind: string;
  readonly name: string;
  readonly short_name: string | null;
  readonly name_en: string | null;
  readonly code: string | null;
  readonly duties: readonly string[];
  readonly sort: number;
  readonly active: boolean;
  readonly version: number;
}

export interface Named { readonly name: string; readonly shortName: string | null; readonly nameEn: string | null; readonly code: string | null; readonly pinyin: string }

/** What an organisation is found by: its names, its initials and its code. */
export function gramsFor({ name, shortName, nameEn, code, pinyin }: Named): number[] {
  return [...new Set([gramsOf(name, pinyin, code), ...[shortName, nameEn].map((other) => gramsOf(other ?? '', '', null))].flat())];
}

/** Levels of the tree: zone, department, bureau, office … nobody needs more, and a reader's path stays short. */
export const MAX_DEPTH = 8;

export function refuseParent(parent: OrganisationFacts | undefined, moved?: OrganisationFacts): OrganisationFacts {
  if (parent === undefined) refuse('platform.invalid', { errors: [{ path: 'parentId', rule: 'parent', code: 'people.no_parent', params: {} }] });
  if (!parent.active) refuse('people.parent_closed', { name: parent.name });
  if (moved !== undefined && parent.path.includes(moved.id)) refuse('people.circle', { name: moved.name, parent: parent.name });
  if (parent.path.length >= MAX_DEPTH) refuse('people.too_deep', { levels: MAX_DEPTH });
  return parent;
}

export interface Fields {
  readonly parentId?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly shortName?: string | null;
  readonly nameEn?: string | null;
  readonly code?: string | null;
  readonly sort?: number;
}

const COLUMNS = { parentId: 'parent_id', kind: 'kind', name: 'name', shortName: 'short_name', nameEn: 'name_en', code: 'code', sort: 'sort' } as const;
type FieldName = keyof typeof COLUMNS;
const FIELD_NAMES: readonly FieldName[] = ['parentId', 'kind', 'name', 'shortName', 'nameEn', 'code', 'sort'];

export interface Difference {
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** The fields that an edit really changes; texts without white space at their ends, empty ones as nothing. */
export function difference(current: OrganisationFacts, input: Fields): Difference {
  if (current.parent_id === null && (input.parentId !== undefined || input.kind !== undefined)) refuse('people.zone_fixed', {});
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const name of FIELD_NAMES) {
    const given = input[name];
    if (given === undefined) continue;
    const value = tidy(given);
    if (value === current[COLUMNS[name]]) continue;
    before[name] = current[COLUMNS[name]];
    after[name] = value;
  }
  return { before, after };
}

export function tidy(value: string | number | null | undefined): string | number | null {
  if (typeof value !== 'string') return value ?? null;
  const text = value.trim();
  return text === '' ? null : text;
}

export function refuseClose(current: OrganisationFacts, holds: { readonly children: number; readonly users: number }): void {
  if (current.parent_id === null) refuse('people.zone_fixed', {});
  if (!current.active) refuse('people.closed_already', {});
  if (holds.children > 0) refuse('people.has_children', { count: holds.children });
  if (holds.users > 0) refuse('people.has_users', { count: holds.users });
  if (current.duties.length > 0) refuse('people.has_duties', { count: current.duties.length });
}
