// What a case is after some of its events: plain data that can be kept and carried on with. Days are numbers (kernel/epoch.ts).
import type { Outcome, Procedure, Status } from './events.ts';
import type { LimitVersion } from './terms.ts';

export type Side = 'department' | 'applicant' | 'special' | 'suspension';

/**
 * Days (after, to] on one side. The day on which something begins does not count (民法典 201), so a day belongs to whoever had the case when the
 * day began.
 */
export interface Stretch {
  readonly after: number;
  readonly to: number;
  readonly side: Side;
  readonly reason: StretchReason;
  /** The days use up the time limit. */
  readonly counts: boolean;
  /** The event that began it. */
  readonly event: string;
}

export type StretchReason = 'examining' | 'correcting' | 'deciding' | 'delivering' | 'special' | 'suspended' | 'rectifying';

/** A case after some events. Plain data: it can be kept and carried on with later. */
export interface CaseState {
  readonly status: Status;
  /** Day and place of the last event. */
  readonly day: number;
  readonly seq: number;
  readonly received: number;
  /** Since when the department owes an answer: the arrival, or the arrival of the corrections. */
  readonly answerFrom: number;
  readonly correctionAsked: boolean;
  /** The clock began at the end of this day; null: not accepted (yet). */
  readonly accepted: number | null;
  /** Accepted by silence (行政许可法 32). */
  readonly deemed: boolean;
  readonly version: LimitVersion | null;
  readonly extension: number;
  readonly rectifications: number;
  readonly special: { readonly procedure: Procedure; readonly days: number; readonly since: number } | null;
  readonly outcome: Outcome | null;
  readonly decided: number | null;
  readonly delivered: number | null;
  /** The last day of the case; null: it goes on. */
  readonly closed: number | null;
  readonly past: readonly Stretch[];
  /** What goes on: a stretch that has no end yet. */
  readonly open: Omit<Stretch, 'to'> | null;
}

export const NEW_CASE: CaseState = {
  status: 'none', day: -Infinity, seq: 0, received: 0, answerFrom: 0, correctionAsked: false, accepted: null, deemed: false, version: null, extension: 0, rectifications: 0,
  special: null, outcome: null, decided: null, delivered: null, closed: null, past: [], open: null,
};
