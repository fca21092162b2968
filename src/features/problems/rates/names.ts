// The names of groups, where these are names: organisations and kinds. The words of the others stand in the locales.
import type { Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { readKinds } from '../pool/reads.ts';
import type { Group } from './definitions.ts';

export async function namesOf(db: Db, group: Group, values: readonly string[], locale: Actor['locale']): Promise<ReadonlyMap<string, string>> {
  if (group === 'kind') return new Map((await readKinds(db)).map((kind) => [kind.code, locale === 'en' ? kind.en : kind.zh]));
  if (!['department', 'town', 'enterprise'].includes(group)) return new Map();
  const ids = values.filter((one) => one !== '');
  return new Map((await db.rows<{ id: string; name: string }>(sql`select id, coalesce(short_name, name) as name from people_organisations where id = any(${ids}::uuid[])`)).map((row) => [row.id, row.name]));
}
