// The commissioner's week as others call it: the weekly line with its check-in, visits, the diary. Shared by server, browser and API description;
// holds no decision. What a phone sends later carries `by`, `doneAt` and `sentAt` of the phone.
import Type from 'typebox';
import { commandContract, queryContract } from '../../../kernel/contract.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const Sha = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Day = Type.String({ pattern: '^[12]\\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const Instant = Type.String({ pattern: '^[12]\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$' });
const text = (most: number) => Type.String({ minLength: 1, maxLength: most });
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200 }));
const After = Type.Optional(Type.String({ maxLength: 120 }));

export const KINDS = ['check_in', 'visit', 'research', 'roundtable'] as const;
export const VISIT_STATES = ['planned', 'done', 'cancelled'] as const;
const Kind = Type.Enum(KINDS);
const VisitState = Type.Enum(VISIT_STATES);

/** From whom it comes, when by the phone's clock it was done, and when by the same clock it is sent: of an outbox that was without network. */
const Sent = { by: Type.Optional(Id), doneAt: Type.Optional(Instant), sentAt: Type.Optional(Instant) };
const Where = {
  lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })), lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  accuracyM: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })), place: Type.Optional(text(200)),
};
const Photos = Type.Optional(Type.Array(Type.Object({ sha: Sha, name: text(200) }, closed), { maxItems: 9 }));

// --- commands ---

/** One project's week in one call: done, next, problem, and the check-in on site if there was one. Of two for one week the later stands, the earlier is kept. */
export const reportWeek = commandContract('dispatch.report_week', {
  input: Type.Object({
    id: Id, projectId: Id, done: text(500), next: Type.Optional(text(500)), problem: Type.Optional(text(500)), ...Sent,
    checkIn: Type.Optional(Type.Object({ id: Id, ...Where, photos: Photos }, closed)),
  }, closed),
  output: Type.Object({ id: Id, week: Day, day: Day, current: Type.Boolean(), visitId: maybe(Id) }, closed),
});

export const planVisit = commandContract('dispatch.plan_visit', {
  input: Type.Object({ id: Id, kind: Kind, projectId: Type.Optional(Id), orgId: Type.Optional(Id), day: Day, userId: Type.Optional(Id) }, closed),
  output: Type.Object({ id: Id, version: Type.Integer() }, closed),
});

/** A visit that was made, planned before (`plannedId`) or not. */
export const recordVisit = commandContract('dispatch.record_visit', {
  input: Type.Object({
    id: Id, kind: Kind, projectId: Type.Optional(Id), orgId: Type.Optional(Id), plannedId: Type.Optional(Id), ...Sent, ...Where, photos: Photos,
    /** Of one entered at a desk afterwards. */
    day: Type.Optional(Day),
    participants: Type.Optional(text(1000)), policies: Type.Optional(text(2000)), said: Type.Optional(text(4000)), problems: Type.Optional(Type.Array(text(500), { maxItems: 10 })),
  }, closed),
  output: Type.Object({ id: Id, version: Type.Integer(), day: Day }, closed),
});

/** Mends the words of a visit; what stood there before is kept. */
export const correctVisit = commandContract('dispatch.correct_visit', {
  input: Type.Object({ id: Id, place: maybe(text(200)), participants: maybe(text(1000)), policies: maybe(text(2000)), said: maybe(text(4000)), reason: text(500) }, closed),
  output: Type.Object({ id: Id, version: Type.Integer() }, closed),
  versioned: true,
});

export const cancelVisit = commandContract('dispatch.cancel_visit', {
  input: Type.Object({ id: Id, reason: text(500) }, closed),
  output: Type.Object({ id: Id, version: Type.Integer() }, closed),
  versioned: true,
});

export const addNote = commandContract('dispatch.add_note', {
  input: Type.Object({ id: Id, projectId: Type.Optional(Id), text: text(2000), ...Sent }, closed),
  output: Type.Object({ id: Id, version: Type.Integer(), day: Day }, closed),
});

export const correctNote = commandContract('dispatch.correct_note', {
  input: Type.Object({ id: Id, text: text(2000) }, closed),
  output: Type.Object({ id: Id, version: Type.Integer() }, closed),
  versioned: true,
});

const Stage = Type.Enum(['planned', 'reserved', 'signed', 'performed', 'preliminary', 'started', 'building', 'completed', 'producing', 'effective']);
export const WeekRules = Type.Object({
  /** Levels of the register whose projects are key. */
  keyLevels: Type.Array(Type.Enum(['provincial', 'municipal', 'county', 'zone']), { minItems: 1, maxItems: 4 }),
  /** Stages in which a project is not yet anybody's. */
  pipeline: Type.Array(Stage, { maxItems: 9 }),
  visitEveryDays: Type.Integer({ minimum: 1, maximum: 366 }),
  /** 1 Monday … 7 Sunday: by then the line of the week is due. */
  lineWeekday: Type.Integer({ minimum: 1, maximum: 7 }),
  /** More than so many projects are too many for one commissioner. */
  mostProjects: Type.Integer({ minimum: 1, maximum: 1000 }),
}, closed);
export type WeekRules = Type.Static<typeof WeekRules>;

export const changeWeekRules = commandContract('dispatch.change_week_rules', {
  input: Type.Object({ rules: WeekRules, reason: text(500) }, closed),
  output: Type.Object({ version: Type.Integer() }, closed),
  versioned: true,
});

// --- queries ---

export const readWeekRules = queryContract('dispatch.week_rules', {
  input: Type.Object({}, closed),
  output: Type.Object({ version: Type.Integer(), rules: WeekRules }, closed),
});

