// Planning 手续计划: which approvals a project needs and why, the plan that follows, agreed plans, and the forecast of all projects.
// Whoever may know a project may read; who answers and who plans have permissions of their own. Each change keeps the forecast.
import { idFrom } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import { numberOfDay } from '../../../kernel/epoch.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { settled, type Db } from '../../../platform/db.ts';
import { feature, handler, readHandler, type EventRecord } from '../../../platform/feature.ts';
import { changesSince } from '../../../platform/history.ts';
import { checker } from '../../../platform/validate.ts';
import { trackOf } from './applicability.ts';
import { Facts } from '../catalogue/shape.ts';
import { forecast as rangeOf } from './range.ts';
import * as contract from './contract.ts';
import { forecast } from './forecast.ts';
import { historyOf, itemsInHand } from './progress.ts';
import * as rules from './rules.ts';
import * as shown from './shown.ts';
import * as store from './store.ts';

const PAGE = 60;
/** Finished cases of an item from which its durations are drawn, and how many of the critical items must have as many. */
const ENOUGH_CASES = 5;
const SAMPLES = 400;

const checkDraft = checker(Facts);

interface Loaded extends store.Stored {
  readonly ground: rules.Ground;
}

export const planning = feature('approvals.planning', {
  permissions: ['approvals.answer', 'approvals.plan'],
  queries: [
    readHandler(contract.questionnaire, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        const found = await read(db, actor, input.id, now);
        const { id, name, version, answeredAt, answeredBy, ground } = found;
        return { id, name, version, catalogue: ground.label, answeredAt, answeredBy, ...shown.shownQuestions(ground, found), can: { answer: may(actor, 'approvals.answer') } };
      },
    }),
    readHandler(contract.previewFacts, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        const found = await read(db, actor, input.id, now);
        return shown.shownDraft(found.ground, found, draftIn(input.draft), await itemsInHand(db, input.id));
      },
    }),
    readHandler(contract.projectPlan, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        const [found, agreed] = await settled([read(db, actor, input.id, now), store.readAgreed(db, input.id)]);
        const { id, name, version, ground, register } = found;
        return {
          id, name, version, day: now.day, catalogue: ground.label, plannedStart: register.plannedStart ?? null, ...shown.shownPlan(ground, found), agreed,
          can: { plan: may(actor, 'approvals.plan'), answer: may(actor, 'approvals.answer') },
        };
      },
    }),
    readHandler(contract.planRange, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        const found = await read(db, actor, input.id, now);
        const history = await historyOf(db);
        const known = Object.fromEntries(Object.entries(history).filter(([, days]) => days.length >= ENOUGH_CASES));
        const cases = Object.values(history).reduce((sum, one) => sum + one.length, 0);
        const plan = rules.planInput(found.ground, found);
        if (Object.keys(known).length === 0 || trackOf(plan.facts) === null) return { range: null, cases, enough: ENOUGH_CASES };
        const { permit, begin, seed, samples, drawn } = rangeOf(plan, { history: known, seed: seedOf(found.id), samples: SAMPLES });
        const days = (some: typeof permit) => some.map(({ percent, day }) => ({ percent, day }));
        return { range: drawn.length === 0 ? null : { permit: days(permit), begin: days(begin), seed, samples, drawn: [...drawn] }, cases, enough: ENOUGH_CASES };
      },
    }),
    readHandler(contract.pushPreview, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        const found = await read(db, actor, input.id, now);
        return { version: found.version, ...shown.shownPush(found.ground, found, rules.pushed(found.ground, found, input.item, input.days ?? 0)) };
      },
    }),
    readHandler(contract.listForecasts, {
      permission: 'projects.read',
      read: async ({ db, actor, input, now }) => {
        if (input.after !== undefined && !/^(-?\d{1,9}|\d{4}-\d{2}-\d{2})~[0-9a-f-]{36}$/.test(input.after)) refuse('platform.invalid', { errors: [{ path: 'after', rule: 'cursor', params: {} }] });
        const limit = input.limit ?? PAGE;
        const [rows, counts, ground] = await Promise.all([store.forecasts(db, actor, input, limit + 1), store.forecastCounts(db, actor, input), store.groundOn(db, now.day)]);
        const names = new Map(ground.catalogue.items.map((one) => [one.code, one.name]));
        const nameOf = (code: string): { readonly zh: string; readonly en: string } => names.get(code) ?? { zh: code, en: code };
        const last = rows.length > limit ? rows[limit - 1] : undefined;
        const provisional = (to: string | null): boolean => to !== null && to > now.day && ground.calendar.numbers.provisionalBetween(numberOfDay(now.day) ?? 0, numberOfDay(to) ?? 0);
        return {
          items: rows.slice(0, limit).map(({ place: _place, deciding, held, ...row }) => ({
            ...row, permitProvisional: provisional(row.permitDay), beginProvisional: provisional(row.beginDay), deciding: deciding === null ? null : { code: deciding, name: nameOf(deciding) }, held: held === null ? null : { ...held, name: nameOf(held.item) },
          })),
          ...counts, next: last === undefined ? null : `${last.place}~${last.id}`, day: now.day,
        };
      },
    }),
  ],
  commands: [
    handler(contract.answerFacts, {
      ...versioned('approvals.answer'),
      decide: ({ subject, input }) => rules.decideAnswers(subject, input.answers, input.clear),
      save: async ({ tx, changes, subject, actor, now }) => {
        await store.writeAnswers(tx, subject.id, changes, actor.userId, now.instant);
        return saved(tx, subject, rules.choiceOf(subject, now.day), now);
      },
      event: ({ subject, changes }) => about(subject.id, 'approvals.facts_answered', toldFacts(subject.answers, changes), toldFacts(changes, subject.answers)),
    }),
    handler(contract.choosePlan, {
      ...versioned('approvals.plan'),
      decide: ({ subject, input: { id: _id, ...change }, now }) => rules.decideChoice(subject.choice, change, subject.ground.catalogue, now.day),
      save: ({ tx, changes, subject, now }) => saved(tx, subject, changes, now),
      event: ({ subject, changes }) => about(subject.id, 'approvals.plan_chosen', subject.choice ?? undefined, changes),
    }),
    handler(contract.freezePlan, {
      ...versioned('approvals.plan'),
      decide: ({ subject }) => rules.decideFreeze(subject.ground, subject),
      save: async ({ tx, changes: { plan, number }, subject, input, actor, now }) => {
        await store.writeBaseline(tx, { ...baselineOf(subject, plan, rules.choiceOf(subject, now.day)), number, kind: 'frozen', note: noteIn(input.note), by: actor.userId, at: now.instant });
        return { ...(await saved(tx, subject, rules.choiceOf(subject, now.day), now)), number };
      },
      event: ({ subject, changes: { plan, number }, input }) => about(subject.id, 'approvals.plan_frozen', undefined, { baseline: number, permitDay: plan.permit.day, beginDay: plan.begin.day }, input.note),
    }),
    handler(contract.pushPlan, {
      ...versioned('approvals.plan'),
      decide: ({ subject, input }) => rules.decidePush(subject.ground, subject, input),
      save: async ({ tx, changes: { after, choice, number }, subject, input, actor, now }) => {
        await store.writeBaseline(tx, { ...baselineOf(subject, after, choice), number, kind: 'pushed', note: input.reason, by: actor.userId, at: now.instant });
        return { ...(await saved(tx, subject, choice, now)), number };
      },
      event: ({ subject, changes: { after, number }, input }) => about(
        subject.id, 'approvals.plan_pushed', { baseline: number - 1, permitDay: subject.agreed?.permitDay, beginDay: subject.agreed?.beginDay },
        { baseline: number, permitDay: after.permit.day, beginDay: after.begin.day, ...(input.item === undefined ? {} : { item: input.item, stopDays: input.days ?? 0 }) }, input.reason,
      ),
    }),
  ],
});

