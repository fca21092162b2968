// Makes the organisations and commissioners that a ledger names and the zone does not know, by the ordinary commands and only when
// the person has asked for it. People get an account without a usable password: an administrator gives them their first one.
import { randomBytes } from 'node:crypto';
import { idFrom } from '../../../kernel/ids.ts';
import { refuse, Refusal } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { sql } from '../../../platform/db.ts';
import { lookupsOf } from './lookups.ts';
import type { Host } from './runner.ts';
import { readNames } from './store.ts';

/** A permission of its own: to make bodies and people out of a ledger is less than to manage them, and more than to import. */
export const MAKES_MISSING = 'projects.import_missing';

interface Named { readonly kind: 'town' | 'park' | 'organisation' | 'commissioner'; readonly name: string }

export async function makeMissing(host: Host, person: Actor, importId: string): Promise<void> {
  const { database } = host;
  // Asked at the preview too; a role may have changed since.
  if (!may(person, MAKES_MISSING)) refuse('ledger.may_not_create', {});
  // Who imports need not manage people; what is made here opens nothing to anybody. The events name the person all the same.
  const actor: Actor = { ...person, isSystem: true };
  const named = await database.rows<Named>(sql`
    select distinct v.kind, v.name from projects_import_rows r cross join lateral (values
      ('town', r.values->'names'->>'town'), ('park', r.values->'names'->>'park'), ('organisation', r.values->'names'->>'responsibleOrg'), ('commissioner', r.values->'names'->>'commissioner')) as v (kind, name)
    where r.import_id = ${importId} and r.fate in ('new', 'changed') and v.name is not null order by 1 desc, 2 limit 5000`);
  let lookups = lookupsOf(await readNames(database));
  const root = await database.row<{ id: string }>(sql`select id from people_organisations where parent_id is null`);
  const role = await database.row<{ id: string }>(sql`select id from people_roles where code = 'commissioner'`);
  if (root === undefined || role === undefined) throw new Refusal('platform.not_found', {});
  for (const { kind, name } of named) {
    const key = idFrom('import', importId, kind, name);
    if (kind === 'commissioner') {
      if (lookups.commissioner(name) !== undefined) continue;
      await host.run(actor, 'people.create_user', { id: key, orgId: root.id, login: loginOf(name, key), name: name.slice(0, 60), roleIds: [role.id], password: randomBytes(24).toString('base64url'), chains: [] }, { key });
    } else if (lookups.organisation(kind === 'organisation' ? 'any' : kind, name) === undefined) {
      await host.run(actor, 'people.create_organisation', { id: key, parentId: root.id, kind: kind === 'organisation' ? 'department' : kind, name: name.slice(0, 200) }, { key });
      lookups = lookupsOf(await readNames(database)); // a park that was just made may be the responsible unit of the next row
    }
  }
}

function loginOf(name: string, id: string): string {
  return `${name.replaceAll(/\s/g, '').slice(0, 40)}-${id.slice(0, 4)}`;
}
