// Decisions on cases: which body handles an item, whether an item may be applied for, who may record which event, what a joint acceptance
// takes in, what silence means in a joint review, what a report from outside may change. Pure; the law of a case's life is clocks/.
import { addDays } from '../../../kernel/days.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import type { DutyMap } from '../../people/duties/rules.ts';
import { caseOf } from '../clocks/clock.ts';
import { KINDS, type Actor as Party, type CaseEvent, type EventKind, type Outcome, type Status } from '../clocks/events.ts';
import { versionIn, type ClockRules } from '../clocks/terms.ts';
import type { Item, Track } from '../catalogue/shape.ts';
import bodies from './data/bodies.json' with { type: 'json' };
import type { EVENTS } from './contract.ts';

/** Who stands in for a department that the zone has not: another duty; and last the window, which takes what nobody else does. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = bodies;
const LAST = 'approval';

/** The body that handles what a department of the catalogue handles elsewhere. */
export function bodyFor(department: string, duties: DutyMap): string | undefined {
  return [department, ...(INSTEAD[department] ?? []), LAST].map((duty) => duties[duty]).find((id) => id !== undefined);
}

/** The department that leads a stage, by 国办发〔2019〕11号: planning for the first two, housing for the others. */
export const STAGE_LEAD: Readonly<Record<Item['stage'], string>> = { S1: 'planning', S2: 'planning', S3: 'housing', S4: 'housing' };

export interface Earlier {
  readonly round: number;
  readonly status: Status;
  readonly outcome: Outcome | null;
}

/** The round of a new application: refused while one is in hand or granted. */
export function nextRound(earlier: readonly Earlier[], item: string): number {
  const standing = earlier.find((one) => !isOver(one));
  if (standing !== undefined) refuse('approvals.case_open', { item, round: standing.round });
  return earlier.reduce((most, one) => Math.max(most, one.round), 0) + 1;
}

/** Ended without anything that holds. */
export function isOver({ status, outcome }: Pick<Earlier, 'status' | 'outcome'>): boolean {
  return ['not_accepted', 'withdrawn', 'returned', 'recalled', 'revoked'].includes(status) || ((status === 'decided' || status === 'delivered') && outcome === 'refused');
}

/** There is a result on which what follows may build. */
export function isGranted({ status, outcome }: Pick<Earlier, 'status' | 'outcome'>): boolean {
  return (status === 'decided' || status === 'delivered') && (outcome === 'approved' || outcome === 'approved_deferred');
}

export function trackOfKind(kind: string): Track {
  return kind === 'government' ? 'government' : 'enterprise';
}

export function checkItem(item: Item | undefined, code: string, kind: string): Item {
  if (item === undefined) return refuse('approvals.item_unknown', { item: code });
  if (item.tracks[trackOfKind(kind)] === undefined) refuse('approvals.item_not_of_track', { item: code });
  return item;
}

/** A day on which something happened: none of the future. */
export function eventDay(given: string | undefined, today: string): string {
  const day = given ?? today;
  if (day > today) refuse('approvals.day_in_future', { day, today });
  return day;
}

/** A year and a day, so that the same day of the last year is still within. */
const LATE_DAYS = 366;

/**
 * The day on which an application arrived. Whoever applies does so today; the window alone enters late what lay on its counter, and says why: every
 * day back is a day of the department that is gone (行政许可法 32). `known`: the day since which the project is in the register, where that tells anything.
 */
export function receivedDay(given: string | undefined, today: string, { via, note, known }: { readonly via: 'self' | 'agent' | 'window'; readonly note: string | undefined; readonly known: string | null }): string {
  const day = eventDay(given, today);
  if (day === today) return day;
  if (via !== 'window') placed('approvals.own_today', 'day', { today });
  if ((note ?? '').trim() === '') placed('approvals.late_reason', 'note', { day, today });
  if (day < addDays(today, -LATE_DAYS)) placed('approvals.late_too_long', 'day', { day, first: addDays(today, -LATE_DAYS) });
  if (known !== null && day < known) placed('approvals.before_project', 'day', { day, known });
  return day;
}

/** A refusal that stands at its field too. */
function placed(code: string, path: string, params: Readonly<Record<string, string>>): never {
  return refuse(code, { ...params, errors: [{ path, code, params }] });
}

/** On which sides the actor stands in a case. */
export interface Standing {
  readonly department: boolean;
  readonly applicant: boolean;
}

/** As which side the actor records an event; undefined: he may not. */
export function partyOf(kind: EventKind, standing: Standing): Party | undefined {
  return KINDS[kind].by.find((side) => standing[side]);
}

type Recorded = (typeof EVENTS)[number];

/** Kinds that may be recorded now, tried with all that each must carry. */
export function possible(kinds: readonly Recorded[], events: readonly CaseEvent[], standing: Standing, today: string, rules: ClockRules, calendar: WorkCalendar): Recorded[] {
  return kinds.filter((kind) => {
    const by = partyOf(kind, standing);
    if (by === undefined) return false;
    try {
      caseOf([...events, { id: 'trial', kind, day: today, seq: events.length + 1, by, reason: '-', document: '-', procedure: 'hearing', days: 1, outcome: 'approved' }], rules, calendar);
      return true;
    } catch {
      return false;
    }
  });
}

/** What a backdated event must carry: what moves a time limit is dated by a paper, not by who enters it. */
export function checkBackdated(event: CaseEvent, today: string): void {
  if (event.day < today && event.by === 'department' && (event.document ?? '').trim() === '') refuse('approvals.backdated', { day: event.day, today });
}

