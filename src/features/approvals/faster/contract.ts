// The faster ways as others call them: guidance, simulation, tolerance, promise, formal documents and their validity. Shared by server, browser
// and API description; holds no decision. `id` is the project, and the version is the project's.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const Day = Type.String({ pattern: '^[12]\\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const Code = Type.String({ pattern: '^[A-Z][0-9]{2}$' });
const Line = Type.String({ minLength: 1, maxLength: 200 });
const Sha = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Person = Type.String({ minLength: 1, maxLength: 100 });
const Long = Type.String({ minLength: 1, maxLength: 2000 });
const Words = Type.Object({ zh: Type.String(), en: Type.String() }, closed);
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200 }));
const After = Type.Optional(Type.String({ maxLength: 100 }));

export const PREMISE_NAMES = ['applicant', 'areaSquareMetres', 'planning', 'scale'] as const;
export const SIMULATION_STATUSES = ['applied', 'opined', 'converting', 'reviewing', 'formal', 'failed', 'void'] as const;

/** What an opinion is given for, and what the land contract then says: equal in all four, the opinion converts as it is. */
const Premises = Type.Object({ applicant: Line, areaSquareMetres: Type.Number({ minimum: 0, maximum: 1e9 }), planning: Line, scale: Line }, closed);

const Done = Type.Object({ id: Id, version: Type.Integer() }, closed);

// --- guidance ---

export const guide = commandContract('approvals.guide', {
  input: Type.Object({ id: Id, guidanceId: Id, item: Code, day: Day, missing: Type.Array(Line, { maxItems: 60 }), comments: Type.Optional(Type.String({ minLength: 1, maxLength: 4000 })) }, closed),
  output: Done,
  versioned: true,
});

// --- simulation ---

export const applySimulation = commandContract('approvals.apply_simulation', {
  input: Type.Object({
    id: Id, simulationId: Id, item: Code, day: Day,
    /** Number of the planning conditions that were issued for the site. */
    planning: Line,
    /** The applicant signed to bear the risk, who signed, and the signed letter. */
    riskSigned: Type.Boolean(), signedBy: Person, riskSha: Sha,
  }, closed),
  output: Done,
  versioned: true,
});

export const giveOpinion = commandContract('approvals.give_opinion', {
  input: Type.Object({ id: Id, simulationId: Id, day: Day, number: Line, premises: Premises, owed: Type.Array(Type.Object({ item: Code, due: Day }, closed), { maxItems: 30 }) }, closed),
  output: Type.Object({ id: Id, version: Type.Integer(), expires: maybe(Type.String()) }, closed),
  versioned: true,
});

export const settleDebt = commandContract('approvals.settle_debt', { input: Type.Object({ id: Id, simulationId: Id, day: Day, item: Code }, closed), output: Done, versioned: true });

export const voidSimulation = commandContract('approvals.void_simulation', { input: Type.Object({ id: Id, simulationId: Id, day: Day, reason: Long }, closed), output: Done, versioned: true });

const Numbered = Type.Object({ item: Code, number: Line }, closed);

/** The land contract (or the allocation decision) turns opinions into formal documents; those that get a number are issued on the same day. */
export const enterLandContract = commandContract('approvals.enter_land_contract', {
  input: Type.Object({ id: Id, day: Day, number: Line, premises: Premises, documents: Type.Array(Numbered, { maxItems: 60 }) }, closed),
  output: Type.Object({
    id: Id, version: Type.Integer(),
    /** In the order of the law. */
    issued: Type.Array(Numbered),
    /** Unchanged, to be issued by their day. */
    due: Type.Array(Type.Object({ item: Code, due: Type.String() }, closed)),
    waiting: Type.Array(Type.Object({ item: Code, for: Type.Array(Type.String()) }, closed)),
    reviewing: Type.Array(Type.Object({ item: Code, changed: Type.Array(Type.Enum(PREMISE_NAMES)) }, closed)),
    lapsed: Type.Array(Code),
  }, closed),
  versioned: true,
});

export const reviewChange = commandContract('approvals.review_change', {
  input: Type.Object({ id: Id, simulationId: Id, day: Day, parts: Type.Array(Type.Enum(PREMISE_NAMES), { maxItems: 4 }), passed: Type.Boolean() }, closed), output: Done, versioned: true,
});

