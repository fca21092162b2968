// What all lists of the service share: pages by keyset, counts that stop where nobody counts any further, the past of a record.
import { sql, type Db, type Sql } from '../../platform/db.ts';

export const PAGE = 60;
/** A total above says "more than": counting on would cost more the more there is. */
export const MOST = 1000;

/** Cuts a page that was read with one row more than it holds. */
export function paging<Row, Item>(rows: readonly Row[], limit: number, itemOf: (row: Row) => Item, cursorOf: (row: Row) => string): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

export async function counted(db: Db, from: Sql): Promise<number> {
  return (await db.row<{ count: number }>(sql`select count(*)::int as count from (select 1 ${from} limit ${MOST + 1}) as found`))?.count ?? 0;
}

/** `day~id` of the last row. */
export function placeOf(after: string | undefined): { readonly at: string; readonly id: string } | undefined {
  const [at, id] = after?.split('~') ?? [];
  return at === undefined || id === undefined ? undefined : { at, id };
}

export interface PastLine { readonly id: string; readonly at: string; readonly who: string; readonly kind: string; readonly reason: string | null }

export async function pastOf(db: Db, id: string): Promise<PastLine[]> {
  return db.rows<PastLine>(sql`select id, at, actor_name as who, kind, reason from platform_events where subject_id = ${id} order by seq desc limit 50`);
}

export const anyOf = (column: Sql, values: readonly string[] | undefined, type: 'text' | 'uuid' = 'text'): Sql[] =>
  (values === undefined || values.length === 0 ? [] : [sql`${column} = any(${[...values]}${type === 'uuid' ? sql`::uuid[]` : sql`::text[]`})`]);
