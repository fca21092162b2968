// How the parts of the faster ways are told to a reader: simulations, tolerances, promises, records of guidance, what ends. Pure; states are those
// of the end of the day that is handed in.
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { daysBetween } from '../../../kernel/days.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Catalogue, Item, Track } from '../catalogue/shape.ts';
import { isExpired, owedOn } from '../clocks/simulated.ts';
import { toleranceState } from '../clocks/tolerance.ts';
import type { listExpiring, readFaster } from './contract.ts';
import type { Document, Dossier, Examined, Promised } from './dossier.ts';
import type { ExpiringRow, GuidanceRow } from './lists.ts';
import { nameOf, TOLERANCE } from './policy.ts';
import { debtsOf, lastDue } from './rules.ts';
import type { ToleranceRow } from './store.ts';

type Faster = OutputOf<typeof readFaster>;

export function simulationLine(one: Examined, dossier: Dossier, track: Track, day: string): Faster['simulations'][number] {
  const { state } = one;
  const expired = isExpired(state, day);
  const standing = new Set(owedOn(state, day));
  const running = (state.status === 'opined' || state.status === 'converting') && !expired;
  return {
    id: one.id, item: one.item, itemName: nameOf(dossier, one.item), round: one.round, orgName: one.org_name, status: state.status === 'none' ? 'applied' : state.status, expired, appliedDay: one.steps[0]?.step.day ?? day, signedBy: one.signed_by, riskSha: one.risk_sha,
    number: state.number, force: state.force, expires: state.expires, daysLeft: running ? left(day, state.due ?? state.expires) : null, premises: state.premises === null ? null : { ...state.premises },
    owed: state.owed.map((debt) => ({ item: debt.item, itemName: nameOf(dossier, debt.item), due: debt.due, daysLeft: standing.has(debt) ? daysBetween(day, debt.due) : null, late: standing.has(debt) && debt.due < day })), changed: [...state.changed], due: state.due,
    document: state.document === null ? null : { ...state.document }, earthworks: dossier.catalogue.items.some((item) => item.code === one.item && item.simulatable === 'staged'),
    needs: state.status === 'applied' ? debtsOf(dossier, track, one.item, day).map((item) => ({ item, itemName: nameOf(dossier, item) })) : [],
    steps: one.steps.map(({ step, by }) => ({ kind: step.kind, day: step.day, by })),
  };
}

export function toleranceLine(one: ToleranceRow, holder: { readonly catalogue: Catalogue; readonly calendar: WorkCalendar }, day: string): Faster['tolerances'][number] {
  const state = toleranceState(one.tolerance, day);
  return {
    id: one.id, item: one.item, itemName: nameOf(holder, one.item), caseId: one.case_id, day: one.tolerance.day, state, returnedDay: one.returned_day, acceptedBy: one.accepted_name,
    materials: one.materials.map(({ extensions, ...row }) => {
      const owed = row.suppliedDay === null && state === 'owing';
      return { ...row, daysLeft: owed ? left(day, row.due) : null, extendableTo: owed && extensions < TOLERANCE.extensions ? lastDue(row.due, holder.calendar) : null };
    }),
  };
}

export function promiseLine(one: Promised, dossier: Dossier, day: string): Faster['promises'][number] {
  const state = one.kept === null ? 'granted' : one.kept ? 'verified' : 'revoked';
  return {
    id: one.id, item: one.item, itemName: nameOf(dossier, one.item), day: one.day, number: one.number, conditions: one.conditions, signedBy: one.signed_by, designUnit: one.design_unit, letterSha: one.letter_sha, state, checkDue: one.check_due,
    daysLeft: state === 'granted' ? left(day, one.check_due) : null, checkedDay: one.checked_day, checkedBy: one.checked_name, finding: one.finding, evidenceSha: one.evidence_sha, revocation: one.revocation,
  };
}

export function guidanceLine(row: GuidanceRow, catalogue: Catalogue): Faster['guidance'][number] {
  return {
    id: row.id, projectId: row.project_id, projectName: row.project_name, item: row.item, itemName: nameOf({ catalogue }, row.item), day: row.day, missing: row.missing, comments: row.comments, givenBy: row.given_name,
    outcome: row.passed === null ? 'open' : row.passed ? 'passed' : 'not_passed', appliedDay: row.applied_day, caseId: row.case_id,
  };
}

export function expiringLine(row: ExpiringRow, catalogue: Catalogue, day: string): OutputOf<typeof listExpiring>['items'][number] {
  const validity = row.kind === 'document' ? (catalogue.items.find((one) => one.code === row.item)?.validity ?? null) : null;
  return {
    id: row.id, kind: row.kind, projectId: row.project_id, projectName: row.project_name, projectVersion: row.project_version, item: row.item, itemName: nameOf({ catalogue }, row.item), number: row.number, what: row.what ?? [], until: row.until, daysLeft: daysBetween(day, row.until),
    extensionsLeft: Math.max(0, (validity?.extensions ?? 0) - row.extensions), extensionMonths: validity?.extensionMonths ?? 0, then: validity?.then ?? null,
  };
}

type Validity = { number: string; day: string; until: string; daysLeft: number; extensions: number; extensionsLeft: number; extensionMonths: number; then: 'void' | 'recheck'; extensionDocument: string | null };

/** How long a document holds; null: without end. */
export function validityLine(item: Item | undefined, document: Document | undefined, day: string): Validity | null {
  if (item?.validity === null || item === undefined || document === undefined || document.until === null) return null;
  const { extensions, extensionMonths, then } = item.validity;
  return {
    number: document.number, day: document.day, until: document.until, daysLeft: daysBetween(day, document.until), extensions: document.extensions, extensionsLeft: Math.max(0, extensions - document.extensions), extensionMonths, then,
    extensionDocument: document.extensionDocument,
  };
}

const left = (day: string, until: string | null): number | null => (until === null ? null : daysBetween(day, until));
