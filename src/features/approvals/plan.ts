// The plan of a project's approvals from a start day: early and late days, float, what drives the end, the predicted day of the construction
// permit and of the start of works. Pure: the catalogue, the facts, the calendar and all days are handed in.
import { addMonths, isDay, lastDay } from '../../kernel/days.ts';
import { refuse } from '../../kernel/refuse.ts';
import type { WorkCalendar } from '../../kernel/workdays.ts';
import { applicability, trackOf, type Applied } from './applicability.ts';
import { axisFrom, type Axis } from './axis.ts';
import type { Catalogue, Facts, Track } from './contract.ts';
import { valueOf } from './facts.ts';
import { graphOf, MILESTONES, type Drawn, type Graph, type GraphInput, type Measure } from './graph.ts';
import { offClock, type LimitKind, type Span } from './limits.ts';
import { precedenceOf } from './precedence.ts';
import { solve, type Solved } from './solving.ts';

/** How an item stands: done on a day, or under way since its acceptance, with working days for which its clock stood still. */
export type Progress = { readonly finished: string } | { readonly accepted: string; readonly stoppedDays?: number | undefined };

export interface ProjectInput {
  readonly catalogue: Catalogue;
  readonly facts: Facts;
  /** YYYY-MM-DD; the first counted day is the one after it. Of a running project: the day of the forecast. */
  readonly start: string;
  readonly calendar: WorkCalendar;
  readonly progress?: Readonly<Record<string, Progress>> | undefined;
  /** False leaves out what is still to be clarified; it is planned where nothing is said. */
  readonly unclear?: boolean | undefined;
}

export interface WayInput {
  /** `promised` where nothing is said. */
  readonly limits?: LimitKind | undefined;
  /** `parallel` where nothing is said. */
  readonly order?: 'serial' | 'parallel' | undefined;
  readonly measures?: readonly Measure[] | undefined;
  /** Bundles of assessments to be done together. */
  readonly combined?: readonly string[] | undefined;
  /** Own durations in working days by code. */
  readonly durations?: Readonly<Record<string, number>> | undefined;
  /** Working days for which a clock stands still, by code. */
  readonly stops?: Readonly<Record<string, number>> | undefined;
}

export interface PlanInput extends ProjectInput, WayInput {}

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

export const PERMIT = 'K08';
export const ACCEPTED = 'Y04';

/** What is the same for a project whichever way one goes about it. */
export interface Project {
  readonly input: ProjectInput;
  readonly track: Track;
  readonly planned: readonly Applied[];
  readonly axis: Axis;
  readonly graph: Pick<GraphInput, 'catalogue' | 'track' | 'facts' | 'items' | 'precedence' | 'elapsed'>;
  /** Items and milestones whose day cannot be said, because the duration of the works is not known. */
  readonly undated: ReadonlySet<string>;
}

/**
 * Plans the items that a project needs (and, unless told otherwise, those still to be clarified). Refuses `approvals.no_track` where the
 * facts name no track, `approvals.start_day`, and `network.cycle` where prerequisites make a circle.
 */
export function planOf(input: PlanInput): Plan {
  return planFor(prepare(input), input);
}

export function prepare(input: ProjectInput): Project {
  const { catalogue, facts, start, calendar } = input;
  const track = trackOf(facts) ?? refuse('approvals.no_track');
  const planned = applicability(catalogue, facts).filter((one) => one.verdict === 'needed' || (one.verdict === 'clarify' && input.unclear !== false));
  const progress = Object.entries(input.progress ?? {});
  const finished = new Set(progress.flatMap(([code, one]) => ('finished' in one ? [code] : [])));
  const items = planned.map((one) => one.item).filter((one) => !finished.has(one.code));
  const precedence = precedenceOf(catalogue, track, new Set([...items.map((one) => one.code), ...MILESTONES]), finished);
  const elapsed = progress.flatMap(([code, one]) => ('accepted' in one && isDay(one.accepted) ? [[code, Math.max(0, calendar.between(one.accepted, start) - (one.stoppedDays ?? 0))] as const] : []));
  const known = typeof valueOf(facts, 'worksDays') === 'number';
  const behind = (code: string): boolean => code === 'BUILT' || precedence.ancestors(code).has('BUILT');
  return {
    input, track, planned, axis: axisFrom(start, calendar), graph: { catalogue, track, facts, items, precedence, elapsed: Object.fromEntries(elapsed) },
    undated: new Set(known ? [] : [...precedence.before.keys()].filter(behind)),
  };
}

