// A list of policies as a spreadsheet holds it: finds the row of headings, reads each row below, says what is wrong with it where it is. Pure.
import { refuse } from '../../../kernel/refuse.ts';
import { folded, trimmed } from '../../../kernel/text.ts';
import { parseMoney, unitIn } from '../../../kernel/money.ts';
import { parseWhen } from '../../../kernel/when.ts';
import type { GIVES, LEVELS } from './contract.ts';
import headings from './data/headings.json' with { type: 'json' };
import words from './data/words.json' with { type: 'json' };

export type Field = keyof typeof headings;
/** The texts of a sheet by row (from 1) and column. */
export interface TextRow { readonly row: number; readonly cells: readonly string[] }
export interface RowFault { readonly field: Field; readonly code: 'missing' | 'unreadable' | 'too_long' | 'too_short' | 'unknown' | 'before'; readonly text: string }

export interface ReadRow {
  readonly row: number;
  readonly name: string; readonly number: string; readonly issuer: string; readonly level: (typeof LEVELS)[number]; readonly validFrom: string; readonly validUntil: string | null; readonly applyFrom: string | null; readonly applyUntil: string | null;
  readonly gives: (typeof GIVES)[number]; readonly amountFen: number | null; readonly benefit: string; readonly how: string; readonly department: string | null;
  readonly faults: readonly RowFault[];
}

const FIELDS = Object.keys(headings) as readonly Field[]; // the keys of the file, which the compiler widens
const NEEDED: readonly Field[] = ['name', 'issuer', 'level', 'validFrom', 'gives', 'benefit', 'how'];
/** Of one character they say nothing. */
const SHORTEST: readonly Field[] = ['name', 'how'];
const LONGEST: Readonly<Partial<Record<Field, number>>> = { name: 300, number: 200, issuer: 200, benefit: 2000, how: 4000 };
/** A row with fewer headings is none. */
const LEAST_HEADINGS = 4;

/** Refuses `knowledge.no_list` where no row has the headings of a list. */
export function readTable(rows: readonly TextRow[]): ReadRow[] {
  const at = rows.findIndex((row) => columnsOf(row.cells).size >= LEAST_HEADINGS);
  const head = rows[at];
  if (head === undefined) return refuse('knowledge.no_list', {});
  const columns = columnsOf(head.cells);
  const unit = unitIn(head.cells[columns.get('amountFen') ?? -1] ?? '') ?? 'wan';
  return rows.slice(at + 1).map((row) => readRow(row, columns, unit)).filter((row) => row.name !== '' || row.benefit !== '');
}

function columnsOf(cells: readonly string[]): ReadonlyMap<Field, number> {
  const found = new Map<Field, number>();
  cells.forEach((cell, column) => {
    const bare = folded(cell).replace(/\(.*\)$/, '');
    const field = FIELDS.find((one) => headings[one].includes(bare));
    if (field !== undefined && !found.has(field)) found.set(field, column);
  });
  return found;
}

function readRow({ row, cells }: TextRow, columns: ReadonlyMap<Field, number>, unit: NonNullable<ReturnType<typeof unitIn>>): ReadRow {
  const faults: RowFault[] = [];
  const textOf = (field: Field): string => trimmed(cells[columns.get(field) ?? -1] ?? '');
  const fault = (field: Field, code: RowFault['code']): void => void faults.push({ field, code, text: textOf(field).slice(0, 80) });
  const dayOf = (field: Field, last: boolean): string | null => {
    if (textOf(field) === '') return null;
    const read = parseWhen(textOf(field));
    if (read.ok) return last ? read.when.to : read.when.from;
    fault(field, 'unreadable');
    return null;
  };
  for (const field of NEEDED) if (textOf(field) === '') fault(field, 'missing');
  for (const field of FIELDS) if (textOf(field).length > (LONGEST[field] ?? 1000)) fault(field, 'too_long');
  for (const field of SHORTEST) if (textOf(field).length === 1) fault(field, 'too_short');
  const level = wordIn(words.level, textOf('level'));
  const gives = wordIn(words.gives, textOf('gives'));
  if (level === undefined && textOf('level') !== '') fault('level', 'unknown');
  if (gives === undefined && textOf('gives') !== '') fault('gives', 'unknown');
  const amount = textOf('amountFen') === '' ? undefined : parseMoney(textOf('amountFen'), unit);
  if (amount?.ok === false && amount.reason !== 'empty') fault('amountFen', 'unreadable');
  const days = { validFrom: dayOf('validFrom', false), validUntil: dayOf('validUntil', true), applyFrom: dayOf('applyFrom', false), applyUntil: dayOf('applyUntil', true) };
  // What a form refuses, a list must not bring in (rules.ts).
  if (earlier(days.validUntil, days.validFrom)) fault('validUntil', 'before');
  if (earlier(days.applyUntil, days.applyFrom)) fault('applyUntil', 'before');
  if (earlier(days.validUntil, days.applyUntil)) fault('applyUntil', 'before');
  return {
    row, name: textOf('name'), number: textOf('number'), issuer: textOf('issuer'), level: isLevel(level) ? level : 'zone', ...days, validFrom: days.validFrom ?? '',
    gives: isGives(gives) ? gives : 'service', amountFen: amount?.ok === true && amount.fen > 0 ? amount.fen : null, benefit: textOf('benefit'), how: textOf('how'),
    department: textOf('department') === '' ? null : textOf('department'), faults,
  };
}

const earlier = (one: string | null, other: string | null): boolean => one !== null && other !== null && one < other;

function wordIn(table: Readonly<Record<string, string>>, text: string): string | undefined {
  return table[folded(text)];
}

function isLevel(word: string | undefined): word is ReadRow['level'] {
  return word === 'national' || word === 'provincial' || word === 'municipal' || word === 'zone';
}

function isGives(word: string | undefined): word is ReadRow['gives'] {
  return word !== undefined && ['subsidy', 'reward', 'tax', 'loan', 'rent', 'talent', 'service'].includes(word);
}
