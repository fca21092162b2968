// Decisions about the catalogue: what a change makes of its layers, whether that makes sense on every day that it touches, and what may be
// taken back. Pure: gives the layers as they would stand, or refuses.
import { refuse } from '../../../kernel/refuse.ts';
import { faultsOf, type Fault, type FaultCode } from './check.ts';
import type { Listed, Matched } from './cataloguefile.ts';
import { FRAME_FIELDS, type Catalogue, type FrameField, type FramePatch, type Item, type ItemPatch, type Overlay } from './shape.ts';
import { strangeChecks } from './checks.ts';
import { daysOfChange, effectiveOn, inForce, standingOf, switched, type Body, type Layer, type Period, type Version } from './layers.ts';

/** What someone wants of one layer. */
export type Draft =
  | { readonly kind: 'body'; readonly fromDay: string; readonly body: Body }
  | { readonly kind: 'item'; readonly fromDay: string; readonly code: string; readonly patch: ItemPatch; readonly reset?: readonly (keyof ItemPatch)[]; readonly sources?: Catalogue['sources']; /** Only the mark of who looked it up is new. */ readonly confirmed?: boolean }
  | { readonly kind: 'frame'; readonly fromDay: string; readonly patch: FramePatch; readonly reset?: readonly FrameField[]; readonly sources?: Catalogue['sources'] }
  | { readonly kind: 'drop'; readonly fromDay: string; readonly code: string }
  | { readonly kind: 'switch'; readonly fromDay: string; readonly laid: boolean };

export interface Drafted {
  /** All layers as they would stand. */
  readonly layers: readonly Layer[];
  /** The version that would be stored; a switch stores none. */
  readonly version?: { readonly number: number; readonly fromDay: string; readonly body: Body; readonly replaces: number | null };
  readonly periods?: readonly Period[];
}

export type CatalogueFaultCode = FaultCode | 'overlay_item';
export interface CatalogueFault extends Omit<Fault, 'code'> {
  readonly code: CatalogueFaultCode;
  /** The first day on which it would be so. */
  readonly day: string;
}

/** The layers as they would stand. A day that is over is refused: what held then has been worked by. */
export function drafted(layers: readonly Layer[], layer: Layer, draft: Draft, today: string): Drafted {
  if (draft.fromDay < today) refuse('approvals.past_day', { day: draft.fromDay, today });
  if (draft.kind === 'switch') {
    if (layer.kind === 'base') refuse('approvals.base_always', {});
    const periods = switched(layer.periods, draft.fromDay, draft.laid);
    if (JSON.stringify(periods) === JSON.stringify(layer.periods)) refuse('approvals.unchanged', {});
    return { layers: replaced(layers, { ...layer, periods }), periods };
  }
  const number = Math.max(0, ...layer.versions.map((one) => one.number)) + 1;
  const before = inForce(layer, draft.fromDay)?.body;
  const body = named(bodyOf(layer, before, draft), layer, number, draft.fromDay);
  if (before !== undefined && sameBody(before, body)) refuse('approvals.unchanged', {});
  // Whether a value was looked up is said by who looked it up, not by who sends it: what bears a mark must have borne it before, unchanged.
  const [strange] = draft.kind === 'item' && draft.confirmed === true ? [] : strangeChecks(body, layers.flatMap((one) => one.versions.map((version) => version.body)));
  if (strange !== undefined) refuse('approvals.check_by_hand', { place: strange });
  const same = standingOf(layer).find((one) => one.fromDay === draft.fromDay);
  return { layers: replaced(layers, withVersion(layer, { id: `draft:${String(number)}`, number, fromDay: draft.fromDay, body, withdrawn: false })), version: { number, fromDay: draft.fromDay, body, replaces: same?.number ?? null } };
}

function replaced(layers: readonly Layer[], layer: Layer): Layer[] {
  return layers.some((one) => one.code === layer.code) ? layers.map((one) => (one.code === layer.code ? layer : one)) : [...layers, layer];
}

function withVersion(layer: Layer, version: Version<Body>): Layer {
  if (layer.kind === 'base') return { ...layer, versions: [...layer.versions.map((one) => retired(one, version)), ...(isCatalogue(version) ? [version] : [])] };
  return { ...layer, versions: [...layer.versions.map((one) => retired(one, version)), ...(isCatalogue(version) ? [] : [{ ...version, body: overlayIn(version.body) }])] };
}

