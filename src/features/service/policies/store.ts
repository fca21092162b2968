// SQL of policies: locking, versions, the lists as officers and enterprises read them, and whom they were told.
import { addDays } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { json, sql, type Db, type Sql } from '../../../platform/db.ts';
import { columns } from '../../../platform/columns.ts';
import { initials } from '../../../platform/pinyin.ts';
import { anyOf, counted, placeOf } from '../reading.ts';
import { askedPairs, pairsOf } from '../words.ts';
import type { Conditions } from './conditions.ts';
import type { GIVES, LEVELS } from './contract.ts';
import { lockMatches, matchPolicy } from './match.ts';
import { ENDING_DAYS, type Content } from './rules.ts';

export interface PolicyRow {
  readonly id: string; readonly version: number; readonly name: string; readonly number: string; readonly issuer: string; readonly level: (typeof LEVELS)[number]; readonly gives: (typeof GIVES)[number]; readonly amount_fen: number | null; readonly benefit: string;
  readonly valid_from: string; readonly valid_until: string | null; readonly apply_from: string | null; readonly apply_until: string | null; readonly department_id: string | null; readonly department_name: string | null;
  readonly conditions: Conditions | null; readonly withdrawn_day: string | null; readonly how: string;
  readonly yes: number; readonly unknown: number; readonly told: number; readonly applied: number; readonly received: number;
  readonly applied_day: string | null; readonly received_day: string | null; readonly declined_day: string | null; readonly told_day: string | null;
}

/** Some counts of one policy's own rows; asked of the rows of a page only. */
const matches = (fits: string): Sql => sql`(select count(*)::int from service_matches m where m.policy_id = p.id and m.fits = ${fits})`;
const deliveries = (condition: Sql): Sql => sql`(select count(*)::int from service_deliveries d where d.policy_id = p.id and ${condition})`;
const line = (orgId: string | undefined, counts: boolean): Sql => sql`
  p.id, p.version, p.name, p.number, p.issuer, p.level, p.gives, p.amount_fen, p.benefit, p.valid_from, p.valid_until, p.apply_from, p.apply_until, p.department_id, coalesce(o.short_name, o.name) as department_name, p.conditions, p.withdrawn_day, p.how,
  ${counts ? sql`${matches('yes')} as yes, ${matches('unknown')} as unknown, ${deliveries(sql`true`)} as told, ${deliveries(sql`d.applied_day is not null`)} as applied, ${deliveries(sql`d.received_day is not null`)} as received`
    : sql`0 as yes, 0 as unknown, 0 as told, 0 as applied, 0 as received`},
  ${orgId === undefined ? sql`null::date as told_day, null::date as applied_day, null::date as received_day, null::date as declined_day` : sql`own.told_day, own.applied_day, own.received_day, own.declined_day`}`;
const from = (orgId: string | undefined): Sql => sql`service_policies p left join people_organisations o on o.id = p.department_id ${orgId === undefined ? sql.empty : sql`left join service_deliveries own on own.policy_id = p.id and own.org_id = ${orgId}`}`;

export interface Filter {
  readonly q?: string | undefined; readonly level?: readonly string[] | undefined; readonly gives?: readonly string[] | undefined; readonly departmentId?: readonly string[] | undefined; readonly state?: 'open' | 'ending' | 'current' | 'unstated' | 'all' | undefined;
  readonly orgId?: string | undefined; readonly fits?: 'yes' | 'unknown' | undefined;
}

const LAST = '9999-12-31';

export async function list(db: Db, filter: Filter, officer: boolean, after: string | undefined, limit: number, day: string): Promise<{ rows: PolicyRow[]; total: number; cursorOf: (row: PolicyRow) => string }> {
  const conditions = await conditionsOf(db, filter, day);
  const place = placeOf(after);
  const rows = await db.rows<PolicyRow>(sql.fresh(sql`
    select ${line(filter.orgId, officer)} from ${from(filter.orgId)}
    where ${sql.all([...conditions, ...(place === undefined ? [] : [sql`(coalesce(p.apply_until, date '9999-12-31'), p.id) > (${place.at}::date, ${place.id}::uuid)`])])}
    order by coalesce(p.apply_until, date '9999-12-31'), p.id limit ${limit}`));
  return { rows, total: await counted(db, sql`from service_policies p where ${sql.all(conditions)}`), cursorOf: (row) => `${row.apply_until ?? LAST}~${row.id}` };
}

