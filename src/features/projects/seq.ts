// The place of a project in the zone's own list. Numbers are given in the order of the transactions, without doubles.
import { settled, sql, type Db } from '../../platform/db.ts';

/** Reserves the next numbers until the transaction ends and gives the first. Others who create wait meanwhile: call it late. */
export async function takeSeq(tx: Db, count = 1): Promise<number> {
  const [, row] = await settled([
    tx.run(sql`select pg_advisory_xact_lock(hashtext(current_schema() || '.projects_seq'))`),
    tx.row<{ last: number }>(sql`select coalesce(max(seq), 0)::int as last from projects_projects`),
  ]);
  const last = row?.last ?? 0;
  if (count < 1) throw new Error('at least one number');
  return last + 1;
}
