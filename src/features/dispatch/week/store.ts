// SQL of what the week writes: weekly lines, visits with photos, notes, earlier words, what was raised. Decides nothing.
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { json, sql, type Db } from '../../../platform/db.ts';
import { reachable } from '../../projects/scope.ts';
import type { When } from './rules.ts';

export interface StoredLine {
  readonly id: string; readonly version: number; readonly day: string; readonly done: string; readonly next: string | null; readonly problem: string | null; readonly happened_at: string;
}

/** What was said for the project, the person and the week, locked; the project is locked already. */
export function lockLine(tx: Db, projectId: string, userId: string, week: string): Promise<StoredLine | undefined> {
  return tx.row<StoredLine>(sql`select id, version, day, done, next, problem, happened_at from dispatch_lines where project_id = ${projectId} and user_id = ${userId} and week = ${week} for update`);
}

export interface LineWords { readonly done: string; readonly next: string | null; readonly problem: string | null }

export async function insertLine(tx: Db, line: LineWords & { readonly id: string; readonly projectId: string; readonly userId: string }, when: When, now: Now): Promise<void> {
  await tx.run(sql`
    insert into dispatch_lines (id, project_id, user_id, week, day, done, next, problem, done_at, happened_at, recorded_at)
    values (${line.id}, ${line.projectId}, ${line.userId}, ${when.week}, ${when.day}, ${line.done}, ${line.next}, ${line.problem}, ${when.doneAt}, ${when.happenedAt}, ${now.instant})`);
}

export async function replaceLine(tx: Db, id: string, line: LineWords, when: When, now: Now): Promise<void> {
  await tx.run(sql`
    update dispatch_lines set version = version + 1, day = ${when.day}, done = ${line.done}, next = ${line.next}, problem = ${line.problem}, done_at = ${when.doneAt}, happened_at = ${when.happenedAt}, recorded_at = ${now.instant}
    where id = ${id}`);
}

export type Subject = 'visit' | 'line' | 'note';

export async function keepEarlier(tx: Db, subject: Subject, subjectId: string, earlier: unknown, actor: Actor, now: Now, reason?: string): Promise<void> {
  await tx.run(sql`
    insert into dispatch_corrections (id, subject, subject_id, earlier, reason, by_id, by_name, at)
    values (${newId(now.instant.getTime())}, ${subject}, ${subjectId}, ${json(earlier)}::jsonb, ${reason ?? null}, ${actor.userId}, ${actor.name}, ${now.instant})`);
}

export interface VisitWrite {
  readonly id: string; readonly kind: string; readonly state: 'planned' | 'done'; readonly projectId: string | null; readonly orgId: string | null; readonly userId: string; readonly day: string;
  readonly when: When | null; readonly lon: number | null; readonly lat: number | null; readonly accuracyM: number | null; readonly place: string | null;
  readonly participants: string | null; readonly policies: string | null; readonly said: string | null;
}

export async function insertVisit(tx: Db, visit: VisitWrite, now: Now): Promise<void> {
  await tx.run(sql`
    insert into dispatch_visits (id, kind, state, project_id, org_id, user_id, day, done_at, happened_at, recorded_at, lon, lat, accuracy_m, place, participants, policies, said)
    values (${visit.id}, ${visit.kind}, ${visit.state}, ${visit.projectId}, ${visit.orgId}, ${visit.userId}, ${visit.day}, ${visit.when?.doneAt ?? null}, ${visit.when?.happenedAt ?? null}, ${now.instant},
            ${visit.lon}, ${visit.lat}, ${visit.accuracyM}, ${visit.place}, ${visit.participants}, ${visit.policies}, ${visit.said})`);
}

/** A visit to the site that this person planned for then or before: a check-in fulfils it. */
export async function plannedFor(tx: Db, projectId: string, userId: string, day: string): Promise<string | undefined> {
  return (await tx.row<{ id: string }>(sql`
    select id from dispatch_visits where state = 'planned' and user_id = ${userId} and project_id = ${projectId} and kind in ('check_in', 'visit') and day <= ${day} order by day, id limit 1 for update`))?.id;
}

/** A plan becomes the visit that was made. */
export async function fulfilVisit(tx: Db, planned: string, visit: VisitWrite, now: Now): Promise<void> {
  await tx.run(sql`
    update dispatch_visits set version = version + 1, kind = ${visit.kind}, state = 'done', day = ${visit.day}, done_at = ${visit.when?.doneAt ?? null}, happened_at = ${visit.when?.happenedAt ?? null}, recorded_at = ${now.instant},
      lon = ${visit.lon}, lat = ${visit.lat}, accuracy_m = ${visit.accuracyM}, place = ${visit.place}, participants = ${visit.participants}, policies = ${visit.policies}, said = ${visit.said}
    where id = ${planned}`);
}

