// Warning rules and what they say of a project on a day. Rules are data; this file only knows the three kinds of measure:
// delay in time, percentage points behind time progress, ratio to time progress (domain.md 2.4). It never reads a clock.
import type { Static } from 'typebox';
import Type from 'typebox';
import { addDays, addMonths, daysBetween, lastDay, yearOf } from '../../../kernel/days.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';

export const LightObject = Type.Union([
  Type.Literal('start'), Type.Literal('completion'), Type.Literal('investment'), Type.Literal('milestone'), Type.Literal('statistics'), Type.Literal('report'), Type.Literal('prediction'),
  Type.Literal('approval'),
]);

/** Of an approval in hand: the day that was promised, the day of the law, the day on which it came to a stop. */
export const PendingClock = Type.Union([Type.Literal('promised'), Type.Literal('statutory'), Type.Literal('stopped')]);

const closed = { additionalProperties: false } as const;
const Level = Type.Integer({ minimum: 1, maximum: 3 });
const Words = Type.Object({ zh: Type.String({ minLength: 1, maxLength: 120 }), en: Type.String({ minLength: 1, maxLength: 120 }) }, closed);

export const WarningRule = Type.Object({
  id: Type.String({ pattern: '^[a-z][a-z0-9_-]{1,40}$' }),
  name: Words,
  /** Where the thresholds come from, as shown to the reader. */
  source: Type.String({ maxLength: 200 }),
  on: Type.Boolean(),
  object: LightObject,
  /** delay: time past a due day; points: percentage points behind time progress; ratio: percent of time progress. */
  kind: Type.Union([Type.Literal('delay'), Type.Literal('points'), Type.Literal('ratio')]),
  /** Thresholds, each lighting its level once passed: months and days for delay, percent or points otherwise; of approvals working days past one of their clocks. */
  levels: Type.Array(Type.Object({
    level: Level, months: Type.Optional(Type.Integer({ minimum: 0, maximum: 120 })), days: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })), percent: Type.Optional(Type.Number({ minimum: 0, maximum: 1000 })),
    clock: Type.Optional(PendingClock), workdays: Type.Optional(Type.Integer({ minimum: 0, maximum: 2600 })),
  }, closed), { minItems: 1, maxItems: 3 }),
  /** Kinds, natures and levels of project that the rule is for; empty = all. */
  kinds: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 }),
  natures: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 }),
  projectLevels: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 }),
}, closed);

export const WarningRules = Type.Object({ rules: Type.Array(WarningRule, { maxItems: 60 }) }, closed);

export type WarningRule = Static<typeof WarningRule>;
export type WarningRules = Static<typeof WarningRules>;
export type LightObject = Static<typeof LightObject>;
export type PendingClock = Static<typeof PendingClock>;
type Numbers = Readonly<Record<string, string | number>>;

/** When works will begin by the plan of the approvals, and what decides that. */
export interface Prediction {
  readonly day: string;
  /** The day that was agreed: the measure where the register plans none. */
  readonly agreedDay: string | null;
  readonly numbers: Numbers;
}

/** An approval in hand, with the days that its rules look at. */
export interface Pending {
  readonly subject: string;
  readonly promisedDay: string | null;
  readonly statutoryDay: string | null;
  readonly stoppedDay: string | null;
  readonly numbers: Numbers;
}

/** What the rules look at. Days are YYYY-MM-DD; money is fen of the focus year. */
export interface LightFacts {
  readonly kind: string;
  readonly nature: string | null;
  readonly level: string | null;
  readonly stage: string;
  /** The day on which it came to its stage, where that is known. */
  readonly stageDay: string | null;
  readonly sideState: string | null;
  readonly plannedStart: string | null;
  readonly actualStart: string | null;
  readonly plannedCompletion: string | null;
  readonly actualCompletion: string | null;
  readonly inStatistics: boolean;
  readonly planFen: number;
  readonly doneFen: number;
  readonly milestones: readonly { readonly id: string; readonly name: string; readonly plannedDay: string; readonly forecastDay: string | null }[];
  /** The earliest month (YYYY-MM) whose report is missing, with the day on which it was due, and how many are missing. */
  readonly missing: { readonly month: string; readonly dueDay: string; readonly count: number } | null;
  readonly prediction: Prediction | null;
  readonly pending: readonly Pending[];
}

