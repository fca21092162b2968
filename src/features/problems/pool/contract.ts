// What the pool of problems takes and gives, shared by server, browser and API description: raising, the queue, a record, its steps.
import Type, { type Static } from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { Changed, closed, Id, Query, textOrNull, Version, words } from '../../people/fields.ts';
import { BY, CODES, GROUPS } from '../rates/definitions.ts';
import { LEFT_UNITS } from './left.ts';
import { CHANNELS, PAUSES, SEVERITIES, SOURCES, STATES } from '../life/steps.ts';

export const Title = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
export const Text = Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' });
export const Reason = Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' });
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Code = Type.String({ minLength: 1, maxLength: 40 });
/** Digests of files that the caller has uploaded. */
export const Files = Type.Optional(Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { maxItems: 20, uniqueItems: true }));
const wholeOut = () => Type.Unsafe<number | null>({ type: ['integer', 'null'] });

export const raise = commandContract('problems.raise', {
  input: Type.Object({
    title: Title, ask: Type.Optional(Type.String({ maxLength: 4000 })), kind: Code, severity: Type.Optional(words(SEVERITIES)),
    source: Type.Optional(words(SOURCES)), channel: Type.Optional(words(CHANNELS)),
    projectIds: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })), enterpriseId: Type.Optional(Id),
    contactName: Type.Optional(Type.String({ maxLength: 60 })), contactPhone: Type.Optional(Type.String({ maxLength: 40 })),
    complaint: Type.Optional(Type.Boolean()), actionCode: Type.Optional(Code),
    /** Straight to this organisation (office and desk); or the commissioner keeps it and tries himself first. */
    toOrgId: Type.Optional(Id), keep: Type.Optional(Type.Boolean()),
    files: Files,
  }, closed),
  output: Type.Object({ id: Type.String(), number: Type.String(), version: Version, dueAt: textOrNull(), solveDueAt: textOrNull() }, closed),
});

/** A command that moves or changes one problem, asked for with its version. */
export const moved = <Name extends string, Fields extends Parameters<typeof Type.Object>[0]>(name: Name, fields: Fields) =>
  commandContract(name, { input: Type.Object({ id: Id, ...fields }, closed), output: Changed, versioned: true });

export const sign = moved('problems.sign', {});
export const forward = moved('problems.forward', { toOrgId: Id, toUserId: Type.Optional(Id), coOrgIds: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })), note: Type.Optional(Type.String({ maxLength: 1000 })) });
export const claim = moved('problems.claim', {});
export const handBack = moved('problems.hand_back', { reason: Reason });
export const rule = moved('problems.rule', { toOrgId: Id, reason: Reason });
export const reply = moved('problems.reply', { text: Text });
export const pause = moved('problems.pause', { kind: words(PAUSES), reason: Reason, untilDay: Type.Optional(Day) });
export const resume = moved('problems.resume', { note: Type.Optional(Type.String({ maxLength: 1000 })) });
export const submit = moved('problems.submit', { text: Text, files: Files });
export const withdraw = moved('problems.withdraw', { reason: Reason });
export const decline = moved('problems.decline', { reason: Reason });
export const escalate = moved('problems.escalate', { reason: Reason, forMeeting: Type.Optional(Type.Boolean()) });
export const reclassify = moved('problems.reclassify', { kind: Type.Optional(Code), severity: Type.Optional(words(SEVERITIES)), policy: Type.Optional(Code), reason: Reason });

