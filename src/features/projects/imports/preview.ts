// Staging: takes rows as they are read, finds out for each which project it is and what would change, and stores its fate. Writes
// nothing of the register.
import type { Now } from '../../../kernel/clock.ts';
import { sql, type Database } from '../../../platform/db.ts';
import { readGround } from '../data.ts';
import { gramsOf } from '../../../kernel/grams.ts';
import { changesOf, likeness, match, plainName, want, type Candidate, type Lookups, type Match, type Wanted } from './fate.ts';
import { lookupsOf } from './lookups.ts';
import type { ImportMapping } from './mapping.ts';
import type { StagedProblem, StagedRow } from './row.ts';
import * as store from './store.ts';

const SIMILAR_FROM = 0.75;
const SIMILAR_LOOKUPS = 300; // a look-up costs milliseconds; a ledger with more unknown names is new to the zone, and likeness is only asked of the first

export class Preview {
  private n = 0;
  private similarLeft = SIMILAR_LOOKUPS;
  private readonly seen = new Map<string, { sheet: string; row: number }>();
  private readonly taken = new Map<string, { sheet: string; row: number }>();

  private constructor(
    private readonly database: Database, private readonly importId: string, private readonly mapping: ImportMapping, private readonly year: number,
    private readonly lookups: Lookups, private readonly empty: boolean,
  ) {}

  static async open(database: Database, importId: string, mapping: ImportMapping, now: Now): Promise<Preview> {
    const [ground, names, any] = await Promise.all([readGround(database, now), store.readNames(database), database.row(sql`select 1 as one from projects_projects limit 1`)]);
    return new Preview(database, importId, mapping, ground.year, lookupsOf(names), any === undefined);
  }

  /** Stages some rows and counts them as done. */
  async take(rows: readonly StagedRow[]): Promise<void> {
    const wants = rows.map((row) => ({ row, ...want(row, this.lookups, this.year, this.mapping.month) }));
    const matches = await this.matchAll(wants);
    const ids = matches.flatMap((one) => (one.kind === 'sure' ? [one.id] : []));
    const stored = await store.readStored(this.database, ids, this.mapping.month, false);
    const staged = wants.map(({ row, wanted, problems }, i): store.Staged => {
      const found = matches[i] ?? { kind: 'none' };
      const all = [...row.problems, ...this.tellMissing(problems)];
      const n = this.n;
      this.n += 1;
      const refusal = this.refuses(row, all, found);
      if (refusal !== undefined) return { n, fate: 'refused', projectId: null, candidates: [], row, changes: [], problems: refusal };
      if (found.kind === 'doubtful') return { n, fate: 'doubtful', projectId: null, candidates: found.candidates, row, changes: [], problems: all };
      if (found.kind === 'none') return { n, fate: 'new', projectId: null, candidates: [], row, changes: [], problems: all };
      const before = stored.get(found.id);
      const compared = before === undefined ? { changes: [], problems: [] } : changesOf(wanted, before);
      return { n, fate: compared.changes.length > 0 ? 'changed' : 'unchanged', projectId: found.id, candidates: [], row, changes: compared.changes, problems: [...all, ...compared.problems] };
    });
    await this.database.transaction(async (tx) => {
      await store.insertRows({ run: async (statement) => (tx.last(statement), 0) }, this.importId, staged);
      tx.last(store.progressOf(this.importId, staged.length));
    });
  }

  private tellMissing(problems: readonly StagedProblem[]): StagedProblem[] {
    if (!this.mapping.createMissing) return [...problems];
    return problems.map((one) => ({ ...one, code: one.code.replace('ledger.unknown_', 'ledger.will_make_') }));
  }

  // A row without a name is nobody; the same project twice in a file is refused the second time.
  private refuses(row: StagedRow, problems: readonly StagedProblem[], found: Match): StagedProblem[] | undefined {
    if (problems.some((one) => one.refuses)) return [...problems];
    const name = nameOf(row);
    if (name === '') return [...problems, about('ledger.no_name', row, '')];
    if (row.fields['code'] === undefined && name.length > 500) return [...problems, about('ledger.name_too_long', row, name)];
    const key = codeOf(row) ?? [plainName(name), row.names.builder ?? '', row.names.town ?? ''].join(' ');
    const earlier = this.seen.get(key);
    if (earlier !== undefined) return [...problems, about('ledger.duplicate_row', row, name, { sheet: earlier.sheet, row: earlier.row })];
    this.seen.set(key, { sheet: row.sheet, row: row.row });
    if (found.kind !== 'sure') return undefined;
    const other = this.taken.get(found.id);
    if (other !== undefined) return [...problems, about('ledger.duplicate_row', row, name, { sheet: other.sheet, row: other.row })];
    this.taken.set(found.id, { sheet: row.sheet, row: row.row });
    return undefined;
  }

  private async matchAll(wants: readonly { row: StagedRow; wanted: Wanted }[]): Promise<Match[]> {
    if (this.empty) return wants.map(() => ({ kind: 'none' }));
    const codes = wants.flatMap(({ row }) => codeOf(row) ?? []);
    const candidates = await store.findCandidates(this.database, codes, wants.map(({ row }) => nameOf(row)));
    const byCode = new Map(candidates.flatMap((one) => (one.code === null ? [] : [[one.code, one] as const])));
    const byName = new Map<string, Candidate[]>();
    for (const one of candidates) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
    const lost = wants.flatMap(({ row }, n) => (byCode.has(codeOf(row) ?? '') || byName.has(nameOf(row)) ? [] : [{ n, grams: gramsOf(nameOf(row), row.pinyin, null).slice(0, 3) }])).slice(0, Math.max(0, this.similarLeft));
    this.similarLeft -= lost.length;
    const similar = new Map<number, Candidate[]>();
    for (const one of lost.length === 0 ? [] : await store.findSimilar(this.database, lost)) {
      if (likeness(one.name, nameOf(wants[one.n]?.row ?? emptyRow)) >= SIMILAR_FROM) similar.set(one.n, [...(similar.get(one.n) ?? []), one]);
    }
    return wants.map(({ row, wanted }, i) => match(
      { code: codeOf(row) ?? null, name: nameOf(row), townId: text(wanted.fields['townId']), builderName: text(wanted.fields['builderName']), responsibleOrgId: text(wanted.fields['responsibleOrgId']) },
      byCode.get(codeOf(row) ?? ''), byName.get(nameOf(row)) ?? [], similar.get(i) ?? [],
    ));
  }
}

const emptyRow: StagedRow = { sheet: '', row: 0, fields: {}, names: {}, plans: {}, externalCodes: [], amounts: {}, custom: {}, problems: [], pinyin: '' };

function nameOf(row: StagedRow): string {
  return text(row.fields['name']) ?? '';
}

function codeOf(row: StagedRow): string | undefined {
  return text(row.fields['code']);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function about(code: string, row: StagedRow, what: string, details: Readonly<Record<string, unknown>> = {}): StagedProblem {
  return { code, refuses: true, column: null, letter: null, heading: null, text: what.slice(0, 500), details: { ...details } };
}
