// A row of a ledger as what it says about a project: fields of the register, plans by year, amounts since January. Pure: names of
// organisations and people are looked up in tables that are handed in.
import type { LedgerRecord, When } from '../ledger/shape.ts';
import { WHENS, type FieldName } from '../register/fields.ts';

/** What travels from the reading of a file to the staging: typed, small, without the file's own cells. */
export interface StagedRow {
  readonly sheet: string;
  readonly row: number;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Names that stand for ids until they are looked up. */
  readonly names: { readonly town?: string; readonly park?: string; readonly responsibleOrg?: string; readonly builder?: string; readonly commissioner?: string };
  readonly plans: Readonly<Record<string, number>>;
  readonly target?: string;
  readonly externalCodes: readonly string[];
  /** Amounts since January and of the month, fen. */
  readonly amounts: { readonly month?: number; readonly year?: number; readonly statYear?: number };
  readonly custom: Readonly<Record<string, string | number>>;
  readonly problems: readonly StagedProblem[];
  readonly pinyin: string;
}

export interface StagedProblem {
  readonly code: string;
  readonly refuses: boolean;
  readonly column: number | null;
  readonly letter: string | null;
  readonly heading: string | null;
  readonly text: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const PLAIN = ['code', 'name', 'level', 'listYear', 'batch', 'category', 'nature', 'industryCode', 'chainLink', 'place', 'content', 'landMu', 'totalFen', 'accumulatedFen', 'leader', 'responsiblePerson', 'phone', 'inStatistics', 'factorNeeds', 'progress', 'problems', 'remarks'] as const satisfies readonly FieldName[];

/** What a record of the file says; a cell that was refused says nothing. `pinyinOf` gives the initials of a name. */
export function stage(record: LedgerRecord, year: number | null, pinyinOf: (name: string) => string): StagedRow {
  const { values } = record;
  const fields: Record<string, unknown> = {};
  for (const name of PLAIN) if (values[name] !== undefined) fields[name] = values[name];
  if (fields['category'] === undefined && record.proposedCategory !== null) fields['category'] = record.proposedCategory;
  if (fields['listYear'] === undefined && year !== null) fields['listYear'] = year;
  for (const name of WHENS) {
    const when = values[name];
    if (when === undefined) continue;
    // 4月底 and 上半年 are spans too, but of one year: they stand for their last day.
    if (when.kind === 'range' && name === 'plannedStart' && when.from.endsWith('-01-01') && when.to.endsWith('-12-31')) {
      // 2023-2025 under 建设年限 says when it starts and when it is completed.
      Object.assign(fields, { plannedStart: `${when.from.slice(0, 4)}-12-31`, plannedStartGrain: 'year', ...(values.plannedCompletion === undefined ? { plannedCompletion: when.to, plannedCompletionGrain: 'year' } : {}) });
      continue;
    }
    if (when.kind === 'range' && name === 'plannedCompletion' && fields['plannedCompletion'] !== undefined) continue;
    fields[name] = name.startsWith('actual') && when.kind === 'day' ? when.from : when.to;
    fields[`${name}Grain`] = when.kind;
  }
  const { builder, town, park, responsibleOrg, commissioner } = values;
  const name = typeof fields['name'] === 'string' ? fields['name'] : '';
  return {
    sheet: record.sheet, row: record.row, fields,
    names: { ...given('town', town), ...given('park', park), ...given('responsibleOrg', responsibleOrg), ...given('builder', builder), ...given('commissioner', commissioner) },
    plans: values.planFen ?? {}, ...(values.target === undefined ? {} : { target: values.target }), externalCodes: values.externalCodes ?? [],
    amounts: { ...amount('month', values.monthFen), ...amount('year', values.yearDoneFen), ...amount('statYear', values.statYearFen) },
    custom: Object.fromEntries(record.custom.map((one) => [one.heading.slice(0, 120), one.number ?? customText(one.text, one.when)])),
    problems: [...record.refusals.map((note) => problem(note, true)), ...record.warnings.map((note) => problem(note, false))],
    pinyin: pinyinOf(name),
  };
}

function given<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  const made: Partial<Record<Key, string>> = {};
  if (value !== undefined) made[key] = value;
  return made;
}

function amount<Key extends string>(key: Key, value: number | undefined): Partial<Record<Key, number>> {
  const made: Partial<Record<Key, number>> = {};
  if (value !== undefined) made[key] = value;
  return made;
}

function customText(text: string, when: When | undefined): string {
  return (when === undefined || when.kind !== 'day' ? text : when.time === undefined ? when.from : `${when.from} ${when.time}`).slice(0, 8000);
}

function problem(note: { column: number | null; letter: string | null; heading: string | null; text: string; code: string; details: Readonly<Record<string, unknown>> }, refuses: boolean): StagedProblem {
  return { code: note.code, refuses: refuses && note.column === null, column: note.column, letter: note.letter, heading: note.heading, text: note.text.slice(0, 500), details: note.details };
}
