// Mappings: what the proposals come to, and profiles that carry a mapping from one month's file to the next by its headings.
import { folded } from '../../../kernel/text.ts';
import type { ColumnMapping, LedgerTable, Mapping, Profile } from './shape.ts';

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

/** A mapping as it can be kept: by heading, years by their distance to the list year, so that next year's ledger still fits. */
export function profileOf(table: LedgerTable, mapping: Mapping): Profile {
  const keys = headingKeys(table, mapping.year);
  return {
    columns: mapping.columns.flatMap(({ index, year, ...rest }) => {
      const heading = keys.get(index);
      const offset = year === null || year === undefined || mapping.year === null ? null : year - mapping.year;
      return heading === undefined ? [] : [{ ...rest, heading, year: offset }];
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
  const keys = headingKeys(table, proposed.year);
  const open = new Set(profile.columns.map((column) => column.heading));
  let known = 0;
  const columns = proposed.columns.flatMap((fallback): ColumnMapping[] => {
    const key = keys.get(fallback.index);
    // One column may have been given to two fields: a code that is also the name.
    const kept = profile.columns.filter((column) => column.heading === key);
    if (key === undefined || kept.length === 0) return [fallback];
    known += 1;
    open.delete(key);
    return kept.map(({ heading: _, year, ...rest }) => ({
      ...rest, index: fallback.index, year: year === null || year === undefined || proposed.year === null ? null : proposed.year + year,
    }));
  });
  return { mapping: { ...proposed, columns, level: profile.level ?? null }, known, missing: [...open] };
}

/** 投资/2024年计划 in a list of 2023 is 投资/#1年计划; the second 备注 is 备注 2: headings by which a column is known again. */
function headingKeys(table: LedgerTable, listYear: number | null): ReadonlyMap<number, string> {
  const counts = new Map<string, number>();
  const keys = new Map<number, string>();
  for (const { index, path } of table.columns) {
    if (path.length === 0) continue;
    const plain = path.map((text) => folded(text)
      .replace(/(?:19|20)\d{2}(?!\d)/g, (year) => `#${listYear === null ? '' : Number(year) - listYear}`)
      .replace(/\d{1,2}(?:[-~至—]\d{1,2})?月/g, '#月')).join('/');
    const count = (counts.get(plain) ?? 0) + 1;
    counts.set(plain, count);
    keys.set(index, count === 1 ? plain : `${plain} ${count}`);
  }
  return keys;
}
