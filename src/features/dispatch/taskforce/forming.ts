// Task forces: formed for one project or several, led, joined, left, disbanded. The office decides; what was remains with its days.
import type { Now } from '../../../kernel/clock.ts';
import { isDay } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler, type EventRecord } from '../../../platform/feature.ts';
import { countKnown, lockProjects, seesAll } from '../../projects/scope.ts';
import * as contract from './contract.ts';
import { assertLed, assertNamed, decideEnd, difference, type Heads } from './rules.ts';
import * as store from './store.ts';

const form = handler(contract.formTaskforce, {
  permission: 'dispatch.assign',
  load: async ({ tx, actor, input }) => {
    await assertKnown(tx, input);
    return projectsOf(tx, actor, input.projectIds);
  },
  allow: seesAll,
  decide: ({ input, now }) => {
    assertLed(input);
    (input.members ?? []).forEach((member, i) => assertNamed(member, `members.${String(i)}.name`));
    return { fromDay: beginDay(input.fromDay, now) };
  },
  save: async ({ tx, changes, input, now }) => {
    await store.insertForce(tx, input.id, await writeOf(tx, input), changes.fromDay, now);
    await store.beginProjects(tx, input.id, input.projectIds, changes.fromDay);
    await store.insertMembers(tx, input.id, input.members ?? [], changes.fromDay);
    return { id: input.id, version: 1 };
  },
  event: ({ input, changes }) => told(input.id, 'dispatch.taskforce_formed', { name: input.name, projects: input.projectIds, members: input.members?.length ?? 0, fromDay: changes.fromDay }, input.projectIds),
  newVersion: (output) => output.version,
});

const edit = handler(contract.editTaskforce, {
  permission: 'dispatch.assign',
  load: async ({ tx, actor, input }) => {
    await assertKnown(tx, input);
    const projects = await projectsOf(tx, actor, input.projectIds);
    const force = projects === undefined ? undefined : await store.lockForce(tx, input.id);
    return force === undefined ? undefined : { ...force, projects: await store.standingProjects(tx, force.id) };
  },
  version: (subject) => subject.version,
  allow: seesAll,
  decide: ({ subject, input }) => {
    if (subject.to_day !== null) refuse('taskforce.ended', {});
    assertLed(input);
    return difference(subject.projects, input.projectIds);
  },
  save: async ({ tx, changes, subject, input, now }) => {
    await store.updateForce(tx, subject.id, await writeOf(tx, input));
    await store.endProjects(tx, subject.id, changes.end, now.day);
    await store.beginProjects(tx, subject.id, changes.begin, now.day);
    return { id: subject.id, version: subject.version + 1 };
  },
  event: ({ subject, input, changes }) => ({
    ...told(subject.id, 'dispatch.taskforce_edited', { name: input.name, leader: input.leaderName ?? input.leaderId ?? null, begin: changes.begin, end: changes.end }, input.projectIds),
    before: { name: subject.name, leader: subject.leader_name ?? subject.leader_id, projects: subject.projects },
  }),
  newVersion: (output) => output.version,
});

const addMember = handler(contract.addForceMember, {
  permission: 'dispatch.assign',
  load: ({ tx, input }) => store.lockForce(tx, input.id),
  version: (subject) => subject.version,
  allow: seesAll,
  decide: ({ subject, input, now }) => {
    if (subject.to_day !== null) refuse('taskforce.ended', {});
    assertNamed(input.member, 'member.name');
    return { fromDay: beginDay(input.fromDay, now) };
  },
  save: async ({ tx, changes, subject, input }) => {
    await store.insertMembers(tx, subject.id, [input.member], changes.fromDay);
    await store.touchForce(tx, subject.id);
    return { id: subject.id, version: subject.version + 1 };
  },
  event: ({ subject, input, changes }) => told(subject.id, 'dispatch.force_member_added', { name: input.member.name ?? input.member.userId ?? null, duty: input.member.duty, fromDay: changes.fromDay }, []),
  newVersion: (output) => output.version,
});

