// What the catalogue says about the faster ways of an item, as the engines take it. Pure; what the catalogue does not carry yet is a preset
// of data/policy.json, which is no rule of law: an office changes it there.
import type { Catalogue, Facts, Item, Words } from '../catalogue/shape.ts';
import { decide } from '../catalogue/kleene.ts';
import type { PromisePolicy } from '../clocks/promise.ts';
import { EARTHWORKS, NEVER_SIMULATED, type SimulationPolicy } from '../clocks/simulated.ts';
import type { Material } from '../clocks/tolerance.ts';
import presets from './data/policy.json' with { type: 'json' };

/** Working days preset and most for a material that follows later, how often its day may be put off, and whether that takes a reason. */
export const TOLERANCE: { readonly days: number; readonly mostDays: number; readonly extensions: number; readonly extensionReason: boolean } = presets.tolerance;

/** A pre-permit for preparatory works (`staged`) covers earthworks and nothing else. */
export function simulationPolicy(catalogue: Catalogue, item: Item): SimulationPolicy {
  const { validityMonths, conversionDays } = catalogue.simulation;
  return { item: item.code, allowed: item.simulatable !== 'never' && !NEVER_SIMULATED.has(item.code), validMonths: validityMonths, renewals: 0, convertDays: conversionDays, works: item.simulatable === 'staged' ? EARTHWORKS : [] };
}

/** The rules under which an application was made hold to its end, whatever the catalogue says later. */
export function policyOf(row: { readonly item: string; readonly valid_months: number; readonly convert_days: number }, item: Item | undefined): SimulationPolicy {
  return { item: row.item, allowed: true, validMonths: row.valid_months, renewals: 0, convertDays: row.convert_days, works: item?.simulatable === 'staged' ? EARTHWORKS : [] };
}

/** `excluded`: state security, public security, health. Fire, dangerous chemicals and what protects the state never go by promise. */
export function promisePolicy(item: Item, facts: Facts): PromisePolicy {
  // A form that is listed only goes by promise where the facts say that it is one of them.
  const allowed = item.promise === 'yes' || (item.promise === 'listed' && item.promiseWhen !== null && decide(item.promiseWhen, facts).truth === true);
  return { allowed, excluded: presets.promise.excluded.includes(item.code), checkDays: presets.promise.checkDays, signers: ['legal_representative', ...(signedByDesigner(item) ? ['design_unit' as const] : [])] };
}

/** What is promised of a design is signed by its design unit too. */
export function signedByDesigner(item: Item): boolean {
  return presets.promise.designUnit.includes(item.code);
}

/**
 * The materials of an item in the light of what is missing. Where the catalogue names the secondary ones, only those may follow; where it names
 * none, all but the main ones that it names may, and the item alone says whether anything may.
 */
export function materialsOf(item: Item, missing: readonly string[]): readonly Material[] {
  const { main, secondary } = item.materials;
  return missing.map((material): Material => ({ id: material, main: main.some((one) => isNamed(one, material)), deferDays: secondary.length === 0 || secondary.some((one) => isNamed(one, material)) ? TOLERANCE.days : null }));
}

function isNamed(named: { readonly zh: string; readonly en?: string | undefined }, material: string): boolean {
  return [named.zh, named.en].some((one) => one !== undefined && plain(one) === plain(material));
}

// A blank or a mark more makes no main material a secondary one.
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/[\s\p{P}]/gu, '');
}

/** The name of an item in both languages; what is not in the catalogue is its own name. */
export function nameOf({ catalogue }: { readonly catalogue: Catalogue }, code: string): Words {
  return catalogue.items.find((one) => one.code === code)?.name ?? { zh: code, en: code };
}

export function namesOf(holder: { readonly catalogue: Catalogue }, codes: readonly string[]): Words[] {
  return codes.map((code) => nameOf(holder, code));
}
