// Milestones of projects as others call them: the plan, its frozen baselines, forecasts and completions, and the Gantt over many
// projects. Shared by server, browser and API description; holds no decision.
import Type, { type Static } from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { FILTERS } from '../register/contract.ts';
import { ID_PATTERN, type KINDS } from '../register/fields.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ pattern: ID_PATTERN });
const Day = Type.String({ format: 'date' });
const Name = Type.String({ minLength: 1, maxLength: 200 });
const Reason = Type.String({ minLength: 2, maxLength: 1000 });
const Note = Type.String({ maxLength: 1000 });
const Weight = Type.Integer({ minimum: 0, maximum: 1000 });

/** The words of what a milestone is; the name is free. */
export const MILESTONE_KINDS = ['filing', 'approval', 'design', 'tender', 'land', 'permit', 'start', 'foundation', 'structure', 'equipment', 'trial', 'completion', 'production', 'effect', 'other'] as const;
const Kind = Type.Unsafe<(typeof MILESTONE_KINDS)[number]>({ type: 'string', enum: [...MILESTONE_KINDS] });

/** done: actual day known; overdue: planned day passed; slipping: forecast later than planned; soon: due within 30 days. */
export const MILESTONE_STATES = ['done', 'overdue', 'slipping', 'soon', 'open'] as const;

/** A set of this many milestones is more than anyone follows; a list of them always fits one page. */
export const MILESTONE_LIMIT = 120;
export const GANTT_LIMIT = 500;

export const Milestone = Type.Object({
  id: Type.String(), name: Type.String(), kind: Type.String(), sort: Type.Integer(), weight: Type.Integer(), note: maybe(Type.String()),
  plannedFrom: maybe(Type.String()), plannedDay: Type.String(), forecastDay: maybe(Type.String()), actualDay: maybe(Type.String()),
  baselineFrom: maybe(Type.String()), baselineDay: maybe(Type.String()), firstDay: maybe(Type.String()),
  state: Type.Enum(MILESTONE_STATES),
  /** The actual day, else the forecast, else the plan; never earlier than today while it is not done. */
  expectedDay: Type.String(),
  /** Days by which it is (or is expected to be) later than planned, than the current and than the first baseline. Negative: earlier. */
  slipPlanDays: Type.Integer(), slipBaselineDays: maybe(Type.Integer()), slipFirstDays: maybe(Type.Integer()),
  overdueDays: Type.Integer(), light: Type.Integer(), evidence: Type.Integer(),
}, closed);
export type Milestone = Static<typeof Milestone>;

const Baseline = Type.Object({
  id: Type.String(), number: Type.Integer(), name: Type.String(), reason: Type.String(), day: Type.String(), frozenBy: Type.String(), frozenAt: Type.String(),
  days: Type.Array(Type.Object({ milestoneId: Type.String(), name: Type.String(), plannedFrom: maybe(Type.String()), plannedDay: Type.String() }, closed)),
}, closed);

export const listMilestones = queryContract('projects.milestones', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    id: Type.String(), version: Type.Integer(), day: Type.String(),
    items: Type.Array(Milestone),
    /** Newest first: the first is the one that slippage is measured against. */
    baselines: Type.Array(Baseline),
    /** Weights: of all, of those due by today, of those done. */
    weights: Type.Object({ all: Type.Integer(), due: Type.Integer(), done: Type.Integer() }, closed),
    can: Type.Object({ plan: Type.Boolean(), baseline: Type.Boolean() }, closed),
  }, closed),
});

const Proposal = Type.Object({ kind: Kind, name: Name, plannedFrom: Type.Optional(Day), plannedDay: Day, weight: Weight }, closed);

/** What the template of the project's kind gives with the project's own planned days; nothing is stored. */
export const proposeMilestones = queryContract('projects.proposed_milestones', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ kind: Type.String(), items: Type.Array(Proposal), /** Planned days that the project lacks. */ missing: Type.Array(Type.String()) }, closed),
});

/** One bar: [id, name, kind, plannedFrom, plannedDay, forecastDay, actualDay, baselineDay, light]. */
const Bar = Type.Tuple([Type.String(), Type.String(), Type.String(), maybe(Type.String()), Type.String(), maybe(Type.String()), maybe(Type.String()), maybe(Type.String()), Type.Integer()]);
export const ganttProjects = queryContract('projects.gantt', {
  input: Type.Object({ ...FILTERS, after: Type.Optional(Type.String({ maxLength: 40 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: GANTT_LIMIT })) }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), townName: maybe(Type.String()), stage: Type.String(), light: Type.Integer(), bars: Type.Array(Bar) }, closed)),
    next: maybe(Type.String()), day: Type.String(),
  }, closed),
});

