// Which organisations are called so: the one condition for every search by names, short names, initials and codes, also of other features.
import { askedOf } from '../../../kernel/grams.ts';
import { sql, type Sql } from '../../../platform/db.ts';

/** On `o people_organisations`. Of an empty text all; `fromStart`: only what begins with it. */
export function namedLike(q: string | undefined, fromStart = false): Sql {
  const text = (q ?? '').trim().toLowerCase();
  if (text === '') return sql`true`;
  const asked = askedOf(text);
  // What is no pair stands in no name. Pairs of letters and digits are common: what holds them all is still compared.
  if (asked.grams.length === 0) return sql`false`;
  const held = sql`o.grams @> ${[...asked.grams, ...(fromStart && asked.start !== undefined ? [asked.start] : [])]}::bigint[]`;
  return asked.compare ? sql`(${held} and ${compared(text)})` : held;
}

function compared(text: string): Sql {
  return sql`(strpos(lower(o.name), ${text}) > 0 or strpos(lower(coalesce(o.short_name, '')), ${text}) > 0 or strpos(lower(coalesce(o.name_en, '')), ${text}) > 0
    or strpos(o.pinyin, ${text}) > 0 or strpos(lower(coalesce(o.code, '')), ${text}) > 0)`;
}
