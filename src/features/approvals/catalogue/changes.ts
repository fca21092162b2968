// What a new version of the catalogue changes: item by item, beside the items, and for each running project what appears, disappears and gets
// another limit. Says only; a running project keeps the version under which it was begun until someone decides otherwise.
import { apply } from '../planning/applicability.ts';
import { FRAME_FIELDS, type Catalogue, type Facts, type FrameField, type Item, type ItemPatch } from './shape.ts';
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
  /** What differs of flows, milestones, bundles and policy. */
  readonly frame: readonly FrameField[];
  /** What changes for a project. */
  readonly of: (one: Running) => ProjectChange;
  /** Whether its days may move: something differs that a plan is counted with. */
  readonly moves: (one: Running) => boolean;
}

export function changes(before: Catalogue, after: Catalogue): CatalogueChange {
  const old = new Map(before.items.map((one) => [one.code, one]));
  const fresh = new Map(after.items.map((one) => [one.code, one]));
  const items = [...new Set([...old.keys(), ...fresh.keys()])].flatMap((code) => itemChange(code, old.get(code), fresh.get(code)));
  const frame = FRAME_FIELDS.filter((field) => !same(before[field], after[field]));
  const touched = items.map((one) => one.code);
  const counted = items.filter((one) => one.kind !== 'changed' || one.fields.some((field) => COUNTED.has(field))).map((one) => one.code);
  const needed = (item: Item | undefined, facts: Facts): boolean => item !== undefined && apply(item, facts).verdict !== 'not_needed';
  return {
    items, frame, of: (one) => projectChange(old, fresh, touched, one),
    moves: ({ facts, finished }) => frame.length > 0 || counted.some((code) => !finished.includes(code) && (needed(old.get(code), facts) || needed(fresh.get(code), facts))),
  };
}

/** Fields by which the days of a plan are counted. */
const COUNTED: ReadonlySet<keyof ItemPatch> = new Set(['statutory', 'promised', 'outside', 'tracks', 'simulatable', 'deferrable', 'promise', 'promiseWhen', 'regional']);

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
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

function projectChange(old: ReadonlyMap<string, Item>, fresh: ReadonlyMap<string, Item>, touched: readonly string[], { id, facts, finished }: Running): ProjectChange {
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
