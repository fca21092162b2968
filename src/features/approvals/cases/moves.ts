// Commands on a case in hand: what happens to it, by the side that may say so, and what a department answers that was asked for its review.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { reachable } from '../../projects/scope.ts';
import type { DutyMap } from '../../people/duties/rules.ts';
import { caseOf } from '../clocks/clock.ts';
import type { CaseEvent } from '../clocks/events.ts';
import type { ClockRules } from '../clocks/terms.ts';
import { calendarFor, type ZoneCalendar } from '../calendar/store.ts';
import type { Item } from '../catalogue/shape.ts';
import { factsOf, readDuties, readHandbook } from './catalogue.ts';
import { answerReview, recordCaseEvent } from './contract.ts';
import { forecast } from '../planning/forecast.ts';
import { keptOf } from './kept.ts';
import { askOthers } from './opening.ts';
import { checkBackdated, checkReviews, eventDay, partyOf, positionOf, type Standing } from './rules.ts';
import { deskOf, handles, type Desk } from './scope.ts';
import * as store from './store.ts';

export interface Subject {
  readonly case: store.LockedCase;
  readonly events: readonly CaseEvent[];
  /** By which it is counted: of the catalogue until it is accepted, its own from then on. */
  readonly rules: ClockRules;
  readonly standing: Standing;
  readonly reviews: readonly store.ReviewRow[];
  readonly item: Item | undefined;
  readonly duties: DutyMap;
  readonly calendar: ZoneCalendar;
}

/** A case with all that decides on it. */
export async function loadSubject(tx: Db, actor: Actor, id: string, now: Now): Promise<Subject | undefined> {
  const desk = await deskOf(tx, actor);
  const found = await store.lockCase(tx, actor, desk, id);
  if (found === undefined) return undefined;
  const [events, reviews, handbook, facts, duties, standing, calendar] = await Promise.all([
    store.eventsOf(tx, [id]), store.reviewsOf(tx, id), readHandbook(tx, now.day), factsOf(tx, found.project_id), readDuties(tx), standingOf(tx, actor, desk, found), calendarFor(tx, found),
  ]);
  const rules = found.accepted_day === null ? handbook.limits(found.item, facts).rules : found.limits;
  return { case: found, events: (events.get(id) ?? []).map(store.eventIn), rules, standing, reviews, item: handbook.item(found.item), duties, calendar };
}

/** The sides on which the actor stands: he handles it, or it is his own application, or one that he may make for its project. */
export async function standingOf(db: Db, actor: Actor, desk: Desk, found: Pick<store.LockedCase, 'project_id' | 'org_id' | 'lead_org_id'>): Promise<Standing> {
  const applicant = may(actor, 'approvals.apply') && (await db.row(sql`select 1 as one where ${reachable(actor, sql`${found.project_id}::uuid`)}`)) !== undefined;
  return { department: handles(actor, desk, found), applicant };
}

const record = handler(recordCaseEvent, {
  permission: 'approvals.read',
  load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, now),
  version: (subject) => subject.case.version,
  allow: (_actor, subject, input) => partyOf(input.kind, subject.standing) !== undefined,
  decide: ({ subject, input, now }) => {
    if (subject.case.source !== 'own') refuse('approvals.reported_outside', { item: subject.case.item });
    const { id: _id, kind, day, ...said } = input;
    const event: CaseEvent = { id: newId(now.instant.getTime()), kind, day: eventDay(day, now.day), seq: subject.events.length + 1, by: partyOf(kind, subject.standing) ?? 'department', ...present(said) };
    const state = caseOf([...subject.events, event], subject.rules, subject.calendar.law);
    checkBackdated(event, now.day);
    checkReviews(subject.reviews, event, now.day);
    return { event, state };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const events = [...subject.events, changes.event];
    const kept = keptOf(events, now.day, subject.rules, subject.calendar.law);
    const document = changes.event.kind === 'decided' ? (changes.event.document ?? null) : subject.case.document;
    const version = await store.touchCase(tx, input.id, { limits: subject.rules, document, at: now.instant });
    await store.keepCases(tx, [{ id: input.id, kept }], now.day, subject.calendar);
    await store.appendEvents(tx, input.id, [changes.event], actor, now.instant);
    if (subject.case.accepted_day === null && kept.accepted_day !== null && subject.item !== undefined) {
      await askOthers(tx, { id: input.id, orgId: subject.case.org_id, item: subject.item, rules: subject.rules, duties: subject.duties, calendar: subject.calendar }, changes.event.day);
    }
    await forecast(tx, [subject.case.project_id], now);
    return { id: input.id, version, seq: changes.event.seq, status: statusOf(kept.status) };
  },
  event: ({ subject, changes, input }) => ({
    kind: `approvals.case_${input.kind}`, subjectType: 'case', subjectId: input.id, projectId: subject.case.project_id, before: { status: subject.case.status },
    after: { item: subject.case.item, status: changes.state.status, day: changes.event.day, ...present({ document: input.document, procedure: input.procedure, days: input.days, outcome: input.outcome }) },
    ...(input.reason === undefined ? {} : { reason: input.reason }),
  }),
  newVersion: (output) => output.version,
});

