// SQL of signing in: accounts by login, counted attempts, sessions. Only digests of tokens and hashes of passwords are ever stored.
import { sql, type Db } from '../../../platform/db.ts';
import type { Attempts } from './rules.ts';
import { NO_ATTEMPTS } from './rules.ts';

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly password_hash: string | null;
  readonly must_change: boolean;
  readonly version: number;
}

export async function accountByLogin(db: Db, login: string): Promise<Account | undefined> {
  return db.row<Account>(sql`select id, name, login, password_hash, must_change, version from people_users where lower(login) = lower(${login}) and active`);
}

export async function accountById(db: Db, id: string): Promise<Account | undefined> {
  return db.row<Account>(sql`select id, name, login, password_hash, must_change, version from people_users where id = ${id} and active`);
}

export async function lockAccount(tx: Db, id: string): Promise<Account | undefined> {
  return tx.row<Account>(sql`select id, name, login, password_hash, must_change, version from people_users where id = ${id} and active for update`);
}

interface AttemptsRow {
  readonly failures: number;
  readonly blocked_until: string | null;
  readonly last_at: string;
}

function attemptsOf(row: AttemptsRow | undefined): Attempts {
  if (row === undefined) return NO_ATTEMPTS;
  return { failures: row.failures, blockedUntil: row.blocked_until === null ? null : new Date(row.blocked_until), lastAt: new Date(row.last_at) };
}

export async function readAttempts(db: Db, key: string): Promise<Attempts> {
  return attemptsOf(await db.row<AttemptsRow>(sql`select failures, blocked_until, last_at from people_attempts where key = ${key}`));
}

/** Attempts on one name follow one another: a hundred guesses at once are judged like a hundred in a row. */
export async function lockAttempts(tx: Db, key: string, at: Date): Promise<Attempts> {
  await tx.run(sql`insert into people_attempts (key, failures, last_at) values (${key}, 0, ${at}) on conflict do nothing`);
  return attemptsOf(await tx.row<AttemptsRow>(sql`select failures, blocked_until, last_at from people_attempts where key = ${key} for update`));
}

export async function saveAttempts(tx: Db, key: string, attempts: Attempts, at: Date): Promise<void> {
  await tx.run(sql`
    insert into people_attempts (key, failures, blocked_until, last_at) values (${key}, ${attempts.failures}, ${attempts.blockedUntil}, ${at})
    on conflict (key) do update set failures = excluded.failures, blocked_until = excluded.blocked_until, last_at = excluded.last_at`);
}

export async function clearAttempts(tx: Db, key: string): Promise<void> {
  await tx.run(sql`delete from people_attempts where key = ${key}`);
}

export interface NewSession {
  readonly id: string;
  readonly userId: string;
  readonly digest: Uint8Array;
  readonly at: Date;
  readonly expiresAt: Date;
  readonly address: string;
  readonly agent: string;
}

export async function insertSession(tx: Db, one: NewSession): Promise<void> {
  await tx.run(sql`
    insert into people_sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at, address, agent)
    values (${one.id}, ${one.userId}, ${one.digest}, ${one.at}, ${one.at}, ${one.expiresAt}, ${one.address}, ${one.agent})`);
}

/** Ends all but the latest sessions of a person. */
export async function endOldest(tx: Db, userId: string, keep: number, at: Date): Promise<void> {
  await tx.run(sql`
    update people_sessions set ended_at = ${at} where id in (
      select id from people_sessions where user_id = ${userId} and ended_at is null order by last_seen_at desc, created_at desc offset ${keep})`);
}

export async function endSessions(tx: Db, userId: string, at: Date): Promise<number> {
  return tx.run(sql`update people_sessions set ended_at = ${at} where user_id = ${userId} and ended_at is null`);
}

export async function lockSession(tx: Db, id: string, userId: string): Promise<{ id: string; user_id: string } | undefined> {
  return tx.row(sql`select id, user_id from people_sessions where id = ${id} and user_id = ${userId} and ended_at is null for update`);
}

export async function endOne(tx: Db, id: string, at: Date): Promise<void> {
  await tx.run(sql`update people_sessions set ended_at = ${at} where id = ${id} and ended_at is null`);
}

