// Numbers of problems, gapless within a year: 2023-0483. All who raise at once wait for the year's row, so that whoever can takes his number with the very
// statement that writes the problem, and holds the row until the commit alone. Decides nothing.
import { yearOf } from '../../kernel/days.ts';
import type { Now } from '../../kernel/clock.ts';
import { sql, type Db, type Sql } from '../../platform/db.ts';
import { SECOND, START } from '../../kernel/grams.ts';

const DIGITS = 4;

/** So many numbers of a year, ahead of what is to bear them. */
export async function takeNumbers(tx: Db, year: number, count: number): Promise<string[]> {
  const row = await tx.row<{ last: number }>(taking(year, count));
  const last = row?.last ?? count;
  return Array.from({ length: count }, (_, index) => `${year}-${String(last - count + index + 1).padStart(DIGITS, '0')}`);
}

function taking(year: number, count: number): Sql {
  return sql`insert into problems_numbers (year, last) values (${year}, ${count}) on conflict (year) do update set last = problems_numbers.last + ${count} returning last`;
}

/** Inserts `rows` (columns of this shape, `v.nth` counts them from 1), each with the next number and with what finds it by that. */
export function numbered(table: Sql, shape: readonly string[], rows: Sql, count: number, now: Now): Sql {
  const names = sql.join(shape.map((name) => sql.id(name)));
  const values = sql.join(shape.map((name) => (name === 'number' ? sql`n.number` : name === 'grams' ? sql`v.grams || ${gramsOfNumber()}` : sql`v.${sql.id(name)}`)));
  const year = yearOf(now.day);
  return sql`
    with taken as (${taking(year, count)})
    insert into ${table} (${names}, created_at, updated_at) select ${values}, ${now.instant}, ${now.instant}
    from ${rows} as v cross join taken cross join lateral (select (taken.last - ${count}::int + v.nth)::text as digits) as d
    cross join lateral (select ${`${year}-`} || lpad(d.digits, greatest(${DIGITS}::int, length(d.digits)), '0') as number) as n order by v.nth`;
}

/** What gramsOf stores of a code: pairs of neighbours, and what it begins with. */
function gramsOfNumber(): Sql {
  const at = (place: Sql): Sql => sql`ascii(substr(n.number, ${place}, 1))::bigint`;
  const pair = (place: Sql): Sql => sql`${at(place)} * ${SECOND}::bigint + ${at(sql`${place} + 1`)}`;
  return sql`(select array_agg(${pair(sql`i`)}) from generate_series(1, length(n.number) - 1) as i) || (${START}::bigint + ${pair(sql`1`)})`;
}

/** Asks what a problem that was inserted so is called. */
export function numberOf(id: string): Sql {
  return sql`select number from problems_problems where id = ${id}`;
}
