// Tokens for machines: made by an administrator, shown once, ended by hand or by their day. A machine cannot make another one.
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { forgetActors, MACHINE_PREFIX, newToken } from '../session.ts';
import { lockUser, rolesOf } from '../users/store.ts';
import { wider } from '../rules.ts';
import * as contract from './contract.ts';
import * as store from './store.ts';

const DAY_MS = 86_400_000;

export const tokenQueries: readonly QueryHandler[] = [
  readHandler(contract.listTokens, {
    permission: 'people.manage',
    read: async ({ db, actor, now }) => ({
      items: (await store.listTokens(db, actor)).map((row) => ({
        id: row.id, name: row.name, userId: row.user_id, userName: row.user_name, login: row.login, createdAt: row.created_at, createdBy: row.created_by ?? '—', expiresAt: row.expires_at,
        lastUsedAt: row.last_used_at, endedAt: row.ended_at, live: row.ended_at === null && Date.parse(row.expires_at) > now.instant.getTime(),
      })),
    }),
  }),
];

export const tokenCommands: readonly CommandHandler[] = [
  handler(contract.createToken, {
    permission: 'people.manage',
    forget: ['token'],
    load: async ({ tx, actor, input }) => {
      const user = await lockUser(tx, actor, input.userId);
      if (user === undefined) return undefined;
      return { user, roles: await rolesOf(tx, user.id), byMachine: actor.sessionId !== undefined && (await store.isToken(tx, actor.sessionId)) };
    },
    decide: ({ subject, input, actor, now }) => {
      if (subject.byMachine) refuse('people.session_needed', {});
      if (!subject.user.active) refuse('people.disabled_already', {});
      if (!actor.isSystem && subject.roles.some((role) => wider(role, actor))) refuse('people.role_too_wide', {});
      return { id: input.id ?? newId(now.instant.getTime()), userId: subject.user.id, name: input.name.trim(), at: now.instant, expiresAt: new Date(now.instant.getTime() + input.days * DAY_MS) };
    },
    save: async ({ tx, changes, actor }) => {
      const { token, digest } = newToken(MACHINE_PREFIX);
      await store.insertToken(tx, { ...changes, digest, by: actor.userId });
      return { id: changes.id, token, expiresAt: changes.expiresAt.toISOString() };
    },
    event: ({ changes }) => ({ kind: 'people.token_created', subjectType: 'user', subjectId: changes.userId, after: { name: changes.name, expiresAt: changes.expiresAt.toISOString() } }),
  }),
  handler(contract.endToken, {
    permission: 'people.manage',
    load: ({ tx, actor, input }) => store.lockToken(tx, actor, input.id),
    decide: ({ subject }) => subject,
    save: async ({ tx, changes, now }) => {
      await store.endToken(tx, changes.id, now.instant);
      return {};
    },
    event: ({ changes }) => ({ kind: 'people.token_ended', subjectType: 'user', subjectId: changes.user_id, before: { name: changes.name } }),
    committed: forgetActors,
  }),
];
