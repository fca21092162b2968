// Time limits of an approval item: versions with the day from which each holds. A case keeps the version that was in force on the day of its
// acceptance; what is changed later never shortens or lengthens a clock that runs.
import { refuse } from '../../../kernel/refuse.ts';

export interface Limit {
  readonly days: number;
  /** 工作日 or 自然日 (环境影响评价法 22 counts calendar days). */
  readonly unit: Unit;
}

export type Unit = 'working' | 'calendar';

export interface LimitVersion {
  /** The first day on which it holds, YYYY-MM-DD. */
  readonly from: string;
  readonly statutory: Limit;
  /** What the department promised in public; without one the statutory limit stands for it. */
  readonly promised?: Limit;
  /** The most days by which the head may extend, in the unit of the statutory limit: 10, in joint handling 15 (行政许可法 42); 0: not at all. */
  readonly extension: number;
  /** The extension moves the promised deadline too. It is an extension of the statutory limit, so by default a promise stays what it was. */
  readonly promiseExtends?: boolean;
  /** Windows for the applicant to put right what a joint acceptance found, outside the clock: how many, and working days each. */
  readonly rectification?: { readonly windows: number; readonly days: number };
  /** The published days step by step, where a policy names them. */
  readonly steps?: readonly Step[];
}

export interface Step {
  readonly name: { readonly zh: string; readonly en: string };
  readonly days: number;
}

export interface ClockRules {
  readonly versions: readonly LimitVersion[];
}

/** 行政许可法 32: five days to ask for corrections. */
export const ANSWER_DAYS = 5;
/** 行政许可法 44: ten days to deliver what was granted. */
export const DELIVER_DAYS = 10;
/** 行政许可法 42: what holds where no law or regulation says otherwise; handled jointly, 45 and 15. */
export const LEGAL: { readonly single: LimitVersion; readonly joint: LimitVersion } = {
  single: { from: '2004-07-01', statutory: { days: 20, unit: 'working' }, extension: 10 },
  joint: { from: '2004-07-01', statutory: { days: 45, unit: 'working' }, extension: 15 },
};

/** The version in force on a day. Refuses `cases.no_limit` where none is yet. */
export function versionOn(rules: ClockRules, day: string): LimitVersion {
  return versionIn(rules, day) ?? refuse('cases.no_limit', { day });
}

/** For silence, which nobody can refuse: the version in force, else the first there is, else the law's own (42). */
export function versionOrFirst(rules: ClockRules, day: string): LimitVersion {
  const first = [...rules.versions].sort((a, b) => (a.from < b.from ? -1 : 1))[0];
  return versionIn(rules, day) ?? first ?? LEGAL.single;
}

/**
 * The rules with a version more. It must begin after all that are there and not before today: a version that is slipped in behind would
 * change clocks that run. Refuses `cases.version_past`, and `cases.promise_longer` for a promise that is longer than the law.
 */
export function withVersion(rules: ClockRules, version: LimitVersion, today: string): ClockRules {
  const latest = rules.versions.reduce((last, one) => (one.from > last ? one.from : last), '');
  if (version.from <= latest || version.from < today) refuse('cases.version_past', { day: version.from });
  const { statutory, promised } = version;
  if (promised !== undefined && promised.unit === statutory.unit && promised.days > statutory.days) refuse('cases.promise_longer', { days: promised.days, most: statutory.days });
  return { versions: [...rules.versions, version] };
}

export function versionIn(rules: ClockRules, day: string): LimitVersion | undefined {
  let found: LimitVersion | undefined;
  for (const version of rules.versions) if (version.from <= day && (found === undefined || version.from > found.from)) found = version;
  return found;
}
