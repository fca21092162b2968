// The questionnaire and the plan of a project's approvals as others call them: what is needed and why, the days that follow, agreed plans
// and the list of forecasts. Shared by server, browser and API description; holds no decision.
import Type, { type Static } from 'typebox';
import { SPECIAL_DAYS } from '../clocks/events.ts';
import { commandContract, queryContract } from '../../../kernel/contract.ts';
import { DAY_PATTERN, ID_PATTERN } from '../../projects/register/fields.ts';
import { Facts, STAGES, TRACKS } from '../catalogue/shape.ts';
import { FACT_GROUPS } from './facts.ts';
import { MEASURES } from './graph.ts';
import { MODES } from './modes.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const words = <const Words extends readonly string[]>(list: Words) => Type.Unsafe<Words[number]>({ type: 'string', enum: [...list] });
const Id = Type.String({ pattern: ID_PATTERN });
const Day = Type.String({ pattern: DAY_PATTERN });
const Code = Type.String({ pattern: '^[A-Z][0-9]{2}$' });
const Text = Type.String();
const Whole = Type.Integer();
const Named = Type.Object({ zh: Text, en: Text }, closed);
const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null(), Type.Array(Type.String())]);
const Reason = Type.String({ minLength: 2, maxLength: 1000 });

export const LIMITS = ['statutory', 'promised'] as const;
export const ORDERS = ['serial', 'parallel'] as const;
export const FORECAST_SORTS = ['slip', 'permit'] as const;
/** Longer than a year no clock is expected to stand still. */
export const STOP_LIMIT = SPECIAL_DAYS;
export const FORECAST_LIMIT = 200;

/** Why an item is needed, not needed or open: the rule and the tests that decided it, to be put into words where it is read. */
const Why = Type.Object({
  key: words(['always', 'never', 'rule', 'not_on_track', 'track_unknown']), track: maybe(words(TRACKS)), rule: maybe(Text),
  by: Type.Array(Type.Object({ path: Text, test: Type.Record(Type.String(), Type.Unknown()), have: Value, truth: maybe(Type.Boolean()) }, closed)),
}, closed);
export type Why = Static<typeof Why>;
const Verdict = words(['needed', 'not_needed', 'clarify']);

export const ItemVerdict = Type.Object({ code: Text, name: Named, stage: words(STAGES), department: Text, verdict: Verdict, why: Why }, closed);
export type ItemVerdict = Static<typeof ItemVerdict>;

export const Question = Type.Object({
  name: Text, type: words(['choice', 'flag', 'number', 'money', 'list']), unit: maybe(words(['mu', 'tce_year', 'fen', 'calendar_days'])), choices: Type.Array(Text),
  value: Value,
  /** given: answered; unsure: answered with "not known"; register: follows from the register; unknown: nobody has answered. */
  source: words(['given', 'unsure', 'register', 'unknown']),
  /** Items that the answer would help to settle. */
  settles: Type.Array(Text),
}, closed);
export type Question = Static<typeof Question>;

export const questionnaire = queryContract('approvals.questionnaire', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    id: Text, name: Text, version: Whole, catalogue: Text, answeredAt: maybe(Text), answeredBy: maybe(Text),
    groups: Type.Array(Type.Object({ group: words(FACT_GROUPS), questions: Type.Array(Question) }, closed)),
    items: Type.Array(ItemVerdict),
    counts: Type.Object({ needed: Whole, clarify: Whole, notNeeded: Whole }, closed),
    can: Type.Object({ answer: Type.Boolean() }, closed),
  }, closed),
});

const Change = Type.Object({ code: Text, name: Named, before: Verdict, after: Verdict, why: Why, /** A case of it is in hand, whatever the answers say. */ inHand: Type.Boolean() }, closed);
/** `draft`: the answers as JSON, because a query travels as a query string. */
export const previewFacts = queryContract('approvals.preview_facts', {
  input: Type.Object({ id: Id, draft: Type.Optional(Type.String({ maxLength: 6000 })) }, closed),
  output: Type.Object({
    appears: Type.Array(Change), disappears: Type.Array(Change), turns: Type.Array(Change),
    faults: Type.Array(Type.Object({ fact: Text, code: Text }, closed)),
    /** Days as they stand and as they would be; null while no track is named. */
    beginDay: Type.Object({ before: maybe(Text), after: maybe(Text) }, closed), permitDay: Type.Object({ before: maybe(Text), after: maybe(Text) }, closed),
  }, closed),
});

