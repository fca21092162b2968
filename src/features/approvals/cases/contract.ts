// The handling of cases as others call it: opening, events, joint acceptance, review, reports from outside, and the reads of department,
// enterprise, office and public. Shared by server, browser and API description; holds no decision.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { PROCEDURES } from '../clocks/events.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const Sha = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Day = Type.String({ pattern: '^[12]\\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const Code = Type.String({ pattern: '^[A-Z][0-9]{2}$' });
const Text = Type.String({ minLength: 1, maxLength: 1000 });
const Line = Type.String({ minLength: 1, maxLength: 200 });
const Words = Type.Object({ zh: Type.String(), en: Type.String() }, closed);

/** Of the catalogue, whose schema is no weight for the browser. */
export const STAGES = ['S1', 'S2', 'S3', 'S4'] as const;
/** What can be recorded by hand; the first is what `open_case` does. */
export const EVENTS = [
  'correction_asked', 'correction_supplied', 'accepted', 'not_accepted', 'special_begun', 'special_ended', 'suspended', 'resumed', 'rectification_begun', 'rectification_ended', 'extended',
  'decided', 'delivered', 'withdrawn', 'returned', 'recalled', 'revoked',
] as const;
export const STATUSES = ['received', 'correction', 'accepted', 'special', 'suspended', 'rectifying', 'not_accepted', 'decided', 'delivered', 'withdrawn', 'returned', 'recalled', 'revoked'] as const;
export const SIDES = ['department', 'applicant', 'special', 'suspension'] as const;
export const OUTCOMES = ['approved', 'approved_deferred', 'refused'] as const;
export const LEVELS = ['none', 'calm', 'soon', 'urgent', 'promise_over', 'over'] as const;
export const OWES = ['answer', 'decision', 'resumption', 'delivery'] as const;
/** 政府信息公开条例 14, 15. */
export const WITHHELD = ['state_secret', 'business_secret', 'personal'] as const;
const NEEDS = ['reason', 'document', 'procedure', 'days', 'outcome'] as const;
const Status = Type.Enum(STATUSES);
const Side = Type.Enum(SIDES);
const Outcome = Type.Enum(OUTCOMES);
const Unit = Type.Enum(['working', 'calendar']);
const Source = Type.Enum(['own', 'import', 'api']);

// --- commands ---

/** Files for materials by their names: as the catalogue lists them, or others. */
const Attached = Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 300 }), sha: Sha }, closed), { maxItems: 30 });

/** An application arrives: of the enterprise itself, of a commissioner as its agent (then with a power of attorney), or at the window. */
export const openCase = commandContract('approvals.open_case', {
  input: Type.Object({ id: Id, projectId: Id, item: Code, day: Type.Optional(Day), attorneySha: Type.Optional(Sha), note: Type.Optional(Text), materials: Type.Optional(Attached) }, closed),
  output: Type.Object({ id: Id, version: Type.Integer(), round: Type.Integer(), status: Status, orgId: Id }, closed),
});

export const recordCaseEvent = commandContract('approvals.record_case_event', {
  input: Type.Object({
    id: Id, kind: Type.Enum(EVENTS), day: Type.Optional(Day), reason: Type.Optional(Text), document: Type.Optional(Line), procedure: Type.Optional(Type.Enum(PROCEDURES)),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })), outcome: Type.Optional(Outcome),
    /** Only with what answers a request for correction. */
    materials: Type.Optional(Attached),
  }, closed),
  output: Type.Object({ id: Id, version: Type.Integer(), seq: Type.Integer(), status: Status }, closed),
  versioned: true,
});

/** One window accepts the items of a stage at once, for several departments under one that leads. What was not applied for yet is received with it. */
export const jointAccept = commandContract('approvals.joint_accept', {
  input: Type.Object({
    projectId: Id, stage: Type.Enum(STAGES), items: Type.Array(Code, { minItems: 1, maxItems: 30, uniqueItems: true }), document: Line, day: Type.Optional(Day),
    /** Left out: the body that answers for the stage. */
    leadOrgId: Type.Optional(Id),
  }, closed),
  output: Type.Object({ jointId: Id, leadOrgId: Id, cases: Type.Array(Type.Object({ id: Id, item: Code, version: Type.Integer() }, closed)) }, closed),
});

