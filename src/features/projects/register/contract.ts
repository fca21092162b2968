// What the register takes and gives, shared by server, browser and API description: lists, records, history, and every change.
import Type, { type Static } from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { DAY_PATTERN, FIELD_SCHEMAS, ID_PATTERN, LEVELS, MAX_FEN, MONTH_PATTERN, NATURES, SIDE_STATES, STAGES } from './fields.ts';

const closed = { additionalProperties: false } as const;
const words = <const Words extends readonly string[]>(list: Words) => Type.Unsafe<Words[number]>({ type: 'string', enum: [...list] });
const many = <const Words extends readonly string[]>(list: Words) => Type.Optional(Type.Array(words(list), { maxItems: 20 }));
const nullable = <T>(type: 'string' | 'integer' | 'number') => Type.Unsafe<T | null>({ type: [type, 'null'] });
const textOut = () => nullable<string>('string');
const wholeOut = () => nullable<number>('integer');

export const Id = Type.String({ pattern: ID_PATTERN });
export const Day = Type.String({ pattern: DAY_PATTERN });
export const Month = Type.String({ pattern: MONTH_PATTERN });
const Version = Type.Integer({ minimum: 1 });
const Changed = Type.Object({ id: Type.String(), version: Version }, closed);

export const SORTS = ['seq', 'total', 'plan', 'done', 'rate', 'light', 'updated', 'name'] as const;
export type Sort = (typeof SORTS)[number];
export const SIDES = ['active', ...SIDE_STATES] as const;
export const LIST_LIMIT = 200;

/** Filters of the list; the same for its sums and its export. Without `sideState`: what is on the list (not moved out, not terminated). */
export const FILTERS = {
  q: Type.Optional(Type.String({ maxLength: 500 })),
  stage: many(STAGES),
  sideState: many(SIDES),
  level: many(LEVELS),
  category: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50 })),
  nature: many(NATURES),
  townId: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  parkId: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  light: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 3 }), { maxItems: 4 })),
  listYear: Type.Optional(Type.Array(Type.Integer({ minimum: 1990, maximum: 2100 }), { maxItems: 50 })),
  inStatistics: Type.Optional(Type.Boolean()),
  /** Behind (or not behind) the time progress of the year. */
  behind: Type.Optional(Type.Boolean()),
  commissionerId: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  responsibleOrgId: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  builderId: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  chain: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50 })),
  /** Planned start within the two days. */
  plannedStartFrom: Type.Optional(Day),
  plannedStartTo: Type.Optional(Day),
  plannedCompletionFrom: Type.Optional(Day),
  plannedCompletionTo: Type.Optional(Day),
  /** The latest report is older than this month (or there is none). */
  notReported: Type.Optional(Month),
  followed: Type.Optional(Type.Boolean()),
  ids: Type.Optional(Type.Array(Id, { maxItems: 500 })),
  /** Packages too, which otherwise stand only with their project. */
  packages: Type.Optional(Type.Boolean()),
} as const;
const Filters = Type.Object(FILTERS, closed);
export type Filters = Static<typeof Filters>;

export const ProjectRow = Type.Object({
  id: Type.String(), seq: Type.Integer(), version: Version, name: Type.String(), code: textOut(), kind: Type.String(), level: textOut(), listYear: wholeOut(), batch: textOut(),
  category: textOut(), nature: textOut(), industryCode: textOut(), chain: textOut(), townId: textOut(), townName: textOut(), parkId: textOut(), parkName: textOut(), place: textOut(),
  builderName: textOut(), stage: Type.String(), stageDay: textOut(), sideState: textOut(), light: Type.Integer(),
  totalFen: wholeOut(), accumulatedFen: wholeOut(), planFen: Type.Integer(), doneFen: Type.Integer(), statFen: Type.Integer(),
  rateBp: wholeOut(), pointsBp: wholeOut(), inStatistics: Type.Boolean(),
  plannedStart: textOut(), actualStart: textOut(), plannedCompletion: textOut(), actualCompletion: textOut(),
  commissionerId: textOut(), commissionerName: textOut(), leader: textOut(), responsibleOrgName: textOut(), responsiblePerson: textOut(),
  lastReportMonth: textOut(), parentId: textOut(), updatedAt: Type.String(),
}, closed);
export type ProjectRow = Static<typeof ProjectRow>;

