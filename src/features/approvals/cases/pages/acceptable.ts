// Which items a joint acceptance may take in: received ones, and those that may be applied for. Pure.
import type { ItemLine } from './say.ts';

export function acceptable(one: ItemLine): boolean {
  return (one.case?.status === 'received' && one.case.source === 'own') || one.mayApply;
}
