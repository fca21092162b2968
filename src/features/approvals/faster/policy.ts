// What the catalogue says about the faster ways of an item, as the engines take it. Pure; what the catalogue does not carry yet is a preset
// named here.
import type { Catalogue, Facts, Item } from '../catalogue/shape.ts';
import { decide } from '../catalogue/kleene.ts';
import type { PromisePolicy } from '../clocks/promise.ts';
import { EARTHWORKS, NEVER_SIMULATED, type SimulationPolicy } from '../clocks/simulated.ts';
import type { Material } from '../clocks/tolerance.ts';

/** A pre-permit for preparatory works (`staged`) covers earthworks and nothing else. */
export function simulationPolicy(catalogue: Catalogue, item: Item): SimulationPolicy {
  const { validityMonths, conversionDays } = catalogue.simulation;
  return { item: item.code, allowed: item.simulatable !== 'never' && !NEVER_SIMULATED.has(item.code), validMonths: validityMonths, renewals: 0, convertDays: conversionDays, works: item.simulatable === 'staged' ? EARTHWORKS : [] };
}

/** The rules under which an application was made hold to its end, whatever the catalogue says later. */
export function policyOf(row: { readonly item: string; readonly valid_months: number; readonly convert_days: number }, item: Item | undefined): SimulationPolicy {
  return { item: row.item, allowed: true, validMonths: row.valid_months, renewals: 0, convertDays: row.convert_days, works: item?.simulatable === 'staged' ? EARTHWORKS : [] };
}

/** Working days within which a promise is checked, until the catalogue carries it for an item. */
const CHECK_DAYS = 20;
/** State security, public security, health: fire, dangerous chemicals and what protects the state never go by promise. */
const EXCLUDED: ReadonlySet<string> = new Set(['P20', 'D05', 'K03', 'K04', 'Y02', 'Y10']);

export function promisePolicy(item: Item, facts: Facts): PromisePolicy {
  // A form that is listed only goes by promise where the facts say that it is one of them.
  const allowed = item.promise === 'yes' || (item.promise === 'listed' && item.promiseWhen !== null && decide(item.promiseWhen, facts).truth === true);
  return { allowed, excluded: EXCLUDED.has(item.code), checkDays: CHECK_DAYS, signers: ['legal_representative'] };
}

/**
 * The materials of an item in the light of what is missing. Where the catalogue lists them, only what it calls secondary may follow; where it
 * lists none, what the department names is secondary and the item alone says whether anything may.
 */
export function materialsOf(item: Item, missing: readonly { readonly material: string; readonly days: number }[]): readonly Material[] {
  const { main, secondary } = item.materials;
  const listed = main.length + secondary.length > 0;
  return missing.map(({ material, days }): Material => {
    const isMain = main.some((one) => one.zh === material || one.en === material);
    const isSecondary = secondary.some((one) => one.zh === material || one.en === material);
    return { id: material, main: isMain, deferDays: isSecondary || !listed || secondary.length === 0 ? days : null };
  });
}
