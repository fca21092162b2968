// The life of a case as its events tell it. `caseOf` refuses what the law does not allow; `resumeCase` folds what was accepted once and never
// refuses it, because a calendar that was corrected later must not make the past unlawful. Pure; days are numbers inside (kernel/epoch.ts).
import { dayOfNumber, numberOfDay } from '../../../kernel/epoch.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import type { CaseEvent, EventKind, Status } from './events.ts';
import { checkEvent } from './lawful.ts';
import { ANSWER_DAYS, versionOrFirst, type ClockRules, type LimitVersion } from './terms.ts';
import { NEW_CASE, type CaseState, type Side, type Stretch, type StretchReason } from './state.ts';

/**
 * The case after its events, each checked: out of which state, by whom, with what it must carry, in time. `from`: carry on with a case that
 * was folded before. Refuses with codes of the area `cases` (lawful.ts names them).
 */
export function caseOf(events: readonly CaseEvent[], rules: ClockRules, calendar: WorkCalendar, from: CaseState = NEW_CASE): CaseState {
  let state = from;
  const ids = new Set<string>();
  for (const event of events) {
    if (ids.has(event.id)) refuse('cases.event_twice', { id: event.id });
    ids.add(event.id);
    const day = numberOfDay(event.day) ?? refuse('cases.event_day', { day: event.day });
    state = settled(state, day, rules, calendar);
    checkEvent(state, event, day, rules, calendar);
    state = applied(state, event, day, rules);
  }
  return state;
}

/** The case after events that `caseOf` accepted when they were recorded, maybe under another calendar. Checks nothing. */
export function resumeCase(events: readonly CaseEvent[], rules: ClockRules, calendar: WorkCalendar, from: CaseState = NEW_CASE): CaseState {
  let state = from;
  for (const event of events) {
    const day = numberOfDay(event.day) ?? refuse('cases.event_day', { day: event.day });
    const answered = event.kind === 'correction_asked' || event.kind === 'not_accepted';
    if (!answered) state = settled(state, day, rules, calendar);
    // It was recorded, so under the calendar of its day the silence was long enough.
    if (state.status === 'received' && AFTER_ACCEPTANCE.has(event.kind)) state = deemedAccepted(state, rules);
    if (state.status === 'rectifying' && NEEDS_CLOCK.has(event.kind)) state = turned(state, day, 'accepted', open('department', 'deciding', true, event.id, day));
    state = applied(state, event, day, rules);
  }
  return state;
}

const AFTER_ACCEPTANCE = new Set<EventKind>(['special_begun', 'suspended', 'rectification_begun', 'extended', 'decided']);
const NEEDS_CLOCK = new Set<EventKind>(['special_begun', 'suspended', 'rectification_begun', 'decided']);

/**
 * What happens by itself before a day begins. Art. 32: who is not told within five days what to correct has been accepted, from the day on
 * which the application arrived. We read it so: silence until the end of the fifth working day makes the acceptance, and it reaches back,
 * so that the days of silence use up the limit. Corrections that arrived are an application that arrived anew: five days hold again, and
 * silence reaches back to the day of the corrections. A window for rectification ends by itself when its days are over.
 */
export function settled(state: CaseState, day: number, rules: ClockRules, calendar: WorkCalendar): CaseState {
  if (state.status === 'received' && day > calendar.numbers.add(state.answerFrom, ANSWER_DAYS)) return deemedAccepted(state, rules);
  if (state.status === 'rectifying' && state.open !== null) {
    const last = calendar.numbers.add(state.open.after, state.version?.rectification?.days ?? 0);
    if (day > last) return turned(state, last, 'accepted', open('department', 'deciding', true, state.open.event, last));
  }
  return state;
}

function deemedAccepted(state: CaseState, rules: ClockRules): CaseState {
  const waiting = state.open;
  if (waiting === null) return state;
  return { ...state, status: 'accepted', deemed: true, accepted: state.answerFrom, version: versionAt(rules, state.answerFrom), open: { ...waiting, reason: 'deciding', counts: true } };
}

function applied(state: CaseState, event: CaseEvent, day: number, rules: ClockRules): CaseState {
  const at = { ...state, day, seq: event.seq };
  switch (event.kind) {
    case 'received':
      return { ...at, status: 'received', received: day, answerFrom: day, open: open('department', 'examining', false, event.id, day) };
    case 'correction_asked':
      return { ...turned(at, day, 'correction', open('applicant', 'correcting', false, event.id, day)), correctionAsked: true };
    case 'correction_supplied':
      return { ...turned(at, day, 'received', open('department', 'examining', false, event.id, day)), answerFrom: day };
    case 'accepted':
      // Said late: the silence had accepted it already, and the clock runs since then.
      if (state.accepted !== null) return at;
      return { ...turned(at, day, 'accepted', open('department', 'deciding', true, event.id, day)), accepted: day, version: versionAt(rules, day) };
    case 'special_begun':
      return { ...turned(at, day, 'special', open('special', 'special', false, event.id, day)), special: { procedure: event.procedure ?? 'hearing', days: event.days ?? 0, since: day } };
    case 'suspended':
      return turned(at, day, 'suspended', open('suspension', 'suspended', false, event.id, day));
    case 'rectification_begun':
      return { ...turned(at, day, 'rectifying', open('applicant', 'rectifying', false, event.id, day)), rectifications: state.rectifications + 1 };
    case 'special_ended':
    case 'resumed':
    case 'rectification_ended':
      // A window that ended by itself has given the case back already.
      if (state.status === 'accepted') return at;
      return { ...turned(at, day, 'accepted', open('department', 'deciding', true, event.id, day)), special: null };
    case 'extended':
      return { ...at, extension: event.days ?? 0 };
    case 'decided':
      return { ...turned(at, day, 'decided', open('department', 'delivering', false, event.id, day)), outcome: event.outcome ?? null, decided: day };
    case 'delivered':
      return { ...ended(at, day, 'delivered'), delivered: day };
    case 'recalled':
    case 'revoked':
    case 'not_accepted':
    case 'withdrawn':
    case 'returned':
      return ended(at, day, event.kind);
  }
}

function versionAt(rules: ClockRules, day: number): LimitVersion {
  return versionOrFirst(rules, dayOfNumber(day));
}

function open(side: Side, reason: StretchReason, counts: boolean, event: string, after: number): Omit<Stretch, 'to'> {
  return { after, side, reason, counts, event };
}

function turned(state: CaseState, day: number, status: Status, next: Omit<Stretch, 'to'> | null): CaseState {
  // What began and ended on one day took no day.
  const past = state.open === null || state.open.after >= day ? state.past : [...state.past, { ...state.open, to: day }];
  return { ...state, status, past, open: next };
}

/** A case that was closed already (delivered) keeps its last day. */
function ended(state: CaseState, day: number, status: Status): CaseState {
  return { ...turned(state, day, status, null), special: null, closed: state.closed ?? day };
}
