// Applies a settled mapping to a table: rows of typed values, each with what was refused, what is doubtful, and what free text
// offers. Lazy: one row at a time, so that 100,000 rows need the memory of one.
import { formatWan, formatYi } from '../../../kernel/money.ts';
import type { SheetCell } from '../../../kernel/sheet.ts';
import type { When } from '../../../kernel/when.ts';
import { inverted, learnOrder, NATURAL, type OrderPair } from './order.ts';
import { factsIn } from './remarks.ts';
import { columnsOf, type Planned } from './planned.ts';
import type { CellNote, ColumnMapping, CustomValue, Fact, LedgerRecord, LedgerRow, LedgerTable, LedgerValues, Mapping } from './shape.ts';
import { areaValue, codeValue, levelValue, lightValue, moneyValue, natureValue, noteAt, saysNothing, textValue, whenValue, yearValue, yesNoValue, type CellPlace } from './values.ts';

export interface ApplyOptions {
  /** Day on which the ledger is read: what is later cannot have happened. */
  readonly today: string;
}

export function* applyMapping(table: LedgerTable, mapping: Mapping, options: ApplyOptions): Iterable<LedgerRecord> {
  const plan = columnsOf(table, mapping);
  const headings = new Map(plan.map((column) => [column.key, column.heading]));
  const sink = { row: 0, refusals: [] as CellNote[], warnings: [] as CellNote[] };
  const context: RowContext = {
    table, mapping, options, plan, headings, sink,
    pairs: [...learned(table, plan, mapping), ...NATURAL.map(([first, second]) => ({ first, second, seen: 0, kept: 0 }))],
    // One place for each column, moved from row to row: a cell without a flaw costs no object.
    places: plan.map((column) => ({
      sheet: table.sheet, column: column.index, heading: column.heading, date1904: table.date1904, asShown: table.asShown, year: mapping.year,
      get row() { return sink.row; },
      refuse: (note) => { sink.refusals.push(note); },
      warn: (note) => { sink.warnings.push(note); },
    })),
    seen: { codes: new Map(), names: new Map() },
    named: plan.some((column) => column.field === 'name'),
  };
  for (const row of table.rows()) if (row.kind === 'data') yield record(row, context);
}

interface RowContext {
  readonly table: LedgerTable;
  readonly mapping: Mapping;
  readonly options: ApplyOptions;
  readonly plan: readonly Planned[];
  readonly places: readonly CellPlace[];
  readonly pairs: readonly OrderPair[];
  readonly headings: ReadonlyMap<string, string>;
  readonly seen: { readonly codes: Map<string, number>; readonly names: Map<string, number> };
  readonly named: boolean;
  readonly sink: { row: number; refusals: CellNote[]; warnings: CellNote[] };
}

type Values = { -readonly [K in keyof LedgerValues]: LedgerValues[K] };

interface Draft {
  readonly values: Values;
  readonly plans: Record<string, number>;
  readonly codes: string[];
  readonly custom: CustomValue[];
  /** All times of the row, extra attributes too, by key of the column. */
  readonly times: Map<string, When>;
}

function record(row: LedgerRow, context: RowContext): LedgerRecord {
  const { sink, plan, places, mapping } = context;
  sink.row = row.row;
  const refusals: CellNote[] = (sink.refusals = []);
  const warnings: CellNote[] = (sink.warnings = []);
  const draft: Draft = { values: {}, plans: {}, codes: [], custom: [], times: new Map() };
  let facts: readonly Fact[] = NO_FACTS;
  for (let i = 0; i < plan.length; i += 1) {
    const column = plan[i];
    const place = places[i];
    if (column === undefined || place === undefined) continue;
    const cell = row.cells.get(column.index);
    if (cell === undefined) continue;
    if ((column.kind === 'money' || column.kind === 'area') && row.inherited.has(column.index)) {
      // One amount over several projects belongs to none of them alone: it counts where it begins.
      place.warn(noteAt(place, cell.text, 'ledger.merged_amount'));
      continue;
    }
    take(cell, column, place, draft, context);
    if (column.field === 'remarks' || column.field === 'progress') facts = [...facts, ...factsOf(column, draft, context)];
  }
  const { values } = draft;
  settleName(draft, context, row);
  if (draft.codes.length > 0) values.externalCodes = draft.codes;
  if (Object.keys(draft.plans).length > 0) values.planFen = draft.plans;
  if (values.listYear === undefined && mapping.year !== null) values.listYear = mapping.year;
  if (values.level === undefined && mapping.level !== undefined && mapping.level !== null) values.level = mapping.level;
  check(values, context, (code, details) => { warnings.push(rowNote(row, code, details)); });
  if (draft.times.size > 1) warnInverted(draft, context, row, warnings);
  warnTwice(values, context, row, warnings);
  return {
    sheet: row.sheet, row: row.row, hidden: row.hidden, proposedCategory: values.category === undefined ? row.category : null, categories: row.categories,
    values, custom: draft.custom, facts: facts.length === 0 ? facts : unsaid(facts, values), refusals, warnings,
  };
}

