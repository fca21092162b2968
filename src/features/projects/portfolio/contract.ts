// The portfolio and the first page: totals that open down to their records, and what needs a person today.
import Type from 'typebox';
import { queryContract } from '../../../kernel/contract.ts';

const closed = { additionalProperties: false } as const;
const maybe = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Fen = Type.Integer();

export const Cell = Type.Object({
  value: Type.String(), label: maybe(Type.String()), projects: Type.Integer(), totalFen: Fen, planFen: Fen, doneFen: Fen, statFen: Fen,
  /** Completion of the year's plan, basis points; null without a plan. */
  rateBp: maybe(Type.Integer()),
  /** Completion minus time progress, basis points (100 = one percentage point). */
  pointsBp: maybe(Type.Integer()),
}, closed);

/** Counts and sums by every dimension, from the totals that are kept with each change. Every dimension adds up to `all`. */
export const readPortfolio = queryContract('projects.portfolio', {
  input: Type.Object({}, closed),
  output: Type.Object({
    day: Type.String(), year: Type.Integer(), timeBp: Type.Integer(), all: Cell,
    dimensions: Type.Record(Type.String(), Type.Array(Cell)),
    months: Type.Array(Type.Object({ month: Type.String(), dispatchFen: Fen, statFen: Fen, projects: Type.Integer() }, closed)),
    /** Projects that have not reported the last month that was due. */
    lastDueMonth: Type.String(),
  }, closed),
});

/** Kept totals against a slow recount from the records: what differs. An honest system shows an empty list. */
export const recountPortfolio = queryContract('projects.recount', {
  input: Type.Object({}, closed),
  output: Type.Object({ checked: Type.Integer(), differences: Type.Array(Type.Object({ key: Type.String(), dimension: Type.String(), value: Type.String(), kept: Type.Array(Type.Number()), counted: Type.Array(Type.Number()) }, closed)) }, closed),
});

export const TodayKind = Type.Union([
  Type.Literal('light'), Type.Literal('milestone'), Type.Literal('report'), Type.Literal('commissioner'), Type.Literal('evidence'), Type.Literal('effect'),
  Type.Literal('import'), Type.Literal('correction'), Type.Literal('waiver'), Type.Literal('locked_user'), Type.Literal('reminder'), Type.Literal('case'), Type.Literal('problem'),
]);

export const TodayItem = Type.Object({
  id: Type.String(), kind: TodayKind, urgency: Type.Union([Type.Literal('now'), Type.Literal('week'), Type.Literal('later')]), level: Type.Integer(),
  projectId: maybe(Type.String()), projectName: maybe(Type.String()), townName: maybe(Type.String()), commissionerName: maybe(Type.String()),
  /** Values for the sentence of this kind: the browser's texts say it. */
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  dueDay: maybe(Type.String()), href: Type.String(),
}, closed);

/**
 * What waits for this person, for the numbers beside the words of the navigation: asked by every page, hence counted by index and only
 * up to `most`; a number equal to it means that many or more. Named after the first page so that what touches that touches this.
 */
export const countWaiting = queryContract('projects.today_waiting', {
  input: Type.Object({}, closed),
  output: Type.Object({
    most: Type.Integer(),
    /** What must be done today: `counts.now` of the first page. */
    now: Type.Integer(),
    /** Projects within reach whose worst light is red. */
    red: Type.Integer(),
    /** Projects whose missing report this person owes, or was reminded of. */
    owed: Type.Integer(),
    /** Own imports that wait for a mapping or a decision. */
    imports: Type.Integer(),
    /** Approval cases that run out, are over or wait for this person. */
    cases: Type.Integer(),
    /** Problems that lie on this person's desk and are due, over, or wait for him. */
    problems: Type.Integer(),
  }, closed),
});

/** What needs this person today, most urgent first. */
export const readToday = queryContract('projects.today', {
  input: Type.Object({}, closed),
  output: Type.Object({ day: Type.String(), items: Type.Array(TodayItem), counts: Type.Object({ now: Type.Integer(), week: Type.Integer(), later: Type.Integer() }, closed), cut: Type.Boolean() }, closed),
});