export interface Light {
  readonly rule: string;
  /** What in the project the light is about: the id of a milestone or of an approval in hand, or empty. */
  readonly subject: string;
  readonly object: LightObject;
  readonly level: 1 | 2 | 3;
  /** The day on which the light of any level went on, where it follows from the numbers; otherwise it is remembered. */
  readonly since: string | null;
  readonly levelSince: string | null;
  readonly numbers: Numbers;
}

/**
 * 时序进度 of a year on a day, basis points: months elapsed ÷ 12, half months allowed; a month counts whole on its last day, half
 * from the 15th. Source: domain.md 4.1; 云浮 on 15 August 7.5 ÷ 12 = 62.5 %, 长乐 at the end of November 91.67 %.
 */
export function timeProgressBp(day: string, year: number): number {
  const own = yearOf(day);
  if (own !== year) return own < year ? 0 : 10_000;
  const halves = (Number(day.slice(5, 7)) - 1) * 2 + (lastDay(day) === day ? 2 : Number(day.slice(8, 10)) >= 15 ? 1 : 0);
  return Math.round((halves * 10_000) / 24);
}

/**
 * 完成率 of a year in basis points, Σ completed ÷ Σ plan, rounded half up, exactly; null without a plan. May exceed 100 %.
 * Source: domain.md 4.1; 闽侯 362.32 ÷ 561.86 = 64.49 %.
 */
export function rateBp(doneFen: number, planFen: number): number | null {
  if (planFen <= 0) return null;
  const doubled = doneFen * 20_000 + planFen;
  // Small amounts, nearly all, without big integers: a page of a list has fifty rates.
  if (doubled <= Number.MAX_SAFE_INTEGER) return Math.floor(doubled / (planFen * 2));
  return Number((BigInt(doneFen) * 20_000n + BigInt(planFen)) / (BigInt(planFen) * 2n));
}

const QUIET = new Set(['paused', 'removed', 'terminated']);
const BUILT = new Set(['completed', 'producing', 'effective']);
const STARTED = new Set(['started', 'building', ...BUILT]);

/** All lights that the rules show for a project on a day. Paused, removed and terminated projects show none. */
export function lightsOf(facts: LightFacts, rules: readonly WarningRule[], day: string, year: number, calendar: WorkCalendar): Light[] {
  if (facts.sideState !== null && QUIET.has(facts.sideState)) return [];
  return rules.filter((rule) => applies(rule, facts)).flatMap((rule) => {
    switch (rule.object) {
      // Passing the gate is a start, not a day that somebody typed: levelled ground is none (domain.md 2.1).
      case 'start': return STARTED.has(facts.stage) ? [] : delayed(rule, facts.plannedStart, day, '');
      // A purchase passes no gate of completion: its day is all there is.
      case 'completion': return BUILT.has(facts.stage) || (facts.kind === 'purchase' && facts.actualCompletion !== null) ? [] : delayed(rule, facts.plannedCompletion, day, '');
      case 'statistics': return facts.inStatistics || !STARTED.has(facts.stage) ? [] : delayed(rule, facts.actualStart ?? facts.stageDay, day, '');
      case 'report': return facts.missing === null ? [] : delayed(rule, facts.missing.dueDay, day, '', { month: facts.missing.month, count: facts.missing.count });
      case 'milestone': return facts.milestones.flatMap((one) => delayed(rule, one.plannedDay, day, one.id, { milestone: one.name, ...(one.forecastDay === null ? {} : { forecastDay: one.forecastDay }) }));
      case 'investment': return behind(rule, facts, day, year);
      case 'prediction': return predicted(rule, facts);
      case 'approval': return facts.pending.flatMap((one) => waiting(rule, one, day, calendar));
      default: return never(rule.object);
    }
  });
}

