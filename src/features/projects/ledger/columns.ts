// Proposes for each column what it is: by its headings, by the values under it, and each field for one column only. A proposal
// carries its confidence and its reasons; it is never applied without a person or a saved profile saying so.
import { letterOf, type SheetCell } from '../../../kernel/sheet.ts';
import { parseMoney, unitIn, type MoneyUnit } from '../../../kernel/money.ts';
import { parseWhen, slashParts } from '../../../kernel/when.ts';
import { narrow } from '../../../kernel/text.ts';
import { fieldNamed, type FieldKind, type Target } from './fields.ts';
import type { Block } from './headings.ts';
import type { KeyColumns } from './rows.ts';
import type { CustomKind, DateStyle, LedgerColumn, LedgerRow, Proposal, Question } from './shape.ts';
import { matches } from './words.ts';

/** What is seen of a column while the rows go by. */
export class ColumnSight {
  filled = 0;
  readonly samples: string[] = [];
  /** Of the sampled cells. */
  seen = 0;
  numbers = 0;
  dates = 0;
  amounts = 0;
  codes = 0;
  yesno = 0;
  towns = 0;
  readonly units = new Map<MoneyUnit, number>();
  readonly styles = new Map<string, number>();
  readonly values = new Set<string>();
  ambiguous = 0;
  dayFirst = 0;
  monthFirst = 0;
  /** 5/5/2016: reads alike both ways. */
  alike = 0;

  /** Every cell: how many there are, and whether a date proves which part comes first. */
  see(cell: SheetCell): void {
    this.filled += 1;
    if (cell.kind !== 'text' || cell.text.length < 8 || cell.text.length > 30) return;
    const code = cell.text.charCodeAt(0);
    if (code < 48 || code > 57) return;
    const parts = slashParts(cell.text);
    if (parts === undefined) return;
    if (parts.first > 12 && parts.second <= 12) this.dayFirst += 1;
    else if (parts.second > 12 && parts.first <= 12) this.monthFirst += 1;
    else if (parts.first <= 12 && parts.first === parts.second) this.alike += 1;
    else if (parts.first <= 12 && parts.second <= 12) this.ambiguous += 1;
  }

  /** Some cells: what kind of values these are. */
  sample(cell: SheetCell, year: number | null): void {
    const text = narrow(cell.text).trim();
    if (text === '' || /^[-—/]+$/.test(text)) return;
    this.seen += 1;
    if (this.samples.length < 6 && !this.samples.includes(cell.text)) this.samples.push(cell.text);
    if (this.values.size < 200) this.values.add(text);
    if (cell.kind === 'number') this.numbers += 1;
    else if (cell.kind === 'date') this.style('serial');
    else if (cell.kind === 'text') this.sampleText(text, year);
    if (cell.kind === 'number' && cell.number !== null && Number.isInteger(cell.number) && cell.number >= 1990 && cell.number <= 2060) this.style('year');
  }

  private sampleText(text: string, year: number | null): void {
    if (/^[\d,]+(?:\.\d+)?$/.test(text)) this.numbers += 1;
    const money = parseMoney(text, null);
    if (money.ok) {
      this.amounts += 1;
      this.units.set(money.unit, (this.units.get(money.unit) ?? 0) + 1);
    }
    if (/^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$/.test(text)) this.codes += 1;
    else {
      const when = parseWhen(text, { year: year ?? 2000 });
      if (when.ok) this.style(when.style);
      else if (when.reason === 'ambiguous') this.style('slash');
    }
    if (/^(?:是|否|有|无|已|未|√|×|y|n|yes|no)/i.test(text) && text.length <= 14) this.yesno += 1;
    if (/(?:镇|街道|乡|办事处)$/.test(text) && text.length <= 12) this.towns += 1;
  }

  private style(style: string): void {
    this.dates += 1;
    this.styles.set(style, (this.styles.get(style) ?? 0) + 1);
  }

  share(count: number): number {
    return this.seen === 0 ? 0 : count / this.seen;
  }
}

/** Where name, serial number and code stand, by headings alone: needed before the rows can be told apart. */
export function keyColumns(block: Block): KeyColumns {
  const best = (field: Target) => {
    let column = -1;
    let score = 0.6;
    for (const [index, path] of block.paths) {
      const match = matches(path)[0];
      if (match?.field === field && match.score > score) [column, score] = [index, match.score];
    }
    return column;
  };
  return { name: best('name'), seq: best('seq'), code: best('code') };
}

