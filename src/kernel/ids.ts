// Identifiers: uuid version 7 (RFC 9562), made by the caller so that a retried request names the same thing.
import { randomBytes, createHash } from 'node:crypto';

/** A new uuid v7: 48 bits of Unix milliseconds, then random bits. Sorts by time of making. */
export function newId(milliseconds: number = Date.now(), random: Uint8Array = someRandom()): string {
  const bytes = new Uint8Array(16);
  let rest = milliseconds;
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return format(bytes);
}

// Random bytes are asked of the system in one go: a call for each id costs more than the id. None is used twice.
let pool = randomBytes(0);
let used = 0;

function someRandom(): Uint8Array {
  if (used + 10 > pool.length) {
    pool = randomBytes(5120);
    used = 0;
  }
  used += 10;
  return pool.subarray(used - 10, used);
}

/** A uuid that is always the same for the same words: for seeds, imports and keys derived from an input. */
export function idFrom(...words: readonly string[]): string {
  const bytes = new Uint8Array(createHash('sha256').update(words.join('\u0000')).digest().subarray(0, 16));
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return format(bytes);
}

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return SHAPE.test(text);
}

function format(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
