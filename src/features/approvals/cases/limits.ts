// The time limits of an item as versions over time: what the catalogue and its overlays say on each day on which they change. Pure; where
// no limit is known the general one of the law holds, and it is said so.
import { addDays } from '../../../kernel/days.ts';
import { LEGAL, type ClockRules, type LimitVersion } from '../clocks/terms.ts';
import type { Catalogue, Facts, Item, Overlay } from '../contract.ts';
import { effective } from '../effective.ts';
import { limitOf } from '../limits.ts';

export interface ItemLimits {
  readonly rules: ClockRules;
  /** Neither law nor promise names a limit for the item: 行政许可法 42 stands for one. */
  readonly general: boolean;
}

/** Days, units and windows of an item under the facts of a project. Facts that are not known give the longest limit that may hold. */
export function limitsOfItem(base: Catalogue, overlays: readonly Overlay[], code: string, facts: Facts): ItemLimits {
  const changes = new Set([base.from, ...overlays.flatMap((one) => [one.from, ...(one.until === null ? [] : [addDays(one.until, 1)])])]);
  const versions: LimitVersion[] = [];
  let general = false;
  for (const from of [...changes].sort()) {
    const item = effective(base, overlays, from).catalogue.items.find((one) => one.code === code);
    if (item === undefined) continue;
    general = item.statutory.length === 0 && item.promised.length === 0;
    versions.push(versionOf(item, from, facts));
  }
  // What was applied for before the first catalogue was in force falls under its first version.
  const [first] = versions;
  return { rules: { versions: first === undefined ? [LEGAL.single] : [{ ...first, from: LEGAL.single.from }, ...versions] }, general };
}

function versionOf(item: Item, from: string, facts: Facts): LimitVersion {
  const statutory = limitOf(item, 'statutory', facts);
  const promised = limitOf(item, 'promised', facts);
  const windows = item.outside.filter((one) => one.kind === 'rectification');
  const limit = item.statutory[0];
  return {
    from,
    statutory: statutory.from === 'statutory' ? { days: statutory.days, unit: statutory.unit } : LEGAL.single.statutory,
    ...(promised.from === 'promised' ? { promised: { days: promised.days, unit: promised.unit } } : {}),
    // A limit in calendar days is another law's, which knows no extension of its own unless the catalogue names one.
    extension: limit?.extensionDays ?? (statutory.from === 'statutory' && statutory.unit === 'calendar' ? 0 : LEGAL.single.extension),
    ...(windows.length === 0 ? {} : { rectification: { windows: windows.length, days: Math.max(...windows.map((one) => one.days ?? 0)) } }),
  };
}
