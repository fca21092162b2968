// The derived values of a project as plain data: what a list filters by, and what it adds to the totals. Pure.
import { rateBp } from './warnings/rules.ts';

/** One row of projects_access without its key: the same for every reader of the project. */
export interface Access {
  readonly seq: number;
  readonly stage: string;
  readonly side_state: string | null;
  readonly category: string | null;
  readonly level: string | null;
  readonly nature: string | null;
  readonly list_year: number | null;
  readonly town_id: string | null;
  readonly park_id: string | null;
  readonly light: number;
  readonly in_statistics: boolean;
  readonly package: boolean;
  readonly total_fen: number;
  readonly plan_fen: number;
  readonly done_fen: number;
  readonly stat_fen: number;
  readonly rate_bp: number | null;
}

export function access(values: Omit<Access, 'rate_bp'>): Access {
  return { ...values, rate_bp: rateBp(values.done_fen, values.plan_fen) };
}

/** What a project adds (sign 1) or takes away (sign -1) under a reader key, for one value of one dimension. Money in fen. */
export interface Contribution {
  readonly key: string;
  readonly dimension: string;
  readonly value: string;
  readonly projects: number;
  readonly total_fen: number;
  readonly plan_fen: number;
  readonly done_fen: number;
  readonly stat_fen: number;
}

/** Dimensions of the totals. `side` counts every project by side state; the others count those that are still on the list. */
export const DIMENSIONS = ['all', 'stage', 'town', 'park', 'category', 'level', 'nature', 'light', 'year', 'statistics'] as const;
export type Dimension = (typeof DIMENSIONS)[number] | 'side';

/** The value of a dimension for a project; an empty text where the project has none. */
export function valueOf(row: Access, dimension: Dimension): string {
  switch (dimension) {
    case 'all': return '';
    case 'stage': return row.stage;
    case 'town': return row.town_id ?? '';
    case 'park': return row.park_id ?? '';
    case 'category': return row.category ?? '';
    case 'level': return row.level ?? '';
    case 'nature': return row.nature ?? '';
    case 'light': return String(row.light);
    case 'year': return row.list_year === null ? '' : String(row.list_year);
    case 'statistics': return row.in_statistics ? 'yes' : 'no';
    case 'side': return row.side_state ?? 'active';
    default: return never(dimension);
  }
}

/** Counted: on the list (not moved out, not terminated) and not part of another project. */
export function counted(row: Access): boolean {
  return !row.package && row.side_state !== 'removed' && row.side_state !== 'terminated';
}

export function contributions(row: Access, keys: readonly string[], sign: 1 | -1): Contribution[] {
  if (row.package) return [];
  const dimensions: readonly Dimension[] = counted(row) ? [...DIMENSIONS, 'side'] : ['side'];
  return keys.flatMap((key) => dimensions.map((dimension) => ({
    key, dimension, value: valueOf(row, dimension), projects: sign, total_fen: sign * row.total_fen, plan_fen: sign * row.plan_fen, done_fen: sign * row.done_fen, stat_fen: sign * row.stat_fen,
  })));
}

/** Amounts of a project by month (YYYY-MM): [dispatch, statistics], fen. */
export type Months = Readonly<Record<string, readonly [number, number]>>;

export function monthContributions(row: Access, months: Months, keys: readonly string[], sign: 1 | -1): Contribution[] {
  if (!counted(row)) return [];
  return keys.flatMap((key) => Object.entries(months).map(([month, [dispatch, statistics]]) => ({
    key, dimension: 'month', value: month, projects: sign, total_fen: 0, plan_fen: 0, done_fen: sign * dispatch, stat_fen: sign * statistics,
  })));
}

/** Adds up contributions to the same cell; cells that come to nothing are left out. */
export function differences(all: readonly Contribution[]): Contribution[] {
  const cells = new Map<string, Contribution>();
  for (const one of all) {
    const name = `${one.key} ${one.dimension} ${one.value}`;
    const sum = cells.get(name);
    cells.set(name, sum === undefined ? one : {
      ...one, projects: sum.projects + one.projects, total_fen: sum.total_fen + one.total_fen, plan_fen: sum.plan_fen + one.plan_fen, done_fen: sum.done_fen + one.done_fen, stat_fen: sum.stat_fen + one.stat_fen,
    });
  }
  return [...cells.values()].filter((one) => one.projects !== 0 || one.total_fen !== 0 || one.plan_fen !== 0 || one.done_fen !== 0 || one.stat_fen !== 0);
}

export interface Difference extends Omit<Contribution, 'dimension' | 'value'> {
  readonly dimensions: string[];
  readonly cell_values: string[];
}

/** The cells of a key that move by the same amounts, in one row: an edit of one project moves all of them alike. */
export function together(cells: readonly Contribution[]): Difference[] {
  const rows = new Map<string, Difference>();
  for (const { dimension, value, ...amounts } of cells) {
    const name = `${amounts.key} ${amounts.projects} ${amounts.total_fen} ${amounts.plan_fen} ${amounts.done_fen} ${amounts.stat_fen}`;
    const row = rows.get(name) ?? { ...amounts, dimensions: [], cell_values: [] };
    row.dimensions.push(dimension);
    row.cell_values.push(value);
    rows.set(name, row);
  }
  return [...rows.values()];
}

function never(value: never): never {
  throw new Error(`unknown: ${String(value)}`);
}
