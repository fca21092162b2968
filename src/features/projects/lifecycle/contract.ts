// The life cycle as others call it: gates, moves, side states, evidence, results, and the rules themselves as a setting.
// Shared by server, browser and API description; holds no decision.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { AUTHORITIES, KindCode, Lifecycle, NEEDS, SideCode, StageCode, Words } from './shape.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const Sha = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Day = Type.String({ pattern: '^[12]\\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const Month = Type.String({ pattern: '^[12]\\d{3}-(0[1-9]|1[0-2])$' });
const Instant = Type.String({ maxLength: 40 });
const Fen = Type.Integer({ minimum: 0, maximum: 9_000_000_000_000_000 });
const Code = Type.String({ pattern: '^[a-z][a-z0-9_]{1,39}$' });
const Reason = Type.String({ minLength: 2, maxLength: 1000 });
const Line = Type.String({ minLength: 1, maxLength: 200 });
const Lack = Type.Enum([...NEEDS, 'later', 'verified', 'taken', 'count']);
const Authority = Type.Enum(AUTHORITIES);

// --- gates and moves ---

export const EvidenceLine = Type.Object({ id: Id, kind: Type.String(), kindName: Type.String(), label: Type.String(), day: maybe(Type.String()), verified: Type.Boolean(), removed: Type.Boolean() }, closed);

export const GateCondition = Type.Object({
  code: Type.String(),
  name: Words,
  /** In the reader's language. */
  text: Type.String(),
  hint: maybe(Type.String()),
  /** declare: whoever moves the project answers it. */
  state: Type.Enum(['met', 'missing', 'declare']),
  /** Evidence kinds that could meet it. */
  kinds: Type.Array(Type.String()),
  evidence: Type.Array(EvidenceLine),
  /** Evidence of the right kind that does not do yet, and what it lacks. */
  near: Type.Array(Type.Object({ evidence: EvidenceLine, lacks: Type.Array(Lack) }, closed)),
  /** What another feature says is lacking; `why` and `law` are keys of words. */
  lacking: Type.Array(Type.Object({ name: Words, why: Type.String(), law: maybe(Type.String()) }, closed)),
  waivedBy: maybe(Authority),
  mayWaive: Type.Boolean(),
}, closed);

export const Gate = Type.Object({ stage: StageCode, name: Words, optional: Type.Boolean(), missing: Type.Integer(), conditions: Type.Array(GateCondition) }, closed);

export const Passage = Type.Object({
  id: Id, from: StageCode, to: StageCode, sideState: maybe(SideCode), day: Type.String(), backward: Type.Boolean(), reason: maybe(Type.String()), works: maybe(Type.String()), note: maybe(Type.String()),
  waived: Type.Array(Type.Object({ condition: Type.String(), text: Type.String(), reason: Type.String() }, closed)),
  evidence: Type.Array(EvidenceLine), movedBy: Type.String(), movedAt: Type.String(),
}, closed);

export const StageLine = Type.Object({
  code: StageCode, name: Words,
  /** passed: behind it; here; ahead; skipped: not of this kind of project, or left out. */
  state: Type.Enum(['passed', 'here', 'ahead', 'skipped']),
  optional: Type.Boolean(),
  /** The day on which it was entered, where known; its planned day otherwise. */
  day: maybe(Type.String()),
  plannedDay: maybe(Type.String()),
}, closed);

/** Where a project stands, what is missing before the next stages, and how it came here. */
export const getGates = queryContract('projects.gates', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    id: Id, version: Type.Integer(), name: Type.String(), kind: KindCode, stage: StageCode, stageDay: maybe(Type.String()), lastDay: maybe(Type.String()),
    sideState: maybe(SideCode), sideName: maybe(Words), sideReason: maybe(Type.String()), sideDay: maybe(Type.String()),
    stages: Type.Array(StageLine),
    next: Type.Array(Gate),
    passages: Type.Array(Passage),
    /** Stages to which it may be sent back, latest first. */
    back: Type.Array(StageCode),
    can: Type.Object({
      move: Type.Boolean(), back: Type.Boolean(), resume: Type.Boolean(), sides: Type.Array(SideCode),
      addEvidence: Type.Boolean(), verify: Type.Boolean(), results: Type.Boolean(),
    }, closed),
    works: Type.Array(Type.Object({ code: Type.String(), name: Words, permanent: Type.Boolean() }, closed)),
    sideStates: Type.Array(Type.Object({ code: SideCode, name: Words, evidence: Type.Array(Type.String()) }, closed)),
    evidenceKinds: Type.Array(Type.Object({ code: Type.String(), name: Words, photo: Type.Boolean() }, closed)),
  }, closed),
});