function applies(rule: WarningRule, facts: LightFacts): boolean {
  return rule.on && fits(rule.kinds, facts.kind) && fits(rule.natures, facts.nature) && fits(rule.projectLevels, facts.level);
}

function fits(list: readonly string[], value: string | null): boolean {
  return list.length === 0 || (value !== null && list.includes(value));
}

// Lit on the first day that is later than the due day plus the threshold.
function delayed(rule: WarningRule, dueDay: string | null, day: string, subject: string, more: Numbers = {}): Light[] {
  // A threshold is never negative: what is not yet due lights nothing.
  if (rule.kind !== 'delay' || dueDay === null || dueDay >= day) return [];
  const lit = rule.levels
    .map((one) => ({ level: one.level, from: addDays(addDays(addCalendarMonths(dueDay, one.months ?? 0), one.days ?? 0), 1) }))
    .filter((one) => one.from <= day)
    .sort((a, b) => a.level - b.level);
  const top = lit.at(-1);
  if (top === undefined) return [];
  const since = lit.map((one) => one.from).sort()[0] ?? top.from;
  return [{ rule: rule.id, subject, object: rule.object, level: levelOf(top.level), since, levelSince: top.from, numbers: { dueDay, day, lateDays: daysBetween(dueDay, day), ...more } }];
}

// Measured from the planned day to the predicted one, whatever today is. Since when it has been on is remembered: no number says it.
function predicted(rule: WarningRule, { stage, actualStart, plannedStart, prediction }: LightFacts): Light[] {
  if (prediction === null || actualStart !== null || STARTED.has(stage)) return [];
  return delayed(rule, plannedStart ?? prediction.agreedDay, prediction.day, '').map((light) => ({
    ...light, since: null, levelSince: null,
    numbers: { ...prediction.numbers, dueDay: light.numbers['dueDay'] ?? '', lateDays: light.numbers['lateDays'] ?? 0, predictedDay: prediction.day, against: plannedStart === null ? 'agreed' : 'register' },
  }));
}

// A level looks at one clock of the approval and is lit on the first day after it and the working days of its threshold.
function waiting(rule: WarningRule, one: Pending, day: string, calendar: WorkCalendar): Light[] {
  const lit = rule.levels.flatMap(({ level, clock, workdays }) => {
    const dueDay = clock === undefined ? null : dayOfClock(one, clock);
    if (rule.kind !== 'delay' || clock === undefined || dueDay === null || dueDay >= day) return [];
    const from = addDays(calendar.add(dueDay, workdays ?? 0).day, 1);
    return from <= day ? [{ level, clock, dueDay, from }] : [];
  }).sort((a, b) => a.level - b.level);
  const top = lit.at(-1);
  if (top === undefined) return [];
  const since = lit.map((each) => each.from).sort()[0] ?? top.from;
  const numbers = { ...one.numbers, clock: top.clock, dueDay: top.dueDay, day, lateDays: daysBetween(top.dueDay, day), workdays: calendar.between(top.dueDay, day) };
  return [{ rule: rule.id, subject: one.subject, object: rule.object, level: levelOf(top.level), since, levelSince: top.from, numbers }];
}

function dayOfClock(one: Pending, clock: PendingClock): string | null {
  switch (clock) {
    case 'promised': return one.promisedDay;
    case 'statutory': return one.statutoryDay;
    case 'stopped': return one.stoppedDay;
    default: return never(clock);
  }
}