export const dueMilestones = queryContract('projects.due_milestones', {
  input: Type.Object({
    from: Type.Optional(Day), to: Type.Optional(Day), kind: Type.Optional(Type.Array(Kind, { maxItems: 20 })), townId: Type.Optional(Type.Array(Id, { maxItems: 100 })),
    /** Only of projects on which the reader is commissioner. */
    mine: Type.Optional(Type.Boolean()),
    after: Type.Optional(Type.String({ maxLength: 80 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Type.String(), name: Type.String(), kind: Type.String(), plannedDay: Type.String(), forecastDay: maybe(Type.String()), baselineDay: maybe(Type.String()), overdueDays: Type.Integer(), slipDays: Type.Integer(),
      projectId: Type.String(), projectName: Type.String(), projectVersion: Type.Integer(), townName: maybe(Type.String()), commissionerName: maybe(Type.String()), stage: Type.String(), light: Type.Integer(),
    }, closed)),
    /** Of the whole answer, not of the page: how many, and how many of them are past their planned day. */
    total: Type.Integer(), overdue: Type.Integer(), next: maybe(Type.String()), day: Type.String(),
  }, closed),
});

const Changed = Type.Object({ id: Type.String(), version: Type.Integer() }, closed);
const change = <P extends Type.TProperties>(name: string, properties: P) =>
  commandContract(name, { input: Type.Object({ id: Id, ...properties }, closed), output: Changed, versioned: true });

const planned = {
  name: Name, kind: Type.Optional(Kind), plannedFrom: Type.Optional(maybe(Day)), plannedDay: Day, weight: Type.Optional(Weight), note: Type.Optional(maybe(Note)), sort: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
};

/** Adds milestones and changes those whose id is known; the order of the list is the order of the plan. */
export const setMilestones = change('projects.set_milestones', { milestones: Type.Array(Type.Object({ id: Id, ...planned }, closed), { minItems: 1, maxItems: MILESTONE_LIMIT }) });
export const addMilestone = change('projects.add_milestone', { milestoneId: Id, ...planned });
export const editMilestone = change('projects.edit_milestone', {
  milestoneId: Id, name: Type.Optional(Name), kind: Type.Optional(Kind), plannedFrom: Type.Optional(maybe(Day)), plannedDay: Type.Optional(Day), weight: Type.Optional(Weight), note: Type.Optional(maybe(Note)),
});
/** Says when it is expected; null takes the forecast back. */
export const forecastMilestone = change('projects.forecast_milestone', { milestoneId: Id, forecastDay: maybe(Day), reason: Type.Optional(Reason) });
export const completeMilestone = change('projects.complete_milestone', { milestoneId: Id, actualDay: Day, evidenceIds: Type.Optional(Type.Array(Id, { maxItems: 20 })), note: Type.Optional(Note) });
export const reopenMilestone = change('projects.reopen_milestone', { milestoneId: Id, reason: Reason });
export const removeMilestone = change('projects.remove_milestone', { milestoneId: Id, reason: Type.Optional(Reason) });

const Frozen = Type.Object({ id: Type.String(), version: Type.Integer(), baselineId: Type.String(), number: Type.Integer() }, closed);
/** Freezes the plan as it is, once; later changes are re-baselinings. */
export const freezeBaseline = commandContract('projects.freeze_baseline', {
  input: Type.Object({ id: Id, baselineId: Id, name: Type.Optional(Name), reason: Reason }, closed), output: Frozen, versioned: true,
});
/** Changes planned days with authority and freezes the result under the next number; the earlier ones stay. */
export const rebaseline = commandContract('projects.rebaseline', {
  input: Type.Object({
    id: Id, baselineId: Id, name: Type.Optional(Name), reason: Reason,
    changes: Type.Array(Type.Object({ milestoneId: Id, plannedFrom: Type.Optional(maybe(Day)), plannedDay: Day }, closed), { maxItems: MILESTONE_LIMIT }),
  }, closed),
  output: Frozen, versioned: true,
});

/** A template line: the planned day stands so many days from a day that the project plans; `fromDays` opens a span before it. */
export const ANCHORS = ['start', 'completion', 'production', 'effect'] as const;
export const Template = Type.Object({
  kind: Kind, name: Name, weight: Weight,
  anchor: Type.Enum(ANCHORS),
  offsetDays: Type.Integer({ minimum: -1500, maximum: 1500 }),
  /** Instead of an offset: a share of the time between planned start and planned completion, in percent. */
  sharePercent: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
  spanDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 1500 })),
}, closed);
export type Template = Static<typeof Template>;
const lines = Type.Array(Template, { maxItems: MILESTONE_LIMIT });
export const Templates = Type.Object({ enterprise: lines, government: lines, purchase: lines }, closed);
export type Templates = Static<typeof Templates>;
export type ProjectKind = (typeof KINDS)[number];

export const getTemplates = queryContract('projects.milestone_templates', { input: Type.Object({}, closed), output: Type.Object({ templates: Templates, version: Type.Integer() }, closed) });
export const changeTemplates = commandContract('projects.change_milestone_templates', {
  input: Type.Object({ templates: Templates, reason: Reason }, closed), output: Type.Object({ version: Type.Integer() }, closed), versioned: true,
});