async function conditionsOf(db: Db, { q, level, gives, departmentId, state = 'current', orgId, fits }: Filter, day: string): Promise<Sql[]> {
  const asked = askedPairs(q ?? '');
  const current = sql`(p.valid_until >= ${day} is not false and p.apply_until >= ${day} is not false)`;
  const known = fits === undefined || orgId === undefined || (await db.row(sql`select 1 as one from service_enterprises where org_id = ${orgId}`)) !== undefined;
  return [
    sql`p.withdrawn_day is null`, ...anyOf(sql`p.level`, level), ...anyOf(sql`p.gives`, gives), ...anyOf(sql`p.department_id`, departmentId, 'uuid'), ...(asked.length === 0 ? [] : [sql`p.grams @> ${asked}::bigint[]`]),
    ...(state === 'all' ? [] : state === 'unstated' ? [sql`p.conditions is null`] : [current]), ...(state === 'open' || state === 'ending' ? [sql`coalesce(p.apply_from, p.valid_from) <= ${day} and p.valid_from <= ${day}`] : []),
    ...(state === 'ending' ? [sql`p.apply_until <= ${addDays(day, ENDING_DAYS)}`] : []),
    // Of whom nothing is known, everything that asks for something is not known.
    ...(fits === undefined || orgId === undefined ? [] : known ? [sql`exists (select 1 from service_matches m where m.policy_id = p.id and m.org_id = ${orgId} and m.fits = ${fits})`] : [fits === 'yes' ? sql`p.conditions = '[]'` : sql`p.conditions <> '[]'`]),
  ];
}

export async function one(db: Db, id: string, orgId: string | undefined, officer: boolean): Promise<PolicyRow | undefined> {
  return db.row<PolicyRow>(sql`select ${line(orgId, officer)} from ${from(orgId)} where p.id = ${id} ${officer ? sql.empty : sql`and p.withdrawn_day is null`}`);
}

export interface Locked { readonly id: string; readonly version: number; readonly name: string; readonly number: string; readonly withdrawn_day: string | null; readonly apply_until: string | null; readonly valid_until: string | null }

/** For a change of what it asks for: no enterprise is judged meanwhile. */
export async function lock(tx: Db, id: string): Promise<Locked | undefined> {
  await lockMatches(tx, 'all');
  return lockAlone(tx, id);
}

export async function lockAlone(tx: Db, id: string): Promise<Locked | undefined> {
  return tx.row<Locked>(sql`select id, version, name, number, withdrawn_day, apply_until, valid_until from service_policies where id = ${id} for update`);
}

/** Of the same name and number as another that holds. */
export async function named(tx: Db, name: string, number: string, but: string | undefined): Promise<boolean> {
  return (await tx.row(sql`select 1 as one from service_policies where name = ${name.trim()} and number = ${number.trim()} and withdrawn_day is null and id <> ${but ?? null}::uuid is not false`)) !== undefined;
}

export async function insert(tx: Db, id: string, content: Content, by: Actor, now: Now): Promise<void> {
  await tx.run(sql`
    insert into service_policies (id, ${sql.join(NAMES.map((name) => sql.id(name)))}, created_at, updated_at) values (${id}, ${sql.join(valuesOf(content))}, ${now.instant}, ${now.instant})`);
  await after(tx, id, 1, content, null, by, now);
}

export async function update(tx: Db, id: string, content: Content, note: string | null, by: Actor, now: Now): Promise<number> {
  const values = valuesOf(content);
  const row = await tx.row<{ version: number }>(sql`
    update service_policies set version = version + 1, ${sql.join(NAMES.map((name, i) => sql`${sql.id(name)} = ${values[i] ?? sql`null`}`))}, updated_at = ${now.instant} where id = ${id} returning version`);
  await after(tx, id, row?.version ?? 1, content, note, by, now);
  return row?.version ?? 1;
}

const NAMES = ['name', 'number', 'issuer', 'level', 'valid_from', 'valid_until', 'apply_from', 'apply_until', 'gives', 'amount_fen', 'benefit', 'how', 'department_id', 'conditions', 'grams'] as const;

function valuesOf(one: Content): Sql[] {
  return [
    sql`${one.name}`, sql`${one.number}`, sql`${one.issuer}`, sql`${one.level}`, sql`${one.validFrom}`, sql`${one.validUntil}`, sql`${one.applyFrom}`, sql`${one.applyUntil}`, sql`${one.gives}`, sql`${one.amountFen}`, sql`${one.benefit}`, sql`${one.how}`,
    sql`${one.departmentId}`, one.conditions === null ? sql`null` : sql`${json(one.conditions)}::jsonb`, sql`${gramsOf(one)}::bigint[]`,
  ];
}

const gramsOf = (one: Content): number[] => pairsOf(one.name, one.number, one.issuer, one.benefit, initials(one.name));

