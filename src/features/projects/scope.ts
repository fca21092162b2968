// Which projects an actor may know. Written once, used by every list, record and command: a project that cannot be reached is
// not found. Reaching goes through the reader keys that keep.ts maintains in projects_access.
import type { Actor } from '../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../platform/db.ts';

/** A condition that holds when the actor may know the project with this id: `reachable(actor, sql\`p.id\`)`. */
export function reachable(actor: Actor, projectId: Sql): Sql {
  if (actor.isSystem) return sql`true`;
  const [key, another] = actor.scope.keys;
  // A list of unknown length would be planned anew at every call; nearly everybody reads with one key.
  const held = key !== undefined && another === undefined ? sql`reach.key = ${key}::uuid` : sql`reach.key = any(${[...actor.scope.keys]}::uuid[])`;
  return sql`exists (select 1 from projects_access reach where reach.project_id = ${projectId} and ${held})`;
}

/** Rules, calendars and the zone's totals are the whole zone's: who sees a part of it neither changes them nor learns from them of the rest. */
export function seesAll(actor: Actor): boolean {
  return actor.isSystem || actor.scope.all;
}

export interface LockedProject {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly kind: 'enterprise' | 'government' | 'purchase';
  readonly level: string | null;
  readonly stage: string;
  readonly stage_day: string | null;
  readonly side_state: string | null;
  readonly parent_id: string | null;
  readonly commissioner_id: string | null;
  readonly responsible_org_id: string | null;
  readonly builder_id: string | null;
  readonly town_id: string | null;
}

/** Loads and locks a project within the actor's scope. Undefined = not found, also when it exists and may not be known. */
export async function lockProject(tx: Db, actor: Actor, id: string): Promise<LockedProject | undefined> {
  return tx.row<LockedProject>(sql`
    select p.id, p.version, p.name, p.kind, p.level, p.stage, p.stage_day, p.side_state, p.parent_id, p.commissioner_id,
           p.responsible_org_id, p.builder_id, p.town_id
    from projects_projects p where p.id = ${id} and ${reachable(actor, sql`p.id`)} for update of p`);
}

/**
 * Locks every project of the zone, in the order of the list, and gives their ids: for a change of what all of them are computed from.
 * Without the lock it would write over what others have changed since it read.
 */
export async function lockAllProjects(tx: Db): Promise<string[]> {
  return (await tx.rows<{ id: string }>(sql`select id from projects_projects order by seq for update`)).map((row) => row.id);
}

/** Locks some projects, in the order of the list, for whoever keeps several of them. */
export async function lockProjects(tx: Db, ids: readonly string[]): Promise<void> {
  await tx.run(sql`select id from projects_projects where id = any(${[...ids]}::uuid[]) order by seq for update`);
}

/** How many of these projects the actor may know; for whoever names several of them. */
export async function countKnown(db: Db, actor: Actor, ids: readonly string[]): Promise<number> {
  return (await db.row<{ count: number }>(sql`select count(*)::int as count from projects_projects p where p.id = any(${[...ids]}::uuid[]) and ${reachable(actor, sql`p.id`)}`))?.count ?? 0;
}

/** True when the actor may know the project; for reads of what hangs on it. */
export async function knows(db: Db, actor: Actor, id: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from projects_projects p where p.id = ${id} and ${reachable(actor, sql`p.id`)}`)) !== undefined;
}

/** Raises the version of a project after a change of anything that belongs to its record. Gives the new version. */
export async function touchProject(tx: Db, id: string, at: Date): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    with recent as (update projects_recent set at = ${at} where project_id = ${id})
    update projects_projects set version = version + 1, updated_at = ${at} where id = ${id} returning version`);
  if (row === undefined) throw new Error(`project ${id} vanished under its lock`);
  return row.version;
}