export function proposeColumns(block: Block, sights: ReadonlyMap<number, ColumnSight>): LedgerColumn[] {
  const drafts: { index: number; path: readonly string[]; sight: ColumnSight; options: Proposal[] }[] = [];
  const indexes = new Set([...block.paths.keys(), ...sights.keys()]);
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const path = block.paths.get(index) ?? [];
    const sight = sights.get(index) ?? new ColumnSight();
    if (path.length === 0 && sight.filled === 0) continue;
    drafts.push({ index, path, sight, options: optionsFor(path, sight, block) });
  }
  const chosen = choose(drafts.map((draft) => draft.options));
  return drafts.map(({ index, path, sight, options }, i) => {
    const proposal = chosen[i] ?? customProposal(sight, path, 0.3);
    return {
      index, letter: letterOf(index), path, heading: path.length === 0 ? letterOf(index) : path.join('/'),
      proposal, alternatives: options.filter((option) => option.field !== proposal.field).slice(0, 4), samples: sight.samples, filled: sight.filled,
    };
  });
}

/** The surest claim on a field wins; the loser takes its next option. Fields that several columns may fill are free. */
function choose(options: readonly (readonly Proposal[])[]): (Proposal | undefined)[] {
  const chosen: (Proposal | undefined)[] = options.map(() => undefined);
  const taken = new Set<string>();
  const claims = options.flatMap((list, column) => list.map((proposal, rank) => ({ column, proposal, rank })));
  claims.sort((a, b) => b.proposal.confidence - a.proposal.confidence || a.column - b.column);
  for (const { column, proposal } of claims) {
    if (chosen[column] !== undefined || proposal.confidence < 0.35) continue;
    const free = proposal.field === 'custom' || proposal.field === 'skip' || fieldNamed(proposal.field)?.many === true;
    const key = proposal.field === 'planFen' ? `planFen ${proposal.year ?? ''}` : proposal.field;
    if (taken.has(key) && (!free || proposal.field === 'planFen')) continue;
    taken.add(key);
    chosen[column] = proposal;
  }
  return chosen;
}

function optionsFor(path: readonly string[], sight: ColumnSight, block: Block): Proposal[] {
  const options = matches(path).map((match): Proposal => {
    const kind = kindOf(match.field);
    const { factor, why } = support(kind, sight, match.field);
    const money = kind === 'money' ? unitFor(path, sight, block.unit) : { unit: null, why: [] };
    return {
      field: match.field,
      confidence: round(match.score * factor),
      unit: money.unit,
      year: match.field === 'planFen' ? yearIn(path) : null,
      date: kind === 'when' ? dateStyle(sight) : null,
      custom: customKind(sight),
      why: [match.exact ? 'heading_equal' : 'heading_part', ...(path.length > 1 ? ['path'] : []), ...why, ...money.why],
    };
  });
  if (options.length === 0) options.push(...byValues(sight));
  options.push(customProposal(sight, path, 0.4));
  return options.sort((a, b) => b.confidence - a.confidence);
}

/** Values may bear a heading out or contradict it. An empty column says nothing. */
function support(kind: FieldKind | 'none', sight: ColumnSight, field: Target): { factor: number; why: readonly string[] } {
  if (sight.seen < 3 || kind === 'none') return { factor: 1, why: [] };
  const numeric = sight.share(sight.numbers);
  switch (kind) {
    case 'money':
      return numeric + sight.share(sight.amounts) >= 0.6 ? { factor: 1, why: ['values'] } : { factor: 0.45, why: ['values_differ'] };
    case 'area':
      return numeric >= 0.5 || [...sight.values].some((value) => value.endsWith('亩')) ? { factor: 1, why: ['values'] } : { factor: 0.6, why: ['values_differ'] };
    case 'when':
      return sight.share(sight.dates) >= 0.5 ? { factor: 1, why: ['values'] } : { factor: 0.55, why: ['values_differ'] };
    case 'yesno':
      return sight.share(sight.yesno) >= 0.5 ? { factor: 1, why: ['values'] } : { factor: 0.6, why: ['values_differ'] };
    case 'text':
    case 'organisation':
      // A name is not a figure; a serial number is.
      return field !== 'seq' && field !== 'phone' && numeric > 0.8 ? { factor: 0.4, why: ['values_differ'] } : { factor: 1, why: [] };
    default:
      return { factor: 1, why: [] };
  }
}

/** No heading that we know: only what values themselves show. */
function byValues(sight: ColumnSight): Proposal[] {
  if (sight.seen < 3) return [];
  const found: [Target, number][] = [];
  if (sight.share(sight.codes) > 0.6) found.push(['code', 0.9]);
  if (sight.share(sight.towns) > 0.6) found.push(['town', 0.62]);
  if (sight.values.size > 0 && [...sight.values].every((value) => /^(?:省|市)(?:级|重点)?$/.test(value))) found.push(['level', 0.7]);
  if ([...sight.values].every((value) => /^[红黄绿橙](?:灯|色)?$/.test(value))) found.push(['light', 0.7]);
  return found.map(([field, confidence]) => ({ field, confidence, unit: null, year: null, date: null, custom: 'text', why: ['values'] }));
}

