// The dossier of a project: all that runs or is done for its items in any way, and what each item can show on a day. The hard gates are judged
// by it and by nothing else. Reads; the judging is clocks/standing.ts and clocks/gates.ts.
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { sql, type Db } from '../../../platform/db.ts';
import { readCalendar } from '../calendar/store.ts';
import type { Catalogue, Facts, Item } from '../catalogue/shape.ts';
import { hardGate, HARD_GATES, type GateAnswer, type GateCode, type ItemStanding } from '../clocks/gates.ts';
import { monthsAfter } from '../clocks/months.ts';
import { promiseOf, type PromiseState } from '../clocks/promise.ts';
import { simulationOf, type Simulation } from '../clocks/simulated.ts';
import { itemStanding } from '../clocks/standing.ts';
import { toleranceState } from '../clocks/tolerance.ts';
import { applyingOf, type Applying } from './applies.ts';
import { casesOf, isGranted, type CaseFile } from './formal.ts';
import { policyOf, promisePolicy } from './policy.ts';
import * as store from './store.ts';

export interface Examined extends store.SimulationRow { readonly state: Simulation }
export interface Promised extends store.PromiseRow { readonly state: PromiseState }

export interface Dossier {
  readonly catalogue: Catalogue;
  /** The zone's, for the clocks of the law. */
  readonly calendar: WorkCalendar;
  readonly facts: Facts;
  /** Approvals keeps something of the project: from then on its gates bind. */
  readonly bound: boolean;
  readonly cases: readonly CaseFile[];
  readonly simulations: readonly Examined[];
  readonly tolerances: readonly store.ToleranceRow[];
  readonly promises: readonly Promised[];
  readonly results: readonly store.ResultRow[];
  applies(item: string): boolean | undefined;
  standing(item: string, day: string): ItemStanding | undefined;
  gate(code: GateCode, day: string): GateAnswer;
}

export async function dossiersOf(db: Db, ids: readonly string[], catalogue: Catalogue): Promise<ReadonlyMap<string, Dossier>> {
  const [{ law }, applying, cases, simulations, tolerances, promises, results, reports] = await Promise.all([
    readCalendar(db), applyingOf(db, ids, catalogue), casesOf(db, ids), store.simulationsOf(db, ids), store.tolerancesOf(db, ids), store.promisesOf(db, ids), store.resultsOf(db, ids), reportsOf(db, ids),
  ]);
  const items = new Map(catalogue.items.map((one) => [one.code, one]));
  return new Map([...applying].map(([id, known]) => {
    const of = <Row extends { readonly project_id: string }>(rows: readonly Row[]): Row[] => rows.filter((row) => row.project_id === id);
    return [id, dossierOf({ catalogue, calendar: law }, items, known, {
      cases: cases.get(id) ?? [], simulations: of(simulations), tolerances: of(tolerances), promises: of(promises), results: of(results), report: reports.get(id) ?? null,
    })];
  }));
}

/** The days of verified commencement reports 开工报告: they are no item, so nothing but the verified document shows that there is one. */
async function reportsOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.rows<{ project_id: string; day: string }>(sql`
    select project_id, min(day) as day from projects_evidence where project_id = any(${[...ids]}::uuid[]) and kind = 'commencement_report' and removed_at is null and verified_at is not null and day is not null and number is not null
      and sha256 is not null group by project_id`);
  return new Map(rows.map((row) => [row.project_id, row.day]));
}

interface Held {
  readonly cases: readonly CaseFile[]; readonly simulations: readonly store.SimulationRow[]; readonly tolerances: readonly store.ToleranceRow[]; readonly promises: readonly store.PromiseRow[];
  readonly results: readonly store.ResultRow[]; readonly report: string | null;
}

function dossierOf({ catalogue, calendar }: Pick<Dossier, 'catalogue' | 'calendar'>, items: ReadonlyMap<string, Item>, known: Applying, held: Held): Dossier {
  const simulations = held.simulations.map((row) => ({ ...row, state: simulationOf(row.steps.map((one) => one.step), policyOf(row, items.get(row.item)), calendar) }));
  const promises = held.promises.map((row) => ({ ...row, state: promiseState(row, items, known.facts, calendar) }));
  const files = { ...held, simulations, promises };
  const standing = (item: string, day: string): ItemStanding | undefined => (item === 'REPORT' ? reported(held.report) : standingOf(files, items.get(item), item, day));
  return {
    catalogue, calendar, facts: known.facts, applies: known.applies, standing, cases: held.cases, simulations, tolerances: held.tolerances, promises, results: held.results,
    bound: known.answered || [held.cases, held.simulations, held.tolerances, held.promises, held.results].some((one) => one.length > 0),
    gate: (code, day) => hardGate(gateNamed(code), { standing: (item) => standing(item, day), applies: known.applies }, day),
  };
}

