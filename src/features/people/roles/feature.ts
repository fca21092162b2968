// Roles: who may do what, as data. Nobody can take the administration from the last administrator, nor widen his own role.
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { changesSince } from '../../../platform/history.ts';
import { forgetActors } from '../session.ts';
import * as contract from './contract.ts';
import { editedRole, ordered, refuseUnknown } from './rules.ts';
import * as store from './store.ts';

/** The permissions of all features: known only when they have been put together. */
export type KnownPermissions = () => readonly string[];

const DEFAULT_SORT = 1000;

export function roleQueries(known: KnownPermissions): readonly QueryHandler[] {
  return [
    readHandler(contract.listRoles, {
      permission: 'people.read',
      read: async ({ db, actor }) => ({
        items: (await store.listRoles(db)).map(({ name_zh, name_en, permissions, ...role }) => ({ ...role, permissions: [...permissions], name: actor.locale === 'en' ? name_en : name_zh, nameZh: name_zh, nameEn: name_en })),
        permissions: [...known()],
      }),
    }),
  ];
}

export function roleCommands(known: KnownPermissions): readonly CommandHandler[] {
  return [
    handler(contract.createRole, {
      permission: 'people.manage',
      load: async () => ({}),
      allow: (actor) => actor.scope.all,
      decide: ({ input, now }) => {
        refuseUnknown(input.permissions, known());
        return {
          id: input.id ?? newId(now.instant.getTime()), code: input.code, name_zh: input.nameZh.trim(), name_en: input.nameEn.trim(),
          permissions: ordered(input.permissions, known()), scope: input.scope, builtin: false, sort: input.sort ?? DEFAULT_SORT,
        };
      },
      save: async ({ tx, changes }) => {
        await store.insertRole(tx, changes);
        return { id: changes.id, version: 1 };
      },
      newVersion: (output) => output.version,
      event: ({ changes }) => ({
        kind: 'people.role_created', subjectType: 'role', subjectId: changes.id,
        after: { code: changes.code, nameZh: changes.name_zh, nameEn: changes.name_en, permissions: changes.permissions, scope: changes.scope },
      }),
    }),
    handler(contract.editRole, {
      permission: 'people.manage',
      load: async ({ tx, input }) => {
        await store.lockAdministration(tx);
        return store.lockRole(tx, input.id);
      },
      version: (subject) => subject.version,
      allow: (actor) => actor.scope.all,
      decide: ({ subject, input, actor }) => {
        const change = editedRole(subject, input, known());
        refuseOwnWidening(actor, subject.code, subject.permissions, change.role.permissions);
        return change;
      },
      save: async ({ tx, changes }) => {
        const before = await store.administrators(tx);
        const version = await store.updateRole(tx, changes.role);
        await refuseWithoutAdministrator(tx, before);
        return { id: changes.role.id, version };
      },
      newVersion: (output) => output.version,
      event: ({ changes }) => ({ kind: 'people.role_edited', subjectType: 'role', subjectId: changes.role.id, before: changes.before, after: changes.after }),
      staleDetails: async ({ tx, subject, sent }) => {
        const { name_zh, name_en, permissions, scope, active, version } = subject;
        return { current: { nameZh: name_zh, nameEn: name_en, permissions, scope, active, version }, changes: await changesSince(tx, subject.id, sent) };
      },
      committed: forgetActors,
    }),
  ];
}

/** To be called at the end of whatever may take a role or a person away. */
export async function refuseWithoutAdministrator(tx: Db, before: number): Promise<void> {
  if (before > 0 && (await store.administrators(tx)) === 0) refuse('people.last_administrator', {});
}

// Separation of duties (三员分立): whoever manages people does not give powers to himself.
function refuseOwnWidening(actor: Actor, code: string, before: readonly string[], after: readonly string[]): void {
  if (actor.isSystem || !actor.roles.includes(code)) return;
  const added = after.filter((permission) => !before.includes(permission));
  if (added.length > 0) refuse('people.own_role', {});
}