export interface SessionRow {
  readonly id: string;
  readonly created_at: string;
  readonly last_seen_at: string;
  readonly expires_at: string;
  readonly address: string;
  readonly agent: string;
}

export async function liveSessions(db: Db, userId: string, at: Date, idleSince: Date): Promise<SessionRow[]> {
  return db.rows<SessionRow>(sql`
    select id, created_at, last_seen_at, expires_at, address, agent from people_sessions
    where user_id = ${userId} and ended_at is null and expires_at > ${at} and last_seen_at > ${idleSince} order by last_seen_at desc, id limit 100`);
}

export async function setPassword(tx: Db, userId: string, hash: string, mustChange: boolean): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    update people_users set password_hash = ${hash}, must_change = ${mustChange}, version = version + 1 where id = ${userId} returning version`);
  return row?.version ?? 0;
}

/** A stronger hash of the same password: nothing that anybody sees has changed. */
export async function renewHash(tx: Db, userId: string, hash: string): Promise<void> {
  await tx.run(sql`update people_users set password_hash = ${hash} where id = ${userId}`);
}

export async function setLocale(tx: Db, userId: string, locale: string): Promise<void> {
  await tx.run(sql`update people_users set locale = ${locale} where id = ${userId}`);
}

export interface SessionFacts {
  readonly name: string;
  readonly login: string;
  readonly locale: 'zh-CN' | 'en';
  readonly org_id: string;
  readonly org_name: string;
  readonly org_name_en: string | null;
  readonly roles: { code: string; zh: string; en: string }[];
  readonly zone_name: string;
  readonly zone_name_en: string | null;
  readonly zone: unknown;
  readonly focus_year: unknown;
}

export async function sessionFacts(db: Db, userId: string): Promise<SessionFacts | undefined> {
  return db.row<SessionFacts>(sql`
    select u.name, u.login, u.locale, u.org_id, coalesce(o.short_name, o.name) as org_name, o.name_en as org_name_en,
           coalesce((select jsonb_agg(jsonb_build_object('code', r.code, 'zh', r.name_zh, 'en', r.name_en) order by r.sort, r.code)
                     from people_user_roles ur join people_roles r on r.id = ur.role_id and r.active where ur.user_id = u.id), '[]'::jsonb) as roles,
           coalesce(root.short_name, root.name) as zone_name, root.name_en as zone_name_en,
           (select value from platform_settings where name = 'zone') as zone,
           (select value from platform_settings where name = 'projects.focus_year') as focus_year
    from people_users u join people_organisations o on o.id = u.org_id join people_organisations root on root.parent_id is null
    where u.id = ${userId}`);
}

export async function isDemoZone(db: Db): Promise<boolean> {
  return (await db.row(sql`select 1 as one from platform_settings where name = 'zone' and value -> 'demo' = 'true'::jsonb`)) !== undefined;
}

export interface DemoUser {
  readonly id: string;
  readonly name: string;
  readonly org_name: string;
  readonly org_name_en: string | null;
  readonly role: string | null;
  readonly role_zh: string | null;
  readonly role_en: string | null;
}

/** Of each role those whom the zone puts on its cards, else the first by name of login, in the order of the roles; or the one who is asked for. */
export async function demoUsers(db: Db, id?: string): Promise<DemoUser[]> {
  return db.rows<DemoUser>(sql`
    select id, name, org_name, org_name_en, role, role_zh, role_en from (
      select u.id, u.name, coalesce(o.short_name, o.name) as org_name, o.name_en as org_name_en, r.sort, r.code as role, r.name_zh as role_zh, r.name_en as role_en, card.place,
        row_number() over (partition by r.sort, r.code order by card.place, u.login) as nth
      from people_users u join people_organisations o on o.id = u.org_id
      left join lateral (select role.* from people_user_roles ur join people_roles role on role.id = ur.role_id and role.active
                         where ur.user_id = u.id order by role.sort, role.code limit 1) r on true
      left join (select c.id, c.place from platform_settings s, jsonb_array_elements_text(s.value -> 'cards') with ordinality as c (id, place) where s.name = 'zone') card on card.id = u.id::text
      where u.demo and u.active ${id === undefined ? sql.empty : sql`and u.id = ${id}`}) as p
    where nth = 1 or place is not null order by sort, role, nth`);
}
