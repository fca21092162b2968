// Chance that is always the same: every stream is named by words, so that a change in one project does not disturb another.
// For invented demonstration data only; must never serve secrets.

export interface Dice {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(things: readonly T[]): T;
}

const SEED = 'yugong-jiyuan-2023h1';

export function dice(...words: readonly (string | number)[]): Dice {
  let state = hashOf([SEED, ...words].join('\u0000'));
  // mulberry32: 32 bits of state are plenty for some thousand draws.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number): number => low + (high - low) * next();
  return {
    next,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    chance: (probability) => next() < probability,
    pick: (things) => {
      const found = things[Math.floor(next() * things.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
  };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
