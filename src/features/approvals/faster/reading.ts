// Queries of the faster ways: all of one project, what expires, the records of guidance. Reads only; states are those of the end of today.
import { daysBetween, isDay } from '../../../kernel/days.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import { refuse } from '../../../kernel/refuse.ts';
import { may, type Actor } from '../../../platform/actor.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { readHandler, type QueryHandler } from '../../../platform/feature.ts';
import { readCatalogue } from '../catalogue/store.ts';
import type { Catalogue, Track, Words } from '../catalogue/shape.ts';
import { HARD_GATES } from '../clocks/gates.ts';
import { isExpired } from '../clocks/simulated.ts';
import { toleranceState } from '../clocks/tolerance.ts';
import { listExpiring, listGuidance, readFaster } from './contract.ts';
import { seesAt } from './desk.ts';
import { dossiersOf, type Dossier, type Examined, type Promised } from './dossier.ts';
import { nameOf } from './gate.ts';
import * as lists from './lists.ts';
import { promisePolicy, simulationPolicy } from './policy.ts';
import { debtsOf } from './rules.ts';
import type { ToleranceRow } from './store.ts';

type Faster = OutputOf<typeof readFaster>;
const PERMISSION = 'approvals.read';
const PAGE = 50;

export const fasterQueries: readonly QueryHandler[] = [
  readHandler(readFaster, { permission: PERMISSION, read: ({ db, actor, input, now }) => fasterOf(db, actor, input.id, now.day) }),
  readHandler(listExpiring, {
    permission: PERMISSION,
    read: async ({ db, actor, input, now }) => {
      const { catalogue } = await readCatalogue(db, now.day);
      const limit = input.limit ?? PAGE;
      const asked = { day: now.day, within: input.within ?? 90, over: input.over === true, kind: input.kind };
      const [rows, counts] = await Promise.all([lists.expiring(db, actor, catalogue, asked, cursor(input.after), limit + 1), lists.expiringCounts(db, actor, catalogue, now.day, input.kind)]);
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      return { day: now.day, items: shown.map((row) => expiringLine(row, catalogue, now.day)), counts, next: last === undefined ? null : `${last.until}_${last.id}` };
    },
  }),
  readHandler(listGuidance, {
    permission: PERMISSION,
    read: async ({ db, actor, input, now }) => {
      const { catalogue } = await readCatalogue(db, now.day);
      const limit = input.limit ?? PAGE;
      const [rows, counts] = await Promise.all([lists.guidancePage(db, actor, input.outcome, cursor(input.after), limit + 1), lists.guidanceCounts(db, actor)]);
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      return { items: shown.map((row) => guidanceLine(row, catalogue)), counts, next: last === undefined ? null : `${last.day}_${last.id}` };
    },
  }),
];

function cursor(after: string | undefined): lists.Place | undefined {
  if (after === undefined) return undefined;
  const parts = /^(\d{4}-\d{2}-\d{2})_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(after);
  if (parts?.[1] === undefined || parts[2] === undefined || !isDay(parts[1])) return refuse('platform.invalid', { errors: [{ path: 'after', rule: 'cursor', params: {} }] });
  return { day: parts[1], id: parts[2] };
}

async function fasterOf(db: Db, actor: Actor, id: string, day: string): Promise<Faster> {
  if (!(await seesAt(db, actor, id))) return refuse('platform.not_found', {});
  const [{ catalogue }, project, guidance] = await Promise.all([
    readCatalogue(db, day), db.row<{ name: string; version: number; level: string | null; kind: string }>(sql`select name, version, level, kind from projects_projects where id = ${id}`), lists.guidanceOf(db, id),
  ]);
  const dossier = (await dossiersOf(db, [id], catalogue)).get(id);
  if (project === undefined || dossier === undefined) return refuse('platform.not_found', {});
  const track = project.kind === 'government' ? 'government' : 'enterprise';
  const items = catalogue.items.filter((one) => one.tracks[track] !== undefined);
  const codes = (keep: (item: (typeof items)[number]) => boolean): string[] => items.filter(keep).map((one) => one.code);
  return {
    id, version: project.version, name: project.name, keyProject: project.level !== null, day, bound: dossier.bound, gates: gatesOf(dossier, day, track),
    simulations: dossier.simulations.map((one) => simulationLine(one, dossier, track, day)), tolerances: dossier.tolerances.map((one) => toleranceLine(one, dossier, day)), promises: dossier.promises.map((one) => promiseLine(one, dossier, day)),
    guidance: guidance.map((row) => guidanceLine(row, catalogue)),
    may: {
      simulate: codes((item) => simulationPolicy(catalogue, item).allowed), tolerate: codes((item) => item.deferrable),
      promise: codes((item) => { const { allowed, excluded } = promisePolicy(item, dossier.facts); return allowed && !excluded; }),
    },
    names: items.map(({ code, name }) => ({ code, name })),
    can: { guide: may(actor, 'approvals.guide'), simulate: may(actor, 'approvals.simulate'), examine: may(actor, 'approvals.examine') },
  };
}