const Moved = Type.Object({ id: Id, version: Type.Integer(), stage: StageCode, stageDay: maybe(Type.String()), sideState: maybe(SideCode), waived: Type.Array(Type.String()) }, closed);

export const moveProject = commandContract('projects.move', {
  input: Type.Object({
    id: Id, to: StageCode, day: Day,
    /** What has begun, declared by whoever moves: site levelling is no start. */
    statement: Type.Optional(Type.Object({ works: Type.Optional(Code), note: Type.Optional(Type.String({ maxLength: 1000 })) }, closed)),
    waive: Type.Optional(Type.Array(Type.Object({ condition: Code, reason: Reason }, closed), { maxItems: 20 })),
  }, closed),
  output: Moved,
  versioned: true,
});

export const moveProjectBack = commandContract('projects.move_back', {
  input: Type.Object({ id: Id, to: StageCode, reason: Reason }, closed),
  output: Moved,
  versioned: true,
});

const aside = Type.Object({ id: Id, day: Day, reason: Reason, evidenceId: Type.Optional(Id) }, closed);
export const pauseProject = commandContract('projects.pause', { input: aside, output: Moved, versioned: true });
export const removeProject = commandContract('projects.remove', { input: aside, output: Moved, versioned: true });
export const terminateProject = commandContract('projects.terminate', { input: aside, output: Moved, versioned: true });
export const resumeProject = commandContract('projects.resume', { input: Type.Object({ id: Id, day: Day, reason: Reason }, closed), output: Moved, versioned: true });

// --- evidence ---

export const EvidenceItem = Type.Object({
  id: Id, kind: Type.String(), kindName: Type.String(), photo: Type.Boolean(),
  file: maybe(Type.Object({ sha: Sha, name: Type.String(), mediaType: Type.String(), bytes: Type.Integer(), width: maybe(Type.Integer()), height: maybe(Type.Integer()) }, closed)),
  number: maybe(Type.String()), day: maybe(Type.String()), amountFen: maybe(Type.Integer()), parties: maybe(Type.String()), note: maybe(Type.String()),
  takenAt: maybe(Type.String()), lon: maybe(Type.Number()), lat: maybe(Type.Number()), place: maybe(Type.String()),
  /** What the photo itself says, where it says it: a person may have corrected it. */
  camera: Type.Object({ takenAt: maybe(Type.String()), lon: maybe(Type.Number()), lat: maybe(Type.Number()) }, closed),
  /** Metres from the project's point, where both are known. */
  awayM: maybe(Type.Integer()),
  reportId: maybe(Id), milestoneId: maybe(Id),
  verifiedBy: maybe(Type.String()), verifiedAt: maybe(Type.String()),
  removedBy: maybe(Type.String()), removedAt: maybe(Type.String()), removedReason: maybe(Type.String()),
  addedById: Id, addedBy: Type.String(), addedAt: Type.String(),
  /** Moves of the life cycle rest on it. */
  usedBy: Type.Array(StageCode),
}, closed);

export const listEvidence = queryContract('projects.evidence', {
  input: Type.Object({ id: Id, kind: Type.Optional(Code), removed: Type.Optional(Type.Boolean()), reportId: Type.Optional(Id), milestoneId: Type.Optional(Id) }, closed),
  output: Type.Object({ version: Type.Integer(), items: Type.Array(EvidenceItem) }, closed),
});

export const addEvidence = commandContract('projects.add_evidence', {
  input: Type.Object({
    id: Id, evidenceId: Id, kind: Code,
    fileSha: Type.Optional(Sha), number: Type.Optional(Line), day: Type.Optional(Day), amountFen: Type.Optional(Fen), parties: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    note: Type.Optional(Type.String({ maxLength: 1000 })), takenAt: Type.Optional(Instant),
    lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })), lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })), place: Type.Optional(Line),
    reportId: Type.Optional(Id), milestoneId: Type.Optional(Id),
  }, closed),
  output: Type.Object({ id: Id, evidenceId: Id, version: Type.Integer() }, closed),
  versioned: true,
});

export const verifyEvidence = commandContract('projects.verify_evidence', {
  input: Type.Object({ id: Id, evidenceId: Id }, closed),
  output: Type.Object({ id: Id, evidenceId: Id, version: Type.Integer() }, closed),
  versioned: true,
});

export const removeEvidence = commandContract('projects.remove_evidence', {
  input: Type.Object({ id: Id, evidenceId: Id, reason: Reason }, closed),
  output: Type.Object({ id: Id, evidenceId: Id, version: Type.Integer() }, closed),
  versioned: true,
});

