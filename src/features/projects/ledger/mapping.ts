// Mappings: what the proposals come to, and profiles that carry a mapping from one month's file to the next by its headings.
import { headingKey } from './columns.ts';
import type { LedgerTable, Mapping, Profile } from './shape.ts';

/** Proposals at or above this confidence are filled in; others are kept as extra attributes until a person decides. */
export const SURE = 0.6;

/** The mapping that the proposals make, for a person to correct. An order of day and month is never filled in: it is asked. */
export function proposedMapping(table: LedgerTable, options: { readonly year?: number | null } = {}): Mapping {
  return {
    year: options.year ?? table.year,
    columns: table.columns.map(({ index, proposal }) => ({
      index,
      field: proposal.field === 'custom' || proposal.field === 'skip' || proposal.confidence >= SURE ? proposal.field : 'custom',
      unit: proposal.unit, year: proposal.year, order: null, custom: proposal.custom,
    })),
  };
}

/** A mapping as it can be kept: by heading, years taken out, so that next year's ledger still fits. */
export function profileOf(table: LedgerTable, mapping: Mapping): Profile {
  const paths = new Map(table.columns.map((column) => [column.index, column.path]));
  return {
    columns: mapping.columns.flatMap(({ index, year, ...rest }) => {
      const path = paths.get(index);
      // The list year is found anew in each file; a plan of another year keeps its distance to it.
      const offset = year === null || year === undefined || mapping.year === null ? null : year - mapping.year;
      return path === undefined || path.length === 0 ? [] : [{ ...rest, heading: headingKey(path), year: offset === 0 ? null : offset }];
    }),
    level: mapping.level ?? null,
  };
}

export interface ProfileFit {
  readonly mapping: Mapping;
  /** Columns of the table that the profile knows, and headings of the profile that the table lacks. */
  readonly known: number;
  readonly missing: readonly string[];
}

/** Lays a profile over a table; columns that it does not know keep their proposal. */
export function fitProfile(table: LedgerTable, profile: Profile, options: { readonly year?: number | null } = {}): ProfileFit {
  const proposed = proposedMapping(table, options);
  const byHeading = new Map<string, Profile['columns'][number][]>();
  for (const column of profile.columns) byHeading.set(column.heading, [...(byHeading.get(column.heading) ?? []), column]);
  let known = 0;
  const columns = proposed.columns.flatMap((fallback) => {
    const path = table.columns.find((column) => column.index === fallback.index)?.path ?? [];
    const kept = byHeading.get(headingKey(path));
    if (kept === undefined || path.length === 0) return [fallback];
    known += 1;
    byHeading.delete(headingKey(path));
    return kept.map(({ heading: _, year, ...rest }) => ({
      ...fallback, ...rest, index: fallback.index,
      year: year === null || year === undefined || proposed.year === null ? fallback.year ?? null : proposed.year + year,
    }));
  });
  return { mapping: { ...proposed, columns, level: profile.level ?? null }, known, missing: [...byHeading.keys()] };
}
