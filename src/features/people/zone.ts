// The first start of an empty zone: its root organisation, the roles that come with the program, and, but in the demonstration, one
// administrator whose first password stands in a file that only the owner can read.
import { randomBytes } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Now } from '../../kernel/clock.ts';
import { idFrom, newId } from '../../kernel/ids.ts';
import { sql, json, type Database, type Db } from '../../platform/db.ts';
import { initials } from '../../platform/pinyin.ts';
import { saveSetting } from '../../platform/settings.ts';
import { inBoth } from '../../platform/spoken.ts';
import first from './data/first.json' with { type: 'json' };
import roles from './data/roles.json' with { type: 'json' };
import { hashPassword } from './hashing.ts';
import { insertOrganisation } from './organisations/store.ts';
import { insertRole } from './roles/store.ts';
import { systemActor } from './session.ts';
import { insertUser, setRoles } from './users/store.ts';
import { readablePassword } from './users/rules.ts';
import { SCOPES, type ScopeKind } from './fields.ts';

export const FIRST_PASSWORD_FILE = 'first-password.txt';
const ADMINISTRATOR = 'admin';

export interface ZonePlace {
  readonly database: Database;
  readonly config: { readonly dataDir: string };
  now(): Now;
}

export interface ZoneOptions {
  readonly demo: boolean;
  readonly name?: string;
  readonly shortName?: string;
  readonly nameEn?: string;
  /** The day on which the zone's clock stands; left out it follows the machine's. */
  readonly day?: string;
  /** Of the demonstration: who stands on the sign-in page beside the first of each role, the first in front. */
  readonly cards?: readonly string[];
}

export interface ZoneReport {
  /** False: the zone was there already and nothing was done. */
  readonly created: boolean;
  readonly rootId: string;
  /** Where the administrator's first password stands. */
  readonly firstPasswordFile?: string;
}

/** Makes a zone that can be signed in to, once; in one transaction. */
export async function ensureZone(place: ZonePlace, options: ZoneOptions): Promise<ZoneReport> {
  const existing = await rootOf(place.database);
  if (existing !== undefined) return { created: false, rootId: existing };
  const now = place.now();
  const password = options.demo ? undefined : readablePassword(randomBytes(16));
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  return place.database.transaction(async (tx) => {
    await tx.run(sql`lock table people_organisations in share row exclusive mode`);
    const other = await rootOf(tx);
    if (other !== undefined) return { created: false, rootId: other };
    // Before the commit, and only by whoever holds the lock: an administrator whose password nobody knows would be worse than a file
    // that a crash has made useless.
    const firstPasswordFile = password === undefined ? undefined : await writePassword(place.config.dataDir, password);
    const rootId = newId(now.instant.getTime());
    const name = options.name ?? first.zone;
    await insertOrganisation(tx, {
      id: rootId, parentId: null, path: [rootId], kind: 'zone', name, shortName: options.shortName ?? null, nameEn: options.nameEn ?? null, code: null, sort: 0, pinyin: initials(name),
    });
    const adminRole = await insertRoles(tx);
    await saveSetting(tx, 'zone', { demo: options.demo, ...(options.day === undefined ? {} : { day: options.day }), ...(options.cards === undefined ? {} : { cards: options.cards }) }, systemActor.userId, now.instant);
    if (passwordHash !== undefined) await insertAdministrator(tx, rootId, adminRole, passwordHash);
    await tell(tx, rootId, name, options.demo, now);
    return { created: true, rootId, ...(firstPasswordFile === undefined ? {} : { firstPasswordFile }) };
  });
}

async function rootOf(db: Db): Promise<string | undefined> {
  return (await db.row<{ id: string }>(sql`select id from people_organisations where parent_id is null`))?.id;
}

/** The ids of the roles that come with the program are the same in every zone. */
async function insertRoles(tx: Db): Promise<string> {
  for (const role of roles) {
    await insertRole(tx, { id: roleId(role.code), code: role.code, name_zh: role.zh, name_en: role.en, permissions: role.permissions, scope: scopeIn(role.scope), builtin: true, sort: role.sort });
  }
  return roleId(ADMINISTRATOR);
}

export function roleId(code: string): string {
  return idFrom('role', code);
}

function scopeIn(text: string): ScopeKind {
  return SCOPES.find((scope) => scope === text) ?? 'projects';
}

async function insertAdministrator(tx: Db, rootId: string, role: string, passwordHash: string): Promise<void> {
  const id = idFrom('user', ADMINISTRATOR);
  await insertUser(tx, { id, orgId: rootId, login: ADMINISTRATOR, ...first.administrator, phone: null, locale: 'zh-CN', chains: [], passwordHash, mustChange: true, demo: false });
  await setRoles(tx, id, [role]);
}

// Before there is a zone there is nobody who could run a command: this one event is written here.
async function tell(tx: Db, rootId: string, name: string, demo: boolean, now: Now): Promise<void> {
  await tx.run(sql`
    insert into platform_events (id, at, day, actor_id, actor_name, command, key, kind, subject_type, subject_id, after)
    values (${newId(now.instant.getTime())}, ${now.instant}, ${now.day}, ${systemActor.userId}, ${systemActor.name}, 'people.create_zone', 'zone', 'people.zone_created', 'organisation', ${rootId},
            ${json({ name, demo })}::jsonb)`);
}

async function writePassword(folder: string, password: string): Promise<string> {
  const file = path.join(folder, FIRST_PASSWORD_FILE);
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(`${ADMINISTRATOR}\n${password}\n\n${inBoth('cli:password_file', {}, '\n')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  return file;
}
