// The fate of a row: which project it is, and what would change. Pure; the same function decides for the browser, the command line
// and the commit. An absent value says nothing; only what the file says and the register does not is a change.
import type { StagedProblem, StagedRow } from './row.ts';

export interface Lookups {
  readonly organisation: (kind: 'town' | 'park' | 'any' | 'enterprise', name: string) => string | undefined;
  readonly commissioner: (name: string) => string | undefined;
  /** The organisation and all above it: who finds what belongs to it. */
  readonly pathOf: (id: string) => readonly string[];
}

/** What the register holds of a project, as far as a ledger can say something about it. */
export interface Stored {
  readonly id: string;
  readonly version: number;
  readonly code: string | null;
  readonly name: string;
  readonly townId: string | null;
  readonly townName: string | null;
  readonly builderName: string | null;
  readonly responsibleOrgId: string | null;
  readonly commissionerId: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly plans: Readonly<Record<string, number | null>>;
  readonly targets: Readonly<Record<string, string | null>>;
  readonly externalCodes: readonly string[];
  /** Amounts since January up to the month of the ledger; whether monthly reports (not only an opening) make them up. */
  readonly dispatchFen: number | null;
  readonly statFen: number | null;
  readonly monthFen: number | null;
  readonly monthly: boolean;
}

export interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Everything that a row wants to be true, with names looked up. */
export interface Wanted {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly plans: Readonly<Record<string, number>>;
  readonly target: { readonly year: number; readonly text: string } | null;
  readonly externalCodes: readonly string[];
  readonly commissionerId: string | null;
  readonly opening: { readonly month: string; readonly dispatchFen: number; readonly statFen: number | null } | null;
}

const LISTED = { town: 'townId', park: 'parkId' } as const;

/** Looks the names up. A name that nobody knows is kept as an extra attribute, with a warning, unless it will be made. */
export function want(row: StagedRow, lookups: Lookups, year: number, month: string | null): { wanted: Wanted; problems: StagedProblem[] } {
  const fields: Record<string, unknown> = { ...row.fields };
  const custom: Record<string, unknown> = { ...row.custom };
  const problems: StagedProblem[] = [];
  const unknown = (what: string, text: string): void => {
    custom[what] = text;
    problems.push({ code: `ledger.unknown_${what}`, refuses: false, column: null, letter: null, heading: null, text, details: { name: text } });
  };
  for (const kind of ['town', 'park'] as const) {
    const name = row.names[kind];
    if (name === undefined) continue;
    const id = lookups.organisation(kind, name);
    if (id === undefined) unknown(kind, name);
    else fields[LISTED[kind]] = id;
  }
  if (row.names.responsibleOrg !== undefined) {
    const id = lookups.organisation('any', row.names.responsibleOrg);
    if (id === undefined) unknown('organisation', row.names.responsibleOrg);
    else fields['responsibleOrgId'] = id;
  }
  if (row.names.builder !== undefined) {
    fields['builderName'] = row.names.builder.slice(0, 200);
    const id = lookups.organisation('enterprise', row.names.builder);
    if (id !== undefined) fields['builderId'] = id;
  }
  const commissionerId = row.names.commissioner === undefined ? undefined : lookups.commissioner(row.names.commissioner);
  if (row.names.commissioner !== undefined && commissionerId === undefined) unknown('commissioner', row.names.commissioner);
  if (Object.keys(custom).length > 0) fields['custom'] = custom;
  const targetYear = typeof fields['listYear'] === 'number' ? fields['listYear'] : year;
  return {
    wanted: {
      fields, plans: row.plans, target: row.target === undefined ? null : { year: targetYear, text: row.target }, externalCodes: row.externalCodes, commissionerId: commissionerId ?? null,
      opening: month === null || row.amounts.year === undefined ? null : { month, dispatchFen: row.amounts.year, statFen: row.amounts.statYear ?? null },
    },
    problems,
  };
}

/** What the row would change in a project. Amounts that monthly reports already make up are compared, never overwritten. */
export function changesOf(wanted: Wanted, stored: Stored): { changes: Change[]; problems: StagedProblem[] } {
  const changes: Change[] = [];
  const problems: StagedProblem[] = [];
  for (const [field, after] of Object.entries(wanted.fields)) {
    const before = stored.fields[field] ?? null;
    if (field === 'custom') {
      const merged = { ...record(before), ...record(after) };
      if (!equal(before ?? {}, merged)) changes.push({ field, before, after: merged });
    } else if (!equal(before, after)) changes.push({ field, before, after });
  }
  for (const [year, after] of Object.entries(wanted.plans)) {
    const before = stored.plans[year] ?? null;
    if (before !== after) changes.push({ field: `planFen.${year}`, before, after });
  }
  if (wanted.target !== null) {
    const before = stored.targets[String(wanted.target.year)] ?? null;
    if (before !== wanted.target.text) changes.push({ field: `target.${wanted.target.year}`, before, after: wanted.target.text });
  }
  const codes = [...new Set([...stored.externalCodes, ...wanted.externalCodes])];
  if (codes.length > stored.externalCodes.length) changes.push({ field: 'externalCodes', before: stored.externalCodes, after: codes });
  if (wanted.commissionerId !== null && wanted.commissionerId !== stored.commissionerId) changes.push({ field: 'commissionerId', before: stored.commissionerId, after: wanted.commissionerId });
  compareOpening(wanted, stored, changes, problems);
  return { changes, problems };
}

