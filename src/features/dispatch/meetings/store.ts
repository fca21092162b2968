// SQL of meetings: locking, numbers, invited units, items, decisions. Reads for lists and pages are in reads.ts; what proposes an agenda in proposing.ts.
import { columns, type ColumnType } from '../../../platform/columns.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { MeetingState } from './rules.ts';

export interface MeetingRow {
  readonly id: string; readonly version: number; readonly series: string; readonly kind: string; readonly state: MeetingState; readonly day: string; readonly time: string; readonly minutes: number;
  readonly place: string; readonly chair: string | null; readonly topic: string | null; readonly number: number | null; readonly year_number: number | null; readonly year: number; readonly frozen: boolean;
  readonly current_item: string | null; readonly sequence: number; readonly issued_day: string | null; readonly cancelled_reason: string | null; readonly updated_at: string;
}
const ROW = sql`m.id, m.version, m.series, m.kind, m.state, m.day, m.time, m.minutes, m.place, m.chair, m.topic, m.number, m.year_number, m.year, m.frozen, m.current_item, m.sequence, m.issued_day, m.cancelled_reason, m.updated_at`;

export async function lockMeeting(tx: Db, id: string): Promise<MeetingRow | undefined> {
  return tx.row<MeetingRow>(sql`select ${ROW} from dispatch_meetings m where m.id = ${id} for update`);
}

/** For whoever only hangs something on a meeting: its state cannot change meanwhile, and two of them do not wait for each other. */
export async function shareMeeting(tx: Db, id: string): Promise<MeetingRow | undefined> {
  return tx.row<MeetingRow>(sql`select ${ROW} from dispatch_meetings m where m.id = ${id} for share`);
}

export interface NewMeeting {
  readonly id: string; readonly series: string; readonly kind: string; readonly day: string; readonly time: string; readonly minutes: number; readonly place: string; readonly chair: string | null; readonly topic: string | null;
  readonly recurs: string | null; readonly occurrence: string | null;
}
const NEW: Readonly<Record<string, ColumnType>> = { id: 'uuid', series: 'text', kind: 'text', day: 'date', time: 'text', minutes: 'int', place: 'text', chair: 'text', topic: 'text', recurs: 'text', occurrence: 'date' };

/** Gives the ids that were written: an occurrence that is planned already is not planned again. */
export async function insertMeetings(tx: Db, meetings: readonly NewMeeting[], actor: Actor, now: Now): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    insert into dispatch_meetings (id, series, kind, day, time, minutes, place, chair, topic, recurs, occurrence, created_by, created_at, updated_at)
    select v.id, v.series, v.kind, v.day, v.time, v.minutes, v.place, v.chair, v.topic, v.recurs, v.occurrence, ${actor.userId}, ${now.instant}, ${now.instant}
    from ${columns(NEW, meetings.map((one) => ({ ...one })))} as v on conflict (recurs, occurrence) do nothing returning id`);
  return rows.map((row) => row.id);
}

interface Invited { readonly id: string; readonly orgId: string }

/** Replaces the invited units; who was marked already stays. */
export async function replaceInvited(tx: Db, meetingId: string, orgs: readonly Invited[]): Promise<void> {
  await tx.run(sql`delete from dispatch_attendees where meeting_id = ${meetingId} and org_id is not null and presence = 'invited' and not org_id = any(${orgs.map((one) => one.orgId)}::uuid[])`);
  await inviteOrgs(tx, orgs.map((one) => ({ ...one, meetingId })));
}

/** Invites units to meetings, in the order of the list. */
export async function inviteOrgs(tx: Db, invited: readonly (Invited & { readonly meetingId: string })[]): Promise<void> {
  if (invited.length === 0) return;
  await tx.run(sql`
    insert into dispatch_attendees (id, meeting_id, org_id, sort) select v.id, v.meeting, v.org, v.nth from ${columns({ id: 'uuid', meeting: 'uuid', org: 'uuid' }, invited.map((one) => ({ id: one.id, meeting: one.meetingId, org: one.orgId })))} as v
    join people_organisations o on o.id = v.org on conflict (meeting_id, org_id) do nothing`);
}

export type MeetingChange = Partial<Pick<MeetingRow, 'state' | 'kind' | 'series' | 'day' | 'time' | 'minutes' | 'place' | 'chair' | 'topic' | 'frozen' | 'cancelled_reason' | 'issued_day' | 'number' | 'year_number'>> & { readonly opened_at?: Date; readonly closed_at?: Date };
const NAMES = ['state', 'kind', 'series', 'day', 'time', 'minutes', 'place', 'chair', 'topic', 'frozen', 'cancelled_reason', 'issued_day', 'number', 'year_number', 'opened_at', 'closed_at'] as const;

/** Writes what changed; `shown`: a calendar must take it over. */
export async function changeMeetingRow(tx: Db, id: string, change: MeetingChange, shown: boolean, at: Date): Promise<number> {
  const sets = NAMES.filter((name) => change[name] !== undefined).map((name) => sql`${sql.id(name)} = ${change[name] ?? null}`);
  const row = await tx.row<{ version: number }>(sql`
    update dispatch_meetings set ${sql.join([...sets, sql`version = version + 1`, sql`sequence = sequence + ${shown ? 1 : 0}`, sql`updated_at = ${at}`])} where id = ${id} returning version`);
  if (row === undefined) throw new Error(`meeting ${id} vanished under its lock`);
  return row.version;
}

/** The next numbers of a series, held until the transaction ends: two offices at once cannot take one, and none is left out. */
export async function takeNumbers(tx: Db, series: string, year: number, first: number): Promise<{ readonly number: number; readonly yearNumber: number }> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || '.dispatch_meetings.' || ${series}, 0))`);
  const row = await tx.row<{ number: number | null; year_number: number | null }>(sql`
    select (select max(number) from dispatch_meetings where series = ${series}) as number, (select max(year_number) from dispatch_meetings where series = ${series} and year = ${year}) as year_number`);
  return { number: row?.number === null || row === undefined ? first : row.number + 1, yearNumber: (row?.year_number ?? 0) + 1 };
}

