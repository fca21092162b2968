// The questionnaire: what one must know of a project to say which approvals it needs, and what of it the register already knows.
// A question that nobody has answered stays unknown: no answer is ever guessed.
import { daysBetween } from '../../../kernel/days.ts';
import type { Facts, FactValue } from '../catalogue/shape.ts';

export type FactType = 'choice' | 'flag' | 'number' | 'money' | 'list';
export const FACT_GROUPS = ['basics', 'land', 'industry', 'site', 'works'] as const;

export interface FactDefinition {
  readonly name: string;
  readonly type: FactType;
  readonly group: (typeof FACT_GROUPS)[number];
  /** mu (666.67 m²), tce_year (tonnes of coal equivalent a year), fen, calendar_days; null: no unit. */
  readonly unit: 'mu' | 'tce_year' | 'fen' | 'calendar_days' | null;
  /** What a choice or a list may hold. */
  readonly choices: readonly string[];
  /** Of a number: what no project has ever been near to, so that it is mistyped. */
  readonly most: number | null;
}

/** Regional assessments that a zone may have done for all who settle in it. */
export const REGIONAL = ['flood', 'minerals', 'hazard', 'relics', 'seismic', 'soil_water'] as const;

/** A thousand square kilometres, a hundred million tonnes, ten trillion yuan, a hundred years. */
const MOST = { mu: 1_500_000, tce_year: 100_000_000, fen: 1_000_000_000_000_000, calendar_days: 36_500 } as const;

const flag = (group: FactDefinition['group'], name: string): FactDefinition => ({ name, type: 'flag', group, unit: null, choices: [], most: null });
const size = (group: FactDefinition['group'], name: string, unit: FactDefinition['unit']): FactDefinition => ({ name, type: unit === 'fen' ? 'money' : 'number', group, unit, choices: [], most: unit === null ? null : MOST[unit] });
const choice = (group: FactDefinition['group'], name: string, choices: readonly string[], type: 'choice' | 'list' = 'choice'): FactDefinition => ({ name, type, group, unit: null, choices, most: null });

/** Every fact in the order in which it is asked. Label and help stand in the locales under `approvals:fact.NAME`. */
export const FACTS: readonly FactDefinition[] = [
  choice('basics', 'track', ['enterprise', 'government']),
  size('basics', 'totalFen', 'fen'),
  flag('basics', 'verifiedCatalogue'),
  flag('basics', 'inApprovedPlan'),
  flag('basics', 'insideZone'),
  flag('basics', 'standardLand'),
  choice('basics', 'regionalDone', REGIONAL, 'list'),
  choice('land', 'landWay', ['granted', 'allocated', 'existing']),
  size('land', 'landMu', 'mu'),
  size('land', 'newLandMu', 'mu'),
  size('land', 'farmlandMu', 'mu'),
  size('land', 'forestMu', 'mu'),
  size('industry', 'energyTce', 'tce_year'),
  size('industry', 'coalTce', 'tce_year'),
  choice('industry', 'twoHigh', ['none', 'eight_industries', 'subsector']),
  flag('industry', 'emissions'),
  choice('industry', 'eiaClass', ['book', 'form']),
  flag('industry', 'eiaPromise'),
  choice('industry', 'discharge', ['none', 'simplified', 'key']),
  flag('industry', 'hazardousChemicals'),
  flag('site', 'disturbsSoil'),
  flag('site', 'waterAbstraction'),
  flag('site', 'floodArea'),
  flag('site', 'minerals'),
  flag('site', 'geologicalHazard'),
  flag('site', 'relics'),
  flag('site', 'seismicRisk'),
  flag('site', 'securityArea'),
  flag('site', 'stabilityRisk'),
  flag('works', 'overLimit'),
  flag('works', 'civilDefence'),
  flag('works', 'specialFire'),
  flag('works', 'lightningSite'),
  flag('works', 'largeWorks'),
  flag('works', 'tenderRequired'),
  flag('works', 'cityWorks'),
  choice('works', 'utilities', ['water', 'power', 'gas', 'heat', 'drainage', 'telecom'], 'list'),
  size('works', 'worksDays', 'calendar_days'),
];

const BY_NAME = new Map(FACTS.map((one) => [one.name, one]));