// --- results after production ---

const Amounts = { outputFen: maybe(Fen), revenueFen: maybe(Fen), taxFen: maybe(Fen), jobs: maybe(Type.Integer({ minimum: 0, maximum: 10_000_000 })) };

export const enterResults = commandContract('projects.enter_results', {
  input: Type.Object({
    id: Id, fromMonth: Month, toMonth: Month,
    outputFen: Type.Optional(Fen), revenueFen: Type.Optional(Fen), taxFen: Type.Optional(Fen), jobs: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
    note: Type.Optional(Type.String({ maxLength: 1000 })),
  }, closed),
  output: Type.Object({ id: Id, version: Type.Integer(), replaced: Type.Boolean() }, closed),
  versioned: true,
});

const RateLine = Type.Object({ promisedFen: Type.Integer(), actualFen: Type.Integer(), bp: Type.Integer() }, closed);

export const getResults = queryContract('projects.results', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    version: Type.Integer(), stage: StageCode, producedOn: maybe(Type.String()), agreedDay: maybe(Type.String()), agreed: Type.Boolean(), due: Type.Boolean(), percent: maybe(Type.Integer()),
    promised: Type.Object(Amounts, closed),
    rates: Type.Object({ output: maybe(RateLine), revenue: maybe(RateLine), tax: maybe(RateLine) }, closed),
    /** Latest jobs entered, against those promised, in basis points. */
    jobs: maybe(Type.Object({ actual: Type.Integer(), bp: maybe(Type.Integer()) }, closed)),
    items: Type.Array(Type.Object({ id: Id, fromMonth: Month, toMonth: Month, ...Amounts, note: maybe(Type.String()), enteredBy: Type.String(), enteredAt: Type.String() }, closed)),
    decisions: Type.Array(Type.Object({ id: Id, effective: Type.Boolean(), day: Type.String(), reason: maybe(Type.String()), agreedDay: maybe(Type.String()), newDay: maybe(Type.String()), decidedBy: Type.String(), decidedAt: Type.String() }, closed)),
  }, closed),
});

/** Projects in production whose agreed day has passed without a verdict on 达效. */
export const listEffectDue = queryContract('projects.effect_due', {
  input: Type.Object({ after: Type.Optional(Type.String({ maxLength: 100 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Id, name: Type.String(), townName: maybe(Type.String()), commissionerName: maybe(Type.String()), producedOn: maybe(Type.String()), agreedDay: Type.String(), agreed: Type.Boolean(), daysLate: Type.Integer(),
    }, closed)),
    total: Type.Integer(),
    next: maybe(Type.String()),
  }, closed),
});

export const decideEffect = commandContract('projects.decide_effect', {
  input: Type.Object({
    id: Id, effective: Type.Boolean(), day: Day, reason: Type.Optional(Reason), newDay: Type.Optional(Day),
    waive: Type.Optional(Type.Array(Type.Object({ condition: Code, reason: Reason }, closed), { maxItems: 20 })),
  }, closed),
  output: Type.Object({ id: Id, version: Type.Integer(), stage: StageCode, agreedDay: maybe(Type.String()) }, closed),
  versioned: true,
});

// --- the rules themselves ---

export const getLifecycle = queryContract('projects.lifecycle', {
  input: Type.Object({}, closed),
  output: Type.Object({ rules: Lifecycle, version: Type.Integer(), standard: Type.Boolean(), updatedAt: maybe(Type.String()), updatedBy: maybe(Type.String()) }, closed),
});

const Change = Type.Object({ id: Id, name: Type.String(), stage: StageCode, next: StageCode, before: Type.Enum(['open', 'shut']), after: Type.Enum(['open', 'shut']), conditions: Type.Array(Type.String()) }, closed);

/** Which projects could move on under the rules as they are and could not under these, and the other way round. A command because rules are too long for an address. */
export const previewLifecycle = commandContract('projects.preview_lifecycle_change', {
  input: Type.Object({ rules: Lifecycle }, closed),
  output: Type.Object({
    faults: Type.Array(Type.Object({ path: Type.String(), code: Type.String(), what: Type.String() }, closed)),
    looked: Type.Integer(), refused: Type.Integer(), allowed: Type.Integer(), changes: Type.Array(Change),
  }, closed),
});

export const changeLifecycle = commandContract('projects.change_lifecycle', {
  input: Type.Object({ rules: Lifecycle, reason: Reason }, closed),
  output: Type.Object({ version: Type.Integer() }, closed),
  versioned: true,
});