export const listProjects = queryContract('projects.list', {
  input: Type.Object({
    ...FILTERS,
    sort: Type.Optional(words(SORTS)),
    /** The largest, latest, worst first; left out: the smallest first. */
    down: Type.Optional(Type.Boolean()),
    after: Type.Optional(Type.String({ maxLength: 600 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIST_LIMIT })),
  }, closed),
  output: Type.Object({ items: Type.Array(ProjectRow), next: textOut(), timeProgressBp: Type.Integer(), year: Type.Integer() }, closed),
});

export const sumProjects = queryContract('projects.sums', {
  input: Filters,
  output: Type.Object({
    projects: Type.Integer(), totalFen: Type.Integer(), planFen: Type.Integer(), doneFen: Type.Integer(), statFen: Type.Integer(),
    rateBp: wholeOut(), pointsBp: wholeOut(), timeProgressBp: Type.Integer(), year: Type.Integer(), day: Type.String(),
  }, closed),
});

const Facet = Type.Object({ value: Type.String(), name: textOut(), projects: Type.Integer() }, closed);
export const projectFacets = queryContract('projects.facets', {
  input: Type.Object({}, closed),
  output: Type.Object({
    stages: Type.Array(Facet), sideStates: Type.Array(Facet), levels: Type.Array(Facet), categories: Type.Array(Facet), natures: Type.Array(Facet), towns: Type.Array(Facet),
    parks: Type.Array(Facet), lights: Type.Array(Facet), years: Type.Array(Facet), commissioners: Type.Array(Facet),
  }, closed),
});

const Named = Type.Object({ id: Type.String(), name: Type.String(), detail: textOut() }, closed);
/** What the forms offer: places, bodies, people, and the words that are in use. */
export const projectChoices = queryContract('projects.choices', {
  input: Type.Object({}, closed),
  output: Type.Object({
    towns: Type.Array(Named), parks: Type.Array(Named), departments: Type.Array(Named), enterprises: Type.Array(Named), people: Type.Array(Named), commissioners: Type.Array(Named),
    categories: Type.Array(Type.String()), chains: Type.Array(Type.String()), batches: Type.Array(Type.String()),
  }, closed),
});

export const searchProjects = queryContract('projects.search', {
  input: Type.Object({ q: Type.String({ minLength: 1, maxLength: 500 }), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })) }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({ id: Type.String(), seq: Type.Integer(), name: Type.String(), code: textOut(), stage: Type.String(), sideState: textOut(), light: Type.Integer(), townName: textOut() }, closed)),
  }, closed),
});

const Year = Type.Object({ year: Type.Integer(), planFen: wholeOut(), target: textOut(), doneFen: wholeOut(), statFen: wholeOut() }, closed);
const ExternalCode = Type.Object({ system: Type.String({ minLength: 1, maxLength: 60 }), code: Type.String({ minLength: 1, maxLength: 120 }) }, closed);
const Assignment = Type.Object({
  id: Type.String(), userId: Type.String(), userName: Type.String(), orgName: textOut(), duty: Type.String(), fromDay: Type.String(), toDay: textOut(), note: textOut(),
}, closed);
const Lit = Type.Object({ rule: Type.String(), subject: Type.String(), object: Type.String(), level: Type.Integer(), since: Type.String(), numbers: Type.Record(Type.String(), Type.Unknown()) }, closed);
const Package = Type.Object({
  id: Type.String(), seq: Type.Integer(), name: Type.String(), stage: Type.String(), sideState: textOut(), light: Type.Integer(), version: Version, totalFen: wholeOut(), planFen: Type.Integer(), doneFen: Type.Integer(), statFen: Type.Integer(),
}, closed);