function retired<B extends Body>(one: Version<B>, by: Version<Body>): Version<B> {
  return one.fromDay === by.fromDay ? { ...one, withdrawn: true } : one;
}

function isCatalogue(one: Version<Body>): one is Version<Catalogue> {
  return !('until' in one.body);
}

function overlayIn(body: Body): Overlay {
  return 'until' in body ? body : refuse('approvals.other_kind', {});
}

function baseIn(body: Body): Catalogue {
  return 'until' in body ? refuse('approvals.other_kind', {}) : body;
}

function bodyOf(layer: Layer, before: Body | undefined, draft: Exclude<Draft, { kind: 'switch' }>): Body {
  if (draft.kind === 'body') {
    if (draft.body.code !== layer.code) refuse('approvals.other_layer', { code: draft.body.code, layer: layer.code });
    return layer.kind === 'base' ? baseIn(draft.body) : overlayIn(draft.body);
  }
  if (before === undefined) refuse('approvals.not_begun', { day: draft.fromDay });
  if (draft.kind === 'drop') return dropped(before, draft.code);
  if (draft.kind === 'frame') return framed(before, draft);
  return 'until' in before ? overlaid(before, draft) : patched(before, draft);
}

type ItemDraft = Extract<Draft, { kind: 'item' }>;

// In an overlay each field that it names stands for itself; one that is reset shows again what lies below.
function overlaid(overlay: Overlay, { code, patch, reset = [], sources = [] }: ItemDraft): Overlay {
  const merged = { ...overlay.items[code], ...patch };
  const kept = Object.fromEntries(Object.entries(merged).filter(([field]) => !reset.some((one) => one === field)));
  const others = Object.fromEntries(Object.entries(overlay.items).filter(([one]) => one !== code));
  return { ...overlay, sources: withSources(overlay.sources, sources), items: Object.keys(kept).length === 0 ? others : { ...others, [code]: kept } };
}

/** Flows, milestones, bundles and policy; of an overlay a part that is reset shows again what lies below. The base says all of them. */
function framed(body: Body, { patch, reset = [], sources = [] }: Extract<Draft, { kind: 'frame' }>): Body {
  const all = { sources: withSources(body.sources, sources) };
  if (!('until' in body)) return { ...body, ...patch, ...all };
  const kept = Object.fromEntries(Object.entries({ ...body, ...patch }).filter(([field]) => !FRAME_FIELDS.some((one) => one === field && reset.includes(one))));
  return { ...overlayFields(body), ...kept, ...all };
}

/** What an overlay cannot be without. */
function overlayFields({ code, version, name, from, until, sources, items }: Overlay): Overlay {
  return { code, version, name, from, until, sources, items };
}

function patched(base: Catalogue, { code, patch, sources = [] }: ItemDraft): Catalogue {
  const found = base.items.find((one) => one.code === code);
  const all = withSources(base.sources, sources);
  if (found !== undefined) return { ...base, sources: all, items: base.items.map((one) => (one === found ? { ...one, ...patch } : one)) };
  return { ...base, sources: all, items: [...base.items, whole(code, patch)].sort((a, b) => a.stage.localeCompare(b.stage)) };
}

/** A new item says everything of itself. */
function whole(code: string, patch: ItemPatch): Item {
  const { name, stage, departments, tracks } = patch;
  if (name === undefined || stage === undefined || departments === undefined || tracks === undefined) return refuse('approvals.item_incomplete', { item: code });
  return {
    code, statutory: [], promised: [], outside: [], group: null, simulatable: 'never', deferrable: false, promise: 'no', promiseWhen: null, silentConsent: false, regional: null,
    validity: null, materials: { main: [], secondary: [] }, quota: null, gates: [], note: null, ...patch, name, stage, departments, tracks,
  };
}

function withSources(known: Catalogue['sources'], added: Catalogue['sources']): Catalogue['sources'] {
  return [...known.filter((one) => !added.some((other) => other.key === one.key)), ...added];
}

function dropped(body: Body, code: string): Body {
  const has = 'until' in body ? Object.hasOwn(body.items, code) : body.items.some((one) => one.code === code);
  if (!has) refuse('approvals.unknown_item', { item: code });
  if ('until' in body) return { ...body, items: Object.fromEntries(Object.entries(body.items).filter(([one]) => one !== code)) };
  // What is no more stands in no published order; what waits for it must be said anew by a person.
  const without = (codes: readonly string[]): string[] => codes.filter((one) => one !== code);
  return { ...body, items: body.items.filter((one) => one.code !== code), flows: { enterprise: without(body.flows.enterprise), government: without(body.flows.government) } };
}

