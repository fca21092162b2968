// Contracts of meetings: planning, agenda, session, decisions. Slips stand in ../slips/contract.ts, minutes in minutes.ts of this folder.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { STATES } from './rules.ts';
import { AGENDA_RULES, MeetingCode, MeetingPolicy, PolicyDay as Day, Time } from './shape.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ format: 'uuid' });
const text = (most: number) => Type.String({ minLength: 1, maxLength: most });
const Words = Type.Object({ zh: Type.String(), en: Type.String() }, closed);
const Org = Type.Object({ id: Id, name: Type.String() }, closed);
const Ids = Type.Array(Id, { maxItems: 100, uniqueItems: true });
const Versioned = Type.Object({ id: Id, version: Type.Integer() }, closed);
const State = Type.Enum([...STATES]);

export const PRESENCES = ['invited', 'present', 'late', 'excused', 'absent'] as const;
export const PLACES = ['listed', 'cut', 'sent_back', 'removed'] as const;
export const DECISIONS = ['measure', 'escalate', 'none'] as const;
export const ADDRESSEES = ['leader', 'main', 'meeting'] as const;

// --- the zone's rules of meetings ---

export const changePolicy = commandContract('dispatch.change_policy', {
  input: Type.Object({ policy: MeetingPolicy, reason: text(500) }, closed), output: Type.Object({ version: Type.Integer() }, closed), versioned: true,
});

export const readPolicyQuery = queryContract('dispatch.policy', {
  input: Type.Object({}, closed), output: Type.Object({ policy: MeetingPolicy, version: Type.Integer(), /** What the program came with. */ preset: Type.Boolean() }, closed),
});

// --- planning ---

const Plan = { kind: MeetingCode, day: Day, time: Type.Optional(Time), minutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 1440 })), place: Type.Optional(text(200)), chair: Type.Optional(text(100)), topic: Type.Optional(text(200)) };

export const planMeeting = commandContract('dispatch.plan_meeting', {
  input: Type.Object({ id: Id, ...Plan, orgIds: Type.Optional(Ids) }, closed), output: Type.Object({ id: Id }, closed),
});

/** What is left out stays, a chair or topic of null goes; `orgIds` replaces the invited units. */
export const changeMeeting = commandContract('dispatch.change_meeting', {
  input: Type.Object({ id: Id, ...Plan, kind: Type.Optional(MeetingCode), day: Type.Optional(Day), chair: Type.Optional(maybe(text(100))), topic: Type.Optional(maybe(text(200))), orgIds: Type.Optional(Ids) }, closed), output: Versioned, versioned: true,
});

export const cancelMeeting = commandContract('dispatch.cancel_meeting', { input: Type.Object({ id: Id, reason: text(500) }, closed), output: Versioned, versioned: true });

/** Plans what recurs and is not planned yet. The job sends it; whoever is impatient may. */
export const planRecurring = commandContract('dispatch.plan_recurring', { input: Type.Object({}, closed), output: Type.Object({ planned: Type.Integer() }, closed) });

// --- agenda ---

export const formAgenda = commandContract('dispatch.form_agenda', {
  input: Type.Object({ id: Id }, closed), output: Type.Object({ id: Id, added: Type.Integer(), listed: Type.Integer(), cut: Type.Integer(), sentBack: Type.Integer() }, closed),
});

export const addItem = commandContract('dispatch.add_item', {
  input: Type.Object({
    id: Id, itemId: Id, title: text(500), statusLine: Type.Optional(Type.String({ maxLength: 1000 })), ask: Type.Optional(Type.String({ maxLength: 1000 })),
    projectId: Type.Optional(Id), problemId: Type.Optional(Id), ownerOrgId: Type.Optional(Id), minutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 600 })),
  }, closed),
  output: Type.Object({ id: Id, itemId: Id }, closed),
});

export const editItem = commandContract('dispatch.edit_item', {
  input: Type.Object({
    id: Id, itemId: Id, title: Type.Optional(text(500)), statusLine: Type.Optional(Type.String({ maxLength: 1000 })), ask: Type.Optional(Type.String({ maxLength: 1000 })),
    ownerOrgId: Type.Optional(maybe(Id)), minutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 600 })), place: Type.Optional(Type.Enum([...PLACES])), reason: Type.Optional(text(500)),
  }, closed),
  output: Type.Object({ id: Id, itemId: Id }, closed),
});