function gateNamed(code: GateCode): (typeof HARD_GATES)[number] {
  const found = HARD_GATES.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no gate ${code}`);
  return found;
}

function promiseState(row: store.PromiseRow, items: ReadonlyMap<string, Item>, facts: Facts, calendar: WorkCalendar): PromiseState {
  const item = items.get(row.item);
  const policy = item === undefined ? { checkDays: 0, signers: [] } : promisePolicy(item, facts);
  return promiseOf([
    { kind: 'told', day: row.day }, { kind: 'promised', day: row.day, signers: row.signers }, { kind: 'granted', day: row.day, number: row.number },
    ...(row.checked_day === null || row.kept === null ? [] : [{ kind: 'checked' as const, day: row.checked_day, kept: row.kept, finding: row.finding ?? '' }]),
    ...(row.checked_day === null || row.revocation === null ? [] : [{ kind: 'revoked' as const, day: row.checked_day, number: row.revocation }]),
  ], { ...policy, allowed: true, excluded: false, signers: row.signers }, calendar);
}

type Files = Omit<Held, 'simulations' | 'promises'> & { readonly simulations: readonly Examined[]; readonly promises: readonly Promised[] };

function standingOf(files: Files, item: Item | undefined, code: string, day: string): ItemStanding | undefined {
  const ordinary = files.cases.find((one) => one.item === code);
  const ofItem = files.simulations.filter((one) => one.item === code);
  const simulation = ofItem.find((one) => one.state.document !== null) ?? ofItem.at(-1);
  const promise = files.promises.findLast((one) => one.item === code);
  // Materials that were owed for an earlier application say nothing of this one.
  const tolerance = files.tolerances.findLast((one) => one.item === code && (ordinary?.receivedDay === undefined || ordinary.receivedDay === null || one.tolerance.day >= ordinary.receivedDay))?.tolerance;
  const contract = files.results.find((one) => one.item === code && one.source === 'contract');
  const all: ItemStanding[] = [
    ...(ordinary === undefined ? [] : [itemStanding({ ordinary: ordinary.state, ...(tolerance === undefined ? {} : { tolerance }), until: lastDay(files, item, ordinary.id, ordinary.decidedDay) }, day)]),
    ...(promise === undefined ? [] : [itemStanding({ promise: promise.state, until: lastDay(files, item, promise.id, promise.day) }, day)]),
    ...(simulation === undefined ? [] : [itemStanding({ simulation: simulation.state, until: lastDay(files, item, simulation.id, simulation.state.document?.day ?? null) }, day)]),
    ...(contract === undefined ? [] : [{ kind: 'formal' as const, from: contract.day, until: contract.until }]),
    ...(ordinary === undefined && tolerance !== undefined ? [{ kind: OWED[toleranceState(tolerance, day)], from: null, until: null }] : []),
  ];
  return best(all, day);
}

const OWED = { owing: 'owing', returned: 'refused', clear: 'handling' } as const;
const ORDER = ['formal', 'revoked', 'verified', 'owing', 'promised', 'simulated', 'handling', 'refused'] as const;

// As in clocks/standing.ts; of two formal documents the one that holds on the day.
function best(all: readonly ItemStanding[], day: string): ItemStanding | undefined {
  const holding = (one: ItemStanding): boolean => one.from !== null && one.from <= day && (one.until === null || one.until >= day);
  return all.find((one) => one.kind === 'formal' && holding(one)) ?? ORDER.flatMap((kind) => all.filter((one) => one.kind === kind))[0];
}

/** The last day of a document: as extended, else by the catalogue from the day of issue. */
function lastDay(files: Files, item: Item | undefined, originId: string, day: string | null): string | null {
  const extended = files.results.find((one) => one.origin_id === originId);
  if (extended !== undefined) return extended.until;
  return day === null ? null : untilOf(item, day);
}

export function untilOf(item: Item | undefined, day: string): string | null {
  return item === undefined || item.validity === null ? null : monthsAfter(day, item.validity.months);
}

function reported(day: string | null): ItemStanding | undefined {
  return day === null ? undefined : { kind: 'formal', from: day, until: null };
}

export interface Document { readonly item: string; readonly number: string; readonly day: string; readonly until: string | null; readonly extensions: number; readonly source: store.ResultRow['source']; readonly originId: string | null; readonly extensionDocument: string | null }

/** The document of an item under a number, wherever it came from; undefined where there is none that holds. */
export function documentOf(dossier: Dossier, code: string, number: string): Document | undefined {
  const kept = dossier.results.find((one) => one.item === code && one.number === number);
  if (kept !== undefined && stillHolds(dossier, kept)) return { item: code, number, day: kept.day, until: kept.until, extensions: kept.extensions, source: kept.source, originId: kept.origin_id, extensionDocument: kept.extension_document };
  const item = dossier.catalogue.items.find((one) => one.code === code);
  const granted = dossier.cases.find((one) => one.item === code && one.number === number && isGranted(one));
  if (granted !== undefined && granted.decidedDay !== null) return { item: code, number, day: granted.decidedDay, until: untilOf(item, granted.decidedDay), extensions: 0, source: 'case', originId: granted.id, extensionDocument: null };
  const promise = dossier.promises.find((one) => one.item === code && one.number === number && (one.state.status === 'granted' || one.state.status === 'verified'));
  return promise === undefined ? undefined : { item: code, number, day: promise.day, until: untilOf(item, promise.day), extensions: 0, source: 'promise', originId: promise.id, extensionDocument: null };
}

/** The case or promise that it came from was not taken back since. */
function stillHolds(dossier: Dossier, { source, origin_id: originId }: store.ResultRow): boolean {
  if (source === 'case') return dossier.cases.some((one) => one.id === originId && isGranted(one));
  return source !== 'promise' || dossier.promises.some((one) => one.id === originId && one.kept !== false);
}
