// Where other features say what the codes are called that their events carry. Filled when the program is put together, never at run time.
import type { Db } from '../../../platform/db.ts';
import type { Locale } from '../../../platform/texts.ts';

/** Names on a day, of the codes that it knows. */
export type Namer = (db: Db, codes: readonly string[], locale: Locale, day: string) => Promise<Readonly<Record<string, string>>>;

/** By the feature's code, `approvals`. */
export const namers = new Map<string, Namer>();

const CODE = /^[A-Z][0-9]{2}$/;

/** The names of all codes that stand anywhere in some values. */
export async function codeNames(db: Db, values: readonly unknown[], locale: Locale, day: string): Promise<Record<string, string>> {
  const codes = new Set<string>();
  for (const value of values) collect(value, codes);
  if (codes.size === 0) return {};
  const found = await Promise.all([...namers.values()].map((namer) => namer(db, [...codes], locale, day)));
  return Object.assign({}, ...found) as Record<string, string>; // of records of strings
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (CODE.test(value)) into.add(value);
  } else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part, into);
}
