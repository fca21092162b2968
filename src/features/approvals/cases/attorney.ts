// Who may read a power of attorney: whoever may know a case that rests on it.
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { deskOf, known } from './scope.ts';

export async function mayReadAttorney(db: Db, actor: Actor, sha: string): Promise<{ name: string; mediaType: string } | undefined> {
  if (!may(actor, 'approvals.read')) return undefined;
  const row = await db.row<{ item: string; round: number; media_type: string }>(sql`
    select c.item, c.round, f.media_type from approvals_cases c join platform_files f on f.sha256 = c.attorney_sha where c.attorney_sha = ${sha} and ${known(actor, await deskOf(db, actor))} limit 1`);
  return row === undefined ? undefined : { name: `attorney-${row.item}-${String(row.round)}`, mediaType: row.media_type };
}
