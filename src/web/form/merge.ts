// What two people made of one record, field by field: what is asked, and what comes of the answers. Pure.

export interface Conflict {
  readonly version: number | string;
  readonly fields: readonly ConflictField[];
  readonly theirs: Readonly<Record<string, unknown>>;
}

export interface ConflictField {
  readonly name: string;
  readonly label: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
  readonly show: (value: unknown) => string;
  readonly by: { readonly who: string; readonly at: string } | undefined;
}

export interface MergeWords {
  readonly label: string;
  /** Writes a value for people. */
  readonly show?: (value: unknown) => string;
}

export type Values = Readonly<Record<string, unknown>>;

/** The fields in which theirs is no longer what it was; the others are nobody's question. */
export function conflictFields(words: Readonly<Record<string, MergeWords | undefined>>, base: Values, mine: Values, theirs: Values, by: (name: string) => ConflictField['by'] = () => undefined): ConflictField[] {
  return Object.entries(words).flatMap(([name, word]) => {
    if (word === undefined || !(name in theirs) || same(theirs[name], base[name])) return [];
    return [{ name, label: word.label, base: base[name], mine: mine[name], theirs: theirs[name], show: word.show ?? plain, by: by(name) }];
  });
}

/** Theirs as far as I left it, mine as far as they did, and what was chosen where both changed it. */
export function mergedWith(base: Values, mine: Values, theirs: Values, chosen: Values): Record<string, unknown> {
  const own = Object.keys(mine).filter((name) => !same(mine[name], base[name]));
  return { ...theirs, ...Object.fromEntries(own.map((name) => [name, mine[name]])), ...chosen };
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

export function plain(value: unknown): string {
  return value === undefined || value === null || value === '' ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