export const issueFormal = commandContract('approvals.issue_formal', { input: Type.Object({ id: Id, simulationId: Id, day: Day, number: Line }, closed), output: Done, versioned: true });

// --- tolerance ---

const Material = Type.String({ minLength: 1, maxLength: 300 });

export const acceptWithDebts = commandContract('approvals.accept_with_debts', {
  input: Type.Object({
    id: Id, toleranceId: Id, item: Code, day: Day,
    mainComplete: Type.Boolean(),
    /** Number of the notice of acceptance: where an application waits for it, this accepts it. */
    document: Type.Optional(Line),
    /** Secondary materials that are missing, each with the day by which it follows; left out: the day that is preset. */
    missing: Type.Array(Type.Object({ material: Material, due: Type.Optional(Day) }, closed), { minItems: 1, maxItems: 30 }),
  }, closed),
  output: Type.Object({ id: Id, version: Type.Integer(), caseId: maybe(Id), due: Type.Array(Type.Object({ material: Type.String(), due: Type.String() }, closed)) }, closed),
  versioned: true,
});

/** Taken in by the department, which may have been handed paper on a day before. */
export const supplyMaterial = commandContract('approvals.supply_material', { input: Type.Object({ id: Id, toleranceId: Id, material: Material, day: Day, fileSha: Type.Optional(Sha) }, closed), output: Done, versioned: true });

/** Sent by the applicant: its file, which counts as of today. */
export const sendMaterial = commandContract('approvals.send_material', { input: Type.Object({ id: Id, toleranceId: Id, material: Material, fileSha: Sha }, closed), output: Done, versioned: true });

export const extendMaterial = commandContract('approvals.extend_material', {
  input: Type.Object({ id: Id, toleranceId: Id, material: Material, due: Day, reason: Type.Optional(Long) }, closed), output: Done, versioned: true,
});

/** Sends back the case whose material did not come by its day. Time decides it; the daily job calls it. */
export const returnOverdue = commandContract('approvals.return_overdue', {
  input: Type.Object({ id: Id, toleranceId: Id }, closed), output: Type.Object({ id: Id, version: Type.Integer(), caseId: maybe(Id), returnedDay: Day }, closed), versioned: true,
});

// --- promise ---

export const SIGNERS = ['legal_representative', 'design_unit'] as const;

export const makePromise = commandContract('approvals.promise', {
  input: Type.Object({
    id: Id, promiseId: Id, item: Code, day: Day, conditions: Type.String({ minLength: 2, maxLength: 4000 }), signedBy: Person, signers: Type.Array(Type.Enum(SIGNERS), { minItems: 1, maxItems: 2 }),
    /** Name of the design unit, where it signs too. */
    designUnit: Type.Optional(Line),
    /** The signed letter. */
    letterSha: Sha, number: Line,
  }, closed),
  output: Type.Object({ id: Id, version: Type.Integer(), checkDue: Type.String() }, closed),
  versioned: true,
});

export const checkPromise = commandContract('approvals.check_promise', {
  input: Type.Object({
    id: Id, promiseId: Id, day: Day, kept: Type.Boolean(), finding: Long,
    /** Record or photo of the check. */
    evidenceSha: Type.Optional(Sha),
    /** Number of the decision that revokes the permit, where the promise was false. */
    revocation: Type.Optional(Line),
  }, closed),
  output: Done,
  versioned: true,
});

// --- validity ---

export const extendValidity = commandContract('approvals.extend_validity', {
  input: Type.Object({
    id: Id, item: Code, number: Line, day: Day, reason: Long, /** Number of the decision that extends it. */ document: Line,
    /** Left out: as many as the law allows for one extension. */
    months: Type.Optional(Type.Integer({ minimum: 1, maximum: 36 })),
  }, closed),
  output: Type.Object({ id: Id, version: Type.Integer(), until: Type.String() }, closed),
  versioned: true,
});

/** Tells the histories of projects which opinions ended by time alone. The daily job calls it. */
export const tellLapses = commandContract('approvals.tell_lapses', { input: Type.Object({}, closed), output: Type.Object({ simulations: Type.Integer() }, closed), versioned: false });

// --- reads ---

