// Draws the network of a project's items for one way of going about it: serial or parallel, with or without simulation, tolerance,
// promise and regional assessment. Gives steps and the ties between them and computes no date itself.
import type { LinkType } from '../../../kernel/topology.ts';
import type { Bundle, Catalogue, Facts, Item, Track } from '../catalogue/shape.ts';
import { valueOf } from './facts.ts';
import { decide } from '../catalogue/kleene.ts';
import { limitOf, outsideOf, type Chosen, type LimitKind } from './limits.ts';
import type { Edge, Precedence } from './precedence.ts';

export const MILESTONES = ['START', 'BUILT', 'TRIAL', 'PRODUCTION'] as const;
export const MEASURES = ['simulation', 'tolerance', 'promise', 'regional'] as const;
export type Measure = (typeof MEASURES)[number];

export interface GraphInput {
  readonly catalogue: Catalogue;
  readonly track: Track;
  readonly facts: Facts;
  /** Items that are planned and not finished. */
  readonly items: readonly Item[];
  readonly precedence: Precedence;
  readonly order: 'serial' | 'parallel';
  readonly measures: ReadonlySet<Measure>;
  readonly limits: LimitKind;
  /** Codes of bundles of assessments that are done together. */
  readonly combined: readonly string[];
  /** Own durations in working days, by code, instead of the limits. */
  readonly durations: Readonly<Record<string, number>>;
  /** Working days for which the clock of an item stands still, by code. */
  readonly stops: Readonly<Record<string, number>>;
  /** Working days of an item's clock that have run already, by code. */
  readonly elapsed: Readonly<Record<string, number>>;
}

/** A piece of work without a break, in whole days of its calendar. `clockDays`: what of it the clock of a limit counts. */
export interface Step {
  readonly id: string;
  readonly days: number;
  readonly clockDays: number;
  readonly unit: 'working' | 'calendar';
}

/** One step waits for another; the lag is counted as the waiting step counts, or in working days where so marked. */
export interface Tie {
  readonly from: string;
  readonly to: string;
  readonly type: LinkType;
  readonly lag: number;
  /** The lag where only clocks count. */
  readonly clockLag: number;
  readonly workingLag: boolean;
}

/** How an item is drawn: the ids of its first and last step, and of those of its simulated review. */
export interface Drawn {
  readonly code: string;
  readonly first: string;
  readonly last: string;
  readonly review: { readonly first: string; readonly last: string } | null;
  readonly chosen: Chosen;
  readonly spans: readonly Pieces[];
  readonly byPromise: boolean;
  readonly byRegional: boolean;
  readonly bundle: string | null;
}

type Pieces = Omit<Step, 'id'>;

export interface Graph {
  readonly steps: readonly Step[];
  readonly ties: readonly Tie[];
  readonly drawn: ReadonlyMap<string, Drawn>;
}

export function graphOf(input: GraphInput): Graph {
  const items = new Map(input.items.map((one) => [one.code, one]));
  const bundles = bundlesOf(input, items);
  const simulated = input.measures.has('simulation') ? simulatedOf(input, items) : NOTHING;
  const drawn = new Map<string, Drawn>();
  for (const item of input.items) drawn.set(item.code, draw(input, item, bundles.get(item.code)?.code ?? null, simulated.has(item.code)));
  for (const code of MILESTONES) drawn.set(code, milestone(input, code));
  const pen: Pen = { input, items, drawn, steps: [], ties: [] };
  for (const one of drawn.values()) line(pen, one);
  for (const one of new Set(bundles.values())) bundleStep(pen, one);
  if (input.order === 'serial') {
    const flow = input.catalogue.flows[input.track].filter((code) => items.has(code));
    flow.slice(1).forEach((code, i) => tie(pen, lastOf(pen, flow[i] ?? ''), code));
  }
  return { steps: pen.steps, ties: pen.ties, drawn };
}

const NOTHING: ReadonlySet<string> = new Set();

interface Pen {
  readonly input: GraphInput;
  readonly items: ReadonlyMap<string, Item>;
  readonly drawn: ReadonlyMap<string, Drawn>;
  readonly steps: Step[];
  readonly ties: Tie[];
}

