// The register 项目台账: lists, records, history, and every change of a project that is not a stage, a plan or a report. Each
// command is one intent; what derives from it is kept by keep.ts in the same transaction.
import { refuse } from '../../../kernel/refuse.ts';
import type { CommandContract } from '../../../kernel/contract.ts';
import type { Now } from '../../../kernel/clock.ts';
import { isDay } from '../../../kernel/days.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { feature, handler, readHandler, type CommandParts, type EventRecord } from '../../../platform/feature.ts';
import { settled, type Db } from '../../../platform/db.ts';
import { changesSince } from '../../../platform/history.ts';
import { readGround } from '../data.ts';
import { keep, keepEdited, REACH, standingFor } from '../keep.ts';
import { knows, lockProject, touchProject } from '../scope.ts';
import { takeSeq } from '../seq.ts';
import * as contract from './contract.ts';
import { definitions } from './definitions.ts';
import { exportHandler } from './export.ts';
import { isField, type FieldName } from './fields.ts';
import { readAsOf, readHistory } from './asof.ts';
import { facets, record } from './read.ts';
import { readList, readSums } from './list.ts';
import { decideEdit, decideHandOver, decideParent, tidied, type Fields } from './rules.ts';
import { search } from './search.ts';
import * as store from './store.ts';

const VIEW_LIMIT = 50;
const SEARCH_LIMIT = 12;