function behind(rule: WarningRule, facts: LightFacts, day: string, year: number): Light[] {
  const done = rateBp(facts.doneFen, facts.planFen);
  const time = timeProgressBp(day, year);
  if (rule.kind === 'delay' || done === null || time === 0) return [];
  const measure = rule.kind === 'points' ? (time - done) / 100 : (done / time) * 100;
  const passed = rule.levels.filter((one) => one.percent !== undefined && (rule.kind === 'points' ? measure > one.percent || (measure === one.percent && beginsAt(rule, one)) : measure < one.percent));
  const top = passed.reduce((highest, one) => Math.max(highest, one.level), 0);
  if (top === 0) return [];
  const numbers = { planFen: facts.planFen, doneFen: facts.doneFen, rateBp: done, timeBp: time, pointsBp: done - time, ...(rule.kind === 'ratio' ? { ratioBp: Math.round(measure * 100) } : {}) };
  return [{ rule: rule.id, subject: '', object: 'investment', level: levelOf(top), since: null, levelSince: null, numbers }];
}

/**
 * Whether a level of points begins at its threshold and not beyond it. 银川: 10 to 30 points behind is yellow, more than 30 red: the lightest level
 * does. Who is on schedule is never behind.
 */
export function beginsAt(rule: WarningRule, level: WarningRule['levels'][number]): boolean {
  return rule.kind === 'points' && (level.percent ?? 0) > 0 && rule.levels.every((one) => one.level >= level.level);
}

/** The day some calendar months later; the last day of the month where the month is shorter. */
export function addCalendarMonths(day: string, months: number): string {
  if (months === 0) return day;
  const target = addMonths(day.slice(0, 7), months);
  const last = Number(lastDay(target).slice(8, 10));
  return `${target}-${String(Math.min(last, Number(day.slice(8, 10)))).padStart(2, '0')}`;
}

function levelOf(level: number): 1 | 2 | 3 {
  return level >= 3 ? 3 : level === 2 ? 2 : 1;
}

function never(value: never): never {
  throw new Error(`unknown: ${String(value)}`);
}

export interface RuleFault {
  readonly rule: string;
  readonly fault: 'doubled' | 'mixed_kind' | 'threshold_missing' | 'order';
}

/** What is wrong with a set of rules beyond its shape: doubled ids, thresholds that contradict each other. */
export function ruleFaults(rules: readonly WarningRule[]): RuleFault[] {
  const faults: RuleFault[] = [];
  const seen = new Set<string>();
  for (const rule of rules) {
    if (seen.has(rule.id)) faults.push({ rule: rule.id, fault: 'doubled' });
    seen.add(rule.id);
    const clocked = rule.object === 'approval';
    if ((rule.object === 'investment') === (rule.kind === 'delay') || rule.levels.some((one) => foreign(one, clocked))) faults.push({ rule: rule.id, fault: 'mixed_kind' });
    const sizes = [...rule.levels].sort((a, b) => a.level - b.level).map((one) => ({ clock: one.clock, size: sizeOf(rule, one) }));
    if (sizes.some((one) => one.size === undefined || (clocked && one.clock === undefined))) faults.push({ rule: rule.id, fault: 'threshold_missing' });
    else if (sizes.some((one, i) => contradicts(rule, one.size, sizes.slice(0, i).findLast((before) => before.clock === one.clock)?.size))) faults.push({ rule: rule.id, fault: 'order' });
  }
  return faults;
}

/** Approvals are measured in working days past one of their clocks, as the law counts them; nothing else is. */
function foreign(one: WarningRule['levels'][number], clocked: boolean): boolean {
  return clocked ? one.months !== undefined || one.days !== undefined : one.clock !== undefined || one.workdays !== undefined;
}

function sizeOf(rule: WarningRule, one: WarningRule['levels'][number]): number | undefined {
  if (rule.kind !== 'delay') return one.percent;
  if (rule.object === 'approval') return one.workdays;
  return one.months === undefined && one.days === undefined ? undefined : (one.months ?? 0) * 31 + (one.days ?? 0);
}

// A more serious light lies further out than the one before it, on the same clock.
function contradicts(rule: WarningRule, size = 0, before?: number): boolean {
  return before !== undefined && (rule.kind === 'ratio' ? size >= before : size <= before);
}
