// Under which reader keys a problem is found, and the condition that lets an actor know it. Kept in the transaction of every change: a queue is one range
// of one index, whoever reads.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';

/** A condition that holds when the actor may know the problem with this id. */
export function reachable(actor: Actor, problemId: Sql): Sql {
  if (actor.isSystem) return sql`true`;
  return sql`exists (select 1 from problems_access reach where reach.problem_id = ${problemId} and ${held(actor, sql`reach.key`)})`;
}

/** The actor's keys; one key, as nearly everybody has, is planned as one range. */
export function held(actor: Actor, key: Sql): Sql {
  const [only, another] = actor.scope.keys;
  return only !== undefined && another === undefined ? sql`${key} = ${only}::uuid` : sql`${key} = any(${[...actor.scope.keys]}::uuid[])`;
}

/** On `a problems_access` and `p problems_problems`: the problem is the actor's to handle. Who sees the whole zone has his own organisation's desk, not everybody's. */
export function ownedBy(actor: Actor): Sql {
  return actor.scope.all && actor.orgId !== '' ? sql`(a.owner_org_id = ${actor.orgId} or p.owner_user_id = ${actor.userId})` : sql`a.owned`;
}

// Of a problem from its first moment: those of owner, asker and enterprise, of whoever owned it on the way, and those of the projects that it serves.
const FIRST_KEYS = sql`
  select unnest(o.path) as key, true as owned from people_organisations o where o.id = p.owner_org_id
  union all select p.owner_user_id, true where p.owner_user_id is not null
  union all select unnest(o.path), false from people_organisations o where o.id in (p.raised_org_id, p.enterprise_id)
  union all select p.raised_by, false where p.raised_by is not null and not p.anonymous
  union all select a.key, false from problems_projects s join projects_access a on a.project_id = s.project_id where s.problem_id = p.id
  union all select distinct unnest(o.path), false from problems_steps s join people_organisations o on o.id = s.owner_org_id where s.problem_id = p.id`;
// Of what comes later: co-owners, askers of what was merged into it, whoever is to call back.
const LATER_KEYS = sql`
  union all select unnest(o.path), true from problems_owners w join people_organisations o on o.id = w.org_id where w.problem_id = p.id
  union all select unnest(o.path), false from problems_problems m join people_organisations o on o.id in (m.raised_org_id, m.enterprise_id) where m.merged_into = p.id and not m.anonymous
  union all select m.raised_by, false from problems_problems m where m.merged_into = p.id and m.raised_by is not null and not m.anonymous
  union all select c.assigned_to, false from problems_callbacks c where c.problem_id = p.id and c.assigned_to is not null`;
const INTO = sql`insert into problems_access (key, problem_id, seq, open, due_at, state, kind, severity, source, tier, owner_org_id, owned, raised_at)`;
const SORTED = sql`p.seq, p.step is not null, coalesce(p.due_at, 'infinity'), p.state, p.kind, p.severity, p.source, p.tier, p.owner_org_id`;

/** The keys of new problems, of which nothing is written yet. */
export async function firstAccess(tx: Pick<Db, 'run'>, ids: readonly string[]): Promise<void> {
  await tx.run(sql`
    ${INTO} select k.key, p.id, ${SORTED}, bool_or(k.owned), p.raised_at from problems_problems p cross join lateral (${FIRST_KEYS}) as k where p.id = any(${[...ids]}::uuid[]) group by p.id, k.key`);
}

/** Writes the keys of some problems anew. Of what has not changed nothing is written. */
export async function keepAccess(tx: Pick<Db, 'run'>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(sql`
    with now_keys as (
      select p.id as problem_id, k.key, bool_or(k.owned) as owned from problems_problems p cross join lateral (${FIRST_KEYS} ${LATER_KEYS}) as k where p.id = any(${[...ids]}::uuid[]) group by p.id, k.key
    ), gone as (
      delete from problems_access a where a.problem_id = any(${[...ids]}::uuid[]) and not exists (select 1 from now_keys n where n.problem_id = a.problem_id and n.key = a.key)
    )
    ${INTO} select n.key, p.id, ${SORTED}, n.owned, p.raised_at
    from now_keys n join problems_problems p on p.id = n.problem_id
    on conflict (problem_id, key) do update set open = excluded.open, due_at = excluded.due_at, state = excluded.state, kind = excluded.kind, severity = excluded.severity, tier = excluded.tier,
      owner_org_id = excluded.owner_org_id, owned = excluded.owned
    where (problems_access.open, problems_access.due_at, problems_access.state, problems_access.kind, problems_access.severity, problems_access.tier, problems_access.owner_org_id, problems_access.owned)
      is distinct from (excluded.open, excluded.due_at, excluded.state, excluded.kind, excluded.severity, excluded.tier, excluded.owner_org_id, excluded.owned)`);
}

/** Brings what queues sort by to what the problems are now, where nobody's keys have changed. */
export async function keepSorting(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(sql`
    update problems_access a set open = p.step is not null, due_at = coalesce(p.due_at, 'infinity'), state = p.state, kind = p.kind, severity = p.severity, tier = p.tier
    from problems_problems p where p.id = any(${[...ids]}::uuid[]) and a.problem_id = p.id
      and (a.open, a.due_at, a.state, a.kind, a.severity, a.tier) is distinct from (p.step is not null, coalesce(p.due_at, 'infinity'), p.state, p.kind, p.severity, p.tier)`);
}

/** After organisations have moved in the tree: problems that are found under their paths move with them. */
export async function followOrganisations(tx: Db, orgIds: readonly string[]): Promise<void> {
  if (orgIds.length === 0) return;
  const rows = await tx.rows<{ id: string }>(sql`
    select p.id from problems_problems p where p.owner_org_id = any(${[...orgIds]}::uuid[]) or p.raised_org_id = any(${[...orgIds]}::uuid[]) or p.enterprise_id = any(${[...orgIds]}::uuid[])
    union select w.problem_id from problems_owners w where w.org_id = any(${[...orgIds]}::uuid[])
    union select s.problem_id from problems_steps s where s.owner_org_id = any(${[...orgIds]}::uuid[])`);
  await keepAccess(tx, rows.map((row) => row.id));
}

/** After the keys of some projects have moved: those of the problems that serve them move with them. */
export async function followProjects(tx: Db, projectIds: readonly string[]): Promise<void> {
  const rows = await tx.rows<{ id: string }>(sql`select distinct problem_id as id from problems_projects where project_id = any(${[...projectIds]}::uuid[])`);
  await keepAccess(tx, rows.map((row) => row.id));
}
