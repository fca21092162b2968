// Passwords to argon2id hashes and back. At most a few at once, so that a flood of sign-ins can neither take all memory nor hold
// connections to the database. Never keeps, logs or compares a password in the clear.
import { hash, verify } from '@node-rs/argon2';
import { newId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/refuse.ts';

/** OWASP's first recommendation for argon2id: 19 MiB, two passes; some 20 ms here. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MARK = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;
/** 19 MiB and a core each. */
const AT_ONCE = 4;
/** Some four seconds of waiting: whoever comes later is told so. */
const WAITING = 200;

let running = 0;
const waiting: (() => void)[] = [];

export async function hashPassword(password: string): Promise<string> {
  return taking(() => hash(password.normalize('NFC'), COST));
}

/** True when the password is the one behind the hash. Without a hash it takes as long and is false. */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
  const known = stored ?? (await nobody());
  const matches = await taking(() => verify(known, password.normalize('NFC')).catch(() => false));
  return matches && stored !== null && stored !== undefined;
}

/** A hash of other strength than today's is made anew at the next sign-in. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(MARK);
}

let nobodyHash: Promise<string> | undefined;

/** The hash that stands in for people who do not exist. */
function nobody(): Promise<string> {
  nobodyHash ??= hash(newId(), COST);
  return nobodyHash;
}

async function taking<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING) refuse('platform.too_many_requests', { retryAfterSeconds: 5 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
