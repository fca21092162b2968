// SQL of evidence: adding, listing, verifying and taking away pieces, and who may read a file. Nothing is ever deleted.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { reachable } from '../scope.ts';
import type { StageCode } from './shape.ts';

export interface PaperRow {
  readonly id: string; readonly kind: string; readonly sha256: string | null; readonly file_name: string | null; readonly media_type: string | null; readonly bytes: number | null;
  readonly width: number | null; readonly height: number | null; readonly camera_at: string | null; readonly camera_lon: number | null; readonly camera_lat: number | null;
  readonly number: string | null; readonly day: string | null; readonly amount_fen: number | null; readonly parties: string | null; readonly note: string | null;
  readonly taken_at: string | null; readonly lon: number | null; readonly lat: number | null; readonly place: string | null;
  readonly report_id: string | null; readonly milestone_id: string | null;
  readonly verified_by_name: string | null; readonly verified_at: string | null; readonly removed_by_name: string | null; readonly removed_at: string | null; readonly removed_reason: string | null;
  readonly added_by: string; readonly added_by_name: string | null; readonly added_at: string;
  readonly project_lon: number | null; readonly project_lat: number | null; readonly used_by: StageCode[] | null;
}

export interface PaperFilter {
  readonly kind?: string | undefined;
  readonly removed?: boolean | undefined;
  readonly reportId?: string | undefined;
  readonly milestoneId?: string | undefined;
}

/** The evidence of a project, latest first. The caller has made sure that the actor may know the project. */
export async function papersOf(db: Db, projectId: string, filter: PaperFilter = {}): Promise<PaperRow[]> {
  const conditions = [
    sql`e.project_id = ${projectId}`,
    ...(filter.removed === true ? [] : [sql`e.removed_at is null`]),
    ...(filter.kind === undefined ? [] : [sql`e.kind = ${filter.kind}`]),
    ...(filter.reportId === undefined ? [] : [sql`e.report_id = ${filter.reportId}`]),
    ...(filter.milestoneId === undefined ? [] : [sql`e.milestone_id = ${filter.milestoneId}`]),
  ];
  return db.rows<PaperRow>(sql`
    select e.id, e.kind, e.sha256, e.file_name, e.media_type, e.bytes, f.width, f.height, f.taken_at as camera_at, f.lon as camera_lon, f.lat as camera_lat,
           e.number, e.day, e.amount_fen, e.parties, e.note, e.taken_at, e.lon, e.lat, e.place, e.report_id, e.milestone_id,
           v.name as verified_by_name, e.verified_at, r.name as removed_by_name, e.removed_at, e.removed_reason, e.added_by, a.name as added_by_name, e.added_at,
           p.lon as project_lon, p.lat as project_lat,
           (select array_agg(distinct m.to_stage) from projects_moves m where m.project_id = e.project_id and e.id = any(m.evidence)) as used_by
    from projects_evidence e
    join projects_projects p on p.id = e.project_id
    left join platform_files f on f.sha256 = e.sha256
    left join people_users v on v.id = e.verified_by
    left join people_users r on r.id = e.removed_by
    left join people_users a on a.id = e.added_by
    where ${sql.all(conditions)} order by e.added_at desc, e.id desc limit 2000`);
}

export interface UsableFile {
  readonly sha256: string; readonly name: string; readonly media_type: string; readonly bytes: number; readonly taken_at: string | null; readonly lon: number | null; readonly lat: number | null;
}

/** A file that may be laid to this project: uploaded by the actor, or already evidence of this very project. */
export async function usableFile(db: Db, actor: Actor, projectId: string, sha: string): Promise<UsableFile | undefined> {
  return db.row<UsableFile>(sql`
    select f.sha256, coalesce(u.name, e.file_name, f.sha256) as name, f.media_type, f.bytes, f.taken_at, f.lon, f.lat
    from platform_files f
    left join platform_uploads u on u.sha256 = f.sha256 and u.user_id = ${actor.userId}
    left join lateral (select file_name from projects_evidence where project_id = ${projectId} and sha256 = f.sha256 and removed_at is null limit 1) e on true
    where f.sha256 = ${sha} and (u.user_id is not null or e.file_name is not null)`);
}