export const Line = Type.Object({
  id: Id, projectId: Id, week: Day, day: Day, done: Type.String(), next: maybe(Type.String()), problem: maybe(Type.String()), userName: Type.String(), happenedAt: Type.String(),
}, closed);

const WeekProject = Type.Object({
  id: Id, name: Type.String(), townName: maybe(Type.String()), stage: Stage, light: Type.Integer(), key: Type.Boolean(),
  /** The day by which it is to be visited; a key project's only. */
  visitDue: maybe(Day), lastVisitDay: maybe(Day),
  /** This week's line by this person is there. */
  reported: Type.Boolean(), last: maybe(Line),
  node: maybe(Type.Object({ name: Type.String(), day: Day }, closed)),
}, closed);

/** One's own projects of this week, what is owed first. */
export const readWeek = queryContract('dispatch.week', {
  input: Type.Object({ after: After, limit: Limit }, closed),
  output: Type.Object({ day: Day, week: Day, lineDue: Day, userId: Id, owed: Type.Integer(), visits: Type.Integer(), items: Type.Array(WeekProject), next: maybe(Type.String()) }, closed),
});

const VisitLine = Type.Object({
  id: Id, version: Type.Integer(), kind: Kind, state: VisitState, projectId: maybe(Id), projectName: maybe(Type.String()), orgId: maybe(Id), orgName: maybe(Type.String()),
  userId: Id, userName: Type.String(), day: Day, place: maybe(Type.String()), photos: Type.Integer(), problems: Type.Integer(), late: Type.Boolean(),
}, closed);

/** Who reads the visits of his projects; an enterprise those to itself. */
export const listVisits = queryContract('dispatch.visits', {
  input: Type.Object({
    projectId: Type.Optional(Id), orgId: Type.Optional(Id), userId: Type.Optional(Id), kind: Type.Optional(Type.Array(Kind, { maxItems: 4 })), state: Type.Optional(VisitState),
    from: Type.Optional(Day), to: Type.Optional(Day), mine: Type.Optional(Type.Boolean()), after: After, limit: Limit,
  }, closed),
  output: Type.Object({ items: Type.Array(VisitLine), next: maybe(Type.String()) }, closed),
});

const Earlier = Type.Object({ at: Type.String(), by: Type.String(), reason: maybe(Type.String()), words: Type.Record(Type.String(), maybe(Type.String())) }, closed);

export const readVisit = queryContract('dispatch.visit', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    visit: VisitLine, doneAt: maybe(Type.String()), happenedAt: maybe(Type.String()), recordedAt: Type.String(), lon: maybe(Type.Number()), lat: maybe(Type.Number()), accuracyM: maybe(Type.Integer()),
    /** Metres from the place of the project, where both are known. */
    awayM: maybe(Type.Integer()),
    participants: maybe(Type.String()), policies: maybe(Type.String()), said: maybe(Type.String()), reason: maybe(Type.String()),
    pictures: Type.Array(Type.Object({ sha: Sha, name: Type.String(), takenAt: maybe(Type.String()), lon: maybe(Type.Number()), lat: maybe(Type.Number()) }, closed)),
    raised: Type.Array(Type.Object({ text: Type.String(), problemId: maybe(Id) }, closed)), earlier: Type.Array(Earlier), mayChange: Type.Boolean(),
  }, closed),
});

/** What stands on the record of a project: the latest line, the last visits. */
export const projectWeek = queryContract('dispatch.project_week', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    last: maybe(Line), lines: Type.Integer(), lastVisitDay: maybe(Day), visitDue: maybe(Day), visits: Type.Array(VisitLine),
    forces: Type.Array(Type.Object({ id: Id, name: Type.String(), leaderName: maybe(Type.String()), leadOrgName: maybe(Type.String()), headName: maybe(Type.String()), members: Type.Integer() }, closed)),
    handover: maybe(Type.Object({ id: Id, fromName: maybe(Type.String()), toName: Type.String(), day: Day, state: Type.String() }, closed)),
  }, closed),
});

export const DIARY_KINDS = ['line', 'visit', 'note', 'event'] as const;

/** 日志: what one did, day by day; of everybody for the ledger. */
const diaryInput = {
  userId: Type.Optional(Id), projectId: Type.Optional(Id), from: Type.Optional(Day), to: Type.Optional(Day), kind: Type.Optional(Type.Array(Type.Enum(DIARY_KINDS), { maxItems: 4 })),
};
export const readDiary = queryContract('dispatch.diary', {
  input: Type.Object({ ...diaryInput, mine: Type.Optional(Type.Boolean()), after: After, limit: Limit }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Id, kind: Type.Enum(DIARY_KINDS), day: Day, at: Type.String(), userId: Id, userName: Type.String(), projectId: maybe(Id), projectName: maybe(Type.String()), orgName: maybe(Type.String()),
      /** Of a visit its kind, of an event its kind in the history. */
      what: Type.String(),
      /** done, next, problem; said, place; text; the subject of an event. */
      words: Type.Record(Type.String(), maybe(Type.String())), version: maybe(Type.Integer()), corrected: Type.Integer(), own: Type.Boolean(),
    }, closed)),
    next: maybe(Type.String()),
  }, closed),
});

/** 日志台账 as a file. */
export const exportDiary = queryContract('dispatch.diary_export', {
  input: Type.Object({ ...diaryInput, format: Type.Optional(Type.Enum(['xlsx', 'csv'])) }, closed),
  output: Type.Object({}, closed),
});

/** The words that stood in an entry of the diary before. */
export const readEarlier = queryContract('dispatch.earlier', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ items: Type.Array(Earlier) }, closed),
});