/** All listed items in their new order; `group` puts them by unit instead. */
export const orderItems = commandContract('dispatch.order_items', {
  input: Type.Object({ id: Id, itemIds: Type.Optional(Type.Array(Id, { maxItems: 300, uniqueItems: true })), group: Type.Optional(Type.Boolean()) }, closed), output: Type.Object({ id: Id, items: Type.Integer() }, closed),
});

/** Freezes the agenda and tells the invited units. */
export const sendAgenda = commandContract('dispatch.send_agenda', { input: Type.Object({ id: Id }, closed), output: Versioned, versioned: true });

// --- session ---

/** Gives the meeting its numbers. */
export const openMeeting = commandContract('dispatch.open_meeting', { input: Type.Object({ id: Id }, closed), output: Type.Object({ id: Id, version: Type.Integer(), number: Type.Integer(), yearNumber: Type.Integer() }, closed), versioned: true });

export const markAttendance = commandContract('dispatch.mark_attendance', {
  input: Type.Object({ id: Id, attendeeId: Id, orgId: Type.Optional(Id), name: Type.Optional(text(60)), presence: Type.Enum([...PRESENCES]), arrived: Type.Optional(Time), reason: Type.Optional(text(200)) }, closed),
  output: Type.Object({ id: Id, attendeeId: Id }, closed),
});

/** The item that is dealt with now, for all screens, and how long the one before it took. */
export const turnTo = commandContract('dispatch.turn_to', {
  input: Type.Object({ id: Id, itemId: Id, left: Type.Optional(Type.Object({ itemId: Id, seconds: Type.Integer({ minimum: 0, maximum: 36_000 }) }, closed)) }, closed), output: Type.Object({ id: Id, itemId: Id }, closed),
});

/** `seen`: the version of the decision that the clerk saw, 0 where there was none. */
export const decideItem = commandContract('dispatch.decide_item', {
  input: Type.Object({
    id: Id, itemId: Id, seen: Type.Integer({ minimum: 0 }), kind: Type.Enum([...DECISIONS]), measure: Type.Optional(text(2000)), ownerOrgId: Type.Optional(Id), coOrgIds: Type.Optional(Ids),
    dueDay: Type.Optional(Day), criterion: Type.Optional(text(1000)), urgent: Type.Optional(Type.Boolean()), escalateTo: Type.Optional(Type.Enum([...ADDRESSEES])), escalateUserId: Type.Optional(Id), reason: Type.Optional(text(1000)),
  }, closed),
  output: Type.Object({ id: Id, itemId: Id, decisionId: Id, version: Type.Integer(), slip: maybe(Type.String()) }, closed),
});

export const closeMeeting = commandContract('dispatch.close_meeting', { input: Type.Object({ id: Id }, closed), output: Versioned, versioned: true });

// --- reads ---

const Fact = Type.Object({ code: Type.String(), values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])), href: Type.Optional(Type.String()) }, closed);

const Decided = Type.Object({
  id: Id, version: Type.Integer(), kind: Type.Enum([...DECISIONS]), ordinal: maybe(Type.Integer()), measure: maybe(Type.String()), owner: maybe(Org), co: Type.Array(Org), criterion: maybe(Type.String()),
  originalDue: maybe(Day), dueDay: maybe(Day), urgent: Type.Boolean(), escalateTo: maybe(Type.Enum([...ADDRESSEES])), reason: maybe(Type.String()), by: Type.String(), doneDay: maybe(Day), issued: Type.Boolean(),
}, closed);
export const ItemLine = Type.Object({
  id: Id, rule: Type.Union([Type.Enum([...AGENDA_RULES]), Type.Literal('special')]), sort: Type.Integer(), place: Type.Enum([...PLACES]), placeReason: maybe(Type.String()), projectId: maybe(Id), projectName: maybe(Type.String()), problemId: maybe(Id),
  /** The decision of an earlier meeting that comes back. */
  since: maybe(Type.Object({ decisionId: Id, number: Type.Integer() }, closed)),
  title: Type.String(), statusLine: Type.String(), ask: Type.String(), facts: Type.Array(Fact), owner: maybe(Org), minutes: Type.Integer(), spentSeconds: Type.Integer(), decision: maybe(Decided),
}, closed);

