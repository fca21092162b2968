// The conditions of a policy as SQL over `service_enterprises e`: SQL's null is Kleene's unknown, so that a whole zone is judged in one statement. Says
// the same as conditions.ts of every enterprise (match.test.ts).
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { columns } from '../../../platform/columns.ts';
import { judge, type Conditions, type Test, type Traits } from './conditions.ts';
import { traitOf } from './traits.ts';

export function truthIn(conditions: Conditions): Sql {
  return sql.all(conditions.map((group) => sql`(${sql.join(group.any.map(testIn), ' or ')})`));
}

function testIn(test: Test): Sql {
  const have = sql`(e.traits ->> ${test.trait})`;
  const list = [...(test.values ?? [])];
  switch (test.op) {
    case 'yes': return sql`${have}::boolean`;
    case 'no': return sql`not ${have}::boolean`;
    case 'in': return held(have, test.trait, list);
    case 'not_in': return sql`not ${held(have, test.trait, list)}`;
    case 'gte': return sql`${have}::numeric >= ${test.value ?? 0}`;
    case 'gt': return sql`${have}::numeric > ${test.value ?? 0}`;
    case 'lte': return sql`${have}::numeric <= ${test.value ?? 0}`;
    case 'lt': return sql`${have}::numeric < ${test.value ?? 0}`;
  }
}

function held(have: Sql, trait: string, values: readonly string[]): Sql {
  return traitOf(trait)?.kind === 'industry' ? sql`(${have} = any(${[...values]}::text[]) or left(${have}, 1) = any(${[...values]}::text[]))` : sql`${have} = any(${[...values]}::text[])`;
}

/** Policies and traits change at the same time: many traits at once, a policy alone. */
export async function lockMatches(tx: Db, how: 'one enterprise' | 'all'): Promise<void> {
  await tx.run(how === 'all' ? sql`select pg_advisory_xact_lock(hashtextextended('service.matches', 0))` : sql`select pg_advisory_xact_lock_shared(hashtextextended('service.matches', 0))`);
}

/** Judges all enterprises anew for one policy. Without conditions that somebody has entered nobody is matched. Whom it suits now and did not before is told by a job (telling.ts). */
export async function matchPolicy(tx: Db, policyId: string, conditions: Conditions | null): Promise<void> {
  if (conditions === null) {
    await tx.run(sql`delete from service_matches where policy_id = ${policyId}`);
    return;
  }
  await tx.run(sql`
    with judged as materialized (select org_id, case when truth then 'yes' else 'unknown' end as fits from (select e.org_id, ${truthIn(conditions)} as truth from service_enterprises e) as each where truth is not false),
    gone as (delete from service_matches m where m.policy_id = ${policyId} and not exists (select from judged j where j.org_id = m.org_id and j.fits = m.fits) returning m.org_id, m.fits),
    came as (insert into service_matches (policy_id, org_id, fits) select ${policyId}, j.org_id, j.fits from judged j where not exists (select from service_matches m where m.policy_id = ${policyId} and m.org_id = j.org_id and m.fits = j.fits) returning org_id, fits)
    insert into service_suited (policy_id, org_id) select ${policyId}, org_id from came where fits = 'yes' order by org_id on conflict do nothing`);
}

/** Judges one enterprise anew for all policies. Gives the policies that suit it now and did not before. */
export async function matchEnterprise(tx: Db, orgId: string, traits: Traits): Promise<string[]> {
  const policies = await tx.rows<{ id: string; conditions: Conditions }>(sql`select id, conditions from service_policies where withdrawn_day is null and conditions is not null`);
  const fits = policies.flatMap(({ id, conditions }) => {
    const { truth } = judge(conditions, traits);
    return truth === false ? [] : [{ policy_id: id, fits: truth === true ? 'yes' : 'unknown' }];
  });
  const before = await tx.rows<{ id: string }>(sql`delete from service_matches where org_id = ${orgId} returning case when fits = 'yes' then policy_id end as id`);
  if (fits.length > 0) await tx.run(sql`insert into service_matches (policy_id, org_id, fits) select policy_id, ${orgId}, fits from ${columns({ policy_id: 'uuid', fits: 'text' }, fits)} as v`);
  const had = new Set(before.map((row) => row.id));
  return fits.filter((one) => one.fits === 'yes' && !had.has(one.policy_id)).map((one) => one.policy_id);
}

export interface Effect { readonly known: number; readonly yes: number; readonly unknown: number; readonly gained: number; readonly lost: number }

/** What conditions would do before they are saved: how many of whom something is known, and against what holds now. */
export async function effectOf(db: Db, conditions: Conditions, policyId: string | undefined): Promise<Effect> {
  const row = await db.row<Effect>(sql`
    select count(*)::int as known, (count(*) filter (where truth))::int as yes, (count(*) filter (where truth is null))::int as unknown,
      (count(*) filter (where truth and m.fits is distinct from 'yes'))::int as gained, (count(*) filter (where m.fits = 'yes' and truth is not true))::int as lost
    from (select e.org_id, ${truthIn(conditions)} as truth from service_enterprises e) as judged left join service_matches m on m.policy_id = ${policyId ?? null}::uuid and m.org_id = judged.org_id`);
  return row ?? { known: 0, yes: 0, unknown: 0, gained: 0, lost: 0 };
}

export async function examplesOf(db: Db, conditions: Conditions, limit: number): Promise<{ id: string; name: string; fits: 'yes' | 'unknown' }[]> {
  return db.rows(sql`
    select o.id, o.name, case when truth then 'yes' else 'unknown' end as fits from (select e.org_id, ${truthIn(conditions)} as truth from service_enterprises e) as judged join people_organisations o on o.id = judged.org_id
    where truth is not false order by truth nulls last, o.pinyin, o.id limit ${limit}`);
}
