// The zone's working-day calendar as others call it: a year with what holds on each day and why, deadlines, what a change would move, and the
// changes. Shared by server, browser and API description; holds no decision.
import Type, { type Static } from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { COUNTS } from './shape.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const Day = Type.String({ pattern: '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });
const Year = Type.Integer({ minimum: 2000, maximum: 2098 });
const Reason = Type.String({ minLength: 2, maxLength: 1000 });
const Document = Type.String({ minLength: 2, maxLength: 200 });
const Link = Type.String({ pattern: '^https?://[^\\s]{3,490}$' });
/** As in a notice of kernel/holidays.ts. */
const Ranges = Type.String({ pattern: '^[0-9/ -]*$', maxLength: 2000 });
/** The newest edition; 0 while nothing was entered. */
const Edition = Type.Integer({ minimum: 0 });
const Counts = Type.Enum(COUNTS);
const Words = Type.Object({ zh: Type.String(), en: Type.String() }, closed);

const Entered = { edition: Edition, day: Day, by: Type.String(), document: Type.String(), link: maybe(Type.String()) };
const Row = Type.Object({ from: Day, to: Day, work: Type.Boolean() }, closed);

export const LocalLine = Type.Object({ id: Id, name: Type.String(), from: Day, to: Day, work: Type.Boolean(), counts: Counts, basis: maybe(Type.String()), ...Entered }, closed);
export type LocalLine = Static<typeof LocalLine>;

export const NoticeLine = Type.Object({
  year: Year, rows: Type.Array(Row),
  /** null: it came with the program and nobody has entered another one. */
  entered: maybe(Type.Object({ note: maybe(Type.String()), ...Entered }, closed)),
  /** One came with the program: what was entered replaces it, and taking that back brings it again. */
  shipped: Type.Boolean(),
}, closed);
export type NoticeLine = Static<typeof NoticeLine>;

export const readYear = queryContract('approvals.calendar', {
  input: Type.Object({ year: Type.Optional(Year) }, closed),
  output: Type.Object({
    year: Year, today: Day, edition: Edition,
    /** The years that are announced. */
    known: Type.Object({ first: Year, last: Year }, closed),
    /** The year is not announced: Monday to Friday are taken for working days. */
    provisional: Type.Boolean(),
    notice: maybe(NoticeLine),
    /** The year whose notice names days of this one in December. */
    next: maybe(NoticeLine),
    local: Type.Array(LocalLine),
    /** Days that a notice or a local entry names; all others are as their weekday says. `notice`: the year of the notice. */
    days: Type.Array(Type.Object({ day: Day, work: Type.Boolean(), plans: Type.Boolean(), notice: maybe(Year), local: maybe(Id) }, closed)),
    /** Working days of each month, for the clocks of the law. */
    months: Type.Array(Type.Integer()),
    /** The holidays of the lunar year are known to the checks. */
    lunar: Type.Boolean(),
    can: Type.Object({ keep: Type.Boolean() }, closed),
  }, closed),
});

const Deadline = Type.Object({ day: Type.String(), provisional: Type.Boolean() }, closed);
export const countWorkdays = queryContract('approvals.workdays', {
  input: Type.Object({ day: Day, days: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })) }, closed),
  output: Type.Object({
    law: Deadline,
    /** By the calendar of plans, which local days may make another one. */
    plans: Deadline, calendarDays: Type.Integer(),
  }, closed),
});

export const EditionLine = Type.Object({
  number: Edition, kind: Type.Enum(['notice_entered', 'notice_withdrawn', 'days_entered', 'days_withdrawn']), subject: Type.String(), reason: maybe(Type.String()), day: Day, by: Type.String(), at: Type.String(),
}, closed);