const NO_FACTS: readonly Fact[] = [];

function rowNote(row: LedgerRow, code: string, details: Readonly<Record<string, unknown>> = {}): CellNote {
  return { sheet: row.sheet, row: row.row, column: null, letter: null, heading: null, text: '', code, details };
}

function factsOf(column: Planned, draft: Draft, context: RowContext): readonly Fact[] {
  const text = column.field === 'remarks' ? draft.values.remarks : draft.values.progress;
  if (text === undefined) return NO_FACTS;
  const found = factsIn(text, { column: column.index, year: context.mapping.year, today: context.options.today });
  // What a progress column says about progress is said already.
  return column.field === 'remarks' ? found : found.filter((fact) => fact.when !== null && fact.field !== 'progress');
}

/** Converts one cell into the draft. */
function take(cell: SheetCell, column: Planned, place: CellPlace, draft: Draft, context: RowContext): void {
  const { values } = draft;
  switch (column.kind) {
    case 'custom': {
      const value = customValue(cell, column, place);
      if (value === undefined) return;
      draft.custom.push(value);
      if (value.when !== undefined) draft.times.set(column.key, value.when);
      return;
    }
    case 'money': {
      const fen = moneyValue(cell, column.unit ?? context.table.unit, place);
      if (fen === undefined) return;
      if (column.field !== 'planFen') values[column.field] = fen;
      else {
        const year = column.year ?? context.mapping.year;
        if (year === null) place.refuse(noteAt(place, cell.text, 'ledger.plan_needs_year'));
        else draft.plans[String(year)] = fen;
      }
      return;
    }
    case 'when': {
      const when = whenValue(cell, column.order ?? null, place);
      if (when === undefined) return;
      values[column.field] = when;
      draft.times.set(column.key, when);
      if (column.field.startsWith('actual') && when.from > context.options.today) place.warn(noteAt(place, cell.text, 'ledger.actual_in_future', { today: context.options.today }));
      return;
    }
    case 'text': {
      const text = column.field === 'code' ? codeValue(cell, place) : textValue(cell, place, column.field === 'name');
      if (text !== undefined && (column.field === 'name' || !saysNothing(text))) values[column.field] = text;
      return;
    }
    case 'list': {
      const code = textValue(cell, place);
      if (code !== undefined && !saysNothing(code)) draft.codes.push(code);
      return;
    }
    case 'area':
      return put(values, 'landMu', areaValue(cell, column.heading, place));
    case 'yesno':
      return put(values, 'inStatistics', yesNoValue(cell, place));
    case 'year':
      return put(values, 'listYear', yearValue(cell, place));
    case 'choice':
      if (column.field === 'level') return put(values, 'level', levelValue(cell, place));
      if (column.field === 'nature') return put(values, 'nature', natureValue(cell, place));
      return put(values, 'light', lightValue(cell, place));
    default:
      column satisfies never;
  }
}

function put<K extends keyof Values>(values: Values, key: K, value: Values[K] | undefined): void {
  if (value !== undefined) values[key] = value;
}

