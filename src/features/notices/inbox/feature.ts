// One's own notices: nobody reads or marks another's.
import type { Db } from '../../../platform/db.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { TOPICS } from '../fields.ts';
import * as contract from './contract.ts';
import * as store from './store.ts';

const PAGE = 50;
/** What the frame shows as 99+. */
export const UNREAD_MOST = 100;

/** How many wait unread, up to UNREAD_MOST: asked with every page, so by index. */
export async function unreadOf(db: Db, userId: string): Promise<number> {
  const counts = await store.countUnread(db, userId, TOPICS, UNREAD_MOST);
  return Math.min(UNREAD_MOST, counts.reduce((sum, one) => sum + one.count, 0));
}

export const inboxQueries: readonly QueryHandler[] = [
  readHandler(contract.listInbox, {
    permission: 'signed-in',
    read: async ({ db, actor, input }) => {
      const limit = input.limit ?? PAGE;
      const [day, id] = input.after?.split('_') ?? [];
      const rows = await store.listInbox(db, actor.userId, input.topic ?? TOPICS, input.unread ?? false, day === undefined || id === undefined ? undefined : { day, id }, limit + 1);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, next: last === undefined ? null : `${last.day}_${last.id}` };
    },
  }),
  readHandler(contract.countUnread, {
    permission: 'signed-in',
    read: async ({ db, actor }) => {
      const topics = await store.countUnread(db, actor.userId, TOPICS, UNREAD_MOST);
      return { most: UNREAD_MOST, all: Math.min(UNREAD_MOST, topics.reduce((sum, one) => sum + one.count, 0)), topics };
    },
  }),
];

export const inboxCommands: readonly CommandHandler[] = [
  handler(contract.markRead, {
    permission: 'signed-in',
    load: ({ tx, actor, input }) => store.lockUnread(tx, actor.userId, input.ids),
    decide: ({ subject }) => subject,
    save: async ({ tx, changes, actor, now }) => ({ read: await store.markRead(tx, actor.userId, changes, now.instant) }),
    event: ({ output, actor }) => ({ kind: 'notices.read', subjectType: 'user', subjectId: actor.userId, after: { count: output.read } }),
  }),
  handler(contract.markAllRead, {
    permission: 'signed-in',
    load: async ({ input }) => Promise.resolve(input.topic ?? TOPICS),
    decide: ({ subject }) => subject,
    save: async ({ tx, changes, actor, now }) => ({ read: await store.markAllRead(tx, actor.userId, changes, now.instant) }),
    event: ({ changes, output, actor }) => ({ kind: 'notices.all_read', subjectType: 'user', subjectId: actor.userId, after: { count: output.read, topics: changes } }),
  }),
];
