// Investment of each project in whole 万元: before 2023, planned for 2023, and done from January to June in the two series that
// are never mixed. The series of the project office sums to exactly the published 178 亿元.
import { addMonths, daysBetween } from '../kernel/days.ts';
import { MONTHS, monthOf, TODAY } from './calendar.ts';
import { dice, type Dice } from './dice.ts';
import type { Seed } from './seeds.ts';
import type { Times } from './times.ts';

/** 178 亿元, published for the first half of 2023 over 182 projects. */
export const H1_WAN = 1_780_000;

export interface Money {
  readonly priorWan: number;
  readonly planWan: number;
  /** 调度口径 by month, January to June; null where no report was made. */
  readonly dispatchWan: readonly (number | null)[];
  /** 统计口径: null before the project entered statistics. */
  readonly statWan: readonly (number | null)[];
  readonly statisticsDay?: string;
}

interface Draft {
  readonly seed: Seed;
  readonly times: Times;
  readonly priorWan: number;
  readonly planWan: number;
  doneWan: number;
}

/** The cases whose completion may move a little so that the sum is the published one. */
const ELASTIC = new Set(['A', 'O']);

export function moneyOf(projects: readonly { seed: Seed; times: Times; missing: ReadonlySet<string> }[]): readonly Money[] {
  const drafts = projects.map(({ seed, times }) => draft(seed, times));
  fit(drafts);
  return drafts.map((one, at) => months(one, projects[at]?.missing ?? new Set()));
}

function draft(seed: Seed, times: Times): Draft {
  const roll = dice('money', seed.key);
  const { priorWan, planWan } = priorAndPlan(seed, times, roll);
  return { seed, times, priorWan, planWan, doneWan: Math.min(seed.totalWan - priorWan, roundTo(planWan * ratioOf(seed, roll), planWan > 20_000 ? 10 : 1)) };
}

function priorAndPlan(seed: Seed, times: Times, roll: Dice): { priorWan: number; planWan: number } {
  const total = seed.totalWan;
  const step = total > 100_000 ? 1000 : total > 30_000 ? 500 : 100;
  const rest = (share: number): { priorWan: number; planWan: number } => {
    const planWan = Math.max(step, roundTo(total * share, step));
    return { priorWan: total - planWan, planWan };
  };
  const fresh = (share: number, before: number): { priorWan: number; planWan: number } => ({
    priorWan: roundTo(total * before, 10),
    planWan: Math.max(step, roundTo(total * Math.min(0.9, share), step)),
  });
  switch (seed.fate) {
    case 'P':
      return rest(roll.between(0.1, 0.26));
    case 'D':
      return rest(roll.between(0.24, 0.42));
    case 'E':
      return rest(0.05);
    case 'A':
    case 'O':
    case 'B':
    case 'F':
    case 'Z': {
      const span = Math.max(1, daysBetween(times.actualStart ?? times.plannedStart, times.plannedCompletion));
      const before = Math.max(0, daysBetween(times.actualStart ?? times.plannedStart, '2022-12-31')) / span;
      const priorWan = Math.min(total - step, roundTo(total * before * roll.between(0.78, 1), 10));
      if (times.plannedCompletion <= '2023-12-31') return { priorWan, planWan: total - priorWan };
      return { priorWan, planWan: Math.min(total - priorWan, Math.max(step, roundTo(total * (365 / span) * roll.between(0.85, 1.12), step))) };
    }
    case 'S':
    case 'L':
    case 'U':
    case 'Y':
    case 'Q':
    case 'R': {
      const span = Math.max(1, daysBetween(times.plannedStart, times.plannedCompletion));
      return fresh(Math.max(0.08, daysBetween(times.plannedStart, '2023-12-31') / span) * roll.between(0.8, 1), roll.between(0.002, 0.02));
    }
    case 'N':
      return fresh(total > 200_000 ? 0.006 : roll.between(0.012, 0.03), roll.between(0.0005, 0.004));
  }
}

const RATIOS: Readonly<Record<Seed['fate'], readonly [number, number]>> = {
  P: [0.93, 1], D: [0.82, 0.97], E: [0.96, 1], A: [0.58, 0.75], O: [0.39, 0.57], B: [0.23, 0.38], F: [0.06, 0.17],
  // Not started: land, demolition and down payments count in the series of the project office.
  S: [0.42, 0.55], L: [0.22, 0.38], U: [0.41, 0.5], Y: [0.41, 0.48], Q: [0.21, 0.3], R: [0.02, 0.08], Z: [0.05, 0.12], N: [0.42, 0.5],
};

