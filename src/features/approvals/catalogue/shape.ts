// The shape of the approval catalogue as data: items with their limits, applicability, prerequisites and policy, overlays that patch
// them for a place and a time, and the facts of a project. Never holds a rule that an office could not change.
import Type, { type Static } from 'typebox';

export const TRACKS = ['enterprise', 'government'] as const;
export const STAGES = ['S1', 'S2', 'S3', 'S4'] as const;
/** How a value is known: read in the text of the law, in another published source, or general knowledge that must be verified. */
export const READS = ['law', 'sourced', 'verify'] as const;
/** What runs outside the clock of a limit (Administrative Licensing Law art. 45 and the practice built on it). */
export const OUTSIDE = ['notice', 'hearing', 'expert', 'assessment', 'survey', 'listing', 'tender', 'service', 'inspection', 'rectification'] as const;
export const QUOTAS = ['energy', 'environment', 'land', 'forest'] as const;
/** What may not happen before an item is finished, whatever was simulated, deferred or promised (domain 3.4). */
export const GATES = ['land', 'start', 'acceptance', 'use', 'discharge', 'production'] as const;

const closed = { additionalProperties: false } as const;
/** An item P01 or a milestone START. */
const Code = Type.String({ pattern: '^[A-Z][A-Z0-9]{2,9}$' });
const Key = Type.String({ pattern: '^[a-z][a-z0-9_-]{1,39}$' });
const Fact = Type.String({ pattern: '^[a-z][A-Za-z0-9]{1,39}$' });
const Day = Type.String({ pattern: '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });
export const Words = Type.Object({ zh: Type.String({ minLength: 1, maxLength: 300 }), en: Type.String({ minLength: 1, maxLength: 400 }) }, closed);

/** A rule over facts: a tree of all, any and not over single tests. A fact that is not known makes a test neither true nor false. */
export type Rule =
  | { readonly always: boolean }
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule }
  | RuleTest;

/** One fact against one value. gte, gt and lt take numbers, has looks into a list, known asks whether there is an answer at all. */
export type RuleTest =
  | { readonly fact: string; readonly eq: string | number | boolean }
  | { readonly fact: string; readonly gte: number }
  | { readonly fact: string; readonly gt: number }
  | { readonly fact: string; readonly lt: number }
  | { readonly fact: string; readonly has: string }
  | { readonly fact: string; readonly known: true };

const Rules = Type.Array(Type.Ref('Rule'), { minItems: 1, maxItems: 20 });
// The type is written out above: a type read out of a circular schema is one that nobody can read.
const Rule = Type.Unsafe<Rule>(Type.Cyclic({
  Rule: Type.Union([
    Type.Object({ always: Type.Boolean() }, closed),
    Type.Object({ all: Rules }, closed),
    Type.Object({ any: Rules }, closed),
    Type.Object({ not: Type.Ref('Rule') }, closed),
    Type.Object({ fact: Fact, eq: Type.Union([Type.String({ maxLength: 60 }), Type.Number(), Type.Boolean()]) }, closed),
    Type.Object({ fact: Fact, gte: Type.Number() }, closed),
    Type.Object({ fact: Fact, gt: Type.Number() }, closed),
    Type.Object({ fact: Fact, lt: Type.Number() }, closed),
    Type.Object({ fact: Fact, has: Type.String({ maxLength: 60 }) }, closed),
    Type.Object({ fact: Fact, known: Type.Literal(true) }, closed),
  ]),
}, 'Rule'));

/** Someone looked it up: who, on which day, and the law's own words or where they stand. Written by `approvals.confirm_basis` alone. */
export const Checked = Type.Object({
  by: Type.String({ minLength: 1, maxLength: 100 }),
  day: Day,
  quote: Type.Optional(Type.String({ minLength: 2, maxLength: 1000 })),
  link: Type.Optional(Type.String({ pattern: '^https?://[^\\s]{3,500}$' })),
}, closed);

const Unit = Type.Enum(['working', 'calendar']);
const Read = Type.Enum(READS);

/** Where a value comes from: a source of the catalogue or overlay, its article, and how it was read. */
export const Basis = Type.Object({
  source: Key,
  article: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  read: Read,
  /** No special limit was found, so the general one of the source holds. */
  byDefault: Type.Optional(Type.Boolean()),
  checked: Type.Optional(Checked),
}, closed);

/** A limit that holds when its rule does; of several the first that holds, and while that is unknown the longest that may. */
export const Limit = Type.Object({
  days: Type.Integer(),
  unit: Unit,
  when: Type.Optional(Rule),
  basis: Basis,
  /** The same days, step by step; their sum is the limit. */
  steps: Type.Optional(Type.Array(Type.Object({ name: Words, days: Type.Integer() }, closed), { maxItems: 12 })),
  /** It takes no days of its own: it is done within another item. */
  within: Type.Optional(Code),
  /** By how many days the head of the department may lengthen it. */
  extensionDays: Type.Optional(Type.Integer()),
}, closed);

/** What lies outside the clock. `always`: it happens in every case, so that dates count with it; otherwise it may happen. */
const Outside = Type.Object({
  kind: Type.Enum(OUTSIDE),
  days: Type.Union([Type.Integer(), Type.Null()]),
  unit: Unit,
  always: Type.Boolean(),
  basis: Basis,
}, closed);

/** A prerequisite: an item or milestone, only if it applies where so marked; or one of several. */
const After = Type.Union([
  Type.Object({
    item: Code,
    ifApplies: Type.Optional(Type.Boolean()),
    /** Its document is a secondary one: with tolerance the next item is accepted before it is there, and decided after. */
    deferrable: Type.Optional(Type.Boolean()),
  }, closed),
  Type.Object({ either: Type.Array(Code, { maxItems: 6 }) }, closed),
]);

/** `needBasis`: where the rule stands, once somebody looked it up. */
const TrackUse = Type.Object({ need: Rule, needRead: Read, needBasis: Type.Optional(Basis), after: Type.Array(After, { maxItems: 20 }) }, closed);
const Tracks = Type.Object({ enterprise: Type.Optional(TrackUse), government: Type.Optional(TrackUse) }, closed);

/** How long a result holds once it is issued, and how often for how long it may be extended. */
const Validity = Type.Object({
  months: Type.Integer(),
  extensions: Type.Integer(),
  extensionMonths: Type.Integer(),
  /** What happens when it ends and nothing was begun: it is void, or it has to be checked again. */
  then: Type.Enum(['void', 'recheck']),
  basis: Basis,
}, closed);

const Material = Type.Object({ zh: Type.String({ minLength: 1, maxLength: 300 }), en: Type.Optional(Type.String({ maxLength: 300 })) }, closed);

const itemFields = {
  name: Words,
  stage: Type.Enum(STAGES),
  departments: Type.Object({ lead: Key, with: Type.Array(Key, { maxItems: 12 }) }, closed),
  statutory: Type.Array(Limit, { maxItems: 6 }),
  promised: Type.Array(Limit, { maxItems: 6 }),
  outside: Type.Array(Outside, { maxItems: 8 }),
  tracks: Tracks,
  /** Items with the same letter may run side by side. */
  group: Type.Union([Type.Enum(['A', 'B', 'C', 'D', 'E']), Type.Null()]),
  /** never: the real file is examined in its turn only. staged: a pre-permit for preparatory works, never the item itself. */
  simulatable: Type.Enum(['yes', 'never', 'staged']),
  /** Secondary documents may follow after acceptance. */
  deferrable: Type.Boolean(),
  /** By written promise: at once; listed: only for the forms that its rule names. */
  promise: Type.Enum(['yes', 'no', 'listed']),
  promiseWhen: Type.Union([Rule, Type.Null()]),
  /** Silence after the limit counts as agreement, with liability of the silent unit. */
  silentConsent: Type.Boolean(),
  /** The regional assessment whose result stands for this item within its area. */
  regional: Type.Union([Key, Type.Null()]),
  validity: Type.Union([Validity, Type.Null()]),
  materials: Type.Object({ main: Type.Array(Material, { maxItems: 60 }), secondary: Type.Array(Material, { maxItems: 60 }) }, closed),
  quota: Type.Union([Type.Enum(QUOTAS), Type.Null()]),
  gates: Type.Array(Type.Enum(GATES), { maxItems: 6 }),
  note: Type.Union([Words, Type.Null()]),
} as const;

export const Item = Type.Object({ code: Type.String({ pattern: '^[A-Z][0-9]{2}$' }), ...itemFields }, closed);
export const ItemPatch = Type.Partial(Type.Object(itemFields, closed), closed);

/** A point that the building itself reaches: the start of works, works complete, trial production, formal production. */
const Milestone = Type.Object({
  code: Type.Enum(['START', 'BUILT', 'TRIAL', 'PRODUCTION']),
  name: Words,
  after: Type.Object({ enterprise: Type.Array(After, { maxItems: 20 }), government: Type.Array(After, { maxItems: 20 }) }, closed),
}, closed);

/** Several assessments that are written, reviewed and approved together in the given steps. */
const Bundle = Type.Object({
  code: Type.String({ pattern: '^X[0-9]{2}$' }),
  name: Words,
  members: Type.Array(Code, { minItems: 2, maxItems: 20 }),
  steps: Type.Array(Type.Object({ name: Words, days: Type.Integer() }, closed), { minItems: 1, maxItems: 12 }),
  outside: Type.Array(Outside, { maxItems: 8 }),
  basis: Basis,
}, closed);

/** The order in which the items of a track are published, one after another; what is not in it runs beside. */
const Flows = Type.Object({ enterprise: Type.Array(Code, { maxItems: 100 }), government: Type.Array(Code, { maxItems: 100 }) }, closed);

const Simulation = Type.Object({
  /** The event on which simulated results become formal ones. */
  trigger: Type.Object({ enterprise: Code, government: Code }, closed),
  /** What must be there before anything is simulated, as far as it stands before the trigger. */
  needs: Type.Array(Code, { maxItems: 6 }),
  conversionDays: Type.Integer(),
  validityMonths: Type.Integer(),
  basis: Basis,
}, closed);

export const Source = Type.Object({ key: Key, name: Words }, closed);
export const Regional = Type.Object({ key: Key, name: Words }, closed);

export const Catalogue = Type.Object({
  code: Key,
  version: Type.String({ minLength: 1, maxLength: 40 }),
  name: Words,
  from: Day,
  sources: Type.Array(Source, { maxItems: 60 }),
  regional: Type.Array(Regional, { maxItems: 30 }),
  simulation: Simulation,
  /** Working days that an item by promise takes. */
  promiseDays: Type.Integer(),
  flows: Flows,
  milestones: Type.Array(Milestone, { minItems: 4, maxItems: 4 }),
  bundles: Type.Array(Bundle, { maxItems: 10 }),
  items: Type.Array(Item, { minItems: 1, maxItems: 300 }),
}, closed);

export const Overlay = Type.Object({
  code: Key,
  version: Type.String({ minLength: 1, maxLength: 40 }),
  name: Words,
  from: Day,
  /** The last day on which it holds; null: until further notice. */
  until: Type.Union([Day, Type.Null()]),
  sources: Type.Array(Source, { maxItems: 20 }),
  items: Type.Record(Type.String({ pattern: '^[A-Z][0-9]{2}$' }), ItemPatch),
  flows: Type.Optional(Flows),
  simulation: Type.Optional(Simulation),
  bundles: Type.Optional(Type.Array(Bundle, { maxItems: 10 })),
  /** Those that it says anew; the others stay. */
  milestones: Type.Optional(Type.Array(Milestone, { maxItems: 4 })),
  promiseDays: Type.Optional(Type.Integer()),
}, closed);

/** What a catalogue holds beside its items; an overlay gives any part of it. */
const frameFields = { flows: Flows, milestones: Type.Array(Milestone, { maxItems: 4 }), bundles: Type.Array(Bundle, { maxItems: 10 }), simulation: Simulation, promiseDays: Type.Integer() } as const;
export const FRAME_FIELDS = ['flows', 'milestones', 'bundles', 'simulation', 'promiseDays'] as const;
export const Frame = Type.Object(frameFields, closed);
export const FramePatch = Type.Partial(Type.Object(frameFields, closed), closed);

/** Answers to the questionnaire; what is left out or null is not known. */
export const Facts = Type.Record(Fact, Type.Union([Type.String({ maxLength: 60 }), Type.Number(), Type.Boolean(), Type.Null(), Type.Array(Type.String({ maxLength: 60 }), { maxItems: 40 })]));

export type Catalogue = Static<typeof Catalogue>;
export type Overlay = Static<typeof Overlay>;
export type Item = Static<typeof Item>;
export type ItemPatch = Static<typeof ItemPatch>;
export type Limit = Static<typeof Limit>;
export type Outside = Static<typeof Outside>;
export type After = Static<typeof After>;
export type Basis = Static<typeof Basis>;
export type Bundle = Static<typeof Bundle>;
export type Milestone = Static<typeof Milestone>;
export type Validity = Static<typeof Validity>;
export type Words = Static<typeof Words>;
export type Checked = Static<typeof Checked>;
export type Frame = Static<typeof Frame>;
export type FramePatch = Static<typeof FramePatch>;
export type FrameField = (typeof FRAME_FIELDS)[number];
export type Track = (typeof TRACKS)[number];
export type FactValue = string | number | boolean | null | readonly string[];
export type Facts = Readonly<Record<string, FactValue>>;