/** `daysLeft` is null once the opinion has ended, and its debts with it. */
const Owed = Type.Object({ item: Code, itemName: Words, due: Type.String(), daysLeft: maybe(Type.Integer()), late: Type.Boolean() }, closed);

const SimulationLine = Type.Object({
  id: Id, item: Code, itemName: Words, round: Type.Integer(), orgName: maybe(Type.String()), status: Type.Enum(SIMULATION_STATUSES), expired: Type.Boolean(), appliedDay: Type.String(), signedBy: Type.String(), riskSha: maybe(Sha),
  number: maybe(Type.String()), /** none: it has no legal force. */ force: Type.Enum(['none', 'formal']), expires: maybe(Type.String()), daysLeft: maybe(Type.Integer()), premises: maybe(Premises), owed: Type.Array(Owed), changed: Type.Array(Type.Enum(PREMISE_NAMES)),
  due: maybe(Type.String()), document: maybe(Type.Object({ number: Type.String(), day: Type.String() }, closed)), earthworks: Type.Boolean(),
  /** Before the opinion: the preconditions that it has to name as debts. */
  needs: Type.Array(Type.Object({ item: Code, itemName: Words }, closed)),
  steps: Type.Array(Type.Object({ kind: Type.String(), day: Type.String(), by: Type.String() }, closed)),
}, closed);

const ToleranceLine = Type.Object({
  id: Id, item: Code, itemName: Words, caseId: maybe(Id), day: Type.String(), state: Type.Enum(['clear', 'owing', 'returned']), returnedDay: maybe(Day), acceptedBy: Type.String(),
  materials: Type.Array(Type.Object({
    material: Type.String(), due: Type.String(), daysLeft: maybe(Type.Integer()), suppliedDay: maybe(Type.String()), suppliedBy: maybe(Type.String()), fileSha: maybe(Sha),
    /** Its first day, if it was put off, and why. */
    firstDue: maybe(Day), extendedReason: maybe(Type.String()), /** It may be put off once more, to this day at the latest. */ extendableTo: maybe(Day),
  }, closed)),
}, closed);

const PromiseLine = Type.Object({
  id: Id, item: Code, itemName: Words, day: Type.String(), number: Type.String(), conditions: Type.String(), signedBy: Type.String(), designUnit: maybe(Type.String()), letterSha: maybe(Sha),
  state: Type.Enum(['granted', 'verified', 'revoked']), checkDue: Type.String(), daysLeft: maybe(Type.Integer()),
  checkedDay: maybe(Type.String()), checkedBy: maybe(Type.String()), finding: maybe(Type.String()), evidenceSha: maybe(Sha), revocation: maybe(Type.String()),
}, closed);

const GuidanceLine = Type.Object({
  id: Id, projectId: Id, projectName: Type.String(), item: Code, itemName: Words, day: Type.String(), missing: Type.Array(Type.String()), comments: maybe(Type.String()), givenBy: Type.String(),
  /** The first application after it: accepted without corrections, not so, or none decided upon yet. */
  outcome: Type.Enum(['passed', 'not_passed', 'open']), appliedDay: maybe(Type.String()),
  /** That application, for who may know it. */
  caseId: maybe(Id),
}, closed);

const Lacking = Type.Object({ items: Type.Array(Type.Object({ code: Type.String(), name: Words }, closed)), why: Type.String(), law: Type.String() }, closed);

/** Everything of one project that goes a faster way, and how its hard gates stand. */
export const readFaster = queryContract('approvals.faster', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    id: Id, version: Type.Integer(), name: Type.String(), keyProject: Type.Boolean(), day: Type.String(),
    /** The gates bind: approvals keeps something of this project. */
    bound: Type.Boolean(),
    gates: Type.Array(Type.Object({ code: Type.String(), open: Type.Boolean(), lacking: Type.Array(Lacking) }, closed)),
    simulations: Type.Array(SimulationLine), tolerances: Type.Array(ToleranceLine), promises: Type.Array(PromiseLine), guidance: Type.Array(GuidanceLine),
    /** Items by the way that is open to them here. */
    may: Type.Object({
      simulate: Type.Array(Code), promise: Type.Array(Code), /** Of those that go by promise: the design unit signs too. */ designUnit: Type.Array(Code),
      tolerate: Type.Array(Type.Object({ item: Code, main: Type.Array(Words), secondary: Type.Array(Words), /** An application waits to be accepted. */ waiting: Type.Boolean() }, closed)),
    }, closed),
    /** The day that is preset for a material accepted today, and the last that may be set. */
    tolerance: Type.Object({ preset: Day, last: Day }, closed),
    names: Type.Array(Type.Object({ code: Code, name: Words }, closed)),
    can: Type.Object({ guide: Type.Boolean(), simulate: Type.Boolean(), examine: Type.Boolean(), supply: Type.Boolean() }, closed),
    /** Promises of the same firm that were found false: for those who examine its next one. */
    broken: maybe(Type.Object({ count: Type.Integer(), lastDay: maybe(Day) }, closed)),
  }, closed),
});

