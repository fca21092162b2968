// Commands of guidance 批前辅导, tolerance 容缺受理, promise 告知承诺 and of the validity of documents. None of them makes what is owed or unchecked
// count as formal.
import { refuse } from '../../../kernel/refuse.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { promiseOf } from '../clocks/promise.ts';
import { supply, tolerate, toleranceState } from '../clocks/tolerance.ts';
import * as contract from './contract.ts';
import { documentOf } from './dossier.ts';
import { materialsOf, promisePolicy } from './policy.ts';
import { extended } from './rules.ts';
import * as store from './store.ts';
import { checkDay, itemNamed, loadSubject, told, touched, versioned } from './subject.ts';

const EXAMINE = 'approvals.examine';

const guide = handler(contract.guide, {
  permission: 'approvals.guide',
  load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, { item: input.item }, now),
  ...versioned,
  decide: ({ subject, input, now }) => {
    itemNamed(subject, input.item);
    const missing = [...new Set(input.missing.map((one) => one.trim()).filter((one) => one !== ''))];
    const comments = input.comments?.trim() ?? '';
    if (missing.length === 0 && comments === '') refuse('approvals.guidance_empty', {});
    return { day: checkDay(input.day, now.day), missing, comments: comments === '' ? null : comments };
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await store.insertGuidance(tx, { id: input.guidanceId, projectId: input.id, item: input.item, ...changes }, actor, now.instant);
    return touched(tx, input.id, now);
  },
  event: ({ input, changes }) => told('guided', 'guidance', input.guidanceId, input.id, { item: input.item, ...changes }),
});

const accept = handler(contract.acceptWithDebts, {
  permission: EXAMINE,
  load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, { item: input.item }, now),
  ...versioned,
  decide: ({ subject, input, now }) => {
    const item = itemNamed(subject, input.item);
    const day = checkDay(input.day, now.day);
    const running = subject.dossier.tolerances.find((one) => one.item === item.code && toleranceState(one.tolerance, now.day) === 'owing');
    if (running !== undefined) refuse('approvals.tolerance_running', { item: item.code });
    if (!input.mainComplete) refuse('approvals.main_incomplete', { item: item.code });
    if (new Set(input.missing.map((one) => one.material)).size < input.missing.length) refuse('platform.invalid', { errors: [{ path: 'missing', rule: 'uniqueItems', params: {} }] });
    return tolerate(materialsOf(item, input.missing), new Set(), day, item.deferrable, subject.dossier.calendar);
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    await store.insertTolerance(tx, { id: input.toleranceId, projectId: input.id, item: input.item, orgId: subject.orgId, tolerance: changes }, actor, now.instant);
    return { ...(await touched(tx, input.id, now)), due: changes.debts.map(({ material, due }) => ({ material, due })) };
  },
  event: ({ input, changes }) => told('accepted_with_debts', 'tolerance', input.toleranceId, input.id, { item: input.item, day: input.day, owed: changes.debts.map(({ material, due }) => ({ material, due })) }),
});

const supplyMaterial = handler(contract.supplyMaterial, {
  permission: EXAMINE,
  load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, { partId: input.toleranceId }, now),
  ...versioned,
  decide: ({ subject, input, now }) => {
    const row = subject.dossier.tolerances.find((one) => one.id === input.toleranceId) ?? refuse('platform.not_found', {});
    supply(row.tolerance, input.material, checkDay(input.day, now.day));
    return row;
  },
  save: async ({ tx, input, actor, now }) => {
    await store.supplied(tx, input.toleranceId, input.material, input.day, actor);
    return touched(tx, input.id, now);
  },
  event: ({ input, changes }) => told('material_supplied', 'tolerance', input.toleranceId, input.id, { item: changes.item, material: input.material, day: input.day }),
});

const promise = handler(contract.makePromise, {
  permission: EXAMINE,
  load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, { item: input.item }, now),
  ...versioned,
  decide: ({ subject, input, now }) => {
    const item = itemNamed(subject, input.item);
    const day = checkDay(input.day, now.day);
    if (subject.dossier.promises.some((one) => one.item === item.code && one.state.status === 'granted')) refuse('approvals.promise_running', { item: item.code });
    // Told, promised and granted in one: the permit is given at once.
    const state = promiseOf([{ kind: 'told', day }, { kind: 'promised', day, signers: input.signers }, { kind: 'granted', day, number: input.number }], promisePolicy(item, subject.dossier.facts), subject.dossier.calendar);
    return { day, checkDue: state.check?.day ?? day };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const { item, conditions, signers, number } = input;
    await store.insertPromise(tx, {
      id: input.promiseId, projectId: input.id, item, orgId: subject.orgId, conditions: conditions.trim(), signed_by: input.signedBy.trim(), signers, day: changes.day, number: number.trim(), check_due: changes.checkDue,
    }, actor, now.instant);
    return { ...(await touched(tx, input.id, now)), checkDue: changes.checkDue };
  },
  event: ({ input, changes }) => told('promise_granted', 'promise', input.promiseId, input.id, { item: input.item, day: input.day, number: input.number, signedBy: input.signedBy, checkDue: changes.checkDue }),
});

const check = handler(contract.checkPromise, {
  permission: EXAMINE,
  load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, { partId: input.promiseId }, now),
  ...versioned,
  decide: ({ subject, input, now }) => {
    const row = subject.dossier.promises.find((one) => one.id === input.promiseId) ?? refuse('platform.not_found', {});
    const day = checkDay(input.day, now.day);
    if (row.state.status !== 'granted') refuse('cases.not_from_state', { kind: 'checked', status: row.state.status });
    if (day < row.day) refuse('cases.event_order', { day });
    const revocation = input.kept ? null : (input.revocation?.trim() ?? '');
    // What was found false costs the permit in the same act, or it would stand meanwhile.
    if (revocation === '') refuse('approvals.revocation_needed', { errors: [{ path: 'revocation', code: 'approvals.revocation_needed' }] });
    return { row, check: { day, kept: input.kept, finding: input.finding.trim(), revocation } };
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await store.checked(tx, input.promiseId, changes.check, actor);
    if (!input.kept) await store.voidResults(tx, input.promiseId);
    return touched(tx, input.id, now);
  },
  event: ({ input, changes }) => told(input.kept ? 'promise_kept' : 'promise_broken', 'promise', input.promiseId, input.id, { item: changes.row.item, number: changes.row.number, ...changes.check }),
});

const extend = handler(contract.extendValidity, {
  permission: EXAMINE,
  load: ({ tx, actor, input, now }) => loadSubject(tx, actor, input.id, { item: input.item }, now),
  ...versioned,
  decide: ({ subject, input, now }) => {
    const item = itemNamed(subject, input.item);
    const document = documentOf(subject.dossier, item.code, input.number) ?? refuse('approvals.no_document', { item: item.code, number: input.number });
    return { document, ...extended(item, document, checkDay(input.day, now.day)) };
  },
  save: async ({ tx, changes, input, now }) => {
    const { document, until, extensions } = changes;
    await store.writeResult(tx, { projectId: input.id, item: input.item, number: document.number, day: document.day, until, extensions, source: document.source, origin_id: document.originId }, now.instant);
    return { ...(await touched(tx, input.id, now)), until };
  },
  event: ({ input, changes }) => told('validity_extended', 'project', input.id, input.id, { item: input.item, number: input.number, day: input.day, until: changes.until, extensions: changes.extensions }, input.reason),
});

export const grantingCommands: readonly CommandHandler[] = [guide, accept, supplyMaterial, promise, check, extend];
