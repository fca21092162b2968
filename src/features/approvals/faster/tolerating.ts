// Commands of tolerance 容缺受理: accept with secondary materials owed, take what comes, put a day off, send back what did not come. Acceptance and
// return are events of the case itself and enter its clock as any other; nothing owed ever counts as formal.
import { addDays } from '../../../kernel/days.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Now } from '../../../kernel/clock.ts';
import { refuse } from '../../../kernel/refuse.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler, type EventRecord } from '../../../platform/feature.ts';
import { enter, loadSubject as loadCase, type Subject as Case } from '../cases/moves.ts';
import { carried, checkPart } from '../cases/parts.ts';
import { checkBackdated, partyOf } from '../cases/rules.ts';
import { caseOf } from '../clocks/clock.ts';
import type { CaseEvent } from '../clocks/events.ts';
import { supply, tolerate, toleranceState } from '../clocks/tolerance.ts';
import * as contract from './contract.ts';
import { materialsOf, nameOf } from './policy.ts';
import { checkDue, putOff } from './rules.ts';
import * as store from './store.ts';
import { checkDay, itemNamed, loadSubject, onPart, told, touched, versioned, type Subject } from './subject.ts';

const EXAMINE = 'approvals.examine';

interface WithCase extends Subject { readonly inHand: Case | undefined }

async function withCase(tx: Db, actor: Actor, subject: Subject | undefined, item: string | undefined, now: Now): Promise<WithCase | undefined> {
  if (subject === undefined) return undefined;
  const id = item === undefined ? null : await store.caseInHand(tx, subject.project.id, item);
  return { ...subject, inHand: id === null ? undefined : await loadCase(tx, actor, id, now) };
}

const accept = handler(contract.acceptWithDebts, {
  permission: EXAMINE,
  ...versioned,
  load: async ({ tx, actor, input, now }) => withCase(tx, actor, await loadSubject(tx, actor, input.id, { item: input.item }, now), input.item, now),
  decide: ({ subject, input, now }) => {
    const item = itemNamed(subject, input.item);
    const day = checkDay(input.day, now.day);
    // Within a joint acceptance it is the whole that is accepted, with what it owes.
    checkPart(subject.inHand?.case.part_of ?? null, 'accepted');
    const running = subject.dossier.tolerances.find((one) => one.item === item.code && toleranceState(one.tolerance, now.day) === 'owing');
    if (running !== undefined) refuse('approvals.tolerance_running', { item: item.name });
    if (!input.mainComplete) refuse('approvals.main_incomplete', { item: item.name });
    const missing = input.missing.map((one) => ({ ...one, material: one.material.trim() }));
    if (new Set(missing.map((one) => one.material)).size < missing.length) refuse('platform.invalid', { errors: [{ path: 'missing', rule: 'uniqueItems', params: {} }] });
    const { calendar } = subject.dossier;
    const preset = tolerate(materialsOf(item, missing.map((one) => one.material)), new Set(), day, item.deferrable, calendar);
    const debts = preset.debts.map((debt) => ({ ...debt, due: checkDue(debt.material, missing.find((one) => one.material === debt.material)?.due ?? debt.due, day, calendar) }));
    return { tolerance: { ...preset, debts }, event: acceptance(subject.inHand, day, input.document, now) };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const { inHand, orgId } = subject;
    const caseId = inHand?.case.id ?? null;
    if (inHand !== undefined && changes.event !== undefined) await enter(tx, inHand, changes.event, actor, now);
    await store.insertTolerance(tx, { id: input.toleranceId, projectId: input.id, item: input.item, orgId, caseId, tolerance: changes.tolerance }, actor, now.instant);
    return { ...(await touched(tx, input.id, now)), caseId, due: changes.tolerance.debts.map(({ material, due }) => ({ material, due })) };
  },
  event: ({ input, changes, subject }) => [
    told('accepted_with_debts', 'tolerance', input.toleranceId, input.id, { item: input.item, day: input.day, owed: changes.tolerance.debts.map(({ material, due }) => ({ material, due })) }),
    ...caseEvents(subject.inHand, changes.event),
  ],
});

/** Accepts an application that waits for it; one that was accepted before stays so. */
function acceptance(inHand: Case | undefined, day: string, document: string | undefined, now: Now): CaseEvent | undefined {
  if (inHand === undefined || inHand.case.accepted_day !== null) return undefined;
  const number = document?.trim() ?? '';
  if (number === '') refuse('approvals.acceptance_document', { errors: [{ path: 'document', code: 'approvals.acceptance_document' }] });
  return lawful(inHand, { kind: 'accepted', day, document: number }, now);
}

function lawful(inHand: Case, what: Pick<CaseEvent, 'kind' | 'day'> & Partial<Pick<CaseEvent, 'document' | 'reason'>>, now: Now): CaseEvent {
  const by = partyOf(what.kind, inHand.standing) ?? refuse('approvals.not_your_case', { item: inHand.item?.name ?? inHand.case.item });
  const event: CaseEvent = { ...what, id: newId(now.instant.getTime()), seq: inHand.events.length + 1, by };
  caseOf([...inHand.events, event], inHand.rules, inHand.calendar.law);
  checkBackdated(event, now.day);
  return event;
}

function caseEvents(inHand: Pick<Case, 'case'> | undefined, event: CaseEvent | undefined): EventRecord[] {
  if (inHand === undefined || event === undefined) return [];
  const { case: { id, item, status, project_id: projectId } } = inHand;
  const { kind, day, document, reason } = event;
  return [{ kind: `approvals.case_${kind}`, subjectType: 'case', subjectId: id, projectId, before: { status }, after: { item, status: kind, day, ...(document === undefined ? {} : { document }) }, ...(reason === undefined ? {} : { reason }) }];
}

