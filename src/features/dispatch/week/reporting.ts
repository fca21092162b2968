// The weekly line with its check-in, and own remarks: what a phone sends, perhaps days later and perhaps twice.
import type { Now } from '../../../kernel/clock.ts';
import type { InputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Transaction } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { lockProject } from '../../projects/scope.ts';
import * as contract from './contract.ts';
import { raise } from './raised.ts';
import { assertOwn, assertPlace, standsOver, whenOf, type When } from './rules.ts';
import * as store from './store.ts';

/** The phone's time of sending differs between two sendings of the same thing: it is no part of what is compared under the key. */
const SENT_ANEW = ['sentAt'] as const;

const report = handler(contract.reportWeek, {
  permission: 'dispatch.report_week',
  secrets: SENT_ANEW,
  load: async ({ tx, actor, input, now }) => {
    assertOwn(input, actor.userId);
    const project = await lockProject(tx, actor, input.projectId);
    if (project === undefined) return undefined;
    const when = whenOf(input, now);
    return { project, when, earlier: await store.lockLine(tx, project.id, actor.userId, when.week) };
  },
  decide: ({ subject, input }) => {
    if (subject.project.side_state === 'terminated' || subject.project.side_state === 'removed') refuse('week.project_over', {});
    if (input.checkIn !== undefined) assertPlace(input.checkIn);
    return { stands: standsOver(subject.earlier, subject.when.happenedAt), words: { done: input.done.trim() || refuse('week.nothing_said', { errors: [{ path: 'done', rule: 'required', params: {} }] }), next: said(input.next), problem: said(input.problem) } };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const { earlier, when, project } = subject;
    const { words, stands } = changes;
    const id = earlier?.id ?? input.id;
    if (earlier === undefined) await store.insertLine(tx, { id, projectId: project.id, userId: actor.userId, ...words }, when, now);
    else {
      const former = { done: earlier.done, next: earlier.next, problem: earlier.problem, happenedAt: earlier.happened_at };
      await store.keepEarlier(tx, 'line', id, stands === 'newer' ? former : { ...words, happenedAt: when.happenedAt.toISOString() }, actor, now);
      if (stands === 'newer') await store.replaceLine(tx, id, words, when, now);
    }
    const visitId = input.checkIn === undefined ? null : await checkIn(tx, actor, project.id, input.checkIn, when, now);
    if (words.problem !== null) await raise(tx, actor, { projectId: project.id, orgId: null, source: 'line', sourceId: id }, [words.problem], now);
    return { id, week: when.week, day: when.day, current: stands !== 'older', visitId };
  },
  event: ({ subject, changes, output, input }) => ({
    kind: 'dispatch.week_reported', subjectType: 'week_line', subjectId: output.id, projectId: subject.project.id,
    ...(subject.earlier === undefined ? {} : { before: { done: subject.earlier.done, next: subject.earlier.next, problem: subject.earlier.problem } }),
    after: { week: output.week, ...changes.words, day: output.day, doneAt: subject.when.doneAt, checkIn: input.checkIn !== undefined, photos: input.checkIn?.photos?.length ?? 0 },
  }),
});

type CheckIn = NonNullable<InputOf<typeof contract.reportWeek>['checkIn']>;

/** Being on site is a visit; one that was planned is thereby made. */
async function checkIn(tx: Transaction, actor: Actor, projectId: string, given: CheckIn, when: When, now: Now): Promise<string> {
  const visit: store.VisitWrite = {
    id: given.id, kind: 'check_in', state: 'done', projectId, orgId: null, userId: actor.userId, day: when.day, when, lon: given.lon ?? null, lat: given.lat ?? null,
    accuracyM: given.accuracyM ?? null, place: said(given.place), participants: null, policies: null, said: null,
  };
  const planned = await store.plannedFor(tx, projectId, actor.userId, when.day);
  if (planned === undefined) await store.insertVisit(tx, visit, now);
  else await store.fulfilVisit(tx, planned, visit, now);
  await store.attachPhotos(tx, actor, planned ?? given.id, given.photos ?? []);
  return planned ?? given.id;
}

const note = handler(contract.addNote, {
  permission: 'dispatch.report_week',
  secrets: SENT_ANEW,
  load: async ({ tx, actor, input, now }) => {
    assertOwn(input, actor.userId);
    const project = input.projectId === undefined ? null : await lockProject(tx, actor, input.projectId);
    return project === undefined ? undefined : { project, when: whenOf(input, now) };
  },
  decide: ({ input }) => ({ text: input.text.trim() || refuse('week.nothing_said', { errors: [{ path: 'text', rule: 'required', params: {} }] }) }),
  save: async ({ tx, subject, changes, input, actor, now }) => {
    await store.insertNote(tx, { id: input.id, userId: actor.userId, projectId: subject.project?.id ?? null, text: changes.text }, subject.when, now);
    return { id: input.id, version: 1, day: subject.when.day };
  },
  event: ({ subject, changes, output }) => ({ kind: 'dispatch.note_added', subjectType: 'note', subjectId: output.id, ...(subject.project === null ? {} : { projectId: subject.project.id }), after: { text: changes.text, day: output.day } }),
});

const mendNote = handler(contract.correctNote, {
  permission: 'dispatch.report_week',
  load: ({ tx, actor, input }) => store.lockNote(tx, actor, input.id),
  version: (subject) => subject.version,
  decide: ({ input }) => ({ text: input.text.trim() || refuse('week.nothing_said', { errors: [{ path: 'text', rule: 'required', params: {} }] }) }),
  save: async ({ tx, subject, changes, actor, now }) => {
    await store.keepEarlier(tx, 'note', subject.id, { text: subject.text }, actor, now);
    await store.mendNote(tx, subject.id, changes.text);
    return { id: subject.id, version: subject.version + 1 };
  },
  event: ({ subject, changes }) => ({ kind: 'dispatch.note_corrected', subjectType: 'note', subjectId: subject.id, ...(subject.project_id === null ? {} : { projectId: subject.project_id }), before: { text: subject.text }, after: { text: changes.text } }),
  newVersion: (output) => output.version,
});

export const reportingCommands: readonly CommandHandler[] = [report, note, mendNote];

const said = (text: string | undefined): string | null => {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
};
