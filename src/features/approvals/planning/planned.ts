// One item of a plan: its days, its float, what lies outside its clock, and its simulated review. Reads solved dates and computes no other.
import type { Applied } from './applicability.ts';
import type { Axis } from './axis.ts';
import type { Catalogue } from '../catalogue/shape.ts';
import type { Drawn, Graph } from './graph.ts';
import { offClock, type Span } from './limits.ts';
import { monthsAfter } from '../clocks/months.ts';
import type { Project } from './plan.ts';
import type { Solved } from './solving.ts';

export interface PlannedItem {
  readonly code: string;
  readonly verdict: 'needed' | 'clarify';
  /** Days of its clock. */
  readonly days: number;
  readonly unit: 'working' | 'calendar';
  /** What is planned outside the clock: notices, listing, tender, stops. */
  readonly outside: readonly Span[];
  /** Where the limit comes from; none: no limit is known and it takes no time in this plan. */
  readonly from: Drawn['chosen']['from'];
  readonly within: string | null;
  /** The first day that counts; of what takes no time the day itself. */
  readonly startDay: string;
  readonly day: string;
  /** The latest day on which it may be finished without a later start of works; of what comes after that, without a later end of all. */
  readonly lateDay: string;
  /** Days by which it may slip, in days of its own unit. */
  readonly floatDays: number;
  /** It lies on a longest path. */
  readonly driving: boolean;
  /** It has no clock of its own: land listing, tender. */
  readonly offClock: boolean;
  readonly byPromise: boolean;
  readonly byRegional: boolean;
  readonly simulated: SimulatedReview | null;
  readonly finished: boolean;
}

/** A review before the land is obtained: when its result is there and until when it can be turned into the formal one. */
export interface SimulatedReview {
  readonly startDay: string;
  readonly day: string;
  /** The latest day for the result. */
  readonly lateDay: string;
  readonly validUntil: string;
  /** The result would be void before the land is obtained: begin later, so that it is there by `lateDay`. */
  readonly expires: boolean;
}

export interface Dated {
  readonly graph: Graph;
  readonly axis: Axis;
  readonly whole: Solved;
  /** Up to the start of works. */
  readonly ahead: Solved;
  readonly clock: Solved;
}

export function itemOf({ item, verdict }: Applied, { input }: Project, dated: Dated): PlannedItem {
  const { code } = item;
  const said = verdict === 'clarify' ? 'clarify' : 'needed';
  const drawn = dated.graph.drawn.get(code);
  if (drawn === undefined) {
    const done = input.progress?.[code];
    const day = done !== undefined && 'finished' in done ? done.finished : input.start;
    return { code, verdict: said, days: 0, unit: 'working', outside: [], from: 'given', within: null, startDay: day, day, lateDay: day, floatDays: 0, driving: false, offClock: offClock(item), byPromise: false, byRegional: false, simulated: null, finished: true };
  }
  const { axis } = dated;
  const found = dated.ahead.place(drawn.last) === undefined ? dated.whole : dated.ahead;
  const at = (id: string): number => found.place(id) ?? -1;
  const ids = idsOf(drawn);
  const simulated = reviewOf(drawn, input.catalogue, axis, found);
  return {
    code, verdict: said, days: drawn.spans.reduce((sum, one) => sum + one.clockDays, 0), unit: drawn.chosen.unit, outside: beside(drawn), from: drawn.chosen.from, within: drawn.chosen.within,
    startDay: simulated?.startDay ?? firstDay(axis, found, drawn.first, drawn.last), day: axis.dayAt(found.dates.earlyFinish[at(drawn.last)] ?? 0),
    lateDay: axis.dayAt(found.dates.lateFinish[at(drawn.last)] ?? 0), floatDays: ids.reduce((least, id) => Math.min(least, found.dates.float[at(id)] ?? 0), Infinity),
    driving: ids.some((id) => found.dates.driving[at(id)] === 1), offClock: offClock(item), byPromise: drawn.byPromise, byRegional: drawn.byRegional, simulated, finished: false,
  };
}

function firstDay(axis: Axis, { dates, place }: Solved, first: string, last: string): string {
  const from = dates.earlyStart[place(first) ?? -1] ?? 0;
  return from < (dates.earlyFinish[place(last) ?? -1] ?? 0) ? axis.firstAt(from) : axis.dayAt(from);
}

function beside({ spans }: Drawn): Span[] {
  return spans.flatMap(({ days, clockDays, unit }) => (days > clockDays ? [{ days: days - clockDays, unit }] : []));
}

function reviewOf({ review, last }: Drawn, catalogue: Catalogue, axis: Axis, found: Solved): SimulatedReview | null {
  if (review === null) return null;
  const { dates, place } = found;
  const end = place(review.last) ?? -1;
  const day = axis.dayAt(dates.earlyFinish[end] ?? 0);
  const validUntil = monthsAfter(day, catalogue.simulation.validityMonths);
  return {
    startDay: firstDay(axis, found, review.first, review.last), day, lateDay: axis.dayAt(dates.lateFinish[end] ?? 0), validUntil,
    expires: validUntil < axis.dayAt(dates.earlyFinish[place(last) ?? -1] ?? 0),
  };
}

export function idsOf({ first, last, review }: Drawn): readonly string[] {
  return review === null ? [first, last] : [first, last, review.first, review.last];
}
