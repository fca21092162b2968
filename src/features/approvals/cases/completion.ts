// 竣工联合验收: the leading department accepts for all. The parts are cases of their own, at their own bodies, that take every step of the one that
// leads; each body gives its opinion there, and one result is the result of all.
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { applicability } from '../planning/applicability.ts';
import { forecast } from '../planning/forecast.ts';
import type { Handbook } from './catalogue.ts';
import { acceptCompletion } from './contract.ts';
import { acceptOne, bodyOf, foundOf, groundOf, isLead, takeIn, type Ground } from './opening.ts';
import { askedOf, COMPLETION, opinionDue, partsOf, takenIn } from './parts.ts';
import { checkItem, eventDay, isOver, STAGE_LEAD, trackOfKind } from './rules.ts';
import * as store from './store.ts';

/** The parts that the project needs, as its answers say. */
export function neededParts({ handbook, facts, project }: Pick<Ground, 'handbook' | 'facts'> & { readonly project: { readonly kind: string } }): readonly string[] {
  const needed = new Set(applicability(handbook.catalogue, facts).filter((one) => one.verdict === 'needed').map((one) => one.item.code));
  return partsOf(handbook.catalogue, trackOfKind(project.kind)).map((one) => one.code).filter((code) => needed.has(code));
}

/** The departments that accept a completion: of the stage, and of the item. */
export function leadsOf(handbook: Handbook): readonly string[] {
  return [STAGE_LEAD.S4, ...[handbook.item(COMPLETION)?.departments.lead].filter((one) => one !== undefined)];
}

const accept = handler(acceptCompletion, {
  permission: 'approvals.handle',
  load: async ({ tx, actor, input, now }) => {
    const ground = await groundOf(tx, actor, input.projectId, now, leadsOf);
    if (ground === undefined) return undefined;
    const parts = partsOf(ground.handbook.catalogue, trackOfKind(ground.project.kind));
    return { ...ground, parts, ...(await foundOf(tx, input.projectId, [COMPLETION, ...parts.map((one) => one.code)])) };
  },
  // Those who keep the window, who lead the stage, or who lead the acceptance.
  allow: (_actor, { desk, duties, handbook }) => desk.window || isLead(desk, leadsOf(handbook), duties),
  decide: ({ subject, input, now }) => {
    const day = eventDay(input.day, now.day);
    const host = checkItem(subject.handbook.item(COMPLETION), COMPLETION, subject.project.kind);
    const standing = subject.earlier.find((one) => one.item === COMPLETION && !isOver(one));
    if (standing !== undefined && standing.status !== 'received') refuse('approvals.case_open', { item: COMPLETION, round: standing.round });
    const parts = takenIn(subject.parts, input.parts ?? neededParts(subject), subject.earlier);
    const said = { day, document: input.document };
    const lead = takeIn(subject, host, said, now);
    const taken = parts.map((item) => takeIn(subject, item, said, now));
    return { jointId: newId(now.instant.getTime()), day, lead, taken, orgId: bodyOf(subject, host), asked: askedOf(host, bodyOf(subject, host), parts, subject.parts, subject.duties) };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const all = [changes.lead, ...changes.taken];
    const cases: { id: string; item: string; version: number }[] = [];
    for (const one of all) cases.push({ id: one.id, item: one.item.code, version: (await acceptOne(tx, one, subject, input.document, actor, now)).version });
    await store.joinCases(tx, all.map((one) => one.id), changes.jointId, changes.orgId);
    await store.makeParts(tx, changes.taken.map((one) => one.id), changes.lead.id);
    const { lead } = changes;
    const events = [...(lead.found?.events ?? []), ...lead.fresh];
    await store.askReviews(tx, lead.id, changes.asked, changes.day, opinionDue(events, lead.rules, changes.day, subject.calendar.law), lead.item.silentConsent);
    await forecast(tx, [input.projectId], now);
    return { jointId: changes.jointId, caseId: lead.id, leadOrgId: changes.orgId, cases };
  },
  event: ({ changes, input }) => [changes.lead, ...changes.taken].map((one) => ({
    kind: 'approvals.case_jointly_accepted', subjectType: 'case', subjectId: one.id, projectId: input.projectId,
    after: { item: one.item.code, stage: 'S4', day: changes.day, document: input.document, jointId: changes.jointId, leadOrgId: changes.orgId },
  })),
});

export const completionCommands: readonly CommandHandler[] = [accept];