/** 竣工联合验收: the leading department accepts the acceptance and its parts at once; from then on the parts take every step of it. */
export const acceptCompletion = commandContract('approvals.accept_completion', {
  input: Type.Object({
    projectId: Id, document: Line, day: Type.Optional(Day),
    /** Left out: the parts that the project needs. */
    parts: Type.Optional(Type.Array(Code, { maxItems: 30, uniqueItems: true })),
  }, closed),
  output: Type.Object({ jointId: Id, caseId: Id, leadOrgId: Id, cases: Type.Array(Type.Object({ id: Id, item: Code, version: Type.Integer() }, closed)) }, closed),
});

/** Whether everybody may read the lines of a project's cases. Nobody may before it is said. */
export const publishLines = commandContract('approvals.publish_lines', {
  input: Type.Object({ projectId: Id, shown: Type.Boolean() }, closed),
  output: Type.Object({ id: Id, shown: Type.Boolean() }, closed),
});

/** Withholds the public line of a case, with the kind of secret and the basis; null shows it again. */
export const withholdLine = commandContract('approvals.withhold_line', {
  input: Type.Object({ id: Id, withheld: Type.Union([Type.Enum(WITHHELD), Type.Null()]), basis: Type.Optional(Text) }, closed),
  output: Type.Object({ id: Id, version: Type.Integer() }, closed),
  versioned: true,
});

export const answerReview = commandContract('approvals.answer_review', {
  input: Type.Object({ id: Id, orgId: Type.Optional(Id), view: Type.Enum(['consent', 'objection']), opinion: Type.Optional(Text), day: Type.Optional(Day) }, closed),
  output: Type.Object({ id: Id, orgId: Id, late: Type.Boolean() }, closed),
});

/** What another system says of an item, and on which day it was last verified there. Never overwrites what is handled here. */
export const reportStatus = commandContract('approvals.report_status', {
  input: Type.Object({
    id: Id, projectId: Id, item: Code, round: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })), status: Status, source: Type.Enum(['import', 'api']), system: Line, verifiedDay: Day,
    receivedDay: Type.Optional(Day), acceptedDay: Type.Optional(Day), decidedDay: Type.Optional(Day), deliveredDay: Type.Optional(Day), outcome: Type.Optional(Outcome), document: Type.Optional(Line), note: Type.Optional(Text),
  }, closed),
  output: Type.Object({ id: Id, version: Type.Integer(), round: Type.Integer(), created: Type.Boolean() }, closed),
});

// --- queries ---

/** A limit as it stands. used + left = limit, over goes beyond; all in the limit's unit. */
const Clock = Type.Object({ limit: Type.Integer(), left: Type.Integer(), over: Type.Integer(), due: Day }, closed);

export const CaseLine = Type.Object({
  id: Id, version: Type.Integer(), projectId: Id, projectName: Type.String(), item: Code, itemName: Words, round: Type.Integer(), orgId: Id, orgName: Type.String(),
  joint: Type.Boolean(), leadOrgName: maybe(Type.String()), status: Status, outcome: maybe(Outcome), document: maybe(Type.String()),
  source: Source, system: maybe(Type.String()), verifiedDay: maybe(Day),
  receivedDay: maybe(Day), acceptedDay: maybe(Day), deemed: Type.Boolean(), decidedDay: maybe(Day), deliveredDay: maybe(Day), closedDay: maybe(Day),
  side: maybe(Side), sideDay: maybe(Day), unit: maybe(Unit), used: maybe(Type.Integer()), statutory: maybe(Clock), promised: maybe(Clock), provisional: Type.Boolean(),
  level: Type.Enum(LEVELS), owes: maybe(Type.Enum(OWES)), owedDay: maybe(Day), daysLeft: maybe(Type.Integer()),
  /** It lies on the critical path of its project's plan; by so many working days that slips against the agreed one. */
  critical: Type.Boolean(), slipDays: maybe(Type.Integer()),
  /** Accepted without them, and the case is returned when the day of the first passes (容缺受理). */
  owedMaterials: Type.Integer(), materialDue: maybe(Day),
}, closed);

