// The Enterprise Service 110 as others call it: filing, complaints without an account, intake of other systems, the desk with its callers, rooms, duty, joint rooms.
import Type, { type Static } from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { Email, words } from '../../people/fields.ts';
import { SEVERITIES } from '../../problems/life/steps.ts';
import { closed, Day, Id, maybe, Saved, Text, Version } from '../fields.ts';

export const MOST_KINDS = 4;
export const CHANNELS = ['phone', 'web', 'mobile', 'counter'] as const;
export const SHIFTS = ['office', 'night', 'whole'] as const;
export const FUNCTIONS = ['commander', 'analyst', 'supervisor', 'operator'] as const;
const Kind = Type.String({ minLength: 1, maxLength: 40 });
const Title = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
const Contact = { contactName: Type.Optional(Type.String({ maxLength: 60 })), contactPhone: Type.Optional(Type.String({ maxLength: 40, pattern: '^[0-9+() -]*$' })), /** The link by which he says whether it is solved goes there, once he has confirmed the address. */ contactEmail: Type.Optional(Email) };
const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });

export const Item = Type.Object({
  kind: Kind, title: Title, text: Type.Optional(Type.String({ maxLength: 3000 })), severity: Type.Optional(words(SEVERITIES)),
  /** Of the kind's template, by code. */
  fields: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z]{2,20}$' }), Type.String({ maxLength: 200 }), { maxProperties: 10 })),
}, closed);
export type Item = Static<typeof Item>;

const Filed = Type.Object({ id: Id, number: Type.String(), problems: Type.Array(Type.Object({ id: Id, number: Type.String(), title: Type.String(), dueAt: maybe(Type.String()), solveDueAt: maybe(Type.String()) }, closed)), ownerName: Type.String() }, closed);
export type Filed = Static<typeof Filed>;

/** Up to four problems in one turn; each goes its own way in the pool. */
export const file = commandContract('service.file', {
  input: Type.Object({ id: Id, enterpriseId: Type.Optional(Id), projectId: Type.Optional(Id), channel: Type.Optional(words(CHANNELS)), ...Contact, items: Type.Array(Item, { minItems: 1, maxItems: MOST_KINDS }) }, closed),
  output: Filed,
});

/** The code is made by whoever complains and never kept; only by it he sees what became of it. */
export const Code = Type.String({ pattern: '^[2-9A-HJ-NP-Z]{20}$' });
export const complain = commandContract('service.complain', {
  input: Type.Object({ code: Code, nonce: Type.Integer({ minimum: 0, maximum: 4_000_000_000 }), text: Type.String({ minLength: 10, maxLength: 2000, pattern: '\\S' }), kind: Type.Optional(Kind), about: Type.Optional(Type.String({ maxLength: 100 })) }, closed),
  output: Type.Object({ number: Type.String() }, closed),
});
export const complaintState = queryContract('service.complaint', {
  input: Type.Object({ code: Code }, closed),
  output: Type.Object({
    known: Type.Boolean(), number: maybe(Type.String()), title: maybe(Type.String()), state: maybe(Type.String()), ownerName: maybe(Type.String()), raisedAt: maybe(Type.String()), solveDueAt: maybe(Type.String()),
    answers: Type.Array(Type.Object({ kind: Type.String(), at: Type.String(), ownerName: Type.String(), text: maybe(Type.String()) }, closed)),
  }, closed),
  inBody: true,
});
/** What the public page offers to choose from. */
export const publicKinds = queryContract('service.public_kinds', { input: Type.Object({}, closed), output: Type.Object({ items: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() }, closed)) }, closed) });

const System = Type.String({ pattern: '^[a-z0-9_]{2,30}$' });
const Outside = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' });
/** From 12345 and its like, by a token: the same number of the same system is the same matter, however often it is sent. */
export const fileOutside = commandContract('service.file_outside', {
  input: Type.Object({ system: System, outsideNumber: Outside, title: Title, text: Type.Optional(Type.String({ maxLength: 3000 })), kind: Type.Optional(Kind), severity: Type.Optional(words(SEVERITIES)), enterpriseName: Type.Optional(Type.String({ maxLength: 200 })), ...Contact }, closed),
  output: Type.Object({ id: Id, number: Type.String(), known: Type.Boolean() }, closed),
});
export const outsideState = queryContract('service.outside', {
  input: Type.Object({ system: System, outsideNumber: Outside }, closed),
  output: Type.Object({
    number: Type.String(), problemId: Id, problemNumber: Type.String(), state: Type.String(), ownerName: Type.String(), dueAt: maybe(Type.String()), solveDueAt: maybe(Type.String()), satisfaction: maybe(Type.String()),
    steps: Type.Array(Type.Object({ kind: Type.String(), at: Type.String(), text: maybe(Type.String()) }, closed)),
  }, closed),
});

