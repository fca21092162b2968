// Whose project it is for the faster ways: whoever may know the project, and the body that handles the item by the department map. Written
// once, used by every command and read here.
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { readSetting } from '../../../platform/settings.ts';
import { DEPARTMENT_MAP } from '../../people/duties/feature.ts';
import { readMap, type DutyMap } from '../../people/duties/rules.ts';
import { knows, lockProject, reachable, type LockedProject } from '../../projects/scope.ts';

export async function readDuties(db: Db): Promise<DutyMap> {
  return readMap((await readSetting(db, DEPARTMENT_MAP))?.value);
}

/** Locks the project for who may know it, or for who acts for `orgId`, the body that handles the item. */
export async function lockAt(tx: Db, actor: Actor, id: string, orgId: string | null | undefined): Promise<LockedProject | undefined> {
  const own = await lockProject(tx, actor, id);
  if (own !== undefined || orgId === null || orgId === undefined || !actsFor(actor)) return own;
  return (await within(tx, actor, [orgId])) ? lockProject(tx, { ...actor, isSystem: true }, id) : undefined;
}

/** The same for reading: a body sees a project of which it handles something here, or for which it gave guidance. */
export async function seesAt(db: Db, actor: Actor, id: string): Promise<boolean> {
  if (await knows(db, actor, id)) return true;
  if (!actsFor(actor)) return false;
  const rows = await db.rows<{ org_id: string }>(sql`
    select org_id from approvals_simulations where project_id = ${id} and org_id is not null union select org_id from approvals_tolerances where project_id = ${id} and org_id is not null
    union select org_id from approvals_promises where project_id = ${id} and org_id is not null
    union select org_id from approvals_guidance where project_id = ${id} and org_id is not null`);
  return within(db, actor, rows.map((row) => row.org_id));
}

// Only those who examine act for a body: a firm's people are of a body too.
function actsFor(actor: Actor): boolean {
  return may(actor, 'approvals.examine') || may(actor, 'approvals.guide');
}

async function within(db: Db, actor: Actor, orgIds: readonly string[]): Promise<boolean> {
  return (await db.row(sql`select 1 as one from people_organisations o where o.id = any(${[...orgIds]}::uuid[]) and o.path && ${[...actor.scope.keys]}::uuid[] limit 1`)) !== undefined;
}

/** A condition: the actor may know the project, or acts for the body. */
export function visible(actor: Actor, projectId: Sql, orgId: Sql): Sql {
  if (!actsFor(actor)) return reachable(actor, projectId);
  return sql`(${reachable(actor, projectId)} or ${orgId} in (select o.id from people_organisations o where o.path && ${[...actor.scope.keys]}::uuid[]))`;
}

/** A material that was owed is sent by who applies, or taken in by who examines. */
export function maySupply(actor: Actor): boolean {
  return may(actor, 'approvals.examine') || may(actor, 'approvals.apply');
}
