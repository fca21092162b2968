// Who calls: from a cookie or a machine's token to the actor that every command and query runs with. Keeps actors in memory for at
// most a second; never keeps or compares a token itself, only its digest.
import { createHash, randomBytes } from 'node:crypto';
import type { Now } from '../../kernel/clock.ts';
import { idFrom } from '../../kernel/ids.ts';
import type { Actor } from '../../platform/actor.ts';
import { sql, type Database, type Db, type Sql } from '../../platform/db.ts';
import first from './data/first.json' with { type: 'json' };
import type { Language } from './fields.ts';
import { permissionsOf, scopeOf, type RoleFacts } from './rules.ts';

/** Without a request for this long a session is over; and after the second time in any case. */
export const IDLE_MS = 12 * 3_600_000;
export const ABSOLUTE_MS = 7 * 86_400_000;
/** How long a change made by another process may go unnoticed. */
const CACHE_MS = 1000;
const CACHE_ENTRIES = 5000;
const SEEN_EVERY_MS = 60_000;
export const MACHINE_PREFIX = 'ygt_';

export const systemActor: Actor = {
  userId: idFrom('actor', 'system'), name: first.system, orgId: idFrom('actor', 'system', 'organisation'), roles: [], permissions: new Set(),
  scope: { keys: [], all: true }, locale: 'zh-CN', isSystem: true,
};

/** Nobody in particular: may do what is public, sees nothing. */
export function anonymous(locale: Language): Actor {
  return {
    userId: idFrom('actor', 'anonymous'), name: '', orgId: idFrom('actor', 'anonymous', 'organisation'), roles: [], permissions: new Set(),
    scope: { keys: [], all: false }, locale, isSystem: false,
  };
}

export interface Credentials {
  readonly cookieToken?: string;
  readonly bearer?: string;
  readonly address: string;
  readonly agent: string;
}

export type Authenticate = (credentials: Credentials) => Promise<Actor | undefined>;

/** 256 random bits, and the digest under which they are known. */
export function newToken(prefix = ''): { readonly token: string; readonly digest: Uint8Array } {
  const token = prefix + randomBytes(32).toString('base64url');
  return { token, digest: digestOf(token) };
}

export function digestOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

// Raised after the commit of whatever changes who may do what: all that was read before it is read again.
let epoch = 0;

/** Forgets every actor that this process keeps: sessions, roles, users or organisations have changed. */
export function forgetActors(): void {
  epoch += 1;
}

interface Entry {
  readonly epoch: number;
  readonly readMs: number;
  readonly found: Promise<Found | undefined>;
}

interface Found {
  readonly actor: Actor;
  readonly endsMs: number;
}

/** Makes the function that HTTP asks on each request. One statement a second for each session in use, none in between. */
export function makeAuthenticator(database: Database, now: () => Now): Authenticate {
  const cache = new Map<string, Entry>();
  const read = (kind: 'session' | 'token', secret: string): Promise<Found | undefined> => {
    const at = now().instant;
    const digest = digestOf(secret);
    const key = `${kind}:${Buffer.from(digest).toString('base64')}`;
    const known = cache.get(key);
    const age = known === undefined ? -1 : at.getTime() - known.readMs;
    if (known !== undefined && known.epoch === epoch && age >= 0 && age < CACHE_MS) return known.found;
    const found = kind === 'session' ? readSession(database, digest, at) : readToken(database, digest, at);
    cache.delete(key);
    cache.set(key, { epoch, readMs: at.getTime(), found });
    // What failed, and what is no session, is not worth a place.
    found.then((result) => result === undefined && cache.delete(key), () => cache.delete(key));
    if (cache.size > CACHE_ENTRIES) cache.delete(cache.keys().next().value ?? '');
    return found;
  };
  return async ({ cookieToken, bearer }) => {
    const found = bearer !== undefined ? await read('token', bearer) : cookieToken !== undefined ? await read('session', cookieToken) : undefined;
    return found === undefined || found.endsMs <= now().instant.getTime() ? undefined : found.actor;
  };
}

interface ActorRow {
  readonly user_id: string;
  readonly name: string;
  readonly org_id: string;
  readonly locale: Language;
  readonly must_change: boolean;
  readonly chains: string[];
  readonly root_id: string;
  readonly roles: RoleFacts[];
}

