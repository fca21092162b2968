// SQL of tokens for machines. Only their digests are stored.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { within } from '../scope.ts';

export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly user_id: string;
  readonly user_name: string;
  readonly login: string;
  readonly created_at: string;
  readonly created_by: string | null;
  readonly expires_at: string;
  readonly last_used_at: string | null;
  readonly ended_at: string | null;
}

const LIMIT = 500;

export async function listTokens(db: Db, actor: Actor): Promise<TokenRow[]> {
  return db.rows<TokenRow>(sql`
    select t.id, t.name, t.user_id, u.name as user_name, u.login, t.created_at, maker.name as created_by, t.expires_at, t.last_used_at, t.ended_at
    from people_tokens t join people_users u on u.id = t.user_id join people_organisations o on o.id = u.org_id left join people_users maker on maker.id = t.created_by
    where ${within(actor, sql`o.path`)} order by t.ended_at is not null, t.created_at desc limit ${LIMIT}`);
}

export async function insertToken(tx: Db, one: { id: string; userId: string; name: string; digest: Uint8Array; at: Date; by: string; expiresAt: Date }): Promise<void> {
  await tx.run(sql`
    insert into people_tokens (id, user_id, name, token_hash, created_at, created_by, expires_at)
    values (${one.id}, ${one.userId}, ${one.name}, ${one.digest}, ${one.at}, ${one.by}, ${one.expiresAt})`);
}

export async function lockToken(tx: Db, actor: Actor, id: string): Promise<{ id: string; user_id: string; name: string } | undefined> {
  return tx.row(sql`
    select t.id, t.user_id, t.name from people_tokens t join people_users u on u.id = t.user_id join people_organisations o on o.id = u.org_id
    where t.id = ${id} and t.ended_at is null and ${within(actor, sql`o.path`)} for update of t`);
}

export async function endToken(tx: Db, id: string, at: Date): Promise<void> {
  await tx.run(sql`update people_tokens set ended_at = ${at} where id = ${id}`);
}

/** True where the caller itself is a machine. */
export async function isToken(db: Db, id: string): Promise<boolean> {
  return (await db.row(sql`select 1 as one from people_tokens where id = ${id}`)) !== undefined;
}