export interface LockedVisit {
  readonly id: string; readonly version: number; readonly state: 'planned' | 'done' | 'cancelled'; readonly user_id: string; readonly project_id: string | null; readonly org_id: string | null; readonly day: string;
  readonly place: string | null; readonly participants: string | null; readonly policies: string | null; readonly said: string | null;
}

/** A visit within the reader's reach: his own, or to one of his projects. */
export function lockVisit(tx: Db, actor: Actor, id: string): Promise<LockedVisit | undefined> {
  return tx.row<LockedVisit>(sql`
    select v.id, v.version, v.state, v.user_id, v.project_id, v.org_id, v.day, v.place, v.participants, v.policies, v.said from dispatch_visits v
    where v.id = ${id} and (v.user_id = ${actor.userId} or ${actor.isSystem || actor.scope.all} or ${reachable(actor, sql`v.project_id`)}) for update of v`);
}

export async function mendVisit(tx: Db, id: string, words: { readonly place: string | null; readonly participants: string | null; readonly policies: string | null; readonly said: string | null }): Promise<void> {
  await tx.run(sql`update dispatch_visits set version = version + 1, place = ${words.place}, participants = ${words.participants}, policies = ${words.policies}, said = ${words.said} where id = ${id}`);
}

export async function markCancelled(tx: Db, id: string, reason: string): Promise<void> {
  await tx.run(sql`update dispatch_visits set version = version + 1, state = 'cancelled', reason = ${reason} where id = ${id}`);
}

/** Photos that this person uploaded; one that is none of his, or no picture, is refused. */
export async function attachPhotos(tx: Db, actor: Actor, visitId: string, photos: readonly { readonly sha: string; readonly name: string }[]): Promise<void> {
  if (photos.length === 0) return;
  const shas = photos.map((one) => one.sha);
  const known = await tx.rows<{ sha256: string }>(sql`
    select distinct f.sha256 from platform_files f join platform_uploads u on u.sha256 = f.sha256 where f.sha256 = any(${shas}::text[]) and f.media_type like 'image/%' and (u.user_id = ${actor.userId} or ${actor.isSystem})`);
  const missing = photos.findIndex((one) => !known.some((row) => row.sha256 === one.sha));
  if (missing >= 0) refuse('week.unknown_photo', { errors: [{ path: `photos.${String(missing)}`, rule: 'known', params: {} }] });
  const once = photos.filter((one, i) => shas.indexOf(one.sha) === i);
  await tx.run(sql`
    insert into dispatch_photos (visit_id, seq, sha256, file_name)
    select ${visitId}, t.seq, t.sha, t.name from unnest(${once.map((_, i) => i + 1)}::int[], ${once.map((one) => one.sha)}::text[], ${once.map((one) => one.name)}::text[]) as t(seq, sha, name)`);
}

export interface StoredNote { readonly id: string; readonly version: number; readonly user_id: string; readonly project_id: string | null; readonly text: string }

export async function insertNote(tx: Db, note: { readonly id: string; readonly userId: string; readonly projectId: string | null; readonly text: string }, when: When, now: Now): Promise<void> {
  await tx.run(sql`
    insert into dispatch_notes (id, user_id, project_id, day, text, done_at, happened_at, recorded_at)
    values (${note.id}, ${note.userId}, ${note.projectId}, ${when.day}, ${note.text}, ${when.doneAt}, ${when.happenedAt}, ${now.instant})`);
}

/** One's own: the diary of another is read, not mended. */
export function lockNote(tx: Db, actor: Actor, id: string): Promise<StoredNote | undefined> {
  return tx.row<StoredNote>(sql`select id, version, user_id, project_id, text from dispatch_notes where id = ${id} and (user_id = ${actor.userId} or ${actor.isSystem}) for update`);
}

export async function mendNote(tx: Db, id: string, text: string): Promise<void> {
  await tx.run(sql`update dispatch_notes set version = version + 1, text = ${text} where id = ${id}`);
}

/** The enterprise that is visited: any active one of the zone; a visit is no way to learn of another's project. */
export async function enterprise(tx: Db, id: string): Promise<{ id: string; name: string }> {
  return (await tx.row<{ id: string; name: string }>(sql`select id, name from people_organisations where id = ${id} and kind = 'enterprise' and active`)) ?? refuse('week.unknown_enterprise', { errors: [{ path: 'orgId', rule: 'known', params: {} }] });
}

export async function visitor(tx: Db, id: string): Promise<{ id: string; name: string }> {
  return (await tx.row<{ id: string; name: string }>(sql`select id, name from people_users where id = ${id} and active`)) ?? refuse('week.unknown_person', { errors: [{ path: 'userId', rule: 'known', params: {} }] });
}