export const getProject = queryContract('projects.record', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    id: Type.String(), version: Version, seq: Type.Integer(), ...FIELD_SCHEMAS,
    stage: Type.String(), stageDay: textOut(), sideState: textOut(), sideReason: textOut(), light: Type.Integer(),
    commissionerId: textOut(), commissionerName: textOut(), townName: textOut(), parkName: textOut(), responsibleOrgName: textOut(), builderOrgName: textOut(),
    /** Sums of the focus year, and the time progress that they are measured against. */
    year: Type.Integer(), planFen: Type.Integer(), doneFen: Type.Integer(), statFen: Type.Integer(), rateBp: wholeOut(), pointsBp: wholeOut(), timeProgressBp: Type.Integer(),
    lastReportMonth: textOut(), parent: Type.Union([Type.Object({ id: Type.String(), name: Type.String() }, closed), Type.Null()]),
    years: Type.Array(Year), externalCodes: Type.Array(ExternalCode), assignments: Type.Array(Assignment), lights: Type.Array(Lit), packages: Type.Array(Package),
    nextMilestone: Type.Union([Type.Object({ id: Type.String(), name: Type.String(), day: Type.String(), lateDays: Type.Integer() }, closed), Type.Null()]),
    /** The one thing to do next: what kind, and on what. */
    nextStep: Type.Object({ kind: words(['report', 'commissioner', 'move', 'milestone', 'none']), subject: textOut(), dueDay: textOut() }, closed),
    followed: Type.Boolean(), warnings: Type.Array(Type.Object({ field: Type.String(), code: Type.String() }, closed)),
    createdAt: Type.String(), updatedAt: Type.String(),
  }, closed),
});
export type ProjectRecord = Static<(typeof getProject)['output']>;

export const projectHistory = queryContract('projects.history', {
  input: Type.Object({ id: Id, after: Type.Optional(Type.String({ maxLength: 40 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })), kind: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 20 })) }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Type.String(), at: Type.String(), day: Type.String(), actorId: Type.String(), actorName: Type.String(), kind: Type.String(), subjectType: Type.String(), subjectId: Type.String(),
      before: Type.Unknown(), after: Type.Unknown(), reason: textOut(), version: wholeOut(),
    }, closed)),
    next: textOut(),
    /** Names of the organisations and people that the changes mention by id. */
    names: Type.Record(Type.String(), Type.String()),
  }, closed),
});

const BesideCount = Type.Union([Type.Object({ open: Type.Integer(), over: Type.Integer(), stopped: Type.Integer() }, closed), Type.Null()]);

/** Approval cases and problems of a project: in hand, over a limit, standing still. Null: nothing counts them here. */
export const projectBeside = queryContract('projects.beside', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ cases: BesideCount, problems: BesideCount }, closed),
});

export const projectAsOf = queryContract('projects.as_of', {
  input: Type.Object({ id: Id, day: Day }, closed),
  output: Type.Object({
    id: Type.String(), day: Type.String(), existed: Type.Boolean(), changesSince: Type.Integer(),
    fields: Type.Union([Type.Object({
      ...FIELD_SCHEMAS, stage: Type.String(), stageDay: textOut(), sideState: textOut(), sideReason: textOut(), commissionerId: textOut(), parentId: textOut(),
      years: Type.Array(Type.Object({ year: Type.Integer(), planFen: wholeOut(), target: textOut() }, closed)), externalCodes: Type.Array(ExternalCode),
    }, closed), Type.Null()]),
    names: Type.Record(Type.String(), Type.String()),
    /** Names of fields whose value has changed since. */
    changed: Type.Array(Type.String()),
  }, closed),
});

export const figureDefinitions = queryContract('projects.definitions', {
  input: Type.Object({}, closed),
  output: Type.Object({ items: Type.Array(Type.Object({ figure: Type.String(), nameZh: Type.String(), nameEn: Type.String(), textZh: Type.String(), textEn: Type.String(), formula: textOut() }, closed)) }, closed),
});

const { name: nameSchema, ...otherSchemas } = FIELD_SCHEMAS;
const optional = Type.Partial(Type.Object(otherSchemas)).properties;

