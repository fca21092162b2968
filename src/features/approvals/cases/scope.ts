// Whose case it is: a case is known to those who may know its project, to the body that handles or leads it, to those asked for their review,
// and to the window through which all pass. Written once, used by every list, record and command.
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { lockProject, reachable, type LockedProject } from '../../projects/scope.ts';

/** The duty of the body whose window takes applications for all (department map). */
const WINDOW_DUTY = 'approval';

export interface Desk {
  /** Everything: the office, the program itself. */
  readonly all: boolean;
  /** Bodies for which the actor acts. */
  readonly orgs: readonly string[];
  /** One of them keeps the window. */
  readonly window: boolean;
}

export async function deskOf(db: Db, actor: Actor): Promise<Desk> {
  if (actor.isSystem || actor.scope.all) return { all: true, orgs: [], window: true };
  const rows = await db.rows<{ id: string; window: boolean }>(sql`
    select o.id, ${WINDOW_DUTY} = any(o.duties) as window from people_organisations o where o.path && ${[...actor.scope.keys]}::uuid[]`);
  return { all: false, orgs: rows.map((row) => row.id), window: rows.some((row) => row.window) };
}

/** A condition on `approvals_cases c`. */
export function known(actor: Actor, desk: Desk): Sql {
  if (desk.all) return sql`true`;
  // Only those who handle cases are at a desk: a firm's body is one too.
  if (!may(actor, 'approvals.handle')) return reachable(actor, sql`c.project_id`);
  if (desk.window) return sql`true`;
  return sql`(${atDesk(desk)} or exists (select 1 from approvals_case_reviews v where v.case_id = c.id and v.org_id = any(${[...desk.orgs]}::uuid[])) or ${reachable(actor, sql`c.project_id`)})`;
}

/** Cases that stand in the queue of the reader: his body's where he handles cases, else those of the projects that he may know. */
export function mine(actor: Actor, desk: Desk): Sql {
  if (desk.all) return sql`true`;
  if (!may(actor, 'approvals.handle')) return reachable(actor, sql`c.project_id`);
  // Nearly everybody sits at one desk, and then the queue is one range of one index.
  const [org, another] = desk.orgs;
  return org !== undefined && another === undefined ? sql`c.org_id = ${org}::uuid` : sql`c.org_id = any(${[...desk.orgs]}::uuid[])`;
}

function atDesk(desk: Desk): Sql {
  return sql`(c.org_id = any(${[...desk.orgs]}::uuid[]) or c.lead_org_id = any(${[...desk.orgs]}::uuid[]))`;
}

/** Whether the actor acts for the body that handles the case; the window acts for all. */
export function handles(actor: Actor, desk: Desk, one: { readonly org_id: string; readonly lead_org_id: string | null }): boolean {
  if (!may(actor, 'approvals.handle')) return false;
  return desk.all || desk.window || desk.orgs.includes(one.org_id) || (one.lead_org_id !== null && desk.orgs.includes(one.lead_org_id));
}

/** Locks a project for an application, an acceptance or a report: within the actor's scope, or any for who keeps the window or leads what is accepted. */
export async function lockProjectAt(tx: Db, actor: Actor, desk: Desk, id: string, leads = false): Promise<LockedProject | undefined> {
  const wide = (desk.window || leads) && may(actor, 'approvals.handle') ? { ...actor, isSystem: true } : actor;
  return lockProject(tx, wide, id);
}
