// Whether an event may happen to a case, by the approvals law: order, state, who, what it must carry, how often, in time. Refuses with a code
// that names the rule. Never changes the case.
import { refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { KINDS, PROCEDURES, SPECIAL_DAYS, type CaseEvent } from './events.ts';
import { versionOn, type ClockRules } from './terms.ts';
import { readingOf } from './reading.ts';
import type { CaseState } from './state.ts';

/** The case is settled for the event's day. */
export function checkEvent(state: CaseState, event: CaseEvent, day: number, rules: ClockRules, calendar: WorkCalendar): void {
  const rule = KINDS[event.kind];
  if (day < state.day || (day === state.day && event.seq <= state.seq)) refuse('cases.event_order', { day: event.day });
  if (!rule.by.includes(event.by)) refuse('cases.wrong_side', { kind: event.kind, by: event.by });
  checkState(state, event);
  for (const need of rule.needs) {
    const given = event[need];
    if (given === undefined || (typeof given === 'string' && given.trim() === '')) refuse('cases.event_lacks', { kind: event.kind, need });
  }
  if (event.kind === 'accepted' && state.accepted === null) versionOn(rules, event.day);
  if (event.kind === 'special_begun') checkSpecial(event);
  if (event.kind === 'extended') checkExtension(state, event, day, calendar);
  if (event.kind === 'rectification_begun') checkRectification(state);
  // 行政许可法 38: who is refused is told why.
  if (event.kind === 'decided' && event.outcome === 'refused' && (event.reason ?? '').trim() === '') refuse('cases.event_lacks', { kind: event.kind, need: 'reason' });
  if ((event.kind === 'recalled' || event.kind === 'revoked') && state.outcome === 'refused') refuse('cases.not_granted');
}

function checkState(state: CaseState, event: CaseEvent): void {
  if (KINDS[event.kind].from.includes(state.status)) {
    if (event.kind === 'correction_asked' && state.correctionAsked) refuse('cases.correction_once');
    return;
  }
  // What comes too late is told apart from what never fits. Art. 32: the silence has accepted the application.
  if (state.deemed && state.status === 'accepted') {
    if (event.kind === 'accepted') return;
    if (event.kind === 'correction_asked' || event.kind === 'not_accepted') refuse('cases.deemed_accepted');
  }
  // The window has ended by itself; that the work is done may still be said.
  if (event.kind === 'rectification_ended' && state.status === 'accepted' && state.rectifications > 0) return;
  refuse('cases.not_from_state', { kind: event.kind, status: state.status });
}

function checkSpecial(event: CaseEvent): void {
  if (!PROCEDURES.some((one) => one === event.procedure)) refuse('cases.procedure_unknown', { procedure: String(event.procedure) });
  if (!isCount(event.days)) refuse('cases.bad_days', { days: String(event.days) });
  if (event.days > SPECIAL_DAYS) refuse('cases.special_too_long', { days: event.days, most: SPECIAL_DAYS, errors: [{ path: 'days', code: 'cases.special_too_long', params: { days: event.days, most: SPECIAL_DAYS } }] });
}

/** Art. 42: once, not longer than allowed, and before the time is over: what has run out cannot be extended. */
function checkExtension(state: CaseState, event: CaseEvent, day: number, calendar: WorkCalendar): void {
  if (!isCount(event.days)) refuse('cases.bad_days', { days: String(event.days) });
  if (state.extension > 0) refuse('cases.extension_once');
  const most = state.version?.extension ?? 0;
  if (event.days > most) refuse('cases.extension_too_long', { days: event.days, most });
  const reading = state.version === null ? undefined : readingOf(state, state.version, 'statutory', day, calendar);
  if (reading === undefined || day > reading.deadline) refuse('cases.extension_late');
}

function checkRectification(state: CaseState): void {
  const allowed = state.version?.rectification;
  if (allowed === undefined) refuse('cases.rectification_not_here');
  if (state.rectifications >= allowed.windows) refuse('cases.rectification_spent', { windows: allowed.windows });
}

function isCount(days: number | undefined): days is number {
  return days !== undefined && Number.isInteger(days) && days >= 1 && days <= 1000;
}
