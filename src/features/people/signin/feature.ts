// Signing in and out, one's sessions and password. A failed attempt answers alike whether the name exists or not, and is counted in
// the same transaction that refuses it. Never writes a password, a token or the name that was tried into history.
import { createHash } from 'node:crypto';
import { idFrom, newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { yearOf } from '../../../kernel/days.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, readHandler, type CommandHandler, type Env, type EventRecord, type QueryHandler } from '../../../platform/feature.ts';
import { hashPassword, isOutdated, passwordMatches } from '../hashing.ts';
import { passwordFault } from '../passwords.ts';
import { ABSOLUTE_MS, forgetActors, IDLE_MS, newToken } from '../session.ts';
import * as contract from './contract.ts';
import { afterFailure, deviceOf, NAME_BOUNDS, NO_ATTEMPTS, SOURCE_BOUNDS, verdict, waitSeconds, type Attempts, type Verdict } from './rules.ts';
import * as store from './store.ts';

/** Devices that one person is signed in on at once; the one unused for longest goes first. */
const SESSIONS_EACH = 10;

interface Tried {
  readonly account: store.Account | undefined;
  readonly matches: boolean;
  readonly keys: AttemptKeys;
  readonly newHash: string | undefined;
  readonly place: Place;
}

interface AttemptKeys {
  readonly name: string;
  readonly source: string | undefined;
}

interface Place {
  readonly address: string;
  readonly agent: string;
}

interface Entry {
  readonly tried: Tried;
  readonly name: Attempts;
  readonly source: Attempts;
}

interface Opened {
  token?: string;
  expiresAt: string | null;
  mustChangePassword: boolean;
  refused?: { code: string; retryAfterSeconds?: number };
}

const signInHandler = handler(contract.signIn, {
  permission: 'public',
  secrets: ['password'],
  forget: ['token'],
  prepare: async ({ db, input, env, now }): Promise<Tried> => {
    const account = await store.accountByLogin(db, input.login);
    const keys = keysOf(input.login, env);
    const tried = { account, keys, place: placeOf(env) };
    // Whoever has to wait costs no hashing: load refuses him in any case.
    const [name, source] = await Promise.all([store.readAttempts(db, keys.name), keys.source === undefined ? NO_ATTEMPTS : store.readAttempts(db, keys.source)]);
    if (waitSeconds(name, now.instant) > 0 || waitSeconds(source, now.instant) > 0) return { ...tried, matches: false, newHash: undefined };
    const matches = await passwordMatches(account?.password_hash, input.password);
    const outdated = matches && account?.password_hash !== null && account !== undefined && isOutdated(account.password_hash);
    return { ...tried, matches, newHash: outdated ? await hashPassword(input.password) : undefined };
  },
  load: async ({ tx, now, prepared }): Promise<Entry> => {
    const name = await store.lockAttempts(tx, prepared.keys.name, now.instant);
    const source = prepared.keys.source === undefined ? NO_ATTEMPTS : await store.readAttempts(tx, prepared.keys.source);
    return { tried: await stillTrue(tx, prepared), name, source };
  },
  decide: ({ subject, now }): Verdict => verdict(subject.tried.matches, subject.name, subject.source, now.instant),
  save: async ({ tx, changes, subject, now }): Promise<Opened> => {
    const { tried } = subject;
    if (changes.kind === 'blocked') return refusedOutput('people.locked', changes.seconds);
    if (changes.kind === 'failed' || tried.account === undefined) {
      await countFailure(tx, tried.keys, subject.name, now.instant);
      return refusedOutput('people.sign_in_failed');
    }
    await store.clearAttempts(tx, tried.keys.name);
    if (tried.newHash !== undefined) await store.renewHash(tx, tried.account.id, tried.newHash);
    return openSession(tx, tried.account.id, tried.place, now.instant, tried.account.must_change);
  },
  refused: refusalIn,
  event: ({ changes, subject }) => {
    const { account, keys, place } = subject.tried;
    switch (changes.kind) {
      case 'blocked': return [];
      case 'failed': return { kind: 'people.sign_in_failed', subjectType: 'user', subjectId: account?.id ?? idFrom(keys.name), after: { address: place.address } };
      case 'in': return signedIn(account?.id ?? '', place);
    }
  },
});

const demoSignInHandler = handler(contract.demoSignIn, {
  permission: 'public',
  forget: ['token'],
  load: async ({ tx, input }) => ({ demo: await store.isDemoZone(tx), user: (await store.demoUsers(tx, input.userId))[0] }),
  decide: ({ subject }) => {
    if (!subject.demo) refuse('people.demo_only', {});
    return subject.user ?? refuse('platform.not_found', {});
  },
  save: async ({ tx, changes, now, env }): Promise<Opened> => openSession(tx, changes.id, placeOf(env), now.instant, false),
  event: ({ changes }) => signedIn(changes.id, undefined),
});

const signOutHandler = handler(contract.signOut, {
  permission: 'public',
  load: async ({ tx, actor }) => ({ session: actor.sessionId === undefined ? undefined : await store.lockSession(tx, actor.sessionId, actor.userId) }),
  decide: ({ subject }) => subject.session,
  save: async ({ tx, changes, now }) => {
    if (changes !== undefined) await store.endOne(tx, changes.id, now.instant);
    return {};
  },
  event: ({ changes, actor }) => (changes === undefined ? [] : { kind: 'people.signed_out', subjectType: 'user', subjectId: actor.userId }),
  committed: forgetActors,
});

const changePasswordHandler = handler(contract.changePassword, {
  permission: 'signed-in',
  secrets: ['current', 'next'],
  forget: ['token'],
  prepare: async ({ db, actor, input, env, now }) => {
    const account = await store.accountById(db, actor.userId);
    if (account === undefined) refuse('platform.not_signed_in', {});
    const keys = keysOf(account.login, env);
    const waiting = waitSeconds(await store.readAttempts(db, keys.name), now.instant) > 0;
    const matches = !waiting && (await passwordMatches(account.password_hash, input.current));
    if (matches) refuseWeak('next', input.next, account.login, input.next === input.current);
    return { account, keys, matches, newHash: matches ? await hashPassword(input.next) : undefined, place: placeOf(env) };
  },
  load: async ({ tx, actor, now, prepared }): Promise<Entry | undefined> => {
    // Whoever carries a machine's token is not the person who knows the password.
    const session = actor.sessionId === undefined ? undefined : await store.lockSession(tx, actor.sessionId, actor.userId);
    if (session === undefined) refuse('people.session_needed', {});
    const name = await store.lockAttempts(tx, prepared.keys.name, now.instant);
    return { tried: await stillTrue(tx, prepared), name, source: NO_ATTEMPTS };
  },
  decide: ({ subject, now }): Verdict => verdict(subject.tried.matches, subject.name, NO_ATTEMPTS, now.instant),
  save: async ({ tx, changes, subject, actor, now }): Promise<Opened> => {
    if (changes.kind === 'blocked') return refusedOutput('people.locked', changes.seconds);
    if (changes.kind === 'failed' || subject.tried.newHash === undefined) {
      await countFailure(tx, { ...subject.tried.keys, source: undefined }, subject.name, now.instant);
      return refusedOutput('people.password_wrong');
    }
    await store.clearAttempts(tx, subject.tried.keys.name);
    await store.setPassword(tx, actor.userId, subject.tried.newHash, false);
    await store.endSessions(tx, actor.userId, now.instant);
    return openSession(tx, actor.userId, subject.tried.place, now.instant, false);
  },
  refused: refusalIn,
  event: ({ changes, actor }) => (changes.kind === 'blocked' ? [] : { kind: changes.kind === 'in' ? 'people.password_changed' : 'people.password_wrong', subjectType: 'user', subjectId: actor.userId }),
  committed: forgetActors,
});

const endSessionHandler = handler(contract.endSession, {
  permission: 'signed-in',
  load: ({ tx, actor, input }) => store.lockSession(tx, input.id, actor.userId),
  decide: ({ subject }) => subject,
  save: async ({ tx, changes, now }) => {
    await store.endOne(tx, changes.id, now.instant);
    return {};
  },
  event: ({ actor }) => ({ kind: 'people.session_ended', subjectType: 'user', subjectId: actor.userId }),
  committed: forgetActors,
});

const setLocaleHandler = handler(contract.setLocale, {
  permission: 'signed-in',
  load: ({ tx, actor }) => store.lockAccount(tx, actor.userId),
  decide: ({ input }) => input.locale,
  save: async ({ tx, changes, actor }) => {
    await store.setLocale(tx, actor.userId, changes);
    return {};
  },
  event: ({ changes, actor }) => ({ kind: 'people.locale_set', subjectType: 'user', subjectId: actor.userId, after: { locale: changes } }),
  committed: forgetActors,
});

export const signInCommands: readonly CommandHandler[] = [signInHandler, demoSignInHandler, signOutHandler, changePasswordHandler, endSessionHandler, setLocaleHandler];

export const signInQueries: readonly QueryHandler[] = [
  readHandler(contract.getSession, {
    permission: 'signed-in',
    read: async ({ db, actor, now }) => {
      const facts = await store.sessionFacts(db, actor.userId);
      if (facts === undefined) refuse('platform.not_signed_in', {});
      const english = actor.locale === 'en';
      return {
        user: {
          id: actor.userId, name: facts.name, login: facts.login, orgId: facts.org_id, orgName: (english ? facts.org_name_en : null) ?? facts.org_name,
          roles: facts.roles.map((role) => role.code), roleNames: facts.roles.map((role) => (english ? role.en : role.zh)), seesAll: actor.scope.all, locale: facts.locale,
        },
        permissions: [...actor.permissions].sort(),
        mustChangePassword: actor.mustChangePassword ?? false,
        zone: {
          name: (english ? facts.zone_name_en : null) ?? facts.zone_name, demo: isDemo(facts.zone), today: now.day, timeZone: 'Asia/Shanghai',
          focusYear: typeof facts.focus_year === 'number' ? facts.focus_year : yearOf(now.day),
        },
      };
    },
  }),
  readHandler(contract.listSessions, {
    permission: 'signed-in',
    read: async ({ db, actor, now }) => {
      const rows = await store.liveSessions(db, actor.userId, now.instant, new Date(now.instant.getTime() - IDLE_MS));
      return {
        items: rows.map((row) => ({
          id: row.id, current: row.id === actor.sessionId, createdAt: row.created_at, seenAt: row.last_seen_at, expiresAt: row.expires_at, device: deviceOf(row.agent), address: row.address,
        })),
      };
    },
  }),
  readHandler(contract.listDemoSignIns, {
    permission: 'public',
    read: async ({ db, actor }) => {
      if (!(await store.isDemoZone(db))) return { items: [] };
      const english = actor.locale === 'en';
      return {
        items: (await store.demoUsers(db)).map((user) => ({
          userId: user.id, name: user.name, role: user.role ?? '', roleName: (english ? user.role_en : user.role_zh) ?? '', orgName: (english ? user.org_name_en : null) ?? user.org_name,
        })),
      };
    },
  }),
];

/** Refuses a password that anybody could guess, naming the field. */
export function refuseWeak(field: string, password: string, login: string, same = false): void {
  const fault = same ? 'same' : passwordFault(password, login);
  if (fault !== undefined) refuse('platform.invalid', { errors: [{ path: field, rule: 'password', code: `people.password_${fault}`, params: { limit: 10 } }] });
}

/** The key under which failures on a name are counted. */
export function nameKey(login: string): string {
  return `name:${createHash('sha256').update(login.toLowerCase()).digest('base64url')}`;
}

function keysOf(login: string, env: Env): AttemptKeys {
  return { name: nameKey(login), source: env.address === '' ? undefined : `address:${env.address}` };
}

function placeOf(env: Env): Place {
  return { address: env.address.slice(0, 100), agent: env.agent.slice(0, 200) };
}

// Between the slow check of the password and this transaction the account may have been disabled or its password changed.
async function stillTrue(tx: Db, tried: Tried): Promise<Tried> {
  if (!tried.matches || tried.account === undefined) return { ...tried, matches: false };
  const account = await store.lockAccount(tx, tried.account.id);
  return { ...tried, account, matches: account !== undefined && account.password_hash === tried.account.password_hash };
}

async function countFailure(tx: Db, keys: AttemptKeys, name: Attempts, at: Date): Promise<void> {
  await store.saveAttempts(tx, keys.name, afterFailure(name, NAME_BOUNDS, at), at);
  if (keys.source === undefined) return;
  const source = await store.lockAttempts(tx, keys.source, at);
  await store.saveAttempts(tx, keys.source, afterFailure(source, SOURCE_BOUNDS, at), at);
}

async function openSession(tx: Db, userId: string, place: Place, at: Date, mustChange: boolean): Promise<Opened> {
  const { token, digest } = newToken();
  const expiresAt = new Date(at.getTime() + ABSOLUTE_MS);
  await store.insertSession(tx, { id: newId(at.getTime()), userId, digest, at, expiresAt, ...place });
  await store.endOldest(tx, userId, SESSIONS_EACH, at);
  return { token, expiresAt: expiresAt.toISOString(), mustChangePassword: mustChange };
}

function refusedOutput(code: string, seconds?: number): Opened {
  return { expiresAt: null, mustChangePassword: false, refused: { code, ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }) } };
}

function refusalIn(output: { readonly refused?: { readonly code: string; readonly retryAfterSeconds?: number } }): { code: string; details: Record<string, unknown> } | undefined {
  if (output.refused === undefined) return undefined;
  const { code, ...details } = output.refused;
  return { code, details };
}

function signedIn(userId: string, place: Place | undefined): EventRecord {
  return { kind: 'people.signed_in', subjectType: 'user', subjectId: userId, after: place === undefined ? { demo: true } : { address: place.address, device: deviceOf(place.agent) } };
}

function isDemo(zone: unknown): boolean {
  return typeof zone === 'object' && zone !== null && 'demo' in zone && zone.demo === true;
}

