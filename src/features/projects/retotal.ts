// The totals of one organisation, made anew. They are kept for the zone, departments, towns and parks alone: a body that becomes one of
// these has none yet, and one that no longer is must leave none behind.
import type { Now } from '../../kernel/clock.ts';
import { jsonRows, sql, type Db } from '../../platform/db.ts';
import { readGround } from './data.ts';
import { contributions, differences, monthContributions, together, type Access, type Months } from './kept.ts';

/** To be called when the kind of an organisation has changed, in the same transaction. */
export async function retotal(tx: Db, key: string, now: Now): Promise<void> {
  // Whoever changes one of these projects waits, and then counts it by the new kind.
  await tx.run(sql`select p.id from projects_projects p join projects_access a on a.project_id = p.id where a.key = ${key} order by p.seq for update of p`);
  // The differences first: what a job is folding at this moment is then waited for, and found among the totals.
  await tx.run(sql`delete from projects_total_changes where key = ${key}`);
  await tx.run(sql`delete from projects_totals where key = ${key}`);
  const { totalled } = await readGround(tx, now);
  if (!totalled.has(key)) return;
  const rows = await tx.rows<{ access: Access; months: Months }>(sql`
    select to_jsonb(a) - 'key' - 'project_id' as access, p.kept_months as months from projects_access a join projects_projects p on p.id = a.project_id where a.key = ${key}`);
  const cells = differences(rows.flatMap(({ access, months }) => [...contributions(access, [key], 1), ...monthContributions(access, months, [key], 1)]));
  if (cells.length === 0) return;
  await tx.run(sql`
    insert into projects_total_changes (key, dimensions, cell_values, projects, total_fen, plan_fen, done_fen, stat_fen)
    select key, dimensions, cell_values, projects, total_fen, plan_fen, done_fen, stat_fen
    from jsonb_to_recordset(${jsonRows(together(cells).map((row) => ({ ...row })))}::jsonb) as v (key uuid, dimensions text[], cell_values text[], projects int, total_fen bigint, plan_fen bigint, done_fen bigint, stat_fen bigint)`);
}
