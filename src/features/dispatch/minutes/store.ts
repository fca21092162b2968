// SQL of minutes: the draft, the versions that were issued, and what a draft is made of.
import { json, sql, type Db } from '../../../platform/db.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { MinutesBlock } from './blocks.ts';

export interface MinutesRow {
  readonly id: string; readonly number: number; readonly state: 'draft' | 'issued'; readonly blocks: readonly MinutesBlock[]; readonly reason: string | null; readonly docx_sha256: string | null; readonly pdf_sha256: string | null; readonly issued_day: string | null; readonly issued_name: string | null;
}

export async function versionsOf(db: Db, meetingId: string): Promise<MinutesRow[]> {
  return db.rows<MinutesRow>(sql`select v.id, v.number, v.state, v.blocks, v.reason, v.docx_sha256, v.pdf_sha256, v.issued_day, v.issued_name from dispatch_minutes v where v.meeting_id = ${meetingId} order by v.number desc`);
}

export async function saveDraft(tx: Db, meetingId: string, one: { readonly id: string; readonly number: number; readonly blocks: readonly MinutesBlock[]; readonly reason: string | null }): Promise<void> {
  await tx.run(sql`
    insert into dispatch_minutes (id, meeting_id, number, state, blocks, reason) values (${one.id}, ${meetingId}, ${one.number}, 'draft', ${json(one.blocks)}::jsonb, ${one.reason})
    on conflict (meeting_id, number) do update set blocks = excluded.blocks where dispatch_minutes.state = 'draft'`);
}

export interface StoredPaper { readonly sha256: string; readonly bytes: number; readonly mediaType: string }

export async function issueDraft(tx: Db, id: string, files: { readonly docx: StoredPaper; readonly pdf: StoredPaper }, actor: Actor, now: Now): Promise<void> {
  for (const file of [files.docx, files.pdf]) await tx.run(sql`insert into platform_files (sha256, bytes, media_type, stored_at, stored_by) values (${file.sha256}, ${file.bytes}, ${file.mediaType}, ${now.instant}, ${actor.userId}) on conflict do nothing`);
  await tx.run(sql`
    update dispatch_minutes set state = 'issued', docx_sha256 = ${files.docx.sha256}, pdf_sha256 = ${files.pdf.sha256}, issued_day = ${now.day}, issued_at = ${now.instant}, issued_name = ${actor.name} where id = ${id} and state = 'draft'`);
}

/** Decisions of earlier meetings that are overdue, for the table at the opening. */
export async function overdueOf(db: Db, series: string, before: number, day: string): Promise<{ readonly matter: string; readonly lead: string; readonly due: string; readonly daysOver: number }[]> {
  return db.rows(sql`
    select i.title as matter, coalesce(o.short_name, o.name) as lead, d.original_due as due, (${day}::date - d.original_due)::int as "daysOver" from dispatch_decisions d join dispatch_meetings m on m.id = d.meeting_id join dispatch_items i on i.id = d.item_id join people_organisations o on o.id = d.owner_org_id
    where d.kind = 'measure' and d.issued_day is not null and d.done_day is null and d.original_due < ${day} and m.series = ${series} and m.number < ${before} order by d.original_due, d.id limit 50`);
}

export async function waitingSlips(db: Db, meetingId: string): Promise<number> {
  return (await db.row<{ count: number }>(sql`select count(*)::int as count from dispatch_decisions d where d.meeting_id = ${meetingId} and d.kind = 'measure' and d.issued_day is null`))?.count ?? 0;
}

export interface EscalationRow { readonly id: string; readonly title: string; readonly project_id: string | null; readonly problem_id: string | null; readonly escalate_to: 'leader' | 'main' | 'meeting'; readonly escalate_user_id: string | null; readonly reason: string | null; readonly answered_day: string | null }

export async function escalations(db: Db, meetingId: string): Promise<EscalationRow[]> {
  return db.rows(sql`
    select d.id, i.title, d.project_id, d.problem_id, d.escalate_to, d.escalate_user_id, d.reason, d.answered_day from dispatch_decisions d join dispatch_items i on i.id = d.item_id where d.meeting_id = ${meetingId} and d.kind = 'escalate' order by i.sort, i.id`);
}

/** Whoever the program knows as leaders. */
export async function leaders(db: Db): Promise<string[]> {
  return (await db.rows<{ id: string }>(sql`select distinct u.id from people_users u join people_user_roles x on x.user_id = u.id join people_roles r on r.id = x.role_id where u.active and r.code = 'leader' and r.active`)).map((row) => row.id);
}

export async function fullNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  return new Map((await db.rows<{ id: string; name: string }>(sql`select id, name from people_organisations where id = any(${[...ids]}::uuid[])`)).map((row) => [row.id, row.name]));
}

/** The name of the office on documents: the zone's own name and what is said of the office in it. */
export async function zoneName(db: Db): Promise<string> {
  return (await db.row<{ name: string }>(sql`select coalesce(short_name, name) as name from people_organisations where parent_id is null`))?.name ?? '';
}
