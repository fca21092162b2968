// What may be answered, chosen, agreed and pushed, and what is kept of a forecast. Pure: catalogue, calendar, answers and days are handed in.
import { refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { applicability, trackOf } from './applicability.ts';
import type { Catalogue, Facts, FactValue } from '../catalogue/shape.ts';
import { factFaults, factNamed, prefilled, type RegisterRecord } from './facts.ts';
import type { Measure } from './graph.ts';
import type { LimitKind } from './limits.ts';
import { planOf, type Plan, type PlanInput, type Progress } from './plan.ts';

/** Answers as they are kept: what was given, and what was answered with "not known". */
export interface Answers {
  readonly version: number;
  readonly facts: Facts;
  readonly unsure: readonly string[];
}

/** The way that was chosen. */
export interface Choice {
  readonly startDay: string;
  readonly order: 'serial' | 'parallel';
  readonly measures: readonly Measure[];
  readonly limits: LimitKind;
  readonly combined: readonly string[];
  /** Working days for which an item is expected to stand still, by code. */
  readonly stops: Readonly<Record<string, number>>;
}

/** An agreed plan: the day of each item, and of permit and start. */
export interface Agreed {
  readonly number: number;
  readonly permitDay: string | null;
  readonly beginDay: string | null;
  readonly days: Readonly<Record<string, string>>;
}

/** What all projects have in common. */
export interface Ground {
  readonly catalogue: Catalogue;
  readonly label: string;
  /** The zone's, for plans; of which edition. */
  readonly calendar: WorkCalendar;
  readonly edition: number;
  /** The zone's day. */
  readonly day: string;
}

export interface Subject {
  readonly register: RegisterRecord & { readonly actualStart?: string | null | undefined };
  readonly answers: Answers;
  /** null: nothing was chosen yet; the plan then goes in parallel, by promised limits, from today. */
  readonly choice: Choice | null;
  readonly progress: Readonly<Record<string, Progress>>;
  readonly agreed: Agreed | null;
}

/** What is kept beside a project: the forecast as at a day. */
export interface Kept {
  readonly permitDay: string | null;
  readonly beginDay: string | null;
  /** Of the two days above; not of what comes after the start of works. */
  readonly provisional: boolean;
  readonly critical: readonly string[];
  readonly deciding: string | null;
  readonly department: string | null;
  readonly openItems: number;
  readonly slipDays: number | null;
}

export const NO_ANSWERS: Answers = { version: 0, facts: {}, unsure: [] };

export function choiceOf(subject: Subject, day: string): Choice {
  return subject.choice ?? firstChoice(day);
}

export function firstChoice(day: string): Choice {
  return { startDay: day, order: 'parallel', measures: [], limits: 'promised', combined: [], stops: {} };
}

/** What holds of a project: its answers over what the register knows, without what was answered with "not known". */
export function factsOf(register: RegisterRecord, { facts, unsure }: Answers): Facts {
  const all = prefilled(register, facts);
  return Object.fromEntries(Object.entries(all).filter(([name]) => !unsure.includes(name)));
}

/** Refuses, at the fact, what cannot be an answer or contradicts another; `approvals.unchanged` where nothing is said anew. */
export function decideAnswers(subject: Pick<Subject, 'register' | 'answers'>, given: Facts, clear: readonly string[] = []): Answers {
  const answers = answered(subject.answers, given, clear);
  const faults = faultsOf(subject.register, answers, given, clear);
  if (faults.length > 0) refuse('platform.invalid', { errors: faults.map(({ fact, code }) => ({ path: `answers.${fact}`, rule: code, code: `approvals.fact_${code}`, params: { fact } })) });
  if (sameAnswers(subject.answers, answers)) refuse('approvals.unchanged');
  return answers;
}

export function answered(before: Answers, given: Facts, clear: readonly string[] = []): Answers {
  const touched = new Set([...Object.keys(given), ...clear]);
  const facts: Record<string, FactValue> = Object.fromEntries(Object.entries(before.facts).filter(([name]) => !touched.has(name)));
  for (const [name, value] of Object.entries(given)) if (value !== null && !clear.includes(name)) facts[name] = value;
  const unsure = new Set(before.unsure.filter((name) => !touched.has(name)));
  for (const [name, value] of Object.entries(given)) if (value === null && !clear.includes(name)) unsure.add(name);
  return { version: before.version + 1, facts, unsure: [...unsure].toSorted() };
}

export function faultsOf(register: RegisterRecord, answers: Answers, given: Facts, clear: readonly string[] = []): { readonly fact: string; readonly code: string }[] {
  const strange = [...Object.keys(given), ...clear].filter((fact) => factNamed(fact) === undefined).map((fact) => ({ fact, code: 'unknown_fact' }));
  return strange.length > 0 ? strange : factFaults(factsOf(register, answers));
}

function sameAnswers(a: Answers, b: Answers): boolean {
  const told = ({ facts, unsure }: Answers): string => JSON.stringify([Object.entries(facts).toSorted(([x], [y]) => (x < y ? -1 : 1)), [...unsure].toSorted()]);
  return told(a) === told(b);
}

/** Refuses `approvals.no_bundle` and `approvals.unchanged`. */
export function decideChoice(before: Choice | null, change: Partial<Choice>, catalogue: Catalogue, day: string): Choice {
  const after: Choice = { ...(before ?? firstChoice(day)), ...change };
  const stranger = after.combined.find((code) => !catalogue.bundles.some((one) => one.code === code));
  if (stranger !== undefined) refuse('approvals.no_bundle', { code: stranger });
  if (before !== null && JSON.stringify(before) === JSON.stringify(after)) refuse('approvals.unchanged');
  return after;
}

/** What the planner takes. The forecast counts from the start day, or from today if that is past: nothing unfinished ends before today. */
export function planInput({ catalogue, calendar, day }: Ground, subject: Subject): PlanInput {
  const { startDay, order, measures, limits, combined, stops } = choiceOf(subject, day);
  const progress = subject.progress;
  const standing = Object.entries(stops).filter(([code]) => !('finished' in (progress[code] ?? {})));
  return { catalogue, calendar, facts: factsOf(subject.register, subject.answers), start: startDay > day ? startDay : day, progress, order, measures, limits, combined, stops: Object.fromEntries(standing) };
}

const NOTHING: Kept = { permitDay: null, beginDay: null, provisional: false, critical: [], deciding: null, department: null, openItems: 0, slipDays: null };

/** The forecast as it is kept. Without a track there is none; of a project that was started the day stands. */
export function keptOf(ground: Ground, subject: Subject): Kept {
  const { actualStart } = subject.register;
  const input = planInput(ground, subject);
  const openItems = applicability(ground.catalogue, input.facts).filter((one) => one.verdict === 'clarify').length;
  const slip = (beginDay: string | null): number | null => slipOf(ground, subject.agreed, beginDay);
  if (actualStart !== null && actualStart !== undefined) return { ...NOTHING, beginDay: actualStart, slipDays: slip(actualStart) };
  if (trackOf(input.facts) === null) return { ...NOTHING, openItems };
  const plan = planOf(input);
  const deciding = decidingIn(plan, subject.progress);
  const department = ground.catalogue.items.find((one) => one.code === deciding)?.departments.lead ?? null;
  return {
    permitDay: plan.permit.day, beginDay: plan.begin.day, provisional: plan.permit.provisional || plan.begin.provisional, critical: plan.criticalPath, deciding, department, openItems, slipDays: slip(plan.begin.day),
  };
}

/**
 * The item that holds everything up now: the first critical one that is not finished and takes any time. One without a known limit takes none
 * in a plan; while its case is open it takes all the time there is, so that it is named too.
 */
export function decidingIn({ criticalPath, items, unlimited }: Plan, progress: Subject['progress']): string | null {
  const takesTime = (code: string): boolean => items.some((one) => one.code === code && (one.days > 0 || one.outside.length > 0));
  const running = (code: string): boolean => unlimited.includes(code) && progress[code] !== undefined && !('finished' in progress[code]);
  return criticalPath.find((code) => takesTime(code) || running(code)) ?? criticalPath[0] ?? null;
}

/** Working days by which a start comes after the agreed one; negative: before it. */
export function slipOf({ calendar }: Ground, agreed: Agreed | null, beginDay: string | null): number | null {
  return agreed === null || agreed.beginDay === null || beginDay === null ? null : calendar.between(agreed.beginDay, beginDay);
}

/** A plan as it is agreed: nothing that can be computed again from it, nothing that the next catalogue could change. */
export function agreedPlan(plan: Plan, choice: Choice, answers: Answers, label: string): Record<string, unknown> {
  const days = Object.fromEntries(plan.items.map((one) => [one.code, one.day]));
  return { ...choice, answersVersion: answers.version, catalogue: label, provisional: plan.provisional, criticalPath: plan.criticalPath, days };
}

/** Refuses `approvals.later_than_agreed`: later days are pushed, with a reason. */
export function decideFreeze(ground: Ground, subject: Subject): { readonly plan: Plan; readonly number: number } {
  const plan = planOf(planInput(ground, subject));
  const slipDays = slipOf(ground, subject.agreed, plan.begin.day);
  if (slipDays !== null && slipDays > 0) refuse('approvals.later_than_agreed', { days: slipDays, agreed: subject.agreed?.beginDay ?? '', expected: plan.begin.day ?? '' });
  return { plan, number: (subject.agreed?.number ?? 0) + 1 };
}

export interface Pushed {
  readonly choice: Choice;
  readonly before: Plan;
  readonly after: Plan;
}

/** The plan with an item standing still for so many working days more. Refuses `approvals.not_planned` where it is not planned or is finished. */
export function pushed(ground: Ground, subject: Subject, item: string | undefined, days: number): Pushed {
  const choice = choiceOf(subject, ground.day);
  const before = planOf(planInput(ground, subject));
  if (item === undefined || days === 0) return { choice, before, after: before };
  if (!before.items.some((one) => one.code === item && !one.finished)) refuse('approvals.not_planned', { code: item });
  const stopping: Choice = { ...choice, stops: { ...choice.stops, [item]: (choice.stops[item] ?? 0) + days } };
  return { choice: stopping, before, after: planOf(planInput(ground, { ...subject, choice: stopping })) };
}

/**
 * Refuses `approvals.nothing_agreed`, `approvals.not_later`, and `approvals.push_changed` where the start is not the one that was previewed.
 */
export function decidePush(ground: Ground, subject: Subject, { item, days, beginDay }: { readonly item?: string | undefined; readonly days?: number | undefined; readonly beginDay: string }): Pushed & { readonly number: number } {
  const { agreed } = subject;
  if (agreed === null) return refuse('approvals.nothing_agreed');
  const found = pushed(ground, subject, item, days ?? 0);
  if (found.after.begin.day !== beginDay) refuse('approvals.push_changed', { previewed: beginDay, expected: found.after.begin.day ?? '' });
  if (agreed.beginDay !== null && beginDay <= agreed.beginDay) refuse('approvals.not_later', { agreed: agreed.beginDay });
  return { ...found, number: agreed.number + 1 };
}