export interface Imported { readonly id: string; readonly content: Content }
const IMPORTED = { name: 'text', number: 'text', issuer: 'text', level: 'text', valid_from: 'date', valid_until: 'date', apply_from: 'date', apply_until: 'date', gives: 'text', amount_fen: 'bigint', benefit: 'text', how: 'text', department_id: 'uuid', grams: 'bigint[]' } as const;
const IMPORTED_NAMES = Object.keys(IMPORTED);

const importedRow = ({ id, content: one }: Imported) => ({
  id, name: one.name, number: one.number, issuer: one.issuer, level: one.level, valid_from: one.validFrom, valid_until: one.validUntil, apply_from: one.applyFrom, apply_until: one.applyUntil, gives: one.gives, amount_fen: one.amountFen, benefit: one.benefit,
  how: one.how, department_id: one.departmentId, grams: gramsOf(one), body: one,
});

/** The rows of a list at once. None has conditions of its own: new ones suit nobody yet, and whom the others suit does not change. */
export async function importAll(tx: Db, added: readonly Imported[], changed: readonly Imported[], note: string, by: Actor, { day, instant }: Now): Promise<void> {
  const names = sql.join(IMPORTED_NAMES.map((name) => sql.id(name)));
  const version = (rows: readonly Imported[], numbered: Sql, said: string | null): Sql => sql`
    insert into service_policy_versions (policy_id, number, body, note, by_id, by_name, at, day) select v.id, ${numbered}, v.body, ${said}, ${by.userId}, ${by.name}, ${instant}, ${day}
    from ${columns({ id: 'uuid', body: 'jsonb' }, rows.map(({ id, content }) => ({ id, body: content })))} as v join service_policies p on p.id = v.id`;
  if (added.length > 0) {
    await tx.run(sql`insert into service_policies (id, ${names}, created_at, updated_at) select id, ${names}, ${instant}, ${instant} from ${columns({ id: 'uuid', ...IMPORTED }, added.map(importedRow))} as v`);
    await tx.run(version(added, sql`1`, null));
  }
  if (changed.length === 0) return;
  await tx.run(sql`
    update service_policies p set version = p.version + 1, updated_at = ${instant}, ${sql.join(IMPORTED_NAMES.map((name) => sql`${sql.id(name)} = v.${sql.id(name)}`))}
    from ${columns({ id: 'uuid', ...IMPORTED }, changed.map(importedRow))} as v where p.id = v.id`);
  await tx.run(version(changed, sql`p.version`, note));
}

async function after(tx: Db, id: string, number: number, content: Content, note: string | null, by: Actor, now: Now): Promise<void> {
  const { day, instant } = now;
  await tx.run(sql`insert into service_policy_versions (policy_id, number, body, note, by_id, by_name, at, day) values (${id}, ${number}, ${json(content)}::jsonb, ${note}, ${by.userId}, ${by.name}, ${instant}, ${day})`);
  await matchPolicy(tx, id, content.conditions);
}

export async function withdraw(tx: Db, id: string, { day, instant }: Now): Promise<number> {
  await matchPolicy(tx, id, null);
  return (await tx.row<{ version: number }>(sql`update service_policies set version = version + 1, withdrawn_day = ${day}, updated_at = ${instant} where id = ${id} returning version`))?.version ?? 1;
}

export async function versionsOf(db: Db, id: string): Promise<{ number: number; day: string; by: string; note: string | null }[]> {
  return db.rows(sql`select number, day, by_name as by, note from service_policy_versions where policy_id = ${id} order by number desc limit 50`);
}

export async function receivedFen(db: Db, id: string): Promise<number> {
  return (await db.row<{ fen: number }>(sql`select coalesce(sum(amount_fen), 0)::bigint as fen from service_deliveries where policy_id = ${id} and received_day is not null`))?.fen ?? 0;
}

/** Towns and parks, for the names of places in conditions and traits. */
export async function placesOf(db: Db): Promise<{ id: string; name: string }[]> {
  return db.rows(sql`select id, coalesce(short_name, name) as name from people_organisations where kind in ('town', 'park') and active order by sort, name limit 200`);
}

export interface FitRow { readonly id: string; readonly name: string; readonly fits: 'yes' | 'unknown'; readonly traits: Readonly<Record<string, boolean | number | string>>; readonly verified: boolean; readonly told_day: string | null; readonly applied_day: string | null; readonly received_day: string | null; readonly declined_day: string | null }

