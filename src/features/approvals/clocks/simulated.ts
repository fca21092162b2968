// Simulated approval (模拟审批): a department examines the real file as if the land were already obtained, so that the formal document can follow
// at once when it is. Pure. A simulated opinion has no legal force outside the process: it never stands for a formal document (gates.ts).
import { refuse } from '../../../kernel/refuse.ts';
import type { WorkCalendar } from '../../../kernel/workdays.ts';
import { monthsAfter } from './months.ts';

/** How a place simulates an item; the presets follow the rules of Tangshan's pre-permits (2019), two months and no renewal. */
export interface SimulationPolicy {
  readonly item: string;
  readonly allowed: boolean;
  readonly validMonths: number;
  /** How often it may be renewed. The planning pre-permit never is. */
  readonly renewals: number;
  /** Working days from the land contract to the formal document where nothing changed. */
  readonly convertDays: number;
  /** What it may be used for besides procedures before the construction permit: earthworks, for the construction pre-permit alone. */
  readonly works: readonly Works[];
}

export type Works = 'trench' | 'deep_pit' | 'retaining_wall' | 'slope';
export const EARTHWORKS: readonly Works[] = ['trench', 'deep_pit', 'retaining_wall', 'slope'];

/** No extension and nothing but procedures: the planning pre-permit, and what every item gets unless its place says otherwise. */
export const PRESET: Omit<SimulationPolicy, 'item' | 'allowed'> = { validMonths: 2, renewals: 0, convertDays: 1, works: [] };

/**
 * Never simulated, whatever a policy says. EIA needs no land right and is filed formally before; land itself; archaeology, state security;
 * all that examines what was built.
 */
export const NEVER_SIMULATED: ReadonlySet<string> = new Set(['P11', 'L02', 'L03', 'P18', 'P20', 'Y01', 'Y02', 'Y03', 'Y04', 'Y05', 'Y06', 'Y07', 'Y08', 'Y09', 'Y10', 'Y11', 'Y12', 'Y13']);

/** What the opinion was given for, and what the land contract then says. Equal in all four: the opinion converts as it is. */
export interface Premises {
  readonly applicant: string;
  readonly areaSquareMetres: number;
  /** Number of the planning conditions. */
  readonly planning: string;
  readonly scale: string;
}

export type Premise = keyof Premises;
const PREMISES: readonly Premise[] = ['applicant', 'areaSquareMetres', 'planning', 'scale'];

/** A precondition that is missing for now, and the day by which it should be there. */
export interface Owed {
  readonly item: string;
  readonly due: string;
}

/** What happens to a simulation, in order of days (YYYY-MM-DD). */
export type SimulationStep =
  | { readonly kind: 'applied'; readonly day: string; readonly keyProject: boolean; readonly planningIssued: boolean; readonly riskSigned: boolean }
  | { readonly kind: 'opined'; readonly day: string; readonly number: string; readonly premises: Premises; readonly owed: readonly Owed[] }
  | { readonly kind: 'settled'; readonly day: string; readonly item: string }
  | { readonly kind: 'renewed'; readonly day: string }
  | { readonly kind: 'voided'; readonly day: string; readonly reason: string }
  | { readonly kind: 'contracted'; readonly day: string; readonly premises: Premises }
  | { readonly kind: 'reviewed'; readonly day: string; readonly parts: readonly Premise[]; readonly passed: boolean }
  | { readonly kind: 'issued'; readonly day: string; readonly number: string };

export type SimulationStatus = 'none' | 'applied' | 'opined' | 'converting' | 'reviewing' | 'formal' | 'failed' | 'void';

export interface Simulation {
  readonly status: SimulationStatus;
  readonly day: string;
  /** Of the opinion. It is marked simulated wherever it is shown: `force` is part of it. */
  readonly number: string | null;
  readonly force: 'none' | 'formal';
  /** The last day on which the opinion holds. */
  readonly expires: string | null;
  readonly renewals: number;
  readonly premises: Premises | null;
  readonly owed: readonly Owed[];
  /** What the contract changed: only this is reviewed. */
  readonly changed: readonly Premise[];
  /** By when the formal document is due. */
  readonly due: string | null;
  readonly document: { readonly number: string; readonly day: string } | null;
}

export const NO_SIMULATION: Simulation = { status: 'none', day: '', number: null, force: 'none', expires: null, renewals: 0, premises: null, owed: [], changed: [], due: null, document: null };

/** The simulation after its steps. Refuses with codes of the area `cases` what the rules do not allow. */
export function simulationOf(steps: readonly SimulationStep[], policy: SimulationPolicy, calendar: WorkCalendar, from: Simulation = NO_SIMULATION): Simulation {
  return steps.reduce((state, step) => taken(state, step, policy, calendar), from);
}

/** The opinion holds no more on a day: it expires by itself. A contract entered in time keeps it for as long as the conversion may take. */
export function isExpired(state: Simulation, day: string): boolean {
  if (state.expires === null || ['formal', 'void', 'failed', 'reviewing'].includes(state.status)) return false;
  return day > state.expires && (state.due === null || day > state.due);
}

/** What is owed on a day: the debts of an opinion end with it, because nothing more becomes of it. */
export function owedOn(state: Simulation, day: string): readonly Owed[] {
  return isExpired(state, day) || state.status === 'void' || state.status === 'failed' || state.status === 'formal' ? [] : state.owed;
}

