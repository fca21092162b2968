// Draws the network of a project's items for one way of going about it: serial or parallel, with or without simulation, tolerance,
// promise and regional assessment. Gives activities for the kernel's schedule and computes no date itself.
import type { Activity, Dependency } from '../../kernel/schedule.ts';
import type { Applied } from './applicability.ts';
import type { Bundle, Catalogue, Facts, Item, Track } from './contract.ts';
import { valueOf } from './facts.ts';
import { decide } from './kleene.ts';
import { limitOf, outsideOf, type Chosen, type LimitKind, type Span } from './limits.ts';
import { precedenceOf, type Edge, type Precedence } from './precedence.ts';

export const MILESTONES = ['START', 'BUILT', 'TRIAL', 'PRODUCTION'] as const;
export const MEASURES = ['simulation', 'tolerance', 'promise', 'regional'] as const;
export type Measure = (typeof MEASURES)[number];

/** How an item stands: done on a day, or under way since its acceptance, with working days for which its clock stood still. */
export type Progress = { readonly finished: string } | { readonly accepted: string; readonly stoppedDays?: number | undefined };

export interface GraphInput {
  readonly catalogue: Catalogue;
  readonly track: Track;
  readonly facts: Facts;
  /** Items that are planned: needed, and as the caller wishes those to be clarified. */
  readonly planned: readonly Applied[];
  readonly order: 'serial' | 'parallel';
  readonly measures: ReadonlySet<Measure>;
  readonly limits: LimitKind;
  /** clock: only what the clock of a limit counts, as limits are published. all: also notices, listing, tender, works. */
  readonly count: 'clock' | 'all';
  /** Codes of bundles of assessments that are done together. */
  readonly combined: readonly string[];
  /** Own durations in working days, by code, instead of the limits. */
  readonly durations: Readonly<Record<string, number>>;
  /** Working days for which the clock of an item stands still, by code; they only count with `all`. */
  readonly stops: Readonly<Record<string, number>>;
  readonly finished: ReadonlySet<string>;
  /** Working days of an item's clock that have run already, by code. */
  readonly elapsed: Readonly<Record<string, number>>;
}

/** How an item is drawn: the ids of its first and last activity, and of those of its simulated review. */
export interface Drawn {
  readonly code: string;
  readonly first: string;
  readonly last: string;
  readonly review: { readonly first: string; readonly last: string } | null;
  readonly chosen: Chosen;
  readonly spans: readonly Span[];
  readonly byPromise: boolean;
  readonly byRegional: boolean;
  readonly bundle: string | null;
}

export interface Graph {
  readonly activities: readonly Activity[];
  readonly drawn: ReadonlyMap<string, Drawn>;
}

export function graphOf(input: GraphInput): Graph {
  const items = new Map(input.planned.filter((one) => !input.finished.has(one.item.code)).map((one) => [one.item.code, one.item]));
  const precedence = precedenceOf(input.catalogue, input.track, new Set([...items.keys(), ...MILESTONES]), input.finished);
  const bundles = bundlesOf(input, items);
  const simulated = input.measures.has('simulation') ? simulatedOf(input, items, precedence) : NOTHING;
  const drawn = new Map<string, Drawn>();
  for (const item of items.values()) drawn.set(item.code, draw(input, item, bundles.get(item.code)?.code ?? null, simulated.has(item.code)));
  for (const code of MILESTONES) drawn.set(code, milestone(input, code));
  const flow = input.order === 'serial' ? flowEdges(input, items) : new Map<string, string>();
  const pen: Pen = { input, precedence, drawn, flow };
  const together = [...new Set(bundles.values())].map((one) => bundleActivity(pen, one));
  return { activities: [...[...drawn.values()].flatMap((one) => activitiesOf(pen, one)), ...together], drawn };
}

const NOTHING: ReadonlySet<string> = new Set();

interface Pen {
  readonly input: GraphInput;
  readonly precedence: Precedence;
  readonly drawn: ReadonlyMap<string, Drawn>;
  /** The item that is published before each, in serial order. */
  readonly flow: ReadonlyMap<string, string>;
}