export function factNamed(name: string): FactDefinition | undefined {
  return BY_NAME.get(name);
}

/** The value of a fact; null where it is left out, empty or not known. */
export function valueOf(facts: Facts, name: string): FactValue {
  return Object.hasOwn(facts, name) ? (facts[name] ?? null) : null;
}

/** What the register knows of a project, under the names of its fields. */
export interface RegisterRecord {
  readonly kind?: string | null | undefined;
  readonly landMu?: number | null | undefined;
  readonly totalFen?: number | null | undefined;
  readonly parkId?: string | null | undefined;
  readonly plannedStart?: string | null | undefined;
  readonly plannedCompletion?: string | null | undefined;
}

/** Which field of the register answers which question. A park says yes; that none is entered says nothing. */
export const PREFILL: readonly { readonly fact: string; readonly from: readonly (keyof RegisterRecord)[]; readonly read: (record: RegisterRecord) => FactValue }[] = [
  { fact: 'track', from: ['kind'], read: ({ kind }) => (kind === 'enterprise' || kind === 'government' ? kind : null) },
  { fact: 'landMu', from: ['landMu'], read: ({ landMu }) => landMu ?? null },
  { fact: 'totalFen', from: ['totalFen'], read: ({ totalFen }) => totalFen ?? null },
  { fact: 'insideZone', from: ['parkId'], read: ({ parkId }) => (parkId === null || parkId === undefined ? null : true) },
  { fact: 'worksDays', from: ['plannedStart', 'plannedCompletion'], read: plannedDays },
];

function plannedDays({ plannedStart, plannedCompletion }: RegisterRecord): FactValue {
  if (typeof plannedStart !== 'string' || typeof plannedCompletion !== 'string' || plannedCompletion <= plannedStart) return null;
  return daysBetween(plannedStart, plannedCompletion);
}

/** The answers that follow from the register; those that are given already stay as they are. */
export function prefilled(record: RegisterRecord, given: Facts = {}): Facts {
  const found: Record<string, FactValue> = {};
  for (const { fact, read } of PREFILL) {
    const value = read(record);
    if (value !== null) found[fact] = value;
  }
  return { ...found, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) };
}

export interface FactFault {
  readonly fact: string;
  readonly code: 'unknown_fact' | 'wrong_type' | 'not_a_choice' | 'negative' | 'too_large' | 'more_than_land' | 'track_and_land';
}

/** What is wrong with answers: of the wrong kind, or two that cannot both be true. Empty where nothing is. */
export function factFaults(facts: Facts): FactFault[] {
  const single = Object.entries(facts).flatMap(([fact, value]): FactFault[] => {
    const definition = factNamed(fact);
    if (definition === undefined) return [{ fact, code: 'unknown_fact' }];
    const code = value === null ? undefined : faultOf(definition, value);
    return code === undefined ? [] : [{ fact, code }];
  });
  const parts = ['newLandMu', 'farmlandMu', 'forestMu'].filter((fact) => more(facts[fact], facts['landMu']));
  const crossed = facts['track'] === 'enterprise' && facts['landWay'] === 'allocated' ? ['landWay'] : [];
  return [...single, ...parts.map((fact) => ({ fact, code: 'more_than_land' as const })), ...crossed.map((fact) => ({ fact, code: 'track_and_land' as const }))];
}

function faultOf(definition: FactDefinition, value: Exclude<FactValue, null>): FactFault['code'] | undefined {
  switch (definition.type) {
    case 'flag': return typeof value === 'boolean' ? undefined : 'wrong_type';
    case 'number':
    case 'money': return typeof value !== 'number' || !Number.isFinite(value) ? 'wrong_type' : value < 0 ? 'negative' : value > (definition.most ?? Infinity) ? 'too_large' : undefined;
    case 'choice': return typeof value !== 'string' ? 'wrong_type' : definition.choices.includes(value) ? undefined : 'not_a_choice';
    case 'list': return typeof value !== 'object' ? 'wrong_type' : value.every((one) => definition.choices.includes(one)) ? undefined : 'not_a_choice';
  }
}

function more(part: FactValue | undefined, whole: FactValue | undefined): boolean {
  return typeof part === 'number' && typeof whole === 'number' && part > whole;
}
