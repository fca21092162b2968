// The life of a problem as its record shows it: for clocks and buttons of whoever only reads. Pure.
import type { Life } from '../life/life.ts';
import type { OutputOf } from '../../../kernel/contract.ts';
import type { getProblem } from './contract.ts';

type Shown = Omit<OutputOf<typeof getProblem>, 'may' | 'usedMinutes' | 'limitMinutes' | 'limitUnit' | 'policyName' | 'left' | 'solveLeft' | 'own' | 'at'>;

/** Steps by which a problem comes to an owner. */
const HOLDS = ['forwarded', 'ruled', 'decided', 'returned', 'redone', 'reopened'];

export function lifeOf(row: Shown): Life {
  const first = row.steps.filter((step) => step.round === row.round)[0];
  return {
    state: row.state, tier: row.tier >= 5 ? 5 : row.tier === 4 ? 4 : row.tier === 3 ? 3 : row.tier === 2 ? 2 : 1, round: row.round, owner: { orgId: row.ownerOrgId, userId: null }, heldAt: at(row.steps.filter((step) => HOLDS.includes(step.kind)).at(-1)?.at ?? row.raisedAt), raisedAt: at(row.raisedAt),
    roundAt: row.round === 1 || first === undefined ? at(row.raisedAt) : at(first.at), signedAt: orNull(row.signedAt), forwardedAt: orNull(row.forwardedAt), repliedAt: orNull(row.repliedAt), submittedAt: orNull(row.submittedAt), endedAt: orNull(row.endedAt),
    agreedDay: row.agreedDay, pauses: row.pauses.map((pause) => ({ kind: pause.kind, from: at(pause.fromAt), to: orNull(pause.toAt), until: at(pause.untilAt) })), handbacks: row.handbacks, reopened: row.reopened, redone: row.redone,
    overdues: row.overdues, told: [], late: row.late, satisfaction: null, confirmedBy: null, settledTier: null, forMeeting: row.forMeeting,
  };
}

function at(text: string): number {
  return Date.parse(text);
}

function orNull(text: string | null): number | null {
  return text === null ? null : at(text);
}
