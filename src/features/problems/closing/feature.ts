// 销号: nothing is solved before somebody other than the handler has said so. Answers of enterprise and commissioner, links without an account, call-backs, reopening.
import { chinaDay, moment } from '../../../kernel/clock.ts';
import { isDay } from '../../../kernel/days.ts';
import { idFrom } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import { settled, type Db } from '../../../platform/db.ts';
import { feature, handler, readHandler, type CommandHandler } from '../../../platform/feature.ts';
import { lockSetting, saveSetting } from '../../../platform/settings.ts';
import { newToken } from '../../people/session.ts';
import { unanswered } from '../clocks/unanswered.ts';
import { eventOf, loadSubject, type Subject } from '../handling/moving.ts';
import { take } from '../life/life.ts';
import { mayTake } from '../pool/rules.ts';
import { lockProblems, readGround, writeMoves, type Locked, type Taken } from '../store.ts';
import { answerEvent, answerSteps, enterpriseName, readAnswering, saveAnswer, tellOwner, unansweredSteps, type Answering, type Saying } from './answering.ts';
import { makeAttempts } from './attempts.ts';
import { draw, readCallbackFigures, readCallbacks, readSettings, reopenUntil } from './callbacks.ts';
import * as contract from './contract.ts';
import { bindAnswerLinks, mailedLink } from './letters.ts';
import { readAnswerPage, readAnswers, sideOf } from './reads.ts';
import { digestOf, findLink, hasHandled, setLink } from './store.ts';

interface Loaded extends Subject, Answering { readonly own: boolean }

/** The problem under its lock, with whether the actor handled it himself. */
async function load(tx: Db, actor: Actor, id: string): Promise<Loaded | undefined> {
  const subject = await loadSubject(tx, actor, id);
  if (subject === undefined) return undefined;
  const [answering, own] = await settled([readAnswering(tx, subject.problem, subject.ground), hasHandled(tx, id, actor.userId)]);
  return { ...subject, ...answering, own };
}

interface Said { readonly said: Saying; readonly steps: readonly Taken[]; readonly at: number }

function say(answering: Answering, said: Saying, at: number): Said {
  const later = Math.max(at, answering.problem.lastAt);
  return { said, steps: answerSteps(answering, said, later), at: later };
}

/** @throws Refusal when this side is not asked now, has answered, or its time is over. */
function assertAsked({ problem, asked }: Answering, side: Saying['side'], at: number): void {
  const one = asked.find((each) => each.side === side);
  if (one === undefined) refuse('problems.not_asked', {});
  if (one.verdict !== null && one.verdict !== 'no_answer') refuse('problems.answer_given', {});
  if (problem.life.state !== 'submitted' || one.verdict !== null || at > one.dueAt) refuse('problems.answer_over', {});
}

const remarkOf = (remark: string | undefined): string | null => (remark === undefined || remark.trim() === '' ? null : remark.trim());
const stateOf = (steps: readonly Taken[], problem: Locked) => steps.at(-1)?.life.state ?? problem.life.state;

const confirm = handler(contract.confirm, {
  permission: 'problems.confirm',
  load: async ({ tx, actor, input }) => {
    const loaded = await load(tx, actor, input.id);
    return loaded === undefined ? undefined : { ...loaded, side: await sideOf(tx, actor, loaded.problem, loaded.standing) };
  },
  version: ({ problem }) => problem.version,
  allow: (_actor, { side }) => side !== null,
  decide: ({ subject, input, now }) => {
    if (subject.own) refuse('problems.own_work', {});
    const side = subject.side ?? refuse('problems.not_asked', {});
    assertAsked(subject, side, moment(now).getTime());
    return say(subject, { side, verdict: input.verdict, via: 'page', remark: remarkOf(input.remark) }, moment(now).getTime());
  },
  save: async ({ tx, subject, changes: { said, steps, at }, actor, now }) => ({
    id: subject.problem.id, version: await saveAnswer(tx, subject, steps, { ...said, at: new Date(at), byId: actor.userId, byName: actor.name }, actor, now), state: stateOf(steps, subject.problem),
  }),
  newVersion: ({ version }) => version,
  event: ({ subject, changes }) => answerEvent(subject.problem, changes.steps, changes.said),
});