/** A stored version bears its number, so that the label of a catalogue names one content. */
function named(body: Body, layer: Layer, number: number, fromDay: string): Body {
  return { ...body, code: layer.code, version: String(number), from: fromDay };
}

function sameBody(a: Body, b: Body): boolean {
  const bare = (body: Body): string => JSON.stringify({ ...body, version: '', from: '' });
  return bare(a) === bare(b);
}

/** What would be wrong on the day of the change or on any later one; a layer that is not laid is looked at as if it were. */
export function catalogueFaults(layers: readonly Layer[], layer: string, fromDay: string): CatalogueFault[] {
  const found = new Map<string, CatalogueFault>();
  for (const day of daysOfChange(layers, fromDay)) {
    for (const one of faultsOn(layers, day, layer)) {
      const key = `${one.path} ${one.code} ${one.what}`;
      if (!found.has(key)) found.set(key, { ...one, day });
    }
  }
  return [...found.values()];
}

function faultsOn(layers: readonly Layer[], day: string, layer: string): Omit<CatalogueFault, 'day'>[] {
  const touched = layers.find((one) => one.code === layer);
  const base = layers.find((one) => one.kind === 'base');
  const root = base === undefined ? undefined : inForce(base, day)?.body;
  const known = new Set(root?.items.map((one) => one.code));
  const strangers = layers.flatMap((one) => {
    if (one.kind === 'base') return [];
    const body = inForce(one, day)?.body;
    return Object.keys(body?.items ?? {}).filter((code) => !known.has(code)).map((code) => ({ path: `items.${code}`, code: 'overlay_item' as const, what: `${code} (${one.code})` }));
  });
  // Nothing can be laid over a base that lacks what is patched: then the base is looked at alone.
  if (strangers.length > 0) return [...strangers, ...(root === undefined ? [] : faultsOf(root))];
  return faultsOf(effectiveOn(layers, day, touched?.kind === 'overlay' ? layer : undefined).catalogue);
}

/** Refuses where a change makes no sense, with every fault at its place. */
export function refuseFaults(faults: readonly CatalogueFault[]): void {
  if (faults.length === 0) return;
  refuse('approvals.unsound', { count: faults.length, errors: faults.map((one) => ({ path: one.path, rule: one.code, code: `approvals:fault.${one.code}`, params: { what: one.what, day: one.day } })) });
}

/** Only what is still to come is taken back; what held on a day has been worked by. */
export function withdrawable(layer: Layer, number: number, today: string): Version<Body> {
  const found = standingOf(layer).find((one) => one.number === number) ?? refuse('approvals.no_version', { number });
  return found.fromDay <= today ? refuse('approvals.in_force_already', { day: found.fromDay }) : found;
}

/** The layers without a version that is taken back. */
export function withoutVersion(layers: readonly Layer[], layer: Layer, number: number): Layer[] {
  const gone = <B extends Body>(one: Version<B>): Version<B> => (one.number === number ? { ...one, withdrawn: true } : one);
  return replaced(layers, layer.kind === 'base' ? { ...layer, versions: layer.versions.map(gone) } : { ...layer, versions: layer.versions.map(gone) });
}

/** Which item a row of a list is; null: none. */
export interface Choice {
  readonly row: number;
  readonly code: string | null;
}

/** What a list says of each item: matched rows and those that a person decided. Refuses two rows for one item, which only he can settle. */
export function listed(rows: readonly Matched[], choices: readonly Choice[], patchOf: (one: Listed) => ItemPatch): Record<string, ItemPatch> {
  const chosen = new Map(choices.map((one) => [one.row, one.code]));
  const patches: Record<string, ItemPatch> = {};
  for (const one of rows) {
    const code = chosen.has(one.listed.row) ? chosen.get(one.listed.row) : one.state === 'matched' ? one.code : null;
    if (code === null || code === undefined) continue;
    if (Object.hasOwn(patches, code)) refuse('approvals.chosen_twice', { item: code, row: one.listed.row });
    patches[code] = patchOf(one.listed);
  }
  return patches;
}
