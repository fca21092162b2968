// Numbers that look random and follow from a seed alone (mulberry32, public domain, a 32-bit counter through a mixing function). For
// forecasts that anyone can repeat; never for anything secret.

/** Gives the next number of [0, 1) at each call. The seed is taken as an unsigned 32-bit whole number. */
export function draws(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
