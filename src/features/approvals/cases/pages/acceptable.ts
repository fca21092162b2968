// Which items a joint acceptance of a stage may take in: received ones, and those that may be applied for. Not 竣工联合验收 and its parts, which are
// accepted together by a dialog of their own. Pure.
import type { ItemLine, ProjectCases } from './say.ts';

export function acceptable(one: ItemLine, completion: ProjectCases['completion']): boolean {
  if (completion !== null && (one.code === completion.item || completion.parts.includes(one.code))) return false;
  return (one.case?.status === 'received' && one.case.source === 'own') || one.mayApply;
}
