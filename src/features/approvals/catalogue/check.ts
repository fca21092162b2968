// Whether a catalogue makes sense beyond its shape: no circle, nothing named that is not there, limits that can be, rules that can be
// asked. Gives all faults at once, each with its place, so that they can be mended together.
import type { After, Basis, Catalogue, Item, Limit, Outside, Rule, RuleTest, Track } from './shape.ts';
import { TRACKS } from './shape.ts';
import { factNamed } from '../planning/facts.ts';
import { testsIn } from './kleene.ts';
import { circleIn } from './circle.ts';

export type FaultCode =
  | 'item_twice' | 'milestone_missing' | 'cycle' | 'flow_cycle' | 'unknown_item' | 'unknown_source' | 'unknown_regional' | 'unknown_fact' | 'fact_type' | 'fact_choice'
  | 'either_empty' | 'either_single' | 'days' | 'steps_sum' | 'within_days' | 'outside_days' | 'validity' | 'listed_without_rule' | 'acceptance_simulated' | 'no_track' | 'flow_twice' | 'bundle_twice' | 'trigger_track' | 'promise_over_law';

export interface Fault {
  /** items.P09.tracks.enterprise.after.1 */
  readonly path: string;
  readonly code: FaultCode;
  /** The word at fault; of a circle its items in order: `P01 → P02 → P01`. */
  readonly what: string;
}

/** No limit of any law comes near: more is a slip of the keyboard. */
const MOST_DAYS = 1000;

export function faultsOf(catalogue: Catalogue): Fault[] {
  return [
    ...twice(catalogue), ...catalogue.items.flatMap((item) => itemFaults(catalogue, item)),
    ...catalogue.milestones.flatMap((one) => TRACKS.flatMap((track) => afterFaults(catalogue, one.after[track], `milestones.${one.code}.after.${track}`))),
    ...wholeFaults(catalogue), ...TRACKS.flatMap((track) => circles(catalogue, track)),
  ];
}

function twice({ items, milestones }: Catalogue): Fault[] {
  const codes = items.map((one) => one.code);
  const again = codes.filter((code, i) => codes.indexOf(code) < i).map((what): Fault => ({ path: `items.${what}`, code: 'item_twice', what }));
  const missing = (['START', 'BUILT', 'TRIAL', 'PRODUCTION'] as const).filter((code) => !milestones.some((one) => one.code === code));
  return [...again, ...missing.map((what): Fault => ({ path: 'milestones', code: 'milestone_missing', what }))];
}

function itemFaults(catalogue: Catalogue, item: Item): Fault[] {
  const path = `items.${item.code}`;
  const faults: Fault[] = [];
  if (item.tracks.enterprise === undefined && item.tracks.government === undefined) faults.push({ path: `${path}.tracks`, code: 'no_track', what: item.code });
  if (item.stage === 'S4' && item.simulatable !== 'never') faults.push({ path: `${path}.simulatable`, code: 'acceptance_simulated', what: item.code });
  if (item.promise === 'listed' && item.promiseWhen === null) faults.push({ path: `${path}.promiseWhen`, code: 'listed_without_rule', what: item.code });
  if (item.regional !== null && !catalogue.regional.some((one) => one.key === item.regional)) faults.push({ path: `${path}.regional`, code: 'unknown_regional', what: item.regional });
  for (const track of TRACKS) {
    const use = item.tracks[track];
    if (use !== undefined) faults.push(...ruleFaults(use.need, `${path}.tracks.${track}.need`), ...afterFaults(catalogue, use.after, `${path}.tracks.${track}.after`));
  }
  if (item.promiseWhen !== null) faults.push(...ruleFaults(item.promiseWhen, `${path}.promiseWhen`));
  for (const kind of ['statutory', 'promised'] as const) faults.push(...item[kind].flatMap((one, i) => limitFaults(catalogue, one, `${path}.${kind}.${i}`)));
  faults.push(...promiseFaults(item, path));
  faults.push(...item.outside.flatMap((one, i) => outsideFaults(catalogue, one, `${path}.outside.${i}`)));
  if (item.validity !== null) {
    const { months, extensions, extensionMonths, basis } = item.validity;
    if (months < 1 || months > 600 || extensions < 0 || extensionMonths < 0 || extensions > 0 !== extensionMonths > 0) faults.push({ path: `${path}.validity`, code: 'validity', what: `${months}+${extensions}×${extensionMonths}` });
    faults.push(...basisFaults(catalogue, basis, `${path}.validity.basis`));
  }
  return faults;
}