function customValue(cell: SheetCell, column: ColumnMapping & { readonly heading: string }, place: CellPlace): CustomValue | undefined {
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

/** Nothing that could be seen. */
const BLANK = /^[\s\u0085\u00ad\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufeff]*$/;

/** A row is a project only by its name. Where no column gives names, a code stands in and is said to. */
function settleName(draft: Draft, context: RowContext, row: LedgerRow): void {
  const { values } = draft;
  const { refusals, warnings } = context.sink;
  if (row.continued) {
    refusals.push(rowNote(row, 'ledger.continued_row'));
    return;
  }
  if (values.name !== undefined && !BLANK.test(values.name)) {
    if (saysNothing(values.name)) warnings.push(rowNote(row, 'ledger.name_odd', { name: values.name }));
    return;
  }
  const code = values.code ?? draft.codes[0];
  if (context.named || code === undefined) {
    delete values.name;
    refusals.push(rowNote(row, 'ledger.name_missing'));
    return;
  }
  values.name = code;
  warnings.push(rowNote(row, 'ledger.name_from_code', { name: code }));
}

/** Sums that cannot be right, and amounts that smell of a wrong unit. */
function check(values: Values, context: RowContext, warn: (code: string, details: Readonly<Record<string, unknown>>) => void): void {
  const { totalFen, yearDoneFen, monthFen } = values;
  const doneFen = (values.accumulatedFen ?? 0) + (yearDoneFen ?? 0);
  if (monthFen !== undefined && yearDoneFen !== undefined && monthFen > yearDoneFen) warn('ledger.month_over_year', { month: formatWan(monthFen), year: formatWan(yearDoneFen) });
  if (totalFen === undefined || totalFen <= 0) return;
  if (doneFen > totalFen * 1.02) warn('ledger.done_over_total', { done: formatYi(doneFen), total: formatYi(totalFen) });
  const planFen = context.mapping.year === null ? undefined : values.planFen?.[String(context.mapping.year)];
  if (planFen !== undefined && planFen > totalFen * 1.02) warn('ledger.plan_over_total', { plan: formatYi(planFen), total: formatYi(totalFen) });
  // More than 2,000 亿元, or less than 10 万元: most often 万元 read as 亿元 or the other way round.
  if (totalFen > 20_000_000_000_000 || totalFen < 10_000_000) warn('ledger.unit_suspect', { total: formatYi(totalFen, 4) });
}

function warnInverted(draft: Draft, context: RowContext, row: LedgerRow, warnings: CellNote[]): void {
  for (const pair of inverted(draft.times, context.pairs)) {
    warnings.push(rowNote(row, 'ledger.times_inverted', {
      first: context.headings.get(pair.first) ?? pair.first, second: context.headings.get(pair.second) ?? pair.second,
      ...bothDays(draft.times.get(pair.first), draft.times.get(pair.second)), ...(pair.seen > 0 ? { kept: pair.kept, seen: pair.seen } : {}),
    }));
  }
}

// The hours are said where the days alone do not show it.
function bothDays(first: When | undefined, second: When | undefined): { firstDay: string | undefined; secondDay: string | undefined } {
  const say = (when: When | undefined): string | undefined => (when?.time !== undefined && first?.from === second?.from ? `${when.from} ${when.time}` : when?.from);
  return { firstDay: say(first), secondDay: say(second) };
}

function warnTwice(values: Values, context: RowContext, row: LedgerRow, warnings: CellNote[]): void {
  if (row.continued) return;
  const { codes, names } = context.seen;
  const { code, name } = values;
  const byCode = code === undefined ? undefined : codes.get(code);
  const key = `${name ?? ''}\u0000${values.builder ?? ''}`;
  const byName = name === undefined ? undefined : names.get(key);
  if (byCode !== undefined) warnings.push(rowNote(row, 'ledger.code_twice', { row: byCode, code }));
  else if (byName !== undefined) warnings.push(rowNote(row, 'ledger.name_twice', { row: byName, name }));
  if (code !== undefined && byCode === undefined) codes.set(code, row.row);
  if (name !== undefined && byName === undefined) names.set(key, row.row);
}

/** Facts that the row already says in a column of its own are not offered again. */
function unsaid(facts: readonly Fact[], values: Values): Fact[] {
  const open: readonly string[] = ['factorNeeds', 'problems', 'progress'];
  return facts.filter((fact) => open.includes(fact.field) || fact.field === 'custom' || fact.field === 'skip' || values[fact.field] === undefined);
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
      const when = whenValue(cell, column.order ?? null, { sheet: '', row: 0, column: column.index, heading: '', date1904: table.date1904, asShown: table.asShown, year: mapping.year, refuse: () => undefined, warn: () => undefined });
      if (when !== undefined && (when.kind === 'day' || when.kind === 'month')) times.set(column.key, when);
    }
    yield times;
  }
}
