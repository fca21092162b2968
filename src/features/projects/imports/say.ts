// An import and its rows as they are told to a reader: states, changes, and each problem as a sentence of his language.
import type { OutputOf } from '../../../kernel/contract.ts';
import type { Actor } from '../../../platform/actor.ts';
import { localesDir } from '../../../platform/root.ts';
import { loadTexts, type Texts } from '../../../platform/texts.ts';
import type { listImportProblems, listImportRows, listImports } from './contract.ts';
import { FATES, STATES } from './contract.ts';
import type { ImportRow, ProblemKind, StoredRow } from './store.ts';

type State = OutputOf<typeof listImports>['items'][number];
type Row = OutputOf<typeof listImportRows>['items'][number];
type Kind = OutputOf<typeof listImportProblems>['items'][number];

export function stateOut(one: ImportRow, locale: Actor['locale']): State {
  const error = one.error === null ? null : { ...one.error, title: sayProblem(one.error.code, one.error.details, locale) };
  return {
    id: one.id, fileName: one.file_name, source: one.source, state: STATES.find((state) => state === one.state) ?? 'failed', doneRows: one.done_rows, allRows: one.all_rows,
    userName: one.user_name, counts: one.counts, error, createdAt: one.created_at, updatedAt: one.updated_at,
  };
}

type Known = ReadonlyMap<string, { name: string; code: string | null; builderName: string | null; townName: string | null }>;

export function rowOut(row: StoredRow, known: Known, locale: Actor['locale']): Row {
  const { fields, names, plans, amounts, custom } = row.values;
  return {
    n: row.n, sheet: row.sheet, row: row.row, fate: FATES.find((fate) => fate === row.fate) ?? 'refused', projectId: row.project_id,
    name: typeof fields['name'] === 'string' ? fields['name'] : null, code: typeof fields['code'] === 'string' ? fields['code'] : null,
    candidates: (row.candidates ?? []).flatMap((one) => {
      const found = known.get(one.id);
      return found === undefined ? [] : [{ id: one.id, ...found, why: one.why }];
    }),
    changes: (row.changes ?? []).map((one) => ({ field: one.field, before: one.before ?? null, after: one.after ?? null })),
    problems: (row.problems ?? []).map((one) => ({ code: one.code, message: sayProblem(one.code, { ...one.details, text: one.text, heading: one.heading ?? '' }, locale), refuses: one.refuses, letter: one.letter, heading: one.heading, text: one.text })),
    values: { ...fields, ...names, ...Object.fromEntries(Object.entries(plans).map(([year, fen]) => [`planFen.${year}`, fen])), ...amounts, ...(Object.keys(custom).length === 0 ? {} : { custom }) },
  };
}

/** A kind of note: what all its rows have in common where that has words, else what its first row says. */
export function problemOut({ key, rows, sample, refuses }: ProblemKind, locale: Actor['locale']): Kind {
  const noted = `ledger:noted.${sample.code.slice(sample.code.indexOf('.') + 1)}`;
  texts ??= loadTexts(localesDir);
  const details = { ...sample.details, text: sample.text, heading: sample.heading ?? '' };
  return { key, code: sample.code, message: texts.has(locale, noted) ? texts.say(locale, noted, details) : sayProblem(sample.code, details, locale), refuses, letter: sample.letter, heading: sample.heading, rows };
}

let texts: Texts | undefined;

/** Words of a file that is made for a reader. */
export function say(key: string, locale: Actor['locale']): string {
  texts ??= loadTexts(localesDir);
  return texts.say(locale, key);
}

/** A note of the reader: it stands among refusals or among warnings. */
export function sayProblem(code: string, details: Readonly<Record<string, unknown>>, locale: Actor['locale']): string {
  texts ??= loadTexts(localesDir);
  const dot = code.indexOf('.');
  const [area, reason] = [code.slice(0, dot), code.slice(dot + 1)];
  const refusal = `${area}:refusal.${reason}`;
  return texts.has(locale, refusal) ? texts.say(locale, refusal, details) : texts.say(locale, `${area}:warning.${reason}`, details);
}
