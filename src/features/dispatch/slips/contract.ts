// Contracts of what carries a decision out: slips and their receipt, reports at checkpoints, extensions, supervision, bulletins, interviews.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { Fulfilment } from '../meetings/contract.ts';
import { PolicyDay as Day } from '../meetings/shape.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ format: 'uuid' });
const text = (most: number) => Type.String({ minLength: 1, maxLength: most });
const Org = Type.Object({ id: Id, name: Type.String() }, closed);

export const SLIP_KINDS = ['assign', 'supervise', 'bulletin', 'interview'] as const;
export const FATES = ['on_time', 'late', 'open', 'overdue'] as const;

export const signSlip = commandContract('dispatch.sign_slip', { input: Type.Object({ id: Id, slipId: Id }, closed), output: Type.Object({ id: Id, slipId: Id, day: Day }, closed) });

/** A report at a checkpoint; without `day` beside the days that were set. */
export const reportCheckpoint = commandContract('dispatch.report_checkpoint', {
  input: Type.Object({ id: Id, checkpointId: Id, day: Type.Optional(Day), text: text(2000) }, closed), output: Type.Object({ id: Id, checkpointId: Id }, closed),
});

export const askExtension = commandContract('dispatch.ask_extension', {
  input: Type.Object({ id: Id, extensionId: Id, wantedDay: Day, reason: text(1000) }, closed), output: Type.Object({ id: Id, extensionId: Id }, closed),
});
export const answerExtension = commandContract('dispatch.answer_extension', {
  input: Type.Object({ id: Id, extensionId: Id, granted: Type.Boolean(), answer: Type.Optional(text(1000)) }, closed), output: Type.Object({ id: Id, dueDay: Day }, closed),
});

/** Issues the assignment slip of an urgent decision before the minutes. */
export const issueSlip = commandContract('dispatch.issue_slip', { input: Type.Object({ id: Id }, closed), output: Type.Object({ id: Id, slipId: Id, number: Type.String() }, closed) });

/** 督办单: how many days over, which time it is, who gets a copy. The second time is told in a bulletin. `times`: which one, so that a click too many is none. */
export const supervise = commandContract('dispatch.supervise', {
  input: Type.Object({ id: Id, times: Type.Integer({ minimum: 1, maximum: 20 }), copyOrgIds: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })) }, closed),
  output: Type.Object({ id: Id, slipId: Id, number: Type.String() }, closed),
});
export const issueBulletin = commandContract('dispatch.issue_bulletin', { input: Type.Object({ id: Id, times: Type.Integer({ minimum: 1, maximum: 20 }) }, closed), output: Type.Object({ id: Id, slipId: Id, number: Type.String() }, closed) });
/** 约谈: a record of who was spoken to and what was said. */
export const recordInterview = commandContract('dispatch.record_interview', {
  input: Type.Object({ id: Id, times: Type.Integer({ minimum: 1, maximum: 20 }), record: text(4000) }, closed), output: Type.Object({ id: Id, slipId: Id, number: Type.String() }, closed),
});

/** The leader to whom a matter was escalated says what he decided. */
export const answerEscalation = commandContract('dispatch.answer_escalation', { input: Type.Object({ id: Id, answer: text(1000) }, closed), output: Type.Object({ id: Id }, closed) });

/** What time alone brings about: reminders of receipts, supervision by rule. Sent by the job of the day. */
export const followSlips = commandContract('dispatch.follow_slips', { input: Type.Object({}, closed), output: Type.Object({ reminded: Type.Integer(), supervised: Type.Integer() }, closed) });

