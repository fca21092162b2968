// SQL of the tree of organisations. The path of each from the root is kept, for it holds the reader keys of its projects.
import type { Actor } from '../../../platform/actor.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { ORG_KINDS, type OrgKind } from '../fields.ts';
import { within } from '../scope.ts';
import { namedLike } from './named.ts';
import { gramsFor, type Named, type OrganisationFacts } from './rules.ts';

const FACTS = sql`o.id, o.parent_id, o.path, o.kind, o.name, o.short_name, o.name_en, o.code, o.duties, o.sort, o.active, o.version`;

export async function lockOrganisation(tx: Db, actor: Actor, id: string): Promise<OrganisationFacts | undefined> {
  return tx.row<OrganisationFacts>(sql`select ${FACTS} from people_organisations o where o.id = ${id} and ${within(actor, sql`o.path`)} for update`);
}

/** Changes of the tree's shape follow one another: two moves at once could close a circle. */
export async function lockShape(tx: Db): Promise<void> {
  await tx.run(sql`select id from people_organisations where parent_id is null for update`);
}

/** Holds a parent open while something is put below it. */
export async function readParent(tx: Db, actor: Actor, id: string): Promise<OrganisationFacts | undefined> {
  return tx.row<OrganisationFacts>(sql`select ${FACTS} from people_organisations o where o.id = ${id} and ${within(actor, sql`o.path`)} for share`);
}

export interface NewOrganisation {
  readonly id: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
  readonly kind: string;
  readonly name: string;
  readonly shortName: string | null;
  readonly nameEn: string | null;
  readonly code: string | null;
  readonly sort: number;
  readonly pinyin: string;
}

export async function insertOrganisation(tx: Db, one: NewOrganisation): Promise<void> {
  await tx.run(sql`
    insert into people_organisations (id, parent_id, path, kind, name, short_name, name_en, code, sort, pinyin, grams)
    values (${one.id}, ${one.parentId}, ${[...one.path]}::uuid[], ${one.kind}, ${one.name}, ${one.shortName}, ${one.nameEn}, ${one.code}, ${one.sort}, ${one.pinyin}, ${gramsFor(one)}::bigint[])`);
}

const COLUMNS: Readonly<Record<string, string>> = { parentId: 'parent_id', kind: 'kind', name: 'name', shortName: 'short_name', nameEn: 'name_en', code: 'code', sort: 'sort', pinyin: 'pinyin', active: 'active' };

export async function updateOrganisation(tx: Db, id: string, values: Readonly<Record<string, unknown>>): Promise<number> {
  const set: Sql[] = [sql`version = version + 1`];
  for (const [name, value] of Object.entries(values)) {
    const column = COLUMNS[name];
    if (column === undefined) throw new Error(`an organisation has no ${name}`);
    set.push(sql`${sql.id(column)} = ${scalar(value)}`);
  }
  const row = await tx.row<{ version: number }>(sql`update people_organisations set ${sql.join(set)} where id = ${id} returning version`);
  if (row === undefined) throw new Error(`organisation ${id} vanished under its lock`);
  return row.version;
}

/** After a change of what it is called. */
export async function keepGrams(tx: Db, id: string, one: Named): Promise<void> {
  await tx.run(sql`update people_organisations set grams = ${gramsFor(one)}::bigint[] where id = ${id}`);
}

/** Those that have no pairs yet; another server that fills at the same time takes others. */
export async function unfilled(tx: Db, limit: number): Promise<(Named & { readonly id: string })[]> {
  return tx.rows(sql`select id, name, short_name as "shortName", name_en as "nameEn", code, pinyin from people_organisations where grams is null order by id limit ${limit} for no key update skip locked`);
}

export async function fill(tx: Db, rows: readonly { readonly id: string; readonly grams: readonly number[] }[]): Promise<void> {
  await tx.run(sql`update people_organisations o set grams = v.grams from ${columns({ id: 'uuid', grams: 'bigint[]' }, rows)} as v where o.id = v.id`);
}

