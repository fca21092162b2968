// The decisions of the faster ways: what a land contract turns into formal documents and in which order, what must stand as a debt, what may be
// extended. Pure; the engines in clocks/ say what a single step may do.
import { Refusal, refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import type { Item, Track } from '../catalogue/shape.ts';
import { turnOf } from '../clocks/convert.ts';
import { monthsAfter } from '../clocks/months.ts';
import { isExpired, simulationOf, type Owed, type Premise, type Premises, type Simulation, type SimulationStep } from '../clocks/simulated.ts';
import { precedenceOf } from '../planning/precedence.ts';
import type { Document, Dossier, Examined } from './dossier.ts';
import { nameOf, namesOf, policyOf, TOLERANCE } from './policy.ts';
import type { ToleranceRow } from './store.ts';

export interface Stepped {
  readonly row: Examined;
  readonly step: SimulationStep;
  readonly after: Simulation;
}

/** One step more of a simulation. Refuses what the engine refuses. */
export function stepped(dossier: Dossier, row: Examined, step: SimulationStep, from: Simulation = row.state): Stepped {
  const item = dossier.catalogue.items.find((one) => one.code === row.item);
  return { row, step, after: inItsState(() => simulationOf([step], policyOf(row, item), dossier.calendar, from)) };
}

/** The engine names states and steps by their codes, which are no words for a reader. */
function inItsState<R>(work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'cases.not_from_state') refuse('approvals.simulation_state', {});
    throw error;
  }
}

export function simulationNamed(dossier: Dossier, id: string): Examined {
  return dossier.simulations.find((one) => one.id === id) ?? refuse('platform.not_found', {});
}

/** On a day formal, or granted by promise and found right: what the law may build on. */
export function formalOn(dossier: Dossier, day: string): ReadonlySet<string> {
  return new Set(dossier.catalogue.items.flatMap(({ code }) => {
    const standing = dossier.standing(code, day);
    return (standing?.kind === 'formal' || standing?.kind === 'verified') && standing.from !== null && standing.from <= day ? [code] : [];
  }));
}

/** What the law wants before each item; what may not apply is waited for until somebody says that it does not. */
export function lawfulBefore(dossier: Dossier, track: Track, formal: ReadonlySet<string>): (item: string) => readonly string[] {
  const present = new Set(dossier.catalogue.items.filter((one) => one.tracks[track] !== undefined && dossier.applies(one.code) !== false).map((one) => one.code));
  const { before } = precedenceOf(dossier.catalogue, track, present, formal);
  return (item) => [...new Set((before.get(item) ?? []).map((edge) => edge.from))].filter((from) => !formal.has(from));
}

/**
 * The preconditions that an opinion has to name as debts: all that are not formal on the day, but for what is itself examined in simulation and
 * for the land contract. Refuses `approvals.debts_incomplete`.
 */
export function checkDebts(dossier: Dossier, track: Track, item: string, owed: readonly Owed[], day: string): void {
  const late = owed.find((one) => one.due < day);
  if (late !== undefined) refuse('approvals.debt_due_past', { item: nameOf(dossier, late.item), day: late.due });
  const missing = debtsOf(dossier, track, item, day).filter((one) => !owed.some((debt) => debt.item === one));
  if (missing.length > 0) refuse('approvals.debts_incomplete', { items: namesOf(dossier, missing) });
}

/** The items that an opinion on `item` has to name as debts on a day. */
export function debtsOf(dossier: Dossier, track: Track, item: string, day: string): readonly string[] {
  const examined = new Set(dossier.simulations.filter((one) => ['applied', 'opined', 'converting', 'reviewing'].includes(one.state.status)).map((one) => one.item));
  const trigger = dossier.catalogue.simulation.trigger[track];
  return lawfulBefore(dossier, track, formalOn(dossier, day))(item).filter((one) => one !== trigger && !examined.has(one));
}

export interface Conversion {
  readonly steps: readonly Stepped[];
  readonly issued: readonly { readonly item: string; readonly number: string }[];
  readonly due: readonly { readonly item: string; readonly due: string }[];
  readonly waiting: readonly { readonly item: string; readonly for: readonly string[] }[];
  readonly reviewing: readonly { readonly item: string; readonly changed: readonly Premise[] }[];
  readonly lapsed: readonly string[];
}

export interface Contract {
  readonly day: string;
  readonly premises: Premises;
  readonly documents: readonly { readonly item: string; readonly number: string }[];
}

