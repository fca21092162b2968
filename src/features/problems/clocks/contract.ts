// What the clocks of problems take and give: the turn of the clocks, clock policies and the taxonomy of kinds as an administrator keeps them.
import Type, { type Static } from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { closed, words } from '../../people/fields.ts';
import { Kind } from '../pool/kinds.ts';
import { Limit, Policy } from './policy.ts';

const Code = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' });
const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' });
const Number_ = Type.Integer({ minimum: 0 });

/** What has run out, climbed or ended by itself by now, some thousand at a time. */
export const turnClocks = commandContract('problems.turn_clocks', { input: Type.Object({}, closed), output: Type.Object({ problems: Number_, more: Type.Boolean() }, closed) });

const Fault = Type.Object({ code: Type.String(), at: Type.String() }, closed);
const PolicyRow = Type.Object({
  code: Type.String(), version: Type.Integer(), zh: Type.String(), en: Type.String(), shipped: Type.Boolean(),
  /** It counts new problems, of all kinds or of these. */
  current: Type.Boolean(), kinds: Type.Array(Type.String()),
  /** Open problems that are counted by it, and by an older version of it. */
  open: Number_, older: Number_,
  /** How long an answer is waited for, and how much of a month is called back at least. */
  confirm: Limit, sampleBp: Number_,
}, closed);
export type PolicyRow = Static<typeof PolicyRow>;

export const listPolicies = queryContract('problems.policies', { input: Type.Object({}, closed), output: Type.Object({ items: Type.Array(PolicyRow), version: Number_ }, closed) });

export const getPolicy = queryContract('problems.policy', {
  input: Type.Object({ code: Code, version: Type.Optional(Type.Integer({ minimum: 1 })) }, closed),
  output: Type.Object({
    code: Type.String(), version: Type.Integer(), newest: Type.Integer(), body: Policy,
    versions: Type.Array(Type.Object({ version: Type.Integer(), byName: Type.Union([Type.String(), Type.Null()]), reason: Type.Union([Type.String(), Type.Null()]), at: Type.Union([Type.String(), Type.Null()]) }, closed)),
  }, closed),
});

/** What a changed policy would do to the open problems that are counted by it; writes nothing but its event. */
export const previewPolicy = commandContract('problems.preview_policy', {
  input: Type.Object({ code: Code, body: Policy }, closed),
  output: Type.Object({
    faults: Type.Array(Fault), open: Number_, moved: Number_, earlier: Number_, overdue: Number_,
    examples: Type.Array(Type.Object({ id: Type.String(), number: Type.String(), title: Type.String(), before: Type.String(), after: Type.String() }, closed)),
  }, closed),
});

export const savePolicy = commandContract('problems.save_policy', {
  input: Type.Object({ code: Code, body: Policy, reason: Reason }, closed),
  output: Type.Object({ code: Type.String(), version: Type.Integer() }, closed), versioned: true,
});

/** Which policy counts new problems: the zone's, and those of kinds that have their own. */
export const choosePolicy = commandContract('problems.choose_policy', {
  input: Type.Object({ code: Code, kinds: Type.Array(Type.Object({ kind: Code, code: Code }, closed), { maxItems: 100 }), reason: Reason }, closed),
  output: Type.Object({ version: Type.Integer() }, closed), versioned: true,
});

/** Counts open problems by the newest version of their policy; as many as one command may, `after` goes on from where the last one ended. */
export const recalculate = commandContract('problems.recalculate', {
  input: Type.Object({ code: Code, after: Type.Optional(Type.String({ maxLength: 36 })), reason: Reason }, closed),
  output: Type.Object({ done: Number_, next: Type.Union([Type.String(), Type.Null()]) }, closed),
});

/**
 * Counts open problems by the newest edition of the zone's calendar; as many as one command may. `after` goes on from where the last one ended; `next` is null
 * when nothing is left for now.
 */
export const countCalendar = commandContract('problems.count_calendar', {
  input: Type.Object({ after: Type.Optional(Type.String({ maxLength: 100, pattern: '^[a-z0-9_]+~\\d+~[0-9a-f-]{36}$' })) }, closed),
  output: Type.Object({ edition: Number_, counted: Number_, moved: Number_, next: Type.Union([Type.String(), Type.Null()]) }, closed),
});

export const getKinds = queryContract('problems.kinds_kept', { input: Type.Object({}, closed), output: Type.Object({ kinds: Type.Array(Kind), version: Number_ }, closed) });

export const changeKinds = commandContract('problems.change_kinds', {
  input: Type.Object({ kinds: Type.Array(Kind, { minItems: 1, maxItems: 100 }), reason: Reason }, closed),
  output: Type.Object({ version: Type.Integer() }, closed), versioned: true,
});

/** Where problems are raised by rule, without anybody. */
export const AutoRules = Type.Object({
  red_light: Type.Object({ on: Type.Boolean(), kind: Code, severity: words(['ordinary', 'urgent', 'complex']) }, closed),
  case_due: Type.Object({ on: Type.Boolean(), kind: Code, severity: words(['ordinary', 'urgent', 'complex']), workdays: Type.Integer({ minimum: 0, maximum: 60 }) }, closed),
}, closed);
export type AutoRules = Static<typeof AutoRules>;

export const getSettings = queryContract('problems.settings', {
  input: Type.Object({}, closed), output: Type.Object({ rules: AutoRules, approveUpdates: Type.Boolean(), version: Number_ }, closed),
});
export const changeSettings = commandContract('problems.change_settings', {
  input: Type.Object({ rules: AutoRules, approveUpdates: Type.Boolean(), reason: Reason }, closed), output: Type.Object({ version: Type.Integer() }, closed), versioned: true,
});
/** Raises by rule what is due to be raised, once for each light and case. */
export const raiseByRule = commandContract('problems.raise_by_rule', { input: Type.Object({}, closed), output: Type.Object({ problems: Number_ }, closed) });
