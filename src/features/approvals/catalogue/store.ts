// SQL of the catalogue: layers and their versions, and the one reading of the catalogue that everything else builds on. Bodies are written
// once; what is remembered between reads is remembered by the id of a version, whose body cannot change.
import { newId } from '../../../kernel/ids.ts';
import { json, sql, type Db } from '../../../platform/db.ts';
import { checker } from '../../../platform/validate.ts';
import { Catalogue, Overlay } from './shape.ts';
import { effective, type Effective } from './effective.ts';
import { inForce, overlaysOn, type Body, type Layer, type Period, type Version } from './layers.ts';
import { SHIPPED } from './shipped.ts';

export const SOURCES = ['shipped', 'edited', 'imported'] as const;
export type VersionSource = (typeof SOURCES)[number];

/**
 * The catalogue as it holds in this zone on a day (YYYY-MM-DD): the base with every overlay laid on that day, and for each value of an item
 * the layer and version it comes from. One statement; a version is fetched and checked once.
 */
export async function readCatalogue(db: Db, day: string): Promise<Effective> {
  const layers = await readLayers(db, day);
  const base = layers.find((one) => one.kind === 'base');
  const under = base === undefined ? undefined : inForce(base, day);
  if (under === undefined) throw new Error('the catalogue has no base');
  const overlays = overlaysOn(layers, day);
  return remember(KNOWN, [under, ...overlays].map((one) => one.id).join(), () => effective(under.body, overlays.map((one) => one.body), day));
}

interface Row {
  readonly code: string; readonly kind: 'base' | 'overlay'; readonly version: number; readonly sort: number; readonly periods: Period[];
  readonly id: string; readonly number: number; readonly fromDay: string; readonly withdrawn: boolean;
}

/** Every layer; with a day only the versions that may hold on it, without one all, also those that were taken back. */
export async function readLayers(db: Db, day?: string): Promise<Layer[]> {
  const versions = sql`select v.id, v.number, v.from_day, v.withdrawn_at from approvals_layer_versions v where v.layer = l.code`;
  // The base before its first day is the first one: of each layer the earliest comes too.
  const which = day === undefined ? versions : sql`
    (${versions} and v.withdrawn_at is null and v.from_day <= ${day}::date order by v.from_day desc limit 1)
    union (${versions} and v.withdrawn_at is null order by v.from_day limit 1)`;
  const rows = await db.rows<Row>(sql`
    select l.code, l.kind, l.version, l.sort, l.periods, v.id, v.number, v.from_day as "fromDay", v.withdrawn_at is not null as withdrawn
    from approvals_layers l cross join lateral (${which}) v order by l.code, v.number`);
  const bodies = await bodiesOf(db, rows.map((one) => one.id));
  const stored = [...new Set(rows.map((one) => one.code))].flatMap((code) => layerOf(rows.filter((one) => one.code === code), bodies));
  return [...SHIPPED.filter((one) => !stored.some(({ code }) => code === one.code)), ...stored].sort((a, b) => a.sort - b.sort || (a.code < b.code ? -1 : 1));
}

function layerOf(rows: readonly Row[], bodies: ReadonlyMap<string, Body>): Layer[] {
  const [first] = rows;
  if (first === undefined) return [];
  const { code, kind, version, sort, periods } = first;
  const own = rows.flatMap((one): Version<Body>[] => {
    const body = bodies.get(one.id);
    return body === undefined ? [] : [{ id: one.id, number: one.number, fromDay: one.fromDay, withdrawn: one.withdrawn, body }];
  });
  const common = { code, version, sort, periods };
  return [kind === 'base' ? { ...common, kind, versions: own.filter(isBase) } : { ...common, kind, versions: own.filter(isOverlay) }];
}

function isOverlay(one: Version<Body>): one is Version<Overlay> {
  return 'until' in one.body;
}

function isBase(one: Version<Body>): one is Version<Catalogue> {
  return !isOverlay(one);
}

const checkBase = checker(Catalogue);
const checkOverlay = checker(Overlay);

/** A body as it stands in the database or came from outside. Refuses `platform.invalid`. */
export function checkBody(kind: Layer['kind'], body: unknown): Body {
  return kind === 'base' ? checkBase(body) : checkOverlay(body);
}

async function bodiesOf(db: Db, ids: readonly string[]): Promise<Map<string, Body>> {
  const found = new Map(ids.flatMap((id) => {
    const body = BODIES.get(id);
    return body === undefined ? [] : [[id, body] as const];
  }));
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  const rows = await db.rows<{ id: string; kind: Layer['kind']; body: unknown }>(sql`
    select v.id, l.kind, v.body from approvals_layer_versions v join approvals_layers l on l.code = v.layer where v.id = any(${missing}::uuid[])`);
  for (const row of rows) found.set(row.id, remember(BODIES, row.id, () => checkBody(row.kind, row.body)));
  return found;
}

