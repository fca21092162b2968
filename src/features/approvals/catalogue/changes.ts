// What a new version of the catalogue changes: item by item, and for each running project what appears, disappears and gets another limit.
// Says only; a running project keeps the version under which it was begun until someone decides otherwise.
import { apply } from '../planning/applicability.ts';
import type { Catalogue, Facts, Item, ItemPatch } from './shape.ts';
import { limitOf, type LimitKind } from '../planning/limits.ts';

export interface Running {
  readonly id: string;
  readonly facts: Facts;
  /** Items that are finished: nothing changes for them. */
  readonly finished: readonly string[];
}

export interface ItemChange {
  readonly code: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** The fields that differ, for `changed`. */
  readonly fields: readonly (keyof ItemPatch)[];
}

export interface LimitChange {
  readonly code: string;
  readonly kind: LimitKind;
  readonly before: number;
  readonly after: number;
}

export interface ProjectChange {
  readonly id: string;
  readonly appears: readonly string[];
  readonly disappears: readonly string[];
  /** Of items needed under both versions. */
  readonly limits: readonly LimitChange[];
}

export interface CatalogueChange {
  readonly items: readonly ItemChange[];
  /** Only projects for which something changes. */
  readonly projects: readonly ProjectChange[];
}

export function changes(before: Catalogue, after: Catalogue, running: readonly Running[]): CatalogueChange {
  const old = new Map(before.items.map((one) => [one.code, one]));
  const fresh = new Map(after.items.map((one) => [one.code, one]));
  const items = [...new Set([...old.keys(), ...fresh.keys()])].flatMap((code) => itemChange(code, old.get(code), fresh.get(code)));
  if (items.length === 0) return { items, projects: [] };
  const touched = new Set(items.map((one) => one.code));
  const projects = running.map((one) => projectChange(old, fresh, touched, one)).filter((one) => one.appears.length + one.disappears.length + one.limits.length > 0);
  return { items, projects };
}

function itemChange(code: string, before: Item | undefined, after: Item | undefined): ItemChange[] {
  if (before === undefined) return [{ code, kind: 'added', fields: [] }];
  if (after === undefined) return [{ code, kind: 'removed', fields: [] }];
  const fields = FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return fields.length === 0 ? [] : [{ code, kind: 'changed', fields }];
}

const FIELDS: readonly (keyof ItemPatch)[] = [
  'name', 'stage', 'departments', 'statutory', 'promised', 'outside', 'tracks', 'group', 'simulatable', 'deferrable', 'promise', 'promiseWhen', 'silentConsent', 'regional', 'validity',
  'materials', 'quota', 'gates', 'note',
];

function projectChange(old: ReadonlyMap<string, Item>, fresh: ReadonlyMap<string, Item>, touched: ReadonlySet<string>, { id, facts, finished }: Running): ProjectChange {
  const appears: string[] = [];
  const disappears: string[] = [];
  const limits: LimitChange[] = [];
  for (const code of touched) {
    if (finished.includes(code)) continue;
    const before = old.get(code);
    const after = fresh.get(code);
    const was = before !== undefined && apply(before, facts).verdict !== 'not_needed';
    const is = after !== undefined && apply(after, facts).verdict !== 'not_needed';
    if (is && !was) appears.push(code);
    if (was && !is) disappears.push(code);
    if (was && is) limits.push(...limitChanges(before, after, facts));
  }
  return { id, appears, disappears, limits };
}

function limitChanges(before: Item, after: Item, facts: Facts): LimitChange[] {
  return (['statutory', 'promised'] as const).flatMap((kind) => {
    const [was, is] = [limitOf(before, kind, facts), limitOf(after, kind, facts)];
    return was.days === is.days && was.unit === is.unit ? [] : [{ code: after.code, kind, before: was.days, after: is.days }];
  });
}
