// Joint review (联合审查): one lead department asks others, each with a time limit. Where the policy of the place says so, who does not answer in
// time is counted as consenting (超时默许), by name, and answers for it. Pure; never invents consent where the policy does not give it.
import { numberOfDay } from '../../kernel/epoch.ts';
import { refuse } from '../../kernel/refuse.ts';
import type { Deadline, WorkCalendar } from '../../kernel/workdays.ts';

export interface ReviewPolicy {
  /** Working days to answer, from the day after the question. */
  readonly days: number;
  /** Silence is consent. Without it a silent unit is overdue and the review stays open. */
  readonly silence: boolean;
  /** Where the place writes that. */
  readonly basis: string;
}

export interface Consultation {
  readonly unit: string;
  /** The day of the question, YYYY-MM-DD. */
  readonly asked: string;
  readonly answer: Answer | null;
}

export interface Answer {
  readonly day: string;
  readonly view: 'consent' | 'objection';
  readonly text: string;
}

export type Position = 'waiting' | 'overdue' | 'consent' | 'objection' | 'silent_consent';

export interface UnitPosition {
  readonly unit: string;
  readonly position: Position;
  readonly deadline: Deadline;
  /** Consented by saying nothing, and answers for what it did not look at. */
  readonly liable: boolean;
  /** It answered after its silence had been counted: the answer is kept and changes nothing. */
  readonly lateAnswer: Answer | null;
}

export interface JointReview {
  readonly units: readonly UnitPosition[];
  /** All have consented, be it by silence. */
  readonly passed: boolean;
  readonly objections: readonly string[];
  readonly silent: readonly string[];
}

/** Where a joint review stands at the end of a day. Answers after that day are not known yet. Refuses `cases.event_day`, `cases.answer_early`. */
export function jointReview(consultations: readonly Consultation[], now: string, policy: ReviewPolicy, calendar: WorkCalendar): JointReview {
  const units = consultations.map((one) => positionOf(one, now, policy, calendar));
  return {
    units, passed: units.length > 0 && units.every((one) => one.position === 'consent' || one.position === 'silent_consent'),
    objections: units.filter((one) => one.position === 'objection').map((one) => one.unit), silent: units.filter((one) => one.liable).map((one) => one.unit),
  };
}

function positionOf(one: Consultation, now: string, policy: ReviewPolicy, calendar: WorkCalendar): UnitPosition {
  for (const day of [one.asked, now, ...(one.answer === null ? [] : [one.answer.day])]) if (numberOfDay(day) === undefined) refuse('cases.event_day', { day });
  if (one.answer !== null && one.answer.day < one.asked) refuse('cases.answer_early', { unit: one.unit });
  const deadline = calendar.add(one.asked, policy.days);
  const answer = one.answer !== null && one.answer.day <= now ? one.answer : null;
  const inTime = answer !== null && answer.day <= deadline.day;
  const silent = policy.silence && now > deadline.day && !inTime;
  // Without the policy a late answer counts: the review waited for it.
  const position: Position = silent ? 'silent_consent' : answer !== null ? answer.view : now > deadline.day ? 'overdue' : 'waiting';
  return { unit: one.unit, position, deadline, liable: silent, lateAnswer: silent ? answer : null };
}