export const DecisionLine = Type.Object({
  id: Id, version: Type.Integer(), meetingId: Id, meetingDay: Day, number: maybe(Type.Integer()), ordinal: maybe(Type.Integer()), kind: Type.Enum(['measure', 'escalate', 'none']), slip: maybe(Type.String()), title: Type.String(), projectId: maybe(Id), projectName: maybe(Type.String()),
  problemId: maybe(Id), measure: maybe(Type.String()), reason: maybe(Type.String()), owner: maybe(Org), originalDue: maybe(Day), dueDay: maybe(Day), extensions: Type.Integer(), doneDay: maybe(Day), fate: maybe(Type.Enum([...FATES])), daysOver: Type.Integer(),
  /** Of the slips that are issued, not signed for. */
  unsigned: Type.Integer(), signedDay: maybe(Day), supervised: Type.Integer(), checkpointDue: maybe(Day), escalateTo: maybe(Type.Enum(['leader', 'main', 'meeting'])), asked: Type.Boolean(),
}, closed);

const Sieve = {
  meetingId: Type.Optional(Id), orgId: Type.Optional(Type.Array(Id, { maxItems: 100 })), fate: Type.Optional(Type.Array(Type.Enum([...FATES]))), kind: Type.Optional(Type.Array(Type.Enum(['measure', 'escalate', 'none']))),
  /** What waits for the reader: to sign for, to report, overdue, to be supervised, extensions that are asked, escalated to a leader. */
  due: Type.Optional(Type.Enum(['sign', 'report', 'overdue', 'supervise', 'extension', 'escalated'])), since: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })), projectId: Type.Optional(Id),
} as const;

/** Decisions, those due first that are open; then the newest. Paged by keyset. */
export const listDecisions = queryContract('dispatch.decisions', {
  input: Type.Object({ ...Sieve, after: Type.Optional(Type.String({ maxLength: 100 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }, closed), output: Type.Object({ items: Type.Array(DecisionLine), next: maybe(Type.String()) }, closed),
});

export const countDecisions = queryContract('dispatch.decision_counts', {
  input: Type.Object(Sieve, closed), output: Type.Object({ sign: Type.Integer(), report: Type.Integer(), overdue: Type.Integer(), supervise: Type.Integer(), extension: Type.Integer(), escalated: Type.Integer(), fulfilment: Fulfilment }, closed),
});

export const readDecision = queryContract('dispatch.decision', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    decision: DecisionLine, day: Day, criterion: maybe(Type.String()), co: Type.Array(Org), decidedBy: Type.String(), decidedDay: Day, meetingTitle: Type.Object({ zh: Type.String(), en: Type.String() }, closed),
    slips: Type.Array(Type.Object({ id: Id, kind: Type.Enum([...SLIP_KINDS]), ordinal: Type.Integer(), number: Type.String(), issuedDay: Day, issuedBy: Type.String(), dueDay: Day, overdueDays: Type.Integer(), receiptDue: Day, receivedDay: maybe(Day), receivedBy: maybe(Type.String()), copies: Type.Array(Org), record: maybe(Type.String()), mayCopy: Type.Boolean() }, closed)),
    checkpoints: Type.Array(Type.Object({ id: Id, day: Day, reportedDay: maybe(Day), reportedBy: maybe(Type.String()), text: maybe(Type.String()) }, closed)),
    extensions: Type.Array(Type.Object({ id: Id, ordinal: Type.Integer(), oldDue: Day, wantedDay: Day, reason: Type.String(), askedDay: Day, askedBy: Type.String(), granted: maybe(Type.Boolean()), decidedDay: maybe(Day), answer: maybe(Type.String()) }, closed)),
    can: Type.Object({ sign: Type.Boolean(), report: Type.Boolean(), ask: Type.Boolean(), office: Type.Boolean(), issue: Type.Boolean(), supervise: maybe(Type.Integer()), bulletin: maybe(Type.Integer()), interview: maybe(Type.Integer()), answer: Type.Boolean() }, closed), extensionsLeft: Type.Integer(),
  }, closed),
});

/** GET /api/downloads/dispatch.slip_paper: 交办单, 督办单, 通报 or 约谈记录 as docx or pdf. */
export const slipPaper = queryContract('dispatch.slip_paper', { input: Type.Object({ id: Id, /** The letter that reminds of its receipt. */ letter: Type.Optional(Type.Boolean()), format: Type.Optional(Type.Enum(['docx', 'pdf'])) }, closed), output: Type.Object({}, closed) });
