// Commands of simulated approval 模拟审批: apply, give an opinion, settle a debt, void it; the land contract with its conversion, the review of
// what changed, and the formal document. An opinion is never a document: only what these commands issue after the contract is.
import { refuse } from '../../../kernel/refuse.ts';
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { handler, type CommandHandler } from '../../../platform/feature.ts';
import { isExpired, simulationOf, type Simulation, type SimulationStep } from '../clocks/simulated.ts';
import * as contract from './contract.ts';
import { untilOf, type Examined } from './dossier.ts';
import { nameOf, namesOf, simulationPolicy } from './policy.ts';
import { checkDebts, converted, formalOn, issuedAlone, simulationNamed, stepped, type Stepped } from './rules.ts';
import * as store from './store.ts';
import { checkDay, itemNamed, loadSubject, onItem, onPart, told, touched, versioned, type Subject } from './subject.ts';

const EXAMINE = 'approvals.examine';

const apply = handler(contract.applySimulation, {
  permission: 'approvals.simulate',
  ...onItem((input) => [input.riskSha]),
  decide: ({ subject, input, now }) => {
    const item = itemNamed(subject, input.item);
    const day = checkDay(input.day, now.day);
    const earlier = subject.dossier.simulations.filter((one) => one.item === item.code);
    const running = earlier.find((one) => !isOver(one, now.day));
    if (running !== undefined) refuse('approvals.simulation_running', { item: item.name });
    const step: SimulationStep = { kind: 'applied', day, keyProject: subject.project.level !== null, planningIssued: sited(subject, day), riskSigned: input.riskSigned };
    const policy = simulationPolicy(subject.dossier.catalogue, item);
    if (!policy.allowed) refuse('cases.simulation_not_here', { item: item.name });
    return { step, policy, after: simulationOf([step], policy, subject.dossier.calendar), round: earlier.length + 1 };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    await store.insertSimulation(tx, { id: input.simulationId, projectId: input.id, item: input.item, round: changes.round, orgId: subject.orgId, signedBy: input.signedBy.trim(), planning: input.planning.trim(), riskSha: input.riskSha, policy: changes.policy }, now.instant);
    await store.writeStep(tx, input.simulationId, changes.step, changes.after, actor, now.instant);
    return touched(tx, input.id, now);
  },
  event: ({ input, changes }) => told('simulation_applied', 'simulation', input.simulationId, input.id, { item: input.item, round: changes.round, day: input.day, planning: input.planning, signedBy: input.signedBy }),
});

/** Ended without a document. An opinion that expired is over although nobody wrote it down. */
function isOver(one: Examined, day: string): boolean {
  return one.state.status === 'failed' || one.state.status === 'void' || isExpired(one.state, day);
}

// Where approvals keeps a case for the planning conditions, that case says whether they are issued; else their number, which is required, does.
function sited({ dossier }: Subject, day: string): boolean {
  return dossier.cases.every((one) => one.item !== 'L01') || dossier.standing('L01', day)?.kind === 'formal';
}

const opine = handler(contract.giveOpinion, {
  permission: EXAMINE,
  ...onPart((input) => input.simulationId),
  decide: ({ subject, input, now }) => {
    const row = simulationNamed(subject.dossier, input.simulationId);
    const day = checkDay(input.day, now.day);
    const step = stepped(subject.dossier, row, { kind: 'opined', day, number: input.number.trim(), premises: input.premises, owed: input.owed });
    checkDebts(subject.dossier, subject.track, row.item, input.owed, day);
    return step;
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await write(tx, [changes], input.id, actor, now);
    return { ...(await touched(tx, input.id, now)), expires: changes.after.expires };
  },
  event: ({ input, changes }) => told('simulation_opined', 'simulation', input.simulationId, input.id, { item: changes.row.item, day: input.day, number: input.number, force: 'none', expires: changes.after.expires, owed: input.owed }),
});

const settle = handler(contract.settleDebt, {
  permission: EXAMINE,
  ...onPart((input) => input.simulationId),
  decide: ({ subject, input, now }) => {
    const day = checkDay(input.day, now.day);
    const row = simulationNamed(subject.dossier, input.simulationId);
    if (!row.state.owed.some((one) => one.item === input.item)) refuse('cases.not_owed', { material: nameOf(subject.dossier, input.item) });
    const step = stepped(subject.dossier, row, { kind: 'settled', day, item: input.item });
    // A debt is settled by the document itself, not by another opinion.
    if (!formalOn(subject.dossier, day).has(input.item)) refuse('approvals.debt_not_formal', { item: nameOf(subject.dossier, input.item) });
    return step;
  },
  save: async ({ tx, changes, input, actor, now }) => {
    await write(tx, [changes], input.id, actor, now);
    return touched(tx, input.id, now);
  },
  event: ({ input, changes }) => told('debt_settled', 'simulation', input.simulationId, input.id, { item: changes.row.item, day: input.day, settled: input.item }),
});

const voided = handler(contract.voidSimulation, {
  permission: EXAMINE,
  ...onPart((input) => input.simulationId),
  decide: ({ subject, input, now }) => stepped(subject.dossier, simulationNamed(subject.dossier, input.simulationId), { kind: 'voided', day: checkDay(input.day, now.day), reason: input.reason.trim() }),
  save: async ({ tx, changes, input, actor, now }) => {
    await write(tx, [changes], input.id, actor, now);
    await store.voidResults(tx, input.simulationId);
    return touched(tx, input.id, now);
  },
  event: ({ input, changes }) => told('simulation_voided', 'simulation', input.simulationId, input.id, { item: changes.row.item, day: input.day }, input.reason),
});