/** What the catalogue lists for an item. */
const Listed = Type.Object({ main: Type.Array(Words), secondary: Type.Array(Words) }, closed);

const ItemLine = Type.Object({
  code: Code, name: Words, stage: Type.Enum(STAGES), verdict: Type.Enum(['needed', 'clarify', 'not_needed']), orgName: maybe(Type.String()),
  /** What the project still needs before this one may be applied for. */
  waitsFor: Type.Array(Type.Object({ code: Code, name: Words }, closed)),
  promisedDays: maybe(Type.Integer()), statutoryDays: maybe(Type.Integer()), unit: Unit,
  mayApply: Type.Boolean(), case: maybe(CaseLine),
  /** The day of a document that no case made: land contract, converted simulation, promise. */
  documentDay: maybe(Day), materials: Listed,
}, closed);

const StepLine = Type.Object({ name: Words, days: Type.Integer() }, closed);
const Windows = Type.Object({ windows: Type.Integer(), days: Type.Integer() }, closed);

/** Where a project's approvals are: every item that it needs, its case, what waits for what. */
export const projectCases = queryContract('approvals.project_cases', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    id: Id, name: Type.String(), day: Day, /** Else he leads a stage and sees that stage alone. */ knowsProject: Type.Boolean(), items: Type.Array(ItemLine),
    /** 竣工联合验收 as it is accepted here; null: no such item applies, or it is in hand or granted. */
    completion: maybe(Type.Object({ item: Code, parts: Type.Array(Code), steps: Type.Array(StepLine), days: maybe(Type.Integer()), windows: maybe(Windows) }, closed)),
    /** Everybody may read its lines. */
    shown: Type.Boolean(),
    can: Type.Object({ apply: Type.Boolean(), asAgent: Type.Boolean(), /** Enters late, with a reason, what lay at the window. */ enterLate: Type.Boolean(), /** The stages. */ acceptJointly: Type.Array(Type.Enum(STAGES)), acceptCompletion: Type.Boolean(), publish: Type.Boolean() }, closed),
  }, closed),
});

const Days = Type.Object({ calendar: Type.Integer(), working: Type.Integer() }, closed);
const FullClock = Type.Object({
  unit: Unit, limit: Type.Integer(), extension: Type.Integer(), used: Type.Integer(), left: Type.Integer(), over: Type.Integer(), deadline: Type.Object({ day: Day, provisional: Type.Boolean() }, closed),
  moving: Type.Boolean(), overdue: Type.Boolean(),
}, closed);

export const ReviewLine = Type.Object({
  orgId: Id, orgName: Type.String(), askedDay: Day, dueDay: Day, position: Type.Enum(['waiting', 'overdue', 'consent', 'objection', 'silent_consent']), liable: Type.Boolean(),
  view: maybe(Type.Enum(['consent', 'objection'])), opinion: maybe(Type.String()), answeredDay: maybe(Day), answeredBy: maybe(Type.String()), mayAnswer: Type.Boolean(),
  /** What it said before a window for rectification. */
  earlier: Type.Array(Type.Object({ view: Type.Enum(['consent', 'objection']), opinion: maybe(Type.String()), day: Day, name: Type.String() }, closed)),
}, closed);