const REMEMBERED = 64; // some dozens of versions and days of each zone that this process serves
const BODIES = new Map<string, Body>();
const KNOWN = new Map<string, Effective>();

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.delete(key);
  known.set(key, value);
  const [oldest] = known.keys();
  if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  return value;
}

/** A layer under a code that there is not: an overlay, for there is one base. */
export function newLayer(layers: readonly Layer[], code: string): Layer {
  return { code, kind: 'overlay', version: 0, sort: Math.max(0, ...layers.map((one) => one.sort)) + 10, periods: [], versions: [] };
}

/** One at a time changes the catalogue: whether a layer makes sense depends on the others. */
export async function lockLayers(tx: Db): Promise<Layer[]> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('approvals.catalogue', 0))`);
  return readLayers(tx);
}

export interface NewVersion {
  readonly number: number;
  readonly fromDay: string;
  readonly body: Body;
  readonly note: string;
  readonly source: VersionSource;
  /** The standing version from the same day, which this one replaces. */
  readonly replaces: number | null;
}

/** Raises the version of a layer, storing first what came with the program where nobody has changed it yet. Gives the new version. */
export async function touchLayer(tx: Db, layer: Layer, change: { readonly sort?: number; readonly periods?: readonly Period[] }, by: string, at: Date): Promise<number> {
  const sort = change.sort ?? layer.sort;
  const row = await tx.row<{ version: number }>(sql`
    insert into approvals_layers (code, kind, version, sort, periods) values (${layer.code}, ${layer.kind}, 1, ${sort}, ${json(change.periods ?? layer.periods)}::jsonb)
    on conflict (code) do update set version = approvals_layers.version + 1, sort = excluded.sort, periods = excluded.periods returning version`);
  if (layer.version === 0) {
    for (const { number, fromDay, body } of layer.versions) await insertVersion(tx, layer.code, { number, fromDay, body, note: '', source: 'shipped' }, by, at);
  }
  return row?.version ?? 1;
}

/** Adds a version to a layer that is stored. */
export async function addVersion(tx: Db, layer: string, version: NewVersion, by: string, at: Date): Promise<void> {
  if (version.replaces !== null) {
    await tx.run(sql`
      update approvals_layer_versions set withdrawn_at = ${at}, withdrawn_by = ${by}, replaced_by = ${version.number} where layer = ${layer} and number = ${version.replaces}`);
  }
  await insertVersion(tx, layer, version, by, at);
}

async function insertVersion(tx: Db, layer: string, one: Omit<NewVersion, 'replaces'>, by: string, at: Date): Promise<void> {
  await tx.run(sql`
    insert into approvals_layer_versions (id, layer, number, from_day, body, note, source, created_by, created_at)
    values (${newId(at.getTime())}, ${layer}, ${one.number}, ${one.fromDay}, ${json(one.body)}::json, ${one.note === '' ? null : one.note}, ${one.source},
            ${one.source === 'shipped' ? null : by}, ${at})`);
}

export async function withdraw(tx: Db, layer: string, number: number, reason: string, by: string, at: Date): Promise<void> {
  await tx.run(sql`update approvals_layer_versions set withdrawn_at = ${at}, withdrawn_by = ${by}, withdrawn_reason = ${reason} where layer = ${layer} and number = ${number}`);
}

export interface VersionMeta {
  readonly layer: string; readonly number: number; readonly note: string | null; readonly source: VersionSource; readonly createdBy: string | null; readonly createdAt: string;
  readonly withdrawnAt: string | null; readonly withdrawnBy: string | null; readonly withdrawnReason: string | null; readonly replacedBy: number | null;
}

/** Who stored which version, when and why; of layers that nobody has changed nothing. */
export async function versionMetas(db: Db): Promise<VersionMeta[]> {
  return db.rows<VersionMeta>(sql`
    select v.layer, v.number, v.note, v.source, c.name as "createdBy", v.created_at as "createdAt", v.withdrawn_at as "withdrawnAt", w.name as "withdrawnBy",
           v.withdrawn_reason as "withdrawnReason", v.replaced_by as "replacedBy"
    from approvals_layer_versions v left join people_users c on c.id = v.created_by left join people_users w on w.id = v.withdrawn_by order by v.layer, v.number desc`);
}