// --- items ---

export interface ItemRow {
  readonly id: string; readonly meeting_id: string; readonly rule: string; readonly source: string; readonly sort: number; readonly place: 'listed' | 'cut' | 'sent_back' | 'removed'; readonly project_id: string | null; readonly problem_id: string | null;
  readonly decision_id: string | null; readonly title: string; readonly status_line: string; readonly ask: string; readonly facts: readonly unknown[]; readonly owner_org_id: string | null; readonly minutes: number; readonly edited: boolean;
}

export async function itemsOf(db: Db, meetingId: string): Promise<ItemRow[]> {
  return db.rows<ItemRow>(sql`select i.* from dispatch_items i where i.meeting_id = ${meetingId} order by i.sort, i.id`);
}

export async function lockItem(tx: Db, meetingId: string, id: string): Promise<ItemRow | undefined> {
  return tx.row<ItemRow>(sql`select i.* from dispatch_items i where i.id = ${id} and i.meeting_id = ${meetingId} for update`);
}

export interface NewItem {
  readonly id: string; readonly rule: string; readonly source: string; readonly sort: number; readonly place: string; readonly project_id: string | null; readonly problem_id: string | null; readonly decision_id: string | null;
  readonly title: string; readonly status_line: string; readonly ask: string; readonly facts: readonly unknown[]; readonly owner_org_id: string | null; readonly minutes: number; readonly edited: boolean;
}
const ITEM: Readonly<Record<string, ColumnType>> = { id: 'uuid', rule: 'text', source: 'text', sort: 'int', place: 'text', project_id: 'uuid', problem_id: 'uuid', decision_id: 'uuid', title: 'text', status_line: 'text', ask: 'text', facts: 'jsonb', owner_org_id: 'uuid', minutes: 'int', edited: 'boolean' };

export async function insertItems(tx: Db, meetingId: string, items: readonly NewItem[]): Promise<number> {
  return tx.run(sql`
    insert into dispatch_items (id, meeting_id, rule, source, sort, place, project_id, problem_id, decision_id, title, status_line, ask, facts, owner_org_id, minutes, edited)
    select v.id, ${meetingId}, v.rule, v.source, v.sort, v.place, v.project_id, v.problem_id, v.decision_id, v.title, v.status_line, v.ask, v.facts, v.owner_org_id, v.minutes, v.edited
    from ${columns(ITEM, items.map((one) => ({ ...one })))} as v on conflict (meeting_id, source) do nothing`);
}

