// How the questionnaire, a plan and its comparison are told to whoever reads them: names, reasons and days put together out of what the
// planner gives. Pure; decides nothing.
import type { OutputOf } from '../../../kernel/contract.ts';
import { appearing, applicability, openFacts, trackOf, type Applied, type Appearing } from './applicability.ts';
import type { Catalogue, FactValue, Facts, Item } from '../catalogue/shape.ts';
import { FACT_GROUPS, FACTS, type FactDefinition } from './facts.ts';
import { MODES, plansOf, type Plans } from './modes.ts';
import { planFor, planOf, prepare, type Plan, type PlanInput, type Project } from './plan.ts';
import type { PlannedItem as Planned } from './planned.ts';
import type { previewFacts, projectPlan, pushPreview, questionnaire, PlannedItem, Question, Way, Why } from './contract.ts';
import { answered, choiceOf, decidingIn, factsOf, faultsOf, planInput, slipOf, type Answers, type Choice, type Ground, type Pushed, type Subject } from './rules.ts';

/** Working days for which a clock is tried to stand still where nothing else is asked: a hearing or an expert review. */
const TRIED_DAYS = 5;

type Asked = Pick<OutputOf<typeof questionnaire>, 'groups' | 'items' | 'counts'>;

export function shownQuestions({ catalogue }: Ground, subject: Subject): Asked {
  const facts = factsOf(subject.register, subject.answers);
  const applied = applicability(catalogue, facts);
  const settles = new Map(openFacts(applied).map((one) => [one.fact, one.items]));
  const count = (verdict: Applied['verdict']): number => applied.filter((one) => one.verdict === verdict).length;
  return {
    groups: FACT_GROUPS.map((group) => ({ group, questions: FACTS.filter((one) => one.group === group).map((one) => question(one, subject.answers, facts, settles.get(one.name) ?? [])) })),
    items: applied.map(({ item, verdict, reason }) => ({ code: item.code, name: item.name, stage: item.stage, department: item.departments.lead, verdict, why: whyOf(reason) })),
    counts: { needed: count('needed'), clarify: count('clarify'), notNeeded: count('not_needed') },
  };
}

function question({ name, type, unit, choices }: FactDefinition, answers: Answers, facts: Facts, settles: readonly string[]): Question {
  const given = Object.hasOwn(answers.facts, name);
  const value = facts[name] ?? null;
  return { name, type, unit, choices: [...choices], value: plain(value), source: given ? 'given' : answers.unsure.includes(name) ? 'unsure' : value === null ? 'unknown' : 'register', settles: [...settles] };
}

function plain(value: FactValue): Question['value'] {
  return typeof value === 'object' && value !== null ? [...value] : value;
}

function whyOf({ key, track, rule, by }: Applied['reason']): Why {
  return { key, track, rule, by: by.map(({ path, test, have, truth }) => ({ path, test: { ...test }, have: plain(have), truth })) };
}

/** What a draft of answers would change, and from which days to which. Drafts with faults change nothing. */
export function shownDraft(ground: Ground, subject: Subject, draft: Facts, inHand: ReadonlySet<string>): OutputOf<typeof previewFacts> {
  const after = answered(subject.answers, draft);
  const faults = faultsOf(subject.register, after, draft);
  const next: Subject = faults.length > 0 ? subject : { ...subject, answers: after };
  const { appears, disappears, turns } = appearing(ground.catalogue, factsOf(subject.register, subject.answers), factsOf(subject.register, next.answers));
  const names = new Map(ground.catalogue.items.map((one) => [one.code, one.name]));
  const change = ({ code, before, after: then, reason }: Appearing) => ({ code, name: names.get(code) ?? { zh: code, en: code }, before, after: then, why: whyOf(reason), inHand: inHand.has(code) });
  const [old, fresh] = [planned(ground, subject), planned(ground, next)];
  return {
    appears: appears.map(change), disappears: disappears.map(change), turns: turns.map(change), faults: faults.map(({ fact, code }) => ({ fact, code })),
    beginDay: { before: old?.begin.day ?? null, after: fresh?.begin.day ?? null }, permitDay: { before: old?.permit.day ?? null, after: fresh?.permit.day ?? null },
  };
}

function planned(ground: Ground, subject: Subject): Plan | undefined {
  const input = planInput(ground, subject);
  return trackOf(input.facts) === null ? undefined : planOf(input);
}

type Shown = Pick<OutputOf<typeof projectPlan>, 'track' | 'chosen' | 'plan' | 'ways' | 'stopped' | 'slipDays' | 'bundles'>;

