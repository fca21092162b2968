// The plan of a project's approvals from a start day: early and late days, float, what drives the end, the predicted day of the construction
// permit and of the start of works. Pure: the catalogue, the facts, the calendar and all days are handed in.
import { addMonths, isDay, lastDay } from '../../kernel/days.ts';
import { refuse } from '../../kernel/refuse.ts';
import { schedule, type Schedule, type Scheduled } from '../../kernel/schedule.ts';
import type { WorkCalendar } from '../../kernel/workdays.ts';
import { applicability, trackOf, type Applied } from './applicability.ts';
import { axisFrom, type Axis } from './axis.ts';
import type { Catalogue, Facts, Track } from './contract.ts';
import { valueOf } from './facts.ts';
import { graphOf, MILESTONES, type Drawn, type Graph, type GraphInput, type Measure, type Progress } from './graph.ts';
import { offClock, type LimitKind } from './limits.ts';
import { precedenceOf } from './precedence.ts';

export interface PlanInput {
  readonly catalogue: Catalogue;
  readonly facts: Facts;
  /** YYYY-MM-DD; the first counted day is the one after it. */
  readonly start: string;
  readonly calendar: WorkCalendar;
  /** `promised` where nothing is said. */
  readonly limits?: LimitKind | undefined;
  readonly order?: 'serial' | 'parallel' | undefined;
  readonly measures?: readonly Measure[] | undefined;
  /** Bundles of assessments to be done together. */
  readonly combined?: readonly string[] | undefined;
  /** Own durations in working days by code. */
  readonly durations?: Readonly<Record<string, number>> | undefined;
  /** Working days for which a clock stands still, by code. */
  readonly stops?: Readonly<Record<string, number>> | undefined;
  readonly progress?: Readonly<Record<string, Progress>> | undefined;
  /** False leaves out what is still to be clarified; it is planned where nothing is said. */
  readonly unclear?: boolean | undefined;
}

export interface PlannedItem {
  readonly code: string;
  readonly verdict: 'needed' | 'clarify';
  /** Days that count for it and where they come from; none: no limit is known and it takes no time in this plan. */
  readonly days: number;
  readonly unit: 'working' | 'calendar';
  readonly from: Drawn['chosen']['from'];
  readonly within: string | null;
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
  /** The result would be void before the land is obtained: begin later, by `lateDay` at the latest. */
  readonly expires: boolean;
}

export interface Point {
  /** null where it cannot be said: the duration of the works is not known. */
  readonly day: string | null;
  /** Working days of the approval clock alone, as limits are published. */
  readonly clockDays: number;
  /** Working days from the start to the day. */
  readonly workingDays: number | null;
}

export interface Plan {
  readonly track: Track;
  readonly start: string;
  readonly items: readonly PlannedItem[];
  /** The construction permit, the start of works, the joint acceptance, everything. */
  readonly permit: Point;
  readonly begin: Point;
  readonly accepted: Point;
  readonly complete: Point;
  /** Items on a longest path to the start of works, in order. */
  readonly criticalPath: readonly string[];
  /** Items for which no limit is known: they take no time here, so the plan is a lower bound. */
  readonly unlimited: readonly string[];
  /** The plan reaches a year whose holidays are not announced. */
  readonly provisional: boolean;
}

/**
 * Plans the items that a project needs (and, unless told otherwise, those still to be clarified). Refuses `approvals.no_track` where the
 * facts name no track, `approvals.start_day`, and what the kernel's schedule refuses (a circle of prerequisites).
 */
export function planOf(input: PlanInput): Plan {
  const track = trackOf(input.facts) ?? refuse('approvals.no_track');
  const applied = applicability(input.catalogue, input.facts).filter((one) => one.verdict === 'needed' || (one.verdict === 'clarify' && input.unclear !== false));
  const base = graphInput(input, track, applied);
  const axis = axisFrom(input.start, input.calendar);
  const real = solved(graphOf({ ...base, count: 'all' }), axis);
  const clock = solved(graphOf({ ...base, count: 'clock' }), axis);
  const ahead = upTo('START', real.graph, axis);
  const known = typeof valueOf(input.facts, 'worksDays') === 'number';
  const behind = known ? new Set<string>() : behindWorks(base, real.graph);
  const point = (code: string): Point => pointOf(code, axis, real, clock, behind, input.progress);
  return {
    track, start: input.start, items: applied.map((one) => itemOf(one, input, axis, real, ahead)),
    permit: point(PERMIT), begin: point('START'), accepted: point(ACCEPTED),
    complete: { day: known ? axis.dayAt(real.dates.duration) : null, clockDays: axis.workingTo(clock.dates.duration), workingDays: known ? axis.workingTo(real.dates.duration) : null },
    criticalPath: pathIn(ahead), unlimited: unlimitedIn(real.graph), provisional: axis.provisionalTo(real.dates.duration),
  };
}

export const PERMIT = 'K08';
export const ACCEPTED = 'Y04';

function graphInput(input: PlanInput, track: Track, planned: readonly Applied[]): Omit<GraphInput, 'count'> {
  const progress = Object.entries(input.progress ?? {});
  const elapsed = progress.flatMap(([code, one]) => ('accepted' in one && isDay(one.accepted) ? [[code, Math.max(0, input.calendar.between(one.accepted, input.start) - (one.stoppedDays ?? 0))] as const] : []));
  return {
    catalogue: input.catalogue, track, facts: input.facts, planned, order: input.order ?? 'parallel', measures: new Set(input.measures), limits: input.limits ?? 'promised',
    combined: input.combined ?? [], durations: input.durations ?? {}, stops: input.stops ?? {},
    finished: new Set(progress.flatMap(([code, one]) => ('finished' in one ? [code] : []))), elapsed: Object.fromEntries(elapsed),
  };
}