/** Proposals that nobody touched go, so that an agenda can be formed anew; what was edited, removed or decided stays. */
export async function dropUntouched(tx: Db, meetingId: string): Promise<void> {
  await tx.run(sql`delete from dispatch_items i where i.meeting_id = ${meetingId} and not i.edited and i.rule <> 'special' and not exists (select 1 from dispatch_decisions d where d.item_id = i.id)`);
}

export async function writeItem(tx: Db, id: string, one: Pick<ItemRow, 'title' | 'status_line' | 'ask' | 'owner_org_id' | 'minutes' | 'place'> & { readonly place_reason: string | null; readonly sort: number }): Promise<void> {
  await tx.run(sql`
    update dispatch_items set title = ${one.title}, status_line = ${one.status_line}, ask = ${one.ask}, owner_org_id = ${one.owner_org_id}, minutes = ${one.minutes}, place = ${one.place}, place_reason = ${one.place_reason}, sort = ${one.sort}, edited = true where id = ${id}`);
}

export async function sortItems(tx: Db, meetingId: string, ids: readonly string[]): Promise<void> {
  await tx.run(sql`update dispatch_items i set sort = v.nth, edited = true from ${columns({ id: 'uuid' }, ids.map((id) => ({ id })))} as v where i.id = v.id and i.meeting_id = ${meetingId}`);
}

// --- decisions ---

export interface DecisionRow {
  readonly id: string; readonly version: number; readonly meeting_id: string; readonly item_id: string; readonly kind: 'measure' | 'escalate' | 'none'; readonly ordinal: number | null; readonly project_id: string | null; readonly problem_id: string | null;
  readonly measure: string | null; readonly owner_org_id: string | null; readonly co_org_ids: readonly string[]; readonly criterion: string | null; readonly original_due: string | null; readonly due_day: string | null; readonly extensions: number; readonly urgent: boolean;
  readonly escalate_to: 'leader' | 'main' | 'meeting' | null; readonly reason: string | null; readonly done_day: string | null; readonly issued_day: string | null; readonly decided_name: string; readonly decided_day: string;
}

export async function decisionOfItem(db: Db, itemId: string): Promise<DecisionRow | undefined> {
  return db.row<DecisionRow>(sql`select d.* from dispatch_decisions d where d.item_id = ${itemId} for update`);
}

export type DecisionValues = Pick<DecisionRow, 'kind' | 'measure' | 'owner_org_id' | 'co_org_ids' | 'criterion' | 'due_day' | 'urgent' | 'escalate_to' | 'reason'> & { readonly escalate_user_id: string | null };

/** Writes what was decided on an item; decided anew, it replaces what stood. Gives the new version. */
export async function writeDecision(tx: Db, place: { readonly id: string; readonly meetingId: string; readonly itemId: string; readonly projectId: string | null; readonly problemId: string | null }, one: DecisionValues, actor: Actor, now: Now): Promise<{ readonly id: string; readonly version: number }> {
  const row = await tx.row<{ id: string; version: number }>(sql`
    insert into dispatch_decisions as d (id, meeting_id, item_id, project_id, problem_id, kind, measure, owner_org_id, co_org_ids, criterion, original_due, due_day, urgent, escalate_to, escalate_user_id, reason, decided_day, decided_by, decided_name, decided_at)
    values (${place.id}, ${place.meetingId}, ${place.itemId}, ${place.projectId}, ${place.problemId}, ${one.kind}, ${one.measure}, ${one.owner_org_id}, ${[...one.co_org_ids]}::uuid[], ${one.criterion}, ${one.due_day}, ${one.due_day}, ${one.urgent}, ${one.escalate_to}, ${one.escalate_user_id}, ${one.reason}, ${now.day}, ${actor.userId}, ${actor.name}, ${now.instant})
    on conflict (item_id) do update set version = d.version + 1, kind = excluded.kind, measure = excluded.measure, owner_org_id = excluded.owner_org_id, co_org_ids = excluded.co_org_ids, criterion = excluded.criterion, original_due = excluded.original_due, due_day = excluded.due_day,
      urgent = excluded.urgent, escalate_to = excluded.escalate_to, escalate_user_id = excluded.escalate_user_id, reason = excluded.reason, decided_day = excluded.decided_day, decided_by = excluded.decided_by, decided_name = excluded.decided_name, decided_at = excluded.decided_at
    returning d.id, d.version`);
  if (row === undefined) throw new Error('a decision that was not written');
  return row;
}

