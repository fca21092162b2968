// How the monthly reports came in: on time, late, corrected afterwards, or not at all. Pure; January to June 2023.
import { addDays, addMonths } from '../kernel/days.ts';
import { MONTHS } from './calendar.ts';
import { dice } from './dice.ts';
import type { Seed } from './seeds.ts';

export type Filing =
  | { readonly month: string; readonly kind: 'missing' }
  | { readonly month: string; readonly kind: 'filed'; readonly day: string; readonly late: boolean; readonly corrected?: { readonly day: string; readonly firstShare: number } };

/** Reports on a month are due on the 5th of the next (a provincial rule of 2018); June is filed before the zone's clock stops. */
export const DUE_DAY_OF_NEXT_MONTH = 5;

export function filingsOf(seeds: readonly Seed[]): readonly (readonly Filing[])[] {
  const missing = chooseMissing(seeds);
  return seeds.map((seed) => MONTHS.map((month) => (missing.get(seed.key) === month ? { month, kind: 'missing' } : filed(seed, month))));
}

/** Nine reports never came: six for June (not yet due), two for May, one for April. */
function chooseMissing(seeds: readonly Seed[]): ReadonlyMap<string, string> {
  const silent = seeds.filter((seed) => !seed.published && seed.totalWan < 60_000 && ['O', 'B'].includes(seed.fate));
  const ranked = silent.map((seed) => ({ key: seed.key, at: dice('silent', seed.key).next() })).sort((a, b) => a.at - b.at);
  const found = new Map<string, string>();
  ['2023-06', '2023-06', '2023-06', '2023-06', '2023-06', '2023-06', '2023-05', '2023-05', '2023-04'].forEach((month, at) => {
    const one = ranked[at];
    if (one !== undefined) found.set(one.key, month);
  });
  return found;
}

function filed(seed: Seed, month: string): Filing {
  const roll = dice('filing', seed.key, month);
  const next = addMonths(month, 1);
  if (month === '2023-06') return { month, kind: 'filed', day: `2023-06-${roll.whole(26, 30)}`, late: false };
  const late = roll.chance(0.035);
  const day = late ? `${next}-${String(roll.whole(6, 10)).padStart(2, '0')}` : roll.chance(0.7) ? `${next}-0${roll.whole(1, 5)}` : `${month}-${roll.whole(26, 28)}`;
  if (!roll.chance(0.014)) return { month, kind: 'filed', day, late };
  return { month, kind: 'filed', day, late, corrected: { day: addDays(`${next}-05`, roll.whole(3, 15)), firstShare: roll.pick([0.1, 0.8, 0.9, 1.1, 10]) } };
}