const After = Type.Optional(Type.String({ maxLength: 40, pattern: '^[0-9]+$' }));
export const RequestRow = Type.Object({
  id: Id, number: Type.String(), filing: maybe(Type.String()), title: Type.String(), kind: Type.String(), state: Type.String(), step: maybe(Type.String()), ownerName: Type.String(), enterpriseName: maybe(Type.String()), raisedAt: Type.String(), dueAt: maybe(Type.String()), solveDueAt: maybe(Type.String()),
  endedAt: maybe(Type.String()), satisfaction: maybe(Type.String()), answer: maybe(Type.String()), answeredAt: maybe(Type.String()), toConfirm: Type.Boolean(),
}, closed);
export type RequestRow = Static<typeof RequestRow>;
/** An enterprise's own, or what an officer has filed. The latest first. */
export const myRequests = queryContract('service.my_requests', {
  input: Type.Object({ after: After, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }, closed), output: Type.Object({ items: Type.Array(RequestRow), next: maybe(Type.String()) }, closed),
});
/** A share with what it is a share of, by the definitions in force (problems/rates). */
const Share = Type.Object({ hit: Type.Integer(), base: Type.Integer(), bp: maybe(Type.Integer()) }, closed);
/** Satisfied among those who answered; the others stand beside it. */
const Satisfaction = Type.Object({ ...Share.properties, basically: Type.Integer(), dissatisfied: Type.Integer(), noAnswer: Type.Integer() }, closed);
export type Satisfaction = Static<typeof Satisfaction>;
/** Of the latest so many. */
export const myFigures = queryContract('service.my_figures', {
  input: Type.Object({}, closed), output: Type.Object({ all: Type.Integer(), open: Type.Integer(), toConfirm: Type.Integer(), resolution: Share, satisfaction: Satisfaction }, closed),
});

/** By the name or the telephone of who calls. */
export const findCallers = queryContract('service.callers', {
  input: Type.Object({ q: Type.String({ minLength: 2, maxLength: 60 }) }, closed),
  output: Type.Object({ items: Type.Array(Type.Object({ enterpriseId: Id, name: Type.String(), contactName: maybe(Type.String()), contactPhone: maybe(Type.String()) }, closed)) }, closed),
});
/** What the desk needs to name a project of the caller's, and no more: its name and whose matter it is. */
export const callerProjects = queryContract('service.caller_projects', {
  input: Type.Object({ enterpriseId: Id, q: Type.Optional(Type.String({ maxLength: 60 })) }, closed),
  output: Type.Object({ items: Type.Array(Type.Object({ id: Id, name: Type.String(), ownerName: maybe(Type.String()) }, closed)) }, closed),
});
export const callerHistory = queryContract('service.caller', {
  input: Type.Object({ enterpriseId: Id }, closed),
  output: Type.Object({
    name: Type.String(), open: Type.Integer(), all: Type.Integer(), satisfaction: Satisfaction, last: maybe(Type.Object({ name: maybe(Type.String()), phone: maybe(Type.String()) }, closed)),
    problems: Type.Array(Type.Object({ id: Id, number: Type.String(), title: Type.String(), state: Type.String(), raisedAt: Type.String(), ownerName: Type.String(), satisfaction: maybe(Type.String()), over: Type.Boolean() }, closed)),
    visits: Type.Array(Type.Object({ id: Id, day: Type.String(), who: Type.String(), said: maybe(Type.String()) }, closed)),
    policies: Type.Array(Type.Object({ id: Id, name: Type.String(), state: words(['told', 'applied', 'received', 'declined']) }, closed)),
  }, closed),
});

export const keepRoom = commandContract('service.keep_room', { input: Type.Object({ id: Id, name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }), place: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })) }, closed), output: Saved, versioned: true });
export const endRoom = commandContract('service.end_room', { input: Type.Object({ id: Id }, closed), output: Saved, versioned: true });
/** Three months unless said otherwise. */
export const placeResident = commandContract('service.place_resident', { input: Type.Object({ id: Id, roomId: Id, userId: Id, fromDay: Day, untilDay: Type.Optional(Day) }, closed), output: Saved });
export const endResident = commandContract('service.end_resident', { input: Type.Object({ id: Id, untilDay: Day }, closed), output: Saved, versioned: true });
const Resident = Type.Object({ id: Id, version: Version, roomId: Id, orgId: Id, orgName: Type.String(), userId: Id, userName: Type.String(), fromDay: Type.String(), untilDay: Type.String(), here: Type.Boolean(), leavesSoon: Type.Boolean(), open: Type.Integer() }, closed);
export type Resident = Static<typeof Resident>;
export const listRooms = queryContract('service.rooms', {
  input: Type.Object({}, closed), output: Type.Object({ items: Type.Array(Type.Object({ id: Id, version: Version, name: Type.String(), place: maybe(Type.String()), residents: Type.Array(Resident) }, closed)) }, closed),
});