interface Solved {
  readonly graph: Graph;
  readonly dates: Schedule;
  readonly at: ReadonlyMap<string, Scheduled>;
}

function solved(graph: Graph, axis: Axis): Solved {
  const dates = schedule(graph.activities, { calendars: axis.calendars, calendar: 'calendar' });
  return { graph, dates, at: new Map(dates.activities.map((one) => [one.id, one])) };
}

function pointOf(code: string, axis: Axis, real: Solved, clock: Solved, behind: ReadonlySet<string>, progress: PlanInput['progress']): Point {
  const done = progress?.[code];
  if (done !== undefined && 'finished' in done) return { day: done.finished, clockDays: 0, workingDays: 0 };
  const finish = real.at.get(real.graph.drawn.get(code)?.last ?? code)?.earlyFinish ?? 0;
  const clockDays = axis.workingTo(clock.at.get(clock.graph.drawn.get(code)?.last ?? code)?.earlyFinish ?? 0);
  return behind.has(code) ? { day: null, clockDays, workingDays: null } : { day: axis.dayAt(finish), clockDays, workingDays: axis.workingTo(finish) };
}

function behindWorks(base: Omit<GraphInput, 'count'>, { drawn }: Graph): ReadonlySet<string> {
  const { ancestors } = precedenceOf(base.catalogue, base.track, new Set(drawn.keys()), base.finished);
  return new Set(['BUILT', ...[...drawn.keys()].filter((code) => ancestors(code).has('BUILT'))]);
}

/** The network as far as one activity waits for it: floats and longest paths are those of that end. */
function upTo(code: string, graph: Graph, axis: Axis): Solved {
  const byId = new Map(graph.activities.map((one) => [one.id, one]));
  const wanted = new Set<string>();
  const open = [code];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (wanted.has(id)) continue;
    wanted.add(id);
    for (const { id: before } of byId.get(id)?.after ?? []) open.push(before);
  }
  return solved({ ...graph, activities: graph.activities.filter((one) => wanted.has(one.id)) }, axis);
}

function pathIn({ graph, at }: Solved): string[] {
  const codes = [...graph.drawn.values()].filter((one) => idsOf(one).some((id) => at.get(id)?.driving === true));
  const finish = (one: Drawn): number => at.get(one.last)?.earlyFinish ?? 0;
  return codes.filter((one) => !MILESTONES.some((code) => code === one.code)).toSorted((a, b) => finish(a) - finish(b)).map((one) => one.code);
}

function idsOf(one: Drawn): string[] {
  return [one.first, one.last, ...(one.review === null ? [] : [one.review.first, one.review.last])];
}

function unlimitedIn({ drawn }: Graph): string[] {
  return [...drawn.values()].filter((one) => one.chosen.from === 'none' && !one.byRegional && one.bundle === null && one.spans.every((span) => span.days === 0)).map((one) => one.code);
}

function itemOf({ item, verdict }: Applied, input: PlanInput, axis: Axis, real: Solved, ahead: Solved): PlannedItem {
  const { code } = item;
  const done = input.progress?.[code];
  const common = { code, verdict: verdict === 'clarify' ? 'clarify' as const : 'needed' as const, offClock: offClock(item) };
  const drawn = real.graph.drawn.get(code);
  if (done !== undefined && 'finished' in done || drawn === undefined) {
    const day = done !== undefined && 'finished' in done ? done.finished : input.start;
    return { ...common, days: 0, unit: 'working', from: 'given', within: null, startDay: day, day, lateDay: day, floatDays: 0, driving: false, byPromise: false, byRegional: false, simulated: null, finished: true };
  }
  const at = (id: string): Scheduled | undefined => ahead.at.get(id) ?? real.at.get(id);
  const first = at(drawn.review?.first ?? drawn.first);
  const last = at(drawn.last);
  return {
    ...common, days: drawn.spans.reduce((sum, one) => sum + one.days, 0), unit: drawn.chosen.unit, from: drawn.chosen.from, within: drawn.chosen.within,
    startDay: axis.dayAt(first?.earlyStart ?? 0), day: axis.dayAt(last?.earlyFinish ?? 0), lateDay: axis.dayAt(last?.lateFinish ?? 0),
    floatDays: Math.min(...idsOf(drawn).map((id) => at(id)?.float ?? 0)), driving: idsOf(drawn).some((id) => at(id)?.driving === true),
    byPromise: drawn.byPromise, byRegional: drawn.byRegional, simulated: reviewOf(drawn, input.catalogue, axis, at), finished: false,
  };
}

function reviewOf(drawn: Drawn, catalogue: Catalogue, axis: Axis, at: (id: string) => Scheduled | undefined): SimulatedReview | null {
  if (drawn.review === null) return null;
  const last = at(drawn.review.last);
  const day = axis.dayAt(last?.earlyFinish ?? 0);
  const validUntil = monthsLater(day, catalogue.simulation.validityMonths);
  return { startDay: axis.dayAt(at(drawn.review.first)?.earlyStart ?? 0), day, lateDay: axis.dayAt(last?.lateFinish ?? 0), validUntil, expires: validUntil < axis.dayAt(at(drawn.last)?.earlyFinish ?? 0) };
}

/** The same day some months later, or the last one of a shorter month. */
function monthsLater(day: string, months: number): string {
  const end = lastDay(addMonths(day.slice(0, 7), months));
  const same = `${end.slice(0, 8)}${day.slice(8)}`;
  return same < end ? same : end;
}
