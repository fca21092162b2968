// 常见问题: answers on the server.
import { refuse } from '../../../kernel/refuse.ts';
import { may } from '../../../platform/actor.ts';
import { downloadHandler, handler, readHandler, type CommandHandler, type QueryHandler } from '../../../platform/feature.ts';
import { PAGE, paging, pastOf } from '../reading.ts';
import { standingOf } from '../standing.ts';
import { askedPairs, pairsOf } from '../words.ts';
import { fileOf } from '../listing.ts';
import * as contract from './contract.ts';
import { answerColumns, exported } from './export.ts';
import { checkContent, checkUsable, ranked, stateOf } from './rules.ts';
import * as store from './store.ts';

const KEEP = 'service.keep_knowledge';
const READ = 'service.read';

export const answerCommands: readonly CommandHandler[] = [
  handler(contract.addAnswer, {
    permission: KEEP,
    load: async () => ({}),
    decide: ({ input: { id: _id, ...content }, now }) => checkContent(content, now.day),
    save: async ({ tx, input, changes, actor, now }) => {
      await store.insertAnswer(tx, input.id, changes, actor, now);
      return { id: input.id, version: 1 };
    },
    event: ({ input, changes }) => ({ kind: 'service.answer_added', subjectType: 'answer', subjectId: input.id, after: { question: changes.question, kind: changes.kind } }),
    newVersion: (output) => output.version,
  }),
  handler(contract.editAnswer, {
    permission: KEEP,
    load: async ({ tx, actor, input }) => store.lockAnswer(tx, await standingOf(tx, actor), input.id),
    version: (subject) => subject.version,
    decide: ({ subject, input: { id: _id, note: _note, ...content }, now }) => {
      if (subject.withdrawn_day !== null) refuse('knowledge.withdrawn', {});
      return checkContent(content, now.day);
    },
    save: async ({ tx, subject, input, changes, actor, now }) => ({ id: input.id, version: await store.updateAnswer(tx, input.id, subject.grams, changes, input.note ?? null, actor, now) }),
    event: ({ subject, input, changes }) => ({ kind: 'service.answer_edited', subjectType: 'answer', subjectId: input.id, before: { question: subject.question, reviewDue: subject.review_due }, after: { question: changes.question, reviewDue: changes.reviewDue }, ...(input.note === undefined ? {} : { reason: input.note }) }),
    newVersion: (output) => output.version,
  }),
  handler(contract.reviewAnswer, {
    permission: KEEP,
    load: async ({ tx, actor, input }) => store.lockAnswer(tx, await standingOf(tx, actor), input.id),
    version: (subject) => subject.version,
    decide: ({ subject, input, now }) => {
      checkUsable(subject, now.day);
      if (input.reviewDue <= now.day) refuse('knowledge.review_ahead', { errors: [{ path: 'reviewDue', code: 'knowledge.review_ahead', params: {} }] });
    },
    save: async ({ tx, input, actor, now }) => ({ id: input.id, version: await store.reviewed(tx, input.id, input.reviewDue, actor, now) }),
    event: ({ subject, input }) => ({ kind: 'service.answer_reviewed', subjectType: 'answer', subjectId: input.id, before: { reviewDue: subject.review_due }, after: { reviewDue: input.reviewDue }, ...(input.note === undefined ? {} : { reason: input.note }) }),
    newVersion: (output) => output.version,
  }),
  handler(contract.withdrawAnswer, {
    permission: KEEP,
    load: async ({ tx, actor, input }) => store.lockAnswer(tx, await standingOf(tx, actor), input.id),
    version: (subject) => subject.version,
    decide: ({ subject }) => {
      if (subject.withdrawn_day !== null) refuse('knowledge.withdrawn', {});
    },
    save: async ({ tx, subject, input, now }) => ({ id: input.id, version: await store.withdraw(tx, input.id, subject.grams, now) }),
    event: ({ subject, input }) => ({ kind: 'service.answer_withdrawn', subjectType: 'answer', subjectId: input.id, before: { question: subject.question }, reason: input.reason }),
    newVersion: (output) => output.version,
  }),
  handler(contract.rateAnswer, {
    permission: READ,
    load: async ({ tx, actor, input, now }) => {
      const found = await store.lockAnswer(tx, await standingOf(tx, actor), input.answerId);
      return found === undefined ? undefined : { found, voted: await store.votedOn(tx, input.answerId, actor, now.day) };
    },
    decide: ({ subject, now }) => {
      checkUsable(subject.found, now.day);
      if (subject.voted) refuse('knowledge.voted', {});
    },
    save: async ({ tx, input, actor, now }) => {
      await store.addUse(tx, { id: input.id, answerId: input.answerId, use: input.useful ? 'useful' : 'not_useful', subjectId: null, comment: input.comment ?? null }, actor, now);
      return { id: input.id };
    },
    event: ({ input }) => ({ kind: input.useful ? 'service.answer_useful' : 'service.answer_not_useful', subjectType: 'answer', subjectId: input.answerId, after: { use: input.id }, ...(input.comment === undefined ? {} : { reason: input.comment }) }),
  }),
  handler(contract.settleWithAnswer, {
    permission: READ,
    load: async ({ tx, actor, input, now }) => {
      const standing = await standingOf(tx, actor);
      const found = await store.lockAnswer(tx, standing, input.answerId);
      // An officer settles many questions with one answer in a day; somebody of an enterprise asks one for himself.
      return found === undefined ? undefined : { found, settled: !standing.officer && (await store.settledBy(tx, input.answerId, actor, now.day)) };
    },
    decide: ({ subject, now }) => {
      checkUsable(subject.found, now.day);
      if (subject.settled) refuse('knowledge.settled_today', {});
    },
    save: async ({ tx, input, actor, now }) => {
      await store.addUse(tx, { id: input.id, answerId: input.answerId, use: 'settled', subjectId: input.subjectId ?? null, comment: null }, actor, now);
      return { id: input.id };
    },
    event: ({ input }) => ({ kind: 'service.answer_settled', subjectType: 'answer', subjectId: input.answerId, after: { use: input.id, subject: input.subjectId ?? null } }),
  }),
];

