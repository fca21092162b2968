// Visits: planned, made, mended, called off. What is raised on one goes into the pool with it.
import type { Now } from '../../../kernel/clock.ts';
import { isDay } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { lockProject } from '../../projects/scope.ts';
import * as contract from './contract.ts';
import { raise } from './raised.ts';
import { assertOwn, assertPlace, assertPlannable, assertWhom, mondayOf, whenOf, type Told, type When } from './rules.ts';
import * as store from './store.ts';

const plan = handler(contract.planVisit, {
  permission: 'dispatch.report_week',
  load: async ({ tx, actor, input }) => {
    const whom = await whomOf(tx, actor, input);
    return whom === undefined ? undefined : { ...whom, visitor: await store.visitor(tx, input.userId ?? actor.userId) };
  },
  // A commissioner plans his own days; the office plans anybody's.
  allow: (actor, _subject, input) => input.userId === undefined || input.userId === actor.userId || may(actor, 'dispatch.assign'),
  decide: ({ input, now }) => {
    assertWhom(input);
    if (!isDay(input.day)) refuse('platform.invalid', { errors: [{ path: 'day', rule: 'day', params: {} }] });
    assertPlannable(input.day, now.day);
    return { day: input.day };
  },
  save: async ({ tx, changes, subject, input, now }) => {
    await store.insertVisit(tx, { ...EMPTY, id: input.id, kind: input.kind, state: 'planned', projectId: input.projectId ?? null, orgId: input.orgId ?? null, userId: subject.visitor.id, day: changes.day, when: null }, now);
    return { id: input.id, version: 1 };
  },
  event: ({ subject, changes, input }) => ({ kind: 'dispatch.visit_planned', subjectType: 'visit', subjectId: input.id, ...aboutProject(input), after: { kind: input.kind, day: changes.day, user: subject.visitor.name, enterprise: subject.org?.name ?? null } }),
  newVersion: (output) => output.version,
});

const record = handler(contract.recordVisit, {
  permission: 'dispatch.report_week',
  secrets: ['sentAt'],
  load: async ({ tx, actor, input }) => {
    assertOwn(input, actor.userId);
    const whom = await whomOf(tx, actor, input);
    const planned = input.plannedId === undefined ? null : await store.lockVisit(tx, actor, input.plannedId);
    return whom === undefined || planned === undefined ? undefined : { ...whom, planned };
  },
  decide: ({ subject, input, now }) => {
    assertWhom(input);
    assertPlace(input);
    if (subject.planned !== null && subject.planned.state !== 'planned') refuse('week.visit_settled', {});
    return { when: visitedAt(input, now) };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const { when } = changes;
    const visit: store.VisitWrite = {
      id: input.id, kind: input.kind, state: 'done', projectId: input.projectId ?? null, orgId: input.orgId ?? null, userId: actor.userId, day: when.day, when, lon: input.lon ?? null, lat: input.lat ?? null,
      accuracyM: input.accuracyM ?? null, place: words(input.place), participants: words(input.participants), policies: words(input.policies), said: words(input.said),
    };
    const id = subject.planned?.id ?? input.id;
    if (subject.planned === null) await store.insertVisit(tx, visit, now);
    else await store.fulfilVisit(tx, id, visit, now);
    await store.attachPhotos(tx, actor, id, input.photos ?? []);
    await raise(tx, actor, { projectId: input.projectId ?? null, orgId: input.orgId ?? null, source: 'visit', sourceId: id }, (input.problems ?? []).map((one) => one.trim()).filter((one) => one !== ''), now);
    return { id, version: (subject.planned?.version ?? 0) + 1, day: when.day };
  },
  event: ({ subject, output, input }) => ({
    kind: 'dispatch.visit_recorded', subjectType: 'visit', subjectId: output.id, ...aboutProject(input),
    after: { kind: input.kind, day: output.day, enterprise: subject.org?.name ?? null, place: words(input.place), participants: words(input.participants), policies: words(input.policies), said: words(input.said), problems: input.problems?.length ?? 0, photos: input.photos?.length ?? 0 },
  }),
  newVersion: (output) => output.version,
});

