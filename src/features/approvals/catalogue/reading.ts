// Reading the catalogue: what holds on a day, one item with everything about it, the layers with their versions. Reads only; which layer
// gives a value is said by the same overlaying that plans are counted with.
import { refuse } from '../../../kernel/refuse.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Db } from '../../../platform/db.ts';
import { readHandler, type QueryHandler } from '../../../platform/feature.ts';
import { changes } from './changes.ts';
import { FRAME_FIELDS, type Catalogue, type Item } from './shape.ts';
import { effective, type Effective } from './effective.ts';
import { FIELDS, getCatalogue, getItem, getVersion, getVersions, type Field, type LayerLine, type VersionLine } from './contract.ts';
import { effectiveOn, inForce, laidOn, standingOf, type Body, type Layer, type Version } from './layers.ts';
import { readLayers, versionMetas, type VersionMeta } from './store.ts';

const PERMISSION = 'approvals.read';

export const catalogueQueries: readonly QueryHandler[] = [
  readHandler(getCatalogue, {
    permission: PERMISSION,
    read: async ({ db, input, now }) => {
      const day = input.day ?? now.day;
      const layers = await readLayers(db);
      const found = effectiveOn(layers, day);
      const { name, sources, regional, items } = found.catalogue;
      return { day, label: found.label, name, sources: [...sources], regional: [...regional], layers: layers.map((one) => lineOf(one, day)), items: items.map((item) => ({ item, from: fromOf(found, item.code) })) };
    },
  }),
  readHandler(getItem, { permission: PERMISSION, read: async ({ db, input, now }) => itemOf(db, input.code, input.day ?? now.day, now.day) }),
  readHandler(getVersions, {
    permission: PERMISSION,
    read: async ({ db, now }) => {
      const [layers, metas] = await Promise.all([readLayers(db), versionMetas(db)]);
      const root = base(layers, now.day);
      return { day: now.day, layers: layers.map((one) => ({ layer: lineOf(one, now.day), items: countOf(one, now.day), versions: versionsOf(one, metas, root, now.day) })) };
    },
  }),
  readHandler(getVersion, {
    permission: PERMISSION,
    read: async ({ db, input }) => {
      const layers = await readLayers(db);
      const versions: readonly Version<Body>[] = layers.find((one) => one.code === input.layer)?.versions ?? [];
      const found = versions.find((one) => one.number === input.number) ?? refuse('platform.not_found', {});
      return { layer: input.layer, number: found.number, fromDay: found.fromDay, body: found.body };
    },
  }),
];

/** Fields of an item that another layer than the base gives. */
function fromOf(found: Effective, code: string): Record<string, string> {
  const root = found.catalogue.code;
  return Object.fromEntries(FIELDS.flatMap((field) => {
    const origin = found.originOf(code, field).code;
    return origin === root ? [] : [[field, origin] as const];
  }));
}

export function lineOf(layer: Layer, day: string): LayerLine {
  const version = inForce(layer, day);
  const standing = standingOf(layer);
  const shown = version ?? standing[0];
  return {
    code: layer.code, kind: layer.kind, name: shown?.body.name ?? { zh: layer.code, en: layer.code }, version: layer.version, sort: layer.sort,
    laid: layer.kind === 'base' || laidOn(layer.periods, day), periods: layer.periods.map((one) => ({ ...one })),
    inForce: version === undefined ? null : { number: version.number, label: version.body.version, fromDay: version.fromDay, until: 'until' in version.body ? version.body.until : null },
    nextDay: standing.find((one) => one.fromDay > day && one !== version)?.fromDay ?? null,
  };
}

function base(layers: readonly Layer[], day: string): Version<Catalogue> {
  const found = layers.find((one) => one.kind === 'base');
  const version = found === undefined ? undefined : inForce(found, day);
  if (version === undefined) throw new Error('the catalogue has no base');
  return version;
}

function countOf(layer: Layer, day: string): number {
  const body = inForce(layer, day)?.body;
  return body === undefined ? 0 : 'until' in body ? Object.keys(body.items).length : body.items.length;
}

async function itemOf(db: Db, code: string, day: string, today: string): Promise<OutputOf<typeof getItem>> {
  const [layers, metas] = await Promise.all([readLayers(db), versionMetas(db)]);
  const found = effectiveOn(layers, day);
  const { items, milestones, sources, regional } = found.catalogue;
  const item = items.find((one) => one.code === code) ?? refuse('platform.not_found', {});
  const root = base(layers, today);
  const history = layers.flatMap((one) => versionsOf(one, metas, root, today, code)).filter((one) => one.changes.some((change) => change.code === code));
  return {
    day, item, from: fromOf(found, code), sources: [...sources], regional: [...regional], layers: layers.map((one) => seenThrough(layers, one, code, day)),
    names: [...items.map(({ code: one, name, stage }) => ({ code: one, name, stage })), ...milestones.map(({ code: one, name }) => ({ code: one, name, stage: null }))],
    followers: [...items.map((one): Waiting => ({ code: one.code, enterprise: one.tracks.enterprise?.after, government: one.tracks.government?.after })), ...milestones.map((one): Waiting => ({ code: one.code, ...one.after }))].flatMap((one) => {
      const tracks = (['enterprise', 'government'] as const).filter((track) => one[track]?.some((after) => ('item' in after ? after.item === code : after.either.includes(code))));
      return tracks.length === 0 ? [] : [{ code: one.code, tracks }];
    }),
    history: history.sort((a, b) => (a.fromDay < b.fromDay ? 1 : a.fromDay > b.fromDay ? -1 : b.number - a.number)),
  };
}