/** What the land contract makes of the opinions of a project; documents that have a number are issued on its day, each after those before it. */
export function converted(dossier: Dossier, track: Track, contract: Contract): Conversion {
  const opined = dossier.simulations.filter((one) => one.state.status === 'opined');
  const lapsed = opined.filter((one) => isExpired(one.state, contract.day));
  const stranger = contract.documents.find((one) => !opined.some((other) => other.item === one.item));
  if (stranger !== undefined) refuse('approvals.no_opinion', { item: nameOf(dossier, stranger.item) });
  const contracted = opined.filter((one) => !lapsed.includes(one)).map((row) => stepped(dossier, row, { kind: 'contracted', day: contract.day, premises: contract.premises }));
  const formal = new Set([...formalOn(dossier, contract.day), dossier.catalogue.simulation.trigger[track]]);
  const before = lawfulBefore(dossier, track, formal);
  const numbered = contracted.filter((one) => one.after.status === 'converting' && contract.documents.some((other) => other.item === one.row.item));
  const { order, waiting } = turnOf(numbered.map(({ row, after }) => ({ item: row.item, after: [...new Set([...before(row.item), ...after.owed.map((one) => one.item)])] })), formal);
  const done = new Set(formal);
  const made = order.flatMap((item) => {
    const one = numbered.find((other) => other.row.item === item);
    const number = contract.documents.find((other) => other.item === item)?.number;
    if (one === undefined || number === undefined) return [];
    const steps = issuedSteps(dossier, one.row, one.after, contract.day, number, done);
    done.add(item);
    return [{ item, number, steps }];
  });
  const converting = contracted.filter((one) => one.after.status === 'converting' && !order.includes(one.row.item));
  return {
    steps: [...contracted, ...made.flatMap((one) => one.steps)], issued: made.map(({ item, number }) => ({ item, number })), waiting,
    // Whose item was examined anew since is none of the contract's any more.
    lapsed: lapsed.map((one) => one.item).filter((item) => !contracted.some((one) => one.row.item === item)),
    due: converting.map((one) => ({ item: one.row.item, due: one.after.due ?? contract.day })),
    reviewing: contracted.filter((one) => one.after.status === 'reviewing').map((one) => ({ item: one.row.item, changed: one.after.changed })),
  };
}

/** The formal document of one simulation: what was owed and is there by now is settled first. Refuses `cases.still_owed`, `approvals.law_order`. */
export function issuedAlone(dossier: Dossier, track: Track, row: Examined, day: string, number: string): readonly Stepped[] {
  const formal = formalOn(dossier, day);
  const waits = lawfulBefore(dossier, track, formal)(row.item);
  if (waits.length > 0) refuse('approvals.law_order', { item: nameOf(dossier, row.item), items: namesOf(dossier, waits) });
  const owed = row.state.owed.find((one) => !formal.has(one.item));
  if (owed !== undefined) refuse('cases.still_owed', { item: nameOf(dossier, owed.item) });
  return issuedSteps(dossier, row, row.state, day, number, formal);
}

function issuedSteps(dossier: Dossier, row: Examined, from: Simulation, day: string, number: string, formal: ReadonlySet<string>): Stepped[] {
  const steps: Stepped[] = [];
  let state = from;
  for (const step of [...from.owed.filter((one) => formal.has(one.item)).map((one) => ({ kind: 'settled' as const, day, item: one.item })), { kind: 'issued' as const, day, number }]) {
    const taken = stepped(dossier, row, step, state);
    steps.push(taken);
    state = taken.after;
  }
  return steps;
}

/**
 * The last day of a document that is extended once more, by as many months as the law allows or fewer. Refuses `approvals.not_extendable`,
 * `approvals.extended_enough`, `approvals.extension_too_long`, `approvals.validity_over`.
 */
export function extended(item: Item, document: Document, day: string, months?: number): { readonly until: string; readonly extensions: number } {
  const { validity } = item;
  if (validity === null || document.until === null || validity.extensions === 0) return refuse('approvals.not_extendable', { item: item.name });
  if (document.extensions >= validity.extensions) refuse('approvals.extended_enough', { item: item.name, most: validity.extensions });
  if (months !== undefined && months > validity.extensionMonths) refuse('approvals.extension_too_long', { most: validity.extensionMonths, errors: [{ path: 'months', code: 'approvals.extension_too_long', params: { most: validity.extensionMonths } }] });
  if (day > document.until) refuse('approvals.validity_over', { item: item.name, day: document.until });
  if (day < document.day) refuse('cases.event_order', { day });
  return { until: monthsAfter(document.until, months ?? validity.extensionMonths), extensions: document.extensions + 1 };
}

/** The last day that may be set for a material that is missing on a day. */
export function lastDue(day: string, calendar: WorkCalendar): string {
  return calendar.add(day, TOLERANCE.mostDays).day;
}

/** The day by which a material follows: after the acceptance, and no later than the policy says. */
export function checkDue(material: string, due: string, day: string, calendar: WorkCalendar): string {
  const last = lastDue(day, calendar);
  if (due <= day || due > last) refuse('approvals.material_day', { material, day, last, most: TOLERANCE.mostDays });
  return due;
}

/** Puts the day of one material off, as often as the policy says and never once it is over. */
export function putOff(row: ToleranceRow, material: string, due: string, reason: string | undefined, today: string, calendar: WorkCalendar): { readonly before: string; readonly reason: string | null } {
  const found = row.materials.find((one) => one.material === material && one.suppliedDay === null);
  if (found === undefined) return refuse('cases.not_owed', { material });
  if (row.returned_day !== null || found.due < today) refuse('cases.returned');
  if (found.extensions >= TOLERANCE.extensions) refuse('approvals.material_extended', { material, most: TOLERANCE.extensions });
  const why = reason?.trim() ?? '';
  if (TOLERANCE.extensionReason && why === '') refuse('approvals.extension_reason', { errors: [{ path: 'reason', code: 'approvals.extension_reason' }] });
  checkDue(material, due, found.due, calendar);
  return { before: found.due, reason: why === '' ? null : why };
}