export const answerQueries: readonly QueryHandler[] = [
  readHandler(contract.listAnswers, {
    permission: READ,
    read: async ({ db, actor, input: { after, limit = PAGE, ...filter }, now }) => {
      const { rows, total } = await store.list(db, await standingOf(db, actor), filter, after, limit + 1, now.day);
      return { ...paging(rows, limit, (row) => lineOf(row, now.day), (row) => `${row.review_due}~${row.id}`), total };
    },
  }),
  readHandler(contract.readAnswer, {
    permission: READ,
    read: async ({ db, actor, input, now }) => {
      const standing = await standingOf(db, actor);
      const row = (await store.one(db, standing, input.id)) ?? refuse('platform.not_found', {});
      const [versions, comments, history, voted] = await Promise.all([standing.officer ? store.versionsOf(db, input.id) : [], standing.officer ? store.commentsOf(db, input.id) : [], standing.officer ? pastOf(db, input.id) : [], store.votedOn(db, input.id, actor, now.day)]);
      return { answer: lineOf(row, now.day), text: row.answer, sources: row.sources, withdrawnDay: row.withdrawn_day, mayKeep: may(actor, KEEP), voted, versions, comments, history };
    },
  }),
  readHandler(contract.suggestAnswers, {
    permission: READ,
    read: async ({ db, actor, input, now }) => {
      const asked = askedPairs(input.q);
      if (asked.length === 0) return { items: [] };
      const rows = new Map((await store.likely(db, await standingOf(db, actor), asked, now.day)).map((row) => [row.id, row]));
      const order = ranked(asked, [...rows.values()].map((row) => ({ id: row.id, kind: row.kind, question: new Set(pairsOf(row.question)), all: new Set(row.grams) })), input.kind);
      return { items: order.slice(0, input.limit ?? 5).flatMap(({ id, share }) => {
        const row = rows.get(id);
        return row === undefined ? [] : [{ id, question: row.question, opening: row.opening, kind: row.kind, percent: Math.round(share * 100), state: stateOf(row, now.day) }];
      }) };
    },
  }),
];

export const answerDownloads = [
  downloadHandler(contract.exportAnswers, {
    permission: READ,
    make: async ({ db, actor, input: { format, ...filter }, now }) => {
      const standing = await standingOf(db, actor);
      return fileOf({
        ...exported(now.day), format, day: now.day, columns: answerColumns,
        read: async (after) => paging((await store.list(db, standing, filter, after, PAGE + 1, now.day)).rows, PAGE, (row) => lineOf(row, now.day), (row) => `${row.review_due}~${row.id}`),
      });
    },
  }),
];


function lineOf(row: store.AnswerRow, day: string) {
  return {
    id: row.id, version: row.version, question: row.question, kind: row.kind, audience: row.audience, departmentId: row.department_id, departmentName: row.department_name, validFrom: row.valid_from, validUntil: row.valid_until,
    reviewedDay: row.reviewed_day, reviewedBy: row.reviewed_name, reviewDue: row.review_due, state: stateOf(row, day), useful: row.useful, notUseful: row.not_useful, settled: row.settled,
  };
}
