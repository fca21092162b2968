// SQL of contractors' schedules. Every read is within the reader's scope or under a project that was locked within it. Rows of a version are
// written once and never changed.
import type { InputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { columns, type ColumnType } from '../../../platform/columns.ts';
import { json, sql, type Db, type Sql } from '../../../platform/db.ts';
import { lockProject, reachable } from '../../projects/scope.ts';
import type { getSchedule, Version } from './contract.ts';
import type { Loss } from './model.ts';
import type { Head, Summary, TaskRow } from './rows.ts';

/** Of one statement: while it is put together nobody else is answered. */
const BATCH = 1000;

export interface Subject {
  readonly projectId: string;
  readonly versions: readonly Version[];
}

interface VersionRow extends Omit<Version, 'withdrawn' | 'current'> {
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: string | null;
  readonly withdrawnReason: string | null;
}

const VERSION = sql`
  s.id, s.number, s.format, s.name, s.file_name as "fileName", s.sha256, s.data_day as "dataDay", s.file_start as "fileStart", s.file_finish as "fileFinish", s.start, s.finish,
  s.task_count as tasks, s.row_count as rows, s.link_count as links, s.critical_count as critical, s.differing_count as differing, s.loss_count as losses, s.baseline,
  (select u.name from people_users u where u.id = s.imported_by) as "importedBy", s.imported_by as "importedById", s.imported_at as "importedAt",
  (select u.name from people_users u where u.id = s.withdrawn_by) as "withdrawnBy", s.withdrawn_at as "withdrawnAt", s.withdrawn_reason as "withdrawnReason"`;

/** All versions of a project, the newest first. Who may know the project has been asked before. */
export async function versionsOf(db: Db, projectId: string): Promise<Version[]> {
  const rows = await db.rows<VersionRow>(sql`select ${VERSION} from approvals_schedules s where s.project_id = ${projectId} order by s.number desc`);
  const current = rows.find((one) => one.withdrawnAt === null)?.id;
  return rows.map(({ withdrawnAt, withdrawnBy, withdrawnReason, ...row }) => ({
    ...row, current: row.id === current, withdrawn: withdrawnAt === null ? null : { by: withdrawnBy, at: withdrawnAt, reason: withdrawnReason ?? '' },
  }));
}

/** The project within the reader's scope. */
export function readProject(db: Db, actor: Actor, id: string): Promise<{ readonly id: string; readonly name: string } | undefined> {
  return db.row(sql`select p.id, p.name from projects_projects p where p.id = ${id} and ${reachable(actor, sql`p.id`)}`);
}

/** Locks a project and reads its versions: of two imports at once the second sees the first. */
export async function lockSubject(tx: Db, actor: Actor, projectId: string): Promise<Subject | undefined> {
  return (await lockProject(tx, actor, projectId)) === undefined ? undefined : { projectId, versions: await versionsOf(tx, projectId) };
}

/** The same by one of its versions. */
export async function lockByVersion(tx: Db, actor: Actor, id: string): Promise<(Subject & { readonly version: Version }) | undefined> {
  const row = await tx.row<{ project_id: string }>(sql`select project_id from approvals_schedules where id = ${id}`);
  const subject = row === undefined ? undefined : await lockSubject(tx, actor, row.project_id);
  const version = subject?.versions.find((one) => one.id === id);
  return subject === undefined || version === undefined ? undefined : { ...subject, version };
}

/** A file that the actor uploaded himself, or of which this project has a version; the program itself may take any. */
export async function mayUse(db: Db, actor: Actor, projectId: string, sha: string): Promise<boolean> {
  return (await db.row(sql`
    select 1 as one from platform_files f where f.sha256 = ${sha} and (${actor.isSystem} or exists (select 1 from platform_uploads u where u.sha256 = f.sha256 and u.user_id = ${actor.userId})
      or exists (select 1 from approvals_schedules s where s.sha256 = f.sha256 and s.project_id = ${projectId}))`)) !== undefined;
}

export interface NewVersion {
  readonly id: string; readonly projectId: string; readonly number: number; readonly sha256: string; readonly fileName: string; readonly summary: Summary; readonly by: string; readonly at: Date;
}

export async function writeVersion(tx: Db, one: NewVersion, rows: readonly TaskRow[]): Promise<void> {
  const { summary: s } = one;
  await tx.run(sql`
    insert into approvals_schedules (id, project_id, number, sha256, file_name, format, name, data_day, day_minutes, head, losses, loss_count, file_start, file_finish, start, finish,
      task_count, row_count, link_count, critical_count, differing_count, imported_by, imported_at)
    values (${one.id}, ${one.projectId}, ${one.number}, ${one.sha256}, ${one.fileName}, ${s.format}, ${s.name}, ${s.dataDay}, ${s.head.minutesPerDay}, ${json(s.head)}::jsonb, ${json(s.losses)}::jsonb, ${s.lossCount},
      ${s.fileStart}, ${s.fileFinish}, ${s.start}, ${s.finish}, ${s.taskCount}, ${s.rowCount}, ${s.linkCount}, ${s.criticalCount}, ${s.differingCount}, ${one.by}, ${one.at})`);
  const names = sql.join(Object.keys(SHAPE).map((name) => sql.id(name)));
  for (let at = 0; at < rows.length; at += BATCH) {
    await tx.run(sql`insert into approvals_schedule_tasks (schedule_id, ${names}) select ${one.id}::uuid, ${names} from ${columns(SHAPE, rows.slice(at, at + BATCH).map((row) => ({ ...row })))} as v`);
  }
}

const SHAPE: Readonly<Record<keyof TaskRow, ColumnType>> = {
  place: 'int', task: 'text', key: 'text', named: 'text', wbs: 'text', name: 'text', level: 'int', summary: 'boolean', milestone: 'boolean', duration_minutes: 'bigint', elapsed: 'boolean', calendar: 'text',
  constraint_type: 'text', constraint_at: 'text', percent: 'int', actual_start: 'text', actual_finish: 'text', baseline_start: 'text', baseline_finish: 'text', unscheduled: 'text', links: 'jsonb',
  file_start: 'text', file_finish: 'text', start: 'text', finish: 'text', late_start: 'text', late_finish: 'text', float_minutes: 'bigint', free_minutes: 'bigint', critical: 'boolean', driving: 'boolean',
  start_days: 'int', finish_days: 'int', reasons: 'text[]',
};

/** The one baseline of a project. */
export async function writeBaseline(tx: Db, projectId: string, id: string): Promise<void> {
  await tx.run(sql`update approvals_schedules set baseline = false where project_id = ${projectId} and baseline and id <> ${id}`);
  await tx.run(sql`update approvals_schedules set baseline = true where id = ${id}`);
}

export async function writeWithdrawal(tx: Db, id: string, by: string, at: Date, reason: string): Promise<void> {
  await tx.run(sql`update approvals_schedules set baseline = false, withdrawn_by = ${by}, withdrawn_at = ${at}, withdrawn_reason = ${reason} where id = ${id}`);
}

export interface ShownRow extends Omit<TaskRow, 'links'> {
  readonly base_start: string | null;
  readonly base_finish: string | null;
}

type Asked = InputOf<typeof getSchedule>;

/** What a version is compared with: another one, in which tasks are found by the key of their program or, of another program, by name. */
export interface Against {
  readonly id: string;
  readonly by: 'key' | 'named';
}

/** Rows of a version with the dates beside them of what it is compared with: of another version, else the file's own baseline. */
export function readRows(db: Db, scheduleId: string, baseline: Against | null, asked: Asked, limit: number): Promise<ShownRow[]> {
  const conditions = [...wanted(scheduleId, baseline, asked), ...(asked.after === undefined ? [] : [sql`t.place > ${Number(asked.after)}`])];
  return db.rows<ShownRow>(sql`
    select t.place, t.task, t.key, t.wbs, t.name, t.level, t.summary, t.milestone, t.percent, t.file_start, t.file_finish, t.start, t.finish, t.late_finish, t.float_minutes, t.elapsed,
           t.actual_start, t.actual_finish, t.critical, t.driving, t.start_days, t.finish_days, t.reasons, ${baseStart(baseline)} as base_start, ${baseFinish(baseline)} as base_finish
    from approvals_schedule_tasks t ${joined(baseline)} where ${sql.all(conditions)} order by t.place limit ${limit} offset ${asked.skip ?? 0}`);
}

export interface Counts {
  readonly found: number;
  readonly depth: number;
  /** First and last day that any of the rows touches. */
  readonly first: string | null;
  readonly last: string | null;
}

export async function countRows(db: Db, scheduleId: string, baseline: Against | null, asked: Asked): Promise<Counts> {
  const row = await db.row<Counts>(sql`
    select c.found, c.first, c.last,
           (select coalesce(max(level), 0) from approvals_schedule_tasks where schedule_id = ${scheduleId})::int as depth
    from (select count(*)::int as found, left(least(min(t.start), min(${baseStart(baseline)})), 10) as first, left(greatest(max(t.finish), max(${baseFinish(baseline)})), 10) as last
          from approvals_schedule_tasks t ${joined(baseline)} where ${sql.all(wanted(scheduleId, baseline, asked))}) c`);
  return row ?? { found: 0, depth: 0, first: null, last: null };
}

/** How many tasks of a version are found in the one that it is compared with. */
export async function countMatched(db: Db, scheduleId: string, against: Against): Promise<number> {
  const row = await db.row<{ matched: number }>(sql`select count(*)::int as matched from approvals_schedule_tasks t ${joined(against)} where t.schedule_id = ${scheduleId} and not t.summary and b.place is not null`);
  return row?.matched ?? 0;
}

const joined = (baseline: Against | null): Sql => (baseline === null ? sql.empty : sql`left join approvals_schedule_tasks b on b.schedule_id = ${baseline.id} and ${baseline.by === 'key' ? sql`b.key = t.key` : sql`b.named = t.named`}`);
const baseStart = (baseline: Against | null): Sql => (baseline === null ? sql`t.baseline_start` : sql`b.start`);
const baseFinish = (baseline: Against | null): Sql => (baseline === null ? sql`t.baseline_finish` : sql`b.finish`);

function wanted(scheduleId: string, baseline: Against | null, { only = 'all', level, q }: Asked): Sql[] {
  const words = q?.trim() ?? '';
  return [
    sql`t.schedule_id = ${scheduleId}`,
    ...(only === 'critical' ? [sql`t.critical`] : only === 'differing' ? [sql`t.reasons is not null`] : only === 'late' ? [sql`t.finish > ${baseFinish(baseline)}`] : []),
    ...(level === undefined ? [] : [sql`t.level <= ${level}`]),
    ...(words === '' ? [] : [sql`(position(lower(${words}) in lower(t.name)) > 0 or position(lower(${words}) in lower(t.wbs)) > 0)`]),
  ];
}

export interface Details {
  readonly dayMinutes: number;
  readonly losses: readonly Loss[];
  /** The latest finish of the file's own baseline. */
  readonly fileBaseline: string | null;
}

export async function readDetails(db: Db, scheduleId: string): Promise<Details> {
  const row = await db.row<Details>(sql`
    select s.day_minutes as "dayMinutes", s.losses, (select max(t.baseline_finish) from approvals_schedule_tasks t where t.schedule_id = s.id) as "fileBaseline"
    from approvals_schedules s where s.id = ${scheduleId}`);
  return row ?? { dayMinutes: 480, losses: [], fileBaseline: null };
}

/** All that is kept of a version, for writing it again. */
export async function readWhole(db: Db, scheduleId: string, baseline: Against | null): Promise<{ readonly head: Head; readonly rows: readonly (TaskRow & ShownRow)[] }> {
  const [about, rows] = await Promise.all([
    db.row<{ head: Head }>(sql`select head from approvals_schedules where id = ${scheduleId}`),
    db.rows<TaskRow & ShownRow>(sql`select t.*, ${baseStart(baseline)} as base_start, ${baseFinish(baseline)} as base_finish from approvals_schedule_tasks t ${joined(baseline)} where t.schedule_id = ${scheduleId} order by t.place`),
  ]);
  if (about === undefined) throw new Error('the schedule vanished');
  return { head: about.head, rows };
}
