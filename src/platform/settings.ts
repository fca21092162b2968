// Settings of a zone: data that an administrator reads and changes. Each has a default in the code of the feature that owns it.
import { sql, json, type Db } from './db.ts';

export interface Setting {
  readonly value: unknown;
  readonly version: number;
}

/** The stored setting, or nothing when the default still holds (its version is then 0). */
export async function readSetting(db: Db, name: string): Promise<Setting | undefined> {
  return db.row<Setting>(sql`select value, version from platform_settings where name = ${name}`);
}

/** Locks a setting for a change; version 0 = not stored yet. */
export async function lockSetting(tx: Db, name: string): Promise<Setting> {
  // A setting that is not stored yet has no row to lock: two first changes at once would both start from nothing.
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`setting:${name}`}, 0))`);
  const found = await tx.row<Setting>(sql`select value, version from platform_settings where name = ${name} for update`);
  return found ?? { value: undefined, version: 0 };
}

/**
 * Writes a setting and gives its new version. What people decide is written in a command's save, with its event; beside that only the first
 * zone (people/zone.ts) and the day for which derived values stand (jobs.ts).
 */
export async function saveSetting(tx: Db, name: string, value: unknown, by: string, at: Date): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`
    insert into platform_settings (name, value, updated_at, updated_by) values (${name}, ${json(value)}::jsonb, ${at}, ${by})
    on conflict (name) do update set value = excluded.value, version = platform_settings.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by
    returning version`);
  return row?.version ?? 1;
}
