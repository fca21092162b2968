// SQL of slips: what is issued, signed for, reported, extended. Reads for lists and pages are in reads.ts.
import { columns, type ColumnType } from '../../../platform/columns.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';

export interface Carried {
  readonly id: string; readonly version: number; readonly meeting_id: string; readonly item_id: string; readonly kind: 'measure' | 'escalate' | 'none'; readonly ordinal: number | null; readonly project_id: string | null; readonly problem_id: string | null; readonly title: string;
  readonly status_line: string; readonly ask: string; readonly measure: string | null; readonly criterion: string | null; readonly owner_org_id: string | null; readonly co_org_ids: readonly string[]; readonly original_due: string | null; readonly due_day: string | null; readonly extensions: number;
  readonly done_day: string | null; readonly issued_day: string | null; readonly escalate_to: string | null; readonly answered_day: string | null; readonly project_name: string | null; readonly commissioner_id: string | null; readonly owner_name: string | null; readonly co_names: readonly string[];
  readonly meeting_number: number; readonly meeting_year: number; readonly series: string; readonly reason: string | null;
}
const CARRIED = sql`
  d.id, d.version, d.meeting_id, d.item_id, d.kind, d.ordinal, d.project_id, d.problem_id, i.title, i.status_line, i.ask, d.measure, d.criterion, d.owner_org_id, d.co_org_ids, d.original_due, d.due_day, d.extensions, d.done_day, d.issued_day, d.escalate_to, d.answered_day, d.reason,
  p.name as project_name, p.commissioner_id, o.name as owner_name, m.number as meeting_number, m.year as meeting_year, m.series,
  array(select c.name from unnest(d.co_org_ids) with ordinality as x (id, nth) join people_organisations c on c.id = x.id order by x.nth) as co_names`;
const FROM = sql`dispatch_decisions d join dispatch_items i on i.id = d.item_id join dispatch_meetings m on m.id = d.meeting_id left join projects_projects p on p.id = d.project_id left join people_organisations o on o.id = d.owner_org_id`;

/** Decisions of a meeting with a measure and without their slip, in the order of the agenda. One meeting issues at a time. */
export async function lockUnissued(tx: Db, meetingId: string, only: string | undefined): Promise<{ readonly rows: Carried[]; readonly last: number }> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('dispatch.slips.' || ${meetingId}, 0))`);
  const rows = await tx.rows<Carried>(sql`
    select ${CARRIED} from ${FROM} where d.meeting_id = ${meetingId} and d.kind = 'measure' and d.issued_day is null ${only === undefined ? sql.empty : sql`and d.id = ${only}`} order by i.sort, i.id for update of d`);
  const last = await tx.row<{ last: number }>(sql`select coalesce(max(ordinal), 0)::int as last from dispatch_decisions where meeting_id = ${meetingId}`);
  return { rows, last: last?.last ?? 0 };
}

export async function lockDecision(tx: Db, id: string, known = sql`true`): Promise<Carried | undefined> {
  return tx.row<Carried>(sql`select ${CARRIED} from ${FROM} where d.id = ${id} and ${known} for update of d`);
}

export interface NewSlip {
  readonly id: string; readonly decision_id: string; readonly kind: string; readonly ordinal: number; readonly number: string; readonly owner_org_id: string; readonly due_day: string; readonly overdue_days: number; readonly copy_org_ids: readonly string[];
  readonly record: string | null; readonly content: unknown; readonly receipt_due: string;
}
const SLIP: Readonly<Record<string, ColumnType>> = { id: 'uuid', decision_id: 'uuid', kind: 'text', ordinal: 'int', number: 'text', owner_org_id: 'uuid', due_day: 'date', overdue_days: 'int', copies: 'text[]', record: 'text', content: 'jsonb', receipt_due: 'date' };

export async function insertSlips(tx: Db, slips: readonly NewSlip[], actor: Actor, now: Now): Promise<void> {
  if (slips.length === 0) return;
  await tx.run(sql`
    insert into dispatch_slips (id, decision_id, kind, ordinal, number, owner_org_id, issued_day, issued_at, issued_by, issued_name, due_day, overdue_days, copy_org_ids, record, content, receipt_due)
    select v.id, v.decision_id, v.kind, v.ordinal, v.number, v.owner_org_id, ${now.day}, ${now.instant}, ${actor.userId}, ${actor.name}, v.due_day, v.overdue_days, v.copies::uuid[], v.record, v.content, v.receipt_due
    from ${columns(SLIP, slips.map((one) => ({ ...one, copies: one.copy_org_ids })))} as v`);
}

export async function markIssued(tx: Db, rows: readonly { readonly id: string; readonly ordinal: number; readonly problemId: string | null }[], day: string): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    update dispatch_decisions d set ordinal = v.ordinal, problem_id = coalesce(v.problem, d.problem_id), issued_day = ${day}, version = d.version + 1
    from ${columns({ id: 'uuid', ordinal: 'int', problem: 'uuid' }, rows.map((one) => ({ id: one.id, ordinal: one.ordinal, problem: one.problemId })))} as v where d.id = v.id`);
}