const FILTERS = {
  q: Query, state: Type.Optional(Type.Array(words(STATES), { maxItems: 11 })), kind: Type.Optional(Type.Array(Code, { maxItems: 40 })), severity: Type.Optional(Type.Array(words(SEVERITIES), { maxItems: 3 })),
  source: Type.Optional(Type.Array(words(SOURCES), { maxItems: 6 })), tier: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 5 }), { maxItems: 5 })), owner: Type.Optional(Id), project: Type.Optional(Id), enterprise: Type.Optional(Id),
  open: Type.Optional(Type.Boolean()), overdue: Type.Optional(Type.Boolean()), mine: Type.Optional(Type.Boolean()), forMeeting: Type.Optional(Type.Boolean()), action: Type.Optional(Code),
  /** Whatever stands on a project of this town, or is the town's own. */
  town: Type.Optional(Id),
  /** Runs out within so many hours of the zone's time. */
  within: Type.Optional(Type.Integer({ minimum: 1, maximum: 720 })),
  paused: Type.Optional(Type.Boolean()), handedBack: Type.Optional(Type.Boolean()), reopened: Type.Optional(Type.Boolean()),
  /** An update of it waits for somebody's approval. */
  toApprove: Type.Optional(Type.Boolean()),
  from: Type.Optional(Day), to: Type.Optional(Day),
  /** The problems behind a figure of the rates: which one, which part of it, how it was looked at. */
  figure: Type.Optional(words(['all', ...CODES])), part: Type.Optional(Type.String({ maxLength: 60, pattern: '^[a-z_]+(\\.[a-z0-9_]+)?$' })), figureAt: Type.Optional(Day), by: Type.Optional(words(BY)), since: Type.Optional(Day), until: Type.Optional(Day),
  group: Type.Optional(words(GROUPS)), value: Type.Optional(Type.String({ maxLength: 60 })),
};
export const Filters = Type.Object(FILTERS, closed);

/** Time left until a clock runs out, or since it did; counted as people say it (pool/left.ts). */
export const Left = Type.Object({ over: Type.Boolean(), count: Type.Integer(), unit: words(LEFT_UNITS) }, closed);
const LeftOrNull = Type.Unsafe<Static<typeof Left> | null>({ anyOf: [Left, { type: 'null' }] });

export const ProblemRow = Type.Object({
  id: Type.String(), version: Version, number: Type.String(), title: Type.String(), kind: Type.String(), severity: words(SEVERITIES), source: words(SOURCES), state: words(STATES), step: textOrNull(), tier: Type.Integer(), round: Type.Integer(),
  ownerOrgId: Type.String(), ownerName: Type.String(), ownerUserName: textOrNull(), projectId: textOrNull(), projectName: textOrNull(), enterpriseId: textOrNull(), enterpriseName: textOrNull(),
  raisedAt: Type.String(), dueAt: textOrNull(), solveDueAt: textOrNull(), pausedAt: textOrNull(), endedAt: textOrNull(), provisional: Type.Boolean(), overdue: Type.Boolean(), overdues: Type.Integer(), reopened: Type.Integer(), redone: Type.Integer(),
  handbacks: Type.Integer(), satisfaction: textOrNull(), complaint: Type.Boolean(), anonymous: Type.Boolean(), forMeeting: Type.Boolean(),
  pauseKind: textOrNull(), pauseUntil: textOrNull(),
  /** Of the clock that runs out first. Null: it stands, or has ended. */
  left: LeftOrNull,
}, closed);
export type ProblemRow = Static<typeof ProblemRow>;

/** `due`: what runs out first comes first; `number`: the latest first. */
export const SORTS = ['due', 'number'] as const;
export const LIST_LIMIT = 200;

export const listProblems = queryContract('problems.list', {
  input: Type.Object({ ...FILTERS, sort: Type.Optional(words(SORTS)), after: Type.Optional(Type.String({ maxLength: 200 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIST_LIMIT })) }, closed),
  output: Type.Object({ items: Type.Array(ProblemRow), next: textOrNull(), at: Type.String() }, closed),
});

const StepOut = Type.Object({
  seq: Type.Integer(), kind: Type.String(), at: Type.String(), state: Type.String(), ownerName: Type.String(), tier: Type.Integer(), round: Type.Integer(), byName: Type.String(), byOrgName: textOrNull(), text: textOrNull(),
  /** By the program: a clock ran out, a rule, a new calendar. */
  bySystem: Type.Boolean(),
  details: Type.Record(Type.String(), Type.Unknown()),
}, closed);