export interface Review {
  readonly org_id: string;
  readonly due_day: string;
  readonly silence: boolean;
  readonly view: 'consent' | 'objection' | null;
  readonly answered_day: string | null;
}

export type Position = 'waiting' | 'overdue' | 'consent' | 'objection' | 'silent_consent';

/** Where a body stands that was asked. Who is silent beyond its day consents where the policy says so, and answers for it (超时默许). */
export function positionOf(review: Review, today: string): Position {
  const { view, answered_day: answered, due_day: due, silence } = review;
  if (view !== null && answered !== null && (!silence || answered <= due)) return view;
  if (silence && (view !== null || today > due)) return 'silent_consent';
  return today > due ? 'overdue' : 'waiting';
}

/** A favourable decision waits for those asked; against an objection it says why. */
export function checkReviews(reviews: readonly Review[], event: CaseEvent, today: string): void {
  if (event.kind !== 'decided' || event.outcome === 'refused') return;
  const positions = reviews.map((one) => positionOf(one, today));
  const open = positions.filter((one) => one === 'waiting' || one === 'overdue').length;
  if (open > 0) refuse('approvals.review_open', { count: open });
  if (positions.includes('objection') && (event.reason ?? '').trim() === '') refuse('approvals.objection_unanswered');
}

/** The department to which an item goes; what the owner does itself goes to the one that supervises it. */
export function departmentOf({ departments: { lead, with: others } }: Pick<Item, 'departments'>): string {
  return lead === 'owner' ? (others[0] ?? lead) : lead;
}

/** One department beside the lead stands in for it or is told; several are a joint review, as is what policy gives silence a meaning in. */
const JOINTLY = 2;

/** The bodies that a joint review asks: each once, and not the one that handles the case itself. */
export function reviewersOf(item: Item, orgId: string, duties: DutyMap): string[] {
  if (item.departments.with.length < JOINTLY && !item.silentConsent) return [];
  const asked = item.departments.with.map((one) => bodyFor(one, duties)).filter((id) => id !== undefined);
  return [...new Set(asked)].filter((id) => id !== orgId);
}

/** The days that those asked have: one less than the item itself is promised in, so that whoever leads can still decide in time when one is silent. */
export function reviewDays(rules: ClockRules, day: string): number {
  const version = versionIn(rules, day);
  return Math.max(1, ((version?.promised ?? version?.statutory)?.days ?? 1) - 1);
}

export interface Report {
  readonly status: Status;
  readonly verifiedDay: string;
  readonly receivedDay?: string | undefined;
  readonly acceptedDay?: string | undefined;
  readonly decidedDay?: string | undefined;
  readonly deliveredDay?: string | undefined;
  readonly outcome?: Outcome | undefined;
  readonly document?: string | undefined;
}

const NEEDED: Readonly<Partial<Record<Status, 'acceptedDay' | 'decidedDay'>>> = { accepted: 'acceptedDay', special: 'acceptedDay', suspended: 'acceptedDay', decided: 'decidedDay', delivered: 'decidedDay' };

/** What of a report contradicts itself is refused: days out of order, later than the day of verification, or missing for its state. */
export function checkReport(report: Report, today: string): void {
  if (report.verifiedDay > today) refuse('approvals.day_in_future', { day: report.verifiedDay, today });
  const days = [report.receivedDay, report.acceptedDay, report.decidedDay, report.deliveredDay].filter((day) => day !== undefined);
  if (days.some((day, i) => day > report.verifiedDay || (i > 0 && day < (days[i - 1] ?? '')))) refuse('approvals.report_days');
  const needed = NEEDED[report.status];
  if (needed !== undefined && report[needed] === undefined) refuse('approvals.report_lacks', { need: needed });
  if (needed === 'decidedDay' && report.outcome === undefined) refuse('approvals.report_lacks', { need: 'outcome' });
}

/** A report on the same day or an older one that says nothing new is refused; own handling is never overwritten. */
export function checkStanding(found: { readonly source: string; readonly verified_day: string | null } | undefined, report: Report): void {
  if (found === undefined) return;
  if (found.source === 'own') refuse('approvals.handled_here');
  if (found.verified_day !== null && report.verifiedDay < found.verified_day) refuse('approvals.report_older', { day: found.verified_day });
}

/** The days of a report as events, so that it is counted like a case of our own; its stops are not known and not counted. */
export function eventsOfReport(report: Report): CaseEvent[] {
  const days: readonly (readonly [EventKind, string | undefined])[] = [
    ['received', report.receivedDay ?? report.acceptedDay ?? report.decidedDay], ['accepted', report.acceptedDay ?? (report.decidedDay === undefined ? undefined : (report.receivedDay ?? report.decidedDay))],
    ['decided', report.decidedDay], ['delivered', report.deliveredDay],
  ];
  return days.flatMap(([kind, day], i) => (day === undefined ? [] : [{
    id: `report-${kind}`, kind, day, seq: i + 1, by: KINDS[kind].by[0] ?? 'department', document: report.document ?? '-', ...(report.outcome === undefined ? {} : { outcome: report.outcome }),
  } satisfies CaseEvent]));
}

/** Whose day it is in a state that another system tells. */
export function sideOfStatus(status: Status): 'department' | 'applicant' | 'special' | 'suspension' | null {
  if (status === 'special') return 'special';
  if (status === 'suspended') return 'suspension';
  if (status === 'correction' || status === 'rectifying') return 'applicant';
  return status === 'received' || status === 'accepted' || status === 'decided' ? 'department' : null;
}
