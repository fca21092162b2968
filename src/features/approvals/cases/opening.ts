// Commands that bring cases into being: an application arrives; one window accepts the items of a stage at once for several departments.
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { settled, type Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import type { LockedProject } from '../../projects/scope.ts';
import { usableFile } from '../../projects/lifecycle/papers.ts';
import type { DutyMap } from '../../people/duties/rules.ts';
import { caseOf } from '../clocks/clock.ts';
import type { CaseEvent } from '../clocks/events.ts';
import type { ClockRules } from '../clocks/terms.ts';
import { readCalendar, type ZoneCalendar } from '../calendar/store.ts';
import type { Facts, Item } from '../catalogue/shape.ts';
import { factsOf, readDuties, readHandbook, type Handbook } from './catalogue.ts';
import { jointAccept, openCase } from './contract.ts';
import { forecast } from '../planning/forecast.ts';
import { keptOf } from './kept.ts';
import { addMaterials, checkMaterials, usable } from './materials.ts';
import { bodyFor, checkBackdated, checkItem, departmentOf, eventDay, isOver, nextRound, receivedDay, reviewDays, reviewersOf, STAGE_LEAD } from './rules.ts';
import { deskOf, lockProjectAt, type Desk } from './scope.ts';
import * as store from './store.ts';

export interface Ground {
  readonly project: LockedProject;
  readonly desk: Desk;
  readonly handbook: Handbook;
  readonly facts: Facts;
  readonly duties: DutyMap;
  readonly calendar: ZoneCalendar;
}

/** `leads`: departments that accept for every project of the zone, whatever its place, because they lead what is accepted. */
export async function groundOf(tx: Db, actor: Actor, projectId: string, now: Now, leads: (handbook: Handbook) => readonly string[] = () => []): Promise<Ground | undefined> {
  const [desk, handbook, duties] = await settled([deskOf(tx, actor), readHandbook(tx, now.day), readDuties(tx)]);
  const project = await lockProjectAt(tx, actor, desk, projectId, isLead(desk, leads(handbook), duties));
  if (project === undefined) return undefined;
  const [facts, calendar] = await settled([factsOf(tx, projectId), readCalendar(tx)]);
  return { project, desk, handbook, facts, duties, calendar };
}

/** Whether one of the actor's bodies is one of these departments here. */
export function isLead(desk: Desk, departments: readonly string[], duties: DutyMap): boolean {
  return departments.some((one) => desk.orgs.includes(bodyFor(one, duties) ?? ''));
}

export function bodyOf(ground: Ground, item: Item): string {
  return bodyFor(departmentOf(item), ground.duties) ?? refuse('approvals.no_department', { item: item.code, department: departmentOf(item) });
}

const open = handler(openCase, {
  permission: 'approvals.apply',
  load: async ({ tx, actor, input, now }) => {
    const ground = await groundOf(tx, actor, input.projectId, now);
    if (ground === undefined) return undefined;
    const earlier = await store.earlierRounds(tx, input.projectId, [input.item]);
    const file = input.attorneySha === undefined ? undefined : await usableFile(tx, actor, input.projectId, input.attorneySha);
    return { ...ground, earlier, file, filesUsable: await usable(tx, actor, input.projectId, input.materials), known: await store.knownSince(tx, input.projectId) };
  },
  decide: ({ subject, input, actor, now }) => {
    const { project } = subject;
    const item = checkItem(subject.handbook.item(input.item), input.item, project.kind);
    const round = nextRound(subject.earlier, input.item);
    const via = actor.orgId === project.builder_id ? 'self' as const : may(actor, 'approvals.handle') ? 'window' as const : 'agent' as const;
    const day = receivedDay(input.day, now.day, { via, note: input.note, known: subject.known });
    // An agent acts in another's name: without the paper that says so he does not (民法典 165).
    if (via === 'agent' && subject.file === undefined) refuse('approvals.attorney_needed');
    if (input.attorneySha !== undefined && subject.file === undefined) refuse('approvals.file_unknown');
    const materials = checkMaterials(input.materials, subject.filesUsable);
    const { rules } = subject.handbook.limits(input.item, subject.facts);
    const received: CaseEvent = { id: newId(now.instant.getTime()), kind: 'received', day, seq: 1, by: 'applicant' };
    caseOf([received], rules, subject.calendar.law);
    return { item, day, round, via, rules, received, materials, orgId: bodyOf(subject, item) };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const kept = keptOf([changes.received], now.day, changes.rules, subject.calendar.law);
    await store.insertCase(tx, {
      id: input.id, projectId: input.projectId, item: input.item, round: changes.round, orgId: changes.orgId, via: changes.via, agentId: changes.via === 'agent' ? actor.userId : null,
      attorneySha: input.attorneySha ?? null, note: input.note ?? null, limits: changes.rules, source: 'own', system: null, verifiedDay: null,
    }, kept, null, now, subject.calendar);
    await store.appendEvents(tx, input.id, [changes.received], actor, now.instant);
    await addMaterials(tx, input.id, changes.item, changes.materials, changes.day, actor, now);
    await forecast(tx, [input.projectId], now);
    return { id: input.id, version: 1, round: changes.round, status: 'received' as const, orgId: changes.orgId };
  },
  event: ({ changes, input, subject }) => ({
    kind: 'approvals.case_opened', subjectType: 'case', subjectId: input.id, projectId: subject.project.id, after: { item: input.item, round: changes.round, day: changes.day, via: changes.via, orgId: changes.orgId, ...(changes.materials.length === 0 ? {} : { materials: changes.materials.length }) },
  }),
  newVersion: (output) => output.version,
});

export interface Accepting {
  readonly id: string;
  readonly item: Item;
  /** Undefined: it was not applied for yet and is received with the acceptance. */
  readonly found: { readonly version: number; readonly events: readonly CaseEvent[]; readonly rules: ClockRules } | undefined;
  readonly round: number;
  readonly orgId: string;
  readonly rules: ClockRules;
  readonly fresh: readonly CaseEvent[];
}

/** What there is of some items already. */
export interface Found {
  readonly earlier: Awaited<ReturnType<typeof store.earlierRounds>>;
  readonly events: Awaited<ReturnType<typeof store.eventsOf>>;
}

export async function foundOf(tx: Db, projectId: string, items: readonly string[]): Promise<Found> {
  const earlier = await store.earlierRounds(tx, projectId, items);
  return { earlier, events: await store.eventsOf(tx, earlier.map((one) => one.id)) };
}

const accept = handler(jointAccept, {
  permission: 'approvals.handle',
  load: async ({ tx, actor, input, now }) => {
    const ground = await groundOf(tx, actor, input.projectId, now, () => [STAGE_LEAD[input.stage]]);
    if (ground === undefined) return undefined;
    return { ...ground, ...(await foundOf(tx, input.projectId, input.items)) };
  },
  // Those who keep the window, or who lead the stage.
  allow: (_actor, { desk, duties }, input) => desk.window || isLead(desk, [STAGE_LEAD[input.stage]], duties),
  decide: ({ subject, input, now }) => {
    const day = eventDay(input.day, now.day);
    const lead = input.leadOrgId ?? bodyFor(STAGE_LEAD[input.stage], subject.duties) ?? refuse('approvals.no_department', { item: input.stage, department: STAGE_LEAD[input.stage] });
    const taken = input.items.map((code): Accepting => {
      const item = checkItem(subject.handbook.item(code), code, subject.project.kind);
      if (item.stage !== input.stage) refuse('approvals.not_of_stage', { item: code, stage: input.stage });
      return takeIn(subject, item, { day, document: input.document }, now);
    });
    return { jointId: newId(now.instant.getTime()), lead, day, taken };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const cases: { id: string; item: string; version: number }[] = [];
    for (const one of changes.taken) {
      const { version, acceptedDay } = await acceptOne(tx, one, subject, input.document, actor, now);
      await askOthers(tx, { id: one.id, orgId: one.orgId, item: one.item, rules: one.rules, duties: subject.duties, calendar: subject.calendar }, acceptedDay);
      cases.push({ id: one.id, item: one.item.code, version });
    }
    await store.joinCases(tx, cases.map((one) => one.id), changes.jointId, changes.lead);
    await forecast(tx, [input.projectId], now);
    return { jointId: changes.jointId, leadOrgId: changes.lead, cases };
  },
  event: ({ changes, input }) => changes.taken.map((one) => ({
    kind: 'approvals.case_jointly_accepted', subjectType: 'case', subjectId: one.id, projectId: input.projectId,
    after: { item: one.item.code, stage: input.stage, day: changes.day, document: input.document, jointId: changes.jointId, leadOrgId: changes.lead },
  })),
});

/** Accepts what is received of an item, or receives and accepts it at once. */
export function takeIn(subject: Ground & Found, item: Item, { day, document }: { readonly day: string; readonly document: string }, now: Now): Accepting {
  const { code } = item;
  const standing = subject.earlier.find((one) => one.item === code && !isOver(one));
  if (standing !== undefined && standing.source !== 'own') refuse('approvals.reported_outside', { item: code });
  const { rules } = subject.handbook.limits(code, subject.facts);
  const before = standing === undefined ? [] : (subject.events.get(standing.id) ?? []).map(store.eventIn);
  const made = (kind: 'received' | 'accepted', seq: number): CaseEvent => ({ id: newId(now.instant.getTime()), kind, day, seq, by: kind === 'received' ? 'applicant' : 'department', ...(kind === 'accepted' ? { document } : {}) });
  const fresh = standing === undefined ? [made('received', 1), made('accepted', 2)] : [made('accepted', before.length + 1)];
  for (const event of fresh) if (event.kind === 'accepted') checkBackdated(event, now.day);
  caseOf([...before, ...fresh], rules, subject.calendar.law);
  return {
    id: standing?.id ?? newId(now.instant.getTime()), item, found: standing === undefined ? undefined : { version: standing.version, events: before, rules }, rules, fresh,
    round: standing?.round ?? nextRound(subject.earlier.filter((one) => one.item === code), code), orgId: bodyOf(subject, item),
  };
}

/** Writes an acceptance. Whom it asks for a review is the caller's. */
export async function acceptOne(tx: Db, one: Accepting, ground: Ground, document: string, actor: Actor, now: Now): Promise<{ readonly version: number; readonly acceptedDay: string }> {
  const kept = keptOf([...(one.found?.events ?? []), ...one.fresh], now.day, one.rules, ground.calendar.law);
  let version = 1;
  if (one.found === undefined) {
    await store.insertCase(tx, {
      id: one.id, projectId: ground.project.id, item: one.item.code, round: one.round, orgId: one.orgId, via: 'window', agentId: null, attorneySha: null, note: null, limits: one.rules, source: 'own', system: null, verifiedDay: null,
    }, kept, document, now, ground.calendar);
  } else {
    version = await store.touchCase(tx, one.id, { limits: one.rules, document, at: now.instant });
    await store.keepCases(tx, [{ id: one.id, kept }], now.day, ground.calendar);
  }
  await store.appendEvents(tx, one.id, one.fresh, actor, now.instant);
  return { version, acceptedDay: kept.accepted_day ?? now.day };
}

export interface Asking { readonly id: string; readonly orgId: string; readonly item: Item; readonly rules: ClockRules; readonly duties: DutyMap; readonly calendar: ZoneCalendar }

/** Asks the other departments of an item, once it is accepted. What their silence means is the policy of that day. */
export async function askOthers(tx: Db, { id, orgId, item, rules, duties, calendar }: Asking, day: string): Promise<void> {
  await store.askReviews(tx, id, reviewersOf(item, orgId, duties), day, calendar.law.add(day, reviewDays(rules, day)).day, item.silentConsent);
}

export const openingCommands: readonly CommandHandler[] = [open, accept];
