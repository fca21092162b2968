// How many problems that the reader may know are tagged with each action. Reads the pool's own keys; a zone without the pool has none.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';

export async function problemCounts(db: Db, actor: Actor): Promise<ReadonlyMap<string, number>> {
  const pool = await db.row<{ there: boolean }>(sql`select to_regclass('problems_access') is not null as there`);
  if (pool?.there !== true) return new Map();
  // Who sees the whole zone sees all of them: counted by the index of actions alone.
  const reach = actor.isSystem || actor.scope.all ? sql`true` : sql`exists (select 1 from problems_access a where a.problem_id = p.id and a.key = any(${[...actor.scope.keys]}::uuid[]))`;
  const rows = await db.rows<{ code: string; count: number }>(sql`select p.action_code as code, count(*)::int as count from problems_problems p where p.action_code is not null and ${reach} group by 1`);
  return new Map(rows.map((row) => [row.code, row.count]));
}
