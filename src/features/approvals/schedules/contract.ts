// Contractors' schedules as others call them: import of a file, the baseline, withdrawal; the tasks with our dates and the file's, versions,
// and files that other programs open. Shared by server, browser and API description; holds no decision.
import Type, { type Static } from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const Sha = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Text = Type.String();
const Whole = Type.Integer();
/** YYYY-MM-DDTHH:MM, local. */
const Minute = Type.String();
const Day = Type.String();
const Reason = Type.String({ minLength: 2, maxLength: 1000 });

export const FORMATS = ['mspdi', 'xer'] as const;
export const REASONS = ['actual', 'constraint', 'manual', 'inactive', 'summary', 'unknown_link', 'summary_link', 'lag', 'calendar', 'clock', 'finer', 'follows', 'unexplained'] as const;
export const LOSSES = ['unknown_link', 'unknown_calendar', 'recurring_exception', 'work_weeks', 'other_project', 'seconds', 'unread_task_type'] as const;
/** Which tasks are shown: all, those on which the end depends, those whose dates differ, those that stand later than the baseline. */
export const ONLY = ['all', 'critical', 'differing', 'late'] as const;
export const PAGE_LIMIT = 1000;

const Version = Type.Object({
  id: Id, number: Whole, format: Type.Enum(FORMATS), name: Text, fileName: Text, sha256: Sha, dataDay: maybe(Day), fileStart: maybe(Minute), fileFinish: maybe(Minute), start: maybe(Minute), finish: maybe(Minute),
  tasks: Whole, rows: Whole, links: Whole, critical: Whole, differing: Whole, losses: Whole, current: Type.Boolean(), baseline: Type.Boolean(), importedBy: maybe(Text), importedById: Id, importedAt: Text,
  withdrawn: maybe(Type.Object({ by: maybe(Text), at: Text, reason: Text }, closed)),
}, closed);
export type Version = Static<typeof Version>;

const TaskOut = Type.Object({
  place: Whole, task: Text, code: Text, name: Text, level: Whole, summary: Type.Boolean(), milestone: Type.Boolean(), percent: Whole,
  start: maybe(Minute), finish: maybe(Minute), lateFinish: maybe(Minute), fileStart: maybe(Minute), fileFinish: maybe(Minute), baselineStart: maybe(Minute), baselineFinish: maybe(Minute), actualStart: maybe(Minute), actualFinish: maybe(Minute),
  /** Working days of the schedule, hundredths; null for what is not computed. */
  floatDays: maybe(Type.Number()), critical: Type.Boolean(),
  /** Ours minus the file's in calendar days, with what in the file explains it; null where the dates agree. */
  differs: maybe(Type.Object({ startDays: Whole, finishDays: Whole, reasons: Type.Array(Type.Enum(REASONS)) }, closed)),
}, closed);
export type ShownTask = Static<typeof TaskOut>;

export const importSchedule = commandContract('approvals.import_schedule', {
  input: Type.Object({
    /** The project. */
    id: Id, scheduleId: Id,
    /** A file that the caller uploaded (platform.upload_file). */
    sha256: Sha, fileName: Type.String({ minLength: 1, maxLength: 255 }),
  }, closed),
  output: Type.Object({
    id: Id, number: Whole,
    /** The project had this very file already: nothing was changed. */
    known: Type.Boolean(), current: Type.Boolean(), tasks: Whole, differing: Whole, losses: Whole,
  }, closed),
});

/** For who plans: whoever is measured does not choose what he is measured against. */
export const setScheduleBaseline = commandContract('approvals.set_schedule_baseline', {
  input: Type.Object({
    /** The schedule. */
    id: Id,
    reason: Reason,
  }, closed),
  output: Type.Object({ id: Id, number: Whole, before: maybe(Whole) }, closed),
});

/** One's own import, or any for who plans. */
export const withdrawSchedule = commandContract('approvals.withdraw_schedule', {
  input: Type.Object({ id: Id, reason: Reason }, closed),
  output: Type.Object({ id: Id, number: Whole, current: maybe(Whole) }, closed),
});

export const getSchedule = queryContract('approvals.schedule', {
  input: Type.Object({
    /** The project; `schedule` one of its versions, without it the current one. */
    id: Id, schedule: Type.Optional(Id),
    /** Another version to compare with instead of the baseline. */
    against: Type.Optional(Id),
    only: Type.Optional(Type.Enum(ONLY)),
    /** Down to which depth of the outline. */
    level: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    q: Type.Optional(Type.String({ maxLength: 100 })),
    /** Rows to leave out before the first one that is wanted: for a window somewhere in the list. */
    skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    /** The place of the last row that was read. */
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$' })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_LIMIT })),
  }, closed),
  output: Type.Object({
    id: Id, name: Text, day: Day, can: Type.Object({ import: Type.Boolean(), plan: Type.Boolean() }, closed),
    schedule: maybe(Version),
    /**
     * What the baseline dates are: of a version of the project, or those that the file brings; `matched`: how many tasks are found in that version,
     * `by` the key of their program or, between two programs, by name.
     */
    baseline: maybe(Type.Object({ of: Type.Enum(['version', 'file']), number: maybe(Whole), finish: maybe(Minute), chosen: Type.Boolean(), matched: maybe(Whole), by: maybe(Type.Enum(['key', 'named'])) }, closed)),
    /** The deepest level, how many rows the question finds, and the first and last day that they touch. */
    depth: Whole, found: Whole, first: maybe(Day), last: maybe(Day),
    items: Type.Array(TaskOut), next: maybe(Text),
    losses: Type.Array(Type.Object({ kind: Type.Enum(LOSSES), task: maybe(Text), text: Text }, closed)),
  }, closed),
});

export const scheduleVersions = queryContract('approvals.schedule_versions', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ id: Id, name: Text, items: Type.Array(Version) }, closed),
});

/** Microsoft Project XML. Dates as computed, unless those of the file are asked for; the baseline of the project goes with it. */
export const exportMspdi = queryContract('approvals.export_mspdi', {
  input: Type.Object({ id: Id, schedule: Type.Optional(Id), dates: Type.Optional(Type.Enum(['ours', 'file'])) }, closed),
  output: Type.Object({}, closed),
});

/** iCalendar: of the schedule the milestones and critical tasks (or all), or of the plan of approvals the days by which items fall due. */
export const exportIcalendar = queryContract('approvals.export_icalendar', {
  input: Type.Object({ id: Id, of: Type.Optional(Type.Enum(['schedule', 'plan'])), tasks: Type.Optional(Type.Enum(['key', 'all'])) }, closed),
  output: Type.Object({}, closed),
});
