// Applies a settled mapping to a table: rows of typed values, each with what was refused, what is doubtful, and what free text
// offers. Lazy: one row at a time, so that 100,000 rows need the memory of one.
import { letterOf, type SheetCell } from '../../../kernel/sheet.ts';
import type { When } from '../../../kernel/when.ts';
import { fieldNamed, type Field, type Level, type Light, type Nature } from './fields.ts';
import { inverted, learnOrder, NATURAL, type OrderPair } from './order.ts';
import { factsIn } from './remarks.ts';
import type { CellNote, ColumnMapping, CustomValue, Fact, LedgerRecord, LedgerRow, LedgerTable, Mapping } from './shape.ts';
import { areaValue, codeValue, levelValue, lightValue, moneyValue, natureValue, noteAt, saysNothing, textValue, whenValue, yearValue, yesNoValue, type CellPlace } from './values.ts';

export interface ApplyOptions {
  /** Day on which the ledger is read: what is later cannot have happened. */
  readonly today: string;
}

/** Values while a row is read; handed out as LedgerValues. */
interface Draft {
  texts: Map<string, string>;
  money: Map<string, number>;
  times: Map<string, When>;
  plans: Record<string, number>;
  codes: string[];
  level?: Level;
  nature?: Nature;
  light?: Light;
  listYear?: number;
  landMu?: number;
  inStatistics?: boolean;
}

export function* applyMapping(table: LedgerTable, mapping: Mapping, options: ApplyOptions): Iterable<LedgerRecord> {
  const plan = columnsOf(table, mapping);
  const context: RowContext = { table, mapping, options, plan, pairs: [...learned(table, plan, mapping), ...natural()], headings: new Map(plan.map((column) => [keyOf(column), column.heading])) };
  const seen = { codes: new Map<string, number>(), names: new Map<string, number>() };
  for (const row of table.rows()) if (row.kind === 'data') yield record(row, context, seen);
}

interface Planned extends ColumnMapping {
  readonly heading: string;
  readonly kind: Field['kind'] | 'custom';
}

interface RowContext {
  readonly table: LedgerTable;
  readonly mapping: Mapping;
  readonly options: ApplyOptions;
  readonly plan: readonly Planned[];
  readonly pairs: readonly OrderPair[];
  readonly headings: ReadonlyMap<string, string>;
}

function columnsOf(table: LedgerTable, mapping: Mapping): Planned[] {
  const headings = new Map(table.columns.map((column) => [column.index, column.heading]));
  return mapping.columns.flatMap((column): Planned[] => {
    if (column.field === 'skip') return [];
    const heading = headings.get(column.index) ?? letterOf(column.index);
    return [{ ...column, heading, kind: column.field === 'custom' ? 'custom' : (fieldNamed(column.field)?.kind ?? 'custom') }];
  });
}

