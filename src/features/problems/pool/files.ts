// Attachments and proof of a problem: files that the actor has uploaded. Whoever may know the problem may read them. Only appends.
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { reachable } from './access.ts';

/** Names of the files by digest. @throws Refusal `problems.file_unknown` where one was not uploaded by the actor. */
export async function ownFiles(db: Db, actor: Actor, shas: readonly string[] = []): Promise<ReadonlyMap<string, string>> {
  if (shas.length === 0) return new Map();
  const rows = await db.rows<{ sha256: string; name: string }>(sql`select distinct on (sha256) sha256, name from platform_uploads where sha256 = any(${[...shas]}::text[]) and (${actor.isSystem} or user_id = ${actor.userId}) order by sha256`);
  if (rows.length < new Set(shas).size) refuse('problems.file_unknown', {});
  return new Map(rows.map((row) => [row.sha256, row.name]));
}

export interface Filing { readonly problemId: string; readonly purpose: 'attachment' | 'proof' | 'update'; readonly round: number; readonly updateId?: string; readonly at: Date }

export async function addFiles(tx: Db, files: ReadonlyMap<string, string>, { problemId, purpose, round, updateId, at }: Filing, by: Actor): Promise<void> {
  if (files.size === 0) return;
  await tx.run(sql`
    insert into problems_files (problem_id, sha256, name, purpose, update_id, round, by_id, by_name, at)
    select ${problemId}, sha, name, ${purpose}, ${updateId ?? null}::uuid, ${round}, ${by.userId}, ${by.name}, ${at} from unnest(${[...files.keys()]}::text[], ${[...files.values()]}::text[]) as f (sha, name) on conflict do nothing`);
}

/** For the download of a file: the media type and name that a problem gives it, where the actor may know that problem. */
export async function mayReadProblemFile(db: Db, actor: Actor, sha256: string): Promise<{ name: string; mediaType: string } | undefined> {
  // What was filed with one that was merged is found with the one that it is part of.
  return db.row<{ name: string; mediaType: string }>(sql`
    select f.name, x.media_type as "mediaType" from problems_files f join platform_files x on x.sha256 = f.sha256 join problems_problems p on p.id = f.problem_id
    where f.sha256 = ${sha256} and (${reachable(actor, sql`p.id`)} or ${reachable(actor, sql`p.merged_into`)}) limit 1`);
}
