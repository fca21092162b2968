// A little work that a browser does before it may send a complaint without an account: it keeps machines from filing thousands and asks nobody who he is. Pure.

/** So many leading zero bits; about a second on a telephone. */
export const WORK_BITS = 16;

/** The work belongs to one code, and a code is used once. */
export const workOf = (code: string, nonce: number): string => `${code}:${nonce}`;

export function zeroBits(hex: string): number {
  let bits = 0;
  for (const digit of hex) {
    const value = Number.parseInt(digit, 16);
    if (value === 0) {
      bits += 4;
      continue;
    }
    return bits + Math.clz32(value) - 28;
  }
  return bits;
}

/** SHA-256 in hexadecimal, of ASCII text: browsers offer theirs on secure pages alone. */
export function sha256(text: string): string {
  const words = padded(text);
  let state = [...START];
  for (let at = 0; at < words.length; at += 16) state = block(state, words.slice(at, at + 16));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function padded(text: string): number[] {
  const size = ((text.length + 8) >> 6) + 1;
  const words = new Array<number>(size * 16).fill(0);
  for (let at = 0; at <= text.length; at++) {
    const byte = at === text.length ? 0x80 : text.charCodeAt(at);
    words[at >> 2] = (words[at >> 2] ?? 0) | (byte << (24 - (at % 4) * 8));
  }
  words[size * 16 - 1] = text.length * 8;
  return words;
}

const rotated = (value: number, by: number): number => (value >>> by) | (value << (32 - by));

function block(before: readonly number[], chunk: readonly number[]): number[] {
  const w = [...chunk];
  for (let at = 16; at < 64; at++) {
    const [a, b] = [w[at - 15] ?? 0, w[at - 2] ?? 0];
    w[at] = ((w[at - 16] ?? 0) + (rotated(a, 7) ^ rotated(a, 18) ^ (a >>> 3)) + (w[at - 7] ?? 0) + (rotated(b, 17) ^ rotated(b, 19) ^ (b >>> 10))) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = before;
  for (let at = 0; at < 64; at++) {
    const one = (h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) + (ROUNDS[at] ?? 0) + (w[at] ?? 0)) | 0;
    const two = ((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, at) => (word + (before[at] ?? 0)) | 0);
}

const PRIMES = primes(64);
const fraction = (value: number): number => ((value - Math.floor(value)) * 0x1_0000_0000) | 0;
const START: readonly number[] = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS: readonly number[] = PRIMES.map((prime) => fraction(Math.cbrt(prime)));

function primes(count: number): number[] {
  const found: number[] = [];
  for (let next = 2; found.length < count; next++) if (found.every((prime) => next % prime !== 0)) found.push(next);
  return found;
}
