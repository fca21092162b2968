// What a person keeps for himself in the register: the projects that he follows, his views of the list.
import { refuse } from '../../../kernel/refuse.ts';
import { may } from '../../../platform/actor.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { knows } from '../scope.ts';
import * as contract from './contract.ts';
import * as store from './store.ts';

const VIEW_LIMIT = 50;

export const ownCommands: readonly CommandHandler[] = [
  following(contract.followProject, true),
  following(contract.unfollowProject, false),
  handler(contract.saveView, {
    permission: 'projects.read',
    load: async ({ tx, actor, input }) => ({ view: await store.readView(tx, input.id), count: await store.countViews(tx, actor.userId, input.page) }),
    allow: (actor, subject, input) => (subject.view === undefined || subject.view.user_id === actor.userId) && (input.shared !== true || may(actor, 'projects.edit')),
    decide: ({ subject, input, actor }) => {
      if (subject.view === undefined && subject.count >= VIEW_LIMIT) refuse('projects.too_many_views', { limit: VIEW_LIMIT });
      return { id: input.id, user_id: actor.userId, page: input.page, name: input.name.trim() === '' ? refuse('projects.name_empty', { field: 'name' }) : input.name.trim(), query: input.query, shared: input.shared ?? false };
    },
    save: async ({ tx, changes }) => {
      await store.writeView(tx, changes);
      return { id: changes.id };
    },
    event: ({ changes }) => ({ kind: 'projects.view_saved', subjectType: 'view', subjectId: changes.id, after: { page: changes.page, name: changes.name, query: changes.query, shared: changes.shared } }),
  }),
  handler(contract.deleteView, {
    permission: 'projects.read',
    load: async ({ tx, actor, input }) => {
      const view = await store.readView(tx, input.id);
      return view !== undefined && (view.user_id === actor.userId || (view.shared && may(actor, 'projects.edit'))) ? view : undefined;
    },
    decide: ({ subject }) => subject,
    save: async ({ tx, subject }) => {
      await store.removeView(tx, subject.id);
      return { id: subject.id };
    },
    event: ({ subject }) => ({ kind: 'projects.view_deleted', subjectType: 'view', subjectId: subject.id, before: { page: subject.page, name: subject.name, query: subject.query } }),
  }),
];

function following(of: typeof contract.followProject, followed: boolean) {
  return handler(of, {
    permission: 'projects.read',
    load: async ({ tx, actor, input }) => ((await knows(tx, actor, input.id)) ? { id: input.id } : undefined),
    decide: () => followed,
    save: async ({ tx, actor, subject }) => {
      await store.follow(tx, actor.userId, subject.id, followed);
      return { id: subject.id, followed };
    },
    event: ({ subject, actor }) => ({ kind: followed ? 'projects.followed' : 'projects.unfollowed', subjectType: 'person', subjectId: actor.userId, after: { projectId: subject.id } }),
  });
}
