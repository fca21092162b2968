// The time limits of an item as versions over time: what the catalogue says on each day on which it changes. Pure; where no limit is known the
// general one of the law holds, and it is said so.
import type { ClockRules, LimitVersion, Step } from '../clocks/terms.ts';
import { LEGAL } from '../clocks/terms.ts';
import type { Facts, Item } from '../catalogue/shape.ts';
import { limitOf } from '../planning/limits.ts';

export interface ItemLimits {
  readonly rules: ClockRules;
  /** Neither law nor promise names a limit for the item: 行政许可法 42 stands for one. */
  readonly general: boolean;
}

/** An item as it stands from a day on. */
export interface Dated {
  readonly from: string;
  readonly item: Item;
  /** The one within which it is done, where a promise says so: its days and windows are the item's. */
  readonly host?: Item;
}

/** Limits of an item under the facts of a project, its versions in the order of their days. Facts that are not known give the longest that may hold. */
export function limitsOfItem(versions: readonly Dated[], facts: Facts): ItemLimits {
  const last = versions.at(-1)?.item;
  return {
    rules: { versions: versions.length === 0 ? [LEGAL.single] : versions.map((one) => versionOf(one, facts)) },
    general: last === undefined || (last.statutory.length === 0 && last.promised.length === 0),
  };
}

function versionOf({ item, from, host }: Dated, facts: Facts): LimitVersion {
  const statutory = limitOf(item, 'statutory', facts);
  const own = limitOf(item, 'promised', facts);
  const whole = own.within === null || host === undefined ? item : host;
  const promised = whole === item ? own : limitOf(whole, 'promised', facts);
  // A window whose days nobody has published cannot be kept.
  const windows = whole.outside.flatMap((one) => (one.kind === 'rectification' && one.days !== null ? [one.days] : []));
  const steps = promised.from === 'promised' ? stepsOf(whole, promised.days) : [];
  return {
    from,
    statutory: statutory.from === 'statutory' ? { days: statutory.days, unit: statutory.unit } : LEGAL.single.statutory,
    ...(promised.from === 'promised' ? { promised: { days: promised.days, unit: promised.unit } } : {}),
    // A limit in calendar days is another law's, which knows no extension of its own unless the catalogue names one.
    extension: item.statutory[0]?.extensionDays ?? (statutory.from === 'statutory' && statutory.unit === 'calendar' ? 0 : LEGAL.single.extension),
    ...(windows.length === 0 ? {} : { rectification: { windows: windows.length, days: Math.max(...windows) } }),
    ...(steps.length === 0 ? {} : { steps }),
  };
}

function stepsOf(item: Item, days: number): readonly Step[] {
  return item.promised.find((one) => one.days === days && one.steps !== undefined)?.steps ?? [];
}
