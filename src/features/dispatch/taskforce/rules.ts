// Who may hand over what to whom and when it takes effect; what a task force needs. Pure.
import { isDay } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';

export interface Handover {
  readonly state: 'proposed' | 'agreed' | 'done' | 'refused' | 'withdrawn';
  readonly from_id: string | null;
  readonly to_id: string;
  readonly day: string;
  readonly handed_at: string | null;
  readonly accepted_at: string | null;
}

/** A proposal: somebody else, a day that exists and is not over. */
export function decideProposal(activeId: string | null, userId: string, day: string, today: string, running: boolean): void {
  if (running) refuse('taskforce.handover_running', {});
  if (activeId === userId) refuse('taskforce.same_person', { errors: [{ path: 'userId', rule: 'other', params: {} }] });
  if (!isDay(day)) refuse('platform.invalid', { errors: [{ path: 'day', rule: 'day', params: {} }] });
  if (day < today) refuse('taskforce.day_past', { errors: [{ path: 'day', rule: 'future', params: {} }] });
}

export interface Confirmed {
  readonly handed: boolean;
  readonly accepted: boolean;
  readonly state: 'proposed' | 'agreed' | 'refused';
}

/** One of the two says yes or no. Nobody looked after it before: then the successor alone confirms. */
export function decideConfirmation(handover: Handover, userId: string, assent: boolean, reason: string | undefined): Confirmed {
  if (handover.state !== 'proposed') refuse('taskforce.handover_settled', {});
  const hands = handover.from_id === userId;
  const accepts = handover.to_id === userId;
  if (!hands && !accepts) refuse('taskforce.not_concerned', {});
  if (!assent) {
    if ((reason ?? '').trim() === '') refuse('taskforce.reason_missing', { errors: [{ path: 'reason', rule: 'required', params: {} }] });
    return { handed: handover.handed_at !== null, accepted: handover.accepted_at !== null, state: 'refused' };
  }
  const handed = handover.from_id === null || hands || handover.handed_at !== null;
  const accepted = accepts || handover.accepted_at !== null;
  return { handed, accepted, state: handed && accepted ? 'agreed' : 'proposed' };
}

/** From the agreed day, or from the day on which the last one confirmed if that is later: until then the predecessor answers. */
export function effectiveDay(handover: Pick<Handover, 'day'>, today: string): string {
  return handover.day > today ? handover.day : today;
}

/** Due now: it is carried out at once, else when its day has come. */
export function isDue(handover: Pick<Handover, 'day'>, today: string): boolean {
  return handover.day <= today;
}

export function assertDecidable(handover: Handover): void {
  if (handover.state !== 'proposed' && handover.state !== 'agreed') refuse('taskforce.handover_settled', {});
}

export interface Heads { readonly leaderId?: string | null | undefined; readonly leaderName?: string | null | undefined }

/** A task force without a leader in charge is none. */
export function assertLed(heads: Heads): void {
  if ((heads.leaderId ?? null) === null && (heads.leaderName ?? '').trim() === '') refuse('taskforce.leader_missing', { errors: [{ path: 'leaderName', rule: 'required', params: {} }] });
}

export interface MemberGiven { readonly userId?: string | null | undefined; readonly orgId?: string | null | undefined; readonly name?: string | null | undefined; readonly duty: string }

export function assertNamed(member: MemberGiven, path: string): void {
  if ((member.userId ?? null) === null && (member.name ?? '').trim() === '') refuse('taskforce.member_missing', { errors: [{ path, rule: 'required', params: {} }] });
}

/** A day within the force's life that is not in the future. */
export function decideEnd(fromDay: string, toDay: string | undefined, today: string): string {
  const day = toDay ?? today;
  if (!isDay(day)) refuse('platform.invalid', { errors: [{ path: 'toDay', rule: 'day', params: {} }] });
  if (day < fromDay || day > today) refuse('taskforce.end_day', { fromDay, day });
  return day;
}

/** Which projects begin and which end when the list becomes another. */
export function difference(before: readonly string[], after: readonly string[]): { begin: string[]; end: string[] } {
  return { begin: after.filter((id) => !before.includes(id)), end: before.filter((id) => !after.includes(id)) };
}
