// The mapping of a whole file: which tables are taken, and how, by the engine's mapping of each. Pure.
import type { Level } from '../ledger/fields.ts';
import { fitProfile, profileOf, proposedMapping } from '../ledger/mapping.ts';
import type { ColumnMapping, LedgerTable, Profile } from '../ledger/shape.ts';

export interface TableMapping {
  readonly id: string;
  readonly use: boolean;
  readonly columns: readonly ColumnMapping[];
  readonly year: number | null;
  readonly level?: Level | null;
}

export interface ImportMapping {
  readonly tables: readonly TableMapping[];
  /** The month (YYYY-MM) that amounts since January stand for. */
  readonly month: string | null;
  readonly createMissing: boolean;
}

/** What is told of a table that was found: everything but its rows. */
export type FoundTable = Omit<LedgerTable, 'rows'>;

/** A mapping that outlives one file. */
export interface SavedMapping {
  readonly tables: readonly Profile[];
  readonly createMissing: boolean;
}

/** The mapping that the proposals make, before anybody has looked at it. */
export function proposed(tables: readonly FoundTable[], today: string): ImportMapping {
  return { tables: tables.map((table) => used(table, proposedMapping(whole(table)), tables.length === 1)), month: monthOf(tables, today), createMissing: false };
}

/** Lays a profile over a file: each table takes the saved table that knows most of its headings. */
export function withProfile(saved: SavedMapping, tables: readonly FoundTable[], today: string): ImportMapping {
  const base = proposed(tables, today);
  return {
    ...base, createMissing: saved.createMissing,
    tables: tables.map((table, i) => {
      const fits = saved.tables.map((profile) => fitProfile(whole(table), profile)).sort((a, b) => b.known - a.known);
      const best = fits[0];
      const only = tables.length === 1;
      const plain = base.tables[i] ?? used(table, proposedMapping(whole(table)), only);
      return best === undefined || best.known < Math.min(3, table.columns.length) ? plain : used(table, best.mapping, only);
    }),
  };
}

/** A mapping by headings, to be kept. */
export function toProfile(mapping: ImportMapping, tables: readonly FoundTable[]): SavedMapping {
  return {
    createMissing: mapping.createMissing,
    tables: mapping.tables.filter((one) => one.use).flatMap((one) => {
      const table = tables.find((each) => each.id === one.id);
      return table === undefined ? [] : [profileOf(whole(table), { columns: one.columns, year: one.year, level: one.level ?? null })];
    }),
  };
}

// The only table of a file is what the person wants, whether it was understood or not.
function used(table: FoundTable, mapping: { columns: readonly ColumnMapping[]; year: number | null; level?: Level | null }, only: boolean): TableMapping {
  return { id: table.id, use: only || (table.likely && mapping.columns.some((column) => column.field === 'name' || column.field === 'code')), columns: withoutDoubles(mapping.columns), year: mapping.year, level: mapping.level ?? null };
}

const MANY = new Set(['custom', 'skip', 'planFen', 'externalCodes']);

// Two columns that claim one field: the first keeps it, the other is kept under its heading for the person to decide.
function withoutDoubles(columns: readonly ColumnMapping[]): ColumnMapping[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    if (MANY.has(column.field)) return column;
    if (taken.has(column.field)) return { ...column, field: 'custom' };
    taken.add(column.field);
    return column;
  });
}

// The engine's functions want a table; they never ask it for rows here.
function whole(table: FoundTable): LedgerTable {
  return { ...table, rows: () => [] };
}

// 截至2023年6月30日, （上半年）: the month that amounts since January stand for; else the last month that is over.
function monthOf(tables: readonly FoundTable[], today: string): string | null {
  const titles = tables.flatMap((table) => table.titles).join(' ');
  const day = /(20\d{2})\s*年\s*(\d{1,2})\s*月/.exec(titles);
  if (day !== null) return `${day[1] ?? ''}-${(day[2] ?? '').padStart(2, '0')}`;
  const year = tables.find((table) => table.year !== null)?.year ?? Number(today.slice(0, 4));
  if (/上半年/.test(titles)) return `${year}-06`;
  if (year < Number(today.slice(0, 4))) return `${year}-12`;
  return today.slice(5, 7) === '01' ? null : `${year}-${String(Number(today.slice(5, 7)) - 1).padStart(2, '0')}`;
}

/** What makes a mapping unusable, for the person who made it. */
export function mappingFaults(mapping: ImportMapping, tables: readonly FoundTable[]): { code: string; table: string; details: Record<string, unknown> }[] {
  const taken = mapping.tables.filter((one) => one.use);
  if (taken.length === 0) return [{ code: 'ledger.no_table', table: '', details: {} }];
  return taken.flatMap((one) => {
    const table = tables.find((each) => each.id === one.id);
    if (table === undefined) return [{ code: 'ledger.unknown_table', table: one.id, details: {} }];
    const details = { sheet: table.sheet };
    // A register without names is known by its codes: the code then stands in for the name, with a warning.
    const named = one.columns.some((column) => column.field === 'name' || column.field === 'code') ? [] : [{ code: 'ledger.no_name_column', table: one.id, details }];
    const single = one.columns.map((column) => column.field).filter((field) => !MANY.has(field));
    const twice = single.filter((field, i) => single.indexOf(field) !== i);
    return [...named, ...twice.map((field) => ({ code: 'ledger.field_twice', table: one.id, details: { ...details, field } }))];
  });
}