function record(row: LedgerRow, context: RowContext, seen: { codes: Map<string, number>; names: Map<string, number> }): LedgerRecord {
  const refusals: CellNote[] = [];
  const warnings: CellNote[] = [];
  const custom: CustomValue[] = [];
  const facts: Fact[] = [];
  const draft: Draft = { texts: new Map(), money: new Map(), times: new Map(), plans: {}, codes: [] };
  const placeOf = (column: Planned): CellPlace => ({
    sheet: row.sheet, row: row.row, column: column.index, heading: column.heading, date1904: context.table.date1904,
    year: context.mapping.year, refuse: (note) => refusals.push(note), warn: (note) => warnings.push(note),
  });
  const allTimes = new Map<string, When>();
  for (const column of context.plan) {
    const cell = row.cells.get(column.index);
    if (cell === undefined) continue;
    const place = placeOf(column);
    if (row.inherited.has(column.index) && (column.kind === 'money' || column.kind === 'area')) {
      // One amount over several projects belongs to none of them alone: it counts where it begins.
      warnings.push(noteAt(place, cell.text, 'ledger.merged_amount'));
      continue;
    }
    take(cell, column, place, draft, custom, context);
    const time = column.kind === 'custom' ? custom[custom.length - 1]?.when : draft.times.get(column.field);
    if (time !== undefined && (column.kind === 'when' || (column.kind === 'custom' && custom[custom.length - 1]?.heading === column.heading))) allTimes.set(keyOf(column), time);
    if (column.field === 'remarks' || column.field === 'progress') {
      const found = factsIn(draft.texts.get(column.field) ?? '', { column: column.index, year: context.mapping.year, today: context.options.today });
      facts.push(...(column.field === 'remarks' ? found : found.filter((fact) => fact.when !== null && fact.field !== 'progress')));
    }
  }
  const rowNote = (code: string, details: Readonly<Record<string, unknown>> = {}): CellNote => ({ sheet: row.sheet, row: row.row, column: null, letter: null, heading: null, text: '', code, details });
  settleName(draft, context, row, refusals, warnings, rowNote);
  check(draft, context, rowNote, warnings);
  for (const pair of inverted(allTimes, context.pairs)) {
    warnings.push(rowNote('ledger.times_inverted', {
      first: context.headings.get(pair.first) ?? pair.first, second: context.headings.get(pair.second) ?? pair.second,
      firstDay: allTimes.get(pair.first)?.from, secondDay: allTimes.get(pair.second)?.from, ...(pair.seen > 0 ? { kept: pair.kept, seen: pair.seen } : {}),
    }));
  }
  warnTwice(draft, row, seen, rowNote, warnings);
  return {
    sheet: row.sheet, row: row.row, hidden: row.hidden, proposedCategory: draft.texts.has('category') ? null : row.category, categories: row.categories,
    values: valuesOf(draft, context.mapping), custom, facts: unsaid(facts, draft), refusals, warnings,
  };
}

/** Converts one cell into the draft or the extra attributes. */
function take(cell: SheetCell, column: Planned, place: CellPlace, draft: Draft, custom: CustomValue[], context: RowContext): void {
  const { field, kind } = column;
  switch (kind) {
    case 'custom': {
      const value = customValue(cell, column, place);
      if (value !== undefined) custom.push(value);
      return;
    }
    case 'money': {
      const fen = moneyValue(cell, column.unit ?? context.table.unit, place);
      if (fen === undefined) return;
      if (field !== 'planFen') draft.money.set(field, fen);
      else planFor(draft, column, fen, place, cell, context);
      return;
    }
    case 'when': {
      const when = whenValue(cell, column.order ?? null, place);
      if (when === undefined) return;
      draft.times.set(field, when);
      if (field.startsWith('actual') && when.from > context.options.today) place.warn(noteAt(place, cell.text, 'ledger.actual_in_future', { today: context.options.today }));
      return;
    }
    case 'area':
      set(draft, 'landMu', areaValue(cell, column.heading, place));
      return;
    case 'yesno':
      set(draft, 'inStatistics', yesNoValue(cell, place));
      return;
    case 'year':
      set(draft, 'listYear', yearValue(cell, place));
      return;
    case 'choice':
      if (field === 'level') set(draft, 'level', levelValue(cell, place));
      else if (field === 'nature') set(draft, 'nature', natureValue(cell, place));
      else set(draft, 'light', lightValue(cell, place));
      return;
    case 'list': {
      const code = textValue(cell, place);
      if (code !== undefined && !saysNothing(code)) draft.codes.push(code);
      return;
    }
    case 'code':
    case 'text':
    case 'organisation':
    case 'integer': {
      const text = field === 'code' ? codeValue(cell, place) : textValue(cell, place, field === 'name');
      if (text !== undefined && (field === 'name' || !saysNothing(text))) draft.texts.set(field, text);
      return;
    }
    default:
      kind satisfies never;
  }
}