export const createProject = commandContract('projects.create', {
  input: Type.Object({ id: Id, name: nameSchema, ...optional, parentId: Type.Optional(Id), planFen: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_FEN })), target: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })) }, closed),
  output: Type.Object({ id: Type.String(), version: Version, seq: Type.Integer() }, closed),
});

export const editProject = commandContract('projects.edit', {
  versioned: true,
  input: Type.Object({ id: Id, name: Type.Optional(nameSchema), ...optional, reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })) }, closed),
  output: Changed,
});

export const editYear = commandContract('projects.edit_year', {
  versioned: true,
  input: Type.Object({
    id: Id, year: Type.Integer({ minimum: 1990, maximum: 2100 }),
    planFen: Type.Optional(Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0, maximum: MAX_FEN })),
    target: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 1, maxLength: 2000 })),
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  }, closed),
  output: Changed,
});

export const setCodes = commandContract('projects.set_codes', {
  versioned: true,
  input: Type.Object({ id: Id, externalCodes: Type.Array(ExternalCode, { maxItems: 50 }) }, closed),
  output: Changed,
});

export const assignCommissioner = commandContract('projects.assign_commissioner', {
  versioned: true,
  input: Type.Object({ id: Id, assignmentId: Id, userId: Id, fromDay: Type.Optional(Day), note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })) }, closed),
  output: Changed,
});
export const assignMember = commandContract('projects.assign_member', {
  versioned: true,
  input: Type.Object({ id: Id, assignmentId: Id, userId: Id, duty: words(['leader', 'member']), fromDay: Type.Optional(Day), note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })) }, closed),
  output: Changed,
});
export const endAssignment = commandContract('projects.end_assignment', {
  versioned: true,
  input: Type.Object({ id: Id, assignmentId: Id, toDay: Type.Optional(Day), note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })) }, closed),
  output: Changed,
});

export const addPackage = commandContract('projects.add_package', {
  versioned: true,
  input: Type.Object({ id: Id, packageId: Id, name: nameSchema, totalFen: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_FEN })), builderName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })), content: Type.Optional(Type.String({ minLength: 1, maxLength: 8000 })) }, closed),
  output: Type.Object({ id: Type.String(), version: Version, packageId: Type.String() }, closed),
});
export const setParent = commandContract('projects.set_parent', {
  versioned: true,
  input: Type.Object({ id: Id, parentId: Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: ID_PATTERN }) }, closed),
  output: Changed,
});

export const followProject = commandContract('projects.follow', { input: Type.Object({ id: Id }, closed), output: Type.Object({ id: Type.String(), followed: Type.Boolean() }, closed) });
export const unfollowProject = commandContract('projects.unfollow', { input: Type.Object({ id: Id }, closed), output: Type.Object({ id: Type.String(), followed: Type.Boolean() }, closed) });

const View = Type.Object({ id: Type.String(), page: Type.String(), name: Type.String(), query: Type.String(), shared: Type.Boolean(), own: Type.Boolean() }, closed);
export const listViews = queryContract('projects.views', { input: Type.Object({ page: Type.String({ maxLength: 60 }) }, closed), output: Type.Object({ items: Type.Array(View) }, closed) });
export const saveView = commandContract('projects.save_view', {
  input: Type.Object({ id: Id, page: Type.String({ minLength: 1, maxLength: 60 }), name: Type.String({ minLength: 1, maxLength: 60 }), query: Type.String({ maxLength: 4000 }), shared: Type.Optional(Type.Boolean()) }, closed),
  output: Type.Object({ id: Type.String() }, closed),
});
export const deleteView = commandContract('projects.delete_view', { input: Type.Object({ id: Id }, closed), output: Type.Object({ id: Type.String() }, closed) });

/** GET /api/downloads/projects.export: the list as it is shown, as a file. */
export const exportProjects = queryContract('projects.export', {
  input: Type.Object({
    ...FILTERS, sort: Type.Optional(words(SORTS)), down: Type.Optional(Type.Boolean()), format: Type.Optional(words(['xlsx', 'csv'])),
    /** Names of columns in their order; without: all that the importer reads. */
    column: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 80 })),
  }, closed),
  output: Type.Object({}, closed),
});
