// SQL of people. A hash of a password goes in here and never out.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db, type Sql } from '../../../platform/db.ts';
import { within } from '../scope.ts';
import type { GivenRole, UserFacts } from './rules.ts';

export async function lockUser(tx: Db, actor: Actor, id: string): Promise<UserFacts | undefined> {
  return tx.row<UserFacts>(sql`
    select u.id, u.org_id, u.login, u.name, u.phone, u.locale, u.chains, u.active, u.demo, u.version
    from people_users u join people_organisations o on o.id = u.org_id where u.id = ${id} and ${within(actor, sql`o.path`)} for update of u`);
}

export async function rolesOf(db: Db, userId: string): Promise<GivenRole[]> {
  return db.rows<GivenRole>(sql`
    select r.id, r.code, r.scope, r.permissions, r.active from people_user_roles ur join people_roles r on r.id = ur.role_id where ur.user_id = ${userId} order by r.sort, r.code`);
}

export async function rolesById(db: Db, ids: readonly string[]): Promise<GivenRole[]> {
  return db.rows<GivenRole>(sql`select id, code, scope, permissions, active from people_roles where id = any(${[...ids]}::uuid[]) order by sort, code`);
}

/** An organisation that people may be put into: open, and within reach. */
export async function openOrganisation(tx: Db, actor: Actor, id: string): Promise<{ id: string; name: string } | undefined> {
  return tx.row(sql`select o.id, o.name from people_organisations o where o.id = ${id} and o.active and ${within(actor, sql`o.path`)} for share`);
}

export async function loginTaken(tx: Db, login: string, but?: string): Promise<boolean> {
  return (await tx.row(sql`select 1 as one from people_users where lower(login) = lower(${login}) ${but === undefined ? sql.empty : sql`and id <> ${but}`}`)) !== undefined;
}

export interface NewUser {
  readonly id: string;
  readonly orgId: string;
  readonly login: string;
  readonly name: string;
  readonly pinyin: string;
  readonly phone: string | null;
  readonly locale: string;
  readonly chains: readonly string[];
  readonly passwordHash: string | null;
  readonly mustChange: boolean;
  readonly demo: boolean;
}

export async function insertUser(tx: Db, one: NewUser): Promise<void> {
  await tx.run(sql`
    insert into people_users (id, org_id, login, name, pinyin, phone, locale, chains, password_hash, must_change, demo)
    values (${one.id}, ${one.orgId}, ${one.login}, ${one.name}, ${one.pinyin}, ${one.phone}, ${one.locale}, ${[...one.chains]}::text[], ${one.passwordHash}, ${one.mustChange}, ${one.demo})`);
}

