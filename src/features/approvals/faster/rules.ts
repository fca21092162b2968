// The decisions of the faster ways: what a land contract turns into formal documents and in which order, what must stand as a debt, what may be
// extended. Pure; the engines in clocks/ say what a single step may do.
import { refuse } from '../../../kernel/refuse.ts';
import type { Item, Track } from '../catalogue/shape.ts';
import { turnOf } from '../clocks/convert.ts';
import { monthsAfter } from '../clocks/months.ts';
import { isExpired, simulationOf, type Owed, type Premise, type Premises, type Simulation, type SimulationStep } from '../clocks/simulated.ts';
import { precedenceOf } from '../planning/precedence.ts';
import type { Document, Dossier, Examined } from './dossier.ts';
import { policyOf } from './policy.ts';

export interface Stepped {
  readonly row: Examined;
  readonly step: SimulationStep;
  readonly after: Simulation;
}

/** One step more of a simulation. Refuses what the engine refuses. */
export function stepped(dossier: Dossier, row: Examined, step: SimulationStep, from: Simulation = row.state): Stepped {
  const item = dossier.catalogue.items.find((one) => one.code === row.item);
  return { row, step, after: simulationOf([step], policyOf(row, item), dossier.calendar, from) };
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
  if (late !== undefined) refuse('approvals.debt_due_past', { item: late.item, day: late.due });
  const missing = debtsOf(dossier, track, item, day).filter((one) => !owed.some((debt) => debt.item === one));
  if (missing.length > 0) refuse('approvals.debts_incomplete', { items: missing.join(' ') });
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
  const lapsed = opined.filter((one) => isExpired(one.state, contract.day)).map((one) => one.item);
  const stranger = contract.documents.find((one) => !opined.some((other) => other.item === one.item));
  if (stranger !== undefined) refuse('approvals.no_opinion', { item: stranger.item });
  const contracted = opined.filter((one) => !lapsed.includes(one.item)).map((row) => stepped(dossier, row, { kind: 'contracted', day: contract.day, premises: contract.premises }));
  const formal = new Set([...formalOn(dossier, contract.day), dossier.catalogue.simulation.trigger[track]]);
  const before = lawfulBefore(dossier, track, formal);
  const numbered = contracted.filter((one) => one.after.status === 'converting' && contract.documents.some((other) => other.item === one.row.item));
  const { order, waiting } = turnOf(numbered.map(({ row, after }) => ({ item: row.item, after: [...before(row.item), ...after.owed.map((one) => one.item)] })), formal);
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
    steps: [...contracted, ...made.flatMap((one) => one.steps)], issued: made.map(({ item, number }) => ({ item, number })), waiting, lapsed,
    due: converting.map((one) => ({ item: one.row.item, due: one.after.due ?? contract.day })),
    reviewing: contracted.filter((one) => one.after.status === 'reviewing').map((one) => ({ item: one.row.item, changed: one.after.changed })),
  };
}

/** The formal document of one simulation: what was owed and is there by now is settled first. Refuses `cases.still_owed`, `approvals.law_order`. */
export function issuedAlone(dossier: Dossier, track: Track, row: Examined, day: string, number: string): readonly Stepped[] {
  const formal = formalOn(dossier, day);
  const waits = lawfulBefore(dossier, track, formal)(row.item);
  if (waits.length > 0) refuse('approvals.law_order', { item: row.item, items: waits.join(' ') });
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

/** The last day of a document that is extended once more. Refuses `approvals.not_extendable`, `approvals.validity_over`. */
export function extended(item: Item, document: Document, day: string): { readonly until: string; readonly extensions: number } {
  const { validity } = item;
  if (validity === null || document.until === null || document.extensions >= validity.extensions) return refuse('approvals.not_extendable', { item: item.code, most: validity?.extensions ?? 0 });
  if (day > document.until) refuse('approvals.validity_over', { item: item.code, day: document.until });
  if (day < document.day) refuse('cases.event_order', { day });
  return { until: monthsAfter(document.until, validity.extensionMonths), extensions: document.extensions + 1 };
}