/**
 * A promise is kept within the law's limit. Compared is what can be: with the limit of the same condition, or where none has it with all that there
 * are, each in the unit of the promise. Working days and calendar days are not compared, nor is what the law has done on receipt: a real city says a day for it.
 */
function promiseFaults({ statutory, promised }: Item, path: string): Fault[] {
  const law = statutory.filter((one) => one.within === undefined && one.days > 0);
  return promised.flatMap((one, i): Fault[] => {
    const same = law.filter((each) => JSON.stringify(each.when) === JSON.stringify(one.when));
    const limits = same.length > 0 ? same : law;
    const longest = Math.max(...limits.map((each) => each.days));
    const comparable = limits.length > 0 && limits.every((each) => each.unit === one.unit);
    return comparable && one.days > longest ? [{ path: `${path}.promised.${i}`, code: 'promise_over_law', what: `${one.days} > ${longest}` }] : [];
  });
}

function afterFaults(catalogue: Catalogue, after: readonly After[], path: string): Fault[] {
  return after.flatMap((one, i): Fault[] => {
    const at = `${path}.${i}`;
    if ('item' in one) return named(catalogue, one.item) ? [] : [{ path: at, code: 'unknown_item', what: one.item }];
    if (one.either.length === 0) return [{ path: at, code: 'either_empty', what: '' }];
    if (new Set(one.either).size === 1) return [{ path: at, code: 'either_single', what: one.either.join() }];
    return one.either.filter((code) => !named(catalogue, code)).map((what) => ({ path: at, code: 'unknown_item', what }));
  });
}

function ruleFaults(rule: Rule, path: string): Fault[] {
  return testsIn(rule).flatMap(({ path: within, test }): Fault[] => {
    const at = within === '' ? path : `${path}.${within}`;
    const definition = factNamed(test.fact);
    if (definition === undefined) return [{ path: at, code: 'unknown_fact', what: test.fact }];
    const wanted = wantedOf(test);
    if (wanted !== null && !wanted.includes(definition.type)) return [{ path: at, code: 'fact_type', what: test.fact }];
    const word = 'eq' in test ? test.eq : 'has' in test ? test.has : undefined;
    return typeof word === 'string' && !definition.choices.includes(word) ? [{ path: at, code: 'fact_choice', what: `${test.fact}: ${word}` }] : [];
  });
}

/** The types of fact of which a test can be asked; null: any. */
function wantedOf(test: RuleTest): readonly string[] | null {
  if ('known' in test) return null;
  if ('has' in test) return ['list'];
  if ('eq' in test) return typeof test.eq === 'boolean' ? ['flag'] : typeof test.eq === 'string' ? ['choice'] : ['number', 'money'];
  return ['number', 'money'];
}

function limitFaults(catalogue: Catalogue, limit: Limit, path: string): Fault[] {
  const faults = basisFaults(catalogue, limit.basis, `${path}.basis`);
  if (limit.days < 0 || limit.days > MOST_DAYS || (limit.extensionDays ?? 1) < 1) faults.push({ path, code: 'days', what: String(limit.days) });
  if (limit.steps !== undefined && limit.steps.reduce((sum, one) => sum + one.days, 0) !== limit.days) faults.push({ path: `${path}.steps`, code: 'steps_sum', what: limit.steps.map((one) => one.days).join('+') });
  if (limit.within !== undefined && !catalogue.items.some((one) => one.code === limit.within)) faults.push({ path: `${path}.within`, code: 'unknown_item', what: limit.within });
  if (limit.within !== undefined && limit.days !== 0) faults.push({ path, code: 'within_days', what: String(limit.days) });
  return limit.when === undefined ? faults : [...faults, ...ruleFaults(limit.when, `${path}.when`)];
}

function outsideFaults(catalogue: Catalogue, { days, basis, always }: Outside, path: string): Fault[] {
  const wrong = days === null ? always : days < 1 || days > MOST_DAYS;
  return [...(wrong ? [{ path, code: 'outside_days' as const, what: String(days) }] : []), ...basisFaults(catalogue, basis, `${path}.basis`)];
}

