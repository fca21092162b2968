// People: list, create, edit, disable, new password; and the list out of which others choose.
import { randomBytes } from 'node:crypto';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { changesSince } from '../../../platform/history.ts';
import { initials } from '../../../platform/pinyin.ts';
import { hashPassword } from '../hashing.ts';
import { refuseWithoutAdministrator } from '../roles/feature.ts';
import { administrators, lockAdministration } from '../roles/store.ts';
import { forgetActors } from '../session.ts';
import { nameKey, refuseWeak } from '../signin/feature.ts';
import { clearAttempts, endSessions, setPassword } from '../signin/store.ts';
import * as contract from './contract.ts';
import { editedUser, masked, readablePassword, refuseMightier, refuseRoles, refuseSelf, type UserFacts } from './rules.ts';
import * as store from './store.ts';

const PAGE = 50;
const PICK = 20;

export const userQueries: readonly QueryHandler[] = [
  readHandler(contract.listUsers, {
    permission: 'people.read',
    read: async ({ db, actor, input, now }) => {
      const limit = input.limit ?? PAGE;
      const [rows, total] = await Promise.all([store.listUsers(db, actor, input, input.after, limit + 1, now.instant), store.countUsers(db, actor, input)]);
      const items = rows.slice(0, limit).map((row) => shown(actor, row));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null, total };
    },
  }),
  readHandler(contract.getUser, {
    permission: 'people.read',
    read: async ({ db, actor, input, now }) => {
      const row = await store.readUser(db, actor, input.id, now.instant);
      if (row === undefined) refuse('platform.not_found', {});
      return { ...shown(actor, row), locale: row.locale, chains: row.chains, sessions: row.sessions, tokens: row.tokens };
    },
  }),
  readHandler(contract.pickUsers, {
    permission: 'signed-in',
    read: async ({ db, actor, input }) => ({ items: await store.pick(db, actor, input, input.limit ?? PICK) }),
  }),
];

const createUserHandler = handler(contract.createUser, {
  permission: 'people.manage',
  secrets: ['password'],
  forget: ['password'],
  prepare: async ({ input }) => {
    if (input.demo === true) return { hash: null, made: undefined };
    if (input.password !== undefined) refuseWeak('password', input.password, input.login);
    const made = input.password === undefined ? readablePassword(randomBytes(16)) : undefined;
    return { hash: await hashPassword(input.password ?? made ?? ''), made };
  },
  load: async ({ tx, actor, input, prepared }) => ({
    prepared, organisation: await store.openOrganisation(tx, actor, input.orgId), roles: await store.rolesById(tx, input.roleIds), taken: await store.loginTaken(tx, input.login),
  }),
  allow: (actor, _subject, input) => input.demo !== true || actor.isSystem,
  decide: ({ subject, input, actor, now }) => {
    refusePlace(subject.organisation, subject.taken);
    refuseRoles(subject.roles, input.roleIds, actor);
    return {
      id: input.id ?? newId(now.instant.getTime()), orgId: input.orgId, login: input.login, name: input.name.trim(), pinyin: initials(input.name), phone: emptyToNull(input.phone),
      locale: input.locale ?? 'zh-CN', chains: input.chains ?? [], passwordHash: subject.prepared.hash, mustChange: input.demo !== true, demo: input.demo ?? false,
    };
  },
  save: async ({ tx, changes, subject, input }) => {
    await store.insertUser(tx, changes);
    await store.setRoles(tx, changes.id, input.roleIds);
    const { made } = subject.prepared;
    return { id: changes.id, version: 1, ...(made === undefined ? {} : { password: made }) };
  },
  newVersion: (output) => output.version,
  event: ({ changes, subject }) => ({
    kind: 'people.user_created', subjectType: 'user', subjectId: changes.id,
    after: { orgId: changes.orgId, login: changes.login, name: changes.name, phone: changes.phone === null ? null : masked(changes.phone), roles: subject.roles.map((role) => role.code), chains: changes.chains },
  }),
});

const editUserHandler = handler(contract.editUser, {
  permission: 'people.manage',
  load: async ({ tx, actor, input }) => {
    if (input.roleIds !== undefined) await lockAdministration(tx);
    const user = await store.lockUser(tx, actor, input.id);
    if (user === undefined) return undefined;
    const current = await store.rolesOf(tx, user.id);
    return {
      user, current, next: input.roleIds === undefined ? current : await store.rolesById(tx, input.roleIds),
      organisation: input.orgId === undefined ? undefined : await store.openOrganisation(tx, actor, input.orgId),
      taken: input.login !== undefined && (await store.loginTaken(tx, input.login, user.id)),
    };
  },
  version: (subject) => subject.user.version,
  decide: ({ subject, input, actor }) => {
    if (input.orgId !== undefined && input.orgId !== subject.user.org_id) refusePlace(subject.organisation, false);
    refusePlace({}, subject.taken);
    refuseMightier(subject.current, actor);
    const change = editedUser(subject.user, subject.current, subject.next, input);
    if (change.roleIds !== undefined || 'chains' in change.after) refuseSelf(subject.user, actor);
    if (change.roleIds !== undefined) refuseRoles(subject.next, change.roleIds, actor);
    return change;
  },
  save: async ({ tx, changes, subject }) => {
    const before = changes.roleIds === undefined ? 0 : await administrators(tx);
    const version = await store.updateUser(tx, subject.user.id, changes.values, initials(changes.values.name));
    if (changes.roleIds !== undefined) {
      await store.setRoles(tx, subject.user.id, changes.roleIds);
      await refuseWithoutAdministrator(tx, before);
    }
    return { id: subject.user.id, version };
  },
  newVersion: (output) => output.version,
  event: ({ changes, subject }) => ({ kind: 'people.user_edited', subjectType: 'user', subjectId: subject.user.id, before: changes.before, after: changes.after }),
  staleDetails: ({ tx, subject, sent }) => since(tx, subject.user, sent),
  committed: forgetActors,
});