const attempts = makeAttempts();

const answerByLink = handler(contract.answerByLink, {
  permission: 'public',
  secrets: ['token'],
  prepare: async ({ db, input, env, now }) => {
    attempts.check(env.address, now.instant.getTime());
    const found = (await findLink(db, input.token)) ?? (await mailedLink(db, input.token, now));
    if (found === undefined) attempts.missed(env.address, now.instant.getTime());
    return found;
  },
  load: async ({ tx, actor, prepared }) => {
    if (prepared === undefined) refuse('problems.link_unknown', {});
    const [problem] = await lockProblems(tx, [prepared.problemId]);
    if (problem === undefined) refuse('problems.link_unknown', {});
    const [answering, own, name] = await settled([readAnswering(tx, problem, await readGround(tx)), hasHandled(tx, problem.id, actor.userId), enterpriseName(tx, problem.id)]);
    return { ...answering, own, name, round: prepared.round };
  },
  decide: ({ subject, input, now }) => {
    if (subject.own) refuse('problems.own_work', {});
    if (subject.round !== subject.problem.life.round) refuse('problems.answer_over', {});
    assertAsked(subject, 'enterprise', moment(now).getTime());
    return say(subject, { side: 'enterprise', verdict: input.verdict, via: 'link', remark: remarkOf(input.remark) }, moment(now).getTime());
  },
  save: async ({ tx, subject, changes: { said, steps, at }, actor, now }) => {
    const by = { userId: actor.userId, name: subject.name, orgId: '' };
    await saveAnswer(tx, subject, steps, { ...said, at: new Date(at), byId: null, byName: subject.name }, by, now);
    return { number: subject.problem.number, state: stateOf(steps, subject.problem) };
  },
  event: ({ subject, changes }) => answerEvent(subject.problem, changes.steps, changes.said),
});

const makeLink = handler(contract.makeLink, {
  permission: 'problems.desk',
  forget: ['token'],
  load: ({ tx, actor, input }) => load(tx, actor, input.id),
  decide: ({ subject, now }) => {
    // Whoever did the work could answer by a link of his own making.
    if (subject.own) refuse('problems.own_work', {});
    assertAsked(subject, 'enterprise', moment(now).getTime());
    return newToken();
  },
  save: async ({ tx, subject: { problem }, changes: { token } }) => {
    const link = (await setLink(tx, problem.id, problem.life.round, digestOf(token))) ?? refuse('problems.not_asked', {});
    return { id: problem.id, token, dueAt: link.dueAt };
  },
  event: ({ subject: { problem } }) => ({ kind: 'problems.link_made', subjectType: 'problem', subjectId: problem.id, ...(problem.projectId === null ? {} : { projectId: problem.projectId }), after: { number: problem.number } }),
});

const recordCallback = handler(contract.recordCallback, {
  permission: 'problems.desk',
  load: ({ tx, actor, input }) => load(tx, actor, input.id),
  version: ({ problem }) => problem.version,
  decide: ({ subject, input, now }) => {
    if (subject.own) refuse('problems.own_work', {});
    const { life } = subject.problem;
    if (!['submitted', 'solved', 'closed'].includes(life.state)) refuse('problems.callback_not_now', {});
    const earliest = chinaDay(new Date(life.submittedAt ?? life.roundAt));
    if (!isDay(input.day) || input.day > now.day || input.day < earliest) refuse('problems.callback_day', { day: earliest, errors: [{ path: 'day', rule: 'range', params: {} }] });
    const before = subject.asked.find((one) => one.side === 'callback')?.verdict ?? null;
    if (before !== null && before !== 'no_answer') refuse('problems.answer_given', {});
    return say(subject, { side: 'callback', verdict: input.verdict, via: 'callback', remark: remarkOf(input.remark) }, moment(now).getTime());
  },
  save: async ({ tx, subject, changes: { said, steps, at }, input, actor, now }) => ({
    id: subject.problem.id, state: stateOf(steps, subject.problem),
    version: await saveAnswer(tx, subject, steps, { ...said, at: new Date(at), byId: actor.userId, byName: actor.name, calledDay: input.day, ...(input.number === undefined ? {} : { calledNumber: input.number }) }, actor, now),
  }),
  newVersion: ({ version }) => version,
  event: ({ subject, changes }) => answerEvent(subject.problem, changes.steps, changes.said),
});

