// The tree of organisations: list, create, edit, move, close; and the list out of which others choose.
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { changesSince } from '../../../platform/history.ts';
import { initials } from '../../../platform/pinyin.ts';
import { assignDuties } from '../duties/feature.ts';
import { forgetActors } from '../session.ts';
import * as contract from './contract.ts';
import { difference, MAX_DEPTH, refuseClose, refuseParent, tidy, type OrganisationFacts } from './rules.ts';
import * as store from './store.ts';

/** What must follow a change in the same transaction, in features that come later. */
export interface OrganisationHooks {
  /** The reader keys of projects hold the path of their organisations. */
  readonly moved: (tx: Db, organisationIds: readonly string[], now: Now) => Promise<void>;
  /** Totals are kept for some kinds of organisation alone. */
  readonly kindChanged: (tx: Db, organisationId: string, now: Now) => Promise<void>;
}

const PAGE = 200;
const PICK = 20;
const DEFAULT_SORT = 1000;

export const organisationQueries: readonly QueryHandler[] = [
  readHandler(contract.listOrganisations, {
    permission: 'people.read',
    read: async ({ db, actor, input }) => {
      const limit = input.limit ?? PAGE;
      const [rows, kinds] = await Promise.all([store.listOrganisations(db, actor, input, input.after, limit + 1), store.countKinds(db, actor, input)]);
      const items = rows.slice(0, limit).map(({ parent_id, short_name, name_en, kind, duties, ...rest }) => ({ ...rest, kind: kindOf(kind), duties: [...duties], parentId: parent_id, shortName: short_name, nameEn: name_en }));
      const wanted = input.kinds ?? [];
      const total = kinds.filter((one) => wanted.length === 0 || wanted.includes(one.kind)).reduce((sum, one) => sum + one.count, 0);
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null, total, kinds };
    },
  }),
  readHandler(contract.pickOrganisations, {
    permission: 'signed-in',
    read: async ({ db, actor, input }) => ({ items: await store.pick(db, actor, input, input.limit ?? PICK) }),
  }),
];

