// When things were planned and when they happened, for each of the cases of seeds.ts. Pure; nothing actual lies after TODAY.
import { addDays, addMonths, daysBetween, lastDay } from '../kernel/days.ts';
import { earlier, TODAY } from './calendar.ts';
import { dice, type Dice } from './dice.ts';
import type { Seed } from './seeds.ts';

export interface Times {
  readonly plannedStart: string;
  readonly actualStart?: string;
  readonly plannedCompletion: string;
  readonly actualCompletion?: string;
  readonly plannedProduction: string;
  readonly actualProduction?: string;
  readonly actualEffect?: string;
  readonly pausedOn?: string;
  /** How many days the rest of the plan is expected to slip. */
  readonly slipDays: number;
}

/** Published days and the plain choices for the named projects: [planned start, actual start, planned completion]. */
const NAMED: Readonly<Record<string, readonly [string, string, string]>> = {
  济源纳米材料产业园三期: ['2022-11-15', '2022-11-18', '2023-12-31'],
  '产教融合园区基础设施（一期）': ['2022-03-15', '2022-03-20', '2023-12-31'],
  氢能综合利用示范园: ['2021-06-30', '2021-07-06', '2026-12-31'],
  万洋锌基材料绿色智造: ['2022-04-10', '2022-04-08', '2024-06-30'],
  金马苯加氢: ['2022-05-20', '2022-06-16', '2023-10-31'],
  高新电子产业园: ['2021-09-20', '2021-09-28', '2024-12-31'],
  金利铅基多金属固废综合利用: ['2020-08-30', '2020-09-02', '2023-05-31'],
  豫光再生铅资源循环利用: ['2021-03-15', '2021-03-18', '2023-04-30'],
  恒通生物降解塑料: ['2021-05-10', '2021-05-20', '2023-06-15'],
};

/** The times as the ledger gives them: most plans, and some old starts, are known to the month only and stand for its last day. */
export function timesOf(seed: Seed): Times {
  const times = exactTimes(seed);
  const roll = dice('grain', seed.key);
  const monthly = (day: string): string => lastDay(day.slice(0, 7));
  const byDay = NAMED[seed.key] !== undefined || ['Y', 'S', 'L'].includes(seed.fate);
  const start = times.actualStart;
  return {
    ...times,
    plannedStart: byDay || roll.chance(0.25) ? times.plannedStart : monthly(times.plannedStart),
    ...(start !== undefined && !byDay && start < '2022-12-01' && roll.chance(0.35) ? { actualStart: monthly(start) } : {}),
  };
}

function exactTimes(seed: Seed): Times {
  const roll = dice('times', seed.key);
  switch (seed.fate) {
    case 'P':
    case 'D':
    case 'E':
      return finished(seed, roll);
    case 'A':
    case 'O':
    case 'B':
    case 'F':
      return building(seed, roll);
    case 'S':
    case 'L':
      return startedThisYear(seed, roll);
    case 'Z':
      return paused(seed, roll);
    case 'U':
    case 'Y':
    case 'Q':
    case 'R':
    case 'N':
      return waiting(seed, roll);
  }
}

function finished(seed: Seed, roll: Dice): Times {
  const named = NAMED[seed.key];
  const completion = seed.fate === 'E' ? roll.pick(['2022-03-16', '2022-03-28']) : addDays(seed.fate === 'P' ? '2023-02-12' : '2023-03-22', roll.whole(0, seed.fate === 'P' ? 95 : 92));
  const actualCompletion = named === undefined ? completion : addDays(named[2], -roll.whole(6, 20));
  const months = seed.totalWan > 50_000 ? roll.whole(20, 30) : roll.whole(11, 20);
  const actualStart = named?.[1] ?? addDays(actualCompletion, -Math.round(months * 30.4));
  const plannedCompletion = named?.[2] ?? lastDay(addDays(actualCompletion, roll.whole(-22, 30)).slice(0, 7));
  const plannedProduction = lastDay(addMonths(plannedCompletion.slice(0, 7), seed.fate === 'D' ? 2 : 1));
  const base: Times = {
    plannedStart: named?.[0] ?? addDays(actualStart, -roll.whole(0, 24)),
    actualStart, plannedCompletion, actualCompletion, plannedProduction, slipDays: 0,
  };
  if (seed.fate === 'D') return base;
  const actualProduction = earlier(addDays(actualCompletion, roll.whole(9, 26)), '2023-06-27');
  return seed.fate === 'E' ? { ...base, actualProduction, actualEffect: addDays('2023-05-24', roll.whole(0, 12)) } : { ...base, actualProduction };
}