interface Waiting {
  readonly code: string;
  readonly enterprise: NonNullable<Item['tracks']['enterprise']>['after'] | undefined;
  readonly government: NonNullable<Item['tracks']['enterprise']>['after'] | undefined;
}

/** The item as it is with the layer on top of what is laid below it, and without it. */
function seenThrough(layers: readonly Layer[], layer: Layer, code: string, day: string): OutputOf<typeof getItem>['layers'][number] {
  const line = lineOf(layer, day);
  const body = inForce(layer, day)?.body;
  const lower = under(layers, layer);
  const below = layer.kind === 'base' || body === undefined ? undefined : effectiveOn(lower, day);
  const through = body === undefined ? undefined : layer.kind === 'base' ? effectiveOn([layer], day) : effectiveOn([...lower, layer], day, layer.code);
  return {
    layer: line, item: itemIn(through, code), below: itemIn(below, code), says: body !== undefined && 'until' in body ? fieldsIn(body.items[code]) : [],
    sources: [...(through?.catalogue.sources ?? [])],
  };
}

/** The layers over which a layer is laid. */
export function under(layers: readonly Layer[], layer: Layer): Layer[] {
  return layers.filter((one) => one.kind === 'base' || (one !== layer && (one.sort < layer.sort || (one.sort === layer.sort && one.code < layer.code))));
}

function itemIn(found: Effective | undefined, code: string): Item | null {
  return found?.catalogue.items.find((one) => one.code === code) ?? null;
}

function fieldsIn(patch: object | undefined): Field[] {
  return FIELDS.filter((field) => patch !== undefined && Object.hasOwn(patch, field));
}

/** The versions of a layer, the newest first, each with what it changes against the standing one before it; of one item only where it is named. */
function versionsOf(layer: Layer, metas: readonly VersionMeta[], root: Version<Catalogue>, today: string, only?: string): VersionLine[] {
  const current = inForce(layer, today);
  const standing = standingOf(layer);
  const all: readonly Version<Body>[] = layer.versions;
  return all.toSorted((a, b) => b.number - a.number).map((one) => {
    const meta = metas.find((other) => other.layer === layer.code && other.number === one.number);
    const before = standing.findLast((other) => other.fromDay < one.fromDay) ?? standing.findLast((other) => other.fromDay === one.fromDay && other.number < one.number);
    return {
      layer: layer.code, number: one.number, label: one.body.version, fromDay: one.fromDay, state: stateOf(one, meta, current, today), source: meta?.source ?? 'shipped', note: meta?.note ?? null,
      createdBy: meta?.createdBy ?? null, createdAt: meta?.createdAt ?? null, withdrawnBy: meta?.withdrawnBy ?? null, withdrawnReason: meta?.withdrawnReason ?? null, replacedBy: meta?.replacedBy ?? null,
      changes: only === undefined ? knownChanges(before, one, root) : changesOf(before === undefined ? undefined : narrowed(before.body, only), narrowed(one.body, only), narrowed(root.body, only)),
    };
  });
}

function stateOf(one: Version<Body>, meta: VersionMeta | undefined, current: Version<Body> | undefined, today: string): VersionLine['state'] {
  if (one.withdrawn) return meta?.replacedBy === null || meta?.replacedBy === undefined ? 'withdrawn' : 'replaced';
  if (one === current) return 'in_force';
  return one.fromDay > today ? 'future' : 'past';
}

const KNOWN = new Map<string, VersionLine['changes']>();
const REMEMBERED = 1000; // some hundred versions of each zone that this process serves

/** Bodies of versions never change, so what lies between two of them is worked out once. */
function knownChanges(before: Version<Body> | undefined, after: Version<Body>, root: Version<Catalogue>): VersionLine['changes'] {
  const key = `${before?.id ?? ''} ${after.id} ${'until' in after.body ? root.id : ''}`;
  const found = KNOWN.get(key) ?? changesOf(before?.body, after.body, root.body);
  KNOWN.set(key, found);
  const [oldest] = KNOWN.keys();
  if (KNOWN.size > REMEMBERED && oldest !== undefined) KNOWN.delete(oldest);
  return found;
}

function narrowed(body: Catalogue, code: string): Catalogue;
function narrowed(body: Body, code: string): Body;
function narrowed(body: Body, code: string): Body {
  if (!('until' in body)) return { ...body, items: body.items.filter((one) => one.code === code) };
  return { ...body, items: Object.fromEntries(Object.entries(body.items).filter(([one]) => one === code)) };
}

function changesOf(before: Body | undefined, after: Body, root: Catalogue): VersionLine['changes'] {
  if (before === undefined) {
    const said = FRAME_FIELDS.filter((field) => field in after);
    return 'until' in after ? [...(said.length === 0 ? [] : [{ code: '', kind: 'frame' as const, fields: [...said] }]), ...Object.entries(after.items).map(([code, patch]) => ({ code, kind: 'changed' as const, fields: fieldsIn(patch) }))] : [];
  }
  const { items, frame } = !('until' in after) && !('until' in before) ? changes(before, after) : changes(over(root, before), over(root, after));
  return [...(frame.length === 0 ? [] : [{ code: '', kind: 'frame' as const, fields: [...frame] }]), ...items.map((one) => ({ ...one, fields: [...one.fields] }))];
}

function over(root: Catalogue, body: Body): Catalogue {
  if (!('until' in body)) return body;
  const known = new Set(root.items.map((one) => one.code));
  const items = Object.fromEntries(Object.entries(body.items).filter(([code]) => known.has(code)));
  return effective(root, [{ ...body, items, until: null }], body.from).catalogue;
}