/** A joint acceptance as its leading case shows it: the steps by their days, each part at its body, the windows outside the clock. */
const Completion = Type.Object({
  steps: Type.Array(Type.Object({ name: maybe(Words), days: Type.Integer(), due: Day, state: Type.Enum(['done', 'now', 'ahead']) }, closed)), unit: Unit,
  parts: Type.Array(Type.Object({ id: Id, item: Code, itemName: Words, orgId: Id, orgName: Type.String(), status: Status, outcome: maybe(Outcome), document: maybe(Type.String()), statutory: maybe(Clock) }, closed)),
  windows: Type.Array(Type.Object({ from: Day, last: Day, ended: maybe(Day), working: Type.Integer(), reason: maybe(Type.String()) }, closed)),
}, closed);

export const readCase = queryContract('approvals.case', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    case: CaseLine, day: Day, stage: Type.Enum(STAGES), via: Type.Enum(['self', 'agent', 'window', 'outside']), agentName: maybe(Type.String()), attorneySha: maybe(Sha), note: maybe(Type.String()),
    ledger: maybe(Type.Object({
      segments: Type.Array(Type.Object({ from: Day, to: Day, side: Side, reason: Type.String(), counts: Type.Boolean(), calendar: Type.Integer(), working: Type.Integer(), document: maybe(Type.String()), why: maybe(Type.String()) }, closed)),
      elapsed: Days, parts: Type.Object({ department: Days, applicant: Days, special: Days, suspension: Days }, closed),
      statutory: maybe(FullClock), promised: maybe(FullClock),
      answer: maybe(Day), delivery: maybe(Type.Object({ day: Day, overdue: Type.Boolean() }, closed)), special: maybe(Type.Object({ day: Day, procedure: Type.String(), overdue: Type.Boolean() }, closed)),
    }, closed)),
    /** The rules by which it is counted. `general`: no limit is published for the item and the law's general one stands for it. */
    limit: Type.Object({
      from: Day, statutoryDays: Type.Integer(), statutoryUnit: Unit, promisedDays: maybe(Type.Integer()), promisedUnit: maybe(Unit), extensionDays: Type.Integer(), general: Type.Boolean(), frozen: Type.Boolean(),
      rectification: maybe(Windows),
    }, closed),
    events: Type.Array(Type.Object({
      seq: Type.Integer(), kind: Type.String(), day: Day, side: Type.Enum(['department', 'applicant']), by: Type.String(), at: Type.String(), reason: maybe(Type.String()), document: maybe(Type.String()),
      procedure: maybe(Type.String()), days: maybe(Type.Integer()), outcome: maybe(Outcome),
    }, closed)),
    reviews: Type.Array(ReviewLine),
    /** What the applicant attached; `main` as the catalogue lists it, null where it does not. */
    materials: Type.Array(Type.Object({ seq: Type.Integer(), name: Words, main: maybe(Type.Boolean()), sha: Sha, day: Day, by: Type.String(), fileName: maybe(Type.String()), bytes: Type.Integer() }, closed)), listed: Listed,
    /** What this reader may record now, and what each must carry. */
    can: Type.Array(Type.Object({ kind: Type.Enum(EVENTS), needs: Type.Array(Type.Enum(NEEDS)) }, closed)),
    /** The edition of the zone's calendar by which it is counted, and the newest: what is closed stays with its own. */
    calendar: Type.Object({ edition: Type.Integer(), newest: Type.Integer() }, closed),
    /** He may open the project's cases: in his scope, or he leads the stage. */
    knowsProject: Type.Boolean(),
    completion: maybe(Completion),
    /** The joint acceptance of which it is a part. */
    partOf: maybe(Type.Object({ id: Id, itemName: Words }, closed)),
    /** Why nobody outside may read its line; and whether this reader may say so. */
    withheld: maybe(Type.Enum(WITHHELD)), withheldBasis: maybe(Type.String()), mayWithhold: Type.Boolean(),
  }, closed),
});