function tie(pen: Pen, from: string, to: string, type: LinkType = 'FS', lag = 0, clockLag = lag, workingLag = false): void {
  pen.ties.push({ from, to, type, lag, clockLag, workingLag });
}

function bundlesOf(input: GraphInput, items: ReadonlyMap<string, Item>): Map<string, Bundle> {
  const chosen = input.catalogue.bundles.filter((one) => input.combined.includes(one.code));
  return new Map(chosen.flatMap((bundle) => {
    const members = bundle.members.filter((code) => items.has(code));
    return members.length < 2 ? [] : members.map((code) => [code, { ...bundle, members }] as const);
  }));
}

/**
 * What is examined before the land is obtained (domain 2.14): items that may be simulated and wait, near or far, for the trigger. EIA, land,
 * acceptance and archaeology are `never` in the data; the construction permit is `staged` and is never issued on a simulated result.
 */
function simulatedOf({ catalogue, track, precedence }: GraphInput, items: ReadonlyMap<string, Item>): ReadonlySet<string> {
  const trigger = catalogue.simulation.trigger[track];
  if (!items.has(trigger)) return NOTHING;
  return new Set([...items.values()].filter((item) => item.simulatable === 'yes' && precedence.ancestors(item.code).has(trigger)).map((item) => item.code));
}

function draw(input: GraphInput, item: Item, bundle: string | null, simulated: boolean): Drawn {
  const { code } = item;
  const given = input.durations[code];
  const byRegional = input.measures.has('regional') && coveredByRegion(item, input.facts);
  const limit = given === undefined ? limitOf(item, input.limits, input.facts) : { days: given, unit: 'working' as const, from: 'given' as const, basis: null, within: null };
  const byPromise = given === undefined && limit.days > input.catalogue.promiseDays && input.measures.has('promise') && promised(item, input.facts);
  const chosen: Chosen = byPromise ? { ...limit, days: input.catalogue.promiseDays } : limit;
  const spans = byRegional || bundle !== null ? NO_TIME : spansOf(input, item, chosen);
  const end = spans.length - 1;
  const review = simulated ? { first: `${code}*`, last: end === 0 ? `${code}*` : `${code}*${end}` } : null;
  return { code, first: code, last: simulated || end === 0 ? code : `${code}~${end}`, review, chosen, spans, byPromise, byRegional, bundle };
}

const NO_TIME: readonly Pieces[] = [{ days: 0, clockDays: 0, unit: 'working' }];

/** A regional result stands for the item where it was done and the project lies within the zone; both must be known. */
function coveredByRegion(item: Item, facts: Facts): boolean {
  const done = valueOf(facts, 'regionalDone');
  return item.regional !== null && valueOf(facts, 'insideZone') === true && typeof done === 'object' && done !== null && done.includes(item.regional);
}

function promised(item: Item, facts: Facts): boolean {
  return item.promise === 'yes' || (item.promise === 'listed' && item.promiseWhen !== null && decide(item.promiseWhen, facts).truth === true);
}

/** First the clock, then what stops it, then what follows outside it in every case. */
function spansOf(input: GraphInput, item: Item, chosen: Chosen): readonly Pieces[] {
  const left = Math.max(0, chosen.days - (input.elapsed[item.code] ?? 0));
  const stop = input.stops[item.code] ?? 0;
  const outside = item.outside.length > 0 && input.durations[item.code] === undefined ? outsideOf(item) : [];
  const clock: Pieces = { days: left + (chosen.unit === 'working' ? stop : 0), clockDays: left, unit: chosen.unit };
  const still: readonly Pieces[] = stop > 0 && chosen.unit === 'calendar' ? [{ days: stop, clockDays: 0, unit: 'working' }] : [];
  const all = [clock, ...still, ...outside.map((one): Pieces => ({ ...one, clockDays: 0 }))];
  return clock.days > 0 || all.length === 1 ? all : all.slice(1);
}

function milestone(input: GraphInput, code: (typeof MILESTONES)[number]): Drawn {
  const worksDays = code === 'BUILT' ? valueOf(input.facts, 'worksDays') : 0;
  const days = typeof worksDays === 'number' ? Math.round(worksDays) : 0;
  const chosen: Chosen = { days, unit: 'calendar', from: 'given', basis: null, within: null };
  return { code, first: code, last: code, review: null, chosen, spans: [{ days, clockDays: 0, unit: 'calendar' }], byPromise: false, byRegional: false, bundle: null };
}