/** What happens to each opinion when the land contract is entered as it is given here. Nothing is written. */
export const previewContract = queryContract('approvals.preview_contract', {
  input: Type.Object({ id: Id, day: Day, applicant: Line, areaSquareMetres: Type.Number({ minimum: 0, maximum: 1e9 }), planning: Line, scale: Line }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      item: Code, itemName: Words, then: Type.Enum(['issued', 'waiting', 'reviewing', 'lapsed']), changed: Type.Array(Type.Enum(PREMISE_NAMES)),
      /** What the law wants before it and is not there. */
      waitsFor: Type.Array(Words), due: maybe(Day),
    }, closed)),
  }, closed),
});

const Validity = Type.Object({
  number: Type.String(), day: Type.String(), until: Type.String(), daysLeft: Type.Integer(), extensions: Type.Integer(), extensionsLeft: Type.Integer(), extensionMonths: Type.Integer(), then: Type.Enum(['void', 'recheck']),
  extensionDocument: maybe(Type.String()),
}, closed);

/** Of one case: the materials that it owes, and how long its document holds. */
export const caseFaster = queryContract('approvals.case_faster', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    projectId: Id, version: Type.Integer(), item: Code, itemName: Words, day: Day, tolerances: Type.Array(ToleranceLine), validity: maybe(Validity), can: Type.Object({ examine: Type.Boolean(), supply: Type.Boolean() }, closed),
  }, closed),
});

export const EXPIRING_KINDS = ['document', 'simulation', 'promise', 'material'] as const;

/** What ends within some days: documents, opinions, checks of promises, materials owed. */
export const listExpiring = queryContract('approvals.expiring', {
  input: Type.Object({ /** Days from today, 90 if left out. */ within: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })), kind: Type.Optional(Type.Enum(EXPIRING_KINDS)), item: Type.Optional(Code), over: Type.Optional(Type.Boolean()), after: After, limit: Limit }, closed),
  output: Type.Object({
    day: Type.String(),
    items: Type.Array(Type.Object({
      id: Id, kind: Type.Enum(EXPIRING_KINDS), projectId: Id, projectName: Type.String(), projectVersion: Type.Integer(), item: Code, itemName: Words, number: maybe(Type.String()), /** Materials that are owed. */ what: Type.Array(Type.String()), until: Type.String(), daysLeft: Type.Integer(),
      /** How often it may still be extended, and for how many months each. */
      extensionsLeft: Type.Integer(), extensionMonths: Type.Integer(), then: maybe(Type.Enum(['void', 'recheck'])),
    }, closed)),
    counts: Type.Object({ over: Type.Integer(), within30: Type.Integer(), within60: Type.Integer(), within90: Type.Integer() }, closed),
    /** All items, for a filter by name. */
    names: Type.Array(Type.Object({ code: Code, name: Words }, closed)), canExtend: Type.Boolean(),
    next: maybe(Type.String()),
  }, closed),
});

/** Records of guidance, and how many of the applications after it passed at the first attempt. */
export const listGuidance = queryContract('approvals.guidance', {
  input: Type.Object({ outcome: Type.Optional(Type.Enum(['passed', 'decided', 'open'])), item: Type.Optional(Code), after: After, limit: Limit }, closed),
  output: Type.Object({ items: Type.Array(GuidanceLine), counts: Type.Object({ all: Type.Integer(), decided: Type.Integer(), passed: Type.Integer() }, closed), names: Type.Array(Type.Object({ code: Code, name: Words }, closed)), next: maybe(Type.String()) }, closed),
});
