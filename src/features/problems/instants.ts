// How an instant leaves the database: as the texts that contracts carry. Nothing else.
import { sql, type Sql } from '../../platform/db.ts';

/** 2023-06-30T01:00:00.000Z; null stays null. */
export function iso(instant: Sql): Sql {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
