// Answers to frequent questions as others call them: kept by officers, read by everybody whom they are for, voted on, and what they settled.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { After, closed, Day, Format, HistoryLine, Id, Limit, Line, maybe, paged, Query, Saved, Text } from '../fields.ts';

export const AUDIENCES = ['public', 'officers'] as const;
export const USES = ['useful', 'not_useful', 'settled'] as const;
const Kind = Type.String({ pattern: '^[a-z_]{2,30}$' });
const Source = Type.Object({ name: Line, number: Type.String({ maxLength: 200 }) }, closed);

const content = {
  question: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' }), answer: Type.String({ minLength: 2, maxLength: 8000, pattern: '\\S' }), kind: Kind, audience: Type.Enum(AUDIENCES),
  departmentId: maybe(Id), validFrom: Day, validUntil: maybe(Day), sources: Type.Array(Source, { maxItems: 20 }), reviewDue: Day,
};
export const AnswerContent = Type.Object(content, closed);

/** Whoever writes an answer has reviewed it on that day. */
export const addAnswer = commandContract('service.add_answer', { input: Type.Object({ id: Id, ...content }, closed), output: Saved });
export const editAnswer = commandContract('service.edit_answer', { input: Type.Object({ id: Id, ...content, note: Type.Optional(Text) }, closed), output: Saved, versioned: true });
/** It was looked at and still holds. */
export const reviewAnswer = commandContract('service.review_answer', { input: Type.Object({ id: Id, reviewDue: Day, note: Type.Optional(Text) }, closed), output: Saved, versioned: true });
export const withdrawAnswer = commandContract('service.withdraw_answer', { input: Type.Object({ id: Id, reason: Text }, closed), output: Saved, versioned: true });
/** 有没有用: once a day for a person. */
export const rateAnswer = commandContract('service.rate_answer', { input: Type.Object({ id: Id, answerId: Id, useful: Type.Boolean(), comment: Type.Optional(Text) }, closed), output: Type.Object({ id: Id }, closed) });
/** What was asked is answered by it: on the telephone, or a consultation before it became a problem. */
export const settleWithAnswer = commandContract('service.settle_with_answer', { input: Type.Object({ id: Id, answerId: Id, subjectId: Type.Optional(Id) }, closed), output: Type.Object({ id: Id }, closed) });

/** `review`: past its day or not; `ended`: no longer or not yet valid. */
export const STATES = ['good', 'review', 'ended'] as const;
export const AnswerLine = Type.Object({
  id: Id, version: Type.Integer(), question: Type.String(), kind: Kind, audience: Type.Enum(AUDIENCES), departmentId: maybe(Id), departmentName: maybe(Type.String()),
  validFrom: Day, validUntil: maybe(Day), reviewedDay: Day, reviewedBy: Type.String(), reviewDue: Day, state: Type.Enum(STATES), useful: Type.Integer(), notUseful: Type.Integer(), settled: Type.Integer(),
}, closed);

const filter = {
  q: Query, kind: Type.Optional(Type.Array(Kind, { maxItems: 40 })), departmentId: Type.Optional(Type.Array(Id, { maxItems: 50 })), audience: Type.Optional(Type.Enum(AUDIENCES)), state: Type.Optional(Type.Enum(STATES)),
};
/** The first to be reviewed first. */
export const listAnswers = queryContract('service.answers', { input: Type.Object({ ...filter, after: After, limit: Limit }, closed), output: paged(AnswerLine) });
export const exportAnswers = queryContract('service.answers_export', { input: Type.Object({ ...filter, format: Format }, closed), output: Type.Null() });

export const readAnswer = queryContract('service.answer', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    answer: AnswerLine, text: Type.String(), sources: Type.Array(Source), withdrawnDay: maybe(Day), mayKeep: Type.Boolean(), /** This reader has said today whether it was of use. */ voted: Type.Boolean(),
    versions: Type.Array(Type.Object({ number: Type.Integer(), day: Day, by: Type.String(), note: maybe(Type.String()), question: Type.String(), answer: Type.String() }, closed)),
    comments: Type.Array(Type.Object({ id: Id, day: Day, by: Type.String(), useful: Type.Boolean(), comment: Type.String() }, closed)), history: Type.Array(HistoryLine),
  }, closed),
});

/** While somebody types what he asks: the answers likest to it, the likest first; only those that hold today and are for him. */
export const suggestAnswers = queryContract('service.suggest_answers', {
  input: Type.Object({ q: Type.String({ maxLength: 500 }), kind: Type.Optional(Kind), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })) }, closed),
  output: Type.Object({ items: Type.Array(Type.Object({ id: Id, question: Type.String(), opening: Type.String(), kind: Kind, percent: Type.Integer(), state: Type.Enum(STATES) }, closed)) }, closed),
});