export async function updateUser(tx: Db, id: string, values: Omit<UserFacts, 'id' | 'active' | 'demo' | 'version'>, pinyin: string): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    update people_users set org_id = ${values.org_id}, login = ${values.login}, name = ${values.name}, pinyin = ${pinyin}, phone = ${values.phone}, locale = ${values.locale},
           chains = ${[...values.chains]}::text[], version = version + 1 where id = ${id} returning version`);
  return row?.version ?? 0;
}

export async function setRoles(tx: Db, userId: string, roleIds: readonly string[]): Promise<void> {
  await tx.run(sql`delete from people_user_roles where user_id = ${userId} and role_id <> all(${[...roleIds]}::uuid[])`);
  await tx.run(sql`insert into people_user_roles (user_id, role_id) select ${userId}, unnest(${[...roleIds]}::uuid[]) on conflict do nothing`);
}

export async function setActive(tx: Db, id: string, active: boolean): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`update people_users set active = ${active}, version = version + 1 where id = ${id} returning version`);
  return row?.version ?? 0;
}

export async function endTokens(tx: Db, userId: string, at: Date): Promise<void> {
  await tx.run(sql`update people_tokens set ended_at = ${at} where user_id = ${userId} and ended_at is null`);
}

export interface UserRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly org_id: string;
  readonly org_name: string;
  readonly phone: string | null;
  readonly roles: { id: string; code: string; name: string }[];
  readonly active: boolean;
  readonly must_change: boolean;
  readonly locked_until: string | null;
  readonly last_seen_at: string | null;
  readonly demo: boolean;
  readonly version: number;
}

function columns(actor: Actor, at: Date): Sql {
  const english = actor.locale === 'en';
  return sql`u.id, u.login, u.name, u.org_id, ${english ? sql`coalesce(o.name_en, o.short_name, o.name)` : sql`coalesce(o.short_name, o.name)`} as org_name, u.phone,
    coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'code', r.code, 'name', ${english ? sql`r.name_en` : sql`r.name_zh`}) order by r.sort, r.code)
              from people_user_roles ur join people_roles r on r.id = ur.role_id where ur.user_id = u.id), '[]'::jsonb) as roles,
    u.active, u.must_change and u.password_hash is not null as must_change,
    (select a.blocked_until from people_attempts a where a.blocked_until > ${at}
      and a.key = 'name:' || rtrim(translate(encode(sha256(convert_to(lower(u.login), 'UTF8')), 'base64'), '+/', '-_'), '=')) as locked_until,
    (select max(s.last_seen_at) from people_sessions s where s.user_id = u.id) as last_seen_at, u.demo, u.version`;
}

export interface UserFilter {
  readonly q?: string;
  readonly orgId?: string;
  readonly role?: readonly string[];
  readonly active?: boolean;
}

function conditions(actor: Actor, filter: UserFilter): Sql {
  return sql.all([
    within(actor, sql`o.path`), matching(filter.q),
    ...(filter.orgId === undefined ? [] : [sql`o.path @> array[${filter.orgId}::uuid]`]),
    ...(filter.active === undefined ? [] : [sql`u.active = ${filter.active}`]),
    ...(filter.role === undefined || filter.role.length === 0 ? [] : [hasRole(filter.role)]),
  ]);
}

function hasRole(codes: readonly string[]): Sql {
  return sql`exists (select 1 from people_user_roles ur join people_roles r on r.id = ur.role_id where ur.user_id = u.id and r.code = any(${[...codes]}::text[]))`;
}

function matching(q: string | undefined): Sql {
  const text = (q ?? '').trim().toLowerCase();
  return text === '' ? sql`true` : sql`(strpos(lower(u.name), ${text}) > 0 or strpos(u.pinyin, ${text}) > 0 or strpos(lower(u.login), ${text}) > 0)`;
}

export async function listUsers(db: Db, actor: Actor, filter: UserFilter, after: string | undefined, limit: number, at: Date): Promise<UserRow[]> {
  const further = after === undefined ? sql.empty : sql`and (u.pinyin collate "C", u.id) > (select one.pinyin collate "C", one.id from people_users one where one.id = ${after})`;
  return db.rows<UserRow>(sql`
    select ${columns(actor, at)} from people_users u join people_organisations o on o.id = u.org_id
    where ${conditions(actor, filter)} ${further} order by u.pinyin collate "C", u.id limit ${limit}`);
}

export async function countUsers(db: Db, actor: Actor, filter: UserFilter): Promise<number> {
  const row = await db.row<{ count: number }>(sql`select count(*) as count from people_users u join people_organisations o on o.id = u.org_id where ${conditions(actor, filter)}`);
  return row?.count ?? 0;
}

export async function readUser(db: Db, actor: Actor, id: string, at: Date): Promise<(UserRow & { locale: 'zh-CN' | 'en'; chains: string[]; sessions: number; tokens: number }) | undefined> {
  return db.row(sql`
    select ${columns(actor, at)}, u.locale, u.chains,
           (select count(*) from people_sessions s where s.user_id = u.id and s.ended_at is null and s.expires_at > ${at}) as sessions,
           (select count(*) from people_tokens t where t.user_id = u.id and t.ended_at is null and t.expires_at > ${at}) as tokens
    from people_users u join people_organisations o on o.id = u.org_id where u.id = ${id} and ${within(actor, sql`o.path`)}`);
}

export interface PickedUser {
  readonly id: string;
  readonly name: string;
  readonly orgId: string;
  readonly orgName: string;
  readonly roleNames: string[];
}

/** Whoever belongs to an enterprise finds the people of that enterprise alone. */
export async function pick(
  db: Db, actor: Actor, filter: { readonly q?: string; readonly roleCodes?: readonly string[]; readonly orgId?: string; readonly ids?: readonly string[] }, limit: number,
): Promise<PickedUser[]> {
  const english = actor.locale === 'en';
  const text = (filter.q ?? '').trim().toLowerCase();
  return db.rows<PickedUser>(sql`
    select u.id, u.name, u.org_id as "orgId", ${english ? sql`coalesce(o.name_en, o.short_name, o.name)` : sql`coalesce(o.short_name, o.name)`} as "orgName",
           array(select ${english ? sql`r.name_en` : sql`r.name_zh`} from people_user_roles ur join people_roles r on r.id = ur.role_id and r.active where ur.user_id = u.id order by r.sort, r.code) as "roleNames"
    from people_users u join people_organisations o on o.id = u.org_id
    where ${matching(filter.q)} ${filter.ids === undefined ? sql`and u.active` : sql`and u.id = any(${[...filter.ids]}::uuid[])`}
      ${filter.roleCodes === undefined || filter.roleCodes.length === 0 ? sql.empty : sql`and ${hasRole(filter.roleCodes)}`}
      ${filter.orgId === undefined ? sql.empty : sql`and o.path @> array[${filter.orgId}::uuid]`}
      ${actor.isSystem ? sql.empty : sql`and (u.org_id = ${actor.orgId} or exists (select 1 from people_organisations own where own.id = ${actor.orgId} and own.kind <> 'enterprise'))`}
    order by ${text === '' ? sql.empty : sql`(strpos(u.pinyin, ${text}) = 1 or strpos(lower(u.name), ${text}) = 1) desc,`} u.pinyin collate "C", u.id limit ${limit}`);
}