export const MeetingLine = Type.Object({
  id: Id, version: Type.Integer(), series: Words, kind: Words, kindCode: MeetingCode, state: State, day: Day, time: Time, minutes: Type.Integer(), place: Type.String(), chair: maybe(Type.String()), topic: maybe(Type.String()),
  number: maybe(Type.Integer()), yearNumber: maybe(Type.Integer()), items: Type.Integer(), measures: Type.Integer(), done: Type.Integer(), overdue: Type.Integer(), cancelledReason: maybe(Type.String()),
}, closed);

const Sieve = { year: Type.Optional(Type.Integer({ minimum: 1990, maximum: 2200 })), kind: Type.Optional(Type.Array(MeetingCode, { maxItems: 30 })), state: Type.Optional(Type.Array(State)), from: Type.Optional(Day), to: Type.Optional(Day), /** Only those that were held. */ held: Type.Optional(Type.Boolean()) } as const;

/** Meetings, the newest first; `down: false` the next first. Paged by keyset. */
export const listMeetings = queryContract('dispatch.meetings', {
  input: Type.Object({ ...Sieve, after: Type.Optional(Type.String({ maxLength: 100 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }, closed),
  output: Type.Object({ items: Type.Array(MeetingLine), next: maybe(Type.String()) }, closed),
});

/** 次 and 件: counted from the records that the numbers open. */
export const meetingFigures = queryContract('dispatch.meeting_figures', {
  input: Type.Object({ year: Type.Optional(Type.Integer({ minimum: 1990, maximum: 2200 })) }, closed),
  output: Type.Object({
    day: Day, /** Whether the reader sees all meetings of the zone. */ all: Type.Boolean(), held: Type.Integer(), heldThisYear: Type.Integer(), years: Type.Array(Type.Integer()),
    /** Problems that came out of a meeting or were decided at one: solved, and all of them. */
    solved: Type.Integer(), problems: Type.Integer(),
    open: Type.Integer(), overdue: Type.Integer(), unsigned: Type.Integer(), next: maybe(MeetingLine), kinds: Type.Array(Type.Object({ code: MeetingCode, zh: Type.String(), en: Type.String() }, closed)),
  }, closed),
});

export const Fulfilment = Type.Object({
  /** Of the decisions of which meetings: from the meeting before the last one on which all was reported, or given. */
  since: maybe(Type.Integer()), all: Type.Integer(), onTime: Type.Integer(), late: Type.Integer(), overdue: Type.Integer(), notDue: Type.Integer(), extended: Type.Integer(),
  /** On time ÷ (fulfilled + overdue and open), basis points, by the original deadline; null where nothing was due. */
  rateBp: maybe(Type.Integer()), /** The same by the deadlines as they were extended. */ extendedRateBp: maybe(Type.Integer()),
}, closed);

export const readFulfilment = queryContract('dispatch.fulfilment', {
  input: Type.Object({ meetingId: Type.Optional(Id), since: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })) }, closed), output: Fulfilment,
});

const Attendee = Type.Object({ id: Id, org: maybe(Org), name: maybe(Type.String()), presence: Type.Enum([...PRESENCES]), arrived: maybe(Time), reason: maybe(Type.String()) }, closed);

/** All that stands with one meeting. Asked again every few seconds in session: two clerks see each other's work. */
export const readMeeting = queryContract('dispatch.meeting', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    meeting: MeetingLine, day: Day, frozen: Type.Boolean(), currentItem: maybe(Id), expectedNumber: maybe(Type.Integer()), attendees: Type.Array(Attendee), items: Type.Array(ItemLine), fulfilment: Fulfilment,
    can: Type.Object({ plan: Type.Boolean(), agenda: Type.Boolean(), send: Type.Boolean(), open: Type.Boolean(), decide: Type.Boolean(), close: Type.Boolean(), draft: Type.Boolean() }, closed),
    /** Quick picks of a deadline: three and seven working days, and the next meeting of the series. */
    picks: Type.Object({ three: Day, seven: Day, next: maybe(Day) }, closed), agenda: Type.Object({ cap: Type.Integer() }, closed), minutesIssued: maybe(Day),
  }, closed),
});

