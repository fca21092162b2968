// SQL of what task forces and hand-overs write. Decides nothing.
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { columns, type ColumnType } from '../../../platform/columns.ts';
import { json, sql, type Db } from '../../../platform/db.ts';
import type { Open } from './contract.ts';
import type { Handover, MemberGiven } from './rules.ts';

export interface LockedForce { readonly id: string; readonly version: number; readonly name: string; readonly leader_id: string | null; readonly leader_name: string | null; readonly lead_org_id: string | null; readonly head_name: string | null; readonly note: string | null; readonly from_day: string; readonly to_day: string | null }

export function lockForce(tx: Db, id: string): Promise<LockedForce | undefined> {
  return tx.row<LockedForce>(sql`select id, version, name, leader_id, leader_name, lead_org_id, head_name, note, from_day, to_day from dispatch_taskforces where id = ${id} for update`);
}

export interface ForceWrite { readonly name: string; readonly leaderId: string | null; readonly leaderName: string | null; readonly leadOrgId: string | null; readonly headName: string | null; readonly note: string | null }

export async function insertForce(tx: Db, id: string, force: ForceWrite, fromDay: string, now: Now): Promise<void> {
  await tx.run(sql`
    insert into dispatch_taskforces (id, name, leader_id, leader_name, lead_org_id, head_name, note, from_day, created_at)
    values (${id}, ${force.name}, ${force.leaderId}, ${force.leaderName}, ${force.leadOrgId}, ${force.headName}, ${force.note}, ${fromDay}, ${now.instant})`);
}

export async function updateForce(tx: Db, id: string, force: ForceWrite): Promise<void> {
  await tx.run(sql`
    update dispatch_taskforces set version = version + 1, name = ${force.name}, leader_id = ${force.leaderId}, leader_name = ${force.leaderName}, lead_org_id = ${force.leadOrgId}, head_name = ${force.headName}, note = ${force.note} where id = ${id}`);
}

export async function touchForce(tx: Db, id: string): Promise<void> {
  await tx.run(sql`update dispatch_taskforces set version = version + 1 where id = ${id}`);
}

/** It ends with all that belongs to it. */
export async function endForce(tx: Db, id: string, toDay: string): Promise<void> {
  await tx.run(sql`update dispatch_taskforces set version = version + 1, to_day = greatest(from_day, ${toDay}::date) where id = ${id}`);
  await tx.run(sql`update dispatch_taskforce_projects set to_day = greatest(from_day, ${toDay}::date) where taskforce_id = ${id} and to_day is null`);
  await tx.run(sql`update dispatch_taskforce_members set to_day = greatest(from_day, ${toDay}::date) where taskforce_id = ${id} and to_day is null`);
}

export async function standingProjects(tx: Db, id: string): Promise<string[]> {
  return (await tx.rows<{ project_id: string }>(sql`select project_id from dispatch_taskforce_projects where taskforce_id = ${id} and to_day is null order by project_id`)).map((row) => row.project_id);
}

export async function beginProjects(tx: Db, id: string, projectIds: readonly string[], fromDay: string): Promise<void> {
  if (projectIds.length === 0) return;
  await tx.run(sql`insert into dispatch_taskforce_projects (taskforce_id, project_id, from_day) select ${id}, p, ${fromDay} from unnest(${[...projectIds]}::uuid[]) as t(p)`);
}

export async function endProjects(tx: Db, id: string, projectIds: readonly string[], toDay: string): Promise<void> {
  if (projectIds.length === 0) return;
  await tx.run(sql`update dispatch_taskforce_projects set to_day = greatest(from_day, ${toDay}::date) where taskforce_id = ${id} and project_id = any(${[...projectIds]}::uuid[]) and to_day is null`);
}

const MEMBER: Readonly<Record<string, ColumnType>> = { id: 'uuid', user_id: 'uuid', org_id: 'uuid', name: 'text', duty: 'text' };

/** Members as they are kept: whoever signs in by his name there, others by the one that was given. */
export async function insertMembers(tx: Db, forceId: string, members: readonly (MemberGiven & { readonly id: string })[], fromDay: string): Promise<void> {
  if (members.length === 0) return;
  const people = new Map((await activePeople(tx, members.flatMap((one) => one.userId ?? []))).map((one) => [one.id, one]));
  const rows = members.map((one) => {
    const user = (one.userId ?? null) === null ? undefined : (people.get(one.userId ?? '') ?? refuse('taskforce.unknown_person', {}));
    return { id: one.id, user_id: user?.id ?? null, org_id: one.orgId ?? user?.org_id ?? null, name: user?.name ?? (one.name ?? '').trim(), duty: one.duty.trim() };
  });
  await tx.run(sql`
    insert into dispatch_taskforce_members (id, taskforce_id, user_id, org_id, name, duty, from_day)
    select v.id, ${forceId}, v.user_id, v.org_id, v.name, v.duty, ${fromDay} from ${columns(MEMBER, rows)} as v`);
}

