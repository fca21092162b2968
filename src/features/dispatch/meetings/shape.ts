// What the zone has decided about its meetings, as data: series and kinds, what recurs, which rules propose an agenda, how slips run. Never holds a
// meeting itself.
import Type, { type Static } from 'typebox';
import { numberOfDay } from '../../../kernel/epoch.ts';
import preset from './data/policy.json' with { type: 'json' };

const closed = { additionalProperties: false } as const;
export const MeetingCode = Type.String({ pattern: '^[a-z][a-z0-9_]{0,29}$' });
const Name = Type.String({ minLength: 1, maxLength: 60 });
export const Time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });
export const PolicyDay = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** What can propose an item. `from`: from which tier, level, days on; what it means is said beside the rule. */
export const AGENDA_RULES = ['unfinished', 'for_meeting', 'proposed', 'escalated', 'slipping', 'red_light', 'milestone', 'problem_due', 'case_due', 'report'] as const;
export type AgendaRuleCode = (typeof AGENDA_RULES)[number];

/** What was retired plans and numbers nothing any more, and goes on naming what was held under it. */
const Retired = { retired: Type.Optional(Type.Boolean()) };

const AgendaRule = Type.Object({ code: Type.Enum([...AGENDA_RULES]), on: Type.Boolean(), /** At most so many of it are proposed. */ most: Type.Integer({ minimum: 1, maximum: 100 }), from: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })) }, closed);

export const MeetingPolicy = Type.Object({
  /**
   * `first`: the number of its first meeting here; a series that began on paper goes on counting. `mark` (字头) stands in the numbers of its slips, so that
   * those of two series are never the same.
   */
  series: Type.Array(Type.Object({ code: MeetingCode, zh: Name, en: Name, first: Type.Integer({ minimum: 1, maximum: 100_000 }), mark: Type.Optional(Type.String({ minLength: 1, maxLength: 10, pattern: '^\\S+$' })), ...Retired }, closed), { minItems: 1, maxItems: 20 }),
  kinds: Type.Array(Type.Object({ code: MeetingCode, series: MeetingCode, zh: Name, en: Name, time: Time, minutes: Type.Integer({ minimum: 5, maximum: 1440 }), place: Type.String({ minLength: 1, maxLength: 200 }), ...Retired }, closed), { minItems: 1, maxItems: 30 }),
  /** Every `everyWeeks` weeks from a day on, on a weekday (1 Monday … 7 Sunday); moved off days that are not worked. */
  recurrence: Type.Array(Type.Object({
    code: MeetingCode, kind: MeetingCode, weekday: Type.Integer({ minimum: 1, maximum: 7 }), everyWeeks: Type.Integer({ minimum: 1, maximum: 8 }), from: PolicyDay,
    moved: Type.Enum(['later', 'earlier', 'left_out']), aheadDays: Type.Integer({ minimum: 1, maximum: 120 }), on: Type.Boolean(), ...Retired,
  }, closed), { maxItems: 20 }),
  agenda: Type.Object({
    /** At most so many items reach the leaders. */
    cap: Type.Integer({ minimum: 1, maximum: 100 }), itemMinutes: Type.Integer({ minimum: 1, maximum: 120 }),
    /** A problem up to this tier and younger than so many days is for its owner to settle, not for the meeting. */
    below: Type.Object({ tier: Type.Integer({ minimum: 0, maximum: 5 }), days: Type.Integer({ minimum: 0, maximum: 60 }) }, closed),
    /** In their order. */
    rules: Type.Array(AgendaRule, { maxItems: AGENDA_RULES.length }),
  }, closed),
  slips: Type.Object({
    /** Working days for the receipt. */
    receiptDays: Type.Integer({ minimum: 1, maximum: 10 }),
    /** At most so many extensions of one decision. */
    extensions: Type.Integer({ minimum: 0, maximum: 10 }),
    /** A report is due every so many calendar days until the deadline. */
    checkpointDays: Type.Integer({ minimum: 1, maximum: 90 }),
    /** A supervision slip gives so many calendar days; then the matter is overdue once more. */
    againDays: Type.Integer({ minimum: 1, maximum: 60 }),
    /** Whether the office issues a supervision slip that the job proposes, or the job does. */
    supervise: Type.Enum(['propose', 'automatic']), copyOrgIds: Type.Array(Type.String({ format: 'uuid' }), { maxItems: 20 }),
  }, closed),
}, closed);
export type Policy = Static<typeof MeetingPolicy>;

