// Contracts of minutes: a draft that is edited as blocks, an issued version that never changes, corrections as new versions with a reason.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { PolicyDay as Day } from '../meetings/shape.ts';
import { MinutesBlock } from './blocks.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ format: 'uuid' });
const Blocks = Type.Array(MinutesBlock, { minItems: 1, maxItems: 1000 });
const Versioned = Type.Object({ id: Id, version: Type.Integer() }, closed);

/** Makes the draft out of the records of the meeting; made anew, it replaces the draft that stood. */
export const draftMinutes = commandContract('dispatch.draft_minutes', { input: Type.Object({ id: Id }, closed), output: Versioned, versioned: true });
export const writeMinutes = commandContract('dispatch.write_minutes', { input: Type.Object({ id: Id, blocks: Blocks }, closed), output: Versioned, versioned: true });

/** Freezes the draft as files and issues every slip that is not out yet. */
export const issueMinutes = commandContract('dispatch.issue_minutes', {
  input: Type.Object({ id: Id }, closed), output: Type.Object({ id: Id, version: Type.Integer(), number: Type.Integer(), slips: Type.Array(Type.String()), docx: Type.String(), pdf: Type.String() }, closed), versioned: true,
});
export const correctMinutes = commandContract('dispatch.correct_minutes', { input: Type.Object({ id: Id, reason: Type.String({ minLength: 1, maxLength: 500 }) }, closed), output: Versioned, versioned: true });

export const readMinutes = queryContract('dispatch.minutes', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    id: Id, version: Type.Integer(), title: Type.String(), state: Type.Enum(['none', 'draft', 'issued']), blocks: Type.Array(MinutesBlock), reason: maybe(Type.String()), /** Decisions that get their slip with the minutes. */ waiting: Type.Integer(),
    versions: Type.Array(Type.Object({ number: Type.Integer(), issuedDay: Day, issuedBy: Type.String(), reason: maybe(Type.String()), docx: Type.String(), pdf: Type.String() }, closed)), can: Type.Object({ draft: Type.Boolean(), correct: Type.Boolean() }, closed),
  }, closed),
});

/** GET /api/downloads/dispatch.minutes_paper: an issued version as its file, or the draft as it would be. */
export const minutesPaperContract = queryContract('dispatch.minutes_paper', { input: Type.Object({ id: Id, number: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), format: Type.Optional(Type.Enum(['docx', 'pdf'])) }, closed), output: Type.Object({}, closed) });
