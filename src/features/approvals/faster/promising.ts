// Commands of promise 告知承诺: the permit at once on a signed letter, the check after it, and what a false promise costs. A promise that nobody checked
// counts for nothing at a gate; one that was false stays on the record of the firm.
import { refuse } from '../../../kernel/refuse.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import type { Words } from '../catalogue/shape.ts';
import { promiseOf, type Signer } from '../clocks/promise.ts';
import * as contract from './contract.ts';
import { promisePolicy } from './policy.ts';
import * as store from './store.ts';
import { checkDay, itemNamed, onItem, onPart, told, touched } from './subject.ts';

const EXAMINE = 'approvals.examine';

const promise = handler(contract.makePromise, {
  permission: EXAMINE,
  ...onItem((input) => [input.letterSha]),
  decide: ({ subject, input, now }) => {
    const item = itemNamed(subject, input.item);
    const day = checkDay(input.day, now.day);
    if (subject.dossier.promises.some((one) => one.item === item.code && one.state.status === 'granted')) refuse('approvals.promise_running', { item: item.name });
    const policy = promisePolicy(item, subject.dossier.facts);
    if (policy.allowed && !policy.excluded) checkSigners(policy.signers, input.signers, item.name);
    // Told, promised and granted in one: the permit is given at once.
    const state = promiseOf([{ kind: 'told', day }, { kind: 'promised', day, signers: input.signers }, { kind: 'granted', day, number: input.number }], policy, subject.dossier.calendar);
    const designUnit = input.designUnit?.trim() ?? '';
    if (input.signers.includes('design_unit') && designUnit === '') refuse('approvals.design_unit_unnamed', { errors: [{ path: 'designUnit', code: 'approvals.design_unit_unnamed' }] });
    return { day, designUnit: designUnit === '' ? null : designUnit, checkDue: state.check?.day ?? day };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    const { promiseId, item, letterSha, signers } = input;
    await store.insertPromise(tx, {
      id: promiseId, projectId: input.id, item, orgId: subject.orgId, builderId: subject.project.builder_id, conditions: input.conditions.trim(), signedBy: input.signedBy.trim(), signers, letterSha, number: input.number.trim(), ...changes,
    }, actor, now.instant);
    return { ...(await touched(tx, input.id, now)), checkDue: changes.checkDue };
  },
  event: ({ input, changes }) => told('promise_granted', 'promise', input.promiseId, input.id, { item: input.item, day: input.day, number: input.number, signedBy: input.signedBy, ...(changes.designUnit === null ? {} : { designUnit: changes.designUnit }), checkDue: changes.checkDue }),
});

const check = handler(contract.checkPromise, {
  permission: EXAMINE,
  ...onPart((input) => input.promiseId, (input) => [input.evidenceSha]),
  decide: ({ subject, input, now }) => {
    const row = subject.dossier.promises.find((one) => one.id === input.promiseId) ?? refuse('platform.not_found', {});
    const day = checkDay(input.day, now.day);
    if (row.state.status !== 'granted') refuse('approvals.promise_checked', { day: row.checked_day ?? '' });
    if (day < row.day) refuse('cases.event_order', { day });
    return { row, check: { day, kept: input.kept, finding: input.finding.trim(), evidenceSha: input.evidenceSha ?? null, revocation: input.kept ? null : revocationOf(input) } };
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await store.checked(tx, input.promiseId, changes.check, actor);
    if (!input.kept) await store.voidResults(tx, input.promiseId);
    return touched(tx, input.id, now);
  },
  event: ({ input, changes }) => {
    const { day, kept, finding, revocation } = changes.check;
    return told(kept ? 'promise_kept' : 'promise_broken', 'promise', input.promiseId, input.id, { item: changes.row.item, number: changes.row.number, day, kept, finding, revocation });
  },
});

function checkSigners(asked: readonly Signer[], signed: readonly Signer[], item: Words): void {
  const missing = asked.find((one) => !signed.includes(one));
  if (missing === 'design_unit') refuse('approvals.unsigned_design_unit', { item });
  if (missing === 'legal_representative') refuse('approvals.unsigned_legal_representative', { item });
}

/** What was found false costs the permit in the same act, or it would stand meanwhile; and it is shown, not only said. */
function revocationOf(input: { readonly evidenceSha?: string | undefined; readonly revocation?: string | undefined }): string {
  const number = input.revocation?.trim() ?? '';
  if (number === '') refuse('approvals.revocation_needed', { errors: [{ path: 'revocation', code: 'approvals.revocation_needed' }] });
  if (input.evidenceSha === undefined) refuse('approvals.evidence_needed', { errors: [{ path: 'evidenceSha', code: 'approvals.evidence_needed' }] });
  return number;
}

export const promiseCommands: readonly CommandHandler[] = [promise, check];