/** The latest meeting of the series that was held before this one. */
export async function meetingBefore(db: Db, one: Pick<MeetingRow, 'id' | 'series' | 'day'>): Promise<{ readonly id: string; readonly number: number } | undefined> {
  return db.row(sql`select m.id, m.number from dispatch_meetings m where m.series = ${one.series} and m.number is not null and m.day <= ${one.day} and m.id <> ${one.id} order by m.number desc limit 1`);
}

export async function markAttendee(tx: Db, meetingId: string, one: { readonly id: string; readonly orgId: string | null; readonly name: string | null; readonly presence: string; readonly arrived: string | null; readonly reason: string | null }): Promise<void> {
  const written = await tx.run(sql`
    insert into dispatch_attendees as a (id, meeting_id, org_id, name, presence, arrived, reason, sort) values (${one.id}, ${meetingId}, ${one.orgId}, ${one.name}, ${one.presence}, ${one.arrived}, ${one.reason}, 1000)
    on conflict (id) do update set name = coalesce(excluded.name, a.name), presence = excluded.presence, arrived = excluded.arrived, reason = excluded.reason where a.meeting_id = ${meetingId}`);
  // The row of another meeting.
  if (written === 0) refuse('platform.not_found', { id: one.id });
}

/** Whoever is marked: by his own row, or by his unit's, which another clerk may have added meanwhile. */
export async function attendeeOf(db: Db, meetingId: string, id: string, orgId: string | undefined): Promise<{ readonly id: string; readonly org_id: string | null; readonly name: string | null } | undefined> {
  return db.row(sql`select id, org_id, name from dispatch_attendees where meeting_id = ${meetingId} and (id = ${id} or org_id = ${orgId ?? null}) order by id = ${id} desc limit 1`);
}

/** How many of these are no organisation that is in use. */
export async function unknownUnits(db: Db, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const row = await db.row<{ count: number }>(sql`select count(*)::int as count from people_organisations where id = any(${[...ids]}::uuid[]) and active`);
  return new Set(ids).size - (row?.count ?? 0);
}

export async function turnItem(tx: Db, meetingId: string, itemId: string, left: { readonly itemId: string; readonly seconds: number } | undefined): Promise<void> {
  await tx.run(sql`update dispatch_meetings set current_item = ${itemId} where id = ${meetingId}`);
  if (left !== undefined) await tx.run(sql`update dispatch_items set spent_seconds = spent_seconds + ${left.seconds} where id = ${left.itemId} and meeting_id = ${meetingId}`);
}

export async function writeFeed(tx: Db, one: { readonly id: string; readonly hash: Buffer } | undefined, userId: string, at: Date): Promise<number> {
  const ended = await tx.run(sql`update dispatch_feeds set revoked_at = ${at} where user_id = ${userId} and revoked_at is null`);
  if (one !== undefined) await tx.run(sql`insert into dispatch_feeds (id, user_id, secret_hash, created_at) values (${one.id}, ${userId}, ${one.hash}, ${at})`);
  return ended;
}

/** What names a meeting, for whoever makes its papers. */
export function headOf(id: string): Sql {
  return sql`select m.version, m.number, m.year_number, m.series from dispatch_meetings m where m.id = ${id}`;
}

/** Whether one of these occurrences is not planned. */
export async function missing(db: Db, occurrences: readonly { readonly recurs: string; readonly occurrence: string }[]): Promise<boolean> {
  if (occurrences.length === 0) return false;
  const row = await db.row<{ count: number }>(sql`
    select count(*)::int as count from ${columns({ recurs: 'text', occurrence: 'date' }, occurrences.map((one) => ({ ...one })))} as v where not exists (select 1 from dispatch_meetings m where m.recurs = v.recurs and m.occurrence = v.occurrence)`);
  return (row?.count ?? 0) > 0;
}