/** Who surely may first; within that by id, which the index of matches is ordered by. */
export async function enterprisesFor(db: Db, policyId: string, fits: 'yes' | 'unknown' | undefined, after: string | undefined, limit: number): Promise<{ rows: FitRow[]; total: number }> {
  const place = placeOf(after);
  const rows = await db.rows<FitRow>(sql`
    select m.org_id as id, o.name, m.fits, e.traits, not exists (select 1 from service_traits t where t.org_id = m.org_id and t.verified_day is null) as verified, d.told_day, d.applied_day, d.received_day, d.declined_day
    from service_matches m join people_organisations o on o.id = m.org_id join service_enterprises e on e.org_id = m.org_id left join service_deliveries d on d.policy_id = m.policy_id and d.org_id = m.org_id
    where m.policy_id = ${policyId} ${fits === undefined ? sql.empty : sql`and m.fits = ${fits}`} ${place === undefined ? sql.empty : sql`and (m.fits < ${place.at} or (m.fits = ${place.at} and m.org_id > ${place.id}::uuid))`}
    order by m.fits desc, m.org_id limit ${limit}`);
  return { rows, total: await counted(db, sql`from service_matches m where m.policy_id = ${policyId} ${fits === undefined ? sql.empty : sql`and m.fits = ${fits}`}`) };
}

/** Enterprises that are told now: each once, and only those that there are. */
export async function tellTo(tx: Db, policyId: string, orgs: readonly { readonly id: string; readonly deliveryId: string }[], by: Actor, { day }: Now): Promise<string[]> {
  const rows = await tx.rows<{ org_id: string }>(sql`
    insert into service_deliveries (id, policy_id, org_id, told_day, told_name) select v.delivery, ${policyId}, o.id, ${day}, ${by.name} from ${columns({ id: 'uuid', delivery: 'uuid' }, orgs.map((one) => ({ id: one.id, delivery: one.deliveryId })))} as v
      join people_organisations o on o.id = v.id and o.kind = 'enterprise' on conflict (policy_id, org_id) do nothing returning org_id`);
  return rows.map((row) => row.org_id);
}

export interface DeliveryRow {
  readonly id: string; readonly version: number; readonly policy_id: string; readonly policy_name: string; readonly org_id: string; readonly org_name: string; readonly told_day: string; readonly told_name: string; readonly applied_day: string | null; readonly received_day: string | null;
  readonly declined_day: string | null; readonly amount_fen: number | null; readonly note: string | null;
}
const DELIVERY = sql`d.id, d.version, d.policy_id, p.name as policy_name, d.org_id, o.name as org_name, d.told_day, d.told_name, d.applied_day, d.received_day, d.declined_day, d.amount_fen, d.note from service_deliveries d join service_policies p on p.id = d.policy_id join people_organisations o on o.id = d.org_id`;

export async function lockDelivery(tx: Db, id: string, orgs: readonly string[] | undefined): Promise<DeliveryRow | undefined> {
  return tx.row<DeliveryRow>(sql`select ${DELIVERY} where d.id = ${id} ${orgs === undefined ? sql.empty : sql`and d.org_id = any(${[...orgs]}::uuid[])`} for update of d`);
}

export async function step(tx: Db, id: string, change: { readonly step: 'applied' | 'received' | 'declined'; readonly day: string; readonly amountFen: number | null; readonly note: string | null }): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    update service_deliveries set version = version + 1, ${sql.id(`${change.step}_day`)} = ${change.day}, amount_fen = coalesce(${change.amountFen}, amount_fen), note = coalesce(${change.note}, note) where id = ${id} returning version`);
  return row?.version ?? 1;
}

export interface DeliveryFilter { readonly policyId?: string | undefined; readonly orgId?: string | undefined; readonly state?: string | undefined }

export async function deliveriesOf(db: Db, filter: DeliveryFilter, orgs: readonly string[] | undefined, after: string | undefined, limit: number): Promise<{ rows: DeliveryRow[]; total: number }> {
  const conditions = [
    ...(orgs === undefined ? [] : [sql`d.org_id = any(${[...orgs]}::uuid[])`]), ...(filter.policyId === undefined ? [] : [sql`d.policy_id = ${filter.policyId}`]), ...(filter.orgId === undefined ? [] : [sql`d.org_id = ${filter.orgId}`]), ...stateIs(filter.state),
  ];
  const place = placeOf(after);
  const rows = await db.rows<DeliveryRow>(sql`
    select ${DELIVERY} where ${sql.all([...conditions, ...(place === undefined ? [] : [sql`(d.told_day, d.id) > (${place.at}::date, ${place.id}::uuid)`])])} order by d.told_day, d.id limit ${limit}`);
  return { rows, total: await counted(db, sql`from service_deliveries d where ${sql.all(conditions)}`) };
}

function stateIs(state: string | undefined): Sql[] {
  switch (state) {
    case 'received': return [sql`d.received_day is not null`];
    case 'declined': return [sql`d.declined_day is not null`];
    case 'applied': return [sql`d.applied_day is not null and d.received_day is null and d.declined_day is null`];
    case 'told': return [sql`d.applied_day is null and d.declined_day is null`];
    default: return [];
  }
}