/** What the commands on one project's planning have in common. */
function versioned(permission: string) {
  return {
    permission,
    load: async ({ tx, actor, input, now }: { tx: Db; actor: Actor; input: { readonly id: string }; now: Now }): Promise<Loaded | undefined> => {
      const found = await store.lockSubject(tx, actor, input.id);
      return found === undefined ? undefined : { ...found, ground: await store.groundOn(tx, now.day) };
    },
    version: (subject: Loaded) => subject.version,
    newVersion: (output: { readonly version: number }) => output.version,
    staleDetails: async ({ tx, subject, sent }: { tx: Db; subject: Loaded; sent: number }) => ({ changes: await changesSince(tx, planIdOf(subject.id), sent) }),
  };
}

async function read(db: Db, actor: Actor, id: string, now: Now): Promise<Loaded> {
  const [found, ground] = await settled([store.readSubject(db, actor, id), store.groundOn(db, now.day)]);
  return { ...(found ?? refuse('platform.not_found', {})), ground };
}

async function saved(tx: Db, subject: Loaded, choice: rules.Choice, now: Now): Promise<{ id: string; version: number }> {
  const version = await store.writeChoice(tx, subject.id, choice, now.instant);
  await forecast(tx, [subject.id], now);
  return { id: subject.id, version };
}

function baselineOf(subject: Loaded, plan: Parameters<typeof rules.agreedPlan>[0], choice: rules.Choice) {
  return { projectId: subject.id, permitDay: plan.permit.day, beginDay: plan.begin.day, plan: rules.agreedPlan(plan, choice, subject.answers, subject.ground.label) };
}

function noteIn(text: string | undefined): string | null {
  const note = text?.trim() ?? '';
  return note === '' ? null : note;
}

/** Planning is versioned by itself: its events must not count as changes of the project's record. */
export function planIdOf(projectId: string): string {
  return idFrom('approvals', 'plan', projectId);
}

function about(projectId: string, kind: string, before: unknown, after: unknown, reason?: string): EventRecord {
  return { kind, subjectType: 'approvals_plan', subjectId: planIdOf(projectId), projectId, ...(before === undefined ? {} : { before }), after, ...(reason === undefined ? {} : { reason }) };
}

/** Of one set of answers what differs from the other: null is "not known", what is missing was not answered. */
function toldFacts(of: rules.Answers, against: rules.Answers): Record<string, unknown> {
  const told = ({ facts, unsure }: rules.Answers): Record<string, unknown> => ({ ...facts, ...Object.fromEntries(unsure.map((name) => [name, null])) });
  const [own, other] = [told(of), told(against)];
  return Object.fromEntries(Object.entries(own).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(other[name])));
}

function draftIn(text: string | undefined): Facts {
  if (text === undefined) return {};
  try {
    return checkDraft(JSON.parse(text));
  } catch {
    return refuse('platform.invalid', { errors: [{ path: 'draft', rule: 'format', params: {} }] });
  }
}

/** The same project is always drawn with the same seed, so that its range moves only when something has changed. */
function seedOf(id: string): number {
  return Number.parseInt(id.slice(-8), 16) >>> 0;
}