const reopen = handler(contract.reopen, {
  permission: 'problems.raise',
  load: async ({ tx, actor, input }) => {
    const subject = await loadSubject(tx, actor, input.id);
    return subject === undefined ? undefined : { ...subject, settings: await readSettings(tx) };
  },
  version: ({ problem }) => problem.version,
  allow: (_actor, { standing }) => mayTake('reopened', standing),
  decide: ({ subject: { problem, settings }, input, now }): Taken => {
    const { life } = problem;
    const at = Math.max(moment(now).getTime(), problem.lastAt);
    const after = take(life, { kind: 'reopened', owner: life.owner }, at);
    const until = reopenUntil(chinaDay(new Date(life.endedAt ?? at)), settings.reopenDays);
    if (now.day > until) refuse('problems.reopen_late', { day: until });
    return { kind: 'reopened', at, text: input.reason, details: { from: life.state, satisfaction: null }, life: after };
  },
  save: async ({ tx, subject: { problem, ground }, changes, actor, now }) => {
    const [version = problem.version + 1] = await writeMoves(tx, [{ before: problem, steps: [changes] }], ground, actor, now);
    await tellOwner(tx, 'problems.reopened', problem, changes.life, ground, now);
    return { id: problem.id, version };
  },
  newVersion: ({ version }) => version,
  event: ({ subject, changes }) => eventOf(subject.problem, changes),
});

const SETTINGS_SUBJECT = idFrom('setting', contract.SETTINGS);

const drawCallbacks = handler(contract.drawCallbacks, {
  permission: 'problems.desk',
  load: async () => ({}),
  decide: () => ({}),
  save: ({ tx, input, actor, now }) => draw(tx, actor, input, now),
  event: ({ input, output }) => ({ kind: 'problems.callbacks_drawn', subjectType: 'setting', subjectId: SETTINGS_SUBJECT, after: { month: input.month, ...output } }),
});

const setSettings = handler(contract.setSettings, {
  permission: 'problems.keep_policies',
  load: ({ tx }) => lockSetting(tx, contract.SETTINGS),
  version: ({ version }) => version,
  allow: (actor) => actor.scope.all,
  decide: ({ input }) => input,
  save: async ({ tx, changes, actor, now }) => ({ version: await saveSetting(tx, contract.SETTINGS, changes, actor.userId, now.instant) }),
  newVersion: ({ version }) => version,
  event: ({ subject, changes }) => ({ kind: 'problems.closing_set', subjectType: 'setting', subjectId: SETTINGS_SUBJECT, before: subject.value, after: changes }),
});

const commands: readonly CommandHandler[] = [confirm, answerByLink, makeLink, recordCallback, reopen, drawCallbacks, setSettings];

// What becomes of an answer that never came is decided here, and written when the clocks turn.
unanswered.of = unansweredSteps;
bindAnswerLinks();

export const closing = feature('problems.closing', {
  commands,
  queries: [
    readHandler(contract.getSettings, { permission: 'problems.read', read: ({ db }) => readSettings(db) }),
    readHandler(contract.answerPage, {
      permission: 'public',
      read: async ({ db, input, env, now }) => {
        attempts.check(env.address, now.instant.getTime());
        const page = await readAnswerPage(db, input.token, now);
        if (page.link === 'unknown') attempts.missed(env.address, now.instant.getTime());
        return page;
      },
    }),
    readHandler(contract.listAnswers, { permission: 'problems.read', read: async ({ db, actor, input, now }) => (await readAnswers(db, actor, input.id, now)) ?? refuse('platform.not_found', {}) }),
    readHandler(contract.listCallbacks, { permission: 'problems.desk', read: ({ db, actor, input, now }) => readCallbacks(db, actor, input, now) }),
    readHandler(contract.callbackFigures, { permission: 'problems.desk', read: ({ db, input, now }) => readCallbackFigures(db, input.month, now) }),
  ],
});