const endMember = handler(contract.endForceMember, {
  permission: 'dispatch.assign',
  load: async ({ tx, input }) => {
    const force = await store.lockForce(tx, input.id);
    const member = force === undefined ? undefined : await store.lockMember(tx, force.id, input.memberId);
    return force === undefined || member === undefined ? undefined : { ...force, member };
  },
  version: (subject) => subject.version,
  allow: seesAll,
  decide: ({ subject, input, now }) => {
    if (subject.member.to_day !== null) refuse('taskforce.member_left', {});
    return { toDay: decideEnd(subject.member.from_day, input.toDay, now.day) };
  },
  save: async ({ tx, changes, subject }) => {
    await store.closeMember(tx, subject.member.id, changes.toDay);
    await store.touchForce(tx, subject.id);
    return { id: subject.id, version: subject.version + 1 };
  },
  event: ({ subject, changes }) => told(subject.id, 'dispatch.force_member_ended', { name: subject.member.name, toDay: changes.toDay }, []),
  newVersion: (output) => output.version,
});

const disband = handler(contract.disbandTaskforce, {
  permission: 'dispatch.assign',
  load: async ({ tx, input }) => {
    const force = await store.lockForce(tx, input.id);
    return force === undefined ? undefined : { ...force, projects: await store.standingProjects(tx, force.id) };
  },
  version: (subject) => subject.version,
  allow: seesAll,
  decide: ({ subject, now }) => (subject.to_day === null ? { toDay: now.day } : refuse('taskforce.ended', {})),
  save: async ({ tx, changes, subject }) => {
    await store.endForce(tx, subject.id, changes.toDay);
    return { id: subject.id, version: subject.version + 1 };
  },
  event: ({ subject, changes, input }) => ({ ...told(subject.id, 'dispatch.taskforce_disbanded', { name: subject.name, toDay: changes.toDay }, subject.projects), reason: input.reason.trim() }),
  newVersion: (output) => output.version,
});

export const formingCommands: readonly CommandHandler[] = [form, edit, addMember, endMember, disband];

/** Of several projects none may be unknown to the actor. They are locked in the order of the list. */
async function projectsOf(tx: Db, actor: Actor, ids: readonly string[]): Promise<{ ids: readonly string[] } | undefined> {
  await lockProjects(tx, ids);
  return (await countKnown(tx, actor, ids)) === ids.length ? { ids } : undefined;
}

async function assertKnown(tx: Db, input: Heads & { readonly leadOrgId?: string | null | undefined }): Promise<void> {
  if (typeof input.leadOrgId === 'string') await store.activeOrg(tx, input.leadOrgId);
  if (typeof input.leaderId === 'string') await store.activePerson(tx, input.leaderId);
}

type Given = Heads & { readonly name: string; readonly leadOrgId?: string | null | undefined; readonly headName?: string | null | undefined; readonly note?: string | null | undefined };

async function writeOf(tx: Db, input: Given): Promise<store.ForceWrite> {
  const leader = typeof input.leaderId === 'string' ? await store.activePerson(tx, input.leaderId) : undefined;
  return { name: input.name.trim(), leaderId: leader?.id ?? null, leaderName: leader?.name ?? blank(input.leaderName), leadOrgId: input.leadOrgId ?? null, headName: blank(input.headName), note: blank(input.note) };
}

function blank(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function beginDay(given: string | undefined, now: Now): string {
  const day = given ?? now.day;
  if (!isDay(day)) refuse('platform.invalid', { errors: [{ path: 'fromDay', rule: 'day', params: {} }] });
  return day;
}

/** It stands in the history of its project where it serves one. */
function told(id: string, kind: string, after: unknown, projects: readonly string[]): EventRecord {
  const [only, another] = projects;
  return { kind, subjectType: 'taskforce', subjectId: id, ...(only !== undefined && another === undefined ? { projectId: only } : {}), after };
}
