// Figures as they are printed and kept: what was measured, beside what it is compared with, and whether the target is met. Never
// rounds before it judges.

export interface Figure {
  readonly part: string;
  readonly what: string;
  readonly projects: number;
  /** What Yugong did, with its unit. */
  readonly own: number;
  /** What it is compared with; null where the target is absolute. */
  readonly other: number | null;
  readonly unit: string;
  /** own / other, or null. */
  readonly ratio: number | null;
  readonly target: string;
  readonly pass: boolean | null;
  readonly note?: string;
}

/** A figure whose target is a least share of another. */
export function atLeast(base: Omit<Figure, 'ratio' | 'target' | 'pass'>, share: number): Figure {
  const ratio = base.other === null || base.other === 0 ? null : base.own / base.other;
  return { ...base, ratio, target: `≥ ${share}`, pass: ratio !== null && ratio >= share };
}

/** A figure whose target is a greatest multiple of another. */
export function atMost(base: Omit<Figure, 'ratio' | 'target' | 'pass'>, times: number): Figure {
  const ratio = base.other === null || base.other === 0 ? null : base.own / base.other;
  return { ...base, ratio, target: `≤ ${times}`, pass: ratio !== null && ratio <= times };
}

/** A figure with an absolute target. */
export function below(base: Omit<Figure, 'ratio' | 'target' | 'pass' | 'other'>, limit: number): Figure {
  return { ...base, other: null, ratio: null, target: `< ${limit} ${base.unit}`, pass: base.own < limit };
}

export function print(figures: readonly Figure[]): string {
  const rows = [
    ['part', 'what', 'projects', 'Yugong', 'compared', 'unit', 'ratio', 'target', ''],
    ...figures.map((one) => [
      one.part, one.what, String(one.projects), short(one.own), one.other === null ? '' : short(one.other), one.unit, one.ratio === null ? '' : one.ratio.toFixed(2), one.target,
      one.pass === null ? '' : one.pass ? 'pass' : 'SHORT',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_head, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

export function short(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
