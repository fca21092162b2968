// The programme of a year (八项行动) as others call it: actions, measures with their owners, quarter reports that count once they are approved, and what
// is tagged with an action. Progress is never entered: it is the latest approved value against the target.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { After, closed, Day, Format, HistoryLine, Id, Limit, maybe, paged, Query, Saved, Text } from '../fields.ts';

export const ActionCode = Type.String({ pattern: '^[a-z_]{2,30}$' });
const Year = Type.Integer({ minimum: 2000, maximum: 2100 });
const Quarter = Type.Integer({ minimum: 1, maximum: 4 });
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });
const Number = Type.Number({ minimum: 0, maximum: 99_999_999_999 });
const Action = Type.Object({ code: ActionCode, zh: Name, en: Name }, closed);

const programme = { nameZh: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }), nameEn: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }), dueDays: Type.Integer({ minimum: 1, maximum: 60 }), actions: Type.Array(Action, { minItems: 1, maxItems: 20 }) };
export const createProgramme = commandContract('service.create_programme', { input: Type.Object({ id: Id, year: Year, ...programme }, closed), output: Saved });
export const editProgramme = commandContract('service.edit_programme', { input: Type.Object({ id: Id, ...programme }, closed), output: Saved, versioned: true });

const measure = {
  text: Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' }), orgId: Id, dueDay: Day, indicator: Name, unit: Type.String({ minLength: 1, maxLength: 20, pattern: '\\S' }), target: Type.Number({ exclusiveMinimum: 0, maximum: 99_999_999_999 }),
};
export const addMeasure = commandContract('service.add_measure', { input: Type.Object({ id: Id, programmeId: Id, action: ActionCode, ...measure }, closed), output: Saved });
export const editMeasure = commandContract('service.edit_measure', { input: Type.Object({ id: Id, ...measure, note: Text }, closed), output: Saved, versioned: true });
export const withdrawMeasure = commandContract('service.withdraw_measure', { input: Type.Object({ id: Id, reason: Text }, closed), output: Saved, versioned: true });
/** A quarter is reported once; what was sent back comes again under the same quarter. */
export const reportMeasure = commandContract('service.report_measure', {
  input: Type.Object({ id: Id, measureId: Id, quarter: Quarter, value: Number, text: Type.String({ minLength: 2, maxLength: 2000, pattern: '\\S' }) }, closed), output: Type.Object({ id: Id, late: Type.Boolean() }, closed),
});
export const decideReport = commandContract('service.decide_report', { input: Type.Object({ id: Id, approve: Type.Boolean(), reason: Type.Optional(Text) }, closed), output: Saved, versioned: true });
/** All actions that a project serves; none takes the marks away. */
export const tagProject = commandContract('service.tag_project', { input: Type.Object({ id: Id, actions: Type.Array(ActionCode, { maxItems: 20, uniqueItems: true }) }, closed), output: Type.Object({ id: Id, actions: Type.Array(ActionCode) }, closed) });

export const REPORT_STATES = ['submitted', 'approved', 'returned'] as const;
export const MEASURE_STATES = ['done', 'owed', 'late', 'waiting', 'on'] as const;
const ActionLine = Type.Object({
  code: ActionCode, zh: Type.String(), en: Type.String(), measures: Type.Integer(), done: Type.Integer(), /** Mean of the measures' progress, basis points; null without measures. */ progressBp: maybe(Type.Integer()),
  approved: Type.Integer(), waiting: Type.Integer(), owed: Type.Integer(), /** Reports that came after their day, and that are owed past it. */ late: Type.Integer(), overdue: Type.Integer(), projects: Type.Integer(), problems: Type.Integer(),
}, closed);
export const readProgramme = queryContract('service.programme', {
  input: Type.Object({ year: Type.Optional(Year) }, closed),
  output: Type.Object({
    years: Type.Array(Type.Integer()), day: Day, mayKeep: Type.Boolean(),
    programme: maybe(Type.Object({ id: Id, version: Type.Integer(), year: Type.Integer(), nameZh: Type.String(), nameEn: Type.String(), dueDays: Type.Integer() }, closed)),
    actions: Type.Array(ActionLine), quarters: Type.Array(Type.Object({ quarter: Type.Integer(), end: Day, due: Day, over: Type.Boolean(), expected: Type.Integer(), onTime: Type.Integer(), late: Type.Integer(), missing: Type.Integer(), approved: Type.Integer() }, closed)),
  }, closed),
});

export const MeasureLine = Type.Object({
  id: Id, version: Type.Integer(), year: Type.Integer(), action: ActionCode, text: Type.String(), orgId: Id, orgName: Type.String(), dueDay: Day, indicator: Type.String(), unit: Type.String(), target: Type.Number(),
  value: maybe(Type.Number()), progressBp: Type.Integer(), /** The quarters whose reports are owed. */ owes: Type.Array(Type.Integer()), owedSince: maybe(Day), lateReports: Type.Integer(), waiting: Type.Integer(), state: Type.Enum(MEASURE_STATES), mayReport: Type.Boolean(),
}, closed);
const filter = { q: Query, year: Type.Optional(Year), action: Type.Optional(Type.Array(ActionCode, { maxItems: 20 })), orgId: Type.Optional(Type.Array(Id, { maxItems: 50 })), state: Type.Optional(Type.Enum([...MEASURE_STATES, 'reported_late'])), mine: Type.Optional(Type.Boolean()) };
export const listMeasures = queryContract('service.measures', { input: Type.Object({ ...filter, after: After, limit: Limit }, closed), output: paged(MeasureLine) });
export const exportMeasures = queryContract('service.measures_export', { input: Type.Object({ ...filter, format: Format }, closed), output: Type.Null() });
export const readMeasure = queryContract('service.measure', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    measure: MeasureLine, actionZh: Type.String(), actionEn: Type.String(), withdrawnDay: maybe(Day), mayKeep: Type.Boolean(),
    quarters: Type.Array(Type.Object({ quarter: Type.Integer(), end: Day, due: Day, /** The quarter is over, so that it may be reported. */ open: Type.Boolean() }, closed)),
    reports: Type.Array(Type.Object({
      id: Id, version: Type.Integer(), quarter: Type.Integer(), value: Type.Number(), text: Type.String(), dueDay: Day, day: Day, firstDay: Day, lateDays: Type.Integer(), by: Type.String(), state: Type.Enum(REPORT_STATES), decidedDay: maybe(Day), decidedBy: maybe(Type.String()), reason: maybe(Type.String()),
    }, closed)),
    history: Type.Array(HistoryLine),
  }, closed),
});

export const projectActions = queryContract('service.project_actions', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ actions: Type.Array(Type.Object({ code: ActionCode, zh: Type.String(), en: Type.String(), tagged: Type.Boolean() }, closed)), mayTag: Type.Boolean() }, closed),
});
/** The projects behind the number of an action: those that the reader may know. */
export const actionProjects = queryContract('service.action_projects', {
  input: Type.Object({ action: Type.Optional(ActionCode), after: After, limit: Limit }, closed),
  output: paged(Type.Object({ id: Id, name: Type.String(), action: ActionCode, day: Day, by: Type.String() }, closed)),
});