/** A case that has an event is received at least. */
function statusOf(status: CaseStatus | 'none'): CaseStatus {
  return status === 'none' ? 'received' : status;
}
type CaseStatus = Exclude<ReturnType<typeof keptOf>['status'], 'none'>;

type Said = Partial<Pick<CaseEvent, 'reason' | 'document' | 'procedure' | 'days' | 'outcome'>>;

function present(said: { readonly [Name in keyof Said]?: Said[Name] | undefined }): Said {
  const { reason, document, procedure, days, outcome } = said;
  return {
    ...(reason === undefined ? {} : { reason: reason.trim() }), ...(document === undefined ? {} : { document: document.trim() }), ...(procedure === undefined ? {} : { procedure }),
    ...(days === undefined ? {} : { days }), ...(outcome === undefined ? {} : { outcome }),
  };
}

const answer = handler(answerReview, {
  permission: 'approvals.handle',
  load: async ({ tx, actor, input }) => {
    const desk = await deskOf(tx, actor);
    const found = await store.lockCase(tx, actor, desk, input.id);
    if (found === undefined) return undefined;
    return { case: found, desk, reviews: await store.reviewsOf(tx, input.id) };
  },
  decide: ({ subject, input, now }) => {
    const { desk, reviews } = subject;
    const own = reviews.filter((one) => (input.orgId === undefined || one.org_id === input.orgId) && (desk.all || desk.orgs.includes(one.org_id)));
    const review = own.find((one) => one.view === null) ?? own[0] ?? refuse('approvals.review_not_asked');
    if (review.view !== null) refuse('approvals.review_answered', { day: review.answered_day ?? '' });
    if (subject.case.source !== 'own' || !['accepted', 'special', 'suspended', 'rectifying'].includes(subject.case.status)) refuse('approvals.review_over');
    const day = eventDay(input.day, now.day);
    if (day < review.asked_day) refuse('approvals.review_early', { day: review.asked_day });
    const opinion = input.opinion?.trim() ?? '';
    if (input.view === 'objection' && opinion === '') refuse('approvals.objection_reason');
    // An answer after the silence was counted is kept and changes nothing; a day that lies before is no way around it.
    const late = positionOf(review, now.day) === 'silent_consent';
    return { review, day: late ? now.day : day, opinion: opinion === '' ? null : opinion, late };
  },
  save: async ({ tx, changes, input, actor }) => {
    await store.writeAnswer(tx, input.id, changes.review.org_id, { view: input.view, opinion: changes.opinion, day: changes.day }, actor);
    return { id: input.id, orgId: changes.review.org_id, late: changes.late };
  },
  event: ({ subject, changes, input }) => ({
    kind: 'approvals.review_answered', subjectType: 'case', subjectId: input.id, projectId: subject.case.project_id,
    after: { item: subject.case.item, orgId: changes.review.org_id, view: input.view, day: changes.day, ...(changes.late ? { late: true } : {}) }, ...(changes.opinion === null ? {} : { reason: changes.opinion }),
  }),
});

export const moveCommands: readonly CommandHandler[] = [record, answer];