/** What is still owed although its day is over. It stops no clock; the opinion itself ends by its own day. */
export function owedLate(state: Simulation, day: string): readonly Owed[] {
  return owedOn(state, day).filter((one) => one.due < day);
}

/**
 * Whether an opinion may be used: for a procedure of another item, or for works. Refuses `cases.simulated_expired`, and
 * `cases.simulated_no_force` for a construction permit, for land and for works that it does not cover.
 */
export function checkUse(state: Simulation, use: { readonly item: string } | { readonly works: string }, policy: SimulationPolicy, day: string): void {
  if (state.status === 'formal') return;
  if (state.status !== 'opined' && state.status !== 'converting') refuse('cases.not_from_state', { kind: 'use', status: state.status });
  if (isExpired(state, day)) refuse('cases.simulated_expired', { day: state.expires });
  if ('works' in use ? !policy.works.some((one) => one === use.works) : !BEFORE_PERMIT.test(use.item)) refuse('cases.simulated_no_force');
}

/** Procedures before the construction permit: all of the project and works planning stages but land itself, and of the third stage those before K08. */
const BEFORE_PERMIT = /^(?:P\d\d|L0[16]|D\d\d|K0[1-7])$/;

function taken(state: Simulation, step: SimulationStep, policy: SimulationPolicy, calendar: WorkCalendar): Simulation {
  if (step.day < state.day) refuse('cases.event_order', { day: step.day });
  if (!FROM[step.kind].includes(state.status)) refuse('cases.not_from_state', { kind: step.kind, status: state.status });
  // It expires by itself; only that its data were false may still be said.
  if (isExpired(state, step.day) && step.kind !== 'voided') refuse('cases.simulated_expired', { day: state.expires });
  const at = { ...state, day: step.day };
  switch (step.kind) {
    case 'applied':
      checkApplication(step, policy);
      return { ...at, status: 'applied' };
    case 'opined':
      if (step.number.trim() === '') refuse('cases.event_lacks', { kind: step.kind, need: 'number' });
      return { ...at, status: 'opined', number: step.number, premises: step.premises, owed: step.owed, expires: monthsAfter(step.day, policy.validMonths) };
    case 'settled':
      if (!state.owed.some((one) => one.item === step.item)) refuse('cases.not_owed', { material: step.item });
      return { ...at, owed: state.owed.filter((one) => one.item !== step.item) };
    case 'renewed':
      if (state.renewals >= policy.renewals) refuse('cases.not_renewable', { item: policy.item });
      return { ...at, renewals: state.renewals + 1, expires: monthsAfter(step.day, policy.validMonths) };
    case 'voided':
      // Also the formal document that stood on false data.
      return { ...at, status: 'void', force: 'none', document: null };
    case 'contracted':
      return contracted(at, step.premises, policy, calendar);
    case 'reviewed':
      return reviewed(at, step.parts, step.passed, policy, calendar);
    case 'issued':
      return issued(at, step.number);
  }
}

const FROM: Readonly<Record<SimulationStep['kind'], readonly SimulationStatus[]>> = {
  applied: ['none'], opined: ['applied'], settled: ['opined', 'converting', 'reviewing'], renewed: ['opined'], voided: ['applied', 'opined', 'converting', 'reviewing', 'formal'], contracted: ['opined'],
  reviewed: ['reviewing'], issued: ['converting'],
};

function checkApplication(step: Extract<SimulationStep, { kind: 'applied' }>, policy: SimulationPolicy): void {
  if (!policy.allowed || NEVER_SIMULATED.has(policy.item)) refuse('cases.simulation_not_here', { item: policy.item });
  if (!step.keyProject) refuse('cases.simulation_key_only');
  if (!step.planningIssued) refuse('cases.simulation_no_site');
  if (!step.riskSigned) refuse('cases.simulation_not_signed');
}

/** The land contract is entered: nothing changed, and the formal document is due; or only what changed is reviewed. */
function contracted(at: Simulation, now: Premises, policy: SimulationPolicy, calendar: WorkCalendar): Simulation {
  const changed = PREMISES.filter((one) => at.premises?.[one] !== now[one]);
  if (changed.length > 0) return { ...at, status: 'reviewing', changed, premises: now };
  return { ...at, status: 'converting', due: calendar.add(at.day, policy.convertDays).day };
}

function reviewed(at: Simulation, parts: readonly Premise[], passed: boolean, policy: SimulationPolicy, calendar: WorkCalendar): Simulation {
  const missed = at.changed.find((one) => !parts.includes(one));
  if (missed !== undefined) refuse('cases.review_lacks', { part: missed });
  return passed ? { ...at, status: 'converting', due: calendar.add(at.day, policy.convertDays).day } : { ...at, status: 'failed' };
}

/** The formal document has a day and a number of its own; what was owed must be there by now. */
function issued(at: Simulation, number: string): Simulation {
  const [missing] = at.owed;
  if (missing !== undefined) refuse('cases.still_owed', { item: missing.item });
  if (number.trim() === '' || number === at.number) refuse('cases.number_not_new');
  return { ...at, status: 'formal', force: 'formal', document: { number, day: at.day } };
}