function scalar(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Gives the whole subtree its new paths and tells which organisations moved. */
export async function movePaths(tx: Db, id: string, parentPath: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    update people_organisations set path = ${[...parentPath]}::uuid[] || path[array_position(path, ${id}::uuid):] where path @> array[${id}::uuid] returning id`);
  return rows.map((row) => row.id);
}

export async function deepest(tx: Db, id: string): Promise<number> {
  const row = await tx.row<{ depth: number }>(sql`select max(cardinality(path)) as depth from people_organisations where path @> array[${id}::uuid]`);
  return row?.depth ?? 0;
}

export async function holdings(tx: Db, id: string): Promise<{ children: number; users: number }> {
  const row = await tx.row<{ children: number; users: number }>(sql`
    select (select count(*) from people_organisations where parent_id = ${id} and active) as children,
           (select count(*) from people_users where org_id = ${id} and active) as users`);
  return row ?? { children: 0, users: 0 };
}

export interface ListedRow extends Omit<OrganisationFacts, 'path'> {
  readonly depth: number;
  readonly users: number;
  readonly children: number;
}

export interface ListFilter {
  readonly q?: string;
  readonly kinds?: readonly OrgKind[];
  readonly under?: string;
  readonly closed?: boolean;
}

function conditions(actor: Actor, filter: ListFilter): Sql {
  return sql.all([
    within(actor, sql`o.path`), namedLike(filter.q),
    ...(filter.closed === true ? [] : [sql`o.active`]),
    ...(filter.kinds === undefined || filter.kinds.length === 0 ? [] : [sql`o.kind = any(${[...filter.kinds]}::text[])`]),
    ...(filter.under === undefined ? [] : [sql`o.path @> array[${filter.under}::uuid]`]),
  ]);
}

// The trail of an organisation is what puts it behind its parent and before its parent's next neighbour: one text compared byte by
// byte, so that a page can go on where the last one ended.
const TRAIL = sql`array_position(array['zone', 'department', 'town', 'park', 'enterprise', 'other'], o.kind)::text || lpad(o.sort::text, 7, '0') || o.name || chr(2) || o.id::text || chr(1)`;

export async function listOrganisations(db: Db, actor: Actor, filter: ListFilter, after: string | undefined, limit: number): Promise<ListedRow[]> {
  return db.rows<ListedRow>(sql`
    with recursive tree (id, trail) as (
      select o.id, ${TRAIL} from people_organisations o where o.parent_id is null
      union all
      select o.id, tree.trail || ${TRAIL} from tree join people_organisations o on o.parent_id = tree.id)
    select o.id, o.parent_id, o.kind, o.name, o.short_name, o.name_en, o.code, o.duties, o.sort, o.active, o.version, cardinality(o.path) - 1 as depth,
           (select count(*) from people_users u where u.org_id = o.id and u.active) as users,
           (select count(*) from people_organisations below where below.parent_id = o.id and below.active) as children
    from tree join people_organisations o on o.id = tree.id
    where ${conditions(actor, filter)} ${after === undefined ? sql.empty : sql`and tree.trail collate "C" > (select trail from tree where id = ${after}) collate "C"`}
    order by tree.trail collate "C" limit ${limit}`);
}

export async function countKinds(db: Db, actor: Actor, filter: ListFilter): Promise<{ kind: OrgKind; count: number }[]> {
  return db.rows(sql`select o.kind, count(*) as count from people_organisations o where ${conditions(actor, { ...filter, kinds: [] })} group by o.kind order by min(array_position(array['zone', 'department', 'town', 'park', 'enterprise', 'other'], o.kind))`);
}

export interface PickedRow {
  readonly id: string;
  readonly name: string;
  readonly shortName: string | null;
  readonly kind: OrgKind;
  readonly parentName: string | null;
}

/** Names that hold a text: so many are ranked, whatever there are. */
const CANDIDATES = 500;

/** Whoever belongs to an enterprise finds that enterprise alone; everyone else finds all that are open. */
export async function pick(db: Db, actor: Actor, filter: { readonly q?: string; readonly kinds?: readonly OrgKind[]; readonly ids?: readonly string[] }, limit: number): Promise<PickedRow[]> {
  const text = (filter.q ?? '').trim().toLowerCase();
  const conditions = sql`${filter.ids === undefined ? sql`o.active` : sql`o.id = any(${[...filter.ids]}::uuid[])`}
    ${actor.isSystem ? sql.empty : sql`and (o.id = ${actor.orgId} or exists (select 1 from people_organisations own where own.id = ${actor.orgId} and own.kind <> 'enterprise'))`}`;
  const kinds = filter.kinds === undefined || filter.kinds.length === 0 ? ORG_KINDS : ORG_KINDS.filter((kind) => filter.kinds?.includes(kind));
  // Without a text the first of each kind, by its index; with one what the pairs find.
  const found = text === ''
    ? sql`(select x.id from unnest(${[...kinds]}::text[]) as k (kind) cross join lateral (select o.id from people_organisations o where o.kind = k.kind and ${conditions} order by o.sort, o.name, o.id limit ${limit}) as x)`
    : sql`(${sql.join([namedLike(filter.q, true), namedLike(filter.q)].map((where) => sql`(select o.id from people_organisations o where ${where} and o.kind = any(${[...kinds]}::text[]) and ${conditions} limit ${CANDIDATES})`), ' union ')})`;
  return db.rows<PickedRow>(sql.fresh(sql`
    select o.id, ${inLanguage(actor, sql`o.name`, sql`o.name_en`)} as name, o.short_name as "shortName", o.kind,
           ${inLanguage(actor, sql`coalesce(parent.short_name, parent.name)`, sql`parent.name_en`)} as "parentName"
    from ${found} as f join people_organisations o on o.id = f.id left join people_organisations parent on parent.id = o.parent_id
    order by ${text === '' ? sql.empty : sql`(strpos(o.pinyin, ${text}) = 1 or strpos(lower(o.name), ${text}) = 1) desc,`}
      array_position(${[...ORG_KINDS]}::text[], o.kind), o.sort, o.name, o.id limit ${limit}`));
}

function inLanguage(actor: Actor, chinese: Sql, english: Sql): Sql {
  return actor.locale === 'en' ? sql`coalesce(${english}, ${chinese})` : chinese;
}