export function shownPlan(ground: Ground, subject: Subject): Shown {
  const input = planInput(ground, subject);
  const track = trackOf(input.facts);
  const chosen = chosenOf(choiceOf(subject, ground.day));
  const bundles = ground.catalogue.bundles.map(({ code, name }) => ({ code, name }));
  if (track === null) return { track, chosen, plan: null, ways: [], stopped: null, slipDays: null, bundles };
  const project = prepare(input);
  const plan = planFor(project, input);
  return {
    track, chosen, bundles, slipDays: slipOf(ground, subject.agreed, plan.begin.day), ways: waysOf(plansOf(input, project)), stopped: stoppedOf(project, input, plan, decidingIn(plan, subject.progress)),
    plan: {
      from: plan.start, permit: plan.permit, begin: plan.begin, accepted: plan.accepted, critical: [...plan.criticalPath], deciding: decidingIn(plan, subject.progress), unlimited: [...plan.unlimited], provisional: plan.provisional,
      items: itemsOf(ground.catalogue, project, plan, subject), startAfter: afterOf(project, 'START'),
    },
  };
}

function chosenOf({ startDay, order, measures, limits, combined, stops }: Choice): Shown['chosen'] {
  return { startDay, order, measures: [...measures], limits, combined: [...combined], stops: { ...stops } };
}

function itemsOf(catalogue: Catalogue, project: Project, plan: Plan, subject: Subject): PlannedItem[] {
  const known = new Map(catalogue.items.map((one) => [one.code, one]));
  return plan.items.flatMap((one) => {
    const item = known.get(one.code);
    return item === undefined ? [] : [itemOf(item, one, afterOf(project, one.code), subject.agreed?.days[one.code] ?? null)];
  });
}

function itemOf(item: Item, one: Planned, after: string[], agreedDay: string | null): PlannedItem {
  const { code, verdict, days, unit, from, within, startDay, day, lateDay, floatDays, driving, finished, byPromise, byRegional, simulated } = one;
  return {
    code, name: item.name, stage: item.stage, department: item.departments.lead, verdict, days, unit, outside: one.outside.map((span) => ({ ...span })), from, within, startDay, day, lateDay, floatDays,
    driving, finished, byPromise, byRegional, simulated, after, agreedDay,
  };
}

function afterOf({ graph }: Project, code: string): string[] {
  return [...new Set((graph.precedence.before.get(code) ?? []).map((one) => one.from))];
}

function waysOf({ plans, savings, parallel }: Plans): Way[] {
  return MODES.map((mode) => {
    const { permit, begin, accepted } = plans[mode];
    const savesDays = mode === 'serial' ? 0 : mode === 'parallel' ? parallel.beginDays : savings[mode].beginDays;
    return { mode, permitDay: permit.day, permitDays: permit.workingDays, beginDay: begin.day, beginDays: begin.workingDays, clockDays: accepted.clockDays, savesDays };
  });
}

function stoppedOf(project: Project, input: PlanInput, plan: Plan, item: string | null): Shown['stopped'] {
  if (item === null) return null;
  const after = planFor(project, { ...input, stops: { ...input.stops, [item]: (input.stops?.[item] ?? 0) + TRIED_DAYS } });
  return { item, days: TRIED_DAYS, ...laterBy(plan, after) };
}

function laterBy(before: Plan, after: Plan): { permitDays: number; beginDays: number } {
  return { permitDays: (after.permit.workingDays ?? 0) - (before.permit.workingDays ?? 0), beginDays: (after.begin.workingDays ?? 0) - (before.begin.workingDays ?? 0) };
}

/** What a push would make of the agreed plan: the days that would be later, the latest first. */
export function shownPush(ground: Ground, subject: Subject, { before, after }: Pushed): Omit<OutputOf<typeof pushPreview>, 'version'> {
  const { agreed } = subject;
  const names = new Map(ground.catalogue.items.map((one) => [one.code, one.name]));
  const moved = after.items.flatMap((one) => {
    const agreedDay = agreed?.days[one.code] ?? before.items.find((other) => other.code === one.code)?.day;
    if (agreedDay === undefined || one.day <= agreedDay) return [];
    return [{ code: one.code, name: names.get(one.code) ?? { zh: one.code, en: one.code }, agreedDay, day: one.day, workingDays: ground.calendar.between(agreedDay, one.day) }];
  });
  return {
    permitDay: after.permit.day, beginDay: after.begin.day, agreedPermitDay: agreed?.permitDay ?? null, agreedBeginDay: agreed?.beginDay ?? null,
    slipDays: slipOf(ground, agreed, after.begin.day), ...laterBy(before, after), moved: moved.toSorted((a, b) => b.workingDays - a.workingDays || (a.day < b.day ? -1 : 1)),
  };
}