export function planFor(project: Project, way: WayInput): Plan {
  const { axis, undated } = project;
  const graph = graphFor(project, way);
  const all: Dated = { graph, axis, whole: solve(graph, axis), ahead: solve(graph, axis, { upTo: 'START' }), clock: solve(graph, axis, { clock: true }) };
  const known = undated.size === 0;
  const { duration } = all.whole.dates;
  return {
    track: project.track, start: project.input.start, items: project.planned.map((one) => itemOf(one, project, all)),
    permit: pointOf(PERMIT, project, all), begin: pointOf('START', project, all), accepted: pointOf(ACCEPTED, project, all),
    complete: { day: known ? axis.dayAt(duration) : null, clockDays: axis.workingTo(all.clock.dates.duration), workingDays: known ? axis.workingTo(duration) : null },
    criticalPath: pathIn(all), unlimited: unlimitedIn(graph), provisional: axis.provisionalTo(duration),
  };
}

/** The moments of the axis at which permit and start of works are reached, without anything else; 0 for what is done. */
export function earliest(project: Project, way: WayInput): { readonly permit: number; readonly begin: number } {
  const graph = graphFor(project, way);
  const { dates, place } = solve(graph, project.axis, { upTo: 'START' });
  const at = (code: string): number => dates.earlyFinish[place(graph.drawn.get(code)?.last ?? code) ?? -1] ?? 0;
  return { permit: at(PERMIT), begin: at('START') };
}

function graphFor(project: Project, way: WayInput): Graph {
  return graphOf({
    ...project.graph, order: way.order ?? 'parallel', measures: new Set(way.measures), limits: way.limits ?? 'promised', combined: way.combined ?? [], durations: way.durations ?? {}, stops: way.stops ?? {},
  });
}

interface Dated {
  readonly graph: Graph;
  readonly axis: Axis;
  readonly whole: Solved;
  /** Up to the start of works. */
  readonly ahead: Solved;
  readonly clock: Solved;
}

function pointOf(code: string, { input, undated }: Project, { graph, axis, whole, clock }: Dated): Point {
  const done = input.progress?.[code];
  if (done !== undefined && 'finished' in done) return { day: done.finished, clockDays: 0, workingDays: 0 };
  const last = graph.drawn.get(code)?.last ?? code;
  const finish = whole.dates.earlyFinish[whole.place(last) ?? -1] ?? 0;
  const clockDays = axis.workingTo(clock.dates.earlyFinish[clock.place(last) ?? -1] ?? 0);
  return undated.has(code) ? { day: null, clockDays, workingDays: null } : { day: axis.dayAt(finish), clockDays, workingDays: axis.workingTo(finish) };
}

function pathIn({ graph, ahead }: Dated): string[] {
  const found: { code: string; finish: number }[] = [];
  for (const one of graph.drawn.values()) {
    if (MILESTONES.some((code) => code === one.code)) continue;
    if (idsOf(one).some((id) => ahead.dates.driving[ahead.place(id) ?? -1] === 1)) found.push({ code: one.code, finish: ahead.dates.earlyFinish[ahead.place(one.last) ?? -1] ?? 0 });
  }
  return found.toSorted((a, b) => a.finish - b.finish).map((one) => one.code);
}

function idsOf({ first, last, review }: Drawn): readonly string[] {
  return review === null ? [first, last] : [first, last, review.first, review.last];
}

function unlimitedIn({ drawn }: Graph): string[] {
  return [...drawn.values()].filter((one) => one.chosen.from === 'none' && !one.byRegional && one.bundle === null && one.spans.every((span) => span.days === 0)).map((one) => one.code);
}

function itemOf({ item, verdict }: Applied, { input }: Project, dated: Dated): PlannedItem {
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
  const validUntil = monthsLater(day, catalogue.simulation.validityMonths);
  return {
    startDay: firstDay(axis, found, review.first, review.last), day, lateDay: axis.dayAt(dates.lateFinish[end] ?? 0), validUntil,
    expires: validUntil < axis.dayAt(dates.earlyFinish[place(last) ?? -1] ?? 0),
  };
}

/** The same day some months later, or the last one of a shorter month. */
function monthsLater(day: string, months: number): string {
  const end = lastDay(addMonths(day.slice(0, 7), months));
  const same = `${end.slice(0, 8)}${day.slice(8)}`;
  return same < end ? same : end;
}