function ratioOf(seed: Seed, roll: Dice): number {
  const [low, high] = RATIOS[seed.fate];
  return seed.fate === 'P' && roll.chance(0.4) ? 1 : roll.between(low, high);
}

/** Moves the elastic projects by one common factor, and the largest of them by what rounding leaves, onto the published sum. */
function fit(drafts: readonly Draft[]): void {
  const elastic = drafts.filter((one) => ELASTIC.has(one.seed.fate));
  const fixed = sum(drafts.filter((one) => !ELASTIC.has(one.seed.fate)).map((one) => one.doneWan));
  const factor = (H1_WAN - fixed) / sum(elastic.map((one) => one.doneWan));
  for (const one of elastic) one.doneWan = Math.min(one.seed.totalWan - one.priorWan, roundTo(one.doneWan * factor, one.planWan > 20_000 ? 10 : 1));
  const largest = elastic.reduce((a, b) => (b.planWan > a.planWan ? b : a));
  largest.doneWan += H1_WAN - fixed - sum(elastic.map((one) => one.doneWan));
}

const SEASON = [0.7, 0.75, 1.1, 1.1, 1.15, 1.3] as const;

function months(one: Draft, missing: ReadonlySet<string>): Money {
  const roll = dice('months', one.seed.key);
  const weights = MONTHS.map((month, at) => (missing.has(month) ? 0 : (SEASON[at] ?? 1) * roll.between(0.82, 1.18) * activity(one, month)));
  const whole = sum(weights);
  const reported = MONTHS.map((month, at) => (missing.has(month) ? null : Math.round((one.doneWan * (weights[at] ?? 0)) / (whole === 0 ? 1 : whole))));
  const last = lastReported(reported, weights);
  reported[last] = (reported[last] ?? 0) + one.doneWan - sum(reported.map((amount) => amount ?? 0));
  const statisticsDay = entered(one, roll);
  const money = { priorWan: one.priorWan, planWan: one.planWan, dispatchWan: reported, statWan: statistics(reported, statisticsDay, roll) };
  return statisticsDay === undefined ? money : { ...money, statisticsDay };
}

/** How busy a project is in a month: little before its start, the tail after completion, nothing once paused. */
function activity({ times, seed }: Draft, month: string): number {
  if (times.pausedOn !== undefined && month > monthOf(times.pausedOn)) return 0;
  if (times.actualStart === undefined) return seed.fate === 'N' || seed.fate === 'U' ? 1 : 0.6;
  if (month < monthOf(times.actualStart)) return 0.06;
  if (times.actualCompletion !== undefined && month > addMonths(monthOf(times.actualCompletion), 1)) return 0.05;
  return 1;
}

function lastReported(reported: readonly (number | null)[], weights: readonly number[]): number {
  let best = 0;
  reported.forEach((amount, at) => {
    if (amount !== null && (weights[at] ?? 0) > (reported[best] === null ? -1 : (weights[best] ?? 0))) best = at;
  });
  return best;
}

/** How often a project of a case has started without entering statistics: what the entry warning is for. */
const NOT_ENTERED: Readonly<Partial<Record<Seed['fate'], number>>> = { S: 0.25, L: 0.5, O: 0.05 };

function entered({ seed, times }: Draft, roll: Dice): string | undefined {
  if (times.actualStart === undefined) return undefined;
  const day = `${addMonths(monthOf(times.actualStart), 1)}-${roll.pick(['08', '09', '10'])}`;
  if (roll.chance(NOT_ENTERED[seed.fate] ?? 0)) return undefined;
  return day <= TODAY ? day : undefined;
}

function statistics(reported: readonly (number | null)[], statisticsDay: string | undefined, roll: Dice): readonly (number | null)[] {
  return reported.map((amount, at) => {
    if (statisticsDay === undefined || amount === null || (MONTHS[at] ?? '') < monthOf(statisticsDay)) return null;
    return Math.round(amount * roll.between(0.78, 0.98));
  });
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function roundTo(value: number, step: number): number {
  return Math.round(value / step) * step;
}