const enterContract = handler(contract.enterLandContract, {
  permission: EXAMINE,
  load: async ({ tx, actor, input, now }) => {
    const subject = await loadSubject(tx, actor, input.id, {}, now);
    // The land's own department enters it also where it does not lead the project.
    return subject ?? loadSubject(tx, actor, input.id, { item: 'L04' }, now);
  },
  ...versioned,
  decide: ({ subject, input, now }) => {
    const day = checkDay(input.day, now.day);
    const trigger = subject.dossier.catalogue.simulation.trigger[subject.track];
    if (subject.dossier.standing(trigger, day)?.kind === 'formal') refuse('approvals.contract_entered', {});
    const gate = subject.dossier.gate(subject.track === 'government' ? 'land_allocation' : 'land_contract', day);
    if (!gate.open) refuse('approvals.gate_shut', { gate: gate.gate, items: namesOf(subject.dossier, gate.missing.flatMap((one) => one.items)) });
    return { trigger, day, ...converted(subject.dossier, subject.track, { day, premises: input.premises, documents: input.documents }) };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    await store.writeResult(tx, { projectId: input.id, item: changes.trigger, number: input.number.trim(), day: changes.day, until: null, extensions: 0, source: 'contract', origin_id: null, extended_day: null, extension_document: null }, now.instant);
    await write(tx, changes.steps, input.id, actor, now, subject);
    const { issued, due, waiting, reviewing, lapsed } = changes;
    return {
      ...(await touched(tx, input.id, now)), issued: [...issued], due: [...due], lapsed: [...lapsed],
      waiting: waiting.map((one) => ({ ...one, for: [...one.for] })), reviewing: reviewing.map((one) => ({ ...one, changed: [...one.changed] })),
    };
  },
  event: ({ input, changes }) => [
    told('land_contract_entered', 'project', input.id, input.id, { item: changes.trigger, number: input.number, day: input.day, ...input.premises, issued: changes.issued.map((one) => one.item), reviewing: changes.reviewing.map((one) => one.item), lapsed: changes.lapsed }),
    ...lastSteps(changes.steps).map(({ row, after }) => told(`simulation_${after.status}`, 'simulation', row.id, input.id, { item: row.item, day: input.day, ...(after.document === null ? { due: after.due, changed: after.changed } : { number: after.document.number }) })),
  ],
});

/** Of each simulation the step after which it stands. */
function lastSteps(steps: readonly Stepped[]): Stepped[] {
  return [...new Map(steps.map((one) => [one.row.id, one])).values()];
}

const review = handler(contract.reviewChange, {
  permission: EXAMINE,
  ...onPart((input) => input.simulationId),
  decide: ({ subject, input, now }) => stepped(subject.dossier, simulationNamed(subject.dossier, input.simulationId), { kind: 'reviewed', day: checkDay(input.day, now.day), parts: input.parts, passed: input.passed }),
  save: async ({ tx, changes, input, actor, now }) => {
    await write(tx, [changes], input.id, actor, now);
    return touched(tx, input.id, now);
  },
  event: ({ input, changes }) => told('change_reviewed', 'simulation', input.simulationId, input.id, { item: changes.row.item, day: input.day, changed: input.parts, passed: input.passed }),
});

const issue = handler(contract.issueFormal, {
  permission: EXAMINE,
  ...onPart((input) => input.simulationId),
  decide: ({ subject, input, now }) => {
    const row = simulationNamed(subject.dossier, input.simulationId);
    return { row, steps: issuedAlone(subject.dossier, subject.track, row, checkDay(input.day, now.day), input.number.trim()) };
  },
  save: async ({ tx, changes, subject, input, actor, now }) => {
    await write(tx, changes.steps, input.id, actor, now, subject);
    return touched(tx, input.id, now);
  },
  event: ({ input, changes }) => told('simulation_formal', 'simulation', input.simulationId, input.id, { item: changes.row.item, day: input.day, number: input.number }),
});

/** Writes steps in their order, and a document for each that is issued. */
async function write(tx: Db, steps: readonly Stepped[], projectId: string, actor: Actor, now: Now, subject?: Subject): Promise<void> {
  for (const { row, step, after } of steps) {
    await store.writeStep(tx, row.id, step, after, actor, now.instant);
    if (step.kind === 'issued' && subject !== undefined) await store.writeResult(tx, documentFrom(subject, row, after, projectId), now.instant);
  }
}

function documentFrom({ dossier }: Subject, row: Examined, { document }: Simulation, projectId: string): Parameters<typeof store.writeResult>[1] {
  const item = dossier.catalogue.items.find((one) => one.code === row.item);
  return { projectId, item: row.item, number: document?.number ?? '', day: document?.day ?? '', until: untilOf(item, document?.day ?? ''), extensions: 0, source: 'simulation', origin_id: row.id, extended_day: null, extension_document: null };
}

export const simulationCommands: readonly CommandHandler[] = [apply, opine, settle, voided, enterContract, review, issue];
