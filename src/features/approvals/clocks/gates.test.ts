import { describe, expect, test } from 'vitest';
import { dayOfNumber, numberOf } from '../../../kernel/epoch.ts';
import { Refusal } from '../../../kernel/refuse.ts';
import { calendarWith } from '../../../kernel/workdays.ts';
import { diceOf, type Dice } from '../../../test/world/histories.ts';
import { caseOf } from './clock.ts';
import { HARD_GATES, hardGate, type GateCode, type GateFacts, type HardGate, type ItemStanding, type StandingKind } from './gates.ts';
import { promiseOf, type PromisePolicy, type PromiseStep } from './promise.ts';
import { PRESET, simulationOf, type SimulationStep } from './simulated.ts';
import { itemStanding, type ItemFile } from './standing.ts';
import { supply, tolerate } from './tolerance.ts';
import { LEGAL } from './terms.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const calendar = calendarWith();
const DAY = '2024-06-03';

function gate(code: GateCode): HardGate {
  const found = HARD_GATES.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no gate ${code}`);
  return found;
}

const formal: ItemStanding = { kind: 'formal', from: '2024-01-01', until: null };
const facts = (standings: Readonly<Record<string, ItemStanding>>, notHere: readonly string[] = []): GateFacts => ({ standing: (item) => standings[item], applies: (item) => (notHere.includes(item) ? false : undefined) });
const START = { K08: formal, P11: formal, P09: formal, P12: formal, P17: formal, K03: formal, K04: formal };

describe('the hard gates', () => {
  test('are the ones of the law', () => {
    expect(HARD_GATES.map((one) => [one.code, one.needs.map((need) => `${need.anyOf.join('|')}${need.conditional ? '?' : ''}`).join(' ')])).toEqual([
      ['start', 'K08|REPORT P11 P09? P12? P17? K03? K04?'], ['land_contract', 'L01 L02?'], ['land_allocation', 'L01 L02?'], ['land_right', 'L02?'], ['completion_acceptance', 'Y01'], ['use', 'Y02'],
      ['production', 'Y08? Y09? Y10?'], ['discharge', 'Y07?'],
    ]);
  });

  test('open where everything is formal; a commencement report stands for the permit', () => {
    expect(hardGate(gate('start'), facts(START), DAY)).toEqual({ gate: 'start', open: true, missing: [] });
    const { K08: _permit, ...others } = START;
    expect(hardGate(gate('start'), facts({ ...others, REPORT: formal }), DAY).open).toBe(true);
    expect(hardGate(gate('start'), facts(others), DAY).missing).toEqual([{ items: ['K08', 'REPORT'], why: 'none', law: 'building_7' }]);
  });

  test.each<[StandingKind]>([['simulated'], ['owing'], ['promised'], ['handling'], ['refused'], ['revoked'], ['none']])('stay shut on what is %s', (kind) => {
    for (const item of Object.keys(START)) {
      const { open, missing } = hardGate(gate('start'), facts({ ...START, [item]: { kind, from: '2024-01-01', until: null } }), DAY);
      expect([open, missing.map((one) => one.why)]).toEqual([false, [kind]]);
    }
  });

  test('take a promise that was checked where the item may go by promise, and never where it may not', () => {
    const verified: ItemStanding = { ...formal, kind: 'verified' };
    expect(hardGate(gate('start'), facts({ ...START, K08: verified, P12: verified }), DAY).open).toBe(true);
    for (const item of ['P17', 'K03', 'K04']) expect(hardGate(gate('start'), facts({ ...START, [item]: verified }), DAY).missing.map((one) => one.why)).toEqual(['promise_not_allowed']);
    expect(hardGate(gate('use'), facts({ Y02: verified }), DAY).open).toBe(false);
  });

  test('want what is conditional unless somebody said that it does not apply', () => {
    const { P17: _forest, ...others } = START;
    expect(hardGate(gate('start'), facts(others), DAY).open).toBe(false);
    expect(hardGate(gate('start'), facts(others, ['P17']), DAY).open).toBe(true);
    expect(hardGate(gate('start'), facts({}, ['P11', 'K08']), DAY).missing.map((one) => one.items[0])).toContain('P11');
  });

  test('shut again when a document expires, and before it holds', () => {
    expect(hardGate(gate('start'), facts({ ...START, K08: { ...formal, until: '2024-06-02' } }), DAY).missing[0]?.why).toBe('expired');
    expect(hardGate(gate('start'), facts({ ...START, K08: { ...formal, until: DAY } }), DAY).open).toBe(true);
    expect(hardGate(gate('start'), facts({ ...START, K08: { ...formal, from: '2024-06-04' } }), DAY).missing[0]?.why).toBe('not_yet');
  });
});

// The model keeps one word for each way and knows no gate: what a clerk would write on a slip.
interface Slip { decided: 'no' | 'yes' | 'owing' | 'lost'; promise: 'no' | 'unchecked' | 'kept' | 'false'; document: boolean }
const PROMISE: PromisePolicy = { allowed: true, excluded: false, checkDays: 20, signers: ['legal_representative'] };

describe(`random lives of simulated, tolerated and promised items (seed ${SEED})`, () => {
  const dice = diceOf(SEED);
  const NEVER = new Set(['P17', 'K03', 'K04']);

  test('never open the gate of the start but as the model says, and a simulated one never', () => {
    let [opened, shutBySimulation] = [0, 0];
    for (let turn = 0; turn < 6000; turn += 1) {
      const standings: Record<string, ItemStanding> = { ...START };
      let allowed = true;
      for (const item of Object.keys(START)) {
        // Most items stay formal, or no gate would ever open.
        if (dice(6) > 0) continue;
        const { file, slip } = lifeOf(dice);
        standings[item] = itemStanding(file, DAY);
        const good = slip.document || slip.decided === 'yes' || (slip.promise === 'kept' && !NEVER.has(item) && slip.decided !== 'lost');
        if (!good) allowed = false;
        if (standings[item]?.kind === 'simulated') shutBySimulation += 1;
        if (file.simulation !== undefined && file.ordinary === undefined && file.promise === undefined && !slip.document) expect(hardGate(gate('start'), facts(standings), DAY).open).toBe(false);
      }
      const { open } = hardGate(gate('start'), facts(standings), DAY);
      expect(open).toBe(allowed);
      if (open) opened += 1;
    }
    expect(Math.min(opened, shutBySimulation)).toBeGreaterThan(100);
  });
});

function lifeOf(dice: Dice): { file: ItemFile; slip: Slip } {
  const slip: Slip = { decided: 'no', promise: 'no', document: false };
  let file: ItemFile = {};
  if (dice(2) === 0) file = { ...file, ...simulationLife(dice, slip) };
  if (dice(3) === 0) file = { ...file, ...ordinaryLife(dice, slip) };
  if (dice(3) === 0) file = { ...file, ...promiseLife(dice, slip) };
  return { file, slip };
}

const dayAt = (step: number): string => dayOfNumber(numberOf(2024, 2, 1) + step);

function simulationLife(dice: Dice, slip: Slip): ItemFile {
  const policy = { ...PRESET, item: 'K08', allowed: true };
  const premises = { applicant: 'a', areaSquareMetres: 1, planning: 'p', scale: 's' };
  let state = simulationOf([], policy, calendar);
  let at = 0;
  let owed = dice(2) === 0;
  let contract = 'none';
  for (let tries = 2 + dice(14); tries > 0; tries -= 1) {
    at += dice(6);
    const day = dayAt(at);
    const steps: readonly SimulationStep[] = [
      { kind: 'applied', day, keyProject: true, planningIssued: true, riskSigned: true }, { kind: 'opined', day, number: 'sim', premises, owed: owed ? [{ item: 'L04', due: day }] : [] },
      { kind: 'settled', day, item: 'L04' }, { kind: 'contracted', day, premises: { ...premises, areaSquareMetres: 1 + dice(2) } }, { kind: 'reviewed', day, parts: ['areaSquareMetres'], passed: dice(2) === 0 },
      { kind: 'issued', day, number: 'formal' }, ...(dice(6) === 0 ? [{ kind: 'voided', day, reason: 'false' } as const] : []),
    ];
    const step = steps[dice(steps.length)];
    if (step === undefined) continue;
    try {
      state = simulationOf([step], policy, calendar, state);
    } catch (error) {
      if (error instanceof Refusal) continue;
      throw error;
    }
    if (step.kind === 'settled') owed = false;
    if (step.kind === 'contracted') contract = step.premises.areaSquareMetres === 1 ? 'same' : 'changed';
    if (step.kind === 'reviewed' && step.passed) contract = 'same';
    // A formal document is one that was issued after a contract with what the opinion was given for, with nothing owed: the only way.
    if (step.kind === 'issued') {
      expect([owed, contract]).toEqual([false, 'same']);
      slip.document = true;
    }
    if (step.kind === 'voided') slip.document = false;
  }
  return { simulation: state };
}

function ordinaryLife(dice: Dice, slip: Slip): ItemFile {
  const rules = { versions: [LEGAL.single] };
  const deferred = dice(2) === 0;
  const base = { by: 'department', document: 'd', reason: 'r' } as const;
  const events = [
    { ...base, id: '1', kind: 'received', day: '2024-03-01', seq: 1, by: 'applicant' } as const, { ...base, id: '2', kind: 'accepted', day: '2024-03-01', seq: 2 } as const,
    { ...base, id: '3', kind: 'decided', day: '2024-03-08', seq: 3, outcome: deferred ? 'approved_deferred' : 'approved' } as const, { ...base, id: '4', kind: 'revoked', day: '2024-04-01', seq: 4 } as const,
  ];
  const taken = 1 + dice(events.length);
  const ordinary = caseOf(events.slice(0, taken), rules, calendar);
  if (taken === 4) slip.decided = 'lost';
  if (taken !== 3) return { ordinary };
  if (!deferred) {
    slip.decided = 'yes';
    return { ordinary };
  }
  // Nobody knows what is owed; it is owed and not due yet; it came; it never came.
  const how = dice(4);
  slip.decided = how === 2 ? 'yes' : 'owing';
  if (how === 0) return { ordinary };
  const tolerance = tolerate([{ id: 'map', main: false, deferDays: how === 1 ? 200 : 5 }], new Set(), '2024-03-01', true, calendar);
  return { ordinary, tolerance: how === 2 ? supply(tolerance, 'map', '2024-03-06') : tolerance };
}

function promiseLife(dice: Dice, slip: Slip): ItemFile {
  const kept = dice(2) === 0;
  const steps: readonly PromiseStep[] = [
    { kind: 'told', day: '2024-03-01' }, { kind: 'promised', day: '2024-03-01', signers: ['legal_representative'] }, { kind: 'granted', day: '2024-03-01', number: 'P' },
    { kind: 'checked', day: '2024-03-20', kept, finding: 'seen' },
  ];
  const taken = 1 + dice(steps.length);
  slip.promise = taken === 4 ? (kept ? 'kept' : 'false') : taken === 3 ? 'unchecked' : 'no';
  // What was found false takes the permit with it, whatever else is owed beside it.
  if (slip.promise === 'false' && slip.decided !== 'yes') slip.decided = 'lost';
  return { promise: promiseOf(steps.slice(0, taken), PROMISE, calendar) };
}
