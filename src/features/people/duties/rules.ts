// Who answers for what: one organisation for each duty. Pure.
import { refuse } from '../../../kernel/refuse.ts';
import known from '../data/duties.json' with { type: 'json' };

export const DUTIES: readonly string[] = known;

/** Duty to organisation. */
export type DutyMap = Readonly<Record<string, string>>;

export interface Assignment {
  readonly duty: string;
  readonly organisationId: string | null;
}

export interface MapChange {
  readonly map: DutyMap;
  readonly before: Readonly<Record<string, string | null>>;
  readonly after: Readonly<Record<string, string | null>>;
}

/** The map after the assignments. `onlyFree`: a duty that another organisation holds is refused rather than taken away. */
export function assigned(map: DutyMap, assignments: readonly Assignment[], onlyFree = false): MapChange {
  const next = new Map(Object.entries(map));
  const before: Record<string, string | null> = {};
  const after: Record<string, string | null> = {};
  for (const { duty, organisationId } of assignments) {
    if (!DUTIES.includes(duty)) refuse('people.unknown_duty', { duty });
    const holder = next.get(duty) ?? null;
    if (holder === organisationId) continue;
    if (onlyFree && holder !== null) refuse('people.duty_taken', { duty });
    before[duty] = holder;
    after[duty] = organisationId;
    if (organisationId === null) next.delete(duty);
    else next.set(duty, organisationId);
  }
  return { map: Object.fromEntries(next), before, after };
}

/** What a stored setting says; anything else says nothing. */
export function readMap(value: unknown): DutyMap {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

/** The duties of each organisation that the change concerns, as they are kept beside it. */
export function dutiesOf(map: DutyMap, organisationIds: readonly string[]): readonly { readonly id: string; readonly duties: readonly string[] }[] {
  return organisationIds.map((id) => ({ id, duties: DUTIES.filter((duty) => map[duty] === id) }));
}