const OTHER_TRACK = { enterprise: 'land_allocation', government: 'land_contract' } as const;

function gatesOf(dossier: Dossier, day: string, track: 'enterprise' | 'government'): Faster['gates'] {
  return HARD_GATES.filter((one) => one.code !== OTHER_TRACK[track]).map(({ code }) => {
    const { open, missing } = dossier.gate(code, day);
    return { code, open, lacking: missing.map(({ items, why, law }) => ({ items: items.filter((one) => one !== 'REPORT').map((one) => ({ code: one, name: nameOf(dossier, one) })), why, law })) };
  });
}

const left = (day: string, until: string | null): number | null => (until === null ? null : daysBetween(day, until));

function simulationLine(one: Examined, dossier: Dossier, track: Track, day: string): Faster['simulations'][number] {
  const { state } = one;
  const expired = isExpired(state, day);
  const running = (state.status === 'opined' || state.status === 'converting') && !expired;
  return {
    id: one.id, item: one.item, itemName: nameOf(dossier, one.item), round: one.round, orgName: one.org_name, status: state.status === 'none' ? 'applied' : state.status, expired, appliedDay: one.steps[0]?.step.day ?? day, signedBy: one.signed_by,
    number: state.number, force: state.force, expires: state.expires, daysLeft: running ? left(day, state.due ?? state.expires) : null, premises: state.premises === null ? null : { ...state.premises },
    owed: state.owed.map((debt) => ({ item: debt.item, itemName: nameOf(dossier, debt.item), due: debt.due, late: debt.due < day })), changed: [...state.changed], due: state.due,
    document: state.document === null ? null : { ...state.document }, earthworks: dossier.catalogue.items.some((item) => item.code === one.item && item.simulatable === 'staged'),
    needs: state.status === 'applied' ? debtsOf(dossier, track, one.item, day).map((item) => ({ item, itemName: nameOf(dossier, item) })) : [],
    steps: one.steps.map(({ step, by }) => ({ kind: step.kind, day: step.day, by })),
  };
}

function toleranceLine(one: ToleranceRow, dossier: Dossier, day: string): Faster['tolerances'][number] {
  const state = toleranceState(one.tolerance, day);
  return {
    id: one.id, item: one.item, itemName: nameOf(dossier, one.item), day: one.tolerance.day, state, acceptedBy: one.accepted_name,
    materials: one.tolerance.debts.map(({ material, due, suppliedDay }) => ({ material, due, suppliedDay, daysLeft: suppliedDay === null && state === 'owing' ? left(day, due) : null })),
  };
}

function promiseLine(one: Promised, dossier: Dossier, day: string): Faster['promises'][number] {
  const state = one.kept === null ? 'granted' : one.kept ? 'verified' : 'revoked';
  return {
    id: one.id, item: one.item, itemName: nameOf(dossier, one.item), day: one.day, number: one.number, conditions: one.conditions, signedBy: one.signed_by, state, checkDue: one.check_due, daysLeft: state === 'granted' ? left(day, one.check_due) : null,
    checkedDay: one.checked_day, finding: one.finding, revocation: one.revocation,
  };
}

function wordsOf(catalogue: Catalogue, code: string): Words {
  return nameOf({ catalogue }, code);
}

function guidanceLine(row: lists.GuidanceRow, catalogue: Catalogue): Faster['guidance'][number] {
  return {
    id: row.id, projectId: row.project_id, projectName: row.project_name, item: row.item, itemName: wordsOf(catalogue, row.item), day: row.day, missing: row.missing, comments: row.comments, givenBy: row.given_name,
    outcome: row.passed === null ? 'open' : row.passed ? 'passed' : 'not_passed', appliedDay: row.applied_day,
  };
}

function expiringLine(row: lists.ExpiringRow, catalogue: Catalogue, day: string): OutputOf<typeof listExpiring>['items'][number] {
  const validity = row.kind === 'document' ? (catalogue.items.find((one) => one.code === row.item)?.validity ?? null) : null;
  return {
    kind: row.kind, projectId: row.project_id, projectName: row.project_name, item: row.item, itemName: wordsOf(catalogue, row.item), number: row.number, what: row.what ?? [], until: row.until, daysLeft: daysBetween(day, row.until),
    extensionsLeft: Math.max(0, (validity?.extensions ?? 0) - row.extensions), extensionMonths: validity?.extensionMonths ?? 0, then: validity?.then ?? null,
  };
}
