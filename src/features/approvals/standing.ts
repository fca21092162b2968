// What a project can show for an item on a day, worked out from everything that ran for it: ordinary cases, tolerance, promise, simulation. Pure;
// says `formal` only of a decision that is complete.
import { dayOfNumber } from '../../kernel/epoch.ts';
import type { ItemStanding, StandingKind } from './gates.ts';
import type { PromiseState } from './promise.ts';
import type { Simulation } from './simulated.ts';
import type { CaseState } from './state.ts';
import { toleranceState, type Tolerance } from './tolerance.ts';

export interface ItemFile {
  readonly ordinary?: CaseState;
  readonly tolerance?: Tolerance;
  readonly promise?: PromiseState;
  readonly simulation?: Simulation;
  /** The last day on which the document is valid. */
  readonly until?: string | null;
}

/** The states must be those of the end of the day. */
export function itemStanding(file: ItemFile, day: string): ItemStanding {
  const found = [ordinary(file, day), promised(file), simulated(file)].filter((one): one is ItemStanding => one !== null);
  // What was taken back is not made good by an opinion or a promise beside it; a formal document that came by another way is.
  return ORDER.flatMap((kind) => found.filter((one) => one.kind === kind))[0] ?? { kind: 'none', from: null, until: null };
}

const ORDER: readonly StandingKind[] = ['formal', 'revoked', 'verified', 'owing', 'promised', 'simulated', 'handling', 'refused'];

function ordinary(file: ItemFile, day: string): ItemStanding | null {
  const state = file.ordinary;
  if (state === undefined || state.status === 'none' || state.status === 'withdrawn') return null;
  if (state.status === 'recalled' || state.status === 'revoked') return plain('revoked');
  if (state.status === 'not_accepted' || state.status === 'returned' || state.outcome === 'refused') return plain('refused');
  const owed = file.tolerance === undefined ? (state.outcome === 'approved_deferred' ? 'owing' : 'clear') : toleranceState(file.tolerance, day);
  // Sent back for what was not supplied: the approval that stood on it is none.
  if (owed === 'returned') return plain('refused');
  if (state.decided === null) return plain('handling');
  if (owed === 'owing') return plain('owing');
  return { kind: 'formal', from: dayOfNumber(state.decided), until: file.until ?? null };
}

function promised(file: ItemFile): ItemStanding | null {
  const state = file.promise;
  if (state === undefined) return null;
  if (state.status === 'broken' || state.status === 'revoked') return plain('revoked');
  if (state.status === 'verified') return { kind: 'verified', from: state.day, until: file.until ?? null };
  return state.status === 'granted' ? plain('promised') : state.status === 'none' ? null : plain('handling');
}

function simulated(file: ItemFile): ItemStanding | null {
  const state = file.simulation;
  if (state === undefined || state.status === 'none') return null;
  if (state.document !== null) return { kind: 'formal', from: state.document.day, until: file.until ?? null };
  return state.status === 'failed' || state.status === 'void' ? plain('refused') : plain('simulated');
}

function plain(kind: StandingKind): ItemStanding {
  return { kind, from: null, until: null };
}
