// Who works on a project: the commissioner, who is handed over and never taken away, and the team.
import { isDay } from '../../../kernel/days.ts';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Db } from '../../../platform/db.ts';
import type { CommandHandler } from '../../../platform/feature.ts';
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
      if (project === undefined) return undefined;
      return { ...project, active: await store.activeCommissioner(tx, input.id), user: await store.activeUser(tx, input.userId) ?? refuse('projects.unknown_person', { field: 'userId' }) };
    },
    decide: ({ subject, input, now }) => {
      const fromDay = dayOr(input.fromDay, now.day, 'fromDay');
      return { ...decideHandOver(subject.active, input.userId, fromDay, now.day), fromDay };
    },
    save: async ({ tx, changes, subject, input, now }) => {
      if (changes.endsId !== undefined) await store.closeAssignment(tx, changes.endsId, changes.fromDay, null);
      await store.insertAssignment(tx, { id: input.assignmentId, projectId: subject.id, userId: input.userId, duty: 'commissioner', fromDay: changes.fromDay, note: input.note ?? null });
      await store.setCommissioner(tx, subject.id, input.userId);
      return peopleChanged(tx, subject.id, now);
    },
    event: ({ subject, input, changes }) => about(
      subject.id, 'projects.commissioner_assigned', { commissionerId: subject.active?.user_id ?? null, commissioner: subject.active?.name ?? null },
      { commissionerId: input.userId, commissioner: subject.user.name, fromDay: changes.fromDay }, input.note,
    ),
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
