// What a clock policy 时限方案 says: limits of each step by kind and severity, office hours, how long a pause may last, when a problem climbs. Data
// that an administrator changes; a new version never changes an old one.
import Type, { type Static } from 'typebox';
import { calendarWith, type WorkCalendar } from '../../../kernel/workdays.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { closed, words } from '../../people/fields.ts';
import { SEVERITIES, type ClockStep, type Severity } from '../life/steps.ts';
import { always, dayBasis, officeBasis, workdayBasis, type Basis } from './basis.ts';

/**
 * Minutes and hours of day and night, minutes and hours of office hours, working days, calendar days. Which of the two a zone means by "7 days" is the policy's:
 * Jiaozuo's 1, 3 and 7 days are tasks of offices that work on working days, beside "a month" (30 calendar days); Jiangmen promises its 7 days round the clock.
 */
export const UNITS = ['minute', 'hour', 'office_minute', 'office_hour', 'workday', 'day'] as const;
export type Unit = (typeof UNITS)[number];

export const Limit = Type.Object({ count: Type.Integer({ minimum: 1, maximum: 100_000 }), unit: words(UNITS) }, closed);
export type Limit = Static<typeof Limit>;

/** The first line whose conditions hold gives the limits; the last must hold for all. Steps count from when the round began. */
export const LimitLine = Type.Object({
  kinds: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1, maxItems: 60, uniqueItems: true })),
  severities: Type.Optional(Type.Array(words(SEVERITIES), { minItems: 1, maxItems: 3, uniqueItems: true })),
  sign: Limit, forward: Limit, reply: Limit, solve: Limit,
}, closed);
export type LimitLine = Static<typeof LimitLine>;

/** A problem climbs to a tier so long after it was raised (unsolved), or after its solution was due. */
export const Rung = Type.Object({ tier: Type.Integer({ minimum: 2, maximum: 5 }), from: words(['raised', 'due']), after: Type.Union([Limit, Type.Null()]) }, closed);
export type Rung = Static<typeof Rung>;

export const Policy = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 60 }), en: Type.String({ minLength: 1, maxLength: 80 }),
  /** Minutes since midnight. */
  hours: Type.Array(Type.Tuple([Type.Integer({ minimum: 0, maximum: 1440 }), Type.Integer({ minimum: 0, maximum: 1440 })]), { minItems: 1, maxItems: 4 }),
  lines: Type.Array(LimitLine, { minItems: 1, maxItems: 40 }),
  /** How long an answer is waited for before it is "no answer". */
  confirm: Limit,
  /** How long a pause may last at most. */
  pause: Type.Object({ enterprise: Limit, upper_level: Limit }, closed),
  /** How long after it was forwarded a department may hand it back. */
  handback: Limit,
  /** From this many times handed back on, the office rules. */
  pingPong: Type.Integer({ minimum: 1, maximum: 10 }),
  /** A commissioner's own problem stays with him so long. */
  ladder: Type.Array(Rung, { maxItems: 12 }),
  /** Call-backs of a month's answers at least, in basis points. */
  sampleBp: Type.Integer({ minimum: 0, maximum: 10_000 }),
}, closed);
export type Policy = Static<typeof Policy>;

export interface Versioned { readonly code: string; readonly version: number; readonly body: Policy }

/** Faults that the shape cannot say: hours in order, the last line for all. */
export function policyFaults(policy: Policy): readonly { readonly code: string; readonly at: string }[] {
  const faults: { code: string; at: string }[] = [];
  policy.hours.forEach(([from, to], index) => {
    if (from >= to || from < (policy.hours[index - 1]?.[1] ?? 0)) faults.push({ code: 'hours_order', at: `hours/${index}` });
  });
  const last = policy.lines.at(-1);
  if (last?.kinds !== undefined || last?.severities !== undefined) faults.push({ code: 'last_line_for_all', at: `lines/${policy.lines.length - 1}` });
  return faults;
}

export function lineFor(policy: Policy, what: { readonly kind: string; readonly severity: Severity }): LimitLine {
  return policy.lines.find((line) => (line.kinds?.includes(what.kind) ?? true) && (line.severities?.includes(what.severity) ?? true)) ?? refuse('problems.policy_without_line', what);
}

export function limitOf(policy: Policy, line: LimitLine, step: ClockStep): Limit {
  return step === 'confirm' ? policy.confirm : line[step];
}

/** Minutes of a limit on its basis. */
export function minutesOf({ count, unit }: Limit): number {
  switch (unit) {
    case 'minute': case 'office_minute': return count;
    case 'hour': case 'office_hour': return count * 60;
    case 'workday': case 'day': return count * 1440;
  }
}

/** Makes the bases of a policy over a calendar once; clocks of very many problems share them. */
export function basesOf(policy: Policy, calendar: WorkCalendar = calendarWith()): (unit: Unit) => Basis {
  const office = officeBasis(calendar, policy.hours);
  const workday = workdayBasis(calendar);
  return (unit) => {
    switch (unit) {
      case 'minute': case 'hour': return always;
      case 'office_minute': case 'office_hour': return office;
      case 'workday': return workday;
      case 'day': return dayBasis;
    }
  };
}
