// The plan of a project's approvals from a start day: early and late days, float, what drives the end, the predicted day of the construction
// permit and of the start of works. Pure: the catalogue, the facts, the calendar and all days are handed in.
import { isDay } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { applicability, trackOf, type Applied } from './applicability.ts';
import { axisFrom, type Axis } from './axis.ts';
import type { Catalogue, Facts, Track } from '../catalogue/shape.ts';
import { valueOf } from './facts.ts';
import { graphOf, MILESTONES, type Graph, type GraphInput, type Measure } from './graph.ts';
import type { LimitKind } from './limits.ts';
import { idsOf, itemOf, type Dated, type PlannedItem } from './planned.ts';
import { precedenceOf } from './precedence.ts';
import { solveBoth, solveUpTo } from './solving.ts';

/** How an item stands: done on a day, under way since its acceptance, with working days for which its clock stood still, or applied for on a day and not accepted yet. */
export type Progress = { readonly finished: string } | { readonly received: string } | { readonly accepted: string; readonly stoppedDays?: number | undefined };

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

export interface Point {
  /** null where it cannot be said: the duration of the works is not known. */
  readonly day: string | null;
  /** Working days of the approval clock alone, as limits are published. */
  readonly clockDays: number;
  /** Working days from the start to the day. */
  readonly workingDays: number | null;
  /** The day follows from a year whose holidays are not announced; what comes after it may be so where this is not. */
  readonly provisional: boolean;
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
  /** Any day of the plan lies in a year whose holidays are not announced; which of the days above do, they say themselves. */
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
  const all: Dated = { graph, axis, ...solveBoth(graph, axis), ahead: solveUpTo(graph, axis, 'START') };
  const known = undated.size === 0;
  const { duration } = all.whole.dates;
  return {
    track: project.track, start: project.input.start, items: project.planned.map((one) => itemOf(one, project, all)),
    permit: pointOf(PERMIT, project, all), begin: pointOf('START', project, all), accepted: pointOf(ACCEPTED, project, all),
    complete: { day: known ? axis.dayAt(duration) : null, clockDays: axis.workingTo(all.clock.dates.duration), workingDays: known ? axis.workingTo(duration) : null, provisional: known && axis.provisionalTo(duration) },
    criticalPath: pathIn(all), unlimited: unlimitedIn(graph), provisional: axis.provisionalTo(duration),
  };
}

/** The moments of the axis at which permit and start of works are reached, without anything else; 0 for what is done. */
export function earliest(project: Project, way: WayInput): { readonly permit: number; readonly begin: number } {
  const graph = graphFor(project, way);
  const { dates, place } = solveUpTo(graph, project.axis, 'START');
  const at = (code: string): number => dates.earlyFinish[place(graph.drawn.get(code)?.last ?? code) ?? -1] ?? 0;
  return { permit: at(PERMIT), begin: at('START') };
}

function graphFor(project: Project, way: WayInput): Graph {
  return graphOf({
    ...project.graph, order: way.order ?? 'parallel', measures: new Set(way.measures), limits: way.limits ?? 'promised', combined: way.combined ?? [], durations: way.durations ?? {}, stops: way.stops ?? {},
  });
}

function pointOf(code: string, { input, undated }: Project, { graph, axis, whole, clock }: Dated): Point {
  const done = input.progress?.[code];
  if (done !== undefined && 'finished' in done) return { day: done.finished, clockDays: 0, workingDays: 0, provisional: false };
  const last = graph.drawn.get(code)?.last ?? code;
  const finish = whole.dates.earlyFinish[whole.place(last) ?? -1] ?? 0;
  const clockDays = axis.workingTo(clock.dates.earlyFinish[clock.place(last) ?? -1] ?? 0);
  return undated.has(code) ? { day: null, clockDays, workingDays: null, provisional: false } : { day: axis.dayAt(finish), clockDays, workingDays: axis.workingTo(finish), provisional: axis.provisionalTo(finish) };
}

function pathIn({ graph, ahead }: Dated): string[] {
  const found: { code: string; finish: number }[] = [];
  for (const one of graph.drawn.values()) {
    if (MILESTONES.some((code) => code === one.code)) continue;
    if (idsOf(one).some((id) => ahead.dates.driving[ahead.place(id) ?? -1] === 1)) found.push({ code: one.code, finish: ahead.dates.earlyFinish[ahead.place(one.last) ?? -1] ?? 0 });
  }
  return found.toSorted((a, b) => a.finish - b.finish).map((one) => one.code);
}

function unlimitedIn({ drawn }: Graph): string[] {
  return [...drawn.values()].filter((one) => one.chosen.from === 'none' && !one.byRegional && one.bundle === null && one.spans.every((span) => span.days === 0)).map((one) => one.code);
}