function set<K extends 'landMu' | 'inStatistics' | 'listYear' | 'level' | 'nature' | 'light'>(draft: Draft, key: K, value: Draft[K] | undefined): void {
  if (value !== undefined) Object.assign(draft, { [key]: value });
}

function planFor(draft: Draft, column: Planned, fen: number, place: CellPlace, cell: SheetCell, context: RowContext): void {
  const year = column.year ?? context.mapping.year;
  if (year === null) place.refuse(noteAt(place, cell.text, 'ledger.plan_needs_year'));
  else draft.plans[String(year)] = fen;
}

function customValue(cell: SheetCell, column: Planned, place: CellPlace): CustomValue | undefined {
  const heading = column.heading;
  const custom = column.custom ?? 'text';
  if (custom === 'date') {
    // An extra attribute that is no date after all stays as it is written; only an order that is not settled is refused.
    const quiet: CellPlace = { ...place, refuse: (note) => { if (note.code === 'ledger.when_ambiguous' || note.code === 'ledger.cell_error') place.refuse(note); }, warn: () => undefined };
    const when = whenValue(cell, column.order ?? null, quiet);
    if (when !== undefined) return { heading, text: cell.text, when };
  }
  if (custom === 'money') {
    const fen = moneyValue(cell, column.unit ?? null, { ...place, refuse: () => undefined });
    if (fen !== undefined) return { heading, text: cell.text, fen };
  }
  if (custom === 'number' && cell.number !== null) return { heading, text: cell.text, number: cell.number };
  const text = textValue(cell, place);
  return text === undefined ? undefined : { heading, text };
}

/** A row is a project only by its name. Where no column gives names, a code stands in and is said to. */
function settleName(draft: Draft, context: RowContext, row: LedgerRow, refusals: CellNote[], warnings: CellNote[], rowNote: (code: string, details?: Readonly<Record<string, unknown>>) => CellNote): void {
  if (row.continued) {
    refusals.push(rowNote('ledger.continued_row'));
    return;
  }
  const name = draft.texts.get('name');
  if (name !== undefined && (!saysNothing(name) || name.length > 1)) return;
  const code = draft.texts.get('code') ?? draft.codes[0];
  if (context.plan.some((column) => column.field === 'name') || code === undefined) {
    refusals.push(rowNote('ledger.name_missing'));
    return;
  }
  draft.texts.set('name', code);
  warnings.push(rowNote('ledger.name_from_code', { name: code }));
}

/** Sums that cannot be right, and amounts that smell of a wrong unit. */
function check(draft: Draft, context: RowContext, rowNote: (code: string, details?: Readonly<Record<string, unknown>>) => CellNote, warnings: CellNote[]): void {
  const total = draft.money.get('totalFen');
  const year = draft.money.get('yearDoneFen');
  const done = (draft.money.get('accumulatedFen') ?? 0) + (year ?? 0);
  if (total !== undefined && total > 0 && done > total * 1.02) warnings.push(rowNote('ledger.done_over_total', { doneFen: done, totalFen: total }));
  const planned = context.mapping.year === null ? undefined : draft.plans[String(context.mapping.year)];
  if (total !== undefined && total > 0 && planned !== undefined && planned > total * 1.02) warnings.push(rowNote('ledger.plan_over_total', { planFen: planned, totalFen: total }));
  const month = draft.money.get('monthFen');
  if (month !== undefined && year !== undefined && month > year) warnings.push(rowNote('ledger.month_over_year', { monthFen: month, yearFen: year }));
  // More than 2,000 亿元, or less than 10 万元: most often 万元 read as 亿元 or the other way round.
  if (total !== undefined && (total > 20_000_000_000_000 || (total > 0 && total < 10_000_000))) warnings.push(rowNote('ledger.unit_suspect', { totalFen: total }));
}

