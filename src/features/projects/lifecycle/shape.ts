// The shape of the life cycle as data: stages, what stands before each (conditions), kinds of evidence, side states. Stored as the
// setting `projects.lifecycle`; data/lifecycle.json is its default. Never holds a rule that an administrator could not change.
import Type, { type Static } from 'typebox';
import standard from './data/lifecycle.json' with { type: 'json' };

export const SETTING = 'projects.lifecycle';

export const STAGES = ['planned', 'reserved', 'signed', 'performed', 'preliminary', 'started', 'building', 'completed', 'producing', 'effective'] as const;
export const SIDES = ['paused', 'removed', 'terminated'] as const;
export const KINDS = ['enterprise', 'government', 'purchase'] as const;
/** Who may waive a condition or set a side state: a permission that the data names. */
export const AUTHORITIES = ['projects.move', 'projects.move_back', 'projects.waive', 'projects.rules'] as const;
export const FIELDS = ['code', 'content', 'total', 'land', 'place', 'builder', 'leader', 'responsible', 'commissioner', 'planned_start', 'planned_completion', 'promised', 'invested', 'in_statistics'] as const;
export const NEEDS = ['file', 'number', 'day', 'amount', 'parties', 'place'] as const;

const closed = { additionalProperties: false } as const;

export const StageCode = Type.Enum(STAGES);
export const SideCode = Type.Enum(SIDES);
export const KindCode = Type.Enum(KINDS);
const Authority = Type.Enum(AUTHORITIES);
const Code = Type.String({ pattern: '^[a-z][a-z0-9_]{1,39}$' });

export const Words = Type.Object({ zh: Type.String({ minLength: 1, maxLength: 300 }), en: Type.String({ minLength: 1, maxLength: 300 }) }, closed);

/** At least `count` pieces of one of these kinds, each with all that is needed; a day needed must not lie after the move. */
const EvidenceTest = Type.Object({
  type: Type.Literal('evidence'),
  kinds: Type.Array(Code, { minItems: 1, maxItems: 10 }),
  needs: Type.Array(Type.Enum(NEEDS), { maxItems: 6 }),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
  verified: Type.Optional(Type.Boolean()),
}, closed);
/** A photo with the time at which and the place where it was taken, on or before the day of the move. */
const PhotoTest = Type.Object({
  type: Type.Literal('photo'),
  kinds: Type.Array(Code, { minItems: 1, maxItems: 10 }),
  count: Type.Integer({ minimum: 1, maximum: 20 }),
  verified: Type.Optional(Type.Boolean()),
}, closed);
/** Something that the project's own record says. */
const FieldTest = Type.Object({ type: Type.Literal('field'), field: Type.Enum(FIELDS) }, closed);
/** Whoever moves the project declares which works have begun, and they are permanent works. */
const StatementTest = Type.Object({ type: Type.Literal('statement') }, closed);
/** Output, revenue or tax of twelve months reaches this part of what was promised, by the agreed day if so wished. */
const ResultsTest = Type.Object({ type: Type.Literal('results'), percent: Type.Integer({ minimum: 1, maximum: 200 }), withinAgreed: Type.Boolean() }, closed);
/** Another feature (approvals) answers; while none does, `silent` decides. */
const ExternalTest = Type.Object({
  type: Type.Literal('external'),
  feature: Code,
  question: Type.String({ minLength: 1, maxLength: 60 }),
  silent: Type.Enum(['met', 'missing']),
}, closed);

const Simple = Type.Union([EvidenceTest, PhotoTest, FieldTest, StatementTest, ResultsTest, ExternalTest]);
const All = Type.Object({ type: Type.Literal('all'), of: Type.Array(Simple, { minItems: 1, maxItems: 10 }) }, closed);
const Any = Type.Object({ type: Type.Literal('any'), of: Type.Array(Type.Union([Simple, All]), { minItems: 1, maxItems: 10 }) }, closed);
const Test = Type.Union([EvidenceTest, PhotoTest, FieldTest, StatementTest, ResultsTest, ExternalTest, All, Any]);

const Condition = Type.Object({
  code: Code,
  name: Words,
  hint: Type.Optional(Words),
  /** Only for projects of these kinds; all if left out. */
  kinds: Type.Optional(Type.Array(KindCode, { minItems: 1, maxItems: 3 })),
  test: Test,
  /** Who may waive it with a reason; null: nobody. */
  waivedBy: Type.Union([Authority, Type.Null()]),
}, closed);

const Use = Type.Enum(['must', 'may', 'none']);

const Stage = Type.Object({
  code: StageCode,
  name: Words,
  /** must: passed by every project of the kind; may: can be skipped; none: not a stage of this kind. */
  use: Type.Object({ enterprise: Use, government: Use, purchase: Use }, closed),
  conditions: Type.Array(Condition, { maxItems: 20 }),
}, closed);

const EvidenceKind = Type.Object({ code: Code, name: Words, photo: Type.Boolean() }, closed);
const Works = Type.Object({ code: Code, name: Words, permanent: Type.Boolean() }, closed);
const Side = Type.Object({
  code: SideCode,
  name: Words,
  /** From which stages it can be entered. */
  from: Type.Array(StageCode, { minItems: 1, maxItems: 10 }),
  enteredBy: Authority,
  /** Who may bring the project back; null: it is final. */
  resumedBy: Type.Union([Authority, Type.Null()]),
  /** One piece of evidence of one of these kinds must be named; empty: none is compulsory. */
  evidence: Type.Array(Code, { maxItems: 10 }),
}, closed);

export const Lifecycle = Type.Object({
  stages: Type.Array(Stage, { minItems: 1, maxItems: 20 }),
  sideStates: Type.Array(Side, { minItems: 1, maxItems: 5 }),
  evidenceKinds: Type.Array(EvidenceKind, { minItems: 1, maxItems: 60 }),
  works: Type.Array(Works, { minItems: 1, maxItems: 30 }),
  /** Months after production by which 达效 is due where no day was agreed. */
  effectMonths: Type.Integer({ minimum: 1, maximum: 60 }),
}, closed);

export type Lifecycle = Static<typeof Lifecycle>;
export type StageCode = Static<typeof StageCode>;
export type SideCode = Static<typeof SideCode>;
export type KindCode = Static<typeof KindCode>;
export type Authority = Static<typeof Authority>;
export type Words = Static<typeof Words>;
export type Condition = Static<typeof Condition>;
export type Test = Static<typeof Test>;
export type Stage = Static<typeof Stage>;
export type Need = (typeof NEEDS)[number];
export type Field = (typeof FIELDS)[number];

/** The default: an edge, since a JSON module has no literal types; a test checks it against the schema. */
export const STANDARD: Lifecycle = standard as unknown as Lifecycle;
