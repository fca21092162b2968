// The life of a meeting and of what it decides: from which state to which, what a decision must carry, what may be asked of a deadline. Pure.
import { refuse } from '../../../kernel/refuse.ts';

export const STATES = ['planned', 'agenda_sent', 'in_session', 'held', 'minutes_issued', 'cancelled'] as const;
export type MeetingState = (typeof STATES)[number];

export const STEPS = ['change', 'cancel', 'agenda', 'send_agenda', 'open', 'attend', 'decide', 'close', 'draft', 'issue', 'correct'] as const;
export type Step = (typeof STEPS)[number];

const FROM: Readonly<Record<Step, readonly MeetingState[]>> = {
  change: ['planned', 'agenda_sent'],
  cancel: ['planned', 'agenda_sent'],
  agenda: ['planned', 'agenda_sent', 'in_session'],
  send_agenda: ['planned', 'agenda_sent'],
  open: ['planned', 'agenda_sent'],
  attend: ['planned', 'agenda_sent', 'in_session', 'held'],
  // What was decided is put right until the minutes are out.
  decide: ['in_session', 'held'],
  close: ['in_session'],
  draft: ['held', 'minutes_issued'],
  issue: ['held', 'minutes_issued'],
  correct: ['minutes_issued'],
};

/** Whether a step may be taken in a state; for what a page offers. */
export function may(state: MeetingState, step: Step): boolean {
  return FROM[step].includes(state);
}

export function checkStep(state: MeetingState, step: Step): void {
  if (!may(state, step)) refuse('meetings.not_now', { state, step, said: { state: { keys: [`meetings:state.${state}`] }, step: { keys: [`meetings:step.${step}`] } } });
}

/** A frozen agenda is what was sent: only in session, with a reason that stands beside it, comes anything else. */
export function checkAgendaOpen(frozen: boolean, state: MeetingState): void {
  checkStep(state, 'agenda');
  if (frozen && state !== 'in_session') refuse('meetings.agenda_frozen');
}

export interface Deciding {
  readonly kind: 'measure' | 'escalate' | 'none';
  readonly measure?: string | undefined; readonly ownerOrgId?: string | undefined; readonly coOrgIds?: readonly string[] | undefined; readonly dueDay?: string | undefined;
  readonly criterion?: string | undefined; readonly escalateTo?: 'leader' | 'main' | 'meeting' | undefined; readonly reason?: string | undefined;
}

/** A measure has an owner and a day, an escalation an addressee, and what is not decided has a reason. */
export function checkDecision(one: Deciding, meetingDay: string): void {
  if (one.kind === 'measure') {
    if (blank(one.measure)) refuse('meetings.measure_missing');
    if (one.ownerOrgId === undefined) refuse('meetings.owner_missing');
    if (one.dueDay === undefined) refuse('meetings.due_missing');
    if (one.dueDay < meetingDay) refuse('meetings.due_early', { day: meetingDay });
    if (one.coOrgIds?.includes(one.ownerOrgId) === true) refuse('meetings.owner_twice');
  }
  if (one.kind === 'escalate' && one.escalateTo === undefined) refuse('meetings.addressee_missing');
  if (one.kind !== 'measure' && blank(one.reason)) refuse('meetings.reason_missing');
}

/** What the clerk saw against what stands: of two who decide at once the second is shown what the first has written. */
export function checkSeen(seen: number, current: { readonly version: number } | undefined): void {
  if ((current?.version ?? 0) !== seen) refuse('meetings.decided_meanwhile', { current: current ?? null });
}

function blank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
