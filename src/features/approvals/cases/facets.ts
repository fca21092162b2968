// The choices of the queue's filters with how many cases each would show. Pure.
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Words } from '../catalogue/shape.ts';
import { LEVELS, SIDES, STATUSES, type caseFacets } from './contract.ts';
import type { FacetRow, Filter } from './reads.ts';

type Facets = OutputOf<typeof caseFacets>;
type Dimension = 'org' | 'item' | 'level' | 'side' | 'status';

/** Each dimension is counted under the filters of the others: one that is chosen shows what its neighbours would add. */
export function facetsOf(rows: readonly FacetRow[], filter: Filter, nameOf: (item: string) => Words, orgNames: ReadonlyMap<string, string>): Facets {
  const chosen: Readonly<Record<Dimension, readonly string[]>> = { org: filter.orgId ?? [], item: filter.item ?? [], level: filter.level ?? [], side: filter.side ?? [], status: filter.status ?? [] };
  const counts = (wanted: Dimension): ReadonlyMap<string, number> => {
    const found = new Map<string, number>();
    for (const row of rows) {
      const value = row[wanted];
      if (value === null || !DIMENSIONS.every((one) => one === wanted || chosen[one].length === 0 || chosen[one].includes(row[one] ?? ''))) continue;
      found.set(value, (found.get(value) ?? 0) + row.count);
    }
    return found;
  };
  const [levels, sides, statuses, items, orgs] = [counts('level'), counts('side'), counts('status'), counts('item'), counts('org')];
  // What is chosen stays among the choices, also when nothing is left of it.
  const with0 = (found: ReadonlyMap<string, number>, more: readonly string[]): [string, number][] => [...found, ...more.filter((one) => !found.has(one)).map((one): [string, number] => [one, 0])];
  return {
    levels: LEVELS.map((value) => ({ value, count: levels.get(value) ?? 0 })), sides: SIDES.map((value) => ({ value, count: sides.get(value) ?? 0 })), statuses: STATUSES.map((value) => ({ value, count: statuses.get(value) ?? 0 })),
    items: with0(items, chosen.item).sort(([a], [b]) => (a < b ? -1 : 1)).map(([value, count]) => ({ value, name: nameOf(value), count })),
    orgs: with0(orgs, chosen.org).map(([value, count]) => ({ value, name: orgNames.get(value) ?? '', count })).filter((one) => one.name !== '').sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
  };
}

const DIMENSIONS: readonly Dimension[] = ['org', 'item', 'level', 'side', 'status'];