const Point = Type.Object({ day: maybe(Text), clockDays: Whole, workingDays: maybe(Whole), /** Of this day, not of what comes after it. */ provisional: Type.Boolean() }, closed);
export const PlannedItem = Type.Object({
  code: Text, name: Named, stage: words(STAGES), department: Text, verdict: words(['needed', 'clarify']),
  /** Days of its own clock and what lies outside it, each in its unit. */
  days: Whole, unit: words(['working', 'calendar']), outside: Type.Array(Type.Object({ days: Whole, unit: words(['working', 'calendar']) }, closed)),
  /** Where the limit comes from; none: no limit is known. */
  from: words(['statutory', 'promised', 'given', 'none']), within: maybe(Text),
  startDay: Text, day: Text, lateDay: Text, floatDays: Whole, driving: Type.Boolean(), finished: Type.Boolean(),
  byPromise: Type.Boolean(), byRegional: Type.Boolean(),
  simulated: maybe(Type.Object({ startDay: Text, day: Text, lateDay: Text, validUntil: Text, expires: Type.Boolean() }, closed)),
  /** Planned items and milestones that it waits for. */
  after: Type.Array(Text),
  /** Its day in the agreed plan. */
  agreedDay: maybe(Text),
}, closed);
export type PlannedItem = Static<typeof PlannedItem>;

const Chosen = Type.Object({ startDay: Text, order: words(ORDERS), measures: Type.Array(words(MEASURES)), limits: words(LIMITS), combined: Type.Array(Text), stops: Type.Record(Type.String(), Whole) }, closed);
const Way = Type.Object({
  mode: words(MODES), permitDay: maybe(Text), permitDays: maybe(Whole), beginDay: maybe(Text), beginDays: maybe(Whole), clockDays: Whole,
  /** Working days until the start of works that it saves against going in parallel; of `parallel` against the published order. */
  savesDays: Whole,
}, closed);
export type Way = Static<typeof Way>;
const Stopped = Type.Object({ item: Text, days: Whole, permitDays: Whole, beginDays: Whole }, closed);
const Agreed = Type.Object({ number: Whole, kind: words(['frozen', 'pushed']), note: maybe(Text), permitDay: maybe(Text), beginDay: maybe(Text), by: maybe(Text), at: Text }, closed);

export const projectPlan = queryContract('approvals.project_plan', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    id: Text, name: Text, version: Whole, day: Text, catalogue: Text, plannedStart: maybe(Text),
    /** No track is known yet, so that nothing can be planned: everything below `chosen` is empty. */
    track: maybe(words(TRACKS)),
    chosen: Chosen,
    plan: maybe(Type.Object({
      /** The day from which the forecast counts: the start, or today if that is past. */
      from: Text, permit: Point, begin: Point, accepted: Point, critical: Type.Array(Text), /** The first critical item that takes time: what holds everything up now. */ deciding: maybe(Text), unlimited: Type.Array(Text), provisional: Type.Boolean(),
      items: Type.Array(PlannedItem), startAfter: Type.Array(Text),
    }, closed)),
    ways: Type.Array(Way),
    /** What it costs if the clock of the item that decides now stands still. */
    stopped: maybe(Stopped),
    /** Working days by which the start is expected after the agreed day. */
    slipDays: maybe(Whole),
    agreed: Type.Array(Agreed),
    bundles: Type.Array(Type.Object({ code: Text, name: Named }, closed)),
    can: Type.Object({ plan: Type.Boolean(), answer: Type.Boolean() }, closed),
  }, closed),
});

/** By which days permit and start come in half and in four fifths of all cases; null until enough cases of the needed items are finished. */
export const planRange = queryContract('approvals.plan_range', {
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    range: maybe(Type.Object({ permit: Type.Array(Type.Object({ percent: Whole, day: Text }, closed)), begin: Type.Array(Type.Object({ percent: Whole, day: Text }, closed)), samples: Whole, seed: Whole, drawn: Type.Array(Text) }, closed)),
    /** Finished cases that there are, and how many are enough. */
    cases: Whole, enough: Whole,
  }, closed),
});