const Queue = {
  projectId: Type.Optional(Id), orgId: Type.Optional(Type.Array(Id, { maxItems: 100 })), item: Type.Optional(Type.Array(Code, { maxItems: 100 })), status: Type.Optional(Type.Array(Status)), level: Type.Optional(Type.Array(Type.Enum(LEVELS))), side: Type.Optional(Type.Array(Side)),
  /** Left out: open ones. */
  state: Type.Optional(Type.Enum(['open', 'decided', 'all'])),
  /** Those in which the reader's bodies were asked for an opinion that they still owe, whoever handles them. */
  reviews: Type.Optional(Type.Boolean()), /** Accepted with materials that have not come. */ owing: Type.Optional(Type.Boolean()),
  decidedFrom: Type.Optional(Day), decidedTo: Type.Optional(Day), q: Type.Optional(Type.String({ maxLength: 100 })),
} as const;

/** A department's queue, an enterprise's cases, all of them for the office. `left`: by the day by which something is owed; `path`: what the start of works waits for first. Paged by keyset. */
export const myCases = queryContract('approvals.my_cases', {
  input: Type.Object({ ...Queue, sort: Type.Optional(Type.Enum(['left', 'path'])), after: Type.Optional(Type.String({ maxLength: 200 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }, closed),
  output: Type.Object({ items: Type.Array(CaseLine), next: maybe(Type.String()) }, closed),
});

/** How many of the queue are open, late, waiting for whom. */
export const countCases = queryContract('approvals.case_counts', {
  input: Type.Object(Queue, closed),
  output: Type.Object({
    all: Type.Integer(), over: Type.Integer(), promiseOver: Type.Integer(), urgent: Type.Integer(),
    sides: Type.Object({ department: Type.Integer(), applicant: Type.Integer(), special: Type.Integer(), suspension: Type.Integer() }, closed), reviews: Type.Integer(),
  }, closed),
});

const Choice = Type.Object({ value: Type.String(), count: Type.Integer() }, closed);

/** How many cases each choice of a filter would show beside the other filters as they are set. Items and bodies by name. */
export const caseFacets = queryContract('approvals.case_facets', {
  input: Type.Object(Queue, closed),
  output: Type.Object({
    levels: Type.Array(Choice), sides: Type.Array(Choice), statuses: Type.Array(Choice),
    items: Type.Array(Type.Object({ value: Code, name: Words, count: Type.Integer() }, closed)), orgs: Type.Array(Type.Object({ value: Id, name: Type.String(), count: Type.Integer() }, closed)),
  }, closed),
});

/** GET /api/downloads/approvals.cases_export: the queue as it is shown, as a file. */
export const exportCases = queryContract('approvals.cases_export', {
  input: Type.Object({ ...Queue, sort: Type.Optional(Type.Enum(['left', 'path'])), format: Type.Optional(Type.Enum(['xlsx', 'csv'])) }, closed),
  output: Type.Object({}, closed),
});

/** Days that decided cases took against what was promised, by body and item, in the unit of the item's limit. */
export const departmentPace = queryContract('approvals.department_pace', {
  input: Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day), orgId: Type.Optional(Id) }, closed),
  output: Type.Object({
    from: Day, to: Day,
    items: Type.Array(Type.Object({
      orgId: Id, orgName: Type.String(), item: Code, itemName: Words, unit: Unit, decided: Type.Integer(), p50: maybe(Type.Integer()), p90: maybe(Type.Integer()), promised: maybe(Type.Integer()), statutory: maybe(Type.Integer()),
      kept: Type.Integer(), late: Type.Integer(), open: Type.Integer(), openOver: Type.Integer(),
    }, closed)),
  }, closed),
});

/** What everybody may read of a project's items: applied, promised, decided, by which body. No names of projects or people. */
export const publicLines = queryContract('approvals.public_lines', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ items: Type.Array(Type.Object({
    item: Code, itemName: Words, round: Type.Integer(), orgName: Type.String(), status: Status, outcome: maybe(Outcome), appliedDay: maybe(Day), acceptedDay: maybe(Day), promisedDay: maybe(Day), decidedDay: maybe(Day), verifiedDay: maybe(Day),
  }, closed)) }, closed),
});