function flowEdges(input: GraphInput, items: ReadonlyMap<string, Item>): Map<string, string> {
  const flow = input.catalogue.flows[input.track].filter((code) => items.has(code));
  return new Map(flow.slice(1).map((code, i) => [code, flow[i] ?? '']));
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
function simulatedOf({ catalogue, track }: GraphInput, items: ReadonlyMap<string, Item>, precedence: Precedence): ReadonlySet<string> {
  const trigger = catalogue.simulation.trigger[track];
  if (!items.has(trigger)) return NOTHING;
  return new Set([...items.values()].filter((item) => item.simulatable === 'yes' && precedence.ancestors(item.code).has(trigger)).map((item) => item.code));
}

function draw(input: GraphInput, item: Item, bundle: string | null, simulated: boolean): Drawn {
  const { code } = item;
  const byRegional = input.measures.has('regional') && coveredByRegion(item, input.facts);
  const given = input.durations[code];
  const limit = given === undefined ? limitOf(item, input.limits, input.facts) : { days: given, unit: 'working' as const, from: 'given' as const, basis: null, within: null };
  const byPromise = given === undefined && input.measures.has('promise') && promised(item, input.facts) && limit.days > input.catalogue.promiseDays;
  const chosen: Chosen = byPromise ? { ...limit, days: input.catalogue.promiseDays } : limit;
  const spans = byRegional || bundle !== null ? [] : spansOf(input, item, chosen);
  const end = Math.max(0, spans.length - 1);
  const review = simulated ? { first: `${code}*`, last: end === 0 ? `${code}*` : `${code}*${end}` } : null;
  return { code, first: code, last: simulated || end === 0 ? code : `${code}~${end}`, review, chosen, spans, byPromise, byRegional, bundle };
}

/** A regional result stands for the item where it was done and the project lies within the zone; both must be known. */
function coveredByRegion(item: Item, facts: Facts): boolean {
  const done = valueOf(facts, 'regionalDone');
  return item.regional !== null && valueOf(facts, 'insideZone') === true && typeof done === 'object' && done !== null && done.includes(item.regional);
}

function promised(item: Item, facts: Facts): boolean {
  return item.promise === 'yes' || (item.promise === 'listed' && item.promiseWhen !== null && decide(item.promiseWhen, facts).truth === true);
}

function spansOf(input: GraphInput, item: Item, chosen: Chosen): Span[] {
  const left = Math.max(0, chosen.days - (input.elapsed[item.code] ?? 0));
  const spans: Span[] = [{ days: left, unit: chosen.unit }];
  if (input.count === 'clock') return spans;
  const stop = input.stops[item.code] ?? 0;
  const outside = input.durations[item.code] === undefined ? outsideOf(item) : [];
  const all = [...spans, ...(stop > 0 ? [{ days: stop, unit: 'working' as const }] : []), ...outside].filter((one) => one.days > 0);
  return all.length > 0 ? all : spans;
}

function milestone(input: GraphInput, code: (typeof MILESTONES)[number]): Drawn {
  const worksDays = valueOf(input.facts, 'worksDays');
  const days = code === 'BUILT' && input.count === 'all' && typeof worksDays === 'number' ? Math.round(worksDays) : 0;
  return { code, first: code, last: code, review: null, chosen: { days, unit: 'calendar', from: 'given', basis: null, within: null }, spans: [{ days, unit: 'calendar' }], byPromise: false, byRegional: false, bundle: null };
}

function activitiesOf(pen: Pen, one: Drawn): Activity[] {
  const edges = pen.precedence.before.get(one.code) ?? [];
  const flow = pen.flow.get(one.code);
  const ordered = flow === undefined ? [] : [{ id: lastOf(pen, flow) }];
  if (one.review === null) return chain(one.first, one.last, one.spans, [...(one.bundle === null ? entering(pen, one, edges, 'item') : [{ first: [{ id: one.bundle }], last: [] }]), { first: ordered, last: [] }]);
  const review = chain(one.review.first, one.review.last, one.spans, entering(pen, one, reviewEdges(pen, one, edges), 'review'));
  return [...review, { id: one.code, duration: 0, after: [{ id: one.review.last }, ...edges.map(({ from }) => ({ id: lastOf(pen, from) })), ...ordered, conversion(pen, one)] }];
}

/** The first and the last activity of an item, with what binds its start and what binds its end. */
interface Bound {
  readonly first: readonly Dependency[];
  readonly last: readonly Dependency[];
}

function chain(first: string, last: string, spans: readonly Span[], bounds: readonly Bound[]): Activity[] {
  const begins = bounds.flatMap((one) => one.first);
  const ends = bounds.flatMap((one) => one.last);
  const list = spans.length > 0 ? spans : [{ days: 0, unit: 'working' as const }];
  const idAt = (i: number): string => (i === 0 ? first : i === list.length - 1 ? last : `${first}~${i}`);
  return list.map((span, i) => ({
    id: idAt(i), duration: span.days, calendar: span.unit,
    after: [...(i === 0 ? begins : [{ id: idAt(i - 1) }]), ...(i === list.length - 1 ? ends : [])],
  }));
}

/**
 * Prerequisites bind the start. With tolerance one whose document is secondary binds otherwise: the item may begin when the other has begun,
 * and is decided a day after it is finished.
 */
function entering(pen: Pen, one: Drawn, edges: readonly Edge[], kind: 'item' | 'review'): Bound[] {
  const tolerant = pen.input.measures.has('tolerance') && pen.input.catalogue.items.find((item) => item.code === one.code)?.deferrable === true;
  const whole = one.spans.reduce((sum, span) => sum + span.days, 0);
  return edges.map(({ from, deferrable }) => {
    const other = pen.drawn.get(from);
    const ends = kind === 'review' && other?.review !== undefined && other.review !== null ? other.review : { first: other?.review?.first ?? from, last: lastOf(pen, from) };
    if (!tolerant || !deferrable) return { first: [{ id: ends.last }], last: [] };
    return { first: [{ id: ends.first, type: 'SS' as const }], last: [{ id: ends.last, type: 'FF' as const, lag: Math.min(1, whole) }] };
  });
}

/** A simulated review waits for what may be simulated too, for what has nothing to do with land, and for what must be there before. */
function reviewEdges({ input, precedence, drawn }: Pen, one: Drawn, edges: readonly Edge[]): Edge[] {
  const { trigger, needs } = input.catalogue.simulation;
  const landed = trigger[input.track];
  const before = precedence.ancestors(one.code);
  const kept = edges.filter(({ from }) => from !== landed);
  const first = needs.filter((code) => drawn.has(code) && before.has(code) && !kept.some(({ from }) => from === code));
  return [...kept, ...first.map((from) => ({ from, deferrable: false }))];
}

/** Unchanged simulated results become formal within a working day of the trigger, in the order of the law, with new date and number. */
function conversion({ input, drawn }: Pen, one: Drawn): Dependency {
  const { trigger, conversionDays } = input.catalogue.simulation;
  const days = one.spans.find((span) => span.unit === 'working')?.days ?? 0;
  return { id: drawn.get(trigger[input.track])?.last ?? trigger[input.track], lag: Math.min(conversionDays, days), lagCalendar: 'working' };
}

function bundleActivity(pen: Pen, bundle: Bundle): Activity {
  const members = new Set(bundle.members);
  const before = new Set(bundle.members.flatMap((code) => (pen.precedence.before.get(code) ?? []).map(({ from }) => from)).filter((code) => !members.has(code)));
  return { id: bundle.code, duration: bundle.steps.reduce((sum, one) => sum + one.days, 0), calendar: 'working', after: [...before].map((code) => ({ id: lastOf(pen, code) })) };
}

function lastOf({ drawn }: Pen, code: string): string {
  return drawn.get(code)?.last ?? code;
}
