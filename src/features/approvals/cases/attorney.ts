// Who may read a power of attorney or a material of an application: whoever may know a case that rests on it.
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { deskOf, known } from './scope.ts';

export async function mayReadAttorney(db: Db, actor: Actor, sha: string): Promise<{ name: string; mediaType: string } | undefined> {
  if (!may(actor, 'approvals.read')) return undefined;
  const mine = known(actor, await deskOf(db, actor));
  const row = await db.row<{ item: string; round: number; media_type: string; name: string | null }>(sql`
    select c.item, c.round, f.media_type, null as name from approvals_cases c join platform_files f on f.sha256 = c.attorney_sha where c.attorney_sha = ${sha} and ${mine}
    union all select c.item, c.round, f.media_type, coalesce(u.name, m.name) from approvals_case_materials m join approvals_cases c on c.id = m.case_id join platform_files f on f.sha256 = m.sha
      left join platform_uploads u on u.sha256 = m.sha and u.user_id = m.added_by where m.sha = ${sha} and ${mine} limit 1`);
  return row === undefined ? undefined : { name: row.name ?? `attorney-${row.item}-${String(row.round)}`, mediaType: row.media_type };
}