function compareOpening(wanted: Wanted, stored: Stored, changes: Change[], problems: StagedProblem[]): void {
  if (wanted.opening === null) return;
  const { dispatchFen, statFen } = wanted.opening;
  const differs = dispatchFen !== (stored.dispatchFen ?? 0) || (statFen !== null && statFen !== (stored.statFen ?? 0));
  if (!differs) return;
  if (stored.monthly) {
    problems.push({ code: 'ledger.reports_differ', refuses: false, column: null, letter: null, heading: null, text: '', details: { month: wanted.opening.month, ledgerFen: dispatchFen, reportsFen: stored.dispatchFen ?? 0 } });
    return;
  }
  changes.push({ field: 'opening', before: stored.dispatchFen === null ? null : { dispatchFen: stored.dispatchFen, statFen: stored.statFen }, after: { ...wanted.opening, statFen: statFen ?? stored.statFen } });
}

export type Match =
  | { readonly kind: 'none' }
  | { readonly kind: 'sure'; readonly id: string }
  | { readonly kind: 'doubtful'; readonly candidates: readonly { readonly id: string; readonly why: 'same_name' | 'same_code' | 'similar_name' }[] };

export interface Candidate {
  readonly id: string;
  readonly code: string | null;
  readonly name: string;
  readonly townId: string | null;
  readonly builderName: string | null;
  readonly responsibleOrgId: string | null;
}

/**
 * Which project a row is: by its code; without one by name and organisation. A code that another name bears, a name that several
 * bear or that another body builds, and a name that is nearly the same are asked about, never guessed.
 */
export function match(row: { code: string | null; name: string; townId?: string | undefined; builderName?: string | undefined; responsibleOrgId?: string | undefined }, byCode: Candidate | undefined, byName: readonly Candidate[], similar: readonly Candidate[]): Match {
  if (byCode !== undefined) {
    const alike = likeness(byCode.name, row.name);
    return alike >= 0.5 ? { kind: 'sure', id: byCode.id } : { kind: 'doubtful', candidates: [{ id: byCode.id, why: 'same_code' }, ...byName.filter((one) => one.id !== byCode.id).map((one) => ({ id: one.id, why: 'same_name' as const }))] };
  }
  const free = byName.filter((one) => one.code === null || row.code === null || one.code === row.code);
  const [only, second] = free;
  if (only !== undefined && second === undefined && agrees(row, only)) return { kind: 'sure', id: only.id };
  const agreeing = free.filter((one) => agrees(row, one) && strictly(row, one));
  if (agreeing.length === 1 && agreeing[0] !== undefined) return { kind: 'sure', id: agreeing[0].id };
  const candidates = [...byName.map((one) => ({ id: one.id, why: 'same_name' as const })), ...similar.filter((one) => !byName.includes(one)).map((one) => ({ id: one.id, why: 'similar_name' as const }))];
  return candidates.length === 0 ? { kind: 'none' } : { kind: 'doubtful', candidates: candidates.slice(0, 5) };
}

// A name alone is enough where no body contradicts it, or where one agrees although another has changed.
function agrees(row: Parameters<typeof match>[0], one: Candidate): boolean {
  const pairs = [[row.builderName, one.builderName], [row.townId, one.townId], [row.responsibleOrgId, one.responsibleOrgId]] as const;
  const known = pairs.filter(([a, b]) => a !== undefined && b !== null);
  return known.every(([a, b]) => a === b) || known.some(([a, b]) => a === b);
}

function strictly(row: Parameters<typeof match>[0], one: Candidate): boolean {
  return (row.builderName !== undefined && row.builderName === one.builderName) || (row.townId !== undefined && row.townId === one.townId) || (row.responsibleOrgId !== undefined && row.responsibleOrgId === one.responsibleOrgId);
}

/** How alike two names are, 0 … 1: shared pairs of characters (Dice), without brackets, spaces and marks. */
export function likeness(a: string, b: string): number {
  const [left, right] = [plainName(a), plainName(b)];
  if (left === right) return 1;
  const pairs = (text: string): Set<string> => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
  const [p, q] = [pairs(left), pairs(right)];
  if (p.size + q.size === 0) return 0;
  let shared = 0;
  for (const pair of p) if (q.has(pair)) shared += 1;
  return (2 * shared) / (p.size + q.size);
}

/** A name without what people write differently: spaces, brackets, punctuation, full-width forms, 项目 at its end. */
export function plainName(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().replaceAll(/[\s()（）[\]【】《》"“”'‘’、,，.。:：;；·\-—_/]/g, '');
  return plain.length > 4 ? plain.replace(/(建设)?项目$/, '') : plain;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) < 1e-9;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [x, y] = [record(a), record(b)];
  const keys = new Set([...Object.keys(x), ...Object.keys(y)]);
  return [...keys].every((key) => equal(x[key], y[key]));
}
