// The papers of the faster ways: signed letters, materials that came later, records of checks. Whoever may know what rests on one may read it.
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { usableFile } from '../../projects/lifecycle/papers.ts';
import { visible } from './desk.ts';

/** A file that may be laid to the project: sent by the actor, or evidence of it already. Refuses `approvals.file_unknown`. */
export async function checkPaper(db: Db, actor: Actor, projectId: string, sha: string | undefined): Promise<void> {
  if (sha !== undefined && (await usableFile(db, actor, projectId, sha)) === undefined) refuse('approvals.file_unknown');
}

export async function mayReadPaper(db: Db, actor: Actor, sha: string): Promise<{ name: string; mediaType: string } | undefined> {
  if (!may(actor, 'approvals.read')) return undefined;
  const row = await db.row<{ name: string | null; media_type: string }>(sql`
    select (select u.name from platform_uploads u where u.sha256 = f.sha256 order by u.at limit 1) as name, f.media_type from platform_files f
    where f.sha256 = ${sha} and exists (
      select 1 from (
        select s.project_id, s.org_id from approvals_simulations s where s.risk_sha = ${sha}
        union all select o.project_id, o.org_id from approvals_promises o where o.letter_sha = ${sha} or o.evidence_sha = ${sha}
        union all select t.project_id, t.org_id from approvals_tolerance_materials m join approvals_tolerances t on t.id = m.tolerance_id where m.file_sha = ${sha}) x
      where ${visible(actor, sql`x.project_id`, sql`x.org_id`)})`);
  return row === undefined ? undefined : { name: row.name ?? sha.slice(0, 12), mediaType: row.media_type };
}
