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
import { factsOf, readDuties, readHandbook, type Handbook } from './catalogue.ts';
import { answerReview, recordCaseEvent } from './contract.ts';
import { forecast } from '../planning/forecast.ts';
import { keptOf, type Kept } from './kept.ts';
import { checkLandGate, landGate } from './landgate.ts';
import { addMaterials, checkMaterials, usable } from './materials.ts';
import { askOthers } from './opening.ts';
import { carried, checkOneResult, checkPart, opinionDue, type Part } from './parts.ts';
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
  readonly handbook: Handbook;
  /** Of a joint acceptance: what takes each step with it. */
  readonly parts: readonly (Part & { readonly case: store.LockedCase })[];
  readonly calendar: ZoneCalendar;
}

/** A case with all that decides on it. */
export async function loadSubject(tx: Db, actor: Actor, id: string, now: Now): Promise<Subject | undefined> {
  const desk = await deskOf(tx, actor);
  const found = await store.lockCase(tx, actor, desk, id);
  if (found === undefined) return undefined;
  const locked = await store.lockParts(tx, id);
  const [events, reviews, handbook, facts, duties, standing, calendar] = await Promise.all([
    store.eventsOf(tx, [id, ...locked.map((one) => one.id)]), store.reviewsOf(tx, id), readHandbook(tx, now.day), factsOf(tx, found.project_id), readDuties(tx), standingOf(tx, actor, desk, found), calendarFor(tx, found),
  ]);
  const rules = found.accepted_day === null ? handbook.limits(found.item, facts).rules : found.limits;
  const told = (one: string): CaseEvent[] => (events.get(one) ?? []).map(store.eventIn);
  const parts = locked.map((one) => ({ id: one.id, item: one.item, events: told(one.id), rules: one.limits, closed: one.closed_day !== null, case: one }));
  return { case: found, events: told(id), rules, standing, reviews, item: handbook.item(found.item), duties, handbook, parts, calendar };
}

/** The sides on which the actor stands: he handles it, or it is his own application, or one that he may make for its project. */
export async function standingOf(db: Db, actor: Actor, desk: Desk, found: Pick<store.LockedCase, 'project_id' | 'org_id' | 'lead_org_id'>): Promise<Standing> {
  const applicant = may(actor, 'approvals.apply') && (await db.row(sql`select 1 as one where ${reachable(actor, sql`${found.project_id}::uuid`)}`)) !== undefined;
  return { department: handles(actor, desk, found), applicant };
}

const record = handler(recordCaseEvent, {
  permission: 'approvals.read',
  load: async ({ tx, actor, input, now }) => {
    const subject = await loadSubject(tx, actor, input.id, now);
    if (subject === undefined) return undefined;
    const { project_id: projectId, item } = subject.case;
    return { ...subject, gate: input.kind === 'decided' ? await landGate(tx, projectId, item, input.day ?? now.day) : undefined, filesUsable: await usable(tx, actor, projectId, input.materials) };
  },
  version: (subject) => subject.case.version,
  allow: (_actor, subject, input) => partyOf(input.kind, subject.standing) !== undefined,
  decide: ({ subject, input, now }) => {
    if (subject.case.source !== 'own') refuse('approvals.reported_outside', { item: subject.case.item });
    checkPart(subject.case.part_of, input.kind);
    const { id: _id, kind, day, ...said } = input;
    const materials = checkMaterials(input.materials, subject.filesUsable);
    if (kind !== 'correction_supplied' && materials.length > 0) refuse('approvals.materials_not_now');
    const event: CaseEvent = { id: newId(now.instant.getTime()), kind, day: eventDay(day, now.day), seq: subject.events.length + 1, by: partyOf(kind, subject.standing) ?? 'department', ...present(said) };
    const state = caseOf([...subject.events, event], subject.rules, subject.calendar.law);
    checkBackdated(event, now.day);
    if (subject.parts.length > 0) checkOneResult(subject.reviews, event, now.day);
    checkLandGate(subject.gate, event);
    checkReviews(subject.reviews, event, now.day);
    return { event, state, materials, carried: carried(subject.parts, event, () => newId(now.instant.getTime()), subject.calendar.law) };
  },
  save: async ({ tx, changes, subject, actor, now }) => {
    const { version, status } = await enter(tx, subject, changes.event, actor, now, changes.carried);
    await addMaterials(tx, subject.case.id, subject.item, changes.materials, changes.event.day, actor, now);
    return { id: subject.case.id, version, seq: changes.event.seq, status };
  },
  event: ({ subject, changes, input }) => [{ case: subject.case, day: changes.event.day }, ...changes.carried.flatMap(({ part, event }) => subject.parts.filter(({ id }) => id === part.id).map((one) => ({ case: one.case, day: event.day })))].map((one) => ({
    kind: `approvals.case_${input.kind}`, subjectType: 'case', subjectId: one.case.id, projectId: one.case.project_id, before: { status: one.case.status },
    after: { item: one.case.item, status: changes.state.status, day: one.day, ...present({ document: input.document, procedure: input.procedure, days: input.days, outcome: input.outcome }), ...(changes.materials.length === 0 ? {} : { materials: changes.materials.length }) },
    ...(input.reason === undefined ? {} : { reason: input.reason }),
  })),
  newVersion: (output) => output.version,
});

/** Writes an event that was found lawful, and all that follows from it: what is kept of the case and of its parts, who is asked, the forecast of the project. */
export async function enter(tx: Db, subject: Subject, event: CaseEvent, actor: Actor, now: Now, carriedOn: ReturnType<typeof carried> = []): Promise<{ readonly version: number; readonly status: CaseStatus }> {
  const { id, project_id: projectId, org_id: orgId } = subject.case;
  const { version, kept } = await append(tx, subject, event, subject.calendar, actor, now);
  for (const { part, event: own } of carriedOn) {
    const one = subject.parts.find((other) => other.id === part.id);
    if (one !== undefined) await append(tx, one, own, subject.calendar, actor, now);
  }
  if (subject.case.accepted_day === null && kept.accepted_day !== null && subject.item !== undefined) {
    await askOthers(tx, { id, orgId, item: subject.item, rules: subject.rules, duties: subject.duties, calendar: subject.calendar }, event.day);
  }
  if (subject.parts.length > 0) await moveOpinions(tx, subject, event, now);
  await forecast(tx, [projectId], now);
  return { version, status: statusOf(kept.status) };
}

/** Writes one more event of a case and what is kept of it. */
async function append(tx: Db, { case: one, events, rules }: Pick<Subject, 'case' | 'events' | 'rules'>, event: CaseEvent, calendar: ZoneCalendar, actor: Actor, now: Now): Promise<{ version: number; kept: Kept }> {
  const kept = keptOf([...events, event], now.day, rules, calendar.law);
  const document = event.kind === 'decided' ? (event.document ?? null) : one.document;
  const version = await store.touchCase(tx, one.id, { limits: rules, document, at: now.instant });
  await store.keepCases(tx, [{ id: one.id, kept }], now.day, calendar);
  await store.appendEvents(tx, one.id, [event], actor, now.instant);
  return { version, kept };
}

/** A window for rectification asks those who objected again, and gives everybody its days; where no windows are published, a suspension does. */
async function moveOpinions(tx: Db, subject: Subject, event: CaseEvent, now: Now): Promise<void> {
  if (event.kind === 'rectification_begun' || event.kind === 'suspended') await store.askAgain(tx, subject.case.id);
  if (event.kind !== 'decided' && event.kind !== 'delivered') await store.moveReviews(tx, subject.case.id, opinionDue([...subject.events, event], subject.rules, now.day, subject.calendar.law));
}

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