function line(pen: Pen, one: Drawn): void {
  const edges = pen.input.precedence.before.get(one.code) ?? NO_EDGES;
  if (one.review === null) {
    chain(pen, one.first, one.last, one.spans);
    if (one.bundle !== null) tie(pen, one.bundle, one.first);
    else for (const edge of edges) enter(pen, one, one, edge, false);
    return;
  }
  chain(pen, one.review.first, one.review.last, one.spans);
  for (const edge of reviewEdges(pen, one, edges)) enter(pen, one, one.review, edge, true);
  pen.steps.push({ id: one.code, days: 0, clockDays: 0, unit: 'calendar' });
  tie(pen, one.review.last, one.code);
  for (const { from } of edges) tie(pen, lastOf(pen, from), one.code);
  convert(pen, one);
}

const NO_EDGES: readonly Edge[] = [];

function chain(pen: Pen, first: string, last: string, spans: readonly Pieces[]): void {
  let before = '';
  spans.forEach(({ days, clockDays, unit }, i) => {
    const id = i === 0 ? first : i === spans.length - 1 ? last : `${first}~${i}`;
    pen.steps.push({ id, days, clockDays, unit });
    if (i > 0) tie(pen, before, id);
    before = id;
  });
}

/**
 * A prerequisite binds the start. With tolerance one whose document is secondary binds otherwise: the item may begin when the other has
 * begun, and is decided a day after that is finished.
 */
function enter(pen: Pen, one: Drawn, ends: { readonly first: string; readonly last: string }, { from, deferrable }: Edge, review: boolean): void {
  const other = pen.drawn.get(from);
  const last = review && other?.review !== null && other?.review !== undefined ? other.review.last : (other?.last ?? from);
  const tolerant = deferrable && pen.input.measures.has('tolerance') && pen.items.get(one.code)?.deferrable === true;
  if (!tolerant) {
    tie(pen, last, ends.first);
    return;
  }
  tie(pen, other?.review?.first ?? other?.first ?? from, ends.first, 'SS');
  tie(pen, last, ends.last, 'FF', one.spans.some((span) => span.days > 0) ? 1 : 0, one.spans.some((span) => span.clockDays > 0) ? 1 : 0);
}

/** A simulated review waits for what may be simulated too, for what has nothing to do with land, and for what must be there before. */
function reviewEdges({ input, drawn }: Pen, one: Drawn, edges: readonly Edge[]): Edge[] {
  const { trigger, needs } = input.catalogue.simulation;
  const before = input.precedence.ancestors(one.code);
  const kept = edges.filter(({ from }) => from !== trigger[input.track]);
  const first = needs.filter((code) => drawn.has(code) && before.has(code) && !kept.some(({ from }) => from === code));
  return [...kept, ...first.map((from) => ({ from, deferrable: false }))];
}

/** Unchanged simulated results become formal within a working day of the trigger, in the order of the law, with new date and number. */
function convert(pen: Pen, one: Drawn): void {
  const { trigger, conversionDays } = pen.input.catalogue.simulation;
  // What takes less time than the conversion is not made longer by it.
  const most = (count: 'days' | 'clockDays'): number => Math.min(conversionDays, one.spans.reduce((longest, span) => Math.max(longest, span.unit === 'working' ? span[count] : 0), 0));
  tie(pen, lastOf(pen, trigger[pen.input.track]), one.code, 'FS', most('days'), most('clockDays'), true);
}

function bundleStep(pen: Pen, bundle: Bundle): void {
  const days = bundle.steps.reduce((sum, one) => sum + one.days, 0);
  pen.steps.push({ id: bundle.code, days, clockDays: days, unit: 'working' });
  const before = new Set(bundle.members.flatMap((code) => (pen.input.precedence.before.get(code) ?? []).map(({ from }) => from)));
  for (const code of before) if (!bundle.members.includes(code)) tie(pen, lastOf(pen, code), bundle.code);
}

function lastOf({ drawn }: Pen, code: string): string {
  return drawn.get(code)?.last ?? code;
}