function basisFaults(catalogue: Catalogue, basis: Basis, path: string): Fault[] {
  return catalogue.sources.some((one) => one.key === basis.source) ? [] : [{ path, code: 'unknown_source', what: basis.source }];
}

function wholeFaults(catalogue: Catalogue): Fault[] {
  const { simulation, flows, bundles } = catalogue;
  const places: [string, readonly string[]][] = [
    ['simulation.trigger', Object.values(simulation.trigger)], ['simulation.needs', simulation.needs],
    ...TRACKS.map((track): [string, readonly string[]] => [`flows.${track}`, flows[track]]),
    ...bundles.map((one): [string, readonly string[]] => [`bundles.${one.code}.members`, one.members]),
  ];
  const unknown = places.flatMap(([path, codes]) => codes.filter((code) => !catalogue.items.some((one) => one.code === code)).map((what): Fault => ({ path, code: 'unknown_item', what })));
  const days = bundles.filter((one) => one.steps.some((step) => step.days < 0 || step.days > MOST_DAYS)).map((one): Fault => ({ path: `bundles.${one.code}.steps`, code: 'days', what: one.code }));
  const again = (codes: readonly string[]): string[] => [...new Set(codes.filter((code, i) => codes.indexOf(code) < i))];
  const doubled = [
    ...TRACKS.flatMap((track) => again(flows[track]).map((what): Fault => ({ path: `flows.${track}`, code: 'flow_twice', what }))),
    ...bundles.flatMap((one) => again(one.members).map((what): Fault => ({ path: `bundles.${one.code}.members`, code: 'bundle_twice', what }))),
    ...again(bundles.map((one) => one.code)).map((what): Fault => ({ path: `bundles.${what}`, code: 'bundle_twice', what })),
  ];
  // An event that a track does not have would never come.
  const strange = TRACKS.filter((track) => catalogue.items.some((one) => one.code === simulation.trigger[track] && one.tracks[track] === undefined)).map((track): Fault => ({ path: `simulation.trigger.${track}`, code: 'trigger_track', what: simulation.trigger[track] }));
  const outside = bundles.flatMap((one) => one.outside.flatMap((each, i) => outsideFaults(catalogue, each, `bundles.${one.code}.outside.${i}`)));
  return [...unknown, ...days, ...doubled, ...strange, ...outside, ...figureFaults(catalogue), ...basisFaults(catalogue, simulation.basis, 'simulation.basis'), ...bundles.flatMap((one) => basisFaults(catalogue, one.basis, `bundles.${one.code}.basis`))];
}

/** Months that a simulated opinion holds, days in which it is made formal or a promise is granted. */
function figureFaults({ simulation: { conversionDays, validityMonths }, promiseDays }: Catalogue): Fault[] {
  const figures: [string, number, number][] = [['simulation.conversionDays', conversionDays, 0], ['simulation.validityMonths', validityMonths, 1], ['promiseDays', promiseDays, 0]];
  return figures.filter(([, days, least]) => days < least || days > MOST_DAYS).map(([path, days]): Fault => ({ path, code: 'days', what: String(days) }));
}

/** With every item that may apply, so that no facts can make a circle; once as the law has it, once with the published order. */
function circles(catalogue: Catalogue, track: Track): Fault[] {
  const before = new Map<string, string[]>();
  for (const item of catalogue.items) before.set(item.code, codesIn(item.tracks[track]?.after ?? []));
  for (const one of catalogue.milestones) before.set(one.code, codesIn(one.after[track]));
  const circle = circleIn(before);
  if (circle !== undefined) return [{ path: `tracks.${track}`, code: 'cycle', what: circle.join(' → ') }];
  catalogue.flows[track].forEach((code, i, flow) => i > 0 && before.get(code)?.push(flow[i - 1] ?? ''));
  const turned = circleIn(before);
  return turned === undefined ? [] : [{ path: `flows.${track}`, code: 'flow_cycle', what: turned.join(' → ') }];
}

function codesIn(after: readonly After[]): string[] {
  return after.flatMap((one) => ('item' in one ? [one.item] : one.either));
}

function named({ items, milestones }: Catalogue, code: string): boolean {
  return items.some((one) => one.code === code) || milestones.some((one) => one.code === code);
}