export const register = feature('projects.register', {
  permissions: ['projects.read', 'projects.create', 'projects.edit', 'projects.assign', 'projects.export', 'projects.history'],
  queries: [
    readHandler(contract.listProjects, { permission: 'projects.read', read: ({ db, actor, input, now }) => readList(db, actor, input, now) }),
    readHandler(contract.sumProjects, { permission: 'projects.read', read: ({ db, actor, input, now }) => readSums(db, actor, input, now) }),
    readHandler(contract.projectFacets, { permission: 'projects.read', read: ({ db, actor }) => facets(db, actor) }),
    readHandler(contract.projectChoices, { permission: 'projects.read', read: ({ db, actor }) => choices(db, actor) }),
    readHandler(contract.searchProjects, { permission: 'projects.read', read: async ({ db, actor, input }) => ({ items: await search(db, actor, input.q, input.limit ?? SEARCH_LIMIT) }) }),
    readHandler(contract.getProject, { permission: 'projects.read', read: ({ db, actor, input, now }) => record(db, actor, input.id, now) }),
    readHandler(contract.projectHistory, { permission: 'projects.history', read: ({ db, actor, input }) => readHistory(db, actor, input) }),
    readHandler(contract.projectAsOf, {
      permission: 'projects.history',
      read: ({ db, actor, input }) => (isDay(input.day) ? readAsOf(db, actor, input) : refuse('platform.invalid', { errors: [{ path: 'day', rule: 'day', params: {} }] })),
    }),
    readHandler(contract.figureDefinitions, { permission: 'projects.read', read: async () => ({ items: definitions() }) }),
    readHandler(contract.listViews, {
      permission: 'projects.read',
      read: async ({ db, actor, input }) => ({ items: (await store.readViews(db, actor.userId, input.page)).map(({ user_id, ...view }) => ({ ...view, own: user_id === actor.userId })) }),
    }),
  ],
  commands: [
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
    ofRecord(contract.assignCommissioner, {
      permission: 'projects.assign',
      load: async ({ tx, actor, input }) => {
        const project = await lockProject(tx, actor, input.id);
        if (project === undefined) return undefined;
        return { ...project, active: await store.activeCommissioner(tx, input.id), user: await store.activeUser(tx, input.userId) ?? refuse('projects.unknown_person', { field: 'userId' }) };
      },
      decide: ({ subject, input, now }) => {
        const fromDay = dayOr(input.fromDay, now.day, 'fromDay');
        return { ...decideHandOver(subject.active, input.userId, fromDay, now.day), fromDay };
      },
      save: async ({ tx, changes, subject, input, now }) => {
        if (changes.endsId !== undefined) await store.closeAssignment(tx, changes.endsId, changes.fromDay, null);
        await store.insertAssignment(tx, { id: input.assignmentId, projectId: subject.id, userId: input.userId, duty: 'commissioner', fromDay: changes.fromDay, note: input.note ?? null });
        await store.setCommissioner(tx, subject.id, input.userId);
        return peopleChanged(tx, subject.id, now);
      },
      event: ({ subject, input, changes }) => about(
        subject.id, 'projects.commissioner_assigned', { commissionerId: subject.active?.user_id ?? null, commissioner: subject.active?.name ?? null },
        { commissionerId: input.userId, commissioner: subject.user.name, fromDay: changes.fromDay }, input.note,
      ),
    }),
    ofRecord(contract.assignMember, {
      permission: 'projects.assign',
      load: async ({ tx, actor, input }) => {
        const project = await lockProject(tx, actor, input.id);
        if (project === undefined) return undefined;
        return { ...project, already: await store.isAssigned(tx, input.id, input.userId, input.duty), user: await store.activeUser(tx, input.userId) ?? refuse('projects.unknown_person', { field: 'userId' }) };
      },
      decide: ({ subject, input, now }) => {
        const fromDay = dayOr(input.fromDay, now.day, 'fromDay');
        if (subject.already) refuse('projects.already_assigned', {});
        if (fromDay > now.day) refuse('projects.assignment_future', { fromDay });
        return { fromDay };
      },
      save: async ({ tx, changes, subject, input, now }) => {
        await store.insertAssignment(tx, { id: input.assignmentId, projectId: subject.id, userId: input.userId, duty: input.duty, fromDay: changes.fromDay, note: input.note ?? null });
        return peopleChanged(tx, subject.id, now);
      },
      event: ({ subject, input, changes }) => about(subject.id, 'projects.member_assigned', undefined, { userId: input.userId, user: subject.user.name, duty: input.duty, fromDay: changes.fromDay }, input.note),
    }),
    ofRecord(contract.endAssignment, {
      permission: 'projects.assign',
      load: async ({ tx, actor, input }) => {
        const project = await lockProject(tx, actor, input.id);
        const assignment = project === undefined ? undefined : await store.readAssignment(tx, input.id, input.assignmentId);
        return project === undefined || assignment === undefined ? undefined : { ...project, assignment };
      },
      decide: ({ subject, input, now }) => {
        const { assignment } = subject;
        const toDay = dayOr(input.toDay, now.day, 'toDay');
        if (assignment.to_day !== null) refuse('projects.assignment_ended', {});
        // A key project is never without someone answerable: the commissioner hands over, he is not taken away.
        if (assignment.duty === 'commissioner') refuse('projects.commissioner_needed', {});
        if (toDay < assignment.from_day) refuse('projects.assignment_before', { fromDay: toDay, since: assignment.from_day });
        if (toDay > now.day) refuse('projects.assignment_future', { fromDay: toDay });
        return { toDay };
      },
      save: async ({ tx, changes, subject, input, now }) => {
        await store.closeAssignment(tx, subject.assignment.id, changes.toDay, input.note ?? null);
        return peopleChanged(tx, subject.id, now);
      },
      event: ({ subject, changes, input }) => about(
        subject.id, 'projects.assignment_ended', { userId: subject.assignment.user_id, user: subject.assignment.name, duty: subject.assignment.duty }, { toDay: changes.toDay }, input.note,
      ),
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
    following(contract.followProject, true),
    following(contract.unfollowProject, false),
    handler(contract.saveView, {
      permission: 'projects.read',
      load: async ({ tx, actor, input }) => ({ view: await store.readView(tx, input.id), count: await store.countViews(tx, actor.userId, input.page) }),
      allow: (actor, subject, input) => (subject.view === undefined || subject.view.user_id === actor.userId) && (input.shared !== true || may(actor, 'projects.edit')),
      decide: ({ subject, input, actor }) => {
        if (subject.view === undefined && subject.count >= VIEW_LIMIT) refuse('projects.too_many_views', { limit: VIEW_LIMIT });
        return { id: input.id, user_id: actor.userId, page: input.page, name: input.name.trim() === '' ? refuse('projects.name_empty', { field: 'name' }) : input.name.trim(), query: input.query, shared: input.shared ?? false };
      },
      save: async ({ tx, changes }) => {
        await store.writeView(tx, changes);
        return { id: changes.id };
      },
      event: ({ changes }) => ({ kind: 'projects.view_saved', subjectType: 'view', subjectId: changes.id, after: { page: changes.page, name: changes.name, query: changes.query, shared: changes.shared } }),
    }),
    handler(contract.deleteView, {
      permission: 'projects.read',
      load: async ({ tx, actor, input }) => {
        const view = await store.readView(tx, input.id);
        return view !== undefined && (view.user_id === actor.userId || (view.shared && may(actor, 'projects.edit'))) ? view : undefined;
      },
      decide: ({ subject }) => subject,
      save: async ({ tx, subject }) => {
        await store.removeView(tx, subject.id);
        return { id: subject.id };
      },
      event: ({ subject }) => ({ kind: 'projects.view_deleted', subjectType: 'view', subjectId: subject.id, before: { page: subject.page, name: subject.name, query: subject.query } }),
    }),
  ],
  downloads: [exportHandler],
});

function about(id: string, kind: string, before: unknown, after: unknown, reason?: string): EventRecord {
  return { kind, subjectType: 'project', subjectId: id, projectId: id, ...(before === undefined ? {} : { before }), after, ...(reason === undefined ? {} : { reason }) };
}

type RecordParts<C extends CommandContract, Subject, Changes> = Omit<CommandParts<C, Subject, Changes, undefined>, 'version' | 'newVersion' | 'staleDetails'>;

/** A command on the record of a project: its version is compared and raised, and a conflict says what others changed. */
function ofRecord<C extends CommandContract, Subject extends { readonly id: string; readonly version: number }, Changes>(of: C, parts: RecordParts<C, Subject, Changes>) {
  return handler<C, Subject, Changes, undefined>(of, {
    ...parts,
    version: (subject) => subject.version,
    newVersion: versionIn,
    staleDetails: async ({ tx, subject, sent }) => {
      const changes = await changesSince(tx, subject.id, sent);
      return { changes, record: { version: subject.version, changes, ...Object.fromEntries(changes.map((change) => [change.field, change.value])) } };
    },
  });
}

function versionIn(output: unknown): number {
  if (typeof output !== 'object' || output === null || !('version' in output) || typeof output.version !== 'number') throw new Error('the output names no version');
  return output.version;
}

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

// Who works on the whole finds its parts too.
async function peopleChanged(tx: Db, id: string, now: Now): Promise<{ id: string; version: number }> {
  const version = await touchProject(tx, id, now.instant);
  await keep(tx, [id, ...(await store.packageIds(tx, id))], now);
  return { id, version };
}

function dayOr(given: string | undefined, today: string, field: string): string {
  if (given === undefined) return today;
  return isDay(given) ? given : refuse('platform.invalid', { errors: [{ path: field, rule: 'day', params: {} }] });
}

const INHERITED: readonly FieldName[] = ['kind', 'category', 'nature', 'industryCode', 'chain', 'townId', 'parkId', 'place', 'builderId', 'builderName', 'leader', 'responsibleOrgId', 'responsiblePerson'];

function inherited(parent: Fields): Fields {
  return Object.fromEntries(INHERITED.flatMap((name) => (parent[name] === null || parent[name] === undefined ? [] : [[name, parent[name]]])));
}

function following(of: typeof contract.followProject, followed: boolean) {
  return handler(of, {
    permission: 'projects.read',
    load: async ({ tx, actor, input }) => ((await knows(tx, actor, input.id)) ? { id: input.id } : undefined),
    decide: () => followed,
    save: async ({ tx, actor, subject }) => {
      await store.follow(tx, actor.userId, subject.id, followed);
      return { id: subject.id, followed };
    },
    event: ({ subject, actor }) => ({ kind: followed ? 'projects.followed' : 'projects.unfollowed', subjectType: 'person', subjectId: actor.userId, after: { projectId: subject.id } }),
  });
}

// Names of people and bodies are only for those who fill in forms with them.
async function choices(db: Db, actor: Actor) {
  const found = await store.readChoices(db);
  const writes = may(actor, 'projects.edit') || may(actor, 'projects.create');
  const people = may(actor, 'projects.assign') ? found.people : [];
  const organisations = writes ? found.organisations : [];
  const words = writes ? found.words : [];
  const of = (...kinds: string[]) => organisations.filter((one) => kinds.includes(one.kind)).map(({ id, name, detail }) => ({ id, name, detail }));
  const inUse = (field: string) => words.filter((one) => one.field === field).map((one) => one.word);
  return {
    towns: of('town'), parks: of('park'), departments: of('department', 'town', 'park', 'zone', 'other'), enterprises: of('enterprise'),
    people: people.map(({ id, name, detail }) => ({ id, name, detail })), commissioners: people.filter((one) => one.commissioner).map(({ id, name, detail }) => ({ id, name, detail })),
    categories: inUse('category'), chains: inUse('chain'), batches: inUse('batch'),
  };
}