const supplyMaterial = handler(contract.supplyMaterial, {
  permission: EXAMINE,
  ...onPart((input) => input.toleranceId, (input) => [input.fileSha]),
  decide: ({ subject, input, now }) => comes(subject, input, checkDay(input.day, now.day)),
  save: ({ tx, changes, actor, now }) => written(tx, changes, actor, now),
  event: ({ changes }) => toldSupply(changes),
});

const sendMaterial = handler(contract.sendMaterial, {
  permission: 'approvals.apply',
  ...onPart((input) => input.toleranceId, (input) => [input.fileSha]),
  decide: ({ subject, input, now }) => comes(subject, input, now.day),
  save: ({ tx, changes, actor, now }) => written(tx, changes, actor, now),
  event: ({ changes }) => toldSupply(changes),
});

interface Coming { readonly row: store.ToleranceRow; readonly material: string; readonly day: string; readonly fileSha: string | null }

function comes(subject: Subject, input: { readonly toleranceId: string; readonly material: string; readonly fileSha?: string | undefined }, day: string): Coming {
  const row = toleranceNamed(subject, input.toleranceId);
  if (row.returned_day !== null) refuse('cases.returned');
  supply(row.tolerance, input.material, day);
  return { row, material: input.material, day, fileSha: input.fileSha ?? null };
}

async function written(tx: Db, coming: Coming, actor: Actor, now: Now): Promise<{ id: string; version: number }> {
  await store.supplied(tx, coming.row.id, coming, actor);
  return touched(tx, coming.row.project_id, now);
}

function toldSupply({ row, material, day, fileSha }: Coming): EventRecord {
  return told('material_supplied', 'tolerance', row.id, row.project_id, { item: row.item, material, day, ...(fileSha === null ? {} : { file: fileSha }) });
}

const extend = handler(contract.extendMaterial, {
  permission: EXAMINE,
  ...onPart((input) => input.toleranceId),
  decide: ({ subject, input, now }) => {
    const row = toleranceNamed(subject, input.toleranceId);
    return { row, ...putOff(row, input.material, input.due, input.reason, now.day, subject.dossier.calendar) };
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await store.putOff(tx, input.toleranceId, { material: input.material, due: input.due, reason: changes.reason }, actor);
    return touched(tx, input.id, now);
  },
  event: ({ input, changes }) => told('material_extended', 'tolerance', input.toleranceId, input.id, { item: changes.row.item, material: input.material, from: changes.before, due: input.due }, changes.reason ?? undefined),
});

const giveBack = handler(contract.returnOverdue, {
  permission: EXAMINE,
  ...versioned,
  load: async ({ tx, actor, input, now }) => {
    const subject = await loadSubject(tx, actor, input.id, { partId: input.toleranceId }, now);
    return withCase(tx, actor, subject, subject?.dossier.tolerances.find((one) => one.id === input.toleranceId)?.item, now);
  },
  decide: ({ subject, input, now }) => {
    const row = toleranceNamed(subject, input.toleranceId);
    const late = row.tolerance.debts.filter((one) => one.suppliedDay === null && one.due < now.day);
    const [first] = late.map((one) => one.due).toSorted();
    if (row.returned_day !== null || first === undefined) return refuse('approvals.not_overdue', { item: nameOf(subject.dossier, row.item) });
    // What stands on a later application is none of this one's debts; and no part leaves a joint acceptance by itself.
    const inHand = (row.case_id === null || row.case_id === subject.inHand?.case.id) && subject.inHand?.case.part_of === null ? subject.inHand : undefined;
    const event = inHand === undefined || inHand.case.accepted_day === null ? undefined : lawful(inHand, { kind: 'returned', day: now.day, document: noticeNumber(row, now.day), reason: late.map((one) => `${one.material} (${one.due})`).join('; ') }, now);
    return { row, late, first, inHand, event, carried: inHand === undefined || event === undefined ? [] : carried(inHand.parts, event, () => newId(now.instant.getTime()), inHand.calendar.law) };
  },
  save: async ({ tx, changes, input, actor, now }) => {
    const { inHand, event, row } = changes;
    if (inHand !== undefined && event !== undefined) await enter(tx, inHand, event, actor, now, changes.carried);
    const returnedDay = addDays(changes.first, 1);
    const caseId = row.case_id ?? (event === undefined ? null : (inHand?.case.id ?? null));
    await store.returned(tx, input.toleranceId, returnedDay, caseId);
    return { ...(await touched(tx, input.id, now)), caseId, returnedDay };
  },
  event: ({ input, changes, output }) => [
    told('tolerance_returned', 'tolerance', input.toleranceId, input.id, { item: changes.row.item, day: output.returnedDay, missing: changes.late.map((one) => one.material) }),
    ...caseEvents(changes.inHand, changes.event), ...changes.carried.flatMap(({ part, event }) => caseEvents(changes.inHand?.parts.find((one) => one.id === part.id), event)),
  ],
});

/** The notice has a number of its own, made of its day and of what it ends: nobody is there to give it one. */
function noticeNumber(row: store.ToleranceRow, day: string): string {
  return `RC-${day.replaceAll('-', '')}-${row.item}-${row.id.slice(-6)}`;
}

function toleranceNamed({ dossier }: Subject, id: string): store.ToleranceRow {
  return dossier.tolerances.find((one) => one.id === id) ?? refuse('platform.not_found', {});
}

export const toleranceCommands: readonly CommandHandler[] = [accept, supplyMaterial, sendMaterial, extend, giveBack];
