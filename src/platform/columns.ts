// Many rows as parameters of one statement: an array for each column, unnested. PostgreSQL reads an array several times as fast as the same
// values as JSON, and the statement's text depends on the columns alone, so that it is prepared once.
import { arrayText } from './bundle.ts';
import { sql, type Sql } from './db.ts';
import { refuse } from '../kernel/refuse.ts';

export type ColumnType = 'uuid' | 'text' | 'int' | 'smallint' | 'bigint' | 'numeric' | 'float8' | 'boolean' | 'date' | 'timestamptz' | 'jsonb' | 'text[]' | 'bigint[]';

const TYPES: Readonly<Record<ColumnType, { readonly array: Sql; readonly cast: Sql }>> = {
  uuid: { array: sql`::uuid[]`, cast: sql.empty }, text: { array: sql`::text[]`, cast: sql.empty }, int: { array: sql`::int[]`, cast: sql.empty },
  smallint: { array: sql`::smallint[]`, cast: sql.empty }, bigint: { array: sql`::bigint[]`, cast: sql.empty }, numeric: { array: sql`::numeric[]`, cast: sql.empty },
  float8: { array: sql`::float8[]`, cast: sql.empty }, boolean: { array: sql`::boolean[]`, cast: sql.empty }, date: { array: sql`::date[]`, cast: sql.empty },
  timestamptz: { array: sql`::timestamptz[]`, cast: sql.empty },
  // What is itself a list or a document travels as its text.
  jsonb: { array: sql`::text[]`, cast: sql`::jsonb` }, 'text[]': { array: sql`::text[]`, cast: sql`::text[]` }, 'bigint[]': { array: sql`::text[]`, cast: sql`::bigint[]` },
};

const ROWS_LIMIT = 50_000; // what one statement may carry

/**
 * A source of rows with the columns of `shape`, in the order of `rows`: `select … from ${columns(shape, rows)} as v`. A value that a row
 * lacks is null; for `jsonb` null is SQL's null. `v.nth` counts the rows from 1.
 */
export function columns(shape: Readonly<Record<string, ColumnType>>, rows: readonly Readonly<Record<string, unknown>>[]): Sql {
  if (rows.length > ROWS_LIMIT) refuse('platform.too_large', { rows: rows.length });
  const each = Object.entries(shape);
  // Made text at once: whoever prepares a statement ahead of its transaction has nothing left to do in it.
  const arrays = each.map(([name, type]) => sql`${arrayText(rows.map((row) => cell(row[name], type)))}${TYPES[type].array}`);
  const names = each.map(([name]) => sql.id(name));
  const cast = each.map(([name, type]) => sql`${sql.id(name)}${TYPES[type].cast} as ${sql.id(name)}`);
  return sql`(select ${sql.join(cast)}, nth from unnest(${sql.join(arrays)}) with ordinality as u (${sql.join([...names, sql`nth`])}))`;
}

function cell(value: unknown, type: ColumnType): unknown {
  if (value === undefined || value === null) return null;
  if (type === 'jsonb') return JSON.stringify(value);
  return type === 'text[]' || type === 'bigint[]' ? arrayText(Array.isArray(value) ? value : []) : value;
}
