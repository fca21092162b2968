// The gates of the land at the decision of a case: no land contract and no allocation without planning conditions (城乡规划法 37, 38), no right
// to farmland or forest without conversion and expropriation (土地管理法 44). No stage of the life cycle stands for them, so the decision asks.
import { refuse } from '../../../kernel/refuse.ts';
import type { Db } from '../../../platform/db.ts';
import { readCatalogue } from '../catalogue/store.ts';
import type { CaseEvent } from '../clocks/events.ts';
import { GATE_OF_ITEM, HARD_GATES, hardGate, type GateAnswer } from '../clocks/gates.ts';
import { dossiersOf } from '../faster/dossier.ts';

/**
 * How the gate of an item stands on a day, with what is known to apply: whether there is farmland the department that decides knows better than
 * we, and the start of works asks again, then strictly. Undefined where the item is none that a gate forbids.
 */
export async function landGate(db: Db, projectId: string, item: string, day: string): Promise<GateAnswer | undefined> {
  const code = GATE_OF_ITEM[item];
  if (code === undefined) return undefined;
  const { catalogue } = await readCatalogue(db, day);
  const dossier = (await dossiersOf(db, [projectId], catalogue)).get(projectId);
  const gate = HARD_GATES.find((one) => one.code === code);
  if (dossier === undefined || gate === undefined) return undefined;
  return hardGate(gate, { standing: (each) => dossier.standing(each, day), applies: (each) => dossier.applies(each) === true }, day);
}

/** Refuses to grant what the law forbids to grant. A refusal is always open, and what another system reports has happened. */
export function checkLandGate(gate: GateAnswer | undefined, { kind, outcome }: Pick<CaseEvent, 'kind' | 'outcome'>): void {
  if (gate === undefined || gate.open || kind !== 'decided' || outcome === 'refused') return;
  refuse('approvals.gate_shut', { gate: gate.gate, items: gate.missing.flatMap((one) => one.items).join(' ') });
}