const mend = handler(contract.correctVisit, {
  permission: 'dispatch.report_week',
  load: ({ tx, actor, input }) => store.lockVisit(tx, actor, input.id),
  version: (subject) => subject.version,
  allow: (actor, subject) => subject.user_id === actor.userId || may(actor, 'dispatch.assign'),
  decide: ({ subject, input }) => {
    if (subject.state !== 'done') refuse('week.visit_not_made', {});
    return { before: wordsOf(subject), after: { place: words(input.place), participants: words(input.participants), policies: words(input.policies), said: words(input.said) } };
  },
  save: async ({ tx, subject, changes, input, actor, now }) => {
    await store.keepEarlier(tx, 'visit', subject.id, changes.before, actor, now, input.reason.trim());
    await store.mendVisit(tx, subject.id, changes.after);
    return { id: subject.id, version: subject.version + 1 };
  },
  event: ({ subject, changes, input }) => ({ kind: 'dispatch.visit_corrected', subjectType: 'visit', subjectId: subject.id, ...(subject.project_id === null ? {} : { projectId: subject.project_id }), before: changes.before, after: changes.after, reason: input.reason.trim() }),
  newVersion: (output) => output.version,
});

const cancel = handler(contract.cancelVisit, {
  permission: 'dispatch.report_week',
  load: ({ tx, actor, input }) => store.lockVisit(tx, actor, input.id),
  version: (subject) => subject.version,
  allow: (actor, subject) => subject.user_id === actor.userId || may(actor, 'dispatch.assign'),
  decide: ({ subject }) => (subject.state === 'planned' ? {} : refuse('week.visit_settled', {})),
  save: async ({ tx, subject, input }) => {
    await store.markCancelled(tx, subject.id, input.reason.trim());
    return { id: subject.id, version: subject.version + 1 };
  },
  event: ({ subject, input }) => ({ kind: 'dispatch.visit_cancelled', subjectType: 'visit', subjectId: subject.id, ...(subject.project_id === null ? {} : { projectId: subject.project_id }), before: { day: subject.day }, reason: input.reason.trim() }),
  newVersion: (output) => output.version,
});

export const visitingCommands: readonly CommandHandler[] = [plan, record, mend, cancel];

const EMPTY = { lon: null, lat: null, accuracyM: null, place: null, participants: null, policies: null, said: null } as const;

interface Whom { readonly projectId?: string | undefined; readonly orgId?: string | undefined }

/** Undefined: a project that the actor may not know. */
async function whomOf(tx: Db, actor: Actor, input: Whom): Promise<{ org: { id: string; name: string } | null } | undefined> {
  if (input.projectId !== undefined && (await lockProject(tx, actor, input.projectId)) === undefined) return undefined;
  return { org: input.orgId === undefined ? null : await store.enterprise(tx, input.orgId) };
}

/** Of one entered at a desk the day is said; of a phone the moment. */
function visitedAt(input: Told & { readonly day?: string | undefined }, now: Now): When {
  if (input.day === undefined) return whenOf(input, now);
  if (!isDay(input.day)) refuse('platform.invalid', { errors: [{ path: 'day', rule: 'day', params: {} }] });
  if (input.day > now.day) refuse('week.visit_future', { day: input.day });
  const happenedAt = input.day === now.day ? whenOf({}, now).happenedAt : new Date(`${input.day}T12:00:00+08:00`);
  return { doneAt: happenedAt, happenedAt, day: input.day, week: mondayOf(input.day) };
}

function words(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

const wordsOf = ({ place, participants, policies, said }: store.LockedVisit) => ({ place, participants, policies, said });
const aboutProject = ({ projectId }: Whom): { projectId?: string } => (projectId === undefined ? {} : { projectId });