function warnTwice(draft: Draft, row: LedgerRow, seen: { codes: Map<string, number>; names: Map<string, number> }, rowNote: (code: string, details?: Readonly<Record<string, unknown>>) => CellNote, warnings: CellNote[]): void {
  if (row.continued) return;
  const code = draft.texts.get('code');
  const name = draft.texts.get('name');
  const byCode = code === undefined ? undefined : seen.codes.get(code);
  const key = `${name ?? ''}\u0000${draft.texts.get('builder') ?? ''}`;
  const byName = name === undefined ? undefined : seen.names.get(key);
  if (byCode !== undefined) warnings.push(rowNote('ledger.code_twice', { row: byCode, code }));
  else if (byName !== undefined) warnings.push(rowNote('ledger.name_twice', { row: byName, name }));
  if (code !== undefined && byCode === undefined) seen.codes.set(code, row.row);
  if (name !== undefined && byName === undefined) seen.names.set(key, row.row);
}

function valuesOf(draft: Draft, mapping: Mapping): LedgerRecord['values'] {
  const { texts, money, times, plans, codes, ...rest } = draft;
  return {
    ...Object.fromEntries(texts), ...Object.fromEntries(money), ...Object.fromEntries(times), ...rest,
    ...(rest.level === undefined && mapping.level !== undefined && mapping.level !== null ? { level: mapping.level } : {}),
    ...(rest.listYear === undefined && mapping.year !== null ? { listYear: mapping.year } : {}),
    ...(codes.length > 0 ? { externalCodes: codes } : {}),
    ...(Object.keys(plans).length > 0 ? { planFen: plans } : {}),
  };
}

/** Facts that the row already says in a column of its own are not offered again. */
function unsaid(facts: readonly Fact[], draft: Draft): Fact[] {
  return facts.filter((fact) => {
    if (fact.when !== null && fact.field !== 'progress') return !draft.times.has(fact.field);
    if (fact.fen !== null) return fact.field === 'planFen' ? Object.keys(draft.plans).length === 0 : !draft.money.has(fact.field);
    return fact.field === 'factorNeeds' || fact.field === 'problems' || fact.field === 'progress' || !draft.texts.has(fact.field);
  });
}

function keyOf(column: Planned): string {
  return column.field === 'custom' ? `custom ${column.index}` : column.field;
}

function natural(): OrderPair[] {
  return NATURAL.map(([first, second]) => ({ first, second, seen: 0, kept: 0 }));
}

/** Learns the usual order of the columns of times from the first rows. */
function learned(table: LedgerTable, plan: readonly Planned[], mapping: Mapping): OrderPair[] {
  const columns = plan.filter((column) => column.kind === 'when' || (column.kind === 'custom' && column.custom === 'date'));
  if (columns.length < 2) return [];
  const natural = new Set(NATURAL.map(([a, b]) => `${a} ${b}`));
  const comparable = (a: string, b: string) => (a.startsWith('custom') || b.startsWith('custom')) && !natural.has(`${a} ${b}`);
  if (!columns.some((column) => column.kind === 'custom')) return [];
  return learnOrder(timesOf(table, columns, mapping), comparable);
}

/** Rows that are enough to learn from. */
const LEARN_ROWS = 3000;

function* timesOf(table: LedgerTable, columns: readonly Planned[], mapping: Mapping): Iterable<ReadonlyMap<string, When>> {
  let count = 0;
  for (const row of table.rows()) {
    if (row.kind !== 'data') continue;
    count += 1;
    if (count > LEARN_ROWS) return;
    const times = new Map<string, When>();
    for (const column of columns) {
      const cell = row.cells.get(column.index);
      if (cell === undefined) continue;
      const when = whenValue(cell, column.order ?? null, { sheet: '', row: 0, column: column.index, heading: '', date1904: table.date1904, year: mapping.year, refuse: () => undefined, warn: () => undefined });
      if (when !== undefined && (when.kind === 'day' || when.kind === 'month')) times.set(keyOf(column), when);
    }
    yield times;
  }
}
