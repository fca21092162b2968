// The record of a project as people write it: create, edit, a year's plan, codes, and the parts of a whole. Each command is one
// intent; what derives from it is kept by keep.ts in the same transaction.
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { settled, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { readGround } from '../data.ts';
import { keep, keepEdited, REACH, standingFor } from '../keep.ts';
import { knows, lockProject, touchProject } from '../scope.ts';
import { takeSeq } from '../seq.ts';
import * as contract from './contract.ts';
import { isField, type FieldName } from './fields.ts';
import { about, ofRecord } from './ofrecord.ts';
import { decideEdit, decideParent, tidied, type Fields } from './rules.ts';
import * as store from './store.ts';

export const recordCommands: readonly CommandHandler[] = [
  handler(contract.createProject, {
    permission: 'projects.create',
    load: async ({ tx, input }) => checked(tx, input.id, fieldsIn(input)),
    decide: ({ subject }) => subject.fields,
    save: async ({ tx, changes, input, actor, now }) => {
      if (input.parentId !== undefined) await openParent(tx, actor, input.parentId);
      const seq = await takeSeq(tx);
      await store.insertProject(tx, { id: input.id, seq, fields: changes, parentId: input.parentId ?? null, at: now.instant });
      if (input.planFen !== undefined || input.target !== undefined) {
        const { year } = await readGround(tx, now);
        await store.writeYear(tx, input.id, year, { planFen: input.planFen ?? null, target: input.target ?? null });
      }
      await keep(tx, [input.id], now);
      await stayWithin(tx, actor, input.id);
      return { id: input.id, version: 1, seq };
    },
    newVersion: (output) => output.version,
    event: ({ input, changes, output }) => {
      const { planFen, target } = input;
      return about(input.id, 'projects.created', undefined, { seq: output.seq, ...changes, ...(input.parentId === undefined ? {} : { parentId: input.parentId }), ...(planFen === undefined ? {} : { planFen }), ...(target === undefined ? {} : { target }) });
    },
  }),
  ofRecord(contract.editProject, {
    permission: 'projects.edit',
    load: async ({ tx, actor, input, now }) => {
      const given = tidied(fieldsIn(input));
      const names = Object.keys(given).filter(isField);
      const [current, , standing] = await settled([store.lockFields(tx, actor, input.id, names), checkPlaces(tx, input.id, given), standingFor(tx, input.id, names, now)]);
      return current === undefined ? undefined : { ...current, given, standing };
    },
    decide: ({ subject }) => decideEdit(subject, subject.given),
    save: async ({ tx, changes, subject, actor, now }) => {
      const update = store.updateOf(subject.id, changes.after, subject, now.instant);
      if (REACH.some((name) => name in changes.after)) {
        await settled([tx.run(update), keep(tx, [subject.id], now)]);
        await stayWithin(tx, actor, subject.id);
      } else {
        tx.last(update);
        if (subject.standing !== undefined) await keepEdited(tx, subject.standing, changes.after, now);
      }
      return { id: subject.id, version: subject.version + 1 };
    },
    event: ({ subject, changes, input }) => about(subject.id, 'projects.edited', changes.before, changes.after, input.reason),
  }),
  ofRecord(contract.editYear, {
    permission: 'projects.edit',
    load: async ({ tx, actor, input }) => {
      const project = await lockProject(tx, actor, input.id);
      return project === undefined ? undefined : { ...project, year: await store.readYear(tx, input.id, input.year) };
    },
    decide: ({ subject, input }) => {
      const { planFen = null, target = null } = subject.year ?? {};
      const next = { planFen: input.planFen === undefined ? planFen : input.planFen, target: input.target === undefined ? target : input.target };
      if (subject.year !== undefined && next.planFen === planFen && next.target === target) refuse('projects.nothing_changed', {});
      return next;
    },
    save: async ({ tx, changes, subject, input, now }) => {
      await store.writeYear(tx, subject.id, input.year, changes);
      const version = await touchProject(tx, subject.id, now.instant);
      await keep(tx, [subject.id], now);
      return { id: subject.id, version };
    },
    event: ({ subject, changes, input }) => about(
      subject.id, 'projects.year_edited', subject.year === undefined ? { year: input.year, absent: true } : { year: input.year, ...subject.year }, { year: input.year, ...changes }, input.reason,
    ),
  }),
  ofRecord(contract.setCodes, {
    permission: 'projects.edit',
    load: async ({ tx, actor, input }) => {
      const project = await lockProject(tx, actor, input.id);
      return project === undefined ? undefined : { ...project, codes: await store.readCodes(tx, input.id) };
    },
    decide: ({ subject, input }) => {
      const codes = [...new Map(input.externalCodes.map((one) => [`${one.system} ${one.code}`, one])).values()].sort((a, b) => (`${a.system} ${a.code}` < `${b.system} ${b.code}` ? -1 : 1));
      if (JSON.stringify(codes) === JSON.stringify(subject.codes.map(({ system, code }) => ({ system, code })))) refuse('projects.nothing_changed', {});
      return codes;
    },
    save: async ({ tx, changes, subject, now }) => {
      await store.writeCodes(tx, subject.id, changes);
      return { id: subject.id, version: await touchProject(tx, subject.id, now.instant) };
    },
    event: ({ subject, changes }) => about(subject.id, 'projects.codes_set', { externalCodes: subject.codes }, { externalCodes: changes }),
  }),
  ofRecord(contract.addPackage, {
    permission: 'projects.edit',
    load: ({ tx, actor, input }) => store.lockRecord(tx, actor, input.id),
    decide: ({ subject, input }) => {
      if (subject.parentId !== null) refuse('projects.parent_is_package', {});
      const own = tidied({ name: input.name, ...(input.totalFen === undefined ? {} : { totalFen: input.totalFen }), ...(input.builderName === undefined ? {} : { builderName: input.builderName }), ...(input.content === undefined ? {} : { content: input.content }) });
      return { ...inherited(subject), ...own };
    },
    save: async ({ tx, changes, subject, input, now }) => {
      const seq = await takeSeq(tx);
      await store.insertProject(tx, { id: input.packageId, seq, fields: changes, parentId: subject.id, at: now.instant });
      const version = await touchProject(tx, subject.id, now.instant);
      await keep(tx, [subject.id, input.packageId], now);
      return { id: subject.id, version, packageId: input.packageId };
    },
    event: ({ subject, input, changes }) => [
      about(subject.id, 'projects.package_added', undefined, { packageId: input.packageId, package: changes.name }),
      about(input.packageId, 'projects.created', undefined, { ...changes, parentId: subject.id }),
    ],
  }),
  ofRecord(contract.setParent, {
    permission: 'projects.edit',
    load: async ({ tx, actor, input }) => {
      const project = await store.lockRecord(tx, actor, input.id);
      const parent = input.parentId === null ? null : await lockProject(tx, actor, input.parentId);
      return project === undefined || parent === undefined ? undefined : { ...project, parent };
    },
    decide: ({ subject }) => decideParent(subject, subject.parent === null ? null : { id: subject.parent.id, parentId: subject.parent.parent_id }),
    save: async ({ tx, changes, subject, now }) => {
      await store.setParentOf(tx, subject.id, changes.parentId);
      const version = await touchProject(tx, subject.id, now.instant);
      await keep(tx, [subject.id], now);
      return { id: subject.id, version };
    },
    event: ({ subject, changes }) => about(subject.id, 'projects.parent_set', { parentId: subject.parentId }, { parentId: changes.parentId }),
  }),
];

function fieldsIn(input: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(Object.entries(input).filter(([name]) => isField(name)));
}

const PLACES: readonly (readonly [FieldName, readonly string[]])[] = [['townId', ['town']], ['parkId', ['park']], ['builderId', ['enterprise', 'department', 'park', 'town', 'other']], ['responsibleOrgId', ['department', 'town', 'park', 'enterprise', 'zone', 'other']]];

/** The fields tidied, with what they refer to looked up: an unknown body or a code that is taken is refused beside its field. */
async function checked(tx: Db, id: string, given: Fields): Promise<{ fields: Fields }> {
  const fields = tidied(given);
  await checkPlaces(tx, id, fields);
  return { fields };
}

async function checkPlaces(tx: Db, id: string, fields: Fields): Promise<void> {
  const [kinds, taken] = await settled([store.organisationKinds(tx, fields), typeof fields.code === 'string' && store.codeTaken(tx, fields.code, id)]);
  for (const [name, allowed] of PLACES) {
    const organisation = fields[name];
    if (typeof organisation === 'string' && !allowed.includes(kinds.get(organisation) ?? '')) refuse('projects.unknown_organisation', { field: name, errors: [{ path: name, code: 'projects.unknown_organisation' }] });
  }
  if (taken) refuse('projects.code_taken', { field: 'code', errors: [{ path: 'code', code: 'projects.code_taken' }] });
}

/** Whoever may not see the result of a change may not make it. Needs the derived values: call it after keep. */
async function stayWithin(tx: Db, actor: Actor, id: string): Promise<void> {
  if (actor.isSystem || actor.scope.all || (await knows(tx, actor, id))) return;
  refuse('projects.outside_scope', {});
}

async function openParent(tx: Db, actor: Actor, parentId: string): Promise<void> {
  const parent = await lockProject(tx, actor, parentId);
  if (parent === undefined) refuse('platform.not_found', {});
  if (parent.parent_id !== null) refuse('projects.parent_is_package', {});
}

const INHERITED: readonly FieldName[] = ['kind', 'category', 'nature', 'industryCode', 'chain', 'townId', 'parkId', 'place', 'builderId', 'builderName', 'leader', 'responsibleOrgId', 'responsiblePerson'];

function inherited(parent: Fields): Fields {
  return Object.fromEntries(INHERITED.flatMap((name) => (parent[name] === null || parent[name] === undefined ? [] : [[name, parent[name]]])));
}
