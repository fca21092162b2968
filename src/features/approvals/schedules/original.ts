// Who may read a contractor's file as it came: whoever may know the project whose schedule it is.
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { reachable } from '../../projects/scope.ts';

export async function mayReadOriginal(db: Db, actor: Actor, sha: string): Promise<{ name: string; mediaType: string } | undefined> {
  if (!may(actor, 'projects.read')) return undefined;
  return db.row<{ name: string; mediaType: string }>(sql`
    select s.file_name as name, f.media_type as "mediaType" from approvals_schedules s join platform_files f on f.sha256 = s.sha256 where s.sha256 = ${sha} and ${reachable(actor, sql`s.project_id`)} limit 1`);
}