export const getProblem = queryContract('problems.get', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    ...ProblemRow.properties, ask: Type.String(), channel: textOrNull(), originType: textOrNull(), originId: textOrNull(), raisedName: Type.String(), raisedOrgName: textOrNull(), contactName: textOrNull(), contactPhone: textOrNull(),
    measure: textOrNull(), criterion: textOrNull(), agreedDay: textOrNull(), policy: Type.String(), policyVersion: Type.Integer(), policyName: Type.String(), actionCode: textOrNull(),
    signedAt: textOrNull(), forwardedAt: textOrNull(), repliedAt: textOrNull(), submittedAt: textOrNull(), solvedAt: textOrNull(), late: Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] }), confirmedBy: textOrNull(), settledTier: wholeOut(),
    /** Minutes of the solution's limit, in its own unit of time. */
    usedMinutes: Type.Integer(), limitMinutes: Type.Integer(), limitUnit: Type.String(), pausedMinutes: Type.Integer(), pauseKind: textOrNull(), pauseUntil: textOrNull(), mergedInto: Type.Unsafe<{ id: string; number: string } | null>({}),
    absorbed: Type.Array(Type.Object({ id: Type.String(), number: Type.String(), title: Type.String() }, closed)),
    coOwners: Type.Array(Type.Object({ orgId: Type.String(), name: Type.String(), task: textOrNull() }, closed)), projects: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }, closed)),
    pauses: Type.Array(Type.Object({ kind: words(PAUSES), reason: Type.String(), fromAt: Type.String(), toAt: textOrNull(), untilAt: Type.String() }, closed)),
    files: Type.Array(Type.Object({ sha256: Type.String(), name: Type.String(), mediaType: Type.String(), bytes: Type.Integer(), purpose: Type.String(), byName: Type.String(), at: Type.String(), round: Type.Integer() }, closed)),
    steps: Type.Array(StepOut),
    /** The moment at which all this was read, in the zone's time. */
    at: Type.String(),
    /** Of the solution; beside it `left` is that of the running step alone. */
    solveLeft: LeftOrNull,
    /** The reader acts for its owner. */
    own: Type.Boolean(),
    /** Steps that this reader may take now. */
    may: Type.Array(Type.String()),
  }, closed),
});

export const listKinds = queryContract('problems.kinds', {
  input: Type.Object({}, closed),
  output: Type.Object({ kinds: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String(), duty: Type.String(), words: Type.Array(Type.String()), retired: Type.Boolean(), orgId: textOrNull(), orgName: textOrNull() }, closed)) }, closed),
});

/** How many are looked at for the counts beside the filters, those that run out first: the cost is the same however many there are. */
export const FACETS_MOST = 10_000;
const Counted = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }, closed));
const Named = Type.Array(Type.Object({ value: Type.String(), name: Type.String(), count: Type.Integer() }, closed));

export const problemFacets = queryContract('problems.facets', {
  input: Type.Object(FILTERS, closed),
  output: Type.Object({
    all: Type.Integer(), overdue: Type.Integer(), paused: Type.Integer(), urgent: Type.Integer(),
    /** More were there than are looked at: every number means that many or more. */
    cut: Type.Boolean(),
    states: Counted, kinds: Counted, severities: Counted, sources: Counted, tiers: Counted, owners: Named, towns: Named, projects: Named,
  }, closed),
});

/** Exactly what the queue shows under these filters, in its order. */
export const exportProblems = queryContract('problems.export', {
  input: Type.Object({ ...FILTERS, sort: Type.Optional(words(SORTS)), format: Type.Optional(words(['xlsx', 'csv'])) }, closed),
  output: Type.Object({}, closed),
});
