// Whom a hand-over is told to: both of whom it speaks, and whoever proposed it where it comes to nothing. Never whoever has just acted himself.
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';
import { tell } from '../../notices/tell.ts';

export interface Told {
  readonly id: string; readonly projectId: string; readonly project: string; readonly day: string;
  readonly fromId: string | null; readonly fromName: string | null; readonly toId: string; readonly toName: string; readonly proposedBy: string;
}

/** What became of it: each is told once in its life. */
export type Turn = 'proposed' | 'agreed' | 'done' | 'refused' | 'withdrawn';

export async function tellHandover(tx: Db, one: Told, turn: Turn, actor: Actor, now: Now): Promise<void> {
  const heard = [one.fromId, one.toId, ...(turn === 'refused' ? [one.proposedBy] : [])].filter((id) => id !== null && id !== actor.userId);
  const users = [...new Set(heard.filter((id): id is string => id !== null))];
  if (users.length === 0) return;
  await tell(tx, [{
    kind: `dispatch.handover_${turn}`, key: `dispatch.handover_${turn}:${one.id}`, subject: { type: 'handover', id: one.id }, projectId: one.projectId, href: `/dispatch/handovers/${one.id}`,
    values: { project: one.project, from: one.fromName ?? '—', to: one.toName, day: one.day }, to: { users },
  }], now);
}