function customProposal(sight: ColumnSight, path: readonly string[], confidence: number): Proposal {
  const custom = customKind(sight);
  return { field: 'custom', confidence, unit: custom === 'money' ? unitFor(path, sight, null).unit : null, year: null, date: custom === 'date' ? dateStyle(sight) : null, custom, why: ['other'] };
}

function customKind(sight: ColumnSight): CustomKind {
  if (sight.seen === 0) return 'text';
  if (sight.share(sight.dates) >= 0.6) return 'date';
  if (sight.units.size > 0 && sight.share(sight.amounts) >= 0.5) return 'money';
  return sight.share(sight.numbers) >= 0.8 ? 'number' : 'text';
}

function dateStyle(sight: ColumnSight): DateStyle {
  const styles = [...sight.styles].sort((a, b) => b[1] - a[1]).map(([style]) => style);
  const proved = sight.dayFirst > 0 && sight.monthFirst === 0 ? 'dmy' : sight.monthFirst > 0 && sight.dayFirst === 0 ? 'mdy' : null;
  return { styles, order: proved, ambiguous: sight.ambiguous, alike: sight.alike, dayFirst: sight.dayFirst, monthFirst: sight.monthFirst };
}

/** Heading first, from the lowest up; then the note above the table; then what most cells say themselves. */
function unitFor(path: readonly string[], sight: ColumnSight, note: MoneyUnit | null): { unit: MoneyUnit | null; why: readonly string[] } {
  for (let i = path.length - 1; i >= 0; i -= 1) {
    const unit = unitIn(path[i] ?? '');
    if (unit !== undefined) return { unit, why: ['unit_heading'] };
  }
  if (note !== null) return { unit: note, why: ['unit_note'] };
  const [most] = [...sight.units].sort((a, b) => b[1] - a[1]);
  return most !== undefined && most[1] >= sight.seen * 0.5 ? { unit: most[0], why: ['unit_value'] } : { unit: null, why: [] };
}

function yearIn(path: readonly string[]): number | null {
  for (let i = path.length - 1; i >= 0; i -= 1) {
    const found = /(?:^|\D)(20\d{2})(?!\d)/.exec(narrow(path[i] ?? ''));
    if (found !== null) return Number(found[1]);
  }
  return null;
}

/** What a person must be asked before the table can be read as meant. */
export function questionsFor(columns: readonly LedgerColumn[], block: Block, counts: LedgerRowCounts): Question[] {
  const questions: Question[] = [];
  for (const column of columns) {
    const { proposal, heading, index } = column;
    const date = proposal.date;
    if (date !== null && date.ambiguous > 0) {
      questions.push({
        code: 'ledger.date_order', column: index, heading, choices: ['dmy', 'mdy'], suggestion: date.order,
        details: { ambiguous: date.ambiguous, alike: date.alike, dayFirst: date.dayFirst, monthFirst: date.monthFirst, sample: column.samples.find((text) => slashParts(text) !== undefined) ?? '' },
      });
    }
    if (kindOf(proposal.field) === 'money' && proposal.unit === null && column.filled > 0) {
      questions.push({ code: 'ledger.money_unit', column: index, heading, choices: ['yuan', 'thousand', 'wan', 'million', 'yi'], suggestion: null, details: { samples: column.samples.slice(0, 3).join(', ') } });
    }
    if (proposal.field !== 'custom' && proposal.field !== 'skip' && proposal.confidence < 0.6) {
      questions.push({ code: 'ledger.unsure_column', column: index, heading, choices: [proposal.field, ...column.alternatives.map((one) => one.field)], suggestion: proposal.field, details: { confidence: proposal.confidence } });
    }
  }
  if (counts.data > 0 && !columns.some((column) => column.proposal.field === 'name')) {
    questions.push({ code: 'ledger.no_name', column: null, heading: null, choices: columns.map((column) => String(column.index)), suggestion: null, details: {} });
  }
  if (block.year === null && columns.some((column) => ['planFen', 'yearDoneFen', 'monthFen', 'accumulatedFen'].includes(column.proposal.field))) {
    questions.push({ code: 'ledger.list_year', column: null, heading: null, choices: [], suggestion: null, details: {} });
  }
  return questions;
}

type LedgerRowCounts = Readonly<Record<LedgerRow['kind'], number>>;

function kindOf(field: Target): FieldKind | 'none' {
  return fieldNamed(field)?.kind ?? 'none';
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