export function organisationCommands(hooks: OrganisationHooks): readonly CommandHandler[] {
  return [
    handler(contract.createOrganisation, {
      permission: 'people.manage',
      load: async ({ tx, actor, input }) => ({ parent: await store.readParent(tx, actor, input.parentId) }),
      decide: ({ subject, input, actor, now }) => {
        const parent = refuseParent(subject.parent);
        if (!actor.isSystem && !actor.scope.all && (input.duties ?? []).length > 0) refuse('platform.not_allowed', {});
        const id = input.id ?? newId(now.instant.getTime());
        return {
          id, parentId: parent.id, path: [...parent.path, id], kind: input.kind, name: input.name.trim(), shortName: textOf(input.shortName), nameEn: textOf(input.nameEn),
          code: textOf(input.code), sort: input.sort ?? DEFAULT_SORT, pinyin: initials(input.name),
        };
      },
      save: async ({ tx, changes, input, actor, now }) => {
        await store.insertOrganisation(tx, changes);
        if (input.duties === undefined || input.duties.length === 0) return { id: changes.id, version: 1 };
        await assignDuties(tx, input.duties.map((duty) => ({ duty, organisationId: changes.id })), { by: actor.userId, at: now.instant, onlyFree: true });
        return { id: changes.id, version: 1 };
      },
      newVersion: (output) => output.version,
      event: ({ changes, input }) => ({
        kind: 'people.organisation_created', subjectType: 'organisation', subjectId: changes.id,
        after: { parentId: changes.parentId, kind: changes.kind, name: changes.name, shortName: changes.shortName, nameEn: changes.nameEn, code: changes.code, duties: input.duties ?? [] },
      }),
      committed: forgetActors,
    }),
    handler(contract.editOrganisation, {
      permission: 'people.manage',
      load: async ({ tx, actor, input }) => {
        if (input.parentId !== undefined) await store.lockShape(tx);
        const current = await store.lockOrganisation(tx, actor, input.id);
        if (current === undefined) return undefined;
        const moving = input.parentId !== undefined && input.parentId !== current.parent_id;
        return { ...current, moving, parent: moving ? await store.readParent(tx, actor, input.parentId ?? '') : undefined, deepest: moving ? await store.deepest(tx, current.id) : 0 };
      },
      version: (subject) => subject.version,
      decide: ({ subject, input }) => {
        const changes = difference(subject, input);
        if (!subject.moving) return { ...changes, parentPath: undefined };
        const parent = refuseParent(subject.parent, subject);
        if (parent.path.length + 1 + subject.deepest - subject.path.length > MAX_DEPTH) refuse('people.too_deep', { levels: MAX_DEPTH });
        return { ...changes, parentPath: parent.path };
      },
      save: async ({ tx, changes, subject, now }) => {
        const name = changes.after['name'];
        const version = await store.updateOrganisation(tx, subject.id, { ...changes.after, ...(typeof name === 'string' ? { pinyin: initials(name) } : {}) });
        const called = { name: subject.name, shortName: subject.short_name, nameEn: subject.name_en, code: subject.code, ...changes.after };
        if (['name', 'shortName', 'nameEn', 'code'].some((field) => field in changes.after)) await store.keepGrams(tx, subject.id, { ...called, pinyin: initials(called.name) });
        if (changes.parentPath !== undefined) await hooks.moved(tx, await store.movePaths(tx, subject.id, changes.parentPath), now);
        if ('kind' in changes.after) await hooks.kindChanged(tx, subject.id, now);
        return { id: subject.id, version };
      },
      newVersion: (output) => output.version,
      event: ({ changes, subject }) => ({ kind: 'people.organisation_edited', subjectType: 'organisation', subjectId: subject.id, before: changes.before, after: changes.after }),
      staleDetails,
      committed: forgetActors,
    }),
    handler(contract.closeOrganisation, {
      permission: 'people.manage',
      load: async ({ tx, actor, input }) => {
        const current = await store.lockOrganisation(tx, actor, input.id);
        return current === undefined ? undefined : { ...current, holds: await store.holdings(tx, current.id) };
      },
      version: (subject) => subject.version,
      decide: ({ subject }) => refuseClose(subject, subject.holds),
      save: async ({ tx, subject }) => ({ id: subject.id, version: await store.updateOrganisation(tx, subject.id, { active: false }) }),
      newVersion: (output) => output.version,
      event: ({ subject }) => ({ kind: 'people.organisation_closed', subjectType: 'organisation', subjectId: subject.id, before: { active: true }, after: { active: false } }),
      staleDetails,
      committed: forgetActors,
    }),
    handler(contract.reopenOrganisation, {
      permission: 'people.manage',
      load: async ({ tx, actor, input }) => {
        const current = await store.lockOrganisation(tx, actor, input.id);
        return current === undefined ? undefined : { ...current, parent: current.parent_id === null ? undefined : await store.readParent(tx, actor, current.parent_id) };
      },
      version: (subject) => subject.version,
      decide: ({ subject }) => {
        if (subject.active) refuse('people.open_already', {});
        refuseParent(subject.parent);
      },
      save: async ({ tx, subject }) => ({ id: subject.id, version: await store.updateOrganisation(tx, subject.id, { active: true }) }),
      newVersion: (output) => output.version,
      event: ({ subject }) => ({ kind: 'people.organisation_reopened', subjectType: 'organisation', subjectId: subject.id, before: { active: false }, after: { active: true } }),
      staleDetails,
      committed: forgetActors,
    }),
  ];
}

async function staleDetails({ tx, subject, sent }: { readonly tx: Db; readonly subject: OrganisationFacts; readonly sent: number }): Promise<Readonly<Record<string, unknown>>> {
  const { parent_id, kind, name, short_name, name_en, code, sort, version } = subject;
  return { current: { parentId: parent_id, kind, name, shortName: short_name, nameEn: name_en, code, sort, version }, changes: await changesSince(tx, subject.id, sent) };
}

function textOf(value: string | null | undefined): string | null {
  const text = tidy(value);
  return typeof text === 'string' ? text : null;
}

function kindOf(kind: string): 'zone' | 'department' | 'town' | 'park' | 'enterprise' | 'other' {
  switch (kind) {
    case 'zone': case 'department': case 'town': case 'park': case 'enterprise': return kind;
    default: return 'other';
  }
}
