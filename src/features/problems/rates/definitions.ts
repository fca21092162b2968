// How rates are defined 口径: versioned data out of a fixed set of conditions. A version holds from its day on; the same for every department. Pure.
import Type, { type Static } from 'typebox';
import { closed, words } from '../../people/fields.ts';
import shipped from './data/definitions.json' with { type: 'json' };

/** What can be asked of a problem as it stands at a moment. Their SQL is in conditions.ts; their words in locales. */
export const CONDITIONS = [
  'accepted', 'declined', 'withdrawn', 'not_withdrawn', 'merged', 'not_merged', 'open', 'ended', 'solved', 'closed', 'due', 'not_due', 'overdue', 'not_overdue', 'again', 'finished', 'on_time', 'late',
  'asked', 'answered', 'satisfied', 'basically', 'dissatisfied', 'no_answer', 'first_round', 'reply_known', 'replied', 'unreplied', 'tier_1', 'tier_2', 'tier_3', 'tier_4', 'tier_5',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** By which day a problem belongs to a period: on which it was raised; on which it ended, or while it is open its limit ran out. */
export const BY = ['raised', 'ended'] as const;
export type By = (typeof BY)[number];

export const GROUPS = ['department', 'town', 'kind', 'source', 'tier', 'month', 'enterprise'] as const;
export type Group = (typeof GROUPS)[number];

const Conditions = Type.Array(words(CONDITIONS), { maxItems: 8, uniqueItems: true });
/** `share`: a part of all; `time`: how long, of which nine in ten are shorter; `spread`: of all by tier. */
export const FORMS = ['share', 'time', 'spread'] as const;
const Said = Type.String({ minLength: 1, maxLength: 500 });

export const Definition = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 40 }), en: Type.String({ minLength: 1, maxLength: 60 }), sayZh: Said, sayEn: Said, form: words(FORMS),
  /** All of these must hold for a problem to be in the denominator; and of `hit` besides to be in the numerator. */
  base: Conditions, hit: Conditions,
  /** Numbers that are always shown with it; out of the denominator unless they have their own. */
  beside: Type.Array(Type.Object({ code: Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }), base: Type.Optional(Conditions), hit: Conditions }, closed), { maxItems: 8 }),
  /** Shown apart because the denominator leaves them out. */
  apart: Conditions,
}, closed);
export type Definition = Static<typeof Definition>;

export interface Versioned {
  readonly code: string;
  readonly version: number;
  /** YYYY-MM-DD; the one that came with the program holds since ever. */
  readonly fromDay: string | null;
  readonly body: Definition;
}

export const CODES = ['resolution', 'raw', 'satisfaction', 'on_time', 'first_time', 'first_reply', 'tiers'] as const;
export type Code = (typeof CODES)[number];

/** Version 1 of each came with the program. */
export function presets(check: (body: unknown) => Definition): readonly Versioned[] {
  return shipped.map((one) => ({ code: one.code, version: 1, fromDay: null, body: check(one.body) }));
}

/** Of each code the version that holds on a day: the latest one that had begun. */
export function inForce(all: readonly Versioned[], day: string): readonly Versioned[] {
  return CODES.flatMap((code) => {
    const begun = all.filter((one) => one.code === code && (one.fromDay === null || one.fromDay <= day));
    const newest = begun.reduce<Versioned | undefined>((best, one) => (best === undefined || one.version > best.version ? one : best), undefined);
    return newest === undefined ? [] : [newest];
  });
}

/** What part of a figure is opened: its denominator, its numerator, what is missing to 100 %, a number beside it, one that stands apart. */
export function partOf(body: Definition, part: string): { readonly all: readonly Condition[]; readonly not?: readonly Condition[] } | undefined {
  if (part === 'base') return { all: body.base };
  if (part === 'hit') return { all: [...body.base, ...body.hit] };
  if (part === 'miss') return { all: body.base, not: body.hit };
  const [kind, code = ''] = part.split('.');
  if (kind === 'apart') return body.apart.some((one) => one === code) ? { all: body.apart.filter((one) => one === code) } : undefined;
  const beside = body.beside.find((one) => one.code === code);
  if (kind === 'beside_base') return beside?.base === undefined ? undefined : { all: beside.base };
  return kind !== 'beside' || beside === undefined ? undefined : { all: [...(beside.base ?? body.base), ...beside.hit] };
}

/** Parts per ten thousand; of nothing there is no rate. */
export function shareBp(hit: number, base: number): number | null {
  return base === 0 ? null : Math.round((hit * 10_000) / base);
}
