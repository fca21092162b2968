// Layers of the catalogue over time: which version of each holds on a day, which overlays are laid, and what they make together. Pure;
// a version's body is never changed, and a day that is over never gets another answer by itself.
import { addDays } from '../../../kernel/days.ts';
import type { Catalogue, Overlay } from './shape.ts';
import { effective, type Effective } from './effective.ts';

/** Days on which an overlay is laid, both included; until null: until further notice. */
export interface Period {
  readonly from: string;
  readonly until: string | null;
}

export interface Version<Body> {
  /** The same id is the same body, for ever. */
  readonly id: string;
  readonly number: number;
  readonly fromDay: string;
  readonly body: Body;
  readonly withdrawn: boolean;
}

interface Common {
  readonly code: string;
  /** 0: as it came with the program, nobody has changed it. */
  readonly version: number;
  readonly sort: number;
  readonly periods: readonly Period[];
}

export interface BaseLayer extends Common {
  readonly kind: 'base';
  readonly versions: readonly Version<Catalogue>[];
}

export interface OverlayLayer extends Common {
  readonly kind: 'overlay';
  readonly versions: readonly Version<Overlay>[];
}

export type Layer = BaseLayer | OverlayLayer;
export type Body = Catalogue | Overlay;

/**
 * The catalogue as it holds on a day (YYYY-MM-DD): of each layer the version in force, overlays in their order over the base. `always`: an
 * overlay that is taken as laid, to see what it would do. Refuses `approvals.overlay_item` as `effective` does.
 */
export function effectiveOn(layers: readonly Layer[], day: string, always?: string): Effective {
  const base = layers.find((one) => one.kind === 'base');
  const body = base === undefined ? undefined : inForce(base, day)?.body;
  if (body === undefined) throw new Error('the catalogue has no base');
  return effective(body, overlaysOn(layers, day, always).map((one) => one.body), day);
}

/** The versions of overlays that hold on a day, in the order in which they are laid. */
export function overlaysOn(layers: readonly Layer[], day: string, always?: string): Version<Overlay>[] {
  const overlays = layers.filter((one) => one.kind === 'overlay').toSorted((a, b) => a.sort - b.sort || (a.code < b.code ? -1 : 1));
  return overlays.flatMap((one) => {
    const version = one.code === always || laidOn(one.periods, day) ? inForce(one, day) : undefined;
    return version === undefined || (version.body.until !== null && version.body.until < day) ? [] : [version];
  });
}

/** The standing version with the latest first day that is not after the day. The base has one always: before its first day the first. */
export function inForce(layer: BaseLayer, day: string): Version<Catalogue> | undefined;
export function inForce(layer: OverlayLayer, day: string): Version<Overlay> | undefined;
export function inForce(layer: Layer, day: string): Version<Body> | undefined;
export function inForce(layer: Layer, day: string): Version<Body> | undefined {
  const standing = standingOf(layer);
  return standing.findLast((one) => one.fromDay <= day) ?? (layer.kind === 'base' ? standing[0] : undefined);
}

/** Versions that are not taken back, by their first day. */
export function standingOf(layer: Layer): Version<Body>[] {
  const all: readonly Version<Body>[] = layer.versions;
  return all.filter((one) => !one.withdrawn).toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : 1));
}

export function laidOn(periods: readonly Period[], day: string): boolean {
  return periods.some((one) => one.from <= day && (one.until === null || day <= one.until));
}

/** Laid or not from a day until further notice; the days before stay as they were. */
export function switched(periods: readonly Period[], day: string, laid: boolean): Period[] {
  const eve = addDays(day, -1);
  const before = periods.filter((one) => one.from < day).map((one) => (one.until === null || one.until > eve ? { from: one.from, until: eve } : { ...one }));
  if (!laid) return before;
  const last = before.at(-1);
  return last?.until === eve ? [...before.slice(0, -1), { from: last.from, until: null }] : [...before, { from: day, until: null }];
}

/** The day itself and every later one on which what holds changes. */
export function daysOfChange(layers: readonly Layer[], day: string): string[] {
  const days = layers.flatMap((one) => {
    const ends = standingOf(one).flatMap(({ body }) => ('until' in body && body.until !== null ? [addDays(body.until, 1)] : []));
    return [...standingOf(one).map((version) => version.fromDay), ...ends, ...one.periods.flatMap(({ from, until }) => [from, ...(until === null ? [] : [addDays(until, 1)])])];
  });
  return [...new Set([day, ...days.filter((one) => one > day)])].sort();
}