const stop = { item: Type.Optional(Code), days: Type.Optional(Type.Integer({ minimum: 0, maximum: STOP_LIMIT })) };
/** What the agreed plan would become: the forecast as it stands and, if an item is named, with so many working days for which it stands still. */
export const pushPreview = queryContract('approvals.push_preview', {
  input: Type.Object({ id: Id, ...stop }, closed),
  output: Type.Object({
    version: Whole, permitDay: maybe(Text), beginDay: maybe(Text), agreedPermitDay: maybe(Text), agreedBeginDay: maybe(Text),
    /** Working days after the agreed days, and after the forecast without the stop. */
    slipDays: maybe(Whole), permitDays: Whole, beginDays: Whole,
    moved: Type.Array(Type.Object({ code: Text, name: Named, agreedDay: Text, day: Text, workingDays: Whole }, closed)),
  }, closed),
});

export const listForecasts = queryContract('approvals.forecasts', {
  input: Type.Object({
    sort: Type.Optional(words(FORECAST_SORTS)), department: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 30 })), townId: Type.Optional(Type.Array(Id, { maxItems: 100 })),
    /** Only those whose start is expected after the planned start of the register. */
    late: Type.Optional(Type.Boolean()),
    after: Type.Optional(Type.String({ maxLength: 60 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: FORECAST_LIMIT })),
  }, closed),
  output: Type.Object({
    items: Type.Array(Type.Object({
      id: Text, name: Text, townName: maybe(Text), commissionerName: maybe(Text), stage: Text, permitDay: maybe(Text), beginDay: maybe(Text), plannedStart: maybe(Text),
      /** Each of its own day: an announced year may hold the permit and not the start. */
      permitProvisional: Type.Boolean(), beginProvisional: Type.Boolean(),
      /** Days by which the start is expected after the planned start of the register; negative: before. */
      lateDays: maybe(Whole),
      slipDays: maybe(Whole), deciding: maybe(Type.Object({ code: Text, name: Named }, closed)), department: maybe(Text), openItems: Whole, computedOn: maybe(Text),
      /** The first open case on the path to the start: by whose clock it goes, since when. */
      held: maybe(Type.Object({ caseId: Text, item: Text, name: Named, side: words(['department', 'applicant', 'special', 'suspension'] as const), day: Text }, closed)),
    }, closed)),
    /** Of the whole answer: how many, how many are late against the register, how many have nothing to plan from. */
    total: Whole, late: Whole, unplanned: Whole, next: maybe(Text), day: Text,
  }, closed),
});

const Changed = Type.Object({ id: Type.String(), version: Whole }, closed);
const Numbered = Type.Object({ id: Type.String(), version: Whole, number: Whole }, closed);

/** Answers some questions. null says that it is not known; `clear` takes answers back, so that the register answers again. Version 0: nothing was answered or chosen yet. */
export const answerFacts = commandContract('approvals.answer_facts', {
  input: Type.Object({ id: Id, answers: Facts, clear: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 60 })) }, closed), output: Changed, versioned: true,
});

export const choosePlan = commandContract('approvals.choose_plan', {
  input: Type.Object({
    id: Id, startDay: Type.Optional(Day), order: Type.Optional(words(ORDERS)), measures: Type.Optional(Type.Array(words(MEASURES), { maxItems: 4, uniqueItems: true })), limits: Type.Optional(words(LIMITS)),
    combined: Type.Optional(Type.Array(Type.String({ pattern: '^X[0-9]{2}$' }), { maxItems: 10, uniqueItems: true })),
    /** Items that are expected to stand still and for how many working days; what is left out is not expected any more. */
    stops: Type.Optional(Type.Record(Code, Type.Integer({ minimum: 1, maximum: STOP_LIMIT }))),
  }, closed),
  output: Changed, versioned: true,
});

/** The forecast becomes the agreed plan. Not where its start is later than the one agreed before: that is a push. */
export const freezePlan = commandContract('approvals.freeze_baseline', {
  input: Type.Object({ id: Id, note: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })) }, closed), output: Numbered, versioned: true,
});

/** Later days become the agreed ones, as they were previewed: what has changed since is refused. */
export const pushPlan = commandContract('approvals.push_plan', {
  input: Type.Object({ id: Id, ...stop, beginDay: Day, reason: Reason }, closed), output: Numbered, versioned: true,
});
