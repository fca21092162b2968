// SQL of the definitions of rates. Decides nothing.
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import { json, sql, type Db } from '../../../platform/db.ts';
import { checker } from '../../../platform/validate.ts';
import { iso } from '../instants.ts';
import { Definition, presets, type Versioned } from './definitions.ts';

const check = checker(Definition);
const shipped = presets(check);

export interface Stored extends Versioned {
  readonly byName: string | null;
  readonly reason: string | null;
  readonly at: string | null;
}

/** All versions, those that came with the program among them. */
export async function readDefinitions(db: Db): Promise<readonly Stored[]> {
  const rows = await db.rows<Omit<Stored, 'body'> & { body: unknown }>(sql`
    select code, version, from_day as "fromDay", body, by_name as "byName", reason, ${iso(sql`at`)} as at from problems_definitions order by code, version`);
  return [...shipped.map((one) => ({ ...one, byName: null, reason: null, at: null })), ...rows.map((row) => ({ ...row, body: check(row.body) }))];
}

export async function lockDefinitions(tx: Db, code: string): Promise<number> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`problems.definition:${code}`}, 0))`);
  return (await tx.row<{ version: number }>(sql`select coalesce(max(version), 1) as version from problems_definitions where code = ${code}`))?.version ?? 1;
}

export async function insertDefinition(tx: Db, one: { readonly code: string; readonly version: number; readonly body: Definition; readonly fromDay: string; readonly reason: string }, by: Actor, now: Now): Promise<void> {
  await tx.run(sql`
    insert into problems_definitions (code, version, body, from_day, by_id, by_name, reason, at)
    values (${one.code}, ${one.version}, ${json(one.body)}::jsonb, ${one.fromDay}, ${by.userId}, ${by.name}, ${one.reason}, ${now.instant})`);
}