export const listEditions = queryContract('approvals.calendar_editions', {
  input: Type.Object({ after: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,8}$' })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }, closed),
  output: Type.Object({ items: Type.Array(EditionLine), next: maybe(Type.String()) }, closed),
});

/** How far the counting has come that follows a change. */
export const readRun = queryContract('approvals.calendar_run', {
  input: Type.Object({}, closed),
  output: Type.Object({ edition: Edition, running: Type.Boolean(), /** How many are left: for who keeps the calendar. */ cases: maybe(Type.Integer()), plans: maybe(Type.Integer()), since: maybe(Type.String()) }, closed),
});

const Notice = { year: Year, off: Ranges, work: Ranges };
const Local = { from: Day, to: Day, work: Type.Boolean(), counts: Counts };

/** What would be changed; as JSON text, because a query is flat. */
export const Draft = Type.Union([
  Type.Object({ kind: Type.Literal('notice'), ...Notice }, closed), Type.Object({ kind: Type.Literal('no_notice'), year: Year }, closed),
  Type.Object({ kind: Type.Literal('local'), ...Local }, closed), Type.Object({ kind: Type.Literal('no_local'), id: Id }, closed),
]);
export type Draft = Static<typeof Draft>;

const Moved = { looked: Type.Integer(), all: Type.Boolean(), moved: Type.Integer(), later: Type.Integer(), settled: Type.Integer() };

/** What a change would move, before it is made. `all` false: there are more than were looked at. */
export const readEffect = queryContract('approvals.calendar_effect', {
  input: Type.Object({ draft: Type.String({ minLength: 2, maxLength: 5000 }) }, closed),
  output: Type.Object({
    edition: Edition,
    /** What keeps it from being saved; the values fill the words `calendar:fault.*`. */
    faults: Type.Array(Type.Object({ code: Type.String(), params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Integer()])) }, closed)),
    /** Days that become another kind, for the clocks of the law or for plans alone. */
    days: Type.Array(Type.Object({ day: Day, work: Type.Boolean(), law: Type.Boolean() }, closed)),
    /** `settled`: the deadline is provisional now and would not be. */
    cases: Type.Object({
      ...Moved, lines: Type.Array(Type.Object({ id: Id, projectName: Type.String(), item: Type.String(), itemName: Words, orgName: Type.String(), which: Type.Enum(['statutory', 'promised', 'owed']), before: Day, after: Day }, closed)),
    }, closed),
    plans: Type.Object({
      ...Moved,
      /** Whose days of permit and start are provisional now and would not be. */
      certain: Type.Array(Type.Object({ id: Id, name: Type.String(), day: maybe(Day) }, closed)),
      /** How many stay provisional, and for want of which years' notices. */
      still: Type.Integer(), missing: Type.Array(Type.Integer()),
      lines: Type.Array(Type.Object({ id: Id, name: Type.String(), which: Type.Enum(['permit', 'begin']), before: maybe(Day), after: maybe(Day) }, closed)),
    }, closed),
  }, closed),
});

const Kept = Type.Object({ edition: Edition }, closed);

export const enterNotice = commandContract('approvals.enter_notice', {
  input: Type.Object({ ...Notice, document: Document, link: Type.Optional(Link), note: Type.Optional(Type.String({ maxLength: 1000 })) }, closed),
  output: Kept, versioned: true,
});

export const withdrawNotice = commandContract('approvals.withdraw_notice', { input: Type.Object({ year: Year, reason: Reason }, closed), output: Kept, versioned: true });

export const enterLocalDays = commandContract('approvals.enter_local_days', {
  input: Type.Object({ id: Id, name: Type.String({ minLength: 2, maxLength: 200 }), ...Local, basis: Type.Optional(Type.String({ maxLength: 500 })), document: Document, link: Type.Optional(Link) }, closed),
  output: Kept, versioned: true,
});

export const withdrawLocalDays = commandContract('approvals.withdraw_local_days', { input: Type.Object({ id: Id, reason: Reason }, closed), output: Kept, versioned: true });

/** A year as iCalendar, or all that differs from what came with the program as JSON for `--calendar` of the command line. */
export const downloadCalendar = queryContract('approvals.calendar_file', {
  input: Type.Object({ year: Type.Optional(Year), format: Type.Optional(Type.Enum(['ics', 'json'])), which: Type.Optional(Type.Enum(['law', 'plans'])) }, closed),
  output: Type.Object({}, closed),
});
