// The department map: read and changed as one thing, for a duty moves from one body to another.
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { changesSince } from '../../../platform/history.ts';
import { lockSetting, readSetting, saveSetting } from '../../../platform/settings.ts';
import * as contract from './contract.ts';
import { assigned, DUTIES, dutiesOf, readMap, type Assignment, type MapChange } from './rules.ts';
import * as store from './store.ts';

export const DEPARTMENT_MAP = 'people.department_map';
const SUBJECT = idFrom('setting', DEPARTMENT_MAP);

export const dutyQueries: readonly QueryHandler[] = [
  readHandler(contract.getDepartmentMap, {
    permission: 'signed-in',
    read: async ({ db, actor }) => {
      const setting = await readSetting(db, DEPARTMENT_MAP);
      const map = readMap(setting?.value);
      const names = await store.namesOf(db, Object.values(map), actor.locale === 'en');
      return {
        version: setting?.version ?? 0,
        items: DUTIES.map((duty) => {
          const organisationId = map[duty] ?? null;
          return { duty, organisationId, organisationName: organisationId === null ? null : (names.get(organisationId) ?? null) };
        }),
      };
    },
  }),
];

export const dutyCommands: readonly CommandHandler[] = [
  handler(contract.editDepartmentMap, {
    permission: 'people.manage',
    load: async ({ tx }) => lockSetting(tx, DEPARTMENT_MAP),
    version: (subject) => subject.version,
    allow: (actor) => actor.scope.all,
    decide: ({ subject, input }) => assigned(readMap(subject.value), input.items),
    save: async ({ tx, changes, actor, now }) => ({ version: await save(tx, changes, actor.userId, now.instant) }),
    newVersion: (output) => output.version,
    event: ({ changes }) => ({ kind: 'people.department_map_edited', subjectType: 'setting', subjectId: SUBJECT, before: changes.before, after: changes.after }),
    staleDetails: async ({ tx, sent }) => ({ changes: await changesSince(tx, SUBJECT, sent) }),
  }),
];

/** Gives duties within another command's transaction. */
export async function assignDuties(tx: Db, assignments: readonly Assignment[], how: { readonly by: string; readonly at: Date; readonly onlyFree: boolean }): Promise<void> {
  const setting = await lockSetting(tx, DEPARTMENT_MAP);
  await save(tx, assigned(readMap(setting.value), assignments, how.onlyFree), how.by, how.at);
}

async function save(tx: Db, changes: MapChange, by: string, at: Date): Promise<number> {
  const holders = [...new Set([...Object.values(changes.before), ...Object.values(changes.after)])].filter((id) => id !== null);
  const open = await store.openOrganisations(tx, holders);
  const wrong = Object.entries(changes.after).find(([, id]) => id !== null && !open.has(id));
  if (wrong !== undefined) refuse('people.duty_without_organisation', { duty: wrong[0] });
  const version = await saveSetting(tx, DEPARTMENT_MAP, changes.map, by, at);
  await store.saveDuties(tx, dutiesOf(changes.map, holders));
  return version;
}