/** As it is stored under this name in the zone's settings. */
export const POLICY = 'dispatch.meetings';

// The edge: src/features/dispatch/meetings/rules.test.ts holds the preset against the schema.
export const PRESET = preset as Policy;

export interface Fault { readonly path: string; readonly rule: string }

/** What contradicts itself, by its place; `former`: nothing that stood there may vanish, for meetings are named by it. */
export function policyFaults(policy: Policy, former?: Policy): readonly Fault[] {
  const series = new Map(policy.series.map((one) => [one.code, one]));
  const kinds = new Map(policy.kinds.map((one) => [one.code, one]));
  return [
    ...(former === undefined ? [] : [...vanished('series', former.series, policy.series), ...vanished('kinds', former.kinds, policy.kinds), ...vanished('recurrence', former.recurrence, policy.recurrence)]), ...sameMark(policy.series, former?.series ?? []),
    ...(policy.kinds.every(isRetired) ? [{ path: 'kinds', rule: 'none_left' }] : []),
    ...policy.kinds.flatMap((one, i) => (!isRetired(one) && series.get(one.series)?.retired === true ? [{ path: `kinds.${i}.series`, rule: 'retired_series' }] : [])),
    ...policy.recurrence.flatMap((one, i) => (one.on && !isRetired(one) && kinds.get(one.kind)?.retired === true ? [{ path: `recurrence.${i}.kind`, rule: 'retired_kind' }] : [])),
    ...twice('series', policy.series), ...twice('kinds', policy.kinds), ...twice('recurrence', policy.recurrence), ...twice('agenda.rules', policy.agenda.rules),
    ...policy.kinds.flatMap((one, i) => (series.has(one.series) ? [] : [{ path: `kinds.${i}.series`, rule: 'unknown_series' }])),
    ...policy.recurrence.flatMap((one, i) => (kinds.has(one.kind) ? [] : [{ path: `recurrence.${i}.kind`, rule: 'unknown_kind' }])),
    ...policy.recurrence.flatMap((one, i) => (numberOfDay(one.from) === undefined ? [{ path: `recurrence.${i}.from`, rule: 'no_day' }] : [])),
  ];
}

function twice(path: string, list: readonly { readonly code: string }[]): Fault[] {
  return list.flatMap((one, i) => (list.findIndex((other) => other.code === one.code) < i ? [{ path: `${path}.${i}.code`, rule: 'twice' }] : []));
}

/**
 * Slips are numbered by series, year and meeting: of two series without a mark, or with the same, some would have one number. Two that stood so before there
 * were marks hold up no other change; they are asked for when one of them is touched.
 */
function sameMark(series: Policy['series'], former: Policy['series']): Fault[] {
  const stood = new Map(former.map((one) => [one.code, one.mark ?? '']));
  const touched = (one: Policy['series'][number]): boolean => stood.get(one.code) !== (one.mark ?? '');
  return series.flatMap((one, i) => (series.slice(0, i).some((other) => (other.mark ?? '') === (one.mark ?? '') && (touched(one) || touched(other))) ? [{ path: `series.${i}.mark`, rule: 'same_mark' }] : []));
}

function vanished(path: string, before: readonly { readonly code: string }[], after: readonly { readonly code: string }[]): Fault[] {
  return before.some((one) => !after.some((other) => other.code === one.code)) ? [{ path, rule: 'vanished' }] : [];
}

export function isRetired(one: { readonly retired?: boolean | undefined }): boolean {
  return one.retired === true;
}

export function kindOf(policy: Policy, code: string): Policy['kinds'][number] | undefined {
  return policy.kinds.find((one) => one.code === code);
}

export function seriesOf(policy: Policy, code: string): Policy['series'][number] | undefined {
  return policy.series.find((one) => one.code === code);
}
