// Small pure derivations for what is shown: the days on which stages were entered, which evidence could meet a condition, distance.
import type { StageCode, Test } from './shape.ts';

interface Moved {
  readonly from_stage: StageCode;
  readonly to_stage: StageCode;
  readonly day: string;
  readonly backward: boolean;
}

/** The day on which each stage was entered, as far as it still holds: going back undoes what lay behind. Moves oldest first. */
export function stageDays(moves: readonly Moved[], placeOf: (stage: StageCode) => number): Map<StageCode, string> {
  const days = new Map<StageCode, string>();
  for (const move of moves) {
    if (move.from_stage === move.to_stage) continue;
    if (!move.backward) {
      days.set(move.to_stage, move.day);
      continue;
    }
    for (const stage of [...days.keys()]) if (placeOf(stage) > placeOf(move.to_stage)) days.delete(stage);
  }
  return days;
}

/** Kinds of evidence that could meet a test, in its own order. */
export function kindsIn(test: Test): string[] {
  switch (test.type) {
    case 'evidence':
    case 'photo': return [...test.kinds];
    case 'all':
    case 'any': return [...new Set(test.of.flatMap((one) => kindsIn(one)))];
    default: return [];
  }
}

const EARTH_M = 6_371_009; // mean radius, IUGG

/** Metres between two points in degrees (haversine), rounded. */
export function metresBetween(lonA: number, latA: number, lonB: number, latB: number): number {
  const rad = Math.PI / 180;
  const dLat = (latB - latA) * rad;
  const dLon = (lonB - lonA) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(latA * rad) * Math.cos(latB * rad) * Math.sin(dLon / 2) ** 2;
  return Math.round(2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h))));
}
