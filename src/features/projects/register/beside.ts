// What other features count beside a project's record. Filled when the program is put together, never at run time; the record asks for it apart
// from itself, so that it is not kept waiting.
import type { Now } from '../../../kernel/clock.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/db.ts';

export interface Counted {
  readonly open: number;
  readonly over: number;
  readonly stopped: number;
}

/** Of a project that the actor may know. */
export type Counter = (db: Db, actor: Actor, projectId: string, now: Now) => Promise<Counted>;

/** By the name under which the record shows it. */
export const beside = new Map<'cases' | 'problems', Counter>();
