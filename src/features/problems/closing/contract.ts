// What closing 销号 takes and gives: answers of those who are asked, links that need no account, call-backs, reopening. Shared by server, browser and API description.
import Type, { type Static } from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { Changed, closed, Id, textOrNull, Version, words } from '../../people/fields.ts';
import { SIDES, STATES, VERDICTS } from '../life/steps.ts';
import { Day, Reason } from '../pool/contract.ts';

/** What somebody who is asked may say. */
export const SAID = ['satisfied', 'basically', 'dissatisfied'] as const;
export type Said = (typeof SAID)[number];

const Remark = Type.Optional(Type.String({ maxLength: 2000 }));
const Token = Type.String({ minLength: 20, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$' });
const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' });
const wholeOrNull = () => Type.Unsafe<number | null>({ type: ['integer', 'null'] });
const State = words(STATES);

/** The enterprise or the commissioner says whether it is solved. Whoever handled it cannot. */
export const confirm = commandContract('problems.confirm', { input: Type.Object({ id: Id, verdict: words(SAID), remark: Remark }, closed), output: Type.Object({ ...Changed.properties, state: State }, closed), versioned: true });

/** The same by a link, without an account. The secret is never kept. */
export const answerByLink = commandContract('problems.answer_by_link', { input: Type.Object({ token: Token, verdict: words(SAID), remark: Remark }, closed), output: Type.Object({ number: Type.String(), state: State }, closed) });

/** Makes a new link for the enterprise's answer; the former one ends. It is in this answer and nowhere else. */
export const makeLink = commandContract('problems.make_answer_link', { input: Type.Object({ id: Id }, closed), output: Type.Object({ id: Type.String(), token: Type.Optional(Type.String()), dueAt: Type.String() }, closed) });

/** What somebody other than the handler was told on the phone; `no_answer`: nobody was reached, it may be tried again. */
export const recordCallback = commandContract('problems.record_callback', {
  input: Type.Object({ id: Id, day: Day, number: Type.Optional(Type.String({ maxLength: 40, pattern: '^[0-9+() -]*$' })), verdict: words(VERDICTS), remark: Remark }, closed),
  output: Type.Object({ ...Changed.properties, state: State }, closed), versioned: true,
});

export const reopen = commandContract('problems.reopen', { input: Type.Object({ id: Id, reason: Reason }, closed), output: Changed, versioned: true });

/** Draws what is to be called back of a month, and hands it out to people who did not handle it. May be done again: what is drawn stays. */
export const drawCallbacks = commandContract('problems.draw_callbacks', {
  input: Type.Object({ month: Month, userIds: Type.Optional(Type.Array(Id, { maxItems: 40, uniqueItems: true })) }, closed),
  output: Type.Object({ drawn: Type.Integer(), unassigned: Type.Integer() }, closed),
});

export const Settings = Type.Object({
  /** Days after its end within which a problem may be opened again. */
  reopenDays: Type.Integer({ minimum: 1, maximum: 3650 }),
  /** Working days within which a call-back is due. */
  callbackDays: Type.Integer({ minimum: 1, maximum: 60 }),
  /** Counts and rates without names may be shown to everybody. */
  publicFigures: Type.Boolean(),
}, closed);
export type Settings = Static<typeof Settings>;
export const SETTINGS = 'problems.closing';
export const DEFAULTS: Settings = { reopenDays: 30, callbackDays: 10, publicFigures: false };
export const getSettings = queryContract('problems.closing_settings', { input: Type.Object({}, closed), output: Type.Object({ ...Settings.properties, version: Type.Integer() }, closed) });
export const setSettings = commandContract('problems.set_closing', { input: Settings, output: Type.Object({ version: Version }, closed), versioned: true });

/** What the page of a link shows: no names of officers, no files, only their number. `over`: nobody answers it any more. */
export const LINK_STATES = ['open', 'answered', 'over', 'unknown'] as const;
export const answerPage = queryContract('problems.answer_page', {
  input: Type.Object({ token: Token }, closed),
  output: Type.Object({
    link: words(LINK_STATES), number: textOrNull(), title: textOrNull(), ask: textOrNull(), done: textOrNull(), ownerName: textOrNull(), submittedAt: textOrNull(), dueAt: textOrNull(), verdict: textOrNull(), answeredAt: textOrNull(),
    files: Type.Array(Type.String()), zone: Type.String(),
  }, closed),
  inBody: true,
});

/** Who is asked of a problem, round by round, and what he said; what this reader may answer now. */
export const listAnswers = queryContract('problems.answers', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      round: Type.Integer(), side: words(SIDES), askedAt: Type.String(), dueAt: Type.String(), verdict: textOrNull(), via: textOrNull(), remark: textOrNull(), answeredAt: textOrNull(), byName: textOrNull(), linked: Type.Boolean(),
    }, closed)),
    version: Version,
    /** The side for which this reader may answer. */
    side: Type.Unsafe<'commissioner' | 'enterprise' | null>({ type: ['string', 'null'] }),
    /** He handled it, or belongs to those who did: he neither answers nor calls back. */
    own: Type.Boolean(), mayLink: Type.Boolean(), mayCall: Type.Boolean(), mayReopen: Type.Boolean(), reopenUntil: textOrNull(),
  }, closed),
});

export const CALL_REASONS = ['sample', 'complaint', 'no_answer'] as const;
export const CallbackRow = Type.Object({
  id: Type.String(), version: Version, number: Type.String(), title: Type.String(), state: State, kind: Type.String(), ownerName: Type.String(), enterpriseName: textOrNull(), projectName: textOrNull(), contactName: textOrNull(), contactPhone: textOrNull(),
  reason: words(CALL_REASONS), endedAt: Type.String(), dueDay: Type.String(), late: Type.Boolean(), assignedId: textOrNull(), assignedName: textOrNull(), verdict: textOrNull(), calledDay: textOrNull(), calledBy: textOrNull(), remark: textOrNull(),
  /** This reader handled it: he may not call. */
  own: Type.Boolean(),
}, closed);
export type CallbackRow = Static<typeof CallbackRow>;

export const listCallbacks = queryContract('problems.callbacks', {
  input: Type.Object({ month: Month, open: Type.Optional(Type.Boolean()), mine: Type.Optional(Type.Boolean()), after: Type.Optional(Type.String({ maxLength: 100 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }, closed),
  output: Type.Object({ items: Type.Array(CallbackRow), next: textOrNull() }, closed),
});

/** How far the call-backs of a month are: what ended in it, how many the policy wants, how many were drawn, reached. */
export const callbackFigures = queryContract('problems.callback_figures', {
  input: Type.Object({ month: Month }, closed),
  output: Type.Object({
    ended: Type.Integer(), sampleBp: Type.Integer(), wanted: Type.Integer(), complaints: Type.Integer(), noAnswer: Type.Integer(), drawn: Type.Integer(), undrawn: Type.Integer(), called: Type.Integer(), reached: Type.Integer(), late: Type.Integer(),
    satisfied: Type.Integer(), basically: Type.Integer(), dissatisfied: Type.Integer(), coverageBp: wholeOrNull(),
  }, closed),
});
