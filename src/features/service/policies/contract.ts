// Policies and what is known of enterprises as others call them: kept, imported, matched, told, applied for, received.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { After, closed, Day, Fen, Format, HistoryLine, Id, Limit, Line, Long, maybe, paged, Query, Saved, Sha, Text } from '../fields.ts';
import { OPS } from './conditions.ts';

export const LEVELS = ['national', 'provincial', 'municipal', 'zone'] as const;
export const GIVES = ['subsidy', 'reward', 'tax', 'loan', 'rent', 'talent', 'service'] as const;
export const FITS = ['yes', 'unknown', 'no'] as const;
/** Where the window for applications stands; `always`: there is none to wait for. */
export const WINDOWS = ['open', 'ending', 'ahead', 'over', 'always', 'ended'] as const;
export const DELIVERY_STATES = ['told', 'applied', 'received', 'declined'] as const;
export const FATES = ['new', 'changed', 'same', 'repeated', 'faulty'] as const;

const Trait = Type.String({ pattern: '^[a-z_]{2,30}$' });
const Test = Type.Object({ trait: Trait, op: Type.Enum(OPS), values: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 120 })), value: Type.Optional(Type.Integer({ minimum: 0 })) }, closed);
export const ConditionList = Type.Array(Type.Object({ any: Type.Array(Test, { minItems: 1, maxItems: 20 }) }, closed), { maxItems: 20 });

const content = {
  name: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' }), number: Type.String({ maxLength: 200 }), issuer: Line, level: Type.Enum(LEVELS), validFrom: Day, validUntil: maybe(Day), applyFrom: maybe(Day), applyUntil: maybe(Day),
  gives: Type.Enum(GIVES), amountFen: maybe(Fen), benefit: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }), how: Long, departmentId: maybe(Id), conditions: maybe(ConditionList),
};
export const PolicyContent = Type.Object(content, closed);

export const addPolicy = commandContract('service.add_policy', { input: Type.Object({ id: Id, ...content }, closed), output: Saved });
export const editPolicy = commandContract('service.edit_policy', { input: Type.Object({ id: Id, ...content, note: Type.Optional(Text) }, closed), output: Saved, versioned: true });
export const withdrawPolicy = commandContract('service.withdraw_policy', { input: Type.Object({ id: Id, reason: Text }, closed), output: Saved, versioned: true });

/** 政策直达: enterprises are told of a policy; each once. */
export const tellPolicy = commandContract('service.tell_policy', { input: Type.Object({ id: Id, orgIds: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }) }, closed), output: Type.Object({ id: Id, told: Type.Integer(), before: Type.Integer() }, closed) });
export const noteDelivery = commandContract('service.note_delivery', {
  input: Type.Object({ id: Id, step: Type.Enum(['applied', 'received', 'declined']), day: Day, amountFen: Type.Optional(Fen), note: Type.Optional(Text) }, closed), output: Saved, versioned: true,
});

const given = { fileName: Type.String({ minLength: 1, maxLength: 200 }), sha256: Type.Optional(Sha), text: Type.Optional(Type.String({ maxLength: 500_000 })) };
const Row = Type.Object({ row: Type.Integer(), name: Type.String(), number: Type.String(), fate: Type.Enum(FATES), faults: Type.Array(Type.Object({ field: Type.String(), code: Type.String(), text: Type.String() }, closed)), changes: Type.Array(Type.String()) }, closed);
/** The fate of every row of a list, before anything is written. */
export const readPolicies = commandContract('service.read_policies', { input: Type.Object(given, closed), output: Type.Object({ rows: Type.Array(Row), counts: Type.Object({ new: Type.Integer(), changed: Type.Integer(), same: Type.Integer(), repeated: Type.Integer(), faulty: Type.Integer() }, closed) }, closed) });
export const importPolicies = commandContract('service.import_policies', { input: Type.Object({ ...given, rows: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 2000, uniqueItems: true }) }, closed), output: Type.Object({ added: Type.Integer(), changed: Type.Integer() }, closed) });

const Value = Type.Union([Type.Boolean(), Type.Integer(), Type.String({ maxLength: 60 })]);
/** null: it is not known any more. */
export const stateTraits = commandContract('service.state_traits', {
  input: Type.Object({ id: Id, traits: Type.Array(Type.Object({ code: Trait, value: maybe(Value), document: Type.Optional(Line) }, closed), { minItems: 1, maxItems: 40 }) }, closed), output: Saved, versioned: true,
});
export const verifyTraits = commandContract('service.verify_traits', { input: Type.Object({ id: Id, codes: Type.Array(Trait, { minItems: 1, maxItems: 40, uniqueItems: true }), document: Type.Optional(Line) }, closed), output: Saved, versioned: true });

// --- queries ---