const ACTOR = sql`u.id as user_id, u.name, u.org_id, u.locale, u.must_change, u.chains,
  (select id from people_organisations where parent_id is null) as root_id,
  coalesce((select jsonb_agg(jsonb_build_object('code', r.code, 'scope', r.scope, 'permissions', to_jsonb(r.permissions)) order by r.sort, r.code)
            from people_user_roles ur join people_roles r on r.id = ur.role_id and r.active where ur.user_id = u.id), '[]'::jsonb) as roles`;

function actorOf(row: ActorRow): Actor {
  return {
    userId: row.user_id, name: row.name, orgId: row.org_id, roles: row.roles.map((role) => role.code), permissions: permissionsOf(row.roles),
    scope: scopeOf(row.roles, { rootId: row.root_id, orgId: row.org_id, userId: row.user_id, chains: row.chains }),
    locale: row.locale, isSystem: false,
  };
}

async function readSession(database: Database, digest: Uint8Array, at: Date): Promise<Found | undefined> {
  const row = await database.row<ActorRow & { session_id: string; last_seen_at: string; expires_at: string }>(sql`
    select ${ACTOR}, s.id as session_id, s.last_seen_at, s.expires_at
    from people_sessions s join people_users u on u.id = s.user_id and u.active
    where s.token_hash = ${digest} and s.ended_at is null and s.expires_at > ${at} and s.last_seen_at > ${new Date(at.getTime() - IDLE_MS)}`);
  if (row === undefined) return undefined;
  const seenMs = Date.parse(row.last_seen_at);
  if (at.getTime() - seenMs >= SEEN_EVERY_MS) {
    await noteSeen(database, sql`update people_sessions set last_seen_at = ${at} where id = ${row.session_id} and last_seen_at < ${at} and ended_at is null`);
  }
  const actor = { ...actorOf(row), sessionId: row.session_id, mustChangePassword: row.must_change };
  // With a first password nobody is anything yet but someone who may choose a new one.
  return { actor: row.must_change ? { ...actor, permissions: new Set<string>(), scope: { keys: [], all: false } } : actor, endsMs: Math.min(Date.parse(row.expires_at), seenMs + IDLE_MS) };
}

async function readToken(database: Database, digest: Uint8Array, at: Date): Promise<Found | undefined> {
  const row = await database.row<ActorRow & { token_id: string; last_used_at: string | null; expires_at: string }>(sql`
    select ${ACTOR}, t.id as token_id, t.last_used_at, t.expires_at
    from people_tokens t join people_users u on u.id = t.user_id and u.active
    where t.token_hash = ${digest} and t.ended_at is null and t.expires_at > ${at}`);
  if (row === undefined) return undefined;
  if (row.last_used_at === null || at.getTime() - Date.parse(row.last_used_at) >= SEEN_EVERY_MS) {
    await noteSeen(database, sql`update people_tokens set last_used_at = ${at} where id = ${row.token_id}`);
  }
  return { actor: { ...actorOf(row), sessionId: row.token_id }, endsMs: Date.parse(row.expires_at) };
}

// When somebody was last seen is told to him, decides on the idle limit, and is not worth refusing a request for.
async function noteSeen(database: Database, statement: Sql): Promise<void> {
  await database.run(statement).catch(() => undefined);
}

/** The actor of a person without a session: for jobs, the command line and tests. */
export async function actorById(db: Db, userId: string): Promise<Actor | undefined> {
  const row = await db.row<ActorRow>(sql`select ${ACTOR} from people_users u where u.id = ${userId} and u.active`);
  return row === undefined ? undefined : actorOf(row);
}

/** Removes what is long over: counts of failed sign-ins after a day, sessions half a year after their end (等级保护: records are kept six months). */
export async function forgetOld(db: Db, at: Date): Promise<void> {
  const day = 86_400_000;
  await db.run(sql`delete from people_attempts where last_at < ${new Date(at.getTime() - day)}`);
  await db.run(sql`delete from people_sessions where coalesce(ended_at, least(expires_at, last_seen_at)) < ${new Date(at.getTime() - 183 * day)}`);
}
