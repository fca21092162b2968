// The hard gates of building: what may not happen before which formal approvals. Data and a pure evaluation. Nothing but a formal result opens
// them: not a simulated opinion, not an acceptance with materials owed, not a promise that nobody has checked yet.

/** What a project may show for an item on a day (standing.ts works it out from its cases). */
export interface ItemStanding {
  readonly kind: StandingKind;
  /** Of what is formal: from this day, YYYY-MM-DD. */
  readonly from: string | null;
  /** The last day on which it is valid; null: without end. */
  readonly until: string | null;
}

/**
 * `formal`: decided and complete. `verified`: granted by promise, and the check found it kept. `promised`: granted by promise, not checked.
 * `owing`: approved or accepted with materials owed. `simulated`: an opinion without legal force. `revoked`: taken back, or found false.
 */
export type StandingKind = 'none' | 'handling' | 'refused' | 'simulated' | 'owing' | 'promised' | 'verified' | 'formal' | 'revoked';

export type GateCode = 'start' | 'land_contract' | 'land_allocation' | 'land_right' | 'completion_acceptance' | 'use' | 'production' | 'discharge';

export interface Requirement {
  /** One of these is enough. */
  readonly anyOf: readonly string[];
  /** Only where the item applies to the project. Where nobody has said that it does not, it does. */
  readonly conditional: boolean;
  /**
   * Whether a permit that was given by promise and then found right counts. Never where the item may not go by promise at all: such a permit
   * should not exist, and no check makes it lawful.
   */
  readonly promise: 'verified' | 'never';
  /** Key of the words `cases:law`. */
  readonly law: string;
}

export interface HardGate {
  readonly code: GateCode;
  readonly needs: readonly Requirement[];
}

const need = (anyOf: string | readonly string[], law: string, more: Partial<Requirement> = {}): Requirement => ({ anyOf: typeof anyOf === 'string' ? [anyOf] : anyOf, conditional: false, promise: 'never', law, ...more });
const applies = { conditional: true };

/** Items by their codes in the catalogue. `REPORT`: an approved commencement report, where the State Council wants one instead of the permit (建筑法 7). */
export const HARD_GATES: readonly HardGate[] = [
  { code: 'start', needs: [
    // Both may go by promise where the place allows it (P11 for listed forms of low impact alone), so they count, but only once checked.
    need(['K08', 'REPORT'], 'building_7', { promise: 'verified' }),
    need('P11', 'assessment_25', { promise: 'verified' }),
    need('P09', 'energy_15', { ...applies, promise: 'verified' }),
    need('P12', 'soil_26', { ...applies, promise: 'verified' }),
    need('P17', 'forest_37', applies),
    need('K03', 'fire_12', applies),
    need('K04', 'safety_33', applies),
  ] },
  { code: 'land_contract', needs: [need('L01', 'planning_38'), need('L02', 'land_44', applies)] },
  { code: 'land_allocation', needs: [need('L01', 'planning_37'), need('L02', 'land_44', applies)] },
  { code: 'land_right', needs: [need('L02', 'land_44', applies)] },
  { code: 'completion_acceptance', needs: [need('Y01', 'planning_45')] },
  { code: 'use', needs: [need('Y02', 'fire_13')] },
  { code: 'production', needs: [need('Y08', 'protection_19', applies), need('Y09', 'soil_27', applies), need('Y10', 'safety_34', applies)] },
  { code: 'discharge', needs: [need('Y07', 'discharge_2', { ...applies, promise: 'verified' })] },
];

/**
 * Items that are themselves what a gate forbids: the land contract, the allocation, the registered right to the land. No stage of the life
 * cycle stands for them, so their decision asks.
 */
export const GATE_OF_ITEM: Readonly<Record<string, GateCode>> = { L04: 'land_contract', L05: 'land_allocation', L07: 'land_right' };

export type Missing = 'none' | 'handling' | 'refused' | 'simulated' | 'owing' | 'promised' | 'promise_not_allowed' | 'revoked' | 'expired' | 'not_yet';

export interface GateAnswer {
  readonly gate: GateCode;
  readonly open: boolean;
  readonly missing: readonly Lack[];
}

/** None of the items opens the gate; `why`: what stands in the way of the one that is nearest to it. */
export interface Lack {
  readonly items: readonly string[];
  readonly why: Missing;
  readonly law: string;
}

export interface GateFacts {
  standing(item: string): ItemStanding | undefined;
  /** Whether the item applies to the project; undefined: nobody has said. */
  applies(item: string): boolean | undefined;
}

/** Whether a hard gate is open on a day, and what is missing. It cannot be waived. */
export function hardGate(gate: HardGate, facts: GateFacts, day: string): GateAnswer {
  const missing: Lack[] = [];
  for (const one of gate.needs) {
    if (one.conditional && one.anyOf.every((item) => facts.applies(item) === false)) continue;
    const answers = one.anyOf.map((item) => lacking(facts.standing(item), one, day));
    if (!answers.includes(null)) missing.push({ items: one.anyOf, why: answers.find((why) => why !== null && why !== 'none') ?? 'none', law: one.law });
  }
  return { gate: gate.code, open: missing.length === 0, missing };
}

/** Null where the item opens the gate. */
function lacking(standing: ItemStanding | undefined, requirement: Requirement, day: string): Missing | null {
  if (standing === undefined) return 'none';
  if (standing.kind === 'verified' && requirement.promise === 'never') return 'promise_not_allowed';
  if (standing.kind !== 'formal' && standing.kind !== 'verified') return standing.kind;
  if (standing.from === null || standing.from > day) return 'not_yet';
  return standing.until !== null && standing.until < day ? 'expired' : null;
}