/** What stands beside an item in session: the project as it is. */
export const readBeside = queryContract('dispatch.beside', {
  input: Type.Object({ id: Id, itemId: Id }, closed),
  output: Type.Object({
    project: maybe(Type.Object({
      id: Id, name: Type.String(), stage: Type.String(), light: Type.Integer(), townName: maybe(Type.String()), commissionerName: maybe(Type.String()), leader: maybe(Type.String()), totalFen: maybe(Type.Integer()), planFen: Type.Integer(), doneFen: Type.Integer(), rateBp: maybe(Type.Integer()),
      node: maybe(Type.Object({ name: Type.String(), day: Day, late: Type.Boolean() }, closed)), lights: Type.Array(Type.Object({ object: Type.String(), level: Type.Integer(), since: Day }, closed)),
      beginDay: maybe(Day), slipDays: maybe(Type.Integer()), lastReport: maybe(Type.Object({ month: Type.String(), progress: maybe(Type.String()), problems: maybe(Type.String()) }, closed)),
    }, closed)),
    week: maybe(Type.Object({ day: Day, done: Type.String(), next: maybe(Type.String()), problem: maybe(Type.String()), by: Type.String() }, closed)),
    problems: Type.Array(Type.Object({ id: Id, title: Type.String(), state: Type.String(), ownerName: maybe(Type.String()), dueDay: maybe(Day) }, closed)),
    earlier: Type.Array(Type.Object({ decisionId: Id, number: Type.Integer(), measure: Type.String(), ownerName: Type.String(), dueDay: Day, doneDay: maybe(Day) }, closed)),
  }, closed),
});

/** GET /api/downloads/dispatch.meeting_ics: one meeting for a calendar. */
export const meetingIcs = queryContract('dispatch.meeting_ics', { input: Type.Object({ id: Id }, closed), output: Type.Object({}, closed) });

/** GET /api/downloads/dispatch.calendar_feed: a person's meetings, by an address that is the secret itself. */
export const calendarFeed = queryContract('dispatch.calendar_feed', { input: Type.Object({ secret: Type.String({ minLength: 20, maxLength: 100 }) }, closed), output: Type.Object({}, closed) });

/** Makes the address anew: the former one ends. The secret is shown this once. */
export const makeFeed = commandContract('dispatch.make_feed', { input: Type.Object({}, closed), output: Type.Object({ secret: Type.String() }, closed) });
export const revokeFeed = commandContract('dispatch.revoke_feed', { input: Type.Object({}, closed), output: Type.Object({ revoked: Type.Integer() }, closed) });
export const readFeed = queryContract('dispatch.feed', { input: Type.Object({}, closed), output: Type.Object({ since: maybe(Type.String()) }, closed) });

/** GET /api/downloads/dispatch.agenda_paper: 议程材料 as docx or pdf. */
export const agendaPaper = queryContract('dispatch.agenda_paper', { input: Type.Object({ id: Id, format: Type.Optional(Type.Enum(['docx', 'pdf'])) }, closed), output: Type.Object({}, closed) });

/** Problems that meetings decided on or that came out of one: what the number of the first line opens. The newest first, paged by keyset. */
export const listMeetingProblems = queryContract('dispatch.meeting_problems', {
  input: Type.Object({ solved: Type.Optional(Type.Boolean()), after: Type.Optional(Type.String({ pattern: '^\\d{1,18}$' })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({ id: Id, number: Type.String(), title: Type.String(), state: Type.String(), ownerName: Type.String(), projectId: maybe(Id), projectName: maybe(Type.String()), meetings: Type.Array(Type.Integer()), solvedDay: maybe(Day), dueDay: maybe(Day) }, closed)), next: maybe(Type.String()),
  }, closed),
});
