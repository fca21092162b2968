// Who may take which step of a problem, and what a raised problem must be. Pure.
import { refuse } from '../../../kernel/refuse.ts';
import type { Kind } from './kinds.ts';
import { canTake, type Life } from '../life/life.ts';
import type { StepKind } from '../life/steps.ts';

/** Where somebody stands to a problem. */
export interface Standing {
  /** He keeps the desk, or the whole zone. */
  readonly desk: boolean;
  /** He acts for its owner, or is the owner. */
  readonly owner: boolean;
  /** He acts for one of those who work on it beside the owner. */
  readonly co: boolean;
  /** The project office: rules where departments disagree. */
  readonly office: boolean;
  /** He or his organisation raised it, or it is his enterprise's. */
  readonly asker: boolean;
  /** The commissioner of a project that it serves. */
  readonly commissioner: boolean;
}

/** Steps that people take with a button; the others follow from them or from the clock. */
export const MANUAL = ['signed', 'forwarded', 'claimed', 'returned', 'ruled', 'replied', 'updated', 'paused', 'resumed', 'submitted', 'withdrawn', 'declined', 'merged', 'escalated', 'reclassified', 'reopened', 'noted'] as const satisfies readonly StepKind[];
export type Manual = (typeof MANUAL)[number];

export function mayTake(kind: Manual, who: Standing): boolean {
  switch (kind) {
    case 'signed': case 'forwarded': case 'declined': case 'merged': case 'reclassified': case 'noted': return who.desk || who.office;
    case 'updated': return who.owner || who.office || who.co;
    case 'replied': case 'paused': case 'resumed': case 'submitted': return who.owner || who.office;
    case 'claimed': case 'returned': return who.owner;
    case 'ruled': return who.office;
    case 'escalated': return who.owner || who.commissioner || who.office;
    case 'withdrawn': return who.asker;
    case 'reopened': return who.asker || who.commissioner || who.office;
  }
}

export function possible(life: Pick<Life, 'state' | 'pauses'>, who: Standing): readonly Manual[] {
  return MANUAL.filter((kind) => canTake(life, kind) && mayTake(kind, who));
}

export function checkKind(kinds: readonly Kind[], code: string): Kind {
  const kind = kinds.find((one) => one.code === code);
  if (kind === undefined || kind.retired === true) return refuse('problems.kind_unknown', { errors: [{ path: 'kind', rule: 'enum', params: {} }] });
  return kind;
}
