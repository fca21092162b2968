// How long an item takes: the limit that holds for the facts, and what lies outside its clock. While a fact is unknown the longest limit
// that may hold counts. Never invents a limit: where none is known it says so.
import type { Basis, Facts, Item, Limit } from '../catalogue/shape.ts';
import { decide } from '../catalogue/kleene.ts';

export type LimitKind = 'statutory' | 'promised';

export interface Span {
  readonly days: number;
  readonly unit: 'working' | 'calendar';
}

export interface Chosen extends Span {
  /** Where the days come from; none: no limit is known and nothing is counted. */
  readonly from: LimitKind | 'given' | 'none';
  readonly basis: Basis | null;
  /** Done within another item. */
  readonly within: string | null;
}

/** Five working days a week: only to say which of two limits is the longer one. */
const rough = ({ days, unit }: Span): number => (unit === 'working' ? (days * 7) / 5 : days);

const NONE: Chosen = { days: 0, unit: 'working', from: 'none', basis: null, within: null };

/** The limit of the wanted kind, or of the other kind where the item has none of it. */
export function limitOf(item: Item, kind: LimitKind, facts: Facts): Chosen {
  const other = kind === 'promised' ? 'statutory' : 'promised';
  return chosen(item[kind], kind, facts) ?? chosen(item[other], other, facts) ?? NONE;
}

function chosen(limits: readonly Limit[], from: LimitKind, facts: Facts): Chosen | undefined {
  const possible: Limit[] = [];
  for (const one of limits) {
    const truth = one.when === undefined ? true : decide(one.when, facts).truth;
    if (truth !== false) possible.push(one);
    if (truth === true) break;
  }
  const [first, ...rest] = possible;
  if (first === undefined) return undefined;
  const { days, unit, basis, within } = rest.reduce((most, one) => (rough(one) > rough(most) ? one : most), first);
  return { days, unit, from, basis, within: within ?? null };
}

/** What follows the clock in every case: notices, listing, tender. Neighbours of one unit are one span. */
export function outsideOf(item: Item): Span[] {
  const spans: Span[] = [];
  for (const one of item.outside) {
    if (!one.always || one.days === null) continue;
    const last = spans.at(-1);
    if (last?.unit === one.unit) spans[spans.length - 1] = { days: last.days + one.days, unit: one.unit };
    else spans.push({ days: one.days, unit: one.unit });
  }
  return spans;
}

/** True where the item has no clock of its own and something always lies outside: land listing, tender. */
export function offClock(item: Item): boolean {
  return item.statutory.length === 0 && item.promised.length === 0 && item.outside.some((one) => one.always);
}