export async function insertCheckpoints(tx: Db, rows: readonly { readonly id: string; readonly decision_id: string; readonly day: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`insert into dispatch_checkpoints (id, decision_id, day) select v.id, v.decision_id, v.day from ${columns({ id: 'uuid', decision_id: 'uuid', day: 'date' }, rows.map((one) => ({ ...one })))} as v on conflict (decision_id, day) do nothing`);
}

export interface SlipRow {
  readonly id: string; readonly decision_id: string; readonly kind: 'assign' | 'supervise' | 'bulletin' | 'interview'; readonly ordinal: number; readonly number: string; readonly issued_day: string; readonly issued_name: string; readonly due_day: string; readonly overdue_days: number;
  readonly copy_org_ids: readonly string[]; readonly record: string | null; readonly content: unknown; readonly receipt_due: string; readonly received_day: string | null; readonly received_name: string | null;
}

export async function slipsOf(db: Db, decisionId: string): Promise<SlipRow[]> {
  return db.rows<SlipRow>(sql`select s.* from dispatch_slips s where s.decision_id = ${decisionId} order by s.issued_at, s.kind, s.ordinal`);
}

export async function signSlip(tx: Db, slipId: string, actor: Actor, now: Now): Promise<void> {
  await tx.run(sql`update dispatch_slips set received_at = ${now.instant}, received_day = ${now.day}, received_by = ${actor.userId}, received_name = ${actor.name} where id = ${slipId} and received_at is null`);
}

export interface CheckpointRow { readonly id: string; readonly day: string; readonly reported_day: string | null; readonly reported_name: string | null; readonly text: string | null }

export async function checkpointsOf(db: Db, decisionId: string): Promise<CheckpointRow[]> {
  return db.rows<CheckpointRow>(sql`select c.id, c.day, c.reported_day, c.reported_name, c.text from dispatch_checkpoints c where c.decision_id = ${decisionId} order by c.day`);
}

export async function writeReport(tx: Db, decisionId: string, one: { readonly id: string; readonly day: string; readonly text: string }, actor: Actor, now: Now): Promise<void> {
  await tx.run(sql`
    insert into dispatch_checkpoints as c (id, decision_id, day, reported_day, reported_at, reported_name, text) values (${one.id}, ${decisionId}, ${one.day}, ${now.day}, ${now.instant}, ${actor.name}, ${one.text})
    on conflict (decision_id, day) do update set reported_day = excluded.reported_day, reported_at = excluded.reported_at, reported_name = excluded.reported_name, text = excluded.text where c.text is null`);
}

export interface ExtensionRow {
  readonly id: string; readonly ordinal: number; readonly old_due: string; readonly wanted_day: string; readonly reason: string; readonly asked_day: string; readonly asked_name: string; readonly granted: boolean | null; readonly decided_day: string | null; readonly answer: string | null;
}

export async function extensionsOf(db: Db, decisionId: string): Promise<ExtensionRow[]> {
  return db.rows<ExtensionRow>(sql`select e.* from dispatch_extensions e where e.decision_id = ${decisionId} order by e.ordinal`);
}