export const planDuty = commandContract('service.plan_duty', {
  input: Type.Object({ items: Type.Array(Type.Object({ id: Id, day: Day, shift: words(SHIFTS), function: words(FUNCTIONS), userId: Id }, closed), { minItems: 1, maxItems: 200 }) }, closed), output: Type.Object({ planned: Type.Integer() }, closed),
});
/** By the desk: any duty to anybody. */
export const swapDuty = commandContract('service.swap_duty', { input: Type.Object({ id: Id, userId: Id, reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) }, closed), output: Saved, versioned: true });
/** One's own duty to somebody else, who must say yes; offered again, the former offer ends. */
export const offerDuty = commandContract('service.offer_duty', { input: Type.Object({ id: Id, userId: Id, reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) }, closed), output: Saved, versioned: true });
/** By whom it is offered to; whoever offered it takes it back with `accept: false`. */
export const answerDuty = commandContract('service.answer_duty', { input: Type.Object({ id: Id, accept: Type.Boolean() }, closed), output: Saved, versioned: true });
const Duty = Type.Object({
  id: Id, version: Version, day: Type.String(), shift: words(SHIFTS), function: words(FUNCTIONS), userId: Id, userName: Type.String(), orgName: Type.String(), forName: maybe(Type.String()), mine: Type.Boolean(),
  /** To whom it is offered and why; whether that is this reader. */
  offeredName: maybe(Type.String()), offeredReason: maybe(Type.String()), toMe: Type.Boolean(),
}, closed);
export type Duty = Static<typeof Duty>;
/** At most two months. */
export const roster = queryContract('service.roster', { input: Type.Object({ from: Day, to: Day }, closed), output: Type.Object({ items: Type.Array(Duty) }, closed) });

/** One's own duties from today on, those that are offered to one, and the room in which one sits. */
export const myDuties = queryContract('service.my_duties', {
  input: Type.Object({}, closed),
  output: Type.Object({ items: Type.Array(Duty), seat: maybe(Type.Object({ room: Type.String(), place: maybe(Type.String()), fromDay: Type.String(), untilDay: Type.String() }, closed)) }, closed),
});

export const callJoint = commandContract('service.call_joint', {
  input: Type.Object({ id: Id, problemId: Id, leadOrgId: Id, orgIds: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }), day: Day, time: Time, place: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })), agenda: Type.Optional(Text) }, closed), output: Saved,
});
export const closeJoint = commandContract('service.close_joint', { input: Type.Object({ id: Id, result: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }) }, closed), output: Saved, versioned: true });
const Joint = Type.Object({ id: Id, version: Version, problemId: Id, problemNumber: Type.String(), problemTitle: Type.String(), problemState: Type.String(), leadName: Type.String(), others: Type.Array(Type.String()), meetsAt: Type.String(), place: maybe(Type.String()), agenda: maybe(Type.String()), result: maybe(Type.String()), closedAt: maybe(Type.String()) }, closed);
export type Joint = Static<typeof Joint>;
export const listJoints = queryContract('service.joints', { input: Type.Object({ open: Type.Optional(Type.Boolean()), after: Type.Optional(Type.String({ maxLength: 100 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }, closed), output: Type.Object({ items: Type.Array(Joint), next: maybe(Type.String()) }, closed) });

export const keepPhrase = commandContract('service.keep_phrase', { input: Type.Object({ id: Id, title: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }), text: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }), kind: Type.Optional(Kind), retired: Type.Optional(Type.Boolean()) }, closed), output: Saved, versioned: true });
export const listPhrases = queryContract('service.phrases', { input: Type.Object({}, closed), output: Type.Object({ items: Type.Array(Type.Object({ id: Id, version: Version, title: Type.String(), text: Type.String(), kind: maybe(Type.String()) }, closed)) }, closed) });

/** The day at the desk: who has duty, what lies there. */
export const deskDay = queryContract('service.desk_day', {
  input: Type.Object({}, closed),
  output: Type.Object({ duty: Type.Array(Duty), unsigned: Type.Integer(), toHandOut: Type.Integer(), late: Type.Integer(), callbacks: Type.Integer(), joints: Type.Integer() }, closed),
});

/** Counts and rates without names. Of an enterprise, fewer than three are not told. */
export const publicCounter = queryContract('service.public_counter', {
  input: Type.Object({}, closed),
  output: Type.Object({
    shown: Type.Boolean(), month: Type.String(), came: Type.Integer(), ended: Type.Integer(), replied: Type.Integer(), replyMinutes: maybe(Type.Integer()), open: Type.Integer(),
    kinds: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String(), came: Type.Integer(), ended: Type.Integer() }, closed)),
    satisfaction: Satisfaction,
    enterprises: Type.Array(Type.Object({ nth: Type.Integer(), came: Type.Integer() }, closed)),
  }, closed),
});
