// Who works on a project: the commissioner, who is handed over and never taken away, and the team.
import { isDay } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Db } from '../../../platform/db.ts';
import type { CommandHandler, EventRecord } from '../../../platform/feature.ts';
import { keep } from '../keep.ts';
import { lockProject, touchProject } from '../scope.ts';
import * as contract from './contract.ts';
import { about, ofRecord } from './ofrecord.ts';
import { decideHandOver } from './rules.ts';
import * as store from './store.ts';

export const teamCommands: readonly CommandHandler[] = [
  ofRecord(contract.assignCommissioner, {
    permission: 'projects.assign',
    load: async ({ tx, actor, input }) => {
      const project = await lockProject(tx, actor, input.id);
      return project === undefined ? undefined : { ...project, ...(await readSuccession(tx, input.id, input.userId)) };
    },
    decide: ({ subject, input, now }) => decideSuccession(subject, dayOr(input.fromDay, now.day, 'fromDay'), now),
    save: ({ tx, changes, subject, input, now }) => saveSuccession(tx, subject.id, { ...changes, assignmentId: input.assignmentId, userId: subject.user.id, note: input.note ?? null }, now),
    event: ({ subject, input, changes }) => tellSuccession(subject.id, subject, changes.fromDay, input.note),
  }),
  ofRecord(contract.assignMember, {
    permission: 'projects.assign',
    load: async ({ tx, actor, input }) => {
      const project = await lockProject(tx, actor, input.id);
      if (project === undefined) return undefined;
      return { ...project, already: await store.isAssigned(tx, input.id, input.userId, input.duty), user: await store.activeUser(tx, input.userId) ?? refuse('projects.unknown_person', { field: 'userId' }) };
    },
    decide: ({ subject, input, now }) => {
      const fromDay = dayOr(input.fromDay, now.day, 'fromDay');
      if (subject.already) refuse('projects.already_assigned', {});
      if (fromDay > now.day) refuse('projects.assignment_future', { fromDay });
      return { fromDay };
    },
    save: async ({ tx, changes, subject, input, now }) => {
      await store.insertAssignment(tx, { id: input.assignmentId, projectId: subject.id, userId: input.userId, duty: input.duty, fromDay: changes.fromDay, note: input.note ?? null });
      return peopleChanged(tx, subject.id, now);
    },
    event: ({ subject, input, changes }) => about(subject.id, 'projects.member_assigned', undefined, { userId: input.userId, user: subject.user.name, duty: input.duty, fromDay: changes.fromDay }, input.note),
  }),
  ofRecord(contract.endAssignment, {
    permission: 'projects.assign',
    load: async ({ tx, actor, input }) => {
      const project = await lockProject(tx, actor, input.id);
      const assignment = project === undefined ? undefined : await store.readAssignment(tx, input.id, input.assignmentId);
      return project === undefined || assignment === undefined ? undefined : { ...project, assignment };
    },
    decide: ({ subject, input, now }) => {
      const { assignment } = subject;
      const toDay = dayOr(input.toDay, now.day, 'toDay');
      if (assignment.to_day !== null) refuse('projects.assignment_ended', {});
      // A key project is never without someone answerable: the commissioner hands over, he is not taken away.
      if (assignment.duty === 'commissioner') refuse('projects.commissioner_needed', {});
      if (toDay < assignment.from_day) refuse('projects.assignment_before', { fromDay: toDay, since: assignment.from_day });
      if (toDay > now.day) refuse('projects.assignment_future', { fromDay: toDay });
      return { toDay };
    },
    save: async ({ tx, changes, subject, input, now }) => {
      await store.closeAssignment(tx, subject.assignment.id, changes.toDay, input.note ?? null);
      return peopleChanged(tx, subject.id, now);
    },
    event: ({ subject, changes, input }) => about(
      subject.id, 'projects.assignment_ended', { userId: subject.assignment.user_id, user: subject.assignment.name, duty: subject.assignment.duty }, { toDay: changes.toDay }, input.note,
    ),
  }),
];

/** Who answers for a project now, and who is to. */
export interface Succession {
  readonly active: Awaited<ReturnType<typeof store.activeCommissioner>>;
  readonly user: { readonly id: string; readonly name: string };
}

// What assigning a commissioner and handing over formally (features/dispatch/taskforce) have in common: both under the lock of the project.
export async function readSuccession(tx: Db, projectId: string, userId: string): Promise<Succession> {
  return { active: await store.activeCommissioner(tx, projectId), user: await store.activeUser(tx, userId) ?? refuse('projects.unknown_person', { field: 'userId' }) };
}

export function decideSuccession({ active, user }: Succession, fromDay: string, now: Now): { endsId: string | undefined; fromDay: string } {
  return { ...decideHandOver(active, user.id, fromDay, now.day), fromDay };
}

export async function saveSuccession(tx: Db, projectId: string, changes: { readonly endsId: string | undefined; readonly fromDay: string; readonly assignmentId: string; readonly userId: string; readonly note: string | null }, now: Now): Promise<{ id: string; version: number }> {
  if (changes.endsId !== undefined) await store.closeAssignment(tx, changes.endsId, changes.fromDay, null);
  await store.insertAssignment(tx, { id: changes.assignmentId, projectId, userId: changes.userId, duty: 'commissioner', fromDay: changes.fromDay, note: changes.note });
  await store.setCommissioner(tx, projectId, changes.userId);
  return peopleChanged(tx, projectId, now);
}

export function tellSuccession(projectId: string, { active, user }: Succession, fromDay: string, note?: string): EventRecord {
  return about(projectId, 'projects.commissioner_assigned', { commissionerId: active?.user_id ?? null, commissioner: active?.name ?? null }, { commissionerId: user.id, commissioner: user.name, fromDay }, note);
}

// Who works on the whole finds its parts too.
async function peopleChanged(tx: Db, id: string, now: Now): Promise<{ id: string; version: number }> {
  const version = await touchProject(tx, id, now.instant);
  await keep(tx, [id, ...(await store.packageIds(tx, [id]))], now);
  return { id, version };
}

function dayOr(given: string | undefined, today: string, field: string): string {
  if (given === undefined) return today;
  return isDay(given) ? given : refuse('platform.invalid', { errors: [{ path: field, rule: 'day', params: {} }] });
}