export async function insertExtension(tx: Db, decisionId: string, one: Pick<ExtensionRow, 'id' | 'ordinal' | 'old_due' | 'wanted_day' | 'reason'>, actor: Actor, now: Now): Promise<void> {
  await tx.run(sql`
    insert into dispatch_extensions (id, decision_id, ordinal, old_due, wanted_day, reason, asked_day, asked_name) values (${one.id}, ${decisionId}, ${one.ordinal}, ${one.old_due}, ${one.wanted_day}, ${one.reason}, ${now.day}, ${actor.name})`);
}

/** Granted, it moves the present deadline; the original one stays, and every rate counts by it. */
export async function answerExtension(tx: Db, decisionId: string, one: { readonly id: string; readonly granted: boolean; readonly answer: string | null; readonly dueDay: string }, actor: Actor, now: Now): Promise<void> {
  await tx.run(sql`update dispatch_extensions set granted = ${one.granted}, decided_day = ${now.day}, decided_name = ${actor.name}, answer = ${one.answer} where id = ${one.id} and granted is null`);
  if (one.granted) await tx.run(sql`update dispatch_decisions set due_day = ${one.dueDay}, extensions = extensions + 1, version = version + 1 where id = ${decisionId}`);
}

export async function answerEscalated(tx: Db, id: string, now: Now): Promise<void> {
  await tx.run(sql`update dispatch_decisions set answered_day = ${now.day}, version = version + 1 where id = ${id}`);
}

/** Slips whose receipt is due and of which nobody was reminded yet. */
export async function lockUnsigned(tx: Db, day: string, limit: number): Promise<{ readonly id: string; readonly decision_id: string; readonly number: string; readonly owner_org_id: string; readonly project_id: string | null; readonly receipt_due: string }[]> {
  return tx.rows(sql`
    select s.id, s.decision_id, s.number, s.owner_org_id, d.project_id, s.receipt_due from dispatch_slips s join dispatch_decisions d on d.id = s.decision_id
    where s.received_at is null and s.receipt_due < ${day} and s.reminded_day is null order by s.receipt_due, s.id limit ${limit} for update of s skip locked`);
}

export async function markReminded(tx: Db, ids: readonly string[], day: string): Promise<void> {
  if (ids.length > 0) await tx.run(sql`update dispatch_slips set reminded_day = ${day} where id = any(${[...ids]}::uuid[])`);
}

/** Issued decisions that are over their deadline and were not supervised yet. */
export async function lockOverdue(tx: Db, day: string, limit: number): Promise<Carried[]> {
  return tx.rows<Carried>(sql`
    select ${CARRIED} from ${FROM} where d.kind = 'measure' and d.issued_day is not null and d.done_day is null and d.due_day < ${day} and not exists (select 1 from dispatch_slips s where s.decision_id = d.id and s.kind = 'supervise')
    order by d.due_day, d.id limit ${limit} for update of d skip locked`);
}

export async function hasDue(db: Db, day: string, automatic: boolean): Promise<boolean> {
  const row = await db.row(sql`
    select 1 as one where exists (select 1 from dispatch_slips s where s.received_at is null and s.receipt_due < ${day} and s.reminded_day is null)
      ${automatic ? sql`or exists (select 1 from dispatch_decisions d where d.kind = 'measure' and d.issued_day is not null and d.done_day is null and d.due_day < ${day} and not exists (select 1 from dispatch_slips s where s.decision_id = d.id and s.kind = 'supervise'))` : sql.empty}`);
  return row !== undefined;
}


export async function coOrgs(db: Db, id: string): Promise<readonly string[]> {
  return (await db.row<{ ids: string[] }>(sql`select co_org_ids as ids from dispatch_decisions where id = ${id}`))?.ids ?? [];
}

/** A slip that the reader may know, with the day on which its decision was fulfilled. */
export async function slipById(db: Db, id: string, known: Sql): Promise<(SlipRow & { readonly done_day: string | null }) | undefined> {
  return db.row(sql`select s.*, d.done_day from dispatch_slips s join dispatch_decisions d on d.id = s.decision_id where s.id = ${id} and ${known}`);
}
