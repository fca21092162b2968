// SQL of what is known of enterprises: traits with source and day, and the same values by code for the conditions.
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { columns } from '../../../platform/columns.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { namedLike } from '../../people/organisations/named.ts';
import { counted, placeOf } from '../reading.ts';
import type { TraitValue } from './traits.ts';

export interface TraitRow {
  readonly code: string; readonly value: TraitValue; readonly source: 'enterprise' | 'officer'; readonly document: string | null; readonly day: string; readonly by: string; readonly verified_day: string | null; readonly verified_by: string | null;
}
export interface Enterprise { readonly id: string; readonly name: string; readonly version: number; readonly yes: number; readonly unknown: number }

/** An enterprise, also one of whom nothing is known yet: its version is 0 then. */
export async function enterprise(db: Db, id: string): Promise<Enterprise | undefined> {
  return db.row<Enterprise>(sql`
    select o.id, o.name, coalesce(e.version, 0) as version, (select count(*)::int from service_matches m where m.org_id = o.id and m.fits = 'yes') as yes, (select count(*)::int from service_matches m where m.org_id = o.id and m.fits = 'unknown') as unknown
    from people_organisations o left join service_enterprises e on e.org_id = o.id where o.id = ${id} and o.kind = 'enterprise'`);
}

/** Locked by the row of the organisation: there is none of its own to begin with. */
export async function lockEnterprise(tx: Db, id: string): Promise<Enterprise | undefined> {
  const found = await tx.row(sql`select id from people_organisations where id = ${id} and kind = 'enterprise' and active for no key update`);
  return found === undefined ? undefined : enterprise(tx, id);
}

export async function traitsOf(db: Db, orgId: string): Promise<TraitRow[]> {
  return db.rows<TraitRow>(sql`select trait as code, value, source, document, day, said_name as by, verified_day, verified_name as verified_by from service_traits where org_id = ${orgId} order by trait`);
}

export async function valuesOf(db: Db, orgId: string): Promise<Readonly<Record<string, TraitValue>>> {
  return (await db.row<{ traits: Readonly<Record<string, TraitValue>> }>(sql`select traits from service_enterprises where org_id = ${orgId}`))?.traits ?? {};
}

export interface Said { readonly code: string; readonly value: TraitValue | null; readonly document: string | null }

/** What an officer says is verified by saying it. Gives the next version and the values as they are now. */
export async function state(tx: Db, orgId: string, said: readonly Said[], officer: boolean, by: Actor, { day, instant }: Now): Promise<{ version: number; traits: Readonly<Record<string, TraitValue>> }> {
  await tx.run(sql`insert into service_enterprises (org_id, version, updated_at) values (${orgId}, 1, ${instant}) on conflict (org_id) do update set version = service_enterprises.version + 1, updated_at = excluded.updated_at`);
  const gone = said.filter((one) => one.value === null).map((one) => one.code);
  await tx.run(sql`delete from service_traits where org_id = ${orgId} and trait = any(${gone}::text[])`);
  const rows = said.filter((one) => one.value !== null).map((one) => ({ ...one }));
  await tx.run(sql`
    insert into service_traits (org_id, trait, value, source, document, day, said_by, said_name, verified_day, verified_name)
    select ${orgId}, code, value, ${officer ? 'officer' : 'enterprise'}, document, ${day}, ${by.userId}, ${by.name}, ${officer ? day : null}::date, ${officer ? by.name : null}::text from ${columns({ code: 'text', value: 'jsonb', document: 'text' }, rows)} as v
    on conflict (org_id, trait) do update set value = excluded.value, source = excluded.source, document = excluded.document, day = excluded.day, said_by = excluded.said_by, said_name = excluded.said_name, verified_day = excluded.verified_day, verified_name = excluded.verified_name`);
  const row = await tx.row<{ version: number; traits: Readonly<Record<string, TraitValue>> }>(sql`
    update service_enterprises set traits = coalesce((select jsonb_object_agg(trait, value) from service_traits where org_id = ${orgId}), '{}') where org_id = ${orgId} returning version, traits`);
  return row ?? { version: 1, traits: {} };
}

export async function verify(tx: Db, orgId: string, codes: readonly string[], document: string | null, by: Actor, { day, instant }: Now): Promise<number> {
  await tx.run(sql`update service_traits set verified_day = ${day}, verified_name = ${by.name}, document = coalesce(${document}, document) where org_id = ${orgId} and trait = any(${[...codes]}::text[])`);
  return (await tx.row<{ version: number }>(sql`update service_enterprises set version = version + 1, updated_at = ${instant} where org_id = ${orgId} returning version`))?.version ?? 1;
}

export interface EnterpriseRow { readonly id: string; readonly name: string; readonly pinyin: string; readonly traits: number; readonly verified: number; readonly yes: number; readonly unknown: number }

export async function list(db: Db, { q, known }: { readonly q?: string | undefined; readonly known?: boolean | undefined }, after: string | undefined, limit: number): Promise<{ rows: EnterpriseRow[]; total: number }> {
  const conditions = [
    sql`o.kind = 'enterprise' and o.active`, namedLike(q), ...(known === undefined ? [] : [sql`${known} = exists (select 1 from service_enterprises e where e.org_id = o.id and e.traits <> '{}')`]),
  ];
  const place = placeOf(after);
  const rows = await db.rows<EnterpriseRow>(sql.fresh(sql`
    select o.id, o.name, o.pinyin, (select count(*)::int from service_traits t where t.org_id = o.id) as traits, (select count(*)::int from service_traits t where t.org_id = o.id and t.verified_day is not null) as verified,
      (select count(*)::int from service_matches m where m.org_id = o.id and m.fits = 'yes') as yes, (select count(*)::int from service_matches m where m.org_id = o.id and m.fits = 'unknown') as unknown
    from people_organisations o where ${sql.all([...conditions, ...(place === undefined ? [] : [sql`(o.pinyin, o.id) > (${place.at}, ${place.id}::uuid)`])])} order by o.pinyin, o.id limit ${limit}`));
  return { rows, total: await counted(db, sql`from people_organisations o where ${sql.all(conditions)}`) };
}