function building(seed: Seed, roll: Dice): Times {
  const named = NAMED[seed.key];
  const large = seed.totalWan > 60_000;
  const actualStart = named?.[1] ?? addDays(large ? '2021-05-10' : '2022-03-01', roll.whole(0, large ? 420 : 255));
  const months = large ? roll.whole(26, 40) : roll.whole(15, 26);
  const usual = lastDay(addMonths(actualStart.slice(0, 7), months));
  const plannedCompletion = named?.[2] ?? (usual < '2023-08-31' ? roll.pick(['2023-09-30', '2023-10-31', '2023-11-30', '2023-12-31']) : usual);
  const slipDays = seed.fate === 'B' ? roll.whole(45, 110) : seed.fate === 'F' ? roll.whole(150, 260) : seed.fate === 'A' ? -roll.whole(5, 30) : roll.chance(0.3) ? roll.whole(6, 24) : 0;
  return {
    plannedStart: named?.[0] ?? addDays(actualStart, -roll.whole(-3, 26)),
    actualStart, plannedCompletion,
    plannedProduction: lastDay(addMonths(plannedCompletion.slice(0, 7), large ? 3 : 2)),
    slipDays,
  };
}

function startedThisYear(seed: Seed, roll: Dice): Times {
  const plannedStart = seed.fate === 'S' ? addDays('2023-02-10', roll.whole(0, 118)) : addDays('2023-02-20', roll.whole(0, 36));
  const actualStart = seed.fate === 'S' ? addDays(plannedStart, roll.whole(-4, 14)) : addDays(plannedStart, roll.whole(44, 86));
  return {
    plannedStart, actualStart: earlier(actualStart, '2023-06-28'),
    slipDays: seed.fate === 'S' ? 0 : daysBetween(plannedStart, actualStart),
    ...endOf(seed, roll, plannedStart),
  };
}

function paused(seed: Seed, roll: Dice): Times {
  const plannedStart = addDays('2022-04-10', roll.whole(0, 120));
  const pausedOn = addDays('2023-02-20', roll.whole(0, 40));
  return { plannedStart, actualStart: addDays(plannedStart, roll.whole(4, 25)), pausedOn, slipDays: daysBetween(pausedOn, TODAY), ...endOf(seed, roll, plannedStart) };
}

/** First and last day of the planned start by case; how late it is follows from it. */
const WAITING = { U: ['2023-07-20', '2023-11-30'], Y: ['2023-04-08', '2023-05-24'], Q: ['2023-01-15', '2023-02-28'], R: ['2022-10-20', '2022-11-30'], N: ['2024-03-15', '2024-09-30'] } as const;

function waiting(seed: Seed, roll: Dice): Times {
  const [from, to] = WAITING[seed.fate === 'U' || seed.fate === 'Y' || seed.fate === 'Q' || seed.fate === 'R' ? seed.fate : 'N'];
  const plannedStart = addDays(from, roll.whole(0, daysBetween(from, to)));
  const late = plannedStart < TODAY;
  return { plannedStart, slipDays: late ? daysBetween(plannedStart, TODAY) + roll.whole(31, 75) : 0, ...endOf(seed, roll, plannedStart) };
}

function endOf(seed: Seed, roll: Dice, start: string): { plannedCompletion: string; plannedProduction: string } {
  const months = seed.totalWan > 200_000 ? 60 : seed.totalWan > 60_000 ? roll.whole(24, 32) : seed.totalWan > 20_000 ? roll.whole(15, 22) : roll.whole(9, 15);
  const end = addMonths(start.slice(0, 7), months);
  return { plannedCompletion: lastDay(end), plannedProduction: lastDay(addMonths(end, 2)) };
}

/** How far the works are on a day, by the calendar of a project: 0 at the start, 1 at the completion that is now expected. */
export function workShare(times: Times, day: string): number {
  const start = times.actualStart ?? times.plannedStart;
  if (times.actualStart === undefined || day <= start) return 0;
  const end = times.actualCompletion ?? addDays(times.plannedCompletion, times.slipDays);
  const until = times.pausedOn !== undefined && times.pausedOn < day ? times.pausedOn : day;
  return Math.min(1, Math.max(0, daysBetween(start, until) / Math.max(1, daysBetween(start, end))));
}
