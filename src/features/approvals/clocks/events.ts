// What can happen to a case (an approval item of a project that is being handled): the kinds of events, who may record each, out of which
// state, and what it must carry. Data and types; the law that each line follows stands beside it. Never decides anything.

/** What happened to a case. Events are only ever appended. */
export interface CaseEvent {
  readonly id: string;
  readonly kind: EventKind;
  /** The zone's calendar day, YYYY-MM-DD (`chinaDay` of an instant); never the machine's. */
  readonly day: string;
  /** Place within the day: later is greater. */
  readonly seq: number;
  readonly by: Actor;
  readonly reason?: string;
  /** Number of the notice or document. */
  readonly document?: string;
  /** `special_begun`: which procedure. */
  readonly procedure?: Procedure;
  /** `special_begun`: the working days announced for it; `extended`: the days added, in the unit of the statutory limit. */
  readonly days?: number;
  /** `decided`: how. */
  readonly outcome?: Outcome;
}

export type Actor = 'department' | 'applicant';

export type EventKind =
  | 'received' | 'correction_asked' | 'correction_supplied' | 'accepted' | 'not_accepted' | 'special_begun' | 'special_ended' | 'suspended' | 'resumed'
  | 'rectification_begun' | 'rectification_ended' | 'extended' | 'decided' | 'delivered' | 'withdrawn' | 'returned' | 'recalled' | 'revoked';

export type Status =
  | 'none' | 'received' | 'correction' | 'accepted' | 'special' | 'suspended' | 'rectifying' | 'not_accepted' | 'decided' | 'delivered' | 'withdrawn' | 'returned' | 'recalled' | 'revoked';

/** Approved, approved with documents deferred (办结容缺通过), refused. */
export type Outcome = 'approved' | 'approved_deferred' | 'refused';

/** 行政许可法 45 names all but the last; a public notice is excluded by practice and local rule (docs/clocks.md). */
export const PROCEDURES = ['hearing', 'tender', 'auction', 'inspection', 'test', 'quarantine', 'appraisal', 'expert_review', 'public_notice'] as const;
export type Procedure = (typeof PROCEDURES)[number];

/** The longest time that is announced for a special procedure: a year of working days. */
export const SPECIAL_DAYS = 250;

export interface KindRule {
  readonly by: readonly Actor[];
  readonly from: readonly Status[];
  readonly needs: readonly ('reason' | 'document' | 'procedure' | 'days' | 'outcome')[];
}

const UNDECIDED: readonly Status[] = ['accepted', 'special', 'suspended', 'rectifying'];

export const KINDS: Readonly<Record<EventKind, KindRule>> = {
  received: { by: ['applicant'], from: ['none'], needs: [] },
  // 32(四): all that is missing, in one notice.
  correction_asked: { by: ['department'], from: ['received'], needs: ['reason'] },
  correction_supplied: { by: ['applicant'], from: ['correction'], needs: [] },
  // 32 last paragraph: acceptance and refusal to accept are sealed and dated documents.
  accepted: { by: ['department'], from: ['received'], needs: ['document'] },
  not_accepted: { by: ['department'], from: ['received'], needs: ['reason', 'document'] },
  // 45: the time needed is announced to the applicant in writing.
  special_begun: { by: ['department'], from: ['accepted'], needs: ['procedure', 'days', 'document'] },
  special_ended: { by: ['department'], from: ['special'], needs: [] },
  suspended: { by: ['department', 'applicant'], from: ['accepted'], needs: ['reason', 'document'] },
  resumed: { by: ['department', 'applicant'], from: ['suspended'], needs: [] },
  rectification_begun: { by: ['department'], from: ['accepted'], needs: ['reason'] },
  rectification_ended: { by: ['applicant', 'department'], from: ['rectifying'], needs: [] },
  // 42: approved by the head, with the reason told to the applicant.
  extended: { by: ['department'], from: UNDECIDED, needs: ['days', 'reason', 'document'] },
  // 38, 39: a written decision; a refusal with its reason.
  decided: { by: ['department'], from: ['accepted'], needs: ['outcome', 'document'] },
  delivered: { by: ['department'], from: ['decided'], needs: [] },
  withdrawn: { by: ['applicant'], from: ['received', 'correction', ...UNDECIDED], needs: [] },
  // Accepted with materials owed that never came (tolerance.ts).
  returned: { by: ['department'], from: UNDECIDED, needs: ['reason', 'document'] },
  // 8 (the facts or the law changed), 69 (should not have been given).
  recalled: { by: ['department'], from: ['decided', 'delivered'], needs: ['reason', 'document'] },
  revoked: { by: ['department'], from: ['decided', 'delivered'], needs: ['reason', 'document'] },
};