/** The report or milestone that a piece is to hang on belongs to the project. */
export async function ownsPart(db: Db, projectId: string, reportId: string | undefined, milestoneId: string | undefined): Promise<boolean> {
  const row = await db.row<{ report: boolean; milestone: boolean }>(sql`
    select ${reportId ?? null}::uuid is null or exists (select 1 from projects_reports where id = ${reportId ?? null}::uuid and project_id = ${projectId}) as report,
           ${milestoneId ?? null}::uuid is null or exists (select 1 from projects_milestones where id = ${milestoneId ?? null}::uuid and project_id = ${projectId}) as milestone`);
  return row !== undefined && row.report && row.milestone;
}

export interface PaperWrite {
  readonly id: string; readonly kind: string; readonly file: UsableFile | undefined; readonly number: string | null; readonly day: string | null; readonly amountFen: number | null; readonly parties: string | null;
  readonly note: string | null; readonly takenAt: string | null; readonly lon: number | null; readonly lat: number | null; readonly place: string | null; readonly reportId: string | null; readonly milestoneId: string | null;
}

export async function writePaper(tx: Db, projectId: string, paper: PaperWrite, by: Actor, at: Date): Promise<void> {
  await tx.run(sql`
    insert into projects_evidence (id, project_id, kind, sha256, file_name, media_type, bytes, number, day, amount_fen, parties, note, taken_at, lon, lat, place, report_id, milestone_id, added_by, added_at)
    values (${paper.id}, ${projectId}, ${paper.kind}, ${paper.file?.sha256 ?? null}, ${paper.file?.name ?? null}, ${paper.file?.media_type ?? null}, ${paper.file?.bytes ?? null},
            ${paper.number}, ${paper.day}, ${paper.amountFen}, ${paper.parties}, ${paper.note}, ${paper.takenAt}, ${paper.lon}, ${paper.lat}, ${paper.place}, ${paper.reportId}, ${paper.milestoneId}, ${by.userId}, ${at})`);
}

export interface LockedPaper {
  readonly id: string; readonly kind: string; readonly added_by: string; readonly verified_at: string | null; readonly removed_at: string | null;
}

/** A piece of this project; a piece of another project is not found. */
export async function lockPaper(tx: Db, projectId: string, id: string): Promise<LockedPaper | undefined> {
  return tx.row<LockedPaper>(sql`select id, kind, added_by, verified_at, removed_at from projects_evidence where id = ${id} and project_id = ${projectId} for update`);
}

export async function markVerified(tx: Db, id: string, by: Actor, at: Date): Promise<void> {
  await tx.run(sql`update projects_evidence set verified_by = ${by.userId}, verified_at = ${at} where id = ${id}`);
}

export async function markRemoved(tx: Db, id: string, reason: string, by: Actor, at: Date): Promise<void> {
  await tx.run(sql`update projects_evidence set removed_by = ${by.userId}, removed_at = ${at}, removed_reason = ${reason} where id = ${id}`);
}

/**
 * Whether the actor may read a file: who uploaded it may, and whoever can reach a project (or owns an import) that refers to it.
 * A piece of evidence that was taken away still opens for those who reach its project: it is part of the history.
 */
export async function mayRead(db: Db, actor: Actor, sha: string): Promise<{ name: string; mediaType: string } | undefined> {
  const row = await db.row<{ name: string | null; media_type: string }>(sql`
    select coalesce(u.name, e.file_name, i.file_name) as name, f.media_type
    from platform_files f
    left join platform_uploads u on u.sha256 = f.sha256 and u.user_id = ${actor.userId}
    left join lateral (select coalesce(e.file_name, '') as file_name from projects_evidence e where e.sha256 = f.sha256 and ${reachable(actor, sql`e.project_id`)} limit 1) e on true
    left join lateral (select i.file_name from projects_imports i where i.sha256 = f.sha256 and i.user_id = ${actor.userId} limit 1) i on true
    where f.sha256 = ${sha} and (u.user_id is not null or e.file_name is not null or i.file_name is not null)`);
  return row === undefined ? undefined : { name: row.name === null || row.name === '' ? sha.slice(0, 12) : row.name, mediaType: row.media_type };
}