const resetPasswordHandler = handler(contract.resetPassword, {
  permission: 'people.manage',
  forget: ['password'],
  prepare: async () => {
    const made = readablePassword(randomBytes(16));
    return { made, hash: await hashPassword(made) };
  },
  load: async ({ tx, actor, input, prepared }) => {
    const user = await store.lockUser(tx, actor, input.id);
    return user === undefined ? undefined : { user, prepared, roles: await store.rolesOf(tx, user.id) };
  },
  decide: ({ subject, actor }) => {
    refuseSelf(subject.user, actor);
    refuseMightier(subject.roles, actor);
    if (!subject.user.active) refuse('people.disabled_already', {});
    if (subject.user.demo) refuse('people.demo_has_no_password', {});
    return subject.prepared;
  },
  save: async ({ tx, changes, subject, now }) => {
    const version = await setPassword(tx, subject.user.id, changes.hash, true);
    await endSessions(tx, subject.user.id, now.instant);
    await clearAttempts(tx, nameKey(subject.user.login));
    return { id: subject.user.id, version, password: changes.made };
  },
  newVersion: (output) => output.version,
  event: ({ subject }) => ({ kind: 'people.password_reset', subjectType: 'user', subjectId: subject.user.id }),
  committed: forgetActors,
});

const disableUserHandler = handler(contract.disableUser, {
  permission: 'people.manage',
  load: async ({ tx, actor, input }) => {
    await lockAdministration(tx);
    const user = await store.lockUser(tx, actor, input.id);
    return user === undefined ? undefined : { user, roles: await store.rolesOf(tx, user.id) };
  },
  version: (subject) => subject.user.version,
  decide: ({ subject, actor }) => {
    refuseSelf(subject.user, actor);
    refuseMightier(subject.roles, actor);
    if (!subject.user.active) refuse('people.disabled_already', {});
  },
  save: async ({ tx, subject, now }) => {
    const before = await administrators(tx);
    const version = await store.setActive(tx, subject.user.id, false);
    await endSessions(tx, subject.user.id, now.instant);
    await store.endTokens(tx, subject.user.id, now.instant);
    await refuseWithoutAdministrator(tx, before);
    return { id: subject.user.id, version };
  },
  newVersion: (output) => output.version,
  event: ({ subject }) => ({ kind: 'people.user_disabled', subjectType: 'user', subjectId: subject.user.id, before: { active: true }, after: { active: false } }),
  staleDetails: ({ tx, subject, sent }) => since(tx, subject.user, sent),
  committed: forgetActors,
});

const enableUserHandler = handler(contract.enableUser, {
  permission: 'people.manage',
  load: async ({ tx, actor, input }) => {
    const user = await store.lockUser(tx, actor, input.id);
    if (user === undefined) return undefined;
    return { user, roles: await store.rolesOf(tx, user.id), organisation: await store.openOrganisation(tx, actor, user.org_id) };
  },
  version: (subject) => subject.user.version,
  decide: ({ subject, actor }) => {
    if (subject.user.active) refuse('people.enabled_already', {});
    if (subject.organisation === undefined) refuse('people.organisation_closed', {});
    refuseMightier(subject.roles, actor);
  },
  save: async ({ tx, subject }) => ({ id: subject.user.id, version: await store.setActive(tx, subject.user.id, true) }),
  newVersion: (output) => output.version,
  event: ({ subject }) => ({ kind: 'people.user_enabled', subjectType: 'user', subjectId: subject.user.id, before: { active: false }, after: { active: true } }),
  staleDetails: ({ tx, subject, sent }) => since(tx, subject.user, sent),
  committed: forgetActors,
});

export const userCommands: readonly CommandHandler[] = [createUserHandler, editUserHandler, resetPasswordHandler, disableUserHandler, enableUserHandler];

function shown(actor: Actor, row: store.UserRow) {
  const open = may(actor, 'people.manage') || row.id === actor.userId;
  return {
    id: row.id, login: row.login, name: row.name, orgId: row.org_id, orgName: row.org_name, phone: row.phone === null || open ? row.phone : masked(row.phone), roles: row.roles, active: row.active,
    mustChange: row.must_change, lockedUntil: row.locked_until, lastSeenAt: row.last_seen_at, demo: row.demo, version: row.version,
  };
}

function refusePlace(organisation: unknown, taken: boolean): void {
  const errors = [
    ...(organisation === undefined ? [{ path: 'orgId', rule: 'organisation', code: 'people.no_organisation', params: {} }] : []),
    ...(taken ? [{ path: 'login', rule: 'login', code: 'people.login_taken', params: {} }] : []),
  ];
  if (errors.length > 0) refuse('platform.invalid', { errors });
}

async function since(tx: Db, user: UserFacts, sent: number): Promise<Readonly<Record<string, unknown>>> {
  const { org_id, login, name, phone, locale, chains, version } = user;
  const roleIds = (await store.rolesOf(tx, user.id)).map((role) => role.id);
  return { current: { orgId: org_id, login, name, phone, locale, chains, roleIds, version }, changes: await changesSince(tx, user.id, sent) };
}

function emptyToNull(text: string | null | undefined): string | null {
  const value = text?.trim() ?? '';
  return value === '' ? null : value;
}