export function lockMember(tx: Db, forceId: string, id: string): Promise<{ id: string; name: string; from_day: string; to_day: string | null } | undefined> {
  return tx.row(sql`select id, name, from_day, to_day from dispatch_taskforce_members where id = ${id} and taskforce_id = ${forceId} for update`);
}

export async function closeMember(tx: Db, id: string, toDay: string): Promise<void> {
  await tx.run(sql`update dispatch_taskforce_members set to_day = ${toDay} where id = ${id}`);
}

interface Person { readonly id: string; readonly name: string; readonly org_id: string | null }

async function activePeople(tx: Db, ids: readonly string[]): Promise<Person[]> {
  return ids.length === 0 ? [] : tx.rows<Person>(sql`select id, name, org_id from people_users where id = any(${[...ids]}::uuid[]) and active`);
}

export async function activePerson(tx: Db, id: string): Promise<Person> {
  return (await activePeople(tx, [id]))[0] ?? refuse('taskforce.unknown_person', {});
}

export async function activeOrg(tx: Db, id: string): Promise<void> {
  if ((await tx.row(sql`select 1 as one from people_organisations where id = ${id} and active`)) === undefined) refuse('taskforce.unknown_organisation', { errors: [{ path: 'leadOrgId', rule: 'known', params: {} }] });
}

// --- hand-overs ---

export interface LockedHandover extends Handover { readonly id: string; readonly project_id: string; readonly remarks: string | null; readonly from_name: string | null; readonly to_name: string; readonly proposed_by: string }

export function lockHandover(tx: Db, id: string): Promise<LockedHandover | undefined> {
  return tx.row<LockedHandover>(sql`
    select h.id, h.project_id, h.from_id, h.to_id, h.day, h.state, h.handed_at, h.accepted_at, h.remarks, h.proposed_by, f.name as from_name, t.name as to_name
    from dispatch_handovers h left join people_users f on f.id = h.from_id join people_users t on t.id = h.to_id where h.id = ${id} for update of h`);
}

/** The project of a hand-over, before it is locked: the project comes first. */
export async function projectOf(tx: Db, id: string): Promise<string | undefined> {
  return (await tx.row<{ project_id: string }>(sql`select project_id from dispatch_handovers where id = ${id}`))?.project_id;
}

/** Of whom it speaks. */
export function lockedNames(tx: Db, id: string): Promise<{ from_id: string | null; to_id: string } | undefined> {
  return tx.row(sql`select from_id, to_id from dispatch_handovers where id = ${id}`);
}

export async function isRunning(tx: Db, projectId: string): Promise<boolean> {
  return (await tx.row(sql`select 1 as one from dispatch_handovers where project_id = ${projectId} and state in ('proposed', 'agreed')`)) !== undefined;
}

export async function insertHandover(tx: Db, one: { readonly id: string; readonly projectId: string; readonly fromId: string | null; readonly toId: string; readonly day: string; readonly open: readonly Open[]; readonly remarks: string | null; readonly handedAt: Date | null }, actor: Actor, now: Now): Promise<void> {
  await tx.run(sql`
    insert into dispatch_handovers (id, project_id, from_id, to_id, day, open, remarks, state, handed_at, proposed_by, proposed_name, proposed_day, proposed_at)
    values (${one.id}, ${one.projectId}, ${one.fromId}, ${one.toId}, ${one.day}, ${json(one.open)}::jsonb, ${one.remarks}, 'proposed', ${one.handedAt}, ${actor.userId}, ${actor.name}, ${now.day}, ${now.instant})`);
}

export async function settle(tx: Db, id: string, state: Handover['state'], parts: { readonly handed?: Date | null; readonly accepted?: Date | null; readonly reason?: string | null; readonly decidedName?: string | null; readonly doneDay?: string | null }): Promise<void> {
  await tx.run(sql`
    update dispatch_handovers set state = ${state}, handed_at = coalesce(handed_at, ${parts.handed ?? null}::timestamptz), accepted_at = coalesce(accepted_at, ${parts.accepted ?? null}::timestamptz),
      reason = coalesce(${parts.reason ?? null}::text, reason), decided_name = coalesce(${parts.decidedName ?? null}::text, decided_name), done_day = ${parts.doneDay ?? null}::date where id = ${id}`);
}