export const PolicyLine = Type.Object({
  id: Id, version: Type.Integer(), name: Type.String(), number: Type.String(), issuer: Type.String(), level: Type.Enum(LEVELS), gives: Type.Enum(GIVES), amountFen: maybe(Type.Integer()), benefit: Type.String(),
  validFrom: Day, validUntil: maybe(Day), applyFrom: maybe(Day), applyUntil: maybe(Day), window: Type.Enum(WINDOWS), daysLeft: maybe(Type.Integer()), departmentId: maybe(Id), departmentName: maybe(Type.String()),
  /** Nobody has entered its conditions yet. */
  unstated: Type.Boolean(),
  /** For officers: enterprises of whom is known that it suits them, or not known enough; told, applied, received. */
  yes: Type.Integer(), unknown: Type.Integer(), told: Type.Integer(), applied: Type.Integer(), received: Type.Integer(),
  /** For the enterprise that was asked about: whether it may apply, what is not known, how far it is. */
  fits: maybe(Type.Enum(FITS)), missing: Type.Array(Trait), delivery: maybe(Type.Enum(DELIVERY_STATES)),
}, closed);

const filter = {
  q: Query, level: Type.Optional(Type.Array(Type.Enum(LEVELS))), gives: Type.Optional(Type.Array(Type.Enum(GIVES))), departmentId: Type.Optional(Type.Array(Id, { maxItems: 50 })), state: Type.Optional(Type.Enum(['open', 'ending', 'current', 'unstated', 'all'])),
  /** An enterprise; one's own where an enterprise asks. */
  orgId: Type.Optional(Id), fits: Type.Optional(Type.Enum(['yes', 'unknown'])),
};
/** Whose window ends first stands first. */
export const listPolicies = queryContract('service.policies', { input: Type.Object({ ...filter, after: After, limit: Limit }, closed), output: paged(PolicyLine) });
export const exportPolicies = queryContract('service.policies_export', { input: Type.Object({ ...filter, format: Format }, closed), output: Type.Null() });

export const readPolicy = queryContract('service.policy', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    policy: PolicyLine, how: Type.String(), conditions: maybe(ConditionList), withdrawnDay: maybe(Day), mayKeep: Type.Boolean(), mayTell: Type.Boolean(), failed: Type.Array(Type.Integer()), receivedFen: Type.Integer(),
    places: Type.Array(Type.Object({ id: Id, name: Type.String() }, closed)),
    versions: Type.Array(Type.Object({ number: Type.Integer(), day: Day, by: Type.String(), note: maybe(Type.String()) }, closed)), history: Type.Array(HistoryLine),
  }, closed),
});

/** Which enterprises may get it. */
export const policyEnterprises = queryContract('service.policy_enterprises', {
  input: Type.Object({ id: Id, fits: Type.Optional(Type.Enum(['yes', 'unknown'])), after: After, limit: Limit }, closed),
  output: paged(Type.Object({ id: Id, name: Type.String(), fits: Type.Enum(['yes', 'unknown']), missing: Type.Array(Trait), verified: Type.Boolean(), delivery: maybe(Type.Enum(DELIVERY_STATES)) }, closed)),
});
export const DeliveryLine = Type.Object({
  id: Id, version: Type.Integer(), policyId: Id, policyName: Type.String(), orgId: Id, orgName: Type.String(), state: Type.Enum(DELIVERY_STATES), toldDay: Day, toldBy: Type.String(), appliedDay: maybe(Day), receivedDay: maybe(Day),
  declinedDay: maybe(Day), amountFen: maybe(Type.Integer()), note: maybe(Type.String()), mayNote: Type.Boolean(),
}, closed);
const deliveryFilter = { policyId: Type.Optional(Id), orgId: Type.Optional(Id), state: Type.Optional(Type.Enum(DELIVERY_STATES)) };
export const listDeliveries = queryContract('service.deliveries', { input: Type.Object({ ...deliveryFilter, after: After, limit: Limit }, closed), output: paged(DeliveryLine) });
export const exportDeliveries = queryContract('service.deliveries_export', { input: Type.Object({ ...deliveryFilter, format: Format }, closed), output: Type.Null() });

/** What conditions would do before they are saved. */
export const previewPolicy = queryContract('service.policy_preview', {
  input: Type.Object({ conditions: Type.String({ maxLength: 20_000 }), policyId: Type.Optional(Id) }, closed),
  output: Type.Object({ known: Type.Integer(), yes: Type.Integer(), unknown: Type.Integer(), gained: Type.Integer(), lost: Type.Integer(), examples: Type.Array(Type.Object({ id: Id, name: Type.String(), fits: Type.Enum(['yes', 'unknown']) }, closed)) }, closed),
});

export const listEnterprises = queryContract('service.enterprises', {
  input: Type.Object({ q: Query, known: Type.Optional(Type.Boolean()), after: After, limit: Limit }, closed),
  output: paged(Type.Object({ id: Id, name: Type.String(), traits: Type.Integer(), verified: Type.Integer(), yes: Type.Integer(), unknown: Type.Integer() }, closed)),
});
export const readEnterprise = queryContract('service.enterprise', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    id: Id, name: Type.String(), version: Type.Integer(), mayState: Type.Boolean(), mayVerify: Type.Boolean(), yes: Type.Integer(), unknown: Type.Integer(),
    traits: Type.Array(Type.Object({ code: Trait, value: Value, source: Type.Enum(['enterprise', 'officer']), document: maybe(Type.String()), day: Day, by: Type.String(), verifiedDay: maybe(Day), verifiedBy: maybe(Type.String()) }, closed)),
    places: Type.Array(Type.Object({ id: Id, name: Type.String() }, closed)), history: Type.Array(HistoryLine),
  }, closed),
});
