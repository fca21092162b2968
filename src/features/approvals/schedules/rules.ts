// What may be done with the versions of a contractor's schedule. Pure.
import { refuse } from '../../../kernel/refuse.ts';
import type { Version } from './contract.ts';

/** The version that was made of this very file and still holds; undefined where the file is new. */
export function knownVersion(versions: readonly Version[], sha256: string): Version | undefined {
  return versions.find((one) => one.sha256 === sha256 && one.withdrawn === null);
}

export function nextNumber(versions: readonly Version[]): number {
  return versions.reduce((most, one) => Math.max(most, one.number), 0) + 1;
}

/** In which other version the tasks of one are looked up, and how: programs keep their own key, between programs only names agree. */
export function againstOf(version: Version, other: Version | undefined): { readonly id: string; readonly by: 'key' | 'named' } | null {
  return other === undefined ? null : { id: other.id, by: other.format === version.format ? 'key' : 'named' };
}

/** Refuses a version that was withdrawn, and the one that is the baseline already. Gives the number of the baseline before. */
export function decideBaseline(versions: readonly Version[], version: Version): { readonly before: number | null } {
  if (version.withdrawn !== null) refuse('schedules.withdrawn', { number: version.number });
  if (version.baseline) refuse('schedules.baseline_already', { number: version.number });
  return { before: versions.find((one) => one.baseline)?.number ?? null };
}

/** Refuses what was withdrawn before, and the baseline: another one must take its place first. Gives the version that is the current one then. */
export function decideWithdrawal(versions: readonly Version[], version: Version): { readonly current: number | null } {
  if (version.withdrawn !== null) refuse('schedules.withdrawn', { number: version.number });
  if (version.baseline) refuse('schedules.is_baseline', { number: version.number });
  return { current: versions.find((one) => one.withdrawn === null && one.id !== version.id)?.number ?? null };
}
